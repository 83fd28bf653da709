"""A Dask cluster, reached or started here: what its workers are asked and answer."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from dxassets.backends.silence import quietly_imported

ResultT = TypeVar("ResultT")
_CONNECT = "10s"
"""How long a scheduler may take to answer."""
_WORKERS = 30
"""Seconds for the first worker to come."""
_LOCAL_FAILURES = 1
"""Deaths of workers after which a task on our own cluster is given back, to be tried by itself."""


class NoClusterError(Exception):
    """There is no cluster at that address, or it has no worker. The text is a library's own, in English."""


class DaskCluster:
    """A cluster that was reached; its workers' functions must be importable there."""

    def __init__(self, client: Any) -> None:
        self._client = client
        # a worker's death is retried by the scheduler; an error of the function is never retried there
        self._executor = client.get_executor(pure=False)

    def submit(self, function: Callable[..., ResultT], *arguments: Any) -> Future[ResultT]:
        """What a worker will have made of it. Cancelled when the scheduler is lost."""
        return self._executor.submit(function, *arguments)

    def threads(self) -> int:
        """How many tasks are made at the same time."""
        return sum(self._client.nthreads().values())

    def ask(
        self, function: Callable[..., ResultT], *arguments: Any, only: Iterable[str] | None = None
    ) -> dict[str, ResultT]:
        """What each worker (of `only` those) answers now, by its address."""
        return dict(self._client.run(function, *arguments, workers=None if only is None else list(only)))


@contextmanager
def reach(address: str) -> Generator[DaskCluster]:
    """The cluster whose scheduler listens at `address`; `NoClusterError` when none does or nobody works."""
    with quietly_imported:
        from distributed import Client  # noqa: PLC0415  (heavy, and only where it is asked for)

    with _quiet():
        try:
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError, ImportError) as error:
            raise NoClusterError(str(error)) from error
        yield from _led(client)


@contextmanager
def start(workers: int) -> Generator[DaskCluster]:
    """A cluster of that many processes on this machine, for as long as the body runs."""
    with quietly_imported:
        from dask import config  # noqa: PLC0415  (see above)
        from distributed import Client, LocalCluster  # noqa: PLC0415

    settings = {"distributed.scheduler.allowed-failures": _LOCAL_FAILURES}
    with (
        _quiet(),
        tempfile.TemporaryDirectory(prefix="dxassets-dask-") as folder,
        config.set(settings),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",  # a free port: Dask opens one in any case
            local_directory=folder,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield from _led(Client(cluster, timeout=_CONNECT, set_as_default=False))


def _led(client: Any) -> Generator[DaskCluster]:
    try:
        try:
            client.wait_for_workers(1, timeout=_WORKERS)
        except TimeoutError as error:
            raise NoClusterError("no worker is connected") from error
        yield DaskCluster(client)
    finally:
        with suppress(Exception):  # a scheduler that is gone can't be said goodbye to
            client.close()


@contextmanager
def _quiet() -> Generator[None]:
    """What Dask logs of lost workers and connections is told by us, in words."""
    loggers = [
        logging.getLogger(name) for name in ("distributed", "distributed.client", "tornado.application")
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
