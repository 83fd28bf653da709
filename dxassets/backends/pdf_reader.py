"""Reads finished PDF files back. The only module that imports pypdfium2."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.font_programs import ProgramCut, program_cut
from dxassets.backends.pdf_frames import frame_edges
from dxassets.backends.silence import quietly_imported
from dxassets.backends.written import (
    PdfLine,
    PdfPage,
    PdfRule,
    PdfWords,
    Place,
    Stretch,
    Type,
    UnreadableError,
)
from dxassets.geometry import MM_PER_INCH

with quietly_imported:
    import pypdfium2
    import pypdfium2.raw as pdfium

_PT_PER_INCH = 72.0
_MM = MM_PER_INCH / _PT_PER_INCH
_MOST_PAGES = 400
_GAP_EM = 1.6
"""Letters of one line stand nearer than this; wider gaps part the columns of a letterhead."""
_ITALIC, _LEANS = 0x40, 1 << 40
_NO_LETTERS = frozenset({0, 2, 10, 13, 0xFFFE})
_UPRIGHT = 0.1
"""The slope (of 1) below which letters stand upright."""
_MOST_FONT = 32 << 20
_VAGUE = re.compile(r"(?i)(f|tt|t|c\d_|font|ft|fnt|f-\d+-|g_d0_f|cidfont)?[-_]?\d*|[a-z]{1,3}\d+")
"""Names that printers' drivers make up for a face: F1, TT2, C0_1."""
_CUT = re.compile(r"(?i)[-,]?(bold|italic|oblique|regular|roman|psmt|ps|mt)(?=[-,]|bold|italic|mt|$)")


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in mm."""

    width: float
    height: float


def page_sizes(data: bytes) -> tuple[PageSize, ...]:
    """The size of each page; ValueError when the file is not a readable PDF."""
    document = _open(data)
    try:
        return tuple(
            PageSize(width * MM_PER_INCH / _PT_PER_INCH, height * MM_PER_INCH / _PT_PER_INCH)
            for width, height in (document.get_page_size(index) for index in range(len(document)))
        )
    finally:
        document.close()


def page_to_pixels(data: bytes, page: int, *, px_per_mm: float) -> NDArray[np.uint8]:
    """A page as height × width × 3; its size is rounded up to whole px."""
    document = _open(data)
    try:
        bitmap = document[page].render(scale=px_per_mm * MM_PER_INCH / _PT_PER_INCH)
        return np.ascontiguousarray(np.asarray(bitmap.to_numpy(), dtype=np.uint8)[..., 2::-1])
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class PdfPicture:
    """A picture on a page: what share of the page it covers, its resolution there, and whether in colour."""

    share: float
    dpi: float
    is_coloured: bool


def page_pictures(data: bytes) -> tuple[tuple[PdfPicture, ...], ...]:
    """The pictures of each page; ValueError when the file is not a readable PDF."""
    document = _open(data)
    try:
        return tuple(tuple(_pictures(document[index])) for index in range(len(document)))
    finally:
        document.close()


def _pictures(page: Any) -> Iterator[PdfPicture]:
    whole = page.get_width() * page.get_height()
    grey = {pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_CALGRAY}
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        told = item.get_metadata()
        coloured = told.colorspace not in grey and told.bits_per_pixel > 1
        dpi = min(told.horizontal_dpi, told.vertical_dpi)
        yield PdfPicture((right - left) * (top - bottom) / whole, dpi, coloured)


def _open(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a readable PDF") from error


# --- words with their looks and places --------------------------------------------------------------


_Look = tuple[bytes, int, float, int]


class _PdfGlyph(NamedTuple):
    text: str
    type: Type
    left: float
    right: float
    baseline: float


def read_words(data: bytes) -> PdfWords:
    """What the PDF says and how it looks; `UnreadableError` when it can't be opened."""
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("tệp PDF được đặt mật khẩu", "the PDF is encrypted") from error
        raise UnreadableError("không phải tệp PDF đọc được", "is not a readable PDF") from error
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableError(
                f"dài {len(document)} trang, quá {_MOST_PAGES}",
                f"has {len(document)} pages, over {_MOST_PAGES}",
            )
        return _read_document(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("tệp PDF hỏng", "the PDF is damaged") from error
    finally:
        document.close()


def _read_document(document: Any) -> PdfWords:
    pages: list[PdfPage] = []
    lines: list[PdfLine] = []
    rules: list[PdfRule] = []
    loose: dict[str, None] = {}
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        sheet = _PaperSheet(page.get_mediabox(), page.get_rotation())
        found, pictures = _objects(page, number, sheet)
        pages.append(PdfPage(*sheet.size, pictures))
        rules += found
        letters = list(_letters(page, sheet, loose=loose))
        walls = [rule for rule in found if rule.bottom - rule.top > 3 * (rule.right - rule.left)]
        lines += [PdfLine(number, *line) for line in _lines(letters, walls)]
    buffer = (ctypes.c_ushort * 32)()
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, 64)
    lang = bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace") if length <= 64 else ""
    return PdfWords(tuple(pages), _told_apart(lines), tuple(rules), tuple(loose), lang)


