"""Paths of the two shapes that our own motifs are made from."""

from __future__ import annotations

import math


def square_path(x: float, y: float, side: float, *, rounding: float = 0.18) -> str:
    """An upright square with softly rounded corners; (`x`, `y`) is its centre."""
    half, r = side / 2, side * rounding
    inner = side - 2 * r
    return (
        f"M{x - half + r:.2f} {y - half:.2f}h{inner:.2f}q{r:.2f} 0 {r:.2f} {r:.2f}v{inner:.2f}"
        f"q0 {r:.2f} {-r:.2f} {r:.2f}h{-inner:.2f}q{-r:.2f} 0 {-r:.2f} {-r:.2f}v{-inner:.2f}"
        f"q0 {-r:.2f} {r:.2f} {-r:.2f}z"
    )


def lozenge_path(x: float, y: float, half_width: float, half_height: float) -> str:
    """A square turned by 45° (or a flatter lozenge) round (`x`, `y`)."""
    return (
        f"M{x:.2f} {y - half_height:.2f}l{half_width:.2f} {half_height:.2f}"
        f"l{-half_width:.2f} {half_height:.2f}l{-half_width:.2f} {-half_height:.2f}z"
    )


def ringed_lozenge_path(x: float, y: float, outer: float, inner: float) -> str:
    """A lozenge with a lozenge hole (even-odd or opposite winding)."""
    hole = (
        f"M{x:.2f} {y - inner:.2f}l{-inner:.2f} {inner:.2f}l{inner:.2f} {inner:.2f}l{inner:.2f} {-inner:.2f}z"
    )
    return lozenge_path(x, y, outer, outer) + hole


def turned_square_path(x: float, y: float, half: float, angle: float, *, hole: bool = False) -> str:
    """A square of side 2 × `half` turned by `angle`; a hole runs the other way round."""
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    if hole:
        corners.reverse()
    cos, sin = math.cos(angle), math.sin(angle)
    points = (f"{x + px * cos - py * sin:.2f} {y + px * sin + py * cos:.2f}" for px, py in corners)
    return "M" + "L".join(points) + "z"
