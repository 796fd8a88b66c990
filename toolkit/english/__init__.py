"""How English words, names and acronyms sound, and how a Chinese recogniser would write them."""

from toolkit.english.dictionary import Phones, is_english
from toolkit.english.heard import transliterations
from toolkit.english.nearness import phone_distance
from toolkit.english.pinyin import in_pinyin
from toolkit.english.terms import phones

__all__ = ["Phones", "in_pinyin", "is_english", "phone_distance", "phones", "transliterations"]
