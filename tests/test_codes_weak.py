"""Every picture with a code as a weak camera sees it: three readers tell the share that is read.

The shares stand in `tests/data/codes_seen.toml`; none may fall, and one that has risen is written anew.
"""

from __future__ import annotations

import io
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, product
from math import radians, tan
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from dxassets.backends.qr import encode
from dxassets.dispatch import FORM
from dxassets.geometry import Box
from dxassets.jobs import Rendered
from dxassets.kinds.loop.sizes import loop_sizes
from dxassets.renderers.pictures.briefing import LEAST_MODULE_SHARED_PX
from tests.drawing_support import (
    EVERY_THEME,
    Wanted,
    banner_job,
    jobs,
    page_pixels,
    project,
    qr_job,
    read_picture,
    rendered,
)

Pixels = NDArray[np.uint8]
KEPT = tomllib.loads((Path(__file__).parent / "data" / "codes_seen.toml").read_text(encoding="utf-8"))
CODED = [preset for preset in project().presets.presets if preset.qr == "card"]
SCREENS = [preset.id for preset in CODED if preset.unit == "px"]
PRINTS = [preset.id for preset in CODED if preset.unit == "mm"]
RISEN = 0.03
"""What a share may lie above what is kept, before it has to be kept."""


# --- what a camera does --------------------------------------------------------------------------------


def blurred(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.30 * LEAST), np.uint8)


def moire(pixels: Pixels, shot: int) -> Pixels:
    """A camera's grid a little off the screen's: light that comes and goes in waves, black lifted to gray."""
    high, wide = pixels.shape[:2]
    random = np.random.default_rng(shot)
    (down, across), (first, second) = random.uniform(2.3, 9, 2), random.uniform(0, 6, 2)
    y, x = np.mgrid[:high, :wide]
    wave = np.sin(2 * np.pi * (y / down + 0.1 * x / down) + first) * np.sin(2 * np.pi * x / across + second)
    veiled = pixels * (1 - VEIL) + 255 * VEIL * (0.5 + 0.5 * wave)[..., None]
    return np.clip(veiled, 0, 255).astype(np.uint8)


def squeezed(pixels: Pixels) -> Pixels:
    """JPEG of quality 30, what chat programs make of a picture."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=30)
    return np.asarray(Image.open(io.BytesIO(out.getvalue())).convert("RGB"))


def slanted(pixels: Pixels) -> Pixels:
    """A phone held askew: the far side is three quarters as high."""
    high, wide = pixels.shape[:2]
    here = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    there = np.array([[0, 0], [wide, 0.12 * high], [wide, 0.88 * high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(here, there)
    return np.asarray(
        cv2.warpPerspective(pixels, matrix, (wide, high), borderValue=(200, 200, 200)), np.uint8
    )


def shrunk(pixels: Pixels, factor: float) -> Pixels:
    high, wide = (max(1, round(side * factor)) for side in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)


LEAST = 3.0
VEIL = 0.45
"""How much of the light in a moiré shot is the wave's; at 0.5 the readers begin to fail, at 0.6 all do."""
HARM: dict[str, Callable[[Pixels], Pixels]] = {
    "blur": blurred,
    **{f"moiré {shot}": partial(moire, shot=shot) for shot in range(4)},
    "JPEG 30": squeezed,
    "perspective": slanted,
    "half size": partial(shrunk, factor=0.5),
}


def zxing(pixels: Pixels) -> str:
    found = zxingcpp.read_barcodes(np.ascontiguousarray(pixels))
    return found[0].text if found else ""


def opencv(pixels: Pixels) -> str:
    return cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels))[0]


def aruco(pixels: Pixels) -> str:
    return cv2.QRCodeDetectorAruco().detectAndDecode(np.ascontiguousarray(pixels))[0]


READERS: dict[str, Callable[[Pixels], str]] = {"ZXing": zxing, "OpenCV": opencv, "ArUco": aruco}


# --- every picture with a code -------------------------------------------------------------------------

FRAME_PX, ANGLE = 1920, 65
"""Px and degrees that a phone's film is wide, which programs look for codes in."""
FROM_PER_WIDTH = 10
"""From how many of its widths a printed code is scanned (docs/print.md)."""
CODE_PX = FRAME_PX / (2 * tan(radians(ANGLE / 2)) * FROM_PER_WIDTH)
"""Px that such a film has of a printed code seen from there: 151."""
FINER = 4


@dataclass(frozen=True, eq=False)
class Sight:
    """A code with what is around it, as it is before a camera, and what it says."""

    name: str
    pixels: Pixels
    payload: str


def cut(pixels: Pixels, box: Box) -> Pixels:
    return pixels[max(0, int(box.y)) : int(box.bottom), max(0, int(box.x)) : int(box.right), :3]


def on_screen(name: str, made: Rendered, *, module: float | None = None) -> Sight:
    """A picture as it is; or so small that a module has that many px."""
    (code,) = made.facts.codes
    assert code.box is not None
    pixels = read_picture(made.data)
    factor = 1.0 if module is None else module / code.module
    return Sight(name, shrunk(cut(pixels, code.box.pad(40 / factor)), factor), code.payload)


