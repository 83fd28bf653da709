"""Banners without a name, for the web site: its page draws any agency's name into them."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import numpy as np

from dxassets.backends import rasterizer
from dxassets.brand import Palette
from dxassets.checks.contrast import LEAST, LEAST_LARGE, relative_luminance
from dxassets.colors import contrast, luminance
from dxassets.errors import AssetError, Problem
from dxassets.geometry import CSS_PX_PER_INCH, MM_PER_INCH, Box
from dxassets.jobs import Digests
from dxassets.kinds.banner.kept_bases import KeptBases
from dxassets.kinds.banner.kind import KIND
from dxassets.kinds.banner.planning import PlannedBanner, planned_banners
from dxassets.kinds.banner.print_page import mm_per_unit
from dxassets.kinds.banner.render import Nameless, without_name
from dxassets.kinds.banner.showing import drawn_days, drawn_themes, draws_names, is_nameless
from dxassets.kinds.banner.snippets import plain_twin_of_drawn, snippet_of_drawn
from dxassets.kinds.faces import Built, SiteWanted
from dxassets.kinds.scope import FileDigests, Scope, Selection
from dxassets.notation import number, plain
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.renderers.site.model import FILES_BEGIN, SiteBase, SitePrint, packed
from dxassets.store import place_in

_LARGE_PX = 24.0
"""Large-scale text, which needs less contrast: 18 pt in CSS px (WCAG 2.2)."""
_SMALL_PX = (168, 112)
"""Most width and height of a picture to choose from: twice what is shown, for the screens of phones."""
_CANVAS_PX = 16_700_000
"""What a phone's canvas holds; the page's script (drawing.js) has the same number."""
_SIZE = re.compile(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"')
_PICTURE = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=]+)")
_ODD = 0.005
"""Share of the ground's pixels at either end that may be odd ones, as in the gates."""


MOST_PAGE_BYTES = 500_000
"""Of a print page in the site's folder; of a heavier one (with a photo in it) the site gives SVG alone."""


def bases_of(
    project: Project, wanted: SiteWanted, *, kept: KeptBases | None = None
) -> tuple[tuple[SiteBase, ...], tuple[Problem, ...]]:
    """A base for each day, theme and size, and what is to be told of those that can't be made.

    Chosen days, themes and sizes are taken as they are; else each day comes in the themes that any day has,
    and in every size. Where everybody signs with a logo there are none: the page draws names only.
    Those that are `kept` from an earlier run are not drawn again.
    """
    kept = kept or KeptBases(None, "")
    if not draws_names(project):
        return (), ()
    files = FileDigests(project.resources)
    bases: list[SiteBase] = []
    problems: list[Problem] = []
    for planned in planned_banners(Scope(project, _selection(project, wanted), files)):
        try:
            bases.append(_kept_or_drawn(planned, project, files, kept))
        except AssetError as error:
            where = f"{planned.day}, {planned.spec.theme.id}, {planned.spec.preset.id}"
            problems += [Problem(where, problem.vi, problem.en) for problem in error.problems]
    kept.tidy()
    return tuple(bases), tuple(problems)


def prints_of(built: Built) -> tuple[SitePrint, ...]:
    """The PDF pages without a name that were built; of heavy ones the weight alone."""
    found: list[SitePrint] = []
    for record in built.records:
        preset = built.project.presets.preset(record.preset or "")
        if preset is None or not record.day or not record.theme or not is_nameless(record):
            continue
        light = record.bytes <= MOST_PAGE_BYTES
        found.append(
            SitePrint(
                record.day,
                record.theme,
                preset.id,
                place_in(built.folder, record.path).read_bytes() if light else None,
                record.bytes,
                mm_per_unit(preset),
                preset.bleed,
            )
        )
    return tuple(found)


