"""A frame's geometry, on a grid of 1080 units: where the ring lies, where a photo shows, what is cut."""

from __future__ import annotations

from dxassets.framing import Opening
from dxassets.ornaments import Ring

SIDE = 1080.0
RING = Ring(center=SIDE / 2, outer=539.0, hole_y=478.0, hole=366.0)
INNER_RIM = 8.0
OPENING = Opening(RING.center / SIDE, RING.hole_y / SIDE, (RING.hole + INNER_RIM / 2) / SIDE)
"""Where a photo shows: the hole, and half of the rim round it, so that no gap is seen between both."""
