"""Build the worked editions: python -m editions.worked, or see what has drifted with --check."""

import sys

from editions.worked.build import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
