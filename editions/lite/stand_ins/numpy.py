"""A stand-in; `not_here` says why."""

import not_here

__path__ = ()
__getattr__ = not_here.refusal(__name__)
