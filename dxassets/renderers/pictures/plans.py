"""Which compositions a picture may have, best first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxassets.brand import Theme
from dxassets.days import Day
from dxassets.errors import InputError, Problem
from dxassets.geometry import Box
from dxassets.models import not_among
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.renderers.compositions import compositions_of
from dxassets.renderers.pictures.scenery import unusable_scenes
from dxassets.resources import BRAND_FILE
from dxassets.typesetting.composition import Composition, Room

_LEAST_OF_FOCUS = 0.4
"""How much of the width of a scene's people must lie in the safe area; elsewhere they would be dwarfs."""


@dataclass(frozen=True, slots=True)
class Plans:
    """All compositions, and the ids that the campaign asks for, first of all."""

    known: Sequence[Composition]
    asked: Sequence[str] = ()

    def of(self, preset: Preset, day: Day, theme: Theme) -> tuple[Composition, ...]:
        """Those that serve preset and slogan: what was asked for, then what the theme prefers, then by rank.

        A composition with a scene is none for a day without one, nor for a theme that has none, unless a
        panel keeps type off whatever is there. One that must be asked for is for none but those who do.
        """
        below = 1 - preset.safe_box.bottom / preset.height
        room = Room(min(preset.width, preset.height), preset.unit == "px", below)
        with_scene = day.scene is not None and theme.scenes
        wished = [*self.asked, *theme.prefers]
        served = [
            plan
            for plan in self.known
            if plan.serves(preset.family, len(day.slogan.text), slogan="slogan" in preset.levels, room=room)
            and (with_scene or plan.scene is None or plan.panel is not None)
            and (not plan.only_asked or plan.id in wished)
            and (plan.panel is not None or _people_have_room(plan, preset))
        ]
        return tuple(sorted(served, key=lambda plan: (_place(plan.id, wished), plan.rank, plan.id)))


def _people_have_room(plan: Composition, preset: Preset) -> bool:
    """Whether what must stay free at the sides leaves a scene's people enough of the width they need."""
    if plan.scene is None:
        return True
    focus = Box(0, 0, preset.width, preset.height).part(plan.scene.focus)
    return focus.meet(preset.safe_box).width >= _LEAST_OF_FOCUS * focus.width


def plans_of(project: Project) -> Plans:
    """What the project has; `InputError` tells every composition and scene that can't be used."""
    plans = Plans(compositions_of(project.resources), project.campaign.compositions)
    problems = [*_unknown_compositions(project, plans), *unusable_scenes(project)]
    if problems:
        raise InputError(*problems)
    return plans


def _unknown_compositions(project: Project, plans: Plans) -> Iterator[Problem]:
    known = [plan.id for plan in plans.known]
    asked = [(f"{project.source}: compositions[{at}]", name) for at, name in enumerate(plans.asked)]
    asked += [
        (f"{BRAND_FILE}: themes.{theme.id}.prefers[{at}]", name)
        for theme in project.brand.every_theme
        for at, name in enumerate(theme.prefers)
    ]
    return (not_among(where, name, known=known) for where, name in asked if name not in known)


def _place(plan_id: str, wished: Sequence[str]) -> int:
    return wished.index(plan_id) if plan_id in wished else len(wished)
