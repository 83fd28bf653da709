"""Rare photos: HDR, gamma and chromaticities of PNG, Lab, raw files, moving, without an end, in tiles."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import pyvips
from PIL import Image

from dxassets.api import Project, frame_photos
from dxassets.backends import icc_profiles, photo_limits, photos
from dxassets.backends.heif_boxes import read_heif
from dxassets.backends.photo_limits import MOST_FRAMES
from dxassets.backends.photo_tiles import Grid
from tests.photo_support import (
    KINDS,
    SMALL,
    jpeg_cuts,
    jpeg_ends,
    marked,
    png_chunk,
    portrait,
    read,
    refused,
    saved,
)
from tests.rare_photo_support import chunked, hdr_file, heif_of_tiles
from tests.test_photo_colors import to_srgb

if TYPE_CHECKING:
    from tests.conftest import Run

# --- HDR --------------------------------------------------------------------------------------------

SHOWN = {
    "pq": [(0, 0, 0), (31, 31, 31), (91, 91, 91), (138, 138, 138), (198, 198, 198), (233, 233, 233)],
    "hlg": [(0, 0, 0), (44, 44, 44), (82, 82, 82), (101, 101, 101), (125, 125, 125), (156, 156, 156)],
}
"""Grays as Chromium 150 shows them in a PNG with cICP, as measured (docs/colours.md)."""
CODES = [4 * step / 47 for step in (0, 3, 5, 6, 7, 8)]


def grays(photo: photos.Photo) -> list[Any]:
    return [photo.pixels[20, 40 * i + 20].astype(int).tolist() for i in range(len(CODES))]


@pytest.mark.parametrize("transfer", ["pq", "hlg"])
@pytest.mark.parametrize("file_format", ["png", "avif", "heif"])
def test_hdr_is_shown_as_a_browser_shows_it(file_format: str, transfer: str) -> None:
    row = np.repeat(np.array(CODES), 40)[None, :, None] * np.ones((40, 1, 3))
    found = grays(read(hdr_file(row, file_format, transfer)))
    right = np.array(SHOWN[transfer])
    assert np.abs(np.array(found) - right).max() <= 8
    assert np.abs(255 * np.array(CODES)[:, None] - right).max() > 20  # untold it would be another picture


def test_a_brighter_hdr_photo_is_pressed_harder_and_one_that_is_not_bright_stays() -> None:
    """The file says how bright it gets: at 203 cd/m², white paper's light, nothing is pressed."""
    row = np.full((40, 40, 3), 0.5)
    seen = {
        peak: int(read(hdr_file(row, "png", "pq", peak=peak)).pixels[20, 20, 0])
        for peak in (203, 204, 400, 1000, 4000)
    }
    assert seen[203] == 180  # 92.2 cd/m² of 203: 0.454 in linear light
    assert 0 <= seen[203] - seen[204] <= 1
    assert seen[204] > seen[400] > seen[1000] == seen[4000]


def test_an_icc_profile_may_say_that_a_photo_is_hdr() -> None:
    body = b"cicp" + bytes(4) + bytes((9, 16, 0, 1))
    head = struct.pack(">I", 144 + len(body)) + bytes(32) + b"acsp" + bytes(88)
    profile = head + struct.pack(">I4sII", 1, b"cicp", 144, len(body)) + body
    plain = Image.new("RGB", (64, 64), (150, 120, 110))
    told = read(saved(plain, "jpeg", icc_profile=profile)).pixels[30, 30].astype(int)
    same = read(hdr_file(np.asarray(plain) / 255, "png", "pq")).pixels[30, 30].astype(int)
    assert np.abs(told - same).max() <= 6


# --- PNG's own colours ------------------------------------------------------------------------------

ADOBE = (31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)
PATCH = (90, 170, 80)
SRGB, P3 = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))


@pytest.mark.parametrize(
    ("gamma", "colors", "meant"),
    [
        (100_000, None, (SRGB, 1.0)),  # linear light
        (55_556, None, (SRGB, 1.8)),
        (45_455, ADOBE, (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 2.2)),
        (45_455, None, (SRGB, None)),  # what programs write that mean sRGB
        (43_200, None, (SRGB, None)),
        (43_100, None, (SRGB, 2.32)),
        (47_700, None, (SRGB, None)),
        (47_800, None, (SRGB, 2.092)),
        (None, ADOBE, (SRGB, None)),  # without a gamma they count for nothing
        (0, ADOBE, (SRGB, None)),
    ],
)
def test_gamma_and_chromaticities_of_a_png_count_as_in_browsers(
    gamma: int | None, colors: tuple[int, ...] | None, meant: tuple[Any, float | None]
) -> None:
    right = to_srgb(np.array([PATCH], float), *meant)[0]
    parts = b"" if gamma is None else png_chunk(b"gAMA", struct.pack(">I", gamma))
    parts += b"" if colors is None else png_chunk(b"cHRM", struct.pack(">8I", *colors))
    plain = saved(Image.new("RGB", (64, 64), PATCH), "png")
    found = read(chunked(plain, parts)).pixels[30, 30]
    assert found == pytest.approx(right, abs=1.5)
    told = read(chunked(plain, png_chunk(b"sRGB", b"\0") + parts)).pixels[30, 30]
    assert told.tolist() == list(PATCH)  # where sRGB is said, nothing else counts


