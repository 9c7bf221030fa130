"""What `run_autograder` runs: `python -m teach.gradescope SUBMISSION RESULTS.json`."""

import sys

from teach.gradescope.grade import grade

if __name__ == "__main__":
    grade(*sys.argv[1:])
