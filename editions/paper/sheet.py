"""One activity as a page of HTML that needs nothing else and prints on two pages at most.

Where sentences stand beside the choice, there are four.
"""

from html import escape
from pathlib import Path

import mistune

from editions.paper.answering import answering, quiz
from editions.paper.before import before, notebook, on_paper
from editions.paper.hand import MATERIALS, at_hand, in_words, shown_records
from kit import exercises
from teach.grading.feedback import PAGE

STYLE = Path(__file__).with_name("paper.css").read_text(encoding="utf-8")
FOOT = '@page {{ @bottom-left {{ content: "{}"; }} }}\n'
CODE = '<p class="code">Code: <span class="gap"></span> Date: <span class="gap"></span></p>'
QUIZ = {"A": "Before you start: what do you think now?", "B": "The second test"}
QUIZ_MINUTES = 5
QUIZ_SAID = (
    "Say of each statement whether it is true or false, and how sure you are. It does not count. "
    "Do not look anything up."
)
markdown = mistune.create_markdown(plugins=["table"])


def page(title, body, foot=""):
    """Return a whole page (HTML); foot: words (str) at the foot of every printed page."""
    style = STYLE + (FOOT.format(foot.replace('"', "”")) if foot else "")
    return PAGE.format(title=escape(title), style=style, body=body)


def exercise_sheet(exercise, case, fields):
    """Return the sheet of one exercise; fields: its Fields, in their order."""
    led, told = before(exercise, case), notebook(exercise, case)
    hand = at_hand(exercise, led.code)
    parts = [
        head(f"{exercise.title} ({exercise.points} points)"),
        _about(told, minutes(exercise, told, case), hand),
        f'<section class="before">{_prose(led.prose)}{_records(case, led.code)}</section>',
        f'<section class="task">{markdown(on_paper(exercise.prompt))}',
        f"{answering(exercise, case)}</section>",
        to_type(fields),
    ]
    return page(exercise.title, "\n".join(parts), foot(exercise.title))


def quiz_sheet(form, statements, fields):
    """Return the sheet of a short test."""
    parts = [head(QUIZ[form]), f"<p>About {QUIZ_MINUTES} minutes.</p>", f"<p>{QUIZ_SAID}</p>"]
    return page(
        QUIZ[form], "\n".join([*parts, quiz(statements), to_type(fields)]), foot(QUIZ[form])
    )


def code_sheet(advice, titles):
    """Return the sheet on which a learner chooses a code; titles: of the other sheets (str).

    advice: what the course says on codes.
    """
    parts = [head("Your code"), f"<p>{escape(advice)}</p>", CODE_SAID]
    boxes = "".join(f"<li>□ {escape(title)}</li>" for title in titles)
    parts.append(f'<h2>Tick a sheet when you have done it</h2><ul class="plain">{boxes}</ul>')
    return page("Your code", "\n".join(parts))


CODE_SAID = (
    "<p>Write your code at the top of this sheet, and on every other sheet before you begin it. "
    "Write it clearly: somebody types it in later.</p>"
)


def head(title):
    """Return how a sheet begins: the place for code and date, and its title."""
    return f"{CODE}<h1>{escape(title)}</h1>"


def foot(title):
    """Return what stands at the foot of every page of a sheet."""
    return f"{title} · Code: ……………………"


def minutes(exercise, told, case):
    """Return the minutes (int) of an exercise: its notebook's, shared out by points; 0: unknown."""
    if told is None:
        return 0
    of_it = [e for e in exercises.load(case).values() if e.notebook == exercise.notebook]
    return -(-told.minutes * exercise.points // sum(each.points for each in of_it))


def _about(told, minutes, hand):
    """What stands under the title: minutes, what to have at hand, what it is good for."""
    lines = []
    if minutes:
        lines.append(f"About {minutes} minutes.")
    if hand:
        lines.append(f"You need: {', '.join(MATERIALS[name][0] for name in hand)}.")
    goal = f"Part of “{told.title}”. You learn to {'; '.join(told.goals)}." if told else ""
    return "".join(f'<p class="about">{escape(line)}</p>' for line in [" ".join(lines), goal])


def _prose(text):
    """Prose of a notebook as HTML; nothing if only its heading is left."""
    return markdown(text) if text.partition("\n")[2].strip() else ""


def _records(case, code):
    """The records that the notebook shows at this place."""
    items = "".join(f"<li>{_record(row)}</li>" for row in shown_records(case, code))
    return f'<ul class="records">{items}</ul>' if items else ""


def _record(row):
    when = in_words(row["event_date"])
    told = in_words(row["told_date"])
    later = f", told {told}" if told and told != when else ""
    return (
        f"<b>{escape(row['record_id'])}</b> {when}{later}. {escape(row['who'])}. "
        f"{escape(row['what_happened'])}"
    )


def to_type(fields):
    """Return for whoever types the answers in: the fields of a sheet, and what to type."""
    if not fields:
        return ""
    of_how, items = {}, []
    for field in fields:
        of_how.setdefault(field.how, []).append(field.id)
    for how, ids in of_how.items():
        named = ids[0] if len(ids) == 1 else f"{ids[0]} … {ids[-1]}"
        items.append(f"<li><code>{escape(named)}</code>: {escape(how)}</li>")
    return f"<footer><p>To type in, field: answer</p><ul>{''.join(items)}</ul></footer>"
