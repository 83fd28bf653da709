"""Banners: every composition by its layout, what does not fit, and whose name stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np
import pytest

from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.errors import FitError
from dxassets.geometry import Box
from dxassets.jobs import Job
from dxassets.kinds.registry import check
from dxassets.presets import Preset
from dxassets.slogans import Slogan
from dxassets.typesetting.layout import Layout, TextLine
from dxassets.typesetting.legibility import distance_notes
from dxassets.vietnamese import upper
from tests.drawing_support import (
    DAYS,
    HOSTILE_NAMES,
    QUIET_ZONE,
    THEME_OF_2024,
    THEMES,
    banner_job,
    banner_spec,
    layout,
    preset_ids,
    project,
    read_picture,
    rendered,
    saying,
    shaper,
    signed_by,
    svg_elements,
    tag,
)

LEAST_GAP = 0.06
LEAST_MODULE_PX, LEAST_MODULE_MM = 3.0, 0.4
NEAR_TEXT = 0.75  # a code's caption is read from where the code is scanned
WITH_SLOGAN = [preset.id for preset in project().presets.presets if "slogan" in preset.levels]
LONG = " ".join(["Chuyển đổi số giải quyết các vấn đề của xã hội"] * 7)[:300].rstrip()
SHORT = "Vì một cuộc sống tốt đẹp hơn cho người dân"
TOO_SMALL_FOR_300 = {
    "mobile-320x50",
    "leaderboard-728x90",
    "rectangle-300x250",
    "skyscraper-160x600",
    "led-1920x384",
}


# --- what may be wrong with a layout --------------------------------------------------------------


def faults(job: Job) -> Iterator[str]:
    """Everything that is wrong with a banner's composition."""
    made, agency = layout(job)
    preset = banner_spec(job).preset
    lines = [*made.lines, *agency]
    boxes = [(line.text, line.ink) for line in lines]
    boxes += [(f"rule {index}", box) for index, box in enumerate(made.rules)]
    if made.card is not None:
        boxes.append(("card", made.card.box))
    for name, box in boxes:
        if not made.safe_box.contains(box, 1e-6 * preset.size.width):
            yield f"{name} leaves the safe area"
        if made.band is not None and box.overlaps(made.band):
            yield f"{name} touches the band"
    yield from touching([*boxes, *((f"bar {index}", bar.box) for index, bar in enumerate(made.bars))])
    yield from small(made, lines, preset)
    yield from near(lines)
    if made.slot is not None and not all(made.slot.box.contains(line.ink, 1e-6) for line in agency):
        yield "the agency leaves its slot"
    if made.slot is not None:
        yield from (
            f"{name} in the slot" for name, box in boxes[: len(made.lines)] if box.overlaps(made.slot.box)
        )


def touching(boxes: Iterable[tuple[str, Box]]) -> Iterator[str]:
    known = list(boxes)
    for index, (name, box) in enumerate(known):
        for other_name, other in known[index + 1 :]:
            if box.overlaps(other):
                yield f"{name} touches {other_name}"


def small(made: Layout, lines: Iterable[TextLine], preset: Preset) -> Iterator[str]:
    for line in lines:
        is_caption = made.card is not None and line.role in {"call", "domain"}
        least = preset.min_text * (NEAR_TEXT if is_caption else 1)
        if line.size < least * (1 - 1e-9):
            yield f"{line.text} is only {line.size:.2f} {preset.unit}, not {least}"


def near(lines: Iterable[TextLine]) -> Iterator[str]:
    for role, group in groupby(lines, key=lambda line: line.role):
        if role == "mark":
            continue
        for above, below in pairwise(group):
            gap = (below.ink.y - above.ink.bottom) / min(above.size, below.size)
            if gap < LEAST_GAP - 1e-9:
                yield f"{above.text} is {gap:.3f} em above {below.text}"


def shown(lines: Iterable[TextLine], *roles: str) -> str:
    return " ".join(line.text for line in lines if line.role in roles)


