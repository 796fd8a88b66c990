"""Translation models that translate word by word, made of arithmetic alone: they run in the real CTranslate2.

A token is a random vector; where it stands is a sum of waves. The decoder looks at the place in the source where it is
itself, takes the token there, and says the word that the dictionary has for it. Nothing is trained.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from ctranslate2.specs import TransformerSpec

CONTENT, PLACE = 48, 16
WIDTH = CONTENT + PLACE
LENGTH = 64
END = "</s>"


def make_translation_folder(
    folder: Path, words: dict[str, str], *, layout: str = "opus", codes: Sequence[str] = ()
) -> Path:
    """Write a model for ``words`` (one token of each side) into ``folder``; words of the target stay as they are.

    ``layout`` is ``opus`` (two sentencepiece files) or ``many`` (one, and the languages ``codes``).
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = {word: word for word in words.values()}
    pairs = {f"▁{source}": f"▁{target}" for source, target in {**known, **words}.items()}
    tokens = ["<unk>", "<s>", END, *codes, *dict.fromkeys([*pairs, *pairs.values()])]
    says = {END: END, **{code: code for code in codes}, **pairs}
    spec = _spec(tokens, says)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.decoder_start_token = END
    spec.config.add_source_eos = False
    spec.validate()
    spec.optimize("float32")
    spec.save(str(folder))
    texts = [*{**known, **words}]
    for name in ("source.spm", "target.spm") if layout == "opus" else ("sentencepiece.bpe.model",):
        (folder / name).write_bytes(_sentencepiece(texts))
    return folder


def _sentencepiece(words: Sequence[str]) -> bytes:
    """A sentencepiece model of whole words, split at spaces."""
    from sentencepiece import SentencePieceTrainer

    made = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(words)] * 2),
        model_writer=made,
        model_type="word",
        vocab_size=len(set(words)) + 3,
        minloglevel=2,
    )
    return made.getvalue()


def _spec(tokens: Sequence[str], says: dict[str, str]) -> TransformerSpec:
    rng = np.random.default_rng(0)
    spec = TransformerSpec.from_config(1, 1, pre_norm=True, no_final_norm=True)
    vectors = np.sign(rng.normal(size=(len(tokens), CONTENT)))
    embeddings = np.zeros((len(tokens), WIDTH))
    embeddings[:, :CONTENT] = vectors
    places = np.zeros((LENGTH, WIDTH))
    places[:, CONTENT:] = _waves(np.arange(LENGTH))
    for side, table in ((spec.encoder, embeddings), (spec.decoder, np.zeros_like(embeddings))):
        entry = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        entry.weight = _floats(table)
        side.scale_embeddings = np.dtype("int8").type(0)
        side.position_encodings.encodings = _floats(places)
        _fill_layer(side.layer[0])
    _fill_attention(spec.decoder.layer[0].attention)
    weight = np.zeros((len(tokens), WIDTH))
    for source, target in says.items():
        weight[tokens.index(target), :CONTENT] += vectors[tokens.index(source)]
    spec.decoder.projection.weight = _floats(weight)
    spec.decoder.projection.bias = _floats(np.where(weight.any(axis=1), 0.0, -100.0))
    return spec


def _fill_attention(attention: object) -> None:
    """Looks where it is itself, brings what stands there."""
    _fill_norm(attention.layer_norm)
    look = np.zeros((WIDTH, WIDTH))
    look[CONTENT:, CONTENT:] = np.eye(PLACE) * 8
    bring = np.zeros((WIDTH, WIDTH))
    bring[:CONTENT, :CONTENT] = np.eye(CONTENT)
    weights = (look, np.concatenate([look, bring]), np.eye(WIDTH))
    for linear, weight in zip(attention.linear, weights, strict=True):
        linear.weight, linear.bias = _floats(weight), _floats(np.zeros(len(weight)))


def _fill_layer(layer: object) -> None:
    """Self-attention and feed-forward that add nothing."""
    _fill_norm(layer.self_attention.layer_norm)
    _fill_norm(layer.ffn.layer_norm)
    pairs = [(layer.self_attention.linear[0], 3 * WIDTH), (layer.self_attention.linear[1], WIDTH)]
    pairs += [(layer.ffn.linear_0, WIDTH), (layer.ffn.linear_1, WIDTH)]
    for linear, rows in pairs:
        linear.weight, linear.bias = _floats(np.zeros((rows, WIDTH))), _floats(np.zeros(rows))


def _fill_norm(norm: object) -> None:
    norm.gamma, norm.beta = _floats(np.ones(WIDTH)), _floats(np.zeros(WIDTH))


def _waves(places: np.ndarray) -> np.ndarray:
    angles = np.outer(places, 2 * np.pi / np.geomspace(3, 2 * LENGTH, PLACE // 2))
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


def _floats(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, dtype=np.float32)
