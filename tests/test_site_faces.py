"""Faces on the avatar page: the same numbers as the command's, and the face stands in the ring by itself."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page

from bench.face_set import MONK, _drawn
from dxassets.backends.rasterizer import resized
from dxassets.backends.subject import find_subject
from dxassets.backends.yunet import WEIGHTS
from dxassets.framing import Size, Subject, placement_for
from dxassets.geometry import Box
from dxassets.kinds.frame.ring import OPENING
from dxassets.renderers.site.bundling import bundle
from tests.site_support import CHROMIUM, ROOT, Open, choose, jpeg, landscape, until
from tests.test_focus import portrait
from tests.test_yunet import FACES, picture_of

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")

PLACING = json.loads((ROOT / "tests/data/placing.json").read_text(encoding="utf-8"))
OPENING_PX = 2 * OPENING.radius * 1080


def modules(entry: str, names: str) -> str:
    """A script that hands over what some of the page's modules export."""
    tail = f'import {{ {names} }} from "./{entry}";\nObject.assign(self, {{ {names} }});\n'

    def source(name: str) -> str:
        return tail if name == "tail.js" else (ROOT / "templates/site/js" / name).read_text(encoding="utf-8")

    return bundle("tail.js", source)


def rgba(pixels: NDArray[np.uint8]) -> str:
    whole = np.dstack((pixels, np.full(pixels.shape[:2], 255, dtype=np.uint8)))
    return base64.b64encode(whole.tobytes()).decode()


@pytest.fixture
def bare(browser: Browser) -> Any:
    page = browser.new_page()
    page.evaluate(modules("yunet.js", "readNet, look"))
    page.evaluate(modules("facesearch.js", "findFaces, search, sizeOf"))
    page.evaluate(
        """(numbers) => { const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
        self.bytes = bytes; self.net = readNet(bytes(numbers)); }""",
        base64.b64encode(WEIGHTS.read_bytes()).decode(),
    )
    yield page
    page.close()


def test_the_network_says_the_numbers_that_python_shares(bare: Page) -> None:
    for case in FACES["pictures"]:
        found = bare.evaluate(
            "([width, height, data, least]) => findFaces(net, { width, height, data: bytes(data) }, least)",
            [case["width"], case["height"], rgba(picture_of(case)), FACES["least"]],
        )
        assert len(found) == len(case["faces"])
        for ours, theirs in zip(found, case["faces"], strict=True):
            assert ours["score"] == pytest.approx(theirs[0], abs=0.005)
            box = (ours["x"], ours["y"], ours["width"], ours["height"])
            sides = (case["width"], case["height"]) * 2
            assert [one * side for one, side in zip(box, sides, strict=True)] == pytest.approx(
                theirs[1:5], abs=0.5
            )


def scenes() -> dict[str, NDArray[np.uint8]]:
    """Photos for each way of the search: a glance, larger copies, two people, on the side, nobody, one whom
    only the glance shows.
    """
    far = np.full((1400, 1050, 3), 120, dtype=np.uint8)
    far[150:550, 350:650] = resized(portrait("ao-dai"), 300, 400)
    pair = np.full((1200, 1200, 3), 200, dtype=np.uint8)
    pair[250:800, 25:575], pair[200:934, 625:1175] = (
        resized(portrait("garden"), 550, 550),
        resized(portrait("ao-dai"), 550, 734),
    )
    noise = np.random.default_rng(3).integers(0, 255, (600, 800, 3), dtype=np.uint8)
    one = resized(portrait("office"), 800, 600)
    return {
        "one": one,
        "far": far,
        "pair": pair,
        "left": np.ascontiguousarray(np.rot90(one)),
        "right": np.ascontiguousarray(np.rot90(one, 3)),
        "head": np.ascontiguousarray(np.rot90(one, 2)),
        "far on its side": np.ascontiguousarray(np.rot90(far)),
        "nobody": noise,
        "darkest": _drawn("garden", MONK[-1])[0],
    }


@pytest.mark.parametrize("name", scenes())
def test_the_page_searches_as_the_command_does(bare: Page, name: str) -> None:
    pixels = scenes()[name]
    height, width = pixels.shape[:2]
    bare.expose_function("copyHere", lambda wide, tall: rgba(resized(pixels, wide, tall)))
    found = bare.evaluate(
        """async ([width, height]) => {
        const copy = async (wide, tall) =>
            ({ width: wide, height: tall, data: bytes(await copyHere(wide, tall)) });
        return search(net, { width, height, mayTurn: true }, copy); }""",
        [width, height],
    )
    subject = find_subject(pixels, may_turn=True)
    boxes = subject.boxes if subject is not None and subject.kind == "face" else ()
    assert len(found["boxes"]) == len(boxes)
    assert (name == "nobody") is (not boxes)
    if subject is None or not boxes:
        return
    assert found["turn"] == subject.turn
    assert found["scores"] == pytest.approx(subject.scores, abs=0.0001)
    for ours, theirs in zip(found["boxes"], boxes, strict=True):
        told = (ours["x"], ours["y"], ours["width"], ours["height"])
        assert told == pytest.approx((theirs.x, theirs.y, theirs.width, theirs.height), abs=0.005)


