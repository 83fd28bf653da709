"""While workers draw, the builder puts in order what has ended; so the end of a build is short."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Progress, Project, Wanted, assembling, build, plan, verify
from dxassets.api.index_page import IndexDesk
from dxassets.api.shard_writing import ShardWriter
from dxassets.errors import AssetError, Problem
from dxassets.jobs import AnyJob
from dxassets.runners import running, tasks
from dxassets.runners.executors import SerialExecutor
from dxassets.store import LARGEST_WHOLE, Shard, open_shelf, shard_of
from tests.shard_support import LIMIT, WANTED
from tests.test_retrying import MANY
from tests.test_run import tree
from tests.test_store import record_of

PATIENCE = 5.0


class LateExecutor(Executor):
    """A worker that begins when it is told to, or when nobody has told it for long."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append(lambda: future.set_result(fn(*args, **kwargs)))
        late = threading.Timer(PATIENCE, self.work, [self.waiting[-1]])
        late.daemon = True
        late.start()
        return future

    def work(self, one: Callable[[], None] | None = None) -> None:
        if self.waiting and one in {None, self.waiting[0]}:
            self.waiting.pop(0)()


def small(project: Project, count: int, preset: str = "button-120x60") -> list[AnyJob]:
    """So many of one look."""
    (one,) = plan(
        project, Wanted(days=("10-10",), themes=("light",), presets=(preset,), kinds=("banner",))
    ).jobs
    return [replace(one, path=f"{preset}/{at:05}.{one.path.rpartition('.')[2]}") for at in range(count)]


def run(project: Project, folder: Path, executor: Executor, meanwhile: Callable[[], bool]) -> list[str]:
    told: list[tasks.Outcome] = []
    running.run_jobs(
        small(project, 4),
        project.resources,
        folder=folder,
        executor=executor,
        workers=1,
        observe=told.append,
        meanwhile=meanwhile,
    )
    return [outcome.path for outcome in told]


def test_while_all_wait_for_a_worker_there_is_time_for_else(project: Project, tmp_path: Path) -> None:
    late = LateExecutor()
    pieces: list[int] = []

    def piece() -> bool:
        pieces.append(len(late.waiting))
        if len(pieces) % 3 == 0:
            late.work()
        return True

    assert len(run(project, tmp_path, late, piece)) == 4
    assert pieces == [1] * 12  # three for each, and none when the worker had done


def test_who_has_nothing_else_to_do_waits(project: Project, tmp_path: Path) -> None:
    late = LateExecutor()
    asked: list[threading.Timer] = []

    def nothing() -> bool:
        asked.append(threading.Timer(0.1, late.work))
        asked[-1].start()
        return False

    assert len(run(project, tmp_path, late, nothing)) == 4
    assert len(asked) == 4


def test_where_work_is_always_done_at_once_nothing_comes_between(project: Project, tmp_path: Path) -> None:
    def never() -> bool:
        raise AssertionError

    assert len(run(project, tmp_path, SerialExecutor(), never)) == 4


@pytest.mark.parametrize(("most", "written"), [(0, 4), (1, 3), (2, 2), (9, 0)])
def test_only_so_many_folders_wait_to_be_put_in_order(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, written: int
) -> None:
    """With the last look one office after the other ends; a shard is written when there are too many."""
    monkeypatch.setattr(LIMIT, 3)
    whole = build(project, MANY, out=tmp_path / "whole")
    assert assembling._MOST_WAITING == 64
    monkeypatch.setattr(assembling, "_MOST_WAITING", most)
    counts: list[int] = []

    def watch(progress: Progress) -> None:
        if progress.done == progress.total:
            counts.append(len(list((tmp_path / "out").glob("*/*/manifest.json"))))

    report = build(project, MANY, out=tmp_path / "out", observer=watch)
    assert counts == [written]
    assert tree(report.folder) == tree(whole.folder)


def test_what_was_expected_to_be_large_and_is_not_stays_in_one_piece(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shards are written from the beginning; then so much fails that there need be none."""
    monkeypatch.setattr(LIMIT, 3)
    real = tasks.Bench.make

    def seldom(self: tasks.Bench, job: AnyJob) -> Any:
        if "so-noi-vu" not in job.path:
            raise AssetError(Problem(job.path, "không vẽ được", "can't be drawn"))
        return real(self, job)

    with monkeypatch.context() as patch:
        patch.setattr(tasks.Bench, "make", seldom)
        report = build(project, WANTED, out=tmp_path)
    assert (len(report.made), len(report.failed)) == (2, 2)
    assert not list(report.folder.glob("*/manifest.json"))
    assert verify(report.folder) == []
    again = build(project, WANTED, out=tmp_path)
    assert (len(again.made), len(again.up_to_date)) == (2, 2)
    assert len(list(report.folder.glob("*/manifest.json"))) == 2
    assert tree(report.folder) == tree(build(project, WANTED, out=tmp_path / "whole").folder)


def test_what_lies_in_no_folder_stays_in_the_root_of_a_large_campaign(
    project: Project, tmp_path: Path
) -> None:
    """Another's kind may make something at the top: the root says of it, and no shard."""
    nobodys, somebodys = record_of("loa.txt"), record_of("so-noi-vu/a.png")
    with open_shelf(tmp_path) as shelf:
        writer = ShardWriter(shelf, IndexDesk(project, tmp_path))
        writer.expect(LARGEST_WHOLE + 1)
        for record in (nobodys, somebodys):
            writer.put(Shard(shard_of(record.path), {record.path: record}))
        assert (writer.write_one(), writer.write_one()) == (True, False)
        assert [shard.records for shard in shelf.held()] == [{nobodys.path: nobodys}]
    assert [path.parent.name for path in tmp_path.rglob("manifest.json")] == ["so-noi-vu"]


# --- the order ----------------------------------------------------------------------------------------


def order(jobs: list[AnyJob]) -> list[str]:
    """The looks of batches one after another, each as often as it comes up anew."""
    found: list[str] = []
    for batch in running.batches(jobs, 2):
        look = batch[0].path.partition("/")[0]
        if not found or found[-1] != look:
            found.append(look)
    return found


@pytest.mark.parametrize(("count", "turns"), [(63, 0), (64, 4)])
def test_two_looks_of_many_take_turns_at_the_end(project: Project, count: int, turns: int) -> None:
    """So folders end by and by, and are put in order while others are drawn."""
    slide, strip, button = "portal-slide-1920x600", "mobile-300x50", "button-120x60"
    jobs = [*small(project, count, button), *small(project, count, strip), *small(project, count, slide)]
    assert order(jobs) == ([strip] + [slide, button] * turns if turns else [slide, button, strip])
    alone = [*small(project, 10, button), *small(project, count, slide)]
    assert order(alone) == ([button, slide] if turns else [slide, button])


def test_what_takes_seconds_is_never_left_for_the_end(project: Project) -> None:
    poster, button = "poster-a4", "button-120x60"
    jobs = [*small(project, 200, button), *small(project, 200, poster)]
    assert order(jobs) == [poster, button]
