"""Workers that die: whose fault it is, when it is nobody's, and when to give up."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from concurrent.futures import BrokenExecutor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Project
from dxassets.api.framing.wanted import drawn_frame
from dxassets.errors import DxassetsError, OutputError, Problem
from dxassets.runners import photo_pool
from dxassets.runners.photo_pool import frame_all
from dxassets.runners.photos import FramedFile, FrameKit, PhotoOutcome, PhotoTask
from tests.photo_support import SMALL

MADE = FramedFile("", "", 0, "center", 0.5, 0.5, 1.0, 1.0)


class Pool:
    """A pool of workers, played: each works in turn when somebody waits; a photo of death kills them all."""

    started = 0
    most_waiting = 0

    def __init__(self, kit: Any) -> None:
        type(self).started += 1
        self._kit = kit
        self._waiting: list[tuple[Future[PhotoOutcome], PhotoTask]] = []
        self._dead = False

    def submit(self, _work: object, task: PhotoTask) -> Future[PhotoOutcome]:
        if self._dead:
            raise BrokenProcessPool("died before")
        future: Future[PhotoOutcome] = Future()
        self._waiting.append((future, task))
        Pool.most_waiting = max(Pool.most_waiting, len(self._waiting))
        future.result = lambda *_: self._result(future)  # type: ignore[method-assign]
        return future

    def work(self) -> None:
        """The oldest order."""
        future, task = self._waiting.pop(0)
        if "chết" in task.name:
            self._dead = True
            for each in (future, *(other for other, _ in self._waiting)):
                each.set_exception(BrokenProcessPool("killed"))
            return
        full = "đầy" in task.name
        problems = (Problem("", "đĩa đầy", "the disk is full"),) if full else ()
        framed = None if full or "hỏng" in task.name else MADE
        future.set_result(PhotoOutcome(task, framed, problems=problems, stops=full))

    def _result(self, future: Future[PhotoOutcome]) -> PhotoOutcome:
        while not future.done():
            self.work()
        return Future.result(future)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> type[Pool]:
    """Workers that need no process."""
    Pool.started = Pool.most_waiting = 0
    pools: list[Pool] = []

    @contextmanager
    def pool(_workers: int, *, prepare: Callable[[], None]) -> Generator[Pool]:
        pools.append(Pool(prepare))
        yield pools[-1]

    def wait(futures: Any, **_: object) -> tuple[set[Any], set[Any]]:
        pools[-1].work()
        return {each for each in futures if each.done()}, {each for each in futures if not each.done()}

    monkeypatch.setattr(photo_pool, "process_pool", pool)
    monkeypatch.setattr(photo_pool, "wait", wait)
    return Pool


def framed(names: str, *, workers: int = 2) -> dict[str, bool]:
    """Photos by name, and whether each was made; in the order in which they were told."""
    told: dict[str, bool] = {}

    def note(outcome: PhotoOutcome) -> None:
        assert outcome.task.name not in told, "told once"
        told[outcome.task.name] = outcome.framed is not None

    tasks = [PhotoTask(Path(name), name, Path("out"), name) for name in names.split()]
    kit: FrameKit = None  # type: ignore[assignment]
    try:
        frame_all(tasks, kit, workers=workers, observe=note)
    except DxassetsError as error:
        error.add_note(" ".join(told))
        raise
    return told


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize("names", ["chết1", "chết1 chết2", "chết1 hỏng1 chết2", "hỏng1 chết1 hỏng2 chết2"])
def test_one_or_two_photos_that_kill_are_told_and_nothing_is_given_up(names: str) -> None:
    assert framed(names) == dict.fromkeys(names.split(), False)


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize("count", [3, 4, 9])
def test_when_three_die_and_nothing_at_all_is_made_it_is_given_up(count: int) -> None:
    with pytest.raises(DxassetsError, match="run again with --jobs 1") as caught:
        framed(" ".join(f"chết{at}" for at in range(count)))
    assert caught.value.problems[0].where == "--jobs"
    assert len(caught.value.__notes__[0].split()) == 2, "the first two were told as their own fault"
    assert isinstance(caught.value.__cause__, BrokenExecutor)


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize(
    "names",
    ["tốt chết1 chết2 chết3 chết4", "chết1 tốt chết2 chết3 chết4 chết5", "chết1 chết2 tốt chết3 chết4"],
)
def test_one_result_shows_that_it_is_the_photos_fault(names: str) -> None:
    assert framed(names) == {name: name == "tốt" for name in names.split()}


@pytest.mark.usefixtures("played")
def test_a_photo_that_is_broken_but_kills_nobody_is_no_result() -> None:
    with pytest.raises(DxassetsError, match="--jobs 1"):
        framed("hỏng1 hỏng2 hỏng3 hỏng4 hỏng5 chết1 chết2 chết3")


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_who_only_stood_beside_a_photo_that_kills_is_made(played: type[Pool], workers: int) -> None:
    names = " ".join([*(f"a{at}" for at in range(9)), "chết", *(f"b{at}" for at in range(9))])
    told = framed(names, workers=workers)
    assert [name for name, made in told.items() if not made] == ["chết"]
    assert set(told) == set(names.split())
    assert played.started <= 4, "a pool, one beside it for the suspects, again, and a pool for the rest"


@pytest.mark.parametrize("workers", [2, 3, 5])
def test_two_photos_wait_for_each_worker_and_no_more(played: type[Pool], workers: int) -> None:
    """A folder may hold thousands; what waits lies in memory, and is suspect when a worker dies."""
    framed(" ".join(f"a{at}" for at in range(30)), workers=workers)
    assert played.most_waiting == 2 * workers


@pytest.mark.usefixtures("played")
def test_a_full_disk_stops_all_at_once() -> None:
    with pytest.raises(OutputError, match="the disk is full") as caught:
        framed("a1 đầy " + " ".join(f"b{at}" for at in range(30)), workers=2)
    assert not isinstance(caught.value.__cause__, BrokenExecutor)


class Deadly:
    """Something that kills the process that unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


@pytest.mark.slow
def test_real_processes_that_all_die_are_given_up(project: Project, tmp_path: Path) -> None:
    paths: list[Any] = [Deadly() for _ in range(3)]
    tasks = [PhotoTask(path, f"{at}.jpg", tmp_path / "out", f"{at}.jpg") for at, path in enumerate(paths)]
    told: list[PhotoOutcome] = []
    with pytest.raises(DxassetsError, match="all workers were killed"):
        frame_all(tasks, drawn_frame(project, SMALL).kit, workers=2, observe=told.append)
    assert [outcome.task.name for outcome in told] == ["0.jpg", "1.jpg"]
