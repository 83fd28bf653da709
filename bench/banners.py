"""Every raster preset's banner against its bare encoder, and all of them against other engines.

A PNG shares its stream with other agencies', so it takes less than its encoder alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from typing import cast

from bench import sharing, side_by_side
from bench.table import Pace, Row, timed
from dxassets import Project, Wanted, load_campaign, plan
from dxassets.backends.rasterizer import RasterFormat, encode_pixels, read_pixels
from dxassets.kinds.banner.render import layout_of
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.registry import render

LIMIT = 2.2
"""Asked for. Measured: 1.05 to 1.4 for JPEG, 0.1 to 0.5 for PNG, most for small pictures."""
SCENE_LIMIT = 1.5
"""Asked for of the median with a scene. Measured: 1.0, over 25 of 32 presets."""
_RUNS = 21


def rows(pace: Pace) -> Iterator[Row]:
    """The worst preset and the median of all, each other one over the limit, and the peers."""
    project = load_campaign()
    presets = [preset.id for preset in project.presets.presets if preset.medium != "print"]
    found = sorted((_against_encoder(project, preset, pace=pace) for preset in presets), key=_by_ratio)
    yield found[-1]
    yield from (row for row in found[:-1] if not row.ok)
    yield _median(found)
    in_scene = {preset for preset in presets if _has_scene(project, preset)}
    yield replace(
        _median([row for row in found if row.name.partition(":")[0] in in_scene], " with a scene"),
        at_most=SCENE_LIMIT,
    )
    yield from sharing.rows(project, pace)
    if not pace.quick:
        yield from side_by_side.rows(project)


def _median(found: list[Row], what: str = "") -> Row:
    """The middle one of rows in order."""
    middle = found[len(found) // 2]
    return replace(middle, name=f"{middle.name}, the median of {len(found)} presets{what}")


def _has_scene(project: Project, preset: str) -> bool:
    """Whether the preset shows its day's scene in the look that is measured."""
    wanted = Wanted(days=("10-10",), themes=("digital",), presets=(preset,), kinds=("banner",))
    (job,) = plan(project, wanted).jobs
    layout, _ = layout_of(cast("BannerSpec", job.spec), job.inputs, project.resources)
    return layout.scene_focus is not None


def _by_ratio(row: Row) -> float:
    return row.ratio


def _against_encoder(project: Project, preset: str, *, pace: Pace) -> Row:
    """A `digital` banner of this preset, warm, a different agency each time; gates are not counted."""
    wanted = Wanted(
        all_agencies=True, days=("10-10",), themes=("digital",), presets=(preset,), kinds=("banner",)
    )
    runs = pace.runs(_RUNS)
    jobs = list(islice(cycle(plan(project, wanted).jobs), runs + 1))
    file_format = cast("RasterFormat", cast("BannerSpec", jobs[0].spec).format)
    pixels = read_pixels(render(jobs[-1], project.resources).data)
    return timed(
        f"{preset}: banner",
        lambda run: render(jobs[run], project.resources),
        against=f"encoding its pixels as {file_format}",
        reference=lambda _run: encode_pixels(pixels, file_format, None),
        at_most=LIMIT,
        runs=runs,
    )
