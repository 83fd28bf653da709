"""One PDF for the printer out of many, page after page, written as they come: memory holds one at a time.

It reads the files of `pages` only, whose writer (pydyf) is known. Pages and what they show are copied;
structure, outlines and the claim to be an archive's file stay behind, for a printer has no use for them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import IO

_TOKEN = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|\b(\d+) 0 R\b", re.DOTALL)
"""A string, which is left alone, or a reference."""
_STREAM = b"\nstream\n"
_LOCAL = re.compile(rb"/(?:StructParents?|Tabs|Parent)(?:\s*/S\b|\s+\d+ 0 R|\s+\d+)")
"""What ties a page or a link to the structure and page tree of its own file."""
_CATALOG, _PAGES = 1, 2
_ANNOTATIONS = re.compile(rb"/Annots\s*\[([^\]]*)\]")
_BLANK_A4 = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595.276 841.89] /Resources <<>>>>"


class Sheaf:
    """A PDF that grows; `add` puts the pages of another behind it, `close` ends it.

    `two_sided` puts a blank page behind an odd number, so that each document begins on a sheet of its own.
    """

    def __init__(self, file: IO[bytes], *, title: str, two_sided: bool = False) -> None:
        self._file, self._title, self._two_sided = file, title, two_sided
        self._offsets: dict[int, int] = {}
        self._pages: list[int] = []
        self._same: dict[bytes, int] = {}
        self._position = 0
        self._next = 3
        self._write(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")

    def add(self, pdf: bytes) -> int:
        """Put all pages of `pdf` behind those that are there; how many they are."""
        source = _LoosePdf(pdf)
        numbers: dict[int, int] = {}
        pages = source.pages()
        for page in pages:
            self._pages.append(self._copy(source, page, numbers, is_page=True))
        if self._two_sided and len(pages) % 2:
            self._pages.append(self._object(_BLANK_A4))
        return len(pages)

    def close(self) -> None:
        """Write what a reader looks for at the end of the file."""
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._object(b"<</Type /Pages /Count %d /Kids [%s]>>" % (len(self._pages), kids), _PAGES)
        side = b"/DuplexFlipLongEdge" if self._two_sided else b"/Simplex"
        self._object(
            b"<</Type /Catalog /Pages %d 0 R /ViewerPreferences <</Duplex %s>>>>" % (_PAGES, side), _CATALOG
        )
        title = self._title.encode("utf-16-be").hex().encode()
        info = self._object(b"<</Title <feff%s>>>" % title)
        start = self._position
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % self._next)
        for number in range(1, self._next):
            self._write(b"%010d 00000 n \n" % self._offsets[number])
        trailer = b"<</Size %d /Root %d 0 R /Info %d 0 R>>" % (self._next, _CATALOG, info)
        self._write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start))

    def _copy(self, source: _LoosePdf, number: int, numbers: dict[int, int], *, is_page: bool = False) -> int:
        """Copy an object with all that it refers to, and give its new number."""
        if number in numbers:
            return numbers[number]
        head, stream = source.parts(number)
        head = _LOCAL.sub(b"", head)
        if is_page:
            head = _ANNOTATIONS.sub(source.links_alone, head)

        if stream and not any(token[1] for token in _TOKEN.finditer(head)):
            numbers[number] = self._once(head + stream)
            return numbers[number]
        # Counted before it is written: what it refers to may refer to it.
        made = numbers[number] = self._next
        self._next += 1

        def moved(token: re.Match[bytes]) -> bytes:
            return token[0] if token[1] is None else b"%d 0 R" % self._copy(source, int(token[1]), numbers)

        head = _TOKEN.sub(moved, head)
        if is_page:
            head = head.replace(b"<<", b"<</Parent %d 0 R" % _PAGES, 1)
        return self._object(head + stream, made)

    def _once(self, data: bytes) -> int:
        """An object that refers to no other; fonts and pictures are the same in many documents."""
        digest = blake2b(data, digest_size=16).digest()
        if digest not in self._same:
            self._same[digest] = self._object(data)
        return self._same[digest]

    def _object(self, data: bytes, number: int | None = None) -> int:
        if number is None:
            number, self._next = self._next, self._next + 1
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, data))
        return number

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._position += len(data)


@dataclass(frozen=True, slots=True)
class _ObjectPlace:
    """Where an object lies: from and to in the file, or in which object stream, and the how manieth."""

    start: int
    end: int
    stream: int = 0


class _LoosePdf:
    """The objects of one PDF that pydyf wrote with object streams (PDF 1.7)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._packed: dict[int, list[bytes]] = {}
        start = int(data.rsplit(b"startxref", 1)[1].split()[0])
        head, stream = _split(data[start : data.rindex(b"startxref")])
        self._root = int(_found(rb"/Root (\d+) 0 R", head))
        self._places = dict(_places(head, zlib.decompress(_body(head, stream)), start))

    def pages(self) -> list[int]:
        """The numbers of the page objects, in order."""
        tree = int(_found(rb"/Pages (\d+) 0 R", self.parts(self._root)[0]))
        kids = _found(rb"/Kids\s*\[([^\]]*)\]", self.parts(tree)[0])
        return [int(number) for number in re.findall(rb"(\d+) 0 R", kids)]

    def links_alone(self, annotations: re.Match[bytes]) -> bytes:
        """A page's annotations without signature fields: those are the single letter's, which is signed."""
        numbers = [int(number) for number in re.findall(rb"(\d+) 0 R", annotations[1])]
        kept = [number for number in numbers if b"/Widget" not in self.parts(number)[0]]
        return b"/Annots [%s]" % b" ".join(b"%d 0 R" % number for number in kept) if kept else b""

    def parts(self, number: int) -> tuple[bytes, bytes]:
        """An object's text, and its stream with the words around it."""
        place = self._places[number]
        if place.stream:
            return self._unpacked(place.stream)[place.start], b""
        whole = self._data[place.start : place.end]
        inner = whole[whole.index(b"obj") + 3 : whole.rindex(b"endobj")].strip(b"\n")
        head, stream = _split(inner)
        return head, _STREAM + stream if stream else b""

    def _unpacked(self, number: int) -> list[bytes]:
        if number not in self._packed:
            head, stream = self.parts(number)
            data = zlib.decompress(_body(head, stream.removeprefix(_STREAM)))
            first = int(_found(rb"/First (\d+)", head))
            offsets = [int(each) for each in data[:first].split()[1::2]]
            ends = [*offsets[1:], len(data) - first]
            self._packed[number] = [
                data[first + start : first + end] for start, end in zip(offsets, ends, strict=True)
            ]
        return self._packed[number]


