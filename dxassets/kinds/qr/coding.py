"""A code for an address that somebody gives: who may be coded, and what stands below it."""

from __future__ import annotations

from dxassets.addresses import domain_of
from dxassets.campaign import checked_link
from dxassets.errors import InputError, Problem
from dxassets.jobs import LinkWords
from dxassets.kinds.qr.spec import QrFormat, QrSpec
from dxassets.kinds.scope import AssetDraft
from dxassets.models import BilingualError
from dxassets.renderers.faces import brand_of
from dxassets.renderers.undrawable import undrawable
from dxassets.resources import Resources
from dxassets.vietnamese import clean, strange_characters

SCAN_ME = "Quét mã để xem"


def code_draft(url: str, file_format: QrFormat, *, label: str, resources: Resources, name: str) -> AssetDraft:
    """The code of `url` with `label` below it, in a file of that name.

    `url` may be as people read it (``https://vi.wikipedia.org/wiki/Cần_Thơ``). `InputError` for what is
    not a full web address, is longer than any symbol holds, or is on zalo.me and of anything but an OA,
    and for a label that can't be drawn.
    """
    address = coded_address(url)
    link = LinkWords("url", clean(label), address, domain_of(address))
    face = brand_of(resources).typefaces.display
    problems = [
        *_strange("--label", link.label),
        *undrawable([("--label", link.label)], face, resources=resources),
    ]
    if problems:
        raise InputError(*problems[:1])
    return AssetDraft("qr", QrSpec(link, (), file_format), "", name)


def coded_address(url: str) -> str:
    """What a code for `url` carries; `InputError` for what is no web address, or where nobody may be sent."""
    try:
        return checked_link(url)
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
