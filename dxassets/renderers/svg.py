"""SVG documents round a drawing."""

from __future__ import annotations

from dxassets.geometry import Box


def language(tag: str) -> str:
    """Attributes for a picture's root. SVG 2 and HTML read the first, XML and SVG 1.1 the second."""
    return f'lang="{tag}" xml:lang="{tag}"'


def document(body: str, view: Box, width: float, height: float, *, head: str = "", lang: str = "vi") -> str:
    """An SVG document that shows `view` of `body` at `width` × `height` px."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {language(lang)} width="{width:g}" height="{height:g}" '
        f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}">{head}{body}</svg>'
    )


def clipped(body: str, view: Box) -> str:
    """`body` as a part of a larger drawing, cut off at `view`."""
    return (
        f'<svg x="{view.x:g}" y="{view.y:g}" width="{view.width:g}" height="{view.height:g}" '
        f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}">{body}</svg>'
    )
