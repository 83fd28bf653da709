"""Types for the part of cssselect2 that dxassets.logos.styles uses; the library itself carries none."""

from collections.abc import Iterable
from typing import Generic, TypeVar
from xml.etree.ElementTree import Element

from tinycss2.ast import Node

Payload = TypeVar("Payload")

class SelectorError(ValueError): ...
class CompiledSelector: ...

class ElementWrapper:
    @classmethod
    def from_xml_root(cls, root: Element) -> ElementWrapper: ...

class Matcher(Generic[Payload]):
    def add_selector(self, selector: CompiledSelector, payload: Payload) -> None: ...
    def match(
        self, element: ElementWrapper
    ) -> list[tuple[tuple[int, int, int], int, str | None, Payload]]: ...

def compile_selector_list(input: str | Iterable[Node]) -> list[CompiledSelector]: ...
