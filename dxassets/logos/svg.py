"""An SVG logo written anew from what is allowed; the original's own markup is never used.

Dropped without a word, because they draw nothing: comments, metadata, titles,
links round shapes, everything of other namespaces. Refused by name: whatever
runs, fetches, animates, needs a font, or that no printer would draw alike.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from dxassets.errors import InputError
from dxassets.geometry import Box
from dxassets.logos import styles
from dxassets.logos.model import SvgLogo, refused
from dxassets.logos.png import is_too_large, jpeg_size, png_size
from dxassets.logos.weighing import Element, check_weight
from dxassets.notation import plain, weight

SVG_BYTES = 1_000_000
LONGEST_CANVAS = 20_000.0
DEEPEST = 32
MOST_ELEMENTS = 20_000
FARTHEST = 1e6
"""No number in the drawing may be larger."""
FINEST_DASH = 0.1

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SHAPES = "path rect circle ellipse line polyline polygon g use image"
_PARTS = "defs symbol linearGradient radialGradient stop clipPath mask"
_ALLOWED = frozenset(f"svg style a {_SHAPES} {_PARTS}".split())
_DROPPED = frozenset({"metadata", "title", "desc"})
_RICH = frozenset({"linearGradient", "radialGradient", "mask", "image"})
_REFERRING = frozenset({"use", "linearGradient", "radialGradient"})
_GEOMETRY = frozenset(
    """d points x y width height x1 y1 x2 y2 cx cy r rx ry fx fy fr offset transform gradientUnits
    gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits viewBox
    preserveAspectRatio pathLength""".split()
)
_SAFE = re.compile(r"[\w\s.,%+()-]*")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(?:px|pt|mm|cm|in|pc)?\s*", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpe?g);base64,([A-Za-z0-9+/=\s]+)")


def read_svg(data: bytes, where: str, *, prefix: str = "logo") -> SvgLogo:
    """The cleaned logo in an SVG file; `InputError` when it is hostile, broken or too large.

    Its ids begin with `prefix`, so that two drawings in one picture never meet.
    """
    if len(data) > SVG_BYTES:
        raise refused(
            where,
            f"nặng {weight(len(data), 'vi')}, tối đa {weight(SVG_BYTES, 'vi')}; hãy giản lược hình vẽ",
            f"weighs {weight(len(data), 'en')}, at most {weight(SVG_BYTES, 'en')}; simplify the drawing",
        )
    reader = _SvgReader(where)
    root = reader.read(data)
    view = view_of(root, where)
    _settle(root, reader)
    check_weight(root, reader.refuse)
    writer = _Writer(prefix)
    writer.name_all(root)
    return SvgLogo(writer.written(root), view, writer.rich)


def read_tree(data: bytes, where: str, *, allowed: AbstractSet[str]) -> Element:
    """The tree of an SVG of which only those elements are allowed, for readers that need less than a logo's.

    Attributes are as they stand in the file, but for those that run or fetch something: `InputError`, as
    when it is broken or deep. How many bytes it may have is the reader's to say.
    """
    return _SvgReader(where, allowed=frozenset(allowed)).read(data)


@dataclass
class _SvgReader:
    """Builds the tree of allowed elements; everything else is dropped or refused while it is read."""

    where: str
    allowed: frozenset[str] = _ALLOWED
    sheet: styles.StyleRules = field(default_factory=styles.StyleRules)
    _open: list[Element] = field(default_factory=list[Element])
    _root: Element | None = None
    _dropping: int = 0
    _count: int = 0
    _css: list[str] = field(default_factory=list[str])

    def refuse(self, vi: str, en: str) -> InputError:
        """The error of this file."""
        return refused(self.where, vi, en)

    def read(self, data: bytes) -> Element:
        """The root; entities, and a DOCTYPE that declares anything, are refused while parsing."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        parser.ExternalEntityRefHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)  # noqa: FBT003  (expat's own signature)
        except expat.ExpatError as error:
            raise self.refuse(
                f"SVG viết sai ({error}); hãy xuất lại", f"is not well-formed SVG ({error}); export it again"
            ) from error
        if self._root is None or self._root.tag != "svg":
            raise self.refuse("không phải tệp SVG", "is not an SVG")
        self.sheet = styles.parse_sheet("".join(self._css), self.refuse)
        return self._root

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            self._entity()

    def _entity(self, *_told: object) -> int:
        raise self.refuse(
            "khai báo thực thể (DOCTYPE/ENTITY); hãy lưu lại dạng “SVG thuần” (Plain SVG)",
            "declares entities (DOCTYPE/ENTITY); save it as plain SVG",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        self._count += 1
        if len(self._open) + self._dropping >= DEEPEST or self._count > MOST_ELEMENTS:
            raise self.refuse(
                f"lồng quá {DEEPEST} tầng hoặc quá {MOST_ELEMENTS} phần tử; hãy giản lược hình vẽ",
                f"nests deeper than {DEEPEST} or holds over {MOST_ELEMENTS} elements; simplify the drawing",
            )
        if self._dropping or namespace != _SVG or tag in _DROPPED:
            if not self._open:
                raise self.refuse("không phải tệp SVG", "is not an SVG")
            self._dropping += 1
            return
        if tag not in self.allowed or (tag == "svg" and self._open):
            raise self._not_allowed(tag)
        element = Element("g" if tag == "a" else tag, self._attributes(tag, attributes))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _not_allowed(self, tag: str) -> InputError:
        cure = {
            "text": ("hãy chuyển chữ thành nét (Create Outlines)", "convert the text to outlines"),
            "script": ("hãy xóa mã lệnh", "remove the script"),
        }
        vi, en = cure.get(tag, ("hãy xuất lại dạng SVG thuần hoặc PNG", "export it as plain SVG or as PNG"))
        return self.refuse(f"có phần tử <{tag[:30]}>, không được phép; {vi}", f"holds a <{tag[:30]}>; {en}")

    def _attributes(self, tag: str, given: dict[str, str]) -> dict[str, str]:
        """The attributes that may stay; those that run something are refused."""
        kept: dict[str, str] = {}
        for name, value in given.items():
            namespace, _, local = name.rpartition(" ")
            if local.lower().startswith("on"):
                raise self.refuse(
                    f"có mã lệnh ({local[:30]}); hãy xóa đi",
                    f"holds an event handler ({local[:30]}); remove it",
                )
            if local == "href" and namespace in {"", _XLINK}:
                if tag != "a":
                    kept["href"] = self._href(tag, value)
            elif namespace == "":
                kept[local] = value
        return kept

    def _href(self, tag: str, value: str) -> str:
        """A reference inside the file, or a picture that is part of it."""
        if tag in _REFERRING and value.strip().startswith("#"):
            return value.strip()
        if tag == "image" and self._is_small_picture(value.strip()):
            return "".join(value.split())
        raise self.refuse(
            f"<{tag}> trỏ ra ngoài tệp hoặc chứa dữ liệu lạ; hình vẽ phải tự chứa mọi thứ",
            f"<{tag}> points out of the file or holds strange data; a drawing must hold all that it needs",
        )

    def _is_small_picture(self, address: str) -> bool:
        found = _PICTURE.fullmatch(address)
        if found is None:
            return False
        try:
            data = base64.b64decode("".join(found.group(2).split()), validate=True)
        except binascii.Error:
            return False
        size = png_size(data) if found.group(1) == "png" else jpeg_size(data)
        return size is not None and not is_too_large(size)

    def _text(self, text: str) -> None:
        if not self._dropping and self._open and self._open[-1].tag == "style":
            self._css.append(text)

    def _end(self, _name: str) -> None:
        if self._dropping:
            self._dropping -= 1
        else:
            self._open.pop()


def view_of(root: Element, where: str) -> Box:
    """The root's view box, or its width and height."""
    numbers = [float(number) for number in _NUMBER.findall(root.attributes.get("viewBox", ""))]
    if len(numbers) != 4:
        sides = [_LENGTH.fullmatch(root.attributes.get(name, "")) for name in ("width", "height")]
        if sides[0] is None or sides[1] is None:
            raise refused(
                where,
                "thiếu viewBox; hãy xuất lại SVG kèm kích thước",
                "lacks a viewBox; export it with its size",
            )
        numbers = [0.0, 0.0, float(sides[0].group(1)), float(sides[1].group(1))]
    if max(map(abs, numbers)) > LONGEST_CANVAS or min(numbers[2:]) <= 0:
        raise refused(
            where,
            f"khung vẽ (viewBox) rỗng hoặc lớn quá {plain(LONGEST_CANVAS, 'vi')}; hãy xuất lại ở cỡ thường",
            f"has an empty canvas, or one over {LONGEST_CANVAS:g}; export it at an ordinary size",
        )
    return Box(*numbers)


def _settle(element: Element, reader: _SvgReader) -> None:
    """Leave each element the attributes that may stay, the sheet's rules and its own style among them."""
    given = element.attributes
    kept = {name: given[name] for name in ("id", "href") if given.get(name)}
    if element.tag != "svg":  # the view box is our own nested svg's to say
        kept |= {
            name: " ".join(value.split())
            for name, value in given.items()
            if name in _GEOMETRY and _SAFE.fullmatch(value)
        }
    kept |= reader.sheet.settled(element.tag, given, reader.refuse)
    _check_numbers(kept, reader)
    element.attributes = kept
    for child in element.children:
        _settle(child, reader)


def _check_numbers(kept: dict[str, str], reader: _SvgReader) -> None:
    """No number so large, and no dash so fine, that it keeps a rasterizer busy for hours."""
    for name, value in kept.items():
        if name in {"id", "href"}:
            continue
        numbers = [abs(float(number)) for number in _NUMBER.findall(value)]
        if numbers and max(numbers) > FARTHEST:
            raise reader.refuse(
                "có tọa độ quá lớn; hãy xuất lại ở cỡ thường",
                "holds huge coordinates; export it at an ordinary size",
            )
        if name == "stroke-dasharray" and numbers and sum(numbers) < FINEST_DASH:
            raise reader.refuse(
                "có nét đứt quá mịn; hãy dùng nét liền",
                "has a dash pattern too fine to draw; use solid lines",
            )


@dataclass
class _Writer:
    """Writes the tree again; ids become `logo-1`, `logo-2` …, so that they clash with nothing round it."""

    prefix: str
    rich: bool = False
    _names: dict[str, str] = field(default_factory=dict[str, str])

    def name_all(self, element: Element) -> None:
        """Give every id its new name."""
        given = element.attributes.get("id")
        if given is not None:
            self._names.setdefault(given, f"{self.prefix}-{len(self._names) + 1}")
        for child in element.children:
            self.name_all(child)

    def written(self, element: Element) -> str:
        """The element and all that is in it; the root becomes a group."""
        if element.tag == "style":
            return ""
        self.rich |= element.tag in _RICH
        tag = "g" if element.tag == "svg" else element.tag
        attributes = "".join(
            f' {name}="{escape(value)}"' for name, value in self._attributes(element).items() if value
        )
        inside = "".join(self.written(child) for child in element.children)
        return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"

    def _attributes(self, element: Element) -> dict[str, str]:
        """The settled attributes, with ids by their new names."""
        kept: dict[str, str] = {}
        for name, value in element.attributes.items():
            if name == "id":
                kept[name] = self._names[value]
            elif name == "href" and value.startswith("#"):
                kept[name] = f"#{self._names.get(value[1:], f'{self.prefix}-0')}"
            else:
                kept[name] = styles.renamed(value, self._names)
        return kept
