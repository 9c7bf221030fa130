"""Build the six notebooks, or see what has drifted with --check; FOLDER: a course of its own."""

import sys

from editions.course.build import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
