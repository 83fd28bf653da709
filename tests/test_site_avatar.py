"""The avatar page in a real browser: the command's maths, moved by fingers, mouse, buttons and keys."""

from __future__ import annotations

import io
import json
import urllib.parse
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, CDPSession, Page, Route

from dxassets.api import FrameWanted, load_campaign
from dxassets.api import frame_photos as frame_by_command
from dxassets.kinds.frame.styles import STYLE_OF
from tests.site_support import CHROMIUM, ROOT, Open, choose, saved, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")


def placement(page: Page) -> dict[str, float]:
    page.wait_for_timeout(40)
    said: dict[str, float] = json.loads(page.get_attribute("#stage", "data-placement") or "")
    return said


def middle(page: Page) -> tuple[float, float, float]:
    """The stage's middle, and its side, in CSS px."""
    page.locator("#stage").scroll_into_view_if_needed()
    box = page.locator("#stage").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def test_maths_are_those_of_the_command(browser: Browser) -> None:
    document = json.loads((ROOT / "tests/data/framing.json").read_text(encoding="utf-8"))
    module = (ROOT / "templates/site/js/framing.js").read_text(encoding="utf-8")
    page = browser.new_page()
    try:
        found = page.evaluate(
            """async ([module, { opening: [x, y, radius], side, drag, cases }]) => {
            const { settle, transformOf, moved } = await import(`data:text/javascript,${module}`);
            const opening = { x, y, radius };
            const told = ({ focusX, focusY, zoom, rotation }) => [focusX, focusY, zoom, rotation];
            return cases.map(({ photo: [width, height], asked: [focusX, focusY, zoom, rotation] }) => {
                const photo = { width, height };
                const settled = settle({ focusX, focusY, zoom, rotation }, photo);
                const { a, b, c, d, e, f } = transformOf(settled, photo, opening, side);
                const dragged = moved(settled, photo, opening, side, ...drag);
                return { settled: told(settled), transform: [a, b, c, d, e, f], dragged: told(dragged) };
            });
            }""",
            [urllib.parse.quote(module), document],
        )
    finally:
        page.close()
    assert len(found) == len(document["cases"]) > 20
    for case, here in zip(document["cases"], found, strict=True):
        for name in ("settled", "transform", "dragged"):
            assert here[name] == pytest.approx(case[name], rel=1e-7, abs=1e-6), (name, case)


@pytest.mark.parametrize(
    ("style", "theme", "keys"),
    [("ring", "digital", ""), ("square", "brocade", "++]]]]]"), ("ring", "light", "+++++++++")],
)
def test_saved_avatar_is_what_the_command_makes(
    open_page: Open, photo: Path, tmp_path: Path, style: str, theme: str, keys: str
) -> None:
    page = open_page("avatar.html")
    choose(page, photo)
    page.check(f'input[value="{theme}"]', force=True)
    page.check(f'input[value="{style}"]', force=True)
    until(page, f"document.getElementById('stage').dataset.frame === '10-10-{theme}-{style}'")
    page.focus("#stage")
    for key in keys:
        page.keyboard.press(key)
    said = placement(page)
    web = np.asarray(saved(page, "#save-png").convert("RGB")).astype(int)
    wanted = FrameWanted(
        day="10-10", theme=theme, style=style, size=1080, format="png",
        focus=f"{said['focusX']},{said['focusY']}", zoom=said["zoom"], rotate=said["rotation"],
    )  # fmt: skip
    frame_by_command(load_campaign(), [photo], out=tmp_path, wanted=wanted)
    (file,) = tmp_path.glob("*.png")
    own = np.asarray(Image.open(file).convert("RGB")).astype(int)
    assert web.shape == own.shape == (1080, 1080, 3)
    difference = np.abs(web - own)
    assert difference.mean() < 2
    assert difference.mean(axis=2)[difference.mean(axis=2) > 60].size < 1080  # nothing is out of its place


def test_photo_follows_mouse_wheel_and_keys(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html")
    choose(page, photo)
    start = placement(page)
    assert start["zoom"] == 1
    x, y, side = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=4)
    page.mouse.up()
    dragged = placement(page)
    scale = 1200 / (2 * STYLE_OF["foot"].opening.radius * side)  # px of the photo for a px of the screen
    assert (dragged["focusX"] - start["focusX"]) * 1600 == pytest.approx(60 * scale, rel=0.03)
    page.mouse.wheel(0, -400)
    zoomed = placement(page)
    assert zoomed["zoom"] > 1.5
    page.focus("#stage")
    page.keyboard.press("ArrowDown")
    assert placement(page)["focusY"] < zoomed["focusY"]
    page.keyboard.press("]")
    assert placement(page)["rotation"] == pytest.approx(3)
    page.keyboard.press("-")
    assert placement(page)["zoom"] == pytest.approx(zoomed["zoom"] / 1.1)
    page.keyboard.press("0")
    assert placement(page) == start


def touch(session: CDPSession, kind: str, *points: tuple[float, float]) -> None:
    session.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]},
    )