def _split(whole: bytes) -> tuple[bytes, bytes]:
    """An object's text, and what follows the word “stream”."""
    head, _, stream = whole.partition(_STREAM)
    return head, stream


def _body(head: bytes, stream: bytes) -> bytes:
    return stream[: int(_found(rb"/Length (\d+)", head))]


def _found(pattern: bytes, text: bytes) -> bytes:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"no PDF of ours: {pattern!r} is missing")
    return found[1]


def _places(head: bytes, table: bytes, end: int) -> Iterator[tuple[int, _ObjectPlace]]:
    """Where each object lies, by the cross-reference stream (ISO 32000-1, 7.5.8)."""
    widths = [int(each) for each in _found(rb"/W\s*\[([^\]]*)\]", head).split()]
    size = sum(widths)
    entries: Mapping[int, tuple[int, ...]] = {
        number: tuple(_fields(table[at : at + size], widths))
        for number, at in enumerate(range(0, len(table), size))
    }
    starts = sorted(entry[1] for entry in entries.values() if entry[0] == 1)
    following = dict(zip(starts, [*starts[1:], end], strict=True))
    for number, (kind, second, third) in entries.items():
        if kind == 1:
            yield number, _ObjectPlace(second, following[second] or end)
        elif kind == 2:
            yield number, _ObjectPlace(third, third, stream=second)


def _fields(entry: bytes, widths: list[int]) -> Iterator[int]:
    at = 0
    for width in widths:
        yield int.from_bytes(entry[at : at + width])
        at += width
