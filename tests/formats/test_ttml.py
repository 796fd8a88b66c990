"""TTML: what is read, what is written, and that the one is the other."""

from __future__ import annotations

import logging
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from formats.samples import sample
from formats.wild import TIMED, lines, shown
from hypothesis import given
from pysubs2 import SSAFile

from toolkit.cues import Cue, Transcript
from toolkit.cutting import cut
from toolkit.errors import FormatError
from toolkit.formats.ttml import parse, render

NAMESPACE = 'xmlns="http://www.w3.org/ns/ttml"'


def document(paragraphs: str, *, root: str = "", body: str = "", div: str = "") -> str:
    return f"<tt {NAMESPACE} {root}>\n<body {body}><div {div}>\n{paragraphs}\n</div></body></tt>"


@given(TIMED)
def test_what_is_written_is_read(transcript: Transcript) -> None:
    assert [(cue.start, cue.end, lines(cue)) for cue in parse(render(transcript)).cues] == shown(transcript)


@given(TIMED)
def test_what_is_written_is_written_again_without_a_change(transcript: Transcript) -> None:
    assert render(parse(render(transcript))) == render(transcript)


@given(TIMED)
def test_pysubs2_finds_the_same_paragraphs(transcript: Transcript) -> None:
    file = SSAFile.from_string(render(transcript))
    assert [(event.start, event.end) for event in file] == [cue[:2] for cue in shown(transcript)]


def test_everything_in_a_file_is_kept() -> None:
    transcript = parse(sample("ttml"))
    assert render(transcript) == sample("ttml")
    assert transcript.language == "zh"
    first, second, third = transcript.cues
    assert (first.start, first.end, first.text) == (1000, 2500, "聚生 & 智能\nx < y")
    assert first.get("ttml.attributes") == ' xml:id="p1" style="s1"'
    assert (second.text, second.get("tag.open")) == ("红", '<span tts:color="red">')
    assert third.get("tag.inside") == "ttml"


def test_halves_of_a_cut_cue_keep_their_style_and_only_one_the_name() -> None:
    transcript = parse(sample("ttml"))
    written = render(replace(transcript, cues=(*cut(transcript.cues[0], 2), *transcript.cues[1:])))
    assert written.count('style="s1"') == 2
    assert written.count('xml:id="p1"') == 1


@pytest.mark.parametrize(
    ("attributes", "times"),
    [
        ('begin="1s" end="2.5s"', (1000, 2500)),
        ('begin="00:00:01.5" end="00:00:02"', (1500, 2000)),
        ('begin="1s" dur="500ms"', (1000, 1500)),
        ('begin="00:00:01:12" end="00:00:02:00"', (1480, 2000)),
        ('begin="25f" end="50f"', (1000, 2000)),
        ('begin="1s"', (1000, 3000)),
        ('end="2s"', (0, 2000)),
        ("", (0, 2000)),
    ],
)
def test_times_are_read(attributes: str, times: tuple[int, int]) -> None:
    (cue,) = parse(document(f"<p {attributes}>一</p>", root='frameRate="25"')).cues
    assert (cue.start, cue.end) == times


def test_times_count_from_what_the_paragraph_is_in_and_are_absolute_when_written() -> None:
    transcript = parse(document('<p begin="1s" end="2s">一</p>', body='begin="10s"', div='begin="5s" end="30s"'))
    assert (transcript.cues[0].start, transcript.cues[0].end) == (16_000, 17_000)
    assert 'begin="10s"' not in render(transcript)
    assert parse(render(transcript)).cues == transcript.cues


def test_times_of_spans_are_those_of_a_paragraph_without() -> None:
    text = '<p><span begin="1s" end="2s">一</span><span begin="2s" end="3s">二</span></p>'
    (cue,) = parse(document(text)).cues
    assert (cue.start, cue.end) == (1000, 3000)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("一<br/>二", "一\n二"),
        ("\n    一\n    <br/>\n    二\n", "一\n二"),
        ("a  b\tc", "a b c"),
        ("<![CDATA[a<b]]>", "a<b"),
        ("<metadata>x</metadata>一", "一"),
        ("{重要}提示 C:\\new \\N", "{重要}提示 C:\\new \\N"),
        ("", ""),
    ],
)
def test_text_is_read(content: str, text: str) -> None:
    assert parse(document(f'<p begin="1s" end="2s">{content}</p>')).cues[0].text == text


