"""The recogniser as a judge, in the real CTranslate2 on random weights: its scores are the model's probabilities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import toolkit.transcribe.judge as judge
from toolkit.doubts import Question, Score
from toolkit.errors import MediaError, ModelNotFound
from toolkit.media import RATE, blocks
from toolkit.profile import TranscribeOptions

WriteWav = Callable[..., Path]
HEARD, MEANT = "巨深智能来了", "具身智能来了"
QUESTION = Question(2000, 5000, (HEARD, MEANT), ("巨深", "具身"))


@pytest.fixture
def options(whisper_folder: Path) -> TranscribeOptions:
    return TranscribeOptions(model=str(whisper_folder), device="cpu", cpu_threads=1)


def asked(options: TranscribeOptions, media: Path, *questions: Question) -> list[tuple[Score, ...]]:
    return list(judge.load_judge(options, "zh")(media, questions))


def forced(options: TranscribeOptions, media: Path, question: Question, prompt: tuple[str, ...]) -> list[float]:
    """The probabilities by another way: decoding step by step, with the text forced, from the decoder's raw output."""
    import ctranslate2
    from faster_whisper.audio import pad_or_trim

    bench = judge.load_judge(options, "zh").args[0]  # type: ignore[attr-defined]
    model, tokenizer = bench.engine.model, bench.tokenizer
    first, last = max(question.start - judge.MARGIN, 0), question.end + judge.MARGIN
    samples = np.concatenate([block.samples for block in blocks(media)])[first * RATE // 1000 : last * RATE // 1000]
    window = pad_or_trim(model.feature_extractor(samples))[None]
    shown = [tokenizer.sot_prev, *tokenizer.encode(f" {'，'.join(prompt)}")] if prompt else []
    begin = [*shown, *tokenizer.sot_sequence, tokenizer.no_timestamps]
    sums = []
    for text in question.texts:
        tokens = tokenizer.encode(text)
        features = ctranslate2.StorageView.from_array(np.ascontiguousarray(window))
        result = model.model.generate(
            features,
            [begin + tokens],
            beam_size=1,
            return_logits_vocab=True,
            suppress_blank=False,
            suppress_tokens=[],
        )
        steps = [np.array(step).ravel()[: tokenizer.eot].astype(float) for step in result[0].logits[0][: len(tokens)]]
        sums.append(sum(float(step[token] - _log_sum_exp(step)) for step, token in zip(steps, tokens, strict=True)))
    return sums


def _log_sum_exp(values: np.ndarray) -> float:
    return float(values.max() + np.log(np.exp(values - values.max()).sum()))


def test_a_score_is_the_probability_of_the_text_under_the_sound(options: TranscribeOptions, talk: Path) -> None:
    options = replace(options, compute_type="float32", lexicon_hotwords=False)
    (scores,) = asked(options, talk, QUESTION)
    expected = forced(options, talk, QUESTION, ())
    assert [score.logprob for score in scores] == pytest.approx(expected, rel=1e-3)
    assert (scores[0].logprob > scores[1].logprob) == (expected[0] > expected[1])
    assert scores[0].logprob != scores[1].logprob


def test_the_spellings_in_dispute_are_shown_in_both_orders(options: TranscribeOptions, talk: Path) -> None:
    options = replace(options, compute_type="float32")
    (scores,) = asked(options, talk, QUESTION)
    orders = [forced(options, talk, QUESTION, order) for order in (QUESTION.shown, QUESTION.shown[::-1])]
    assert [score.logprob for score in scores] == pytest.approx(np.mean(orders, axis=0).tolist(), rel=1e-3)


def test_another_sound_gives_another_score(options: TranscribeOptions, talk: Path) -> None:
    (here,), (there,) = (
        asked(options, talk, QUESTION),
        asked(options, talk, replace(QUESTION, start=30_000, end=33_000)),
    )
    assert [score.logprob for score in here] != [score.logprob for score in there]


def test_several_at_once_are_as_one_by_one_and_always_the_same(options: TranscribeOptions, talk: Path) -> None:
    other = Question(6000, 9000, ("今天", "明天", "后天会议"), ("今天", "明天", "后天会议"))
    third = replace(QUESTION, texts=(HEARD, "居身智能来了"))
    together = asked(options, talk, QUESTION, third, other)
    assert together == [answer for question in (QUESTION, third, other) for answer in asked(options, talk, question)]
    for question, scores in zip((QUESTION, third, other), together, strict=True):
        for number, text in enumerate(question.texts[1:], start=1):
            pair = replace(question, texts=(question.texts[0], text))
            assert asked(options, talk, pair)[0][1].logprob == pytest.approx(scores[number].logprob, rel=1e-4)


def test_what_is_said_twice_in_one_stretch_is_encoded_once(
    options: TranscribeOptions, talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[Question] = []
    real = judge._encode
    monkeypatch.setattr(
        judge, "_encode", lambda bench, question, s: encoded.append(question) or real(bench, question, s)
    )
    asked(options, talk, QUESTION, replace(QUESTION, texts=(HEARD, "居身智能来了")), replace(QUESTION, end=6000))
    assert [question.end for question in encoded] == [5000, 6000]


def test_the_beginning_and_the_end_of_a_recording_can_be_asked_about(options: TranscribeOptions, talk: Path) -> None:
    first, last = replace(QUESTION, start=0, end=700), replace(QUESTION, start=55_900, end=56_150)
    assert [len(scores) for scores in asked(options, talk, first, last)] == [2, 2]


def test_the_stretch_of_sound_has_a_margin_that_ends_with_the_recording(write_wav: WriteWav) -> None:
    ramp = np.arange(300 * RATE) / (300 * RATE)
    media = write_wav(ramp)
    spans = [(0, 1000), (1000, 2000), (119_000, 121_000), (119_000, 121_000), (118_500, 119_000), (299_500, 300_000)]
    found = [part for _, part in judge.sounds(media, [Question(*span, ("一", "二")) for span in spans])]
    for (start, end), part in zip(spans, found, strict=True):
        first, last = max(start - judge.MARGIN, 0) * 16, min(end + judge.MARGIN, 300_000) * 16
        assert len(part) == last - first
        assert np.abs(part - ramp[first:last]).max() < 1e-3


@pytest.mark.parametrize(
    "question",
    [
        Question(60_000, 61_000, (HEARD, MEANT)),
        Question(0, 31_000, (HEARD, MEANT)),
        Question(0, 9000, (HEARD, "智能" * 300)),
        Question(0, 9000, (HEARD, "")),
    ],
    ids=["behind the end", "longer than the window", "more text than fits", "no text"],
)
def test_what_cannot_be_told_is_not_answered(options: TranscribeOptions, talk: Path, question: Question) -> None:
    assert asked(options, talk, question) == [()]


def test_a_device_that_fails_is_replaced(
    options: TranscribeOptions, talk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = asked(options, talk, QUESTION)
    real, failed = judge._scores, []

    def fail_once(*given: object) -> tuple[Score, ...]:
        if not failed:
            failed.append(given)
            raise RuntimeError("CUDA failed")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(judge, "_scores", fail_once)
    monkeypatch.setattr(judge, "next_engine", lambda engine, *_: engine)
    assert asked(options, talk, QUESTION) == expected


def test_no_question_decodes_nothing_and_errors_are_the_usual_ones(options: TranscribeOptions, tmp_path: Path) -> None:
    assert asked(options, tmp_path / "none.wav") == []
    with pytest.raises(MediaError, match="no such file"):
        asked(options, tmp_path / "none.wav", QUESTION)
    with pytest.raises(ModelNotFound):
        judge.load_judge(replace(options, model=str(tmp_path)), "zh")


def test_only_whisper_judges_and_only_what_is_written_as_it_was_spoken() -> None:
    assert judge.can_judge(TranscribeOptions())
    assert not judge.can_judge(TranscribeOptions(task="translate"))
    assert not judge.can_judge(TranscribeOptions(recogniser="replay"))


TINY = Path(__file__).parents[2] / "models" / "zimu-tiny"


@pytest.mark.skipif(not TINY.is_dir(), reason="models/zimu-tiny is not there: a trained model is needed to hear")
def test_a_trained_model_hears_what_was_said(talk: Path) -> None:
    """What the model itself hears in a cue is likelier to it than the same cue with two characters exchanged."""
    from toolkit.cues import Cue
    from toolkit.transcribe import load_recogniser

    options = TranscribeOptions(model=str(TINY), device="cpu", language="zh", lexicon_hotwords=False)
    cue = next(event for event in load_recogniser(options)(talk) if isinstance(event, Cue) and len(event.heard) > 3)
    question = Question(cue.start or 0, cue.end or 0, (cue.heard, f"猫狗{cue.heard[2:]}"))
    (scores,) = asked(options, talk, question)
    assert scores[0].logprob > scores[1].logprob
