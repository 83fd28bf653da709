"""What is written down (JSON lines on stderr): of an error its place, never what somebody typed."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

_TO_LINE = json.JSONEncoder(ensure_ascii=False).encode


def places_of(error: BaseException) -> tuple[str, ...]:
    """Type and places of an error, without its message, which may hold what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return (type(error).__name__, *(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in frames))


class Logbook:
    """Events as JSON, one a line."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def write(self, event: str, level: str = "info", **parts: Any) -> None:
        """Note one event."""
        stamp = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = _TO_LINE({"time": stamp, "level": level, "event": event, **parts})
        stream = self._stream or sys.stderr
        stream.write(line + "\n")
        stream.flush()

    def handler(self) -> logging.Handler:
        """What other libraries log, as events of ours."""
        return _LogRelay(self)


class _LogRelay(logging.Handler):
    """Passes log records on: their fixed words and the places of errors, never their arguments."""

    def __init__(self, logbook: Logbook) -> None:
        super().__init__(logging.INFO)
        self._logbook = logbook

    def emit(self, record: logging.LogRecord) -> None:
        """Note one record."""
        parts: dict[str, Any] = {"logger": record.name}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            parts["where"] = places_of(error)
        words = str(record.msg).strip().partition("\n")[0][:200]
        self._logbook.write(words, record.levelname.lower(), **parts)
