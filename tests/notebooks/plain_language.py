"""How long the sentences are that learners read: one splitter for notebooks, tables and messages.

A quotation counts as one word: what stands between “ and ”, in a code span, in a fenced block or
in a block quote. So does a web address.
"""

import ast
import re

from kit.data.texts import split

LIMIT = 25
FENCED_OR_CODE = re.compile(r"^```.*?^```|`[^`]+`", re.MULTILINE | re.DOTALL)
BLOCK_QUOTE_OR_TAG = re.compile(r"^>.*$|<[^>]+>", re.MULTILINE)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
ADDRESS = re.compile(r"https?://\S*[\w/]")
QUOTATION = re.compile(r"“[^“”]*?([.!?]?)”(?=(\s+[A-Z])?)")
PART = re.compile(r"\n\s*\n|\n(?=\s*(?:#|[-+] |\d+\. |\|))|\|")
LABEL = re.compile(r"^(?:#+|[-+]|\d+\.|R\d+\.)\s+")
SHORT_FORM = re.compile(r"\b(v|e|i)\. (c|g|e)\. ")


def too_long(prose):
    """Return (number of words, sentence) for each sentence of more than LIMIT words.

    >>> too_long("Short. W" + "ord w" * 25 + "“and a quotation that is one word.”")[0][0]
    26
    """
    counted = [(words(sentence), sentence) for sentence in sentences(prose)]
    return [(count, sentence) for count, sentence in counted if count > LIMIT]


def words(sentence):
    """Return the number of words (int): what stands between spaces and holds a letter or figure."""
    return sum(any(map(str.isalnum, word)) for word in sentence.split())


def sentences(prose):
    """Return a list of the sentences (str) of plain text or markdown; a quotation reads “Words”.

    Every heading, list item and table cell stands alone; the lines of a paragraph belong together.

    >>> sentences("- One item\\n- He met U.S. men. He said: “No. Never.”\\n\\nIt is 1.0 (R05).")
    ['One item', 'He met U.S. men.', 'He said: Words.', 'It is 1.0 (R05).']
    """
    prose = BLOCK_QUOTE_OR_TAG.sub("\n", FENCED_OR_CODE.sub("Words", prose))
    prose = ADDRESS.sub("Words", LINK.sub(r"\1", re.sub(r'[*"]', "", prose)))
    while QUOTATION.search(prose):
        prose = QUOTATION.sub(lambda found: "Words" + (found[1] if found[2] else ""), prose)
    prose = SHORT_FORM.sub(r"\1.\2. ", prose)
    parts = [LABEL.sub("", " ".join(part.split())) for part in PART.split(prose)]
    return [found.text for part in parts for found in split(part) if words(found.text)]


def strings(code):
    """Yield (line number, str) for each string of Python code that is no docstring.

    What an f-string puts in counts as one word.

    >>> list(strings("def f(x):\\n    'Doc.'\\n    return f'{x} is ' 'read.'"))
    [(3, 'X is read.')]
    """
    tree = ast.parse(code)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    skipped = {id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, documented) and n.body
               and isinstance(n.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(inner) for inner in ast.walk(node) if inner is not node}
            parts = [p.value if isinstance(p, ast.Constant) else "X" for p in node.values]
            yield node.lineno, "".join(parts)
        elif isinstance(getattr(node, "value", None), str) and id(node) not in skipped:
            yield node.lineno, node.value
