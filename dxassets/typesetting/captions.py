"""What stands with a code or in its place: the call and the bare domain, however long these are.

A domain is never squeezed, cut or left out. One that is too long for its place gets a wider one, and at
last breaks before a dot, so that the line that begins with the dot says that the address goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from dxassets.errors import FitError
from dxassets.geometry import Box
from dxassets.typesetting.blocks import Draft, card_for, does_not_fit, place_card, place_stack
from dxassets.typesetting.fitting import Part, Stack, fit
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Brief, Role
from dxassets.typesetting.paragraph import Voice

# The rule before a domain and the space after it, in em.
_DASH, _DASH_SPACE = 1.9, 0.62
_NEAR_TEXT = 0.75
"""A code's caption is read from where the code is scanned: it may be this much smaller than the rest."""
RIBBON_SPACE = 0.05
"""Between a ribbon's code and its caption, as a share of the content's height."""
_NARROW = 0.34
"""A content box below this width to height has the code's caption under the code, not beside it."""
_MOST_LINES = 4
_ANY_HEIGHT = float("inf")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to make room: a width, the lines that the call and the domain may take, a share of the code."""

    width: float
    call: int = 1
    domain: int = 1
    code: float = 1.0


_UNDER_CODE = (
    *(_Way(width, call) for width in (1.12, 1.35, 1.6) for call in (1, 2)),
    *(_Way(width, 2, lines) for lines in (2, 3, 4) for width in (1.12, 1.35, 1.6, 2.0, 2.4)),
)
"""Below the code of a landscape; widths as shares of the code's."""
_RIBBON = (
    *(_Way(width) for width in (1.1, 1.3, 1.5)),
    *(_Way(width, 1, 2, code) for code in (0.9, 0.8) for width in (1.1, 1.3, 1.5, 1.8)),
    *(_Way(width, 1, lines, 0.7) for lines in (2, 3) for width in (1.3, 1.5, 1.8, 2.2, 2.6)),
)
"""Below the code of a ribbon, whose height is all used: more lines ask for a smaller code."""
_RIBBON_DOMAIN = (
    *(_Way(0.2, domain=lines) for lines in (1, 2)),
    *(_Way(width, domain=lines) for width in (0.25, 0.3, 0.35) for lines in (2, 3, 4)),
)
"""In the place of a ribbon's code; widths as shares of the content's."""


# --- with a code


def set_caption(
    brief: Brief,
    measure: Measure,
    *,
    width: float,
    largest: float,
    height: float = _ANY_HEIGHT,
    max_lines: int = 1,
    domain_lines: int = 1,
) -> Stack:
    """What to do with the code: the call, and the bare domain below it, in just so many lines."""
    domain = _broken(brief.words.domain, domain_lines, measure, 700)
    if domain is not None:
        stack = fit(
            [
                Part(brief.words.call, Voice(600), max_lines=max_lines),
                *(Part(line, Voice(700), max_lines=1) for line in domain),
            ],
            measure,
            width=width,
            height=height,
            largest=max(largest, brief.min_text),
            smallest=brief.min_text * _NEAR_TEXT,
            phrases=brief.words.phrases,
            gap=0.42,
        )
        if stack is not None:
            return stack
    raise does_not_fit(
        "dòng dưới mã QR", "caption of the QR code", f"{brief.words.call} – {brief.words.domain}"
    )


def under_code(
    brief: Brief, measure: Measure, side: float, *, widest: float, height: float, largest: float
) -> Stack:
    """The caption below a landscape's code of that side: hardly wider, if the words let it."""
    usual = _UNDER_CODE[0].width
    ways = [way for way in _UNDER_CODE if way.width <= usual or way.width * side <= 0.45 * widest]
    stack = _first(brief, measure, ways, unit=side, height=height, largest=largest)
    return stack or set_caption(brief, measure, width=side * usual, largest=largest)


