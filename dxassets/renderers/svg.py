"""SVG documents round a drawing."""

from __future__ import annotations

from dxassets.geometry import Box

LANGUAGE = 'lang="vi" xml:lang="vi"'
"""On a picture's root: title and description are Vietnamese, and drawn words have none but theirs.
SVG 2 and HTML read the first attribute, XML and SVG 1.1 the second."""


def document(body: str, view: Box, width: float, height: float, *, head: str = "") -> str:
    """An SVG document that shows `view` of `body` at `width` × `height` px."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {LANGUAGE} width="{width:g}" height="{height:g}" '
        f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}">{head}{body}</svg>'
    )


def clipped(body: str, view: Box) -> str:
    """`body` as a part of a larger drawing, cut off at `view`."""
    return (
        f'<svg x="{view.x:g}" y="{view.y:g}" width="{view.width:g}" height="{view.height:g}" '
        f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}">{body}</svg>'
    )
