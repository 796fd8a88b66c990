"""A checkpoint becomes a model that faster-whisper loads: CTranslate2's format, 8-bit integers.

    python models/recipes/export.py FOLDER MODEL

FOLDER is where `train.py` wrote. Needs no library beyond those of the product, and torch to read the checkpoint.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ctranslate2.specs.whisper_spec import WhisperConfig, WhisperSpec
from features import BANDS
from network import Shape, read_shape
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokens import LANGUAGES, Vocabulary
from windows import WINDOW

NEVER = -1e4
"""The bias of tokens that are never said; it fits into 16-bit floats."""

Weights = dict[str, NDArray[np.float32]]


def main() -> None:
    """Write the model's folder."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    document = torch.load(source / "checkpoint.pt", map_location="cpu", weights_only=True)
    listed = json.loads((source / "phonemes.json").read_text(encoding="utf-8"))
    vocabulary = Vocabulary(Tokenizer.from_file(str(source / "tokenizer.json")), listed["text"])
    weights = {name: value.float().numpy() for name, value in document["network"].items()}
    write_model(folder, vocabulary, weights, read_shape(document["shape"]))
    for path in sorted(folder.iterdir()):
        print(f"{path.name:26} {path.stat().st_size:12,}")


def write_model(folder: Path, vocabulary: Vocabulary, weights: Weights, shape: Shape) -> None:
    """The five files that faster-whisper needs."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = WhisperSpec(shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads)
    tokenizer = vocabulary.tokenizer
    spec.register_vocabulary([tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())])
    spec._config = WhisperConfig(
        suppress_ids=[],
        suppress_ids_begin=[],
        lang_ids=[vocabulary.mark(code) for code in LANGUAGES],
        alignment_heads=[list(pair) for pair in shape.guided],
    )
    _fill_encoder(spec.encoder, weights, shape)
    _fill_decoder(spec.decoder, weights, shape, vocabulary)
    spec.validate()
    spec.optimize("int8_float16")
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    feature = {"feature_size": BANDS, "sampling_rate": 16000, "hop_length": 160, "chunk_length": WINDOW, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(feature) + "\n", encoding="utf-8")


def _fill_encoder(spec: Any, weights: Weights, shape: Shape) -> None:
    for name, convolution in (("first", spec.conv1), ("second", spec.conv2)):
        convolution.weight, convolution.bias = weights[f"encoder.{name}.weight"], weights[f"encoder.{name}.bias"]
    spec.position_encodings.encodings = weights["encoder.places"]
    _fill_norm(spec.layer_norm, weights, "encoder.norm")
    for number in range(shape.encoder_layers):
        _fill_layer(spec.layer[number], weights, f"encoder.layers.{number}")


def _fill_decoder(spec: Any, weights: Weights, shape: Shape, vocabulary: Vocabulary) -> None:
    """The embedding with a row for every token of Whisper's layout; those that were not trained are never said."""
    size, used = vocabulary.tokenizer.get_vocab_size(), vocabulary.used
    embedding = np.zeros((size, shape.width), dtype=np.float32)
    embedding[used] = _table(weights)
    bias = np.full(size, NEVER, dtype=np.float32)
    bias[used] = weights["decoder.bias"]
    spec.embeddings.weight = spec.projection.weight = embedding
    spec.projection.bias = bias
    spec.position_encodings.encodings = weights["decoder.places"]
    spec.scale_embeddings = False
    _fill_norm(spec.layer_norm, weights, "decoder.norm")
    for number in range(shape.decoder_layers):
        layer, prefix = spec.layer[number], f"decoder.layers.{number}"
        _fill_layer(layer, weights, prefix)
        _fill_norm(layer.attention.layer_norm, weights, f"{prefix}.cross_norm")
        query, memory, out = layer.attention.linear
        _join(query, weights, f"{prefix}.cross_attention", "query")
        _join(memory, weights, f"{prefix}.cross_attention", "key", "value")
        _join(out, weights, f"{prefix}.cross_attention", "out")


def _table(weights: Weights) -> NDArray[np.float32]:
    """`network.Decoder.table`, in numpy."""
    syllables, toned = weights["decoder.syllable_of"].astype(int), weights["decoder.toned_of"].astype(int)
    sounds = weights["decoder.syllables"][syllables] + weights["decoder.toned"][toned]
    return weights["decoder.embedding.weight"] + sounds * (syllables > 0)[:, None]


def _fill_layer(spec: Any, weights: Weights, prefix: str) -> None:
    _fill_norm(spec.self_attention.layer_norm, weights, f"{prefix}.self_norm")
    _fill_norm(spec.ffn.layer_norm, weights, f"{prefix}.norm")
    _join(spec.self_attention.linear[0], weights, f"{prefix}.self_attention", "query", "key", "value")
    _join(spec.self_attention.linear[1], weights, f"{prefix}.self_attention", "out")
    _join(spec.ffn.linear_0, weights, prefix, "wide")
    _join(spec.ffn.linear_1, weights, prefix, "narrow")


def _join(spec: Any, weights: Weights, prefix: str, *names: str) -> None:
    """One linear of CTranslate2 from those of the network; Whisper's keys have no bias."""
    spec.weight = np.concatenate([weights[f"{prefix}.{name}.weight"] for name in names])
    parts = [weights.get(f"{prefix}.{name}.bias") for name in names]
    spec.bias = np.concatenate(
        [np.zeros(len(spec.weight) // len(names), np.float32) if part is None else part for part in parts]
    )


def _fill_norm(spec: Any, weights: Weights, prefix: str) -> None:
    spec.gamma, spec.beta = weights[f"{prefix}.weight"], weights[f"{prefix}.bias"]


if __name__ == "__main__":
    main()
