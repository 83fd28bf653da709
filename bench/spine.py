"""The spine's speed: reading and planning, a banner, two processes against one, a rebuild, help, memory."""

from __future__ import annotations

import csv
import io
import pickle
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import memory
from bench.cores import encoders, two_cores
from bench.table import Pace, Row, seconds_of, timed
from dxassets import Project, Wanted, build, load_campaign, plan
from dxassets.agencies import parse_agencies
from dxassets.backends.rasterizer import encode_pixels, read_pixels
from dxassets.brand import parse_brand
from dxassets.campaign import parse_campaign_file
from dxassets.digest import digest
from dxassets.kinds.banner.render import render as banner_of
from dxassets.kinds.registry import check, render
from dxassets.presets import parse_presets
from dxassets.units import parse_units

WEB_PRESETS = (
    "billboard-970x250",
    "super-leaderboard-970x90",
    "rectangle-300x250",
    "half-page-300x600",
    "portrait-300x1050",
    "portal-header-1200x300",
    "portal-slide-1920x600",
    "portal-popup-800x600",
)
"""The eight that an office needs most: the portal's three, and ad slots that are no strips for phones."""
_RUNS, _TURNS = 61, 5
_ROOT = Path(__file__).parent.parent
_CAMPAIGN = "campaigns/daknong-2022"


def rows(pace: Pace) -> Iterator[Row]:
    """All rows of the spine."""
    project = load_campaign()
    yield from _words(project, pace)
    yield from _one_banner(project, pace)
    yield from _many(project, pace)
    yield _help(pace)
    if memory.CAN_TELL:
        yield _memory()


def _eight(project: Project, agencies: int) -> Wanted:
    """The eight presets for the first so many agencies."""
    chosen = tuple(office.id for office in project.campaign.offices[:agencies])
    return Wanted(
        agencies=chosen, days=("10-10",), themes=("digital",), presets=WEB_PRESETS, kinds=("banner",)
    )


def _words(project: Project, pace: Pace) -> Iterator[Row]:
    """What is done before anything is drawn; both are the interpreter's work, and so are their references."""
    # measured 1.8: tomllib and csv do half of the work, pydantic and joining the files the other half
    yield timed(
        "reading the campaign",
        lambda _run: _load_anew(),
        against="tomllib and csv alone on its files",
        reference=lambda _run: _bare_files(),
        at_most=3.0,
        runs=pace.runs(41),
    )
    wanted = _eight(project, 128)
    jobs = plan(project, wanted).jobs
    # measured 1.1 to 1.5: making a thousand jobs and their keys costs little more than copying them does
    yield timed(
        f"planning {len(jobs)} jobs",
        lambda _run: plan(project, wanted),
        against="pickling and hashing them",
        reference=lambda _run: [digest(pickle.dumps(job)) for job in jobs],
        at_most=2.5,
        runs=pace.runs(21),
    )


def _bare_files() -> None:
    own = (f"{_CAMPAIGN}/campaign.toml", f"{_CAMPAIGN}/duties.toml")
    for name in (*own, "campaigns/units.toml", "brand/brand.toml", "templates/presets.toml"):
        tomllib.loads((_ROOT / name).read_text(encoding="utf-8"))
    list(csv.DictReader(io.StringIO((_ROOT / _CAMPAIGN / "agencies.csv").read_text(encoding="utf-8"))))


def _load_anew() -> Project:
    """The campaign, with nothing kept of its files from the run before."""
    for parse in (parse_agencies, parse_brand, parse_campaign_file, parse_presets, parse_units):
        parse.cache_clear()
    return load_campaign()


def _one_banner(project: Project, pace: Pace) -> Iterator[Row]:
    """A 1200×630 `digital` banner, warm, another agency each time: render, gates, and the bare encoder."""
    wanted = Wanted(
        all_agencies=True,
        days=("10-10",),
        themes=("digital",),
        presets=("share-1200x630",),
        kinds=("banner",),
    )
    runs = pace.runs(_RUNS)
    jobs = list(islice(cycle(plan(project, wanted).jobs), runs))
    finished = [render(job, project.resources) for job in jobs]
    pixels = [read_pixels(rendered.data) for rendered in finished]
    # asked for: twice the encoder, and 0.3 of the banner for its gates; measured 0.15 and 0.07 since agencies
    # share a stream: the gates are held against a banner that is made whole, of which they were 0.3
    yield timed(
        "1200×630 banner",
        lambda run: render(jobs[run], project.resources),
        against="encoding its pixels",
        reference=lambda run: encode_pixels(pixels[run], "png", None),
        at_most=0.5,
        runs=runs,
    )
    yield timed(
        "its gates",
        lambda run: check(jobs[run], finished[run]),
        against="the banner made whole",
        reference=lambda run: banner_of(jobs[run], project.resources, shared=False),
        at_most=0.2,
        runs=runs,
    )