def _told_apart(lines: list[PdfLine]) -> tuple[PdfLine, ...]:
    """The lines; where a nameless face is bold or italic by its program, all others' cuts are known too."""
    nameless = {piece.type for line in lines for piece in line.stretches if piece.type.vague}
    if not any(type_.bold or type_.italic for type_ in nameless):
        return tuple(lines)
    known = {type_: replace(type_, vague=False) for type_ in nameless}
    return tuple(
        replace(
            line,
            stretches=tuple(
                replace(piece, type=known.get(piece.type, piece.type)) for piece in line.stretches
            ),
        )
        for line in lines
    )


@dataclass(frozen=True, slots=True)
class _PaperSheet:
    """A page's box (pt) and how it is turned (degrees, clockwise) for its reader."""

    box: tuple[float, float, float, float]
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height (mm) as they are read."""
        left, bottom, right, top = self.box
        width, height = (right - left) * _MM, (top - bottom) * _MM
        return (height, width) if self.turned % 180 else (width, height)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file (pt) in mm from the top left corner of the page as it is read."""
        left, bottom, right, top = self.box
        turned = self.turned % 360
        if turned == 90:
            return (y - bottom) * _MM, (x - left) * _MM
        if turned == 180:
            return (right - x) * _MM, (y - bottom) * _MM
        if turned == 270:
            return (top - y) * _MM, (right - x) * _MM
        return (x - left) * _MM, (top - y) * _MM

    def bounds(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a box of the file."""
        one, other = self.at(x0, y0), self.at(x1, y1)
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _objects(
    page: Any, number: int, sheet: _PaperSheet
) -> tuple[list[PdfRule], tuple[tuple[float, float, float, float], ...]]:
    """Drawn shapes that are thin in one direction, the edges of frames, and the bounds of pictures."""
    rules: list[PdfRule] = []
    pictures: list[tuple[float, float, float, float]] = []
    for item in page.get_objects(max_depth=4):
        if item.type not in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE}:
            continue
        x0, y0, x1, y1 = item.get_bounds()
        box = sheet.bounds(x0, y0, x1, y1)
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(box)
        elif min(x1 - x0, y1 - y0) < 4:
            rules.append(PdfRule(number, *box))
        else:
            rules += [PdfRule(number, *sheet.bounds(*edge)) for edge in frame_edges(item, pdfium)]
    return rules, tuple(pictures)


def _letters(page: Any, sheet: _PaperSheet, *, loose: dict[str, None]) -> Iterator[_PdfGlyph]:
    """Every letter of the page in the file's order; `loose` gathers families that are not embedded."""
    text = page.get_textpage()
    raw = text.raw
    looks = _PageLooks(text, loose)
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()  # filled anew for each letter
    last: _PdfGlyph | None = None
    for at in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, at)
        if pdfium.FPDFText_IsGenerated(raw, at) == 1:  # a blank that only a gap stands for, or a line's end
            if code == ord(" ") and last is not None:
                yield last._replace(text=" ", left=last.right)
            continue
        if code in _NO_LETTERS:
            continue
        pdfium.FPDFText_GetCharOrigin(raw, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, at, box)
        char = chr(code) if code < 0x110000 else "\ufffd"
        start, baseline = sheet.at(x.value, y.value)
        end = max(sheet.at(box.right, y.value)[0], sheet.at(box.right, box.top)[0], start)
        last = _PdfGlyph(char, looks.of(at), start, end, baseline)
        yield last