def test_numbers_in_a_png_go_before_its_gamma() -> None:
    plain = saved(Image.new("RGB", (64, 64), PATCH), "png")
    parts = png_chunk(b"gAMA", struct.pack(">I", 100_000)) + png_chunk(b"cICP", bytes((12, 13, 0, 1)))
    assert read(chunked(plain, parts)).pixels[30, 30] == pytest.approx(
        to_srgb(np.array([PATCH], float), P3, None)[0], abs=1.5
    )


# --- Lab --------------------------------------------------------------------------------------------


def lab_to_srgb(light: float, a: float, b: float) -> Any:
    """By the textbook, the white of D50 becoming that of D65."""
    f = (light + 16) / 116
    root = np.array([f + a / 500, f, f - b / 200])
    xyz = np.where(root > 6 / 29, root**3, 3 * (6 / 29) ** 2 * (root - 4 / 29)) * icc_profiles._D50
    linear = (np.linalg.inv(icc_profiles._colorants(icc_profiles.SRGB)[0]) @ xyz).clip(0, 1)
    return 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


@pytest.mark.parametrize("writer", ["pillow", "pillow, lzw", "libvips"])
def test_a_lab_tiff_of_8_bits_keeps_its_colours(writer: str) -> None:
    """L* 0 to 255, a* and b* signed (TIFF 6.0, section 23), under D50."""
    colors = np.array([(53, 0, 0), (54, 70, 60), (80, -60, 50), (70, 20, 30), (40, 10, -40)])
    if writer == "libvips":
        row: Any = pyvips.Image.new_from_array(
            colors.astype(np.float32).repeat(40, axis=0)[None].repeat(40, 0)
        )
        data = row.copy(interpretation="lab").colourspace("labq").tiffsave_buffer()
    else:
        stored = np.array([(round(light * 2.55), a & 255, b & 255) for light, a, b in colors.tolist()])
        rows = stored.astype(np.uint8).repeat(40, axis=0)[None].repeat(40, axis=0)
        image = Image.frombytes("LAB", (200, 40), rows.tobytes())
        data = saved(image, "tiff", **({"compression": "tiff_lzw"} if "lzw" in writer else {}))
    pixels = read(data).pixels.astype(int)
    for index, color in enumerate(colors):
        assert np.abs(pixels[20, 40 * index + 20] - lab_to_srgb(*color)).max() < 6, color


# --- raw files --------------------------------------------------------------------------------------

TIFF = saved(portrait(160, 120), "tiff")


@pytest.mark.parametrize("name", ["DSC_0001.NEF", "a.dng", "IMG_1.CR2", "b.Arw", "c.raf"])
@pytest.mark.parametrize("data", [TIFF, b"\0\1\2\3" * 100], ids=["its thumbnail", "nobody knows"])
def test_a_raw_file_is_told_by_its_name(name: str, data: bytes) -> None:
    told = refused(data, where=name)
    assert "RAW" in told
    assert "xuất ra JPEG" in told


def test_a_jpeg_that_is_only_called_raw_is_a_photo() -> None:
    assert read(KINDS["jpeg"], where="a.NEF").format == "jpeg"


def tiff_head(*tags: tuple[int, int]) -> bytes:
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(400)


@pytest.mark.parametrize(
    "data",
    [
        tiff_head((254, 1), (330, 200)),  # a small copy first, the photo within: NEF, ARW
        tiff_head((50706, 0x104)),  # DNGVersion
        tiff_head((262, 32803)),  # px behind a colour filter
        b"II*\0\x10\0\0\0CR\2\0" + bytes(400),
        b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + bytes(400),
        b"FUJIFILMCCD-RAW 0201" + bytes(400),
        b"IIRO\x08\0\0\0" + bytes(400),
        b"IIU\0\x08\0\0\0" + bytes(400),
    ],
    ids=["nef", "dng", "filter", "cr2", "cr3", "raf", "orf", "rw2"],
)
def test_a_raw_file_is_told_by_its_bytes(data: bytes) -> None:
    assert "xuất ra JPEG" in refused(data, where="anh.tif")
    assert "xuất ra JPEG" in refused(data, where="anh")


