"""One line of the book of outgoing documents, by the ten columns that Phụ lục IV asks for at least."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
)
"""Nghị định 30/2020/NĐ-CP, Phụ lục IV, mục I.2, in their order."""


@dataclass(frozen=True, slots=True)
class Registration:
    """A document that has a number. What is known when it is sent (copies, receipt) a person fills in."""

    number: int
    symbol: str
    """What stands behind the number, with its slash: ``/STTTT-CNTT``."""
    issued: date
    about: str
    signer: str
    recipients: str
    kept_by: str

    def cells(self) -> tuple[str, ...]:
        """The line as it is written. A number below 10 gets a leading zero (Phụ lục I, mục II.3)."""
        day = f"{self.issued:%d/%m/%Y}"
        first = f"{self.number:02d}{self.symbol}"
        return (first, day, self.about, self.signer, self.recipients, self.kept_by, "", "", "", "")
