"""What a print shop needs beside the picture: page boxes, layers, and the colour space that is meant.

WeasyPrint makes the page; this finishes the file before it is written. It knows
only two boxes (BleedBox never more than 10 pt outside the TrimBox) and no layers.
It, `signing_fields` and `tables` alone import pydyf.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dxassets.backends.silence import quietly_imported
from dxassets.geometry import MM_PER_INCH

with quietly_imported:
    import pydyf

_PT_PER_MM = 72.0 / MM_PER_INCH
_STREAM, _END_OF_STREAM = b"\nstream\n", b"\nendstream"
_pydyf: Any = pydyf


@dataclass(frozen=True, slots=True)
class PageBoxes:
    """A sheet in mm: the picture with bleed lies `slug` inside the paper's edge, the trim `bleed` further."""

    width: float
    height: float
    bleed: float = 0.0
    slug: float = 0.0


@dataclass(frozen=True, slots=True)
class Layer:
    """A drawing over the whole sheet; with a name, a layer that can be switched off (optional content)."""

    svg: str
    name: str | None = None


def finish(_document: Any, pdf: Any, *, boxes: PageBoxes, layers: Sequence[Layer], profile: bytes) -> None:
    """WeasyPrint's last step: give the one sheet its boxes and colour space, lay the other pages over it."""
    numbers = pdf.pages["Kids"][::3]
    pages = [pdf.objects[number] for number in numbers]
    sheet = pages[0]
    _set_boxes(sheet, boxes)
    _declare(pdf, profile)
    if layers:
        _lay_over(pdf, sheet, [*zip(pages[1:], layers, strict=True)])
        pdf.pages["Kids"], pdf.pages["Count"] = _pydyf.Array([numbers[0], 0, "R"]), 1


def compress(pdf: Any) -> None:
    """Deflate the streams once, and for good.

    pydyf deflates each at its slowest level, and does so a second time for the file's identifier.
    """
    for item in pdf.objects:
        if isinstance(item, _pydyf.Stream) and item.compress:
            item.compress = False
            plain = item.data.split(_STREAM, 1)[1].removesuffix(_END_OF_STREAM)
            item.stream = [zlib.compress(plain)]
            item.extra["Filter"] = "/FlateDecode"


def _set_boxes(sheet: Any, boxes: PageBoxes) -> None:
    """MediaBox, BleedBox and TrimBox, one inside the other (ISO 32000-1, 14.11.2)."""
    for name, inset in (
        ("MediaBox", 0.0),
        ("BleedBox", boxes.slug),
        ("TrimBox", boxes.slug + boxes.bleed),
    ):
        sheet[name] = _pydyf.Array(
            [
                inset * _PT_PER_MM,
                inset * _PT_PER_MM,
                (boxes.width - inset) * _PT_PER_MM,
                (boxes.height - inset) * _PT_PER_MM,
            ]
        )


def _declare(pdf: Any, profile: bytes) -> None:
    """Say that the colours are sRGB.

    Only as the output intent: WeasyPrint's own option would also draw the gradients
    in that profile's colour space, and with it they are lost.
    """
    stream = _pydyf.Stream([profile], _pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(stream)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFX",
        "OutputConditionIdentifier": _pydyf.String("sRGB IEC61966-2.1"),
        "Info": _pydyf.String("sRGB IEC61966-2.1"),
        "DestOutputProfile": stream.reference,
    }
    pdf.catalog["OutputIntents"] = _pydyf.Array([_pydyf.Dictionary(intent)])


def _lay_over(pdf: Any, sheet: Any, pages: list[tuple[Any, Layer]]) -> None:
    """Draw the contents of `pages` after those of the sheet, the named ones as optional content."""
    parts = [_content(pdf, b"q"), sheet["Contents"], _content(pdf, b"Q")]
    groups: list[Any] = []
    names = _pydyf.Dictionary({})
    for page, layer in pages:
        begin, end = b"q", b"Q"
        if layer.name is not None:
            group = _pydyf.Dictionary({"Type": "/OCG", "Name": _pydyf.String(layer.name)})
            pdf.add_object(group)
            key = f"layer{len(groups)}"
            names[key] = group.reference
            groups.append(group.reference)
            begin, end = f"/OC /{key} BDC q".encode(), b"Q EMC"
        parts += [_content(pdf, begin), page["Contents"], _content(pdf, end)]
        page.clear()  # an object can't be taken out of the file; an empty one is no page
    sheet["Contents"] = _pydyf.Array(parts)
    if groups:
        pdf.objects[int(sheet["Resources"].split()[0])]["Properties"] = names
        order = _pydyf.Array(groups)
        pdf.catalog["OCProperties"] = _pydyf.Dictionary(
            {"OCGs": order, "D": _pydyf.Dictionary({"ON": order, "Order": order})}
        )


def _content(pdf: Any, operators: bytes) -> bytes:
    """A reference to a new content stream of just these operators."""
    stream = _pydyf.Stream([operators])
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference
