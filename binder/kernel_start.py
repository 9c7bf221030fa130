"""Run by IPython when a kernel of the course starts: `python -m kit.startup` puts it in its place.

That place is `etc/ipython/startup/` of the environment. On a hub, where the kit is not installed,
the variable PYTHONSTARTUP names this file (docs/hub/jupyter_server_config.py).
"""

from contextlib import suppress

with suppress(ImportError, NameError):  # no kit here; or no notebook, but Python in a terminal
    from kit.startup import begin

    begin(get_ipython())  # noqa: F821  (given by IPython)
    del begin
del suppress
