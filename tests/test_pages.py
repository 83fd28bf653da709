"""PDF pages and templates: nothing is fetched, nothing is guessed, everything is escaped."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest

from dxassets.backends.pages import FontFace, html_to_pdf, svg_to_pdf
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.backends.templating import Templates, trusted_markup
from dxassets.errors import AssetError

ROOT = Path(__file__).parent.parent
TINOS = FontFace("Tinos", (ROOT / "brand/fonts/tinos/Tinos-Regular.ttf").read_bytes())
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">'
STOPS = '<stop offset="0" stop-color="#B3001B"/><stop offset="1" stop-color="#FFB000"/>'
FADE = '<stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>'
FULL = '<rect width="400" height="200" fill="url(#g)"/>'

DRAWINGS = {
    "gradient": f'<linearGradient id="g" x1="0" y1="0" x2="1" y2="1">{STOPS}</linearGradient>{FULL}',
    "fade over colour": '<rect width="400" height="200" fill="#036"/><radialGradient id="g"'
    f' gradientUnits="userSpaceOnUse" cx="200" cy="100" r="90">{FADE}</radialGradient>{FULL}',
    "group opacity": '<g opacity=".4"><rect x="50" y="50" width="200" height="100"/>'
    '<rect x="100" y="20" width="200" height="100" fill="#fff"/></g>',
    "path transformed": '<path transform="translate(100 150) rotate(-20) scale(2 -1.5)" fill="#070"'
    ' d="M0 0h100v50q-50 30-100 0z"/>',
    "mask and clip": f'<linearGradient id="g">{FADE}</linearGradient><mask id="k">{FULL}</mask>'
    '<clipPath id="c"><circle cx="200" cy="100" r="90"/></clipPath>'
    '<g clip-path="url(#c)"><rect width="400" height="200" fill="#00f" mask="url(#k)"/></g>',
    "pattern over all": '<pattern id="g" width="40" height="40" patternUnits="userSpaceOnUse">'
    f'<path d="M0 20 20 0 40 20 20 40Z" fill="#0a0"/></pattern>{FULL}',
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_pdf_looks_like_the_svg(drawing: str) -> None:
    svg = f"{HEAD}{drawing}</svg>"
    data = svg_to_pdf(svg, 400 * 25.4 / 96, 200 * 25.4 / 96, title="Thử")
    page = pdfium.PdfDocument(data)[0].render(scale=96 / 72).to_numpy()  # pyright: ignore[reportArgumentType]
    page = page[:, :, 2::-1]  # BGR
    difference = np.abs(page.astype(int) - svg_to_pixels(svg).astype(int))
    assert difference.mean() < 2
    assert np.percentile(difference, 98) < 12  # edges aside


def test_page_has_the_size_asked_for_and_a_trim_box_inside_the_bleed() -> None:
    data = svg_to_pdf(f"{HEAD}</svg>", 2006, 1006, title="Băng rôn & <b>", bleed_mm=3)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len(reader.pages) == 1
    page = reader.pages[0]
    to_mm = 25.4 / 72
    assert float(page.mediabox.width) * to_mm == pytest.approx(2006, abs=0.01)
    assert float(page.mediabox.height) * to_mm == pytest.approx(1006, abs=0.01)
    assert float(page.trimbox.width) * to_mm == pytest.approx(2000, abs=0.01)
    assert float(page.trimbox.height) * to_mm == pytest.approx(1000, abs=0.01)
    assert reader.root_object["/Lang"] == "vi"
    assert reader.metadata is not None
    assert reader.metadata.title == "Băng rôn & <b>"
    assert svg_to_pdf(f"{HEAD}</svg>", 2006, 1006, title="Băng rôn & <b>", bleed_mm=3) == data


@pytest.mark.parametrize(
    "content",
    [
        "<text>chữ</text>",
        '<filter id="f"/>',
        '<path d="M0 0h9" stroke="url(#g)"/>',
        '<path d="M0 0h9" style="stroke: url(#g)"/>',
        '<g style="mix-blend-mode:multiply"/>',
        '<image href="http://example.com/a.png" width="9" height="9"/>',
        '<image href="file:///etc/hostname" width="9" height="9"/>',
        "<rect",
    ],
)
def test_what_the_pdf_would_leave_out_is_refused(content: str) -> None:
    with pytest.raises(AssetError):
        svg_to_pdf(f"{HEAD}{content}</svg>", 100, 50, title="Thử")


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://example.com/a.png">',
        '<img src="file:///etc/hostname">',
        '<link rel="stylesheet" href="https://example.com/a.css">',
        '<p style="background: url(//example.com/a.png)">a</p>',
    ],
)
def test_a_page_fetches_nothing(html: str) -> None:
    with pytest.raises(AssetError, match=r"not among the given|Failed to load|disallowed|SVG"):
        html_to_pdf(f'<!DOCTYPE html><html lang="vi"><title>a</title>{html}', fonts=(TINOS,))


def test_a_page_sees_no_font_but_those_given() -> None:
    html = '<!DOCTYPE html><html lang="vi"><title>a</title><p style="font-family: serif">Ẳ ơ 漢 →</p>'
    reader = pypdf.PdfReader(io.BytesIO(html_to_pdf(html, fonts=(TINOS,))))
    fonts = reader.pages[0]["/Resources"]["/Font"]  # pyright: ignore[reportIndexIssue]
    names = {font["/BaseFont"].split("+")[1] for font in (entry.get_object() for entry in fonts.values())}
    assert names == {"Tinos"}
    with pytest.raises(ValueError, match="font"):
        html_to_pdf(html, fonts=())


def test_a_missing_pango_is_told_with_the_packages_to_install(tmp_path: Path) -> None:
    code = (
        "import cffi, sys\n"
        "def refuse(*args, **kwargs): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = refuse\n"
        "from dxassets.errors import MissingLibraryError\n"
        "try:\n    import dxassets.backends.pages\n"
        "except MissingLibraryError as error:\n    sys.exit(error.lines('vi')[0])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=environment, cwd=tmp_path
    )
    assert "libpango-1.0-0" in done.stderr.decode()


# --- templates -----------------------------------------------------------------------------------


def templates(**sources: str) -> Templates:
    return Templates(lambda name: sources[name.replace(".", "_")])


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.svg.j2", "a"])
def test_every_template_is_escaped(name: str) -> None:
    key = name.replace(".", "_")
    text = templates(**{key: "<t>{{ x }}{{ m }}</t>"}).render(
        name, {"x": 'Sở <A> & "B" {{ y }}', "m": trusted_markup("<path/>")}
    )
    assert text == "<t>Sở &lt;A&gt; &amp; &#34;B&#34; {{ y }}<path/></t>"


@pytest.mark.parametrize(
    "source", ["{{ nobody }}", "{% if %}", "{{ x.__class__.__mro__ }}", '{% include "b" %}']
)
def test_a_template_that_cannot_be_filled_says_which(source: str) -> None:
    with pytest.raises(AssetError) as caught:
        templates(a=source).render("a", {"x": 1})
    assert caught.value.problems[0].where.startswith("a")


def test_a_missing_template_is_told() -> None:
    with pytest.raises(AssetError, match="not found"):
        templates().render("a", {})


def test_a_template_is_read_once() -> None:
    asked: list[str] = []

    def source(name: str) -> str:
        asked.append(name)
        return "x"

    made = Templates(source)
    assert [made.render("a", {}), made.render("a", {})] == ["x", "x"]
    assert asked == ["a"]


def _page(text: str) -> str:
    return f'<!DOCTYPE html><html lang="vi"><title>a</title><p>{text}'


def test_a_page_is_the_same_whatever_was_set_before_it_and_beside_it() -> None:
    pages = [_page("AVAVAV office"), _page("Độc lập - Tự do"), _page("Hạnh phúc") * 3]
    styles = ["p { font: 20pt Tinos }", "p { font: bold 9pt Tinos; text-align: justify }"]
    alone = "import sys; from tests.test_pages import TINOS, html_to_pdf; page, css = sys.argv[1:]\n"
    alone += "sys.stdout.buffer.write(html_to_pdf(page, fonts=(TINOS,), css=css))"
    first = subprocess.run(
        [sys.executable, "-c", alone, pages[0], styles[0]], capture_output=True, check=True, cwd=ROOT
    ).stdout
    wanted = [html_to_pdf(page, fonts=(TINOS,), css=css) for page in pages for css in styles]
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(
            lambda job: html_to_pdf(job[0], fonts=(TINOS,), css=job[1]),
            [(page, css) for _ in range(3) for page in pages for css in styles],
        )
    assert wanted[0] == first
    assert list(made) == wanted * 3


def test_fonts_that_pages_share_leave_no_file_behind(tmp_path: Path) -> None:
    code = (
        "import os, sys, tempfile; from tests.test_pages import TINOS, html_to_pdf\n"
        "html_to_pdf('<p>a', fonts=(TINOS,), variant=None)\n"
        "assert os.listdir(tempfile.gettempdir())\n"
        "if not os.fork(): sys.exit()\n"
        "os.wait(); assert os.listdir(tempfile.gettempdir())\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)
    assert not list(tmp_path.iterdir())


def test_a_documents_own_font_is_not_seen_by_the_next_one() -> None:
    address = "data:font/ttf;base64," + b64encode(TINOS.data).decode()
    own = f'@font-face {{ font-family: Own; src: url("{address}") }} p {{ font-family: Own }}'
    html_to_pdf(_page("a"), fonts=(TINOS,), css=own)
    pdf = html_to_pdf(_page("a"), fonts=(TINOS,), css="p { font-family: Own }")
    assert pdf == html_to_pdf(_page("a"), fonts=(TINOS,), css="p { font-family: Tinos }")


def test_a_plain_font_is_set_without_kerning_and_ligatures() -> None:
    css = "p { font: 20pt Tinos } .off { font-kerning: none; font-variant-ligatures: none }"
    said_in_css = html_to_pdf(_page('<span class="off">AVAVAV office fi'), fonts=(TINOS,), css=css)
    said_of_font = html_to_pdf(_page("<span>AVAVAV office fi"), fonts=(replace(TINOS, plain=True),), css=css)
    kerned = html_to_pdf(_page("<span>AVAVAV office fi"), fonts=(TINOS,), css=css)
    assert _drawn(said_of_font) == _drawn(said_in_css)
    assert _drawn(said_of_font) != _drawn(kerned)


def _drawn(pdf: bytes) -> bytes:
    """What the page's content stream shows, glyph by glyph; fonts by a name for all.

    They are called by what Pango says of them, and newer ones (1.56) tell `plain` there, too.
    """
    contents = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert contents is not None
    return re.sub(rb"/[A-Z]{6} ", b"/FONT ", contents.get_data())


LISTED = '<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><cachedir>{lists}</cachedir></fontconfig>'
"""A system with fonts, of which Fontconfig leaves a list as soon as it has read them."""
LETTER = "from dxassets.cli.entry import main; main(['letter', '-o', 'cong-van'])"
OWN = (
    "import dxassets.backends.pages; from weasyprint.text.fonts import FontConfiguration; FontConfiguration()"
)


@pytest.mark.parametrize(("code", "reads"), [(LETTER, False), (OWN, True)], ids=["ours", "somebody else's"])
def test_no_font_of_the_system_is_so_much_as_listed(tmp_path: Path, code: str, *, reads: bool) -> None:
    lists, config = tmp_path / "lists", tmp_path / "fonts.conf"
    lists.mkdir()
    fonts = Path(__file__).parent.parent / "brand/fonts"
    config.write_text(LISTED.format(fonts=fonts, lists=lists), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert bool(list(lists.iterdir())) is reads
    assert bool(list(tmp_path.rglob("*.pdf"))) is not reads


def test_whoever_imported_weasyprint_before_gets_pages_too(tmp_path: Path) -> None:
    code = "import weasyprint; " + LETTER
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)
    assert done.stderr == b""
    assert len(list(tmp_path.rglob("*.pdf"))) == 1
