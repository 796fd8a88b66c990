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


def choose_voice(chance: random.Random, variants: tuple[str, ...] = TRAINED, *, fastest: int = 340) -> Voice:
    """A variant at some speed and pitch; half of them in the range of people, the rest up to ``fastest``."""
    speed = chance.randint(140, 240) if chance.random() < 0.5 else chance.randint(200, fastest)
    return Voice(chance.choice(variants), speed, chance.randint(20, 80), chance.randint(35, 70))
