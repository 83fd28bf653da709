"""The brand: palettes, typefaces and logo slots. A designer edits it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from dxassets.colors import Rgb, contrast, luminance, parse_color
from dxassets.models import Bilingual, BilingualError, Identifier, Line, Model, ReprArgs, read_toml, validate

FrameStyle = Literal["foot", "badge", "woven", "ribbon", "ring", "square"]
"""How an avatar frame is composed."""
EVERY_MOTIF = "all"
"""Among a theme's `banded`: whatever the day's motif is."""


def _color(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_color(value)
    except ValueError as error:
        raise BilingualError(
            f"“{value}” không phải màu dạng #rrggbb", f"{value!r} is not a colour of the form #rrggbb"
        ) from error


Color = Annotated[
    Rgb,
    BeforeValidator(_color, json_schema_input_type=str),
    PlainSerializer(str, return_type=str),
]


def _different(colors: tuple[Rgb, ...]) -> tuple[Rgb, ...]:
    if len(set(colors)) == 1:
        raise BilingualError("phải có ít nhất hai màu khác nhau", "needs at least two different colours")
    return colors


_WEIGHT = re.compile("[1-9]00")


class BandColors(Model):
    """The brocade band: its ground, its edges from outside in, and its figures from outside in."""

    ground: Color
    edges: Annotated[tuple[Color, ...], Field(min_length=1)]
    figures: Annotated[tuple[Color, ...], Field(min_length=3), AfterValidator(_different)]
    triangles: Color


class Palette(Model):
    """The colours of one theme, by role. Text roles must keep 4.5:1 on every ground colour (3:1 if large)."""

    ground: Annotated[tuple[Color, ...], Field(min_length=2, description="Gradient stops")]
    ink: Annotated[Color, Field(description="The slogan and the numerals")]
    ink_soft: Annotated[Color, Field(description="The agency and small lines")]
    accent: Annotated[Color, Field(description="The slogan's second part and the day's name")]
    bar: Annotated[Color, Field(description="The slanted bar of the numerals, dashes and rules")]
    modules: Annotated[tuple[Color, ...], Field(min_length=1, description="Colours of the module field")]
    card: Color
    card_ink: Color
    flat: Annotated[
        bool, Field(description="Scenes in the palette's own few flat colours, as posters are painted")
    ] = False
    band: BandColors

    @property
    def badge(self) -> Rgb:
        """The ground of a mark's badge: the accent."""
        return self.accent

    @property
    def badge_ink(self) -> Rgb:
        """The mark on it: whichever of the card's two colours stands out more."""
        return max(
            (self.card, self.card_ink),
            key=lambda color: contrast(luminance(color), luminance(self.badge)),
        )


class Theme(Model):
    """One look: a palette, and how its type stands."""

    id: Identifier
    title: Bilingual
    gradient: Annotated[
        Literal["diagonal", "vertical", "radial"], Field(description="How the ground's stops run")
    ]
    align: Literal["left", "center"]
    default: Annotated[
        bool,
        Field(description="Whether campaigns that name no themes have it; else it must be asked for"),
    ] = True
    capitals: bool = False
    badge: Annotated[
        Literal["round", "lozenge", "ribbon", "seal", "block"], Field(description="The shape round a mark")
    ] = "round"
    frame: Annotated[
        FrameStyle, Field(description="The composition of its avatar frames, where none is asked for")
    ] = "badge"
    scenes: Annotated[bool, Field(description="Whether its pictures have scenes")] = True
    grade: Annotated[
        float, Field(ge=0, le=1, description="How far photos take the palette's colours; 1 is a duotone")
    ] = 0.85
    cast: Annotated[
        Literal["all", "people"],
        Field(description="Of a scene: all of it, or its people alone, before the theme's own ground"),
    ] = "all"
    headline: Annotated[
        Literal[700, 800, 900], Field(description="The weight of the slogan's first part")
    ] = 800
    prefers: Annotated[
        tuple[Identifier, ...], Field(description="Compositions that are tried before all others")
    ] = ()
    border: Annotated[Color | None, Field(description="A thin frame inside the edge")] = None
    banded: Annotated[
        tuple[Identifier, ...],
        Field(description="The motifs that bring a band of figures; `all` for every one"),
    ]
    palette: Palette

    def has_band(self, motif: str) -> bool:
        """Whether a day of that motif has a band in this theme."""
        return EVERY_MOTIF in self.banded or motif in self.banded


