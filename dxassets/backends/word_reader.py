"""Reads a Word file as its reader sees it: text with worked-out looks, tables, headers, drawn lines.

Its own reader, not python-docx: that one knows no inherited looks, and trusts what it opens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as Xml

from dxassets.backends.word_archive import R, W, WordArchive
from dxassets.backends.word_drawn import Drawn, border_count, branches, count_lines, look_at
from dxassets.backends.word_formats import MM_PER_TWIP, Formats, is_on, number, read_formats
from dxassets.backends.word_lists import Lists, read_lists
from dxassets.backends.written import (
    Cell,
    ParagraphShape,
    Stretch,
    TextBox,
    Type,
    WordLine,
    WordSection,
    WordTable,
    WordWords,
)

_DOCUMENT = "word/document.xml"
_CELL_SIDE = 108  # twips left and right of a cell's text where nothing is said
_THROUGH = {
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo", "dir", "bdo")
}
_DRAWINGS = {f"{W}drawing", f"{W}pict", f"{W}object"}
_DEEPEST = 40
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_NEW_TABLES = 15
"""The mode of Word 2013, since when a table's indent is that of its edge."""


def read_word(data: bytes) -> WordWords:
    """What the Word file says; `UnreadableError` when it can't or must not be opened."""
    archive = WordArchive(data)
    return read_tree(archive, archive.part(_DOCUMENT))[0]


def read_tree(archive: WordArchive, root: Xml.Element | None) -> tuple[WordWords, tuple[Xml.Element, ...]]:
    """What the document at `root` says, and the element of each of its paragraphs, in the same order.

    `root` may be another reader's tree of the file's own, so that what was read can be changed there.
    """
    related = archive.related(_DOCUMENT)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        return WordWords((), (), ()), ()
    formats, lists = read_formats(archive, related), read_lists(archive, related)
    # Kept while they are compared: lxml makes an element's object anew once nobody holds it, at any address.
    former = [old for change in body.iter(f"{W}sectPrChange") for old in change.iter(f"{W}sectPr")]
    properties = [each for each in body.iter(f"{W}sectPr") if not any(each is old for old in former)]
    sections = [_section(each) for each in properties] or [_section(Xml.Element("sectPr"))]
    walker = _Walker(formats, lists, sections, hangs=_tables_hang(archive))
    walker.walk(body, sections[0].width - sections[0].left - sections[0].right)
    sections = _with_headers(properties, sections, archive, related, formats)
    words = WordWords(
        tuple(walker.lines), tuple(walker.tables), tuple(sections), tuple(walker.boxes), _pages(archive)
    )
    return words, tuple(walker.elements)


def _tables_hang(archive: WordArchive) -> bool:
    """Whether a table's indent is its text's, not its edge's.

    So it was in Word before 2013, and still is in a file that keeps that mode.
    """
    settings = archive.part("word/settings.xml")
    modes = settings.iter(f"{W}compatSetting") if settings is not None else ()
    said = [each.get(f"{W}val") for each in modes if each.get(f"{W}name") == "compatibilityMode"]
    return settings is not None and number(said[0] if said else None, 12) < _NEW_TABLES


def _pages(archive: WordArchive) -> int:
    """How many pages the file had when it was saved; 0 when it doesn't say."""
    told = archive.part("docProps/app.xml")
    pages = told.find(f"{_APP}Pages") if told is not None else None
    return int(number(pages.text)) if pages is not None and number(pages.text) < 1e6 else 0


