"""A picture in layers, from the ground up: what is the same for all agencies of a preset, theme and day."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.backends.shaper import Shaper
from dxassets.backends.templating import trusted_markup
from dxassets.jobs import TextArea
from dxassets.renderers.faces import shaper_of, templates_of
from dxassets.renderers.motifs import motif_of
from dxassets.renderers.pictures.art import Art
from dxassets.renderers.pictures.briefing import PictureLook, brief_for
from dxassets.renderers.pictures.code import draw_code
from dxassets.renderers.pictures.pieces import draw_calm_panel, draw_marks
from dxassets.renderers.pictures.scene import draw_day_scene
from dxassets.renderers.pictures.type_areas import areas_to_svg, lines_to_areas
from dxassets.resources import Resources
from dxassets.typesetting.compositions import compose
from dxassets.typesetting.layout import Layout


@dataclass(frozen=True, slots=True)
class PictureLayers:
    """SVG in the preset's unit. `back` is ground, scene and the type's calm panel; `code` the code's card.

    `texts` are the lines of type but for the agency's, `notes` what is told of the scene.
    """

    look: PictureLook
    shaper: Shaper
    layout: Layout
    back: str
    texts: tuple[TextArea, ...]
    code: str
    notes: tuple[tuple[str, str], ...]

    @property
    def body(self) -> str:
        """All layers, one over the other."""
        marks = draw_marks(self.layout, self.look.theme, bleed=self.look.preset.bleed)
        return self.back + marks + areas_to_svg(self.texts) + self.code


def layers_of(look: PictureLook, resources: Resources, *, coarser: float = 1.0) -> PictureLayers:
    """The layers of a look, a photo in it with so many times fewer px than it could have; `FitError`."""
    shaper = shaper_of(resources)
    layout = compose(brief_for(look), shaper.measure)
    palette = look.theme.palette
    art = Art(
        layout,
        motif_of(resources, look.day.motif),
        look.preset.bleed,
        tones=len(palette.modules),
        figures=len(palette.band.figures),
        edges=len(palette.band.edges),
        seed=f"{look.theme.id} {look.day.motif}",
        pictured=layout.brief.plan.scene is not None and look.day.scene is not None,
    )
    ground = templates_of(resources, look.inputs).render(
        f"banner/{look.theme.id}.svg.j2",
        {"art": art, "palette": palette, "gradient": look.theme.gradient, "trusted": trusted_markup},
    )
    scene = draw_day_scene(look.day, look.theme, layout, resources, preset=look.preset, coarser=coarser)
    return PictureLayers(
        look,
        shaper,
        layout,
        ground + scene.svg + draw_calm_panel(layout, look.theme, bleed=look.preset.bleed),
        lines_to_areas(layout.lines, palette, shaper, layout=layout),
        "" if look.link is None else draw_code(look.link.url, layout, palette),
        scene.notes,
    )
