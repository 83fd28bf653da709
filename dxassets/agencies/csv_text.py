"""The dialects of CSV that spreadsheets write: their codings, delimiters, and cells that must stay text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from dxassets.errors import CampaignError, Problem

_DELIMITERS = ("\t", ";", ",")
_GUARDED = re.compile(r"'*[=+\-@\t\r]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded_sheet(data: bytes, source: str) -> str:
    """The text of a CSV file in UTF-8, or in UTF-16 with its mark; `CampaignError` for any other coding."""
    coding = "utf-16" if data.startswith(_UTF16) else "utf-8-sig"
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as error:
        raise _unreadable(source) from error
    if "\0" in text:  # UTF-16 without its mark reads as UTF-8
        raise _unreadable(source)
    return text


def _unreadable(source: str) -> CampaignError:
    vi = "không phải UTF-8 (có lẽ là Windows-1258 hoặc một bảng mã cũ)"
    en = "is not UTF-8 (Windows-1258 or another old coding, perhaps)"
    return CampaignError(
        Problem(
            source,
            f"{vi}; trong Excel chọn “CSV UTF-8” khi lưu, hoặc lưu thành .xlsx",
            f"{en}; in Excel save it as “CSV UTF-8”, or as .xlsx",
        )
    )


def csv_rows(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, as Excel counts them; `CampaignError` where the text is no CSV."""
    first, _, rest = text.partition("\n")
    announced = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    delimiter = announced[1] if announced else delimiter_of(text)
    body, start = (rest, 2) if announced else (text, 1)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    number = start - 1
    try:
        for number, row in enumerate(reader, start=start):
            yield number, [unguarded(cell) for cell in row]
    except csv.Error as error:
        raise CampaignError(
            Problem(
                f"{source}:{number + 1}",
                "không đọc được dòng này; hãy xem lại dấu ngoặc kép, hoặc lưu thành .xlsx",
                "can't be read; look at its quotation marks, or save the file as .xlsx",
            )
        ) from error


def delimiter_of(text: str) -> str:
    """What stands between cells: a tab, semicolon or comma, by the first line that has one."""
    for line in text.splitlines():
        found = next((delimiter for delimiter in _DELIMITERS if delimiter in line), None)
        if found is not None:
            return found
    return ","


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """The rows as Excel opens them by itself: UTF-8 with its mark, and no cell taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """`cell` with an apostrophe before it where a spreadsheet would else compute it (= + - @)."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` without the apostrophe that `guarded` put before it."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell
