"""How English words, names and acronyms sound, and how a Chinese recogniser would write them."""

from toolkit.english.dictionary import Phones
from toolkit.english.nearness import phone_distance
from toolkit.english.terms import phones
