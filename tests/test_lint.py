"""The linter: silent on good letters, understanding a clerk's ways, and clear about what it can't read."""

from __future__ import annotations

import datetime
import io
import json
import random
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dxassets.checks.nd30 import RULES
from dxassets.dispatch import WHOLE, Edition, LetterFill
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import (
    BLANK,
    broken_docx,
    bundled,
    edited_docx,
    font,
    lines,
    no_rule,
    parts,
    rule_indented,
    rules_broken,
    small,
    small_docx,
    text,
)

if TYPE_CHECKING:
    from tests.conftest import Run

FILLED = LetterFill("7", datetime.date(2022, 9, 5), "Trần Thị B")


# --- silence ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edition", [WHOLE, Edition(part=0), Edition(part=1), Edition(draft=True), Edition(pdf_variant="pdf/ua-1")]
)
def test_our_own_letters_are_good(edition: Edition) -> None:
    assert rules_broken(letter_docx(bundled(), BLANK, parts(), edition=edition)) == []
    assert rules_broken(letter_pdf(bundled(), BLANK, parts(), edition=edition), "a.pdf") == []


@pytest.mark.parametrize("fill", [BLANK, FILLED], ids=["blank", "filled"])
def test_a_small_letter_is_good(fill: LetterFill) -> None:
    assert rules_broken(letter_docx(small(), fill, parts())) == []
    assert rules_broken(letter_pdf(small(), fill, parts()), "a.pdf") == []


# --- files that can't be read ----------------------------------------------------------------------


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
BILLION = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", OLE, "Word 97-2003"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.docx", b"%PDF-1.7", "rename it to .pdf"),
        ("a.docx", b"{\\rtf1", "RTF"),
        ("a.docx", b"", "no Word file"),
        ("a.docx", b"Xin chao", "no Word file"),
        ("a.docx", zipped(a_xml=b"<a/>"), "no Word document"),
        ("a.docx", zipped(word__document_xml=b"<a"), "damaged in word/document.xml"),
        ("a.docx", zipped(word__document_xml=BILLION), "DOCTYPE"),
        ("a.docx", zipped(word__document_xml=b" " * (70 << 20)), "zip bomb"),
        ("a.docx", zipped(word__document_xml=b"<document/>"), "no text"),
        ("a.docx", small_docx()[:5000], "no Word file"),
        ("a.pdf", b"", "not a readable PDF"),
        ("a.pdf", b"%PDF-1.7 nothing", "not a readable PDF"),
        ("a.odt", b"", "only .docx and .pdf"),
        ("a", b"", "only .docx and .pdf"),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_file_that_cannot_be_read_is_told_with_code_2(
    dxassets: Run, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    told = dxassets("lint", str(tmp_path / name), "--lang", "en")
    assert told.code == 2
    assert words in told.err
    assert "Traceback" not in told.err


def test_an_encrypted_pdf_and_a_missing_file_are_told(dxassets: Run, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(letter_pdf(small(), BLANK, parts())))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    told = dxassets("lint", str(tmp_path / "a.pdf"), "--lang", "en")
    assert (told.code, "encrypted" in told.err) == (2, True)
    assert dxassets("lint", str(tmp_path / "none.docx")).code == 2


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_word_file_never_makes_a_traceback(dxassets: Run, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(small_docx())) as archive:
        xml = archive.read("word/document.xml").decode()
    for _ in range(40):  # numbers become nonsense, elements other ones
        at = xml.find('w:val="', chance.randrange(len(xml) // 2))
        end = xml.find('"', at + 7)
        xml = f"{xml[: at + 7]}{chance.choice(['', '-', 'x', '9' * 40, '1e999'])}{xml[end:]}"
    (tmp_path / "a.docx").write_bytes(edited_docx("word/document.xml", _xml(), xml))
    told = dxassets("lint", str(tmp_path / "a.docx"))
    assert told.code in {0, 1, 2}
    assert "Traceback" not in told.err


def _xml() -> str:
    with zipfile.ZipFile(io.BytesIO(small_docx())) as archive:
        return archive.read("word/document.xml").decode()


# --- what is told ----------------------------------------------------------------------------------


def test_findings_as_words_and_as_json(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(broken_docx(font("Tiêu ngữ", underline=True)))
    told = dxassets("lint", str(tmp_path / "a.docx"))
    assert told.code == 1
    assert told.out.startswith(
        "Lỗi H2 (Phụ lục I, Phần I, mục II.1.b) – đoạn 5 (bảng 1, hàng 1, cột 2): “Độc lập"
    )
    assert "bị gạch chân" in told.out
    assert "Cách sửa:" in told.out
    (found,) = json.loads(dxassets("lint", str(tmp_path / "a.docx"), "--json").out)["findings"]
    assert (found["rule"], found["severity"]) == ("H2", "error")
    assert found["wrong"] == {"vi": "Tiêu ngữ bị gạch chân", "en": "the motto is underlined"}


def test_warnings_alone_end_with_0_and_silence_is_0(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(broken_docx(text("Nội dung", "Đề nghị các cơ quan thực hiện.", -2)))
    (tmp_path / "b.docx").write_bytes(small_docx())
    told = dxassets("lint", str(tmp_path / "a.docx"))
    assert (told.code, told.out.startswith("Lưu ý B8")) == (0, True)
    silent = dxassets("lint", str(tmp_path / "b.docx"))
    assert (silent.code, silent.out, silent.err) == (0, "", "")


def test_every_rule_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    for rule in RULES.values():
        assert all((*rule.wrong, *rule.cure, rule.clause))
        assert ("{found}" in rule.wrong[0]) == ("{found}" in rule.wrong[1])


def test_a_clerks_own_way_of_making_a_letter_is_understood() -> None:
    """Drawn lines as shapes, a list that Word numbers itself, line breaks inside a paragraph."""

    def change(document: Any) -> None:
        no_rule(1)(document)
        run = lines(document, "Tiêu ngữ")[0].add_run()
        run._r.append(
            parse_xml(
                f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
                '<v:line from="10mm,1pt" to="70.5mm,1pt"/></w:pict>'
            )
        )
        name = lines(document, "Cơ quan ban hành")[0]
        name.runs[0].text = "SỞ"
        name.runs[0].add_break()
        name.add_run("NỘI VỤ")
        rule_indented(30.4, 0)(document)

    assert rules_broken(broken_docx(change)) == []
