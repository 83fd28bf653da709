"""Photos looked through: the page `xem-lai.html` in a browser, and what it saves applied by the command."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from dxassets.api import FramesReport, FrameWanted, Project, frame_photos
from dxassets.api.framing.report import FramedPhoto
from dxassets.backends.rasterizer import resized
from tests.conftest import Run
from tests.site_support import CHROMIUM, jpeg, landscape, until
from tests.test_focus import portrait

WANTED = FrameWanted(size=480, format="png")
browsing = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody at a desk, somebody on the side, and a wall."""
    folder = tmp_path_factory.mktemp("anh")
    office = Image.fromarray(resized(portrait("office"), 1200, 900))
    jpeg(office, folder / "bàn làm việc.jpg")
    lying = np.ascontiguousarray(np.rot90(resized(portrait("garden"), 900, 900)))
    jpeg(Image.fromarray(lying), folder / "nằm.jpg")
    jpeg(landscape(900, 1200), folder / "tường.jpg")
    return folder


@pytest.fixture(scope="module")
def first(folder: Path, project: Project, tmp_path_factory: pytest.TempPathFactory) -> FramesReport:
    """The run whose page is looked at."""
    out = tmp_path_factory.mktemp("khung")
    return frame_photos(project, [folder], out=out, wanted=WANTED, preview=True)


@pytest.fixture
def page(browser: Browser, first: FramesReport) -> Any:
    """The page, opened from its folder without a network."""
    assert first.review is not None
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(first.review.as_uri())
    yield page
    context.close()
    assert wrong == []


def by_name(report: FramesReport, name: str) -> FramedPhoto:
    return next(photo for photo in report.photos if Path(photo.photo).stem == name)


def placed(page: Page) -> dict[str, float]:
    page.wait_for_timeout(80)
    return json.loads(page.get_attribute("#stage", "data-placement") or "")


def open_card(page: Page, name: str) -> None:
    page.click(f'.card[data-result^="{name}"]')
    page.wait_for_selector("#desk[open]")


def corrected(page: Page) -> dict[str, Any]:
    """The file that the page saves."""
    with page.expect_download() as waiting:
        page.click("#save")
    assert waiting.value.suggested_filename == "sua-khung.json"
    return json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))


@browsing
def test_all_photos_are_shown_the_most_doubtful_first(page: Page, first: FramesReport) -> None:
    names = [str(card.get_attribute("data-result")) for card in page.locator(".card").all()]
    doubts = {photo.result.name: photo.doubt for photo in first.photos if photo.result is not None}
    assert sorted(names) == sorted(doubts)
    assert [doubts[name] for name in names] == sorted(doubts.values(), reverse=True)
    assert names[0].startswith("tường")
    assert page.is_disabled("#save")
    page.click('[data-filter="changed"]')
    assert not any(card.is_visible() for card in page.locator(".card").all())


