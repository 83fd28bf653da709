"""The laws of composition, on every preset and on sizes that nobody has asked for yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dxassets.errors import FitError
from dxassets.geometry import Box, bounding_box
from dxassets.presets import LEVELS, Level
from dxassets.typesetting.captions import set_caption, set_domain
from dxassets.typesetting.layout import Layout
from tests.drawing_support import DAYS, THEMES, banner_job, layout, project, shaper
from tests.layout_support import sized
from tests.test_banner import faults


def of_family(*families: str) -> list[str]:
    """Presets of these families that show more than a badge."""
    presets = project().presets.presets
    return [preset.id for preset in presets if preset.family in families and "slogan" in preset.levels]


STACKED, INLINE = of_family("square", "portrait", "tower"), of_family("ribbon", "wide")
ASIDE = of_family("landscape")


def looks(preset: str) -> Iterator[tuple[Layout, dict[str, Box], str]]:
    """The preset in every theme and on every day: its layout, the ink of its blocks, and which it is."""
    for theme in THEMES:
        for day in DAYS:
            made, _ = layout(banner_job(preset, theme, day))
            yield made, blocks(made), f"{theme} {day}"


def blocks(made: Layout) -> dict[str, Box]:
    """The ink of each block: the mark with its bar, the slogan with its tail, the call with its code."""
    found: dict[str, list[Box]] = {}
    for line in made.lines:
        name = {"tail": "slogan", "domain": "call"}.get(line.role, line.role)
        found.setdefault(name, []).append(line.ink)
    found["mark"] += [bar.box for bar in made.bars]
    if made.card is not None:
        found.setdefault("call", []).append(made.card.box)
    elif "call" in found:
        found["call"] += [rule for rule in made.rules if rule.width > rule.height]
    return {name: bounding_box(boxes) for name, boxes in found.items()}


def upright(made: Layout) -> list[Box]:
    return [rule for rule in made.rules if rule.height > rule.width]


# --- stacked: one axis from top to bottom ------------------------------------------------------------


@pytest.mark.parametrize("preset", STACKED)
def test_a_stacked_pictures_spare_room_is_shared_by_its_three_voids(preset: str) -> None:
    """Above the mark, below the name, above the foot: none has all of it, and none is left without."""
    for made, found, look in looks(preset):
        assert made.slot is not None
        voids = [
            found["mark"].y - made.slot.box.bottom,
            found["slogan"].y - found["name"].bottom,
            found["call"].y - found["slogan"].bottom,
        ]
        shares = [void / sum(voids) for void in voids]
        assert min(shares) > 0.2, (look, shares)
        assert max(shares) < 0.42, (look, shares)
        assert found["name"].y - found["mark"].bottom < min(voids), look  # the name belongs to the mark


@pytest.mark.parametrize("preset", STACKED)
def test_a_stacked_picture_stands_on_one_axis_or_on_one_edge(preset: str) -> None:
    for made, found, look in looks(preset):
        some = 0.001 * made.brief.size.width + 0.5
        for name, box in found.items():
            if made.brief.center:
                leans = 10 if name == "mark" else 1  # the slash leans over on both sides
                assert box.center_x == pytest.approx(made.content.center_x, abs=some * leans), (look, name)
            else:
                assert box.x == pytest.approx(made.content.x, abs=some), (look, name)


@pytest.mark.parametrize("preset", STACKED)
def test_a_stacked_picture_reaches_from_the_top_of_its_room_to_the_foot(preset: str) -> None:
    for made, found, look in looks(preset):
        assert made.slot is not None
        assert made.slot.box.y == made.content.y, look
        assert found["call"].bottom == pytest.approx(made.content.bottom, abs=1), look


@pytest.mark.parametrize("preset", STACKED)
def test_a_code_never_outshouts_the_slogan(preset: str) -> None:
    """Beside its caption it takes little more than a third of the width, above it at most half."""
    for made, found, look in looks(preset):
        if made.card is None:
            continue
        card, slogan = made.card.box, found["slogan"]
        beside = any(line.ink.x >= card.right for line in made.lines if line.role == "call")
        assert card.width < (0.42 if beside else 0.55) * made.content.width, look
        assert card.width * card.height < 0.3 * slogan.width * slogan.height, look
        assert card.height < 1.7 * found["mark"].height, look


# --- inline: side by side ----------------------------------------------------------------------------


@pytest.mark.parametrize("preset", INLINE)
def test_the_rule_stands_free_between_mark_and_slogan(preset: str) -> None:
    for made, found, look in looks(preset):
        (rule,) = upright(made)
        left = max(found[name].right for name in ("mark", "name") if name in found)
        right = min(box.x for name, box in found.items() if name not in {"mark", "name"})
        if made.slot is not None:
            right = min(right, made.slot.box.x)
        gap = made.brief.shares.gap * made.content.height
        assert rule.x - left > 0.75 * gap, look
        assert right - rule.right > 0.75 * gap, look
        if not made.brief.center:  # else the type stands in the middle of its column
            assert rule.x - left == pytest.approx(right - rule.right, abs=0.05 * gap), look
        assert made.content.contains(rule), look
        assert rule.center_y == pytest.approx(made.content.center_y), look


@pytest.mark.parametrize("preset", INLINE)
def test_side_by_side_all_stands_half_way_up(preset: str) -> None:
    for made, found, look in looks(preset):
        some = 0.04 * made.content.height
        at_foot = made.brief.family == "wide" and made.card is None and "call" in found
        foot = made.content.bottom
        if at_foot:
            foot = found["call"].y - 0.5 * made.brief.shares.gap * made.content.height
        middle = made.content.center_y
        lowest = found.get("name", found["mark"]).bottom
        assert (found["mark"].y + lowest) / 2 == pytest.approx(middle, abs=some), look
        top = found["slogan"].y if made.slot is None else made.slot.box.y
        column = (made.content.y + foot) / 2
        assert (top + found["slogan"].bottom) / 2 == pytest.approx(column, abs=some), look
        if "call" in found and not at_foot:
            assert found["call"].center_y == pytest.approx(middle, abs=some), look
            assert found["call"].right == pytest.approx(made.content.right, abs=1), look


# --- aside: a column, and the code in its corner -----------------------------------------------------


@pytest.mark.parametrize("preset", ASIDE)
def test_the_code_stands_in_the_lower_right_corner_or_half_way_up(preset: str) -> None:
    for made, found, look in looks(preset):
        if made.card is None:
            continue
        call = found["call"]
        assert call.right == pytest.approx(made.content.right, abs=1), look
        if made.brief.center:
            assert call.center_y == pytest.approx(made.content.center_y, abs=1), look
            (rule,) = upright(made)
            others = max(box.right for name, box in found.items() if name != "call")
            assert others < rule.x < rule.right < call.x, look
        else:
            assert call.bottom == pytest.approx(made.content.bottom, abs=1), look
            assert upright(made) == [], look
        captions = [line.ink.center_x for line in made.lines if line.role in {"call", "domain"}]
        assert captions == pytest.approx([made.card.box.center_x] * len(captions), abs=1), look


@pytest.mark.parametrize("preset", ASIDE)
def test_the_days_name_stands_beside_the_mark_on_its_middle_line(preset: str) -> None:
    for _, found, look in looks(preset):
        mark, name = found["mark"], found["name"]
        assert name.center_y == pytest.approx(mark.center_y, abs=0.02 * mark.height), look
        assert 0.15 * mark.height < name.x - mark.right < 0.35 * mark.height, look


# --- sizes that are no presets -----------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["digital", "formal"])
@pytest.mark.parametrize("size", [(120, 60), (100, 100), (60, 120), (240, 60), (90, 300)])
def test_a_badge_stands_in_the_middle_of_its_room(size: tuple[int, int], theme: str) -> None:
    made, _ = layout(sized(*size, theme, levels=("mark", "name")))
    digits = bounding_box(line.ink for line in made.lines if line.role == "mark")
    name = bounding_box(line.ink for line in made.lines if line.role == "name")
    some = 0.01 * max(size)
    assert (digits.y + name.bottom) / 2 == pytest.approx(made.content.center_y, abs=some)
    assert name.y > digits.bottom
    if made.brief.center:
        assert name.center_x == pytest.approx(made.content.center_x, abs=some)
        assert digits.center_x == pytest.approx(made.content.center_x, abs=some)
    else:
        assert digits.x == pytest.approx(made.content.x)
        assert name.x == pytest.approx(made.content.x)


# --- captions and domains ----------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "fits"), [(1.0, True), (0.751, True), (0.749, False)])
def test_a_codes_caption_may_be_a_quarter_smaller_than_the_rest(share: float, *, fits: bool) -> None:
    """It is read from where the code is scanned."""
    made, _ = layout(banner_job("share-1200x630"))
    brief, measure = made.brief, shaper().measure
    room = set_caption(brief, measure, width=1e6, largest=brief.min_text).width
    if fits:
        caption = set_caption(brief, measure, width=share * room, largest=brief.min_text)
        assert caption.size == pytest.approx(share * brief.min_text)
    else:
        with pytest.raises(FitError, match="caption"):
            set_caption(brief, measure, width=share * room, largest=brief.min_text)


@pytest.mark.parametrize(("share", "fits"), [(1.3, True), (1.001, True), (0.999, False)])
def test_a_domain_is_never_smaller_than_the_smallest_type_and_its_rule_has_room(
    share: float, *, fits: bool
) -> None:
    made, _ = layout(banner_job("portal-header-1200x300"))
    brief, measure = made.brief, shaper().measure
    em = measure(brief.words.domain, 600).width
    room = (em + 1.9 + 0.62) * brief.min_text  # a rule of 1.9 em stands before it, and 0.62 em between
    if fits:
        domain = set_domain(brief, measure, width=share * room, largest=1e6)
        assert domain.size == pytest.approx(share * brief.min_text)
        assert (1.9 + 0.62) * domain.size + domain.width == pytest.approx(share * room)
    else:
        with pytest.raises(FitError, match="domain"):
            set_domain(brief, measure, width=share * room, largest=1e6)


levels_shown = st.sampled_from(
    [
        LEVELS,
        ("agency", "mark", "slogan", "call"),
        ("mark", "name", "slogan"),
        ("mark", "slogan"),
        ("mark", "name"),
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(90, 2400),
    st.integers(90, 2400),
    st.sampled_from(THEMES),
    levels_shown,
    st.sampled_from(["none", "card"]),
)
def test_any_size_is_composed_without_fault_or_refused_by_name(
    width: int, height: int, theme: str, levels: tuple[Level, ...], qr: str
) -> None:
    assume(1 / 6 < width / height < 12)
    assume(qr == "none" or ("call" in levels and min(width, height) > 400))
    job = sized(width, height, theme, levels=levels, qr=qr)
    try:
        found = list(faults(job))
    except FitError:
        return
    assert found == []
