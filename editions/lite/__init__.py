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

# The cells of each notebook that cannot run without pandas, numpy and matplotlib, by id; each says
# so in a sentence. A test runs every cell and holds this list, and README.md is written from it.
WITHOUT_TABLES = {
    "01_meet_the_sources": (
        "word-counts",
        "chart-minutes",
        "show-gaps",
        "count-gaps",
        "worked-example",
        "told-in-2021",
        "records-for-article",
        "find-crimea",
    ),
    "02_compare_the_claims": (
        "show-p18",
        "show-r25",
        "show-tellings",
        "effective-witnesses",
        "merge-claims",
        "crosstab-tier",
        "find-names",
        "count-names",
        "count-quotations",
        "chart-hedges",
        "shared-phrases",
        "stance-chart",
        "find-contradictions",
    ),
    "03_rate_reliability": (
        "show-records",
        "chart-texts",
        "chart-criteria",
        "show-prediction",
        "chart-halo",
        "count-halo",
        "chart-profiles",
        "largest-gaps",
        "chart-class",
    ),
    "04_chart_the_dates": (
        "show-members",
        "show-notes",
        "make-steps",
        "draw-line",
        "draw-jumps",
        "date-claims",
        "count-claims",
        "draw-news",
        "draw-day",
        "draw-telling",
        "show-claims",
        "list-accounts",
        "draw-own",
    ),
    "05_check_the_record": (
        "show-c10",
        "show-three",
        "count-checked",
        "show-unverified",
        "years-by-kind",
        "draw-kinds",
        "show-public",
        "show-memories",
    ),
    "06_answer_the_question": (
        "count-kinds",
        "count-checked",
        "draw-checked",
        "lay-out-scales",
        "draw-scales",
        "show-own-places",
        "read-my-records",
    ),
}
