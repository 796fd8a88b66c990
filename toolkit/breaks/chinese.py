"""How good a place between two Han characters is for a break, from function words and the commonest words.

No dictionary: words that show where a phrase begins or ends, and some hundred words so common that a break inside one
would be the usual mistake.
"""

from __future__ import annotations

from toolkit.breaks.common import COMMON
from toolkit.breaks.tokens import words

CONJUNCTIONS = words(
    "但是 可是 不过 然而 而且 并且 因为 所以 因此 于是 如果 假如 要是 虽然 尽管 即使 哪怕 无论 不管 只要 "
    "只有 除非 以及 或者 还是 同时 然后 接着 另外 此外 其次 最后 首先 那么 从而 以便 甚至 例如 比如 尤其 "
    "不過 並且 因為 雖然 還是 然後 特别是 也就是 就是说 换句话说 总之 其实 当然 由于 不仅 不但 而是"
)
PREPOSITIONS = words("对于 关于 根据 按照 通过 随着 为了 除了 包括 至于 自从 围绕 针对 结合 接下来")
_CONJUNCTIONS, _PREPOSITIONS = tuple(CONJUNCTIONS), tuple(PREPOSITIONS)
LINKS = CONJUNCTIONS | PREPOSITIONS

NEVER_FIRST = frozenset("的地得了着著过過们們吗嗎呢吧啊呀嘛啦么麼哦喔呗")
"""Characters that lean on the word before them; a line does not begin with one, unless as part of a common word."""

PARTICLES = frozenset("的了吗嗎们們呢吧嘛么麼")
"""Those of them that hardly ever begin anything."""

SUFFIXES = frozenset("化性者率型式界员器个")
BEGINNERS = frozenset("在和与與对對从從把被让讓给給将將由而并並或跟但则則若")
STARTERS = frozenset("我你他她它这這那也都就还還又再才很更最没沒是已每各")
STARTING_WORDS = words(
    "我们 你们 他们 她们 它们 咱们 大家 这个 那个 这些 那些 这样 那样 这里 那里 没有 可以 应该 已经 正在 "
    "每个 还有 也是 就是 都是 能够 不是 不会 不能 不要 只是 还是 其他 其中 必须 需要"
)
LEANING_WORDS = words(
    "也是 就是 都是 不是 只是 而是 没有 可以 能够 应该 应当 必须 需要 已经 正在 曾经 这个 那个 这些 那些 每个 "
    "一个 一些 各种 各位 非常 十分 比较 更加 不会 不能 不要 成为 作为 称为 一种 很多 许多 所有 其他 有些 还有 不同"
)
LEANING = BEGINNERS | STARTERS | frozenset("第某所之非太比到不有会要能可应正其另该只向为以及因当使")
"""Characters that lean on the word after them; a line does not end with one, unless as part of a common word."""

ENDS = {
    **dict.fromkeys("吗嗎呢吧啊呀嘛啦", 18),
    "了": 40,
    "等": 42,
    **dict.fromkeys("里裡后後前时時", 66),
    **dict.fromkeys("中上下内內外", 80),
    "的": 84,
}
"""Costs of a break behind a character that often ends a phrase."""

PLAIN, BAD = 88, 95


def cost_between(text: str, at: int) -> int | None:
    """The cost of a break before ``text[at]``, both neighbours being Han; None where there should be none.

    >>> cost_between("我们今天来了但是他没来", 6), cost_between("我们今天来了", 1)
    (25, None)
    """
    first, last = text[at : at + 2] in COMMON, text[max(at - 2, 0) : at] in COMMON
    if leans_back(text, at) or (text[at - 1 : at + 1] in COMMON and not (first and last)):
        return None
    if leans_on(text, at) or (text[at] in SUFFIXES and not first):
        return BAD
    cost = min(beginning(text, at), PLAIN if last else ENDS.get(text[at - 1], PLAIN))
    return cost if cost < 60 else cost - 6 * first - 6 * last


def leans_back(text: str, at: int) -> bool:
    """Whether what begins at ``text[at]`` belongs to the word before it: 的, 了, 吗 …"""
    return text[at] in NEVER_FIRST and text[at : at + 2] not in COMMON


def leans_on(text: str, end: int) -> bool:
    """Whether what ends before ``text[end]`` belongs to the word after it: 在, 把, 第, 因为 …"""
    last = text[max(end - 2, 0) : end]
    return last in LINKS or last in LEANING_WORDS or (last[-1:] in LEANING and last not in COMMON)


def beginning(text: str, at: int) -> int:
    """The cost of a break before ``text[at]`` for what begins there."""
    if text.startswith(_CONJUNCTIONS, at):
        return 25
    if text.startswith(_PREPOSITIONS, at):
        return 42
    first = text[at : at + 2]
    if first in COMMON:
        return 58 if first in STARTING_WORDS else PLAIN
    return 52 if text[at] in BEGINNERS else 58 if text[at] in STARTERS else PLAIN
