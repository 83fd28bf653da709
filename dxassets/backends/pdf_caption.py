"""Lays a caption over the first page of anybody's PDF, and an empty signature field on it.

All else of the file stays as it is: pages, pictures, what it says of itself. The caption is marked as an
artifact, so that a tagged file stays one. The only module that imports pypdf.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dxassets.backends.silence import quietly_imported
from dxassets.backends.written import UnreadableError
from dxassets.geometry import MM_PER_INCH

with quietly_imported:
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError
    from pypdf.generic import (
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is told as our own error
_MM = MM_PER_INCH / 72.0
_PRINTED, _SIGNATURES = 4, 1
_FIELD_LEVELS = 20
_MARK = "/DxCopyMark"
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in mm from the upper left corner of a page as it is seen."""


@dataclass(frozen=True, slots=True)
class ForeignPdf:
    """A PDF's version, the size (mm) of its first page as it is seen, and whether it is signed."""

    version: tuple[int, int]
    width: float
    height: float
    is_signed: bool


def sheet_of(data: bytes) -> ForeignPdf:
    """What the file is; `UnreadableError` when it is damaged, encrypted or empty."""
    reader = _read(data)
    page = reader.pages[0]
    width, height = float(page.cropbox.width) * _MM, float(page.cropbox.height) * _MM
    if page.rotation % 180:
        width, height = height, width
    return ForeignPdf(_version(reader), width, height, any(_signed(_fields(reader))))


def captioned(data: bytes, caption: bytes, *, field: Box, name: str, told: str) -> bytes:
    """The file with the page of `caption` laid over its first one, and a field for a signature.

    `caption` is a PDF page as large as the first one is seen. `told` says what the field is for.
    """
    reader = _read(data)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    page: Any = writer.pages[0]
    matrix = _upright(page)
    _lay_over(writer, page, PdfReader(io.BytesIO(caption)).pages[0], matrix)
    _add_field(writer, page, _turned(field, page, matrix), name=name, told=told)
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


def _read(data: bytes) -> Any:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("tệp PDF được đặt mật khẩu", "the PDF is encrypted")
        if not len(reader.pages):
            raise UnreadableError("tệp PDF không có trang nào", "the PDF has no page")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError("không phải tệp PDF đọc được", "is not a readable PDF") from error
    return reader


def _version(reader: Any) -> tuple[int, int]:
    said = [
        reader.pdf_header.removeprefix("%PDF-"),
        str(reader.trailer["/Root"].get("/Version", "")).strip("/"),
    ]
    found = [re.match(r"(\d+)\.(\d+)", each) for each in said]
    return max((int(each[1]), int(each[2])) for each in found if each) if any(found) else (0, 0)


def _fields(reader: Any) -> Iterator[Any]:
    form = reader.trailer["/Root"].get("/AcroForm")
    waiting = [(each, 0) for each in (form.get_object().get("/Fields", ()) if form is not None else ())]
    while waiting:
        field, depth = waiting.pop()
        field = field.get_object()
        yield field
        if depth < _FIELD_LEVELS:
            waiting += [(each, depth + 1) for each in field.get("/Kids", ())]


def _signed(fields: Iterator[Any]) -> Iterator[bool]:
    return (field.get("/FT") == "/Sig" and field.get("/V") is not None for field in fields)


def _upright(page: Any) -> tuple[float, ...]:
    """What takes a page as it is seen to the page as it is stored (pt)."""
    left, bottom, right, top = (float(each) for each in page.cropbox)
    return {
        0: (1.0, 0.0, 0.0, 1.0, left, bottom),
        90: (0.0, 1.0, -1.0, 0.0, right, bottom),
        180: (-1.0, 0.0, 0.0, -1.0, right, top),
        270: (0.0, -1.0, 1.0, 0.0, left, top),
    }[page.rotation % 360]


def _turned(box: Box, page: Any, matrix: tuple[float, ...]) -> tuple[float, ...]:
    """A box of the page as it is seen, where the stored page has it: left, bottom, right, top (pt)."""
    high = float(page.cropbox.width if page.rotation % 180 else page.cropbox.height)
    a, b, c, d, e, f = matrix
    corners = [(x / _MM, high - y / _MM) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _lay_over(writer: Any, page: Any, caption: Any, matrix: tuple[float, ...]) -> None:
    resources_of_caption: Any = caption["/Resources"].get_object()
    form = DecodedStreamObject()
    form.set_data(caption.get_contents().get_data())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(each) for each in caption.mediabox]),
            NameObject("/Resources"): resources_of_caption.clone(writer),
        }
    )
    own = page.get("/Resources", DictionaryObject()).get_object()
    resources = DictionaryObject(own)
    drawn = DictionaryObject(own.get("/XObject", DictionaryObject()).get_object())
    drawn[NameObject(_MARK)] = writer._add_object(form.flate_encode())  # noqa: SLF001  (its way to add one)
    resources[NameObject("/XObject")] = drawn
    page[NameObject("/Resources")] = resources
    numbers = " ".join(f"{each:.4f}" for each in matrix)
    before, after = b"q\n", f"\nQ\n/Artifact BMC\nq {numbers} cm {_MARK} Do Q\nEMC\n".encode()
    inner = _streams(page.raw_get("/Contents") if "/Contents" in page else None)
    page[NameObject("/Contents")] = ArrayObject([_stream(writer, before), *inner, _stream(writer, after)])


