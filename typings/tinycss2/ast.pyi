"""Nodes of CSS Syntax, level 3."""

from collections.abc import Sequence

class Node:
    @property
    def type(self) -> str: ...

class ParseError(Node):
    kind: str
    message: str

class LiteralToken(Node):
    value: str

class StringToken(Node):
    value: str

class URLToken(Node):
    value: str

class ParenthesesBlock(Node):
    content: Sequence[Node]

class SquareBracketsBlock(Node):
    content: Sequence[Node]

class CurlyBracketsBlock(Node):
    content: Sequence[Node]

class FunctionBlock(Node):
    name: str
    lower_name: str
    arguments: Sequence[Node]

class Declaration(Node):
    name: str
    lower_name: str
    value: Sequence[Node]
    important: bool

class QualifiedRule(Node):
    prelude: Sequence[Node]
    content: Sequence[Node]

class AtRule(Node):
    lower_at_keyword: str
