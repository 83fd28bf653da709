"""What is drawn in a Word paragraph: lines, pictures, boxes with words; DrawingML, VML, or borders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

from dxassets.backends.word_archive import W
from dxassets.backends.word_formats import number

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_MM_PER_EMU = 25.4 / 914400
_UNITS_MM = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96, "": 25.4 / 72}
_LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|in|cm|mm|px)?")
_LINES = {"line", "straightConnector1", "bentConnector2", "bentConnector3"}
_VML_CONNECTOR = "#_x0000_t32"
_FLAT_MM = 2.0


@dataclass
class Drawn:
    """What was found: lengths of lines (mm), whether there is a picture, boxes with the elements in them."""

    rules_mm: list[float] = field(default_factory=list[float])
    has_picture: bool = False
    boxes: list[tuple[float, float, Xml.Element]] = field(
        default_factory=list[tuple[float, float, Xml.Element]]
    )


def branches(element: Xml.Element) -> Iterator[Xml.Element]:
    """The children of `element`; of an alternative only its first choice, or else the fallback."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            chosen = chosen if chosen is not None else child.find(f"{_MC}Fallback")
            if chosen is not None:
                yield from branches(chosen)
        else:
            yield child


def look_at(element: Xml.Element, drawn: Drawn) -> None:
    """Add what a `w:drawing`, `w:pict` or `w:object` shows."""
    if element.tag == f"{W}drawing":
        for frame in (*element.iter(f"{_WP}inline"), *element.iter(f"{_WP}anchor")):
            _look_at_frame(frame, drawn)
    else:
        _look_at_vml(element, drawn)


def _look_at_frame(frame: Xml.Element, drawn: Drawn) -> None:
    extent = frame.find(f"{_WP}extent")
    width, height = (
        (number(extent.get("cx")) * _MM_PER_EMU, number(extent.get("cy")) * _MM_PER_EMU)
        if extent is not None
        else (0.0, 0.0)
    )
    words = frame.find(f".//{W}txbxContent")
    if words is not None:
        drawn.boxes.append((width, height, words))
    elif frame.find(f".//{_A}blip") is not None:
        drawn.has_picture = True
    else:
        shapes = {shape.get("prst") for shape in frame.iter(f"{_A}prstGeom")}
        connects = frame.find(f".//{_WPS}cNvCnPr") is not None
        if height <= _FLAT_MM and (shapes & _LINES or connects or "rect" in shapes):
            drawn.rules_mm.append(width)


def _look_at_vml(element: Xml.Element, drawn: Drawn) -> None:
    for shape in element.iter():
        if not str(shape.tag).startswith(_V):
            continue
        style = shape.get("style", "")
        width, height = _styled(style, "width"), _styled(style, "height")
        words = shape.find(f".//{W}txbxContent")
        if words is not None and shape.tag in {f"{_V}rect", f"{_V}shape", f"{_V}roundrect"}:
            drawn.boxes.append((width, height, words))
        elif shape.tag == f"{_V}line":
            drawn.rules_mm.append(_between(shape.get("from", ""), shape.get("to", "")))
        elif shape.tag == f"{_V}imagedata":
            drawn.has_picture = True
        elif shape.tag == f"{_V}shape" and shape.get("type") == _VML_CONNECTOR:
            drawn.rules_mm.append(width)


def _styled(style: str, key: str) -> float:
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if name.strip() == key:
            return _length(value)
    return 0.0


def _length(text: str) -> float:
    found = _LENGTH.match(text.strip())
    return number(found.group(1)) * _UNITS_MM[found.group(2) or ""] if found else 0.0


def _between(first: str, last: str) -> float:
    """The length of a VML line that is not steep."""
    return abs(_length(last.partition(",")[0]) - _length(first.partition(",")[0]))


def border_count(paragraph: Xml.Element | None) -> int:
    """How many lines (above, below) border a paragraph."""
    borders = paragraph.find(f"{W}pBdr") if paragraph is not None else None
    return count_lines(borders, ("top", "bottom", "between"))


def count_lines(borders: Xml.Element | None, sides: tuple[str, ...]) -> int:
    """How many of `sides` have a line in a borders element."""
    if borders is None:
        return 0
    found = (borders.find(f"{W}{side}") for side in sides)
    return sum(1 for side in found if side is not None and side.get(f"{W}val", "nil") not in {"nil", "none"})