def _selection(project: Project, wanted: SiteWanted) -> Selection:
    """Looks of the issuing agency, whose name is not drawn."""
    campaign = project.campaign
    office = campaign.office(campaign.issuing_agency) or campaign.offices[0]
    return Selection(
        agencies=(office,),
        days=drawn_days(project, wanted),
        themes=drawn_themes(project, wanted),
        presets=tuple(
            preset for preset in project.presets.presets if not wanted.presets or preset.id in wanted.presets
        ),
        kinds=(KIND.id,),
        formats=("svg",),
    )


def _kept_or_drawn(planned: PlannedBanner, project: Project, files: FileDigests, kept: KeptBases) -> SiteBase:
    inputs = KIND.inputs(planned.spec, files)
    key = kept.key_of(planned, inputs)
    base = kept.get(key)
    if base is None:
        base = _with_words(_base(planned, project, inputs), planned.spec.preset, project)
        kept.put(key, base)
    return base


def _base(planned: PlannedBanner, project: Project, inputs: Digests) -> SiteBase:
    spec = planned.spec
    made = without_name(spec, inputs, project.resources)
    _check_ground(made, spec.theme.palette, spec.preset)
    return SiteBase(
        planned.day,
        spec.theme.id,
        spec.preset.id,
        packed(lighter(made.svg)),
        made.slot,
        str(spec.theme.palette.ink_soft),
        made.alt,
        small_of(made.svg, spec.preset.canvas),
    )


def _with_words(base: SiteBase, preset: Preset, project: Project) -> SiteBase:
    """With the HTML that puts it on a page, or into a mail, where it is a size for them."""
    if preset.medium != "web":
        return base
    link = project.campaign.main_url
    dense = 4 * preset.width * preset.height <= _CANVAS_PX
    return replace(
        base,
        embed=snippet_of_drawn(preset, base.alt, start=FILES_BEGIN, link=link, dense=dense),
        plain=plain_twin_of_drawn(preset, base.alt, link=link),
    )


def lighter(svg: str) -> str:
    """`svg` with the pictures in it (a photo, and what of it fades) as WebP, where that is lighter.

    Browsers draw it, many other programs do not: the page turns it back where the SVG is taken as a file.
    """
    return _PICTURE.sub(_as_webp, svg)


def _as_webp(found: re.Match[str]) -> str:
    pixels = rasterizer.picture_to_rgba(base64.b64decode(found[2]))
    webp = rasterizer.webp_of(pixels if found[1] == "png" else pixels[..., :3])
    told = base64.b64encode(webp).decode()
    return found[0] if len(told) >= len(found[2]) else f"data:image/webp;base64,{told}"


def small_of(svg: str, canvas: Box) -> bytes:
    """A picture to choose from, as WebP."""
    scale = min(_SMALL_PX[0] / canvas.width, _SMALL_PX[1] / canvas.height)
    width, height = max(1, round(canvas.width * scale)), max(1, round(canvas.height * scale))
    small = _SIZE.sub(rf'\1 width="{width}" height="{height}"', svg, count=1)
    return rasterizer.thumbnail(rasterizer.svg_to_pixels(small), max(width, height))


def _check_ground(made: Nameless, palette: Palette, preset: Preset) -> None:
    """`AssetError` when a name could not be read somewhere in its slot: any name may stand anywhere in it."""
    if made.slot is None or made.ground is None:
        return
    light = np.sort(relative_luminance(made.ground.reshape(-1, made.ground.shape[2])))
    odd = int(len(light) * _ODD)
    ink = luminance(palette.ink_soft)
    found = min(contrast(ink, float(light[odd])), contrast(ink, float(light[-1 - odd])))
    to_px = CSS_PX_PER_INCH / MM_PER_INCH if preset.unit == "mm" else 1.0
    limit = LEAST_LARGE if made.slot.smallest * to_px >= _LARGE_PX else LEAST
    if found < limit:
        raise AssetError(
            Problem(
                "",
                f"chỗ cho tên cơ quan tương phản {number(found, 'vi', places=2)}, cần {plain(limit, 'vi')}",
                f"the agency's place has a contrast of {number(found, 'en', places=2)}, "
                f"{plain(limit, 'en')} is needed",
            )
        )
