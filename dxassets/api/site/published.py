"""Whether what was published is what was built: each file compared with the site's list."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from dxassets.api.site.listing import SITE_LIST, UNDER_WAY, SiteList, parse_list
from dxassets.api.site.rules import SERVERS
from dxassets.api.site.wishes import checked_address
from dxassets.digest import digest
from dxassets.errors import InputError, Problem
from dxassets.renderers.site.editions import address, in_order
from dxassets.store import place_in

_SECONDS = 30.0
_TOGETHER = 8
_GONE = frozenset({403, 404, 410})
Reader = Callable[[str, str], "bytes | None"]
"""Gives the bytes of a path whose SHA-256 should be the second; None where nothing lies."""


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """What differs from the list, as paths in the order of a copy.

    `missing` is not there, `other` has other bytes than it should, `surplus` is no file of the site (of a
    folder; over http nobody can tell). `against` is the list that counted.
    """

    place: str
    against: str
    files: int
    missing: tuple[str, ...]
    other: tuple[str, ...]
    surplus: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when every file is there as it was built, else 1. What lies there besides does no harm."""
        return 1 if self.missing or self.other else 0


def check_site(place: str, *, built: Path | None = None) -> PublishedReport:
    """Compares what lies at `place`, an address or a folder, with the list of the folder `built`, or its own.

    `InputError` when there is nothing to compare, or nobody answers.
    """
    over_http = place.startswith(("http://", "https://"))
    folder = None if over_http else Path(place)
    read: Reader = _over_http(checked_address(place) or place) if folder is None else _in_folder(folder)
    own = None if built is None else built / SITE_LIST
    if own is not None and own.is_file():
        listed, against = _parsed(own.read_bytes(), str(own)), str(own)
    else:
        listed, against = _parsed(read(SITE_LIST, ""), f"{place.rstrip('/')}/{SITE_LIST}"), place
    # a web server keeps its own rules to itself
    paths = [path for path in listed.digests if not (over_http and path in SERVERS.values())]
    with ThreadPoolExecutor(_TOGETHER if over_http else 1) as threads:
        found = dict(zip(paths, threads.map(partial(_seen, read, listed), paths), strict=True))
    if own is not None and against == str(own) and own.read_bytes() != read(SITE_LIST, ""):
        found[SITE_LIST] = "other"
    return PublishedReport(
        place=place,
        against=against,
        files=len(paths),
        missing=tuple(in_order(path for path, what in found.items() if what == "missing")),
        other=tuple(in_order(path for path, what in found.items() if what == "other")),
        surplus=() if folder is None else _surplus(folder, listed),
    )


def _seen(read: Reader, listed: SiteList, path: str) -> str:
    data = read(path, listed.digests[path])
    if data is None:
        return "missing"
    return "same" if digest(data) == listed.digests[path] else "other"


def _parsed(data: bytes | None, where: str) -> SiteList:
    try:
        listed = parse_list(data or b"")
    except ValueError:
        listed = SiteList("")
    if not listed.digests or not all(listed.digests.values()):
        raise InputError(
            Problem(
                where,
                "không có danh sách tệp của trang; hãy dựng lại bằng dxassets site rồi chép cả thư mục lên",
                "is no list of a site's files; build it again with dxassets site and copy the whole folder",
            )
        )
    return listed


def _in_folder(folder: Path) -> Reader:
    def read(path: str, _sha: str) -> bytes | None:
        try:
            return place_in(folder, path).read_bytes()
        except OSError:
            return None

    return read


def _surplus(folder: Path, listed: SiteList) -> tuple[str, ...]:
    known = {*listed.digests, SITE_LIST, UNDER_WAY}
    there = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return tuple(sorted(path for path in there if path not in known))


def _over_http(base: str) -> Reader:
    """Asks for each file by the address by which pages ask, so that what a cache on the way holds is seen."""

    def read(path: str, sha: str) -> bytes | None:
        place = quote(path)
        if sha and not path.endswith(".html"):
            place = address(place, sha)
        # checked_address lets nothing but http and https through
        request = Request(base + place, headers={"User-Agent": "dxassets"})  # noqa: S310
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                return answer.read()
        except HTTPError as error:
            error.close()  # it holds the answer, and Python 3.14 says so of one that is left open
            if error.code in _GONE:
                return None
            raise _unreachable(base + place, str(error.code)) from error
        except URLError as error:
            raise _unreachable(base + place, str(error.reason)) from error
        except (OSError, HTTPException) as error:
            raise _unreachable(base + place, type(error).__name__) from error

    return read


def _unreachable(where: str, reason: str) -> InputError:
    return InputError(
        Problem(
            where,
            f"chưa đọc được ({reason}); hãy kiểm tra mạng và địa chỉ rồi thử lại",
            f"can't be read ({reason}); check the network and the address, then try again",
        )
    )
