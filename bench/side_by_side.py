"""The same banners drawn by dxassets and by three engines from npm, in the same run, on two cores.

The peers get our composition and our background without type, and set the type
themselves; sharp gets our finished SVG. All encode PNG without a weight budget.
They are installed into `bench/peers/node_modules` by this module, and nowhere else.
One process a core draws; its processor time counts, so that what else runs counts less.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, cast

import numpy as np

from bench.table import Row
from dxassets import Project, Wanted, plan
from dxassets.backends.rasterizer import Pixels, encode_pixels, read_pixels, svg_to_pixels
from dxassets.jobs import AnyJob
from dxassets.kinds.banner.render import layout_of
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.registry import render
from dxassets.resources import Resources

PEERS = {
    "satori": ("satori + @resvg/resvg-js", 20.0),
    "takumi": ("@takumi-rs/core", 5.0),
    "sharp": ("sharp with our SVG", 10.0),
}
"""Each engine's name, and how many times as fast dxassets is to be."""
_FOLDER = Path(__file__).with_name("peers")
_AGENCIES, _SAMPLE, _ROUNDS, _CORES = 128, 5, 2, 2
_SAME_PICTURE = 0.25
"""How far from ours a peer's picture may be, as a share of how far the background without type is."""
Times = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One preset: its banners for the sample of agencies."""

    preset: str
    jobs: tuple[AnyJob, ...]


def rows(project: Project) -> list[Row]:
    """The speed of dxassets over that of each peer; nothing, and a word on it, without npm."""
    if not _installed():
        print("the peers of `banners` need node and npm (and a network, once): left out", file=sys.stderr)
        return []
    sheets = _sheets(project)
    with TemporaryDirectory() as name:
        folder = Path(name)
        ours = _feed(project, sheets, folder)
        draw = {"dxassets": lambda: _our_times(project, sheets)}
        draw |= {engine: partial(_times_of, engine, folder) for engine in PEERS}
        # they take turns, so that a busy moment hits all alike
        rounds = [{engine: times() for engine, times in draw.items()} for _ in range(_ROUNDS)]
        rates = {engine: _rate([taken[engine] for taken in rounds]) for engine in draw}
        apart = {
            engine: fmean(_distance(folder, engine, preset, finished) for preset, finished in ours.items())
            for engine in PEERS
        }
    return [_row(engine, rates, apart[engine], len(sheets)) for engine in PEERS]


def _row(engine: str, rates: Mapping[str, float], distance: float, presets: int) -> Row:
    title, least = PEERS[engine]
    detail = f"a second, two cores, from {_SAMPLE} of {_AGENCIES} agencies × {presets} presets"
    if distance > _SAME_PICTURE:
        detail += f"; its pictures are not ours: {distance:.2f}"
    return Row(
        "web and social banners as PNG",
        rates["dxassets"],
        against=title,
        reference=rates[engine],
        unit="/s",
        at_least=least,
        detail=detail,
    )


def _installed() -> bool:
    """Whether the peers are there; installs them, as locked, when there is an npm to do it."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    if (_FOLDER / "node_modules").is_dir():
        return True
    command = ["npm", "ci", "--ignore-scripts", "--silent"]
    return subprocess.run(command, cwd=_FOLDER, check=False, stdout=sys.stderr).returncode == 0


