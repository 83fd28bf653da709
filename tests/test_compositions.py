"""The laws of composition, on every preset and on sizes that nobody has asked for yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dxassets.errors import FitError
from dxassets.geometry import Box, bounding_box
from dxassets.presets import LEVELS, Level
from dxassets.renderers.compositions import compositions_of
from dxassets.renderers.pictures.plans import Plans
from dxassets.slogans import Slogan
from dxassets.typesetting import stacking
from dxassets.typesetting.layout import Layout
from dxassets.typesetting.stacking import unit_of
from tests.drawing_support import (
    DAYS,
    EVERY_THEME,
    banner_job,
    banner_spec,
    layout,
    project,
    saying,
    shaper,
)
from tests.layout_support import sized
from tests.test_banner import faults


def of_family(*families: str) -> list[str]:
    """Presets of these families that show more than a badge."""
    presets = project().presets.presets
    return [preset.id for preset in presets if preset.family in families and "slogan" in preset.levels]


PRESETS = of_family("ribbon", "wide", "landscape", "square", "portrait", "tower")


def looks(preset: str) -> Iterator[tuple[Layout, dict[str, Box], str]]:
    """The preset in every theme and on every day: its layout, the ink of its blocks, and which it is."""
    for theme in EVERY_THEME:
        for day in DAYS:
            made, _ = layout(banner_job(preset, theme, day))
            yield made, blocks(made), f"{theme} {day}"


def blocks(made: Layout) -> dict[str, Box]:
    """The ink of each block: the mark with its badge, the slogan with its parts, the call with its code."""
    found: dict[str, list[Box]] = {}
    for line in made.lines:
        name = {"lead": "slogan", "key": "slogan", "tail": "slogan", "domain": "call"}.get(
            line.role, line.role
        )
        found.setdefault(name, []).append(line.ink)
    found.setdefault("mark", []).extend([*(bar.box for bar in made.bars), *made.badges])
    if made.card is not None:
        found.setdefault("call", []).append(made.panel or made.card.box)
    elif "call" in found:
        found["call"] += [rule for rule in made.rules if rule.width > rule.height]
    return {name: bounding_box(boxes) for name, boxes in found.items()}


def upright(made: Layout) -> list[Box]:
    return [rule for rule in made.rules if rule.height > rule.width]


def capitals(made: Layout, *roles: str) -> float:
    """The height of the tallest capitals among lines of these roles."""
    measure = shaper().measure
    heights = [-measure("H", line.weight).top * line.size for line in made.lines if line.role in roles]
    return max(heights, default=0.0)


def column_of(made: Layout) -> Box:
    return stacking.column_of(made.brief, made.content)


# --- headline first ----------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_the_slogans_capitals_are_as_high_as_the_marks(preset: str) -> None:
    for made, _, look in looks(preset):
        if made.brief.plan.order[0] == "slogan":
            assert capitals(made, "lead", "slogan") >= 0.96 * capitals(made, "mark"), look


def test_nearly_all_presets_put_the_headline_first() -> None:
    first = {
        preset
        for preset in PRESETS
        if all(made.brief.plan.order[0] == "slogan" for made, _, _ in looks(preset))
    }
    assert len(first) >= 33


@pytest.mark.parametrize("preset", ["share-1200x630", "poster-a4", "screen-1920x1080", "instagram-1080x1080"])
def test_a_short_slogan_fills_its_column(preset: str) -> None:
    """No cap of the family holds it back; a little air is left at its end."""
    short = Slogan(text="Huế số", short="Huế số")
    made, _ = layout(saying(banner_job(preset), short))
    box = blocks(made)["slogan"]
    lines = [line for line in made.lines if line.role == "slogan"]
    assert len(lines) == 1
    assert 0.70 <= box.width / column_of(made).width <= 0.86


@pytest.mark.parametrize("preset", ["share-1200x630", "skyscraper-160x600", "poster-a4"])
def test_lifted_words_are_a_step_larger(preset: str) -> None:
    made, _ = layout(banner_job(preset))
    (lead,) = [line for line in made.lines if line.role == "lead"]
    rest = [line for line in made.lines if line.role == "slogan"]
    assert lead.text == "Chuyển đổi số"
    assert {round(lead.size / line.size, 3) for line in rest} == {1.36}


def test_lifted_words_inside_a_slogan_take_the_accent() -> None:
    slogan = Slogan(text="Vì một cuộc sống tốt đẹp hơn", short="Vì cuộc sống", emphasis="cuộc sống")
    made, _ = layout(saying(banner_job("share-1200x630"), slogan))
    (key,) = [line for line in made.lines if line.role == "key"]
    assert key.text == "cuộc sống"
    neighbours = [line for line in made.lines if line.role == "slogan" and line.baseline == key.baseline]
    assert neighbours
    measure = shaper().measure
    space = (measure("a a", 800).advance - 2 * measure("a", 800).advance) * key.size
    before = [line for line in neighbours if line.x < key.x]
    for line in before[-1:]:
        pen = line.x + measure(line.text, line.weight).advance * line.size
        assert key.x - pen == pytest.approx(space, rel=0.2)


# --- a column from top to bottom ---------------------------------------------------------------------


def columns() -> list[str]:
    return [preset for preset in PRESETS if layout(banner_job(preset))[0].brief.plan.skeleton == "stack"]


@pytest.mark.parametrize("preset", columns())
def test_a_column_stands_in_its_order_from_the_top_of_its_room(preset: str) -> None:
    for made, found, look in looks(preset):
        assert made.slot is not None
        assert made.slot.box.y == made.content.y, look
        first, *others = made.brief.plan.order
        assert found[first].y >= made.slot.box.bottom, look
        for second in others:
            assert found[first].bottom <= found[second].y + 1e-6, look


@pytest.mark.parametrize("preset", columns())
def test_a_column_stands_on_one_axis_or_on_one_edge(preset: str) -> None:
    for made, found, look in looks(preset):
        some = 0.001 * made.brief.size.width + 0.5
        if made.brief.center:
            axis = found["slogan"].center_x
            beside = "call" in found and made.card is None and found["call"].y < found["mark"].bottom
            names = [*(name for name in ("mark", "name") if name in found), *(["call"] * beside)]
            if "mark" in made.brief.plan.order:
                block = bounding_box([found[name] for name in names])
                assert block.center_x == pytest.approx(axis, abs=10 * some), look
        else:
            for name in ("slogan", "mark"):
                assert found[name].x == pytest.approx(column_of(made).x, abs=some), (look, name)


@pytest.mark.parametrize("preset", columns())
def test_the_spare_room_is_shared_as_the_composition_says(preset: str) -> None:
    """What is more than the gap between slogan and mark is to the void above as their shares are."""
    for made, found, look in looks(preset):
        assert made.slot is not None
        if len(made.brief.plan.order) == 1:
            continue  # its mark stands on the panel
        first, second = (placed(found, name) for name in made.brief.plan.order)
        gap = made.brief.shares.gap * unit_of(made.brief, made.content)
        above, middle, _ = made.brief.plan.spare
        top = first.y - made.slot.box.bottom - 0.6 * gap
        between = second.y - first.bottom - gap
        assert top >= -0.01 * gap, look
        assert top * middle == pytest.approx(between * above, abs=0.01 * gap), look


def placed(found: dict[str, Box], name: str) -> Box:
    """The ink of a block of the column; the mark's with its name."""
    names = ("mark", "name") if name == "mark" else (name,)
    return bounding_box([found[each] for each in names if each in found])


