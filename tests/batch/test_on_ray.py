"""Workers on Ray: against a stand-in for it, and, where it is installed, on a real cluster of two nodes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import toolkit.batch.on_ray as on_ray
from toolkit.batch.conduct import Conduct, conduct
from toolkit.batch.crew import Post
from toolkit.batch.events import Event
from toolkit.batch.executors import Executor, Setup, load_executor
from toolkit.batch.local import start as start_local
from toolkit.batch.manifest import open_manifest
from toolkit.batch.plan import plan_batch
from toolkit.errors import BackendError, MissingExtra
from toolkit.jobs import plan_job
from toolkit.profile import Profile, with_values

PROFILE = with_values(Profile(), {"recogniser": "crowd:load", "builtin_lexicons": False, "segment": False})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Lost(Exception):
    """What the stand-in raises for an actor that is gone."""


class StandIn:
    """Ray in one process: an actor's method runs when it is called, and its answer waits under a reference."""

    def __init__(self, cpus: float = 8, gpus: float = 0) -> None:
        self.resources = {"CPU": cpus, "GPU": gpus}
        self.exceptions = SimpleNamespace(RayError=Lost)
        self.answers: dict[object, Callable[[], Any]] = {}
        self.asked: list[dict[str, Any]] = []
        self.deaths: list[str] = []
        self.killed = 0

    def cluster_resources(self) -> dict[str, float]:
        return self.resources

    def remote(self, kind: type) -> Any:
        def options(**asked: Any) -> Any:
            self.asked.append(asked)
            return SimpleNamespace(remote=lambda *arguments: self._handle(kind, arguments))

        return SimpleNamespace(options=options)

    def wait(self, references: list[object], timeout: float) -> tuple[list[object], list[object]]:  # noqa: ARG002
        return references[:1], references[1:]

    def get(self, reference: object) -> Any:
        return self.answers.pop(reference)()

    def kill(self, handle: object) -> None:  # noqa: ARG002
        self.killed += 1

    def _handle(self, kind: type, arguments: tuple[Any, ...]) -> Any:
        hand: list[Any] = []

        def method(name: str) -> Any:
            def remote(*given: Any) -> object:
                reference = object()
                self.answers[reference] = lambda: self._do(kind, arguments, hand, (name, given))
                return reference

            return SimpleNamespace(remote=remote)

        return SimpleNamespace(**{name: method(name) for name in ("ready", "work", "look", "stop")})

    def _do(self, kind: type, arguments: tuple[Any, ...], hand: list[Any], call: tuple[str, Any]) -> Any:
        if call[0] in self.deaths:
            self.deaths.remove(call[0])
            raise Lost("the node was lost\nand more")
        if not hand:
            hand.append(kind(*arguments))
        return getattr(hand[0], call[0])(*call[1])


def files(contents: dict[str, str], out: str = "out/") -> dict[str, Any]:
    for name, content in contents.items():
        Path(name).write_text(content, encoding="utf-8")
    return {name: plan_job(Path(name), PROFILE, out=out) for name in contents}


def go(executor: Executor, work: dict[str, Any], run_dir: str = "run") -> tuple[Conduct, list[Event]]:
    events: list[Event] = []
    with open_manifest(Path(run_dir)) as manifest:
        return conduct(plan_batch(work, PROFILE, {}), executor, manifest, events.append), events


def states(went: Conduct) -> dict[str, str]:
    return {outcome.label: outcome.state for outcome in went.outcomes}


def test_all_is_done_and_failures_are_told() -> None:
    went, events = go(on_ray.RayExecutor(StandIn(), Setup(PROFILE, ())), files({"a.mp4": "say 一", "b.mp4": "junk"}))
    assert states(went) == {"a.mp4": "done", "b.mp4": "failed"}
    assert {event.worker for event in events if event.kind == "worker.start"} == {"ray 0", "ray 1"}


def test_a_lost_node_is_no_lost_input() -> None:
    ray = StandIn()
    ray.deaths = ["work"]
    went, events = go(on_ray.RayExecutor(ray, Setup(PROFILE, ())), files({"a.mp4": "say 一"}))
    assert states(went) == {"a.mp4": "done"}
    assert went.outcomes[0].tries == 2
    (lost,) = (event for event in events if event.kind == "worker.lost")
    assert (lost.label, lost.facts["reason"]) == ("a.mp4", "the node was lost")


