"""Build the site: python -m editions.site."""

from pathlib import Path

from editions.site import build

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    site = ROOT / "build" / "site"
    build(site)
    print(f"Built {site.relative_to(ROOT)}: open {(site / 'index.html').relative_to(ROOT)}")
