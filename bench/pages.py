"""Print pages: what a PDF and its likeness gate cost; and what the web formats cost beside PNG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import sqrt
from typing import cast

from bench.outlines import outlines_to_pdf
from bench.table import Pace, Row, interleaved, timed
from dxassets import Project, Wanted, load_campaign, plan
from dxassets.backends.pdf_reader import page_to_pixels
from dxassets.backends.rasterizer import Pixels, RasterFormat, encode_pixels, read_pixels, svg_to_pixels
from dxassets.checks.likeness import check_likeness
from dxassets.checks.pictures import Picture
from dxassets.jobs import AnyJob, Rendered
from dxassets.kinds.banner.spec import BannerSpec, PageKind
from dxassets.kinds.registry import render

_RUNS = 3
_LOOKED_AT_PX = 900_000
_PAGE, _PROOF, _GATE = 2.5, 4.0, 3.0
"""Measured, of the slowest: 1.2 to 1.5, 2.3 to 2.5, and 1.4 to 2. Text that the page sets itself, instead of
outlines, or a picture in it, costs several times as much."""
_WEB_FORMATS: dict[RasterFormat, tuple[float, float]] = {"webp": (5.0, 0.6), "avif": (25.0, 0.35)}
"""Most time and most weight, of PNG's. Measured: 2.5 to 2.9 and 0.47, 13.8 and 0.24. With more effort,
which was tried and left, the encoders take four and eight times as long."""


def rows(pace: Pace) -> Iterator[Row]:
    """All rows of print and of the web formats."""
    project = load_campaign()
    yield from _pages(project, pace)
    yield from _formats(project, pace)


def _pages(project: Project, pace: Pace) -> Iterator[Row]:
    """Every print preset in every theme, plain; the large ones as proofs as well: the slowest counts."""
    presets = tuple(preset.id for preset in project.presets.presets if preset.medium == "print")
    themes = ("digital",) if pace.quick else ()
    wanted = Wanted(presets=presets, kinds=("banner",), days=("10-10",), themes=themes)
    plain = [job for job in plan(project, wanted).jobs if job.path.endswith(".pdf")]  # strips are PNG
    large = [
        _as(job, "proof")
        for job in plan(project, replace(wanted, themes=("brocade",))).jobs
        if cast("BannerSpec", job.spec).preset.finishing
    ]
    outlines_to_pdf()
    render(plain[0], project.resources)  # WeasyPrint and the fonts are loaded
    yield _slowest(f"slowest of {len(plain)} print PDFs", [_page(job, project) for job in plain])
    proofs = [replace(_page(job, project), at_most=_PROOF) for job in large]
    yield _slowest("slowest proof of a large print: its legend is type, too", proofs)
    yield _slowest("a print PDF's likeness gate, at most", [_gate(job, project) for job in plain])


def _slowest(name: str, found: list[Row]) -> Row:
    worst = max(found, key=lambda row: row.ratio)
    return replace(worst, name=name, detail=worst.name)


def _as(job: AnyJob, page: PageKind) -> AnyJob:
    return replace(job, spec=replace(cast("BannerSpec", job.spec), page=page))


def _page(job: AnyJob, project: Project) -> Row:
    return timed(
        job.path.partition("/banner/")[2],
        lambda _run: render(job, project.resources),
        against="WeasyPrint alone on 250 outlines",
        reference=lambda _run: outlines_to_pdf(),
        at_most=_PAGE,
        runs=_RUNS,
    )


def _gate(job: AnyJob, project: Project) -> Row:
    made = render(job, project.resources)
    return timed(
        job.path.partition("/banner/")[2],
        lambda _run: check_likeness(Picture(made.data, made.media_type), cast("str", made.drawing)),
        against="PDFium and librsvg drawing the page",
        reference=lambda _run: _both_drawn(made),
        at_most=_GATE,
        runs=_RUNS,
    )


def _both_drawn(made: Rendered) -> None:
    width, height = made.facts.width, made.facts.height
    scale = sqrt(_LOOKED_AT_PX / (width * height))
    page_to_pixels(made.data, 0, px_per_mm=scale)
    head, _, rest = cast("str", made.drawing).partition(">")
    size = f' width="{round(width * scale)}" height="{round(height * scale)}"'
    words = [word for word in head.split(" ") if not word.startswith(("width=", "height="))]
    svg_to_pixels(f"{' '.join(words)}{size}>{rest}")


def _encode(pixels: Pixels, kind: RasterFormat, _run: int) -> None:
    encode_pixels(pixels, kind, None)


def _formats(project: Project, pace: Pace) -> Iterator[Row]:
    """One 1920×600 picture in every web format: how long, and how heavy against its lossless PNG."""
    wanted = Wanted(
        presets=("portal-slide-1920x600",),
        kinds=("banner",),
        days=("10-10",),
        themes=("digital",),
        formats=("png",),
    )
    (job,) = plan(project, wanted).jobs
    pixels = read_pixels(render(job, project.resources).data)
    kinds: tuple[RasterFormat, ...] = ("png", *_WEB_FORMATS)
    weights = {kind: float(len(made.data)) for kind in kinds if (made := encode_pixels(pixels, kind, None))}
    times = dict(
        zip(kinds, interleaved([partial(_encode, pixels, kind) for kind in kinds], pace.runs(9)), strict=True)
    )
    for kind, (most_time, most_weight) in _WEB_FORMATS.items():
        yield Row(
            f"encoding 1920×600 as {kind}",
            times[kind],
            against="as PNG",
            reference=times["png"],
            at_most=most_time,
        )
        yield Row(
            f"its weight as {kind}",
            weights[kind],
            against="as PNG",
            reference=weights["png"],
            unit="B",
            at_most=most_weight,
        )
