"""How Word works out looks: docDefaults, table style, paragraph styles, character styles, the run itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as Xml

from dxassets.backends.word_archive import W, WordArchive
from dxassets.backends.written import ParagraphShape, Type

MM_PER_TWIP = 25.4 / 1440
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = {"0", "false", "off", "none"}
_MOST_PARENTS = 20
_TOGGLES = ("b", "i")


def number(text: str | None, default: float = 0.0) -> float:
    """`text` as a number; `default` when it is none (a damaged file must not stop the reading)."""
    try:
        return float(text) if text else default
    except ValueError:
        return default


def is_on(element: Xml.Element | None) -> bool | None:
    """A switch such as ``<w:b/>``: on, off, or not said."""
    return None if element is None else element.get(f"{W}val", "1").lower() not in _OFF


@dataclass
class Formats:
    """The styles of a file."""

    styles: Mapping[str, Xml.Element]
    defaults: Xml.Element | None
    fonts: Mapping[str, str]
    default_paragraph: str
    _chains: dict[str, tuple[Xml.Element, ...]] = field(default_factory=dict[str, tuple[Xml.Element, ...]])

    def run_type(
        self, run: Xml.Element | None, paragraph: Xml.Element | None, *, table_style: str | None = None
    ) -> Type:
        """The looks of a run (`w:rPr`) in a paragraph (`w:pPr`)."""
        said: dict[str, Any] = {}
        for level in self._levels(run, paragraph, table_style):
            _add_run(said, level, self.fonts)
        for toggle in _TOGGLES:  # bold in a character style on bold in a paragraph style is not bold
            if said.get(f"char {toggle}") and said.get(f"para {toggle}") and run is not None:
                direct = is_on(run.find(f"{W}{toggle}"))
                said[toggle] = bool(direct)
        return Type(
            said.get("family", "Times New Roman"),
            said.get("size", 10.0),
            bool(said.get("b")),
            bool(said.get("i")),
            bool(said.get("u")),
            said.get("color", "auto"),
        )

    def lang(self, run: Xml.Element | None, paragraph: Xml.Element | None) -> str:
        """The language that a run is marked with, or nothing."""
        marks = [level.find(f"{W}lang") for _, level in self._levels(run, paragraph, None)]
        said = [mark.get(f"{W}val") for mark in marks if mark is not None]
        return next((lang for lang in reversed(said) if lang), "")

    def is_in_capitals(
        self, run: Xml.Element | None, paragraph: Xml.Element | None, *, table_style: str | None = None
    ) -> bool:
        """Whether a run's letters are shown as capitals, however they were typed."""
        said = [is_on(level.find(f"{W}caps")) for _, level in self._levels(run, paragraph, table_style)]
        return bool(next((each for each in reversed(said) if each is not None), None))

    def _levels(
        self, run: Xml.Element | None, paragraph: Xml.Element | None, table_style: str | None
    ) -> Iterator[tuple[str, Xml.Element]]:
        if self.defaults is not None:
            yield from _found("default", self.defaults.find(f"{W}rPrDefault/{W}rPr"))
        for style in self.chain(table_style):
            yield from _found("table", style.find(f"{W}rPr"))
        for style in self.chain(self.style_of(paragraph)):
            yield from _found("para", style.find(f"{W}rPr"))
        if run is not None:
            named = run.find(f"{W}rStyle")
            for style in self.chain(named.get(f"{W}val") if named is not None else None):
                yield from _found("char", style.find(f"{W}rPr"))
            yield "direct", run

    def style_of(self, paragraph: Xml.Element | None) -> str:
        """The id of a paragraph's style."""
        named = paragraph.find(f"{W}pStyle") if paragraph is not None else None
        return (named.get(f"{W}val") or "" if named is not None else "") or self.default_paragraph

    def chain(self, style: str | None) -> tuple[Xml.Element, ...]:
        """A style after those that it is based on."""
        if not style:
            return ()
        if style not in self._chains:
            chain: list[Xml.Element] = []
            at: str | None = style
            while at and at in self.styles and len(chain) < _MOST_PARENTS:
                chain.append(self.styles[at])
                based = self.styles[at].find(f"{W}basedOn")
                at = based.get(f"{W}val") if based is not None else None
            self._chains[style] = tuple(reversed(chain))
        return self._chains[style]

    def properties(self, paragraph: Xml.Element | None, table_style: str | None = None) -> list[Xml.Element]:
        """Every `w:pPr` that bears on a paragraph, the strongest last."""
        levels = [self.defaults.find(f"{W}pPrDefault/{W}pPr")] if self.defaults is not None else []
        levels += [style.find(f"{W}pPr") for style in self.chain(table_style)]
        levels += [style.find(f"{W}pPr") for style in self.chain(self.style_of(paragraph))]
        return [level for level in (*levels, paragraph) if level is not None]

    def shape(self, paragraph: Xml.Element | None, table_style: str | None = None) -> ParagraphShape:
        """A paragraph's layout."""
        said: dict[str, Any] = {}
        for level in self.properties(paragraph, table_style):
            _add_shape(said, level)
        return ParagraphShape(**said)


