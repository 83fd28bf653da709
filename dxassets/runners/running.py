"""Takes jobs through an executor: grouped so that caches help, few at a time so that memory stays low."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby, islice, zip_longest
from pathlib import Path

from dxassets.backends.object_stores import ObjectStore
from dxassets.digest import digest
from dxassets.foreign import output_error
from dxassets.jobs import AnyJob
from dxassets.kinds.registry import kind_of
from dxassets.resources import PinnedResources, Resources
from dxassets.runners.depot import TOKEN_FILE, Depot
from dxassets.runners.executors import ElsewhereExecutor, LastingPool, SerialExecutor
from dxassets.runners.keeping import Keeper
from dxassets.runners.retrying import Batch, JobRun
from dxassets.runners.sameness import own_tools
from dxassets.runners.tasks import Delivery, Outcome

BATCHES_PER_WORKER = 8
LARGEST_BATCH = 16
_SHARES_LEFT = 4
"""At the end of a run, batches get smaller: each worker is left at least that many of them."""
_TAKES_NO_SECONDS = 2
"""The highest cost of a job that is no page and no film."""
_LAST_LOOKS = 2
"""Looks that take turns at the end of a stretch of jobs."""
_WINDOW = 4096
"""Jobs that are put in order at a time; those behind them need not be known yet."""
_ON_THIS_MACHINE = (SerialExecutor, LastingPool, ProcessPoolExecutor, ThreadPoolExecutor)


def run_jobs(
    jobs: Iterable[AnyJob],
    resources: Resources,
    *,
    folder: Path,
    executor: Executor,
    workers: int,
    observe: Callable[[Outcome], None],
    meanwhile: Callable[[], bool] = lambda: False,
    store: ObjectStore | None = None,
) -> None:
    """Make all `jobs` with `executor`, telling each outcome as it is known, and proven.

    Workers of a cluster may put assets into `store` themselves, below the name of `folder`. While all wait
    for workers, `meanwhile` does a little of the caller's own work, as long as it says True.
    A worker that dies costs a retry; a job that kills its worker again and again, alone, is told as failed.
    `OutputError` when the folder can't be written (nothing more is tried), `InputError` when a worker
    would make other bytes, `DxassetsError` when workers can't be had. Whatever was finished is in the
    journal; nobody writes into the folder any more when this returns or raises.
    """
    elsewhere = is_elsewhere(executor)
    with _delivery(folder.absolute(), elsewhere=elsewhere, store=store) as (delivery, keeper):
        run = JobRun(
            executor=executor,
            workers=workers,
            delivery=delivery,
            source=resources,
            observe=observe,
            tools=own_tools() if elsewhere else None,
            keeper=keeper,
            meanwhile=meanwhile,
        )
        by_digest = isinstance(executor, ElsewhereExecutor)
        expected = max(2, workers) if by_digest else workers  # there may be more of them soon
        run.all(_stream(jobs, expected, resources, by_digest=by_digest))


def is_elsewhere(executor: Executor) -> bool:
    """Whether its workers may be on other machines."""
    return not isinstance(executor, _ON_THIS_MACHINE)


@contextmanager
def _delivery(
    folder: Path, *, elsewhere: bool, store: ObjectStore | None
) -> Generator[tuple[Delivery, Keeper | None]]:
    """Where assets go; a token lies there meanwhile, for workers of whom nobody knows where they are."""
    run = secrets.token_hex(8)
    if not elsewhere:
        yield Delivery(folder, run=run), None
        return
    token = secrets.token_hex(16)
    depot = None if store is None else Depot(store.url, folder.name, token, store.endpoint)
    keeper = None if store is None or depot is None else Keeper(store, depot, folder)
    file = folder / TOKEN_FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(token, encoding="ascii")
    except OSError as error:
        raise output_error(file, error) from error
    try:
        if keeper is not None:
            keeper.open()
        yield Delivery(folder, token, elsewhere=True, run=run, depot=depot), keeper
    finally:
        file.unlink(missing_ok=True)
        if keeper is not None:
            keeper.close()


def _stream(
    jobs: Iterable[AnyJob], workers: int, resources: Resources, *, by_digest: bool
) -> Iterator[Batch]:
    """All jobs in batches, with the files that they are made from by digest."""
    ahead = iter(jobs)
    window = list(islice(ahead, _WINDOW))
    while window:
        following = list(islice(ahead, _WINDOW))
        pins = _pins(window, resources)
        version = digest(repr(sorted(pins.items())).encode())
        roots, given = ((), ()) if by_digest else (resources.roots, resources.given)
        for batch in batches(window, workers, tapers=not following):
            mine = {name: pins[name] for name in _names(batch) if name in pins}
            held = Path() if by_digest else None  # the worker says where
            yield Batch(batch, PinnedResources(roots, given, version, mine, held))
        window = following


def _pins(jobs: Iterable[AnyJob], resources: Resources) -> dict[str, str]:
    """The SHA-256 of each file that the jobs are made from, of the whole file where a part counts."""
    pins = {name: sha256 for job in jobs for name, sha256 in job.inputs if "#" not in name}
    whole = {name.partition("#")[0] for job in jobs for name, _ in job.inputs if "#" in name} - pins.keys()
    return pins | {name: resources.read(name).sha256 for name in whole if resources.find(name) is not None}


def _names(jobs: Iterable[AnyJob]) -> set[str]:
    return {name.partition("#")[0] for job in jobs for name, _ in job.inputs}


def batches(jobs: list[AnyJob], workers: int, *, tapers: bool = False) -> Iterator[tuple[AnyJob, ...]]:
    """The jobs in batches, each of one look (kind, preset, theme, day), in the order of `_looks`.

    Within a look the background is drawn once and reused. A worker alone gets
    one job at a time, so that progress shows. Where it `tapers`, the last batches get smaller and smaller,
    so that no worker is left with much when the others have nothing.
    """
    most = 1 if workers == 1 else max(1, min(LARGEST_BATCH, len(jobs) // (workers * BATCHES_PER_WORKER)))
    left = len(jobs)
    for group in _looks(jobs, workers):
        look = iter(group)  # or a piece of one
        while True:
            size = max(1, min(most, left // (workers * _SHARES_LEFT))) if tapers else most
            batch = tuple(islice(look, size))
            if not batch:
                break
            left -= len(batch)
            yield batch


def _looks(jobs: list[AnyJob], workers: int) -> list[list[AnyJob]]:
    """The jobs by look, in the order in which they are made.

    With the last looks folder after folder is done, and put in order by who hands out the work: they should
    take their time, and have many jobs, none of which takes seconds. So two such looks take turns at the end.
    """
    ordered = sorted(jobs, key=lambda job: (-_cost(job), _look(job), job.path))
    found = [list(group) for _, group in groupby(ordered, key=_look)]
    many = workers * BATCHES_PER_WORKER * _SHARES_LEFT
    last = [look for look in found if len(look) >= many and _cost(look[0]) <= _TAKES_NO_SECONDS][:_LAST_LOOKS]
    pieces = (_pieces(look) if len(last) > 1 else [look] for look in last)
    turns = zip_longest(*pieces, fillvalue=())
    return [*(look for look in found if look not in last), *(list(piece) for turn in turns for piece in turn)]


def _pieces(look: list[AnyJob]) -> Iterator[list[AnyJob]]:
    for start in range(0, len(look), LARGEST_BATCH):
        yield look[start : start + LARGEST_BATCH]


def _cost(job: AnyJob) -> int:
    return kind_of(job.kind).cost(job)


def _look(job: AnyJob) -> tuple[str, str, str, str, str]:
    suffix = job.path.rpartition(".")[2]
    return (job.kind, job.preset or "", job.theme or "", job.day or "", suffix)
