"""Empty signature fields in PDFs: where signing programs look, and as PDF/A wants annotations to be."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from dxassets.dispatch import PDF_VARIANTS, Edition
from tests.documents_support import pdf_of, sample
from tests.letter_support import BLANK

_PT_PER_MM = 72 / 25.4


def reader(name: str, edition: Edition | None = None) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_of(sample(name), BLANK, edition or Edition())))


def fields(found: pypdf.PdfReader) -> dict[str, Any]:
    catalog: Any = found.trailer["/Root"]
    form = catalog.get("/AcroForm")
    if form is None:
        return {}
    assert form["/SigFlags"] == 1
    return {str(each.get_object()["/T"]): each.get_object() for each in form["/Fields"]}


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("cong-van", {"nguoi-ky", "co-quan"}),
        ("quyet-dinh", {"nguoi-ky", "co-quan"}),
        ("bien-ban", {"thu-ky", "nguoi-ky", "co-quan"}),
        ("lien-tich", {"nguoi-ky", "nguoi-ky-2", "co-quan", "co-quan-2"}),
        ("sao-y", {"nguoi-ky", "co-quan"}),
    ],
)
def test_a_person_and_a_body_have_a_field_each(name: str, names: set[str]) -> None:
    found = fields(reader(name))
    assert set(found) == names
    for field in found.values():
        assert field["/FT"] == "/Sig"
        assert "/V" not in field, "nobody has signed"
        assert field["/F"] == 4, "PDF/A wants annotations to be printed"
        assert field["/AP"]["/N"].get_object().get_data().strip() == b"", (
            "and to look like something: nothing"
        )
        assert field["/TU"]


def test_the_field_lies_between_title_and_name_and_the_seal_on_its_left_third() -> None:
    found = fields(reader("quyet-dinh"))
    left, bottom, right, top = (float(each) for each in found["nguoi-ky"]["/Rect"])
    seal = [float(each) for each in found["co-quan"]["/Rect"]]
    page = reader("quyet-dinh").pages[0]
    places: dict[str, float] = {}

    def note(text: str, turned: Any, matrix: Any, *_: Any) -> None:
        if text.strip():
            places[text.strip()] = float(turned[3]) * float(matrix[5]) + float(turned[5])

    page.extract_text(visitor_text=note)
    assert places["Nguyễn Văn A"] < bottom < top < places["GIÁM ĐỐC"]
    assert (right - left) / _PT_PER_MM == pytest.approx(50, abs=0.1)
    assert (top - bottom) / _PT_PER_MM == pytest.approx(28, abs=0.1)
    assert seal[2] - seal[0] == pytest.approx(seal[3] - seal[1], abs=0.1)
    assert (seal[2] - left) / (right - left) == pytest.approx(1 / 3, abs=0.01)


def test_a_part_in_its_own_file_is_signed_by_the_body_at_the_top_right() -> None:
    found = reader("quyet-dinh-ban-hanh", Edition(part=1))
    (field,) = fields(found).values()
    assert field["/T"] == "co-quan"
    left, bottom, _, _ = (float(each) for each in field["/Rect"])
    width, height = (float(each) for each in (found.pages[0].mediabox.width, found.pages[0].mediabox.height))
    assert left > width / 2
    assert bottom > height - 35 * _PT_PER_MM


def test_a_draft_is_not_to_be_signed() -> None:
    assert fields(reader("quyet-dinh", Edition(draft=True))) == {}


@pytest.mark.parametrize("variant", PDF_VARIANTS)
def test_every_field_has_its_place_in_the_structure(variant: Any) -> None:
    found = reader("bien-ban", Edition(pdf_variant=variant))
    catalog: Any = found.trailer["/Root"]
    root = catalog["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    known = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert list(numbers[::2]) == sorted(numbers[::2])
    for page in found.pages:
        for annotation in (each.get_object() for each in page.get("/Annots", [])):
            element = known[annotation["/StructParent"]].get_object()
            if annotation["/Subtype"] == "/Widget":
                assert page["/Tabs"] == "/S"
                assert element["/S"] == "/Form"
                assert element["/K"][0]["/Obj"].get_object()["/T"] == annotation["/T"]


def test_fields_are_the_same_bytes_every_time() -> None:
    pdf_of.cache_clear()
    first = pdf_of(sample("quyet-dinh"))
    pdf_of.cache_clear()
    assert pdf_of(sample("quyet-dinh")) == first
