"""Lines that nobody said are marked with their evidence; lines that were said stay, known phrases among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import transcripts

from toolkit.cues import Cue, Edit, Extra, Transcript
from toolkit.edits import changes, decide, lay
from toolkit.invented import RULE, is_kept_out
from toolkit.quarantine import quarantine

SILENCE: Extra = (("speech", 0.0), ("avg_logprob", -0.8), ("no_speech_prob", 0.9), ("compression_ratio", 0.9))
NOTHING: Extra = (("speech", 0.0), ("avg_logprob", -1.0), ("no_speech_prob", 0.9))
SPEECH: Extra = (("speech", 0.95), ("avg_logprob", -0.2), ("no_speech_prob", 0.02), ("compression_ratio", 1.2))
CREDIT = "字幕由 Amara.org 社区提供"
FACTS = ("speech", "avg_logprob", "no_speech_prob", "compression_ratio")
DATA = Path(__file__).parents[1] / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "clean"
MISTAKES = 2
"""Lines of the set that may be judged wrongly."""


def documents() -> Iterator[list[tuple[bool, Cue]]]:
    """The documents of the set: each line with whether it was invented."""
    text = (DATA / "invented.tsv").read_text(encoding="utf-8")
    for part in text.split("\n\n"):
        document: list[tuple[bool, Cue]] = []
        for row in (row for row in part.splitlines() if not row.startswith("#")):
            verdict, *numbers, seconds, line = row.split("\t")
            start = document[-1][1].end or 0 if document else 0
            extra = tuple((name, float(value)) for name, value in zip(FACTS, numbers, strict=True) if value != "-")
            cue = Cue(start, start + round(float(seconds) * 1000), line, extra=extra)
            document.append((verdict == "invented", cue))
        yield document


def judged(*cues: Cue, hallucinations: str = "mark") -> list[str]:
    """What is left to be shown."""
    return [cue.text for cue in quarantine(cues, hallucinations)]


def cue(text: str, extra: Extra = (), start: int = 0, length: int = 2000, **more: object) -> Cue:
    return Cue(start, start + length, text, extra=extra, **more)


def test_the_set_is_sorted_with_two_mistakes_at_most() -> None:
    lines = [
        (invented, is_kept_out(found), found.heard)
        for document in documents()
        for (invented, _), found in zip(document, quarantine([cue for _, cue in document]), strict=True)
    ]
    assert sum(invented for invented, _, _ in lines) >= 30
    assert sum(not invented for invented, _, _ in lines) >= 30
    wrong = [line for invented, out, line in lines if invented != out]
    assert len(wrong) <= MISTAKES, wrong
    assert not [line for invented, out, line in lines if out and not invented]  # what was said is never taken out


@pytest.mark.parametrize("name", ["legitimate.txt", "english.txt", "technical.txt"])
def test_of_clean_text_nothing_is_even_suggested(name: str) -> None:
    rows = (DATA / name).read_text(encoding="utf-8").splitlines()
    cues = [Cue(None, None, row) for row in rows if row and not row.startswith("#")]
    assert len(cues) > 10
    assert quarantine(cues) == tuple(cues)


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is absent")
def test_of_real_text_nothing_is_even_suggested() -> None:
    for path in sorted(SHARED.glob("*.txt")):
        rows = path.read_text(encoding="utf-8").splitlines()[:1000]
        cues = [Cue(None, None, row) for row in rows if row.strip()]
        assert quarantine(cues) == tuple(cues)


def test_a_marked_line_keeps_what_was_heard_and_says_why() -> None:
    (found,) = quarantine([cue("谢谢观看", SILENCE, length=9000)])
    assert (found.heard, found.text, is_kept_out(found)) == ("谢谢观看", "", True)
    (edit,) = found.edits
    assert (edit.rule, edit.applied, edit.decided, edit.after) == (RULE, True, False, "")
    assert edit.score > 0.9
    facts = dict(edit.evidence)
    assert facts["phrase"] == "谢谢观看 (+1.4)"
    assert facts["speech"] == "0.0 (+1.6)"
    assert facts["no speech"] == "0.9 (+0.8)"
    assert facts["log probability"] == "-0.8 (+0.3)"
    assert facts["speed"] == "0.4 a second (+0.9)"
    assert facts["strength"] == pytest.approx(-2 + 1.4 + 1.6 + 0.8 + 0.3 + 0.9, abs=0.1)
    assert facts["needed"] == 1.0


def test_a_known_phrase_over_clear_speech_stays() -> None:
    assert judged(cue("感谢收看", SPEECH)) == ["感谢收看"]
    assert judged(cue(CREDIT, SPEECH)) == [CREDIT]  # nobody says it; but somebody speaks, so it is only suggested
    ((edit,),) = [found.edits for found in quarantine([cue(CREDIT, SPEECH)])]
    assert not edit.applied


@pytest.mark.parametrize("text", ["谢谢观看", "感谢收看", "Thanks for watching!", "我们下期再见", "拜拜"])
def test_where_only_text_is_known_what_may_be_said_stays(text: str) -> None:
    assert judged(cue(text)) == [text]
    assert judged(Cue(None, None, text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        CREDIT,
        "字幕由Amara.org社群提供",
        "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
        "請不吝點贊 訂閱 轉發 打賞支持明鏡與點點欄目",
        "Subtitles by the Amara.org community",
        "優優獨播劇場——YoYo Television Series Exclusive",
        "中文字幕志愿者 李宗盛",
    ],
)
def test_what_nobody_says_needs_no_sound_to_prove_it(text: str) -> None:
    assert judged(cue(text)) == [""]
    assert judged(Cue(None, None, text)) == [""]


def test_a_phrase_that_comes_again_needs_none_either() -> None:
    twice = [cue("谢谢观看", start=number * 3000) for number in range(2)]
    assert judged(*twice) == ["", ""]
    spread = [cue("谢谢观看", start=0), cue("今天讲三件事"), cue("谢谢观看"), cue("第二件"), cue("谢谢观看")]
    assert judged(*spread) == ["", "今天讲三件事", "", "第二件", ""]


def test_of_a_line_said_again_and_again_the_first_stays() -> None:
    looping = (("speech", 0.6), ("avg_logprob", -0.3), ("no_speech_prob", 0.1), ("compression_ratio", 3.0))
    cues = [cue("人工智能的发展非常快", looping, start=number * 2000) for number in range(9)]
    assert judged(*cues) == ["人工智能的发展非常快", *[""] * 8]


@pytest.mark.parametrize("text", ["对", "好的", "Yes."])
def test_short_answers_may_come_in_a_row(text: str) -> None:
    assert judged(*(cue(text, SPEECH, start=number * 2000, length=700) for number in range(6))) == [text] * 6


def test_a_sentence_that_speaks_of_a_phrase_stays() -> None:
    text = "模型常常会编出“字幕由 Amara.org 社区提供”这样的一句话"
    assert judged(cue(text)) == judged(cue(text, SPEECH)) == [text]


def test_what_is_heard_over_silence_alone_is_not_enough() -> None:
    """Silero misses quiet voices; a sure recogniser is believed."""
    assert judged(cue("后排能听清楚吗", (("speech", 0.0), ("avg_logprob", -0.2), ("no_speech_prob", 0.2)))) != [""]


@pytest.mark.parametrize("text", ["", "……", "♪♪♪", "！"])
def test_a_cue_without_words_is_no_phrase(text: str) -> None:
    assert judged(cue(text), cue(text), cue(text)) == [text] * 3


def test_drop_removes_and_keep_does_nothing() -> None:
    cues = (cue("大家好", SPEECH), cue(CREDIT, SILENCE))
    assert judged(*cues, hallucinations="drop") == ["大家好"]
    assert quarantine(cues, "keep") == cues


def test_what_was_judged_before_is_judged_anew() -> None:
    once = quarantine([cue("大家好", SPEECH), cue(CREDIT, SILENCE)])
    assert quarantine(once) == once
    assert [found.edits for found in quarantine(once, "keep")] == [(), ()]


def test_what_a_person_brought_back_stays() -> None:
    marked = Transcript("", quarantine([cue(CREDIT, SILENCE)]))
    back = decide(marked, [change.number for change in changes(marked)], applied=False)
    for hallucinations in ("mark", "drop", "keep"):
        assert judged(*back.cues, hallucinations=hallucinations) == [CREDIT]


def test_what_a_person_took_out_stays_out_and_is_not_dropped() -> None:
    suggested = Transcript("", quarantine([cue(CREDIT, SPEECH)]))
    taken = decide(suggested, [1], applied=True)
    for hallucinations in ("mark", "drop", "keep"):
        assert judged(*taken.cues, hallucinations=hallucinations) == [""]


def test_a_cue_that_a_person_corrected_was_said() -> None:
    edit = Edit(0, 2, "谢谢", "感谢", "person", decided=True)
    assert judged(replace(cue("谢谢观看", SILENCE), edits=(edit,))) == ["感谢观看"]


def test_corrections_give_way_to_the_mark_but_not_to_a_suggestion() -> None:
    edit = Edit(0, 2, "字幕", "字目", "sound")
    assert judged(replace(cue(CREDIT, SILENCE), edits=(edit,))) == [""]
    (kept,) = quarantine([replace(cue(CREDIT, SPEECH), edits=(edit,))])
    assert kept.edits == (edit,)


def test_an_edit_over_the_seam_to_a_line_that_is_taken_out_is_undone_whole() -> None:
    seam = Edit(4, 6, "外壳", "WAIC", "alias")
    laid = lay([cue("谢谢观看外", NOTHING), cue("壳的舞台", SPEECH, 2000)], [seam])
    assert [found.text for found in laid] == ["谢谢观看WAIC", "的舞台"]
    assert judged(*laid) == ["", "壳的舞台"]
    assert judged(*laid, hallucinations="drop") == ["壳的舞台"]
    (accepted,) = [decide(Transcript("", laid), [1], applied=True).cues]
    assert quarantine(accepted) == accepted


def test_what_was_corrected_stays_where_nothing_is_taken_out() -> None:
    corrected = replace(cue("谢谢观看外壳", NOTHING), edits=(Edit(4, 6, "外壳", "WAIC", "alias"),))
    assert quarantine([corrected], suggest_only=True) == (corrected,)


@given(st.data(), transcripts(), st.booleans())
def test_cues_that_stay_lose_no_more_than_edits_over_seams_to_those_that_go(
    data: st.DataObject, transcript: Transcript, suggest_only: bool
) -> None:
    cues = tuple(replace(cue, extra=data.draw(st.sampled_from([NOTHING, SPEECH]))) for cue in transcript.cues)
    given = replace(transcript, cues=cues)
    found = quarantine(given.cues, suggest_only=suggest_only)
    out = {index for index, cue in enumerate(found) if any(edit.rule == RULE for edit in cue.edits)}
    gone = [each.number for each in changes(given) if out & {place for place, _ in each.places}]
    left = decide(given, gone, applied=False)
    for index, cue in enumerate(given.cues if suggest_only else left.cues):
        assert found[index].text == ("" if index in out and not suggest_only else cue.text)
    assert {change.edit.as_text() for change in changes(replace(given, cues=found)) if change.edit.joins_next} == set()


@given(transcripts())
def test_any_transcript_can_be_judged_and_again(transcript: Transcript) -> None:
    for hallucinations in ("mark", "drop", "keep"):
        once = quarantine(transcript.cues, hallucinations)
        assert quarantine(once, hallucinations) == once
        assert len(once) == len(transcript.cues) or hallucinations == "drop"
        assert all(after.heard == before.heard for before, after in zip(transcript.cues, once, strict=False)) or (
            hallucinations == "drop"
        )
