"""What the form prints around the text: number, date, lists, annex lines (Nghị định 30, Phụ lục I)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dxassets.dispatch.kinds import DOCUMENT_KINDS
from dxassets.dispatch.model import Dispatch
from dxassets.dispatch.particulars import Particulars
from dxassets.errors import DispatchError, Problem

# Room for handwriting or for the registry's stamp: no dots and no underscore, which would stay on the paper.
NUMBER_BLANK = "\u00a0" * 8
DAY_BLANK = "\u00a0" * 6
YEAR_BLANK = "\u00a0" * 8
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
    """The three heads of an annex: ``Phụ lục``, its name, the line that names the letter.

    Of a document that the letter issues: its kind and its subject. `is_issued` tells the two apart.
    """

    word: str
    title: tuple[str, ...]
    reference: str
    is_issued: bool = False


@dataclass(frozen=True, slots=True)
class SignatureWording:
    """Who signs: authority and title, an office held elsewhere (7b), the name with its rank.

    `field` names the empty field for the signature in a PDF; `sealed` if the body signs beside the person.
    """

    authority: tuple[str, ...]
    also: tuple[str, ...]
    name: str
    field: str = "nguoi-ky"
    sealed: bool = True
    signed: str = ""
    """What stands where it was signed, in a copy: “(Đã ký)”, if the clerk says so."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Every line that the form adds, in full; lists carry their dashes and marks.

    A công văn has a `subject` (“V/v …”), other kinds a `title` and an `about` in its place.
    """

    parent: tuple[str, ...]
    body_name: tuple[str, ...]
    number: str
    date: str
    subject: str
    salutation: str
    addressees: tuple[str, ...]
    signatures: tuple[SignatureWording, ...]
    recipients_head: str
    recipients: tuple[str, ...]
    annexes: tuple[AnnexWording, ...]
    signing_mark: str
    """Of an annex in a file of its own: number and symbol, and room for the time (10 pt, top right, II.8)."""
    title: str = ""
    about: tuple[str, ...] = ()
    urgency: str = ""
    circulation: str = ""
    address: tuple[str, ...] = ()
    confirmation: tuple[str, ...] = ()
    """Below a leave permit: who may confirm that it was spent there (Mẫu 1.10)."""
    copy_form: str = ""
    """“SAO Y” and the like, of a copy."""

    @property
    def authority(self) -> tuple[str, ...]:
        """The first signer's authority and title."""
        return self.signatures[0].authority

    @property
    def signer(self) -> str:
        """The first signer's name."""
        return self.signatures[0].name

    @property
    def is_signed_across(self) -> bool:
        """Whether several sign side by side, above the recipients."""
        return len(self.signatures) > 1

    @property
    def name(self) -> str:
        """What the document is called: its kind and what it is about."""
        if self.subject:
            return f"Công văn {self.subject}"
        kind = self.title or self.copy_form
        return " ".join((f"{kind[:1]}{kind[1:].lower()}", *self.about))


URGENCIES = {"hoa-toc": "HỎA TỐC", "thuong-khan": "THƯỢNG KHẨN", "khan": "KHẨN"}
"""What the marks of urgency say (mục III.2.b)."""
_CONFIRMATION = (
    "Xác nhận của cơ quan (tổ chức) hoặc",
    "chính quyền địa phương nơi nghỉ phép",
)


def word_letter(dispatch: Dispatch, fill: LetterFill) -> Wording:
    """The form's wording for `dispatch`, with what registration has filled in."""
    facts, form = dispatch.particulars, dispatch.particulars.form
    number = f"{_number(fill)}{facts.symbol}"
    whole = f"Số:{_gap(fill.number)}{number}"
    issuers = (facts.issuer.name, *(each.name for each in facts.joint))
    reference = (
        f"(Kèm theo {form.name[:1].upper()}{form.name[1:]} số{_gap(fill.number)}{number}"
        f" {_date(dispatch, fill)} của {_listed(issuers)})"
    )
    return Wording(
        parent=facts.issuer.parent,
        body_name=_bodies(facts),
        number=whole,
        date=f"{facts.place}, {_date(dispatch, fill)}" if form.has_date_line else "",
        subject=f"V/v {facts.subject}" if form.is_letter else "",
        salutation=f"{facts.sender} điện:" if facts.sender else "Kính gửi:",
        addressees=_addressees(facts.addressees, always_listed=bool(facts.sender)),
        signatures=_signatures(facts, fill),
        recipients_head="Nơi nhận:",
        recipients=(*(f"- {entry};" for entry in facts.recipients), _filed(facts)),
        annexes=tuple(_annexes(dispatch, reference)),
        signing_mark=f"{whole};{TIME_BLANK}",
        title="" if form.is_letter or form.is_copy else form.title,
        about=() if form.is_letter or not facts.subject else (facts.subject,),
        urgency=URGENCIES.get(facts.urgency, ""),
        circulation=facts.circulation,
        address=facts.address,
        confirmation=_CONFIRMATION if facts.details.confirmed else (),
        copy_form=form.title if form.is_copy else "",
    )


