"""Make hand-ins of answers typed in from paper: python -m editions.paper.typed --help."""

import argparse
import sys

from editions.paper.typed import hand_in
from kit import data
from kit.errors import KitError

DONE, FAILED, NEEDS_A_PERSON = 0, 1, 3  # exit codes; argparse gives 2
EXAMPLE = """\
example:
  python -m editions.paper.typed typed.csv --out handins/
  python -m teach grade handins/ --out marks/

typed.csv has the columns code, field and answer; `make paper` writes one to fill in, with the
sheets. A hand-in that lies in the folder already is never overwritten.

exit codes:
  0  there is a hand-in for every code
  1  nothing was written; one sentence for each reason says why
  2  the command was not understood
  3  written, but something needs a person; it is listed
"""


def main(arguments: list[str] | None = None) -> int:
    """Write the hand-ins and return the exit code, as EXAMPLE lists them."""
    parser = argparse.ArgumentParser(
        prog="python -m editions.paper.typed",
        description="Turn answers typed in from the sheets on paper into hand-ins, one for each "
        "code.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("typed", metavar="TYPED.csv", help="the table with the typed answers")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write hand-ins")
    choice = parser.parse_args(arguments)
    try:
        done = hand_in(choice.typed, choice.out, data.load())
    except KitError as error:
        print(error, file=sys.stderr)
        return FAILED
    for problem in done.problems:
        print(problem, file=sys.stderr)
    sentences = [f"Hand-ins written to {choice.out}: {len(done.written)}."]
    if done.there:
        sentences.append(f"There already, the same: {len(done.there)}.")
    if left := sorted(filter(None, done.left)):
        sentences.append(f"Left out until that is mended: {', '.join(left)}.")
    print(" ".join(sentences))
    if not done.problems:
        return DONE
    return NEEDS_A_PERSON if done.written or done.there else FAILED


if __name__ == "__main__":
    sys.exit(main())
