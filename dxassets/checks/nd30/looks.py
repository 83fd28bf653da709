"""Says how a line's looks differ from what the decree wants, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.checks.nd30.letter import Line
from dxassets.checks.nd30.rules import Said

_PT = 0.25


def sized(lines: Sequence[Line], least: float, most: float) -> list[Said]:
    """Sizes out of `least` to `most` pt."""
    sizes = {size for line in lines for size in line.sizes}
    wrong = sorted(size for size in sizes if not least - _PT <= size <= most + _PT)
    if not wrong:
        return []
    shown = ", ".join(f"{size:g}" for size in wrong)
    return [(f"cỡ {shown}", f"is {shown} pt")]


def cut(lines: Sequence[Line], *, bold: bool | None = None, italic: bool | None = None) -> list[Said]:
    """Letters that are bold, not bold, italic or upright against the rule; None is free."""
    found: list[Said] = []
    if bold is True and not all(line.is_bold for line in lines):
        found.append(("không đậm", "is not bold"))
    if bold is False and any(line.any_bold for line in lines):
        found.append(("in đậm", "is bold"))
    if italic is True and not all(line.is_italic for line in lines):
        found.append(("không nghiêng", "is not italic"))
    if italic is False and any(line.any_italic for line in lines):
        found.append(("in nghiêng", "is italic"))
    return found


def underlined(lines: Sequence[Line]) -> list[Said]:
    """Underlined letters: the decree wants drawn lines."""
    return [("bị gạch chân", "is underlined")] if any(line.any_underline for line in lines) else []


def small_letters(lines: Sequence[Line]) -> list[Said]:
    """Letters that should be capitals."""
    return (
        [("không in hoa", "is not in capitals")]
        if any(line.text != line.text.upper() for line in lines)
        else []
    )


def off_centre(lines: Sequence[Line]) -> list[Said]:
    """Word paragraphs that are not centred (a PDF is told by places instead)."""
    wrong = any(line.shape is not None and line.shape.align != "center" for line in lines)
    return [("không canh giữa", "is not centred")] if wrong else []


def together(problems: Sequence[Said]) -> Said:
    """Several remarks as one."""
    return ", ".join(vi for vi, _ in problems), ", ".join(en for _, en in problems)
