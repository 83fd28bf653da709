"""Presets (named sizes) and the proportions of each aspect family. A designer edits both."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from dxassets.geometry import Box, Insets, Size
from dxassets.models import Bilingual, BilingualError, Identifier, Line, Model, ReprArgs, read_toml, validate

Family = Literal["ribbon", "wide", "landscape", "square", "portrait", "tower"]
Format = Literal["png", "jpg", "webp", "avif", "svg", "pdf"]
Level = Literal["agency", "mark", "name", "slogan", "call"]
Fraction = Annotated[float, Field(ge=0, le=0.45)]
LEVELS: tuple[Level, ...] = ("agency", "mark", "name", "slogan", "call")
Share = Annotated[float, Field(gt=0, le=2)]

_FAMILY_FROM: tuple[tuple[float, Family], ...] = (
    (5.0, "ribbon"),
    (2.2, "wide"),
    (1.25, "landscape"),
    (0.801, "square"),  # 4:5 itself is a portrait
    (0.45, "portrait"),
    (0.0, "tower"),
)
PAGE_LIMIT_MM = 5080.0
"""The longest side of a PDF page (14,400 units of 1/72 inch, ISO 32000-1 annex C)."""


def family_of(aspect: float) -> Family:
    """The aspect family of a width-to-height ratio."""
    return next(family for lowest, family in _FAMILY_FROM if aspect >= lowest)


class SafeArea(Model):
    """What must stay free on each side, as fractions of the height (top, bottom) and width (left, right)."""

    top: Fraction = 0.0
    right: Fraction = 0.0
    bottom: Fraction = 0.0
    left: Fraction = 0.0


class Finishing(Model):
    """What the workshop does to a large print, in mm. Presets with it have a proof for the workshop."""

    hem: Annotated[float, Field(ge=0, description="Seam of the hem, from the trim")] = 0.0
    eyelets: Annotated[float | None, Field(gt=0, description="Eyelets in the hem, at most so far apart")] = (
        None
    )
    hidden_top: Annotated[float, Field(ge=0, description="Strip that the rail covers")] = 0.0
    hidden_bottom: Annotated[float, Field(ge=0, description="Strip that the stand covers")] = 0.0


class Preset(Model):
    """One named size, with everything that its maker must know."""

    id: Identifier
    title: Bilingual
    medium: Literal["web", "social", "screen", "print"]
    width: Annotated[int, Field(ge=16, le=20000)]
    height: Annotated[int, Field(ge=16, le=20000)]
    unit: Literal["px", "mm"]
    family: Family
    safe: SafeArea = SafeArea()
    min_text: Annotated[float, Field(gt=0, description="Smallest legible type, em size in the unit")]
    max_bytes: Annotated[int | None, Field(gt=0, description="Weight budget of a raster file")] = None
    keep: Annotated[
        SafeArea | None, Field(description="What some services cut it to: key words and mark stand inside")
    ] = None
    qr: Annotated[Literal["none", "card"], Field(description="Whether a code stands on it")]
    scan_from: Annotated[
        float | None, Field(gt=0, le=10, description="Distance that its code is scanned from, in metres")
    ] = None
    levels: Annotated[tuple[Level, ...], Field(min_length=1)] = LEVELS
    format: Annotated[Format, Field(description="The format that a build makes by itself")]
    bleed: Annotated[float, Field(ge=0, description="Bleed on each side, in the unit")] = 0.0
    finishing: Finishing | None = None
    embed: Annotated[
        Literal["page", "mail"], Field(description="What the HTML of a web size is for: pages, or mails")
    ] = "page"
    source: Line
    checked_on: date

    @model_validator(mode="after")
    def _fits_its_family(self) -> Preset:
        expected = family_of(self.safe_box.width / self.safe_box.height)
        if expected != self.family:
            raise BilingualError(
                f"family: phần an toàn của cỡ này thuộc nhóm “{expected}”, không phải “{self.family}”",
                f"family: the safe area of this size is {expected!r}, not {self.family!r}",
            )
        return self

    @model_validator(mode="after")
    def _safe_area_is_clear_of_the_finishing(self) -> Preset:
        taken = self.finishing
        if taken is None:
            return self
        free = Box(0, taken.hidden_top, self.width, self.height - taken.hidden_top - taken.hidden_bottom)
        if self.unit != "mm" or not free.pad(-taken.hem).contains(self.safe_box, 0.01):
            raise BilingualError(
                "finishing: vùng an toàn (safe) phải tránh viền may và phần bị che; cỡ phải tính bằng mm",
                "finishing: the safe area must keep clear of hems and hidden strips; the size must be in mm",
            )
        return self

    @model_validator(mode="after")
    def _a_code_is_there_to_be_scanned(self) -> Preset:
        if self.scan_from is not None and (self.qr == "none" or self.unit != "mm"):
            raise BilingualError(
                "scan_from: chỉ cỡ in (mm) có mã QR mới nói được quét từ bao xa",
                "scan_from: only a size in mm with a code says from how far it is scanned",
            )
        return self

    @property
    def size(self) -> Size:
        """Width and height in the preset's unit."""
        return Size(self.width, self.height)

    @property
    def canvas(self) -> Box:
        """The whole picture without bleed, in the preset's unit."""
        return Box(0, 0, self.width, self.height)

    @property
    def safe_box(self) -> Box:
        """The safe area in the preset's unit."""
        return self._within(self.safe)

    @property
    def keep_box(self) -> Box | None:
        """What is left where the picture is cut, in the preset's unit."""
        return None if self.keep is None else self._within(self.keep)

    def _within(self, area: SafeArea) -> Box:
        insets = Insets(
            area.top * self.height, area.right * self.width, area.bottom * self.height, area.left * self.width
        )
        return self.canvas.inset(insets)

    @property
    def page_scale(self) -> int:
        """1, or 10 when the work is too large for a PDF page and is drawn at a tenth of its size."""
        return (
            10 if self.unit == "mm" and max(self.width, self.height) + 2 * self.bleed > PAGE_LIMIT_MM else 1
        )


