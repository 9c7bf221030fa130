"""The levels that people gave to written answers: `rubric/<marker>.jsonl` in the marks' folder.

Each marker's file is a journal like a learner's: the id is `<code>/<exercise id>`, the value a
level from 0 to 4, and the newest line counts.
"""

from pathlib import Path

from kit.work.reading import Reading

LEVELS = range(5)


def agreed(folder):
    """Return {(code, exercise id): level} where all who marked an answer gave it one level.

    folder: the marks' folder (path); without any marker's file there is nothing agreed.
    """
    given = {}
    for path in sorted((Path(folder) / "rubric").glob("*.jsonl")):
        reading = Reading(path)
        reading.refresh()
        for code, answers in reading.tree.items():
            for exercise, level in answers.items() if isinstance(answers, dict) else ():
                if type(level) is int and level in LEVELS:
                    given.setdefault((code, exercise), set()).add(level)
    return {where: levels.pop() for where, levels in given.items() if len(levels) == 1}
