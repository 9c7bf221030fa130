"""The course goes online: `make publish ACCOUNT=name` puts an account of GitHub into every link.

Then it looks whether the tag that the README's badge names can be launched, and prints what is left
to do. It changes pages of this folder, and nothing elsewhere.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kit import __version__

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CITATION.cff", "docs/hub.md")
HOME = re.compile(r"https://github\.com/[\w-]+/([\w.-]+)")
NAME = HOME.search((ROOT / "CITATION.cff").read_text(encoding="utf-8"))[1]  # of the repository
TAG = f"v{__version__}"
# What stands in front of an account in a link, and what behind it.
ACCOUNT = re.compile(
    rf"(?<=gh/)[\w-]+(?=/{NAME}/)|(?<=github\.com/)[\w-]+(?=/{NAME}\b)"
    rf"|(?<=github\.com%2F)[\w-]+(?=%2F{NAME}\b)|(?<=https://)[\w-]+(?=\.github\.io/{NAME})"
)
HOW_TO_PUBLISH = re.compile(r"If you publish the course:.*?\n\n", re.DOTALL)


def main(account: str, root: Path = ROOT) -> None:
    """Set the account in the pages below `root` and say what comes next.

    Raises SystemExit with one sentence if no account can have this name.
    """
    if not re.fullmatch(r"(?!.*--)[A-Za-z\d](?:[A-Za-z\d-]{0,37}[A-Za-z\d])?", account):
        raise SystemExit(
            f"“{account}” can be no account of GitHub: name one of letters, digits and single "
            "hyphens, at most 39 in all, as in make publish ACCOUNT=our-school."
        )
    changed = [page for page in PAGES if set_account(root / page, account)]
    what = f"now stands in {', '.join(changed)}" if changed else "stands everywhere already"
    print(f"The account {account} {what}.\n\nWhat is left to do:\n")
    for number, step in enumerate(steps(account, root), start=1):
        print(f"{number}. {step}")


def set_account(page: Path, account: str) -> bool:
    """Put the account into every link of a page; return whether that changed it."""
    before = page.read_text(encoding="utf-8")
    after = ACCOUNT.sub(account, HOW_TO_PUBLISH.sub("", before))
    if changed := after != before:
        page.write_text(after, encoding="utf-8")
    return changed


def steps(account: str, root: Path) -> Iterator[str]:
    """Yield what is left to do, in this order: the commit, the tag, the push, the services."""
    home = f"https://github.com/{account}/{NAME}"
    if git(root, "status", "--porcelain", "--untracked-files=no"):
        yield "Commit what has changed:  git commit --all --message 'Our account'"
    yield from tag_steps(root)
    if not git(root, "remote"):
        yield (
            f"Make an empty repository {NAME} at https://github.com/new, and name it here:\n"
            f"     git remote add origin {home}.git"
        )
    yield from push_steps(root)
    yield (
        f"Pages: under {home}/settings/pages choose “GitHub Actions” as the source. After each\n"
        "   push to main the workflow pages then builds the site and the browser-only edition:\n"
        f"     https://{account}.github.io/{NAME}/ and https://{account}.github.io/{NAME}/lite/"
    )
    yield "Badge: launch it once from the README. Binder builds then, which takes some minutes."
    yield (
        "Zenodo, for a DOI: write your names into CITATION.cff, switch the repository on at\n"
        f"   https://zenodo.org/account/settings/github/, and make a release of {TAG} on GitHub."
    )


def tag_steps(root: Path) -> Iterator[str]:
    """Yield what to do until the newest commit has the tag that the README names."""
    if f"/{NAME}/{TAG}?" not in (root / "README.md").read_text(encoding="utf-8"):
        yield f"README: let badge and link for phones name {TAG}, the version of the kit."
    tagged = git(root, "rev-parse", "--verify", "--quiet", f"{TAG}^{{commit}}")
    if not tagged:
        yield f"Tag the newest commit:  git tag {TAG}"
    elif tagged != git(root, "rev-parse", "HEAD") or git(root, "diff", "--name-only", "HEAD"):
        yield (
            f"{TAG} is not the newest commit. If nobody has it yet:  git tag --force {TAG}\n"
            "   Otherwise raise the number first: see “A release” in CONTRIBUTING.md."
        )


def push_steps(root: Path) -> Iterator[str]:
    """Yield the push, unless origin has the newest commit and the tag on it already."""
    newest = git(root, "rev-parse", "HEAD")
    there = git(root, "ls-remote", "origin", f"refs/tags/{TAG}", f"refs/tags/{TAG}^{{}}")
    if newest not in there or git(root, "diff", "--name-only", "HEAD"):
        yield f"Push both:  git push origin HEAD:main {TAG}"


def git(root: Path, *command: str) -> str:
    """Return what git answers; "" if it fails, as without a repository, a remote or a network."""
    done = subprocess.run(
        ["git", *command], cwd=root, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    main(sys.argv[1])
