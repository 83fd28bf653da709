"""A drawing that is none of ours: outlines as type has them, written as PDF by bare WeasyPrint."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

import weasyprint

_OUTLINES, _CURVES = 250, 24
"""About as many as a print page of ours has: 160 to 180 outlines, 75 to 120 kB of SVG."""


def outlines_to_pdf() -> bytes:
    """The drawing as one page: what WeasyPrint needs for any page of outlines."""
    return weasyprint.HTML(string=_page()).write_pdf()  # pyright: ignore[reportReturnType]


@cache
def _page() -> str:
    curves = "".join(f"q{3 + at % 5} {4 - at % 3} {at % 7 - 3} {at % 4 - 1}" for at in range(_CURVES))
    drawn = "".join(
        f'<path fill="#123456" d="M{at % 40 * 20} {at // 40 * 40}{curves}z"/>' for at in range(_OUTLINES)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600">{drawn}</svg>'
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return f'<html><body style="margin: 0"><img style="width: 400mm" src="{source}"></body></html>'
