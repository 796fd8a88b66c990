"""Amounts in Chinese and English text, in digits and in words, as values; what one text has and another lacks."""

from toolkit.amounts.comparing import lacking, named, possible
from toolkit.amounts.reading import amounts_in
from toolkit.amounts.values import CLOCK, FIGURE, NAME, WORDS, Amount

__all__ = ["CLOCK", "FIGURE", "NAME", "WORDS", "Amount", "amounts_in", "lacking", "named", "possible"]
