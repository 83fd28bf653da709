"""The CSS that drawing programs write into an SVG, brought down to attributes.

A `<style>` inside a picture would also style what stands round it, so rules are
written onto the elements that they name, and the sheet itself is dropped. tinycss2
reads the syntax and cssselect2 the selectors; what may stay is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element as Named

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from tinycss2.ast import (
    AtRule,
    CurlyBracketsBlock,
    Declaration,
    FunctionBlock,
    LiteralToken,
    Node,
    ParenthesesBlock,
    ParseError,
    QualifiedRule,
    SquareBracketsBlock,
    StringToken,
    URLToken,
)

from dxassets.errors import InputError

Refuse = Callable[[str, str], InputError]
PROPERTIES = frozenset(
    """clip-path clip-rule color display fill fill-opacity fill-rule mask mask-type opacity overflow
    shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width visibility""".split()
)
MOST_SELECTORS = 1000
LONGEST_SELECTOR = 32
"""Tokens in one selector: the longest that a program writes has about ten."""
DEEPEST_VALUE = 16
"""Brackets in one another."""

_EFFECTS = frozenset({"filter", "mix-blend-mode"})
_VALUE = re.compile(r"[\w\s.,%#()+-]*")
_MAY_POINT = re.compile(r"url|\\", re.IGNORECASE)
_REFERENCE = re.compile(r'url\("#([^"\\\n]*)"\)')
"""A reference as this module writes it."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a rule or a `style` attribute says, apart from what it says with ``!important``."""

    normal: Mapping[str, str]
    important: Mapping[str, str]


class StyleRules:
    """The rules of a style sheet, empty at first."""

    def __init__(self) -> None:
        self._matcher: Matcher[Declared] = Matcher()

    def add(self, selector: Sequence[Node], declared: Declared, refuse: Refuse) -> None:
        """Take in one selector of a rule; refused when it is not plainly about one element."""
        if not _is_of_one_element(selector):
            raise _selector(selector, refuse)
        try:
            compiled = compile_selector_list(selector)
        except SelectorError as error:
            raise _selector(selector, refuse) from error
        for each in compiled:
            self._matcher.add_selector(each, declared)

    def settled(self, tag: str, given: Mapping[str, str], refuse: Refuse) -> dict[str, str]:
        """What an element is drawn with: its attributes, the rules that name it, then its own `style`.

        After them comes what is ``!important``, in the same order (CSS Cascading, level 4).
        """
        read = {name: drawn(name, value, refuse) for name, value in given.items()}
        values = {name: value for name, value in read.items() if value is not None}
        named = ElementWrapper.from_xml_root(Named(tag, dict(given)))
        said = [declared for _, _, _, declared in self._matcher.match(named)]
        said.append(parse_style(given.get("style", ""), refuse))
        for declared in said:
            values |= declared.normal
        for declared in said:
            values |= declared.important
        return values


def parse_sheet(css: str, refuse: Refuse) -> StyleRules:
    """The rules of a style sheet; refused: at-rules, and selectors that look beyond one element."""
    sheet, count = StyleRules(), 0
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if isinstance(node, AtRule):
            raise _at_rule(refuse)
        if not isinstance(node, QualifiedRule):
            continue  # what CSS calls an error is as if it were not there
        _flat(node.prelude, refuse)
        declared = _declared(node.content, refuse)
        for selector in _split(node.prelude):
            count += 1
            if count > MOST_SELECTORS:
                raise refuse(
                    f"có quá {MOST_SELECTORS} bộ chọn CSS; hãy xuất lại, chọn “Presentation Attributes”",
                    f"has over {MOST_SELECTORS} CSS selectors; export it with presentation attributes",
                )
            sheet.add(selector, declared, refuse)
    return sheet


def parse_style(text: str, refuse: Refuse) -> Declared:
    """The declarations of a `style` attribute that draw something; what would fetch or blend is refused."""
    return _declared(tinycss2.parse_component_value_list(text, skip_comments=True), refuse)


def drawn(name: str, value: str, refuse: Refuse) -> str | None:
    """A presentation attribute's value as it is kept, None when it is not; refused as in `parse_style`."""
    may_point = _MAY_POINT.search(value) is not None
    if name in PROPERTIES and not may_point and _VALUE.fullmatch(value):
        return value  # nearly all: there is nothing to be found out
    if name not in PROPERTIES and name not in _EFFECTS and not may_point:
        return None
    return _kept(name, tinycss2.parse_component_value_list(value, skip_comments=True), refuse)


def references(values: Iterable[str]) -> list[str]:
    """The ids that ``url(#id)`` in kept `values` mean."""
    return [name for value in values for name in _REFERENCE.findall(value)]


def renamed(value: str, names: Mapping[str, str]) -> str:
    """`value` with the ids of its references as they are called now; a reference to nothing becomes none."""

    def new(match: re.Match[str]) -> str:
        name = names.get(match.group(1))
        return f"url(#{name})" if name else "none"

    return _REFERENCE.sub(new, value)


def _at_rule(refuse: Refuse) -> InputError:
    return refuse(
        "có @import hoặc quy tắc @ trong CSS; hãy xuất lại, chọn “Presentation Attributes”",
        "has an @import or another @ rule in its CSS; export it with presentation attributes",
    )


