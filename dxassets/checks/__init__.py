"""Gates: the finished bytes are read back before anything is published.

`check_asset` holds a rendered asset against what its renderer says of it; `read_back`
and `decode_codes` read a file of which nothing else is known. Kinds put their gates together from these.
"""

from __future__ import annotations

from dxassets.checks.gates import (
    check_asset,
    check_document_codes,
    check_ink,
    check_size,
    check_weight,
    open_asset,
)
from dxassets.checks.pictures import decode_codes, read_back

__all__ = [
    "check_asset",
    "check_document_codes",
    "check_ink",
    "check_size",
    "check_weight",
    "decode_codes",
    "open_asset",
    "read_back",
]
