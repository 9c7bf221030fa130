"""`python -m editions.lite FOLDER`: builds the browser-only edition into FOLDER, anew."""

import argparse
from pathlib import Path

from editions.lite.build import build


def main():
    """Build, and say what is in the folder."""
    parser = argparse.ArgumentParser(prog="editions.lite", description="The browser-only edition.")
    parser.add_argument("folder", type=Path, help="what lies there already is deleted")
    parser.add_argument(
        "--without-tables",
        action="store_true",
        help="leave out pandas, numpy and matplotlib and fetch nothing from Pyodide's makers",
    )
    choice = parser.parse_args()
    lacking = build(choice.folder, with_tables=not choice.without_tables)
    print(f"The browser-only edition is in {choice.folder}: any web server can host that folder.")
    if lacking:
        print(
            f"It lacks pandas, numpy and matplotlib: {lacking}. Its README.md says what that means."
        )


if __name__ == "__main__":
    main()
