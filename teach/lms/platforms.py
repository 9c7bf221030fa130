"""Which platform a file comes from, and what stands where in it."""

from teach.lms import brightspace, canvas, gradescope, moodle
from teach.lms.cells import Sheet

PLATFORMS = {
    "canvas": [(canvas.fits, canvas.read)],
    "gradescope": [(gradescope.fits, gradescope.read)],
    "brightspace": [(brightspace.fits, brightspace.read)],
    "moodle": [
        (moodle.fits, moodle.read),
        (moodle.fits_in_any_language, moodle.read_in_any_language),  # last: it asks least
    ],
}


def recognised(raw, name, platform=None, column=None):
    """Return the Export in the bytes `raw`; raise LmsError in one sentence if it is none.

    platform: its name, or None to tell it by the first line. column: the head of the column to
    fill; None if the file has only one.

    >>> raw = b"Student,ID,Section,Essay (12)\\nKim,7,A,\\n"
    >>> export = recognised(raw, "export.csv")
    >>> export.column, export.learners
    (3, [1])
    """
    kinds = [platform] if platform else PLATFORMS
    ways = [way for kind in kinds for way in PLATFORMS[kind]]
    sheet = Sheet.read(raw, name, *(fits for fits, _ in ways))
    top = sheet.values(0)
    return next(read for fits, read in ways if fits(top))(sheet, column)
