"""Changes how a Word file looks and not a letter of what it says, in python-docx's tree of it.

What is asked for names paragraphs, sections and tables by the numbers that `word_reader` gives them.
"""

# What python-docx shows only part of is reached through its `_p`, `_sectPr`.
# ruff: noqa: SLF001

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from dxassets.backends.silence import quietly_imported
from dxassets.backends.word_archive import WordArchive
from dxassets.backends.word_looks import Looks, Mending, Page
from dxassets.backends.word_reader import read_tree
from dxassets.backends.written import WordWords

with quietly_imported:
    import docx
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Mm

_TWIPS_PER_MM = 1440 / 25.4
_AUTHOR = "dxassets"
_ALIGNS = {"left", "center", "right", "both"}


def mended(data: bytes, mending: Mending, *, tracked: bool) -> bytes:
    """The Word file with the changes, or with each kept as one that a person may take or refuse."""
    document: Any = docx.Document(io.BytesIO(data))
    elements: tuple[Any, ...] = read_tree(WordArchive(data), document.element)[1]
    hand = _Hand(tracked=tracked)
    for number, looks in mending.looks.items():
        hand.paragraph(elements[number], looks)
    for number, (length, room) in sorted(mending.rules.items(), reverse=True):
        elements[number].addnext(_rule(length, room))
    for number, page in mending.pages.items():
        hand.section(document.sections[number], page)
    tables = list(document.element.body.iter(qn("w:tbl")))
    for number, (left, width) in mending.tables.items():
        _table(tables[number], left, width)
    for number in mending.heads:
        _repeat(tables[number])
    if mending.number_pt is not None:
        _number(document, mending.number_pt, mending.number_family)
    done = io.BytesIO()
    document.save(done)
    return done.getvalue()


def read_for_mending(data: bytes) -> WordWords:
    """What `mended` will find in the file, in its order."""
    document: Any = docx.Document(io.BytesIO(data))
    return read_tree(WordArchive(data), document.element)[0]


class _Hand:
    """Changes properties, keeping the old ones beside them when changes are to be seen."""

    def __init__(self, *, tracked: bool) -> None:
        self._tracked, self._count = tracked, 9000

    def paragraph(self, element: Any, looks: Looks) -> None:
        shape = {
            "jc": looks.align,
            "ind": (looks.left_mm, looks.right_mm, looks.first_mm),
            "spacing": (looks.before_pt, looks.after_pt, looks.line_em),
        }
        if looks.align or any(each is not None for key in ("ind", "spacing") for each in shape[key] or ()):
            properties = element.get_or_add_pPr()
            self._keep(properties, "pPrChange", "pPr", leave=("rPr", "sectPr", "pPrChange"))
            _shape(properties, looks)
        for run in [each for each in element.iter(qn("w:r")) if _is_own(each, element)]:
            self._run(run, looks)
        if looks.tight:
            _tighten(element)

    def _run(self, run: Any, looks: Looks) -> None:
        wanted = (looks.size_pt, looks.bold, looks.italic, looks.underline, looks.color, looks.family)
        if all(each is None for each in wanted):
            return
        properties = run.get_or_add_rPr()
        self._keep(properties, "rPrChange", "rPr", leave=("rPrChange",))
        for name, on in (("b", looks.bold), ("i", looks.italic)):
            if on is not None:
                _put(properties, name, val="1" if on else "0")
        if looks.underline is not None:
            _put(properties, "u", val="single" if looks.underline else "none")
        if looks.size_pt is not None:
            for name in ("sz", "szCs"):
                _put(properties, name, val=str(round(looks.size_pt * 2)))
        if looks.color is not None:
            _put(properties, "color", val=looks.color)
        if looks.family is not None:
            _put(properties, "rFonts", **dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), looks.family))

    def section(self, section: Any, page: Page) -> None:
        properties = section._sectPr
        self._keep(
            properties, "sectPrChange", "sectPr", leave=("headerReference", "footerReference", "sectPrChange")
        )
        if page.size is not None:
            section.page_width, section.page_height = (Mm(each) for each in page.size)
        for name, mm in page.margins.items():
            setattr(section, "gutter" if name == "gutter" else f"{name}_margin", Mm(mm))
        if page.starts_at is not None:
            number = properties.find(qn("w:pgNumType"))
            if number is None:
                number = OxmlElement("w:pgNumType")
                after = [each for each in properties if each.tag in _AFTER_NUMBER]
                after[0].addprevious(number) if after else properties.append(number)
            number.set(qn("w:start"), str(page.starts_at))

    def _keep(self, properties: Any, change: str, name: str, *, leave: Sequence[str]) -> None:
        """Keep what stands in `properties` as the state before a change, once."""
        if not self._tracked or properties.find(qn(f"w:{change}")) is not None:
            return
        old = OxmlElement(f"w:{name}")
        for child in properties:
            if child.tag not in {qn(f"w:{each}") for each in leave}:
                old.append(deepcopy(child))
        self._count += 1
        record = OxmlElement(f"w:{change}")
        record.set(qn("w:id"), str(self._count))
        record.set(qn("w:author"), _AUTHOR)
        record.append(old)
        properties.append(record)