class SpareFace(Model):
    """A family: font files by weight (display) or by style (text), paths below the brand folder."""

    family: Line
    licence: Line
    files: Annotated[dict[str, Line], Field(min_length=1)]

    @property
    def weights(self) -> tuple[int, ...]:
        """The weights of a display face, lightest first."""
        return tuple(sorted(int(weight) for weight in self.files))

    def nearest(self, weight: int) -> int:
        """The weight that stands in for `weight`: itself or the nearest there is, the bolder of two."""
        return nearest_weight(self.weights, weight)


def nearest_weight(weights: Iterable[int], wanted: int) -> int:
    """Of `weights` the nearest to `wanted`, the bolder of two that are equally near."""
    return min(weights, key=lambda each: (abs(each - wanted), -each))


CUTS = ("regular", "bold", "italic", "bold-italic")
"""What the letter is set in (NĐ 30, Phụ lục I: upright, bold, slanted, and bold slanted)."""


class Typeface(SpareFace):
    """A family of the brand, and the one that serves words whose letters or marks it can't set."""

    spare: Annotated[
        SpareFace | None, Field(description="Serves whole words that the family itself can't set")
    ] = None

    @property
    def all_files(self) -> tuple[str, ...]:
        """Every font file, its own and the spare ones."""
        return (*self.files.values(), *(self.spare.files.values() if self.spare else ()))

    @property
    def licences(self) -> tuple[str, ...]:
        """The licence files of both."""
        return (self.licence, *((self.spare.licence,) if self.spare else ()))


class Typefaces(Model):
    """The two families: one for pictures, one for the letter."""

    display: Typeface
    text: Typeface

    @model_validator(mode="after")
    def _files_can_be_used(self) -> Typefaces:
        """Pictures do with any weight; the letter needs all its cuts."""
        wrong = [name for name in self.display.files if not _WEIGHT.fullmatch(name)]
        if wrong:
            raise BilingualError(
                f"display.files: “{wrong[0]}” không phải độ đậm (100 đến 900, như 700)",
                f"display.files: {wrong[0]!r} is no weight (100 to 900, such as 700)",
            )
        missing = [cut for cut in CUTS if cut not in self.text.files]
        if missing:
            raise BilingualError(
                f"text.files: thiếu kiểu chữ {', '.join(missing)}; công văn cần đủ {', '.join(CUTS)}",
                f"text.files: lacks {', '.join(missing)}; the letter needs {', '.join(CUTS)}",
            )
        return self


class LogoSlot(Model):
    """A place for an agency's own mark; empty until the agency puts its file there."""

    id: Identifier
    title: Bilingual
    file: str = ""


class Brand(Model):
    """`brand.toml`."""

    title: Line
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    typefaces: Typefaces
    logos: tuple[LogoSlot, ...] = ()

    @model_validator(mode="after")
    def _ids_are_different(self) -> Brand:
        ids = [theme.id for theme in self.themes]
        repeated = sorted({theme_id for theme_id in ids if ids.count(theme_id) > 1})
        if repeated:
            raise BilingualError(
                f"themes: mã bị lặp: {', '.join(repeated)}", f"themes: id used twice: {', '.join(repeated)}"
            )
        if not any(theme.default for theme in self.themes):
            raise BilingualError(
                "themes: ít nhất một kiểu phải dùng được khi không ai nêu tên (bỏ default = false)",
                "themes: at least one must be there when none is named (leave out default = false)",
            )
        return self

    def __repr_args__(self) -> ReprArgs:
        return [(None, self.title), ("themes", len(self.themes))]

    @property
    def every_theme(self) -> tuple[Theme, ...]:
        """All themes that may be asked for by name."""
        return self.themes

    def theme(self, theme_id: str) -> Theme | None:
        """The theme of that id, or None."""
        return next((theme for theme in self.every_theme if theme.id == theme_id), None)

    def worn(self, names: Iterable[str]) -> WornBrand:
        """The brand in the themes of those ids alone; without any in the default ones, others on request."""
        found = (self.theme(name) for name in dict.fromkeys(names))
        chosen = tuple(theme for theme in found if theme is not None)
        usual = chosen or tuple(theme for theme in self.themes if theme.default)
        others = () if chosen else tuple(theme for theme in self.themes if not theme.default)
        worn: dict[str, Any] = {**dict(self), "themes": usual, "on_request": others}
        return WornBrand.model_construct(**worn)


class WornBrand(Brand):
    """The brand as a campaign wears it. `on_request`: themes that are made only when asked for."""

    on_request: tuple[Theme, ...] = ()

    @property
    def every_theme(self) -> tuple[Theme, ...]:
        """All themes that may be asked for by name."""
        return (*self.themes, *self.on_request)


@lru_cache(maxsize=8)
def parse_brand(data: bytes, source: str) -> Brand:
    """`brand.toml`; every problem together in one `CampaignError`."""
    return validate(Brand, read_toml(data, source), source)
