"""Whisper's second tries without dice: what is heard depends on the sound alone, so a run can be resumed exactly.

Whisper answers a window that it fails on, mostly by saying one thing over and over, with sampling at rising
temperatures. CTranslate2 seeds its generator once for each thread when a model is loaded: measured with 4.8,
``set_random_seed`` has no effect on a model that has sampled before, not even after ``unload_model``, so the same
sound heard after a resume would read otherwise. Here a repetitive window is decoded again by beam search that may not
repeat itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

TRIES: tuple[dict[str, Any], ...] = (
    {},
    {"no_repeat_ngram_size": 10},
    {"no_repeat_ngram_size": 5, "repetition_penalty": 1.1},
)
"""What each try changes: first nothing, then loops of some length are cut, then short ones."""

Result = tuple[Any, float, float, float]
"""What faster-whisper decodes of a window: tokens, mean log probability, temperature, compression ratio."""

Generate = Callable[[Any, Any, Any, Any], Result]


def steadied(generate: Generate) -> Generate:
    """``WhisperModel.generate_with_fallback`` without sampling; in place of the temperature it tells the try, from 0.

    A try above 0 counts as a high temperature where Whisper decides whether to show its last text to itself.
    """

    def generate_steadily(encoder_output: Any, prompt: Any, tokenizer: Any, options: Any) -> Result:
        results: list[Result] = []
        for number, changes in enumerate(TRIES):
            tried = replace(options, temperatures=[0.0], **changes)
            tokens, log_prob, _, ratio = generate(encoder_output, prompt, tokenizer, tried)
            results.append((tokens, log_prob, float(number), ratio))
            if ratio <= options.compression_ratio_threshold:
                return results[-1]
        return min(results, key=lambda result: result[3])

    return generate_steadily
