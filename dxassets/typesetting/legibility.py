"""From how far away a print is read and its code scanned. Lengths in mm, distances in m."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Layout

CAP_MM_PER_METRE = 2.8
"""Cap height that one metre of distance asks for (a rule of the sign trade, about 1:350)."""
STREET_METRES = 45.0
"""From where a banner over a street is read: a rider at 50 km/h is below it three seconds later."""
SCAN_DISTANCE_PER_WIDTH = 10.0
"""A phone reads a code from ten times its width (a rule of the trade, not of ISO/IEC 18004)."""
_MAIN = frozenset({"slogan", "tail"})
"""Whoever can read these has understood; the agency's line and the caption are for those who come nearer."""


def reading_distance(cap_heights: Iterable[float]) -> float | None:
    """The distance from which the smallest of these cap heights is still read; None without any."""
    smallest = min(cap_heights, default=None)
    return None if smallest is None else _tenths(smallest / CAP_MM_PER_METRE)


def scanning_distance(symbol_width: float) -> float:
    """The distance from which a symbol of that width (without its quiet zone) is scanned."""
    return _tenths(symbol_width * SCAN_DISTANCE_PER_WIDTH / 1000)


def distance_notes(layout: Layout, measure: Measure) -> tuple[tuple[str, str], ...]:
    """Both distances of a composition in mm, as the manifest tells them."""
    caps = [-measure("H", line.weight).top * line.size for line in layout.lines if line.role in _MAIN]
    read = reading_distance(caps)
    notes = [] if read is None else [("readable_from_m", f"{read:g}")]
    if layout.card is not None:
        notes.append(("scan_from_m", f"{scanning_distance(layout.card.symbol.width):g}"))
    return tuple(notes)


def _tenths(distance: float) -> float:
    """Rounded down: nobody is promised more than there is."""
    return floor(distance * 10 + 1e-6) / 10
