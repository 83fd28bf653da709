"""Web addresses as people write them, and as a code carries them: readable letters in, a plain URI out.

“https://vi.wikipedia.org/wiki/Cần_Thơ” is what a clerk copies. In a QR code, and in a page's link, it is
percent-encoded UTF-8 (RFC 3987, 3.1), its host in IDNA (UTS 46); printed is its domain with its marks again.
A code can't be read by eye, so what could lead people elsewhere than it seems to is refused: a name before
the host, letters that only look like ours, characters that can't be seen. An address of plain ASCII that
is a URI already stays as it is, letter by letter.
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import quote

import idna

from dxassets.models import BilingualError, no_strange_characters
from dxassets.vietnamese import LETTERS, clean

ErrorCorrectionLevel = Literal["M", "Q", "H"]
MOST_CODED: dict[ErrorCorrectionLevel, int] = {"M": 2331, "Q": 1663, "H": 1273}
"""Bytes in the largest QR symbol, version 40, by its error correction (ISO/IEC 18004, table 7)."""
_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE)
"""RFC 3986, appendix B. Not urlsplit: it drops an empty query, and cleans what ought to be refused."""
_PORT = re.compile(r":[1-9][0-9]{0,4}")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
"""A host that ends in a number is no name: browsers take it for an IPv4 address (WHATWG URL, 3.5)."""
_LAST_PORT = 65_535
_LONGEST_HOST = 253
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RESERVED = ":/?[]@!$&'()*+,;="
"""What has a meaning of its own in an address (RFC 3986, 2.2), but for ``#``."""
_HIDDEN = "xn--"


def to_uri(text: str) -> str:
    """The URI of a full web address; `BilingualError` for what is none, or hides where it leads.

    Marks are encoded in NFC, whichever way they were typed.
    """
    text = no_strange_characters(clean(text))
    parts = _PARTS.fullmatch(text)
    if parts is None or "\\" in text:
        raise _not_full(text)
    if " " in text:
        raise BilingualError(
            f"“{text}” có dấu cách; hãy chép lại địa chỉ từ trình duyệt",
            f"{text!r} holds a blank; copy the address from the browser again",
        )
    scheme, authority, path, query, fragment = (part or "" for part in parts.groups())
    uri = f"{scheme}://{_to_authority(authority, text)}{_encoded(path)}{_encoded(query)}"
    if fragment:
        uri += f"#{_encoded(fragment[1:])}"
    if len(uri) > MOST_CODED["M"]:
        raise BilingualError(*too_long(len(uri), "M"))
    return uri


def site_uri(text: str) -> str:
    """The URI of a web site's own address, with a slash at its end; `BilingualError` for what is none."""
    uri = text if text.isascii() else to_uri(text)
    host = host_of(uri)
    whole = uri.startswith(("https://", "http://")) and host and not _is_wrong_number(host)
    if not whole or any(sign in uri for sign in ' "<>#?'):
        raise BilingualError(
            f"“{text}” không phải địa chỉ trang web, ví dụ https://chiendich.tinh.gov.vn/2026/",
            f"{text!r} is no address of a site such as https://chiendich.tinh.gov.vn/2026/",
        )
    return uri if uri.endswith("/") else f"{uri}/"


def host_of(uri: str) -> str:
    """The host in lower case, without the port."""
    found = _PARTS.fullmatch(uri)
    return "" if found is None else found.group(2).rpartition("@")[2].partition(":")[0].lower().rstrip(".")


def domain_of(uri: str) -> str:
    """The host as people read it: without ``www.``, with the marks of Vietnamese, and a port if it has one.

    A name with other letters than those stays in its plain form (``xn--…``): they may only look like ours.
    """
    host = host_of(uri)
    found = _PARTS.fullmatch(uri)
    port = "" if found is None else found.group(2).rpartition("@")[2].partition(":")[2]
    readable = ".".join(_readable(label) for label in host.split("."))
    return readable.removeprefix("www.") + (f":{port}" if port else "")


def too_long(size: int, level: ErrorCorrectionLevel) -> tuple[str, str]:
    """That `size` bytes are more than any symbol holds, in both languages."""
    most = MOST_CODED[level]
    vi = f"dài {size} byte khi ghi vào mã QR, mà mã lớn nhất (mức sửa lỗi {level}) chỉ chứa {most} byte"
    en = f"takes {size} bytes in a QR code, and the largest (error correction {level}) holds {most}"
    return f"{vi}; hãy dùng địa chỉ ngắn hơn", f"{en}; use a shorter address"


def _not_full(text: str) -> BilingualError:
    return BilingualError(
        f"“{text}” không phải địa chỉ web đầy đủ (ví dụ: https://tinh.gov.vn/...)",
        f"{text!r} is not a full web address (such as https://tinh.gov.vn/...)",
    )


def _to_authority(authority: str, text: str) -> str:
    """The host, and the port if there is one; ASCII stays as it was typed."""
    if "@" in authority:
        raise BilingualError(
            f"“{text}” có “{authority.rpartition('@')[0]}@” trước tên miền, người xem dễ tưởng nhầm nơi đến; "
            "hãy bỏ phần đó",
            f"{text!r} has {authority.rpartition('@')[0] + '@'!r} before its host, which misleads people; "
            "leave that out",
        )
    host, colon, port = authority.partition(":")
    if colon and not (_PORT.fullmatch(colon + port) and int(port) <= _LAST_PORT):
        raise _not_full(text)
    strange = "".join(
        dict.fromkeys(each for each in host if not each.isascii() and each.lower() not in LETTERS)
    )
    if strange:
        codes = ", ".join(f"“{each}” (U+{ord(each):04X})" for each in strange)
        raise BilingualError(
            f"tên miền “{host}” có {codes}, không phải chữ cái tiếng Việt nên dễ bị nhầm; hãy gõ lại, "
            "hoặc nếu đúng là tên miền này thì viết dạng xn--",
            f"the host {host!r} holds {codes}, which is no Vietnamese letter and may mislead; type it again, "
            "or write it in its xn-- form if that is the name",
        )
    plain = host if host.isascii() else _to_idna(host, text)
    labels = plain.removesuffix(".").split(".")
    if len(labels) < 2 or len(plain) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        raise _not_full(text)
    if _is_wrong_number(plain.removesuffix(".")):
        raise _not_full(text)
    return plain + colon + port


def _is_wrong_number(host: str) -> bool:
    """Whether that ends in a number, and is no address of four numbers as RFC 3986, 3.2.2, has it."""
    from ipaddress import AddressValueError, IPv4Address  # noqa: PLC0415  (few addresses are numbers)

    if not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return False
    try:
        IPv4Address(host)
    except AddressValueError:
        return True
    return False


def _to_idna(host: str, text: str) -> str:
    try:
        return idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError as error:
        raise _not_full(text) from error


def _encoded(part: str) -> str:
    """A path, query or fragment with all that no URI holds percent-encoded; what is encoded already stays."""
    return quote(_NO_ESCAPE.sub("%25", part), safe=_RESERVED + "%~")


def _readable(label: str) -> str:
    """A label of a host with its marks, if they are Vietnamese and it is written back the same."""
    if not label.startswith(_HIDDEN):
        return label
    try:
        shown = idna.decode(label)
        same = idna.encode(shown, uts46=True, std3_rules=True).decode("ascii") == label
    except idna.IDNAError:
        return label
    return shown if same and all(each.isascii() or each in LETTERS for each in shown) else label