def test_a_tiff_is_not_taken_for_a_raw_file() -> None:
    assert read(TIFF, where="a.tif").format == "tiff"
    assert "xuất ra JPEG" not in refused(tiff_head((254, 0), (330, 200)), where="a.tif")


def test_raw_files_in_a_folder_are_told(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "anh"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(KINDS["jpeg"])
    (folder / "a.NEF").write_bytes(TIFF)
    (folder / "b.CR2").write_bytes(TIFF)
    report = frame_photos(project, [folder], out=tmp_path / "out", wanted=SMALL)
    assert len(report.of("made")) == 1
    assert [Path(each.where).name for each in report.ignored] == ["a.NEF", "b.CR2"]
    assert all("xuất ra JPEG" in told.vi for told in report.ignored)
    (alone,) = report.raw  # whose photo is there, misses nothing
    assert Path(alone.where).name == "b.CR2"


def test_a_raw_file_without_its_photo_is_told_on_the_screen(dxassets: Run, tmp_path: Path) -> None:
    folder = tmp_path / "anh"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(KINDS["jpeg"])
    for name in ("a.NEF", "b.dng", "chu.txt"):
        (folder / name).write_bytes(TIFF)
    told = dxassets("frame", folder, "--size", "256", "--focus", "center", "-o", tmp_path / "out")
    assert told.code == 0
    assert told.err.count("xuất ra JPEG") == 1
    assert "b.dng: ảnh RAW" in told.err


# --- moving pictures --------------------------------------------------------------------------------


def moving(file_format: str, empty: int, *, clear: bool = False) -> bytes:
    """So many frames of one colour (or of nothing), then somebody."""
    blank = (
        Image.new("RGBA", (64, 64), (0, 0, 0, 0)) if clear else Image.new("RGB", (64, 64), (250, 250, 250))
    )
    last = portrait(64, 64).convert(blank.mode)
    frames = [blank.copy() for _ in range(empty)]
    for number, frame in enumerate(frames):  # or an encoder makes one of all
        frame.putpixel((0, 0), (250 - number % 4, 250, 250, 0)[: len(frame.getbands())])
    frames.append(last)
    return saved(frames[0], file_format, save_all=True, append_images=frames[1:], duration=80)


@pytest.mark.parametrize("clear", [False, True], ids=["white", "nothing"])
@pytest.mark.parametrize("file_format", ["gif", "webp", "png", "avif"])
def test_of_a_moving_picture_the_first_frame_counts_that_shows_something(
    file_format: str, *, clear: bool
) -> None:
    photo = read(moving(file_format, 3, clear=clear))
    assert photo.frame == (
        2 if file_format == "webp" else 4
    )  # its encoder makes one of frames that are alike
    assert np.abs(photo.pixels.astype(int) - np.asarray(portrait(64, 64))).mean() < 20
    assert read(moving(file_format, 0)).frame == 1


def test_a_hundred_frames_are_looked_at_and_no_more() -> None:
    assert read(moving("gif", MOST_FRAMES - 1)).frame == MOST_FRAMES
    assert read(moving("gif", MOST_FRAMES)).frame == 1


@pytest.mark.parametrize(("apart", "frame"), [(photos.BLANK, 2), (photos.BLANK + 1, 1)])
def test_a_frame_is_blank_whose_px_differ_by_sixteen_of_255(apart: int, frame: int) -> None:
    faint = Image.new("RGB", (64, 64), (100, 100, 100))
    faint.paste((100, 100 + apart, 100), (10, 10, 20, 20))
    data = saved(faint, "png", save_all=True, append_images=[portrait(64, 64)], duration=80)
    assert read(data).frame == frame


def test_a_blank_photo_that_does_not_move_stays_and_so_does_a_film_of_nothing() -> None:
    assert read(saved(Image.new("RGB", (64, 64)), "gif")).frame == 1
    frames = [Image.new("RGB", (64, 64), (value, value, value)) for value in (0, 90, 200)]
    film = read(saved(frames[0], "gif", save_all=True, append_images=frames[1:], duration=80))
    assert (film.frame, film.pixels.max()) == (1, 0)


# --- without an end ---------------------------------------------------------------------------------

JPEGS = [kind for kind in KINDS if kind.startswith("jpeg")]


@pytest.mark.parametrize("left", [0, 1])
@pytest.mark.parametrize("kind", JPEGS)
def test_a_jpeg_that_lacks_only_its_end_is_read(kind: str, left: int) -> None:
    data = KINDS[kind]
    assert data.endswith(b"\xff\xd9")
    photo, whole = read(data[: len(data) - 2 + left]), read(data)
    assert (photo.ended, whole.ended) == (False, True)
    assert np.array_equal(photo.pixels, whole.pixels)


@pytest.mark.parametrize("kind", JPEGS)
def test_a_jpeg_that_lacks_more_than_its_end_is_refused(kind: str) -> None:
    data = KINDS[kind][:-2]
    for less in (8, 40, 200):
        assert "chưa tải về đủ" in refused(data[:-less])


@pytest.mark.parametrize("name", jpeg_ends())
def test_ends_are_judged_as_on_the_web_page(name: str) -> None:
    data, is_whole = jpeg_ends()[name]
    if is_whole:
        assert not read(data).ended
    else:
        assert "chưa tải về đủ" in refused(data)


@pytest.mark.parametrize("name", jpeg_cuts())
def test_an_end_that_was_put_behind_is_judged_as_on_the_web_page(name: str) -> None:
    data, is_whole = jpeg_cuts()[name]
    if is_whole:
        assert read(data).ended
    else:
        assert "chưa tải về đủ" in refused(data)


def test_both_are_told_in_the_report(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "anh"
    folder.mkdir()
    (folder / "cut.jpg").write_bytes(KINDS["jpeg"][:-2])
    (folder / "film.gif").write_bytes(moving("gif", 2))
    for _ in range(2):  # and again when nothing has to be made
        report = frame_photos(project, [folder], out=tmp_path / "out", wanted=SMALL)
        told = {Path(photo.photo).name: " ".join(note.vi for note in photo.notes) for photo in report.photos}
        assert "thiếu dấu kết thúc" in told["cut.jpg"]
        assert "khung hình thứ 3" in told["film.gif"]


# --- pictures of tiles ------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["heif", "avif"])
@pytest.mark.parametrize("turn", [b"", b"irot\1", b"irot\3", b"imir\0", b"imir\1"])
def test_tiles_are_put_together_as_the_decoder_does(
    file_format: str, turn: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = heif_of_tiles(marked(250, 120), file_format, tile=64, turn=turn)
    whole = read(data, least=60)
    monkeypatch.setattr(photos, "fits", lambda *_, **__: False)
    parts = read(data, least=60)
    assert (parts.width, parts.height) == (whole.width, whole.height)
    assert parts.pixels.shape == whole.pixels.shape
    assert np.abs(parts.pixels.astype(int) - whole.pixels).mean() < 1.5


def test_a_picture_of_67_megapixels_in_tiles_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a HEIC may have at once; 64 small tiles stand for what a phone has."""
    data = heif_of_tiles(marked(8192, 8192), "heif", tile=1024, same=True)
    photo = read(data, least=300)
    assert (photo.width, photo.height, photo.step) == (8192, 8192, 8)
    assert photo.pixels.shape == (1024, 1024, 3)
    monkeypatch.setattr(photos, "grid_of", lambda _: None)
    assert "đến 62 MP" in refused(data)


@pytest.mark.parametrize(("width", "known"), [(4096, True), (4097, False)])
def test_a_picture_has_at_most_4096_tiles(width: int, *, known: bool) -> None:
    """64 × 64 tiles of 64 px, and a column more."""
    data = heif_of_tiles(Image.new("RGB", (width, 4096)), "heif", tile=64, same=True)
    assert (photos.grid_of(data) is not None) is known


@pytest.mark.parametrize(("file_format", "most"), [("heif", 62), ("avif", 60), ("png", 91)])
def test_how_large_a_photo_may_be_is_told_in_megapixels(file_format: Any, most: int) -> None:
    with pytest.raises(photo_limits.PhotoError) as caught:
        photo_limits.check_size(20_000, 10_000, file_format=file_format, where="x", held=0)
    (problem,) = caught.value.problems
    assert f"đến {most} MP" in problem.vi
    assert f"up to {most} MP" in problem.en


@pytest.mark.parametrize("file_format", ["heif", "avif"])
def test_boxes_that_do_not_fit_together_are_no_picture(file_format: str) -> None:
    data = heif_of_tiles(marked(128, 128), file_format, tile=64)
    assert read_heif(data) is not None
    chance = np.random.default_rng(5)
    for _ in range(300):
        spoilt = bytearray(data)
        for at in chance.integers(0, 700, 4):
            spoilt[at] = chance.integers(256)
        found = read_heif(bytes(spoilt))
        assert found is None or found.meta.primary in found.meta.kinds
        assert isinstance(photos.grid_of(bytes(spoilt)), Grid | None)
