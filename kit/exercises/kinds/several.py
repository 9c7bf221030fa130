"""several: any number of options; with rows, any number of ids for each row."""

from typing import Any

from kit.exercises.key import Answer
from kit.exercises.model import Exercise, Feedback, Kind, Place, are_all, texts, without

MISSING = "What you chose belongs there, but something is still missing."
HALF = "That takes half of its points: without it the claim is settled."


class SeveralKind(Kind):
    """The answer is a list of ids; with rows {row: list of ids}.

    In a row each of the key's ids settles it alone; what the key accepts may only stand beside one.
    """

    name = "several"
    form = "several"
    rule = (
        "Each right tick earns the same, and each wrong one takes as much away. Claim by claim: "
        "each that is settled earns the same; each record that does not belong takes half of it."
    )

    def fits(self, exercise: Exercise, value: Any) -> bool:
        if not exercise.rows:
            return are_all(str, value)
        return isinstance(value, dict) and all(
            ids is None or are_all(str, ids) for ids in value.values()
        )

    def compare(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        """Let a tick too many cost what a right one earns; of rows count those that are settled."""
        if exercise.rows:
            return self._compare_rows(exercise, value, key)
        right = [option for option in key.value if option in value]
        extra = without([*key.value, *key.accept], value)
        if len(right) == len(key.value) and not extra:
            return exercise.correct()
        reasons: dict[Place, str] = {(option,): exercise.reason(option) for option in extra}
        return exercise.not_yet(reasons or [MISSING], (len(right) - len(extra)) / len(key.value))

    def _compare_rows(self, exercise: Exercise, value: Any, key: Answer) -> Feedback:
        given = {row.id: value.get(row.id) or [] for row in exercise.rows}
        shares = [_row_share(ids, key.value[row], key.also(row)) for row, ids in given.items()]
        if sum(shares) == len(shares):
            return exercise.correct()
        whys = {row: _row_reasons(exercise, row, ids, key) for row, ids in given.items()}
        wrong: dict[Place, str] = {(row,): " ".join(why) for row, why in whys.items() if why}
        empty, half = [row for row, ids in given.items() if not ids], shares.count(0.5)
        feedback = exercise.not_yet(
            [reason for why in whys.values() for reason in why],
            sum(shares) / len(shares),
            f"{shares.count(1)} of {len(shares)} are settled{f', {half} by half' * bool(half)}.",
            f"Still empty: {', '.join(empty)}." * bool(empty),
        )
        return feedback._replace(places=wrong)

    def words(self, exercise: Exercise, value: Any) -> list[tuple[Place, str]]:
        if exercise.rows:
            return [((row.id,), ", ".join(value.get(row.id) or [])) for row in exercise.rows]
        options = texts(exercise.options)
        return [((), options.get(id, id)) for id in value]

    def also(self, exercise: Exercise, value: Any, key: Answer) -> dict[Place, str]:
        if exercise.rows:
            beside = {(row.id,): _enough(row.id, value, key) for row in exercise.rows}
            return {place: text for place, text in beside.items() if text}
        others = self.words(exercise, without(value, key.accept))
        words = "; ".join(text for _, text in others)
        return {(): f"May be ticked as well: {words}"} if words else {}


def _row_share(ids: list, settling: list, bearing: list) -> float:
    """Return the share that one row earns: 1, half or nothing."""
    stray = without([*settling, *bearing], ids)
    return max(0, 1 - len(stray) / 2) if set(ids) & set(settling) else 0


def _row_reasons(exercise: Exercise, row: str, ids: list, key: Answer) -> list[str]:
    """Return why the ids given for one row do not settle it; nothing when they do, or for none."""
    others = [id for id in ids if id not in key.value[row]]
    stray = [id for id in others if id not in key.also(row)]
    if stray:
        told = {id: exercise.reason(id, row) for id in stray}
        half = f" {HALF}" * (_row_share(ids, key.value[row], key.also(row)) == 0.5)
        return [
            (why or f"{row}: {id} does not settle this claim.") + half for id, why in told.items()
        ]
    if not ids or len(others) < len(ids):
        return []
    reasons = [*filter(None, (exercise.reason(id, row) for id in others))]
    return reasons or [f"{row}: what you gave fits, but more is needed."]


def _enough(row: str, value: Any, key: Answer) -> str:
    """Return which ids settle a row, and which may only stand beside one of them."""
    settling = key.value[row]
    bearing = without(settling, key.also(row))
    settles = f"one of these settles it: {', '.join(settling)}"
    if set(value.get(row) or []) == set(settling):
        settles = "one of them is enough" if len(settling) > 1 else ""
    beside = f"may stand beside, for they bear on it: {', '.join(bearing)}" if bearing else ""
    return "; ".join(filter(None, [settles, beside]))
