"""Copies in electronic form (Mẫu 3.2): a scan, its caption, and where the body signs."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject

from dxassets.api import copying
from dxassets.backends.pdf_reader import page_to_pixels, read_words
from dxassets.dispatch import Edition
from tests.conftest import Run
from tests.documents_support import pdf_of, sample
from tests.letter_support import rules_broken
from tests.valid_support import PROFILES, broken_by, java_runs

OFFICE = "Sở Nội vụ tỉnh Đắk Nông"


def scan(dpi: float = 200.0, mode: str = "RGB", *, size: tuple[float, float] = (210, 297)) -> bytes:
    """One white page that was scanned."""
    side = tuple(round(each / 25.4 * dpi) for each in size)
    done = io.BytesIO()
    Image.new(mode, (side[0], side[1]), "white").save(done, "PDF", resolution=dpi)
    return done.getvalue()


def copied(dxassets: Run, folder: Path, data: bytes, *more: str, form: str = "sao-y") -> Any:
    (folder / "quet.pdf").write_bytes(data)
    out = folder / "sao.pdf"
    return dxassets("copy", folder / "quet.pdf", "--form", form, "--by", OFFICE, "-o", out, *more)


def field_of(pdf: bytes) -> Any:
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    fields = [each.get_object() for each in root["/AcroForm"]["/Fields"]]
    (field,) = [each for each in fields if each["/T"] == "co-quan-sao"]
    return field


@pytest.mark.parametrize(
    ("form", "said"), [("sao-y", "Sao y"), ("sao-luc", "Sao lục"), ("trich-sao", "Trích sao")]
)
def test_a_copy_says_which_it_is_and_whose_at_the_top_right(
    dxassets: Run, tmp_path: Path, form: str, said: str
) -> None:
    told = copied(dxassets, tmp_path, scan(), form=form)
    assert (told.code, told.err) == (0, "")
    made = (tmp_path / "sao.pdf").read_bytes()
    (line,) = read_words(made).lines
    text = "".join(each.text for each in line.stretches)
    assert text.split(";")[:2] == [said, f" {OFFICE}"]
    assert {(round(each.type.size_pt, 1), each.type.bold, each.type.italic) for each in line.stretches} == {
        (10.0, False, False)
    }
    assert line.place.left > 105
    assert line.place.baseline < 20
    field = field_of(made)
    assert (field["/FT"], "/V" in field) == ("/Sig", False)
    left, bottom, right, top = (float(each) / 72 * 25.4 for each in field["/Rect"])
    assert (round(left), round(right)) == (115, 195)
    assert 297 - 20 < bottom < top < 297


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_stored_turned_has_its_caption_where_one_looks(
    dxassets: Run, tmp_path: Path, turned: int
) -> None:
    lying = (297, 210) if turned % 180 else (210, 297)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(scan(size=lying)))
    writer.pdf_header = "%PDF-1.4"
    writer.pages[0].rotate(turned)
    done = io.BytesIO()
    writer.write(done)
    assert copied(dxassets, tmp_path, done.getvalue()).code == 0
    dark = page_to_pixels((tmp_path / "sao.pdf").read_bytes(), 0, px_per_mm=2).max(axis=2) < 128
    assert dark.shape[0] > dark.shape[1]
    assert dark[10:40, 220:400].any()
    dark[10:40, 220:400] = False
    assert not dark.any()


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (scan(200), ""),
        (scan(199), "199 dpi"),
        (scan(mode="L"), "đen trắng hoặc xám"),
        (scan(mode="1"), "đen trắng hoặc xám"),
        (b"%PDF-1.4\n" + scan().partition(b"\n")[2], ""),
        (b"%PDF-1.3\n" + scan().partition(b"\n")[2], "phiên bản 1.3"),
        (b"x" * 900, "không phải tệp PDF đọc được"),
    ],
    ids=["200 dpi", "199 dpi", "grey", "black and white", "PDF 1.4", "PDF 1.3", "no PDF"],
)
def test_a_scan_is_held_to_what_the_decree_asks_of_one(
    dxassets: Run, tmp_path: Path, data: bytes, refused: str
) -> None:
    told = copied(dxassets, tmp_path, data)
    assert told.code == (2 if refused else 0)
    assert refused in told.err
    assert (tmp_path / "sao.pdf").exists() is not bool(refused)


def test_what_is_doubtful_is_told_and_made(dxassets: Run, tmp_path: Path) -> None:
    assert "214 × 303 mm" not in copied(dxassets, tmp_path, scan(size=(214, 301))).err
    assert "không phải khổ A4" in copied(dxassets, tmp_path, scan(size=(216, 297))).err
    document = pdf_of(sample("ke-hoach"))
    assert "không phải ảnh quét" in copied(dxassets, tmp_path, document).err
    assert copied(dxassets, tmp_path, document, form="trich-sao").err == ""
    assert "đã có chữ" in copied(dxassets, tmp_path, (tmp_path / "sao.pdf").read_bytes()).err


def test_neither_a_scan_nor_a_signature_is_harmed(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = scan()
    again = copied(dxassets, tmp_path, data, "-o", str(tmp_path / "quet.pdf"))
    assert (again.code, (tmp_path / "quet.pdf").read_bytes()) == (2, data)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_of(sample("ke-hoach"))))
    fields: Any = writer._root_object["/AcroForm"]
    fields["/Fields"][0].get_object()[NameObject("/V")] = DictionaryObject()
    done = io.BytesIO()
    writer.write(done)
    told = copied(dxassets, tmp_path, done.getvalue())
    assert (told.code, "chữ ký mất hiệu lực" in told.err) == (2, True)
    monkeypatch.setattr(copying, "MOST_BYTES", len(data))
    assert copied(dxassets, tmp_path, data).code == 0
    assert "500 MB" in copied(dxassets, tmp_path, data + b"\n").err


def test_an_excerpt_stays_lawful_and_what_its_file_claims_to_be(dxassets: Run, tmp_path: Path) -> None:
    assert copied(dxassets, tmp_path, pdf_of(sample("ke-hoach")), form="trich-sao").code == 0
    made = (tmp_path / "sao.pdf").read_bytes()
    assert rules_broken(made, "a.pdf") == []
    if java_runs():
        assert broken_by(PROFILES["pdf/a-2a"], tmp_path, {"a": made}) == {"a": []}


def test_a_tagged_file_keeps_its_claims_with_the_field_in_its_structure(
    dxassets: Run, tmp_path: Path
) -> None:
    tagged = pdf_of(sample("ke-hoach"), edition=Edition(pdf_variant="pdf/ua-1"))
    assert copied(dxassets, tmp_path, tagged, form="trich-sao").code == 0
    made = (tmp_path / "sao.pdf").read_bytes()
    root: Any = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    found = dict(zip(numbers[::2], numbers[1::2], strict=True))[field_of(made)["/StructParent"]].get_object()
    assert (found["/S"], found["/K"][0]["/Obj"]["/T"]) == ("/Form", "co-quan-sao")
    if java_runs():
        assert broken_by(PROFILES["pdf/ua-1"], tmp_path, {"a": made}) == {"a": []}
