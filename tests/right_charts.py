"""The right answer to an exercise that is answered with a chart, as the journal keeps it."""

from kit.data import span


def right_chart(key):
    """Return what is drawn on the right chart; key: the value of the exercise's answer."""
    drawn = {"title": "Members", "xlabel": "day of the deposit", "ylabel": "members", "texts": []}
    if "line" not in key:
        return drawn | {"lines": [{**key, "steps": "steps-post"}]}
    drawn |= {"texts": key.get("names", []), "points": [], "bars": []}
    for x, y in zip(key["x"], key["y"], strict=True):
        when = span(x).known
        height = span(y).start.isoformat() if isinstance(y, str) else y[0]
        first, last = when.start.isoformat(), when.end.isoformat()
        if "names" in key and when.precision != "day":
            drawn["bars"].append([first, last, height])
        else:
            drawn["points"].append([first, height])
    ends = ["1949-04-04", "2025-12-31"]
    line = {"x": ends, "y": ends} if key["line"] == "equal" else key["line"]
    return drawn | {"lines": [{**line, "steps": "steps-post"}]}
