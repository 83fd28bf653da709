"""Makes QR matrices. The only module that imports qrcode."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dxassets.addresses import ErrorCorrectionLevel, too_long
from dxassets.backends.silence import quietly_imported
from dxassets.errors import FitError, Problem

with quietly_imported:
    import qrcode
    from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M, ERROR_CORRECT_Q
    from qrcode.exceptions import DataOverflowError

_LEVELS = {"M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}


@dataclass(frozen=True, slots=True)
class QrMatrix:
    """A symbol without its quiet zone: rows of modules, True is dark."""

    rows: tuple[tuple[bool, ...], ...]
    level: ErrorCorrectionLevel

    @property
    def side(self) -> int:
        """Modules on a side."""
        return len(self.rows)


MASKS = range(8)
"""The patterns that a symbol may be masked with (ISO/IEC 18004, 7.8.2): each tells the same."""


@lru_cache(maxsize=256)
def encode(payload: str, level: ErrorCorrectionLevel = "M", *, mask: int | None = None) -> QrMatrix:
    """The smallest symbol that holds `payload` at that error correction level (ISO/IEC 18004).

    Without a `mask` of `MASKS` the one with the least penalty is taken. `FitError` when no symbol holds it.
    """
    code = qrcode.QRCode(error_correction=_LEVELS[level], border=0, mask_pattern=mask)
    code.add_data(payload, optimize=0)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:  # it also looks for a version 41
        raise FitError(Problem("URL", *too_long(len(payload.encode()), level))) from error
    return QrMatrix(tuple(tuple(bool(module) for module in row) for row in code.get_matrix()), level)


def matrix_to_path(matrix: QrMatrix, *, x: float, y: float, module: float) -> str:
    """The dark modules as one SVG path, runs of a row joined; (`x`, `y`) is the symbol's corner."""
    runs: list[str] = []
    for row_index, row in enumerate(matrix.rows):
        top = y + row_index * module
        column = 0
        while column < len(row):
            if not row[column]:
                column += 1
                continue
            end = column
            while end < len(row) and row[end]:
                end += 1
            left, width = x + column * module, (end - column) * module
            runs.append(f"M{left:g} {top:g}h{width:g}v{module:g}H{left:g}z")
            column = end
    return "".join(runs)
