"""An own scene as a file and as an option: hostile, broken and missing ones are refused in words, early."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from dxassets import check_project, load_campaign
from dxassets.api import with_scene
from dxassets.api.single import banner_job, finished
from dxassets.errors import CampaignError, InputError
from tests.conftest import CampaignCopy, Run
from tests.drawing_support import page_pixels, project, svg
from tests.photo_support import bomb, saved
from tests.test_own_scene_use import page_images
from tests.test_own_scenes import SCENIC, pixels_of, valley

JPEG = saved(valley(600, 400), "jpeg")
BAD = {
    "cut short": (JPEG[: len(JPEG) // 2], "send the original"),
    "empty": (b"", "empty file"),
    "a bomb": (bomb(), "too large"),
    "one px": (saved(Image.new("RGB", (1, 1)), "png"), "too small"),
    "a text": (b"hello", "not a photo"),
    "a script": (svg("<script>alert(1)</script>"), "remove the script"),
    "an event": (svg('<rect width="9" height="9" onload="x()"/>'), "event handler"),
    "an address": (svg('<image href="https://example.org/a.png" width="9" height="9"/>'), "must hold all"),
    "live text": (svg("<text>Sở</text>"), "convert the text to outlines"),
    "a web page": (b"<html><body/></html>", "is not an SVG"),
    "broken SVG": (svg("<g>"), ""),
}
SHARE = ("--day", "10-10", "--theme", "photo", "--preset", "share-1200x630")
DRAWN = svg(
    '<rect id="a" width="200" height="100" fill="#8a2be2"/><circle cx="100" cy="50" r="30" fill="#00c853"/>',
    "0 0 200 100",
)
RICH = svg(
    '<defs><linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/>'
    '</linearGradient></defs><rect width="200" height="100" fill="url(#g)"/>',
    "0 0 200 100",
)


def file_of(folder: Path, data: bytes, name: str = "a.jpg") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def drawn(file: Path, file_format: str, theme: str = "digital", preset: str = "instagram-1080x1080") -> bytes:
    shown = with_scene(project(), file)
    job = banner_job(shown, file_format, day="10-10", theme=theme, preset=preset)  # type: ignore[arg-type]
    return finished(job, shown.resources).data


# --- refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_before_anything_is_made(name: str, tmp_path: Path, dxassets: Run) -> None:
    data, message = BAD[name]
    file, out = file_of(tmp_path, data), tmp_path / "out"
    for command in (
        ("banner", *SHARE, "-o", out / "a.png"),
        ("build", "--theme", "photo", "--preset", "share-1200x630", "--out", out),
    ):
        told = dxassets(*command, "--scene", file, "--lang", "en")
        assert told.code == 2
        assert "Traceback" not in told.err
        assert "--scene" in told.err
        assert message in told.err
        assert not out.exists()


def test_a_scene_that_is_none_is_told_with_its_near_ones(tmp_path: Path, dxassets: Run) -> None:
    for given, message in {
        "highlnd": "Did you mean: highland?",
        "nix.jpg": "there is no file 'nix.jpg'",
        str(tmp_path): "is a folder",
        "x" * 5000: "'xxx",
        "a/\0": "there is no file",
    }.items():
        told = dxassets("banner", *SHARE, "--scene", given, "-o", tmp_path / "a.png", "--lang", "en")
        assert told.code == 2, given[:20]
        assert message in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_focus_is_a_point_of_an_own_photo(tmp_path: Path, dxassets: Run) -> None:
    file = file_of(tmp_path, JPEG)
    for extra in (("--focus", "0.5,0.5"), ("--scene", "highland", "--focus", "0.5,0.5")):
        told = dxassets("banner", *SHARE, *extra, "-o", tmp_path / "a.png", "--lang", "en")
        assert (told.code, "only goes with --scene FILE" in told.err) == (2, True)
    for point in ("1.1,0", "a,b"):
        told = dxassets("banner", *SHARE, "--scene", file, "--focus", point, "-o", tmp_path / "a.png")
        assert told.code == 2
        assert "--focus" in told.err
    made = []
    for point in ("0%,50%", "100%,50%", "auto", "center"):
        out = tmp_path / f"{len(made)}.png"
        assert dxassets("banner", *SHARE, "--scene", file, "--focus", point, "-o", out).code == 0
        made.append(out.read_bytes())
    assert made[0] != made[1]


def test_none_and_an_id_take_the_place_of_the_campaigns_scene(tmp_path: Path, dxassets: Run) -> None:
    files = {}
    for scene in ("none", "coast", "highland", None):
        files[scene] = tmp_path / f"{scene}.svg"
        extra = () if scene is None else ("--scene", scene)
        assert dxassets("banner", *SHARE, *extra, "-o", files[scene]).code == 0
    read = {scene: file.read_text("utf-8") for scene, file in files.items()}
    assert read["highland"] == read[None]  # that of the bundled campaign
    assert len(set(read.values())) == 3
    assert 'id="scene-' not in read["none"]


def test_who_asks_for_one_picture_is_told_when_the_photo_is_not_in_it(tmp_path: Path, dxassets: Run) -> None:
    small = file_of(tmp_path, saved(valley(150, 100), "jpeg"))
    formal = ("--day", "10-10", "--theme", "formal", "--preset", "share-1200x630")
    told = dxassets("banner", *formal, "--scene", small, "-o", tmp_path / "a.png", "--lang", "en")
    assert (told.code, "no room for a scene" in told.err) == (0, True)
    told = dxassets("banner", *SHARE, "--scene", small, "-o", tmp_path / "a.png", "--lang", "en")
    assert (told.code, "too few px to be sharp" in told.err) == (0, True)
    large = file_of(tmp_path, saved(valley(1500, 1000), "jpeg"), "b.jpg")
    assert dxassets("banner", *SHARE, "--scene", large, "-o", tmp_path / "a.png").err == ""
    told = dxassets(
        "build", *formal[2:], "--kind", "banner", "--scene", large, "--out", tmp_path / "o", "--json"
    )
    assert len(json.loads(told.out)["without_scene"]) == 2


# --- in a campaign's file -------------------------------------------------------------------------------


def with_photo(
    copy: CampaignCopy, data: bytes = JPEG, name: str = "anh/lễ-phát-động.jpg", extra: str = ""
) -> None:
    (copy.folder / name).parent.mkdir(parents=True, exist_ok=True)
    (copy.folder / name).write_bytes(data)
    copy.edit('scene = "highland"', f'scene = "{name}"{extra}')


def test_a_day_shows_a_photo_of_the_campaigns_folder(copy: CampaignCopy) -> None:
    with_photo(copy, extra="\nfocus = [0.3, 0.5]")
    mine = load_campaign(copy.folder)
    assert check_project(mine)[0] == []
    job = banner_job(mine, "svg", day="10-10", theme="digital", preset="instagram-1080x1080")
    assert dict(job.inputs).keys() >= {"anh/lễ-phát-động.jpg"}
    found = finished(job, mine.resources)
    assert dict(found.facts.notes)["scene"] == "anh/lễ-phát-động.jpg, focus 0.3,0.5"
    assert b"data:image/jpeg" in found.data
    other = banner_job(mine, "svg", day="01-11", theme="digital", preset="instagram-1080x1080")
    assert b"data:image/jpeg" not in finished(other, mine.resources).data
    (copy.folder / "anh/lễ-phát-động.jpg").write_bytes(saved(valley(600, 401), "jpeg"))
    assert banner_job(mine, "svg", day="10-10", theme="digital", preset="instagram-1080x1080").key != job.key


@pytest.mark.parametrize(
    "name", ["../a.jpg", "/etc/a.jpg", "anh/../../a.jpg", "./a.jpg", "C:/a.jpg", "~/a.jpg", "Highland"]
)
def test_a_scene_outside_the_campaigns_folder_is_refused(name: str, copy: CampaignCopy) -> None:
    copy.edit('scene = "highland"', f'scene = "{name}"')
    with pytest.raises(CampaignError, match=r"days\[0\]\.scene: .*inside the campaign's folder"):
        load_campaign(copy.folder)


def test_what_is_wrong_with_a_days_photo_is_told_with_its_place(copy: CampaignCopy) -> None:
    copy.edit('scene = "highland"', 'scene = "anh/nix.jpg"')
    [problem] = check_project(load_campaign(copy.folder))[0]
    assert problem.where.endswith("campaign.toml: days[0].scene")
    assert "no file 'anh/nix.jpg'; put it there" in problem.en
    with_photo_instead = copy.file.read_text("utf-8").replace("anh/nix.jpg", "a.jpg")
    copy.file.write_text(with_photo_instead, "utf-8")
    (copy.folder / "a.jpg").write_bytes(JPEG[:3000])
    [problem] = check_project(load_campaign(copy.folder))[0]
    assert (problem.where, "cut short" in problem.en) == ("a.jpg", True)
    with pytest.raises(InputError, match="cut short"):
        banner_job(load_campaign(copy.folder), "png", day="01-11", theme="light", preset="poster-a4")


def test_check_names_the_sizes_for_which_a_photo_is_too_small(copy: CampaignCopy) -> None:
    with_photo(copy, saved(valley(600, 400), "jpeg"), name="nho.jpg")
    told = [each.en for each in check_project(load_campaign(copy.folder))[1] if "too few px" in each.en]
    assert len(told) == 1
    px = re.search(r"use one of (\d+)×(\d+) px", told[0])
    assert px is not None
    enough = valley(int(px[1]), int(px[2]))
    (copy.folder / "nho.jpg").write_bytes(saved(enough, "jpeg", quality=60))
    assert not [each for each in check_project(load_campaign(copy.folder))[1] if "too few px" in each.en]


@pytest.mark.parametrize("point", ["[0.5]", "[0.5, 1.1]", "[-0.1, 0]", "[nan, 0]", '"0.5,0.5"'])
def test_a_focus_is_two_shares(point: str, copy: CampaignCopy) -> None:
    with_photo(copy, extra=f"\nfocus = {point}")
    with pytest.raises(CampaignError, match=r"days\[0\]\.focus"):
        load_campaign(copy.folder)


def test_a_focus_of_a_bundled_scene_is_refused(copy: CampaignCopy) -> None:
    copy.edit('scene = "highland"', 'scene = "highland"\nfocus = [0.5, 0.5]')
    with pytest.raises(CampaignError, match="focus only goes with a scene that is a photo"):
        load_campaign(copy.folder)


# --- drawings -------------------------------------------------------------------------------------------


def test_a_drawing_keeps_its_colours_and_stays_a_drawing(tmp_path: Path) -> None:
    file = file_of(tmp_path, DRAWN, "a.svg")
    master = drawn(file, "svg", preset="share-1200x630").decode()
    assert "data:image" not in master
    assert 'fill="#8a2be2"' in master
    page = drawn(file, "pdf", preset="share-1200x630")
    assert page_images(page) == []
    picture = pixels_of(drawn(file, "png", preset="share-1200x630")).astype(int)
    for color in ((0x00, 0xC8, 0x53), (0x8A, 0x2B, 0xE2)):
        assert (np.abs(picture - color).max(axis=2) < 8).mean() > 0.01


def test_ids_of_a_drawing_never_meet_those_of_a_logo(tmp_path: Path) -> None:
    master = drawn(file_of(tmp_path, DRAWN, "a.svg"), "svg", preset="share-1200x630")
    ids = [element.get("id") for element in ElementTree.fromstring(master).iter() if element.get("id")]  # noqa: S314
    assert "own-scene-1" in ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("data", [DRAWN, RICH], ids=["plain", "rich"])
@pytest.mark.parametrize("theme", SCENIC)
def test_a_drawing_is_the_same_in_a_picture_and_on_a_page(data: bytes, theme: str, tmp_path: Path) -> None:
    file = file_of(tmp_path, data, "a.svg")
    picture = pixels_of(drawn(file, "png", theme)).astype(int)
    page = page_pixels(drawn(file, "pdf", theme), 1080).astype(int)
    assert np.abs(picture - page).mean() < 3
