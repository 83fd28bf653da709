"""Every raster preset's banner against its bare encoder, and the whole against other engines."""

from __future__ import annotations

from itertools import cycle, islice
from statistics import median
from time import process_time
from typing import cast

from bench import side_by_side
from bench.table import Row, interleaved
from dxassets import Project, Wanted, load_campaign, plan
from dxassets.backends.rasterizer import RasterFormat, encode_pixels, read_pixels
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.registry import render

LIMIT = 2.2
_RUNS = 21


def rows() -> list[Row]:
    """The worst preset and the median of all, each other one over the limit, and the peers."""
    project = load_campaign()
    presets = [preset.id for preset in project.presets.presets if preset.medium != "print"]
    found = sorted((_against_encoder(project, preset) for preset in presets), key=lambda row: -row.measured)
    half = median(row.measured for row in found)
    middle = Row(f"banner against encoding its pixels, median of {len(found)} presets", half, LIMIT, "×")
    over = [row for row in found[1:] if not row.ok]
    return [found[0], *over, middle, *side_by_side.rows(project)]


def _against_encoder(project: Project, preset: str) -> Row:
    """A `digital` banner of this preset, warm, a different agency each time; gates are not counted."""
    wanted = Wanted(
        all_agencies=True, days=("10-10",), themes=("digital",), presets=(preset,), kinds=("banner",)
    )
    jobs = list(islice(cycle(plan(project, wanted).jobs), _RUNS + 1))
    file_format = cast("RasterFormat", cast("BannerSpec", jobs[0].spec).format)
    pixels = [read_pixels(render(job, project.resources).data) for job in jobs[_RUNS:]]
    encode, draw = interleaved(
        [
            lambda _run: encode_pixels(pixels[0], file_format, None),
            lambda run: render(jobs[run], project.resources),
        ],
        _RUNS,
        clock=process_time,
    )
    detail = f"{draw * 1e3:.1f} ms as {file_format}"
    return Row(f"{preset}: banner against encoding its pixels", draw / encode, LIMIT, "×", detail=detail)