def test_actors_that_die_as_they_start_end_it() -> None:
    ray = StandIn()
    ray.deaths = ["ready"] * 9
    went, _ = go(on_ray.RayExecutor(ray, Setup(PROFILE, ())), files({"a.mp4": "say 一"}))
    assert isinstance(went.error, BackendError)
    assert "actors end as they start" in went.error.problem


@pytest.mark.parametrize(
    ("cpus", "gpus", "workers", "asked"),
    [(64, 8, 0, (8, 8, 1)), (64, 8, 3, (3, 21, 1)), (64, 0, 0, (16, 4, 0)), (2, 0, 2, (2, 1, 0)), (2, 0, 0, (1, 2, 0))],
)
def test_each_actor_has_its_share_of_the_cluster(
    cpus: int, gpus: int, workers: int, asked: tuple[int, int, int]
) -> None:
    ray = StandIn(cpus, gpus)
    on_ray.RayExecutor(ray, Setup(PROFILE, (), workers=workers))
    assert len(ray.asked) == asked[0]
    assert {(each["num_cpus"], each["num_gpus"]) for each in ray.asked} == {asked[1:]}


def test_who_is_asked_how_far_it_is_tells_what_happened() -> None:
    Path("a.mp4").write_text("say 一|二", encoding="utf-8")
    hand = on_ray.Hand(PROFILE, Post("ray 0"), str(Path.cwd()))
    plan = plan_batch({"a.mp4": plan_job(Path("a.mp4"), PROFILE, out="out/")}, PROFILE, {})
    assert hand.work(plan.todo[0]).kind == "input.done"
    assert {event.facts["stage"] for event in hand.look()} == {"transcribe", "correct", "segment", "write"}
    assert hand.look() == []


def test_who_is_asked_to_stop_keeps_what_was_heard() -> None:
    Path("a.mp4").write_text("slow " + "|".join("一二三四五六七八九十"), encoding="utf-8")
    hand = on_ray.Hand(PROFILE, Post("ray 0"), str(Path.cwd()))
    plan = plan_batch({"a.mp4": plan_job(Path("a.mp4"), PROFILE, out="out/")}, PROFILE, {})
    hand.stop()
    assert hand.work(plan.todo[0]).kind == "input.stopped"
    assert not Path("out/a.srt").exists()


def test_without_ray_the_install_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"zimu-toolkit\[ray\]"), load_executor("ray")(Setup(PROFILE, ())):
        pass


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A real cluster of two nodes on this machine, a core each."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'zimu-toolkit[ray]'")
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": 80_000_000}
    try:
        made = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    except Exception as error:
        pytest.skip(f"no cluster came up on this machine: {error}")
    made.second = made.add_node(**node)
    yield made
    made.shutdown()


@pytest.mark.filterwarnings("ignore")
def test_a_node_killed_in_the_middle_changes_nothing(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parent.parent)])
    contents = {f"{number}.mp4": "slow " + "|".join("一二三四五六七八九十" * 4) for number in range(4)}
    contents |= {"junk.mp4": "junk", "闭幕式🎉.mp4": "say 一|二"}
    setup = Setup(PROFILE, (Post("cpu 0"),), cluster.address, 2)
    seen: list[Event] = []
    killed: list[str] = []

    def listen(event: Event) -> None:
        seen.append(event)
        both = sum(each.kind == "worker.start" for each in seen) >= 2
        if both and not killed and event.kind == "input.progress" and event.facts["done"] >= 2000:
            killed.append(event.label)
            cluster.remove_node(cluster.second, allow_graceful=False)

    with open_manifest(Path("run")) as manifest, on_ray.start(setup) as executor:
        went = conduct(plan_batch(files(contents), PROFILE, {}), executor, manifest, listen)
    assert killed
    assert states(went) == {name: "failed" if name == "junk.mp4" else "done" for name in contents}
    assert any(event.kind == "worker.lost" for event in seen)
    ours = {path.name: path.read_bytes() for path in Path("out").glob("*.srt")}
    with start_local(setup) as executor:
        go(executor, files(contents, out="local/"), "run-local")
    assert ours == {path.name: path.read_bytes() for path in Path("local").glob("*.srt")}
    assert len(ours) == 5
