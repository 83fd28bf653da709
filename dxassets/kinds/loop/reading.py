"""Whether a composition's slogan can be read in a loop, and what is said in its place where it can't."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from dxassets.errors import FitError, Problem
from dxassets.geometry import Box
from dxassets.kinds.loop.phrasing import groups_of
from dxassets.kinds.loop.timeline import LONGEST, Timeline, timeline_of
from dxassets.notation import plain
from dxassets.renderers.pictures.spec import PictureSpec
from dxassets.slogans import Slogan
from dxassets.typesetting.layout import Layout

SpecT = TypeVar("SpecT", bound=PictureSpec)


def timed(layout: Layout, phrases: tuple[str, ...]) -> Timeline | None:
    """When what is seen of a composition; None where its slogan takes too long to read."""
    return timeline_of(groups_of(layout, phrases), has_mark=bool(mark_boxes(layout)))


def mark_boxes(layout: Layout) -> list[Box]:
    """Where the day's mark stands."""
    boxes = [line.ink for line in layout.lines if line.role == "mark"]
    return [*boxes, *(bar.box for bar in layout.bars), *layout.badges]


def shortened(spec: SpecT, layout: Layout) -> SpecT:
    """The same with its short wording alone; `FitError` where that is what `layout` says already."""
    slogan = spec.day.slogan
    if layout.wording != "full" or slogan.short == slogan.text:
        said = slogan.short if layout.wording == "short" else slogan.text
        seconds = plain(LONGEST, "vi")
        raise FitError(
            Problem(
                "",
                f"“{said}” dài quá, không đọc hết được trong {seconds} giây; hãy rút gọn khẩu hiệu (short)",
                f"{said!r} is too long to be read in {seconds} s; give a shorter wording (short)",
            )
        )
    return replace(spec, day=replace(spec.day, slogan=Slogan(text=slogan.short, short=slogan.short)))
