"""What a clerk says of a document beside its text: the particulars between the two ``+++`` lines."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from dxassets.decree import symbol_case_faults
from dxassets.dispatch.kinds import DOCUMENT_KINDS, LETTER, WITHOUT_MODEL, DocumentKind
from dxassets.models import BilingualError, Line, Model, suggest
from dxassets.vietnamese import slug


def _upper(text: str) -> str:
    if text != text.upper():
        raise BilingualError(f"“{text}” phải viết in hoa (NĐ 30)", f"{text!r} must be in capitals")
    return text


def _symbol(text: str) -> str:
    if not re.fullmatch(r"/[^\s/]+", text):
        raise BilingualError(
            f"“{text}” phải có dạng /STTTT-CNTT: gạch chéo, không có khoảng trắng, không có số",
            f"{text!r} must look like /STTTT-CNTT: a slash, no blanks, no number",
        )
    if faults := symbol_case_faults(text.removeprefix("/")):
        raise BilingualError(f"{faults[0][0]}; ký hiệu phải viết in hoa (NĐ 30)", f"{faults[0][1]}")
    return text


def _kind(text: str) -> str:
    known = tuple(DOCUMENT_KINDS)
    if text in WITHOUT_MODEL:
        raise BilingualError(
            f"Phụ lục III của NĐ 30 không có mẫu cho {WITHOUT_MODEL[text]}; hãy soạn văn bản này bằng Word",
            f"the decree has no model for {WITHOUT_MODEL[text]!r}; write it with Word",
        )
    if text not in DOCUMENT_KINDS:
        shorts = {kind.short: kind.slug for kind in DOCUMENT_KINDS.values() if kind.short} | {"CV": LETTER}
        vi, en = suggest(shorts.get(text, slug(text)), known)
        listed = ", ".join(known)
        raise BilingualError(
            f"không có loại văn bản “{text}”; có: {listed}.{vi}",
            f"there is no kind {text!r}; there are: {listed}.{en}",
        )
    return text


def _subject(text: str) -> str:
    if text.lower().startswith("v/v") or text.endswith("."):
        raise BilingualError(
            "không gõ “V/v” ở đầu và dấu chấm ở cuối trích yếu; công văn thì máy tự thêm V/v, văn bản có tên "
            "loại thì viết đủ “Về việc …”",
            "leave out “V/v” at the start and the stop at the end; V/v is added to a công văn for you",
        )
    return text


def _entry(text: str) -> str:
    if text.startswith(("-", "–", "+")) or text.endswith((";", ".", ",")):
        raise BilingualError(
            f"“{text}”: không gõ gạch đầu dòng và dấu ở cuối; máy tự thêm",
            f"{text!r}: leave out the dash and the final mark; they are added for you",
        )
    return text


Capitals = Annotated[Line, AfterValidator(_upper)]
Entry = Annotated[Line, AfterValidator(_entry)]
Phrase = Annotated[Line, AfterValidator(_entry)] | Literal[""]
"""What a fixed line of a model is filled in with: without its final mark, which is added."""


class Issuer(Model):
    """Who issues the document: the body above it (may be none), its own name in lines, and in running text.

    `sector` is named by armed forces, schools, health and science alone: only their signers' ranks and
    degrees may be written (mục II.7.c).
    """

    parent: tuple[Capitals, ...] = ()
    body: Annotated[tuple[Capitals, ...], Field(min_length=1)]
    name: Line
    sector: Literal["", "vu-trang", "giao-duc", "y-te", "khoa-hoc"] = ""


class Signer(Model):
    """Authority and title in lines (``KT. GIÁM ĐỐC``, ``PHÓ GIÁM ĐỐC``), and the name below the signature.

    `also` is an office held elsewhere, above the name (7b); `rank` a rank or degree before it.
    """

    authority: Annotated[tuple[Capitals, ...], Field(min_length=1)]
    name: Line | Literal[""]  # empty in a template: nobody's name is made up
    rank: Line | Literal[""] = ""
    also: tuple[Capitals, ...] = ()


class Secretary(Model):
    """Who writes the minutes, and signs them on the left (Mẫu 1.9)."""

    authority: Annotated[tuple[Capitals, ...], Field(min_length=1)] = ("THƯ KÝ",)
    name: Line | Literal[""]


class Joint(Model):
    """A body that issues the document with the first one, and who signs for it."""

    body: Annotated[tuple[Capitals, ...], Field(min_length=1)]
    name: Line
    signer: Signer


class Details(Model):
    """What the fixed lines of a kind's model are filled in with (Mẫu 1.7 to 1.10)."""

    invited: tuple[Entry, ...] = ()
    event: Phrase = ""
    time: Phrase = ""
    venue: Phrase = ""
    chair: Phrase = ""
    secretary: Phrase = ""
    meeting: Literal["cuộc họp", "hội nghị", "hội thảo"] = "cuộc họp"
    started: Phrase = ""
    ended: Phrase = ""
    present: tuple[Entry, ...] = ()
    person: Phrase = ""
    position: Phrase = ""
    sent_to: Phrase = ""
    purpose: Phrase = ""
    valid_until: Phrase = ""
    requested: Phrase = ""
    length: Phrase = ""
    starts: Phrase = ""
    until: Phrase = ""
    where: Phrase = ""
    counted: Phrase = ""
    confirmed: bool = False


class Particulars(Model):
    """A document's particulars, as a clerk gives them; which a kind needs stands in `kinds`."""

    kind: Annotated[str, AfterValidator(_kind)] = LETTER
    symbol: Annotated[Line, AfterValidator(_symbol)]
    place: Line | Literal[""] = ""
    month: Annotated[int | None, Field(ge=1, le=12)] = None
    year: Annotated[int | None, Field(ge=1945, le=2199)] = None
    subject: Annotated[Line, AfterValidator(_subject)] | Literal[""] = ""
    decided_by: tuple[Capitals, ...] = ()
    bases: tuple[Entry, ...] = ()
    sender: Phrase = ""
    addressees: Annotated[tuple[Entry, ...], Field(min_length=1)] = ()
    details: Details = Details()
    recipients: Annotated[tuple[Entry, ...], Field(min_length=1)]
    filing: Entry
    drafter: Capitals | Literal[""] = ""
    copies: Annotated[int | None, Field(ge=1, le=99_999)] = None
    urgency: Literal["", "hoa-toc", "thuong-khan", "khan"] = ""
    circulation: Capitals | Literal[""] = ""
    address: Annotated[tuple[Line, ...], Field(max_length=4)] = ()
    annexes: tuple[Line, ...] = ()
    attached: tuple[Line, ...] = ()
    original: Line | Literal[""] = ""
    original_number: Annotated[str, Field(pattern=r"^[0-9]{0,6}$")] = ""
    original_date: date | None = None
    original_signed: Line | Literal[""] = ""
    tables: bool = True  # whether rows between pipes, and a Word text's ruled tables, are tables
    mentions: tuple[Line, ...] = ()  # other places, years and sites that the text means to name
    issuer: Issuer
    joint: tuple[Joint, ...] = ()
    signer: Signer
    secretary: Secretary | None = None

    @property
    def form(self) -> DocumentKind:
        """The kind that the document is."""
        return DOCUMENT_KINDS[self.kind]
