"""What a framed photo is called: the photo's own name, made safe for every system, and what was made of it.

``Nguyễn Văn An.heic`` becomes ``Nguyễn Văn An-khung-10-10.jpg``. Marks and blanks stay, for it is a
person who looks for a person; what Windows forbids goes. Two photos of one name are told apart by a
number after the name (``An-2-khung-10-10.jpg``), and keep it when others join them later. Frames that
somebody may want beside each other are told apart, too (``An-khung-10-10-brocade-square.jpg``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

MOST_BYTES = 255
"""Of a file name on Linux, in UTF-8; Windows and macOS count 255 letters, which is more."""
NAMELESS = "anh"
_FORBIDDEN = frozenset('<>:"/\\|?*')
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_NUMBERS = "0123456789¹²³"
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in _NUMBERS]
)
_LONGEST_NUMBER = len("-1000000")


def tail_of(day: str, file_format: str, *, variant: str = "") -> str:
    """What follows a photo's name in its result's: the day, the frame if it isn't the usual, the format."""
    return f"-khung-{day}{variant}.{file_format}"


def safe_stem(name: str) -> str:
    """A photo's name without suffix as a name that every system takes; never empty."""
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    kept = "".join(
        " " if char in _FORBIDDEN or unicodedata.category(char) in _UNSEEN else char
        for char in unicodedata.normalize("NFC", readable)
    )
    stem = " ".join(kept.split()).strip(" .-") or NAMELESS
    device, dot, rest = stem.partition(".")  # for Windows “con.jpg” is the device, too
    return f"{device}_{dot}{rest}" if device.rstrip().casefold() in _DEVICES else stem


def cut(stem: str, most: int) -> str:
    """`stem` within `most` bytes of UTF-8, no letter parted from its marks."""
    if len(stem.encode()) <= most:
        return stem
    end = len(stem.encode()[:most].decode("utf-8", "ignore"))
    while end and unicodedata.combining(stem[end]):
        end -= 1
    return stem[:end].rstrip(" .-") or NAMELESS


def same_file_key(name: str) -> str:
    """Equal for names that are one file on Windows or macOS: case and normal form do not count there."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def assign_names(
    photos: Sequence[tuple[str, str]], *, tail: str, known: Mapping[str, str], taken: Iterable[str]
) -> list[str]:
    """A name for each photo, in their order: each comes as its id and its own name without suffix.

    `known` are the names of ids that were here before, which keep them; `taken` those that
    nobody may have.
    """
    held = {same_file_key(name) for name in taken}
    names: list[str | None] = [None] * len(photos)

    def claim(at: int, name: str) -> bool:
        key = same_file_key(name)
        if key in held:
            return False
        held.add(key)
        names[at] = name
        return True

    new: list[tuple[int, str]] = []
    room = MOST_BYTES - len(tail.encode()) - _LONGEST_NUMBER
    for at, (photo, own) in enumerate(photos):
        name = known.get(photo)
        if name is None or not name.endswith(tail) or not claim(at, name):
            new.append((at, cut(safe_stem(own), room)))
    # who has a name to himself gets it whole, whatever number would suit others
    alike = [(at, stem) for at, stem in new if not claim(at, stem + tail)]
    counted: dict[str, int] = {}
    for at, stem in alike:
        number = counted.get(same_file_key(stem), 1) + 1
        while not claim(at, f"{stem}-{number}{tail}"):
            number += 1
        counted[same_file_key(stem)] = number
    return [name for name in names if name is not None]
