"""Your own terms, in Python: how one sounds, what it is misheard as, which words must stand near, which forbid it.

python examples/own_lexicon.py
"""

import toolkit
from toolkit.lexicon import Alias

LEXICON = toolkit.Lexicon.of(
    [
        "浅山实验室",
        toolkit.Term("Foldy", english="a robot", sounds=("fu di",), near=("叠衣", "机器人"), never=("酒店",)),
        toolkit.Term("灵巧手", exact=True, aliases=(Alias("灵窍手"), Alias("零巧手", near=("手指",)))),
    ]
)

HEARD = (
    "这只灵窍手来自千山实验室，",
    "一起展出的叠衣机器人福地，请大家到二楼去看。",
    "午餐在一楼，下午的论坛两点开始，请各位提前十分钟入场，把手机调成静音，谢谢。",
    "今晚的欢迎宴会设在福地酒店，凭胸牌入场。",
)


def main() -> None:
    """Show what was heard and what becomes of it."""
    cues = tuple(toolkit.Cue(None, None, text) for text in HEARD)
    corrected = toolkit.correct_transcript(toolkit.Transcript("notes", cues), lexicon=LEXICON)
    for before, after in zip(cues, corrected.cues, strict=True):
        print(before.text, "→", after.text)
        for edit in after.edits:
            print("   ", edit.as_text(), "|", "; ".join(f"{name} {value}" for name, value in edit.evidence))


if __name__ == "__main__":
    main()
