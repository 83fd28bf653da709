"""The web pages: what a site for all agencies costs, and how it does in a browser and with Lighthouse."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from bench import browser
from bench.photos import PHOTO_12, photo_of
from bench.table import Pace, Row, family_time, seconds_of
from dxassets import load_campaign
from dxassets.api.site import SiteReport, SiteWanted, build_site
from dxassets.backends.rasterizer import RasterFormat, encode_pixels, pixels_to_png, read_pixels
from dxassets.kinds.faces import EVERYBODY

ROOT = Path(__file__).parent.parent
LIGHTHOUSE = ROOT / ".cache/npm-web/node_modules/lighthouse/cli/index.js"
PAGES = ("index.html", "banner.html", "avatar.html", "letter.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_EVERY = 16
"""One of so many pictures of the site is encoded again, to know what all of them cost."""
_PHOTO_PX = (6000, 4000)
_BARE_NAME = "bare.html"
_BARE_PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Ngày Chuyển đổi số</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="Một trang trơn">
<link rel="icon" href="data:,">
</head><body><main><h1>Ngày Chuyển đổi số</h1><p>Một trang trơn.</p></main></body></html>"""


def rows(pace: Pace) -> Iterator[Row]:
    """The site of all agencies (of two, in a quick bench), a large photo in a browser, Lighthouse."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _all_agencies(folder, pace)
        if not Path(browser.CHROMIUM).exists():
            print("part of `site` needs Chromium: left out", file=sys.stderr)
            return
        with _served(folder / "site") as base:
            photo = folder / "photo.jpg"
            photo.write_bytes(_photo())
            yield from browser.rows(base, photo, pace=pace)
            face = folder / "face.jpg"
            face.write_bytes(photo_of(PHOTO_12))
            yield from browser.face_rows(base, face, pace=pace)
            yield from browser.name_rows(base, pace=pace)
            if pace.quick:
                return
            if LIGHTHOUSE.is_file():
                yield from _lighthouse(base, folder)
            else:
                print("part of `site` needs Lighthouse (tools/web-tests): left out", file=sys.stderr)


def _all_agencies(folder: Path, pace: Pace) -> Iterator[Row]:
    """The bundled campaign's site as it comes, from nothing, and again with nothing changed."""
    project = load_campaign()
    offices = project.campaign.offices[1:3] if pace.quick else ()
    wanted = SiteWanted(agencies=tuple(office.id for office in offices), prerender=(EVERYBODY,))
    reports: list[SiteReport] = []

    def build() -> None:
        cores = os.cpu_count() or 1
        reports.append(build_site(project, folder / "site", wanted=wanted, built=folder / "out", jobs=cores))

    worked = seconds_of(build, clock=family_time)
    again = seconds_of(build)
    first = reports[0]
    assert first.failed == ()
    # measured 0.21 where only the issuer has ready-made pictures: planning, looking at what is there, the
    # pages, and the banners without a name, which are drawn and looked at again
    yield Row(
        "the same with nothing changed", again, against="from nothing", reference=first.seconds, at_most=0.35
    )
    if (
        not pace.quick
    ):  # of a small site, most is the issuing agency's own: its print files, letter, and frames
        yield from _beside_its_pictures(folder / "site", first, seconds=worked)


def _beside_its_pictures(site: Path, report: SiteReport, *, seconds: float) -> Iterator[Row]:
    """What the site took and takes, against its pictures alone, encoded again."""
    pictures = _pictures(site)
    # measured 9.3 and 9.4: composing and drawing, the gates, PDFs, small copies, and a manifest line for each
    yield Row(
        f"site for {report.agencies} agencies, from nothing, processor time",
        seconds,
        against="encoding its pictures",
        reference=pictures.seconds,
        at_most=15.0,
        detail=f"{report.banners} banners, {report.files} files",
    )
    # measured 0.77, print files, pages and all
    yield Row(
        "its size",
        float(report.bytes),
        against="its pictures as plain PNG",
        reference=pictures.plain_bytes,
        unit="B",
        at_most=1.0,
    )


@dataclass(frozen=True, slots=True)
class _Pictures:
    """What all pictures of a site cost: to encode, in processor time, and in bytes as plain PNG."""

    seconds: float
    plain_bytes: float


def _pictures(site: Path) -> _Pictures:
    """Estimated from a part of them, which lies evenly among agencies and sizes."""
    kinds: dict[str, RasterFormat] = {".png": "png", ".jpg": "jpg", ".webp": "webp"}
    files = sorted(path for path in site.rglob("*") if path.suffix in kinds)
    seconds = plain = 0.0
    sample = files[::_EVERY]
    for path in sample:
        pixels = read_pixels(path.read_bytes())
        encode = functools.partial(encode_pixels, pixels, kinds[path.suffix], None)
        seconds += seconds_of(encode, clock=process_time)
        plain += len(pixels_to_png(pixels))
    share = len(files) / len(sample)
    return _Pictures(seconds * share, plain * share)


def _photo() -> bytes:
    """A photo of 24 megapixels with something in every part of it."""
    width, height = _PHOTO_PX
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = [np.sin(x / 40 + y / 90), np.sin(x / 110 - y / 50), np.cos((x + y) / 70)]
    pixels = np.stack([(128 + 100 * wave).astype(np.uint8) for wave in waves], axis=2)
    encoded = encode_pixels(pixels, "jpg", None)
    assert encoded is not None
    return encoded.data


def _lighthouse(base: str, folder: Path) -> Iterator[Row]:
    """The lowest score of the four pages in each category, on Lighthouse's slow phone.

    Asked for: 95, where a page with nothing on it gets 100 when nothing disturbs the browser.
    """
    (folder / "site" / _BARE_NAME).write_text(_BARE_PAGE, encoding="utf-8")
    bare, *scores = (_scores(f"{base}{page}", folder / "report.json") for page in (_BARE_NAME, *PAGES))
    for category in CATEGORIES:
        worst, page = min((score[category], page) for score, page in zip(scores, PAGES, strict=True))
        yield Row(
            f"Lighthouse, {category}, lowest of {len(PAGES)} pages",
            worst,
            against="a page with nothing on it",
            reference=bare[category],
            unit="points",
            at_least=0.95,
            detail=page,
        )


def _scores(address: str, file: Path) -> dict[str, float]:
    """Lighthouse's own scores of one page, 0 to 100.

    It reads robots.txt through the page itself; the avatar page may connect nowhere, and a site that
    lies in a folder of a server has no robots.txt of its own, so that audit is left out for all.
    """
    command = [
        "node", str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={file}",
        "--skip-audits=robots-txt", f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": browser.CHROMIUM}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=600)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {name: 100 * found["categories"][name]["score"] for name in CATEGORIES}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files as the plainest web server does: uncompressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Generator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
