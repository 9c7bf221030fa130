"""Checks a case folder: tables, texts, quotations, exercises and key, for whoever changes one.

`command` is the command line and what a key may hold; `consistency` holds the answers to tables,
record and feedback; `bearing` sees that what is said of a claim bears on that claim.
"""

from teach.check_data.command import asked, summary

__all__ = ["asked", "summary"]
