"""Loops: seamless, readable in their time, of the sort that players take, and refused by name."""

from __future__ import annotations

import struct
from dataclasses import replace
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageSequence

from dxassets.api import Project, Wanted, load_campaign, plan
from dxassets.colors import Rgb
from dxassets.errors import GateError
from dxassets.geometry import Box
from dxassets.jobs import AnyJob
from dxassets.kinds.loop import gates, swarm
from dxassets.kinds.loop.film import Film, parts_of
from dxassets.kinds.loop.phrasing import MOST_GROUPS, cut
from dxassets.kinds.loop.render import RenderedLoop, scenario_of
from dxassets.kinds.loop.timeline import (
    LONGEST,
    PER_GROUP,
    SHORTEST,
    WHOLE_AT_LEAST,
    groups_in,
    timeline_of,
)
from dxassets.kinds.registry import check, render

DAY, THEME, SIZE = "10-10", "digital", "256x64"


@cache
def project() -> Project:
    return load_campaign()


def job_of(size: str = SIZE, file_format: str = "mp4", theme: str = THEME) -> AnyJob:
    wanted = Wanted(days=(DAY,), themes=(theme,), sizes=(size,), kinds=("loop",), formats=(file_format,))
    return plan(project(), wanted).jobs[0]


@cache
def made(size: str = SIZE, file_format: str = "mp4") -> RenderedLoop:
    rendered = render(job_of(size, file_format), project().resources)
    assert isinstance(rendered, RenderedLoop)
    return rendered


def film_of(size: str = SIZE) -> Film:
    job = job_of(size)
    spec = replace(job.spec, format="mp4", max_bytes=None)
    return scenario_of(spec, job.inputs, project().resources).film


# --- when what is seen


def test_syllables_are_what_stands_between_blanks_and_a_number_has_one_for_each_digit() -> None:
    assert groups_in("Chuyển đổi số") == 3
    assert groups_in("Ngày 10/10 – ngày hội") == 1 + 4 + 2
    assert groups_in("– …") == 0


@pytest.mark.parametrize("groups", [[3], [7, 7], [2, 2, 2, 2, 2], [5, 6, 7, 3], [1]])
def test_every_phrase_is_read_before_the_next_begins_and_all_stands_two_seconds(groups: list[int]) -> None:
    line = timeline_of(groups, has_mark=True)
    assert line is not None
    for at, (count, start) in enumerate(zip(groups, line.starts, strict=True)):
        end = line.starts[at + 1] if at + 1 < len(groups) else line.total
        assert end - (start + line.coming) >= PER_GROUP * count - 1e-9
    assert line.total - line.is_whole_from >= WHOLE_AT_LEAST - 1e-9
    assert SHORTEST <= line.total <= LONGEST
    assert line.at(0.0) == line.at(line.total - 1e-6)


