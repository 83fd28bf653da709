"""Where everything stands: by a composition that is data (`composition.py`), in the shape of the picture.

`stack`: a column from top to bottom (agency, slogan and mark in the composition's order, call).
`line`: a ribbon from left to right. `badge`: mark and name alone, on the smallest pictures.
The agency's slot has a fixed height: offices share all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dxassets.errors import FitError, Problem
from dxassets.geometry import Box, Insets
from dxassets.typesetting.blocks import Draft, place_stack, set_name
from dxassets.typesetting.fitting import Stack
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Brief, Layout
from dxassets.typesetting.lining import set_line
from dxassets.typesetting.marks import fit_mark, place_mark
from dxassets.typesetting.stacking import set_column

_SLIM_PX = 200
_AIR_INSIDE = 0.04
"""Between the edge of what is kept and the type in it, of its shorter side."""
_STAND = 0.08
"""A trim of more than this share of the height is a stand, not a hem: the band stands above it."""


@lru_cache(maxsize=512)
def compose(brief: Brief, measure: Measure) -> Layout:
    """The first of the brief's compositions that shows the whole slogan, or else the first that fits.

    `FitError` when a text can't be set legibly in any.
    """
    short: Layout | None = None
    refused: FitError | None = None
    for plan in brief.plans:
        try:
            layout = _composed(replace(brief, plans=(plan,)), measure)
        except FitError as error:
            refused = refused or error
            continue
        if layout.wording != "short" or plan.takes_short:
            return layout
        short = short or layout
    if short is not None:
        return short
    raise refused or FitError(Problem("", "không có bố cục nào", "there is no composition"))


def _composed(brief: Brief, measure: Measure) -> Layout:
    """The brief in its first composition, which may size some things otherwise than the family does."""
    sizes = brief.plan.sizes.model_dump(exclude_none=True)
    brief = replace(brief, shares=replace(brief.shares, **sizes))
    band = _band(brief)
    content = _content(brief, band)
    brief = _in_what_is_kept(brief, content)
    if brief.keep is not None and brief.plan.skeleton != "stack":
        content = content.meet(brief.keep)
    draft = Draft(floor=_floor(brief, band))
    skeletons = {"badge": _badge, "line": set_line, "stack": set_column}
    skeletons[brief.plan.skeleton](draft, brief, content, measure)
    return Layout(
        brief,
        content,
        band,
        tuple(draft.lines),
        tuple(draft.bars),
        tuple(draft.rules),
        draft.card,
        draft.slot,
        draft.wording,
        tuple(draft.badges),
        draft.panel,
    )


def _in_what_is_kept(brief: Brief, content: Box) -> Brief:
    """The brief of a picture that some services cut: its column lies in what they keep.

    Type alone moves there, onto the middle's axis; a scene has its place beside a column, which stays.
    """
    if brief.keep is None:
        return brief
    kept = brief.keep.pad(-_AIR_INSIDE * min(brief.keep.width, brief.keep.height))
    brief = replace(brief, keep=kept)
    if kept.contains(content.part(brief.plan.column), 0.01 * kept.width):
        return brief
    if brief.plan.skeleton != "stack":
        return brief
    if brief.plan.scene is not None:
        raise FitError(Problem("", "cột chữ ra ngoài phần giữ lại", "the column leaves what is kept"))
    return replace(brief, center=True)


def _floor(brief: Brief, band: Box | None) -> float:
    """Where the picture ends below: at its edge, its stand, or its band."""
    if band is not None and brief.family != "ribbon":
        return band.y
    return brief.size.height - _hidden(brief)


def _hidden(brief: Brief) -> float:
    """How much of the foot a stand hides."""
    return brief.trim.bottom if brief.trim.bottom > _STAND * brief.size.height else 0.0


def _band(brief: Brief) -> Box | None:
    """The brocade band: along the foot, or along the left edge of a ribbon."""
    if not brief.banded or "slogan" not in brief.levels:
        return None  # the smallest pictures have no room for it
    width, height = brief.size.width, brief.size.height
    thickness = brief.shares.band * brief.size.short_side
    if brief.on_pixels:
        thickness = max(round(thickness), 6)
    if brief.family == "ribbon":
        return Box(0, 0, thickness, height)
    return Box(0, height - _hidden(brief) - thickness, width, thickness)


def _content(brief: Brief, band: Box | None) -> Box:
    """The room for type and code: inside margins, safe area and band."""
    margin = brief.shares.margin * brief.size.short_side
    if brief.framed:
        margin *= 1.35 if brief.size.width >= _SLIM_PX or not brief.on_pixels else 1.12
    safe = brief.safe
    air = (0.6 if brief.framed and brief.trim.bottom else 0.35) * margin
    left = max(margin, safe.left + air if safe.left else 0)
    bottom = max(margin, safe.bottom + air if safe.bottom else 0)
    if band is not None and brief.family == "ribbon":
        left = max(left, band.right + margin * 0.9)
    elif band is not None:
        bottom = max(bottom, brief.size.height - band.y + margin * 0.8)
    insets = Insets(
        max(margin, safe.top + air if safe.top else 0),
        max(margin, safe.right + air if safe.right else 0),
        bottom,
        left,
    )
    return Box(0, 0, brief.size.width, brief.size.height).inset(insets)


def _badge(draft: Draft, brief: Brief, content: Box, measure: Measure) -> None:
    """The smallest pictures: only the mark and the day's name."""
    name = _badge_name(brief, content, measure)
    below = 0.0 if name is None else name.height
    gap = 0.1 * content.height if name is not None and brief.words.mark else 0.0
    mark = fit_mark(brief.words.mark, measure, width=content.width, height=content.height - below - gap)
    height = mark.height
    top = content.y + (content.height - height - gap - below) / 2
    x = content.center_x - mark.width / 2 if brief.center else content.x
    place_mark(draft, mark, x, top, measure)
    if name is not None:
        box = Box(content.x, top + height + gap, content.width, name.height)
        place_stack(draft, name, ["name"], box, center=brief.center)


def _badge_name(brief: Brief, content: Box, measure: Measure) -> Stack | None:
    """The name on the smallest pictures; None for one that is too long there, when a mark says the day."""
    alone = brief.words.mark is None
    try:
        return set_name(
            brief,
            measure,
            width=content.width,
            height=content.height * (1.0 if alone else 0.5),
            largest=content.height if alone else brief.min_text * 1.15,
            max_lines=4 if alone else 3,
        )
    except FitError:
        if alone:
            raise
        return None
