"""A calendar file's gates: whole lines of at most 75 bytes, and just the entries that were asked for."""

from __future__ import annotations

from dxassets.errors import GateError, Problem
from dxassets.kinds.calendar.spec import CalendarSpec

MOST_LINE_BYTES = 75
"""Of a line without its end (RFC 5545, 3.1)."""


def check_lines(spec: CalendarSpec, data: bytes) -> None:
    """`GateError` for a line that is too long or ends otherwise, and where an entry is missing."""
    lines = data.split(b"\r\n")
    if lines[-1] or any(b"\n" in line or len(line) > MOST_LINE_BYTES for line in lines):
        raise _stop(
            "có dòng dài quá 75 byte, hoặc xuống dòng sai",
            "has a line of more than 75 bytes, or a wrong line end",
        )
    unfolded = data.replace(b"\r\n ", b"").split(b"\r\n")
    begun = sum(line == b"BEGIN:VEVENT" for line in unfolded)
    names = {line for line in unfolded if line.startswith(b"UID:")}
    if begun != len(spec.happenings) or len(names) != begun:
        raise _stop(
            f"có {begun} mục, cần {len(spec.happenings)}", f"has {begun} entries, not {len(spec.happenings)}"
        )


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))
