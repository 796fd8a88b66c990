"""The words of the report, in English and in Chinese."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "lang": "en",
        "report": "What was changed, and why",
        "cues": "cues",
        "changed": "changed",
        "out": "kept out as invented",
        "suggested": "suggested, not changed",
        "undone": "undone",
        "decided": "decided by a person",
        "length": "length",
        "density": "Changes over time",
        "terms": "Terms",
        "term": "term",
        "times": "times",
        "heard": "heard as",
    },
    "zh": {
        "lang": "zh-Hans",
        "report": "修改报告：改了什么，为什么",
        "cues": "条字幕",
        "changed": "处已修改",
        "out": "条判为无人说出，未显示",
        "suggested": "处建议，未修改",
        "undone": "处已撤销",
        "decided": "处由人决定",
        "length": "时长",
        "density": "各时段的修改数",
        "terms": "术语",
        "term": "术语",
        "times": "次数",
        "heard": "误听为",
    },
}
