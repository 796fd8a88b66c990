"""Jobs done again: nothing is heard twice, nobody's file is replaced, and what a person decided stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import speaker
from desk import LEXICON, contents, files, run, set_up

from toolkit.edits import changes, decide
from toolkit.errors import InputError
from toolkit.formats import read
from toolkit.lexicon import Lexicon
from toolkit.records import rewrite


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a recording and a transcript, as the current one."""
    set_up(tmp_path, monkeypatch)


def test_the_same_again_hears_nothing_and_writes_the_same() -> None:
    run()
    before = contents()
    speaker.trouble[0] = pytest.fail
    again = run()
    assert contents() == before
    assert again.resumed_from == speaker.END
    assert len(speaker.hints) == 1


def test_other_options_are_heard_anew_and_the_old_journal_is_kept() -> None:
    run()
    old = Path("talk.cues.jsonl").read_bytes()
    assert run(beam_size=1).resumed_from == 0
    assert Path("talk.cues.1.jsonl").read_bytes() == old


def test_who_goes_back_to_old_options_hears_nothing_again() -> None:
    for size in (5, 4, 3):
        run(beam_size=size)
    journals = {path.read_bytes() for path in Path().glob("*.cues*.jsonl")}
    speaker.trouble[0] = pytest.fail
    for size in (5, 3, 4, 4):
        assert run(beam_size=size).resumed_from == speaker.END
        assert f'"beam_size": {size}' in Path("talk.cues.jsonl").read_text(encoding="utf-8")
    assert {path.read_bytes() for path in Path().glob("*.cues*.jsonl")} == journals
    assert len(journals) == 3


def test_a_recording_is_heard_once_for_all_that_is_made_of_it() -> None:
    run()
    assert run(out="other.vtt").resumed_from == speaker.END
    assert files()[1:] == [
        "other.edits.jsonl",
        "other.vtt",
        "talk.cues.jsonl",
        "talk.edits.jsonl",
        "talk.mp4",
        "talk.srt",
    ]


def test_other_options_after_hearing_use_what_was_heard() -> None:
    before = run()
    result = run(zh_width=8, lexicon=Lexicon())
    assert result.resumed_from > 0
    assert len(result.transcript.cues) > len(before.transcript.cues)
    assert "聚生智能" in Path("talk.srt").read_text(encoding="utf-8")


class TestWhoseFilesTheyAre:
    """Somebody else's file, or one that somebody changed, is replaced only by one who says so."""

    @pytest.fixture(params=["written by somebody", "changed by somebody"], autouse=True)
    def file(self, request: pytest.FixtureRequest) -> None:
        if request.param == "changed by somebody":
            run()
            Path("talk.cues.jsonl").unlink()
            speaker.hints.clear()
        Path("talk.srt").write_text(request.param)

    def test_it_is_refused_before_anything_is_heard(self) -> None:
        before = contents()
        with pytest.raises(InputError, match=r"talk\.srt: exists and was not written by zimu, or was changed since"):
            run()
        assert contents() == before
        assert not speaker.hints

    def test_overwrite_replaces_it(self) -> None:
        assert run(overwrite=True).written == (Path("talk.srt"),)
        assert len(read("talk.srt").cues) > 18

    def test_naming_the_file_replaces_it(self) -> None:
        assert run(out="talk.srt").written == (Path("talk.srt"),)
        assert len(read("talk.srt").cues) > 18
        assert run().written == (Path("talk.srt"),)


def test_a_file_that_appears_while_we_listen_is_not_replaced() -> None:
    speaker.trouble[0] = lambda number: Path("talk.srt").write_text("mine") if number == 3 else None
    with pytest.raises(InputError, match="was not written by zimu"):
        run()
    assert Path("talk.srt").read_text() == "mine"
    assert run(out="other").resumed_from == 0
    Path("talk.srt").unlink()
    assert run().resumed_from > 0


class TestDecisions:
    """What a person decided about edits stays, whatever is run again."""

    def undo(self, wrong: str = "聚生 → 具身") -> None:
        record = read("talk.edits.jsonl")
        numbers = [change.number for change in changes(record) if change.edit.as_text().startswith(wrong[:2])]
        rewrite(Path("talk.edits.jsonl"), decide(record, numbers[:1], applied=False))

    def test_it_stays_undone(self) -> None:
        run()
        self.undo()
        text = Path("talk.srt").read_text(encoding="utf-8")
        assert (text.count("聚生智能"), text.count("具身智能")) == (1, 3)
        before = contents()
        assert run().warnings == ()
        assert contents() == before

    def test_it_stays_undone_in_cues_that_are_cut_in_another_way(self) -> None:
        run()
        self.undo()
        run(zh_width=7, lexicon=LEXICON + Lexicon.of(["走进工厂"]))
        text = Path("talk.srt").read_text(encoding="utf-8")
        assert (text.count("聚生智能"), text.count("具身智能")) == (1, 3)

    def test_it_stays_undone_when_the_recording_is_heard_anew(self) -> None:
        run()
        self.undo()
        run(beam_size=1)
        assert run(beam_size=1).transcript.text.count("聚生智能") == 1

    def test_decisions_that_fit_nowhere_are_kept_in_the_old_record(self) -> None:
        run()
        self.undo()
        old = Path("talk.edits.jsonl").read_bytes()
        result = run(recogniser="speaker:load_silence")
        assert result.warnings == (
            "1 of your decisions on edits fit nowhere any more; they are kept in talk.edits.1.jsonl",
            "no speech was heard",
        )
        assert Path("talk.edits.1.jsonl").read_bytes() == old
        assert run(recogniser="speaker:load_silence").warnings == ("no speech was heard",)

    def test_a_transcript_keeps_them_too(self) -> None:
        run("notes.txt", out="talk.txt")
        self.undo()
        run("notes.txt", out="talk.txt")
        assert Path("talk.txt").read_text(encoding="utf-8") == "聚生智能的崛起\n\n元宇宙\n"


class TestSourcesOfOneName:
    """Two recordings whose subtitles would have one name do not get in each other's way."""

    def other(self, name: str) -> Path:
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"another recording")
        return path

    @pytest.mark.parametrize("name", ["talk.mkv", "more/talk.mp4"])
    def test_the_second_is_refused(self, name: str) -> None:
        run(out="out/")
        before = contents()
        with pytest.raises(InputError) as raised:
            run(str(self.other(name)), out="out/")
        assert str(raised.value) == ("out/talk.srt: was made from talk.mp4; use --overwrite or another -o")
        Path(name).unlink()
        assert contents() == before

    def test_who_wants_it_replaced_loses_no_decision(self) -> None:
        run(out="out/")
        record = read("out/talk.edits.jsonl")
        rewrite(Path("out/talk.edits.jsonl"), decide(record, [1], applied=False))
        result = run(str(self.other("talk.mkv")), out="out/", overwrite=True)
        assert result.warnings == (
            "1 of your decisions on edits fit nowhere any more; they are kept in out/talk.edits.1.jsonl",
        )
        assert "聚生智能" not in result.transcript.text

    def test_a_folder_that_was_moved_is_the_same(self) -> None:
        self.other("one/talk.mp4")
        run("one/talk.mp4", out="subtitles")
        Path("one").rename("two")
        assert run("two/talk.mp4", out="subtitles").resumed_from == speaker.END
        Path("subtitles").rename("two/subtitles")
        assert run("two/talk.mp4", out="two/subtitles").resumed_from == speaker.END

    def test_another_name_for_the_same_file_is_the_same(self) -> None:
        run()
        assert run(str(Path("talk.mp4").absolute())).resumed_from == speaker.END
