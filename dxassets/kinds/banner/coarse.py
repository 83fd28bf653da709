"""Tells of a day's own photo on which sizes it would not be sharp; nothing is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from dxassets.days import is_scene_file
from dxassets.errors import AssetError, InputError, Problem
from dxassets.geometry import Size
from dxassets.kinds.banner.misfits import looks_of
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.project import Project
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.pictures.briefing import brief_for, look_of
from dxassets.renderers.pictures.scene import LEAST_SHARP, photo_room, sharpness
from dxassets.renderers.pictures.scenery import seen_in
from dxassets.resources import called
from dxassets.typesetting.compositions import compose
from dxassets.typesetting.ink import Measure

_NAMED = 4
"""Sizes that are told one by one; more are counted."""


def coarse_photos(project: Project) -> Iterator[Problem]:
    """A problem for each photo that is too small for some sizes, with these and the px that are needed."""
    if not any(day.scene is not None and is_scene_file(day.scene) for day in project.campaign.days):
        return
    try:
        measure = shaper_of(project.resources).measure
    except InputError:
        return  # a font that can't be read is told by itself
    found: dict[int, dict[str, Size]] = {}
    for at, spec in looks_of(project):
        needed = _needed(spec, project, measure)
        if needed is not None:
            found.setdefault(at, {})[spec.preset.id] = needed
    for at, sizes in found.items():
        yield _told(f"{project.source}: days[{at}].scene", project.campaign.days[at].scene or "", sizes)


def _needed(spec: BannerSpec, project: Project, measure: Measure) -> Size | None:
    """The px that the photo should have for this picture; None where it has enough, or isn't shown."""
    from dxassets.renderers.own_scenes import own_density  # noqa: PLC0415  (Pillow only where a photo is)

    name, focus = spec.day.scene, spec.day.focus
    if name is None or focus is None:
        return None
    try:
        layout = compose(brief_for(look_of(spec, ())), measure)
    except AssetError:
        return None  # a text that does not fit is told by itself
    if layout.brief.plan.scene is None:
        return None
    seen = seen_in(project.resources, name)
    own = own_density(seen, focus, photo_room(layout, spec.preset.bleed))
    share = 1.0 if own is None else sharpness(own, spec.preset)
    return (
        None if share >= LEAST_SHARP else Size(ceil(seen.size.width / share), ceil(seen.size.height / share))
    )


def _told(where: str, name: str, sizes: dict[str, Size]) -> Problem:
    shown, more = list(sizes)[:_NAMED], len(sizes) - _NAMED
    most = max(sizes.values(), key=lambda size: size.width)
    vi = f"{', '.join(shown)}{f' và {more} cỡ khác' if more > 0 else ''}"
    en = f"{', '.join(shown)}{f' and {more} more' if more > 0 else ''}"
    px = f"{most.width}×{most.height} px"
    return Problem(
        where,
        f"ảnh “{called(name)}” ít điểm ảnh, sẽ không nét ở cỡ {vi}; hãy dùng ảnh từ {px} trở lên",
        f"the photo {called(name)!r} has too few px to be sharp on {en}; use one of {px} or more",
    )
