"""Measures: pure functions from tables to numbers. No files, no drawing, no network.

| file         | answers                                                              |
|--------------|----------------------------------------------------------------------|
| `dates`      | How many members that day? How long from the event to its telling?   |
| `witnesses`  | On how many people's word does it rest?                              |
| `ratings`    | What do texts score, weighted? Are two axes rated as one (halo)?     |
| `judgement`  | Can a learner tell true from false, and how well placed is the trust?|
| `suppression`| Which counts of a class may be shown without exposing anyone?        |

A measure that cannot be computed is None, with the reason in words where the
result has a `note`. It is never nan, infinite, or a 0 that looks like a finding.
numpy and pandas are loaded by the functions that need them, and not before.
"""

from kit.measures.dates import Lag, Range, lag, members_on, recollections, steps, tellings
from kit.measures.judgement import Change, Discrimination, brier, change, discrimination
from kit.measures.ratings import Halo, halo, percent_words, rank_stability, weighted
from kit.measures.witnesses import distinct_witnesses, effective_witnesses
