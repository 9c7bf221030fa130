"""What is spoken of each widget, as text: a file each, written by `python -m tests.browser.spoken`.

`##` says what a learner did; below it stands, line by line, what Orca then said.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
ANEW = "KIT_SPOKEN_ANEW"  # in the environment: write the transcripts instead of comparing
