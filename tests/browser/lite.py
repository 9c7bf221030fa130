"""The browser-only edition as tests have it: built, served, booted; and what its cells draw.

Python, pandas, numpy and matplotlib in it are those of `pyodide.py`: older than what a build with
the network fetches, and to be had where only packages can be.
"""

import base64
import contextlib
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading

import nbformat

from tests.browser.asked import ASK
from tests.browser.lab import ROOT
from tests.browser.room import PATIENCE

PYTHON = ROOT / ".venv-lite" / "bin" / "python"
PYODIDE = ROOT / ".venv-lite" / "pyodide"
WORKED = ROOT / "notebooks" / "instructor" / "worked_answers.jsonl"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OPENED = ASK.format("""
  return panel?.context?.path === wanted && panel.context.isReady
    && panel.sessionContext.isReady && panel.sessionContext.session?.kernel != null;
""")
BOOTED = ASK.format("return panel.sessionContext.session.kernel.info;")
# What one piece of code says when it is run: its words, and the error it ends in, if any.
RUN = ASK.format("""
  const said = [];
  const kernel = panel.sessionContext.session.kernel;
  const future = kernel.requestExecute({ code: wanted, stop_on_error: false });
  future.onIOPub = ({ header, content }) => {
    if (header.msg_type === "stream") said.push(content.text);
    if (header.msg_type === "error") said.push(`ERROR ${content.evalue} ${content.traceback}`);
  };
  return future.done.then(() => said.join(""));
""")
FILE = """async (path) => {
  const found = await window.jupyterapp.serviceManager.contents.get(path, { content: true });
  return found.content;  // JupyterLab knows a file that was renamed as bytes, in base64
}"""
TEXT = r"<!-- (.*?) -->\s*<g [^>]*?translate\(([\d.-]+) ([\d.-]+)\)"
MARK = (
    r'<g id="([^"]+)">\s*(?:<defs>.*?</defs>\s*)?(?:<g[^>]*>\s*)*'
    r'<(?:path d="M ([\d.-]+) ([\d.-]+)(?:\s+L ([\d.-]+ [\d.-]+))?|'
    r'use [^>]*?x="([\d.-]+)" y="([\d.-]+)")'
)
# Run in a kernel: from then on `drawn` gets each picture, as SVG, the kit's and the learner's own.
COLLECT = """
import io as _io
import kit.charts.figure, matplotlib.pyplot, matplotlib_inline.backend_inline as _inline

drawn, _image, _display = [], kit.charts.figure._image, _inline.display

def _kits(alt, drawing, attributes=""):
    drawn.append(drawing)
    return _image(alt, drawing, attributes)

def _own(figure, **how):
    file = _io.StringIO()
    figure.savefig(file, format="svg")
    drawn.append(file.getvalue())
    return _display(figure, **how)

kit.charts.figure._image, _inline.display = _kits, _own
"""
TAKE = "import json; print(json.dumps(drawn)); drawn.clear()"
HERE = """
import json, sys
import matplotlib.pyplot
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.history_load_length = 0
shell = InteractiveShell.instance()
collect, cells = json.load(sys.stdin)
shell.run_cell(collect).raise_error()
out, sys.stdout = sys.stdout, sys.stderr
pictures = {}
for name, source in cells:
    shell.run_cell(source).raise_error()
    pictures[name] = shell.user_ns["drawn"][:]
    shell.user_ns["drawn"].clear()
print(json.dumps(pictures), file=out)
"""


def build(folder, more=("--pyodide", PYODIDE)):
    """Build the edition into `folder`; return what the builder said."""
    for place, target in ((PYTHON, "ready"), (PYODIDE, "pyodide/ready")):
        assert place.exists(), f"This is missing: make .venv-lite/{target}"
    command = [PYTHON, "-m", "editions.lite", folder, *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Server:
    """A web server as plain as they come. folders: under which path it has which folder."""

    def __init__(self, **folders):
        self.folders, self.sent = folders, 0
        handler = functools.partial(_Quiet, self)
        self._server = _Patient(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        """Be gone; may be called twice."""
        self._server.shutdown()
        self._server.server_close()


class _Patient(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a slow machine turns nobody away


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def __init__(self, whose, *arguments):
        self.whose = whose
        super().__init__(*arguments)

    def translate_path(self, path):
        first, _, rest = path.lstrip("/").partition("/")
        self.directory = str(self.whose.folders.get(first, "/nowhere"))
        return super().translate_path("/" + rest)

    def copyfile(self, source, outputfile):
        content = source.read()
        self.whose.sent += len(content)
        with contextlib.suppress(ConnectionError):  # the page went elsewhere
            outputfile.write(content)

    def log_message(self, *_arguments):
        """Say nothing."""


def visit(page, address):
    """Load a page. What the one that is left still says does not count.

    Firefox tells of every request that it cuts then, and of the Python that waited for one.
    """
    deaf, page.watch.deaf = page.watch.deaf, True
    page.goto(address)
    page.watch.deaf = deaf


def boot(page, address, name):
    """Load the page with this notebook, and wait until its Python answers."""
    visit(page, f"{address}lab/index.html?path={name}")
    page.wait_for_function(OPENED, arg=name, polling=50, timeout=2 * PATIENCE)
    page.evaluate(BOOTED)


def worked_cells(path):
    """Yield id and source of each code cell of a notebook, with answers in the code."""
    learners = {cell.id: cell.source for cell in nbformat.read(path, 4).cells}
    for cell in nbformat.read(WORKED.parent / path.name, 4).cells:
        if cell.cell_type == "code":
            yield cell.id, learners["setup"] if cell.id == "setup" else cell.source


def drawn_here(cells, folder, work):
    """Run cells (pairs as above), with this work (bytes) done; return {id: its pictures, SVG}."""
    (folder / "my_work.jsonl").write_bytes(work)
    given = {"KIT_WORK": str(folder / "my_work.jsonl"), "IPYTHONDIR": str(folder)}
    inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    done = subprocess.run(
        [sys.executable, "-c", HERE],
        input=json.dumps([COLLECT, cells]),
        env=os.environ | given | inline,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def marks(drawing):
    """What is where in a picture: {text or id: its places (x, y), in points}.

    Left out is what may differ between versions of the libraries and is not seen: numbers of texts,
    and bars without a length. So are the labels of rounds in the timeline: they stand where there
    is room, and letters are not equally wide everywhere.
    """
    places = {}
    for found in re.finditer(f"{TEXT}|{MARK}", drawing, re.DOTALL):
        name, x, y, *further = (value for value in found.groups() if value is not None)
        is_seen = not name.startswith("patch_") or any(not each.startswith(x) for each in further)
        if is_seen and not re.fullmatch(r"text_\d+|\d{4}: \d+", name):
            places.setdefault(name, []).append((float(x), float(y)))
    return {name: sorted(found) for name, found in places.items()}


def saved(page, name):
    """The content (bytes) of a file that lies in the browser."""
    content = page.evaluate(FILE, name)
    return base64.b64decode(content) if isinstance(content, str) else json.dumps(content).encode()