def _many(project: Project, pace: Pace) -> Iterator[Row]:
    """Two processes against one, and 128 agencies × 8 web presets again with nothing changed.

    Of the rebuild the better of two runs, in turns: whoever shares the machine can only add to the time. A
    quick bench leaves the first row out: two processes gain nothing where most of the time is their start.
    """
    if not pace.quick:
        yield _two_processes(project, pace)
    wanted = _eight(project, 16 if pace.quick else 128)
    full = again = float("inf")
    for _turn in range(pace.turns):
        with TemporaryDirectory() as out:
            full = min(full, seconds_of(lambda out=out: build(project, wanted, out=out, jobs=2)))
            again = min(again, seconds_of(lambda out=out: build(project, wanted, out=out, jobs=2)))
    # measured 0.03 to 0.045; planning and looking at a thousand files, in one process
    yield Row("rebuild with nothing changed", again, against="the full build", reference=full, at_most=0.05)


def _two_processes(project: Project, pace: Pace) -> Row:
    """Four looks of each preset, 4,096 files: of a thousand, a quarter of the time is start and seal.

    On two cores, however many there are; the median of five turns, in turns with bare encoders.
    """
    wanted = replace(_eight(project, 128), days=("10-10", "01-11"), themes=("digital", "light"))
    gains: list[tuple[float, float, float]] = []
    with two_cores(), encoders() as bare:
        for _turn in range(pace.runs(_TURNS)):
            with TemporaryDirectory() as one, TemporaryDirectory() as two:
                single = seconds_of(lambda out=one: build(project, wanted, out=out, jobs=1))
                double = seconds_of(lambda out=two: build(project, wanted, out=out, jobs=2))
                gains.append((single / double, single, double))
                bare.take_turn()
    gain, single, double = sorted(gains)[len(gains) // 2]
    # asked for: 1.85 times as fast on two cores, where bare encoders in two processes are twice as fast
    return Row(
        "128 agencies × 8 web presets × 4 looks, two processes × one",
        gain,
        against="bare encoders, two processes × one",
        reference=bare.gain,
        unit="×",
        at_least=0.925,
        detail=f"{single:.1f} s and {double:.1f} s",
    )


def _help(pace: Pace) -> Row:
    """How fast the command answers. Measured 1.7 to 2.2; a single heavy import would double it."""
    command = str(Path(sys.executable).with_name("dxassets"))

    def run(*arguments: str) -> None:
        subprocess.run(arguments, check=True, capture_output=True)

    return timed(
        "dxassets --help",
        lambda _run: run(command, "--help"),
        against="python -c pass",
        reference=lambda _run: run(sys.executable, "-c", "pass"),
        at_most=3.0,
        runs=pace.runs(31),
        clock=perf_counter,
    )


BUILD = """
import sys, tempfile
from dxassets import Wanted, build, load_campaign
project = load_campaign()
screens = [preset for preset in project.presets.presets if preset.medium in ("web", "social")]
largest = max(screens, key=lambda preset: preset.width * preset.height)
every = Wanted(presets=tuple(preset.id for preset in screens), kinds=("banner",))
one = Wanted(presets=(largest.id,), kinds=("banner",), days=("10-10",), themes=("digital",))
with tempfile.TemporaryDirectory() as out:
    build(project, one if sys.argv[1] == "one" else every, out=out, jobs=1)
"""


def _memory() -> Row:
    """Whether what a worker keeps from one banner for the next has an end. Measured 1.9 to 2.0.

    That it stays below 400 MB is tested (`tests/test_worker_memory.py`).
    """
    return Row(
        "peak memory of a worker, all web and social presets, themes and days",
        memory.peak_of(BUILD, "every"),
        against="one that makes the largest banner only",
        reference=memory.peak_of(BUILD, "one"),
        unit="B",
        at_most=2.5,
    )
