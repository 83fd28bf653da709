"""Loops: which sizes there are, what is refused by name, and what a build makes."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from dxassets.api import Wanted, make_loop, make_still_loop, plan
from dxassets.errors import CampaignError, FitError, InputError
from dxassets.jobs import AnyJob
from dxassets.kinds.loop import planning, playlists, sizes
from dxassets.kinds.loop.sizes import LEAST_SIDE, MOST_PX, MOST_SIDE, MOST_WEB_PX, loop_sizes, wrong_size
from dxassets.kinds.loop.stills import LEAST_SECONDS, stills_of
from dxassets.kinds.registry import render
from dxassets.slogans import Slogan
from tests.test_loops import DAY, SIZE, THEME, film_of, job_of, project

# --- sizes, and other bad input


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ((LEAST_SIDE, LEAST_SIDE), (512, LEAST_SIDE - 2), "too small"),
        ((MOST_SIDE, 2160), (MOST_SIDE + 2, 64), "too large"),
        ((MOST_PX // 2160, 2160), (3840, 2162), "too large"),
        ((512, 128), (513, 128), "514x128"),
        ((512, 128), (512, 127), "512x126"),
    ],
)
def test_sizes_are_even_and_neither_tiny_nor_huge(
    good: tuple[int, int], bad: tuple[int, int], told: str
) -> None:
    assert wrong_size(*good) is None
    problem = wrong_size(*bad)
    assert problem is not None
    assert told in problem.en


@pytest.mark.parametrize("name", ["512", "512x", "axb", "-5x9", "tv-1920x108", ""])
def test_what_is_no_size_is_told_with_those_that_are(name: str) -> None:
    with pytest.raises(InputError, match="is no size"):
        loop_sizes(project().resources).of(name)


def test_a_known_size_is_found_by_its_pixels_too() -> None:
    known = loop_sizes(project().resources)
    assert known.of("1920X1080").id == known.of("tv-1920x1080").id == "tv-1920x1080"
    assert known.of("640×128").preset.family == "ribbon"
    assert {size.id for size in known.sizes if size.usual} == {"tv-1920x1080", "led-512x128"}


def test_type_on_a_board_has_14_px_at_least_and_a_code_stands_from_360_px() -> None:
    known = loop_sizes(project().resources)
    assert known.of("640x64").min_text == known.of("636x636").min_text == 14
    assert known.of("640x640").min_text > 14
    assert (known.of("640x358").code, known.of("640x360").code) == (False, True)
    assert "agency" not in known.of("640x94").levels
    assert "agency" in known.of("640x96").levels


def test_animations_for_pages_have_at_most_1280_by_720_px() -> None:
    assert MOST_WEB_PX == 1280 * 720
    assert job_of("1280x720", "gif").path.endswith("1280x720.gif")
    with pytest.raises(InputError, match="too large for gif"):
        job_of("1280x722", "gif")


def with_slogan(text: str, short: str) -> AnyJob:
    job = job_of()
    slogan = Slogan(text=text, short=short)
    spec = replace(job.spec, day=replace(job.spec.day, slogan=slogan))
    return replace(job, spec=spec)


LONG = (
    "Đẩy mạnh chuyển đổi số toàn diện vì một cuộc sống tốt đẹp hơn cho mọi người dân "
    "ở khắp các thôn, buôn, bon của tỉnh nhà hôm nay!"
)


def test_a_slogan_of_128_letters_in_64_px_takes_its_short_wording_or_is_refused_by_name() -> None:
    assert len(LONG) == 128
    rendered = render(with_slogan(LONG, "Vì cuộc sống tốt đẹp hơn"), project().resources)
    assert ("slogan", "short") in rendered.facts.notes
    with pytest.raises(FitError, match="Đẩy mạnh chuyển đổi số"):
        render(with_slogan(LONG, LONG), project().resources)


def test_without_the_extra_one_word_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "find_spec", lambda name: None if name == "av" else object())
    planned = plan(project(), Wanted(kinds=("loop",), sizes=(SIZE, "512x128")))
    assert not planned.jobs
    (skip,) = planned.skipped
    assert 'pip install "dxassets[video]"' in skip.reason_vi
    assert 'pip install "dxassets[video]"' in skip.reason_en
    gif = plan(project(), Wanted(kinds=("loop",), sizes=(SIZE,), formats=("gif",)))
    assert gif.jobs
    assert not gif.skipped


def test_without_the_extra_the_backend_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "dxassets.backends.video", raising=False)
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(ImportError, match="dxassets\\[video\\]"):
        __import__("dxassets.backends.video")


def test_a_size_file_with_a_fault_is_told() -> None:
    text = (Path(__file__).parent.parent / "templates/loops.toml").read_text("utf-8")
    sizes._parsed(text.encode())
    with pytest.raises(CampaignError, match="odd side"):
        sizes._parsed(text.replace("width = 512", "width = 513").encode())


# --- what a build makes, and what is made by name


def test_a_build_makes_the_usual_sizes_of_each_day_in_its_own_look() -> None:
    jobs = plan(project(), Wanted(kinds=("loop",))).jobs
    looks = {(look.day, look.theme) for look in project().campaign.site.looks}
    assert {(job.day, job.theme) for job in jobs} == looks
    assert len(jobs) == 2 * len(looks)
    assert {job.path.rpartition(".")[2] for job in jobs} == {"mp4"}


def test_who_asks_for_presets_of_pictures_alone_gets_no_loops() -> None:
    planned = plan(project(), Wanted(presets=("button-120x60",), days=(DAY,), themes=(THEME,)))
    assert "loop" not in {job.kind for job in planned.jobs}


def test_one_loop_is_written_to_one_file(tmp_path: Path) -> None:
    file = make_loop(project(), tmp_path / "a.gif", day=DAY, theme=THEME, size=SIZE)
    assert file.read_bytes()[:6] == b"GIF89a"


def test_stills_are_numbered_and_stand_in_three_lists(tmp_path: Path) -> None:
    files = make_still_loop(project(), tmp_path, days=(DAY,), theme=THEME, size=SIZE)
    names = [file.name for file in files]
    pictures = [name for name in names if name.endswith(".png")]
    assert pictures == [f"{at:03}-{DAY}.png" for at in range(1, len(pictures) + 1)]
    said = json.loads((tmp_path / "danh-sach.json").read_text("utf-8"))
    assert [each["uri"] for each in said["anthias"]] == pictures
    assert [each["file"] for each in said["xibo"]] == pictures
    assert all(each["duration"] >= LEAST_SECONDS for each in said["xibo"])
    lines = (tmp_path / "danh-sach.m3u8").read_text("utf-8").splitlines()
    assert lines[0] == "#EXTM3U"
    assert [line for line in lines if not line.startswith("#")] == pictures
    root = ElementTree.fromstring((tmp_path / "danh-sach.xspf").read_bytes())  # noqa: S314  (our own)
    space = "{http://xspf.org/ns/0/}"
    assert [each.text for each in root.iter(f"{space}location")] == pictures
    last = Image.open(tmp_path / pictures[-1])
    assert np.array_equal(np.asarray(last.convert("RGB")), film_of().whole)


def test_a_still_stands_two_seconds_at_least() -> None:
    stills = stills_of(film_of())
    assert min(still.seconds for still in stills) >= LEAST_SECONDS
    assert np.array_equal(stills[-1].pixels, film_of().whole)


def test_titles_of_lists_are_escaped() -> None:
    day = project().campaign.days[0].period.first
    entry: Any = playlists.PlaylistEntry("001.png", "A <b> & C", 2, day, day)
    assert ElementTree.fromstring(playlists.xspf("<x>", [entry])) is not None  # noqa: S314  (our own)
