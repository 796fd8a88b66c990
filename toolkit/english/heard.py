"""A term in Latin letters as a Chinese recogniser writes it when it takes it for Chinese."""

from __future__ import annotations

from toolkit.english.dictionary import look_up
from toolkit.english.mandarin import as_pinyin
from toolkit.english.pinyin import in_pinyin
from toolkit.english.terms import phones


def transliterations(text: str, *, most: int = 6) -> tuple[tuple[str, ...], ...]:
    """The ways to write a Latin term in toneless pinyin, over all its pronunciations, the likeliest first.

    A name that is pinyin itself is read as that first, unless capitals take it apart or the dictionary knows it.

    >>> [" ".join(syllables) for syllables in transliterations("WAIC", most=3)]
    ['da bu liu ei ai xi', 'wei ke', 'da bu li you ei ai xi']
    >>> transliterations("Huawei", most=1)
    (('hua', 'wei'),)
    """
    own = as_pinyin(text.lower()) if text.istitle() or text.islower() or text.isupper() else ()
    ranked = [
        (rank, place, syllables)
        for place, sounds in enumerate(phones(text))
        for rank, syllables in enumerate(in_pinyin(sounds))
    ]
    heard = [syllables for _, _, syllables in sorted(ranked, key=lambda entry: entry[:2])]
    first = [own] if own and not look_up(text.lower()) else []
    return tuple(dict.fromkeys([*first, *heard]))[:most]
