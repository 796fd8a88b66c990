"""Pairs of subtitle files, Chinese and English, of which it is known which cues say the same.

A talk is made of sentences with a clause or more each. Either file cuts it in its own way, lacks some of it, and has
times of its own: shifted, faster or slower, each a little off. A seed makes the same pair each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from toolkit.cues import Cue

Clause = tuple[str, str]
"""What is said, in Chinese and in English; ``{n}`` stands for a number, ``{m}`` for a small one in words."""

SENTENCES: tuple[tuple[Clause, ...], ...] = (
    (("各位下午好，", "Good afternoon, everyone,"), ("很高兴见到大家。", "it is a pleasure to see you.")),
    (
        ("今天我想讲讲桥梁，", "Today I want to talk about bridges,"),
        ("特别是那些没有建成的。", "especially those that were never built."),
    ),
    (
        ("这座城市有{n}座桥，", "This city has {n} bridges,"),
        ("其中一半建在上个世纪。", "half of them from the last century."),
    ),
    (
        ("我第一次看到它的时候，", "When I first saw it,"),
        ("心里只有一个念头：", "I had only one thought:"),
        ("这怎么可能？", "how is this possible?"),
    ),
    (("没有人相信我们。", "Nobody believed us."),),
    (("于是我们从头开始，", "So we started from scratch,"), ("花了{n}天做模型。", "and spent {n} days on the model.")),
    (("结果呢？", "And the result?"),),
    (("完全失败了。", "A complete failure."),),
    (
        ("但是失败教会我们一件事，", "But failure taught us one thing,"),
        ("那就是要听工人的话。", "and that is to listen to the workers."),
    ),
    (("他们比工程师更清楚风从哪里来。", "They know better than any engineer where the wind comes from."),),
    (("请看这张照片，", "Please look at this picture,"), ("它是在{n}年拍的。", "taken in {n}.")),
    (("左边是旧的码头，", "On the left is the old pier,"), ("右边是现在的公园。", "on the right the park of today.")),
    (("你们猜一猜，", "Take a guess,"), ("这里每天有多少人经过？", "how many people pass here every day?")),
    (("答案是{n}。", "The answer is {n}."),),
    (("我知道，", "I know,"), ("听起来很多。", "it sounds like a lot.")),
    (
        ("如果把他们排成一列，", "If you put them in a line,"),
        ("可以绕湖走{m}圈。", "it would go around the lake {m} times."),
    ),
    (("所以问题不是钱，", "So money is not the problem,"), ("而是时间。", "time is.")),
    (("我的老师常说，", "My teacher used to say"), ("慢就是快。", "that slow is fast.")),
    (("当时我不懂，", "I did not understand it then,"), ("现在我懂了。", "but now I do.")),
    (("我们用GPS测量了每一根钢索。", "We measured every single cable with GPS."),),
    (
        ("误差只有{n}毫米，", "The error was only {n} millimetres,"),
        ("这让所有人都吃了一惊。", "which surprised all of us."),
    ),
    (("后来市长来了，", "Then the mayor came,"), ("问了{m}个问题。", "and asked {m} questions.")),
    (("每一个都很难回答。", "Each of them was hard to answer."),),
    (
        ("我们需要的不是更大的机器，", "What we need is not bigger machines,"),
        ("而是更好的眼睛。", "but better eyes,"),
        ("和更多的耐心。", "and more patience."),
    ),
    (("那天晚上下着大雨，", "It was raining hard that night,"), ("我们谁也没有回家。", "and none of us went home.")),
    (("谢谢。", "Thank you."),),
    (("早上六点，", "At six in the morning,"), ("电话响了。", "the phone rang.")),
    (("对方说：", "The voice said:"), ("桥还在。", "the bridge still stands.")),
    (
        ("我这辈子没有哭过几次，", "I have not cried often in my life,"),
        ("那是其中一次。", "but that was one of those times."),
    ),
    (("这就是为什么我今天站在这里。", "That is why I am standing here today."),),
    (("下一步是什么呢？", "What comes next?"),),
    (
        ("我们会在{n}个村子里试用这个方法，", "We will try this method in {n} villages,"),
        ("然后把数据公开。", "and then publish the data."),
    ),
    (("任何人都可以下载，", "Anyone can download it,"), ("不需要注册。", "without signing up.")),
    (("有人问我怕不怕，", "People ask me whether I am afraid,"), ("我说当然怕。", "and I say of course I am.")),
    (("可是你想想，", "But think about it,"), ("河水从来不等人。", "the river never waits.")),
    (
        ("孩子们每天要走{n}公里去上学，", "Children walk {n} kilometres to school every day,"),
        ("其中一段是在水里。", "part of it through water."),
    ),
    (("这不公平。", "That is not fair."),),
    (("而且完全没有必要。", "And it is completely unnecessary."),),
    (("材料就在山上，", "The material is up on the mountain,"), ("技术就在我们手里。", "the skill is in our hands.")),
    (
        ("我想用一个故事结束，", "I want to end with a story,"),
        ("它是我奶奶讲给我的。", "one that my grandmother told me."),
    ),
    (
        ("从前有一个木匠，", "There once was a carpenter"),
        ("他只做门，", "who made nothing but doors,"),
        ("从来不做墙。", "never a wall."),
    ),
    (("大家都笑他。", "Everybody laughed at him."),),
    (("直到有一天发了大水。", "Until one day the flood came."),),
)
"""Made for this purpose."""

RATIOS = (1.0, 1.0, 1.0, 24 / 25, 25 / 24, 1001 / 1000, 1000 / 1001, 1.0013, 0.9992, 25 * 1001 / 24000)
"""How much faster the clock of the Chinese file may run."""


@dataclass(frozen=True)
class MadePair:
    """Two files, and for each cue of the first the cues of the second that say something of it, by their indices."""

    chinese: tuple[Cue, ...]
    english: tuple[Cue, ...]
    truth: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class _Said:
    """A clause in both languages and when it is said."""

    texts: Clause
    start: int
    end: int
    sentence: int


def make_pair(seed: int, sentences: int = 120) -> MadePair:
    """A pair of files of a talk with so many sentences."""
    random = Random(seed)
    said = _talk(random, sentences)
    ratio, offset = (
        random.choice(RATIOS),
        random.choice([0, random.uniform(-300, 300), random.uniform(-40_000, 90_000)]),
    )
    chinese = _cut(random, said, 0)
    english = _cut(random, said, 1)
    first = min(offset, 0)
    ones = [_cue(random, said, part, 0, (ratio, offset - first)) for part in chinese]
    others = [_cue(random, said, part, 1, (1.0, -first / ratio)) for part in english]
    truth = tuple(frozenset(at for at, other in enumerate(english) if set(one) & set(other)) for one in chinese)
    return MadePair(_orderly(ones), _orderly(others), truth)


def share_right(pair: MadePair, found: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> tuple[int, int]:
    """How many Chinese cues were given just the English cues that share a clause with theirs, and how many there are.

    Where cuts cross, the cues that hang together by them are one match: ``found`` are indices on both sides of each.
    """
    given = {one: frozenset(others) for ones, others in found for one in ones}
    wanted = dict(enumerate(_hanging_together(pair.truth)))
    return sum(given.get(one, frozenset()) == others for one, others in wanted.items()), len(wanted)


def _hanging_together(truth: tuple[frozenset[int], ...]) -> list[frozenset[int]]:
    groups: list[tuple[set[int], set[int]]] = []
    for one, others in enumerate(truth):
        joined = [group for group in groups if group[1] & others]
        ones = {one}.union(*(group[0] for group in joined))
        all_others = set(others).union(*(group[1] for group in joined))
        groups = [group for group in groups if group not in joined] + [(ones, all_others)]
    found = {one: frozenset(others) for ones, others in groups for one in ones}
    return [found[one] for one in range(len(truth))]


def _talk(random: Random, sentences: int) -> list[_Said]:
    said: list[_Said] = []
    now = random.randint(500, 8000)
    for number in range(sentences):
        figure, small = _figures(random)
        for chinese, english in random.choice(SENTENCES):
            texts = chinese.format(n=figure[0], m=small[0]), english.format(n=figure[1], m=small[1])
            lasts = round(len(texts[0]) * random.uniform(170, 260)) + random.randint(100, 400)
            said.append(_Said(texts, now, now + lasts, number))
            now += lasts + random.randint(20, 250)
        now += random.choice([120, 300, 600, 900, 2500, 6000])
    return said


def _figures(random: Random) -> tuple[Clause, Clause]:
    number = random.choice([random.randint(12, 99), random.randint(100, 2000), 10_000 * random.randint(2, 90)])
    figure = (
        f"{number // 10_000}万" if number >= 10_000 else str(number),
        f"{number:,}" if number > 2100 else str(number),
    )
    return figure, random.choice([("两", "two"), ("三", "three"), ("五", "five"), ("七", "seven")])


def _cut(random: Random, said: list[_Said], language: int) -> list[list[int]]:
    """Which clauses make each cue: one, some of a sentence, or two short sentences; here and there some are missing."""
    parts: list[list[int]] = []
    widest = 20 if language == 0 else 60
    for index, clause in enumerate(said):
        last = parts[-1] if parts else []
        same = bool(last) and said[last[-1]].sentence == clause.sentence
        width = sum(len(said[at].texts[language]) for at in last) + len(clause.texts[language])
        near = bool(last) and clause.start - said[last[-1]].end < 400
        if width <= widest and near and random.random() < (0.6 if same else 0.1):
            last.append(index)
        else:
            parts.append([index])
    return [part for part in parts if random.random() > (0.03 if len(parts) > 8 else 0)]


def _cue(random: Random, said: list[_Said], part: list[int], language: int, clock: tuple[float, float]) -> Cue:
    ratio, offset = clock
    start = ratio * (said[part[0]].start + random.gauss(0, 80)) + offset
    end = ratio * (said[part[-1]].end + random.gauss(60, 120)) + offset
    text = ("" if language == 0 else " ").join(said[at].texts[language] for at in part)
    return Cue(max(round(start), 0), max(round(end), round(start) + 300, 300), text)


def _orderly(cues: list[Cue]) -> tuple[Cue, ...]:
    """The cues, none ending after the next begins."""
    made: list[Cue] = []
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        end = cue.end or 0
        if following is not None:
            end = max(min(end, following.start or 0), cue.start or 0)
        made.append(Cue(cue.start, end, cue.heard))
    return tuple(made)