_AFTER_NUMBER = {
    qn(f"w:{name}")
    for name in ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter",
                 "docGrid", "printerSettings", "sectPrChange")
}  # fmt: skip
_RUN_ORDER = """
    rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
    vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs
    em lang eastAsianLayout specVanish oMath rPrChange
""".split()
_PARAGRAPH_ORDER = """
    pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
    adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection
    textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
""".split()
"""Word insists on the schema's order."""


def _put(properties: Any, name: str, **said: str) -> Any:
    """The element of that name with these attributes, at its place in the schema's order."""
    element = properties.find(qn(f"w:{name}"))
    if element is None:
        order: list[Any] = [*_RUN_ORDER] if properties.tag == qn("w:rPr") else [*_PARAGRAPH_ORDER]
        element = OxmlElement(f"w:{name}")
        later = {qn(f"w:{each}") for each in order[order.index(name) + 1 :]}
        after = next((each for each in properties if each.tag in later), None)
        properties.append(element) if after is None else after.addprevious(element)
    if name == "rFonts":
        for key in list(element.attrib):
            del element.attrib[key]
    for key, value in said.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _shape(properties: Any, looks: Looks) -> None:
    """Alignment, indents and gaps."""
    if looks.align in _ALIGNS:
        _put(properties, "jc", val=looks.align or "left")
    indents = {"left": looks.left_mm, "right": looks.right_mm, "firstLine": looks.first_mm}
    said = {key: str(round(mm * _TWIPS_PER_MM)) for key, mm in indents.items() if mm is not None}
    if said:
        indent = _put(properties, "ind")
        gone = {
            "left": ("start",),
            "right": ("end",),
            "firstLine": ("hanging", "hangingChars", "firstLineChars"),
        }
        for key in said:
            for other in gone[key]:
                indent.attrib.pop(qn(f"w:{other}"), None)
        for key, twips in said.items():
            indent.set(qn(f"w:{key}"), twips)
    gaps = {"before": looks.before_pt, "after": looks.after_pt}
    said = {key: str(round(pt * 20)) for key, pt in gaps.items() if pt is not None}
    if looks.line_em is not None:
        said |= {"line": str(round(looks.line_em * 240)), "lineRule": "auto"}
    if said:
        spacing = _put(properties, "spacing", **said)
        for key in said:
            spacing.attrib.pop(qn(f"w:{key}Autospacing"), None)
        if looks.after_pt is not None and properties.find(qn("w:contextualSpacing")) is not None:
            properties.remove(properties.find(qn("w:contextualSpacing")))


def _is_own(run: Any, paragraph: Any) -> bool:
    """Whether a run is the paragraph's own, not one of a text box that is anchored in it."""
    above = run.getparent()
    while above is not None and above.tag != qn("w:p"):
        above = above.getparent()
    return above is paragraph


_BLANKS = " \u00a0"


def _is_beside_a_sign(text: str, at: int) -> bool:
    """Whether the blank at `at` stands beside a dash, or after a slash: before one it may be a number's."""
    before, after = text[:at].rstrip(_BLANKS)[-1:], text[at:].lstrip(_BLANKS)[:1]
    return before in {"/", "-"} or after == "-"


