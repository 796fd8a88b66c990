"""A name has one spelling in a whole translation, and what is no other spelling of it stays."""

from __future__ import annotations

import pytest

from toolkit.translate.names import Change, one_spelling


@pytest.mark.parametrize(
    ("sources", "texts", "spelled"),
    [
        (["甲", "乙", "丙"], ["Open AI", "OpenAI here", "by OpenAI"], ["OpenAI", "OpenAI here", "by OpenAI"]),
        (["在OpenAI", "乙", "丙"], ["OpenAI", "Open AI", "by Open AI"], ["OpenAI", "OpenAI", "by OpenAI"]),
        (["甲", "乙"], ["Li Kai-fu said", "and Li Kaifu"], ["Li Kai-fu said", "and Li Kai-fu"]),
        (
            ["浅山实验室", "浅山的人", "来自浅山"],
            ["The Qianshan lab", "Chienshan people", "from Qianshan"],
            ["The Qianshan lab", "Qianshan people", "from Qianshan"],
        ),
        (["我们来了", "我们走了"], ["Martin came", "Martina left"], ["Martin came", "Martina left"]),
        (["甲", "乙"], ["IT is", "It is"], ["IT is", "It is"]),
        (["甲", "乙"], ["GPT-4 is", "GPT-3 is"], ["GPT-4 is", "GPT-3 is"]),
        ([], [], []),
    ],
)
def test_names_in_english(sources: list[str], texts: list[str], spelled: list[str]) -> None:
    assert one_spelling(sources, texts, "en")[0] == spelled


def test_a_known_spelling_wins_over_a_commoner_one_and_changes_are_told() -> None:
    texts = ["Meta X", "Meta X", "MetaX"]
    spelled, changes = one_spelling(["a", "b", "c"], texts, "en", ["MetaX"])
    assert spelled == ["MetaX"] * 3
    assert changes == [Change(0, "Meta X", "MetaX"), Change(1, "Meta X", "MetaX")]


def test_names_in_chinese() -> None:
    sources = ["Sam Altman said", "with Sam Altman", "Sam Altman and Elon Musk", "and Sam Altman"]
    texts = ["山姆·奥特曼说", "和萨姆·奥尔特曼", "山姆·奥特曼和埃隆·马斯克", "还有山姆·奥特曼"]
    assert one_spelling(sources, texts, "zh")[0][1] == "和山姆·奥特曼"
    assert one_spelling(sources, texts, "zh")[0][2] == texts[2]
