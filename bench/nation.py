"""A campaign of all the country's communes, and folders as full as if it had been built, in seconds.

What is measured is what a build does beside drawing: reading, planning, looking, writing down. So a painter
of no skill takes the place of the drawing: every file is a few bytes that name their job.
"""

from __future__ import annotations

import csv
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench import memory
from bench.table import Pace, Row, family_time, timed
from dxassets import Project, Wanted, build, load_campaign, plan
from dxassets.api.planning import PlanStream
from dxassets.country import communes_of, provinces
from dxassets.digest import digest
from dxassets.jobs import AnyJob
from dxassets.resources import Resources
from dxassets.runners import Outcome
from dxassets.store import AssetSize, Record, journal_of, publish
from dxassets.vietnamese import slug

_ROOT = Path(__file__).parent.parent
_COLUMNS = ("id", "name", "short_name", "level", "district", "parent")


def nation(folder: Path, *, communes: int = 3321) -> Project:
    """A campaign for so many communes, in `folder`."""
    shutil.copytree(_ROOT / "campaigns/daknong-2022", folder)
    rows: dict[str, tuple[str, ...]] = {}
    for province in provinces():
        for office in communes_of(province.name):
            name = f"{office.id}-{slug(province.name)}"
            rows[name] = (name, office.name, office.short_name, "", "", "")
    with (folder / "agencies.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(list(rows.values())[:communes])
    return load_campaign(folder)


def communes_of_all(project: Project) -> tuple[str, ...]:
    """The ids of the communes that were added to the campaign's own agencies."""
    return tuple(office.id for office in project.campaign.offices if office.id.count("-") > 3)


@contextmanager
def unskilled() -> Generator[None]:
    """In the body every asset is a few bytes, written as the real ones are but for waiting for the disk."""
    with patch("dxassets.api.building.run_jobs", _scribbled), patch("os.fsync", _at_once):
        yield


def _scribbled(
    jobs: Iterable[AnyJob],
    _resources: Resources,
    *,
    folder: Path,
    observe: Callable[[Outcome], None],
    **_how: object,
) -> None:
    journal = journal_of(folder)
    for job in jobs:
        record = scribbled(job)
        journal.append(record)
        publish(folder, job.path, _bytes(job))
        observe(Outcome(job.path, record))


def _at_once(_descriptor: int) -> None:
    """What takes the place of waiting for the disk."""


def _bytes(job: AnyJob) -> bytes:
    return f"{job.key}\n".encode()


def scribbled(job: AnyJob) -> Record:
    """The record of a job whose file is a few bytes."""
    data = _bytes(job)
    return Record(
        job.path,
        job.kind,
        job.preset,
        job.theme,
        job.day,
        job.agency,
        job.title,
        AssetSize(120, 60, "px"),
        len(data),
        digest(data),
        "image/png",
        job.alt,
        (),
        4.6,
        dict(job.inputs),
        job.key,
        (),
    )


def rows(pace: Pace) -> Iterator[Row]:
    """What a build costs beside drawing, where there are 3,321 communes."""
    count = 400 if pace.quick else 3321
    with TemporaryDirectory() as place:
        folder = Path(place)
        project = nation(folder / "campaign", communes=count)
        wanted = twenty(project, communes_of_all(project))
        with unskilled():
            build(project, wanted, out=folder / "full")
            build(project, wanted, out=folder / "full")
        yield from _streams(project, wanted, folder, pace)
        if memory.CAN_TELL:
            yield _first(folder, count)
            yield from _one_of_all(folder, pace)


def twenty(project: Project, agencies: Sequence[str]) -> Wanted:
    """Twenty banners of each day for those agencies."""
    sizes = [preset.id for preset in project.presets.presets if preset.unit == "px"][:20]
    return Wanted(tuple(agencies), themes=("light",), presets=tuple(sizes), kinds=("banner",))


def _streams(project: Project, wanted: Wanted, folder: Path, pace: Pace) -> Iterator[Row]:
    """Planning and looking, of everything."""
    some = plan(project, replace(wanted, agencies=wanted.agencies[:25])).jobs
    copies = len(wanted.agencies) / 25

    def planned(_run: int) -> None:
        for _ in PlanStream(project, wanted).parts():
            pass

    def copied(_run: int) -> None:
        for _ in range(round(copies)):
            pickle.loads(pickle.dumps(some))  # noqa: S301  (our own)

    count = len(wanted.agencies) * len(some) // 25
    # measured 1.4 to 1.7, 32 µs a job: the reference is what handing the same jobs to another process costs
    yield timed(
        f"planning {count} jobs, streamed",
        planned,
        against="pickling and unpickling as many",
        reference=copied,
        at_most=2.5,
        runs=pace.turns,
    )
    # measured 1.8 to 2.0: stat calls, shards and what was seen of each folder, beside the plan
    yield timed(
        f"a rebuild of {count} assets in which nothing changed",
        lambda _run: build(project, wanted, out=folder / "full"),
        against="planning them",
        reference=planned,
        at_most=3.0,
        runs=pace.turns,
    )


FIRST = """
import sys
from bench.nation import communes_of_all, twenty, unskilled
from dxassets import build, load_campaign
project = load_campaign(sys.argv[1])
with unskilled():
    build(project, twenty(project, communes_of_all(project)[:int(sys.argv[3])]), out=sys.argv[2])
"""


def _first(folder: Path, count: int) -> Row:
    """The memory of whoever orders and writes down, when everything is to be made."""
    of = [
        memory.peak_of(FIRST, str(folder / "campaign"), str(folder / f"first-{some}"), str(some))
        for some in (count, count // 10)
    ]
    return Row(
        f"peak memory of the first build for {count} communes",
        of[0],
        against="for a tenth of them",
        reference=of[1],
        unit="B",
        at_most=1.3,
    )


ONE = """
import sys
from dxassets import Wanted, build, load_campaign
project = load_campaign(sys.argv[1])
look = {"days": ("10-10",), "themes": ("light",), "presets": ("rectangle-300x250",), "kinds": ("banner",)}
build(project, Wanted((sys.argv[3],), **look), out=sys.argv[2], force=True)
"""


def _one_of_all(folder: Path, pace: Pace) -> Iterator[Row]:
    """One agency × one size, really drawn, in a full folder and in one of its own."""
    agency = communes_of_all(load_campaign(folder / "campaign"))[5]

    def one(out: str) -> Callable[[int], object]:
        command = (sys.executable, "-c", ONE, str(folder / "campaign"), str(folder / out), agency)
        return lambda _run: subprocess.run(command, check=True, capture_output=True)

    # measured 1.14, of the memory 1.13: the root is read, and the front page written
    yield timed(
        "one size of one agency in a full folder",
        one("full"),
        against="the same in a folder of its own",
        reference=one("own"),
        at_most=1.2,
        runs=pace.runs(7),
        clock=family_time,
    )
    arguments = (str(folder / "campaign"), str(folder / "full"), agency)
    yield Row(
        "its peak memory",
        memory.peak_of(ONE, *arguments),
        against="in a folder of its own",
        reference=memory.peak_of(ONE, arguments[0], str(folder / "own"), agency),
        unit="B",
        at_most=1.2,
    )
