"""Names of files and folders that every system takes."""

from __future__ import annotations

_PORTS = [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
_RESERVED = frozenset(["con", "prn", "aux", "nul", *_PORTS])


def file_part(name: str) -> str:
    """An id as a file or folder name; what Windows keeps for itself gets a `_`, which no id holds."""
    return f"{name}_" if name in _RESERVED else name
