"""Build the course on paper: python -m editions.paper."""

from pathlib import Path

from editions.paper.build import build
from kit import data

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    paper = ROOT / "build" / "paper"
    sheets = build(data.load(), paper)
    print(f"Built {len(sheets)} sheets: open {(paper / 'index.html').relative_to(ROOT)}")
