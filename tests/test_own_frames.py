"""An agency's own frame: its hole is found, what is no frame is refused in words, the page finds the same."""

from __future__ import annotations

import json
import urllib.parse
from itertools import chain
from math import hypot
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from dxassets import FrameWanted, frame_photo
from dxassets.__main__ import main
from dxassets.api.framing.wanted import drawn_frame
from dxassets.errors import InputError
from dxassets.framing import Opening
from dxassets.kinds.frame.own import (
    FARTHEST_HOLE,
    LEAST_OWN_HOLE,
    LEAST_OWN_SIDE,
    MOST_OWN_HOLE,
    SPECK,
    find_hole,
    read_own_frame,
)
from tests.drawing_support import project, svg
from tests.photo_support import photo_bytes, portrait
from tests.site_support import CHROMIUM

HOLES = json.loads((Path(__file__).parent / "data" / "holes.json").read_text(encoding="utf-8"))
COUNT = HOLES["count"]
RING_SVG = svg(
    '<path fill="#0a389a" fill-rule="evenodd" d="M50 1a49 49 0 1 0 .01 0zM50 12a36 36 0 1 0 .01 0z"/>'
)


def grid(ink: list[list[Any]]) -> list[list[int]]:
    """A drawing of the shared file as transparency, row by row."""
    cells = [[0] * COUNT for _ in range(COUNT)]
    for shape, *numbers, alpha in ink:
        for row in range(COUNT):
            for column in range(COUNT):
                x, y = column + 0.5, row + 0.5
                if shape == "disc":
                    inside = hypot(x - numbers[0], y - numbers[1]) <= numbers[2]
                else:
                    inside = numbers[0] <= x < numbers[2] and numbers[1] <= y < numbers[3]
                if inside:
                    cells[row][column] = alpha
    return cells


def frame_png(side: int = 600, hole: float = 0.36, *, x: float = 0.5, alpha: int = 0) -> Image.Image:
    picture = Image.new("RGBA", (side, side), (10, 56, 154, 255))
    left, radius = x * side, hole * side
    ImageDraw.Draw(picture).ellipse(
        (left - radius, side / 2 - radius, left + radius, side / 2 + radius), fill=(0, 0, 0, alpha)
    )
    return picture


def saved(picture: Image.Image, path: Path) -> Path:
    picture.save(path)
    return path


@pytest.mark.parametrize("case", HOLES["cases"], ids=[case["called"] for case in HOLES["cases"]])
def test_holes_are_found_and_judged(case: dict[str, Any]) -> None:
    found = find_hole(grid(case["ink"]))
    if case["fault"]:
        assert found == case["fault"]
    else:
        assert isinstance(found, Opening)
        assert (found.x, found.y, found.radius) == pytest.approx(case["opening"], abs=1e-6)


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
def test_the_page_finds_the_same(browser: Browser) -> None:
    module = (Path(__file__).parent.parent / "templates/site/js/hole.js").read_text(encoding="utf-8")
    page = browser.new_page()
    try:
        page.goto("about:blank")
        found = page.evaluate(
            """async ([module, grids, count]) => {
                const { findHole } = await import("data:text/javascript," + module);
                return grids.map((grid) => findHole(grid, count));
            }""",
            [urllib.parse.quote(module), [list(chain(*grid(case["ink"]))) for case in HOLES["cases"]], COUNT],
        )
    finally:
        page.close()
    for case, here in zip(HOLES["cases"], found, strict=True):
        assert here.get("fault") == case["fault"], case["called"]
        if case["opening"]:
            opening = here["opening"]
            assert [opening["x"], opening["y"], opening["radius"]] == pytest.approx(case["opening"], abs=1e-6)


def disc(radius: float, *, x: float = COUNT / 2) -> list[list[int]]:
    return grid([["box", 0, 0, COUNT, COUNT, 255], ["disc", x, COUNT / 2, radius, 0]])


def test_limits_of_a_hole_on_both_sides() -> None:
    """In cells: 30 % of the circle of 45 lies between 12.2 and 12.5; a middle 15 % aside at 6.75."""
    assert LEAST_OWN_HOLE == 0.3
    cells = [sum(value == 0 for row in disc(radius) for value in row) for radius in (12.0, 12.6)]
    circle = np.pi * (COUNT / 2) ** 2
    assert cells[0] < LEAST_OWN_HOLE * circle < cells[1]
    assert find_hole(disc(12.0)) == "small"
    assert isinstance(find_hole(disc(12.6)), Opening)
    assert pytest.approx(6.75) == FARTHEST_HOLE * COUNT
    assert isinstance(find_hole(disc(13, x=COUNT / 2 + 6)), Opening)
    assert find_hole(disc(13, x=COUNT / 2 + 7)) == "aside"


