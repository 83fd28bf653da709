"""Types for the part of tinycss2 that dxassets.logos.styles uses; the library itself carries none."""

from collections.abc import Iterable

from tinycss2.ast import Node

def parse_blocks_contents(
    input: str | Iterable[Node], skip_comments: bool = False, skip_whitespace: bool = False
) -> list[Node]: ...
def parse_component_value_list(css: str, skip_comments: bool = False) -> list[Node]: ...
def parse_stylesheet(
    input: str | Iterable[Node], skip_comments: bool = False, skip_whitespace: bool = False
) -> list[Node]: ...
def serialize(nodes: Iterable[Node]) -> str: ...