@browsing
def test_a_tap_moves_zooms_and_turns_and_what_is_saved_is_applied(
    page: Page, first: FramesReport, folder: Path, project: Project, tmp_path: Path
) -> None:
    open_card(page, "bàn làm việc")
    before = placed(page)
    box = page.locator("#stage").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    page.mouse.up()
    moved = placed(page)
    assert moved["focusX"] < before["focusX"]
    assert moved["focusY"] < before["focusY"]
    page.locator("#zoom").evaluate(
        "(slide) => { slide.value = 1.5; slide.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    assert placed(page)["zoom"] == pytest.approx(2**1.5, rel=0.02)
    page.click('[data-do="turn-left"]')
    at_last = placed(page)
    assert at_last["rotation"] == pytest.approx(before["rotation"] - 90)
    shown = page.evaluate("document.getElementById('stage').toDataURL('image/png').split(',')[1]")
    page.click("#done")
    page.wait_for_selector('.card.changed[data-result^="bàn"]')

    document = corrected(page)
    (each,) = document["photos"]
    assert each["result"].startswith("bàn làm việc")
    assert (*each["focus"], each["zoom"], each["rotate"]) == pytest.approx(
        tuple(at_last[name] for name in ("focusX", "focusY", "zoom", "rotation")), abs=1e-4
    )
    file = tmp_path / "sua-khung.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    again = frame_photos(project, [folder], out=tmp_path / "k", wanted=WANTED, corrections=file)
    put = by_name(again, "bàn làm việc")
    assert put.framed is not None
    assert put.result is not None
    assert put.framed.found == "corrected"
    assert (put.framed.focus_x, put.framed.focus_y) == pytest.approx(tuple(each["focus"]), abs=1e-4)
    assert (put.framed.zoom, put.framed.rotation) == pytest.approx((each["zoom"], each["rotate"]), abs=1e-3)
    assert by_name(again, "nằm").framed == by_name(first, "nằm").framed  # the others stay as they were
    here = _picture(shown, put.result)
    there = np.asarray(Image.open(put.result).convert("RGB")).astype(int)
    assert np.abs(here - there).mean() < 6


def _picture(shown: str, like: Path) -> Any:
    """What the stage showed, at the size of a result."""
    import base64  # noqa: PLC0415

    stage = Image.open(io.BytesIO(base64.b64decode(shown))).convert("RGB")
    with Image.open(like) as picture:
        return np.asarray(stage.resize(picture.size, Image.Resampling.LANCZOS)).astype(int)


@browsing
def test_what_is_put_back_is_no_correction(page: Page) -> None:
    open_card(page, "nằm")
    before = placed(page)
    page.focus("#stage")
    page.keyboard.press("+")
    assert placed(page)["zoom"] > before["zoom"]
    page.click('[data-do="reset"]')
    assert placed(page) == before
    page.click("#done")
    until(page, "document.getElementById('save').disabled")


# --- the command -------------------------------------------------------------------------------------


def correction(result: str, /, **changes: Any) -> dict[str, Any]:
    return {"result": result, "focus": [0.4, 0.45], "zoom": 2.0, "rotate": 0.0, **changes}


def write(path: Path, *photos: dict[str, Any], **more: Any) -> Path:
    path.write_text(json.dumps({"format": 1, "photos": photos} | more), encoding="utf-8")
    return path


def test_a_correction_gives_the_crop_that_focus_zoom_and_rotate_give(
    dxassets: Run, folder: Path, tmp_path: Path
) -> None:
    photo = folder / "bàn làm việc.jpg"
    usual = ("--size", "256", "--format", "png")
    first = dxassets("frame", folder, "-o", tmp_path / "k", *usual)
    assert first.code == 0
    (name,) = (path.name for path in (tmp_path / "k").glob("bàn*.png"))
    file = write(tmp_path / "sua.json", correction(name, rotate=12.0))
    assert dxassets("frame", folder, "-o", tmp_path / "k", *usual, "--corrections", file).code == 0
    asked = ("--focus", "0.4,0.45", "--zoom", "2", "--rotate", "12")
    assert dxassets("frame", photo, "-o", tmp_path / "one", *usual, *asked).code == 0
    (one,) = (tmp_path / "one").glob("*.png")
    by_file, by_hand = (np.asarray(Image.open(path).convert("RGB")) for path in (tmp_path / "k" / name, one))
    assert np.array_equal(by_file, by_hand)
    # a later run without the file keeps what was put by hand
    assert dxassets("frame", folder, "-o", tmp_path / "k", *usual).code == 0
    assert np.array_equal(np.asarray(Image.open(tmp_path / "k" / name).convert("RGB")), by_hand)


def test_a_correction_of_no_photo_of_the_run_is_told(dxassets: Run, folder: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "sua.json", correction("ai đó-khung-10-10.png"))
    told = dxassets("frame", folder, "-o", tmp_path / "k", "--size", "256", "--corrections", file)
    assert told.code == 0
    assert "ai đó-khung-10-10.png" in told.err + told.out


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"focus": [1.2, 0.5]}, "focus"),
        ({"zoom": 0.39}, "zoom"),
        ({"zoom": 8.01}, "zoom"),
        ({"rotate": 361}, "rotate"),
        ({"result": ""}, "result"),
        ({"size": 3}, "size"),
    ],
)
def test_a_correction_out_of_bounds_is_told_and_nothing_is_made(
    dxassets: Run, folder: Path, tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    file = write(tmp_path / "sua.json", correction("a.png", **changes))
    told = dxassets("frame", folder, "-o", tmp_path / "k", "--corrections", file)
    assert told.code == 2
    assert words in told.err
    assert not (tmp_path / "k").exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", "không phải JSON", '{"format": 2, "photos": []}'])
def test_what_is_no_file_of_corrections_is_told(
    dxassets: Run, folder: Path, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "sua.json"
    file.write_text(text, encoding="utf-8")
    told = dxassets("frame", folder, "-o", tmp_path / "k", "--corrections", file)
    assert told.code == 2
    assert "Traceback" not in told.err
    assert not (tmp_path / "k").exists()
