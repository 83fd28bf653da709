"""PDF pages from HTML and from SVG. The only module that imports WeasyPrint.

Nothing is fetched and no font of the system is seen: a page knows the bytes it
was given and no others, so it comes out alike, byte for byte, on every machine.

What WeasyPrint 70 draws otherwise than a browser or librsvg, measured by
rasterising the PDF again. Refused by `svg_to_pdf`, because it would be left out:
``<text>`` (no font), ``<filter>``, ``mix-blend-mode``, and a gradient or pattern as
a stroke. For a template's author to avoid:

- a pattern fill on a shape that does not start at 0,0 (blank): fill a rectangle
  over the whole drawing and clip it;
- a gradient between *different* colours that also changes opacity (premultiplied,
  up to 50/255 off): keep the colour and change only the opacity;
- ``objectBoundingBox`` gradients on curved paths (the box holds the control points):
  say ``gradientUnits="userSpaceOnUse"``.

Right within 1-2/255: opaque gradients with any transform, one-colour fades, group
opacity, masks, clips, ``use``/``symbol``, nested ``svg``, ``<style>``, embedded pictures.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from html import escape
from importlib.resources import files as files_of
from typing import Any

from dxassets.backends.no_system_fonts import declare_empty_configurations, no_system_fonts
from dxassets.backends.press import Layer, PageBoxes, compress, finish
from dxassets.backends.signing_fields import FieldShape, add_fields
from dxassets.backends.silence import quietly_imported
from dxassets.backends.system_libraries import (
    missing_libraries,
    missing_problem,
    own_libraries_first,
    require_libraries,
)
from dxassets.backends.tables import give_tall_rows_a_head, name_heads
from dxassets.errors import AssetError, MissingLibraryError, Problem

require_libraries()
try:
    with quietly_imported, own_libraries_first(), no_system_fonts():
        import weasyprint
        from weasyprint.text import ffi as _text_ffi
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:  # cffi's dlopen: Pango, HarfBuzz or Fontconfig is not installed
    raise MissingLibraryError(missing_problem(missing_libraries())) from error

# WeasyPrint carries no types.
_weasyprint: Any = weasyprint
_ffi: Any = _text_ffi.ffi
_fontconfig: Any = _text_ffi.fontconfig
_gobject: Any = _text_ffi.gobject
_pangoft2: Any = _text_ffi.pangoft2

declare_empty_configurations(_ffi)

_SCHEME = "given:"
_PLAIN = '"kern" 0, "liga" 0, "clig" 0, "calt" 0'
_NOT_DRAWN = re.compile(r"<(text|filter)\b|mix-blend-mode|stroke\s*[=:]\s*[\"']?\s*url\(")


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file: the CSS family that it serves, its bytes, and which cut it is.

    `plain` sets it without kerning and ligatures, as Word does. Said here it costs nothing; said in CSS
    (``font-kerning``) WeasyPrint attaches it to every piece of text, and 70 never frees those notes.
    """

    family: str
    data: bytes
    bold: bool = False
    italic: bool = False
    plain: bool = False


class _GivenFonts(FontConfiguration):
    """A font configuration that starts empty: it never sees a font of the system."""

    _process = 0  # required by __del__ when code stops before __init__ finishes

    def __init__(self) -> None:
        # As in the parent, but with FcConfigCreate for FcInitLoadConfigAndFonts.
        self._config = _fontconfig.FcConfigCreate()
        self.font_map = _ffi.gc(_pangoft2.pango_ft2_font_map_new(), _gobject.g_object_unref)
        _pangoft2.pango_fc_font_map_set_config(_ffi.cast("PangoFcFontMap *", self.font_map), self._config)
        _fontconfig.FcConfigDestroy(self._config)
        self._folder = None
        self._process = os.getpid()
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}

    def __del__(self) -> None:
        """Remove the fonts' files: never those of the process that this one was forked from.

        Windows lets go of no file that Pango has open, so Pango lets go of it first.
        """
        if self._process == os.getpid():
            self.strut_layouts.clear()
            _ffi.release(self.font_map)
            super().__del__()


@dataclass(slots=True)
class _TypeCase:
    """What documents of the same fonts share: the fonts, loaded, and style sheets, parsed.

    Serves one document at a time: Pango's font maps are for one thread.
    """

    fonts: tuple[FontFace, ...]
    process: int = field(default_factory=os.getpid)
    config: _GivenFonts = field(default_factory=_GivenFonts)
    sheets: dict[str, Any] = field(default_factory=dict[str, Any])

    def sheet(self, css: str, fetcher: URLFetcher) -> Any:
        """The style sheet `css`, parsed once."""
        if css not in self.sheets:
            if len(self.sheets) == _SHEETS_KEPT:
                del self.sheets[next(iter(self.sheets))]
            self.sheets[css] = _weasyprint.CSS(string=css, font_config=self.config, url_fetcher=fetcher)
        return self.sheets[css]


