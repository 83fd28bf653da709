"""Office files are ZIP archives: the same bytes for the same content, whatever the clock says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def without_clock(data: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with one date for all its parts, and those in `replaced` in the place of its own."""
    fixed = io.BytesIO()
    others = replaced or {}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            target.writestr(entry, others.get(name, source.read(name)))
    return fixed.getvalue()
