"""An agency's own logo as a file: hostile, broken and empty ones are refused, and told early."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from dxassets.backends.logo_reader import open_logo
from dxassets.errors import InputError
from dxassets.logos import SvgLogo, read_logo
from tests.conftest import CampaignCopy, Run
from tests.drawing_support import bitmap, png, svg

BOMB = "".join(f'<g id="a{n}"><use href="#a{n - 1}"/><use href="#a{n - 1}"/></g>' for n in range(1, 40))
PICTURE_BOMB = "iVBORw0KGgoAAAANSUhEUgAAw1AAAMNQCAYAAAA="
LAUGHS = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "event handler": '<rect width="9" height="9" onload="alert(1)"/>',
    "event handler in capitals": '<rect width="9" height="9" onClick="alert(1)"/>',
    "foreignObject": "<foreignObject><body/></foreignObject>",
    "external image": '<image href="https://example.org/a.png" width="9" height="9"/>',
    "file image": '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
    "svg in a data address": '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
    "html in a data address": '<image href="data:text/html,hello" width="9" height="9"/>',
    "external use": '<use href="other.svg#a"/>',
    "external gradient": '<linearGradient id="g" href="https://example.org/g.svg#g"/>',
    "external paint": '<rect width="9" height="9" fill="url(https://example.org/a.svg#b)"/>',
    "external paint in a style": '<rect width="9" height="9" style="fill: url(//example.org/a)"/>',
    "escaped letters in a style": '<rect width="9" height="9" style="fill: u\\72l(//example.org/a)"/>',
    "import": "<style>@import url(https://example.org/a.css);</style>",
    "font face": "<style>@font-face{font-family:a;src:url(https://example.org/a.woff)}</style>",
    "external paint in a sheet": "<style>.a{fill:url(https://example.org/a)}</style>",
    "animation": '<rect width="9" height="9"><animate attributeName="href" to="https://example.org"/></rect>',
    "filter": '<rect width="9" height="9" filter="url(#f)"/>',
    "live text": "<text>Sở</text>",
    "nested deeply": "<g>" * 60 + "</g>" * 60,
    "many elements": "<g/>" * 20_100,
    "a circle of uses": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "a circle of masks": '<style>.m{mask:url(#m)}</style><mask id="m"><rect class="m"/></mask>',
    "uses that multiply": f'<g id="a0"><rect width="1" height="1"/></g>{BOMB}',
    "huge coordinates": '<path d="M0 0L1e12 5"/>',
    "a million dashes": '<path d="M0 0H90" stroke="red" stroke-dasharray="0.00001"/>',
    "a picture bomb": f'<image width="9" height="9" href="data:image/png;base64,{PICTURE_BOMB}"/>',
}
WHOLE_FILES = {
    "entities": svg("<g/>", head=LAUGHS),
    "an undeclared entity": svg("&xxe;"),
    "an entity of an external DTD": svg("&xxe;", head='<!DOCTYPE svg SYSTEM "file:///etc/passwd">'),
    "an empty canvas": svg("<g/>", "0 0 0 10"),
    "a huge canvas": svg("<g/>", "0 0 1e9 1e9"),
    "no size": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "too long a shape": svg('<rect width="900" height="9"/>', "0 0 900 9"),
    "too heavy": svg(f'<path d="M0 0{" " * 1_000_000}"/>'),
    "another document": b"<html><body/></html>",
    "compressed": b"\x1f\x8b\x08\x00",
    "not well formed": b"<svg",
    "a picture of another kind": b"\xff\xd8\xff\xe0rest",
    "nothing": b"",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_hostile_svg_is_refused(body: str) -> None:
    with pytest.raises(InputError) as caught:
        read_logo(svg(body), "logo.svg")
    assert caught.value.problems[0].where == "logo.svg"
    assert ";" in caught.value.problems[0].vi  # what is wrong, and what to do


@pytest.mark.parametrize("data", WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_bad_file_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_logo(data, "logo.svg")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def fake_png(width: int, height: int, body: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [fake_png(50_000, 50_000), fake_png(5000, 5000), fake_png(0, 9), bitmap(64, 64)[:-30], fake_png(900, 9)],
    ids=["bomb", "16 megapixels", "no width", "cut off", "too long"],
)
def test_bad_png_is_refused_by_its_head(data: bytes) -> None:
    with pytest.raises(InputError):
        read_logo(data, "logo.png")


@pytest.mark.parametrize(
    "data", [fake_png(64, 64, b"x"), png(np.zeros((9, 9, 4), np.uint8))], ids=["torn", "blank"]
)
def test_png_that_shows_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        open_logo(data, "logo.png")


def test_what_draws_nothing_is_dropped_and_ids_are_our_own() -> None:
    body = (
        "<!-- by hand --><title>Sở</title><metadata><a xmlns='urn:x'>secret</a></metadata>"
        "<style>/* exported */ .st0{fill:#ff0000} #dot{fill:#00ff00}</style>"
        '<defs><linearGradient id="title"><stop offset="0" stop-color="#112233"/></linearGradient></defs>'
        '<a href="https://example.org/"><path class="st0" fill="#0000ff" d="M0 0H9V9z"/></a>'
        '<rect id="dot" class="st0" width="9" height="9" style="stroke:url(#title)" data-x="1"/>'
    )
    head = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    )
    logo = read_logo(svg(body, head=head), "logo.svg")
    assert isinstance(logo, SvgLogo)
    for word in ("example", "secret", "Sở", "style", "class", "data-", "hand", "w3.org"):
        assert word not in logo.markup
    assert 'id="logo-1"' in logo.markup
    assert 'stroke="url(#logo-1)"' in logo.markup
    assert logo.markup.count('fill="#ff0000"') == 1  # the class beats the attribute
    assert 'fill="#00ff00"' in logo.markup  # and the id the class


def test_bad_logo_is_told_before_anything_is_made(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.svg").write_bytes(svg(HOSTILE["script"]))
    told = dxassets("build", "--logo", tmp_path / "bad.svg", "--out", tmp_path / "out")
    assert told.code == 2
    assert "--logo: có phần tử <script>" in told.err
    assert not (tmp_path / "out").exists()
    told = dxassets("build", "--logo", tmp_path / "none.svg", "--out", tmp_path / "out", "--lang", "en")
    assert "--logo: there is no file" in told.err


def test_check_tells_of_bad_logos(dxassets: Run, copy: CampaignCopy) -> None:
    (copy.folder / "logos").mkdir()
    (copy.folder / "logos/so-noi-vu.svg").write_bytes(svg(HOSTILE["event handler"]))
    (copy.folder / "logos/so-tu-phap.png").write_bytes(fake_png(50_000, 50_000))
    told = dxassets("check", copy.folder)
    assert told.code == 2
    assert "logos/so-noi-vu.svg: có mã lệnh (onload)" in told.err
    assert "logos/so-tu-phap.png: ảnh 50000×50000 px quá lớn" in told.err
