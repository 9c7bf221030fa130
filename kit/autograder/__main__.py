"""What `run_autograder` runs: `python -m kit.autograder SUBMISSION RESULTS.json`."""

import sys

from kit.autograder.grade import grade

if __name__ == "__main__":
    grade(*sys.argv[1:])
