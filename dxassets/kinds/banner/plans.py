"""Which compositions a picture may have, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxassets.brand import Theme
from dxassets.days import Day
from dxassets.presets import Preset
from dxassets.typesetting.composition import Composition


@dataclass(frozen=True, slots=True)
class Plans:
    """All compositions, and the ids that the campaign asks for, first of all."""

    known: Sequence[Composition]
    asked: Sequence[str] = ()

    def of(self, preset: Preset, day: Day, theme: Theme) -> tuple[Composition, ...]:
        """Those that serve preset and slogan: what was asked for, then what the theme prefers, then by rank.

        A composition with a scene is none for a day without one, nor for a theme that has none.
        """
        short_px = min(preset.width, preset.height) if preset.unit == "px" else None
        with_scene = day.scene is not None and theme.scenes
        served = [
            plan
            for plan in self.known
            if plan.serves(
                preset.family, len(day.slogan.text), slogan="slogan" in preset.levels, short_px=short_px
            )
            and (with_scene or plan.scene is None)
        ]
        wished = [*self.asked, *theme.prefers]
        return tuple(sorted(served, key=lambda plan: (_place(plan.id, wished), plan.rank, plan.id)))


def _place(plan_id: str, wished: Sequence[str]) -> int:
    return wished.index(plan_id) if plan_id in wished else len(wished)
