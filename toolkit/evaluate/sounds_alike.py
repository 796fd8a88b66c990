"""Which errors are homophones: characters that were written for others of the same sound."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.evaluate.normal import Tokens
from toolkit.evaluate.rows import Row
from toolkit.sounds import all_readings, is_han


def same_sound(one: str, other: str) -> bool:
    """Whether two characters have a reading in common, tones aside.

    >>> same_sound("具", "聚"), same_sound("行", "杭"), same_sound("身", "生")
    (True, True, False)
    """
    sounds = [{(syllable.initial, syllable.final) for syllable in all_readings(char)} for char in (one, other)]
    return bool(sounds[0] & sounds[1])


def homophones(reference: Tokens, hypothesis: Tokens) -> tuple[int, int]:
    """Of the errors on Han characters, those that sound like what they stand for, and all of them."""
    from rapidfuzz.distance import Levenshtein

    alike = every = 0
    for step in Levenshtein.editops(list(reference), list(hypothesis)):
        right = reference[step.src_pos] if step.tag != "insert" else ""
        wrong = hypothesis[step.dest_pos] if step.tag != "delete" else ""
        if is_han((right or wrong)[0]):
            every += 1
            alike += bool(right and wrong and is_han(wrong[0]) and same_sound(right[0], wrong[0]))
    return alike, every


def homophone_counts(rows: Iterable[Row]) -> list[tuple[int, int]]:
    """`homophones` of every row."""
    return [homophones(row.reference, row.hypothesis) if row.reference != row.hypothesis else (0, 0) for row in rows]
