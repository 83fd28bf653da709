"""Every gate for type that can not be read is shown to shut: by its colour, its size, its ground."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dxassets.checks import contrast
from dxassets.checks.contrast import is_large
from dxassets.colors import Rgb, parse_color
from dxassets.geometry import Box
from dxassets.jobs import Facts, Rendered, TextArea
from dxassets.kinds.registry import check
from tests.drawing_support import (
    Recolored,
    banner_job,
    line,
    png,
    read_picture,
    rendered,
    repainted,
    share,
    shuts,
    with_data,
    with_facts,
)

SHARE = banner_job("share-1200x630", "digital")
LEAFLET = banner_job("leaflet-a5", "digital")


@pytest.mark.parametrize(
    ("role", "color"), [("ink", "#0a389a"), ("ink_soft", "#2b5fb8"), ("accent", "#0f4fb5")]
)
def test_type_in_nearly_the_grounds_colour(role: str, color: str) -> None:
    job = Recolored(SHARE).role(**{role: parse_color(color)})
    shuts(job, rendered(job), "has a contrast of")


def test_type_that_fails_only_at_one_end_of_the_gradient() -> None:
    ground = (parse_color("#061850"), parse_color("#f2f6ff"))
    job = Recolored(SHARE).role(ground=ground)
    shuts(job, rendered(job), "has a contrast of")


@pytest.mark.parametrize("preset", ["rectangle-300x250", "share-1200x630", "story-1080x1920"])
def test_the_gate_knows_type_that_was_laid_over_by_itself(
    preset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = banner_job(preset)
    asset = rendered(job)
    covers = [area.cover.data for area in asset.facts.texts if area.cover is not None]
    assert covers
    looked_at: list[bytes] = []
    places_of = contrast._places_of

    def noting(cover: Any, **rest: Any) -> Any:
        looked_at.append(cover.tobytes())
        return places_of(cover, **rest)

    monkeypatch.setattr(contrast, "_places_of", noting)
    found = check(job, asset).least_contrast
    assert set(covers) <= set(looked_at)
    bare = tuple(replace(area, cover=None) for area in asset.facts.texts)
    drawn_again = check(job, with_facts(asset, texts=bare)).least_contrast
    assert found == pytest.approx(drawn_again, abs=0.05)


def test_the_limit_for_small_type_is_stricter() -> None:
    gray = parse_color("#6b7b98")  # about 4:1 on the light ground: enough for a headline, not for a caption
    light = banner_job("share-1200x630", "light")
    large = Recolored(light).role(ink=gray)
    found = check(large, rendered(large)).least_contrast
    assert found is not None
    assert 3 <= found < 4.5
    small = Recolored(banner_job("leaderboard-728x90", "light")).role(ink_soft=gray)
    shuts(small, rendered(small), "at least 4.5 is needed")


@pytest.mark.parametrize(
    ("size", "weight", "unit", "expected"),
    [
        (24.0, 500, "px", True),
        (23.9, 600, "px", False),
        (18.66, 700, "px", True),
        (18.6, 900, "px", False),
        (6.36, 500, "mm", True),  # 18 pt
        (6.3, 600, "mm", False),
        (4.95, 700, "mm", True),  # 14 pt
    ],
)
def test_what_counts_as_large(size: float, weight: int, unit: Any, expected: bool) -> None:
    area = TextArea("Số", Box(0, 0, 1, 1), Rgb(0, 0, 0), size, weight, "")
    assert is_large(area, Facts(100, 100, unit, "rgb")) is expected


def test_type_that_is_missing_from_the_picture() -> None:
    """Painted over with its own ground: the box is where it should be, and nothing stands in it."""
    for start in ("CHUYỂN", "Chuyển", "SỞ"):
        found = [area for area in rendered(SHARE).facts.texts if area.text.startswith(start)]
        for area in found:
            shuts(SHARE, repainted(rendered(SHARE), area.box.pad(2), (10, 56, 154)), "has a contrast of 1.00")
    assert line("Chuyển", rendered(SHARE).facts)


def test_type_that_was_drawn_in_another_colour() -> None:
    facts = rendered(SHARE).facts
    slogan = line("Chuyển", facts)
    texts = tuple(replace(area, color=Rgb(10, 56, 154)) if area is slogan else area for area in facts.texts)
    shuts(SHARE, share(texts=texts), "has a contrast of")


def stripes(asset: Rendered, area: TextArea, color: tuple[int, int, int]) -> Rendered:
    """The asset with a bright stripe through one line's ground, type kept."""
    pixels = read_picture(asset.data).copy()
    top, bottom = int(area.box.y), int(area.box.bottom)
    left, right = int(area.box.x), int(area.box.right)
    part = pixels[top:bottom, left : left + (right - left) // 4]
    dark = part.astype(int).sum(axis=2) < 450
    part[dark] = color
    return with_data(asset, png(pixels))


def test_a_bright_module_behind_a_part_of_a_line() -> None:
    slogan = line("Chuyển", rendered(SHARE).facts)
    shuts(SHARE, stripes(rendered(SHARE), slogan, (235, 240, 255)), "has a contrast of")


@pytest.mark.parametrize("file_format", ["jpg", "webp"])
def test_contrast_is_measured_in_lossy_files_too(file_format: Any) -> None:
    job = banner_job("share-1200x630", "formal", file_format=file_format)
    faint = Recolored(job).role(ink=parse_color("#d4353a"))
    shuts(faint, rendered(faint), "has a contrast of")


def test_contrast_is_measured_on_pages_too() -> None:
    faint = Recolored(LEAFLET).role(ink=parse_color("#0a389a"))
    shuts(faint, rendered(faint), "has a contrast of")


def test_contrast_is_measured_in_svg_too() -> None:
    job = banner_job("share-1200x630", "light", file_format="svg")
    faint = Recolored(job).role(accent=parse_color("#dfe9fb"))
    shuts(faint, rendered(faint), "has a contrast of")


def test_an_svg_that_lost_its_type() -> None:
    job = banner_job("share-1200x630", "light", file_format="svg")
    slogan = line("Chuyển", rendered(job).facts)
    without = rendered(job).data.decode().replace(slogan.outline, "")
    assert without != rendered(job).data.decode()
    shuts(job, with_data(rendered(job), without.encode()), "has a contrast of 1.00")
