"""Agencies of one look share a PNG but for the rows of their name: same pixels as drawn whole, same gates."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxassets import Wanted
from dxassets.backends import rasterizer, read_pictures
from dxassets.backends.read_pictures import SEEN
from dxassets.checks import contrast, gates
from dxassets.checks.pictures import Picture
from dxassets.colors import Rgb
from dxassets.digest import digest
from dxassets.errors import AssetError, GateError
from dxassets.jobs import Facts, Job, Rendered, TextArea
from dxassets.kinds.banner import rasters
from dxassets.kinds.banner import render as rendering
from dxassets.kinds.registry import check
from tests.drawing_support import (
    DAYS,
    EVERY_THEME,
    HOSTILE_NAMES,
    THEMES,
    banner_job,
    banner_spec,
    jobs,
    project,
    signed_by,
    vietnamese,
    with_data,
)
from tests.png_support import chunks_of, strict

SCREENS = tuple(preset.id for preset in project().presets.presets if preset.medium != "print")
NAMELESS = ("mobile-320x50", "mobile-300x50", "button-120x60")
NAMED = tuple(preset for preset in SCREENS if preset not in NAMELESS)
NAMES = (
    "Sở Tài chính",
    "Ủy ban nhân dân xã Quảng Trực",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
)
strange = st.text(
    st.sampled_from("AyỆỹ \u0301\u0323<>&{}%$\"'/\\.,;:!?…–()[]#@*+=~^|“”·•№ßøñ中😀ﷺ"), max_size=70
)
"""What nobody is called, and what may stand in a name all the same."""


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """No base of an earlier test, and none that a test damaged for a later one."""
    forget()
    yield
    forget()


def forget() -> None:
    rendering.forget_bases()
    SEEN.forget()
    gates.codes_of_pixels.cache_clear()


def shared(job: Job) -> Rendered:
    return rendering.render(job, project().resources)


def whole(job: Job) -> Rendered:
    return rendering.render(job, project().resources, shared=False)


def unlimited(job: Job) -> Job:
    """The job without a weight budget: a PNG stays lossless, whatever it weighs."""
    spec = banner_spec(job)
    return replace(job, spec=replace(spec, preset=spec.preset.model_copy(update={"max_bytes": None})))


def is_cut(data: bytes) -> bool:
    return [chunk.name for chunk in chunks_of(data)] == ["IHDR", "IDAT", "IDAT", "IDAT", "IDAT", "IEND"]


# --- pixels -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", NAMED)
def test_the_same_pixels_and_facts_as_a_picture_that_is_drawn_whole(preset: str) -> None:
    """For several names one after another: the first of the look, and those that share with it."""
    for name in NAMES:
        job = unlimited(signed_by(banner_job(preset, file_format="png"), name, "Sở"))
        ours, reference = shared(job), whole(job)
        assert is_cut(ours.data)
        assert not is_cut(reference.data)
        assert np.array_equal(strict(ours.data).pixels, strict(reference.data).pixels)
        assert (ours.facts, ours.alt) == (reference.facts, reference.alt)
        covers = [[area.cover for area in each.facts.texts] for each in (ours, reference)]
        assert covers[0] == covers[1]


@pytest.mark.slow
@pytest.mark.parametrize("theme", EVERY_THEME)
@pytest.mark.parametrize("day", DAYS)
def test_the_same_in_every_theme_and_twice_as_dense(theme: str, day: str) -> None:
    every_third = NAMED[len(theme) % 3 :: 3]
    dense = ("signature-600x120", "half-page-300x600", "leaderboard-728x90")
    for preset, scale in [(preset, 1) for preset in every_third] + [(preset, 2) for preset in dense]:
        job = unlimited(banner_job(preset, theme, day, "png"))
        for name in NAMES[:2]:
            signed = signed_by(replace(job, spec=replace(banner_spec(job), scale=scale)), name, "Sở")
            ours, reference = shared(signed), whole(signed)
            assert is_cut(ours.data)
            assert np.array_equal(strict(ours.data).pixels, strict(reference.data).pixels), (preset, scale)
            check(signed, ours)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    name=st.one_of(vietnamese, st.sampled_from(HOSTILE_NAMES), strange).map("x".__add__),
    preset=st.sampled_from(("signature-600x120", "leaderboard-728x90", "skyscraper-160x600")),
)
def test_any_name_at_all_gives_the_same_pixels(name: str, preset: str) -> None:
    job = unlimited(signed_by(banner_job(preset, file_format="png"), name, "Sở"))
    try:
        reference = whole(job)
    except AssetError as error:
        with pytest.raises(type(error)):
            shared(job)
        return
    assert np.array_equal(strict(shared(job).data).pixels, strict(reference.data).pixels)


def test_a_print_preset_as_png_is_shared_too() -> None:
    job = signed_by(banner_job("leaflet-a5", file_format="png"), NAMES[0])
    assert is_cut(shared(job).data)
    assert np.array_equal(strict(shared(job).data).pixels, strict(whole(job).data).pixels)


# --- bytes --------------------------------------------------------------------------------------------


def test_the_same_bytes_as_the_first_of_the_look_and_as_a_later_one() -> None:
    mine, *others = (signed_by(banner_job("portal-popup-800x600"), name) for name in NAMES)
    alone = shared(mine).data
    rendering.forget_bases()
    before = [shared(other).data for other in others]
    assert shared(mine).data == alone
    assert alone not in before


IN_ANOTHER = """
import sys
from dxassets import Wanted, load_campaign, plan
from dxassets.digest import digest
from dxassets.kinds.registry import render
project = load_campaign()
wanted = Wanted(agencies=tuple(sys.argv[1:]), days=("10-10",), themes=("digital",),
                presets=("portal-popup-800x600",), kinds=("banner",))
