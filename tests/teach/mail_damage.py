"""What mail, pages, forms, editors and platforms do to a hand-in on its way: a second generator.

`python -m tests.teach.mail_damage` prints its table, as `tests.teach.damage` does. The kinds are
those in which hand-ins were seen to arrive; each takes a random generator and a content and gives
the ending of a file and its bytes. READ must all be marked, LOST must all be listed.
"""

import base64
import gzip
import html
import json
import quopri
import re
import sys
import textwrap
import urllib.parse
from email.message import EmailMessage

from kit import submission
from kit.journal.lines import checked
from tests.teach.damage import EACH, main
from tests.teach.handed_in import notebook, raw

WORDS = ["Guten Tag,", "Hi!", "Here it is.", "Grüße", "Sent from my phone", "Liebe Frau Ö,"]
FOOTER = "\n-- \n[EXTERNAL] This mail was checked. Do not click {links}.\n"


def code_of(whole):
    return submission.as_code(whole)


def letter(rng, text):
    """Return a text with words before and behind it."""
    return f"{rng.choice(WORDS)}\n\n{text}\n\n{rng.choice(WORDS)}\n"


# Names


def notebook_named_json(rng, whole):
    return rng.choice(["ipynb.json", "ipynb.txt"]), notebook("x", code_of(whole))


def notebook_without_an_ending(rng, whole):
    return rng.choice(["", "ipynb.download", "ipynb.bak"]), notebook(code_of(whole))


def hand_in_named_otherwise(rng, whole):
    return rng.choice(["json.download", "", "json.txt", "json.part", "ipynb", "text"]), raw(whole)


def code_in_a_file_named_json(rng, whole):
    return rng.choice(["json", "ipynb", "json.txt"]), letter(rng, code_of(whole)).encode()


# The journal in place of the hand-in


def lines_of(whole, code=True):
    answers = {"handin/code": whole["code"]} if code else {}
    answers |= {id: entry["answer"] for id, entry in whole["answers"].items()}
    return [checked(id, answer).encoded for id, answer in answers.items()]


def journal_whole(rng, whole):
    return rng.choice(["jsonl", "jsonl.txt", "json", ""]), b"".join(lines_of(whole))


def journal_whole_with_other_line_ends(_rng, whole):
    return "txt", b"\xef\xbb\xbf" + b"".join(lines_of(whole)).replace(b"\n", b"\r\n")


def journal_torn(rng, whole):
    lines = b"".join(lines_of(whole))
    return "jsonl", lines[: -rng.randint(2, 30)]


def journal_without_a_code(rng, whole):
    return rng.choice(["jsonl", "txt"]), b"".join(lines_of(whole, code=False))


# The file, with something around it or done to it


def in_a_fence(rng, whole):
    text = f"```{rng.choice(['json', '', 'JSON'])}\n{raw(whole).decode()}\n```"
    return rng.choice(["md", "txt"]), letter(rng, text).encode()


def in_a_markdown_cell(rng, whole):
    text = rng.choice([code_of(whole), f"```json\n{raw(whole).decode()}\n```"])
    return "ipynb", in_cell(text, "markdown")