# --- every composition ----------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("preset", preset_ids())
def test_everything_has_its_place(preset: str, theme: str, day: str) -> None:
    job = banner_job(preset, theme, day)
    assert list(faults(job)) == []
    made, agency = layout(job)
    spec = banner_spec(job)
    if "slogan" in spec.preset.levels:
        said = shown(made.lines, "lead", "slogan", "key", "tail")
        assert (
            said.lower()
            == (spec.day.slogan.text if made.wording == "full" else spec.day.slogan.short).lower()
        )
        assert (said == upper(said)) == spec.theme.capitals
    if "name" in spec.preset.levels:
        assert shown(made.lines, "name") == upper(spec.day.name)
    assert shown(made.lines, "mark").replace(" ", "/") == spec.day.mark
    assert bool(agency) == ("agency" in spec.preset.levels)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("preset", preset_ids())
def test_every_agency_finds_its_place(preset: str, theme: str) -> None:
    job = banner_job(preset, theme)
    made, _ = layout(job)
    for agency in project().campaign.offices:
        spec = replace(banner_spec(job), agency=agency)
        same, lines = layout(replace(job, spec=spec))
        assert same is made, "another agency must not even compose anew"
        if made.slot is None:
            assert lines == ()
            continue
        assert shown(lines, "agency") in {upper(agency.name), upper(agency.short_name)}
        assert all(made.slot.box.contains(line.ink, 1e-6) for line in lines), agency.id
        assert [*small(made, lines, spec.preset), *near(lines)] == [], agency.id
        assert len(lines) <= made.slot.max_lines


@pytest.mark.parametrize("preset", preset_ids())
def test_a_code_has_whole_modules_and_its_quiet_zone(preset: str) -> None:
    for theme in THEMES:
        made, _ = layout(banner_job(preset, theme))
        wanted = banner_spec(banner_job(preset)).preset
        assert (made.card is not None) == (wanted.qr == "card")
        if made.card is None:
            continue
        card = made.card
        assert card.symbol == card.box.pad(-QUIET_ZONE * card.module)
        assert card.symbol.width == pytest.approx(33 * card.module)
        if wanted.unit == "px":
            assert card.module >= LEAST_MODULE_PX
            assert all(value == round(value) for value in (card.box.x, card.box.y, card.module))
        else:
            assert card.module >= LEAST_MODULE_MM


@pytest.mark.parametrize("preset", WITH_SLOGAN)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("hinge", [None, "Động lực mới"])
def test_the_long_theme_of_2024_has_its_place(preset: str, theme: str, hinge: str | None) -> None:
    assert len(THEME_OF_2024) == 128
    slogan = Slogan(text=THEME_OF_2024, hinge=hinge, short="Phổ cập hạ tầng số, sáng tạo ứng dụng số")
    job = saying(banner_job(preset, theme), slogan)
    assert list(faults(job)) == []
    made, _ = layout(job)
    starts = [line.text for line in made.lines if line.role in {"slogan", "tail"}]
    assert not any(text.startswith("- ") for text in starts)


@pytest.mark.parametrize(
    "preset", ["share-1200x630", "story-1080x1920", "portal-slide-1920x600", "poster-a3"]
)
def test_the_theme_of_2024_is_shown_in_full_where_there_is_room(preset: str) -> None:
    slogan = Slogan(text=THEME_OF_2024, hinge="Động lực mới", short="Phổ cập hạ tầng số")
    for theme in THEMES:
        assert layout(saying(banner_job(preset, theme), slogan))[0].wording == "full"


@pytest.mark.parametrize("theme", THEMES)
def test_over_a_street_the_wording_is_taken_that_is_read_from_afar(theme: str) -> None:
    """From 45 m by the sign trade's 2.8 mm a metre, but for the capitals of the formal theme: from 35 m."""
    for preset in ("bang-ron-6000x800", "bang-ron-4000x700"):
        made, _ = layout(banner_job(preset, theme))
        assert made.wording == "short"
        assert made.card is None
        notes = dict(distance_notes(made, shaper().measure))
        least = {"formal": 35, "brocade": 42}.get(theme, 45)
        assert float(notes["readable_from_m"]) >= least, preset


# --- what does not fit ----------------------------------------------------------------------------


@pytest.mark.parametrize("preset", WITH_SLOGAN)
def test_a_slogan_of_300_characters_gives_way_to_the_short_wording(preset: str) -> None:
    assert 290 < len(LONG) <= 300
    job = saying(banner_job(preset, "formal"), Slogan(text=LONG, short=SHORT))
    assert list(faults(job)) == []
    made, _ = layout(job)
    said = shown(made.lines, "lead", "slogan", "key", "tail")
    assert said == upper({"full": LONG, "short": SHORT}[made.wording])