_BENCHES_KEPT = 4
_SHEETS_KEPT = 8
_idle: list[_TypeCase] = []
_idle_lock = threading.Lock()
atexit.register(_idle.clear)  # while the modules that remove the fonts' files are still there


@contextmanager
def _bench_for(fonts: tuple[FontFace, ...], *, shared: bool) -> Generator[_TypeCase]:
    """A bench for `fonts`, nobody else's until it is given back; one that saw an error is not used again."""
    if not shared:
        yield _TypeCase(fonts)
        return
    with _idle_lock:
        at = next(
            (at for at, bench in enumerate(_idle) if bench.fonts == fonts and bench.process == os.getpid()),
            None,
        )
        bench = _TypeCase(fonts) if at is None else _idle.pop(at)
    yield bench
    with _idle_lock:
        _idle.append(bench)
        del _idle[:-_BENCHES_KEPT]


class _GivenFiles(URLFetcher):
    """Serves the bytes that it was given, and ``data:`` addresses; everything else is an error."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._files = dict(files)

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The bytes behind `url`."""
        if url.startswith(_SCHEME) and url.removeprefix(_SCHEME) in self._files:
            mime = "image/svg+xml" if url.endswith(".svg") else "application/octet-stream"
            return URLFetcherResponse(url, self._files[url.removeprefix(_SCHEME)], {"Content-Type": mime})
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"not among the given files: {url[:200]}")


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint logs as an error on this thread (a picture that can't be read, say)."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._thread = threading.get_ident()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep `record`."""
        if record.thread == self._thread:
            self.messages.append(record.getMessage())


@contextmanager
def _complaints_raised(title: str) -> Generator[None]:
    """Turn WeasyPrint's logged errors and refused fetches into one AssetError."""
    logger = logging.getLogger("weasyprint")
    complaints = _Complaints()
    logger.addHandler(complaints)
    try:
        yield
    except FatalURLFetchingError as error:
        complaints.messages.append(str(error))
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise AssetError(
            *(Problem(title, f"không dựng được trang PDF: {text}", text) for text in complaints.messages)
        )


def _font_face_rules(fonts: tuple[FontFace, ...]) -> tuple[str, dict[str, bytes]]:
    """CSS ``@font-face`` rules for `fonts`, and the files that they point to."""
    files = {f"font-{index}": font.data for index, font in enumerate(fonts)}
    rules = [
        f'@font-face {{ font-family: "{font.family}"; src: url("{_SCHEME}font-{index}");'
        f" font-weight: {'bold' if font.bold else 'normal'};"
        f" font-style: {'italic' if font.italic else 'normal'};"
        f" font-feature-settings: {_PLAIN if font.plain else 'normal'} }}"
        for index, font in enumerate(fonts)
    ]
    return "\n".join(rules), files


def html_to_pdf(
    html: str,
    *,
    fonts: tuple[FontFace, ...],
    css: str = "",
    variant: str | None = "pdf/a-2a",
    fields: FieldShape | None = None,
) -> bytes:
    """The PDF of a whole HTML document; same bytes for the same input.

    `fonts` are all the fonts there are (at least one); `css` is added to the
    document's own styles; `variant` is WeasyPrint's name of a PDF variant, such
    as ``pdf/a-2a`` (archive, tagged), or None. Language, title, author and dates
    are those of the document (``<html lang>``, ``<title>``, ``<meta>``). With
    `fields` elements may ask for empty signature fields (`signing_fields`).
    Raises AssetError when anything is asked for that was not given.
    """
    if not fonts:
        raise ValueError("a page with text needs at least one font")  # Pango aborts the program otherwise
    rules, files = _font_face_rules(fonts)
    # A document's own @font-face would be seen by the next one, so it gets fonts of its own.
    shared = "@font-face" not in html + css
    with _bench_for(fonts, shared=shared) as bench:
        finisher = None if fields is None else partial(add_fields, shape=fields)
        return _write(
            html, (rules, css), bench=bench, files=files, variant=variant, title="PDF", finisher=finisher
        )


def svg_to_pdf(
    svg: str,
    width_mm: float,
    height_mm: float,
    *,
    title: str,
    lang: str = "vi",
    bleed_mm: float = 0.0,
    slug_mm: float = 0.0,
    layers: tuple[Layer, ...] = (),
) -> bytes:
    """One PDF page of exactly `width_mm` × `height_mm`, filled by `svg`; vectors stay vectors.

    With `bleed_mm` the SVG still fills the whole page and the TrimBox lies that
    far inside. With `slug_mm` there is white paper round the SVG, outside the
    BleedBox; `layers` are drawn over the whole page. Colours are declared as sRGB.
    The SVG's text must be outlines. Raises AssetError when the SVG can't be read,
    uses what the module's docstring names as refused, or points to a file or an address.
    """
    for drawing in (svg, *(layer.svg for layer in layers)):
        if found := _NOT_DRAWN.search(drawing):
            what = found.group()
            raise AssetError(
                Problem(title, f"PDF không vẽ được “{what}” trong SVG", f"the PDF would leave out {what!r}")
            )
    boxes = PageBoxes(width_mm, height_mm, bleed_mm, slug_mm)
    drawings = {f"layer-{at}.svg": layer.svg.encode() for at, layer in enumerate(layers)}
    html = (
        f'<!DOCTYPE html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>"
        f'<div class="picture"><img src="{_SCHEME}page.svg" alt="{escape(title)}"></div>'
        + "".join(
            f'<div class="layer"><img src="{_SCHEME}layer-{at}.svg" alt=""></div>'
            for at in range(len(layers))
        )
        + "</body></html>"
    )
    drawings = {f"layer-{at}.svg": layer.svg.encode() for at, layer in enumerate(layers)}
    return _write(
        html,
        (_sheet_css(boxes),),
        bench=_TypeCase(()),
        files={"page.svg": svg.encode(), **drawings},
        variant=None,
        title=title,
        finisher=partial(finish, boxes=boxes, layers=layers, profile=_srgb()),
    )


def svgs_to_pdf(svgs: Sequence[str], width_mm: float, height_mm: float, *, title: str) -> bytes:
    """One page of `width_mm` × `height_mm` for each SVG, filled by it; for reading, not for a print shop."""
    files = {f"page-{at}.svg": svg.encode() for at, svg in enumerate(svgs)}
    html = (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title></head><body>"
        + "".join(f'<img src="{_SCHEME}{name}" alt="">' for name in files)
        + "</body></html>"
    )
    css = (
        f"@page {{ size: {width_mm:.6f}mm {height_mm:.6f}mm; margin: 0 }}\n"
        "html, body { margin: 0; font-size: 0 }\n"
        f"img {{ display: block; width: {width_mm:.6f}mm; height: {height_mm:.6f}mm }}"
    )
    return _write(html, (css,), bench=_TypeCase(()), files=files, variant=None, title=title)


def _sheet_css(boxes: PageBoxes) -> str:
    """The sheet, the picture on it, and layers of its size, each on a page that is laid over it later."""
    width, height, slug = boxes.width, boxes.height, boxes.slug
    inner = f"width: {width - 2 * slug:.6f}mm; height: {height - 2 * slug:.6f}mm"
    return (
        f"@page {{ size: {width:.6f}mm {height:.6f}mm; margin: 0 }}\n"
        "html, body { margin: 0; font-size: 0 }\n"
        "div { overflow: hidden; position: relative }\n"
        "img { display: block; width: 100%; height: 100% }\n"
        f".picture {{ margin: {slug:.6f}mm; {inner} }}\n"
        f".layer {{ break-before: page; width: {width:.6f}mm; height: {height:.6f}mm }}"
    )


@cache
def _srgb() -> bytes:
    """The ICC's own sRGB profile, which WeasyPrint carries for PDF/A."""
    return (files_of("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _write(
    html: str,
    sheets: Sequence[str],
    *,
    bench: _TypeCase,
    files: Mapping[str, bytes],
    variant: str | None,
    title: str,
    finisher: Callable[[Any, Any], None] | None = None,
) -> bytes:
    fetcher = _GivenFiles(files)
    with _complaints_raised(title):
        page = _weasyprint.HTML(string=html, base_url="given:/", url_fetcher=fetcher)
        options = {
            "stylesheets": [bench.sheet(css, fetcher) for css in sheets],
            "pdf_variant": variant,
            "pdf_identifier": True,
            "pdf_tags": variant is not None and variant.endswith("a"),
        }
        document = page.render(font_config=bench.config, **options)
        while give_tall_rows_a_head(document):
            document = page.render(font_config=bench.config, **options)
        data: bytes = document.write_pdf(finisher=partial(_finish, finisher), **options)
        return data
    raise AssertionError("unreachable: _complaints_raised raises when it swallows")


def _finish(finisher: Callable[[Any, Any], None] | None, document: Any, pdf: Any) -> None:
    if finisher is not None:
        finisher(document, pdf)
    name_heads(pdf)
    compress(pdf)