for job in reversed(plan(project, wanted).jobs):
    print(job.path, digest(render(job, project.resources).data))
"""


@pytest.mark.slow
def test_another_process_in_another_order_makes_the_same_bytes() -> None:
    offices = tuple(office.id for office in project().campaign.offices[:3])
    wanted = Wanted(
        agencies=offices,
        days=("10-10",),
        themes=("digital",),
        presets=("portal-popup-800x600",),
        kinds=("banner",),
    )
    command = [sys.executable, "-c", IN_ANOTHER, *offices]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert dict(zip(told[::2], told[1::2], strict=True)) == {
        job.path: digest(shared(job).data) for job in jobs(wanted)
    }


@pytest.mark.parametrize("theme", THEMES)
def test_sharing_does_not_make_files_heavier(theme: str) -> None:
    """By more than the seams: two empty blocks, three chunks, and what can't be repeated over them."""
    for preset in ("share-1200x630", "portal-header-1200x300", "half-page-300x600"):
        job = unlimited(banner_job(preset, theme, file_format="png"))
        assert len(shared(job).data) < 1.02 * len(whole(job).data)


# --- what is not shared ----------------------------------------------------------------------------------


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats of what was encoded whole, one after another."""
    found: list[str] = []
    encode = rasterizer.encode_pixels

    def counted(pixels: rasterizer.Pixels, file_format: rasterizer.RasterFormat, most: int | None) -> object:
        found.append(file_format)
        return encode(pixels, file_format, most)

    monkeypatch.setattr(rasterizer, "encode_pixels", counted)
    return found


@pytest.mark.parametrize("preset", NAMELESS)
@pytest.mark.parametrize("file_format", ["png", "jpg", "webp"])
def test_a_size_without_a_name_is_made_once_for_all(
    preset: str, file_format: str, encoded: list[str]
) -> None:
    made = [shared(signed_by(banner_job(preset, file_format=file_format), name)) for name in NAMES]
    assert len({rendered.data for rendered in made}) == 1
    assert encoded == [file_format]
    assert made[0].data == whole(banner_job(preset, file_format=file_format)).data


@pytest.mark.parametrize("file_format", ["jpg", "webp", "avif"])
def test_other_formats_have_no_seam(file_format: str, encoded: list[str]) -> None:
    job = banner_job("signature-600x120", file_format=file_format)
    assert shared(job).data == whole(job).data
    assert encoded == [file_format] * 2


def test_a_debug_picture_is_encoded_whole(encoded: list[str]) -> None:
    job = banner_job("share-1200x630")
    debug = replace(job, spec=replace(banner_spec(job), debug=True))
    assert not is_cut(shared(debug).data)
    assert encoded == ["png"]


def test_a_name_that_reaches_out_of_its_band_is_encoded_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    job = signed_by(banner_job("portal-popup-800x600"), NAMES[0])
    assert is_cut(shared(job).data)
    monkeypatch.setattr(rasters, "_SPARE_ROWS", -2)
    assert shared(job).data == whole(job).data


def test_over_its_budget_a_picture_gets_the_palette_that_it_would_have_got_anyway(encoded: list[str]) -> None:
    job = signed_by(banner_job("share-1200x630"), NAMES[0])
    lossless = len(shared(job).data)
    spec = banner_spec(job)
    for most, is_whole in ((lossless, False), (lossless - 1, True), (lossless // 2, True)):
        preset = spec.preset.model_copy(update={"max_bytes": most})
        tight = replace(job, spec=replace(spec, preset=preset))
        encoded.clear()
        made = shared(tight)
        assert encoded == ["png"] * is_whole
        assert len(made.data) <= most
        if is_whole:
            assert made.data == whole(tight).data


# --- gates ---------------------------------------------------------------------------------------------


def test_the_first_picture_is_read_whole_and_its_code_once(monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[int] = []
    codes: list[int] = []
    read, decode = read_pictures.read_pixels, gates.decode_qr
    monkeypatch.setattr(read_pictures, "read_pixels", lambda data: files.append(1) or read(data))
    monkeypatch.setattr(gates, "decode_qr", lambda pixels: codes.append(1) or decode(pixels))
    found = []
    for name in NAMES:
        job = signed_by(banner_job("share-1200x630"), name)
        found.append(check(job, shared(job)))
    assert (len(files), len(codes)) == (1, 1)
    assert [each.decoded for each in found] == [found[0].decoded] * 3
    assert found[0].decoded


@pytest.mark.parametrize("theme", THEMES)
def test_gates_find_the_same_in_a_band_as_in_a_whole_picture(theme: str) -> None:
    for preset in ("portal-popup-800x600", "billboard-970x250", "skyscraper-160x600"):
        for name in NAMES:
            job = unlimited(signed_by(banner_job(preset, theme), name, "Sở"))
            found = check(job, shared(job))
            SEEN.forget()
            gates.codes_of_pixels.cache_clear()
            assert found == check(job, whole(job)) == check(job, shared(job))


def damaged(surround: rasters.PackedSurround, part: str) -> rasters.PackedSurround:
    data = bytearray(getattr(surround, part))
    data[len(data) // 2] ^= 4
    return replace(surround, **{part: bytes(data)})


@pytest.mark.parametrize("part", ["head", "foot"])
@pytest.mark.parametrize("made_before", [0, 1, 2])
def test_what_is_kept_and_got_damaged_is_noticed(part: str, made_before: int) -> None:
    """By the very next picture, whether it is the first that is judged, or the gates know the look."""
    job = banner_job("portal-popup-800x600")
    for name in NAMES[:made_before]:
        before = signed_by(job, name)
        check(before, shared(before))
    shared(job)
    base = rendering._base(rendering.look_of(banner_spec(job), job.inputs), project().resources, coarser=1.0)
    base.surrounds[1] = damaged(base.surrounds[1], part)
    with pytest.raises(GateError, match="can't be opened"):
        check(job, shared(job))


def test_nobody_writes_into_the_kept_pixels() -> None:
    job = banner_job("portal-popup-800x600")
    shared(job)
    base = rendering._base(rendering.look_of(banner_spec(job), job.inputs), project().resources, coarser=1.0)
    with pytest.raises(ValueError, match="read-only"):
        base.pixels[1][0, 0] = 0


def test_a_name_that_is_not_in_its_band_is_noticed() -> None:
    """Another agency's band, under the right sums: the name that is told is not the one that is seen."""
    one, other = (signed_by(banner_job("portal-popup-800x600"), name) for name in NAMES[:2])
    check(one, shared(one))
    empty = shared(one)
    pixels = strict(empty.data).pixels.copy()
    base = rendering._base(rendering.look_of(banner_spec(one), one.inputs), project().resources, coarser=1.0)
    surround = base.surrounds[1]
    bare = surround.around(base.pixels[1][surround.top : surround.bottom])
    assert not np.array_equal(strict(bare).pixels, pixels)
    with pytest.raises(GateError, match="contrast of 1"):
        check(other, with_data(shared(other), bare))


