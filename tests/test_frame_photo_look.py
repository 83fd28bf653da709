"""`dxassets frame`: one photo, where it lies in the frame, and the preview of many."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dxassets.api import FrameWanted, Project, frame_photo, frame_photos
from dxassets.backends.rasterizer import pixels_to_png, read_pixels
from dxassets.errors import InputError, PhotoError
from dxassets.kinds.frame.preview import SIDES, in_circle
from tests.photo_support import (
    BLUE,
    FORMATS,
    RED,
    SMALL,
    exif,
    in_file,
    names_in,
    photo_bytes,
    photo_folder,
    picture,
    put,
    saved,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return photo_folder(tmp_path / "ảnh nhân viên")


def test_one_photo_is_made_and_nothing_else_is_left(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "Nguyễn Văn An.jpg")
    report = frame_photos(project, [photo], out=tmp_path / "out", wanted=SMALL)
    assert report.exit_code == 0
    assert report.table is None
    assert names_in(tmp_path / "out") == {"Nguyễn Văn An-khung-10-10.jpg"}
    beside = frame_photos(project, [photo], out=tmp_path, wanted=SMALL)
    assert beside.photos[0].result == tmp_path / "Nguyễn Văn An-khung-10-10.jpg"
    assert names_in(tmp_path) == {"Nguyễn Văn An.jpg", "Nguyễn Văn An-khung-10-10.jpg"}


def test_one_photo_to_a_file_is_never_written_over_itself(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "an.jpg")
    made = frame_photo(project, photo, file=tmp_path / "khung.png", wanted=SMALL)
    assert read_pixels(made.read_bytes()).shape == (256, 256, 3)
    (tmp_path / "link.jpg").symlink_to(photo)
    for target in (photo, tmp_path / "link.jpg"):
        with pytest.raises(PhotoError, match="itself"):
            frame_photo(project, photo, file=target, wanted=SMALL)
    with pytest.raises(InputError, match="suffix"):
        frame_photo(project, photo, file=tmp_path / "a.gif", wanted=SMALL)
    assert photo.read_bytes() == photo_bytes()


@pytest.mark.parametrize(
    ("focus", "near"),
    [("0,0.5", RED), ("0%,50%", RED), ("1,0.5", BLUE), ("100%, 50%", BLUE)],
)
def test_the_point_of_focus_lies_in_the_opening(
    project: Project, tmp_path: Path, focus: str, near: tuple[int, int, int]
) -> None:
    photo = tmp_path / "an.png"
    photo.write_bytes(photo_bytes(40, "png"))
    wanted = FrameWanted(size=256, focus=focus, format="png")
    (made,) = frame_photos(project, [photo], out=tmp_path / "out", wanted=wanted).photos
    assert made.result is not None
    pixels = read_pixels(made.result.read_bytes())
    hole = pixels[80:150, 80:176].astype(int)
    assert np.abs(hole - near).max() < 6
    assert made.framed is not None
    assert (made.framed.found, made.framed.focus_x) == ("point", 0.25 if near == RED else 0.75)


def test_zoom_and_rotation_are_what_was_asked_for(project: Project, tmp_path: Path) -> None:
    photo = tmp_path / "an.png"
    photo.write_bytes(photo_bytes(40, "png"))

    def column(wanted: FrameWanted) -> np.ndarray:
        made = frame_photo(project, photo, file=tmp_path / "out.png", wanted=wanted)
        return read_pixels(made.read_bytes()).astype(int)[60:170, 128]

    assert np.abs(column(FrameWanted(size=256, focus="0.45,0.5", zoom=4)) - RED).max() < 6
    turned = column(FrameWanted(size=256, focus="center", rotate=90))
    assert np.abs(turned[:40] - RED).max() < 6  # clockwise: what was left is up
    assert np.abs(turned[-40:] - BLUE).max() < 6


def test_a_circle_is_see_through_as_png_and_white_as_jpg(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "an.jpg")
    wanted = FrameWanted(size=256, focus="center", circle=True)
    clear = read_pixels(frame_photo(project, photo, file=tmp_path / "a.png", wanted=wanted).read_bytes())
    white = read_pixels(frame_photo(project, photo, file=tmp_path / "a.jpg", wanted=wanted).read_bytes())
    assert clear.shape == (256, 256, 4)
    assert clear[0, 0, 3] == clear[255, 255, 3] == 0
    assert clear[128, 128, 3] == 255
    assert white[0, 0].min() > 250


@pytest.mark.parametrize("result", ["jpg", "png", "webp"])
def test_photos_of_every_kind_come_upright_and_without_what_a_phone_writes_about_a_place(
    project: Project, tmp_path: Path, result: str
) -> None:
    photos = tmp_path / "ảnh"
    photos.mkdir()
    tags = exif(6, place=True)
    assert b"Secret Camera" in tags
    for kind in FORMATS:
        said = {} if kind in {"bmp", "gif"} else {"exif": tags}
        turned = in_file(halves(), 6) if said else halves()
        (photos / f"an.{kind}").write_bytes(saved(turned, kind, **said))
    wanted = FrameWanted(size=256, focus="center", format=result)
    report = frame_photos(project, [photos], out=tmp_path / "out", wanted=wanted)
    assert [(photo.photo, photo.problems) for photo in report.of("failed")] == []
    assert len(report.of("made")) == len(FORMATS)
    for photo in report.photos:
        data = photo.result.read_bytes() if photo.result else b""
        assert b"Secret" not in data
        assert b"Exif" not in data
        column = read_pixels(data)[:, 128].astype(int)
        assert np.abs(column[80:100] - RED).max() < 40, photo.photo
        assert np.abs(column[130:150] - BLUE).max() < 40, photo.photo


def halves() -> Image.Image:
    """Red above blue, upright."""
    return Image.fromarray(picture()).transpose(Image.Transpose.ROTATE_270)


def test_a_photo_smaller_than_the_frame_is_made_and_told(project: Project, tmp_path: Path) -> None:
    wanted = FrameWanted(size=1080, focus="center")
    (made,) = frame_photos(project, [put(tmp_path / "an.jpg")], out=tmp_path / "o", wanted=wanted).photos
    assert made.status == "made"
    assert "mờ" in made.notes[0].vi


def test_auto_focus_never_fails_and_says_what_it_found(project: Project, tmp_path: Path) -> None:
    flat = tmp_path / "trơn.png"
    flat.write_bytes(pixels_to_png(np.full((300, 200, 3), 128, np.uint8)))
    (made,) = frame_photos(project, [flat], out=tmp_path / "o", wanted=FrameWanted(size=256)).photos
    assert made.framed is not None
    assert made.framed.found == "third"
    assert made.framed.focus_y < 0.5
    assert "một phần ba trên" in made.how


def test_the_preview_shows_each_result_at_its_px_on_light_and_on_dark(project: Project, folder: Path) -> None:
    report = frame_photos(project, [folder], out=folder / "k", wanted=SMALL, preview=True)
    assert report.preview is not None
    page = read_pixels(report.preview.read_bytes())
    first = report.photos[0].result
    assert first is not None
    for side in SIDES:
        circle = in_circle(read_pixels(first.read_bytes()), side)
        whole = circle[..., 3] == 255
        places = 0
        for y, x in np.argwhere(np.all(page == circle[side // 2, side // 2, :3], axis=2)):
            top, left = y - side // 2, x - side // 2
            room = page[top : top + side, left : left + side]
            same = room.shape[:2] == (side, side) and np.array_equal(room[whole], circle[whole][:, :3])
            places += int(same)
        assert places == 2, side
