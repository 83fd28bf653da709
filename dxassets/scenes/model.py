"""What a scene is: a TOML file that says which part stands where, for wide pictures and for tall ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from dxassets.geometry import Box
from dxassets.models import Bilingual, BilingualError, Identifier, Model, read_toml, validate

Arrangement = Literal["wide", "tall"]
MOST_PLACED = 80
"""Parts of one scene: fewer say more."""
_SCENE_UNITS = 20_000
_Coordinate = Annotated[float, Field(ge=-_SCENE_UNITS, le=_SCENE_UNITS, allow_inf_nan=False)]
_Scale = Annotated[float, Field(gt=0, le=20, allow_inf_nan=False)]


class Shift(Model):
    """Where a part stands in the other arrangement: only what differs."""

    x: _Coordinate | None = None
    y: _Coordinate | None = None
    scale: _Scale | None = None
    flip: bool | None = None


class PartPlace(Model):
    """One part in a scene. In the file, later ones stand in front."""

    part: Identifier
    x: Annotated[_Coordinate, Field(description="Of its foot, to the right of the scene's middle")] = 0
    y: Annotated[_Coordinate, Field(description="Of its foot, below the line where people stand")] = 0
    scale: _Scale = 1
    flip: Annotated[bool, Field(description="Looks to the left instead of the right")] = False
    depth: Annotated[float, Field(ge=0, le=1, description="How far it lies in the haze")] = 0
    across: Annotated[
        Literal["stretch", "repeat"] | None, Field(description="Runs from edge to edge of the picture")
    ] = None
    down: Annotated[
        Identifier | None, Field(description="The role that fills the picture below its foot")
    ] = None
    cut: Annotated[bool, Field(description="The picture's edge may cut it")] = False
    group: Annotated[
        bool, Field(description="Stands with the people also where they are shown without the place")
    ] = False
    light: Annotated[bool, Field(description="Made of modules: turned where the day's are lozenges")] = False
    roles: dict[str, str] = Field(default_factory=dict, description="Other roles than those in its drawing")
    wide: Annotated[bool, Field(description="Whether it stands in wide pictures")] = True
    tall: Annotated[Shift | bool, Field(description="Whether, and where, it stands in tall ones")] = True

    def standing(self, arrangement: Arrangement) -> PartPlace | None:
        """The placement as it is in that arrangement; None when it is not in it."""
        if arrangement == "wide":
            return self if self.wide else None
        if isinstance(self.tall, bool):
            return self if self.tall else None
        return self.model_copy(update=self.tall.model_dump(exclude_none=True))


class FocalBox(Model):
    """What must be seen whole, in scene units round the middle of the standing line."""

    left: _Coordinate
    top: _Coordinate
    right: _Coordinate
    bottom: _Coordinate

    @model_validator(mode="after")
    def _is_a_box(self) -> FocalBox:
        if self.left >= self.right or self.top >= self.bottom:
            raise BilingualError(
                "left phải nhỏ hơn right, top phải nhỏ hơn bottom",
                "left must be less than right, and top less than bottom",
            )
        return self

    @property
    def box(self) -> Box:
        """The same as a box."""
        return Box(self.left, self.top, self.right - self.left, self.bottom - self.top)


class Focal(Model):
    """The focal group in each arrangement."""

    wide: FocalBox
    tall: FocalBox


class SceneFile(Model):
    """`<id>.toml`."""

    title: Bilingual
    focal: Focal
    parts: Annotated[tuple[PartPlace, ...], Field(min_length=1, max_length=MOST_PLACED)]


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene with the id that its file gives it."""

    id: str
    title: Bilingual
    focal: Mapping[Arrangement, Box]
    placements: tuple[PartPlace, ...]

    @property
    def part_ids(self) -> tuple[str, ...]:
        """The parts that it names, each once, sorted."""
        return tuple(sorted({placement.part for placement in self.placements}))


def parse_scene(data: bytes, source: str, scene_id: str) -> Scene:
    """The scene in a TOML file; every problem together in one `CampaignError`."""
    raw: dict[str, Any] = read_toml(data, source)
    file = validate(SceneFile, raw, source)
    focal: dict[Arrangement, Box] = {"wide": file.focal.wide.box, "tall": file.focal.tall.box}
    return Scene(scene_id, file.title, focal, file.parts)
