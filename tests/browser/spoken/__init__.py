"""What is spoken of each widget, as text: a file each, written by `python -m tests.browser.spoken`.

After `##` stands what was read or done; below it, line by line, what is heard then. The screen
reader is @guidepup/virtual-screen-reader, which follows the W3C's rules in the page itself.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent
ANEW = "KIT_SPOKEN_ANEW"  # in the environment: write the transcripts instead of comparing
# What JupyterLab says, and what is said of structure alone.
NOISE = r"^(\[\d+\]:|Collapse Output|(end of )?(strong|emphasis|paragraph|code|superscript|term))\n"
# The reader says all it knows. Those that people use say a label once, with its control; never the
# content of a button; nothing of an empty region; and nothing that the page hides from them
# (aria-hidden), also when they announce. The options of a list stand behind it, after strokes.
OVERDONE = {
    NOISE: "",
    r"^option, (.+?)(?:, \1)?, (?:not )?selected.*\n": r" | \1\n",
    r"\n \| ": " | ",
    r"^((?:button|tab), .*)\n(?:.*\n)*?end of \1\n": r"\1\n",
    r"^end of (combobox|listitem|link|cell|row|rowgroup|definition).*\n": "",
    r"^(?:rowgroup|row, .*)\n": "",
    r"^(.+)\n(?=radio, \1, )": "",
    r"^(checkbox, (.+), (?:not )?checked)\n\2\n": r"\1\n",
    r"^(?:(.+:)\n)?(.+)\n(?=(?:combobox|textbox), (?:\1 )?\2, )": "",
    r"^status\n(?!(?:(?!status$).*\n)+?end of status$)": "",
    r"^polite:(?: … Typing\..*)?\n": "",
    r"^polite: [↻✓●○!] ": "polite: ",
    r", orientated horizontally|, has popup listbox|, not expanded|, 1 control": "",
    r", (?:level \d+, )?position (\d+), set size (\d+)": r", \1 of \2",
    r", max value [\d.]+, min value [\d.]+, current value ": ", ",
    r"^(end of \w+), .*": r"\1",
}
# What differs from run to run.
VARIES = {
    r"about \d+ minutes are left": "so many minutes are left",
    r"\b(just now|\d+ (s|min) ago)": "a moment ago",
    r"Receipt [0-9a-f]+, [-\d]+ [\d:]+ UTC": "Receipt (number and time)",
    r"in the folder \S+?\. ": "in the folder (name). ",
    r"kit-[\w-]+:\S+": "(the long line)",
}


def as_said(lines):
    """Return what the reader logged as people hear it, as text."""
    text = "".join(f"{' '.join(line.split())}\n" for line in lines)
    for pattern, words in {**OVERDONE, **VARIES}.items():
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text
