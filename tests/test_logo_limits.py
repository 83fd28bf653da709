"""Each number that a logo is held to, on both sides of its limit: its file, its size, and that it is seen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from math import ceil, floor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dxassets.api import with_logo
from dxassets.backends.logo_reader import OpenLogo, open_logo
from dxassets.colors import Rgb, luminance
from dxassets.errors import InputError, LogoError
from dxassets.geometry import Box
from dxassets.jobs import Job
from dxassets.kinds.banner.render import render
from dxassets.logos import PngLogo, read_logo
from dxassets.logos import png as png_heads
from dxassets.renderers.pictures.logo import _card_color, least_height, print_ppi, sign
from dxassets.resources import Resources
from dxassets.typesetting.legibility import reading_distance, scanning_distance
from tests.drawing_support import banner_job, banner_spec, layout, png, project, shaper, svg
from tests.layout_support import sized
from tests.test_logo_files import fake_png

NAVY, WHITE = "#0a389a", "#ffffff"
"""The digital theme's ground about where a logo stands, and what shows on it."""


def refused(message: str, *, when: bool) -> AbstractContextManager[Any]:
    return pytest.raises(InputError, match=message) if when else nullcontext()


def signed(job: Job, data: bytes, tmp_path: Path, name: str = "logo.svg") -> tuple[Job, Resources]:
    """The same banner with that logo."""
    file = tmp_path / name
    file.write_bytes(data)
    resources = with_logo(project(), file).resources
    spec = replace(banner_spec(job), logo="given/logo")
    return replace(job, spec=spec, inputs=(*job.inputs, ("given/logo", "0"))), resources


def note(job: Job, data: bytes, tmp_path: Path, name: str = "logo.svg") -> str:
    asked, resources = signed(job, data, tmp_path, name)
    return dict(render(asked, resources).facts.notes)["logo"]


# --- seen on its ground -------------------------------------------------------------------------------


def notched(share: float) -> bytes:
    """A white square, that share of whose edge is as dark as the ground."""
    width = 400 * share
    notch = f'<rect x="{50 - width / 2}" width="{width}" height="12" fill="{NAVY}"/>'
    return svg(f'<rect width="100" height="100" fill="{WHITE}"/>{notch}')


@pytest.mark.parametrize(("hidden", "card"), [(0.0, False), (0.17, False), (0.23, True)])
def test_a_logo_whose_edge_shows_to_80_percent_needs_no_card(
    tmp_path: Path, hidden: float, *, card: bool
) -> None:
    """Below that it stands on a card, and its edge shows all round."""
    told = note(banner_job("share-1200x630", "digital"), notched(hidden), tmp_path)
    assert told == (
        f"on a {banner_spec(banner_job('share-1200x630')).theme.palette.card} card"
        if card
        else "on the ground"
    )


