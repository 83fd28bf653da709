"""While the disk takes one file, the next is drawn; what a worker tells is as if it had done one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Project, Wanted, plan
from dxassets.errors import AssetError, OutputError, Problem
from dxassets.jobs import AnyJob
from dxassets.runners import tasks

PATIENCE = 20.0


@pytest.fixture
def jobs(project: Project) -> tuple[AnyJob, ...]:
    """Eight of one look."""
    (one,) = plan(
        project, Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    ).jobs
    return tuple(replace(one, path=f"a/{at}.png") for at in range(8))


def made(jobs: tuple[AnyJob, ...], project: Project, folder: Path) -> list[tasks.Outcome]:
    told = tasks.make_assets(tasks.Task(jobs, project.resources, tasks.Delivery(folder)))
    assert isinstance(told, list)
    return told


def around(
    monkeypatch: pytest.MonkeyPatch, name: str, before: Callable[[str], object]
) -> list[tuple[str, str]]:
    """Call `before` with each path that is drawn, or put down; what was done, in its order."""
    real = getattr(tasks, name)
    done: list[tuple[str, str]] = []

    def called(first: Any, *others: Any, **more: Any) -> Any:
        before(first.path)
        done.append((name, first.path))
        return real(first, *others, **more)

    monkeypatch.setattr(tasks, name, called)
    return done


def test_the_next_is_drawn_while_the_disk_takes_the_one_before(
    project: Project, tmp_path: Path, jobs: tuple[AnyJob, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = threading.Event()
    waited: list[bool] = []
    around(monkeypatch, "_draw", lambda path: path == "a/1.png" and second.set())
    around(monkeypatch, "put_down", lambda _path: waited.append(second.wait(PATIENCE)))
    told = made(jobs[:2], project, tmp_path)
    assert waited == [True, True]
    assert [outcome.path for outcome in told] == ["a/0.png", "a/1.png"]
    assert {path.name for path in (tmp_path / "a").iterdir()} == {"0.png", "1.png"}


def test_four_finished_assets_are_held_and_no_more(
    project: Project, tmp_path: Path, jobs: tuple[AnyJob, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the one that the disk takes just now."""
    go_on, drawn = threading.Event(), around(monkeypatch, "_draw", lambda _path: None)
    most: list[int] = []

    def first_waits(path: str) -> None:
        if path == "a/0.png":
            while len(drawn) < 5 and not go_on.wait(0.01):
                pass
            go_on.wait(0.3)  # would be time for the sixth
            most.append(len(drawn))

    around(monkeypatch, "put_down", first_waits)
    assert len(made(jobs, project, tmp_path)) == 8
    assert most == [5]


def test_a_full_disk_ends_the_batch_with_what_was_put_down(
    project: Project, tmp_path: Path, jobs: tuple[AnyJob, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: str) -> None:
        if path == "a/2.png":
            raise OutputError(Problem(path, "đĩa đầy", "the disk is full"))

    put = around(monkeypatch, "put_down", full)
    told = made(jobs, project, tmp_path)
    assert [(outcome.path, outcome.stops) for outcome in told] == [
        ("a/0.png", False), ("a/1.png", False), ("a/2.png", True)
    ]  # fmt: skip
    assert [path for _, path in put] == ["a/0.png", "a/1.png"]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["0.png", "1.png"]


def test_what_fails_stands_where_it_was_asked_for(
    project: Project, tmp_path: Path, jobs: tuple[AnyJob, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tasks.Bench.make

    def sometimes(self: tasks.Bench, job: AnyJob) -> Any:
        if job.path == "a/1.png":
            raise AssetError(Problem(job.path, "không vẽ được", "can't be drawn"))
        if job.path == "a/3.png":
            raise ZeroDivisionError
        return real(self, job)

    monkeypatch.setattr(tasks.Bench, "make", sometimes)
    told = made(jobs[:5], project, tmp_path)
    assert [outcome.path for outcome in told] == [job.path for job in jobs[:5]]
    assert [outcome.record is None for outcome in told] == [False, True, False, True, False]
    assert told[1].problems[0].en == "can't be drawn"
    assert "ZeroDivisionError" in told[3].problems[0].en


def test_one_job_alone_is_made_without_a_thread(
    project: Project, tmp_path: Path, jobs: tuple[AnyJob, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that Ctrl-C finds a build in one process between two files."""
    where: list[str] = []
    around(monkeypatch, "put_down", lambda _path: where.append(threading.current_thread().name))
    made(jobs[:1], project, tmp_path)
    assert where == [threading.current_thread().name]
