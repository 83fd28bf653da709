"""A cluster of machines at one build: reached, compared with the builder, and given what it reads."""

from __future__ import annotations

import importlib.util
import os
import re
import signal
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from dxassets.backends import dask_cluster
from dxassets.backends.dask_cluster import DaskCluster, NoClusterError
from dxassets.errors import InputError, MissingLibraryError, Problem
from dxassets.runners.executors import ElsewhereExecutor
from dxassets.runners.forking import shielded
from dxassets.runners.sameness import Tools, differences, own_tools

_LOCAL = re.compile(r"local:([0-9]{1,3})")
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:[0-9]{1,5}")
_OPTION = "--cluster"


class ClusterExecutor(ElsewhereExecutor):
    """A Dask cluster's workers."""

    def __init__(self, cluster: DaskCluster) -> None:
        self._cluster = cluster
        self._known = 1

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """What a worker will have made of it."""
        assert not kwargs  # noqa: S101  (nobody gives any)
        return self._cluster.submit(fn, *args)

    def workers(self) -> int:
        """How many tasks are made at the same time; the last that was known when the scheduler is gone."""
        with suppress(Exception):  # what was handed out will tell that it is
            self._known = max(1, self._cluster.threads())
        return self._known


@contextmanager
def on_cluster(where: str) -> Generator[ClusterExecutor]:
    """The workers of the cluster `where`: a scheduler's address, or ``local:N``.

    `InputError` when there is none, or when one of its workers has other tools than this process.
    """
    local = _LOCAL.fullmatch(where)
    if not (local and int(local[1])) and not _ADDRESS.fullmatch(where):
        raise InputError(Problem(_OPTION, *_told(_BAD, where)))
    if importlib.util.find_spec("distributed") is None:
        raise MissingLibraryError(Problem(_OPTION, *_NOT_INSTALLED))
    opened = dask_cluster.start(int(local[1])) if local else dask_cluster.reach(where)
    with ExitStack() as stack:
        try:
            with shielded():
                cluster = stack.enter_context(opened)
        except NoClusterError as error:
            raise InputError(Problem(_OPTION, *_told(_NONE, where))) from error
        if local:
            cluster.ask(_be_deaf)
        _compare(cluster)
        yield ClusterExecutor(cluster)


def _compare(cluster: DaskCluster) -> None:
    """`InputError` with all that any worker has otherwise than this process."""
    try:
        found = cluster.ask(_tools_here)
    except Exception as error:
        raise InputError(Problem(_OPTION, *_told(_NOT_THERE, type(error).__name__))) from error
    problems = [
        problem
        for address, tools in sorted(found.items())
        for problem in differences(own_tools(), tools, where=address)
    ]
    if problems:
        raise InputError(*problems)


def _be_deaf() -> None:
    """Workers of this terminal don't hear its Ctrl-C: the builder stops them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _tools_here() -> Tools:
    """What a worker answers; from then on it draws with one thread for each task."""
    os.environ.setdefault("VIPS_CONCURRENCY", "1")
    return own_tools()


def _told(words: tuple[str, str], what: str) -> tuple[str, str]:
    return words[0].format(what), words[1].format(what)


_BAD = (
    "“{}” không phải địa chỉ của cụm máy; hãy ghi địa chỉ scheduler, ví dụ tcp://10.0.0.5:8786, hoặc local:2",
    "{!r} is no cluster; give its scheduler's address, such as tcp://10.0.0.5:8786, or local:2",
)
_NOT_INSTALLED = (
    'chưa cài thư viện Dask; hãy cài bằng: pip install "dxassets[cluster]"',
    'Dask is not installed; install it with: pip install "dxassets[cluster]"',
)
_NONE = (
    "không thấy cụm máy ở {}, hoặc chưa ai làm việc; hãy bật dask scheduler và dask worker, rồi chạy lại",
    "there is no cluster at {}, or nobody works there; start dask scheduler and dask worker and try again",
)
_NOT_THERE = (
    "các máy trong cụm không chạy được dxassets ({}); hãy cài cùng một bản dxassets cho mọi máy",
    "the cluster's workers can't run dxassets ({}); install the same version of it on all machines",
)
