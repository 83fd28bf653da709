"""Gates: the finished bytes are read back before anything is published.

`check_asset` holds a rendered asset against what its renderer says of it; `read_back`
and `decode_codes` read a file of which nothing else is known. Kinds put their gates together from these.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dxassets.checks.gates import (
        check_asset,
        check_document_codes,
        check_ink,
        check_size,
        check_text,
        check_weight,
        open_asset,
    )
    from dxassets.checks.pictures import decode_codes, read_back

_ROOMS = {
    "check_asset": "dxassets.checks.gates",
    "check_document_codes": "dxassets.checks.gates",
    "check_ink": "dxassets.checks.gates",
    "check_size": "dxassets.checks.gates",
    "check_text": "dxassets.checks.gates",
    "check_weight": "dxassets.checks.gates",
    "decode_codes": "dxassets.checks.pictures",
    "open_asset": "dxassets.checks.gates",
    "read_back": "dxassets.checks.pictures",
}
"""Where each name lives: loaded when it is asked for; the linter needs no pictures."""

__all__ = [
    "check_asset",
    "check_document_codes",
    "check_ink",
    "check_size",
    "check_text",
    "check_weight",
    "decode_codes",
    "open_asset",
    "read_back",
]


def __getattr__(name: str) -> object:
    """Load what is asked for (PEP 562)."""
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module 'dxassets.checks' has no attribute {name!r}")
    return getattr(import_module(room), name)
