"""A copy of a paper document in electronic form (Phụ lục I, Phần II, mục I; Mẫu 3.2).

The scan stays as it is. On its first page, at the top right, stands which copy it is, whose, and room for
the time, which the program writes that signs for the body: its signature is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dxassets.decree import COPIES
from dxassets.dispatch import FORM
from dxassets.dispatch.wording import TIME_BLANK
from dxassets.errors import Problem
from dxassets.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dxassets.backends.pdf_caption import Box, ForeignPdf
    from dxassets.backends.pdf_reader import PdfPicture

# What reads and writes PDFs is imported where it is used: only who makes copies waits for it.

TEMPLATE = "copy/caption.html.j2"
COPY_FORMS: Mapping[str, str] = {slug(name): f"{name[:1].upper()}{name[1:]}" for name in COPIES}
"""What is asked for, and what the caption says: small letters (mục I.3.c)."""
FIELD = "co-quan-sao"
LEAST_VERSION = (1, 4)
"""Mục I.2.a: PDF 1.4 or later."""
LEAST_DPI = 200
"""Mục I.2.c, at the size of the paper."""
_SCAN = 0.8
"""A picture that covers so much of a page is a scan of it."""
_A_SERIES = ((148.0, 210.0), (210.0, 297.0), (297.0, 420.0))
_SIZE_OFF_MM = 5.0
_TOP_MM, _HIGH_MM = 6.0, 12.5
"""Where the caption stands, and how high its three lines are: inside the top margin."""
_CLAUSE = "Phụ lục I, Phần II, mục I.2"


def caption_words(form: str, office: str) -> str:
    """“Sao y; Sở Nội vụ; ” and room for the time."""
    return f"{COPY_FORMS[form]}; {office};{TIME_BLANK}"


def caption_box(width_mm: float) -> Box:
    """Where the caption stands on a page that is so wide: left, top, right, bottom (mm)."""
    right = width_mm - FORM.margin_right_mm
    left = max(FORM.margin_right_mm, right - FORM.signing_mark_mm)
    return left, _TOP_MM, right, _TOP_MM + _HIGH_MM


def faults_of_scan(sheet: ForeignPdf, pages: Sequence[Sequence[PdfPicture]]) -> Iterator[Problem]:
    """What the decree refuses in a digitised document; nothing on pages that are no pictures."""
    if sheet.is_signed:
        yield Problem(
            "",
            "tệp đã có chữ ký số; ghi thêm lên trang làm chữ ký mất hiệu lực: hãy lấy tệp quét chưa ký",
            "the file is signed; what is written upon it makes the signature invalid: take the unsigned scan",
        )
    if sheet.version < LEAST_VERSION:
        said = ".".join(map(str, sheet.version))
        yield Problem(
            "",
            f"PDF phiên bản {said}; phải từ 1.4 trở lên: lưu lại bằng phần mềm mới hơn [{_CLAUSE}.a]",
            f"is PDF {said}; it must be 1.4 or later: save it by a newer program [{_CLAUSE}.a]",
        )
    for number, pictures in enumerate(pages, start=1):
        scanned = [each for each in pictures if each.share >= _SCAN]
        if scanned and not any(each.is_coloured for each in pictures):
            yield Problem(
                "",
                f"trang {number} là ảnh đen trắng hoặc xám; phải quét màu [{_CLAUSE}.b]",
                f"page {number} is black and white or grey; scan it in colour [{_CLAUSE}.b]",
            )
        dpi = round(max((each.dpi for each in scanned), default=LEAST_DPI))
        if dpi < LEAST_DPI:
            yield Problem(
                "",
                f"trang {number} có độ phân giải {dpi} dpi; phải quét từ {LEAST_DPI} dpi [{_CLAUSE}.c]",
                f"page {number} has {dpi} dpi; scan it with {LEAST_DPI} or more [{_CLAUSE}.c]",
            )


def doubts_of_scan(form: str, sheet: ForeignPdf, pages: Sequence[Sequence[PdfPicture]]) -> Iterator[Problem]:
    """What deserves a look: a size that no paper has, a sao y that was never on paper."""
    sides = sorted((sheet.width, sheet.height))
    if not any(
        abs(sides[0] - short) <= _SIZE_OFF_MM and abs(sides[1] - long) <= _SIZE_OFF_MM
        for short, long in _A_SERIES
    ):
        size = f"{sheet.width:.0f} × {sheet.height:.0f} mm"
        yield Problem(
            "",
            f"trang đầu {size}, không phải khổ A4, A3, A5: xem lại tỷ lệ quét, phải là 100 % [{_CLAUSE}.d]",
            f"the first page is {size}, no A4, A3 or A5: see that it was scanned at 100 % [{_CLAUSE}.d]",
        )
    if form != "trich-sao" and not all(any(each.share >= _SCAN for each in page) for page in pages):
        yield Problem(
            "",
            "có trang không phải ảnh quét; sao y, sao lục sang điện tử là số hóa văn bản giấy (Điều 25)",
            "some pages are no scan; such a copy is a paper document that was digitised (Điều 25)",
        )
