"""Whom the press may ask: `[[contacts]]` of a campaign."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dxassets.errors import Problem
from dxassets.models import IDENTIFIER, BilingualError, Model, PlainLine, suggest

LONGEST_EMAIL = 254
"""RFC 5321: what a path holds, without its brackets."""
MOST_CONTACTS = 20
SHORT_NUMBERS = (3, 4)
"""Digits of a hotline such as 1022; any other number has `LEAST_DIGITS` to `MOST_DIGITS`."""
LEAST_DIGITS, MOST_DIGITS = 8, 12
_PHONE_PATTERN = r"^\+?[0-9(][0-9 .()-]*[0-9]( (máy lẻ|ext\.) [0-9]{1,6})?$"
_PHONE = re.compile(_PHONE_PATTERN)
_EMAIL_PATTERN = (
    r"^[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])$"
)
_EMAIL = re.compile(_EMAIL_PATTERN)


def checked_phone(text: str) -> str:
    """A telephone number as people write it; `BilingualError` for what can't be dialled."""
    if _PHONE.fullmatch(text) is None or not _is_dialled(dialled(text)):
        raise BilingualError(
            f"“{text}” không phải số điện thoại: chỉ gồm chữ số, dấu cách, chấm, gạch nối, ngoặc, + ở đầu; "
            f"{LEAST_DIGITS}–{MOST_DIGITS} chữ số kể cả mã vùng, hoặc tổng đài 3–4 chữ số "
            "(ví dụ: 0261 3543 210, 0912 345 678 máy lẻ 12)",
            f"{text!r} is no telephone number: digits, blanks, dots, hyphens, brackets and a leading + only, "
            f"{LEAST_DIGITS} to {MOST_DIGITS} digits with the area code, or a hotline of 3 or 4 "
            "(such as 0261 3543 210, 0912 345 678 ext. 12)",
        )
    return text


def dialled(text: str) -> str:
    """The digits of a number, with the + that may lead it and without its extension: for links."""
    number = re.split(r" (?:máy lẻ|ext)", text)[0]
    return re.sub(r"[^0-9+]", "", number)


def _is_dialled(number: str) -> bool:
    digits = len(number.removeprefix("+"))
    return digits in SHORT_NUMBERS or LEAST_DIGITS <= digits <= MOST_DIGITS


def checked_email(text: str) -> str:
    """An e-mail address; `BilingualError` for what no mail reaches."""
    if _EMAIL.fullmatch(text) is None:
        raise BilingualError(
            f"“{text}” không phải địa chỉ thư điện tử; hãy viết không dấu, không cách, dạng ten@tinh.gov.vn",
            f"{text!r} is no e-mail address; write it without marks and blanks, such as name@province.gov.vn",
        )
    return text


class Contact(Model):
    """Somebody whom the press may ask, by telephone or e-mail.

    `office` is the id of an agency of the list, or an office's name as it is to be read; the issuing agency
    where it is left out.
    """

    name: Annotated[PlainLine, Field(examples=["Nguyễn Văn An"])]
    role: PlainLine | None = None
    phone: (
        Annotated[
            str,
            StringConstraints(min_length=1, max_length=40),
            AfterValidator(checked_phone),
            Field(json_schema_extra={"pattern": _PHONE_PATTERN, "examples": ["0261 3543 210"]}),
        ]
        | None
    ) = None
    email: (
        Annotated[
            str,
            StringConstraints(min_length=1, max_length=LONGEST_EMAIL),
            AfterValidator(checked_email),
            Field(json_schema_extra={"pattern": _EMAIL_PATTERN, "examples": ["baochi@tinh.gov.vn"]}),
        ]
        | None
    ) = None
    office: Annotated[PlainLine, Field(examples=["so-noi-vu"])] | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Contact:
        if self.phone is None and self.email is None:
            raise BilingualError(
                "thiếu cách liên hệ; hãy ghi phone (điện thoại) hoặc email (thư điện tử)",
                "can't be reached; give phone or email",
            )
        return self


Contacts = Annotated[tuple[Contact, ...], Field(max_length=MOST_CONTACTS)]


def office_of(contact: Contact, offices: Mapping[str, str], issuer: str) -> str:
    """The name of a contact's office; `offices` are those of the list, by id."""
    return issuer if contact.office is None else offices.get(contact.office, contact.office)


def unknown_offices(contacts: Sequence[Contact], offices: Sequence[str], source: str) -> list[Problem]:
    """Offices that are written as ids and are on no list: slips of the pen, which nobody should read."""
    problems: list[Problem] = []
    for at, contact in enumerate(contacts):
        name = contact.office
        if name is None or name in offices or re.fullmatch(IDENTIFIER.pattern, name) is None:
            continue
        vi, en = suggest(name, offices)
        problems.append(
            Problem(
                f"{source}: contacts[{at}].office",
                f"danh sách không có cơ quan “{name}”; hãy ghi một mã có ở đó, hoặc tên đầy đủ.{vi}",
                f"no agency of the list is {name!r}; put an id from there, or the office's full name.{en}",
            )
        )
    return problems
