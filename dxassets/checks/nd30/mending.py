"""What of a Word file's faults can be mended without touching a letter of its text, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from dxassets.backends.word_looks import Looks, Mending, Page
from dxassets.checks.nd30.body_checks import LONG, first_letter, grounds_of
from dxassets.checks.nd30.drawn_checks import Measure
from dxassets.checks.nd30.letter import Letter, Line
from dxassets.checks.nd30.page_checks import is_dark
from dxassets.checks.nd30.rules import Fault
from dxassets.checks.nd30.word_page_checks import HANGS_MM, MARGINS, table_room

_FIRST_MM, _GAP_PT = 12.7, 6.0
_OLD_CODES = (".vn", "vni")
"""Faces whose letters are in an old code: in another face they would read as nonsense."""
_TEXT_PT = (13.0, 14.0)
_NUMBER_PT = 13.0
_SHARES = {"H3": 1.0, "H6": 0.42, "V5": 0.42}
"""How long a line that is missing is drawn, of the text above it."""


def mending_of(letter: Letter, faults: Sequence[Fault], measure: Measure) -> Mending:
    """What to change in the file so that as many of its faults as can be are gone."""
    return _MendingPlan(letter, faults, measure).made()


class _MendingPlan:
    def __init__(self, letter: Letter, faults: Sequence[Fault], measure: Measure) -> None:
        self._letter, self._measure = letter, measure
        self._broken = {fault.rule for fault in faults}
        self._missing = {fault.rule for fault in faults if fault.found[1] == "is missing"}
        self._looks: dict[int, Looks] = {}
        self._shared = _shared_paragraphs(letter)

    def made(self) -> Mending:
        """All changes together."""
        self._heads()
        self._ends()
        self._letters()
        self._text()
        word = self._letter.word
        if word is None:
            return Mending()
        return Mending(
            looks=self._looks,
            pages=self._pages(),
            rules=self._rules(),
            tables=self._tables(),
            heads=self._repeating(),
            number_pt=_NUMBER_PT if self._is_number_wrong() else None,
        )

    def _set(self, line: Line, **looks: float | bool | str | None) -> None:
        """Some looks of a line's paragraph, beside what is wanted of it already."""
        if line.paragraph < 0 or line.paragraph in self._shared:
            return
        wanted = {name: value for name, value in looks.items() if value is not None}
        self._looks[line.paragraph] = replace(self._looks.get(line.paragraph, Looks()), **wanted)

    def _like(
        self, rule: str, lines: Sequence[Line | None], sizes: tuple[float, float], *, bold: bool = False,
        italic: bool = False, align: str | None = "center",
    ) -> None:  # fmt: skip
        """Lines of one part, as the rule wants them."""
        for line in lines if rule in self._broken else ():
            if line is None:
                continue
            off = [size for size in line.sizes if not sizes[0] <= size <= sizes[1]]
            size = min(max(*line.sizes, sizes[0]), sizes[1]) if off else None
            placed = None if line.is_pushed or (line.shape and line.shape.align == align) else align
            self._set(line, size_pt=size, bold=bold, italic=italic, underline=False, align=placed)
            if placed == "center":
                self._set(line, left_mm=0.0, first_mm=0.0)

    def _heads(self) -> None:
        parts = self._letter.parts
        self._like("H1", [parts.nation], (12, 13), bold=True)
        self._like("H2", [parts.motto], (13, 14), bold=True)
        self._like("H4", parts.parent, (12, 13))
        self._like("H5", parts.body_name, (12, 13), bold=True)
        self._like("N1", [parts.number], (13, 13))
        self._like("D1", [parts.date], (13, 14), italic=True)
        self._like("V1", parts.subject, (12, 13))
        self._like("V3", [parts.title], (13, 14), bold=True)
        self._like("V4", parts.about, (13, 14), bold=True)
        self._like("K1", [parts.salutation], (13, 14), align=None)
        if "N1" in self._broken and parts.number is not None:
            self._set(parts.number, tight=True)
        if "V2" in self._broken and parts.number is not None and parts.subject:
            self._set(parts.number, after_pt=0.0)
            self._set(parts.subject[0], before_pt=_GAP_PT)
        if "K3" in self._broken and parts.salutation is not None and parts.salutation.shape is not None:
            self._dashes(parts.salutation, parts.addressees)

    def _dashes(self, greeting: Line, items: Sequence[Line]) -> None:
        """The addressees' dashes below the colon, where nothing but indents places both."""
        placed = greeting.shape is not None and greeting.shape.align in {"left", "both"}
        if not placed or any("\t" in line.raw for line in (greeting, *items)):
            return
        colon = first_letter(greeting) + self._measure("Kính gửi", greeting.is_bold, max(greeting.sizes))
        for line in items:
            self._set(line, left_mm=colon, first_mm=0.0, align="left")

    def _ends(self) -> None:
        parts = self._letter.parts
        self._like("S1", parts.authority, (13, 14), bold=True)
        self._like("S2", [parts.signer], (13, 14), bold=True)
        self._like("R1", [parts.recipients_head], (12, 12), bold=True, italic=True, align=None)
        self._like("R2", parts.recipients, (11, 11), align=None)
        for annex in parts.annexes:
            self._like("A1", [annex.word], (14, 14), bold=True)
            self._like("A2", annex.title, (13, 14), bold=True)
            self._like("A3", annex.reference, (13, 14), italic=True)

    def _letters(self) -> None:
        """Typeface and colour, wherever they are wrong."""
        for line in self._letter.lines:
            families = {type_.family.lower() for type_ in line.lettered_types}
            wrong = {each for each in families if not each.startswith("times new roman")}
            if "P3" in self._broken and wrong and not any(each.startswith(_OLD_CODES) for each in families):
                self._set(line, family="Times New Roman")
            if "P5" in self._broken and not all(is_dark(type_.color) for type_ in line.types):
                self._set(line, color="000000")

    def _text(self) -> None:
        text = [
            line for line in self._letter.parts.body if not line.in_ruled_table and line.shape is not None
        ]
        text = [line for line in text if line.shape is not None and line.shape.align != "center"]
        usual = _usual_size(text)
        for line in text:
            if {"B1", "B11"} & self._broken:
                self._set(line, size_pt=usual)
            if line.cell is None:
                self._paragraph(line)
        if "B6" in self._broken:
            for line in grounds_of(text, self._letter.parts):
                self._set(line, italic=True)

    def _paragraph(self, line: Line) -> None:
        """A paragraph of the text: justified, indented, apart."""
        shape = line.shape
        if shape is None:
            return
        if "B2" in self._broken and len(line.text) > LONG:
            self._set(line, align="both")
        if "B3" in self._broken and len(line.text) > LONG and not line.raw[:1].isspace():
            self._set(line, left_mm=0.0, first_mm=_FIRST_MM)
        if "B4" in self._broken and (shape.after_pt < _GAP_PT or shape.contextual):
            self._set(line, after_pt=_GAP_PT)
        em = shape.line_em
        if "B5" in self._broken:
            self._set(line, line_em=min(max(em, 1.0), 1.5) if em is not None else 1.15)
        if "P2" in self._broken and min(shape.left_mm, shape.left_mm + shape.first_line_mm) < -1:
            self._set(line, left_mm=0.0, first_mm=_FIRST_MM)
        if "P2" in self._broken and shape.right_mm < -1:
            self._set(line, right_mm=0.0)

    def _pages(self) -> Mapping[int, Page]:
        found: dict[int, Page] = {}
        word = self._letter.word
        for number, section in enumerate(word.sections if word else ()):
            page = Page()
            if "P1" in self._broken:
                page = replace(
                    page, size=(297.0, 210.0) if section.width > section.height else (210.0, 297.0)
                )
            if "P2" in self._broken:
                margins = {
                    name: min(max(getattr(section, name), least), most)
                    for name, _, least, most in MARGINS
                    if not least - HANGS_MM / 4 <= getattr(section, name) <= most + HANGS_MM / 4
                }
                page = replace(page, margins=margins | ({"gutter": 0.0} if section.gutter else {}))
            if page != Page():
                found[number] = page
        if "P8" in self._broken:
            for annex in self._letter.parts.annexes:
                if annex.word.section:
                    found[annex.word.section] = replace(found.get(annex.word.section, Page()), starts_at=1)
        return found

    def _rules(self) -> Mapping[int, tuple[float, float]]:
        """Lines that are not there, below the last line of the text that they belong to."""
        parts = self._letter.parts
        texts = {"H3": [parts.motto] if parts.motto else [], "H6": parts.body_name, "V5": parts.about}
        found: dict[int, tuple[float, float]] = {}
        for rule, lines in texts.items():
            if rule in self._missing and lines and not lines[-1].is_pushed:
                last = lines[-1]
                widths = [
                    self._measure(line.text, line.is_bold, max(line.sizes, default=13.0)) for line in lines
                ]
                room = last.cell.width_mm if last.cell is not None else table_room(self._letter, last.section)
                found[last.paragraph] = (min(max(widths), room) * _SHARES[rule], room)
        return found

    def _tables(self) -> Mapping[int, tuple[float, float]]:
        found: dict[int, tuple[float, float]] = {}
        word = self._letter.word
        for number, table in enumerate(word.tables if word else ()):
            room = table_room(self._letter, table.section)
            over = max(-table.left_mm, table.left_mm + table.width_mm - room)
            if over > HANGS_MM and ("T2" if table.bordered else "P2") in self._broken:
                found[number] = (0.0, min(table.width_mm, room))
        return found

    def _is_number_wrong(self) -> bool:
        """Whether the page number must be set anew: missing, misplaced, or in another face."""
        word = self._letter.word
        first = word.sections[0] if word is not None and word.sections else None
        fields = [line.page_field for line in first.header if line.page_field] if first is not None else []
        other = any(not field.family.lower().startswith("times new roman") for field in fields)
        return bool({"P6", "P7"} & self._broken) or ("P3" in self._broken and other)

    def _repeating(self) -> frozenset[int]:
        word = self._letter.word
        tables = word.tables if word is not None and "T1" in self._broken else ()
        return frozenset(at for at, table in enumerate(tables) if table.bordered)


def _shared_paragraphs(letter: Letter) -> frozenset[int]:
    """Paragraphs that hold lines of several parts, which one paragraph's looks can't all suit."""
    parts = letter.parts
    owners: defaultdict[int, set[str]] = defaultdict(set)
    for each in fields(parts):
        value: Any = getattr(parts, each.name)
        for line in value if isinstance(value, list) else [value]:  # pyright: ignore[reportUnknownVariableType]
            if isinstance(line, Line):
                owners[line.paragraph].add(each.name)
    return frozenset(number for number, names in owners.items() if len(names) > 1)


def _usual_size(text: Sequence[Line]) -> float:
    """13 or 14 pt, whichever is nearer to most of the text."""
    letters: Callable[[float], int] = lambda size: sum(len(line.text) for line in text if size in line.sizes)  # noqa: E731
    sizes = {size for line in text for size in line.sizes}
    most = max(sizes, key=letters, default=_TEXT_PT[1])
    return min(_TEXT_PT, key=lambda size: abs(size - most))