def _selector(tokens: Sequence[Node], refuse: Refuse) -> InputError:
    text = tinycss2.serialize(tokens[:40]).strip()[:40]
    return refuse(
        f"bộ chọn CSS “{text}” không được hỗ trợ; hãy xuất lại, chọn “Presentation Attributes”",
        f"has the CSS selector {text!r}; export it with presentation attributes",
    )


def _outside(name: str, refuse: Refuse) -> InputError:
    return refuse(
        f"trỏ ra ngoài tệp ({name}); hình vẽ phải tự chứa mọi thứ",
        f"points out of the file ({name}); a drawing must hold all that it needs",
    )


def _split(prelude: Sequence[Node]) -> list[list[Node]]:
    """The selectors between the commas, without the blanks around them."""
    selectors: list[list[Node]] = [[]]
    for token in prelude:
        if isinstance(token, LiteralToken) and token.value == ",":
            selectors.append([])
        elif token.type != "whitespace" or selectors[-1]:
            selectors[-1].append(token)
    for selector in selectors:
        while selector and selector[-1].type == "whitespace":
            selector.pop()
    return selectors


def _is_of_one_element(selector: Sequence[Node]) -> bool:
    """Whether a selector is type, class, id and attributes alone.

    Those that look at other elements can take a time that grows with a power of the drawing's size.
    """
    return len(selector) <= LONGEST_SELECTOR and all(map(_is_of_a_selector, selector))


def _is_of_a_selector(token: Node) -> bool:
    match token:
        case LiteralToken():
            return token.value in {".", "*"}
        case SquareBracketsBlock():  # no namespaces: cssselect2 doesn't know them all
            return not any(isinstance(each, LiteralToken) and each.value == "|" for each in token.content)
        case _:
            return token.type in {"ident", "hash"}


def _declared(content: Sequence[Node], refuse: Refuse) -> Declared:
    values: tuple[dict[str, str], dict[str, str]] = {}, {}
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(node, AtRule):
            raise _at_rule(refuse)
        if isinstance(node, QualifiedRule):
            _flat(node.prelude, refuse)
            raise _selector(node.prelude, refuse)
        if isinstance(node, Declaration):
            value = _kept(node.lower_name, node.value, refuse)
            if value is not None:
                values[node.important][node.lower_name] = value
    return Declared(*values)


def _kept(name: str, tokens: Sequence[Node], refuse: Refuse) -> str | None:
    """A value written again from its tokens, None when it is none to keep.

    Refused: values that lead out of the file, or that can't be drawn.
    """
    everything = _flat(tokens, refuse)
    if any(isinstance(token, ParseError) and token.kind == "bad-url" for token in everything):
        raise _outside(name, refuse)
    targets = [target for target in map(_target, everything) if target is not None]
    if not all(target.startswith("#") for target in targets):
        raise _outside(name, refuse)
    if any(isinstance(token, ParseError) for token in everything):
        return None
    text = tinycss2.serialize(tokens).strip()
    if name in _EFFECTS and text.lower() not in {"none", "normal"}:
        raise refuse(
            f"dùng hiệu ứng “{name}”, không in được; hãy bỏ hiệu ứng hoặc xuất ra PNG",
            f"uses {name}, which can't be printed; remove the effect or give a PNG",
        )
    if name not in PROPERTIES:
        return None
    own = [token for token in tokens if _target(token) is None]
    if len(tokens) - len(own) != len(targets) or not _VALUE.fullmatch(tinycss2.serialize(own)):
        return None
    parts = [_written(token) for token in tokens]
    return "".join(parts).strip()


def _written(token: Node) -> str:
    target = _target(token)
    if target is None:
        return tinycss2.serialize([token])
    return "none" if re.search(r'["\\\n]', target) else f'url("{target}")'


def _target(token: Node) -> str | None:
    """Where ``url(…)`` points; None for any other token."""
    if isinstance(token, URLToken):
        return token.value.strip()
    if isinstance(token, FunctionBlock) and token.lower_name == "url":
        inside = [each for each in token.arguments if each.type != "whitespace"]
        only = inside[0] if len(inside) == 1 else None
        return only.value.strip() if isinstance(only, StringToken) else ""
    return None


def _inside(token: Node) -> Sequence[Node]:
    match token:
        case FunctionBlock():
            return token.arguments
        case ParenthesesBlock() | SquareBracketsBlock() | CurlyBracketsBlock():
            return token.content
        case _:
            return ()


def _flat(tokens: Sequence[Node], refuse: Refuse) -> list[Node]:
    """The tokens with all those inside their brackets; refused when these nest too deep to be written."""

    def walk(level: Sequence[Node], depth: int) -> Iterator[Node]:
        if depth > DEEPEST_VALUE:
            raise refuse(
                "có giá trị CSS lồng ngoặc quá sâu; hãy xuất lại dạng SVG thuần",
                "has a CSS value with brackets too deep in one another; export it as plain SVG",
            )
        for token in level:
            yield token
            yield from walk(_inside(token), depth + 1)

    return list(walk(tokens, 0))
