"""Subtitle files with faults of every kind, the same for a seed each time."""

from __future__ import annotations

from random import Random

from toolkit.cues import Cue

TEXTS = (
    "大家好",
    "欢迎来到今天的具身智能论坛，我们先认识一下各位嘉宾。",
    "谢谢",
    "这是一个很长很长没有任何标点的句子它说的是桥和河以及人",
    "你好 ，世界  再见",
    "我们用GPT-4做了三件事：第一，第二，第三。",
    "对吗？",
    "<i>他说的",
    "没有</b>了",
    "- 你好\n- 再见",
    "♪",
    "Good afternoon, everyone, it is a pleasure to be here with all of you today",
    "Yes.",
    "",
    "然后\u200e我们就走了",
    "欢迎来到具身\n智能论坛",
    "一\n二\n三\n四",
    "你好\nHello there",
    "這台電腦",
    "，好的",
    "今天很冷，但是我们十七个人还是一起出门了\nIt was cold today, but all seventeen of us went out together",
    "supercalifragilisticexpialidocious-and-even-longer-than-that-by-far",
    "他在说\n的话",
    "{\\an8}上面的字",
    "   ",
)

TERMS = ("具身智能", "GPT-4")


def spoilt_file(seed: int, cues: int = 9) -> tuple[Cue, ...]:
    """A file with so many cues."""
    random = Random(seed)
    made: list[Cue] = []
    now = random.randint(0, 3000)
    for _ in range(cues):
        lasts = random.choice([0, 40, 300, 800, 1500, 2500, 4000, 9000, 20_000])
        made.append(Cue(now, now + lasts, random.choice(TEXTS)))
        now = max(0, now + lasts + random.choice([-3000, -400, -30, 0, 0, 40, 83, 200, 450, 1000, 5000]))
    if random.random() < 0.3:
        random.shuffle(made)
    return tuple(made)
