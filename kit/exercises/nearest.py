"""The sentences that stand beside a cell of a matrix: those of a text nearest to a proposition.

Somebody chose them by reading. Near does not mean that they bring the matter up, so that they
tell nothing of the key. The exercises file holds their numbers alone, the text has the words.
"""

from kit.exercises.model import ExerciseError


def nearest(exercise, case, row, column):
    """Return the sentences (list of Sentence) beside one cell; row, column: ids, column a text's.

    Raises ExerciseError in one sentence for a text or a number that is not there.

    >>> from kit import data
    >>> from kit.exercises.model import load
    >>> case = data.load()
    >>> [each.number for each in nearest(load(case)["stances"], case, "P13", "forum")]
    [9, 10]
    """
    where = f"{case.exercises_path.name}, exercise {exercise.id!r}, 'sentences' of {row}, {column}"
    if column not in case.texts:
        texts = ", ".join(case.texts)
        raise ExerciseError(f"{where}: the texts are {texts}; give the column one of these ids.")
    found = {each.number: each for each in case.sentences(column)}
    numbers = exercise.sentences[row][column]
    if odd := [number for number in numbers if number not in found]:
        raise ExerciseError(
            f"{where}: there is no sentence {odd[0]}, the last one is {max(found)}; mend it."
        )
    return [found[number] for number in numbers]
