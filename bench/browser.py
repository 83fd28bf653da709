"""A large photo on the avatar page, in Chromium on a phone's screen, beside a page that does nothing else."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.table import Pace, Row, seconds_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

CHROMIUM = "/usr/bin/chromium"
# The browser's own part of the work: a photo is decoded at its full size, drawn, and the drawing saved.
_BARE = """<!DOCTYPE html><body><input type="file" id="file"><button id="save">Lưu</button>
<canvas width="1080" height="1080"></canvas><script>
const canvas = document.querySelector("canvas");
document.getElementById("file").addEventListener("change", async (event) => {
  canvas.getContext("2d").drawImage(await createImageBitmap(event.target.files[0]), 0, 0, 1080, 1080);
  document.body.className = "studio has-photo";
});
document.getElementById("save").addEventListener("click", () => {
  const address = canvas.toDataURL("image/jpeg");
  Object.assign(document.createElement("a"), { href: address, download: "a.jpg" }).click();
});
</script>"""


def rows(base: str, photo: Path, *, pace: Pace) -> Iterator[Row]:
    """Opening a photo of 24 megapixels, and saving it with its frame; medians of some turns."""
    opened: tuple[list[float], list[float]] = ([], [])
    saved: tuple[list[float], list[float]] = ([], [])
    with _phone() as phone:
        ours, bare = phone.new_page(), phone.new_page()
        for _run in range(pace.runs(5)):
            ours.goto(f"{base}avatar.html", wait_until="networkidle")
            bare.goto("about:blank")
            bare.set_content(_BARE)
            for which, page in enumerate((ours, bare)):
                page.bring_to_front()
                opened[which].append(seconds_of(lambda page=page: _open(page, photo)))
                saved[which].append(seconds_of(lambda page=page: _save(page)))
    # measured 2.5 to 2.7: it is also looked through for an end cut short, reduced, and drawn under its frame
    yield _row("opening a 24-megapixel photo", opened, against="decoding it on a bare page", at_most=5.0)
    # measured 1.4 to 1.8
    yield _row("saving it with its frame", saved, against="saving a bare page's canvas", at_most=4.0)


def _row(name: str, taken: tuple[list[float], list[float]], *, against: str, at_most: float) -> Row:
    measured, reference = map(median, taken)
    return Row(name, measured, against=against, reference=reference, at_most=at_most)


@contextmanager
def _phone() -> Generator[BrowserContext]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser.new_context(
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, service_workers="block"
        )
        browser.close()


def _open(page: Page, photo: Path) -> None:
    page.set_input_files("#file", str(photo))
    page.wait_for_selector(".studio.has-photo")


def _save(page: Page) -> None:
    with page.expect_download() as waiting:
        page.click("#save")
    waiting.value.path()
