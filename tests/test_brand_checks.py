"""`check` holds the brand to what pictures need; what it lets pass is built, whatever weights there are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dxassets.api import build, check_project, load_campaign
from dxassets.api.brand_checking import brand_errors, brand_warnings
from dxassets.brand import nearest_weight, parse_brand
from dxassets.errors import InputError, Problem
from dxassets.planner import Wanted
from tests.conftest import ROOT, CampaignCopy

ALL = (500, 600, 700, 800, 900)


@pytest.fixture
def brand(copy: CampaignCopy) -> Path:
    """A brand of the campaign's own, to spoil."""
    folder = copy.folder / "brand"
    shutil.copytree(ROOT / "brand", folder)
    return folder / "brand.toml"


def edit(brand: Path, old: str, new: str) -> None:
    text = brand.read_text(encoding="utf-8")
    assert old in text
    brand.write_text(text.replace(old, new, 1), encoding="utf-8")


def keep_weights(brand: Path, *weights: int) -> None:
    names = {500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold", 900: "Black"}
    line = next(
        line for line in brand.read_text(encoding="utf-8").splitlines() if line.startswith("files = { 500")
    )
    files = ", ".join(f'{each} = "fonts/be-vietnam-pro/BeVietnamPro-{names[each]}.ttf"' for each in weights)
    edit(brand, line, f"files = {{ {files} }}")


def told(brand: Path) -> tuple[list[Problem], list[Problem]]:
    """What is said of the brand alone."""
    project = load_campaign(brand.parent.parent)
    return list(brand_errors(project)), list(brand_warnings(project))


def told_by_check(brand: Path) -> tuple[list[Problem], list[Problem]]:
    """What `check`, which looks at everything, says of the brand."""
    errors, warnings = check_project(load_campaign(brand.parent.parent))
    return [each for each in errors if each.where.startswith("brand/")], [
        each for each in warnings if each.where.startswith("brand/")
    ]


def test_the_bundled_brand_is_silent(brand: Path) -> None:
    assert told_by_check(brand) == ([], [])


# --- weights ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weight", ALL)
def test_a_brand_of_one_weight_is_told_of_and_builds(brand: Path, tmp_path: Path, weight: int) -> None:
    keep_weights(brand, weight)
    errors, warnings = told(brand)
    assert errors == []
    lacking = [str(each) for each in ALL if each != weight]
    assert [each.en.split()[3] for each in warnings] == lacking
    assert all(f"{weight} stands in" in each.en for each in warnings)
    wanted = Wanted(
        kinds=("banner", "frame", "qr"), presets=("rectangle-300x250",), themes=("light",), days=("10-10",)
    )
    report = build(load_campaign(brand.parent.parent), wanted, out=tmp_path / "out")
    assert [problem.en for each in report.failed for problem in each.problems] == []
    assert report.made


@pytest.mark.parametrize(
    ("weights", "wanted", "nearest"),
    [
        ((800,), 500, 800),
        ((500, 700), 600, 700),
        ((500, 900), 700, 900),
        ((500, 800), 600, 500),
        (ALL, 700, 700),
    ],
)
def test_the_nearest_weight_stands_in_the_bolder_of_two(
    weights: tuple[int, ...], wanted: int, nearest: int
) -> None:
    assert nearest_weight(weights, wanted) == nearest


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("files = { 500 =", "files = { bold =", "'bold' is no weight"),
        ("files = { 500 =", "files = { 550 =", "'550' is no weight"),
        ('italic = "fonts/tinos/Tinos-Italic.ttf", ', "", "text.files: lacks italic"),
    ],
)
def test_files_that_nothing_can_be_set_in_are_refused_at_load(
    brand: Path, old: str, new: str, words: str
) -> None:
    text = brand.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError, match=words):
        parse_brand(text.replace(old, new).encode(), "brand.toml")


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("face", ["be-vietnam-pro", "tinos"])
def test_a_missing_licence_is_an_error(brand: Path, face: str) -> None:
    old = f"fonts/{face}/OFL.txt"
    edit(brand, old, f"fonts/{face}/licence.txt")
    errors, _ = told(brand)
    assert [each.where for each in errors] == [f"brand/fonts/{face}/licence.txt"]


def test_check_tells_what_the_brand_lacks(brand: Path) -> None:
    keep_weights(brand, 800)
    edit(brand, "fonts/tinos/OFL.txt", "fonts/tinos/licence.txt")
    errors, warnings = told_by_check(brand)
    assert (errors, warnings) == told(brand)
    assert [each.where for each in errors] == ["brand/fonts/tinos/licence.txt"]
    assert len(warnings) == len(ALL) - 1


# --- contrast -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "color", "ratio"),
    [
        ("ink", "#767676", None),  # 4.54 on white
        ("ink", "#777777", "4.48"),
        ("ink_soft", "#777777", "4.48"),
        ("accent", "#777777", "4.48"),
        ("card_ink", "#767676", None),
        ("card_ink", "#777777", "4.48"),
    ],
)
def test_each_role_of_a_palette_keeps_4_5_to_1(brand: Path, role: str, color: str, ratio: str | None) -> None:
    text = brand.read_text(encoding="utf-8")
    start = text.index('id = "light"')
    light = text[start:].replace('ground = ["#ffffff", "#e2edff"]', 'ground = ["#ffffff", "#fffffe"]', 1)
    old = next(line for line in light.splitlines() if line.startswith(f"{role} ="))
    brand.write_text(text[:start] + light.replace(old, f'{role} = "{color}"', 1), encoding="utf-8")
    errors, _ = told(brand)
    if ratio is None:
        assert errors == []
    else:
        assert [each.where for each in errors] == [f"brand/brand.toml: themes.light.palette.{role}"]
        assert f"is {ratio}" in errors[0].en or f"of {ratio}" in errors[0].en


def test_one_stop_that_is_too_light_is_enough(brand: Path) -> None:
    edit(brand, 'ground = ["#061850", "#0a389a", "#0950a4"]', 'ground = ["#061850", "#9fb8e8"]')
    errors, _ = told(brand)
    assert {each.where.rpartition(".")[2] for each in errors} == {"ink", "ink_soft", "accent"}


def test_a_light_code_on_a_dark_card_is_an_error(brand: Path) -> None:
    edit(brand, 'card = "#ffffff"\ncard_ink = "#071d5b"', 'card = "#071d5b"\ncard_ink = "#ffffff"')
    errors, _ = told(brand)
    assert [each.where for each in errors] == ["brand/brand.toml: themes.digital.palette.card_ink"]
    assert "lighter than card" in errors[0].en
