"""Banners without a name that an earlier run drew: they lie in the built folder, and are taken from there.

Each is called by the digest of all that decides it, as an asset is by its job's key: what it says, the files
that it is made of, and the programs that draw it. A file that does not read is as good as none.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from dxassets.digest import digest
from dxassets.jobs import Digests
from dxassets.kinds.banner.planning import PlannedBanner
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.renderers.site.model import SiteBase
from dxassets.store import WORK_FOLDER, place_in, publish, remove

_FOLDER = f"{WORK_FOLDER}/bases"
_SPEC = TypeAdapter(BannerSpec)
_BASE = TypeAdapter(SiteBase)
_BYTES = ("packed", "small")


@dataclass(frozen=True, slots=True)
class KeptBases:
    """The bases below the built `folder`, drawn by the programs `made_by`. Without a folder none are kept."""

    folder: Path | None
    made_by: str
    _used: set[str] = field(default_factory=set[str])

    def key_of(self, planned: PlannedBanner, inputs: Digests) -> str:
        """What a base is called: equal if and only if all that decides it is."""
        said = _SPEC.dump_json(planned.spec)
        return digest(said + repr((planned.day, inputs, self.made_by)).encode())

    def get(self, key: str) -> SiteBase | None:
        """The base of that key, if it lies there whole."""
        if self.folder is None:
            return None
        try:
            found = _read(place_in(self.folder, _path(key)).read_bytes())
        except (OSError, zlib.error, ValueError, KeyError, TypeError):
            return None
        self._used.add(key)
        return found

    def put(self, key: str, base: SiteBase) -> None:
        """Keep a base; `OutputError` where the folder can't be written."""
        if self.folder is not None:
            publish(self.folder, _path(key), _written(base))
            self._used.add(key)

    def tidy(self) -> None:
        """Take away what nobody asked for this time."""
        if self.folder is None:
            return
        for file in (self.folder / _FOLDER).glob("*"):
            if file.name not in self._used:
                remove(self.folder, f"{_FOLDER}/{file.name}")


def _written(base: SiteBase) -> bytes:
    """A base as JSON, its bytes as base64, with a sum by which a file that is not whole is known."""
    told = asdict(base)
    told |= {name: b64encode(told[name]).decode() for name in _BYTES}
    return zlib.compress(json.dumps(told, ensure_ascii=False, sort_keys=True).encode(), 1)


def _read(data: bytes) -> SiteBase:
    told = json.loads(zlib.decompress(data))
    told |= {name: b64decode(told[name]) for name in _BYTES}
    return _BASE.validate_python(told)


def _path(key: str) -> str:
    return f"{_FOLDER}/{key}"
