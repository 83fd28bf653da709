"""What a JPEG tells before it is decoded: how its px are kept, where its scans begin and end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

_SCAN, _END = b"\xff\xda", b"\xff\xd9"
_NOTHING = bytes(16)
"""What a download that broke off leaves where its end marker was; a flat picture may end so before one."""
_MORE = b"".join(bytes(range(16, 240)) + bytes((0xFF, 0xD0 + number)) for number in range(8))
"""Data that no decoder takes for nothing, and every restart marker it may wait for."""


@dataclass(frozen=True, slots=True)
class JpegHead:
    """A JPEG file; `sampling` is across and down of each component, `head` how long all is before its px."""

    data: bytes
    width: int
    height: int
    sampling: tuple[tuple[int, int], ...]
    head: int
    progressive: bool

    @property
    def scan(self) -> int:
        """Where the header of the first scan begins, behind its marker."""
        return self.data.rindex(_SCAN, 0, self.head) + 2

    @property
    def layered(self) -> bool:
        """Whether the picture comes in several scans over the whole of it."""
        return self.progressive or self.data[self.scan + 2] < len(self.sampling)

    @property
    def scans(self) -> int:
        """The number of scans."""
        return 1 + self.data.count(_SCAN, self.scan, self._end)

    @property
    def ended(self) -> bool:
        """Whether there is an end marker behind the first scan."""
        return self.data.rfind(_END, self.scan) >= 0

    @property
    def broken_off(self) -> bool:
        """Whether it ends in nothing where its data or its end marker should be."""
        return not self.ended and self.data.endswith(_NOTHING)

    def with_end(self) -> JpegHead:
        """The file with an end marker in the place of what is left of one."""
        return replace(self, data=self.data.removesuffix(_END[:1]) + _END)

    @property
    def whole(self) -> bool:
        """Whether there is an end, and scans bring all coefficients to their last bit (T.81, G.1.1.1)."""
        if not self.ended:
            return False
        if not self.progressive:
            return True
        seen, at = set[tuple[int, int]](), self.scan
        while 0 <= at < self._end:
            count = self.data[at + 2]
            first, last, bits = self.data[at + 3 + 2 * count : at + 6 + 2 * count]
            if bits & 0x0F == 0:
                components = self.data[at + 3 : at + 3 + 2 * count : 2]
                seen.update((component, k) for component in components for k in range(first, last + 1))
            at = self.data.find(_SCAN, at, self._end)
            at += 2 if at >= 0 else 0
        return len(seen) == 64 * len(self.sampling)

    @property
    def kept(self) -> float:
        """Bytes of coefficients that a decoder keeps until the last scan is read; 0 with a single scan."""
        if not self.layered:
            return 0.0
        samples = sum(across * down for across, down in self.sampling)
        most = max(across for across, _ in self.sampling) * max(down for _, down in self.sampling)
        return 2.0 * self.width * self.height * samples / most

    def with_more_data(self) -> BufferedReader:
        """The file with other data before its end marker; what was whole without them doesn't see them."""
        return BufferedReader(_Joined(memoryview(self.data)[: self._end], memoryview(_MORE + _END)))

    @property
    def _end(self) -> int:
        """The first end marker behind the first scan; none can stand inside of one."""
        return self.data.find(_END, self.scan) % (len(self.data) + 1)  # without one, behind it all


class _Joined(RawIOBase):
    """A file of two parts, neither of which is copied: a photo may be many megabytes."""

    def __init__(self, *parts: memoryview) -> None:
        self._parts = parts
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go there."""
        begins = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: sum(map(len, self._parts))}
        self._at = max(0, begins[whence] + offset)
        return self._at

    def readinto(self, buffer: Buffer) -> int:
        """Fill the buffer from one part; a reader asks again for the rest."""
        room, begin = memoryview(buffer).cast("B"), 0
        for part in self._parts:
            piece = part[max(0, self._at - begin) :][: len(room)]
            begin += len(part)
            if len(piece):
                room[: len(piece)] = piece
                self._at += len(piece)
                return len(piece)
        return 0