def test_specks_and_blank_files_on_both_sides() -> None:
    circle = np.pi * (COUNT / 2) ** 2
    assert SPECK * circle == pytest.approx(15.9, abs=0.01)
    for cells_long, fault in ((3, None), (4, "many")):  # 5 cells high: 15 and 20
        inked = [["box", 0, 0, COUNT, COUNT, 255], ["disc", 22.5, 18, 14, 0]]
        found = find_hole(grid([*inked, ["box", 20, 36, 20 + cells_long, 41, 0]]))
        assert (found if isinstance(found, str) else None) == fault
    for height, blank in ((3, True), (5, False)):  # a band at the foot: 2.4 % and 5 % of the circle
        cells = grid([["box", 0, COUNT - height, COUNT, COUNT, 255]])
        share = sum(
            value == 0 and hypot(column + 0.5 - 22.5, row + 0.5 - 22.5) <= 22.5
            for row, line in enumerate(cells)
            for column, value in enumerate(line)
        )
        assert (share > MOST_OWN_HOLE * circle) == blank
        assert (find_hole(cells) == "blank") == blank


@pytest.mark.parametrize("name", ["khung.png", "khung.svg"])
def test_a_photo_lies_under_an_own_frame(tmp_path: Path, name: str) -> None:
    frame = tmp_path / name
    if name.endswith("svg"):
        frame.write_bytes(RING_SVG)
    else:
        saved(frame_png(), frame)
    photo = saved(portrait(900, 1100), tmp_path / "an.png")
    wanted = FrameWanted(frame=frame, size=540)
    result = frame_photo(project(), photo, file=tmp_path / "ra.png", wanted=wanted)
    pixels = np.asarray(Image.open(result).convert("RGB")).astype(int)
    assert pixels.shape == (540, 540, 3)
    assert np.abs(pixels[20, 270] - (10, 56, 154)).max() <= 3  # the frame's own ink
    assert np.abs(pixels[270, 270] - (10, 56, 154)).max() > 30  # a face


def test_the_command_names_results_by_the_frame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = saved(frame_png(), tmp_path / "Khung Sở Y tế.png")
    (tmp_path / "an.jpg").write_bytes(photo_bytes())
    arguments = ["frame", str(tmp_path / "an.jpg"), "--frame", str(frame), "-o", str(tmp_path / "ra")]
    assert main(arguments) == 0, capsys.readouterr().err
    assert [path.name for path in (tmp_path / "ra").glob("*.jpg")] == ["an-khung-khung-so-y-te.jpg"]


@pytest.mark.parametrize(("letters", "kept"), [(40, 40), (41, 40)])
def test_a_frame_lends_its_results_forty_letters(tmp_path: Path, letters: int, kept: int) -> None:
    frame = saved(frame_png(), tmp_path / f"{'k' * letters}.png")
    assert drawn_frame(project(), FrameWanted(frame=frame, size=256)).day == "k" * kept


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (frame_png(alpha=255), "no see-through hole"),
        (frame_png(hole=0.2), "too small a hole"),
        (frame_png(hole=0.3, x=0.7), "far from the middle"),
        (Image.new("RGBA", (600, 600)), "see-through nearly everywhere"),
        (frame_png().crop((0, 0, 600, 580)), "is square"),
        (frame_png(LEAST_OWN_SIDE - 1), "is too small"),
        (frame_png().convert("RGB"), "no see-through hole"),
    ],
)
def test_what_is_no_frame_is_refused_in_words(tmp_path: Path, picture: Image.Image, said: str) -> None:
    data = saved(picture, tmp_path / "khung.png").read_bytes()
    with pytest.raises(InputError, match=said) as caught:
        read_own_frame(data, "khung.png", side=540)
    (problem,) = caught.value.problems
    assert problem.where == "khung.png"
    assert problem.vi
    assert problem.vi != problem.en


def test_a_frame_of_400_px_is_taken(tmp_path: Path) -> None:
    data = saved(frame_png(LEAST_OWN_SIDE), tmp_path / "khung.png").read_bytes()
    assert read_own_frame(data, "x", side=540).pixels.shape == (540, 540, 4)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        svg('<script>alert(1)</script><rect width="100" height="100"/>'),
        svg('<image href="https://example.org/a.png" width="100" height="100"/>'),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    ],
)
def test_a_hostile_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_own_frame(data, "khung", side=540)


@pytest.mark.parametrize("option", ["--day", "--theme", "--style", "--agency"])
def test_what_the_campaign_says_of_a_frame_does_not_go_with_an_own_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    value = {"--day": "10-10", "--theme": "digital", "--style": "foot", "--agency": "so-noi-vu"}[option]
    frame = saved(frame_png(), tmp_path / "khung.png")
    (tmp_path / "an.jpg").write_bytes(photo_bytes())
    out = tmp_path / "ra"
    arguments = ["frame", str(tmp_path / "an.jpg"), "--frame", str(frame), option, value, "-o", str(out)]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert option in said
    assert "--frame" in said
    assert not out.exists()


def test_a_frame_that_is_not_there_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "an.jpg").write_bytes(photo_bytes())
    lost = str(tmp_path / "mất.png")
    assert main(["frame", str(tmp_path / "an.jpg"), "--frame", lost, "-o", str(tmp_path / "ra")]) == 2
    assert "mất.png" in capsys.readouterr().err
