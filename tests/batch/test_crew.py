"""Who does the work: a worker for each GPU, or a few on the CPU with its threads divided."""

from __future__ import annotations

import pytest

import toolkit.batch.crew as crew
from toolkit.batch.crew import Post, share_out
from toolkit.profile import Profile, TranscribeOptions
from toolkit.transcribe.cuda import Cuda

AUTO, CPU = TranscribeOptions(), TranscribeOptions(device="cpu")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen cores and four GPUs."""
    monkeypatch.setattr(crew, "count_cores", lambda: 16)
    monkeypatch.setattr(crew, "find_cuda", lambda: Cuda((frozenset({"float16"}),) * 4))


def threads(posts: tuple[Post, ...]) -> list[object]:
    return [dict(post.options)["cpu_threads"] for post in posts]


@pytest.mark.parametrize(
    ("workers", "tasks", "divided"),
    [(0, 0, [4] * 4), (2, 0, [8, 8]), (3, 0, [5] * 3), (1, 0, [16]), (0, 1, [16]), (8, 2, [8, 8]), (40, 0, [1] * 40)],
)
def test_the_threads_of_the_cpu_are_divided(workers: int, tasks: int, divided: list[int]) -> None:
    assert threads(share_out(CPU, workers, tasks=tasks)) == divided


def test_a_number_of_threads_that_was_asked_for_stays() -> None:
    assert threads(share_out(TranscribeOptions(device="cpu", cpu_threads=3), 2)) == [3, 3]


def test_each_gpu_has_a_worker() -> None:
    posts = share_out(AUTO)
    assert [post.name for post in posts] == ["gpu 0", "gpu 1", "gpu 2", "gpu 3"]
    assert [post.own(Profile()).transcribe.device_index for post in posts] == [(0,), (1,), (2,), (3,)]
    assert threads(posts) == [4] * 4


def test_gpus_that_were_named_are_the_only_ones() -> None:
    posts = share_out(TranscribeOptions(device_index=(1, 3)))
    assert [post.name for post in posts] == ["gpu 1", "gpu 3"]


def test_more_workers_than_gpus_share_them() -> None:
    assert [post.name for post in share_out(TranscribeOptions(device_index=(2, 3)), 3)] == [
        "gpu 2",
        "gpu 3",
        "gpu 2 (2)",
    ]


def test_fewer_tasks_than_gpus_need_no_more_workers() -> None:
    assert len(share_out(AUTO, tasks=2)) == 2


def test_where_cuda_has_a_problem_the_cpu_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "find_cuda", lambda: Cuda(problem="the driver is too old"))
    assert [post.name for post in share_out(AUTO, 2)] == ["cpu 0", "cpu 1"]


def test_no_driver_is_asked_where_no_gpu_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "find_cuda", pytest.fail)
    assert len(share_out(CPU, 2)) == len(share_out(TranscribeOptions(recogniser="replay"), 2)) == 2
