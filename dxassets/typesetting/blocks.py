"""The pieces of a composition: name, slogan, agency, call; each set and then placed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

from dxassets.errors import FitError, Problem
from dxassets.geometry import Box
from dxassets.typesetting.fitting import Part, Stack, fit
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import QUIET_ZONE, Bar, Brief, CodeCard, Role, Slot, TextLine
from dxassets.typesetting.legibility import CAP_MM_PER_METRE, STREET_METRES
from dxassets.typesetting.paragraph import Voice
from dxassets.vietnamese import upper

SENTENCE_LEADING = 1.24
CAPITALS_LEADING = 1.36
_BROAD = 0.62
_LIFTED = 1.36
"""How much larger the lifted words are set than the rest of the slogan."""
_FEW_LINES = 0.85
"""Of its column's width, for a slogan of one or two lines."""
_PART_GAP = 0.34
_READ_FAR = "ribbon"
_LEAST_FORCE = 0.4
"""A full wording smaller than this share of the wished slogan gives way to the short one."""


@dataclass(slots=True)
class Draft:
    """A composition while it grows; `floor` is where the picture ends below, or its band begins."""

    lines: list[TextLine] = field(default_factory=list[TextLine])
    bars: list[Bar] = field(default_factory=list[Bar])
    rules: list[Box] = field(default_factory=list[Box])
    card: CodeCard | None = None
    slot: Slot | None = None
    badges: list[Box] = field(default_factory=list[Box])
    panel: Box | None = None
    floor: float = 0.0
    wording: Literal["full", "short", "none"] = "none"


def does_not_fit(what_vi: str, what_en: str, text: str) -> FitError:
    """The error for a text that no wording saves."""
    return FitError(
        Problem(
            "",
            f"{what_vi} “{text}” không vừa ô của nó ở cỡ chữ nhỏ nhất đọc được; hãy rút ngắn",
            f"the {what_en} {text!r} does not fit its slot at the smallest legible size; shorten it",
        )
    )


def place_stack(draft: Draft, stack: Stack, roles: Sequence[Role], box: Box, *, center: bool) -> Box:
    """Puts a stack with its ink's top at the top of `box`, its ink's edge on the box's axis."""
    top = box.y
    for (part, setting), role in zip(stack.parts, roles, strict=True):
        size = stack.size * part.ratio
        baseline = top + setting.ascent * size
        for line, ink in zip(setting.lines, setting.inks, strict=True):
            edge = box.x + (box.width - ink.width * size) / 2 if center else box.x
            pen = edge - ink.left * size
            draft.lines.append(
                TextLine(role, line, part.voice.weight, size, pen, baseline, ink.box(pen, baseline, size))
            )
            baseline += setting.leading * size
        top += (setting.height + stack.gap / part.ratio) * size
    return Box(box.x, box.y, box.width, stack.height)


def set_name(
    brief: Brief, measure: Measure, *, width: float, height: float, largest: float, max_lines: int
) -> Stack:
    """The day's name, in capitals."""
    part = Part(brief.words.name, Voice(700, capitals=True, leading=CAPITALS_LEADING), max_lines=max_lines)
    stack = fit(
        [part],
        measure,
        width=width,
        height=height,
        largest=max(largest, brief.min_text),
        smallest=brief.min_text,
        phrases=brief.words.phrases,
    )
    if stack is None:
        raise does_not_fit("tên ngày", "day's name", brief.words.name)
    return stack


def set_slogan(
    brief: Brief, measure: Measure, *, width: float, height: float, unit: float
) -> tuple[Stack, bool]:
    """The slogan in its first wording that fits with force, and whether that is the full one.

    It grows into its room. A long wording set in many small lines is read by nobody: it gives way to the
    short one.
    """
    wished = max(brief.shares.slogan * unit, brief.min_text)
    last = len(brief.words.slogan) - 1
    for index, wording in enumerate(brief.words.slogan):
        # where the second part would get too small, it may come nearer to the first
        ratios = (brief.shares.tail, 0.85, 1.0) if len(wording) > 1 else (1.0,)
        found = {
            ratio: stack
            for ratio in ratios
            if (stack := _grown(brief, _parts(brief, wording, ratio), measure, width, height)) is not None
        }
        power = _worth_of_a_large_tail(brief, wording)
        worth = {ratio: stack.score * ratio**power for ratio, stack in found.items()}
        best = found[max(worth, key=lambda ratio: worth[ratio])] if found else None
        if index == 0:
            best = _in_one(brief, measure, width, height, beside=max(worth.values(), default=0.0)) or best
        if best is not None and (index == last or best.size >= _LEAST_FORCE * wished):
            return best, index == 0
    raise does_not_fit("khẩu hiệu", "slogan", " ".join(brief.words.slogan[-1]))


