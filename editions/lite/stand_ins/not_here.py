"""What a learner reads where pandas, numpy or matplotlib would be needed and is not there.

Importing one of them works, so that whatever needs it only now and then still runs. A cell that
uses it says one sentence, and so does a later cell that wants what such a cell would have made;
the cells after it run.
"""

import ast
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

from IPython import get_ipython

NAMES = ("matplotlib", "numpy", "pandas")
NEEDS = "This cell needs {}, which {}. Leave it and go on with the next cell."
NOT_HERE = "is not in this browser-only copy of the course"
NOT_MADE = "an earlier cell could not make without {}"


class NotHere(ImportError):
    """Something was used that is not in this edition; name: of the package."""


class Parts(MetaPathFinder, Loader):
    """Finds every part of the missing packages, such as matplotlib.pyplot: a stand-in as well."""

    def find_spec(self, name, path, target=None):
        """Return how to import `name` if it is a part of a missing package."""
        return ModuleSpec(name, self, is_package=True) if _package(name) in NAMES else None

    def create_module(self, spec):
        """Leave it to Python to make an empty module."""

    def exec_module(self, module):
        """Let the module refuse every use."""
        module.__getattr__ = refusal(module.__name__)


class Told:
    """Says in a sentence why a cell could not run, in place of the traceback."""

    def __init__(self):
        self.unmade = {}  # name that a cell could not assign -> package it lacked

    def tell(self, shell, kind, error, trace, tb_offset=None):
        """Say it, if the error comes from a missing package; else show the error as usual."""
        at_once = isinstance(error, NotHere)
        package = error.name if at_once else self.unmade.get(error.name)
        if not package:
            return shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        cell = ast.parse(shell.transform_cell(shell.user_ns["In"][-1]))
        self.unmade |= dict.fromkeys(_assigned(cell), package)
        return print(NEEDS.format(package, NOT_HERE if at_once else NOT_MADE.format(package)))


def refusal(module):
    """Return what a stand-in for `module` does when it is asked for anything: a function."""

    def refuse(name):
        if name.startswith("__"):
            raise AttributeError(name)  # Python itself is asking
        raise NotHere(f"{module}.{name} is not here", name=_package(module))

    return refuse


def _assigned(cell):
    """The names that a cell assigns: set of str."""
    names = (node for node in ast.walk(cell) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def _package(name):
    return name.partition(".")[0]


sys.meta_path.append(Parts())
get_ipython().set_custom_exc((NotHere, NameError), Told().tell)
