"""The brand kit: palettes that can be read, typefaces that are there, and errors by their path."""

from __future__ import annotations

import pytest

from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.brand import Brand, Palette, Theme, parse_brand
from dxassets.colors import Rgb, contrast, luminance, mix
from dxassets.errors import CampaignError
from tests.drawing_support import ROOT, THEMES, project

TEXT = (ROOT / "brand" / "brand.toml").read_text(encoding="utf-8")
BRAND = project().brand


def told(text: str) -> list[str]:
    with pytest.raises(CampaignError) as caught:
        parse_brand(text.encode(), "brand.toml")
    assert len(caught.value.lines("vi")) == len(caught.value.lines("en"))
    return caught.value.lines()


def places(text: str) -> list[str]:
    return [line.split(": ")[1] for line in told(text)]


def changed(theme: str, old: str, new: str) -> str:
    """The bundled file with something of one theme changed."""
    start = TEXT.index(f'id = "{theme}"')
    assert old in TEXT[start:]
    return TEXT[:start] + TEXT[start:].replace(old, new, 1)


# --- the bundled one ------------------------------------------------------------------------------


def test_the_four_themes_are_there_in_their_order() -> None:
    assert tuple(theme.id for theme in BRAND.themes) == THEMES
    for theme in BRAND.themes:
        assert BRAND.theme(theme.id) is theme
    assert BRAND.theme("dark") is None


def test_a_theme_that_is_no_default_is_worn_only_when_it_is_named() -> None:
    brand = parse_brand(changed("light", 'align = "left"', 'align = "left"\ndefault = false').encode(), "b")
    usual = brand.worn(())
    assert "light" not in [theme.id for theme in usual.themes]
    assert [theme.id for theme in usual.on_request if theme.id == "light"] == ["light"]
    assert usual.theme("light") is brand.theme("light")
    named = brand.worn(("light",))
    assert [theme.id for theme in named.every_theme] == ["light"]
    assert named.on_request == ()


def test_some_theme_is_a_default() -> None:
    with pytest.raises(CampaignError, match="at least one must be there when none is named"):
        parse_brand(
            TEXT.replace("default = false\n", "").replace('align = "', 'default = false\nalign = "').encode(),
            "b",
        )


@pytest.mark.parametrize("theme", THEMES)
def test_a_themes_text_can_be_read_on_all_of_its_ground(theme: str) -> None:
    palette = palette_of(theme)
    steps = [
        mix(one, other, share / 10)
        for one, other in zip(palette.ground, palette.ground[1:], strict=False)
        for share in range(11)
    ]
    for role in ("ink", "ink_soft", "accent"):
        color: Rgb = getattr(palette, role)
        assert min(contrast(luminance(color), luminance(step)) for step in steps) >= 4.5, role


@pytest.mark.parametrize("theme", THEMES)
def test_a_themes_code_is_dark_on_light(theme: str) -> None:
    palette = palette_of(theme)
    card, ink = luminance(palette.card), luminance(palette.card_ink)
    assert card > ink
    assert contrast(card, ink) >= 7


def palette_of(theme_id: str) -> Palette:
    theme = BRAND.theme(theme_id)
    assert theme is not None
    return theme.palette


def test_no_two_themes_share_a_ground() -> None:
    grounds = [theme.palette.ground for theme in BRAND.themes]
    assert len(set(grounds)) == len(grounds)


def test_every_theme_has_its_template_and_every_font_its_file() -> None:
    for theme in BRAND.themes:
        assert (ROOT / "templates" / "banner" / f"{theme.id}.svg.j2").is_file()
    for face in (BRAND.typefaces.display, BRAND.typefaces.text):
        for name in (*face.all_files, *face.licences):
            assert (ROOT / "brand" / name).is_file()
    assert set(BRAND.typefaces.display.files) >= {"600", "700", "800", "900"}


def test_logo_slots_are_empty_until_an_agency_fills_them() -> None:
    assert [(slot.id, slot.file) for slot in BRAND.logos] == [("agency", "")]


def test_a_palettes_colour_comes_out_as_it_is_written() -> None:
    for theme in BRAND.themes:
        color = theme.palette.accent
        square = f'<rect width="2" height="2" fill="{color}"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2">{square}</svg>'
        assert tuple(svg_to_pixels(svg)[0, 0]) == color


def test_a_brand_is_written_out_as_it_was_read() -> None:
    brand = parse_brand(TEXT.encode(), "brand.toml")
    assert Brand.model_validate(brand.model_dump(mode="json")) == brand
    assert BRAND.themes[0].model_dump(mode="json")["palette"]["ink"] == "#ffffff"


