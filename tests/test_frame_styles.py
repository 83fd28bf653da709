"""The compositions of frames: what the photo gets, what small copies show, where a photo must reach."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from dxassets.backends.rasterizer import resized
from dxassets.checks.contrast import relative_luminance
from dxassets.colors import contrast
from dxassets.errors import FitError
from dxassets.jobs import NAME_LEFT_OUT, Job
from dxassets.kinds.frame.lettering import READABLE_EM
from dxassets.kinds.frame.ring import SIDE
from dxassets.kinds.frame.styles import LEAST_PHOTO, STYLE_OF, STYLES
from dxassets.kinds.registry import check, render
from dxassets.vietnamese import upper
from tests.drawing_support import (
    DAYS,
    EVERY_THEME,
    Pixels,
    frame_job,
    frame_spec,
    project,
    read_picture,
    rendered,
    shuts,
    with_facts,
)

NEW = ("foot", "badge", "woven", "ribbon")
LONG_DAY = "Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam"
OFFICES = ("Sở Nội vụ", "UBND huyện Đắk R'lấp", "Sở Thông tin và Truyền thông")


def signed(job: Job, name: str | None) -> Job:
    return replace(job, spec=replace(frame_spec(job), agency_name=name))


def named(job: Job, name: str) -> Job:
    spec = frame_spec(job)
    return replace(job, spec=replace(spec, day=replace(spec.day, name=name)))


@cache
def in_circle(side: int) -> np.ndarray:
    rows, columns = np.ogrid[:side, :side]
    return np.hypot(columns + 0.5 - side / 2, rows + 0.5 - side / 2) < side / 2


def photo_share(pixels: Pixels) -> float:
    """What of the circle shows the photo."""
    return 1 - pixels[..., 3][in_circle(pixels.shape[0])].mean() / 255


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("theme", EVERY_THEME)
@pytest.mark.parametrize("style", NEW)
def test_the_photo_gets_three_fifths_of_the_circle(style: str, theme: str, day: str) -> None:
    job = frame_job(style, 1080, theme, day)
    assert photo_share(read_picture(rendered(job).data)) >= LEAST_PHOTO
    assert check(job, rendered(job)).least_contrast is not None


@pytest.mark.parametrize("style", [*NEW, "square"])
def test_so_it_does_with_an_agency(style: str) -> None:
    """Of the themes each has another plate; the last name is the longest that stands on a ring in full."""
    for theme, office in zip(("formal", "light", "brocade"), OFFICES, strict=True):
        job = signed(frame_job(style, 1080, theme, "01-11"), office)
        asset = render(job, project().resources)
        check(job, asset)
        assert photo_share(read_picture(asset.data)) >= LEAST_PHOTO
        said = "".join(area.text for area in asset.facts.texts)
        assert asset.facts.notes == (("agency_name", "full"),)
        assert upper(office).replace(" ", "") in said
        assert all(area.size >= READABLE_EM for area in asset.facts.texts if area.seen_at == 170)


def test_a_ribbon_rises_for_a_long_name_only() -> None:
    """And a name that is longer still is left out, with a word."""
    job = frame_job("ribbon", 1080, "light")
    plain, short, long, longest = (
        render(signed(job, name), project().resources)
        for name in (None, "Sở Y tế", OFFICES[-1], f"{OFFICES[-1]} và Quản trị Hành chính")
    )
    holes = [asset.facts.hole for asset in (plain, short, long, longest)]
    assert holes[0] == holes[1] == holes[3] != holes[2]
    shares = [photo_share(read_picture(asset.data)) for asset in (plain, long)]
    assert 0 < shares[0] - shares[1] < 0.05
    assert longest.facts.notes == (("agency_name", NAME_LEFT_OUT),)


def test_a_photo_with_less_is_stopped() -> None:
    job = frame_job("badge", 1080)
    hole = rendered(job).facts.hole
    assert hole is not None
    share = photo_share(read_picture(rendered(job).data))
    check(job, with_facts(rendered(job), hole=replace(hole, least_photo=share - 0.001)))
    shuts(job, with_facts(rendered(job), hole=replace(hole, least_photo=share + 0.001)), "of the circle")


@pytest.mark.parametrize("style", STYLES)
def test_a_photo_reaches_all_that_is_see_through(style: str) -> None:
    """Inside the circle, as far as the rim at its edge."""
    opening = next(STYLE_OF[each] for each in STYLES if each == style).opening
    alpha = read_picture(rendered(frame_job(style, 1080)).data)[..., 3]
    rows, columns = np.mgrid[:1080, :1080] + 0.5
    through = (alpha < 128) & (np.hypot(columns - SIDE / 2, rows - SIDE / 2) < 533)
    away = np.hypot(columns - opening.x * SIDE, rows - opening.y * SIDE)[through]
    assert opening.radius * SIDE - 20 < away.max() < opening.radius * SIDE


@pytest.mark.parametrize("theme", EVERY_THEME)
def test_each_theme_has_a_composition_of_its_own(theme: str) -> None:
    own = next(each for each in project().brand.every_theme if each.id == theme).frame
    assert own in NEW
    assert frame_job(own, 1080, theme).preset == f"{own}-1080"


def test_the_four_that_are_made_unasked_are_four() -> None:
    assert {theme.frame for theme in project().brand.themes} == set(NEW)


@pytest.mark.parametrize("theme", ["digital", "brocade", "formal", "light"])
@pytest.mark.parametrize("day", DAYS)
def test_the_weave_is_seen_at_40_px(theme: str, day: str) -> None:
    """Its figures still part light from dark down a flank, where a plain ring is even."""
    woven, plain = (flank_steps(style, theme, day) for style in ("woven", "ring"))
    assert woven >= 12
    assert plain < 12


def flank_steps(style: str, theme: str, day: str) -> int:
    """How often light steps by a fifth or more, going down the right flank of a copy of 40 px."""
    copy = resized(read_picture(rendered(frame_job(style, 1080, theme, day)).data), 40, 40)
    light = relative_luminance(copy.reshape(-1, 4)).reshape(40, 40)
    angles = np.linspace(1.2, 2.3, 40)
    spots = dict.fromkeys(
        (int(20 - 18.3 * np.cos(angle)), int(20 + 18.3 * np.sin(angle))) for angle in angles
    )
    along = [float(light[spot]) for spot in spots]
    return sum(contrast(one, other) >= 1.2 for one, other in pairwise(along))


@pytest.mark.parametrize("style", NEW)
@pytest.mark.parametrize("theme", EVERY_THEME)
def test_marks_of_thin_numerals_are_seen_at_40_px_too(theme: str, style: str) -> None:
    for mark in ("1/9", "11/11", "19/5", "8-10/10"):
        job = frame_job(style, 1080, theme)
        spec = frame_spec(job)
        job = signed(replace(job, spec=replace(spec, day=replace(spec.day, mark=mark))), None)
        check(job, render(job, project().resources))


@pytest.mark.parametrize("style", STYLES)
def test_long_names_of_days_stand_whole(style: str) -> None:
    job = named(frame_job(style, 1080), LONG_DAY)
    asset = render(job, project().resources)
    check(job, asset)
    said = "".join(area.text for area in asset.facts.texts)
    assert upper(LONG_DAY).replace(" ", "") in said


@pytest.mark.parametrize("style", ["foot", "ribbon"])
def test_a_name_too_long_fails_by_name(style: str) -> None:
    name = "Ngày Chuyển đổi số của toàn thể cán bộ, chiến sĩ và nhân dân các dân tộc tỉnh Đắk Nông anh hùng"
    with pytest.raises(FitError) as caught:
        render(named(frame_job(style, 1080), name), project().resources)
    assert name in caught.value.problems[0].vi


@pytest.mark.parametrize("style", NEW)
def test_a_day_without_a_mark_is_drawn(style: str) -> None:
    job = frame_job(style, 1080)
    spec = frame_spec(job)
    bare = replace(job, spec=replace(spec, day=replace(spec.day, mark=None)))
    asset = render(bare, project().resources)
    check(bare, asset)
    assert {area.seen_at for area in asset.facts.texts} == {170}
