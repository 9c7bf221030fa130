"""The types: every public function says what it takes and returns, and a checker finds no fault."""

import ast
import subprocess
import sys

import pytest

from tests.test_house import MODULES, PACKAGES, ROOT, name_of, project_file

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_public_function_says_what_it_takes_and_returns(path):
    assert unsaid(path.read_text(encoding="utf-8")) == []


def unsaid(text):
    """Return the names of public functions and methods of a module, with what they don't say."""
    return [
        f"{name}: {', '.join(bare)}"
        for node, name in public_functions(ast.parse(text))
        if (bare := [*without_a_type(node.args), *(["return"] if node.returns is None else [])])
    ]


def public_functions(tree):
    """Yield (node, name) for each function of a module and each method of its classes."""
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    for prefix, body in [("", tree.body), *((f"{node.name}.", node.body) for node in classes)]:
        for node in body:
            if isinstance(node, FUNCTIONS) and not node.name.startswith("_"):
                yield node, prefix + node.name


def without_a_type(arguments):
    several = (arguments.vararg, arguments.kwarg)
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    found = [arg.arg for arg in (*named, *filter(None, several)) if arg.annotation is None]
    return [name for name in found if name not in ("self", "cls")]


def test_what_a_function_does_not_say_is_found():
    text = "class A:\n    def b(self, c: int, *, d, **e): ...\n    def _f(self, g): ...\n"
    assert unsaid(text) == ["A.b: d, e, return"]
    assert unsaid("async def a(b: int, /) -> None: ...\ndef _c(d): ...") == []


def test_the_type_checker_finds_no_fault():
    done = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_who_installs_a_package_has_its_types(package):
    assert (ROOT / package / "py.typed").exists()
    assert "py.typed" in project_file()["tool"]["setuptools"]["package-data"][package]