def test_the_page_places_faces_as_the_command_does(browser: Browser) -> None:
    page = browser.new_page()
    try:
        page.evaluate(modules("placing.js", "placementFor"))
        found = page.evaluate(
            """({ opening_px, cases }) => cases.map(({ photo: [width, height], turn, fit, boxes }) => {
            const told = boxes.map(([x, y, width, height]) => ({ x, y, width, height }));
            const [found, isGroup] = [{ boxes: told, turn }, fit === "group"];
            const placed = placementFor(found, { width, height }, opening_px, isGroup);
            return [placed.focusX, placed.focusY, placed.zoom, placed.rotation]; })""",
            PLACING,
        )
    finally:
        page.close()
    assert len(found) == len(PLACING["cases"]) == 40
    for here, case in zip(found, PLACING["cases"], strict=True):
        assert here == pytest.approx(case["placed"], abs=1e-7), case


@pytest.mark.parametrize("case", PLACING["cases"], ids=lambda case: "x".join(map(str, case["photo"])))
def test_the_command_places_faces_by_the_shared_numbers(case: dict[str, Any]) -> None:
    subject = Subject("face", tuple(Box(*box) for box in case["boxes"]), turn=case["turn"])
    placed = placement_for(subject, Size(*case["photo"]), opening_px=PLACING["opening_px"], fit=case["fit"])
    told = (placed.focus_x, placed.focus_y, placed.zoom, placed.rotation)
    assert told == pytest.approx(case["placed"], abs=1e-8)


# --- the page itself ------------------------------------------------------------------------------------


def put(pixels: NDArray[np.uint8], path: Path) -> Path:
    return jpeg(Image.fromarray(pixels), path)


def ringed(page: Page) -> Page:
    """The page with the frame whose opening is `OPENING`; each has its own."""
    page.check('input[name="style"][value="ring"]', force=True)
    until(page, "(document.getElementById('stage').dataset.frame ?? '').endsWith('-ring')")
    return page


def placed_on(page: Page) -> dict[str, float]:
    until(page, "document.getElementById('stage').dataset.faces > 0")
    page.wait_for_timeout(60)
    said: dict[str, float] = json.loads(page.get_attribute("#stage", "data-placement") or "")
    return said


def placed_by_command(pixels: NDArray[np.uint8], *, group: bool = False) -> tuple[float, ...]:
    photo = Size(pixels.shape[1], pixels.shape[0])
    subject = find_subject(pixels, may_turn=True)
    placed = placement_for(subject, photo, opening_px=OPENING_PX, fit="group" if group else "auto")
    return placed.focus_x, placed.focus_y, placed.zoom, placed.rotation


@pytest.mark.parametrize("name", ["one", "far", "left", "right", "head"])
def test_the_face_stands_in_the_ring_at_once(open_page: Open, tmp_path: Path, name: str) -> None:
    pixels = scenes()[name]
    page = ringed(open_page("avatar.html"))
    choose(page, put(pixels, tmp_path / "a.jpg"))
    said = placed_on(page)
    focus_x, focus_y, zoom, rotation = placed_by_command(pixels)
    assert (said["focusX"], said["focusY"]) == pytest.approx((focus_x, focus_y), abs=0.02)
    assert said["zoom"] == pytest.approx(zoom, rel=0.1)
    assert said["rotation"] == pytest.approx(rotation)
    assert ("xoay" in page.inner_text("#message")) is (rotation != 0)
    page.focus("#stage")
    page.keyboard.press("+")
    page.keyboard.press("0")
    assert placed_on(page) == said


def test_a_group_is_shown_whole_at_a_press(open_page: Open, tmp_path: Path) -> None:
    wide = np.full((700, 2000, 3), 200, dtype=np.uint8)
    for left in (20, 720, 1420):
        wide[100:650, left : left + 550] = resized(portrait("garden"), 550, 550)
    page = ringed(open_page("avatar.html"))
    choose(page, put(wide, tmp_path / "group.jpg"))
    assert placed_on(page)["zoom"] >= 1
    page.check("#group", force=True)
    page.wait_for_timeout(100)
    said = placed_on(page)
    assert said["zoom"] < 1
    assert said["zoom"] == pytest.approx(placed_by_command(wide, group=True)[2], rel=0.1)
    choose(page, jpeg(landscape(1600, 1200), tmp_path / "nobody.jpg"))
    until(page, "document.getElementById('stage').dataset.faces === '0'")
    assert not page.is_visible("#group-choice")
    assert json.loads(page.get_attribute("#stage", "data-placement") or "")["zoom"] == 1


def test_a_photo_that_says_how_it_lies_is_not_turned(open_page: Open, tmp_path: Path) -> None:
    """Its EXIF says a quarter, and then the person lies: so be it."""
    page = open_page("avatar.html")
    lying = Image.fromarray(scenes()["one"])
    choose(page, jpeg(lying, tmp_path / "told.jpg", orientation=6))
    until(page, "document.getElementById('stage').dataset.faces !== undefined")
    page.wait_for_timeout(60)
    assert json.loads(page.get_attribute("#stage", "data-placement") or "")["rotation"] == 0


def test_a_page_from_a_folder_finds_faces_without_a_worker(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    page = browser.new_page()
    try:
        page.goto((site / "avatar.html").as_uri())
        until(page, "document.getElementById('stage').dataset.frame !== undefined")
        choose(page, put(scenes()["one"], tmp_path / "a.jpg"))
        assert placed_on(page)["zoom"] > 1
    finally:
        page.close()
