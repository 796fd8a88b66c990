"""Sentences with slots, filled at random in Chinese and English alike."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from toolkit.lexicon import load_lexicon
from toolkit.toml import parse

FOLDER = Path(__file__).parent / "sentences"

UNHEARD = ("具身", "生成式", "魔搭", "灵巧手", "沐曦", "书生", "智谱", "通义", "千问", "傅利叶", "智元", "超级智能")
"""What stands in no training text, so that the model spells it as one does that hears well and knows it not."""

_SLOT = re.compile(r"\{([a-z]+)\d?\}")

Lists = dict[str, list[tuple[str, str]]]
"""By the name of a slot, what may fill it: Chinese and English."""


@dataclass(frozen=True)
class Template:
    """A sentence with slots; ``english`` is empty where there is no translation, ``chinese`` for English alone."""

    chinese: str
    english: str


def read_templates(name: str) -> list[Template]:
    """The sentences of ``sentences/NAME.txt``: Chinese, or English alone, or both with a bar between."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    parts = [tuple(part.strip() for part in line.split("|")) for line in lines if line.strip()]
    return [Template(*part) if len(part) == 2 else _alone(part[0]) for part in parts]


def read_lists() -> Lists:
    """What fills the slots, from ``sentences/lists.toml``; the terms of the pack ``ai`` are technology too."""
    document = parse((FOLDER / "lists.toml").read_text(encoding="utf-8"))
    lists = {name: list(pairs.items()) for name, pairs in document.items()}
    terms = [(term.text, term.english) for term in load_lexicon(["ai"]).terms]
    lists["tech"] += [(text, english) for text, english in terms if english and _is_plain(text)]
    return lists


def fill(template: Template, lists: Lists, chance: random.Random) -> tuple[str, str]:
    """The Chinese and the English of a sentence, both with the same things in their slots."""
    chosen: dict[str, tuple[str, str]] = {}
    for slot in _SLOT.finditer(template.chinese or template.english):
        if slot.group() not in chosen:
            options = [pair for pair in lists[slot.group(1)] if pair not in chosen.values()]
            chosen[slot.group()] = chance.choice(options)
    chinese, english = template.chinese, template.english
    for slot, (left, right) in chosen.items():
        chinese, english = chinese.replace(slot, left), english.replace(slot, right)
    return chinese, english[:1].upper() + english[1:]


def _alone(text: str) -> Template:
    return Template("", text) if text.isascii() else Template(text, "")


def _is_plain(text: str) -> bool:
    return all("\u4e00" <= letter <= "\u9fff" for letter in text) and not any(part in text for part in UNHEARD)
