"""A frame's gates: those of every picture, the face kept clear, the circle that is cut, small copies."""

from __future__ import annotations

from dxassets.checks import check_ink, check_size, check_weight, open_asset
from dxassets.checks.contrast import least_contrast
from dxassets.jobs import Findings, Rendered
from dxassets.kinds.frame.hole import check_hole
from dxassets.kinds.frame.seen import check_seen


def check_frame(rendered: Rendered) -> Findings:
    """Hold a finished frame against its facts; `GateError` names the first gate that shuts."""
    facts = rendered.facts
    check_weight(rendered)
    picture = open_asset(rendered)
    width, height = check_size(picture, facts)
    check_ink(facts)
    if facts.hole is not None:
        check_hole(picture, facts, facts.hole)
    least = least_contrast(picture, facts)
    check_seen(picture, facts)
    return Findings(width, height, least)
