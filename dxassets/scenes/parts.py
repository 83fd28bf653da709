"""Reads one part of a scene: filled outlines, each with a role for its colour; nothing else is kept.

The file may be a stranger's: it is read like a logo (`dxassets.logos`), with far less allowed. What a part
must be is told to designers in docs/scenes.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dxassets.errors import InputError
from dxassets.geometry import Box
from dxassets.logos import Element, read_tree, refused, view_of
from dxassets.models import suggest
from dxassets.notation import weight
from dxassets.scenes.tints import CLEAR, ROLES

PART_BYTES = 16_000
MOST_SHAPES = 120
FARTHEST_NUMBER = 20_000.0
"""No number of an outline may be larger, in scene units: an adult is 630 high."""
_GEOMETRY = {
    "path": ("d",),
    "polygon": ("points",),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
}
_ALLOWED = frozenset({"svg", "g", "style", *_GEOMETRY})
_COLORED = ("fill", "stroke", "style", "opacity", "fill-opacity", "color")
_KEPT = frozenset({"class", "id", "data-name", "data-foot", "viewBox", "width", "height", "version"})
_OUTLINE = re.compile(r"[\sMmLlHhVvCcSsQqTtAaZz0-9eE.,+-]*")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class PartShape:
    """One filled outline: its markup without a colour, and the role that brings it."""

    role: str
    tag: str
    geometry: str


@dataclass(frozen=True, slots=True, eq=False)
class ScenePart:
    """A part: its shapes from back to front, its box, and the point of it that a scene places.

    Each is read once, so two are the same only when they are one: what is drawn of them is kept by that.
    """

    id: str
    shapes: tuple[PartShape, ...]
    view: Box
    foot: tuple[float, float]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles in it, without the suffixes of light and shade."""
        return tuple(sorted({plain_role(shape.role) for shape in self.shapes}))


def plain_role(role: str) -> str:
    """A role without its suffix of light or shade."""
    return role.removesuffix("-shade").removesuffix("-light")


def read_part(data: bytes, where: str, part_id: str) -> ScenePart:
    """The part drawn in an SVG file; `InputError` when it is hostile, broken, or not such a drawing."""
    if len(data) > PART_BYTES:
        raise refused(
            where,
            f"nặng {weight(len(data), 'vi')}, tối đa {weight(PART_BYTES, 'vi')}; hãy giản lược hình vẽ",
            f"weighs {weight(len(data), 'en')}, at most {weight(PART_BYTES, 'en')}; simplify the drawing",
        )
    root = read_tree(data, where, allowed=_ALLOWED)
    view = view_of(root, where)
    shapes = tuple(_shapes(root, where, inherited=None))
    if not 1 <= len(shapes) <= MOST_SHAPES:
        raise refused(
            where,
            f"có {len(shapes)} hình; phải từ 1 đến {MOST_SHAPES}",
            f"has {len(shapes)} shapes; it must have 1 to {MOST_SHAPES}",
        )
    return ScenePart(part_id, shapes, view, _foot(root, view, where))


def _foot(root: Element, view: Box, where: str) -> tuple[float, float]:
    """The point that stands where a scene says: `data-foot`, or else the middle of the lower edge."""
    told = root.attributes.get("data-foot")
    if told is None:
        return view.center_x, view.bottom
    numbers = [float(number) for number in _NUMBER.findall(told)]
    if len(numbers) != 2 or max(map(abs, numbers)) > FARTHEST_NUMBER:
        raise refused(
            where,
            f"data-foot “{told[:30]}” phải là hai số: x và y của chân hình",
            f"data-foot {told[:30]!r} must be two numbers: x and y of the foot",
        )
    return numbers[0], numbers[1]


def _shapes(element: Element, where: str, inherited: str | None) -> Iterator[PartShape]:
    """Every shape in the order of the file, a group's role being that of all in it."""
    for child in element.children:
        if child.tag == "style":
            continue  # for the eyes of drawing programs only
        _check_attributes(child, where)
        role = child.attributes.get("class", "").strip() or inherited
        if child.tag == "g":
            yield from _shapes(child, where, role)
        else:
            yield PartShape(_known_role(role, child.tag, where), child.tag, _geometry(child, where))


def _check_attributes(element: Element, where: str) -> None:
    for name in element.attributes:
        if name in _COLORED:
            raise refused(
                where,
                f'<{element.tag}> có màu riêng ({name}); hãy xóa đi, đặt vai màu bằng class: class="leaf"',
                f'<{element.tag}> has its own colour ({name}); remove it, and name a role: class="leaf"',
            )
        if name == "transform":
            raise refused(
                where,
                f"<{element.tag}> có phép biến đổi (transform); hãy áp dụng nó vào đường nét rồi lưu lại",
                f"<{element.tag}> has a transform; apply it to the outlines and save again",
            )
        if name not in _KEPT and name not in _GEOMETRY.get(element.tag, ()):
            raise refused(
                where,
                f"<{element.tag}> có thuộc tính {name[:30]}, không được vẽ; hãy xóa đi",
                f"<{element.tag}> has the attribute {name[:30]}, which is not drawn; remove it",
            )


def _known_role(role: str | None, tag: str, where: str) -> str:
    if role is None:
        raise refused(
            where,
            f'<{tag}> chưa có vai màu; hãy thêm class, ví dụ class="leaf"',
            f'<{tag}> has no role; add a class, as class="leaf"',
        )
    if role not in ROLES and role not in CLEAR:
        vi, en = suggest(role, [*ROLES, *CLEAR])
        raise refused(
            where,
            f"không có vai màu “{role[:40]}”; danh sách ở docs/scenes.md.{vi}".removesuffix("."),
            f"there is no role {role[:40]!r}; docs/scenes.md lists them.{en}".removesuffix("."),
        )
    return role


def _geometry(shape: Element, where: str) -> str:
    """The attributes that say where the outline runs, written anew."""
    given = {name: shape.attributes[name] for name in _GEOMETRY[shape.tag] if name in shape.attributes}
    values = {name: " ".join(value.split()) for name, value in given.items()}
    numbers = [abs(float(number)) for value in values.values() for number in _NUMBER.findall(value)]
    broken = (
        not numbers
        or max(numbers) > FARTHEST_NUMBER
        or any(not _OUTLINE.fullmatch(value) for value in values.values())
    )
    if broken:
        raise _unreadable(shape, where)
    return "".join(f' {name}="{value}"' for name, value in values.items())


def _unreadable(shape: Element, where: str) -> InputError:
    return refused(
        where,
        f"không đọc được đường nét của <{shape.tag}>; hãy xuất lại hình vẽ",
        f"holds a <{shape.tag}> whose outline can't be read; export it again",
    )
