"""Finds the photos: files that are named, and those in the folders that are named."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dxassets.api.framing.looking import is_link, kind_of, real
from dxassets.backends.raw_files import RAW, is_called_raw
from dxassets.errors import InputError, Problem
from dxassets.vietnamese import fold

SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .webp .heic .heif .hif .avif .tif .tiff .bmp .dib .gif".split()
)
"""What is taken out of a folder. A file that is named is tried whatever it is called."""
SHOWN_SUFFIXES = "jpg, jpeg, png, webp, heic, heif, avif, tif, tiff, bmp, gif"
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_WILD = frozenset("*?[")

OTHER_KIND = ("không phải ảnh (theo đuôi tệp)", "is no photo, by its suffix")
FOLDER_LINK = ("liên kết tới thư mục: không đi theo", "is a link to a folder, which is not followed")
SAME_PHOTO = ("cùng một tệp với một ảnh khác trong danh sách", "is the same file as another on the list")


@dataclass(frozen=True, slots=True)
class Source:
    """One photo: where it lies, and how the user would call it."""

    path: Path
    shown: str


@dataclass
class Collected:
    """What was found: photos, what was left aside and why, and folders that could not be opened."""

    photos: list[Source] = field(default_factory=list[Source])
    ignored: list[Problem] = field(default_factory=list[Problem])
    closed: list[Problem] = field(default_factory=list[Problem])
    from_folder: bool = False


def collect(places: Sequence[str | Path], *, out: Path, ours: Callable[[Path], frozenset[str]]) -> Collected:
    """The photos at `places`, each once, in a fixed order; those of folders by name.

    `out` is left out, and so is what earlier runs made: `ours` names that for any folder.
    `InputError` names every place where nothing is, and when there is no photo at all.
    """
    found = Collected()
    seen: set[Path] = set()
    missing: list[Problem] = []
    for place in _expanded(places):
        path = Path(place)
        kind = kind_of(path)
        if kind == "folder":
            found.from_folder = True
            _walk(path, found, seen, out=out, ours=ours)
        elif kind == "file":
            _take(Source(path, readable(place)), found, seen)
        else:
            missing.append(_missing(readable(place)))
    if not places:
        missing.append(
            Problem("", "hãy nêu một ảnh hoặc một thư mục ảnh", "name a photo or a folder of photos")
        )
    if missing:
        raise InputError(*missing)
    if not found.photos and not found.closed:
        raise InputError(_nothing(places, found.ignored))
    return found


def readable(name: str | Path) -> str:
    """A path as text that can be shown and written anywhere, in NFC."""
    text = os.fspath(name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def _expanded(places: Iterable[str | Path]) -> Iterator[str | Path]:
    """Windows' shell hands over ``*.jpg`` as it is."""
    for place in places:
        path = Path(place)
        wild = bool(_WILD & set(path.name)) and not os.path.lexists(path)
        matches = _matching(path) if wild else []
        yield from [match for match in matches if not match.name.startswith(".")] or [place]


def _matching(pattern: Path) -> list[Path]:
    """What the pattern names, in order; nothing where it is no pattern, or its folder is closed."""
    try:
        return sorted(pattern.parent.glob(pattern.name), key=_order)
    except (OSError, ValueError):
        return []


def _walk(
    root: Path, found: Collected, seen: set[Path], *, out: Path, ours: Callable[[Path], frozenset[str]]
) -> None:
    """All photos below `root`. Links to folders are not followed, so there is no loop to be caught in."""
    kept_out = real(out)
    walked: set[Path] = set()  # a junction of Windows is no link for os.walk, and may lead in a circle
    for folder, folders, files in os.walk(root, onerror=lambda error: found.closed.append(_closed(error))):
        here = Path(folder)
        there = real(here)
        if there in walked or (there == kept_out and here != root):
            folders.clear()
            continue
        walked.add(there)
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=_order)
        for name in folders:
            if is_link(here / name):
                found.ignored.append(Problem(readable(here / name), *FOLDER_LINK))
        made_here = ours(here)
        for name in sorted(files, key=_order):
            if name.startswith(".") or name.casefold() in _SYSTEM_FILES or name in made_here:
                continue
            if Path(name).suffix.casefold() in SUFFIXES:
                _take(Source(here / name, readable(here / name)), found, seen)
            else:
                why = RAW if is_called_raw(name) else OTHER_KIND
                found.ignored.append(Problem(readable(here / name), *why))


def _take(source: Source, found: Collected, seen: set[Path]) -> None:
    """Note a photo, if its file was not noted under another name."""
    there = real(source.path)
    if there in seen:
        found.ignored.append(Problem(source.shown, *SAME_PHOTO))
        return
    seen.add(there)
    found.photos.append(source)


def _order(name: str | Path) -> tuple[str, str]:
    """By name as people look it up (Đ with D), then by its exact letters, on every machine alike."""
    return fold(readable(name)), os.fspath(name)


def _missing(place: str) -> Problem:
    return Problem(
        place,
        "không có tệp hay thư mục này; hãy kiểm tra lại tên (tên có dấu cách phải đặt trong ngoặc kép)",
        "there is no such file or folder; check the name (put it in quotes if it holds blanks)",
    )


def _closed(error: OSError) -> Problem:
    return Problem(
        readable(error.filename or ""),
        "không mở được thư mục này; hãy xin quyền đọc rồi chạy lại",
        "this folder can't be opened; get the right to read it and run again",
    )


def _nothing(places: Sequence[str | Path], ignored: Sequence[Problem]) -> Problem:
    where = ", ".join(readable(place) for place in places[:3]) + (" …" if len(places) > 3 else "")
    vi = f" (bỏ qua {len(ignored)} tệp khác)" if ignored else ""
    en = f" ({len(ignored)} other files were left aside)" if ignored else ""
    return Problem(
        where,
        f"không thấy ảnh nào{vi}; nhận các đuôi: {SHOWN_SUFFIXES}",
        f"holds no photo{en}; these suffixes are taken: {SHOWN_SUFFIXES}",
    )