def _sheets(project: Project) -> list[Sheet]:
    """All web and social presets with the sample of agencies, in one theme, for one day."""
    presets = [preset for preset in project.presets.presets if preset.medium in {"web", "social"}]
    offices = project.campaign.offices
    chosen = tuple(office.id for office in offices[:: len(offices) // _SAMPLE][:_SAMPLE])
    wanted = Wanted(
        agencies=chosen,
        days=("10-10",),
        themes=("digital",),
        presets=tuple(preset.id for preset in presets),
        kinds=("banner",),
        formats=("png",),
    )
    found: dict[str, list[AnyJob]] = {preset.id: [] for preset in presets}
    for job in plan(project, wanted).jobs:
        found[cast("str", job.preset)].append(_unlimited(job))
    return [Sheet(preset, tuple(jobs)) for preset, jobs in found.items()]


def _unlimited(job: AnyJob) -> AnyJob:
    """The job without a weight budget: all engines write their plain PNG."""
    spec = cast("BannerSpec", job.spec)
    return replace(job, spec=replace(spec, preset=spec.preset.model_copy(update={"max_bytes": None})))


# --- what the peers are given ---------------------------------------------------------------------


def _feed(project: Project, sheets: Sequence[Sheet], folder: Path) -> dict[str, Pixels]:
    """Writes what the peers need into `folder`; gives our last picture of each preset."""
    resources, ours = project.resources, dict[str, Pixels]()
    presets: list[dict[str, Any]] = []
    for sheet in sheets:
        banners = [_banner(job, resources) for job in sheet.jobs]
        ground = svg_to_pixels(_without_type(sheet.jobs[0], resources))
        picture = encode_pixels(ground, "png", None)
        assert picture is not None
        (folder / f"{sheet.preset}.png").write_bytes(picture.data)
        ours[sheet.preset] = read_pixels(render(sheet.jobs[-1], resources).data)
        height, width = ground.shape[:2]
        presets.append(
            {
                "id": sheet.preset,
                "width": width,
                "height": height,
                "background": f"{sheet.preset}.png",
                "banners": banners,
            }
        )
    display = project.brand.typefaces.display
    fonts = [
        {"weight": int(weight), "file": str(resources.find(f"brand/{name}"))}
        for weight, name in display.files.items()
    ]
    # Be Vietnam Pro's own, from its hhea table
    feed = {"fonts": fonts, "ascent": 1.0, "descent": 0.265, "presets": presets}
    (folder / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
    return ours


def _as_svg(job: AnyJob) -> AnyJob:
    return replace(job, spec=replace(cast("BannerSpec", job.spec), format="svg"))


def _banner(job: AnyJob, resources: Resources) -> dict[str, Any]:
    """One banner's lines of type, and our whole SVG."""
    vector = render(_as_svg(job), resources)
    made, agency = layout_of(cast("BannerSpec", job.spec), job.inputs, resources)
    lines = [
        {
            "text": line.text,
            "x": line.x,
            "baseline": line.baseline,
            "size": line.size,
            "weight": line.weight,
            "color": str(area.color),
        }
        for line, area in zip([*made.lines, *agency], vector.facts.texts, strict=True)
    ]
    return {"lines": lines, "svg": vector.data.decode()}


def _without_type(job: AnyJob, resources: Resources) -> str:
    """Our SVG of the background, marks and code."""
    vector = render(_as_svg(job), resources)
    svg = vector.data.decode()
    for area in vector.facts.texts:
        assert area.outline in svg
        svg = svg.replace(area.outline, "", 1)
    return svg


# --- drawing and measuring ------------------------------------------------------------------------


def _our_times(project: Project, sheets: Sequence[Sheet]) -> Times:
    """Seconds of each banner, drawn by one process a core."""
    parts = [sheets[part::_CORES] for part in range(_CORES)]
    with ProcessPoolExecutor(_CORES, mp_context=get_context("spawn")) as pool:
        list(pool.map(_draw, parts[:1] * _CORES, [project.resources] * _CORES))  # imports, fonts, templates
        done = pool.map(_draw, parts, [project.resources] * _CORES)
        return dict(chain.from_iterable(done))


def _draw(sheets: Sequence[Sheet], resources: Resources) -> list[tuple[str, list[float]]]:
    """Seconds of each banner of these presets; runs in a process of its own."""
    return [(sheet.preset, list(_seconds(sheet.jobs, resources))) for sheet in sheets]


def _seconds(jobs: Sequence[AnyJob], resources: Resources) -> Iterator[float]:
    for job in jobs:
        begun = process_time()
        render(job, resources)
        yield process_time() - begun


def _times_of(engine: str, folder: Path) -> Times:
    """Seconds of each banner, drawn by one node a core."""
    commands = [
        ["node", str(_FOLDER / "draw.mjs"), engine, str(folder), str(part), str(_CORES)]
        for part in range(_CORES)
    ]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=_FOLDER) for command in commands]
    said = [process.communicate()[0] for process in running]
    if any(process.returncode for process in running):
        raise RuntimeError(f"{engine} failed")
    return {
        preset: [taken / 1e3 for taken in times]
        for part in said
        for preset, times in json.loads(part).items()
    }


def _rate(rounds: Sequence[Times]) -> float:
    """Banners a second on all cores, for all agencies: of each preset the first, cold, and 127 more."""
    seconds = 0.0
    for preset in rounds[0]:
        cold = min(times[preset][0] for times in rounds)
        warm = median(chain.from_iterable(times[preset][1:] for times in rounds))
        seconds += cold + (_AGENCIES - 1) * warm
    return _CORES * _AGENCIES * len(rounds[0]) / seconds


def _distance(folder: Path, engine: str, preset: str, ours: Pixels) -> float:
    """How far a peer's picture is from ours, as a share of how far the background without type is."""
    theirs = read_pixels((folder / f"{engine}-{preset}.png").read_bytes())[..., :3]
    bare = read_pixels((folder / f"{preset}.png").read_bytes())
    return _difference(theirs, ours) / _difference(bare, ours)


def _difference(first: Pixels, second: Pixels) -> float:
    return float(np.abs(first.astype(np.int16) - second.astype(np.int16)).mean())
