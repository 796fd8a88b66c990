"""What counts as the same text: the differences that a comparison passes over, each by name, and the tokens left."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.errors import UsageError

Tokens: TypeAlias = tuple[str, ...]
"""Han characters, Latin words and numbers in their order; marks where they are compared."""

DIGITS = dict(zip("零〇一二三四五六七八九幺两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2), strict=True))
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = re.compile(f"[{''.join(DIGITS)}十][{''.join(DIGITS)}{''.join(UNITS)}]*")
"""A Chinese numeral below ten thousand; 万 and 亿 stay as they are."""

TOLERANCES = {
    "width": ("full-width letters as half-width", "full and half width told apart"),
    "case": ("capitals as small letters", "capitals told apart"),
    "punctuation": ("without punctuation", "with punctuation"),
    "numbers": ("numerals in digits", "numerals as they are written"),
}
"""Every difference that is passed over, with what is said where it is and where it is not."""

_HAN = "〇\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(rf"[{_HAN}]|\d+(?:\.\d+)*%?|[^\W\d_{_HAN}]+|[^\w\s]|_")


@dataclass(frozen=True)
class Rules:
    """The differences that are counted although most comparisons pass them over, and the script to compare in.

    ``kept`` are names from `TOLERANCES`; ``script`` is one that `toolkit.spelling.script` knows; without, simplified
    and traditional stay as they are.
    """

    kept: tuple[str, ...] = ()
    script: str = ""

    def __post_init__(self) -> None:
        unknown = [name for name in self.kept if name not in TOLERANCES]
        if unknown:
            raise UsageError(f"nothing called '{unknown[0]}' to keep", fix=f"names are {', '.join(TOLERANCES)}")

    def passes(self, name: str) -> bool:
        """Whether a difference is passed over."""
        return name not in self.kept

    def __str__(self) -> str:
        said = [texts[0] if self.passes(name) else texts[1] for name, texts in TOLERANCES.items()]
        return ", ".join([*said, f"all in {self.script} script" if self.script else "script as it is"])


DEFAULT_RULES = Rules()


def tokens_of(text: str, rules: Rules = DEFAULT_RULES) -> Tokens:
    """The tokens of a text as they are compared: a Han character, a run of letters, a number each.

    Spaces are never compared; letters and digits are apart, so that GPT-4, GPT 4 and GPT4 are the same.

    >>> tokens_of("二零二四年，ＯｐｅｎAI的GPT-4：涨了百分之三点五。")
    ('2024', '年', 'openai', '的', 'gpt', '4', '涨', '了', '3.5%')

    Raises:
        MissingExtra: the rules name a script, and OpenCC is not installed.
    """
    text = unicodedata.normalize("NFKC", text) if rules.passes("width") else text
    if rules.script:
        from toolkit.spelling.script import converter

        text = converter(rules.script)(text)
    text = text.casefold() if rules.passes("case") else text
    text = with_digits(text) if rules.passes("numbers") else text
    if rules.passes("punctuation"):
        text = re.sub(r"(?<=\w)['’](?=\w)", "", text)
        return tuple(token for token in _TOKEN.findall(text) if token[0].isalnum())
    return tuple(_TOKEN.findall(text))


def with_digits(text: str) -> str:
    """A text with Chinese numerals in digits, and shares as percent.

    >>> with_digits("三百零五家，百分之五，老百姓")
    '305家，5%，老百姓'
    """
    text = NUMERAL.sub(lambda found: in_digits(found[0]), text)
    text = re.sub(r"(?<=\d)点(?=\d)", ".", text)
    return re.sub(r"百分之(\d+(?:\.\d+)?)", r"\1%", text)


def in_digits(numeral: str) -> str:
    """A Chinese numeral up to 9999 in digits, or figures read out singly.

    >>> [in_digits(text) for text in ("三百零五", "二零二四", "十", "百")]
    ['305', '2024', '10', '100']
    """
    if not any(char in UNITS for char in numeral):
        return "".join(str(DIGITS[char]) for char in numeral)
    total, last = 0, None
    for char in numeral:
        if char in UNITS:
            total += (1 if last is None else last) * UNITS[char]
            last = None
        else:
            last = DIGITS[char] or None
    return str(total + (last or 0))
