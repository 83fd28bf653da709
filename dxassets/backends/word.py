"""Word documents from plain parts. The only module that imports python-docx.

Lengths are millimetres (``_mm``) or points (``_pt``). The same calls give the same
bytes: core properties and the archive's dates are fixed. Nothing here knows what
a letter is; the recipe stands in `dxassets.kinds.letter`.
"""

# python-docx shows only part of the file format; the rest is reached through its `_p`, `_tr`, `_tbl`.
# ruff: noqa: SLF001

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

from dxassets.backends import word_xml
from dxassets.backends.silence import quietly_imported
from dxassets.backends.word_shapes import Frame, GridCell, PageShape, ParagraphStyle
from dxassets.backends.zipped import without_clock
from dxassets.dispatch import Run

with quietly_imported:
    import docx
    from docx.document import Document
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Mm, Pt, RGBColor
    from docx.table import _Cell  # pyright: ignore[reportPrivateUsage]

_EPOCH = datetime.datetime(2020, 1, 1)  # noqa: DTZ001  python-docx wants it naive; any fixed day will do
_PROPERTY_LETTERS = 255
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
_UNUSED_PARTS = {"thumbnail", "numbering", "customXml", "stylesWithEffects"}

_ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


_LAST = ParagraphStyle("Cuối phần", "CuoiPhan", 1, line_pt=1.0)
"""Of the empty paragraph that ends a section: it must not need a page of its own."""


class Flow:
    """Where paragraphs go one after another: a document's body, or one cell of a table."""

    def __init__(self, document: Any, container: Any, *, first: Any = None) -> None:
        self._document = document
        self._container = container
        self._first = first  # a cell is born with an empty paragraph, which must be used up

    def add_paragraph(
        self, runs: Sequence[Run], style: ParagraphStyle, *, keep_with_next: bool | None = None
    ) -> None:
        """A paragraph of `runs`; `keep_with_next` is the style's where it is None."""
        paragraph = self._new_paragraph(style)
        if keep_with_next is not None and keep_with_next != style.keep_with_next:
            paragraph.paragraph_format.keep_with_next = keep_with_next
        for part in runs:
            run = paragraph.add_run(part.text)
            # Only what differs from the style is said, so that a clerk can change the style.
            if part.bold and not style.bold:
                run.bold = True
            if part.italic and not style.italic:
                run.italic = True
            if part.url is not None:
                self._link(paragraph, run, part.url)

    def add_line(self, text: str, style: ParagraphStyle) -> None:
        """A paragraph of plain text."""
        self.add_paragraph((Run(text),) if text else (), style)

    def add_rule(self, length_mm: float, column_mm: float, style: ParagraphStyle, *, thick_pt: float) -> None:
        """A line of `length_mm`, centred in a column of `column_mm`: the border of an empty paragraph."""
        paragraph = self._new_paragraph(style)
        # The border goes in before the indents: Word insists on that order.
        paragraph._p.get_or_add_pPr().append(parse_xml(word_xml.rule_above(thick_pt)))
        side = max(0.0, (column_mm - length_mm) / 2)
        paragraph.paragraph_format.left_indent = Mm(side)
        paragraph.paragraph_format.right_indent = Mm(side)

    def add_picture(self, png: bytes, side_mm: float, style: ParagraphStyle, *, alt: str) -> None:
        """A square picture in a paragraph of its own, with `alt` for those who can't see it."""
        run = self._new_paragraph(style).add_run()
        picture: Any = run.add_picture(io.BytesIO(png), width=Mm(side_mm), height=Mm(side_mm))
        for properties in picture._inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            properties.set("descr", alt)
            properties.set("name", alt[:60])

    def add_columns(
        self, widths_mm: Sequence[float], *, rows: int = 1, top_mm: float = 0.0
    ) -> list[list[Flow]]:
        """Rows without borders, each whole on one page, `top_mm` above each; a flow for each cell."""
        table = _new_table(self._container, rows, widths_mm, padding_mm=(top_mm, 0.0, 0.0))
        for row in table.rows:
            _keep_row_whole(row)
        return [
            [Flow(self._document, cell, first=cell.paragraphs[0]) for cell in row.cells] for row in table.rows
        ]

    def add_box(
        self, side_mm: float, lines: Sequence[str], style: ParagraphStyle, *, thick_pt: float
    ) -> None:
        """An empty square with a thin border, centred, with `lines` in its middle."""
        table = _new_table(self._container, 1, (side_mm,), centred=True)
        _draw_borders(table, thick_pt)
        row: Any = table.rows[0]
        row.height = Mm(side_mm)
        row._tr.get_or_add_trPr().find(qn("w:trHeight")).set(qn("w:hRule"), "exact")
        _keep_row_whole(row)
        cell = row.cells[0]
        _centre_vertically(cell)
        flow = Flow(self._document, cell, first=cell.paragraphs[0])
        for line in lines:
            flow.add_line(line, style)

    def add_frame(self, frame: Frame, style: ParagraphStyle) -> None:
        """One line of words in the middle of a box of a given size, centred."""
        table = _new_table(self._container, 1, (frame.width_mm,), centred=True)
        if isinstance(self._container, _Cell):
            self._first = self._container.paragraphs[-1]  # a cell must end with a paragraph, and got one
        _draw_borders(table, frame.thick_pt, color=frame.color)
        row: Any = table.rows[0]
        row.height = Mm(frame.height_mm)
        row._tr.get_or_add_trPr().find(qn("w:trHeight")).set(qn("w:hRule"), "exact")
        cell = row.cells[0]
        _centre_vertically(cell)
        flow = Flow(self._document, cell, first=cell.paragraphs[0])
        flow.add_line(frame.text, style)
        for run in cell.paragraphs[0].runs:
            run.font.color.rgb = RGBColor.from_string(frame.color)

    def add_grid(
        self,
        cells: Sequence[GridCell],
        widths_mm: Sequence[float],
        *,
        rows: int,
        head_rows: int,
        padding_mm: tuple[float, float],
        thick_pt: float,
    ) -> None:
        """A ruled table; its first `head_rows` rows repeat on every page, rows stay whole where they fit.

        `padding_mm` is above and below a cell's text, and at its sides.
        """
        over, side = padding_mm
        table = _new_table(self._container, rows, widths_mm, padding_mm=(over, over, side))
        _draw_borders(table, thick_pt)
        grid = [list(row.cells) for row in table.rows]
        for place in cells:
            cell = grid[place.row][place.column]
            if place.rows > 1 or place.columns > 1:
                cell = cell.merge(grid[place.row + place.rows - 1][place.column + place.columns - 1])
            if place.middle:
                _centre_vertically(cell)
            flow = Flow(self._document, cell, first=cell.paragraphs[0])
            for line in place.lines or ("",):
                flow.add_line(line, place.style)
            for spare in cell.paragraphs[len(place.lines or ("",)) :]:  # merging leaves empty paragraphs
                spare._p.getparent().remove(spare._p)
        for at, row in enumerate(table.rows):
            _keep_row_whole(row)
            if at < head_rows:
                row._tr.get_or_add_trPr().append(parse_xml(word_xml.flag("tblHeader")))

    def _new_paragraph(self, style: ParagraphStyle) -> Any:
        if self._document.styles.element.get_by_id(style.id) is None:
            _add_style(self._document, style)
        paragraph: Any = self._first
        self._first = None
        if paragraph is None:
            paragraph = self._container.add_paragraph()
        paragraph._p.style = style.id  # by its name it would be looked for among all styles, three times
        return paragraph

    def _link(self, paragraph: Any, run: Any, url: str) -> None:
        """Wrap `run` in a link. It keeps the text's own colour: a letter is black (the decree)."""
        relation = self._document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link: Any = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"/>')
        paragraph._p.append(link)
        link.append(run._r)