def test_a_brand_does_not_change() -> None:
    theme: Theme = BRAND.themes[0]
    with pytest.raises(ValueError, match="frozen"):
        theme.align = "center"
    assert hash(theme) == hash(Theme.model_validate(theme.model_dump()))


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("color", ["white", "#fff", "#12345678", "rgb(1,2,3)", "#gggggg", ""])
def test_what_is_not_a_colour_is_told_with_its_path(color: str) -> None:
    (line,) = told(changed("formal", 'ink = "#ffe45c"', f'ink = "{color}"'))
    assert line == f"brand.toml: themes[2].palette.ink: {color!r} is not a colour of the form #rrggbb"


def test_a_wrong_colour_is_told_in_vietnamese_too() -> None:
    with pytest.raises(CampaignError) as caught:
        parse_brand(changed("formal", 'ink = "#ffe45c"', 'ink = "vàng"').encode(), "brand.toml")
    assert caught.value.lines("vi") == [
        "brand.toml: themes[2].palette.ink: “vàng” không phải màu dạng #rrggbb"
    ]


def test_a_number_is_not_a_colour() -> None:
    assert places(changed("formal", 'ink = "#ffe45c"', "ink = 255"))[0].startswith("themes[2].palette.ink")


def test_a_colour_in_a_list_is_told_by_its_index() -> None:
    assert places(changed("light", '"#e2edff"', '"#e2edfg"'))[0] == "themes[3].palette.ground[1]"
    wrong = changed("light", '"#12a8dc", "#ffffff", "#d7182a"', '"#12a8dc", "blue", "#d7182a"')
    assert places(wrong)[0] == "themes[3].palette.band.figures[1]"


def test_one_wrong_colour_of_a_list_is_told_once() -> None:
    assert len(told(changed("light", '"#e2edff"', '"#e2edfg"'))) == 1


def test_a_ground_of_one_colour_is_no_gradient() -> None:
    (line,) = told(changed("light", 'ground = ["#ffffff", "#e2edff"]', 'ground = ["#ffffff"]'))
    assert "themes[3].palette.ground: needs at least 2" in line


def test_a_band_of_one_colour_has_no_figures() -> None:
    (line,) = told(
        changed(
            "light",
            'figures = ["#12a8dc", "#ffffff", "#d7182a"]',
            'figures = ["#12a8dc", "#12a8dc", "#12A8DC"]',
        )
    )
    assert "band.figures: needs at least two different colours" in line


def test_an_unknown_key_is_told_with_its_path_and_a_near_one() -> None:
    (line,) = told(changed("digital", 'accent = "#ffd23f"', 'accent = "#ffd23f"\nacent = "#ffd23f"'))
    assert line.startswith("brand.toml: themes[0].palette.acent: is not a known key.")
    assert "Did you mean: accent" in line
    (line,) = told(TEXT.replace("[typefaces.display]", "[typefaces.display]\nfamilly = 1", 1))
    assert "typefaces.display.familly" in line
    assert "Did you mean: family" in line


def test_everything_wrong_is_told_together() -> None:
    text = changed("digital", 'gradient = "diagonal"', 'gradient = "round"')
    text = text.replace('card = "#ffffff"', 'card = "paper"', 1).replace(
        "capitals = true", "capitls = true", 1
    )
    text = text.replace('family = "Tinos"\n', "")
    assert places(text) == [
        "themes[0].gradient",
        "themes[0].palette.card",
        "themes[2].capitls",
        "typefaces.text.family",
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('align = "left"', 'align = "right"', "themes[0].align"),
        ('banded = ["lozenges", ', 'banded = ["Stars", ', "themes[0].banded[0]"),
        ('banded = ["lozenges", ', 'banded = ["lozenges", 2, ', "themes[0].banded[1]"),
        ('en = "Digital blue"', 'en = ""', "themes[0].title.en"),
        ('bar = "#ffd23f"\n', "", "themes[0].palette.bar"),
        (
            'modules = ["#39d0f2", "#7fe3ff", "#b9f0ff", "#ffd23f"]',
            "modules = []",
            "themes[0].palette.modules",
        ),
    ],
)
def test_a_wrong_value_is_told_by_its_path(old: str, new: str, place: str) -> None:
    assert places(changed("digital", old, new)) == [place]


def test_a_theme_id_is_plain_ascii() -> None:
    (line,) = told(TEXT.replace('id = "digital"', 'id = "Số hóa"'))
    assert line.startswith("brand.toml: themes[0].id: may only hold lower-case ASCII letters")


def test_a_theme_id_used_twice_is_told() -> None:
    assert "digital" in "\n".join(told(TEXT.replace('id = "light"', 'id = "digital"')))
