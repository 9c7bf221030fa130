"""The timeline that answers: picture and table as `show` gives them, and a script in the page.

The script needs neither kernel nor network, so a re-opened notebook and a saved web page answer
too. Without it (a notebook nobody has trusted) picture and table still stand.
"""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from kit.charts import figure
from kit.charts.enlargement import COLUMNS as MEMBER_COLUMNS
from kit.charts.timeline import COLUMNS as TELLING_COLUMNS
from kit.charts.timeline import Tellings, timeline
from kit.errors import KitError

COLUMNS = (*TELLING_COLUMNS, "quote", "source")


def explore(tellings: pd.DataFrame, *enlargement: pd.DataFrame) -> None:
    """Display the timeline so that its marks answer to mouse, keys and touch.

    tellings: as for `timeline`, and with the columns `quote` and `source`, line by line the words
    and where they stand ("" where no words are known). enlargement: the members table, if any.
    The same tables give the same output, byte for byte. Raises KitError, as `timeline` does.
    """
    from IPython.display import HTML, display

    display(HTML(explorer(tellings, *enlargement)))


def explorer(tellings: pd.DataFrame, *enlargement: pd.DataFrame) -> str:
    """Return the HTML that `explore` displays: a `<figure>` with style, data and script inside.

    A table without a dated account gives one sentence instead.
    """
    columns = COLUMNS, MEMBER_COLUMNS
    data, html = figure.inside(timeline, (tellings, *enlargement), columns)
    if data is None:
        return html
    css, script = (
        Path(__file__).with_name(f"timeline.{end}").read_text("utf-8") for end in ("css", "js")
    )
    in_page = json.dumps(answers(data), ensure_ascii=False).replace("<", "\\u003c")  # no tag in it
    return (
        f'<figure class="kit kit-timeline" style="margin:0"><style>{css}</style>'
        f'{html}<script type="application/json">{in_page}</script>'
        f"<script>{script}</script></figure>"
    )


def answers(tellings: Tellings) -> dict[str, list[Any]]:
    """Return what the page is told: lanes from top to bottom, accounts in order of time.

    Of each account the id (what follows event- and told- in the picture), the lane (its text or
    witness), title and name (the account in short, and in one line), quotes (pairs of words and
    source) and facts (pairs of a term and its value).

    >>> import kit
    >>> case = kit.data.load()
    >>> tables = timeline.rows(kit.measures.tellings(case), case.enlargement)
    >>> answers(timeline.read(*tables))["accounts"][-1]["facts"][0]
    ('Event', '2021 (year)')
    """
    accounts = {row: _account(row) for row in tellings.rows}
    lanes = list(dict.fromkeys(account["lane"] for account in accounts.values()))
    return {"lanes": lanes, "accounts": [accounts[row] for row in sorted(accounts, key=_when)]}


def _when(telling):
    event, told = telling.event, telling.told
    first = event or told
    return not first, first and first.known.start, bool(told), told and told.known.start


def _account(telling):
    words, sources = telling.quote.split("\n"), telling.source.split("\n")
    if len(words) != len(sources):
        counts = f"{telling.lane} {telling.label} has {len(words)} and {len(sources)}"
        raise KitError(f"The timeline chart needs as many lines in quote as in source; {counts}.")
    quotes = list(zip(words, sources, strict=True))
    said = "; ".join(f"“{words}” ({source})" if words else source for words, source in quotes)
    lane, lag = telling.lane or "no name", telling.lag or "not known"
    event, told = (w.full if w else "no date given" for w in (telling.event, telling.told))
    title = f"{lane}, {telling.label}" if telling.label else lane
    return {
        "id": telling.gid,
        "lane": lane,
        "title": title,
        "name": f"{title}. Event: {event}. Told: {told}. Lag: {lag}. {said}",
        "quotes": quotes,
        "facts": [("Event", event), ("Told", told), ("Lag", lag)],
    }
