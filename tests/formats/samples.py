"""A file of every format as one meets them; written again without a change, each stays as it is to the last byte."""

from __future__ import annotations

from pathlib import Path

FILES = Path(__file__).parent / "files"

SAMPLES = {
    "srt": "talk.srt",
    "vtt": "talk.vtt",
    "ass": "talk.ass",
    "ssa": "talk.ssa",
    "ttml": "talk.ttml",
    "txt": "talk.txt",
    "md": "talk.md",
    "jsonl": "talk.jsonl",
    "json": "whisper.json",
    "whisper": "whisper.json",
    "bilibili": "bilibili.json",
}
"""By the name of the format."""

UNTIMED = ("txt", "md", "jsonl")
"""Formats of which the sample has cues without times."""


def sample(name: str) -> str:
    """The text of the file for a format."""
    return (FILES / SAMPLES[name]).read_text(encoding="utf-8")