class WordDocument(Flow):
    """A document in one typeface and one language, all text black."""

    def __init__(
        self, *, font: str, lang: str, size_pt: float, title: str, author: str, subject: str
    ) -> None:
        document: Any = docx.Document()
        super().__init__(document, document)
        self._sections = 0
        self._font = font
        _drop_template_parts(document)
        _set_defaults(document, font, lang, size_pt)
        core = document.core_properties
        core.title, core.author, core.subject, core.language = _cut(title), _cut(author), _cut(subject), lang
        core.last_modified_by, core.comments, core.keywords, core.revision = author, "", "", 1
        core.created = core.modified = _EPOCH
        self.add_style(_LAST)

    def add_style(self, style: ParagraphStyle) -> None:
        """Make the named `style` known; others are made known where they are used."""
        _add_style(self._document, style)

    def begin_section(self, page: PageShape, number_style: ParagraphStyle) -> None:
        """Start a page of this shape; numbers start at 1 and are not shown on its first page."""
        first = self._sections == 0
        section: Any = self._document.sections[0]
        if not first:
            section = self._document.add_section(WD_SECTION.NEW_PAGE)
            self._document.paragraphs[-1].style = self._document.styles[_LAST.name]
        self._sections += 1
        section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
        wide = page.width_mm > page.height_mm
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
        section.left_margin, section.right_margin, section.gutter = Mm(page.left_mm), Mm(page.right_mm), Mm(0)
        section.header_distance, section.footer_distance = Mm(page.number_top_mm), Mm(page.number_top_mm)
        section.different_first_page_header_footer = True
        for old in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(old)
        section._sectPr.insert_element_before(
            parse_xml(word_xml.flag("pgNumType", start="1")), "w:cols", "w:titlePg", "w:docGrid"
        )
        if first:
            section.first_page_header.paragraphs[0].style = self._document.styles[number_style.name]
            _write_page_number(section.header.paragraphs[0], self._document.styles[number_style.name])

    def add_first_footer(
        self, lines: Sequence[str], style: ParagraphStyle, *, bottom_mm: float, thick_pt: float
    ) -> None:
        """`lines` at the foot of the first page, below a line as wide as the text; the margin stays free.

        Word makes room above it: what stands `bottom_mm` above the page's edge grows upwards.
        """
        section: Any = self._document.sections[0]
        section.footer_distance = Mm(bottom_mm)
        footer = section.first_page_footer
        flow = Flow(self._document, footer, first=footer.paragraphs[0])
        for at, line in enumerate(lines):
            flow.add_line(line, style)
            if not at:
                paragraph = footer.paragraphs[0]
                # The border goes in before the spacing: Word insists on that order.
                paragraph._p.get_or_add_pPr().append(parse_xml(word_xml.rule_above(thick_pt)))

    def end_first_footer(self) -> None:
        """Nothing at the foot of the section's first page, whatever the one before has there."""
        section: Any = self._document.sections[-1]
        footer = section.first_page_footer
        footer.is_linked_to_previous = False
        footer.paragraphs[0].style = self._document.styles[_LAST.name]

    def add_watermark(self, text: str, *, size_pt: tuple[float, float]) -> None:
        """`text` in light grey across every page, behind the words; after the first section has begun."""
        section: Any = self._document.sections[0]
        for number, header in enumerate((section.first_page_header, section.header), start=1):
            mark = word_xml.watermark(text, self._font, size_pt=size_pt, number=number)
            header.paragraphs[0]._p.append(parse_xml(mark))

    def to_bytes(self) -> bytes:
        """The file; it ends with a paragraph, because Word wants one after a table."""
        self.add_line("", _LAST)
        written = io.BytesIO()
        self._document.save(written)
        return without_clock(written.getvalue())


