"""Presets and proportions: the bundled ones hold their own rules, and a wrong one is told by its path."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.errors import CampaignError
from dxassets.presets import LEVELS, PAGE_LIMIT_MM, PresetsFile, family_of, parse_presets
from tests.drawing_support import ROOT, project

TEXT = (ROOT / "templates" / "presets.toml").read_text(encoding="utf-8")
PRESETS = project().presets.presets
FAMILIES = ("ribbon", "wide", "landscape", "square", "portrait", "tower")


def parsed(text: str) -> PresetsFile:
    return parse_presets(text.encode(), "presets.toml")


def told(text: str) -> list[str]:
    """What is wrong with a presets file, line by line; both languages say it at the same places."""
    with pytest.raises(CampaignError) as caught:
        parsed(text)
    error = caught.value
    assert error.exit_code == 2
    assert len(error.lines("vi")) == len(error.lines("en"))
    return error.lines()


def changed(preset: str, old: str, new: str) -> str:
    """The bundled file with one line of one preset changed."""
    start = TEXT.index(f'id = "{preset}"')
    end = TEXT.find("[[", start)
    block = TEXT[start:end]
    assert old in block
    return TEXT[:start] + block.replace(old, new) + TEXT[end:]


# --- the bundled ones -----------------------------------------------------------------------------


def test_there_are_enough_of_each_medium() -> None:
    media = [preset.medium for preset in PRESETS]
    assert media.count("web") + media.count("social") >= 16
    assert media.count("screen") >= 2
    assert media.count("print") >= 8


def test_the_file_says_nothing_twice() -> None:
    assert len({preset.id for preset in PRESETS}) == len(PRESETS) == TEXT.count("[[presets]]")
    assert len({preset.title.vi for preset in PRESETS}) == len(PRESETS)
    assert len({preset.title.en for preset in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_a_preset_keeps_the_house_rules(preset: object) -> None:
    found = next(entry for entry in PRESETS if entry is preset)
    box = found.safe_box
    assert found.family == family_of(box.width / box.height)
    assert found.size.width >= box.right > box.x >= 0
    assert found.size.height >= box.bottom > box.y >= 0
    assert found.unit == ("mm" if found.medium == "print" else "px")
    assert found.bleed == 0 or found.medium == "print"
    # what a print shop makes has bleed and is a PDF; what an office puts into its own papers is a picture
    assert (found.format == "pdf") == (found.bleed > 0)
    assert found.bleed > 0 or found.medium != "print" or found.id.startswith("strip-a4")
    assert (found.embed == "mail") == (found.id == "signature-600x120")
    assert (found.max_bytes is None) == (found.medium in {"print", "screen"})
    assert found.checked_on <= date(2030, 1, 1)
    assert found.min_text < min(found.size.width, found.size.height)
    assert set(found.levels) <= set(LEVELS)
    assert found.qr == "none" or "call" in found.levels  # a code without words is not scanned


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_an_id_tells_its_size(preset: object) -> None:
    found = next(entry for entry in PRESETS if entry is preset)
    sizes = {
        "poster-a2": (420, 594),
        "poster-a3": (297, 420),
        "poster-a4": (210, 297),
        "leaflet-a5": (148, 210),
        "strip-a4": (210, 25),
        "strip-a4-foot": (210, 16),
    }
    match = re.search(r"(\d+)x(\d+)$", found.id)
    expected = sizes[found.id] if match is None else tuple(int(side) for side in match.groups())
    assert (found.width, found.height) == expected


def test_every_family_has_presets_and_proportions() -> None:
    assert {preset.family for preset in PRESETS} == set(FAMILIES)
    for family in FAMILIES:
        assert project().presets.proportions_of(family).family == family


def test_only_work_that_no_page_can_hold_is_drawn_at_a_tenth() -> None:
    tenth = [preset.id for preset in PRESETS if preset.page_scale == 10]
    assert tenth == ["bang-ron-6000x800"]
    for preset in PRESETS:
        if preset.unit == "mm":
            longest = max(preset.width, preset.height) + 2 * preset.bleed
            assert longest / preset.page_scale <= PAGE_LIMIT_MM


def test_a_preset_is_found_by_its_id() -> None:
    for preset in PRESETS:
        assert project().presets.preset(preset.id) is preset
    assert project().presets.preset("banner") is None


# --- families -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "family"),
    [
        ((320, 50), "ribbon"),
        ((500, 100), "ribbon"),
        ((499, 100), "wide"),
        ((220, 100), "wide"),
        ((1920, 1080), "landscape"),
        ((125, 100), "landscape"),
        ((1080, 1080), "square"),
        ((1080, 1350), "portrait"),  # 4:5
        ((297, 420), "portrait"),
        ((450, 1000), "portrait"),
        ((449, 1000), "tower"),
        ((1, 1000), "tower"),
    ],
)
def test_the_family_of_a_size(size: tuple[int, int], family: str) -> None:
    assert family_of(size[0] / size[1]) == family


@given(st.floats(0.001, 100), st.floats(0.001, 100))
def test_a_wider_picture_is_never_of_a_narrower_family(one: float, other: float) -> None:
    first, second = sorted((one, other))
    assert FAMILIES.index(family_of(first)) >= FAMILIES.index(family_of(second))


def test_the_family_is_that_of_the_safe_area() -> None:
    youtube = project().presets.preset("youtube-art-2560x1440")
    assert youtube is not None
    assert family_of(youtube.size.aspect) == "landscape"
    assert youtube.family == "wide"


# --- what is refused ------------------------------------------------------------------------------


def test_a_wrong_family_is_told_with_the_right_one() -> None:
    (line,) = told(changed("share-1200x630", 'family = "landscape"', 'family = "square"'))
    assert line.startswith("presets.toml: presets[")
    assert "'landscape'" in line
    assert "'square'" in line


def test_an_unknown_key_is_told_with_its_path_and_a_near_one() -> None:
    (line,) = told(changed("share-1200x630", "min_text =", "min_txt = 3\nmin_text ="))
    index = next(at for at, preset in enumerate(PRESETS) if preset.id == "share-1200x630")
    assert line.startswith(f"presets.toml: presets[{index}].min_txt: ")
    assert "Did you mean: min_text" in line


def test_an_unknown_key_in_a_safe_area_is_told_with_a_near_one() -> None:
    (line,) = told(changed("x-header-1500x500", "safe = { bottom", "safe = { botom"))
    assert ".safe.botom: " in line
    assert "Did you mean: bottom" in line


def test_everything_wrong_is_told_together() -> None:
    text = changed("share-1200x630", "width = 1200", "width = 5").replace(
        "[[proportions]]", "[[proportion]]", 1
    )
    text = text.replace('qr = "none"', 'qr = "yes"', 1).replace(
        "checked_on = 2026-11-23", "checked_on = 2026-13-45", 1
    )
    with pytest.raises(CampaignError) as caught:
        parsed(text)  # not even TOML: a date that is none
    assert "not valid TOML" in str(caught.value)
    lines = told(text.replace("2026-13-45", '"someday"'))
    places = [line.split(": ")[1] for line in lines]
    index = next(at for at, preset in enumerate(PRESETS) if preset.id == "share-1200x630")
    assert {f"presets[{index}].width", "presets[0].qr", "presets[0].checked_on", "proportion"} <= set(places)
    assert "presets[0].qr: there is no 'yes'; there are: none, card" in "\n".join(lines)
    assert any("needs at least 6" in line for line in lines)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("width = 1200", "", "width"),
        ("width = 1200", 'width = "wide"', "width"),
        ("width = 1200", "width = 0", "width"),
        ("width = 1200", "width = 100000", "width"),
        ("min_text = 18", "min_text = 0", "min_text"),
        ("max_bytes = 300_000", "max_bytes = -1", "max_bytes"),
        ('unit = "px"', 'unit = "cm"', "unit"),
        ('format = "png"', 'format = "gif"', "format"),
        ('medium = "social"', 'medium = "radio"', "medium"),
        ('id = "share-1200x630"', 'id = "Chia sẻ"', "id"),
        ('vi = "Bài Facebook, ảnh chia sẻ"', 'vi = ""', "title.vi"),
        ('qr = "card"', 'qr = "card"\nlevels = []', "levels"),
        ('qr = "card"', 'qr = "card"\nlevels = ["slogn"]', "levels[0]"),
        ('qr = "card"', 'qr = "card"\nsafe = { top = 0.5 }', "safe.top"),
        ('qr = "card"', 'qr = "card"\nsafe = { top = -0.1 }', "safe.top"),
        ('qr = "card"', 'qr = "card"\nbleed = -1', "bleed"),
        ('qr = "card"', 'qr = "card"\nscan_from = 0', "scan_from"),
        ('qr = "card"', 'qr = "card"\nembed = "fax"', "embed"),
        ('source = "OpenGraph', 'source = "\\u0007OpenGraph', "source"),
    ],
)
def test_a_wrong_value_is_told_by_its_path(old: str, new: str, place: str) -> None:
    index = next(at for at, preset in enumerate(PRESETS) if preset.id == "share-1200x630")
    lines = told(changed("share-1200x630", old, new))
    assert lines[0].split(": ")[1] == f"presets[{index}].{place}"


@pytest.mark.parametrize(
    ("preset", "old", "new"),
    [
        ("share-1200x630", 'qr = "card"', 'qr = "card"\nscan_from = 1.0'),  # on a screen
        ("poster-a4", 'qr = "card"', 'qr = "none"'),
    ],
)
def test_only_a_printed_code_says_from_how_far_it_is_scanned(preset: str, old: str, new: str) -> None:
    (line,) = told(changed(preset, old, new))
    assert "scan_from: only a size in mm with a code" in line


def test_one_wrong_entry_of_a_list_is_told_once() -> None:
    (line,) = told(changed("share-1200x630", 'qr = "card"', 'qr = "card"\nlevels = ["slogn"]'))
    assert ".levels[0]: there is no 'slogn'" in line


def test_an_id_used_twice_is_told() -> None:
    (line,) = told(TEXT.replace('id = "mobile-300x50"', 'id = "mobile-320x50"'))
    assert "id used twice: mobile-320x50" in line


def test_a_family_without_proportions_is_told() -> None:
    text = re.sub(r'(\[\[proportions\]\]\nfamily = )"tower"', r'\1"ribbon"', TEXT)
    assert text != TEXT
    assert "tower" in "\n".join(told(text))


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"presets = [", "not valid TOML"), (b"\xff\xfe", "not UTF-8"), (b"", "is missing")],
)
def test_a_file_that_cannot_be_read_is_told(data: bytes, message: str) -> None:
    with pytest.raises(CampaignError, match=message):
        parse_presets(data, "presets.toml")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "presets.toml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert parse_presets(file.read_bytes(), "presets.toml") == project().presets
