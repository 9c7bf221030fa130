"""The widgets of the course, each with the code that shows it and what a learner does with it."""

from collections.abc import Callable
from typing import NamedTuple

from tests.browser.test_forms import rated

TOLD = "Not yet|Correct|Recorded|Not answered"  # by Check
CASE = "case = kit.data.load()\n"


class Step(NamedTuple):
    """What a learner does, in words; doing it; a pattern of the words that are heard last."""

    words: str
    do: Callable
    last: str = ""


def to(role, name=""):
    """Come to a control."""
    control = {"role": role, "name": name}
    return Step(f"to the {role} “{name}”", lambda desk: desk.control(**control).focus(), role)


def press(key, last=""):
    """Press a key."""
    return Step(key, lambda desk: desk.page.keyboard.press(key), last)


def enter(text, last="Saved"):
    """Type, or paste, a text."""
    return Step(f"enters “{text}”", lambda desk: desk.page.keyboard.insert_text(text), last)


READ = Step("read once more", lambda desk: desk.read())
CHECK = to("button", "Check"), press("Enter", TOLD)
HINT = to("button", "Hint"), press("Enter", "Hint 1")

ANSWERED = {
    **rated("forum", "news"),
    "committed/ratings": True,
    "printed/forum/byline": "no",
    "sentence_types/blog_7/type": "opinion",
    "attached_records/C16": ["R03"],
    "stances/P1/forum": "hedges",
    "stances/P1/blog": "asserts",
    "handin/code": "blue-tiger-7",
}
# Those that say what is answered come first: the others change it.
WIDGETS = {
    "keeper": ("kit.start()",),
    "steps": ("kit.progress()",),
    "hand_in": (
        "kit.widgets.handin()",
        to("textbox", "Your pen name"),
        to("button", "Hand in my work"),
        press("Enter", "Hand in as"),
        to("button", "Yes, hand in"),
        press("Enter", "Receipt"),
        READ,
    ),
    "pen_name": ("kit.pen_name()",),
    "source_card": ("kit.card('blog')",),
    "reader": (
        "kit.reader()",
        to("tab", "Forum"),
        press("ArrowRight", "None of 27"),
        to("button", "Sentence 2"),
        press("ArrowDown", "Sentence 3"),
        press("Space", "Saved"),
    ),
    "tag_mode": (
        "kit.reader('blog', tag=True)",
        to("button", "Sentence 2"),
        press("Space", ""),
        press("1", "Saved"),
    ),
    "sentence_types": (
        "kit.ask('sentence_types')",
        *CHECK,
        to("button", "clear"),
        press("Space", "Saved"),
    ),
    "quiz": (
        "kit.widgets.quiz('A')",
        to("radio", "true"),
        press("Space", "answered"),
        to("combobox", "Statement 1"),
        press("ArrowDown", "1 of 8 answered"),
    ),
    "matrix": ("kit.ask('printed')", *CHECK, *HINT, READ),
    "stances": ("kit.ask('stances')", to("radio", "silent"), press("Space", "answered"), *CHECK),
    "verbs": (
        "kit.ask('four_verbs')",
        to("combobox"),
        press("ArrowDown", "1 of 7"),
        *CHECK,
        to("combobox"),
    ),
    "rating": (
        "kit.ask('ratings')",
        to("radio", "C – "),
        press("Space", "Saved"),
        to("textbox", "Sentence"),
        *CHECK,
    ),
    "sliders": ("kit.ask('prediction')", to("slider"), press("ArrowRight", "given"), *CHECK),
    "commit": ("kit.widgets.commit()", to("button"), press("Enter", "decided")),
    "experts": ("kit.widgets.experts()",),
    "weights": ("kit.widgets.weights()", to("slider", "Dating"), press("ArrowRight", "Saved")),
    "ticks": ("kit.ask('dated_texts')", to("checkbox", "News"), press("Space", "Saved"), *CHECK),
    "choice": ("kit.ask('f2_or_e4')", to("radio"), press("Space", "Saved"), *CHECK, *HINT),
    "number": ("kit.ask('witness_count')", to("textbox"), enter("4"), *CHECK),
    "date": (
        "kit.ask('date_article')",
        to("textbox"),
        enter("Apr 9", "Not saved"),
        press("Backspace", "Not saved|Saved"),
        *CHECK,
    ),
    "written": ("kit.ask('final_answer')", to("textbox", "Your text"), enter("So (R03)"), *CHECK),
    "finder": ("kit.widgets.finder()", to("textbox", "Words"), enter("Molotov", "records"), READ),
    "attach": (
        "kit.ask('attached_records')",
        to("combobox", "Claim"),
        press("ArrowDown", "records"),
        to("textbox", "Words"),
        enter("Molotov", "records"),
        to("button", "Attach"),
        press("Enter", "Attached"),
        READ,
    ),
    "verdicts": ("kit.ask('verdicts')", to("combobox", "C05"), press("ArrowDown", "Saved"), *CHECK),
    "scales": ("kit.ask('verdict_scales')", to("slider"), press("ArrowRight", "given"), *CHECK),
    "in_code": (
        "kit.check('members_1954', 12)",
        Step("runs the cell", lambda desk: desk.run(), TOLD),
        READ,
    ),
    "save_picture": (CASE + "ax = kit.charts.enlargement(case.enlargement)\nkit.save_picture(ax)",),
}
SHOW = CASE + "kit.charts.show(kit.charts."
# A chart stands in two forms, for a wide page and for a narrow one; one of them is hidden.
CHARTS = {
    "stances": SHOW + "stances, kit.my_stances())",
    "halo": SHOW + "halo, kit.my_ratings())",
    "profiles": SHOW + "profiles, kit.my_ratings(), kit.expert_ratings())",
    "spread": "import pandas\nrow = ['blog', 'Dating', '0 to 4', 1, 2, 3, 4, None]\n"
    "table = pandas.DataFrame([row], columns=kit.charts.spread.columns[0])\n"
    "kit.charts.show(kit.charts.spread, table)",
    "enlargement": SHOW + "enlargement, case.enlargement)",
    "explore": CASE + "kit.charts.explore(kit.measures.tellings(case), case.enlargement)",
}
WIDGETS |= {f"chart_{name}": (code,) for name, code in CHARTS.items()}
WIDGETS["chart_explore"] += to("button", "Article, 1954"), press("ArrowRight", "Fact-check, 1954")
