"""Tests in WebKit, the engine of Safari and of every browser on an iPad.

What runs here is WebKitGTK, driven by its own WebKitWebDriver. They run in a process of their own,
`pytest tests/webkit`, on the servers of `tests/browser/lab.py`, which has Firefox and Chromium.

| file       | holds                                                                          |
|------------|--------------------------------------------------------------------------------|
| `desk`     | what a test has in its hands: a notebook, its cells and controls, the journal   |
| `conftest` | screen, driver and server, started once; a fresh desk for each test            |

What the driver cannot do: it hangs on a click in an open menu of JupyterLab, so commands are given
by name; and it lets no download begin, so `Desk.downloads` takes what the page hands over.
"""
