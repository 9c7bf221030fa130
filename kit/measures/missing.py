"""What counts as missing in a list of marks or labels, without loading pandas to ask it."""


def is_missing(value):
    """Is a value None, nan, pandas.NA, NaT or ""?

    >>> [is_missing(value) for value in (None, float("nan"), "", "nan", 0)]
    [True, True, True, False, False]
    """
    if isinstance(value, str):
        return value == ""
    return str(value) in ("None", "nan", "<NA>", "NaT")