def test_the_short_wording_is_taken_only_where_the_full_one_is_too_long() -> None:
    taken = {
        preset: layout(saying(banner_job(preset, "formal"), Slogan(text=LONG, short=SHORT)))[0].wording
        for preset in WITH_SLOGAN
    }
    assert {preset for preset, wording in taken.items() if wording == "short"} >= TOO_SMALL_FOR_300
    job = saying(banner_job("poster-a3", "formal"), Slogan(text=THEME_OF_2024, short=SHORT))
    assert layout(job)[0].wording == "full"


@pytest.mark.parametrize("preset", WITH_SLOGAN)
def test_a_slogan_that_fits_in_no_wording_fails_by_name(preset: str) -> None:
    job = saying(banner_job(preset, "formal"), Slogan(text=LONG, short=LONG))
    try:
        layout(job)
    except FitError as error:
        (problem,) = error.problems
        assert "khẩu hiệu" in problem.vi
        assert "slogan" in problem.en
        assert LONG in problem.vi
        assert LONG in problem.en
    else:
        assert preset not in TOO_SMALL_FOR_300
        assert list(faults(job)) == []


def test_a_name_that_does_not_fit_is_told() -> None:
    job = signed_by(banner_job("leaderboard-728x90"), "Ủy ban nhân dân " * 20)
    with pytest.raises(FitError, match="agency's name"):
        rendered(job)


def test_a_long_name_gives_way_to_the_short_one_and_says_so() -> None:
    job = signed_by(banner_job("share-1200x630"), "Ủy ban nhân dân " * 20, "UBND xã")
    assert shown(layout(job)[1], "agency") == "UBND XÃ"
    assert ("agency_name", "short") in rendered(job).facts.notes


def test_what_a_preset_leaves_out_is_noted() -> None:
    notes = dict(rendered(banner_job("mobile-320x50")).facts.notes)
    assert notes["left_out"] == "agency, name, call"
    assert notes["slogan"] == layout(banner_job("mobile-320x50"))[0].wording


# --- agencies -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_drawn_as_glyphs(name: str) -> None:
    job = signed_by(banner_job("share-1200x630", file_format="svg"), name)
    asset = rendered(job)
    plain = rendered(banner_job("share-1200x630", file_format="svg"))
    elements = svg_elements(asset.data)
    assert {tag(element) for element in elements} == {tag(element) for element in svg_elements(plain.data)}
    (described,) = (element.text for element in elements if tag(element) == "desc")
    assert name in (described or "")
    assert b"<script" not in asset.data
    outlines = "".join(area.outline for area in asset.facts.texts)
    assert all(area.outline in asset.data.decode() for area in asset.facts.texts)
    assert outlines.count("<path") >= sum(len(area.text.replace(" ", "")) for area in asset.facts.texts)
    assert shown(layout(job)[1], "agency") == upper(name)
    check(job, asset)


@pytest.mark.parametrize("preset", ["share-1200x630", "leaderboard-728x90", "poster-a4"])
def test_only_the_agencys_slot_differs_between_two_agencies(preset: str) -> None:
    job = banner_job(preset, "brocade", file_format="png")
    long, short = signed_by(job, "Ủy ban nhân dân xã Đắk R'lấp"), signed_by(job, "Sở Y tế")
    one, other = layout(long), layout(short)
    assert one[0] == other[0]
    assert one[1] != other[1]
    assert one[0].slot is not None
    first, second = (read_picture(rendered(each).data) for each in (long, short))
    box = one[0].slot.box.scale(rendered(long).facts.scale)
    differs = np.argwhere((first != second).any(axis=2))
    assert len(differs) > 100
    top, left = differs.min(axis=0)
    bottom, right = differs.max(axis=0) + 1
    assert box.pad(1).contains(Box(left, top, right - left, bottom - top))


@pytest.mark.parametrize("theme", THEMES)
def test_laying_the_name_over_the_base_equals_drawing_all_at_once(theme: str) -> None:
    layered = read_picture(rendered(banner_job("rectangle-300x250", theme, file_format="png")).data)
    whole = svg_to_pixels(rendered(banner_job("rectangle-300x250", theme, file_format="svg")).data.decode())
    unlike = np.abs(layered.astype(int) - whole.astype(int))
    assert unlike.max() <= 24  # two rasterizers round the coverage of an edge differently
    assert (unlike > 8).mean() < 0.002