def beside_code(
    brief: Brief, measure: Measure, *, width: float, height: float, largest: float
) -> Stack | None:
    """The caption beside a code of that height; None when it needs more room than there is."""
    ways = [_Way(1.0, 2, lines) for lines in range(1, _MOST_LINES + 1)]
    return _first(brief, measure, ways, unit=width, height=height, largest=largest)


def _across(brief: Brief, measure: Measure, *, width: float, largest: float) -> Stack:
    """The caption below a code, over the whole width; `FitError` when not even that is enough."""
    ways = [_Way(1.0), *(_Way(1.0, 2, lines) for lines in range(1, _MOST_LINES + 1))]
    found = _first(brief, measure, ways, unit=width, height=_ANY_HEIGHT, largest=largest)
    return found or set_caption(brief, measure, width=width, largest=largest)


def ribbon_caption(
    brief: Brief, measure: Measure, content: Box, *, largest: float
) -> tuple[tuple[float, float], Stack]:
    """The code's sides in a ribbon, and its caption: both together keep inside the safe area."""
    target = brief.shares.qr * content.height
    free = min(content.center_y - brief.safe.top, brief.size.height - brief.safe.bottom - content.center_y)
    whole = card_for(brief, target) or (target, 0.0)
    for way in _RIBBON:
        sides = card_for(brief, target * way.code)
        if sides is None:
            continue
        room = 2 * free - RIBBON_SPACE * content.height - sides[0]
        found = _first(brief, measure, [way], unit=whole[0], height=room, largest=largest)
        if found is not None:
            return sides, found
    raise does_not_fit(
        "dòng dưới mã QR", "caption of the QR code", f"{brief.words.call} – {brief.words.domain}"
    )


def _first(
    brief: Brief, measure: Measure, ways: Iterable[_Way], *, unit: float, height: float, largest: float
) -> Stack | None:
    """The caption in the first way in which it fits."""
    for way in ways:
        try:
            return set_caption(
                brief,
                measure,
                width=way.width * unit,
                height=height,
                largest=largest,
                max_lines=way.call,
                domain_lines=way.domain,
            )
        except FitError:
            continue
    return None


def place_caption(draft: Draft, stack: Stack, box: Box, *, center: bool) -> Box:
    """Puts the call and the domain's lines, as `place_stack` does."""
    roles: list[Role] = ["call", *("domain" for _ in stack.parts[1:])]
    return place_stack(draft, stack, roles, box, center=center)


# --- without a code


def set_domain(
    brief: Brief,
    measure: Measure,
    *,
    width: float,
    largest: float,
    height: float = _ANY_HEIGHT,
    dash: bool = True,
    lines: int = 1,
) -> Stack:
    """The bare domain, for pictures without a code; with `dash`, `width` also holds the rule before it."""
    domain = _broken(brief.words.domain, lines, measure, 600)
    if domain is not None:
        em = max(measure(line, 600).width for line in domain)
        stack = fit(
            [Part(line, Voice(600), max_lines=1) for line in domain],
            measure,
            width=width * em / (em + _DASH + _DASH_SPACE) if dash else width,
            height=height,
            largest=max(largest, brief.min_text),
            smallest=brief.min_text,
            phrases=(),
        )
        if stack is not None:
            return stack
    raise does_not_fit("tên miền", "domain", brief.words.domain)


def domain_in(brief: Brief, measure: Measure, *, width: float, largest: float) -> tuple[Stack, bool]:
    """The domain in as few lines as `width` lets it, and whether its rule has room before it.

    `FitError` when no break helps.
    """
    for dash, lines in product((True, False), range(1, _MOST_LINES + 1)):
        try:
            return set_domain(brief, measure, width=width, largest=largest, dash=dash, lines=lines), dash
        except FitError:
            continue
    raise does_not_fit("tên miền", "domain", brief.words.domain)


