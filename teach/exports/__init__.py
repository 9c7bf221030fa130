"""Exports of a learner's verdicts in formats that others read: ClaimReview and AVeriTeC.

`verdicts` reads a hand-in, `claimreview` and `averitec_record` write one verdict each in their
format, `files` does the whole, `command` is the command line.
"""

from teach.exports.averitec_record import averitec
from teach.exports.claimreview import claim_review
from teach.exports.files import Exported, ExportError, as_text, export
from teach.exports.verdicts import Step, Verdict, verdicts_in

__all__ = [
    "ExportError",
    "Exported",
    "Step",
    "Verdict",
    "as_text",
    "averitec",
    "claim_review",
    "export",
    "verdicts_in",
]