def read_formats(archive: WordArchive, related: Mapping[str, str]) -> Formats:
    """The styles of the document whose relations are `related`."""
    names = list(related.values())
    root = archive.part(next((name for name in names if name.endswith("styles.xml")), "word/styles.xml"))
    theme = archive.part(next((name for name in names if "theme/" in name), "word/theme/theme1.xml"))
    styles = {} if root is None else {each.get(f"{W}styleId", ""): each for each in root.iter(f"{W}style")}
    default = next(
        (
            name
            for name, each in styles.items()
            if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") in {"1", "true"}
        ),
        "",
    )
    return Formats(styles, None if root is None else root.find(f"{W}docDefaults"), _fonts(theme), default)


def _fonts(theme: Xml.Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin") if theme is not None else None
        if latin is not None:
            found[kind] = latin.get("typeface", "")
    return found


def _found(level: str, element: Xml.Element | None) -> Iterator[tuple[str, Xml.Element]]:
    if element is not None:
        yield level, element


def _add_run(said: dict[str, Any], level: tuple[str, Xml.Element], fonts: Mapping[str, str]) -> None:
    """What one `w:rPr` says, over what weaker ones said."""
    name, element = level
    font = element.find(f"{W}rFonts")
    if font is not None:
        theme = font.get(f"{W}asciiTheme") or font.get(f"{W}hAnsiTheme")
        plain = font.get(f"{W}hAnsi") or font.get(f"{W}ascii")
        family = fonts.get("major" if theme.startswith("major") else "minor", theme) if theme else plain
        if family:
            said["family"] = family
    size = element.find(f"{W}sz")
    if size is not None:
        said["size"] = number(size.get(f"{W}val"), 20) / 2
    color = element.find(f"{W}color")
    if color is not None:
        said["color"] = (color.get(f"{W}val") or "auto").upper().replace("AUTO", "auto")
    underline = element.find(f"{W}u")
    if underline is not None:
        said["u"] = is_on(underline)
    for toggle in _TOGGLES:
        switch = is_on(element.find(f"{W}{toggle}"))
        if switch is not None:
            said[toggle] = said[f"{name} {toggle}"] = switch


def _add_shape(said: dict[str, Any], level: Xml.Element) -> None:
    """What one `w:pPr` says, over what weaker ones said."""
    align = level.find(f"{W}jc")
    if align is not None:
        value = align.get(f"{W}val") or "left"
        said["align"] = {"start": "left", "end": "right", "distribute": "both"}.get(value, value)
    frame = level.find(f"{W}framePr")
    if frame is not None and frame.get(f"{W}xAlign") == "center":  # a page number in a frame of its own
        said["align"] = "center"
    indent = level.find(f"{W}ind")
    if indent is not None:
        _add_indents(said, indent)
    spacing = level.find(f"{W}spacing")
    if spacing is not None:
        _add_spacing(said, spacing)
    contextual = is_on(level.find(f"{W}contextualSpacing"))
    if contextual is not None:
        said["contextual"] = contextual


def _add_indents(said: dict[str, Any], indent: Xml.Element) -> None:
    for key, names in (("left_mm", ("left", "start")), ("right_mm", ("right", "end"))):
        for name in names:
            if indent.get(f"{W}{name}") is not None:
                said[key] = number(indent.get(f"{W}{name}")) * MM_PER_TWIP
    if indent.get(f"{W}hanging") is not None:
        said["first_line_mm"] = -number(indent.get(f"{W}hanging")) * MM_PER_TWIP
    elif indent.get(f"{W}firstLine") is not None:
        said["first_line_mm"] = number(indent.get(f"{W}firstLine")) * MM_PER_TWIP


def _add_spacing(said: dict[str, Any], spacing: Xml.Element) -> None:
    for key, name in (("before_pt", "before"), ("after_pt", "after")):
        if spacing.get(f"{W}{name}Autospacing") in {"1", "true"}:
            said[key] = 14.0  # what Word puts for “auto”
        elif spacing.get(f"{W}{name}") is not None:
            said[key] = number(spacing.get(f"{W}{name}")) / 20
    if spacing.get(f"{W}line") is not None:
        line = number(spacing.get(f"{W}line"), 240)
        exact = spacing.get(f"{W}lineRule") in {"exact", "atLeast"}
        said["line_em"], said["line_pt"] = (None, line / 20) if exact else (line / 240, None)
