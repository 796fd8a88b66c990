"""A Whisper model of random weights, made on the spot: it follows the sound, and what it hears is noise.

It has the shape that CTranslate2 and faster-whisper expect of a real one: a full multilingual vocabulary, a tokenizer,
alignment heads, 80 or 128 mel bands. Three things are wired by hand so that it behaves like a model that was trained:
its attention walks through the sound at an even pace, the time stamps that it writes follow that walk, and it ends
after 30 seconds. Which word it writes depends, through random weights, on the sound at that place.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from ctranslate2.specs.whisper_spec import WhisperConfig, WhisperSpec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

TEXT_TOKENS = 50257
PLACE, CONTENT = 18, 46
"""Dimensions that say where in the sound the model is (16 waves, a beat, an end), and those that say what is there."""
WIDTH = PLACE + CONTENT
HEADS = 4
PACE = 25
"""Frames of 20 ms that the model walks on with every token."""
SHARPNESS = 8.0
"""How much the sound says about the word; the less, the less sure the model is of any."""
SENTENCE = 8
"""Tokens from one pair of time stamps to the next."""
WORDS = (
    *("今天", "会议", "我们", "机器人", "模型", "智能", "未来", "大家", "数据", "开放", "人工", "平台", "研究", "城市"),
    *("技术", "发布", "感谢", "时代", "世界", "学习", "的", "了", "是", "，", "。"),
    *(" AI", " model", " open", " data", " robot", " we", " hello"),
)
"""All that the model ever says; with the space before it, as Whisper spells English."""


def make_whisper_folder(
    folder: Path, *, mels: int = 80, words: tuple[str, ...] = WORDS, multilingual: bool = True
) -> Path:
    """Write a model that says nothing but ``words`` into ``folder``; with few of them it repeats itself."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(words, 100 if mels == 128 else 99, multilingual=multilingual)
    tokenizer.save(str(folder / "tokenizer.json"))
    feature = {"feature_size": mels, "sampling_rate": 16000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(feature), encoding="utf-8")
    spec = _spec(tokenizer, len(words), mels, np.random.default_rng(0))
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))
    return folder


def _tokenizer(words: tuple[str, ...], languages: int, *, multilingual: bool) -> Tokenizer:
    """Whisper's layout: 50,257 tokens of text, then the special ones, then 1,501 time stamps."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    spelled = [pre_tokenizers.ByteLevel(add_prefix_space=False).pre_tokenize_str(word)[0][0] for word in words]
    filler = [f"y{number}" for number in range(TEXT_TOKENS - 1 - len(letters) - len(spelled))]
    # CTranslate2 4.8 takes a model for multilingual only if its last token of text is empty, as it is in Whisper's.
    filler.append("" if multilingual else "last")
    vocabulary = {token: index for index, token in enumerate([*letters, *spelled, *filler])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    marks = ["endoftext", "startoftranscript", *_LANGUAGE_CODES[:languages], "translate", "transcribe"]
    marks += ["startoflm", "startofprev", "nospeech", "notimestamps"]
    tokenizer.add_special_tokens([AddedToken(f"<|{mark}|>", special=True, normalized=False) for mark in marks])
    tokenizer.add_tokens([AddedToken(f"<|{step * 0.02:.2f}|>", normalized=False) for step in range(1501)])
    return tokenizer


def _spec(tokenizer: Tokenizer, words: int, mels: int, rng: np.random.Generator) -> WhisperSpec:
    size = tokenizer.get_vocab_size()
    spec = WhisperSpec(1, HEADS, 1, HEADS)
    spec.register_vocabulary([tokenizer.id_to_token(index) for index in range(size)])
    spec._config = _config(tokenizer)
    _fill_encoder(spec.encoder, mels, rng)
    _fill_decoder(spec.decoder, rng)
    embeddings = np.zeros((size, WIDTH))
    embeddings[:, PLACE:] = rng.normal(size=(size, CONTENT)) / 3
    spec.decoder.embeddings.weight = _floats(embeddings)
    weight, bias = _projection(tokenizer, words, rng)
    spec.decoder.projection.weight = _floats(weight)
    spec.decoder.projection.bias = _floats(bias)
    return spec


def _config(tokenizer: Tokenizer) -> WhisperConfig:
    first, last = (tokenizer.token_to_id(f"<|{mark}|>") for mark in ("startoftranscript", "translate"))
    return WhisperConfig(
        suppress_ids=[],
        suppress_ids_begin=[tokenizer.token_to_id("<|endoftext|>")],
        lang_ids=list(range(first + 1, last)),
        alignment_heads=[(0, 0)],
    )


def _projection(tokenizer: Tokenizer, words: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Only a few words are ever said; time stamps are wanted on the beat, where the attention is; the rest never."""
    size = tokenizer.get_vocab_size()
    stamps = tokenizer.token_to_id("<|0.00|>")
    weight, bias = np.zeros((size, WIDTH)), np.full(size, -40.0)
    said = slice(256, 256 + words)
    weight[said] = rng.normal(size=(words, WIDTH)) * SHARPNESS / np.sqrt(WIDTH)
    weight[said, PLACE - 2 : PLACE] = 0
    bias[said] = 0
    weight[stamps:, : PLACE - 2] = _waves(np.arange(1501)) * 4
    weight[stamps:, PLACE - 2] = 16.0
    bias[stamps:] = -20.0
    end = tokenizer.token_to_id("<|endoftext|>")
    weight[end, PLACE - 1], bias[end] = 40.0, -20.0
    for code, wanted in (("zh", 0.0), ("en", -1.0)):
        language = tokenizer.token_to_id(f"<|{code}|>")
        weight[language, PLACE:], bias[language] = rng.normal(size=CONTENT) / 3, wanted
    return weight, bias


