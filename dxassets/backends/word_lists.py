"""Word's automatic lists: the dash or number that stands before a paragraph without being typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as Xml

from dxassets.backends.word_archive import W, WordArchive
from dxassets.backends.word_formats import MM_PER_TWIP, number

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass
class Lists:
    """The list levels of a file by number and level, and how far each has counted."""

    levels: Mapping[tuple[str, str], Xml.Element]
    starts: Mapping[str, str]
    _counts: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def prefix(self, properties: Sequence[Xml.Element]) -> tuple[str, tuple[float, float] | None]:
        """What stands before a paragraph of these properties, and the list's own indents (mm)."""
        said = [level.find(f"{W}numPr") for level in properties]
        numbered = next((each for each in reversed(said) if each is not None), None)
        if numbered is None:
            return "", None
        list_id, level = (_said(numbered, "numId"), _said(numbered, "ilvl") or "0")
        if list_id in {"", "0"}:
            return "", None
        definition = self.levels.get((self.starts.get(list_id, ""), level))
        if definition is None:
            return "", None
        key = (list_id, level)
        start = int(number(_said(definition, "start"), 1))
        self._counts[key] = self._counts.get(key, start - 1) + 1
        for other in [each for each in self._counts if each[0] == list_id and each[1] > level]:
            del self._counts[other]
        return self._written(definition, list_id), _indents(definition)

    def _written(self, definition: Xml.Element, list_id: str) -> str:
        text, kind = _said(definition, "lvlText"), _said(definition, "numFmt")
        if kind == "bullet":
            return "-" if text in {"-", "–", "\uf02d", "\uf0be"} else text
        for at in range(9):
            text = text.replace(f"%{at + 1}", _counted(self._counts.get((list_id, str(at)), 1), kind))
        return text if kind != "none" else ""


def read_lists(archive: WordArchive, related: Mapping[str, str]) -> Lists:
    """The lists of the document whose relations are `related`."""
    name = next((name for name in related.values() if name.endswith("numbering.xml")), "word/numbering.xml")
    root = archive.part(name)
    if root is None:
        return Lists({}, {})
    levels = {
        (definition.get(f"{W}abstractNumId", ""), level.get(f"{W}ilvl", "0")): level
        for definition in root.iterfind(f"{W}abstractNum")
        for level in definition.iterfind(f"{W}lvl")
    }
    starts = {each.get(f"{W}numId", ""): _said(each, "abstractNumId") for each in root.iterfind(f"{W}num")}
    return Lists(levels, starts)


def _said(element: Xml.Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return (found.get(f"{W}val") or "") if found is not None else ""


def _indents(definition: Xml.Element) -> tuple[float, float] | None:
    indent = definition.find(f"{W}pPr/{W}ind")
    if indent is None:
        return None
    left = number(indent.get(f"{W}left") or indent.get(f"{W}start"))
    first = number(indent.get(f"{W}firstLine")) - number(indent.get(f"{W}hanging"))
    return left * MM_PER_TWIP, first * MM_PER_TWIP


def _counted(count: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letter = _LETTERS[(count - 1) % len(_LETTERS)]
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"}:
        roman, left = "", count
        for value, letters in _ROMAN:
            while left >= value:
                roman, left = roman + letters, left - value
        return roman.upper() if kind == "upperRoman" else roman
    return str(count)
