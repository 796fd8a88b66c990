"""A vocabulary in Whisper's layout of which only what is needed is used: a token a Chinese character, parts of English.

Whisper's own has 50,257 tokens of text, and CTranslate2 takes a model for multilingual by that layout. Here the first
few thousand are ours and the rest is filler that is never said, so a character is one token and the tokenizer small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from faster_whisper.tokenizer import _LANGUAGE_CODES
from pypinyin import Style, lazy_pinyin
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

TEXT_TOKENS = 50_257
STAMPS = 1_501
"""Time stamps, 20 ms apart."""

ENGLISH_PARTS = 2_600
PUNCTUATION = "，。？！、；：“”（）《》·"
LANGUAGES = _LANGUAGE_CODES[:99]
TASKS = ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")
MARKS = ("endoftext", "startoftranscript", *LANGUAGES, *TASKS)


@dataclass(frozen=True)
class Vocabulary:
    """The tokenizer and the numbers of its special tokens; ``text`` counts the tokens of text that are no filler."""

    tokenizer: Tokenizer
    text: int

    def mark(self, name: str) -> int:
        """The number of ``<|NAME|>``."""
        number: int = self.tokenizer.token_to_id(f"<|{name}|>")
        return number

    @cached_property
    def stamp(self) -> int:
        """The number of ``<|0.00|>``."""
        return self.mark("0.00")

    @cached_property
    def used(self) -> list[int]:
        """The numbers of all tokens that are trained: those of text, some marks, time stamps."""
        marks = ("endoftext", "startoftranscript", "zh", "en", *TASKS)
        return [*range(self.text), *map(self.mark, marks), *range(self.stamp, self.stamp + STAMPS)]

    def encode(self, text: str) -> list[int]:
        """The tokens of a text, without marks."""
        numbers: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return numbers


@dataclass(frozen=True)
class Sounds:
    """The number of every token's syllable, without and with tone; 0 for tokens that are no character.

    ``heard`` numbers what a frame of sound can be: a syllable with its tone or a part of an English word; 0 for tokens
    without a sound, as commas are.
    """

    syllables: list[int]
    toned: list[int]
    heard: list[int]


def token_sounds(vocabulary: Vocabulary) -> Sounds:
    """What every trained token sounds like, in the order in which they are trained."""
    syllables, toned, heard = {"": 0}, {"": 0}, {"": 0}
    numbers: tuple[list[int], list[int], list[int]] = ([], [], [])
    for token in vocabulary.used:
        text = vocabulary.tokenizer.decode([token])
        spoken = text if len(text) == 1 and "\u4e00" <= text <= "\u9fff" else ""
        plain = lazy_pinyin(spoken)[0] if spoken else ""
        full = lazy_pinyin(spoken, style=Style.TONE3)[0] if spoken else ""
        numbers[0].append(syllables.setdefault(plain, len(syllables)))
        numbers[1].append(toned.setdefault(full, len(toned)))
        sound = full or (text.strip() if text.isascii() and any(map(str.isalnum, text)) else "")
        numbers[2].append(heard.setdefault(sound, len(heard)))
    return Sounds(*numbers)


def make_vocabulary(texts: Iterable[str]) -> Vocabulary:
    """A vocabulary for these texts: the characters of GB 2312's first level and theirs, and parts of their English."""
    listed = list(texts)
    characters = sorted(
        {*_common_characters(), *PUNCTUATION, *(letter for text in listed for letter in text if ord(letter) > 127)}
    )
    tokens, merges = _english(listed)
    for character in characters:
        spelled = _visible(character)
        for length in range(2, len(spelled) + 1):
            if spelled[:length] not in tokens:
                tokens.append(spelled[:length])
                merges.append((spelled[: length - 1], spelled[length - 1]))
    return assemble(tokens, merges)


def assemble(tokens: list[str], merges: list[tuple[str, str]]) -> Vocabulary:
    """Whisper's layout around some tokens of text."""
    filler = [f"~{number:x}" for number in range(TEXT_TOKENS - 1 - len(tokens))]
    # CTranslate2 4.8 takes a model for multilingual only if its last token of text is empty, as it is in Whisper's.
    numbered = {token: number for number, token in enumerate([*tokens, *filler, ""])}
    tokenizer = Tokenizer(models.BPE(vocab=numbered, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(f"<|{mark}|>", special=True, normalized=False) for mark in MARKS])
    tokenizer.add_tokens([AddedToken(f"<|{step * 0.02:.2f}|>", normalized=False) for step in range(STAMPS)])
    return Vocabulary(tokenizer, len(tokens))


def _english(texts: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """All single bytes, and the parts of words that the English of the texts is best spelt with."""
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=ENGLISH_PARTS, initial_alphabet=alphabet, show_progress=False)
    trained.train_from_iterator([text for text in texts if text.isascii()], trainer)
    numbered = sorted(trained.get_vocab().items(), key=lambda entry: entry[1])
    tokens = [token for token, _ in numbered]
    return tokens, list(_merges(tokens))


def _merges(tokens: list[str]) -> Iterator[tuple[str, str]]:
    """The two parts that each token was made of, in their order."""
    known = set()
    for token in tokens:
        if len(token) > 1:
            yield next(
                (token[:cut], token[cut:])
                for cut in range(1, len(token))
                if token[:cut] in known and token[cut:] in known
            )
        known.add(token)


def _visible(character: str) -> str:
    return pre_tokenizers.ByteLevel(add_prefix_space=False).pre_tokenize_str(character)[0][0]


def _common_characters() -> list[str]:
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [letter for code in codes if (letter := code.decode("gb2312", "ignore"))]