def test_lines_outside_the_band_are_judged_once_for_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []
    look_at = contrast._contrasts

    def counted(picture: Picture, facts: Facts, areas: Sequence[TextArea]) -> Iterator[float]:
        judged.append(len(areas))
        return look_at(picture, facts, areas)

    monkeypatch.setattr(contrast, "_contrasts", counted)
    lines = []
    for name in (*NAMES, *NAMES):
        job = signed_by(banner_job("portal-popup-800x600"), name)
        made = shared(job)
        check(job, made)
        lines.append((len(made.facts.texts), sum(area.cover is not None for area in made.facts.texts)))
    assert judged[:2] == [every for every, _ in lines[:2]]  # the second is the first that shares
    assert judged[2:] == [names for _, names in lines[2:]]
    assert judged[2] < judged[0]


def test_a_line_outside_the_band_that_is_another_is_judged_anew() -> None:
    """Its words in a colour that can't be read on the same ground are not taken for those that can."""
    job = banner_job("portal-popup-800x600")
    for name in NAMES:
        check(signed_by(job, name), shared(signed_by(job, name)))
    made = shared(job)
    first = made.facts.texts[0]
    faint = replace(first, color=Rgb(6, 24, 80))
    wrong = replace(made, facts=replace(made.facts, texts=(faint, *made.facts.texts[1:])))
    with pytest.raises(GateError, match="contrast of 1"):
        check(job, wrong)
    check(job, made)
