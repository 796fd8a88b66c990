"""`zimu lexicon`: what is found is listed or written, what a person wrote stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Zimu = Callable[..., Any]


@pytest.fixture
def edited(room: Path) -> Path:
    text = (room / "talk.srt").read_text(encoding="utf-8")
    (room / "edited.srt").write_text(text.replace("聚生", "具身"), encoding="utf-8")
    return room


def test_terms_are_learned_and_used(zimu: Zimu, edited: Path) -> None:
    done = zimu("lexicon", "learn", "talk.srt", "edited.srt", "--no-builtin-lexicons")
    assert (done.code, done.err) == (0, "zimu: 1 proposal\n")
    assert done.out.split()[:2] == ["具身智能", "edited"] or "具身" in done.out
    done = zimu("lexicon", "learn", "talk.srt", "edited.srt", "--no-builtin-lexicons", "-o", "new.toml")
    assert done.err == "zimu: 1 proposal, written to new.toml\n"
    zimu("correct", "talk.srt", "--lexicon", "new.toml", "--no-builtin-lexicons", "-o", "out.srt")
    assert "具身智能的崛起" in (edited / "out.srt").read_text(encoding="utf-8")


def test_what_a_person_wrote_stays(zimu: Zimu, edited: Path) -> None:
    arguments = ("lexicon", "learn", "talk.srt", "edited.srt", "--no-builtin-lexicons", "-o")
    before = (edited / "terms.toml").read_bytes()
    done = zimu(*arguments, "terms.toml")
    assert (done.code, (edited / "terms.toml").read_bytes()) == (3, before)
    assert "was not written by 'zimu lexicon', or was changed since; give another name" in done.err
    assert zimu(*arguments, "new.toml").code == zimu(*arguments, "new.toml").code == 0
    with (edited / "new.toml").open("a", encoding="utf-8") as file:
        file.write('protect = ["深圳"]\n')
    assert zimu(*arguments, "new.toml").code == 3
    assert "深圳" in (edited / "new.toml").read_text(encoding="utf-8")
    assert "-o new.toml" in zimu(*arguments, "new.txt").err


def test_terms_are_mined_with_an_agenda(zimu: Zimu, edited: Path) -> None:
    (edited / "agenda.md").write_text("# 议程\n\n《灵巧爪》和DeepLink\n", encoding="utf-8")
    done = zimu("lexicon", "mine", "talk.srt", "--right", "agenda.md", "--json")
    assert {"灵巧爪", "DeepLink"} <= {one["text"] for one in done.json["proposals"]}
    assert zimu("lexicon", "mine", "--right", "agenda.md").code == 0


def test_a_lexicon_is_checked(zimu: Zimu, room: Path) -> None:
    (room / "names.txt").write_text("公式\n攻势\n", encoding="utf-8")
    done = zimu("lexicon", "check", "names.txt")
    assert done.code == 1
    assert (
        done.out.splitlines()[0] == "collision: 公式: sounds like the term 攻势; name words near one, or make it exact"
    )
    assert zimu("lexicon", "check", "names.txt", "--json").json["ok"] is False
    done = zimu("lexicon", "check", "terms.toml")
    assert (done.code, done.out, done.err) == (0, "", "zimu: 1 term, 0 findings\n")
    (room / "right.txt").write_text("聚生智能公司\n", encoding="utf-8")
    done = zimu("lexicon", "check", "terms.toml", "--background", "right.txt")
    assert (done.code, done.out.splitlines()[1]) == (1, "    [聚生智能]公司")


def test_lists_are_imported(zimu: Zimu, room: Path) -> None:
    (room / "user.txt").write_bytes("云计算 5 n\n具身智能 3 n\n".encode("gb18030"))
    done = zimu("lexicon", "import", "user.txt", "-o", "names.toml")
    assert (done.code, done.err) == (0, "zimu: 2 terms from user.txt, written to names.toml\n")
    assert 'text = "云计算"' in (room / "names.toml").read_text(encoding="utf-8")
    assert 'text = "云计算 5 n"' in zimu("lexicon", "import", "user.txt", "--format", "plain").out


@pytest.mark.parametrize(
    ("inputs", "code", "said"),
    [
        ([], 2, "nothing to do"),
        (["show"], 2, "lexicons can be learn, mine, check, import; not 'show'"),
        (["learn", "talk.srt"], 2, "two files are compared, not 1"),
        (["mine"], 2, "no text to find terms in"),
        (["check"], 2, "no lexicon to check"),
        (["import"], 2, "no list to import"),
        (["import", "none.txt"], 3, "no such file"),
        (["import", "talk.srt", "--format", "docx"], 3, "no format 'docx'"),
    ],
)
def test_what_cannot_be_done(zimu: Zimu, room: Path, inputs: list[str], code: int, said: str) -> None:
    done = zimu("lexicon", *inputs)
    assert done.code == code
    assert said in done.err