class _PageLooks:
    """How the letters of one page look; those of one text object look alike, so each is asked once."""

    def __init__(self, text: Any, loose: dict[str, None]) -> None:
        self._text, self._loose = text, loose
        self._known: dict[_Look, Type] = {}
        self._of_object: dict[bytes, Type] = {}

    def of(self, at: int) -> Type:
        """The look of a letter."""
        drawn = pdfium.FPDFText_GetTextObject(self._text.raw, at)
        if not drawn:
            return self._told(at)
        place = bytes(drawn)  # the pointer itself, for letters of one object share it
        if place not in self._of_object:
            self._of_object[place] = self._told(at)
        return self._of_object[place]

    def _told(self, at: int) -> Type:
        text, looks = self._text, self._known
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(text.raw, at, name, 128, flags)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text.raw, at, matrix)
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5 or 1.0
        # italics that a program made by leaning
        leans = abs(matrix.b) < _UPRIGHT < matrix.c / (matrix.d or 1.0)
        size = round(pdfium.FPDFText_GetFontSize(text.raw, at) * scale, 2)
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        pdfium.FPDFText_GetFillColor(text.raw, at, red, green, blue, alpha)
        color = (red.value << 16) + (green.value << 8) + blue.value
        key = (name.value, flags.value + (_LEANS if leans else 0), size, color)
        if key not in looks:
            half = round(size * 2) / 2  # 13.98 pt of a scaled page is meant as 14
            size = half if abs(size - half) < 0.05 else size
            cut = flags.value | (_ITALIC if leans else 0)
            looks[key] = _type(text, at, name.value, cut, size=size, color=f"{color:06X}")
            if not _is_embedded(text, at):
                self._loose[looks[key].family] = None
        return looks[key]


def _type(text: Any, at: int, name: bytes, flags: int, *, size: float, color: str) -> Type:
    """A face's family and cut by its name and flags, else by the font program itself."""
    said = name.decode("utf-8", "replace").rpartition("+")[2]
    lower = said.lower()
    italic = "italic" in lower or "oblique" in lower or bool(flags & _ITALIC)
    weight = pdfium.FPDFText_GetFontWeight(text.raw, at)
    bold = "bold" in lower or weight >= 600 or bool(flags & 0x40000)
    family = _CUT.sub("", said) or said
    vague = _VAGUE.fullmatch(said) is not None
    if vague:
        cut = program_cut(_program(text, at)) or ProgramCut("", bold=False, italic=False)
        family, bold, italic = cut.family, cut.bold, cut.italic
        vague = not family
    return Type(family, size, bold=bold, italic=italic, color=color, vague=vague)


def _program(text: Any, at: int) -> bytes:
    """The font program that a letter is drawn with; nothing when there is none."""
    drawn = pdfium.FPDFText_GetTextObject(text.raw, at)
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    length = ctypes.c_size_t()
    if not font or not pdfium.FPDFFont_GetFontData(font, None, 0, length) or length.value > _MOST_FONT:
        return b""
    buffer = (ctypes.c_uint8 * max(1, length.value))()
    pdfium.FPDFFont_GetFontData(font, buffer, length.value, length)
    return bytes(buffer)


def _is_embedded(text: Any, at: int) -> bool:
    drawn = pdfium.FPDFText_GetTextObject(text.raw, at)
    font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
    return not font or pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _lines(letters: list[_PdfGlyph], walls: list[PdfRule]) -> Iterator[tuple[tuple[Stretch, ...], Place]]:
    """Letters that follow each other on one baseline, no wide gap and none of the `walls` between them."""
    line: list[_PdfGlyph] = []
    for letter in letters:
        if line and not (_follows(line[-1], letter) and not _is_walled(line[-1], letter, walls)):
            yield from _line(line)
            line = []
        line.append(letter)
    yield from _line(line)


def _follows(before: _PdfGlyph, after: _PdfGlyph) -> bool:
    em = max(before.type.size_pt, after.type.size_pt, 1.0) * _MM
    gap = after.left - before.right
    # A blank that was typed may be as wide as a place to fill in; one that stands for a gap has no width.
    blank = before.text.isspace() and before.right > before.left
    return abs(after.baseline - before.baseline) < 0.35 * em and -em < gap < (9 if blank else _GAP_EM) * em


def _is_walled(before: _PdfGlyph, after: _PdfGlyph, walls: list[PdfRule]) -> bool:
    """Whether an upright rule, such as a table's, stands between two letters."""
    return after.left - before.right > 0.5 and any(
        before.right - 0.2 <= wall.left
        and wall.right <= after.left + 0.2
        and wall.top < after.baseline < wall.bottom + 1
        for wall in walls
    )


def _line(letters: list[_PdfGlyph]) -> Iterator[tuple[tuple[Stretch, ...], Place]]:
    """The letters as stretches; none when there are only blanks."""
    while letters and letters[-1].text.isspace():
        letters = letters[:-1]
    while letters and letters[0].text.isspace():
        letters = letters[1:]
    if not letters:
        return
    alike: list[tuple[Type, list[str]]] = []
    for letter in letters:
        look = letter.type
        if alike and (alike[-1][0] is look or alike[-1][0] == look or letter.text.isspace()):
            alike[-1][1].append(letter.text)
        else:
            alike.append((look, [letter.text]))
    stretches = tuple(Stretch("".join(texts), look) for look, texts in alike)
    yield stretches, Place(letters[0].left, letters[-1].right, letters[0].baseline)