def test_what_can_be_read_in_15_seconds_is_made_and_a_syllable_more_is_not() -> None:
    most = max(
        count for count in range(60) if timeline_of([7] * (count // 7) + [count % 7 or 1], has_mark=True)
    )
    groups = [7] * (most // 7) + [most % 7 or 1]
    line = timeline_of(groups, has_mark=True)
    assert line is not None
    assert line.total <= LONGEST
    assert most >= 28  # a slogan of 128 letters has about so many
    assert timeline_of([*groups, 7], has_mark=True) is None


def test_little_to_read_still_lasts_six_seconds() -> None:
    line = timeline_of([], has_mark=False)
    assert line is not None
    assert line.total == SHORTEST


def test_a_line_of_seven_syllables_comes_at_once_and_of_eight_in_two_parts() -> None:
    seven = "một hai ba bốn năm sáu bảy"
    assert len(seven.split()) == MOST_GROUPS
    assert cut(seven, ()) == [seven]
    parts = cut(f"{seven} tám", ())
    assert len(parts) == 2
    assert " ".join(parts) == f"{seven} tám"
    held = cut("vì một cuộc sống tốt đẹp hơn cho người dân", ())
    assert "cuộc sống" in " | ".join(held)


# --- what is drawn


def test_the_first_frame_is_the_whole_picture_and_so_is_the_last() -> None:
    film = film_of()
    frames = list(film.frames(30))
    assert np.array_equal(frames[0][0], film.whole)
    assert np.array_equal(frames[-1][0], film.whole)
    assert sum(ticks for _, ticks in frames) == round(30 * film.timeline.total)
    assert any(not np.array_equal(pixels, film.whole) for pixels, _ in frames)


def test_before_the_slogan_comes_none_of_it_is_seen_and_the_mark_is_whole() -> None:
    film = film_of()
    start = film.timeline.starts[0]
    before = film.frame(film.timeline.at(start - 1e-6))
    for part in film.phrases:
        height, width = part.added.shape[:2]
        place = (slice(part.top, part.top + height), slice(part.left, part.left + width))
        mine = part.added.any(axis=2)
        assert np.array_equal(before[place][mine], film.quiet[place][mine])
    mark = film.parts[0]
    height, width = mark.added.shape[:2]
    place = (slice(mark.top, mark.top + height), slice(mark.left, mark.left + width))
    assert np.abs(before[place].astype(int) - film.quiet[place] - mark.added).max() <= 2


def test_a_pixel_of_two_parts_belongs_to_the_first_and_only_outlines_count() -> None:
    quiet = np.zeros((20, 20, 3), np.uint8)
    whole = np.full_like(quiet, 200)
    left = '<path d="M0 0H12V20H0z"/>'
    right = '<path d="M8 0H20V20H8z"/>'
    first, second = parts_of(quiet, whole, [(Box(0, 0, 19, 19), left), (Box(0, 0, 19, 19), right)])
    both = first.added + second.added
    assert both.max() == 200
    assert (second.added[:, :12] == 0).all()


def test_modules_are_few_enough_and_begin_in_no_calm_place() -> None:
    cover = np.full((90, 400), 255, np.uint8)
    calm = [Box(0, 0, 1000, 180), Box(700, 0, 300, 600)]
    found = swarm.swarm_of(cover, (200, 200), calm=calm, color=Rgb(0, 0, 0), turned=False, seed="x")
    assert 50 < len(found.flights) <= swarm.MOST_MODULES
    for flight in found.flights:
        x, y = flight.start
        assert not any(box.x <= x <= box.right and box.y <= y <= box.bottom for box in calm)
    few = swarm.swarm_of(cover[:18, :18], (0, 0), calm=(), color=Rgb(0, 0, 0), turned=True, seed="x")
    assert 0 < len(few.flights) <= swarm.MOST_MODULES


# --- the files


def boxes_in(data: bytes) -> list[tuple[bytes, bytes]]:
    """The boxes of an MP4 file (ISO/IEC 14496-12), read by hand: another reader than the one in use."""
    found: list[tuple[bytes, bytes]] = []
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        found.append((name, data[at + 8 : at + size]))
        at += max(size, 8)
    return found


def inside(data: bytes, *names: bytes) -> list[bytes]:
    """What lies in boxes of those names, one in the other."""
    found = [data]
    for name in names:
        found = [content for each in found for kind, content in boxes_in(each) if kind == name]
    return found


def test_the_film_is_h264_of_its_size_30_frames_a_second_without_sound_and_its_index_first() -> None:
    data = made().data
    names = [name for name, _ in boxes_in(data)]
    assert names.index(b"moov") < names.index(b"mdat")
    handlers = [content[8:12] for content in inside(data, b"moov", b"trak", b"mdia", b"hdlr")]
    assert handlers == [b"vide"]
    (description,) = inside(data, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    assert description[12:16] == b"avc1"
    assert struct.unpack(">HH", description[40:44]) == (256, 64)
    ((scale, ticks),) = [
        struct.unpack(">II", each[12:20]) for each in inside(data, b"moov", b"trak", b"mdia", b"mdhd")
    ]
    (count,) = [
        struct.unpack(">I", each[8:12])[0]
        for each in inside(data, b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsz")
    ]
    assert count == round(30 * made().total)
    assert ticks / scale == pytest.approx(count / 30, abs=0.001)


def test_the_same_loop_is_the_same_bytes() -> None:
    job = job_of()
    scenario_of.cache_clear()
    assert render(job, project().resources).data == made().data


def test_animations_are_read_by_another_reader_as_long_as_they_should_be() -> None:
    for file_format in ("gif", "webp"):
        rendered = made(SIZE, file_format)
        with Image.open(BytesIO(rendered.data)) as picture:
            assert picture.size == (256, 64)
            assert picture.info["loop"] == 0
            frames = []
            for frame in ImageSequence.Iterator(picture):
                frame.load()
                frames.append((np.asarray(frame.convert("RGB")).astype(int), frame.info["duration"]))
        assert sum(duration for _, duration in frames) == pytest.approx(1000 * rendered.total, abs=101)
        assert np.abs(frames[0][0] - frames[-1][0]).mean() < gates.MOST_SEAM
        check(job_of(SIZE, file_format), rendered)


# --- gates


def test_the_gates_pass_what_is_right() -> None:
    found = check(job_of(), made())
    assert (found.width, found.height) == (256, 64)
    assert found.least_contrast is not None
    assert found.least_contrast >= 3


def test_a_seam_may_have_a_codecs_noise_and_no_more() -> None:
    first = np.full((64, 64, 3), 100, np.uint8)
    gates.check_seam(first, first + np.uint8(3))
    with pytest.raises(GateError, match="last frame"):
        gates.check_seam(first, first + np.uint8(4))
    spot = first.copy()
    spot[:8, :8] += 24
    gates.check_seam(first, spot)
    spot[:8, :8] += 1
    with pytest.raises(GateError, match="last frame"):
        gates.check_seam(first, spot)


def test_a_loop_lasts_6_to_15_seconds() -> None:
    for seconds in (SHORTEST, LONGEST):
        gates.check_length(seconds)
    for seconds in (SHORTEST - 0.01, LONGEST + 0.01):
        with pytest.raises(GateError, match="lasts"):
            gates.check_length(seconds)


def test_a_phrase_that_is_not_there_when_it_is_read_is_told() -> None:
    rendered = made()
    early = replace(rendered.showings[-1], start=rendered.showings[0].start - 0.6)
    with pytest.raises(GateError, match="contrast"):
        check(job_of(), replace(rendered, showings=(early, rendered.showings[-1])))


def test_a_film_that_weighs_too_much_or_breaks_off_is_told() -> None:
    rendered = made()
    facts = replace(rendered.facts, max_bytes=len(rendered.data) - 1)
    with pytest.raises(GateError, match="over the limit"):
        check(job_of(), replace(rendered, facts=facts))
    check(job_of(), replace(rendered, facts=replace(facts, max_bytes=len(rendered.data))))
    with pytest.raises(GateError):
        check(job_of(), replace(rendered, data=rendered.data[: len(rendered.data) // 2]))
    with pytest.raises(GateError, match="opened"):
        check(job_of(), replace(rendered, data=b"no film"))


def test_the_code_is_read_in_five_frames_of_two_seconds() -> None:
    job = job_of("640x360", "gif")
    rendered = render(job, project().resources)
    assert isinstance(rendered, RenderedLoop)
    found = check(job, rendered)
    assert {payload for payload, _ in found.decoded} == {job.spec.link.url}
    looks = [look.at for look in gates._looks(rendered, "gif") if look.code]
    assert len(looks) == gates.CODE_READS
    other = replace(rendered.facts.codes[0], payload="https://example.vn/")
    with pytest.raises(GateError, match="reads"):
        check(job, replace(rendered, facts=replace(rendered.facts, codes=(other,))))
