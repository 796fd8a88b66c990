"""How good the place between two English words is for a break."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.breaks.tokens import Token, words

DETERMINERS = words(
    "a an the this these those my your his her its our their every each some any no another both either neither"
)
AUXILIARIES = words(
    "am is are was were be been being do does did have has had will would can could shall should may might must cannot "
    "isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't "
    "i'm you're we're they're it's he's she's that's there's i've you've we've they've i'll you'll we'll they'll it'll "
    "i'd you'd we'd they'd let's gonna wanna"
)
TITLES = words("mr mrs ms dr prof professor president st sir madam minister ceo")
CONJUNCTIONS = words(
    "and or but nor yet so because although though while when where if unless until since whereas that which who whom "
    "whose whether as than after before once however therefore then"
)
PREPOSITIONS = words(
    "in on at by for from with without about into onto over under between among through during against toward towards "
    "across behind beyond near upon within via per like around along outside inside despite except"
)
SUBJECTS = words("i you he she it we they there")
LEANING = words("not very too more most less such quite rather also just only really to of what how why")
MEASURES = words("hundred thousand million billion trillion percent per cent am pm km kg gb tb mb hz ghz degrees")
MONTHS = words("january february march april may june july august september october november december")
STARTERS = words("today now here then yesterday tomorrow yes well okay ok oh please welcome thanks let maybe perhaps")
FUNCTION = DETERMINERS | AUXILIARIES | CONJUNCTIONS | PREPOSITIONS | SUBJECTS | LEANING | STARTERS
"""Words that are not names, however they are written."""

LONG_NAME = 3
"""Of more capitalised words in a row than this, some are not one name: a title, a heading."""


def cost_between(tokens: Sequence[Token], index: int) -> int | None:
    """The cost of a break before ``tokens[index]``, both neighbours being words; None where there should be none."""
    left, right = tokens[index - 1].text, tokens[index].text
    one, two = left.lower(), right.lower()
    if one in DETERMINERS or one in TITLES or (one in AUXILIARIES and two not in CONJUNCTIONS):
        return None
    if left[-1].isdigit() and (two in MEASURES or two in MONTHS):
        return None
    if one in MONTHS and right[0].isdigit() and left[0].isupper():
        return None
    if _is_name(left) and _is_name(right):
        return None if _names_before(tokens, index) < LONG_NAME else 80
    return max(_ending(one, right), _beginning(two))


def _ending(one: str, right: str) -> int:
    """The least cost of a break, for the word before it."""
    if one in SUBJECTS or one in LEANING:
        return 90
    if one in PREPOSITIONS or one in CONJUNCTIONS:
        return 86
    return 84 if right[0].isdigit() else 0


def _beginning(two: str) -> int:
    """The cost of a break for the word behind it."""
    if two in CONJUNCTIONS:
        return 28
    if two in PREPOSITIONS:
        return 45
    if two in DETERMINERS or two in SUBJECTS:
        return 52
    return 56 if two in ("of", "to") else 62 if two in AUXILIARIES else 66


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in FUNCTION


def _names_before(tokens: Sequence[Token], index: int) -> int:
    """How many capitalised words stand in a row before ``tokens[index]``, up to `LONG_NAME`."""
    count = 0
    while count < min(index, LONG_NAME):
        token = tokens[index - 1 - count]
        if token.kind != "word" or not _is_name(token.text):
            break
        count += 1
    return count
