"""Rules of the name of a kind and the subject below it (Phụ lục I, Phần I, mục II.5.b)."""

from __future__ import annotations

from collections.abc import Iterator

from dxassets.checks.nd30.drawn_checks import Measure, check_title_rule
from dxassets.checks.nd30.letter import Letter
from dxassets.checks.nd30.looks import apart, cut, off_centre, sized, together, underlined
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault

_UNTITLED = {"GIẤY GIỚI THIỆU", "GIẤY NGHỈ PHÉP", "CÔNG ĐIỆN", "PHIẾU GỬI", "PHIẾU CHUYỂN", "PHIẾU BÁO"}
"""Kinds whose models have no subject, or often none."""
_OFF_MM = 3.0


def check_title(letter: Letter, measure: Measure) -> Iterator[Fault]:
    """Every rule of the kind's name and its subject that is broken."""
    parts = letter.parts
    title, about = parts.title, parts.about
    if title is None:
        return
    found = sized([title], 13, 14) + cut([title], bold=True, italic=False) + off_centre([title])
    found += underlined([title])
    if found:
        yield Fault("V3", short(title), together(found))
    if about:
        found = sized(about, 13, 14) + cut(about, bold=True, italic=False) + off_centre(about)
        found += underlined(about) + apart(title, about[0], most_mm=_OFF_MM)
        if all(line.text == line.text.upper() for line in about):
            found.append(("in hoa", "is in capitals"))
        if found:
            yield Fault("V4", short(about[0]), together(found))
    elif len(title.text) <= len(parts.named_kind) and parts.named_kind not in _UNTITLED:
        yield Fault("V4", short(title), ("không có", "is missing"))
    yield from check_title_rule(letter, measure)
