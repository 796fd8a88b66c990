"""Who does the work of a batch: a post for each GPU, or a few that share the cores of the CPU."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.profile import Profile, TranscribeOptions, with_values
from toolkit.transcribe.cuda import find_cuda
from toolkit.transcribe.devices import count_cores

CORES = 4
"""Cores for one worker where nobody says how many there are to be: Whisper gains little from more."""


@dataclass(frozen=True)
class Post:
    """A place for one worker: what it is called, and the options that are its own."""

    name: str
    options: tuple[tuple[str, object], ...] = ()

    def own(self, profile: Profile) -> Profile:
        """The profile for the worker at this post.

        >>> Post("cpu 0", (("cpu_threads", 2),)).own(Profile()).transcribe.cpu_threads
        2
        """
        return with_values(profile, dict(self.options))


def share_out(options: TranscribeOptions, workers: int = 0, *, tasks: int = 0) -> tuple[Post, ...]:
    """The posts of this machine: one for each GPU in use, or ``workers`` on the CPU, its threads divided among them.

    Without a number there is one for every four cores; never are there more than ``tasks``, where that is known. More
    workers than GPUs share them in turn. A number of threads or of GPUs that was asked for stays.

    >>> [dict(post.options) for post in share_out(TranscribeOptions(device="cpu", cpu_threads=3), 2)]
    [{'cpu_threads': 3}, {'cpu_threads': 3}]
    """
    gpus = _gpus(options)
    cores = count_cores()
    workers = min(workers or len(gpus) or max(1, cores // CORES), tasks or workers or cores + len(gpus))
    if gpus:
        chosen = [gpus[number % len(gpus)] for number in range(workers)]
        return tuple(Post(_gpu_name(number, gpu, len(gpus)), _on(gpu, gpus)) for number, gpu in enumerate(chosen))
    threads = options.cpu_threads or max(1, cores // workers)
    return tuple(Post(f"cpu {number}", (("cpu_threads", threads),)) for number in range(workers))


def _gpus(options: TranscribeOptions) -> tuple[int, ...]:
    """The GPUs to use: those named, or all, where there are any and the CPU was not asked for."""
    if options.device == "cpu" or options.recogniser != "whisper":
        return ()
    found = find_cuda()
    if found.problem:
        return ()
    named = options.device_index if options.device_index != TranscribeOptions().device_index else ()
    return tuple(dict.fromkeys(named)) or tuple(range(len(found.compute_types)))


def _on(gpu: int, gpus: tuple[int, ...]) -> tuple[tuple[str, object], ...]:
    """The options of a worker on one of several GPUs: its share of the cores is for what the GPU does not do."""
    return (("device_index", (gpu,)), ("cpu_threads", max(1, count_cores() // len(gpus))))


def _gpu_name(number: int, gpu: int, gpus: int) -> str:
    return f"gpu {gpu}" if number < gpus else f"gpu {gpu} ({number // gpus + 1})"