def test_fingers_drag_pinch_and_turn(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", phone=True)
    choose(page, photo)
    session = page.context.new_cdp_session(page)
    x, y, _ = middle(page)
    touch(session, "touchStart", (x, y))
    for step in range(1, 6):
        touch(session, "touchMove", (x - 8 * step, y))
    touch(session, "touchEnd")
    dragged = placement(page)
    assert dragged["focusX"] > 0.52
    touch(session, "touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 11):
        touch(session, "touchMove", (x - 30 - 4 * step, y), (x + 30 + 4 * step, y))
    touch(session, "touchEnd")
    pinched = placement(page)
    assert pinched["zoom"] == pytest.approx(70 / 30, rel=0.05)
    assert pinched["rotation"] == 0
    touch(session, "touchStart", (x - 60, y), (x + 60, y))
    for step in range(1, 16):
        angle = np.radians(3 * step)
        dx, dy = 60 * np.cos(angle), 60 * np.sin(angle)
        touch(session, "touchMove", (x - dx, y - dy), (x + dx, y + dy))
    touch(session, "touchEnd")
    assert placement(page)["rotation"] == pytest.approx(45 - 6, abs=4)


def test_point_under_the_wheel_stays_where_it_is(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html")
    choose(page, photo)
    page.focus("#stage")
    for _ in range(8):
        page.keyboard.press("+")
    x, y, side = middle(page)
    at = (x + 0.15 * side, y - 0.1 * side)
    where = lambda: page.evaluate(  # noqa: E731
        """([x, y]) => { const box = document.getElementById("stage").getBoundingClientRect();
        const p = JSON.parse(document.getElementById("stage").dataset.placement);
        const opening = JSON.parse(document.getElementById("data").textContent).openings.foot;
        const k = (p.zoom * 2 * opening.radius * box.width) / 1200;
        return [p.focusX + (x - box.left - opening.x * box.width) / k / 1600,
                p.focusY + (y - box.top - opening.y * box.height) / k / 1200]; }""",
        list(at),
    )
    before = where()
    page.mouse.move(*at)
    page.mouse.wheel(0, -200)
    page.wait_for_timeout(80)
    assert where() == pytest.approx(before, abs=0.004)


def test_buttons_and_sliders_do_what_fingers_do(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html")
    choose(page, photo)
    page.click('[data-do="zoom-in"]')
    assert placement(page)["zoom"] == pytest.approx(1.1)
    page.click('[data-do="turn-right"]')
    assert placement(page)["rotation"] == pytest.approx(90)
    page.locator("#zoom").fill("2")
    assert placement(page)["zoom"] == pytest.approx(4)
    page.locator("#turn").fill("-30")
    assert placement(page)["rotation"] == pytest.approx(-30)
    before = placement(page)
    for name in ("left", "up", "right", "down"):
        page.click(f'[data-do="{name}"]')
    assert placement(page) == pytest.approx(before)
    page.click('[data-do="reset"]')
    assert placement(page)["zoom"] == 1


def test_whole_avatar_is_made_by_keys_alone(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html")
    page.focus("#file")
    choose(page, photo)
    reached: list[str] = []
    page.focus("#stage")
    for _ in range(30):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(({ id, dataset, name }) => id || dataset.do || name || '')(document.activeElement)"
        )
        reached.append(name)
        if name == "save":
            break
    assert {"zoom-in", "turn-left", "left", "reset", "zoom", "turn", "day", "theme", "style", "save"} <= set(
        reached
    )
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    picture = Image.open(io.BytesIO(waiting.value.path().read_bytes()))
    assert (picture.format, picture.size) == ("JPEG", (1080, 1080))
    assert waiting.value.suggested_filename == "anh-dai-dien-10-10-digital-foot.jpg"
    assert not picture.getexif()


def test_faces_that_come_late_do_not_talk_over_a_refusal(
    open_page: Open, photo: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "kin.png"
    Image.new("RGBA", (600, 600), (10, 56, 154, 255)).save(bad)
    page = open_page("avatar.html")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route("**/js/faces*", hold)
    choose(page, photo)
    assert page.evaluate("document.getElementById('stage').dataset.faces") == ""
    page.set_input_files("#frame-file", bad)
    until(page, "document.getElementById('message').textContent.includes('không có lỗ')")
    for route in held:
        route.continue_()
    until(page, "document.getElementById('stage').dataset.faces !== ''")
    assert "không có lỗ" in page.inner_text("#message")


def test_an_own_frame_is_put_on_and_one_without_a_hole_is_told(
    open_page: Open, photo: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "khung.png", tmp_path / "kin.png"
    frame = Image.new("RGBA", (600, 600), (10, 56, 154, 255))
    frame.save(bad)
    ImageDraw.Draw(frame).ellipse((80, 80, 520, 520), fill=(0, 0, 0, 0))
    frame.save(good)
    page = open_page("avatar.html")
    choose(page, photo)
    page.set_input_files("#frame-file", bad)
    until(page, "document.getElementById('message').textContent.includes('không có lỗ')")
    assert page.evaluate("document.getElementById('stage').dataset.frame") == "10-10-digital-foot"
    page.set_input_files("#frame-file", good)
    until(page, "document.getElementById('stage').dataset.frame === 'rieng'")
    pixels = np.asarray(saved(page, "#save-png").convert("RGB")).astype(int)
    assert np.abs(pixels[40, 540] - (10, 56, 154)).max() <= 2
    page.check('input[name="style"][value="badge"]', force=True)
    until(page, "document.getElementById('stage').dataset.frame === '10-10-digital-badge'")
