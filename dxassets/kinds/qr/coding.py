"""A code for an address that somebody gives: who may be coded, and what stands below it."""

from __future__ import annotations

from dxassets.campaign import checked_url, checked_zalo
from dxassets.errors import InputError, Problem
from dxassets.jobs import LinkWords
from dxassets.kinds.qr.spec import QrFormat, QrSpec
from dxassets.kinds.scope import Draft
from dxassets.models import BilingualError
from dxassets.renderers.faces import brand_of
from dxassets.renderers.undrawable import undrawable
from dxassets.resources import Resources
from dxassets.vietnamese import clean, strange_characters

SCAN_ME = "Quét mã để xem"


def code_draft(url: str, file_format: QrFormat, *, label: str, resources: Resources, name: str) -> Draft:
    """The code of `url` with `label` below it, in a file of that name.

    `InputError` for what is not a full web address, or is a zalo.me address of anything but an OA,
    and for a label that can't be drawn.
    """
    address = _checked(url)
    link = LinkWords("url", clean(label), address, address.split("/")[2].removeprefix("www."))
    face = brand_of(resources).typefaces.display
    problems = [
        *_strange("--label", link.label),
        *undrawable([("--label", link.label)], face, resources=resources),
    ]
    if problems:
        raise InputError(*problems[:1])
    return Draft("qr", QrSpec(link, (), file_format), "", name)


def _checked(url: str) -> str:
    """`url`, if people may be sent there."""
    try:
        address = checked_url(clean(url))
        return checked_zalo(address) if address.split("/")[2].lower() == "zalo.me" else address
    except BilingualError as error:
        raise InputError(Problem("URL", error.vi, error.en)) from error


def _strange(where: str, text: str) -> list[Problem]:
    codes = ", ".join(f"U+{ord(char):04X}" for char in strange_characters(text))
    if not codes:
        return []
    return [
        Problem(
            where, f"có ký tự không in được ({codes})", f"holds characters that can't be printed ({codes})"
        )
    ]
