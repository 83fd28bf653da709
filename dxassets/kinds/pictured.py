"""What kinds of pictures share when they plan: words and looks of a campaign, and the files behind a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from dxassets.agencies import Agency
from dxassets.brand import Theme
from dxassets.days import Day, is_scene_file
from dxassets.jobs import DayWords, Digests, LinkWords, day_words
from dxassets.kinds.motifs import motif_inputs
from dxassets.kinds.scope import FileDigests
from dxassets.kinds.telling import main_words
from dxassets.kinds.typefaces import typeface_inputs
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.renderers.pictures.plans import plans_of
from dxassets.renderers.pictures.scenery import with_scene_of
from dxassets.renderers.pictures.spec import PictureSpec
from dxassets.renderers.scenes import scene_files
from dxassets.resources import Resources
from dxassets.typesetting.composition import Composition

_TEMPLATES = "templates/banner"


@dataclass(frozen=True, slots=True)
class Pictured:
    """What is the same in the pictures of all agencies."""

    project: Project
    link: LinkWords | None
    said: dict[str, DayWords]
    plans: dict[tuple[str, str, str], tuple[Composition, ...]]

    def fields(
        self, agency: Agency, day: Day, theme: Theme, preset: Preset, *, logo: str | None
    ) -> dict[str, Any]:
        """The fields of a `PictureSpec`."""
        campaign = self.project.campaign
        return {
            "preset": preset,
            "proportions": self.project.presets.proportions_of(preset.family),
            "theme": theme,
            "day": self.said[day.id],
            "agency": agency,
            "call": campaign.call_to_action,
            "link": self.link,
            "phrases": campaign.phrases,
            "plans": self.plans[day.id, theme.id, preset.id],
            "logo": logo,
        }


def pictured(
    project: Project, days: Sequence[Day], themes: Iterable[Theme], presets: Iterable[Preset]
) -> Pictured:
    """What pictures of those days, themes and presets share."""
    campaign = project.campaign
    link = main_words(campaign)
    plans = plans_of(project)
    chosen = {
        (day.id, theme.id, preset.id): plans.of(preset, day, theme)
        for day, theme, preset in product(days, themes, presets)
    }
    said = {day.id: with_scene_of(day_words(day, campaign), day, project.resources) for day in days}
    return Pictured(project, link, said, chosen)


def picture_inputs(spec: PictureSpec, files: FileDigests) -> Digests:
    """Typeface, the theme's templates, the day's motif and scene, and the agency's logo."""
    scene = spec.day.scene if any(plan.scene is not None for plan in spec.plans) else None
    look = (_TEMPLATES, spec.theme.id, spec.day.motif, scene)
    found = files.of(look, lambda: _look_inputs(spec.theme, spec.day.motif, scene, files))
    logo = spec.logo
    return found if logo is None else files.of((*look, logo), lambda: (*found, *files.read([logo])))


def _look_inputs(theme: Theme, motif: str, scene: str | None, files: FileDigests) -> Digests:
    """The theme's template and the shared ones, whose names begin with `_`; motif, scene and typeface."""
    names = files.resources.names(_TEMPLATES, "")
    shared = [name for name in names if name.rpartition("/")[2].startswith("_")]
    templates = files.read([*shared, f"{_TEMPLATES}/{theme.id}.svg.j2"])
    drawn = () if scene is None else files.read(_scene_files(scene, files.resources))
    return (*templates, *motif_inputs(motif, files), *drawn, *typeface_inputs("display", files))


def _scene_files(scene: str, resources: Resources) -> Sequence[str]:
    return (scene,) if is_scene_file(scene) else scene_files(resources, scene)