def _fill_encoder(spec: object, mels: int, rng: np.random.Generator) -> None:
    spec.conv1.weight, spec.conv1.bias = _content(rng, (WIDTH, mels, 3), mels), _floats(np.zeros(WIDTH))
    spec.conv2.weight, spec.conv2.bias = _content(rng, (WIDTH, WIDTH, 3), WIDTH / 8), _floats(np.zeros(WIDTH))
    places = np.zeros((1500, WIDTH))
    places[:, : PLACE - 2] = _waves(np.arange(1500)) * 4
    spec.position_encodings.encodings = _floats(places)
    _fill_norm(spec.layer_norm)
    _fill_layer(spec.layer[0], rng)


def _fill_decoder(spec: object, rng: np.random.Generator) -> None:
    steps = np.arange(448) % (1600 // PACE)  # a long prompt comes first and must not push the walk out of the sound
    places = np.zeros((448, WIDTH))
    places[:, : PLACE - 2] = _waves(steps * PACE) * 4
    places[:, PLACE - 2] = np.where(steps % SENTENCE < 2, 6.0, -6.0)
    places[:, PLACE - 1] = np.where(steps * PACE > 1500, 6.0, -6.0)
    spec.position_encodings.encodings = _floats(places)
    _fill_norm(spec.layer_norm)
    _fill_layer(spec.layer[0], rng)
    attention = spec.layer[0].attention
    _fill_norm(attention.layer_norm)
    look = np.zeros((WIDTH, WIDTH))
    look[: PLACE - 2, : PLACE - 2] = np.eye(PLACE - 2) * 4
    keys_and_values = np.concatenate([look, _content(rng, (WIDTH, WIDTH), CONTENT, everywhere=True)])
    for linear, weight in zip(attention.linear, (look, keys_and_values, _content(rng, (WIDTH, WIDTH), 4)), strict=True):
        linear.weight, linear.bias = _floats(weight), _floats(np.zeros(len(weight)))


def _fill_layer(spec: object, rng: np.random.Generator) -> None:
    """Self-attention and feed-forward of random weights that leave the place alone."""
    _fill_norm(spec.self_attention.layer_norm)
    _fill_norm(spec.ffn.layer_norm)
    wide = _content(rng, (3 * WIDTH, WIDTH), CONTENT, everywhere=True)
    pairs = [(spec.self_attention.linear[0], wide), (spec.self_attention.linear[1], _content(rng, (WIDTH, WIDTH), 64))]
    pairs += [(spec.ffn.linear_0, _content(rng, (WIDTH, WIDTH), CONTENT, everywhere=True))]
    pairs += [(spec.ffn.linear_1, _content(rng, (WIDTH, WIDTH), 64))]
    for linear, weight in pairs:
        linear.weight, linear.bias = weight, _floats(np.zeros(len(weight)))


def _fill_norm(spec: object) -> None:
    spec.gamma, spec.beta = _floats(np.ones(WIDTH)), _floats(np.zeros(WIDTH))


def _content(rng: np.random.Generator, shape: tuple[int, ...], scale: float, *, everywhere: bool = False) -> np.ndarray:
    """Random weights; unless ``everywhere``, they write nothing into the dimensions of the place."""
    weight = rng.normal(size=shape) / np.sqrt(scale)
    if not everywhere:
        weight[:PLACE] = 0
    return _floats(weight)


def _waves(frames: np.ndarray) -> np.ndarray:
    """Where a frame is, as 8 pairs of sine and cosine from fine to coarse."""
    angles = np.outer(frames, 2 * np.pi / np.geomspace(60, 6000, 8))
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def _floats(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, dtype=np.float32)
