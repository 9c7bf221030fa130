"""What becomes of `%pip` in a cell: a sentence."""

SENTENCE = "Nothing can be installed here; the course brings all that it needs."


async def get_transformed_code(_arguments):
    """Return the code (str) that runs in place of `%pip` with these arguments."""
    return f"print({SENTENCE!r})\n"
