"""Who makes the jobs of a build: this process, a pool beside it, an executor that was given, or a cluster."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from dxassets.errors import Problem
from dxassets.runners.cluster import on_cluster
from dxassets.runners.executors import ElsewhereExecutor, LastingPool, SerialExecutor, why_alone

WORTH_A_PROCESS = 6
"""Assets for which starting one more process (most of a second) pays."""


@contextmanager
def gathered(given: Executor | str | None) -> Generator[Executor | None]:
    """The executor that was given, or a cluster's by its address, whose faults are told before all else."""
    if not isinstance(given, str):
        yield given
        return
    with on_cluster(given) as executor:
        yield executor


@contextmanager
def crew_for(
    count: int, *, jobs: int | None = None, given: Executor | None = None
) -> Generator[tuple[Executor, int, tuple[Problem, ...]]]:
    """Who does `count` assets, how many they are (no more than pay for their start), and why they are fewer.

    A given executor has as many workers as it says, unless `jobs` says it.
    """
    if given is not None:
        yield given, max(1, workers_of(given) if jobs is None else jobs), ()
        return
    workers = min(max(1, jobs or 1), -(-count // WORTH_A_PROCESS))
    alone = why_alone() if workers > 1 else None
    if workers <= 1 or alone is not None:
        yield SerialExecutor(), 1, () if alone is None else (alone,)
        return
    with LastingPool(workers) as pool:
        yield pool, workers, ()


def workers_of(executor: Executor) -> int:
    """How many work for an executor: what the standard library's and Dask's keep of it, else one."""
    if isinstance(executor, LastingPool):
        return executor.workers
    if isinstance(executor, ElsewhereExecutor):
        return executor.workers()
    most: Any = getattr(executor, "_max_workers", None)
    if isinstance(most, int):
        return most
    client: Any = getattr(executor, "_client", None)
    return max(1, sum(client.nthreads().values())) if hasattr(client, "nthreads") else 1
