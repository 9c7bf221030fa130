"""A small draft, invented and checked by hand: two texts, eight moments, five members."""

LEAFLET = """The bridge at Weir
by Tom Ash
The miller asked for the bridge in 1903.
Nobody wrote it down at the time.
The bridge was opened in September 1905.
It is the finest bridge in the land.
"""
NOTICE = """Notice of the Bridge Society
3 March 1951
In 1903 the miller offered stones, but he never asked.
Ada Mill has told the story since 1931.
"""
SAID = {
    "title": "The Bridge at Weir",
    "question": "Did the miller ask for the bridge?",
    "members_of": "Bridge Society",
    "date_means": "A date is the day on which a house paid its first penny.",
}
TEXTS = {
    "leaflet": {"text": LEAFLET, "author_as_printed": "Tom Ash", "cites_sources": "no"},
    "notice": {
        "text": NOTICE,
        "site_as_printed": "Bridge Society",
        "date_as_printed": "3 March 1951",
        "cites_sources": "notes with titles and pages",
        "names_people": "Ada Mill",
    },
}
PROPOSITIONS = {
    "P1": ("The miller asked for the bridge", "approach"),
    "P2": ("There is evidence from the time itself", "evidence"),
    "P3": ("The bridge was built by 1905", "building"),
}
STANCES = {
    "P1": {"leaflet": "asserts", "notice": "denies"},
    "P2": {"leaflet": "denies", "notice": "silent"},
    "P3": {"leaflet": "asserts", "notice": "silent"},
}
CLAIM = ("text_id", "quote", "about_date", "proposition_id", "verdict", "record_ids", "type")
CLAIMS = {
    "C01": ("leaflet", "The miller asked for", "1903", "P1", "partly", "R05", "fact"),
    "C02": ("leaflet", "Nobody wrote it down at the time.", "", "P2", "contradicted", "R02", ""),
    "C03": ("leaflet", "opened in September 1905", "1905-09", "P3", "supported", "R04", ""),
    "C04": ("leaflet", "It is the finest bridge", "", "P3", "opinion", "", "opinion"),
    "C05": ("notice", "he never asked", "1903", "P1", "contradicted", "R05;R06", ""),
    "C06": ("notice", "has told the story since 1931", "1931", "P2", "supported", "R05", ""),
}
PAPER, REPORT, ARCHIVE = "primary document", "contemporaneous report", "archive"
MEMORY, LATER = "recollection", "later statement"
RECORD = ("event_date", "told_date", "who", "witness", "what_happened", "kind")
MOMENTS = {
    "R01": ("1901-05-04", "1901-05-05", "The council", "", "It talks about a bridge.", PAPER),
    "R02": ("1903-06", "1903-07-01", "The miller", "", "In the paper he offers stones.", REPORT),
    "R03": ("1904", "1931", "The mason", "", "He writes a bill for stones.", ARCHIVE),
    "R04": ("1905-09-12", "1905-09-12", "The council", "", "The bridge is opened.", REPORT),
    "R05": ("1903", "1931-02-01", "Ada Mill", "Ada Mill", "She recalls that he asked.", MEMORY),
    "R06": ("1903", "1946-03", "Ada Mill", "Ada Mill", "She recalls where he stood.", MEMORY),
    "R07": ("1905", "1950-01-01", "Ned Wright", "Ned Wright", "He says all were glad.", LATER),
    "R08": ("1904-02-01", "1990", "The miller", "", "Unverified: a letter.", ARCHIVE),
}
VERIFICATION = {"R03": "in part", "R08": "unverified"}  # the others: verified
JOINED = {
    "Mill": "1902-01-01",
    "Forge": "1902-01-01",
    "Inn": "1902-01-01",
    "School": "1904-01-01",
    "Chapel": "1906-01-01",
}


def state(**changes):
    """Return the state of the draft; changes: {"table_row_column": value} over it, None takes out.

    A row is taken out by "table_row" alone.
    """
    cells = {f"case/-/{name}": text for name, text in SAID.items()}
    for id, row in TEXTS.items():
        cells |= {f"texts/{id}/{name}": text for name, text in row.items()}
    for id, (proposition, about) in PROPOSITIONS.items():
        cells |= {f"propositions/{id}/proposition": proposition, f"propositions/{id}/about": about}
    for id, row in CLAIMS.items():
        cells |= {f"claims/{id}/{name}": text for name, text in zip(CLAIM, row, strict=True)}
        cells[f"claims/{id}/normalised_claim"] = f"In short: {row[1]}"
    for id, row in MOMENTS.items():
        cells |= {f"record/{id}/{name}": text for name, text in zip(RECORD, row, strict=True)}
        cells |= {f"record/{id}/source_title": "The Weir Post", f"record/{id}/seen_as": "a page"}
        cells[f"record/{id}/verification"] = VERIFICATION.get(id, "verified")
    for number, (house, day) in enumerate(JOINED.items(), 1):
        cells |= {f"enlargement/{number}/country": house}
        cells |= {f"enlargement/{number}/accession_date": day}
    cells |= {f"stances/{p}/{t}": s for p, row in STANCES.items() for t, s in row.items()}
    return changed(cells, changes)


def changed(cells, changes):
    """Return a state with changes, as `state` takes them."""
    for name, value in changes.items():
        id = name.replace("_", "/", 2)
        cells = {k: v for k, v in cells.items() if k != id and not k.startswith(f"{id}/")}
        if value is not None:
            cells[id] = value
    return cells