def flat(*colors: tuple[int, int, int], alpha: int = 255) -> OpenLogo:
    """A logo of equal columns of those colours."""
    look = np.zeros((60, 60, 4), dtype=np.uint8)
    for at, color in enumerate(colors):
        look[:, at * 60 // len(colors) : (at + 1) * 60 // len(colors), :3] = color
    look[..., 3] = alpha
    return OpenLogo(PngLogo(b"", 60, 60), Box(0, 0, 60, 60), look)


@pytest.mark.parametrize(("gray", "card"), [(148, False), (149, True)])
def test_an_edge_shows_from_a_contrast_of_3_on(gray: int, *, card: bool) -> None:
    """3.03:1 and 2.99:1 on white."""
    palette = banner_spec(banner_job("share-1200x630", "light")).theme.palette
    assert (_card_color(flat((gray, gray, gray)), 1.0, palette) is not None) is card


def test_a_card_is_dark_only_for_a_logo_that_white_would_swallow() -> None:
    palette = banner_spec(banner_job("share-1200x630", "light")).theme.palette
    pale = luminance(Rgb(250, 250, 250))
    assert _card_color(flat((255, 255, 255)), pale, palette) == palette.card_ink
    assert _card_color(flat((10, 20, 90)), luminance(Rgb(10, 20, 80)), palette) == palette.card


@pytest.mark.parametrize(
    ("aspect", "padding"), [(1.0, 0.2), (2.25, 0.3), (3.9, 0.395), (4.1, 0.4), (9.0, 0.4)]
)
def test_a_cards_padding_grows_with_the_logos_length_up_to_four_tenths(
    tmp_path: Path, aspect: float, padding: float
) -> None:
    dark = svg(f'<rect width="{100 * aspect}" height="100" fill="{NAVY}"/>', f"0 0 {100 * aspect} 100")
    job, resources = signed(banner_job("instagram-1080x1080", "digital"), dark, tmp_path)
    made, _ = layout(job)

    def ground(_box: Box, width: int) -> np.ndarray:
        return np.full((4, width, 3), (10, 56, 154), dtype=np.uint8)

    mark = sign(banner_spec(job), made, shaper().measure, resources=resources, ground=ground).mark
    assert mark is not None
    assert (mark.extent.height / mark.box.height - 1) / 2 == pytest.approx(padding, abs=0.001)
    assert mark.extent.width - mark.box.width == pytest.approx(mark.extent.height - mark.box.height)


# --- a tile that brings its own ground ----------------------------------------------------------------


def tile(border: float, figure: float, gray: int) -> OpenLogo:
    """White, with so much of its border and so much of its area in a figure of gray."""
    look = np.full((100, 100, 4), 255, dtype=np.uint8)
    open_border = round((1 - border) * 100)
    look[0, :open_border, 3] = look[-1, :open_border, 3] = 0
    look[:open_border, 0, 3] = look[:open_border, -1, 3] = 0
    solid = look[..., 3] == 255
    inside = np.zeros_like(solid)
    inside[10:90, 10:90] = True
    places = np.flatnonzero(solid & inside)[: round(figure * solid.sum())]
    look.reshape(-1, 4)[places, :3] = gray
    return OpenLogo(PngLogo(b"", 100, 100), Box(0, 0, 100, 100), look)


@pytest.mark.parametrize(
    ("border", "figure", "gray", "expected"),
    [
        (1.0, 0.1, 0, True),
        (0.92, 0.1, 0, True),
        (0.88, 0.1, 0, False),
        (1.0, 0.021, 0, True),
        (1.0, 0.019, 0, False),
        (1.0, 0.1, 148, True),
        (1.0, 0.1, 149, False),
    ],
)
def test_a_tile_is_a_covered_border_with_a_figure_that_shows(
    border: float, figure: float, gray: int, *, expected: bool
) -> None:
    assert tile(border, figure, gray).is_tile is expected


# --- large enough, sharp enough -----------------------------------------------------------------------


def test_a_logo_is_16_px_high_on_screens_and_a_fifth_higher_than_small_type_on_paper() -> None:
    assert least_height(banner_spec(banner_job("share-1200x630")).preset) == 16
    poster = banner_spec(banner_job("poster-a3")).preset
    assert least_height(poster) == pytest.approx(1.2 * poster.min_text)


@pytest.mark.parametrize(("text", "low"), [(10.75, False), (10.6, True)])
def test_a_slot_of_16_px_is_high_enough_and_a_lower_one_is_not(
    tmp_path: Path, text: float, *, low: bool
) -> None:
    """A ribbon's slot is one line of the smallest type, 1.5 em high: 16.1 px and 15.9 px."""
    job = sized(1400, 70, "digital", min_text=text)
    told = note(job, svg(f'<rect width="100" height="100" fill="{WHITE}"/>'), tmp_path)
    assert ("15.9 of at least 16 px high" in told) is low
    assert ("of at least" in told) is low


def square(side: int) -> bytes:
    """So many white px each way."""
    return png(np.full((side, side, 4), 255, dtype=np.uint8))


@pytest.mark.parametrize("preset", ["share-1200x630", "poster-a3"])
def test_a_png_is_enlarged_half_as_much_again_and_no_more(tmp_path: Path, preset: str) -> None:
    job = banner_job(preset, "digital", file_format="png")
    asked, resources = signed(job, square(2000), tmp_path, "large.png")
    box = render(asked, resources).facts.logo
    assert box is not None
    spec = banner_spec(job).preset
    wanted = box.height * (1.0 if spec.unit == "px" else print_ppi(spec) / 25.4)
    note(job, square(ceil(wanted / 1.5)), tmp_path, "enough.png")
    with pytest.raises(LogoError, match="give"):
        note(job, square(floor(wanted / 1.5 - 0.01)), tmp_path, "few.png")


@pytest.mark.parametrize(
    ("text", "ppi"), [(4.0, 180), (4.39, 180), (4.41, 180 / 1.1), (8.0, 90), (1.0, 600), (0.1, 600)]
)
def test_print_is_as_fine_as_is_seen_from_where_it_is_read(text: float, ppi: float) -> None:
    """180 px an inch from a metre, half as many from two; nobody looks closer than 30 cm."""
    preset = banner_spec(banner_job("poster-a3")).preset.model_copy(update={"min_text": text})
    assert print_ppi(preset) == pytest.approx(ppi)


def test_2_8_mm_of_a_capital_are_read_from_a_metre_and_a_code_is_scanned_from_ten_widths() -> None:
    assert [reading_distance([height]) for height in (2.79, 2.8, 3.07, 3.08)] == [0.9, 1.0, 1.0, 1.1]
    assert reading_distance([9.0, 2.8, 5.0]) == 1.0
    assert reading_distance([]) is None
    assert [scanning_distance(width) for width in (99.9, 100.0, 109.9, 110.0)] == [0.9, 1.0, 1.0, 1.1]


# --- the file -----------------------------------------------------------------------------------------


def nested(depth: int) -> str:
    """So many levels, with the root."""
    return "<g>" * (depth - 2) + '<rect width="9" height="9"/>' + "</g>" * (depth - 2)


def multiplied(more: int) -> str:
    """A thousand elements, drawn 48 times more, and some: with the root and each `use` 50,000 and `more`."""
    uses = '<use href="#a"/>' * 48
    return f'<g id="a">{"<g/>" * 999}</g>{uses}' + "<g/>" * (50_000 - 1 - 1000 - 48 * 1001 + more)


def dashed(length: float) -> str:
    return f'<path d="M0 0H90" stroke="red" stroke-dasharray="{length / 2} {length / 2}"/>'


HEAD = len(svg(""))
SVG_LIMITS: list[tuple[str, Callable[[int], bytes]]] = [
    ("weighs", lambda over: svg(" " * (1_000_000 - HEAD + over))),
    ("one over 20000", lambda over: svg("<g/>", f"0 0 {20_000 + over} {20_000 + over}")),
    ("one over 20000", lambda over: svg("<g/>", f"{-20_000 - over} 0 9 9")),
    ("deeper than 32", lambda over: svg(nested(32 + over))),
    ("over 20000 elements", lambda over: svg("<g/>" * (19_999 + over))),
    ("huge coordinates", lambda over: svg(f'<path d="M0 0L{1_000_000 + over} 5"/>')),
    ("too fine to draw", lambda over: svg(dashed(0.1 - over / 100))),
    ("call each other too often", lambda over: svg(multiplied(over))),
]


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize(("message", "made"), SVG_LIMITS)
def test_an_svg_may_have_so_much_and_no_more(message: str, made: Callable[[int], bytes], over: int) -> None:
    with refused(message, when=bool(over)):
        read_logo(made(over), "logo.svg")


@pytest.mark.parametrize(("aspect", "long"), [(9.9, False), (10.2, True)])
@pytest.mark.parametrize("upright", [False, True])
def test_no_side_is_more_than_ten_times_the_other(aspect: float, *, long: bool, upright: bool) -> None:
    width, height = (10, 10 * aspect) if upright else (10 * aspect, 10)
    with refused("too long a shape", when=long):
        open_logo(svg(f'<rect width="{width}" height="{height}"/>', f"0 0 {width} {height}"), "logo.svg")


@pytest.mark.parametrize(
    ("size", "large"),
    [
        ((6000, 600), False),
        ((6001, 601), True),
        ((4000, 4000), False),
        ((4000, 4001), True),
        ((600, 6001), True),
    ],
)
def test_a_png_has_at_most_6000_px_a_side_and_16_million(size: tuple[int, int], *, large: bool) -> None:
    assert png_heads.is_too_large(size) is large
    with refused("make it smaller", when=large):
        read_logo(fake_png(*size), "logo.png")


@pytest.mark.parametrize("over", [0, 1])
def test_a_png_weighs_at_most_4_million_bytes(over: int) -> None:
    whole = png(np.zeros((64, 64, 4), dtype=np.uint8))
    padded = fake_png(64, 64, bytes(4_000_000 - len(fake_png(64, 64)) + over))
    assert len(padded) == 4_000_000 + over
    assert read_logo(whole, "logo.png")
    with refused("weighs", when=bool(over)):
        read_logo(padded, "logo.png")
