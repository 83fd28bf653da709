"""Codes on the spot: what a request may say, and for which addresses a public server makes a code."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dxassets.errors import InputError, Problem
from dxassets.jobs import link_words
from dxassets.kinds.faces import LONGEST, Offer, Parameter
from dxassets.kinds.qr.coding import SCAN_ME, code_draft, coded_address
from dxassets.kinds.qr.kind import FORMATS
from dxassets.kinds.qr.spec import QrFormat, QrSpec
from dxassets.kinds.scope import AssetDraft
from dxassets.project import Project


def offer_of(project: Project) -> Offer:
    """The parameters of a code."""
    links = tuple(link.id for link in link_words(project.campaign))
    named = [Parameter("link", "Id of a link of the campaign", links[0], choices=links)] if links else []
    return Offer(
        "One QR code",
        (
            Parameter("format", "File format", "svg", choices=FORMATS, default="png"),
            *named,
            Parameter(
                "url",
                "An address below .gov.vn, or of the campaign",
                "https://tinh.gov.vn/",
                longest=LONGEST["url"],
            ),
            Parameter("label", "Words below the code", SCAN_ME, longest=LONGEST["label"]),
        ),
    )


def code_of(project: Project, said: Mapping[str, str]) -> AssetDraft:
    """The QR code of one of the campaign's links by id, or of an address that `may_be_coded`."""
    link, url, label = said.get("link"), said.get("url"), said.get("label")
    if (link is None) == (url is None):
        raise InputError(
            Problem("link", "cần đúng một trong hai: link hoặc url", "give either link or url, not both")
        )
    if link is not None:
        url, label = _campaign_link(project, link, label)
    address = coded_address(url or "")
    if not may_be_coded(project, address):
        raise InputError(
            Problem(
                "url",
                "máy chủ này chỉ làm mã cho địa chỉ https:// của cơ quan nhà nước (.gov.vn) "
                "và cho các liên kết của chiến dịch",
                "this server makes codes only for https:// addresses below .gov.vn "
                "and for the campaign's links",
            )
        )
    file_format = _format(said.get("format"))
    return code_draft(
        address, file_format, label=label or SCAN_ME, resources=project.resources, name=f"qr.{file_format}"
    )


def _format(asked: str | None) -> QrFormat:
    for known in FORMATS:
        if known == asked:
            return known
    return "png"


def may_be_coded(project: Project, address: str) -> bool:
    """Whether a public server lends the campaign's look to a code for `address`, a URI.

    A code can't be read by eye, so who scans it trusts its frame: it leads to a state
    agency's own host, or where the campaign sends people anyway.
    """
    if not address.startswith("https://") or "@" in address or "\\" in address:
        return False
    host = address.split("/")[2].lower()
    known = {link.url for link in link_words(project.campaign)}
    return address in known or re.fullmatch(r"([a-z0-9-]+\.)+gov\.vn", host) is not None


def _campaign_link(project: Project, link_id: str, label: str | None) -> tuple[str, str]:
    """Address and label of a link of the campaign; `InputError` when it is not set."""
    for link in link_words(project.campaign):
        if link.id == link_id:
            return link.url, label or link.label
    raise InputError(
        Problem("link", "liên kết này chưa có trong chiến dịch", "this link is not set in the campaign")
    )


def name_of(spec: QrSpec) -> str:
    """A file's name, from the host that the code leads to."""
    host = spec.link.url.split("/")[2]
    return f"qr-{re.sub(r'[^a-z0-9]+', '-', host.lower()).strip('-')}.{spec.format}"
