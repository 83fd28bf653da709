"""A composition as data: which regions a picture has, what stands in them, in which order, and how large.

A designer writes one as `templates/compositions/<id>.toml`; docs/compositions.md tells every key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, model_validator

from dxassets.models import Bilingual, BilingualError, Identifier, Model, read_toml, validate

Share = Annotated[float, Field(ge=0, le=1)]
Region = tuple[Share, Share, Share, Share]
"""Left, top, width and height, as shares of what the region lies in."""
Item = Literal["slogan", "mark"]
Skeleton = Literal["stack", "line", "badge"]


@dataclass(frozen=True, slots=True)
class Room:
    """What is asked of a size: its shorter side (px or mm), and the share below its safe area."""

    short_side: float
    on_pixels: bool
    free_below: float = 0.0


class ScenePlace(Model):
    """Where a scene stands in the picture, and its people in it; both as shares of the whole picture."""

    box: Region
    focus: Region
    shape: Literal["open", "full", "panel", "arch", "disc", "bow-left", "bow-right"] = "open"


class Sizes(Model):
    """What is sized otherwise than in its family (`proportions` of presets.toml); shares of the unit."""

    margin: Annotated[Share | None, Field(description="Outer margin, of the short side")] = None
    agency: Share | None = None
    mark: Annotated[Share | None, Field(description="Height of the mark")] = None
    name: Share | None = None
    slogan: Annotated[Share | None, Field(description="A slogan smaller than 0.4 of this gives way")] = None
    tail: Share | None = None
    call: Share | None = None
    qr: Share | None = None
    gap: Share | None = None
    band: Share | None = None


class Composition(Model):
    """One way of composing a picture.

    `stack` sets a column from top to bottom, `line` a ribbon from left to right, `badge` mark and name
    alone. The agency's slot is the first of every column, the call its last. `spare` says how the room
    that type leaves is shared: above the first item, between, and below the last. With a `panel` for the
    call, `order` may leave the mark to it.
    """

    id: Identifier = "composition"
    title: Bilingual
    families: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    skeleton: Skeleton
    rank: Annotated[int, Field(ge=0, le=99, description="Lower ones are tried first")] = 50
    letters: Annotated[
        tuple[int, int], Field(description="Lengths of slogans, in characters, that it is made for")
    ] = (1, 400)
    scene: ScenePlace | None = None
    least_px: Annotated[int, Field(ge=0, description="Least short side on screens, in px")] = 0
    least_mm: Annotated[int, Field(ge=0, description="Least short side of prints, in mm")] = 0
    free_below: Annotated[
        Share,
        Field(description="Least share of the height below the safe area, for a scene that stands there"),
    ] = 0.0
    media: Annotated[
        Literal["any", "screen", "paper"], Field(description="What it is for: pictures in px, prints in mm")
    ] = "any"
    takes_short: Annotated[
        bool, Field(description="Whether it is taken with the short wording, though another shows the whole")
    ] = False
    only_asked: Annotated[
        bool, Field(description="Whether it is for those alone that name it: a theme's `prefers`, a campaign")
    ] = False
    column: Region = (0.0, 0.0, 1.0, 1.0)
    panel: Annotated[
        Literal["card", "left", "top", "bottom"] | None,
        Field(description="Calm ground under the column: round it, or from an edge of the picture"),
    ] = None
    frame: Annotated[
        bool, Field(description="Whether the theme's frame is drawn; over a street it takes height from type")
    ] = True
    pad: Annotated[Share, Field(description="From the panel's edge to the column, of the short side")] = 0.04
    order: Annotated[tuple[Item, ...], Field(min_length=1, max_length=2)] = ("slogan", "mark")
    mark: Literal["badge", "plain"] = "badge"
    call: Literal["corner", "foot", "panel"] = "foot"
    spare: tuple[Share, Share, Share] = (0.3, 0.4, 0.3)
    block: Annotated[Share, Field(gt=0, description="Most of a ribbon's width, for mark and name")] = 0.24
    sizes: Sizes = Sizes()

    @model_validator(mode="after")
    def _parts_make_a_whole(self) -> Composition:
        if len(set(self.order)) != len(self.order):
            raise BilingualError("order: mỗi thành phần chỉ một lần", "order: each item once only")
        if len(self.order) == 1 and (self.order[0] != "slogan" or self.call != "panel"):
            raise BilingualError(
                'order: chỉ bố cục có call = "panel" mới để dấu ngày xuống tấm chân',
                'order: only a composition with call = "panel" has its mark on the panel',
            )
        if sum(self.spare) > 1.0001:
            raise BilingualError("spare: tổng không được quá 1", "spare: its sum may not exceed 1")
        for name, (left, top, width, height) in self._regions():
            if left + width > 1.0001 or top + height > 1.0001 or width <= 0 or height <= 0:
                raise BilingualError(
                    f"{name}: vùng phải nằm gọn trong 0–1 và không rỗng",
                    f"{name}: the region must lie within 0–1 and not be empty",
                )
        return self

    def _regions(self) -> list[tuple[str, Region]]:
        scene = [("scene.box", self.scene.box), ("scene.focus", self.scene.focus)] if self.scene else []
        return [("column", self.column), *scene]

    def serves(self, family: str, letters: int, *, slogan: bool, room: Room) -> bool:
        """Whether it is made for a picture: its family, slogan (if shown), and room."""
        shortest, longest = self.letters
        least, medium = (self.least_px, "screen") if room.on_pixels else (self.least_mm, "paper")
        return (
            family in self.families
            and (self.skeleton != "badge") == slogan
            and (not slogan or shortest <= letters <= longest)
            and room.short_side >= least
            and room.free_below >= self.free_below
            and self.media in {"any", medium}
        )


def parse_composition(data: bytes, source: str, composition_id: str) -> Composition:
    """A composition's file; every problem together in one `CampaignError`."""
    return validate(Composition, {"id": composition_id, **read_toml(data, source)}, source)
