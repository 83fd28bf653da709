"""Reads QR codes back from pixels. The only module that imports zxingcpp."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.silence import quietly_imported

with quietly_imported:
    import zxingcpp


def decode_qr(pixels: NDArray[np.uint8]) -> tuple[str, ...]:
    """The payloads of all QR symbols in a picture (height × width, or × 3), top to bottom."""
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(pixels), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    ordered = sorted(found, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return tuple(code.text for code in ordered if code.valid)
