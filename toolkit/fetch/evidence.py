"""Names that a video's metadata gives away: terms for the recogniser's hints and for the corrector.

A wrong term can do harm, so little is taken: what is marked as a name (tags, 《》 and “”), names in Latin letters, and
of the words of a title those that no ordinary text would have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from toolkit.fetch.metadata import Metadata, beside, read_metadata
from toolkit.lexicon import Lexicon, Term

SOURCE = "metadata"
WEIGHT = 0.5
"""Half of what a term counts that a person has listed."""

MOST = 40
"""Terms taken from one video."""

RARE = -2.7
"""Score of a word in titles, log10 of its probability by character, above which it is ordinary text.

Of 50 words from titles of talks all 13 names were below, 沐曦 (-5.8) to 浅山实验室 (-2.8), all phrases above, 圆桌论坛
(-2.5) to 人形机器人 (-1.3).
"""

_LONGEST = 8
_HAN = re.compile(r"[\u3400-\u9fff]+(?:[·•・][\u3400-\u9fff]+)*")
_QUOTED = re.compile(r"《([^《》]{2,20})》|“([^“”]{2,12})”|「([^「」]{2,12})」|『([^『』]{2,12})』")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-.+'&]?[A-Za-z0-9]+)*(?: [A-Z][a-z]+(?![A-Za-z0-9]))*")
_NO_NAMES = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\S*\.(?:com|cn|org|net|tv)\b\S*")
_NOISE = re.compile(
    "字幕|高清|超清|蓝光|完整|全集|合集|全程|中字|熟肉|生肉|搬运|转载|预告|直播|回放|录播|录像|官方|首发|更新|关注|点赞|投稿|打卡|必剪|"
    "第[一二三四五六七八九十百零\\d]+[集期讲课章节回季天场届部篇弹]|[上中下]集|教程|教学|分享|干货|创作|挑战|计划|活动|万物研究所"
)
_LATIN_NOISE = re.compile(
    r"(?i)\b(?:vlog|live|official|full|video|music|audio|part|episode|trailer|teaser|preview|subtitles?|english|chinese|eng|"
    r"chs|cht|bgm|ost|amv|mad|asmr|diy|ppt|pdf|url|https?|www|com|html|faq|new|the|and|for|with|from|you|your|our|how|why|"
    r"what|who|when|this|that|are|not|all|one|two|app|web|free|best|top|hdr|dvd|uhd|bilibili|youtube)\b"
)


def add_evidence(lexicon: Lexicon, source: Path) -> Lexicon:
    """The lexicon, and behind it the names in the metadata beside a recording; it stays what it is where none is."""
    metadata = read_metadata(beside(source))
    if metadata is None:
        return lexicon
    known = {term.text.casefold() for term in lexicon.terms}
    found = [term for term in find_terms(metadata).terms if term.text.casefold() not in known]
    return replace(lexicon, terms=(*lexicon.terms, *found)) if found else lexicon


def find_terms(metadata: Metadata) -> Lexicon:
    """The names that metadata gives away, the surest first.

    >>> found = find_terms(Metadata(title="《具身智能》专场：沐曦与WAIC的一天", tags=("人形机器人", "科技")))
    >>> [term.text for term in found.terms]
    ['人形机器人', '具身智能', 'WAIC', '沐曦']
    """
    described = _NO_NAMES.sub(" ", metadata.description)
    titles = [_NO_NAMES.sub(" ", title) for title in metadata.texts]
    found = [
        *(tag for tag in metadata.tags if _is_marked(tag)),
        *(name for text in (*titles, described) for name in _quoted(text)),
        *(name for text in (*titles, described) for name in _latin(text)),
        *(name for title in titles for name in _unusual(title)),
    ]
    spellings = {text.casefold(): text for text in reversed(found)}
    first = [text for text in dict.fromkeys(found) if spellings[text.casefold()] == text]
    return Lexicon.of(Term(text, weight=WEIGHT, source=SOURCE) for text in first[:MOST])


def _quoted(text: str) -> Iterator[str]:
    for found in _QUOTED.finditer(text):
        name = next(filter(None, found.groups())).strip()
        if _is_marked(name):
            yield name


def _is_marked(name: str) -> bool:
    """Whether what somebody marked as a name can be one: Han or Latin letters, no sentence, no word of the language."""
    if not re.fullmatch(r"[\w·•・&+.'\- ]{2,20}", name) or _NOISE.search(name):
        return False
    han = _HAN.fullmatch(name)
    if not han:
        mixed = bool(_HAN.search(name)) and bool(re.search("[A-Za-z]{2}", name))
        return mixed or list(_latin(f"的{name}")) == [name]
    return len(name) <= 12 and not _is_word(name) and (len(name) >= 4 or _score(name) < RARE)


def _latin(text: str) -> Iterator[str]:
    """Acronyms and names in Latin letters; in a text that is English, only what no English word looks like."""
    is_chinese = bool(_HAN.search(text))
    for found in _LATIN.finditer(text):
        name = found[0]
        letters = re.sub("[^A-Za-z]", "", name)
        odd = re.search(r"[a-z][A-Z]|[A-Z]{3}|[A-Za-z]-?\d", name)
        wanted = odd if not is_chinese else odd or name[0].isupper()
        shouting = not is_chinese and text.isupper()
        if wanted and len(letters) >= 3 and not shouting and not _LATIN_NOISE.search(name):
            yield name


def _unusual(title: str) -> Iterator[str]:
    """The stretches of Han in a title that ordinary text would hardly have."""
    for found in _HAN.finditer(_QUOTED.sub(" ", title)):
        for piece in re.split("[与和及对]|的", found[0]):
            if (
                2 <= len(piece) <= _LONGEST
                and not _NOISE.search(piece)
                and not _is_word(piece)
                and _score(piece) < RARE
            ):
                yield piece


def _is_word(text: str) -> bool:
    from toolkit.language_model import UNKNOWN, load_language_model

    return load_language_model().number(text) != UNKNOWN


def _score(text: str) -> float:
    """The log10 probability of Han text by character, cut into words as is likeliest."""
    from toolkit.language_model import load_language_model

    model = load_language_model()
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(text) + 1):
        ways = [[*best[start][1], text[start:end]] for start in range(end) if _stands(text[start:end])]
        best.append(max((model.sentence(words), words) for words in ways))
    return best[-1][0] / len(text)


def _stands(piece: str) -> bool:
    return len(piece) == 1 or _is_word(piece)
