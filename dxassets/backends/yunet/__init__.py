"""YuNet, a small network that finds faces, run in numpy: no other library is needed for it."""

from __future__ import annotations

from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.bin"
"""The network's numbers: 16-bit floats, in the order of its graph; `tools/face-weights` writes them."""
