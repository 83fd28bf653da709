"""Reads a drawing as a motif: outlines only, each of them known; nothing of its markup is kept.

The drawing may be a stranger's: it is read like a logo (`dxassets.logos`), with far less allowed. What a
drawing must be is told to designers in docs/themes.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element as XmlElement

from dxassets.backends.silence import quietly_imported
from dxassets.geometry import Box
from dxassets.logos import Element, read_tree, refused, view_of
from dxassets.models import validate
from dxassets.notation import plain, weight
from dxassets.ornaments import DrawnMotif, Outline, Point, Tiling, points_of

with quietly_imported:
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path
    from fontTools.svgLib.path.shapes import PathBuilder

MOTIF_BYTES = 20_000
MOST_PARTS = 8
MOST_POINTS = 200
"""Points of all parts together: a field draws a hundred modules."""
LONGEST_VIEW = 2.0
"""Neither side of a motif's view box may be more than this many times the other."""
_OVER = 0.005
"""How far a point may lie outside the view box, in its longer side: numbers that an editor rounded."""
_SHAPES = frozenset({"path", "circle", "ellipse", "rect", "polygon"})
_ALLOWED = frozenset({"svg", "g", "defs", *_SHAPES})
_SMALL, _BETWEEN = "small", "between"
_TILING = "data-"
_NOT_OURS = frozenset({"data-name"})
"""What drawing programs write by themselves."""
_COMMANDS = {"moveTo": "M", "lineTo": "L", "qCurveTo": "Q", "curveTo": "C"}
_DRAWN_AS_FILLED = {
    "stroke": (
        {"none"},
        "nét vẽ (stroke) không được vẽ; hãy đổi nét thành hình (Stroke to Path)",
        "has strokes, which are not drawn; turn them into shapes (Stroke to Path)",
    ),
    "fill-rule": (
        {"nonzero"},
        "tô theo quy tắc evenodd; hãy vẽ lỗ theo chiều ngược lại (fill-rule nonzero)",
        "fills by the even-odd rule; draw holes the other way round (fill-rule nonzero)",
    ),
    "transform": (
        set[str](),
        "có phép biến đổi (transform); hãy áp dụng nó vào đường nét rồi lưu lại",
        "has a transform; apply it to the outlines and save again",
    ),
}
"""Attributes that would be lost: values that say nothing, and the cure for all others."""


def read_motif(data: bytes, where: str, motif_id: str) -> DrawnMotif:
    """The motif drawn in an SVG file; `InputError` when it is hostile, broken, or not such a drawing."""
    if len(data) > MOTIF_BYTES:
        raise refused(
            where,
            f"nặng {weight(len(data), 'vi')}, tối đa {weight(MOTIF_BYTES, 'vi')}; hãy giản lược hình vẽ",
            f"weighs {weight(len(data), 'en')}, at most {weight(MOTIF_BYTES, 'en')}; simplify the drawing",
        )
    root = read_tree(data, where, allowed=_ALLOWED)
    tiling = validate(Tiling, _tiling(root.attributes), where)
    _check_filled(root, where)
    reader = _Reader(where, view_of(root, where))
    parts = tuple(reader.outline(shape) for shape in _shapes(root) if not _is_extra(shape))
    extras = {shape.attributes["id"]: reader.outline(shape) for shape in _shapes(root) if _is_extra(shape)}
    reader.check(parts, extras.values())
    view, longer = reader.view, max(reader.view.width, reader.view.height)
    return DrawnMotif(
        name=motif_id,
        parts=parts,
        small=extras.get(_SMALL, tuple(command for part in parts for command in part)),
        between=extras.get(_BETWEEN, ()),
        width=view.width / longer,
        height=view.height / longer,
        tiling=tiling,
    )


def _tiling(attributes: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in attributes.items()
        if name.startswith(_TILING) and name not in _NOT_OURS
    }


def _check_filled(element: Element, where: str) -> None:
    """`InputError` when something of the drawing would be lost: only filled outlines are taken."""
    style = dict(_declared(element.attributes.get("style", "")))
    for name, (nothing, vi, en) in _DRAWN_AS_FILLED.items():
        for value in (element.attributes.get(name), style.get(name)):
            if value is not None and value.strip() not in nothing:
                raise refused(where, vi, en)
    for child in element.children:
        _check_filled(child, where)


def _declared(style: str) -> Iterator[tuple[str, str]]:
    """Names and values of a `style` attribute."""
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _shapes(element: Element) -> Iterator[Element]:
    """Every shape, in the order of the file."""
    for child in element.children:
        if child.tag in _SHAPES:
            yield child
        else:
            yield from _shapes(child)


def _is_extra(shape: Element) -> bool:
    return shape.attributes.get("id") in {_SMALL, _BETWEEN}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns shapes into outlines on the unit square."""

    where: str
    view: Box

    def outline(self, shape: Element) -> Outline:
        """One shape's outline; `InputError` when its numbers can't be read or lie outside the view box."""
        builder, pen = PathBuilder(), RecordingPen()
        try:
            builder.add_path_from_element(XmlElement(shape.tag, dict(shape.attributes)))
            for path in builder.paths:
                parse_path(path, pen)
        except (ValueError, TypeError, IndexError, KeyError, ArithmeticError, AssertionError) as error:
            raise refused(
                self.where,
                f"không đọc được đường nét của <{shape.tag}>; hãy xuất lại hình vẽ",
                f"holds a <{shape.tag}> whose outline can't be read; export it again",
            ) from error
        return tuple(self._command(name, points) for name, points in pen.value)

    def _command(self, name: str, points: Sequence[Point]) -> tuple[str, tuple[Point, ...]]:
        """One step of an outline; an open end is closed, as filling does."""
        return _COMMANDS.get(name, "Z"), tuple(self._unit(x, y) for x, y in points)

    def _unit(self, x: float, y: float) -> Point:
        longer = max(self.view.width, self.view.height)
        return (x - self.view.center_x) / longer, (y - self.view.y - self.view.height / 2) / longer

    def check(self, parts: Sequence[Outline], extras: Iterable[Outline]) -> None:
        """`InputError` when there is nothing to draw, too much, or something outside the view box."""
        if not LONGEST_VIEW >= self.view.width / self.view.height >= 1 / LONGEST_VIEW:
            raise refused(
                self.where,
                f"khung vẽ quá dài; một cạnh tối đa gấp {plain(LONGEST_VIEW, 'vi')} lần cạnh kia",
                f"has too long a canvas; one side may be {plain(LONGEST_VIEW, 'en')} times the other",
            )
        points = points_of([*parts, *extras])
        if not points_of(parts):
            raise refused(
                self.where,
                "không có hình nào để vẽ; hãy đặt ít nhất một <path> ngoài <defs>",
                "draws nothing; put at least one <path> outside <defs>",
            )
        if len(parts) > MOST_PARTS or len(points) > MOST_POINTS:
            raise refused(
                self.where,
                f"có {len(parts)} hình, {len(points)} điểm; tối đa {MOST_PARTS} và {MOST_POINTS}, "
                "hãy giản lược hình vẽ",
                f"has {len(parts)} shapes and {len(points)} points; at most {MOST_PARTS} and {MOST_POINTS}: "
                "simplify it",
            )
        longer = max(self.view.width, self.view.height)
        across, along = self.view.width / longer / 2 + _OVER, self.view.height / longer / 2 + _OVER
        if not all(abs(x) <= across and abs(y) <= along for x, y in points):
            raise refused(
                self.where,
                "có điểm nằm ngoài khung vẽ (viewBox); hãy dời hình vào trong",
                "has points outside its viewBox; move the drawing inside",
            )
