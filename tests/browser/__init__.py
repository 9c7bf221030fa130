"""Tests in a real browser: a learner's hands on the course, in every JupyterLab it must work in.

| file       | holds                                                                             |
|------------|-----------------------------------------------------------------------------------|
| `lab`      | one Jupyter server of a stack: started, asked, tidied, killed                     |
| `room`     | what a test has in its hands: a page on that server, a fresh journal, the kernels |
| `asked`    | what a page is asked itself: is the kernel idle, where is that cell?              |
| `watch`    | what a page complains of or asks of other machines; either fails a test           |
| `axe`      | what axe has against the outputs of the open notebook                             |
| `lite`     | the edition that runs in the browser alone: built, served, booted; what it draws  |
| `pyodide`  | the Pyodide that edition is tested with, from packages alone                      |
| `engine`   | Chromium, or Firefox where $ENGINE says so, and what its driver cannot do         |
| `conftest` | the browser and the servers, started once; a room for each test on each stack     |

They run in a process of their own, `pytest tests/browser`: Playwright keeps an event loop running,
and other tests could then start none.
"""
