"""`python -m kit mark`: runs the marking and says what came of it."""

import sys
from pathlib import Path

from kit import data
from kit.marking.learners import codes_of
from kit.marking.run import MarkingError, mark

FINE, NOTHING_WRITTEN, NEEDS_A_PERSON = 0, 1, 3


def run(choice):
    """Mark what the parsed arguments name; return the exit code."""
    try:
        codes = codes_of(choice.codes) if choice.codes else None
        done = mark(choice.paths, choice.out, data.load(), codes, choice.solutions, choice.cluster)
    except (MarkingError, data.DataError) as error:
        print(error, file=sys.stderr)
        return NOTHING_WRITTEN
    except KeyboardInterrupt:
        told = "Stopped; no marks were written. Run the same command again to go on from here."
        print(f"\n{told}", file=sys.stderr)
        return NOTHING_WRITTEN
    print(_summary(done, Path(choice.out)))
    return NEEDS_A_PERSON if done.persons else FINE


def _summary(done, out):
    lines = [
        f"{_counted(done.marked, 'learner')} marked, {_counted(done.new, 'new file')} read.",
        f"{out / 'marks.csv'} and {out / 'feedback'} hold the marks and a page for each.",
    ]
    if done.persons:
        things = _counted(done.persons, "thing")
        lines.append(f"{things} for a person to look at: {out / 'needs_a_person.csv'}.")
    return "\n".join(lines)


def _counted(number, thing):
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
