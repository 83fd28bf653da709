# ruff: noqa: E501  (a document's paragraphs are lines)
"""Documents of every kind for tests: the samples that a clerk starts from, with their holes filled in."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from xml.etree import ElementTree

import pypdf

from dxassets.dispatch import WHOLE, Edition, LetterFill, WrittenLetter, read_letter
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.samples import sample_names, sample_text
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import BLANK, parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BESIDE = ("van-ban-kem-theo", "phu-luc")
"""Samples of what goes with a document."""
NAMES = tuple(name for name in sample_names() if name not in BESIDE)
COPIES = ("sao-y", "sao-luc", "trich-sao")
WHOLE_NAMES = tuple(name for name in NAMES if name not in COPIES)
_LONG = "việc thực hiện những nội dung được giao, bảo đảm thiết thực, hiệu quả, tiết kiệm và đúng quy định của pháp luật"
_SAID = {
    "viet-tat": "SNV", "viet-tat-co-quan-hai": "STC", "don-vi": "TCCC", "dia-danh": "Đắk Nông",
    "co-quan-chu-quan": "UBND TỈNH ĐẮK NÔNG", "co-quan": "Sở Nội vụ", "co-quan-hai": "Sở Tài chính",
    "nguoi-ky": "Nguyễn Văn A", "nguoi-ky-co-quan-hai": "Trần Thị B", "thu-ky": "Trần Thị B",
    "chuc-vu": "GIÁM ĐỐC", "chuc-vu-co-quan-hai": "GIÁM ĐỐC", "nguoi-dung-dau": "GIÁM ĐỐC SỞ NỘI VỤ",
    "noi-gui-den": "Sở Tài chính", "noi-gui-den-khac": "Sở Y tế", "noi-nhan": "Ban Giám đốc Sở",
    "noi-nhan-khac": "Các phòng thuộc Sở", "trich-yeu": "triển khai một số nội dung công tác năm 2026",
    "ten-van-ban-kem-theo": "Quy chế làm việc của Sở Nội vụ", "trich-yeu-van-ban-kem-theo": "Làm việc của Sở Nội vụ",
    "van-ban-quy-dinh-tham-quyen": "Quyết định số 12/2022/QĐ-UBND ngày 10 tháng 5 năm 2022 của Ủy ban nhân dân tỉnh Đắk Nông quy định chức năng, nhiệm vụ, quyền hạn của Sở Nội vụ",
    "van-ban-quy-dinh-noi-dung": "Luật Cán bộ, công chức ngày 13 tháng 11 năm 2008",
    "to-trinh-hoac-de-nghi": "Tờ trình số 05/TTr-SNV ngày 02 tháng 9 năm 2026 của Phòng Tổ chức công chức",
    "don-vi-de-nghi": "Trưởng phòng Tổ chức công chức", "ten-cuoc-hop": "Họp giao ban công tác tháng 9 năm 2026",
    "gio-ngay-hop": "08 giờ 00, ngày 05 tháng 9 năm 2026", "nguoi-gui-dien": "Giám đốc Sở Nội vụ",
    "noi-nhan-dien": "Chủ tịch Ủy ban nhân dân các huyện, thành phố", "noi-nhan-dien-khac": "Giám đốc các Sở",
    "ho-ten": "Ông Lê Văn C", "co-quan-cap-tren": "Ủy ban nhân dân tỉnh", "muc-thu-nhat": "Mục đích, yêu cầu",
    "muc-thu-hai": "Tổ chức thực hiện", "ten-phu-luc": "Danh mục công việc", "nguoi-ket-luan": "Giám đốc Sở",
    "ket-qua": "Đạt", "noi-dung-phoi-hop": "thực hiện công tác cán bộ năm 2026",
}  # fmt: skip


def filled(text: str) -> str:
    """A sample without holes."""

    def said(hole: re.Match[str]) -> str:
        name = hole.group(1)
        word = _SAID.get(name.lower()) or (_LONG if "noi-dung" in name else name.replace("-", " "))
        return word.upper() if name.isupper() else word

    return re.sub(r"\{([A-Za-z]+(?:-[A-Za-z]+)*)\}", said, text)


def sample(name: str, *changes: tuple[str, str]) -> str:
    """The filled sample of that name, with texts replaced."""
    text = filled(sample_text(name))
    for old, new in changes:
        assert old in text, f"{old!r} is not in the sample {name}"
        text = text.replace(old, new, 1)
    return text


def read(text: str, **others: str) -> WrittenLetter:
    """The document in `text`; what it names are the samples, or `others`."""
    files = {
        "a.md": text,
        "van-ban-kem-theo.md": sample("van-ban-kem-theo"),
        "phu-luc.toml": sample("phu-luc"),
        **{name.replace("_", "-") + ".md": said for name, said in others.items()},
    }
    return read_letter("a.md", lambda name: files[name].encode() if name in files else None)


@cache
def word_of(text: str, fill: LetterFill = BLANK, edition: Edition = WHOLE) -> bytes:
    return letter_docx(read(text).dispatch, fill, parts(), edition=edition)


@cache
def pdf_of(text: str, fill: LetterFill = BLANK, edition: Edition = WHOLE) -> bytes:
    return letter_pdf(read(text).dispatch, fill, parts(), edition=edition)


def word_lines(data: bytes, part: str = "word/document.xml") -> list[str]:
    """The paragraphs of a Word file that say something, read as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read(part))  # noqa: S314  (our own bytes)
    said = ["".join(each.text or "" for each in line.iter(f"{W}t")) for line in root.iter(f"{W}p")]
    return [text.replace("\u00a0", " ").strip() for text in said if text.strip()]


def pdf_text(data: bytes) -> str:
    """The words of a PDF, with single blanks."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).replace("\u2060", "").split())