def word_original(copy: Dispatch) -> Wording:
    """The wording of the document that `copy` is a copy of, with the number and date of its issue."""
    if copy.original is None:
        raise ValueError("a copy without its original has no wording of one")
    facts = copy.particulars
    fill = LetterFill(facts.original_number or None, facts.original_date)
    words = word_letter(copy.original, fill)
    signed = tuple(replace(each, signed=facts.original_signed) for each in words.signatures)
    return replace(words, signatures=signed)


def _bodies(facts: Particulars) -> tuple[str, ...]:
    """The issuing bodies' names in lines; those that issue it together are joined by a dash."""
    lines = list(facts.issuer.body)
    for each in facts.joint:
        lines[-1] = f"{lines[-1]} -"
        lines += each.body
    return tuple(lines)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


def _signatures(facts: Particulars, fill: LetterFill) -> tuple[SignatureWording, ...]:
    """Who signs, from left to right: the secretary before the chair; bodies in the order they are named."""
    signer = facts.signer
    name = " ".join(filter(None, (signer.rank, fill.signer or signer.name)))
    first = SignatureWording(signer.authority, signer.also, name)
    if facts.secretary is not None:
        minuted = SignatureWording(
            facts.secretary.authority, (), facts.secretary.name, "thu-ky", sealed=False
        )
        return minuted, first
    others = tuple(
        SignatureWording(
            each.signer.authority,
            each.signer.also,
            " ".join(filter(None, (each.signer.rank, each.signer.name))),
            f"nguoi-ky-{at}",
        )
        for at, each in enumerate(facts.joint, start=2)
    )
    return first, *others


def _filed(facts: Particulars) -> str:
    """The last recipient, and beside it who drafted and how many copies there are (ô 12; Mẫu 1.5)."""
    copies = "" if facts.copies is None else f"({facts.copies})"
    drafted = f"{facts.drafter}." if facts.drafter and copies else facts.drafter
    return f"- Lưu: {facts.filing}. {drafted}{copies}".rstrip()


def _annexes(dispatch: Dispatch, reference: str) -> Iterator[AnnexWording]:
    count = sum(1 for annex in dispatch.annexes if not annex.kind)
    at = 0
    for annex in dispatch.annexes:
        if annex.kind:
            yield AnnexWording(DOCUMENT_KINDS[annex.kind].title, annex.title, reference, is_issued=True)
            continue
        at += 1
        yield AnnexWording(_annex_word(at, count), annex.title, reference)


def cite_letter(dispatch: Dispatch) -> str:
    """How another letter first names this one: number, symbol, time, body and subject (NĐ 30, Điều 9).

    Number and day are blanks: whoever passes the letter on writes in those it was issued with.
    """
    facts, blank = dispatch.particulars, LetterFill()
    about = (
        f"về việc {facts.subject}" if facts.form.is_letter else facts.subject[:1].lower() + facts.subject[1:]
    )
    return f"số{_number(blank)}{facts.symbol} {_date(dispatch, blank)} của {facts.issuer.name} {about}"


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
    padded = DAY_BLANK if month is None else f" {month:02d} " if month < 3 else f" {month} "
    return f"ngày{day}tháng{padded}năm{YEAR_BLANK if year is None else f' {year}'}"


def _addressees(entries: tuple[str, ...], *, always_listed: bool = False) -> tuple[str, ...]:
    """Mục II.9a: one stands on the line of “Kính gửi:”; more get dashes, semicolons and a last stop."""
    if not entries or (len(entries) == 1 and not always_listed):
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
