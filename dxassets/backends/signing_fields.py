"""Empty signature fields in a PDF, where signing programs look for them (ISO 32000-1, 12.7.4.5).

WeasyPrint has no such fields; these are added before the file is written. An element of the page says with
``data-field`` what its field is called, with ``data-title`` whose it is: the field lies in the margin above
it, or on the element where it has none. With ``data-sealed`` a second field is the body's, on the first one's
left third (Phụ lục I, Phần I, mục II.8.a). Nothing is drawn: an empty field prints nothing. What PDF/A and
PDF/UA ask of an annotation (to be printed, an appearance, a place in the structure) is kept. It and `press`
alone import pydyf.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dxassets.backends.silence import quietly_imported
from dxassets.geometry import MM_PER_INCH

with quietly_imported:
    import pydyf

_pydyf: Any = pydyf
_PT_PER_PX = 0.75
_PT_PER_MM = 72.0 / MM_PER_INCH
_PRINTED = 4
_THERE_ARE_SIGNATURE_FIELDS = 1
_ROOM_PX = 20.0


@dataclass(frozen=True, slots=True)
class FieldShape:
    """How wide a person's field is, and how wide and high the body's (mm)."""

    wide_mm: float
    seal_mm: float


@dataclass(frozen=True, slots=True)
class _Field:
    """A field's name, what it is for, its page (from 0) and bounds (pt from the page's lower left corner)."""

    name: str
    told: str
    page: int
    left: float
    bottom: float
    right: float
    top: float


def add_fields(document: Any, pdf: Any, *, shape: FieldShape) -> None:
    """Give the file an empty signature field for each element of the `document` that asks for one."""
    fields = list(_fields(document, shape))
    if not fields:
        return
    references = _pydyf.Array([])
    for field in fields:
        widget = _widget(pdf, field)
        references.append(widget.reference)
        _place_in_structure(pdf, widget, field)
        page = pdf.objects[int(pdf.page_references[field.page].split()[0])]
        page.setdefault("Annots", _pydyf.Array([])).append(widget.reference)
    form = {"Fields": references, "SigFlags": _THERE_ARE_SIGNATURE_FIELDS}
    pdf.catalog["AcroForm"] = _pydyf.Dictionary(form)


def _fields(document: Any, shape: FieldShape) -> Iterator[_Field]:
    """The fields that the pages' elements ask for; a name that is asked for again gets a number."""
    counts: dict[str, int] = {}

    def named(name: str) -> str:
        counts[name] = counts.get(name, 0) + 1
        return name if counts[name] == 1 else f"{name}-{counts[name]}"

    for number, page in enumerate(document.pages):
        seen: set[int] = set()
        for box in page._page_box.descendants():  # noqa: SLF001  (WeasyPrint tells places in no other way)
            said = _attributes(box)
            name = said.get("data-field")
            if name is None or id(said) in seen:
                continue
            seen.add(id(said))
            title = said.get("data-title", "")
            first, *seal = _bounds(box, page.height, shape, sealed="data-sealed" in said)
            yield _Field(named(name), _told(name, title), number, *first)
            for bounds in seal:
                told = f"Dấu, chữ ký số của cơ quan, tổ chức, bên trái chữ ký: {title}"
                yield _Field(named("co-quan"), told, number, *bounds)


def _attributes(box: Any) -> dict[str, str]:
    """What the element that a box is made of says; an element's own dictionary, so that it is known again."""
    element = box.element if hasattr(box, "element") else None
    return {} if element is None else element.attrib


def _told(name: str, title: str) -> str:
    what = "Chữ ký số của cơ quan, tổ chức" if name == "co-quan" else "Chữ ký"
    return f"{what}: {title}" if title else what


def _bounds(
    box: Any, page_height: float, shape: FieldShape, *, sealed: bool
) -> Iterator[tuple[float, float, float, float]]:
    """The bounds (pt) of an element's field, and of the body's beside it."""
    top, bottom = box.position_y, box.position_y + box.margin_top
    left, right = box.border_box_x(), box.border_box_x() + box.border_width()
    if bottom - top < _ROOM_PX:
        top, bottom = bottom, bottom + box.border_height()
    else:
        middle, half = (left + right) / 2, shape.wide_mm * _PT_PER_MM / _PT_PER_PX / 2
        left, right = middle - half, middle + half
    yield _turned(left, top, right, bottom, page_height)
    if sealed:
        side = shape.seal_mm * _PT_PER_MM / _PT_PER_PX
        edge, level = left + (right - left) / 3, (top + bottom) / 2
        yield _turned(edge - side, level - side / 2, edge, level + side / 2, page_height)


def _turned(
    left: float, top: float, right: float, bottom: float, height: float
) -> tuple[float, float, float, float]:
    """CSS px from the upper left corner as pt from the lower left one: left, bottom, right, top."""
    return (
        left * _PT_PER_PX,
        (height - bottom) * _PT_PER_PX,
        right * _PT_PER_PX,
        (height - top) * _PT_PER_PX,
    )


def _widget(pdf: Any, field: _Field) -> Any:
    """A field that is its own widget, with an appearance that shows nothing."""
    width, height = field.right - field.left, field.top - field.bottom
    empty = _pydyf.Stream(
        [b""],
        _pydyf.Dictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": _pydyf.Array([0, 0, round(width, 3), round(height, 3)]),
                "Resources": _pydyf.Dictionary({}),
            }
        ),
    )
    pdf.add_object(empty)
    bounds = [round(each, 3) for each in (field.left, field.bottom, field.right, field.top)]
    widget = _pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": _pydyf.String(field.name),
            "TU": _pydyf.String(field.told),
            "Rect": _pydyf.Array(bounds),
            "F": _PRINTED,
            "P": pdf.page_references[field.page],
            "AP": _pydyf.Dictionary({"N": empty.reference}),
        }
    )
    pdf.add_object(widget)
    return widget


def _place_in_structure(pdf: Any, widget: Any, field: _Field) -> None:
    """A Form element for the widget at the end of the document's structure, where the file has one."""
    if "StructTreeRoot" not in pdf.catalog:
        return
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    whole = _object(pdf, root["K"][0])
    page = pdf.page_references[field.page]
    element = _pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": "/Form",
            "P": whole.reference,
            "Pg": page,
            "Alt": _pydyf.String(field.told),
            "K": _pydyf.Array([_pydyf.Dictionary({"Type": "/OBJR", "Obj": widget.reference, "Pg": page})]),
        }
    )
    pdf.add_object(element)
    whole["K"].append(element.reference)
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    key = numbers[-2] + 1 if numbers else 0
    numbers.extend((key, element.reference))
    widget["StructParent"] = key


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