@pytest.mark.parametrize("preset", PRESETS)
def test_the_name_belongs_to_its_mark(preset: str) -> None:
    """Beside the badge on its middle line, or below it, nearer than anything else."""
    for _, found, look in looks(preset):
        if "name" not in found:
            continue
        mark, name = found["mark"], found["name"]
        if name.x >= mark.right:
            assert name.center_y == pytest.approx(mark.center_y, abs=0.06 * mark.height), look
            assert name.x - mark.right < 0.5 * mark.height, look
        else:
            assert 0 < name.y - mark.bottom < 0.5 * mark.height, look


@pytest.mark.parametrize("preset", PRESETS)
def test_a_code_in_the_corner_has_its_caption_on_the_same_panel(preset: str) -> None:
    for made, _, look in looks(preset):
        if made.panel is None or made.brief.plan.call != "corner":
            continue
        assert made.panel.right == pytest.approx(made.content.right, abs=1), look
        assert made.panel.bottom == pytest.approx(made.content.bottom, abs=1), look
        assert made.card is not None
        assert made.panel.contains(made.card.box, 1e-6), look
        for line in made.lines:
            if line.role in {"call", "domain"}:
                assert made.panel.contains(line.ink, 1e-6), look
                assert line.ink.center_x == pytest.approx(made.panel.center_x, abs=1), look
            else:
                assert not made.panel.overlaps(line.ink), look


