"""Which loops a selection holds.

A build makes the usual sizes of each day in its look (`[site] looks`), as films. Whoever names `--size`,
`--theme` or `--format` has what is named; whoever names presets of pictures alone has no loops with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import get_args

from dxassets.agencies import Agency
from dxassets.brand import Theme
from dxassets.days import Day
from dxassets.errors import InputError, Problem
from dxassets.kinds.loop.sizes import MOST_WEB_PX, LoopSize, LoopSizes, loop_sizes
from dxassets.kinds.loop.spec import LoopFormat, LoopSpec
from dxassets.kinds.pictured import Pictured, pictured
from dxassets.kinds.scope import Scope, Selection
from dxassets.project import Project
from dxassets.renderers.pictures.logos import Logos

FORMATS: tuple[LoopFormat, ...] = get_args(LoopFormat)
_FILM: tuple[LoopFormat, ...] = ("mp4",)
_ANIMATED: tuple[LoopFormat, ...] = ("webp", "gif", "png")


@dataclass(frozen=True, slots=True)
class PlannedLoop:
    """A loop, the id of its day, and whether it can be made without the extra for films."""

    day: Day
    spec: LoopSpec

    @property
    def path(self) -> tuple[str, ...]:
        """Folders and name below the agency's folder of the kind."""
        return (self.day.id, self.spec.theme.id, f"{self.spec.preset.id}.{self.spec.format}")


def can_film() -> bool:
    """Whether the extra is installed."""
    return find_spec("av") is not None


def planned_loops(scope: Scope) -> Iterator[PlannedLoop]:
    """Every loop of the selection; `InputError` tells of sizes and logos that can't be used."""
    chosen, project = scope.selection, scope.project
    if chosen.wish.presets and not chosen.wish.sizes and not chosen.kinds_asked:
        return
    sizes = _sizes(chosen, loop_sizes(project.resources))
    looks = list(_looks(project, chosen))
    themes = {theme.id: theme for _, theme in looks}
    shared = pictured(project, chosen.days, themes.values(), [size.preset for size in sizes])
    logos = Logos(project.brand, project.resources)
    for agency in chosen.agencies:
        for day, theme in looks:
            for size in sizes:
                yield from _forms(chosen, shared, size, agency=agency, day=day, theme=theme, logos=logos)
    if logos.problems:
        raise InputError(*logos.problems.values())


def _forms(
    chosen: Selection,
    shared: Pictured,
    size: LoopSize,
    *,
    agency: Agency,
    day: Day,
    theme: Theme,
    logos: Logos,
) -> Iterator[PlannedLoop]:
    """One loop in its formats."""
    for file_format in _formats(chosen, size):
        spec = LoopSpec(
            **shared.fields(agency, day, theme, size.preset, logo=logos.of(agency)),
            format=file_format,
            max_bytes=size.max_bytes.get(file_format),
        )
        yield PlannedLoop(day, spec)


def _formats(chosen: Selection, size: LoopSize) -> tuple[LoopFormat, ...]:
    """What a size is made in: a film or, for pages, animations with their still."""
    known = FORMATS if chosen.kinds_asked or chosen.wish.sizes else (*_FILM, "gif")
    formats = chosen.formats_of(known, usual=_ANIMATED if size.web else _FILM)
    too_large = size.width * size.height > MOST_WEB_PX
    asked = [name for name in formats if name in {"webp", "gif"}]
    if too_large and asked and chosen.wish.sizes:
        raise InputError(
            Problem(
                "--format",
                f"{size.width}x{size.height} lớn quá cho {', '.join(asked)} (tối đa 1280x720); hãy dùng mp4",
                f"{size.width}x{size.height} is too large for {', '.join(asked)} (1280x720 at most); use mp4",
            )
        )
    return tuple(name for name in formats if not (too_large and name in asked))


def _sizes(chosen: Selection, known: LoopSizes) -> tuple[LoopSize, ...]:
    """The sizes that are named, each once; else the usual ones. `InputError` for all that are none."""
    if not chosen.wish.sizes:
        return tuple(size for size in known.sizes if size.usual)
    found: dict[str, LoopSize] = {}
    problems: list[Problem] = []
    for name in chosen.wish.sizes:
        try:
            size = known.of(name)
        except InputError as error:
            problems += error.problems
        else:
            found[size.id] = size
    if problems:
        raise InputError(*problems)
    return tuple(found.values())


def _looks(project: Project, chosen: Selection) -> Iterator[tuple[Day, Theme]]:
    """Each day in the themes that are named, or in its own look."""
    themes = project.brand.themes
    for at, day in enumerate(project.campaign.days):
        if day not in chosen.days:
            continue
        if chosen.wish.themes:
            yield from ((day, theme) for theme in chosen.themes)
            continue
        own = [look.theme for look in project.campaign.site.looks if look.day == day.id]
        named = (project.brand.theme(name) for name in own)
        yield from ((day, theme) for theme in [each for each in named if each] or [themes[at % len(themes)]])
