"""requirements.lock is in step with requirements.txt: all of it, what it needs, and no more."""

import re
import subprocess
import sys
from importlib.metadata import distribution, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_house import ROOT, pins

TEXT = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = [Requirement(line) for line in re.findall(r"^(\w.*?) \\$", TEXT, re.MULTILINE)]
# Of two versions for two Pythons, and of packages for other systems, those for this one.
HERE = {each.name: each for each in LOCKED if not each.marker or each.marker.evaluate()}
# The Makefile says why.
LEFT_OUT = {"rfc3987-syntax", "lark", "isoduration", "arrow", "jedi", "parso"}


def needed(wanted):
    """Return the Requirements that packages (list of Requirement) bring here, theirs included.

    What is left out of the lock is left out here.
    """
    seen, todo = {}, list(wanted)
    while todo:
        each = todo.pop()
        if str(each) in seen or canonicalize_name(each.name) in LEFT_OUT:
            continue
        seen[str(each)] = each
        for line in distribution(each.name).requires or []:
            more = Requirement(line)
            extras = each.extras or {""}
            if not more.marker or any(more.marker.evaluate({"extra": extra}) for extra in extras):
                todo.append(more)
    return [*seen.values()]


def ours():
    return pins(ROOT / "requirements.txt")


def test_every_version_chosen_is_locked():
    assert {name: f"=={number}" for name, number in ours().items()} == {
        name: str(each.specifier) for name, each in HERE.items() if name in ours()
    }, "make lock"


def test_all_that_is_needed_is_locked_in_a_version_that_fits_and_nothing_else():
    brought = needed([Requirement(name) for name in (*ours(), "pip")])
    for each in brought:
        locked = HERE[canonicalize_name(each.name)]
        assert each.specifier.contains(str(locked.specifier)[2:], prereleases=True), each
    assert {canonicalize_name(each.name) for each in brought} == set(HERE)


def test_what_only_takes_time_is_left_out_and_missed_by_nobody():
    assert not LEFT_OUT & {each.name for each in LOCKED}
    program = "import jupyterlab.labapp, sys; assert not {'lark', 'arrow', 'jedi'} & {*sys.modules}"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_what_another_processor_compiles_meanwhile_is_there():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [names] = re.findall(r"^COMPILED_MEANWHILE := (.+)$", makefile, re.MULTILINE)
    subprocess.run([sys.executable, "-c", f"import {names}"], check=True)


@pytest.mark.parametrize("name", sorted(HERE))
def test_what_runs_here_is_what_is_locked(name):
    assert HERE[name].specifier.contains(version(name), prereleases=True), "remove .venv, and again"


def test_every_package_has_its_hashes_and_no_line_says_where_to_fetch_it():
    head, *blocks = re.split(r"^(?=\w)", TEXT, flags=re.MULTILINE)
    assert len(blocks) == len(LOCKED) > 100
    for block in blocks:
        assert re.fullmatch(r".+( \\\n    --hash=sha256:[0-9a-f]{64})+\n", block), block
    assert re.fullmatch(r"(#.*\n)+", head) and "://" not in TEXT


def test_every_system_has_what_it_needs():
    names = {each.name for each in LOCKED}
    assert {"appnope", "colorama", "pexpect", "pywinpty"} <= names  # macOS, Windows, the others
