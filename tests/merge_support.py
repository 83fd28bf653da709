"""A letter of invitation with columns, and the tables of guests that go with it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).parent.parent
HEADINGS = ("STT", "Họ và tên", "CHỨC VỤ", "Đơn vị (đầy đủ)", "Số ghế")
GUESTS: tuple[tuple[object, ...], ...] = (
    (1, "Nguyễn Văn An", "Hiệu trưởng", "Trường THPT Chu Văn An", 11),
    (2, "H'Bia Niê", "Giám đốc", "Công ty TNHH Đắk Mil", 12),
    (3, "Trần Thị Bình", "Chủ tịch", "Hội Nông dân xã Nam Dong", 13),
)
INVITATION = """+++
symbol = "/STTTT-CNTT"
place = "Đắk Nông"
month = 9
year = 2022
subject = "mời dự Lễ phát động Ngày chuyển đổi số quốc gia"
addressees = ["{Chức vụ} {Họ và tên}, {Đơn vị}"]
recipients = ["Như trên", "Ban Giám đốc Sở"]
filing = "VT, CNTT"
annexes = []
[issuer]
parent = ["UBND TỈNH ĐẮK NÔNG"]
body = ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]
name = "Sở Thông tin và Truyền thông"
[signer]
authority = ["GIÁM ĐỐC"]
name = "Trần Văn Thương"
+++

Sở Thông tin và Truyền thông trân trọng kính mời **{Họ và tên}**, {chuc vu} {ĐƠN VỊ}, dự Lễ phát động.

Ghế số {số ghế}; tập hợp {1, 2, 3} và ngoặc thật {{Họ và tên}} giữ nguyên.

Sở Thông tin và Truyền thông rất mong được đón tiếp./.
"""


def invitation(folder: Path, *changes: tuple[str, str], annex: str | None = None) -> Path:
    """The bundled campaign with the letter of invitation in the place of its own, some texts replaced."""
    shutil.copytree(ROOT / "campaigns" / "daknong-2022", folder)
    text = INVITATION
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "dispatch.md").write_text(text, encoding="utf-8")
    if annex is not None:
        (folder / "annex.toml").write_text(annex, encoding="utf-8")
    return folder


def workbook(
    path: Path,
    rows: Iterable[Sequence[object]] = GUESTS,
    *,
    headings: Sequence[object] = HEADINGS,
    above: Iterable[Sequence[object]] = (),
    title: str = "Khách mời",
) -> Path:
    """A table of guests as an Excel file; `above` are rows before its headings."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (*above, headings, *rows):
        sheet.append(list(row))
    book.save(path)
    return path