def _in_one(brief: Brief, measure: Measure, width: float, height: float, *, beside: float) -> Stack | None:
    """Both parts of a ribbon's slogan as one sentence, where that is larger than the smaller part was."""
    if brief.family != _READ_FAR or not brief.words.whole or len(brief.words.slogan[0]) == 1:
        return None
    stack = _grown(brief, _parts(brief, (brief.words.whole,), 1.0), measure, width, height)
    return stack if stack is not None and stack.score > beside else None


def _worth_of_a_large_tail(brief: Brief, wording: Sequence[str]) -> float:
    """How much a large second part is worth beside a large first one."""
    if brief.family == _READ_FAR:
        return 1.0  # it hangs over a street: what is smallest on it decides how far it is read
    lead, rest = _led(brief, wording[0])
    return 0.5 if lead and not rest else 0.0  # below lifted words alone it would be a footnote


def _grown(brief: Brief, parts: list[Part], measure: Measure, width: float, height: float) -> Stack | None:
    """As large as the room lets it; one part in one or two lines keeps a little air at its end."""
    if brief.family == _READ_FAR and not brief.on_pixels:
        parts = _read_far(parts, measure)

    def set_in(room: float) -> Stack | None:
        return fit(
            parts,
            measure,
            width=room,
            height=height,
            largest=height,
            smallest=brief.min_text,
            phrases=brief.words.phrases,
            gap=_PART_GAP,
        )

    stack = set_in(width)
    few = stack is not None and len(parts) == 1 and len(stack.parts[0][1].lines) <= 2
    if not few or brief.family == _READ_FAR:
        return stack
    return set_in(_FEW_LINES * width) or stack


def _read_far(parts: Iterable[Part], measure: Measure) -> list[Part]:
    """Parts that are large enough once they are read as far as over a street."""
    cap = STREET_METRES * CAP_MM_PER_METRE
    return [replace(part, enough=cap / -measure("H", part.voice.weight).top) for part in parts]


def _parts(brief: Brief, wording: Sequence[str], ratio: float) -> list[Part]:
    """A wording's parts: the words that are lifted, the rest of the first part, and the second part."""
    # on a broad upright sheet many short lines leave half of it empty
    broad = brief.family == "portrait" and brief.size.aspect >= _BROAD and not brief.center
    most = 3 if broad and len(wording) > 1 else 7
    leading = CAPITALS_LEADING if brief.capitals else SENTENCE_LEADING
    head = Voice(brief.headline, brief.capitals, leading)
    lead, rest = _led(brief, wording[0])
    parts = [Part(lead, Voice(900, brief.capitals, leading), _LIFTED, max_lines=2)] if lead else []
    parts += [Part(rest, head, 1.0, max_lines=most)] if rest else []
    tail = Voice(700 if brief.capitals else 600, brief.capitals, leading)
    return [*parts, *(Part(text, tail, ratio, max_lines=7) for text in wording[1:])]


def _led(brief: Brief, text: str) -> tuple[str, str]:
    """Words lifted to lines of their own, and the rest; a ribbon has no line to give, and colours them."""
    return ("", text) if brief.family == _READ_FAR else lifted(text, brief.words.emphasis)


def lifted(text: str, emphasis: str | None) -> tuple[str, str]:
    """The words that begin `text` and are lifted, and the rest; nothing where they stand elsewhere."""
    if emphasis is None or not text.startswith(emphasis):
        return "", text
    end = _with_stop(text, len(emphasis))
    rest = text[end:]
    return (text[:end], rest.strip()) if not rest or rest.startswith(" ") else ("", text)


