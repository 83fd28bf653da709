"""The module idea, drawn: fields of modules that dissolve, rings, and bands. Pure geometry.

A *motif* says what one module is, how modules stand in a field and on a ring, and what a band's figures
are (`motif`). Two are our own handwriting, made from one small square: for `PIXELS` it stands upright and
dissolves like a picture into its pixels; for `LOZENGES` it is turned by 45° and nested, as in brocade.
Every other motif is somebody's drawing (`drawn`). Shapes come as SVG path data grouped by tone and
opacity, so that a hundred modules are one path.
"""

from __future__ import annotations

from dxassets.ornaments.bands import brocade_band
from dxassets.ornaments.drawn import DrawnMotif, Outline, Point, Tiling, points_of
from dxassets.ornaments.fields import module_field, ring_field
from dxassets.ornaments.model import Band, Corner, Ring, Shape
from dxassets.ornaments.motif import LOZENGES, OWN_MOTIFS, PIXELS, Motif
from dxassets.ornaments.paths import lozenge_path, square_path

__all__ = [
    "LOZENGES",
    "OWN_MOTIFS",
    "PIXELS",
    "Band",
    "Corner",
    "DrawnMotif",
    "Motif",
    "Outline",
    "Point",
    "Ring",
    "Shape",
    "Tiling",
    "brocade_band",
    "lozenge_path",
    "module_field",
    "points_of",
    "ring_field",
    "square_path",
]
