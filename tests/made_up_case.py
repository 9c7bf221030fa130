"""The invented case with two texts as a small course: six exercises, no quiz, nothing counted."""

import json
import shutil
from pathlib import Path

SMALL = Path(__file__).parent / "cases" / "small"
TEXTS = '[{ id = "gazette", text = "Gazette" }, { id = "notice", text = "Notice" }]'
SCORES = ", ".join(
    f'{{ id = "{score}", text = "{score}", values = [0, 1, 2, 3, 4] }}'
    for score in ["authorship", "dating", "citation", "verifiability", "balance", "corroboration"]
)
EXERCISES = f"""
[[exercise]]
id = "prediction"
notebook = "01_meet_the_sources"
kind = "rating"
points = 1
title = "Predict before you read"
prompt = "How far would you trust each text? Give a number from 0 to 10."
rows = {TEXTS}
columns = [{{ id = "trust", text = "Trust", range = [0, 10] }}]

[[exercise]]
id = "stances"
notebook = "02_compare_the_claims"
kind = "matrix"
points = 2
title = "Who says which?"
prompt = "Say for each box what the text does with the proposition."
options = [
  {{ id = "asserts", text = "asserts" }}, {{ id = "denies", text = "denies" }},
  {{ id = "hedges", text = "hedges" }}, {{ id = "silent", text = "silent" }},
]
rows = [{{ id = "P1", text = "Weirbank asked" }}, {{ id = "P2", text = "All must agree" }}]
columns = {TEXTS}

[[exercise]]
id = "ratings"
notebook = "03_rate_reliability"
kind = "rating"
points = 2
title = "Rate the texts"
prompt = "Rate each text."
evidence = true
rows = {TEXTS}
columns = [
  {{ id = "source", text = "Source", values = ["A", "B", "C", "D", "E", "F"] }},
  {{ id = "information", text = "Information", values = [1, 2, 3, 4, 5, 6] }},
  {SCORES},
]

[[exercise]]
id = "recollection_lag"
notebook = "04_chart_the_dates"
kind = "number"
points = 1
title = "How much later?"
prompt = "How many full years lay between the asking and the mayor's speech (R04)?"
right = "Yes."
unit = "years"

[[exercise]]
id = "who_recalls"
notebook = "05_check_the_record"
kind = "choice"
points = 2
title = "Who recalls it"
prompt = "Who says that Weirbank asked to join?"
options = [{{ id = "mayor", text = "The mayor" }}, {{ id = "secretary", text = "The secretary" }}]
right = "Yes."

[[exercise]]
id = "final_answer"
notebook = "06_answer_the_question"
kind = "written"
points = 4
title = "Your answer"
prompt = "Answer in at most 50 words."
limit = 50
rubric = ["0", "1", "2", "3", "4"]
samples = [["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]]
cites = "record"
"""
ANSWERS = """
[stances]
computed = "stances"
propositions = ["P1", "P2"]

[recollection_lag]
answer = 28

[who_recalls]
answer = "mayor"
"""


def uncounted(folder):
    """Copy the small case to `folder` without its table of members, and without who counts them."""
    folder = Path(shutil.copytree(SMALL, folder))
    (folder / "enlargement.csv").unlink()
    path = folder / "datapackage.json"
    dictionary = json.loads(path.read_text("utf-8"))
    named = [each for each in dictionary["resources"] if each["name"] != "enlargement"]
    path.write_text(json.dumps({**dictionary, "resources": named}), encoding="utf-8")
    for name in ("exercises.toml", "key/answers.toml"):
        head, *parts = (folder / name).read_text("utf-8").replace("\n[", "\n\0[").split("\0")
        text = "".join([head, *(part for part in parts if "members_1921" not in part)])
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def two_texts(folder):
    """The same with the six exercises above, one a notebook."""
    folder = uncounted(folder)
    (folder / "exercises.toml").write_text(EXERCISES, encoding="utf-8")
    (folder / "key" / "answers.toml").write_text(ANSWERS, encoding="utf-8")
    return folder
