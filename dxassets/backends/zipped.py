"""ZIP archives, office files among them: the same bytes for the same content, whatever the clock says."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_PACKED = (".png", ".jpg", ".webp", ".pdf", ".docx")


def without_clock(data: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with one date for all its parts, and those in `replaced` in the place of its own."""
    fixed = io.BytesIO()
    others = replaced or {}
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(_entry(name), others.get(name, source.read(name)))
    return fixed.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of those files in their order; what is packed already is stored as it is."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for name, data in files.items():
            target.writestr(_entry(name, packed=name.endswith(_PACKED)), data)
    return archive.getvalue()


def unzipped(data: bytes, most: int) -> dict[str, bytes]:
    """The files of an archive, in their order, each held against its checksum.

    ValueError where it is none, is damaged, has a name twice, or unfolds to more than `most` bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len({name.lower() for name in names}) != len(names):
                raise ValueError("a name is there twice")
            if sum(entry.file_size for entry in entries) > most:
                raise ValueError(f"unfolds to more than {most} bytes")
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
        raise ValueError(f"is no whole archive: {error}") from error


def _entry(name: str, *, packed: bool = False) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_DATE)
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 0
    return entry
