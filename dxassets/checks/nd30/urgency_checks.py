"""Rules of the marks of urgency (Phụ lục I, Phần I, mục II.10b): a red box of its own size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dxassets.backends.written import PdfRule, TextBox
from dxassets.checks.nd30.letter import Letter, Line
from dxassets.checks.nd30.looks import together
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said

_WIDTHS_MM = {"HỎA TỐC": 30.0, "HOẢ TỐC": 30.0, "THƯỢNG KHẨN": 40.0, "KHẨN": 20.0}
_OFF_MM, _MOST_MM = 1.5, 70.0
"""How far a frame may be off its size; and a table that is wider is no frame."""
_HEAD_LINES = 30
_FRAME_MM = 8.0
"""How far above and below its words a frame may be drawn."""


def check_urgency(letter: Letter) -> Iterator[Fault]:
    """Every mark of urgency that is wrong, in a text box or typed among the letterhead's lines."""
    for box in letter.word.boxes if letter.word else ():
        yield from _box(box)
    for line in letter.lines[:_HEAD_LINES]:
        if line.text in _WIDTHS_MM:
            yield from _typed(line, letter)


def _box(box: TextBox) -> Iterator[Fault]:
    text = " ".join("".join(stretch.text for stretch in box.stretches).split())
    if text not in _WIDTHS_MM:
        return
    found: list[Said] = []
    if abs(box.width - _WIDTHS_MM[text]) > _OFF_MM or abs(box.height - 8) > _OFF_MM:
        size = f"{box.width:.0f} × {box.height:.0f} mm"
        found.append((f"khung {size}", f"has a box of {size}"))
    found += _not_red({stretch.type.color for stretch in box.stretches if stretch.text.strip()})
    if found:
        yield Fault("U1", (f"dấu “{text}”", f"the mark {text!r}"), together(found))


def _typed(line: Line, letter: Letter) -> Iterator[Fault]:
    found: list[Said] = []
    if not _is_framed(line, letter):
        found.append(("không có khung", "has no box"))
    else:
        found += _frame_size(line, letter)
    found += _not_red({type_.color for type_ in line.types})
    if found:
        yield Fault("U1", short(line), together(found))


def _is_framed(line: Line, letter: Letter) -> bool:
    """Whether something is drawn around the words: borders, a ruled cell, or in a PDF any line close by."""
    if line.in_ruled_table or len(line.rules_mm) > 1:
        return True
    if letter.pdf is None:
        return False
    place = line.places[0]
    return any(
        rule.page == line.page
        and rule.left < place.right + _FRAME_MM
        and rule.right > place.left - _FRAME_MM
        and rule.top < place.baseline + _FRAME_MM
        and rule.bottom > place.baseline - _FRAME_MM
        for rule in letter.pdf.rules
    )


def _frame_size(line: Line, letter: Letter) -> list[Said]:
    """What is wrong with the size of the frame around the words, as far as it can be told."""
    wanted, width, height = _WIDTHS_MM[line.text], 0.0, 8.0
    if letter.word is not None and line.cell is not None:
        table = letter.word.tables[line.cell.table]
        width = table.width_mm if len(table.heads) == 1 and table.width_mm < _MOST_MM else 0.0
    elif letter.pdf is not None:
        width, height = _drawn_size(line, letter.pdf.rules)
    if not width or (abs(width - wanted) <= _OFF_MM and abs(height - 8) <= _OFF_MM):
        return []
    size = f"{width:.0f} × {height:.0f} mm"
    return [(f"khung {size}", f"has a box of {size}")]


def _drawn_size(line: Line, rules: Sequence[PdfRule]) -> tuple[float, float]:
    """Width and height (mm) of the four lines drawn around the words of a PDF; 0 where there are no four."""
    place = line.places[0]
    near = [rule for rule in rules if rule.page == line.page]
    upright = [
        rule
        for rule in near
        if rule.bottom - rule.top > rule.right - rule.left and rule.top < place.baseline < rule.bottom
    ]
    flat = [
        rule
        for rule in near
        if rule.right - rule.left > rule.bottom - rule.top and rule.left < place.center < rule.right
    ]
    left = [rule.left for rule in upright if rule.right <= place.left]
    right = [rule.right for rule in upright if rule.left >= place.right]
    above = [
        rule.top for rule in flat if rule.bottom < place.baseline and place.baseline - rule.top < _FRAME_MM
    ]
    below = [rule.bottom for rule in flat if 0 < rule.bottom - place.baseline < _FRAME_MM]
    if not (left and right and above and below):
        return 0.0, 8.0
    return min(right) - max(left), min(below) - max(above)


def _not_red(colors: set[str]) -> list[Said]:
    return [("không phải màu đỏ", "is not red")] if any(not _is_red(color) for color in colors) else []


def _is_red(color: str) -> bool:
    return (
        len(color) == 6
        and int(color[:2], 16) > 0xA0
        and int(color[2:4], 16) < 0x60
        and int(color[4:], 16) < 0x60
    )
