"""The browser-only edition: a folder that any web server can host, with all six notebooks.

Nothing runs on the server. JupyterLab, Python (Pyodide), the kit and its data are files in the
folder; the learner's browser runs them and keeps the work.

| file        | holds                                                                    |
|-------------|--------------------------------------------------------------------------|
| `build`     | puts the folder together                                                 |
| `python`    | the Python in it: Pyodide, wheels, kit and data, and the list of them    |
| `tables`    | pandas, numpy and matplotlib, fetched or from a folder of Pyodide        |
| `offline`   | what the page has beside JupyterLite's own, its scripts in `page`        |
| `no_pip`    | what stands in for an installer: nothing is asked of anybody             |
| `stand_ins` | what says so, in one sentence, where the tables are not there            |
| `README.md` | the page for whoever hosts the folder                                    |

`make lite` builds it into `build/lite/`.
"""