def in_cell(text, kind):
    cells = [{"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def in_a_code_or_raw_cell(rng, whole):
    return "ipynb", in_cell(f'"{code_of(whole)}"', rng.choice(["code", "raw"]))


def in_a_letter(rng, whole):
    return rng.choice(["txt", "md", "json"]), (letter(rng, raw(whole).decode()) + FOOTER).encode()


def on_a_page(rng, whole):
    text = html.escape(raw(whole).decode(), quote=rng.random() < 0.5)
    if rng.random() < 0.5:
        text = text.replace("\n", "<br>\n").replace(" ", "&nbsp;")
    return rng.choice(["html", "txt"]), f"<html><body><pre>{text}</pre></body></html>".encode()


def with_curly_quotes(rng, whole):
    text = re.sub(r'"([^"\\]*)"', rng.choice(["“\\1”", "„\\1“", "«\\1»"]), raw(whole).decode())
    return rng.choice(["txt", "json"]), text.encode()


def with_unbreakable_spaces(_rng, whole):
    return "json", re.sub(
        r"^ +", lambda m: "\xa0" * len(m[0]), raw(whole).decode(), flags=re.M
    ).encode()


def quoted_in_a_reply(rng, whole):
    marks = rng.choice(["> ", ">> ", "| "])
    text = textwrap.indent(raw(whole).decode(), marks, lambda _: True)
    return "txt", f"On Thursday somebody wrote:\n{text}\n".encode()


def in_quoted_printable(rng, whole):
    return rng.choice(["txt", "json"]), quopri.encodestring(raw(whole))


def in_base64_lines(rng, whole):
    return rng.choice(["txt", "json", "b64"]), base64.encodebytes(raw(whole))


def in_gzip(rng, whole):
    return rng.choice(["json.gz", "json"]), gzip.compress(raw(whole), mtime=0)


def in_another_encoding(rng, whole):
    text = raw(whole).decode()
    return "json", text.encode(rng.choice(["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]))


def mail():
    message = EmailMessage()
    message["From"], message["Subject"] = "owl@example.org", "My hand-in, für Sie"
    return message


def attach(message, bytes_):
    message.add_attachment(bytes_, maintype="application", subtype="json", filename="h.json")


def a_whole_mail(rng, whole):
    message = mail()
    if rng.random() < 0.5:
        message.set_content(rng.choice(WORDS))
        attach(message, raw(whole))
    else:
        lines = "\n".join(textwrap.wrap(code_of(whole), 60, break_on_hyphens=False))
        message.set_content(letter(rng, lines), cte=rng.choice(["quoted-printable", "base64"]))
    return rng.choice(["eml", "txt"]), bytes(message)


def wrapped_by_a_form(rng, whole):
    """Lines of one length, broken wherever that is, also inside words."""
    text = json.dumps(whole)
    width = rng.randint(60, 90)
    return "txt", "\n".join(text[n : n + width] for n in range(0, len(text), width)).encode()


def file_cut(rng, whole):
    text = raw(whole)
    return rng.choice(["json", "json.download"]), text[
        : rng.randrange(len(text) // 4, len(text) - 2)
    ]


def file_cut_in_a_letter(rng, whole):
    text = raw(whole).decode()
    return "txt", letter(rng, text[: rng.randrange(len(text) // 2, len(text) - 2)]).encode()


def quoted_printable_cut(rng, whole):
    text = quopri.encodestring(raw(whole))
    return "txt", text[: rng.randrange(len(text) // 2, len(text) - 40)]


def mail_cut(rng, whole):
    message = mail()
    attach(message, raw(whole))
    text = bytes(message)
    return "eml", text[: rng.randrange(len(text) // 2, len(text) - 120)]


# The line for pasting


def code_in_quoted_printable(rng, whole):
    text = quopri.encodestring(letter(rng, code_of(whole)).encode())
    return rng.choice(["txt", "html"]), text


def code_in_spans(rng, whole):
    code, style = code_of(whole), "font-family:Calibri,sans-serif;" * rng.choice([1, 9])
    places = sorted(rng.sample(range(len(code)), 4))
    parts = [code[a:b] for a, b in zip([0, *places], [*places, len(code)], strict=True)]
    spans = "".join(f'<span lang="DE" style="{style}">{part}</span>' for part in parts)
    return "html", f"<html><body><p>{spans}</p></body></html>".encode()


def code_with_other_hyphens(rng, whole):
    hyphen = rng.choice("\u2010\u2011\u2012\u2013\u2014\u2212")
    return "txt", letter(rng, code_of(whole).replace("-", hyphen)).encode()


def code_with_hyphens_in_entities(rng, whole):
    code = code_of(whole).replace("-", rng.choice(["&#8209;", "&ndash;", "&#x2011;"]))
    return "html", f"<p>{code}</p>".encode()


def code_with_soft_hyphens(rng, whole):
    sign = rng.choice(["\u00ad", "\u200b", "\u2060", "\ufeff", "\xa0", "&shy;", "<wbr>"])
    code = sign.join(textwrap.wrap(code_of(whole), rng.randint(5, 70), break_on_hyphens=False))
    return "html", code.encode()


def code_with_a_capital(rng, whole):
    code = code_of(whole)
    return "txt", letter(rng, rng.choice([code[0].upper(), "KIT-HANDIN"[:1]]) + code[1:]).encode()


def code_in_replies(rng, whole):
    lines = textwrap.wrap(code_of(whole), rng.randint(40, 76), break_on_hyphens=False)
    marks = ">" * rng.randint(1, 3)
    return "txt", "".join(f"{marks} {line}\r\n" for line in lines).encode()


def code_percent_encoded(rng, whole):
    return "txt", letter(rng, urllib.parse.quote(code_of(whole), safe="")).encode()


def code_in_bold(rng, whole):
    mark = rng.choice(["**", "`", "_", '"', "```\n"])
    return "md", letter(rng, f"{mark}{code_of(whole)}{mark}").encode()


def code_in_a_table(rng, whole):
    return "csv", f'name;text\r\n;"{letter(rng, code_of(whole))}"\r\n'.encode("utf-16")


def code_in_a_textarea(rng, whole):
    code = html.escape(html.escape(code_of(whole)))
    return "html", f"<textarea rows=3>\n{code}\n</textarea>".encode()


def code_with_spaces_for_plus(rng, whole):
    code = code_of(whole)
    if "+" not in code:
        code = code[:60] + code[61:]
    return "txt", letter(rng, code.replace("+", " ")).encode()


def code_cut_by_a_form(rng, whole):
    return "txt", code_of(whole)[: rng.choice([255, 500, 1000])].encode()


def code_in_small_letters(rng, whole):
    return "txt", letter(rng, code_of(whole).lower()).encode()


def code_with_a_line_lost(rng, whole):
    lines = textwrap.wrap(code_of(whole), 60, break_on_hyphens=False)
    del lines[rng.randrange(1, len(lines) - 1)]
    return "txt", "\n".join(lines).encode()


def code_with_lines_swapped(rng, whole):
    lines = textwrap.wrap(code_of(whole), 60, break_on_hyphens=False)
    place = rng.randrange(1, len(lines) - 2)
    lines[place : place + 2] = reversed(lines[place : place + 2])
    return "txt", "\n".join(lines).encode()


READ = [
    notebook_named_json, notebook_without_an_ending, hand_in_named_otherwise,
    code_in_a_file_named_json, journal_whole, journal_whole_with_other_line_ends, in_a_fence,
    in_a_markdown_cell, in_a_code_or_raw_cell, in_a_letter, on_a_page, with_curly_quotes,
    with_unbreakable_spaces, quoted_in_a_reply, in_quoted_printable, in_base64_lines, in_gzip,
    in_another_encoding, a_whole_mail, wrapped_by_a_form, code_in_quoted_printable, code_in_spans,
    code_with_other_hyphens, code_with_hyphens_in_entities, code_with_soft_hyphens,
    code_with_a_capital, code_in_replies, code_percent_encoded, code_in_bold, code_in_a_table,
    code_in_a_textarea,
]  # fmt: skip
LOST = [
    journal_torn, journal_without_a_code, file_cut, file_cut_in_a_letter, quoted_printable_cut,
    mail_cut, code_with_spaces_for_plus, code_cut_by_a_form, code_in_small_letters,
    code_with_a_line_lost, code_with_lines_swapped,
]  # fmt: skip

if __name__ == "__main__":
    main(*sys.argv[1:] or [EACH], kinds=[*READ, *LOST])
