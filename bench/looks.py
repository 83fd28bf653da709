"""How pictures are judged: slogan first, room used, read from afar, made out in a thumbnail.

Four measures of one picture, read from its composition and its drawing; docs/looks.md says why they are
what they are. `tools/judge` prints them for every size, theme and day of campaigns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import cast
from xml.etree.ElementTree import Element, SubElement, fromstring, register_namespace, tostring

import numpy as np
from numpy.typing import NDArray

from dxassets import Project
from dxassets.backends.rasterizer import resized, svg_to_pixels, type_mask
from dxassets.checks.contrast import grown, relative_luminance
from dxassets.colors import contrast
from dxassets.geometry import Box
from dxassets.jobs import Job
from dxassets.kinds.banner.render import base_to_svg, layout_of
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.renderers.faces import shaper_of
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Layout, Role, TextLine
from dxassets.typesetting.legibility import distance_notes

SVG = "http://www.w3.org/2000/svg"
CELLS = 24
"""Cells along the shorter side of a picture, for how much of it is used."""
CELL_PX = 6
LEAST_COVERED = 0.1
"""Of a cell, for it to be used."""
LEAST_ALPHA = 30
"""Of 255: a module fainter than this is no ink."""
THUMBNAIL = 160
"""Longer side of the small copy, in px: what a search page or a chat shows of a picture."""
LEAST_EM = 5.9
"""Em of a headline on the copy, in px; below it Vietnamese marks run into their letters (as on frames)."""
LEAST_SEEN = 3.0
"""Contrast of its most covered quarter on the copy: WCAG 2.2's limit for large type."""
register_namespace("", SVG)


@dataclass(frozen=True, slots=True)
class Look:
    """One picture's figures. `ratio` is the slogan's capitals over the mark; lengths in m and px."""

    what: str
    preset: str
    theme: str
    day: str
    composition: str
    wording: str
    has_scene: bool
    ratio: float | None
    unused: float
    readable_m: float | None
    scannable_m: float | None
    thumb_em: float
    thumb_contrast: float

    @property
    def in_thumbnail(self) -> bool:
        """Whether the headline is made out on the small copy."""
        return self.thumb_em >= LEAST_EM and self.thumb_contrast >= LEAST_SEEN


def look_at(job: Job[BannerSpec], project: Project, what: str) -> Look:
    """The figures of a banner; `FitError` where it can't be composed."""
    spec, resources = job.spec, project.resources
    measure = shaper_of(resources).measure
    layout, agency = layout_of(spec, job.inputs, resources)
    drawing = fromstring(base_to_svg(spec, job.inputs, resources))  # noqa: S314  (our own)
    far = dict(distance_notes(layout, measure)) if spec.preset.medium == "print" else {}
    em, seen = _headline(layout, drawing, project)
    return Look(
        what,
        spec.preset.id,
        spec.theme.id,
        job.day or "",
        layout.brief.plan.id,
        layout.wording,
        layout.scene_focus is not None,
        capitals_to_mark(layout, measure),
        unused_share(layout, agency, drawing),
        float(far["readable_from_m"]) if "readable_from_m" in far else None,
        float(far["scan_from_m"]) if "scan_from_m" in far else None,
        em,
        seen,
    )


# --- slogan first


def capitals_to_mark(layout: Layout, measure: Measure) -> float | None:
    """The slogan's tallest capitals over the mark's; None without either."""

    def tallest(*roles: Role) -> float:
        return max(
            (-measure("H", line.weight).top * line.size for line in layout.lines if line.role in roles),
            default=0.0,
        )

    slogan, mark = tallest("lead", "slogan", "key"), tallest("mark")
    return None if not slogan or not mark else slogan / mark


# --- the room


def unused_share(layout: Layout, agency: Iterable[TextLine], drawing: Element) -> float:
    """Share of the picture's cells in which there is neither type, code, badge, thing of a scene, nor motif.

    Ground, its light, a scene's sky and land are no use of room. A line of type takes its ink's box:
    what lies between two letters is not empty.
    """
    size = layout.brief.size
    scale = CELLS * CELL_PX / size.short_side
    columns, rows = round(size.width * scale / CELL_PX), round(size.height * scale / CELL_PX)
    ink = _ink_of(drawing)
    for box in [line.ink for line in (*layout.lines, *agency)]:
        sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        SubElement(ink, f"{{{SVG}}}rect", {name: f"{side:.2f}" for name, side in sides.items()})
    ink.set("width", str(columns * CELL_PX))
    ink.set("height", str(rows * CELL_PX))
    ink.set("preserveAspectRatio", "none")
    alpha = svg_to_pixels(tostring(ink, "unicode"), alpha=True)[..., 3]
    covered = (alpha >= LEAST_ALPHA).reshape(rows, CELL_PX, columns, CELL_PX).mean(axis=(1, 3))
    return float((covered < LEAST_COVERED).mean())


