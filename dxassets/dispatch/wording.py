"""What the form prints around the text: number, date, lists, annex lines (Nghị định 30, Phụ lục I)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from dxassets.dispatch.model import Dispatch
from dxassets.errors import DispatchError, Problem

# Room for handwriting or for the registry's stamp: no dots and no underscore, which would stay on the paper.
NUMBER_BLANK = "\u00a0" * 8
DAY_BLANK = "\u00a0" * 6
TIME_BLANK = "\u00a0" * 30  # the signing program writes date, time and zone (ISO 8601)
# Not str.isdecimal: that takes the full-width digits of an Asian keyboard, and any length.
_NUMBER = re.compile(r"[0-9]{1,6}")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class LetterFill:
    """What registration fills in: number (digits), date of issue, signer; None leaves it as it is."""

    number: str | None = None
    date: datetime.date | None = None
    signer: str | None = None

    def __post_init__(self) -> None:
        if self.number is not None and (not _NUMBER.fullmatch(self.number) or int(self.number) == 0):
            raise DispatchError(
                Problem(
                    "--number",
                    f"“{self.number}” không phải số văn bản (1 đến 6 chữ số 0–9); để trống nếu chưa đăng ký",
                    f"{self.number!r} is no document number (1 to 6 digits); leave it out until registration",
                )
            )


@dataclass(frozen=True, slots=True)
class AnnexWording:
    """The three heads of an annex: ``Phụ lục``, its name, the line that names the letter."""

    word: str
    title: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Every line that the form adds, in full; lists carry their dashes and marks."""

    parent: tuple[str, ...]
    body_name: tuple[str, ...]
    number: str
    date: str
    subject: str
    salutation: str
    addressees: tuple[str, ...]
    authority: tuple[str, ...]
    signer: str
    recipients_head: str
    recipients: tuple[str, ...]
    annexes: tuple[AnnexWording, ...]
    signing_mark: tuple[str, ...]
    """Of an annex in a file of its own: number, symbol and time of signing (10 pt, top right, mục II.8)."""


def word_letter(dispatch: Dispatch, fill: LetterFill) -> Wording:
    """The form's wording for `dispatch`, with what registration has filled in."""
    facts = dispatch.particulars
    number = f"{_number(fill)}{facts.symbol}"
    reference = (
        f"(Kèm theo Công văn số{_gap(fill.number)}{number} {_date(dispatch, fill)} của {facts.issuer.name})"
    )
    count = len(dispatch.annexes)
    return Wording(
        parent=facts.issuer.parent,
        body_name=facts.issuer.body,
        number=f"Số:{_gap(fill.number)}{number}",
        date=f"{facts.place}, {_date(dispatch, fill)}",
        subject=f"V/v {facts.subject}",
        salutation="Kính gửi:",
        addressees=_addressees(facts.addressees),
        authority=facts.signer.authority,
        signer=fill.signer or facts.signer.name,
        recipients_head="Nơi nhận:",
        recipients=(*(f"- {entry};" for entry in facts.recipients), f"- Lưu: {facts.filing}."),
        annexes=tuple(
            AnnexWording(_annex_word(at, count), annex.title, reference)
            for at, annex in enumerate(dispatch.annexes, start=1)
        ),
        signing_mark=(f"Số:{_gap(fill.number)}{number}", f"Thời gian ký:{TIME_BLANK}"),
    )


def cite_letter(dispatch: Dispatch) -> str:
    """How another letter first names this one: number, symbol, time, body and subject (NĐ 30, Điều 9).

    Number and day are blanks: whoever passes the letter on writes in those it was issued with.
    """
    facts, blank = dispatch.particulars, LetterFill()
    return (
        f"số{_number(blank)}{facts.symbol} {_date(dispatch, blank)} của {facts.issuer.name}"
        f" về việc {facts.subject}"
    )


def _number(fill: LetterFill) -> str:
    """Mục II.3: a number below 10 gets a leading zero."""
    return NUMBER_BLANK if fill.number is None else fill.number.lstrip("0").zfill(2)


def _gap(number: str | None) -> str:
    return "" if number is None else " "


def _date(dispatch: Dispatch, fill: LetterFill) -> str:
    """Mục II.4: days below 10 and the months 1 and 2 get a leading zero."""
    if fill.date is None:
        day, month, year = DAY_BLANK, dispatch.particulars.month, dispatch.particulars.year
    else:
        day, month, year = f" {fill.date.day:02d} ", fill.date.month, fill.date.year
    padded = f"{month:02d}" if month < 3 else f"{month}"
    return f"ngày{day}tháng {padded} năm {year}"


def _addressees(entries: tuple[str, ...]) -> tuple[str, ...]:
    """Mục II.9a: one stands on the line of “Kính gửi:”; more get dashes, semicolons and a last stop."""
    if len(entries) == 1:
        return entries
    return (*(f"- {entry};" for entry in entries[:-1]), f"- {entries[-1]}.")


def _annex_word(at: int, count: int) -> str:
    """Mục III.1: one annex is “Phụ lục”; several carry Roman numbers."""
    if count == 1:
        return "Phụ lục"
    roman = ""
    for value, letters in _ROMAN:
        while at >= value:
            roman += letters
            at -= value
    return f"Phụ lục {roman}"