def _add_style(document: Any, style: ParagraphStyle) -> None:
    made: Any = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    made.element.set(qn("w:styleId"), style.id)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    made.font.size, made.font.bold, made.font.italic = Pt(style.size_pt), style.bold, style.italic
    shape = made.paragraph_format
    shape.left_indent, shape.right_indent = Mm(style.left_mm), Mm(style.right_mm)
    shape.first_line_indent = Mm(style.first_line_mm)
    shape.space_before, shape.space_after = Pt(style.before_pt), Pt(style.after_pt)
    shape.line_spacing = Pt(style.line_pt) if style.line_pt else 1.0
    shape.keep_with_next = style.keep_with_next
    shape.alignment = _ALIGNMENTS[style.align]
    if style.outline is not None:
        level = word_xml.flag("outlineLvl", val=str(style.outline - 1))
        made.element.get_or_add_pPr().append(parse_xml(level))


def _cut(text: str) -> str:
    """`text` as a document property, which holds 255 letters at most."""
    return text if len(text) <= _PROPERTY_LETTERS else f"{text[: _PROPERTY_LETTERS - 1].rsplit(' ', 1)[0]}…"


def _drop_template_parts(document: Any) -> None:
    """Take out what python-docx's template brings along: a stale thumbnail, lists, some 160 styles."""
    for owner in (document.part.package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED_PARTS:
                del owner.rels[key]
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)


def _set_defaults(document: Any, font: str, lang: str, size_pt: float) -> None:
    """One typeface for every script, the language, and Word's present layout rules."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    made = word_xml.defaults(font, lang, half_points=round(size_pt * 2))
    defaults.getparent().replace(defaults, parse_xml(made))
    normal = document.styles["Normal"]
    for part in list(normal.element):
        if part.tag in {qn("w:rPr"), qn("w:pPr")}:
            normal.element.remove(part)
    compat = document.settings.element.find(qn("w:compat"))
    compat.clear()
    compat.append(parse_xml(word_xml.present_layout()))


def _new_table(
    container: Any,
    rows: int,
    widths_mm: Sequence[float],
    *,
    centred: bool = False,
    padding_mm: tuple[float, float, float] = (0.0, 0.0, 0.0),
) -> Any:
    """A table of fixed widths without borders, at the left edge of the text or centred.

    `padding_mm` is above, below and at both sides of a cell's text.
    """
    if isinstance(container, Document):
        table: Any = container.add_table(rows, len(widths_mm))
    elif isinstance(container, _Cell):
        table = container.add_table(rows, len(widths_mm))
    else:
        table = container.add_table(rows, len(widths_mm), Mm(sum(widths_mm)))
    total, *padding = (round(length * 1440 / 25.4) for length in (sum(widths_mm), *padding_mm))
    old = table._tbl.tblPr
    old.getparent().replace(old, parse_xml(word_xml.table_properties(total, padding, centred=centred)))
    widths = [Mm(width) for width in widths_mm]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table._tbl.tr_lst:  # a column's cells would be looked for in the whole table, for each column
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width
    return table


def _draw_borders(table: Any, thick_pt: float, *, color: str = "000000") -> None:
    borders = parse_xml(word_xml.table_borders(thick_pt, color=color))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)


def _keep_row_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().insert(0, parse_xml(word_xml.flag("cantSplit")))


def _centre_vertically(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(word_xml.flag("vAlign", val="center")))


def _write_page_number(paragraph: Any, style: Any) -> None:
    """A field that Word fills with the page's number."""
    paragraph.style = style
    paragraph._p.append(parse_xml(word_xml.page_number()))
