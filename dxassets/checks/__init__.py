"""Gates: the finished bytes are read back before anything is published.

`check` holds a rendered asset against what its renderer says of it; `read_back`
and `decode_codes` read a file of which nothing else is known.
"""

from __future__ import annotations

from dxassets.checks.gates import check
from dxassets.checks.pictures import decode_codes, read_back

__all__ = ["check", "decode_codes", "read_back"]