@pytest.mark.parametrize("preset", PRESETS)
def test_a_code_never_outshouts_the_slogan(preset: str) -> None:
    for made, found, look in looks(preset):
        if made.card is not None:
            card, slogan = made.card.box, found["slogan"]
            if made.brief.plan.call == "panel":  # it has the foot for itself: all above is the slogan's
                assert made.panel is not None
                assert made.panel.y > 0.53 * made.brief.size.height, look
                continue
            assert card.width < 0.55 * made.content.width, look
            assert card.width * card.height < 0.6 * slogan.width * slogan.height, look


@pytest.mark.parametrize("preset", of_family("portrait", "tower"))
def test_a_panel_at_the_foot_holds_code_call_and_what_its_composition_leaves_to_it(preset: str) -> None:
    for made, found, look in looks(preset):
        if made.brief.plan.call != "panel":
            continue
        assert made.panel is not None
        assert made.card is not None
        assert made.panel.contains(made.card.box, 1e-6), look
        assert made.card.symbol.right <= made.content.right + 1e-6, look
        on_it = {"call", "domain"} | ({"mark", "name"} if "mark" not in made.brief.plan.order else set())
        for line in made.lines:
            if line.role in on_it:
                assert made.panel.contains(line.ink), (look, line.text)
                assert line.ink.right < made.card.box.x, (look, line.text)  # the quiet zone is free
            else:
                assert line.ink.bottom < made.panel.y, (look, line.text)
        assert found["slogan"].bottom < made.panel.y, look


# --- scenes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_no_type_and_no_code_stands_on_the_people_of_a_scene(preset: str) -> None:
    for made, _, look in looks(preset):
        focus = made.scene_focus
        if focus is None:
            continue
        taken = [line.ink for line in made.lines] + list(made.badges) + [box for box in (made.panel,) if box]
        for box in taken:
            met = focus.meet(box)
            assert met.width * met.height < 0.04 * focus.width * focus.height, look


def test_every_family_has_three_compositions_and_most_pictures_a_scene() -> None:
    known = compositions_of(project().resources)
    for family in ("ribbon", "wide", "landscape", "square", "portrait", "tower"):
        served = [plan for plan in known if family in plan.families and plan.skeleton != "badge"]
        assert len(served) >= 3, family
        assert any(plan.scene is not None for plan in served), family
        assert any(plan.order[0] == "mark" for plan in served), family
    with_scene = [preset for preset in PRESETS if layout(banner_job(preset))[0].scene_focus is not None]
    assert len(with_scene) >= 28


def test_a_theme_or_a_day_without_scenes_has_none() -> None:
    for preset in PRESETS:
        assert layout(banner_job(preset, "formal"))[0].scene_focus is None
    job = banner_job("share-1200x630")
    day = project().campaign.days[0].model_copy(update={"scene": None})
    plans = Plans(compositions_of(project().resources)).of(
        banner_spec(job).preset, day, banner_spec(job).theme
    )
    assert all(plan.scene is None for plan in plans)


def test_what_the_campaign_asks_for_comes_first() -> None:
    spec, day = banner_spec(banner_job("share-1200x630")), project().campaign.days[0]
    plans = Plans(compositions_of(project().resources), ("landscape-date",)).of(spec.preset, day, spec.theme)
    assert plans[0].id == "landscape-date"


# --- ribbons -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", of_family("ribbon"))
def test_the_rule_stands_free_between_slogan_and_mark(preset: str) -> None:
    for made, found, look in looks(preset):
        (rule,) = upright(made)
        left = found["slogan"].right
        right = min(found[name].x for name in ("mark", "name") if name in found)
        gap = made.brief.shares.gap * made.content.height
        assert rule.x - left > 0.75 * gap, look
        assert right - rule.right > 0.75 * gap, look
        assert made.content.contains(rule), look


@pytest.mark.parametrize("preset", of_family("ribbon"))
def test_side_by_side_all_stands_half_way_up(preset: str) -> None:
    for made, found, look in looks(preset):
        some = 0.04 * made.content.height
        middle = made.content.center_y
        lowest = found.get("name", found["mark"]).bottom
        assert (found["mark"].y + lowest) / 2 == pytest.approx(middle, abs=some), look
        top = found["slogan"].y if made.slot is None else made.slot.box.y
        assert (top + found["slogan"].bottom) / 2 == pytest.approx(middle, abs=some), look


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
    st.sampled_from(EVERY_THEME),
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
