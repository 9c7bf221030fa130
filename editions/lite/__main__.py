"""`python -m editions.lite FOLDER`: builds the browser-only edition into FOLDER, anew."""

import argparse
from pathlib import Path

from editions.lite.build import build


def main():
    """Build, and say what is in the folder."""
    parser = argparse.ArgumentParser(prog="editions.lite", description="The browser-only edition.")
    parser.add_argument("folder", type=Path, help="what lies there already is deleted")
    parser.add_argument(
        "--pyodide",
        type=Path,
        metavar="DIR",
        help="a folder with all of Pyodide, unpacked; without it the build fetches what it needs",
    )
    choice = parser.parse_args()
    size, lacking = build(choice.folder, choice.pyodide)
    print(f"The browser-only edition is in {choice.folder}: any web server can host that folder.")
    print(
        f"At the first visit a browser fetches {size / 1e6:.0f} MB and keeps them; later ones only "
        "ask whether the edition has changed."
    )
    if lacking:
        print(
            f"It lacks pandas, numpy and matplotlib: {lacking}. Name a folder of Pyodide with "
            "--pyodide, or read in its README.md what cannot run without them."
        )


if __name__ == "__main__":
    main()
