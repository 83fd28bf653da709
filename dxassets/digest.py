"""The one place that says sha256."""

from __future__ import annotations

import hashlib


def digest(data: bytes) -> str:
    """SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
