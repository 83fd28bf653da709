"""Codes that are read back while they are drawn: another mask is a free repair."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dxassets.addresses import ErrorCorrectionLevel
from dxassets.backends.qr import MASKS, QrMatrix, encode
from dxassets.backends.qr_reader import decode_qr

BLACK = "#000000"
"""Modules on screens, in every theme: weak cameras before a glowing screen need all the contrast there is."""


def readable_code(
    payload: str, level: ErrorCorrectionLevel, drawn: Callable[[QrMatrix], NDArray[np.uint8]]
) -> QrMatrix:
    """The symbol of the best mask with which its picture (`drawn`, pixels) says `payload` when it is read.

    Where none does it is that of the least penalty, and the gate tells. `FitError` when no symbol holds it.
    """
    usual = encode(payload, level)
    for matrix in (usual, *(encode(payload, level, mask=mask) for mask in MASKS)):
        if decode_qr(drawn(matrix)) == (payload,):
            return matrix
    return usual