def _ink_of(drawing: Element) -> Element:
    """A copy of the drawing without ground, light, sky and land."""
    copy = fromstring(tostring(drawing))  # noqa: S314  (our own)
    for parent in list(copy.iter()):
        for child in list(parent):
            paint = child.get("fill", "")
            is_sky = parent.get("clip-path") is not None and child.tag.endswith("path")
            if paint.startswith("url(") or child.get("class") == "land" or is_sky:
                parent.remove(child)
    return copy


# --- a thumbnail


def _headline(layout: Layout, drawing: Element, project: Project) -> tuple[float, float]:
    """The em of the headline on the small copy, and the least contrast of its lines there."""
    size = layout.brief.size
    longer = max(size.width, size.height)
    width, height = (max(1, round(side * THUMBNAIL / longer)) for side in (size.width, size.height))
    drawing.set("width", str(4 * width))
    drawing.set("height", str(4 * height))
    large = svg_to_pixels(tostring(drawing, "unicode"), alpha=True)
    copy = resized(large, width, height)
    shaper = shaper_of(project.resources)
    lines = headline(layout)
    seen = [
        _seen(
            copy,
            shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
            layout,
        )
        for line in lines
    ]
    return min(line.size for line in lines) * THUMBNAIL / longer, min(seen)


def headline(layout: Layout) -> list[TextLine]:
    """What a picture says first: the lifted words, else the slogan's first part, else mark or name."""
    for roles in (("lead",), ("key", "slogan"), ("mark",), ("name",)):
        found = [line for line in layout.lines if line.role in roles]
        if found:
            return found
    return list(layout.lines)


def _seen(copy: NDArray[np.uint8], outline: str, layout: Layout) -> float:
    """Contrast of a line's most covered quarter against the pixels beside it, at most two away."""
    size = layout.brief.size
    height, width = copy.shape[:2]
    cover = type_mask(outline, Box(0, 0, size.width, size.height), width, height)
    touched = cover > 0
    beside = grown(touched, 2) & ~touched
    if not touched.any() or not beside.any():
        return 1.0
    inked = cover >= np.quantile(cover[touched], 0.75)
    light = relative_luminance(copy.reshape(-1, 4)).reshape(height, width)
    return contrast(float(light[inked].mean()), float(np.median(light[beside])))


# --- all of them


@dataclass(frozen=True, slots=True)
class Summary:
    """What many pictures come to."""

    pictures: int
    sizes: int
    slogan_first: int
    ratio: float
    unused: float
    in_thumbnail: float
    least_readable_m: float
    least_scannable_m: float

    def told(self) -> Iterator[str]:
        """The summary in lines."""
        yield f"{self.pictures} pictures in {self.sizes} sizes with a slogan"
        yield f"slogan never below the mark: {self.slogan_first} sizes; median {self.ratio:.2f}"
        yield f"unused, median: {100 * self.unused:.0f} %"
        yield f"headline made out in {THUMBNAIL} px: {100 * self.in_thumbnail:.0f} %"
        read, scanned = self.least_readable_m, self.least_scannable_m
        yield f"prints, the least: read from {read:g} m, scanned from {scanned:g} m"


def summary(looks: list[Look]) -> Summary:
    """The figures of many pictures together."""
    with_slogan = [look for look in looks if look.ratio is not None]
    sizes = sorted({look.preset for look in with_slogan})
    ratios = {
        size: min(cast("float", look.ratio) for look in with_slogan if look.preset == size) for size in sizes
    }
    return Summary(
        len(looks),
        len(sizes),
        sum(ratio >= 0.995 for ratio in ratios.values()),
        median(cast("float", look.ratio) for look in with_slogan),
        median(look.unused for look in looks),
        sum(look.in_thumbnail for look in looks) / len(looks),
        min((look.readable_m for look in looks if look.readable_m is not None), default=0.0),
        min((look.scannable_m for look in looks if look.scannable_m is not None), default=0.0),
    )
