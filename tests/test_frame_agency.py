"""An office's name on its avatar frame: on the lower arc, clear of the mark, never squeezed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dxassets import Wanted, plan
from dxassets.backends.rasterizer import resized, type_mask
from dxassets.colors import Rgb, contrast, luminance
from dxassets.geometry import Box
from dxassets.jobs import NAME_LEFT_OUT, Job, Rendered, TextArea
from dxassets.kinds.frame.lettering import MARK_SEEN_AT, READ_AT, READABLE_EM
from dxassets.kinds.frame.ring import INNER_RIM, OPENING, RING, SIDE
from dxassets.kinds.registry import check, render
from dxassets.vietnamese import abbreviated, upper
from tests.drawing_support import (
    HOSTILE_NAMES,
    LETTERS,
    THEMES,
    frame_job,
    frame_spec,
    open_picture,
    project,
    rendered,
    svg_elements,
    tag,
)

LONGEST = "Văn phòng Đoàn ĐBQH và HĐND tỉnh"
SHORT_NAMES = [office.short_name for office in project().campaign.offices]
odd_names = st.text(
    st.sampled_from(LETTERS + " ABCXYZabcxyz0123456789&'’–-.,()"), min_size=1, max_size=60
).map(lambda text: " ".join(text.split()) or "Sở")


def of_agency(job: Job, name: str) -> Job:
    spec = frame_spec(job)
    return replace(job, alt=f"{job.alt} {name}.", spec=replace(spec, agency_name=name))


def drawn(name: str, day: str = "10-10") -> Rendered:
    """A frame as SVG: the quickest to draw, and all its type is in its facts."""
    return render(of_agency(frame_job("ring", 1080, "digital", day, "svg"), name), project().resources)


def foot_of(asset: Rendered) -> tuple[TextArea, ...]:
    return tuple(
        area for area in asset.facts.texts if area.seen_at == READ_AT and area.box.center_y > RING.center
    )


def said(areas: tuple[TextArea, ...]) -> str:
    return "".join(area.text for area in areas)


def ink(outlines: set[str]) -> NDArray[np.bool_]:
    """Ink on a grid of one px a unit, drawn from the outlines themselves."""
    return type_mask("".join(sorted(outlines)), Box(0, 0, SIDE, SIDE), 1080, 1080) > 64


@cache
def far() -> tuple[np.ndarray, np.ndarray]:
    """How far each unit of the grid lies from the middle of the ring, and of its hole."""
    rows, columns = np.mgrid[:1080, :1080] + 0.5
    return np.hypot(columns - RING.center, rows - RING.center), np.hypot(
        columns - RING.center, rows - RING.hole_y
    )


def assert_clear(asset: Rendered) -> None:
    """The name keeps off both rims, and the mark keeps off the name and the rim of the hole."""
    foot = foot_of(asset)
    marks = {area.outline for area in asset.facts.texts if area.seen_at == MARK_SEEN_AT}
    bar = re.search(r'<path d="M[^"]*"[^>]*/>(?=<g fill)', asset.data.decode())
    assert bar is not None
    name, mark = ink({area.outline for area in foot}), ink(marks | {bar.group()})
    away, from_hole = far()
    assert away[name].max() < RING.outer - 12
    assert from_hole[mark].min() > RING.hole + INNER_RIM + 3
    between = cv2.distanceTransform((~name).astype(np.uint8), cv2.DIST_L2, 5)[mark].min()
    assert between > 4


# --- what it says -----------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["ring", "square"])
@pytest.mark.parametrize("theme", THEMES)
def test_a_frame_with_a_name_passes_its_gates_and_says_it(style: str, theme: str) -> None:
    job = of_agency(frame_job(style, 1080, theme, "01-11"), "UBND huyện Đắk R'lấp")
    asset = rendered(job)
    findings = check(job, asset)
    assert findings.least_contrast is not None
    assert findings.least_contrast >= 3
    assert said(foot_of(asset)) == "UBNDHUYỆNĐẮKR'LẤP"
    assert {str(area.color) for area in foot_of(asset)} == {str(frame_spec(job).theme.palette.ink_soft)}
    assert asset.alt is None
    assert asset.facts.notes == (("agency_name", "full"),)


def test_the_issuers_frames_bear_no_name_and_the_others_bear_their_short_name() -> None:
    campaign = project().campaign
    wanted = Wanted(kinds=("frame",), agencies=(campaign.issuing_agency, "so-y-te"), formats=("png", "svg"))
    frames = plan(project(), wanted).jobs
    assert {(job.agency, frame_spec(job).agency_name) for job in frames} == {
        (campaign.issuing_agency, None),
        ("so-y-te", "Sở Y tế"),
    }
    for job in frames:
        assert ("Sở Y tế." in job.alt) == (job.agency == "so-y-te")
        assert campaign.issuer.short_name not in job.alt
    issued = {job.path.partition("/")[2] for job in frames if job.agency == campaign.issuing_agency}
    named = {job.path.partition("/")[2] for job in frames if job.agency == "so-y-te"}
    assert named < issued
    assert all(path.endswith(".svg") for path in issued - named)  # styles that the web page offers besides


def test_a_name_that_was_typed_stands_on_the_frame() -> None:
    (job, *_) = plan(project(), Wanted(kinds=("frame",), agency_names=("Trường THCS Nguyễn Du",))).jobs
    assert frame_spec(job).agency_name == "Trường THCS Nguyễn Du"
    assert said(foot_of(rendered(job))) == "TRƯỜNGTHCSNGUYỄNDU"


# --- whether it fits --------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["10-10", "01-11"])
@pytest.mark.parametrize("name", [*SHORT_NAMES[::9], LONGEST])
def test_the_name_is_clear_of_the_mark_and_of_both_rims(name: str, day: str) -> None:
    asset = drawn(name, day)
    assert said(foot_of(asset)) == upper(name).replace(" ", "")
    assert foot_of(asset)[0].size == 38
    assert_clear(asset)


@pytest.mark.slow
@pytest.mark.parametrize("day", ["10-10", "01-11"])
def test_all_offices_of_the_province_stand_on_their_frames(day: str) -> None:
    for index, name in enumerate(SHORT_NAMES):
        asset = drawn(name, day)
        assert asset.facts.notes == (("agency_name", "full"),), name
        assert said(foot_of(asset)) == upper(name).replace(" ", ""), name
        assert_clear(asset)
        if index % 4 == 0:  # in the theme whose mark has the least contrast
            job = of_agency(frame_job("ring", 1080, "formal", day), name)
            check(job, render(job, project().resources))


def test_letters_whose_marks_are_tallest_and_lowest_still_clear_mark_and_rim() -> None:
    assert_clear(drawn("ẲẬ ẴẶ ẲẬ ẴẶ ẲẬ ẴẶ ẲẬ ẴẶ"))


def test_a_longer_name_gets_shorter_and_is_left_out_at_last() -> None:
    longest = drawn("Trung tâm Nuôi dưỡng Bảo trợ xã hội")
    assert foot_of(longest)[0].size == READABLE_EM  # what is smaller can't be read at 170 px
    assert longest.facts.notes == (("agency_name", "full"),)
    assert_clear(longest)

    shorter = drawn("Ủy ban nhân dân thành phố Gia Nghĩa tỉnh Đắk Nông")
    assert said(foot_of(shorter)) == "UBNDTP.GIANGHĨATỈNHĐẮKNÔNG"
    assert shorter.alt is not None
    assert shorter.alt.endswith("UBND TP. Gia Nghĩa tỉnh Đắk Nông.")
    assert "Ủy ban" not in shorter.alt
    assert shorter.facts.notes == (("agency_name", "abbreviated"),)

    name = "Ban Chỉ đạo Phong trào toàn dân đoàn kết xây dựng đời sống văn hóa"
    without = drawn(name)
    assert foot_of(without) == ()
    assert without.facts.notes == (("agency_name", NAME_LEFT_OUT),)
    assert without.alt == frame_job("ring", 1080, "digital", "10-10", "svg").alt
    largest = rendered(frame_job("ring", 1080, file_format="svg"))
    assert without.facts.texts == largest.facts.texts  # the mark takes its room again


@settings(max_examples=40, deadline=None)
@given(odd_names)
def test_any_name_is_set_whole_and_clear_or_left_out_with_a_word(name: str) -> None:
    asset = drawn(name)
    foot = foot_of(asset)
    if not foot:
        assert asset.facts.notes == (("agency_name", NAME_LEFT_OUT),)
        return
    assert foot[0].size >= READABLE_EM
    assert said(foot) in {upper(wording).replace(" ", "") for wording in (name, abbreviated(name))}
    assert_clear(asset)


@pytest.mark.parametrize("name", [*HOSTILE_NAMES, "R̃ồng", "Sở\u00a0Y\u00a0tế", "-", "I"])
def test_a_hostile_name_is_only_ever_outlines(name: str) -> None:
    asset = drawn(name)
    root, *rest = svg_elements(asset.data)
    assert root.get("width") == "1080"
    assert {tag(element) for element in rest} <= {
        "defs", "radialGradient", "stop", "path", "circle", "g",
    }  # fmt: skip


def test_an_upright_letter_alone_passes_its_gates() -> None:
    for name in ("I", "-", "Sở Tài chính"):
        job = of_agency(frame_job("ring", 1080), name)
        check(job, render(job, project().resources))


# --- sizes, and what framed photos are made with ------------------------------------------------------


@pytest.mark.parametrize("style", ["ring", "square"])
@pytest.mark.parametrize("size", [720, 1500, 2048])
def test_a_frame_comes_at_any_size(style: str, size: int) -> None:
    job = of_agency(frame_job(style, 1080, "light"), "Sở Y tế")
    job = replace(job, spec=replace(frame_spec(job), size=size))
    asset = render(job, project().resources)
    assert open_picture(asset.data).size == (size, size)
    assert check(job, asset).width == size


def test_opening_and_outer_circle_are_where_the_picture_has_them() -> None:
    alpha = np.asarray(open_picture(rendered(frame_job("ring", 1080)).data))[..., 3]
    away, _ = far()
    assert not alpha[away > RING.outer + 1].any()
    assert (alpha[(away < RING.outer - 1) & (far()[1] > RING.hole + INNER_RIM)] == 255).all()
    assert OPENING.x * 1080 == RING.center
    assert OPENING.y * 1080 == pytest.approx(RING.hole_y)
    assert RING.hole < OPENING.radius * 1080 < RING.hole + INNER_RIM
    row = alpha[round(OPENING.y * 1080)]
    left = np.flatnonzero(row == 0)
    left = left[left > 100]
    assert left[0] == pytest.approx(RING.center - RING.hole, abs=1.5)


@pytest.mark.parametrize("day", ["10-10", "01-11"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_outer_edge_is_seen_on_a_white_page(theme: str, day: str) -> None:
    """Along the upper edge, where no module or mark helps: a copy of 170 px shows a line or a ground."""
    copy = resized(np.asarray(open_picture(rendered(frame_job("ring", 1080, theme, day)).data)), 170, 170)
    over_white = (copy[..., :3] * (copy[..., 3:] / 255) + 255 * (1 - copy[..., 3:] / 255)).astype(np.uint8)
    angles = np.linspace(-1.2, 1.2, 60)
    seen = []
    for angle in angles:
        along = np.arange(80, 85)
        rows, columns = (85 - along * np.cos(angle)).astype(int), (85 + along * np.sin(angle)).astype(int)
        light = [luminance(Rgb(*(int(value) for value in pixel))) for pixel in over_white[rows, columns]]
        seen.append(contrast(min(light), 1.0))
    assert np.median(seen) >= 3
