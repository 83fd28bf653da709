"""The little CSS that drawing programs write into an SVG, brought down to attributes.

A `<style>` inside a picture would also style what stands round it, so rules are
written onto the elements that they name, and the sheet itself is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dxassets.errors import InputError

Refuse = Callable[[str, str], InputError]
PROPERTIES = frozenset(
    """clip-path clip-rule color display fill fill-opacity fill-rule mask mask-type opacity overflow
    shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width visibility""".split()
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:\.[\w-]+)*)(#[\w-]+)?")
_VALUE = re.compile(r"[\w\s.,%#()+-]*")
_REFERENCE = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations; `weight` is CSS specificity."""

    tag: str
    classes: frozenset[str]
    id: str
    weight: tuple[int, int, int]
    values: tuple[tuple[str, str], ...]

    def fits(self, tag: str, classes: frozenset[str], element_id: str) -> bool:
        """Whether the rule means an element."""
        return (
            self.tag in {"", "*", tag} and self.classes <= classes and (not self.id or self.id == element_id)
        )


def parse_sheet(css: str, refuse: Refuse) -> list[Rule]:
    """The rules of a style sheet; refused: at-rules, and selectors of more than one element."""
    text = _COMMENT.sub(" ", css)
    if "\\" in text or "@" in text:
        raise refuse(
            "có @import hoặc quy tắc @ trong CSS; hãy xuất lại, chọn “Presentation Attributes”",
            "has an @import or another @ rule in its CSS; export it with presentation attributes",
        )
    rules: list[Rule] = []
    for selectors, body in _RULE.findall(text):
        values = parse_style(body, refuse)
        for selector in selectors.split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found is None or not selector.strip():
                raise refuse(
                    f"bộ chọn CSS “{selector.strip()[:40]}” không được hỗ trợ; hãy xuất lại, "
                    "chọn “Presentation Attributes”",
                    f"has the CSS selector {selector.strip()[:40]!r}; export it with presentation attributes",
                )
            tag, classes, element_id = found.group(1) or "", found.group(2), found.group(3) or ""
            names = frozenset(filter(None, classes.split(".")))
            weight = (int(bool(element_id)), len(names), int(tag not in {"", "*"}))
            rules.append(Rule(tag, names, element_id[1:], weight, tuple(values.items())))
    return sorted(rules, key=lambda rule: rule.weight)


def parse_style(text: str, refuse: Refuse) -> dict[str, str]:
    """The declarations of a `style` attribute that draw something; what would fetch or blend is refused."""
    values: dict[str, str] = {}
    for declaration in _COMMENT.sub(" ", text).split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().removesuffix("!important").strip()
        if colon and is_drawn(name, value, refuse):
            values[name] = value
    return values


def is_drawn(name: str, value: str, refuse: Refuse) -> bool:
    """Whether a property is to be kept; refuses values that lead out of the file or that can't be drawn."""
    if name in {"filter", "mix-blend-mode"} and value not in {"none", "normal"}:
        raise refuse(
            f"dùng hiệu ứng “{name}”, không in được; hãy bỏ hiệu ứng hoặc xuất ra PNG",
            f"uses {name}, which can't be printed; remove the effect or give a PNG",
        )
    lowered = value.lower()
    if "url" in lowered or "\\" in value:
        rest = _REFERENCE.sub("", lowered)
        outside = [target for _, target in _REFERENCE.findall(value) if not target.startswith("#")]
        if outside or "url" in rest or "\\" in value:
            raise refuse(
                f"trỏ ra ngoài tệp ({name}); biểu trưng phải tự chứa mọi thứ",
                f"points out of the file ({name}); a logo must hold all that it needs",
            )
    return name in PROPERTIES and bool(_VALUE.fullmatch(_REFERENCE.sub("", value)))


def references(values: Iterable[str]) -> list[str]:
    """The ids that ``url(#id)`` in `values` mean."""
    return [target[1:] for value in values for _, target in _REFERENCE.findall(value)]


def renamed(value: str, names: Mapping[str, str]) -> str:
    """`value` with the ids of its references as they are called now; a reference to nothing becomes none."""

    def new(match: re.Match[str]) -> str:
        name = names.get(match.group(2)[1:])
        return f"url(#{name})" if name else "none"

    return _REFERENCE.sub(new, value)