@dataclass
class _Walker:
    """Goes through a story (body, header, box) and gathers its lines."""

    formats: Formats
    lists: Lists
    sections: list[WordSection]
    lines: list[WordLine] = field(default_factory=list[WordLine])
    elements: list[Xml.Element] = field(default_factory=list[Xml.Element])
    tables: list[WordTable] = field(default_factory=list[WordTable])
    boxes: list[TextBox] = field(default_factory=list[TextBox])
    section: int = 0
    hangs: bool = False

    def walk(self, story: Xml.Element, width: float, *, cell: Cell | None = None, depth: int = 0) -> None:
        """Every paragraph and table in `story`, whose text is `width` mm wide."""
        style = None
        for child in branches(story) if depth < _DEEPEST else ():
            if child.tag == f"{W}p":
                self._paragraph(child, width, cell, style)
                if child.find(f"{W}pPr/{W}sectPr") is not None and self.section + 1 < len(self.sections):
                    self.section += 1
                    at = self.sections[self.section]
                    width = at.width - at.left - at.right
            elif child.tag == f"{W}tbl":
                self._table(child, width, depth)
            elif child.tag in _THROUGH:
                self.walk(child, width, cell=cell, depth=depth + 1)

    def _paragraph(
        self, element: Xml.Element, width: float, cell: Cell | None, table_style: str | None
    ) -> None:
        properties = element.find(f"{W}pPr")
        pieces = _Pieces(self.formats, properties, table_style)
        pieces.gather(element)
        shape = self.formats.shape(properties, table_style)
        prefix, indents = self.lists.prefix(self.formats.properties(properties))
        if indents is not None:
            shape = _listed(shape, indents, None if properties is None else properties.find(f"{W}ind"))
        stretches = pieces.stretches
        if prefix and stretches:
            stretches = [Stretch(f"{prefix} ", stretches[0].type), *stretches]
        drawn = pieces.drawn
        inner = max(0.0, width - shape.left_mm - shape.right_mm)
        borders = sum(border_count(level) for level in self.formats.properties(properties)[-1:])
        self.elements.append(element)
        self.lines.append(
            WordLine(
                stretches=tuple(stretches),
                shape=shape,
                section=self.section,
                cell=cell,
                rules_mm=(*drawn.rules_mm, *([inner] * borders)),
                has_picture=drawn.has_picture,
                page_field=pieces.page_field,
                lang=pieces.lang,
                breaks_page=pieces.breaks_page or _breaks_before(properties),
            )
        )
        for box_width, box_height, words in drawn.boxes:
            inside = _Walker(self.formats, self.lists, self.sections)
            inside.walk(words, box_width, depth=_DEEPEST - 5)
            found = tuple(stretch for line in inside.lines for stretch in line.stretches)
            self.boxes.append(TextBox(box_width, box_height, found))

    def _table(self, table: Xml.Element, width: float, depth: int) -> None:
        grid = [number(each.get(f"{W}w")) * MM_PER_TWIP for each in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        index = len(self.tables)
        rows = list(table.iter(f"{W}tr")) if table.find(f".//{W}tbl") is None else table.findall(f"{W}tr")
        side = _side(table)
        facts = self._table_facts(table, rows, grid, width)
        if self.hangs and not _is_centred(table) and depth == 0:
            facts = replace(facts, left_mm=facts.left_mm - side)
        self.tables.append(facts)
        for at, row in enumerate(rows):
            column = 0
            for cell in (
                (each for each in row.iter(f"{W}tc"))
                if table.find(f".//{W}tbl") is None
                else row.findall(f"{W}tc")
            ):
                span = max(1, int(_value(cell, "tcPr/gridSpan", 1)))
                outer = sum(grid[column : column + span]) or width
                left = facts.left_mm + sum(grid[:column]) + side
                place = Cell(index, at, column, max(0.0, outer - 2 * side), left)
                first = len(self.lines)
                self.walk(cell, place.width_mm, cell=place, depth=depth + 1)
                if count_lines(cell.find(f"{W}tcPr/{W}tcBorders"), ("bottom",)) and len(self.lines) > first:
                    last = self.lines[-1]
                    self.lines[-1] = replace(last, rules_mm=(*last.rules_mm, outer))
                column += span

    def _table_facts(
        self, table: Xml.Element, rows: list[Xml.Element], grid: list[float], width: float
    ) -> WordTable:
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        named = table.find(f"{W}tblPr/{W}tblStyle")
        styles = self.formats.chain(named.get(f"{W}val") if named is not None else None)
        styled = [style.find(f"{W}tblPr/{W}tblBorders") for style in styles]
        source = borders if borders is not None else next((each for each in styled if each is not None), None)
        whole = sum(grid)
        left = (width - whole) / 2 if _is_centred(table) else _value(table, "tblPr/tblInd", 0) * MM_PER_TWIP
        return WordTable(
            self.section,
            left,
            whole,
            bordered=count_lines(source, ("top", "bottom", "left", "right", "insideH", "insideV")) > 2
            or (borders is None and _is_ruled_by_cells(rows)),
            heads=tuple(bool(is_on(row.find(f"{W}trPr/{W}tblHeader"))) for row in rows),
            whole=tuple(bool(is_on(row.find(f"{W}trPr/{W}cantSplit"))) for row in rows),
        )


def _is_ruled_by_cells(rows: list[Xml.Element]) -> bool:
    """Whether most cells have lines on three sides at least, as LibreOffice writes a ruled table."""
    sides = [
        count_lines(cell.find(f"{W}tcPr/{W}tcBorders"), ("top", "bottom", "left", "right", "start", "end"))
        for row in rows
        for cell in row.iterfind(f"{W}tc")
    ]
    return 2 * sum(count > 2 for count in sides) > len(sides)


class _Pieces:
    """The runs of one paragraph."""

    def __init__(self, formats: Formats, properties: Xml.Element | None, table_style: str | None) -> None:
        self._formats, self._properties, self._table_style = formats, properties, table_style
        self.stretches: list[Stretch] = []
        self.drawn = Drawn()
        self.page_field: Type | None = None
        self.lang = ""
        self.breaks_page = False

    def gather(self, element: Xml.Element, depth: int = 0) -> None:
        """Every run below `element` that is to be seen."""
        for child in branches(element) if depth < _DEEPEST else ():
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag == f"{W}fldSimple":
                inner = child.find(f"{W}r/{W}rPr")
                self._note_field(child.get(f"{W}instr") or "", inner)
                self.gather(child, depth + 1)
            elif child.tag in _THROUGH or child.tag == f"{W}hyperlink":
                self.gather(child, depth + 1)

    def _run(self, run: Xml.Element) -> None:
        own = run.find(f"{W}rPr")
        if own is not None and is_on(own.find(f"{W}vanish")):
            return
        breaks = run.find(f"{W}lastRenderedPageBreak") is not None
        breaks = breaks or any(each.get(f"{W}type") == "page" for each in run.iterfind(f"{W}br"))
        self.breaks_page = self.breaks_page or breaks
        text = "".join(self._texts(run))
        if not text:
            return
        if self._formats.is_in_capitals(own, self._properties, table_style=self._table_style):
            text = text.upper()
        look = self._formats.run_type(own, self._properties, table_style=self._table_style)
        if not self.lang and text.strip():
            self.lang = self._formats.lang(own, self._properties)
        if self.stretches and (self.stretches[-1].type == look or not text.strip()):
            self.stretches[-1] = Stretch(self.stretches[-1].text + text, self.stretches[-1].type)
        else:
            self.stretches.append(Stretch(text, look))

    def _texts(self, run: Xml.Element) -> Iterator[str]:
        for child in branches(run):
            if child.tag == f"{W}t":
                yield child.text or ""
            elif child.tag == f"{W}tab":
                yield "\t"
            elif child.tag in {f"{W}br", f"{W}cr"} and child.get(f"{W}type") in {None, "textWrapping"}:
                yield "\n"
            elif child.tag == f"{W}noBreakHyphen":
                yield "-"
            elif child.tag == f"{W}instrText":
                self._note_field(child.text or "", run.find(f"{W}rPr"))
            elif child.tag in _DRAWINGS:
                look_at(child, self.drawn)

    def _note_field(self, code: str, look: Xml.Element | None) -> None:
        """A field that shows the page number looks as the run does that holds its code or first result."""
        if self.page_field is None and code.strip().upper().split(" ")[0] == "PAGE":
            self.page_field = self._formats.run_type(look, self._properties, table_style=self._table_style)


def _listed(shape: ParagraphShape, indents: tuple[float, float], own: Xml.Element | None) -> ParagraphShape:
    """The shape of a list's paragraph: by the list, but for what the paragraph itself says."""
    said = {name.rpartition("}")[2] for name in own.attrib} if own is not None else set[str]()
    if not said & {"left", "start", "leftChars", "startChars"}:
        shape = replace(shape, left_mm=indents[0])
    if not said & {"firstLine", "hanging", "firstLineChars", "hangingChars"}:
        shape = replace(shape, first_line_mm=indents[1])
    return shape


def _breaks_before(properties: Xml.Element | None) -> bool:
    return properties is not None and bool(is_on(properties.find(f"{W}pageBreakBefore")))


def _value(element: Xml.Element, path: str, default: float) -> float:
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    if found is None:
        return default
    return number(found.get(f"{W}w") or found.get(f"{W}val"), default)


def _side(table: Xml.Element) -> float:
    """The padding at a cell's sides (mm); LibreOffice calls the left one its start."""
    start = _value(table, "tblPr/tblCellMar/start", _CELL_SIDE)
    return _value(table, "tblPr/tblCellMar/left", start) * MM_PER_TWIP


def _is_centred(table: Xml.Element) -> bool:
    placed = table.find(f"{W}tblPr/{W}jc")
    return placed is not None and placed.get(f"{W}val") == "center"


def _section(properties: Xml.Element) -> WordSection:
    size, margin = properties.find(f"{W}pgSz"), properties.find(f"{W}pgMar")
    start = properties.find(f"{W}pgNumType")
    top, right, bottom, left = (
        abs(number(margin.get(f"{W}{name}"), 1440)) * MM_PER_TWIP if margin is not None else 25.4
        for name in ("top", "right", "bottom", "left")
    )
    said = start.get(f"{W}start") if start is not None else None
    return WordSection(
        width=number(size.get(f"{W}w"), 12240) * MM_PER_TWIP if size is not None else 215.9,
        height=number(size.get(f"{W}h"), 15840) * MM_PER_TWIP if size is not None else 279.4,
        landscape=size is not None and size.get(f"{W}orient") == "landscape",
        gutter=number(margin.get(f"{W}gutter")) * MM_PER_TWIP if margin is not None else 0.0,
        first_differs=bool(is_on(properties.find(f"{W}titlePg"))),
        starts_at=int(number(said)) if said else None,
        number_format=(start.get(f"{W}fmt") if start is not None else None) or "decimal",
        top=top,
        right=right,
        bottom=bottom,
        left=left,
    )


def _with_headers(
    properties: list[Xml.Element],
    sections: list[WordSection],
    archive: WordArchive,
    related: Mapping[str, str],
    formats: Formats,
) -> list[WordSection]:
    """The sections with their headers and footers; one without its own has those of the section before."""
    known: dict[str, tuple[WordLine, ...]] = {}
    made: list[WordSection] = []
    for element, section in zip(properties, sections, strict=False):
        for kind in ("header", "footer"):
            for reference in element.iterfind(f"{W}{kind}Reference"):
                name = related.get(reference.get(f"{R}id") or "", "")
                part = archive.part(name) if name else None
                key = f"{kind} {reference.get(f'{W}type') or 'default'}"
                if part is not None:
                    walker = _Walker(formats, Lists({}, {}), [section])
                    walker.walk(part, section.width - section.left - section.right)
                    known[key] = tuple(walker.lines)
        footers = (*known.get("footer default", ()), *known.get("footer first", ()))
        header, first = known.get("header default", ()), known.get("header first", ())
        made.append(replace(section, header=header, first_header=first, footers=footers))
    return made or sections
