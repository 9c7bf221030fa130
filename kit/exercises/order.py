"""The order in which a learner meets the texts, drawn from the learner's own code.

Two neighbours see other orders, and each learner the same one again after any interruption, on any
machine. It is kept in the journal under the id `handin/order`, and only where there was a code to
draw it from when the texts were first met.
"""

import hashlib


def drawn_order(texts, code):
    """Return the ids of the texts (list of str) in the order drawn from a code.

    texts: ids, or a dict by id, in any order. code: str; capital and small letters are the same.
    Over many codes every order is about as likely. Texts are sorted by the SHA-256 of code and
    id, so neither Python nor its random numbers have a say in it.

    >>> drawn_order(["forum", "blog", "news"], "blue-tiger-7")
    ['news', 'forum', 'blog']
    """
    return sorted(texts, key=lambda id: hashlib.sha256(f"{code.casefold()}/{id}".encode()).digest())


def is_order(answer, texts):
    """Tell whether a JSON value is a list that holds the id of each text once.

    >>> is_order(["news", "blog"], ["blog", "news"]), is_order(["news"], ["blog", "news"])
    (True, False)
    """
    is_ids = isinstance(answer, list) and all(isinstance(id, str) for id in answer)
    return is_ids and sorted(answer) == sorted(texts)
