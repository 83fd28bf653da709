"""The sizes that loops are made in: those of templates/loops.toml, and any other by its pixels.

H.264 keeps colour for each two by two pixels, so both sides are even. LED modules are 64 px high or more.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import Field, model_validator

from dxassets.errors import InputError, Problem
from dxassets.models import (
    Bilingual,
    BilingualError,
    Identifier,
    Line,
    Model,
    ReprArgs,
    read_toml,
    suggest,
    validate,
)
from dxassets.presets import Level, Preset, family_of
from dxassets.resources import Resources

SIZES_FILE = "templates/loops.toml"
LEAST_SIDE, MOST_SIDE = 64, 3840
MOST_PX = 3840 * 2160
"""Of a frame: what H.264 level 5.1 decoders take, which television sets have."""
MOST_WEB_PX = 1280 * 720
"""Of a frame of WebP or GIF, which are for pages."""
_PIXELS = re.compile(r"(\d{1,6})[x×](\d{1,6})")
_LEAST_TEXT, _TEXT_SHARE = 14.0, 0.022
"""House rule: marks above and below a Vietnamese letter need 14 px of em on LED modules."""
_LOW = 96
"""Below this height there is no room for whose it is: mark and slogan alone."""
_CODE_FROM = 360
"""Shorter side from which a code stands in a loop."""
_LOOKED_UP = date(2026, 11, 29)


class LoopSize(Model):
    """One size of loops. `usual`: made by itself; `web`: animated for pages, not a film."""

    id: Identifier
    title: Bilingual
    width: Annotated[int, Field(ge=LEAST_SIDE, le=MOST_SIDE)]
    height: Annotated[int, Field(ge=LEAST_SIDE, le=MOST_SIDE)]
    min_text: Annotated[float, Field(gt=0)]
    code: bool = False
    levels: Annotated[tuple[Level, ...], Field(min_length=1)] = ("agency", "mark", "name", "slogan")
    usual: bool = False
    web: bool = False
    max_bytes: Annotated[dict[str, int], Field(default_factory=dict, description="Most bytes, by format")]
    source: Line
    checked_on: date

    @model_validator(mode="after")
    def _can_be_shown(self) -> LoopSize:
        wrong = wrong_size(self.width, self.height)
        if wrong is not None:
            raise BilingualError(wrong.vi, wrong.en)
        return self

    @property
    def preset(self) -> Preset:
        """The same as what pictures are composed by."""
        code = "card" if self.code else "none"
        levels = (*self.levels, "call") if self.code and "call" not in self.levels else self.levels
        return Preset(
            id=self.id,
            title=self.title,
            medium="screen",
            width=self.width,
            height=self.height,
            unit="px",
            family=family_of(self.width / self.height),
            min_text=self.min_text,
            qr=code,
            levels=levels,
            format="png",
            bleed=0,
            source=self.source,
            checked_on=self.checked_on,
        )


class LoopSizes(Model):
    """`loops.toml`."""

    sizes: Annotated[tuple[LoopSize, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_different(self) -> LoopSizes:
        ids = [size.id for size in self.sizes]
        if len(set(ids)) < len(ids):
            raise BilingualError("sizes: mã bị lặp", "sizes: an id is used twice")
        return self

    def __repr_args__(self) -> ReprArgs:
        return [("sizes", len(self.sizes))]

    def of(self, name: str) -> LoopSize:
        """The size of that id, or of so many pixels (``512x128``); `InputError` with what is wrong."""
        known = next((size for size in self.sizes if size.id == name), None)
        if known is not None:
            return known
        match = _PIXELS.fullmatch(name.strip().lower())
        if match is None:
            ids = [size.id for size in self.sizes]
            vi, en = suggest(name, ids)
            listed = ", ".join(ids)
            raise InputError(
                Problem(
                    "--size",
                    f"“{name}” không phải cỡ nào; hãy ghi số điểm ảnh như 512x128, "
                    f"hoặc một trong: {listed}.{vi}",
                    f"{name!r} is no size; give pixels such as 512x128, or one of: {listed}.{en}",
                )
            )
        width, height = int(match[1]), int(match[2])
        same = next((size for size in self.sizes if (size.width, size.height) == (width, height)), None)
        if same is not None:
            return same
        wrong = wrong_size(width, height)
        if wrong is not None:
            raise InputError(wrong)
        return _free(width, height)


def wrong_size(width: int, height: int) -> Problem | None:
    """Why there is no loop of that size, with one that there is; None where there is one."""
    said = f"{width}x{height}"
    if min(width, height) < LEAST_SIDE:
        return Problem(
            "--size",
            f"{said} nhỏ quá: mỗi cạnh ít nhất {LEAST_SIDE} điểm ảnh, nhỏ hơn thì chữ có dấu không đọc được",
            f"{said} is too small: each side has at least {LEAST_SIDE} px, or marks on letters can't be read",
        )
    if max(width, height) > MOST_SIDE or width * height > MOST_PX:
        return Problem(
            "--size",
            f"{said} lớn quá: cạnh dài nhất {MOST_SIDE} điểm ảnh, cả khung không quá 3840x2160",
            f"{said} is too large: the longest side has {MOST_SIDE} px, the whole no more than 3840x2160",
        )
    if width % 2 or height % 2:
        near = f"{width - width % 2}x{height - height % 2}", f"{width + width % 2}x{height + height % 2}"
        return Problem(
            "--size",
            f"{said} có cạnh lẻ, mà phim chỉ nhận cạnh chẵn; hãy dùng {near[0]} hoặc {near[1]}",
            f"{said} has an odd side, and films take even ones; use {near[0]} or {near[1]}",
        )
    return None


def _free(width: int, height: int) -> LoopSize:
    """A size that nobody described."""
    short = min(width, height)
    low = height < _LOW
    return LoopSize(
        id=f"{width}x{height}",
        title=Bilingual(vi=f"Vòng lặp {width}×{height}", en=f"Loop {width}×{height}"),
        width=width,
        height=height,
        min_text=max(_LEAST_TEXT, round(_TEXT_SHARE * short, 1)),
        code=short >= _CODE_FROM,
        levels=("mark", "slogan") if low else ("agency", "mark", "name", "slogan"),
        max_bytes={},
        source="asked for by its pixels",
        checked_on=_LOOKED_UP,
    )


def loop_sizes(resources: Resources) -> LoopSizes:
    """The sizes that the project has; `CampaignError` tells all that is wrong with the file."""
    file = resources.read(SIZES_FILE)
    return _parsed(file.data)


@lru_cache(maxsize=4)
def _parsed(data: bytes) -> LoopSizes:
    return validate(LoopSizes, read_toml(data, SIZES_FILE), SIZES_FILE)
