"""Who speaks: espeak-ng's variants, divided once into those that are trained and those that are held out."""

from __future__ import annotations

import random

from espeak import Voice

TRAINED = (
    "", "m1", "m2", "m3", "m4", "m6", "m7", "m8", "f1", "f2", "f3", "f5", "Alex", "Alicia", "Andy", "Annie", "Gene",
    "Jacky", "Lee", "Mario", "Michael", "adam", "anika", "belinda", "benjamin", "boris", "caleb", "david", "ed",
    "edward", "iven", "john", "klatt", "klatt2", "klatt3", "linda", "marcelo", "max", "michel", "pablo", "paul",
    "pedro", "rob", "sandro", "shelby", "steph", "steph2", "travis", "zac",
)  # fmt: skip
HELD_OUT = ("Andrea", "f4", "klatt4", "m5", "quincy", "robert", "victor", "steph3")
"""Variants that the model never hears before it is judged."""

ENGLISH = ("en-us", "en-us", "en-gb-x-rp", "en-gb-scotland")
MANDARIN = "cmn-latn-pinyin"
"""Mandarin spelt in pinyin: espeak-ng's reading of characters takes some of them for letters."""


def choose_voice(chance: random.Random, variants: tuple[str, ...] = TRAINED, *, fastest: int = 270) -> Voice:
    """A variant at some speed and pitch, so high and so lively that its tones can be told.

    Below about 130 Hz a window of 25 ms does not part the harmonics, and espeak-ng's usual range of pitch moves a tone
    by less than a band of the features: what such a voice says has no tones for whoever hears it through them.
    """
    return Voice(chance.choice(variants), chance.randint(140, fastest), chance.randint(62, 99), chance.randint(75, 99))
