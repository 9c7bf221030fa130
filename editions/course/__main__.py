"""Build the six notebooks, see what has drifted with --check, or make a course of a case folder.

python -m editions.course            the notebooks of the course, from templates/ and data/
python -m editions.course --check    only say what is no longer as this would build it
python -m editions.course FOLDER     the case in FOLDER as a course of its own, in build/case/
"""

import sys
from pathlib import Path

from editions.course import build, folder
from kit.errors import KitError


def main(arguments: list[str]) -> int:
    """Do what is asked and say what came of it; return the number for the shell."""
    try:
        found = [] if arguments and arguments != ["--check"] else build.changed()
        if arguments == ["--check"]:
            again = "is not as templates and data make it; run `make notebooks`."
            print("\n".join(f"{path} {again}" for path in found) or "The notebooks are as built.")
            return len(found) > 0
        if arguments:
            out = folder.build(Path(arguments[0]))
            print(f"The course is in {out}. There: make lab, or look at its README.")
            return 0
        build.write(build.ROOT, build.of_this_course())
        print("\n".join(f"Built {path}" for path in found) or "The notebooks were up to date.")
    except KitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
