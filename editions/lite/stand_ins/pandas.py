"""A stand-in; `not_here` says why. How tables shall look may be set: that alone needs no table."""

from types import SimpleNamespace

import not_here

__path__ = ()
options = SimpleNamespace(display=SimpleNamespace())
__getattr__ = not_here.refusal(__name__)
