"""A band of figures between edges: brocade, or a frieze of somebody's drawing."""

from __future__ import annotations

from dxassets.ornaments.model import Band, Frieze, Layer
from dxassets.ornaments.motif import Motif


def brocade_band(length: float, thickness: float, *, motif: Motif, figures: int, edges: int) -> Band:
    """A band of the motif's figures between edges; a whole number of them fills the length.

    Ours are nested lozenges with triangles between, mirrored about the mid-line: for `lozenges` with
    straight sides, for `pixels` in steps, like cross-stitch; a drawing's figures stand upright in a row.
    `figures` and `edges` are the numbers of palette colours of each kind.
    """
    edge = thickness * 0.055
    layers: list[Layer] = [("ground", 0, f"M0 0H{length:.2f}V{thickness:.2f}H0z")]
    inset = 0.0
    for index in range(edges):
        height = edge * (1.5 if index == 0 else 0.8)
        top, foot = inset, thickness - inset - height
        layers.append(
            (
                "edge",
                index,
                f"M0 {top:.2f}H{length:.2f}v{height:.2f}H0zM0 {foot:.2f}H{length:.2f}v{height:.2f}H0z",
            )
        )
        inset += height + edge * 0.8
    inset += edge * 0.6
    half = thickness / 2 - inset
    count = max(1, round(length / motif.wished_pitch(half, edge)))
    layers += motif.frieze(Frieze(count, length / count, thickness / 2, half, figures))
    return Band(length, thickness, tuple(layers))
