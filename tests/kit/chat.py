"""What chats, mail, pads, forms and people do to a short line on its way to the wall."""

import html
import random
import textwrap

NAMES = ["Anna", "Ben (8b)", "Çelik, D.", "mr.line", "Ελένη", "kit", "O'Neil", "Zoë 🦉"]
WORDS = ["hi", "here:", "this is mine ->", "sorry, again", "👍", "lol", "wait - what?", "", "1-2-3"]
TIMES = ["10:32", "[10:32:07]", "09.41 Uhr", "2026-03-05T10:32Z", "(edited)", "Today at 4:20 PM"]


def chatted(rng, line):
    return f"{rng.choice(TIMES)} {rng.choice(NAMES)}: {rng.choice(WORDS)} {line}{rng.choice(WORDS)}"


def quoted(rng, line):
    marks = ">" * rng.randint(1, 3)
    broken = textwrap.wrap(line, rng.randint(20, 76), break_on_hyphens=rng.random() < 0.5)
    return f"{rng.choice(NAMES)} wrote:\n" + "\n".join(f"{marks} {part}" for part in broken)


def in_marks(rng, line):
    start, end = rng.choice(["“”", "„“", "«»", "''", '""', "``", "()", "[]", ("**", "**"), "__"])
    return f"{start}{line}{end}"


def on_a_page(rng, line):
    text = "".join(rng.choice([c, c, c, f"&#{ord(c)};", f"&#x{ord(c):x};"]) for c in line)
    text = html.escape(text) if rng.random() < 0.5 else text
    text = text.replace("-", rng.choice(["-", "&ndash;", "&#8209;"])).replace("\u00ad", "&shy;")
    return f'<p class="msg"><b>{html.escape(rng.choice(NAMES))}</b>&nbsp;{text}<br></p>'


def in_spans(rng, line):
    parts = textwrap.wrap(line, rng.randint(5, 40), break_on_hyphens=False)
    return "".join(f"<span lang='de'>{part}</span><wbr>" for part in parts)


def other_dashes(rng, line):
    return line.replace("-", rng.choice(["\u2010", "\u2011", "\u2012", "–", "—", "−"]))


def with_soft_hyphens(rng, line):
    sign = rng.choice(["\u00ad", "\u200b", "\u2060", "\ufeff", "\xa0", " ", "\r\n", "=\r\n"])
    return sign.join(textwrap.wrap(line, rng.randint(5, 70), break_on_hyphens=False))


def in_capitals(rng, line):
    return rng.choice([line.upper(), line.capitalize(), line.title(), line.swapcase()])


def full_width(_rng, line):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in line)


def typed_from_paper(rng, line):
    start, body, end = line.split(":")
    for right, seen in ("0o", "1l", "1i", "0O", "1I"):
        body = body.replace(right, rng.choice([right, seen]))
    return ":".join((start, body, end))


def pasted_twice(rng, line):
    return line + rng.choice(["", " ", "\n", "\n10:33 Anna: "]) + line


def in_a_table(rng, line):
    return f"7;{rng.choice(NAMES)};“{line}”;\t| yes |\r\n"


HARMLESS = [
    chatted, quoted, in_marks, other_dashes, with_soft_hyphens, in_capitals, full_width,
    typed_from_paper, pasted_twice, in_a_table, on_a_page, in_spans,
]  # fmt: skip


def cut_behind(rng, line):
    return line[: rng.randint(10, len(line) - 1)]


def cut_before(rng, line):
    return line[rng.randint(1, len(line) - 13) :]


def letter_lost(rng, line):
    place = rng.randint(9, len(line) - 14)
    return line[:place] + line[place + 1 :]


def letter_changed(rng, line):
    place = rng.choice([n for n in range(9, len(line) - 13) if line[n] not in "01-vu"])
    return (
        line[:place]
        + rng.choice([d for d in "23456789xyz" if d != line[place]])
        + line[place + 1 :]
    )


def two_letters_swapped(rng, line):
    places = [
        n for n in range(9, len(line) - 14) if line[n] != line[n + 1] and "-" not in line[n : n + 2]
    ]
    place = rng.choice(places)
    return line[:place] + line[place + 1] + line[place] + line[place + 2 :]


def broken_by_a_message(rng, line):
    place = rng.randint(12, len(line) - 16)
    return f"{line[:place]}\n{rng.choice(NAMES[:2])}: look\n{line[place:]}"


def shortened(rng, line):
    place = rng.randint(12, len(line) - 20)
    return f"{line[:place]}…{line[place + 6 :]}"


HARMFUL = [
    cut_behind, cut_before, letter_lost, letter_changed, two_letters_swapped, broken_by_a_message,
    shortened,
]  # fmt: skip


def mangled(rng: random.Random, line: str, harms: bool) -> str:
    """Return a line after up to three accidents; harms: one of them is more than looks.

    What makes the source of a page of it comes last: nobody breaks and quotes that.
    """
    ways = rng.sample(HARMLESS[:-2], rng.randint(0, 2))
    line = rng.choice(HARMFUL)(rng, line) if harms else line
    for way in ways:
        is_whole = line.count(":") == 2
        line = way(rng, line) if is_whole or way is not typed_from_paper else line
    return rng.choice(HARMLESS[-2:])(rng, line) if rng.random() < 0.2 else line