def _tighten(paragraph: Any) -> None:
    """Take out blanks beside “/” and “-”, within runs and across them; letters stay."""
    texts = [each for each in paragraph.iter(qn("w:t")) if each.text]
    whole = "".join(each.text for each in texts)
    kept = [not (char in _BLANKS and _is_beside_a_sign(whole, at)) for at, char in enumerate(whole)]
    at = 0
    for each in texts:
        length = len(each.text)
        each.text = "".join(
            char for char, keep in zip(each.text, kept[at : at + length], strict=True) if keep
        )
        at += length


def _rule(length: float, room: float) -> Any:
    """An empty paragraph of 1 pt with a line above it, centred."""
    beside = round(max(0.0, room - length) / 2 * _TWIPS_PER_MM)
    return parse_xml(
        f"<w:p {nsdecls('w')}><w:pPr><w:pBdr>"
        '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        '<w:spacing w:before="20" w:after="60" w:line="120" w:lineRule="exact"/>'
        f'<w:ind w:left="{beside}" w:right="{beside}" w:firstLine="0"/>'
        '<w:jc w:val="center"/><w:rPr><w:sz w:val="8"/></w:rPr></w:pPr></w:p>'
    )


def _table(table: Any, left: float, width: float) -> None:
    """Move a table, and make all its columns narrower alike."""
    properties = table.tblPr
    for old in properties.findall(qn("w:jc")):
        properties.remove(old)
    indent = properties.find(qn("w:tblInd"))
    if indent is None:
        indent = OxmlElement("w:tblInd")
        after = [each for each in properties if each.tag in _AFTER_INDENT]
        after[0].addprevious(indent) if after else properties.append(indent)
    indent.set(qn("w:w"), str(round(left * _TWIPS_PER_MM)))
    indent.set(qn("w:type"), "dxa")
    columns = table.tblGrid.findall(qn("w:gridCol"))
    whole = sum(int(each.get(qn("w:w")) or 0) for each in columns)
    share = width * _TWIPS_PER_MM / whole if whole else 1.0
    for each in (*columns, *table.iter(qn("w:tcW"))):
        each.set(qn("w:w"), str(round(float(each.get(qn("w:w")) or 0) * min(1.0, share))))


_AFTER_INDENT = {
    qn(f"w:{name}") for name in ("tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblPrChange")
}


def _repeat(table: Any) -> None:
    """The first row is a head that repeats; no row is cut by a page's end."""
    for at, row in enumerate(table.findall(qn("w:tr"))):
        properties = row.get_or_add_trPr()
        for name in ("cantSplit", *(("tblHeader",) if at == 0 else ())):
            if properties.find(qn(f"w:{name}")) is None:
                properties.append(OxmlElement(f"w:{name}"))


def _number(document: Any, size_pt: float, family: str) -> None:
    """A page number centred in the top margin of every page but the first, and nowhere else."""
    for at, section in enumerate(document.sections):
        _without_numbers(section.footer, section.first_page_footer, section.first_page_header)
        section.different_first_page_header_footer = True
        if at:
            section.header.is_linked_to_previous = True
            continue
        _without_numbers(section.header)
        line = section.header.paragraphs[0] if section.header.paragraphs else section.header.add_paragraph()
        if line.text.strip():
            line = line.insert_paragraph_before("")
        line.alignment = 1
        line.paragraph_format.first_line_indent = line.paragraph_format.left_indent = 0
        field = parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:rPr>'
            f'<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}"/>'
            '<w:b w:val="0"/><w:i w:val="0"/>'
            f'<w:sz w:val="{round(size_pt * 2)}"/></w:rPr><w:t>2</w:t></w:r></w:fldSimple>'
        )
        line._p.append(field)


def _without_numbers(*parts: Any) -> None:
    """Take out the paragraphs that show a page number and nothing but it."""
    for part in parts:
        if part.is_linked_to_previous:
            continue
        for paragraph in list(part._element.iter(qn("w:p"))):
            codes = [each.text or "" for each in paragraph.iter(qn("w:instrText"))]
            codes += [each.get(qn("w:instr")) or "" for each in paragraph.iter(qn("w:fldSimple"))]
            if any(code.split()[:1] == ["PAGE"] for code in codes):
                for child in [each for each in paragraph if each.tag != qn("w:pPr")]:
                    paragraph.remove(child)
