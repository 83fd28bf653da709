"""Print pages: what a PDF and its likeness gate cost; and what the web formats cost beside PNG."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from statistics import median
from time import process_time
from typing import cast

from bench.table import Row, interleaved
from dxassets import Project, Wanted, load_campaign, plan
from dxassets.backends.rasterizer import Pixels, RasterFormat, encode_pixels, read_pixels
from dxassets.checks.likeness import check_likeness
from dxassets.checks.pictures import Picture
from dxassets.jobs import AnyJob, Rendered
from dxassets.kinds.banner.spec import BannerSpec, PageKind
from dxassets.kinds.registry import render

_RUNS = 3
_FORMATS: tuple[RasterFormat, ...] = ("png", "webp", "avif")


def rows() -> list[Row]:
    """All rows of print and of the web formats."""
    project = load_campaign()
    return [*_pages(project), *_formats(project)]


def _pages(project: Project) -> list[Row]:
    """Every print preset in every theme, plain; the large ones as proofs as well: the slowest counts."""
    presets = tuple(preset.id for preset in project.presets.presets if preset.medium == "print")
    wanted = Wanted(presets=presets, kinds=("banner",), days=("10-10",))
    plain = plan(project, wanted).jobs
    proofs = [_as(job, "proof") for job in plan(project, replace(wanted, themes=("brocade",))).jobs]
    render(plain[0], project.resources)  # WeasyPrint is loaded
    slowest, name, gates = 0.0, "", list[float]()
    for job in plain:
        seconds, made = _timed(job, project)
        gates.append(min(_gate(made) for _ in range(_RUNS)))
        if seconds > slowest:
            slowest, name = seconds, job.path.partition("/banner/")[2]
    proof = max(_timed(job, project)[0] for job in proofs if cast("BannerSpec", job.spec).preset.finishing)
    return [
        Row(f"slowest of {len(plain)} print PDFs", slowest, 0.5, "s", detail=name),
        Row("slowest proof of a large print (its legend is type, too)", proof, 0.75, "s"),
        Row(
            "a print PDF's likeness gate, at most",
            max(gates),
            0.15,
            "s",
            detail=f"median {median(gates):.3f} s",
        ),
    ]


def _as(job: AnyJob, page: PageKind) -> AnyJob:
    return replace(job, spec=replace(cast("BannerSpec", job.spec), page=page))


def _timed(job: AnyJob, project: Project) -> tuple[float, Rendered]:
    """Seconds of the quickest of some runs (a busy moment is not the renderer's), and what was made."""
    made = render(job, project.resources)
    times: list[float] = []
    for _ in range(_RUNS):
        begun = process_time()
        render(job, project.resources)
        times.append(process_time() - begun)
    return min(times), made


def _gate(made: Rendered) -> float:
    """Seconds of one look at a page."""
    assert made.drawing is not None
    begun = process_time()
    check_likeness(Picture(made.data, made.media_type), made.drawing)
    return process_time() - begun


def _encode(pixels: Pixels, kind: RasterFormat, _run: int) -> None:
    encode_pixels(pixels, kind, None)


def _formats(project: Project) -> list[Row]:
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
    encoded = {kind: encode_pixels(pixels, kind, None) for kind in _FORMATS}
    weights = {kind: len(made.data) if made else 0 for kind, made in encoded.items()}
    actions = [partial(_encode, pixels, kind) for kind in _FORMATS]
    times = interleaved(actions, 5, clock=process_time)
    limits = {"webp": (0.15, 60.0), "avif": (0.4, 35.0)}
    told: list[Row] = []
    for kind, seconds in zip(_FORMATS, times, strict=True):
        if kind in limits:
            most_seconds, most_weight = limits[kind]
            share = 100 * weights[kind] / weights["png"]
            told.append(Row(f"encoding 1920×600 as {kind}", seconds, most_seconds, "s"))
            told.append(
                Row(f"its weight as {kind}, of PNG's", share, most_weight, "%", detail=f"{weights[kind]} B")
            )
    return told
