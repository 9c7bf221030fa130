"""What `run_autograder` runs: `python -m teach.autograder SUBMISSION RESULTS.json`."""

import sys

from teach.autograder.grade import grade

if __name__ == "__main__":
    grade(*sys.argv[1:])
