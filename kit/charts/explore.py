"""The timeline that answers: picture and table as `show` gives them, and a script in the page.

The script needs neither kernel nor network, so a re-opened notebook and a saved web page answer
too. Without it (a notebook nobody has trusted) picture and table still stand.
"""

import functools
import json
from pathlib import Path

from kit.charts import lanes, membership, page
from kit.charts.alt_text import describe
from kit.charts.style import read

COLUMNS = (*lanes.COLUMNS, "quote", "source")


def explore(tellings, enlargement):
    """Display the timeline so that its marks answer to mouse, keys and touch.

    tellings: as for `timeline`, and with the columns `quote` and `source`, line by line the words
    and where they stand ("" where no words are known). enlargement: the members table.
    Returns nothing; the same tables give the same output, byte for byte.
    Raises ValueError, one sentence, as `timeline` does.
    """
    from IPython.display import HTML, display

    display(HTML(explorer(tellings, enlargement)))


def explorer(tellings, enlargement):
    """Return the HTML that `explore` displays: a `<figure>` with style, data and script inside.

    A table without a dated account gives one sentence instead.
    """
    tables = page.table(tellings, COLUMNS, lanes.timeline) + page.table(
        enlargement, membership.COLUMNS, lanes.timeline
    )
    alt = describe(lanes.timeline, tellings, enlargement)
    if page.is_empty(alt):
        return page.sentence(alt)
    drawing = page.svg(lanes.timeline, tellings, enlargement)
    return (
        f'<figure class="kit kit-timeline" style="margin:0"><style>{_file("timeline.css")}</style>'
        f"{page.picture(alt, drawing)}{page.behind([tables])}"
        f'<script type="application/json">{_as_data(answers(tellings))}</script>'
        f"<script>{_file('timeline.js')}</script></figure>"
    )


def answers(tellings):
    """Return what the page is told: lanes from top to bottom, accounts in order of time.

    Each account is a dict. id: what follows event- and told- in the picture. lane: its text or
    witness. title and name: the account in short, and in one line. quotes: pairs of words and
    source. facts: pairs of a term and its value.

    >>> import kit
    >>> answers(kit.measures.tellings(kit.data.load()))["accounts"][-1]["facts"][0]
    ('Event', '2021 (year)')
    """
    rows = lanes.lane_after_lane(read(tellings, COLUMNS, "timeline"))
    pairs = list(zip(lanes.tellings_of(tellings), rows, strict=True))
    lanes_down = dict.fromkeys(_lane(telling) for telling, _ in pairs)
    pairs.sort(key=lambda pair: _when(pair[0]))
    return {"lanes": list(lanes_down), "accounts": [_account(*pair) for pair in pairs]}


def _lane(telling):
    return telling.lane or "no name"


def _when(telling):
    event, told = telling.event, telling.told
    first = event or told
    return (not first, first and first.known.start, bool(told), told and told.known.start)


def _account(telling, row):
    lane, event, lag = _lane(telling), _in_words(telling.event), telling.lag or "not known"
    told = _in_words(telling.told)
    quotes = _quotes(row)
    words = "; ".join(f"“{words}” ({source})" if words else source for words, source in quotes)
    about = f"{lane}, {telling.label}" if telling.label else lane
    return {
        "id": telling.gid,
        "lane": lane,
        "title": about,
        "name": f"{about}. Event: {event}. Told: {told}. Lag: {lag}. {words}",
        "quotes": quotes,
        "facts": [("Event", event), ("Told", told), ("Lag", lag)],
    }


def _quotes(row):
    words, sources = row["quote"].split("\n"), row["source"].split("\n")
    if len(words) != len(sources):
        raise ValueError(
            f"The timeline chart needs as many lines in quote as in source; {row['lane']} "
            f"{row['label']} has {len(words)} and {len(sources)}."
        )
    return list(zip(words, sources, strict=True))


def _in_words(when):
    return when.full if when else "no date given"


def _as_data(things):
    """JSON that no quote can break out of: HTML sees no tag in it."""
    return json.dumps(things, ensure_ascii=False).replace("<", "\\u003c")


@functools.cache
def _file(name):
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
