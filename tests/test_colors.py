from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.colors import Rgb, blend, contrast, from_oklab, linear, luminance, mix, oklab, parse_color

channels = st.integers(0, 255)
colors = st.builds(Rgb, channels, channels, channels)
BLACK, WHITE = Rgb(0, 0, 0), Rgb(255, 255, 255)


@given(colors)
def test_a_colour_is_read_as_it_is_written(color: Rgb) -> None:
    assert parse_color(str(color)) == parse_color(str(color).upper()) == color


@pytest.mark.parametrize(
    "text", ["", "red", "#fff", "#12345", "#1234567", "123456", "#12345g", " #123456", "#123456\n", "#١٢٣٤٥٦"]
)
def test_anything_but_rrggbb_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        parse_color(text)


def test_mix_goes_from_the_first_to_the_second() -> None:
    first, second = Rgb(0, 100, 255), Rgb(200, 0, 255)
    assert mix(first, second, 0) == first
    assert mix(first, second, 1) == second
    assert mix(first, second, 0.5) == Rgb(100, 50, 255)


@given(colors, colors, st.floats(0, 1))
def test_a_mix_lies_between(first: Rgb, second: Rgb, share: float) -> None:
    for one, other, mixed in zip(first, second, mix(first, second, share), strict=True):
        assert min(one, other) <= mixed <= max(one, other)


@pytest.mark.parametrize(
    ("color", "expected"),
    [("#000000", 0.0), ("#ffffff", 1.0), ("#ff0000", 0.2126), ("#00ff00", 0.7152), ("#0000ff", 0.0722)],
)
def test_luminance_of_known_colours(color: str, expected: float) -> None:
    assert luminance(parse_color(color)) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    # well-known pairs: the greys on white that just pass and just fail 4.5:1
    [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_of_known_pairs(first: str, second: str, expected: float) -> None:
    found = contrast(luminance(parse_color(first)), luminance(parse_color(second)))
    assert found == pytest.approx(expected, abs=0.005)


@given(colors, colors)
def test_contrast_is_symmetric_and_between_1_and_21(first: Rgb, second: Rgb) -> None:
    one, other = luminance(first), luminance(second)
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


@given(st.integers(0, 254))
def test_light_grows_with_the_channel(value: int) -> None:
    assert linear(value) < linear(value + 1)


@given(colors)
def test_a_colour_comes_back_from_oklab(color: Rgb) -> None:
    assert from_oklab(*oklab(color)) == color


def test_oklab_is_that_of_its_author() -> None:
    """White, and the red of sRGB, as Björn Ottosson's page gives them."""
    assert oklab(WHITE) == pytest.approx((1, 0, 0), abs=1e-4)
    assert oklab(Rgb(255, 0, 0)) == pytest.approx((0.627955, 0.224863, 0.125846), abs=1e-4)


@given(colors, colors)
def test_a_blend_goes_from_the_first_to_the_second(first: Rgb, second: Rgb) -> None:
    assert blend(first, second, 0) == first
    assert blend(first, second, 1) == second


def test_what_oklab_can_hold_and_a_screen_cannot_is_cut() -> None:
    assert from_oklab(1.2, 0, 0) == WHITE
    assert from_oklab(0.7, 0.4, 0.3).red == 255
    assert from_oklab(0.7, 0.4, 0.3).blue == 0


def test_a_blend_of_blue_and_yellow_is_not_dark() -> None:
    """Half way it is as light as both on the average; straight in sRGB it is not."""
    blue, yellow = Rgb(13, 79, 196), Rgb(255, 210, 63)
    assert abs(oklab(mix(blue, yellow, 0.5))[0] - (oklab(blue)[0] + oklab(yellow)[0]) / 2) > 0.005
    assert oklab(blend(blue, yellow, 0.5))[0] == pytest.approx(
        (oklab(blue)[0] + oklab(yellow)[0]) / 2, abs=0.005
    )