def _streams(contents: Any) -> list[Any]:
    """A page's contents, which are one stream, several, or none."""
    if contents is None:
        return []
    return list(contents.get_object()) if isinstance(contents.get_object(), ArrayObject) else [contents]


def _stream(writer: Any, data: bytes) -> Any:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)  # noqa: SLF001  (its way to add one)


def _add_field(writer: Any, page: Any, bounds: tuple[float, ...], *, name: str, told: str) -> None:
    """An empty field that is its own widget, as `signing_fields` makes them for our own pages."""
    left, bottom, right, top = bounds
    empty = DecodedStreamObject()
    empty.set_data(b"")
    empty.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(
                [FloatObject(each) for each in (0, 0, right - left, top - bottom)]
            ),
            NameObject("/Resources"): DictionaryObject(),
        }
    )
    widget = writer._add_object(  # noqa: SLF001  (its way to add one)
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/T"): TextStringObject(name),
                NameObject("/TU"): TextStringObject(told),
                NameObject("/Rect"): ArrayObject([FloatObject(round(each, 3)) for each in bounds]),
                NameObject("/F"): NumberObject(_PRINTED),
                NameObject("/P"): page.indirect_reference,
                NameObject("/AP"): DictionaryObject(
                    {NameObject("/N"): writer._add_object(empty)}  # noqa: SLF001  (its way to add one)
                ),
            }
        )
    )
    notes = page.get("/Annots")
    page[NameObject("/Annots")] = ArrayObject([*(notes.get_object() if notes is not None else ()), widget])
    root = writer._root_object  # noqa: SLF001  (no other way to the catalog)
    form = root.get("/AcroForm")
    form = DictionaryObject() if form is None else form.get_object()
    fields = form.get("/Fields")
    form[NameObject("/Fields")] = ArrayObject([*(fields.get_object() if fields is not None else ()), widget])
    form[NameObject("/SigFlags")] = NumberObject(int(form.get("/SigFlags", 0)) | _SIGNATURES)
    root[NameObject("/AcroForm")] = form
    if "/StructTreeRoot" in root:
        _place_in_structure(writer, page, widget, told=told)


def _place_in_structure(writer: Any, page: Any, widget: Any, *, told: str) -> None:
    """A Form element for the widget at the end of a tagged file's structure, as PDF/UA asks for."""
    tree = writer._root_object["/StructTreeRoot"].get_object()  # noqa: SLF001  (no other way to the catalog)
    kids: Any = tree.get("/K")
    kids = kids.get_object() if kids is not None else ArrayObject()
    first = kids[0] if isinstance(kids, ArrayObject) and kids else tree.get("/K")
    whole = first.get_object() if first is not None else tree
    inner = whole.raw_get("/K") if "/K" in whole else ArrayObject()
    inside: Any = inner.get_object() if isinstance(inner.get_object(), ArrayObject) else [inner]
    object_ = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OBJR"),
            NameObject("/Obj"): widget,
            NameObject("/Pg"): page.indirect_reference,
        }
    )
    element = writer._add_object(  # noqa: SLF001  (its way to add one)
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/Form"),
                NameObject("/P"): whole.indirect_reference,
                NameObject("/Pg"): page.indirect_reference,
                NameObject("/Alt"): TextStringObject(told),
                NameObject("/K"): ArrayObject([object_]),
            }
        )
    )
    whole[NameObject("/K")] = ArrayObject([*inside, element])
    widget.get_object()[NameObject("/StructParent")] = NumberObject(_numbered(writer, tree, element))


def _numbered(writer: Any, tree: Any, element: Any) -> int:
    """The key under which a file's parent tree finds the element from now on."""
    parents: Any = tree.get("/ParentTree")
    parents = DictionaryObject() if parents is None else parents.get_object()
    key = int(tree.get("/ParentTreeNextKey", -1))
    if key < 0:
        key = 1 + max(_keys(parents), default=-1)
    pair = [NumberObject(key), element]
    if "/Kids" in parents:
        limits = ArrayObject([NumberObject(key), NumberObject(key)])
        leaf = DictionaryObject({NameObject("/Nums"): ArrayObject(pair), NameObject("/Limits"): limits})
        kids: Any = parents["/Kids"].get_object()
        leaf_reference = writer._add_object(leaf)  # noqa: SLF001  (its way to add one)
        parents[NameObject("/Kids")] = ArrayObject([*kids, leaf_reference])
    else:
        numbers: Any = parents.get("/Nums", ArrayObject()).get_object()
        parents[NameObject("/Nums")] = ArrayObject([*numbers, *pair])
    tree[NameObject("/ParentTree")] = parents.indirect_reference or parents
    tree[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)
    return key


def _keys(node: Any, depth: int = 0) -> Iterator[int]:
    yield from (int(each) for each in node.get("/Nums", ArrayObject()).get_object()[::2])
    for kid in node.get("/Kids", ()) if depth < _FIELD_LEVELS else ():
        yield from _keys(kid.get_object(), depth + 1)