class Proportions(Model):
    """How one aspect family shares its room; lengths are shares of the named side."""

    family: Family
    margin: Annotated[Share, Field(description="Outer margin, of the short side")]
    band: Annotated[Share, Field(description="Brocade band, of the short side")]
    agency: Annotated[Share, Field(description="Agency's line, em size of the unit")]
    mark: Annotated[Share, Field(description="Height of the mark, of the unit")]
    name: Annotated[Share, Field(description="Day's name, em size of the unit")]
    slogan: Annotated[Share, Field(description="Largest slogan, em size of the unit")]
    tail: Annotated[Share, Field(description="Second part of the slogan, of the first part's size")]
    call: Annotated[Share, Field(description="Caption and domain, em size of the unit")]
    qr: Annotated[Share, Field(description="Side of the QR card, of the unit")]
    gap: Annotated[Share, Field(description="Space between groups, of the unit")]


class PresetsFile(Model):
    """`presets.toml`."""

    presets: Annotated[tuple[Preset, ...], Field(min_length=1)]
    proportions: Annotated[tuple[Proportions, ...], Field(min_length=6, max_length=6)]

    @model_validator(mode="after")
    def _ids_are_different(self) -> PresetsFile:
        ids = [preset.id for preset in self.presets]
        repeated = sorted({preset_id for preset_id in ids if ids.count(preset_id) > 1})
        if repeated:
            raise BilingualError(
                f"presets: mã bị lặp: {', '.join(repeated)}", f"presets: id used twice: {', '.join(repeated)}"
            )
        missing = sorted(set(get_args(Family)) - {entry.family for entry in self.proportions})
        if missing:
            raise BilingualError(
                f"proportions: thiếu nhóm {', '.join(missing)}", f"proportions: lacks {', '.join(missing)}"
            )
        return self

    def __repr_args__(self) -> ReprArgs:
        return [("presets", len(self.presets)), ("proportions", len(self.proportions))]

    def preset(self, preset_id: str) -> Preset | None:
        """The preset of that id, or None."""
        return next((preset for preset in self.presets if preset.id == preset_id), None)

    def proportions_of(self, family: Family) -> Proportions:
        """The proportions of that family."""
        return next(entry for entry in self.proportions if entry.family == family)


@lru_cache(maxsize=8)
def parse_presets(data: bytes, source: str) -> PresetsFile:
    """`presets.toml`; every problem together in one `CampaignError`."""
    return validate(PresetsFile, read_toml(data, source), source)
