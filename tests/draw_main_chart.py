"""Draw the README's picture anew: `python -m tests.draw_main_chart`."""

from pathlib import Path

import kit

PICTURE = Path(__file__).resolve().parents[1] / "notebooks" / "images" / "main_chart.svg"


def main_chart():
    """Return the main chart of the default case as SVG text."""
    case = kit.data.load()
    return kit.charts.svg(kit.charts.timeline, kit.measures.tellings(case), case.enlargement)


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(main_chart(), encoding="utf-8", newline="\n")
