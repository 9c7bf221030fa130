"""Measure the kit and print one table (in Markdown): `make bench`, or `python -m benchmarks`.

| file          | measures                                                                       |
|---------------|--------------------------------------------------------------------------------|
| `import_cost` | `import kit` against a bare Python                                             |
| `notebooks`   | each notebook's time and peak memory against a kernel that only imports        |
| `agreement`   | Krippendorff's alpha with its interval, 10,000 raters and 60 units             |
| `journal`     | appends to the journal against bare system calls; reading a long one           |
| `rating_click`| calls of Python functions for one click in the rating form                     |
| `marking`     | marking 25, 300 and 1,500 hand-ins against reading and writing as many files   |
| `report`      | the class report on 100, 1,000 and 10,000 hand-ins                             |

Each file has `run()`, which gives rows of what, figure, unit and note. What is compared runs in
turn, in one go, on one machine: the ratios mean something elsewhere, the seconds do not. No test
looks at the time. It takes five minutes. What needs a browser, other graders or a JupyterHub is a
command of its own: `python -m benchmarks.browser`, `….graders`, `….hub`; so is what needs an empty
cache, `….start`.
"""

from benchmarks import agreement, import_cost, journal, marking, notebooks, rating_click, report


def main():
    """Print the rows as they come."""
    print("| what | figure | unit | note |\n|---|---:|---|---|", flush=True)
    for measured in (import_cost, notebooks, agreement, journal, rating_click, marking, report):
        for row in measured.run():
            print(
                "|",
                " | ".join(str(row[k]) for k in ("what", "figure", "unit", "note")),
                "|",
                flush=True,
            )


if __name__ == "__main__":
    main()
