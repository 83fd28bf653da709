"""The brand's fonts and templates, opened once a process and kept by the digest of their bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dxassets.backends.shaper import Shaper
from dxassets.backends.templating import Templates
from dxassets.brand import Brand, parse_brand
from dxassets.resources import Resources


def shaper_of(resources: Resources) -> Shaper:
    """The display face of the brand that `resources` finds, with its spare one.

    This is asked for with every picture, so the spare face's files, which few words need, are
    read once: a process does not see them change.
    """
    face = brand_of(resources).typefaces.display
    spare = tuple(face.spare.files.items()) if face.spare else ()
    return _shaper(_read(face.files, resources), spare, resources)


def _read(files: Mapping[str, str], resources: Resources) -> _Fonts:
    """Font files by weight, lightest first."""
    fonts = [(int(weight), resources.read(f"brand/{name}")) for weight, name in sorted(files.items())]
    return tuple((weight, _Bytes(font.data, font.sha256)) for weight, font in fonts)


def brand_of(resources: Resources) -> Brand:
    """The brand that `resources` finds."""
    file = resources.read("brand/brand.toml")
    return _brand(_Bytes(file.data, file.sha256))


@lru_cache(maxsize=8)
def _brand(file: _Bytes) -> Brand:
    return parse_brand(file.data, "brand/brand.toml")


class _Bytes:
    """Bytes that hash and compare by their digest, so that a cache need not hash megabytes."""

    __slots__ = ("data", "sha256")

    def __init__(self, data: bytes, sha256: str) -> None:
        self.data = data
        self.sha256 = sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes) and other.sha256 == self.sha256


_Fonts = tuple[tuple[int, _Bytes], ...]


@lru_cache(maxsize=4)
def _shaper(fonts: _Fonts, spare: tuple[tuple[str, str], ...], resources: Resources) -> Shaper:
    return _shaper_with(fonts, _read(dict(spare), resources))


@lru_cache(maxsize=4)
def _shaper_with(fonts: _Fonts, spare: _Fonts) -> Shaper:
    """One for all projects that look alike, with all that it has measured."""
    own, others = ({weight: font.data for weight, font in files} for files in (fonts, spare))
    return Shaper(own, others)


@lru_cache(maxsize=4)
def templates_of(resources: Resources, _inputs: tuple[tuple[str, str], ...]) -> Templates:
    """Compiled templates; `_inputs` (names and digests) makes an edited template a new one."""
    return Templates(lambda name: resources.read(f"templates/{name}").data.decode())