def ribbon_domain(brief: Brief, measure: Measure, content: Box, *, largest: float) -> Stack:
    """The domain at the end of a ribbon, without a rule; `FitError` when it would take too much of it."""
    for way in _RIBBON_DOMAIN:
        try:
            return set_domain(
                brief,
                measure,
                width=content.width * way.width,
                height=content.height,
                largest=largest,
                dash=False,
                lines=way.domain,
            )
        except FitError:
            continue
    raise does_not_fit("tên miền", "domain", brief.words.domain)


def place_domain(draft: Draft, found: tuple[Stack, bool], box: Box, *, center: bool) -> Box:
    """Puts what `domain_in` found at the foot of `box`; the rule stands before the first line."""
    stack, dashed = found
    size = stack.size
    dash, space = (_DASH * size, _DASH_SPACE * size) if dashed else (0.0, 0.0)
    thickness = 0.17 * size
    width = dash + space + stack.width
    x = box.x + (box.width - width) / 2 if center else box.x
    top = box.bottom - stack.height
    if dashed:
        x_height_middle = top + stack.parts[0][1].ascent * size - 0.27 * size
        draft.rules.append(Box(x, x_height_middle - thickness / 2, dash, thickness))
    place = Box(x + dash + space, top, stack.width, stack.height)
    # without its rule a centred domain is centred line by line
    place_lines(draft, stack, place, center=center and not dashed)
    return Box(x, top, width, stack.height)


def place_lines(draft: Draft, stack: Stack, box: Box, *, center: bool) -> Box:
    """Puts the domain's lines, as `place_stack` does."""
    roles: list[Role] = ["domain" for _ in stack.parts]
    return place_stack(draft, stack, roles, box, center=center)


# --- either, at the foot


def place_foot(draft: Draft, brief: Brief, content: Box, unit: float, measure: Measure) -> float:
    """The code with its caption at the right (below it in a tower), or the domain; returns its top."""
    shares = brief.shares
    largest = shares.call * unit
    sides = card_for(brief, shares.qr * unit)
    if sides is None:
        domain = domain_in(brief, measure, width=content.width, largest=largest)
        return place_domain(draft, domain, content, center=brief.center).y
    space = 0.5 * shares.gap * unit
    tower = brief.family == "tower"
    caption = None
    if not (tower and content.width / content.height < _NARROW):
        if tower:  # beside its caption the code may not outshout the slogan
            sides = card_for(brief, 0.72 * shares.qr * unit) or sides
        beside = content.width - sides[0] - space
        caption = beside_code(brief, measure, width=beside, height=sides[0], largest=largest)
    if caption is None:
        below = _across(brief, measure, width=content.width, largest=largest)
        x = content.center_x - sides[0] / 2 if brief.center else content.x
        card = place_card(draft, brief, x, content.bottom - below.height - space - sides[0], sides)
        box = Box(content.x, card.bottom + space, content.width, below.height)
        place_caption(draft, below, box, center=brief.center)
        return card.y
    width = sides[0] + space + caption.width
    x = content.center_x - width / 2 if brief.center else content.x
    card = place_card(draft, brief, x, content.bottom - sides[0], sides)
    top = card.center_y - caption.height / 2
    box = Box(card.right + space, top, caption.width, caption.height)
    place_caption(draft, caption, box, center=False)
    return card.y


# --- breaking


def _broken(domain: str, lines: int, measure: Measure, weight: int) -> tuple[str, ...] | None:
    """`domain` in just so many lines, the widest as narrow as can be; None when it has too few dots.

    Only the first line does not begin with a dot.
    """
    first, *others = domain.split(".")
    pieces = [first, *(f".{label}" for label in others)]
    best: tuple[float, tuple[str, ...]] | None = None
    for cuts in combinations(range(1, len(pieces)), lines - 1):
        edges = (0, *cuts, len(pieces))
        made = tuple("".join(pieces[start:end]) for start, end in pairwise(edges))
        widest = max(measure(line, weight).width for line in made)
        if best is None or widest < best[0] - 1e-9:
            best = widest, made
    return None if best is None else best[1]