def _with_stop(text: str, end: int) -> int:
    """Where words that end at `end` are over, the stop that follows them included."""
    return end + 1 if text[end : end + 1] in set(":;,.!?…") else end


def place_slogan(
    draft: Draft, brief: Brief, stack: Stack, box: Box, *, center: bool, full: bool, measure: Measure
) -> Box:
    """Puts the slogan; lifted words and the second part have roles (weight and colour) of their own."""
    draft.wording = "full" if full else "short"
    wording = brief.words.slogan[0 if full else -1]
    if full and len(stack.parts) < len(wording):
        wording = (brief.words.whole,)
    lead, rest = _led(brief, wording[0])
    said = {"lead": lead, "slogan": rest, "tail": "".join(wording[1:])}
    roles = cast("list[Role]", [role for role, text in said.items() if text])
    start = len(draft.lines)
    placed = place_stack(draft, stack, roles, box, center=center)
    if not lead and brief.words.emphasis is not None:
        key = upper(brief.words.emphasis) if brief.capitals else brief.words.emphasis
        draft.lines[start:] = [
            piece for line in draft.lines[start:] for piece in _with_key(line, key, measure)
        ]
    return placed


def _with_key(line: TextLine, key: str, measure: Measure) -> list[TextLine]:
    """A line in up to three pieces, that with the key words of its own role."""
    at = line.text.find(key)
    if at < 0 or line.role != "slogan":
        return [line]
    end = _with_stop(line.text, at + len(key))
    before, found, after = line.text[:at], line.text[at:end], line.text[end:]
    pieces: list[TextLine] = []
    x = line.x
    for text, role in ((before, line.role), (found, "key"), (after, line.role)):
        if text.strip():
            lead = len(text) - len(text.lstrip())
            pen = x + measure("a" + " " * lead + "a", line.weight).advance * line.size * bool(lead)
            pen -= 2 * measure("a", line.weight).advance * line.size * bool(lead)
            ink = measure(text.strip(), line.weight).box(pen, line.baseline, line.size)
            pieces.append(replace(line, role=cast("Role", role), text=text.strip(), x=pen, ink=ink))
        x += _advance(text, line, measure)
    return pieces


def _advance(text: str, line: TextLine, measure: Measure) -> float:
    """How far the pen moves, blanks at both ends included."""
    edge = measure("a", line.weight).advance
    return (measure(f"a{text}a", line.weight).advance - 2 * edge) * line.size


def set_agency(
    slot: Slot, names: Sequence[str], measure: Measure, phrases: tuple[str, ...]
) -> tuple[TextLine, ...]:
    """The agency's name in its slot: in full if it fits, else the short one; `FitError` if none does."""
    for name in dict.fromkeys(names):
        part = Part(name, Voice(600, capitals=True, leading=1.34), max_lines=slot.max_lines)
        stack = fit(
            [part],
            measure,
            width=slot.box.width,
            height=slot.box.height,
            largest=slot.largest,
            smallest=slot.smallest,
            phrases=phrases,
        )
        if stack is not None:
            draft = Draft()
            place_stack(draft, stack, ["agency"], slot.box, center=slot.center)
            return tuple(draft.lines)
    raise does_not_fit("tên cơ quan", "agency's name", names[-1])


def card_for(brief: Brief, target: float) -> tuple[float, float] | None:
    """Side of the QR card and of a module for a wished card side; None when the preset has no code.

    The module is whole pixels on a raster; the card holds the symbol and its quiet zone.
    """
    if brief.qr_modules is None or "call" not in brief.levels:
        return None
    modules = brief.qr_modules + 2 * QUIET_ZONE
    module = target / modules
    if brief.on_pixels:
        module = round(module)
    module = max(module, brief.least_module, brief.least_symbol / brief.qr_modules)
    return module * modules, module


def place_card(draft: Draft, brief: Brief, x: float, y: float, sides: tuple[float, float]) -> Box:
    """Puts the card with its upper left corner at (`x`, `y`), moved to whole pixels on a raster."""
    side, module = sides
    if brief.on_pixels:
        x, y = round(x), round(y)
    box = Box(x, y, side, side)
    draft.card = CodeCard(box, box.pad(-QUIET_ZONE * module), module)
    return box