def test_spaces_are_kept_where_the_document_wants_it() -> None:
    text = document('<p begin="1s" end="2s">a  b</p>', root='xml:space="preserve"')
    assert parse(text).cues[0].text == "a  b"


def test_older_namespaces_prefixes_and_declared_encodings_are_read() -> None:
    text = (
        '<?xml version="1.0" encoding="GBK"?><tt:tt xmlns:tt="http://www.w3.org/2006/10/ttaf1"><tt:body><tt:div>'
        '<tt:p begin="1s" end="2s">一<tt:br/>二</tt:p></tt:div></tt:body></tt:tt>'
    )
    transcript = parse(text)
    assert transcript.cues[0].text == "一\n二"
    assert '<tt:p begin="00:00:01.000" end="00:00:02.000">一<tt:br/>二</tt:p>' in render(transcript)


def test_paragraphs_of_several_regions_keep_theirs() -> None:
    text = (
        f'<tt {NAMESPACE}><body><div region="a"><p begin="1s" end="2s">一</p></div>'
        '<div region="b"><p begin="2s" end="3s">二</p><p begin="3s" end="4s" region="c">三</p></div></body></tt>'
    )
    assert [cue.get("ttml.attributes") for cue in parse(text).cues] == [None, ' region="b"', ' region="c"']


def test_tags_of_another_document_are_left_out() -> None:
    cues = parse(sample("ttml")).cues
    root = ElementTree.fromstring(render(Transcript("", cues, language="zh")))
    assert ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/ns/ttml}p")] == [
        "聚生 & 智能x < y",
        "红",
        "一半红 R&D",
    ]


@pytest.mark.parametrize("text", ["<tt/>", "<tt><body/></tt>", "<tt><head/><body><div/></body></tt>"])
def test_a_document_without_paragraphs(text: str) -> None:
    transcript = parse(text)
    assert transcript.cues == ()
    assert parse(render(replace(transcript, cues=(Cue(0, 1000, "一"),)))).cues[0].text == "一"


def test_times_that_are_missing_are_reported(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        parse(document('<p begin="1s" end="2s">一</p>\n<p>二</p>'), "talk.ttml")
    assert caplog.messages == ["talk.ttml:4: no times; shown between its neighbours"]


BOMB = "<!DOCTYPE tt [<!ENTITY a 'aaaaaaaaaa'>{}]><tt>&j;</tt>".format(
    "".join(f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefghi", "bcdefghij", strict=True))
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "talk.ttml:1: not XML: no element found"),
        ("\n\n<tt>\n<p>", "talk.ttml:4: not XML: no element found"),
        ("<tt>\n<b></p></tt>", "talk.ttml:2: not XML: mismatched tag"),
        ("<html/>", "talk.ttml:1: not TTML: the document is a <html>"),
        (document('\n<p begin="soon">一</p>'), "talk.ttml:4: not a time, 'soon'"),
        (document('<p begin="1s">一</p>', div='timeContainer="seq"'), "talk.ttml:3: timeContainer 'seq' is not supp"),
        (document("", root='frameRate="fast"'), "talk.ttml:1: frameRate, its multiplier or tickRate is no number"),
        (document("", root='frameRate="25" frameRateMultiplier="1 0"'), "talk.ttml:1: frameRate, its multiplier"),
    ],
)
def test_what_is_faulty_is_one_error_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(text, "talk.ttml")
    assert str(caught.value).startswith(problem)


def test_a_document_that_blows_itself_up_is_refused() -> None:
    with pytest.raises(FormatError, match="not XML"):
        parse(BOMB)
