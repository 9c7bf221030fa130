"""What each kernel of the course begins with; IPython runs this file when a kernel starts.

So a cell in the middle of a notebook works after a restart, too. The file is copied to
`etc/ipython/startup/` of the environment; on a hub the variable PYTHONSTARTUP names it.
"""

from contextlib import suppress


def _start(shell):
    """Let all cells know `kit`, and `case` once a cell speaks of it; explain errors and charts."""
    import sys

    import kit
    from kit.mistakes import explain_errors

    def bring_case(info):
        if "case" in info.raw_cell and "case" not in shell.user_ns:
            from kit.widgets.base import default_case

            shell.push({"case": default_case()}, interactive=False)

    def picture(figure):  # as PNG that says in words what it shows; the page reads that
        from IPython.core.pylabtools import print_figure

        from kit.submission.picture import in_words

        try:
            about = {"Description": in_words(figure)}
        except Exception:  # a picture without words is better than none
            about = {}
        return print_figure(figure, base64=True, metadata=about)

    def take_our_picture():
        if matplotlib := sys.modules.get("matplotlib.figure"):
            png.for_type(matplotlib.Figure, picture)

    def be_there_first(info):  # the cell may import matplotlib and show its chart at once
        if "plot" in info.raw_cell:
            try:
                import matplotlib_inline.backend_inline  # noqa: F401
            except ImportError:
                return  # the cell will say so
            take_our_picture()

    shell.Completer.use_jedi = False  # with it, Tab after a table or a chart waits for seconds
    shell.push({"kit": kit}, interactive=False)
    shell.events.register("pre_run_cell", bring_case)
    # Importing matplotlib into a notebook sets its own way to make a picture. Ours comes after it:
    # before a cell that plots, and after any other cell, before its figures are shown.
    shell.events.register("pre_run_cell", be_there_first)
    shell.events.register("post_execute", take_our_picture)
    explain_errors(shell)
    # In the browser alone IPython is not ready in time for the first figure of a kernel.
    png = shell.display_formatter.formatters["image/png"]
    png.for_type_by_name("matplotlib.figure", "Figure", picture)


with suppress(ImportError, NameError):  # no kit here; or no notebook, but Python in a terminal
    _start(get_ipython())  # noqa: F821  (given by IPython)
del _start, suppress
