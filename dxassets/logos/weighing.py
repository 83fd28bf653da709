"""How much a drawing weighs when every reference is followed: `use` of `use` of `use` grows like 2ⁿ."""

from __future__ import annotations

from dataclasses import dataclass, field

from dxassets.errors import InputError
from dxassets.logos.styles import Refuse, references

MOST_DRAWN = 50_000


@dataclass(slots=True)
class Element:
    """One allowed element of the drawing."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list["Element"])


def check_weight(root: Element, refuse: Refuse) -> None:
    """`InputError` when a reference leads back to itself, or all together draw too much."""
    scale = _Scale(refuse, _by_id(root, {}))
    if scale.weight(root) > MOST_DRAWN:
        raise scale.too_much()


def _by_id(element: Element, found: dict[str, Element]) -> dict[str, Element]:
    name = element.attributes.get("id")
    if name is not None:
        found.setdefault(name, element)
    for child in element.children:
        _by_id(child, found)
    return found


@dataclass
class _Scale:
    """Weighs elements, each once."""

    refuse: Refuse
    by_id: dict[str, Element]
    _known: dict[int, int] = field(default_factory=dict[int, int])
    _open: set[int] = field(default_factory=set[int])

    def too_much(self) -> InputError:
        """The error of a drawing that multiplies itself."""
        return self.refuse(
            "các phần tử gọi lẫn nhau quá nhiều hoặc vòng tròn (use); hãy giản lược hình vẽ",
            "its elements call each other too often or in a circle (use); simplify the drawing",
        )

    def weight(self, element: Element) -> int:
        """Elements that are drawn for this one."""
        key = id(element)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            raise self.too_much()
        self._open.add(key)
        targets = [self.by_id[name] for name in _targets(element) if name in self.by_id]
        total = 1 + sum(self.weight(each) for each in [*element.children, *targets])
        self._open.discard(key)
        # a number that doubles at each step must not itself grow without end
        self._known[key] = min(total, MOST_DRAWN + 1)
        return self._known[key]


def _targets(element: Element) -> list[str]:
    found = references(element.attributes.values())
    href = element.attributes.get("href", "")
    return [*found, href[1:]] if href.startswith("#") else found
