"""Says how a line's looks differ from what the decree wants, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.backends.written import PdfRule
from dxassets.checks.nd30.letter import Letter, Line
from dxassets.checks.nd30.rules import Said
from dxassets.notation import listed, told

_PT = 0.25
_PUSHED_MM = 30.0


def sized(lines: Sequence[Line], least: float, most: float) -> list[Said]:
    """Sizes out of `least` to `most` pt."""
    sizes = {size for line in lines for size in line.sizes}
    wrong = sorted(size for size in sizes if not least - _PT <= size <= most + _PT)
    if not wrong:
        return []
    vi, en = listed(wrong)
    return [(f"cỡ {vi}", f"is {en} pt")]


def cut(lines: Sequence[Line], *, bold: bool | None = None, italic: bool | None = None) -> list[Said]:
    """Letters that are bold, not bold, italic or upright against the rule; None is free.

    A face that tells nothing of its cut is not called plain.
    """
    found: list[Said] = []
    known = [line for line in lines if not line.is_vague]
    if bold is True and not all(line.is_bold for line in known):
        found.append(("không đậm", "is not bold"))
    if bold is False and any(line.any_bold for line in lines):
        found.append(("in đậm", "is bold"))
    if italic is True and not all(line.is_italic for line in known):
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
    wrong = any(
        line.shape is not None and line.shape.align != "center" and not _is_pushed(line) for line in lines
    )
    return [("không canh giữa", "is not centred")] if wrong else []


def _is_pushed(line: Line) -> bool:
    """Whether a paragraph outside a table is pushed to its column by tabs or an indent: nobody can tell."""
    shape = line.shape
    if line.is_pushed:
        return True
    if shape is None or line.cell is not None or not line.stretches:
        return False
    return line.stretches[0].text.startswith("\t") or shape.left_mm + shape.first_line_mm > _PUSHED_MM


def apart(first: Line | None, second: Line | None, *, most_mm: float = 2.0) -> list[Said]:
    """In a PDF: two lines that should stand on one middle and don't."""
    if first is None or second is None or not first.places or not second.places:
        return []
    off = abs(first.places[0].center - second.places[0].center)
    return [told("lệch giữa {} mm", "is {} mm off the middle", off, places=1)] if off > most_mm else []


def underscored(lines: Sequence[Line], letter: Letter) -> list[Said]:
    """In a PDF: letters with a line drawn right below them, as Underline draws it."""
    if letter.pdf is None:
        return []
    wrong = any(is_underline(rule, line) for line in lines for rule in letter.pdf.rules)
    return [("bị gạch chân", "is underlined")] if wrong else []


def is_underline(rule: PdfRule, line: Line) -> bool:
    """Whether a line is the text's underline: as long, and nearer to its baseline than anybody draws one.

    Faces say 0.09 to 0.16 em for their underlines' middle; a drawn line keeps clear of the descenders.
    """
    place, size = line.places[0], max(line.sizes, default=12.0) * 25.4 / 72
    depth = (rule.top + rule.bottom) / 2 - place.baseline
    near = 0 < depth < 0.17 * size and rule.bottom - rule.top < 1.0
    return rule.page == line.page and near and rule.left - 1 < place.left and rule.right > place.right - 1


def together(problems: Sequence[Said]) -> Said:
    """Several remarks as one."""
    return ", ".join(vi for vi, _ in problems), ", ".join(en for _, en in problems)
