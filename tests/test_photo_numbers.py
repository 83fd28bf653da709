"""Each number that a photo and its frame are held to, on both sides of its limit."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock, call

import numpy as np
import pytest
from PIL import Image

from dxassets.api import Project, frame_photos
from dxassets.api.framing import naming, preview
from dxassets.api.framing.report import FramedPhoto, FramesReport
from dxassets.api.framing.wanted import drawn_frame
from dxassets.backends import photos
from dxassets.backends.photo_limits import check_size, without_padding
from dxassets.colors import Rgb
from dxassets.errors import InputError, PhotoError
from dxassets.runners.photos import FramedFile, PhotoOutcome, PhotoTask, _unfit
from tests.photo_support import KINDS, SMALL, put


def refused(message: str, *, when: bool) -> AbstractContextManager[Any]:
    return pytest.raises((PhotoError, InputError), match=message) if when else nullcontext()


# --- how large a photo may be -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "small"), [((32, 4000), False), ((4000, 32), False), ((31, 4000), True), ((4000, 31), True)]
)
def test_a_photo_has_32_px_on_its_short_side(size: tuple[int, int], *, small: bool) -> None:
    with refused("too small", when=small):
        check_size(*size, file_format="png", where="x", held=0)


MOST = {"png": 9.5, "webp": 17.2, "heif": 14.0, "avif": 14.5, "tiff": 9.5, "bmp": 9.0, "gif": 10.2}
"""Bytes that each format's decoder needs for a px, as measured; test_photo_sizes measures them again."""


@pytest.mark.parametrize("file_format", MOST)
def test_a_photo_fits_into_870_mb_with_its_file(file_format: Any) -> None:
    """So many px that its decoder fills all but 20 MB, in which its file must fit."""
    pixels = int(850e6 / MOST[file_format])
    width, height = pixels // 1000, 1000
    needed = width * height * MOST[file_format]
    for over in (-1, 1):
        with refused("too large", when=over > 0):
            check_size(width, height, file_format=file_format, where="x", held=870e6 - needed + over)


@pytest.mark.parametrize(("width", "large"), [(26_000, False), (26_001, True)])
def test_no_photo_has_more_than_260_million_px(width: int, *, large: bool) -> None:
    with refused("too large", when=large):
        check_size(width, 10_000, file_format="jpeg", where="x", held=0)


@pytest.mark.parametrize(
    ("size", "step"), [((6000, 4000), 1), ((6001, 4001), 2), ((12_000, 8000), 2), ((12_001, 8001), 3)]
)
def test_a_photo_keeps_24_million_px_however_near_one_looks(size: tuple[int, int], step: int) -> None:
    image = Mock(width=size[0], height=size[1], size=size)  # never held in memory
    assert photos._reduced(image, 1e9)[1] == step
    assert image.reduce.mock_calls == ([call(step)] if step > 1 else [])


@pytest.mark.parametrize(("least", "step"), [(100, 2), (101, 1), (66, 3), (34, 5), (33, 6)])
def test_a_reduced_photo_keeps_twice_what_is_drawn_of_it(least: float, step: int) -> None:
    """400 px on the short side."""
    assert photos._reduced(Image.new("L", (700, 400)), least)[1] == step


@pytest.mark.parametrize(("scans", "endless"), [(133, False), (134, True)])
def test_a_progressive_jpeg_has_4_thousand_million_px_in_all_its_scans(
    monkeypatch: pytest.MonkeyPatch, scans: int, *, endless: bool
) -> None:
    """30 million px each: told by the head, before any scan is read."""

    class Head:
        kept, layered, whole, ended, broken_off = 0, True, False, True, False

        def __init__(self, *_: object) -> None:
            self.scans = scans

    class Opened:
        size, layer, info = (6000, 5000), [(1, 1, 1, 0)] * 3, {"progressive": 1}

        class fp:  # noqa: N801
            @staticmethod
            def tell() -> int:
                return 0

        def draft(self, *_: object) -> None:
            return None

        load = draft

    monkeypatch.setattr(photos, "JpegHead", Head)
    with pytest.raises(PhotoError, match="too large" if endless else "damaged"):
        photos._decoded_jpeg(Opened(), photos._PhotoFile(b"", "jpeg", 0, "x", 600, Rgb(255, 255, 255)))


