"""What workers say is proven before it is believed; a dead one costs a retry; what kills is named."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Progress, Project, Report, Wanted, build, plan, verify
from dxassets.errors import DxassetsError, InputError
from dxassets.runners import crew, retrying, running, sameness, tasks
from dxassets.runners.crew import workers_of
from dxassets.runners.executors import LastingPool, SerialExecutor
from tests.retrying_support import DEADLY, DeadlyPool, Elsewhere, MortalPool
from tests.test_run import tree

SMALL = Wanted(presets=("button-120x60", "mobile-300x50"), kinds=("banner",))
MANY = Wanted(
    agencies=("so-noi-vu", "so-tu-phap", "so-y-te", "so-xay-dung", "so-cong-thuong"),
    presets=("button-120x60", "mobile-300x50"),
    kinds=("banner",),
)


@pytest.fixture(scope="module")
def undisturbed(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(project, MANY, out=tmp_path_factory.mktemp("undisturbed"))


def paths(project: Project, wanted: Wanted = SMALL) -> list[str]:
    return [job.path for job in plan(project, wanted).jobs]


# --- proof --------------------------------------------------------------------------------------------


def test_a_worker_with_its_own_disk_sends_the_bytes(project: Project, tmp_path: Path) -> None:
    """Its folder has the same name, so it would write there and say that all is well."""
    whole = build(project, SMALL, out=tmp_path / "whole")
    report = build(project, SMALL, out=tmp_path / "out", executor=Elsewhere(tmp_path / "its own"), jobs=2)
    assert tree(report.folder) == tree(whole.folder)
    assert not (tmp_path / "its own").exists()
    assert verify(report.folder) == []


def test_a_worker_that_sees_the_folder_writes_into_it(project: Project, tmp_path: Path) -> None:
    sent: list[bool] = []

    class Near(Elsewhere):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future = super().submit(fn, *args, **kwargs)
            sent.extend(outcome.data is not None for outcome in future.result())
            return future

    folder = tmp_path / "out" / project.campaign.id
    report = build(project, SMALL, out=tmp_path / "out", executor=Near(folder), jobs=2)
    assert sent == [False] * len(report.made)
    assert not (folder / tasks.TOKEN_FILE).exists()
    assert verify(report.folder) == []


def test_what_a_worker_tells_and_nobody_finds_is_asked_for_as_bytes(project: Project, tmp_path: Path) -> None:
    lost: list[Path] = []

    class Forgetful(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            def forget(task: tasks.Task) -> Any:
                told = fn(task)
                if task.delivery.token is None and not task.delivery.elsewhere and not lost:
                    lost.append(task.delivery.folder / task.jobs[0].path)
                    lost[0].unlink()
                return told

            return super().submit(forget, *args, **kwargs)

    with Forgetful(2) as executor:
        report = build(project, SMALL, out=tmp_path, executor=executor)
    assert len(lost) == 1
    assert report.exit_code == 0
    assert verify(report.folder) == []


@pytest.mark.parametrize("lie", ["bytes", "key", "nothing"])
def test_a_worker_that_lies_is_not_believed(project: Project, tmp_path: Path, lie: str) -> None:
    class Liar(Elsewhere):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            told: list[tasks.Outcome] = super().submit(fn, *args, **kwargs).result()
            first = told[0]
            assert first.record is not None
            assert first.data is not None
            if lie == "bytes":
                told[0] = replace(first, data=first.data[:-1] + b"\0")
            elif lie == "key":
                told[0] = replace(first, record=replace(first.record, key="0" * 64))
            else:
                told.pop(0)
            future.set_result(told)
            return future

    report = build(project, SMALL, out=tmp_path, executor=Liar(tmp_path / "its own"), jobs=1)
    assert report.made == ()
    assert [failure.path for failure in report.failed] == paths(project)
    assert "not what its worker told" in report.failed[0].problems[0].en
    assert not list(tmp_path.rglob("*.png"))


def test_a_worker_with_other_tools_is_refused_by_name(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = sameness.own_tools()
    others = tuple((name, "8.17.0" if name == "libvips" else version) for name, version in mine)
    monkeypatch.setattr(running, "own_tools", lambda: others)
    with pytest.raises(InputError, match=r"has libvips \S+, the builder has libvips 8\.17\.0"):
        build(project, SMALL, out=tmp_path, executor=Elsewhere(tmp_path / "its own"), jobs=2)
    assert not list(tmp_path.rglob("*.png"))


def test_a_file_that_is_not_the_planned_one_is_refused(project: Project, tmp_path: Path) -> None:
    """As on a worker with an older checkout, or where somebody edits while a build runs."""
    told: list[tasks.Outcome] = []
    older = [
        replace(
            job,
            inputs=tuple((name, "0" * 64 if name.endswith(".j2") else sha256) for name, sha256 in job.inputs),
        )
        for job in plan(project, SMALL).jobs
    ]
    running.run_jobs(
        older,
        replace(project.resources, given=(("nobody", tmp_path),)),  # no cache knows them
        folder=tmp_path,
        executor=SerialExecutor(),
        workers=1,
        observe=told.append,
    )
    assert len(told) == len(older)
    for outcome in told:
        (problem,) = outcome.problems
        assert problem.where.endswith(".j2")
        assert "is not the file that this build was planned with" in problem.en
    assert not list(tmp_path.rglob("*.png"))


# --- deaths -------------------------------------------------------------------------------------------


def deal(monkeypatch: pytest.MonkeyPatch, pool: Callable[[int], LastingPool]) -> list[LastingPool]:
    """Have builds use such a pool; those that were opened."""
    opened: list[LastingPool] = []

    def open_pool(workers: int) -> LastingPool:
        opened.append(pool(workers))
        return opened[-1]

    monkeypatch.setattr(crew, "LastingPool", open_pool)
    monkeypatch.setattr(crew, "workers_of", lambda _: 2)
    return opened


def test_a_job_that_kills_its_worker_is_named_and_no_other_suffers(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = paths(project)[3]
    opened = deal(monkeypatch, lambda _: MortalPool(deadly))
    report = build(project, SMALL, out=tmp_path, jobs=2)
    assert report.exit_code == 1
    assert [failure.path for failure in report.failed] == [deadly]
    assert "kills its worker each time" in report.failed[0].problems[0].en
    assert len(report.made) == len(paths(project)) - 1
    assert verify(report.folder) == []
    (pool,) = opened
    assert isinstance(pool, MortalPool)
    assert pool.tried.count((deadly,)) == 1 + retrying.MOST_DEATHS_ALONE


@pytest.mark.parametrize("killers", [7, 8])
def test_eight_killers_in_a_row_are_the_machines_fault(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killers: int
) -> None:
    deadly = paths(project)[:killers]
    deal(monkeypatch, lambda _: MortalPool(*deadly))
    monkeypatch.setattr(running, "batches", lambda jobs, *_, **__: [tuple(jobs)])
    if killers < retrying.MOST_KILLERS:
        assert len(build(project, SMALL, out=tmp_path, jobs=2).failed) == killers
    else:
        with pytest.raises(DxassetsError, match="8 files in a row"):
            build(project, SMALL, out=tmp_path, jobs=2)


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_job_may_kill_two_workers_while_it_is_alone(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaths: int
) -> None:
    deadly = paths(project)[0]

    class Recovering(MortalPool):
        def renew(self) -> None:
            if self.tried.count((deadly,)) > deaths:
                self.deadly = ()

    deal(monkeypatch, lambda _: Recovering(deadly))
    report = build(project, SMALL, out=tmp_path, jobs=2)
    assert report.exit_code == (1 if deaths >= retrying.MOST_DEATHS_ALONE else 0)


def test_a_pool_that_never_starts_ends_the_build(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal(monkeypatch, lambda _: MortalPool(paths(project)[0], starts=False))
    with pytest.raises(DxassetsError, match="no worker starts"):
        build(project, SMALL, out=tmp_path, jobs=2)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_real_worker_is_killed_by_its_asset(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = paths(project)[-1]
    monkeypatch.setenv(DEADLY, deadly)
    deal(monkeypatch, DeadlyPool)
    report = build(project, SMALL, out=tmp_path, jobs=2)
    assert [failure.path for failure in report.failed] == [deadly]
    assert verify(report.folder) == []


class KilledPool(LastingPool):
    """A real pool, one of whose workers can be killed."""

    def kill(self) -> bool:
        """Whether there was one: those of a pool that is broken already are gone, or about to go."""
        try:
            os.kill(min(self._pool._processes or ()), signal.SIGKILL)
        except (ProcessLookupError, ValueError):
            return False
        return True


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_twenty_killed_workers_cost_twenty_retries(
    project: Project, undisturbed: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = deal(monkeypatch, KilledPool)
    killed: list[int] = []

    def observe(progress: Progress) -> None:
        if progress.done % 2 == 0 and len(killed) < 20:
            (pool,) = opened
            assert isinstance(pool, KilledPool)
            if pool.kill():
                killed.append(progress.done)

    report = build(project, MANY, out=tmp_path, jobs=2, observer=observe)
    assert len(killed) == 20
    assert (report.exit_code, report.failed) == (0, ())
    assert report.manifest.read_bytes() == undisturbed.manifest.read_bytes()
    assert tree(report.folder) == tree(undisturbed.folder)
    assert not list(report.folder.rglob("*.part"))


# --- the end ------------------------------------------------------------------------------------------


def test_nothing_of_a_failed_build_is_under_way_when_it_ends(project: Project, tmp_path: Path) -> None:
    begun: list[Future[Any]] = []

    class Noted(ThreadPoolExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            begun.append(super().submit(fn, *args, **kwargs))
            return begun[-1]

    def stop(_: Progress) -> None:
        raise RuntimeError("enough")

    with Noted(2) as executor:
        with pytest.raises(RuntimeError, match="enough"):
            build(project, SMALL, out=tmp_path, executor=executor, observer=stop)
        assert all(future.done() for future in begun)
    assert len(begun) > 1


def test_a_worker_whose_build_has_ended_makes_no_more(project: Project, tmp_path: Path) -> None:
    jobs = plan(project, SMALL).jobs
    token = tmp_path / tasks.TOKEN_FILE
    token.parent.mkdir()
    token.write_text("mine")
    delivery = tasks.Delivery(tmp_path, "mine", elsewhere=True)
    real = tasks._draw

    def ended(job: Any, bench: Any) -> Any:
        token.unlink()
        return real(job, bench)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "_draw", ended)
        told = tasks.make_assets(tasks.Task(jobs, project.resources, delivery))
    assert isinstance(told, list)
    assert len(told) == 1 < len(jobs)


# --- how many -----------------------------------------------------------------------------------------


def test_an_executor_says_how_many_it_is() -> None:
    with ThreadPoolExecutor(3) as threads:
        assert workers_of(threads) == 3
    assert workers_of(SerialExecutor()) == 1


def test_the_last_batches_are_small(project: Project) -> None:
    (one,) = plan(
        project, Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    ).jobs
    many = [replace(one, path=f"{at:05}.png") for at in range(1024)]
    sizes = [len(batch) for batch in running.batches(many, 2, tapers=True)]
    assert sum(sizes) == 1024
    assert sizes[:50] == [16] * 50
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-8:] == [1] * 8


def test_jobs_are_taken_as_they_come(project: Project, tmp_path: Path) -> None:
    """A plan may be longer than memory: no more of it is taken than two stretches of 4,096."""
    taken: list[int] = []
    (one,) = plan(
        project, Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    ).jobs

    def endless() -> Iterator[Any]:
        at = 0
        while True:
            taken.append(at)
            yield replace(one, path=f"{at:08}.png")
            at += 1

    class Stop(Exception):  # noqa: N818
        """That is enough."""

    class Never(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            raise Stop

    with Never(2) as executor, pytest.raises(Stop):
        running.run_jobs(
            endless(), project.resources, folder=tmp_path, executor=executor, workers=2, observe=print
        )
    assert len(taken) == 2 * 4096
