"""`python -m teach COMMAND`."""

import sys

from teach.cli import main

if __name__ == "__main__":
    sys.exit(main())