def on_paper(name: str, made: Rendered) -> Sight:
    """A print seen from ten times the width of its code."""
    (code,) = made.facts.codes
    assert code.box is not None
    box = code.box.move(made.facts.offset, made.facts.offset).scale(made.facts.scale)
    symbol = encode(code.payload, "M").side * code.module * made.facts.scale
    fine = FINER * CODE_PX / symbol
    pixels = page_pixels(made.data, round(page_width(made.data) * fine))
    return Sight(name, shrunk(cut(pixels, box.pad(0.3 * symbol).scale(fine)), 1 / FINER), code.payload)


def page_width(pdf: bytes) -> float:
    """In mm."""
    document = pdfium.PdfDocument(pdf)
    width: float = document[0].get_width() / 72 * 25.4
    document.close()
    return width


def screens() -> Iterator[Sight]:
    for preset, theme in product(SCREENS, EVERY_THEME):
        yield on_screen(f"{preset} {theme}", rendered(banner_job(preset, theme, file_format="png")))


def cards() -> Iterator[Sight]:
    """The cards of all links: sent as pictures, and printed."""
    for link in dict.fromkeys(cast("Any", job.spec).link.id for job in jobs(Wanted(kinds=("qr",)))):
        sent, printed = (rendered(qr_job(file_format, link)) for file_format in ("png", "pdf"))
        yield on_screen(f"{link} sent", sent, module=LEAST_MODULE_SHARED_PX)
        yield on_paper(f"{link} printed", printed)


def prints() -> Iterator[Sight]:
    """Each size in one theme, each theme in some sizes."""
    for preset, theme in zip(PRINTS, cycle(EVERY_THEME), strict=False):
        yield on_paper(f"{preset} {theme}", rendered(banner_job(preset, theme)))


def loops() -> Iterator[Sight]:
    """The end of each film, where all of it stands."""
    sizes = [size.id for size in loop_sizes(project().resources).sizes if size.code]
    for size, theme in zip(sizes, cycle(EVERY_THEME), strict=False):
        wanted = Wanted(kinds=("loop",), sizes=(size,), themes=(theme,), days=("10-10",), formats=("mp4",))
        (job,) = jobs(wanted)
        still = replace(job, spec=replace(cast("Any", job.spec), format="png"))
        yield on_screen(f"{size} {theme}", rendered(still))


def letter() -> Iterator[Sight]:
    """The codes of the letter's paper, read from ten times their width."""
    job = jobs(Wanted(kinds=("letter",), formats=("pdf",)))[0]
    fine = FINER * CODE_PX / FORM.qr_mm
    document: Any = pdfium.PdfDocument(rendered(job).data)
    symbols = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for page in document:
        pixels = np.ascontiguousarray(page.render(scale=fine * 25.4 / 72).to_numpy()[..., 2::-1])
        for found in zxingcpp.read_barcodes(pixels, formats=symbols):
            corners = [found.position.top_left, found.position.bottom_right]
            left, top = (min(getattr(corner, axis) for corner in corners) for axis in "xy")
            box = Box(left, top, FINER * CODE_PX, FINER * CODE_PX).pad(0.3 * FINER * CODE_PX)
            yield Sight(found.text, shrunk(cut(pixels, box), 1 / FINER), found.text)
    document.close()


GROUPS: dict[str, Callable[[], Iterator[Sight]]] = {
    "screens": screens,
    "cards": cards,
    "prints": prints,
    "loops": loops,
    "letter": letter,
}


def missed(sights: list[Sight]) -> dict[str, Counter[str]]:
    """By reader and harm, how many are not read."""
    counts = {reader: Counter[str]() for reader in READERS}
    for sight, (harm, change) in product(sights, HARM.items()):
        harmed = change(sight.pixels)
        for reader, read in READERS.items():
            counts[reader][harm] += read(harmed) != sight.payload
    return counts


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_the_share_of_codes_that_weak_cameras_read_does_not_fall(group: str) -> None:
    """In one test a group, so that each picture is drawn and harmed once for all readers."""
    sights = list(GROUPS[group]())
    kept = KEPT[group]
    assert len(sights) == kept["pictures"]
    counts = missed(sights)
    looks = len(sights) * len(HARM)
    shares = {reader: round(1 - by_harm.total() / looks, 4) for reader, by_harm in counts.items()}
    fallen = {reader: share for reader, share in shares.items() if share < kept[reader]}
    assert not fallen, (shares, counts)
    risen = {reader: share for reader, share in shares.items() if share > kept[reader] + RISEN}
    assert not risen, f"write what is read now into tests/data/codes_seen.toml: {shares}"


def test_every_group_has_its_shares() -> None:
    assert set(KEPT) == set(GROUPS)
    assert all(set(kept) == {"pictures", *READERS} for kept in KEPT.values())


def test_no_other_kind_draws_codes() -> None:
    """One that begins to needs a group here."""
    kinds = Path(__file__).parent.parent / "dxassets" / "kinds"
    drawing = {
        file.parent.name for file in kinds.glob("*/*.py") if "Code(" in file.read_text(encoding="utf-8")
    }
    assert drawing == {"banner", "letter", "loop", "qr"}
