"""Ratings on two axes: do raters merge them into one? Light: it needs no pandas."""

from typing import NamedTuple

from kit.measures.missing import is_missing


class Halo(NamedTuple):
    """Share of ratings on the diagonal, or None if none has both axes judged; and the counts."""

    share: float | None
    on_diagonal: int
    judged: int
    left_out: int
    chance: float = 0.2


def halo(source_letters, information_numbers):
    """Share of Admiralty ratings on the diagonal A1, B2, C3, D4, E5.

    The scale asks for two separate judgements: how reliable is the source (A to E), how
    credible is the information (1 to 5). A high share means that one was read off the other.

    source_letters
        One letter per rating, A to F. F means "cannot be judged".
    information_numbers
        One number per rating, 1 to 6, as a number or a digit. 6 means "cannot be judged".

    F, 6, None, nan and "" are missing, never a midpoint: such a rating is counted in
    `left_out`. Returns a `Halo`; `share` is None if no rating has both axes judged.

    What chance gives is 1/5, if both axes of the 5 x 5 judged grid are used evenly and
    independently. The published figure beside it is not quite the same measure: Baker
    (1968) found 87 % of over 1,400 reports rated A1, B2 or C3. Over the full 6 x 6 grid
    even, independent use would put 1/6 on the diagonal.

    Raises ValueError for other letters or numbers, or lists of unequal length.

    >>> halo(["A", "B", "C", "F"], [1, 2, 4, 3])
    Halo(share=0.6666666666666666, on_diagonal=2, judged=3, left_out=1, chance=0.2)
    """
    letters, numbers = list(source_letters), list(information_numbers)
    if len(letters) != len(numbers):
        raise ValueError(
            f"there are {len(letters)} letters for {len(numbers)} numbers; give one of each."
        )
    pairs = [
        (_grade(a, "ABCDEF"), _grade(b, "123456")) for a, b in zip(letters, numbers, strict=True)
    ]
    judged = [(a, b) for a, b in pairs if a and b]
    same = sum(a == b for a, b in judged)
    share = same / len(judged) if judged else None
    return Halo(share, same, len(judged), len(pairs) - len(judged))


def _grade(mark, allowed):
    """Place of a mark on its axis, 1 to 5; None if it is missing or means "cannot be judged"."""
    if is_missing(mark):
        return None
    text = f"{mark:g}" if isinstance(mark, float) else str(mark)
    if len(text) != 1 or text not in allowed:
        raise ValueError(f"a mark on this axis is one of {', '.join(allowed)}, not {mark!r}.")
    return allowed.index(text) + 1 if text != allowed[-1] else None