@pytest.mark.parametrize(("zeros", "cut"), [(255, False), (256, True), (5000, True)])
def test_from_256_zeros_on_they_are_no_part_of_a_photo(zeros: int, *, cut: bool) -> None:
    whole = KINDS["png"]
    assert not whole.endswith(b"\0")
    kept = without_padding(whole + bytes(zeros), "png", "x")
    assert kept == (whole if cut else whole + bytes(zeros))


@pytest.mark.parametrize(("size", "large"), [(256_000_000, False), (256_000_001, True)])
def test_a_file_of_256_mb_is_read_and_a_larger_one_is_not(size: int, *, large: bool) -> None:
    regular = 0o100644
    assert (_unfit(os.stat_result((regular, 0, 0, 1, 0, 0, size, 0, 0, 0))) is not None) is large


# --- what may be asked of a frame ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "good", "bad"),
    [
        ("size", (200, 2048), (199, 2049)),
        ("zoom", (1.0, 8.0), (0.99, 8.01)),
        ("rotate", (-360.0, 360.0), (-360.1, 360.1)),
        ("focus", ("0,0", "1,1", "0%,100%"), ("-0.01,0", "0,1.01", "0%,101%")),
    ],
)
def test_a_number_on_the_edge_is_taken_and_one_beyond_is_told(
    project: Project, option: str, good: tuple[Any, ...], bad: tuple[Any, ...]
) -> None:
    for value in good:
        assert drawn_frame(project, replace(SMALL, **{option: value}))
    for value in bad:
        with pytest.raises(InputError, match=f"--{option}"):
            drawn_frame(project, replace(SMALL, **{option: value}))


@pytest.mark.parametrize(("scale", "soft"), [(1.5, False), (1.51, True)])
def test_a_photo_enlarged_more_than_half_as_much_again_is_told_as_soft(scale: float, *, soft: bool) -> None:
    made = FramedFile("", "", 0, "face", 0.5, 0.5, 1.0, scale)
    assert (len(FramedPhoto("an.jpg", "made", Path("an"), made).notes) == 1) is soft


@pytest.mark.parametrize(("count", "told"), [(6, False), (7, True)])
def test_a_preview_shows_six_photos_and_says_of_how_many(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, *, told: bool
) -> None:
    drawn: list[tuple[str, int]] = []

    def draw(_title: str, subtitle: str, shown: list[object], **_: object) -> np.ndarray:
        drawn.append((subtitle, len(shown)))
        return np.zeros((1, 1, 3), dtype=np.uint8)

    monkeypatch.setattr(preview, "draw_preview", draw)
    photo = put(tmp_path / "an.png")
    rows = tuple(FramedPhoto(f"{at}.png", "made", photo) for at in range(count))
    preview.preview_of(project, FramesReport(tmp_path, rows, (), 0.0), side=1080)
    ((subtitle, shown),) = drawn
    assert shown == 6
    assert (f"trong {count} ảnh" in subtitle) is told


def test_from_16_photos_on_one_more_process_pays(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def frame_all(tasks: list[PhotoTask], _kit: object, *, workers: int, observe: Any) -> None:
        asked.append(workers)
        for task in tasks:
            observe(PhotoOutcome(task, FramedFile("", "", 0, "center", 0.5, 0.5, 1.0, 1.0)))

    monkeypatch.setattr("dxassets.api.framing.running.frame_all", frame_all)
    for at in range(33):
        (tmp_path / f"{at:02}.jpg").write_bytes(KINDS["jpeg"])
    for count, jobs in ((16, 8), (17, 8), (32, 8), (33, 8), (33, 2)):
        places = [tmp_path / f"{at:02}.jpg" for at in range(count)]
        frame_photos(project, places, out=tmp_path / f"out {count} {jobs}", wanted=SMALL, jobs=jobs)
    assert asked == [1, 2, 2, 3, 2]


# --- names --------------------------------------------------------------------------------------------


def test_a_results_name_fills_255_bytes_with_room_for_a_number_and_no_more() -> None:
    tail = "-khung-10-10.jpg"
    room = 255 - len(tail) - len("-1000000")
    for length, kept in ((room, room), (room + 1, room), (900, room)):
        (name,) = naming.assign_names([("a", "x" * length)], tail=tail, known={}, taken=())
        assert len(name) - len(tail) == kept
    assert naming.cut("ế" * 10, 30) == "ế" * 10
    assert naming.cut("ế" * 10, 29) == "ế" * 9
