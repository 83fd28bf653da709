"""JSON documents that prove themselves: a digest in the first line, and a checksum in each line of a list.

Such a document is JSON for everybody, and lines for who must mend it. The digest is of all that stands
below it, so that no letter can change unnoticed. A line whose checksum does not fit is read without the
rest, and where a single bit of it was turned, that bit is found and turned back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from dxassets.digest import digest
from dxassets.store.records import unchecked

_HEAD = re.compile(rb'\{\n "digest": "([0-9a-f]{64})",\n')
_LINE = b'{"sum":'
MOST_MENDED = 8
"""Lines of one document in which a turned bit is looked for."""
LONGEST_MENDED = 16_384
"""Bytes of a line in which a turned bit is looked for: every bit is tried."""


def to_document(head: Mapping[str, object], lists: Mapping[str, Iterable[bytes]]) -> bytes:
    """A document of those values, and of lists whose items are `checked` lines."""
    parts = [f" {_compact(name)}: {_value(value)}".encode() for name, value in head.items()]
    for name, items in lists.items():
        lines = b",\n".join(items)
        parts.append(f" {_compact(name)}: [".encode() + (b"\n" + lines + b"\n ]" if lines else b"]"))
    body = b",\n".join(parts) + b"\n}\n"
    return f'{{\n "digest": "{digest(body)}",\n'.encode() + body


def is_whole(data: bytes) -> bool:
    """Whether a document is, letter for letter, what was written."""
    found = _HEAD.match(data)
    return found is not None and digest(data[found.end() :]).encode() == found[1]


def whole_lines(data: bytes) -> Iterator[bytes]:
    """The lines of a damaged document's lists that are sound, without their checksums."""
    tried = 0
    for line in data.splitlines():
        if not line.strip().endswith((b"}", b"},")) or b'"' not in line:
            continue
        stripped = line.removesuffix(b",")
        found = unchecked(stripped)
        if found is None and tried < MOST_MENDED and _is_like_a_line(stripped):
            tried += 1
            found = _mended(stripped)
        if found is not None:
            yield found


def _is_like_a_line(line: bytes) -> bool:
    """Whether it begins as one, but for a letter."""
    differs = sum(mine != theirs for mine, theirs in zip(line, _LINE, strict=False))
    return len(_LINE) < len(line) <= LONGEST_MENDED and differs <= 1


def _mended(line: bytes) -> bytes | None:
    """The line with one bit turned back, if that makes it sound."""
    turned = bytearray(line)
    for at in range(len(turned)):
        for bit in range(8):
            turned[at] ^= 1 << bit
            found = unchecked(bytes(turned))
            if found is not None:
                return found
            turned[at] ^= 1 << bit
    return None


def _value(value: object) -> str:
    if isinstance(value, Mapping) and value:
        items = cast("Mapping[str, Any]", value)
        lines = ",\n".join(f"  {_compact(name)}: {_compact(each)}" for name, each in items.items())
        return f"{{\n{lines}\n }}"
    return _compact(cast("object", value))


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
