"""The example class: 25 invented raters, so that somebody who works alone sees a spread too.

Nobody gave these ratings. Each invented rater leans to one side by a random amount and
adds a random amount to every single rating; the sum is laid on the scale around the
experts' rating. "Cannot be judged" (the last letter and the last number) is not a step of
the scale: whoever follows the experts there leaves it, the others judge all the same.
The seed is fixed, so the class is the same for everybody.
"""

import random
from collections import Counter

from kit import exercises

RATERS = 25
SEED = 1954
LEAN, WAVER = 0.5, 0.8  # standard deviations in steps of a scale: ours, chosen to look like a class
FOLLOWS = 0.6  # share of raters who say "cannot be judged" where the experts do
INVENTED = (
    f"The invented class is made up: {RATERS} raters drawn at random around the experts' "
    "ratings. It shows how ratings can differ, not what people think."
)


def example_class(exercise, rated):
    """The invented ratings: {row: {column: list of 25 values of the column}}.

    exercise: a rating. rated: {row: {column: the experts' value as text}}; a cell the
    experts left empty, or that is no value of the column, has no entry.
    """
    rng = random.Random(SEED)
    leans = [rng.gauss(0, LEAN) for _ in range(RATERS)]
    return {
        row: {
            column.id: [_rating(column, cells[column.id], lean, rng) for lean in leans]
            for column in exercise.columns
            if cells.get(column.id) in map(str, column.values)
        }
        for row, cells in rated.items()
    }


def most_frequent(ratings):
    """The rating given most often, the first on the scale if several are, and by how many.

    >>> most_frequent(["C", "B", "B", "F"])
    'B (2 of 4)'
    """
    rating, count = min(Counter(ratings).items(), key=lambda pair: (-pair[1], str(pair[0])))
    return f"{rating} ({count} of {len(ratings)})"


def _rating(column, expert, lean, rng):
    judged, last = list(column.values), None
    if column.id in exercises.AXES:
        last = judged.pop()
    if expert == str(last):
        return last if rng.random() < FOLLOWS else rng.choice(judged)
    step = round([str(value) for value in judged].index(expert) + lean + rng.gauss(0, WAVER))
    return judged[min(max(step, 0), len(judged) - 1)]
