"""Agencies that are known already, by whatever an office's own table calls them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxassets.agencies.model import Agency
from dxassets.vietnamese import clean

_Key = tuple[str, str]
"""What an agency is called, and its district, case aside."""


class KnownAgencies:
    """Finds agencies by their full name, their short one, or their unit's: “PHƯỜNG LONG XUYÊN”.

    Of `agencies` the first of a full name counts; a short one that two have names neither.
    """

    def __init__(self, agencies: Iterable[Agency] = (), *, committee: str = "") -> None:
        self._full: dict[_Key, Agency] = {}
        for agency in agencies:
            self._full.setdefault(_key(agency.name, agency.district), agency)
        short: dict[_Key, list[Agency]] = {}
        for agency in self._full.values():
            for name in _short_names(agency, committee):
                short.setdefault(_key(name, agency.district), []).append(agency)
        self._short = {key: found[0] for key, found in short.items() if len(found) == 1}

    def called(self, name: str, district: str) -> Agency | None:
        """The agency that `name` means in that district (“” for none); None where that is nobody's name."""
        key = _key(name, district)
        return self._full.get(key) or self._short.get(key)


def _key(name: str, district: str) -> _Key:
    return clean(name).casefold(), clean(district).casefold()


def _short_names(agency: Agency, committee: str) -> Iterator[str]:
    """What else the agency is called, each once."""
    names = {agency.short_name.casefold()}
    if committee and agency.name.startswith(f"{committee} "):
        names.add(agency.name.removeprefix(f"{committee} ").casefold())
    yield from names
