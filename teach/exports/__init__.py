"""A learner's verdicts as schema.org ClaimReview: `verdicts` reads a hand-in, `claimreview` writes.

`claimreview` is the command line as well.
"""

from teach.exports.claimreview import Exported, ExportError, as_text, claim_review, export
from teach.exports.verdicts import Step, Verdict, verdicts_in

__all__ = [
    "ExportError",
    "Exported",
    "Step",
    "Verdict",
    "as_text",
    "claim_review",
    "export",
    "verdicts_in",
]
