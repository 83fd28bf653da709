"""The photos that tests read: all drawn here, in every format, turned, in other colours, and broken."""

from __future__ import annotations

import csv
import io
import os
import struct
import sys
import zlib
from functools import cache
from pathlib import Path
from subprocess import run
from typing import Any

import numpy as np
import pillow_heif
import pytest
import pyvips
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from dxassets.api import FramesReport, FrameWanted
from dxassets.backends import icc_profiles
from dxassets.backends.icc_profiles import Primaries, rgb_profile
from dxassets.backends.photos import Photo, read_photo
from dxassets.backends.rasterizer import encode_pixels
from dxassets.colors import Rgb
from dxassets.errors import PhotoError

Reals = NDArray[np.floating[Any]]
ROOT = Path(__file__).parent.parent
FORMATS = ("jpeg", "png", "webp", "heif", "avif", "tiff", "bmp", "gif")
WHITE = Rgb(255, 255, 255)
SEND_AGAIN = "gửi lại ảnh gốc"
"""What whoever sent a broken photo is asked to do."""
SMALL = FrameWanted(size=256, focus="center")
"""A frame that is soon made, without looking for a face."""
TAIL = "-khung-10-10.jpg"
"""How the name of such a frame ends."""
RED, BLUE = (200, 30, 40), (20, 60, 200)
ADOBE_RGB = rgb_profile("Adobe RGB", Primaries((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), curve=(2.19921875,))
GRAY_GAMMA_1_8 = icc_profiles._profile(
    b"GRAY",
    icc_profiles._named("Gray gamma 1.8")
    | {b"wtpt": icc_profiles._xyz(icc_profiles._D50), b"kTRC": icc_profiles._parametric((1.8,))},
)
CORNERS = {"top-left": (230, 30, 30), "top-right": (30, 200, 40), "bottom-left": (40, 60, 230)}
"""The marks of `marked`, by the corner of the upright photo where each belongs; the fourth is yellow."""
CORNERS["bottom-right"] = (240, 220, 30)
_TO_FILE = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture lies in a file whose EXIF orientation is the key (CIPA DC-008, 4.6.5.1.6)."""


# --- pictures ---------------------------------------------------------------------------------------


def portrait(width: int, height: int, *, seed: int = 7) -> Image.Image:
    """Somebody's head and shoulders before a soft ground, with the grain of a sensor."""
    across, down = np.linspace(0, 1, width), np.linspace(0, 1, height)
    ground = np.stack(
        np.broadcast_arrays(70 + 90 * across[None, :], 120 + 70 * down[:, None], 150 - 60 * down[:, None]), -1
    )
    image = Image.fromarray(ground.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    unit, middle, top = min(width, height) / 10, width / 2, height * 0.4

    def oval(x: float, y: float, wide: float, high: float, color: str) -> None:
        x, y = middle + x * unit, top + y * unit
        draw.ellipse((x - wide * unit, y - high * unit, x + wide * unit, y + high * unit), fill=color)

    oval(0, 5.6, 4.0, 3.4, "#24476b")
    oval(0, 2.2, 0.8, 1.4, "#c98f6d")
    oval(0, -0.5, 1.9, 2.3, "#1d1512")
    oval(0, 0, 1.6, 2.0, "#dba582")
    for side in (-1, 1):
        oval(side * 0.6, -0.2, 0.28, 0.16, "#ffffff")
        oval(side * 0.6, -0.2, 0.13, 0.14, "#2a1a10")
    oval(0, 1.0, 0.5, 0.14, "#a4443c")
    image = image.filter(ImageFilter.GaussianBlur(unit / 25))
    grain = np.random.default_rng(seed).normal(0, 4, (height, width, 1))
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))


def marked(width: int, height: int) -> Image.Image:
    """Gray, with a colour in each corner, a fifth of the short side large."""
    image = Image.new("RGB", (width, height), (120, 120, 120))
    mark = min(width, height) // 5
    for corner, color in CORNERS.items():
        x = width - mark if "right" in corner else 0
        y = height - mark if "bottom" in corner else 0
        image.paste(color, (x, y, x + mark, y + mark))
    return image


def waves(x: Reals, y: Reals, length: float) -> Reals:
    """A colour for every point (px, counted from the photo's corner), of waves `length` px long."""
    turn = 2 * np.pi / length
    return np.stack(
        [
            128 + 100 * np.sin(turn * x) * np.cos(turn * y / 2),
            128 + 100 * np.cos(turn * y),
            128 + 60 * np.sin(turn * (x + y) / 2) + 40 * np.cos(turn * x / 4),
        ],
        axis=-1,
    )


def waved(width: int, height: int, length: float) -> Image.Image:
    """`waves` as a photo: each px the colour of its middle."""
    x, y = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return Image.fromarray(waves(x, y, length).round().astype(np.uint8))


# --- files ------------------------------------------------------------------------------------------


def saved(image: Image.Image, file_format: str, **options: Any) -> bytes:
    """The picture as a file's bytes; as good as the format can, unless told."""
    if file_format == "heif":
        held = pillow_heif.from_pillow(image)
        out = io.BytesIO()
        held.save(out, **({"quality": 90} | options))
        return out.getvalue()
    defaults: dict[str, dict[str, Any]] = {
        "jpeg": {"quality": 95, "subsampling": 0},
        "webp": {"quality": 95},
        "avif": {"quality": 92, "speed": 9, "subsampling": "4:4:4"},
    }
    out = io.BytesIO()
    image.save(out, file_format.upper(), **(defaults.get(file_format, {}) | options))
    return out.getvalue()


def exif(orientation: int = 1, *, place: bool = False) -> bytes:
    """EXIF with an orientation and, with `place`, where and with what the photo was taken."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    if place:
        tags[0x010F], tags[0x0110] = "Somebody", "Secret Camera 1"
        tags.get_ifd(0x8825).update({1: "N", 2: (12.0, 0.0, 16.5), 3: "E", 4: (107.0, 41.0, 24.0)})
    return tags.tobytes()


def in_file(image: Image.Image, orientation: int) -> Image.Image:
    """The upright picture as it lies in a file with that EXIF orientation."""
    turn = _TO_FILE[orientation]
    return image if turn is None else image.transpose(turn)


@cache
def vips_profile(name: str) -> bytes:
    """One of the profiles that libvips carries: `p3`, `cmyk`, `srgb`."""
    loaded: Any = pyvips.Operation.call("profile_load", name)
    return bytes(loaded.get_value() if hasattr(loaded, "get_value") else loaded)


def animation(file_format: str, first: str, second: str) -> bytes:
    """Two frames, 64 × 64."""
    frames = [Image.new("RGB", (64, 64), color) for color in (first, second)]
    return saved(frames[0], file_format, save_all=True, append_images=frames[1:], duration=80)


def png_head(width: int, height: int, *, depth: int = 8, color: int = 2) -> bytes:
    """The start of a PNG, up to its first data."""
    return b"\x89PNG\r\n\x1a\n" + png_chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    )


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk with its length and checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A true PNG of that many black px, gray, a few MB long: one deflated block, again and again."""
    length = (width + 1) * height
    block = 1 << 20
    press = zlib.compressobj(9)
    head = press.compress(bytes(block)) + press.flush(zlib.Z_FULL_FLUSH)
    body = press.compress(bytes(block)) + press.flush(zlib.Z_FULL_FLUSH)
    tail = press.compress(bytes(length % block)) + press.flush(zlib.Z_FINISH)
    checksum = struct.pack(">I", (length % 65521) << 16 | 1)  # Adler-32 of zeros
    data = head + body * (length // block - 1) + tail[:-4] + checksum
    return png_head(width, height, color=0) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def large_jpeg(width: int, height: int, **options: Any) -> bytes:
    """A JPEG with something to see all over it, made without ever holding all its px."""
    tile = pyvips.Image.new_from_array(np.asarray(portrait(1024, 1024))).copy(interpretation="srgb")
    picture: Any = tile.replicate(-(-width // 1024), -(-height // 1024)).crop(0, 0, width, height)
    return picture.jpegsave_buffer(Q=85, **options)


def see_through() -> Image.Image:
    """Red: whole, half and not at all, each 30 px wide."""
    image = Image.new("RGBA", (90, 40))
    for index, alpha in enumerate((255, 128, 0)):
        image.paste((220, 20, 40, alpha), (30 * index, 0, 30 * index + 30, 40))
    return image


KINDS = {
    "jpeg": saved(portrait(160, 120), "jpeg"),
    "jpeg, progressive": saved(portrait(160, 120), "jpeg", progressive=True),
    "jpeg, gray": saved(portrait(160, 120).convert("L"), "jpeg"),
    "jpeg, optimised, halved chroma": saved(portrait(160, 120), "jpeg", optimize=True, subsampling=2),
    "jpeg, restarts": saved(portrait(160, 120), "jpeg", restart_marker_rows=1),
    "jpeg, cmyk": saved(portrait(160, 120).convert("CMYK"), "jpeg"),
    "png": saved(portrait(160, 120), "png"),
    "webp": saved(portrait(160, 120), "webp"),
    "webp, lossless": saved(portrait(160, 120), "webp", lossless=True),
    "heif": saved(portrait(160, 120), "heif"),
    "avif": saved(portrait(160, 120), "avif"),
    "tiff": saved(portrait(160, 120), "tiff"),
    "tiff, lzw": saved(portrait(160, 120), "tiff", compression="tiff_lzw"),
    "tiff, jpeg": saved(portrait(160, 120), "tiff", compression="jpeg"),
    "tiff, deflate": saved(portrait(160, 120), "tiff", compression="tiff_adobe_deflate"),
    "bmp": saved(portrait(160, 120), "bmp"),
    "gif": saved(portrait(160, 120), "gif"),
}
"""A photo of every kind that is read, by its name."""


# --- reading ----------------------------------------------------------------------------------------


def read(data: bytes, *, least: float = 10_000.0, ground: Rgb = WHITE, where: str = "ảnh.jpg") -> Photo:
    """The photo, whole unless `least` says otherwise."""
    return read_photo(data, where=where, least=least, ground=ground)


def refused(data: bytes, *, least: float = 10_000.0, where: str = "ảnh.jpg") -> str:
    """The Vietnamese words with which `data` is refused."""
    with pytest.raises(PhotoError) as caught:
        read(data, least=least, where=where)
    (problem,) = caught.value.problems
    assert problem.where == where
    assert problem.en.isascii() or "×" in problem.en
    assert caught.value.exit_code == 2
    return problem.vi


_MEASURED = """
import re, sys
from pathlib import Path
from dxassets.backends.photos import read_photo
from dxassets.colors import Rgb
from dxassets.errors import PhotoError
try:
    data, least = Path(sys.argv[1]).read_bytes(), float(sys.argv[2])
    photo = read_photo(data, where="x", least=least, ground=Rgb(0, 0, 0))
    told = f"{photo.width} {photo.height} {photo.step}"
except PhotoError as error:
    told = str(error)
# not getrusage: its number begins with that of the process that started this one
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024, told)
"""


def peak_memory(file: Path, *, least: float) -> tuple[int, str]:
    """MB that a fresh process needs at most to read a photo, and what came of it (Linux only)."""
    command = [sys.executable, "-c", _MEASURED, str(file), str(least)]
    done = run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    megabytes, _, told = done.stdout.strip().partition(" ")
    return int(megabytes), told


# --- ends of files ------------------------------------------------------------------------------------


@cache
def jpeg_ends() -> dict[str, tuple[bytes, bool]]:
    """JPEGs without an end marker, and whether their picture is whole; the web page is held to them, too."""
    found: dict[str, tuple[bytes, bool]] = {}
    for kind, options in (("plain", {}), ("progressive", {"progressive": True})):
        data = saved(portrait(320, 240), "jpeg", quality=88, **options)
        assert data.endswith(b"\xff\xd9")
        found |= {
            f"{kind}, no end": (data[:-2], True),
            f"{kind}, half an end": (data[:-1], True),
            f"{kind}, eight bytes less": (data[:-10], False),
            f"{kind}, half of it": (data[: len(data) // 2], False),
            f"{kind}, zeros for its end": (data[:-40] + bytes(40), False),
        }
    found["progressive, a scan less"] = (data[: data.rindex(b"\xff\xda")], False)
    return found


@cache
def jpeg_cuts() -> dict[str, tuple[bytes, bool]]:
    """JPEGs with an end marker, and whether their picture is whole; the web page is held to them, too.

    Some programs put a marker behind what arrived of a file, and decoders paint the rest gray.
    """
    found: dict[str, tuple[bytes, bool]] = {}
    drawn, end = portrait(320, 240), b"\xff\xd9"
    for kind, options in (
        ("plain", {}),
        ("progressive", {"progressive": True}),
        ("lying", {"exif": exif(6)}),
    ):
        data = saved(drawn, "jpeg", quality=88, **options)
        half, most = (data[: int(len(data) * share)].rstrip(b"\xff") + end for share in (0.5, 0.95))
        found |= {
            f"{kind}, half of it": (half, False),
            f"{kind}, most of it": (most, False),
            f"{kind}, all of it": (data, True),
        }
    data = found["progressive, all of it"][0]
    found["progressive, a scan less"] = (data[: data.rindex(b"\xff\xda")] + end, False)
    gray = Image.new("RGB", (320, 240), (128, 128, 128))
    found["as gray as what is missing"] = (saved(gray, "jpeg"), True)
    found["half of it, a picture behind"] = (found["plain, half of it"][0] + data, False)
    return found


# --- framing ----------------------------------------------------------------------------------------


def picture(left: tuple[int, int, int] = RED, right: tuple[int, int, int] = BLUE) -> np.ndarray:
    """Twice as wide as high, one colour in each half."""
    pixels = np.empty((200, 400, 3), dtype=np.uint8)
    pixels[:, :200], pixels[:, 200:] = left, right
    return pixels


def photo_bytes(shade: int = 0, file_format: str = "jpg") -> bytes:
    encoded = encode_pixels(picture((200, 30, shade)), file_format, None)  # pyright: ignore[reportArgumentType]
    assert encoded is not None
    return encoded.data


def put(path: Path, shade: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(photo_bytes(shade, "png" if path.suffix == ".png" else "jpg"))
    return path


def photo_folder(photos: Path) -> Path:
    """Four photos, one of them below, and one file that is none."""
    for shade, name in enumerate(("Nguyễn Văn An.jpg", "Nguyễn Văn An.png", "H'Liêu Niê.jpg")):
        put(photos / name, shade)
    put(photos / "phòng 2/Nguyễn Văn An.jpg", 9)
    (photos / "xấu.jpg").write_text("đây là văn bản", encoding="utf-8")
    return photos


def rows_of(report: FramesReport) -> list[dict[str, str]]:
    assert report.table is not None
    data = report.table.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def statuses(report: FramesReport) -> dict[str, str]:
    return {Path(photo.photo).name: photo.status for photo in report.photos}


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


def lock(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Folders of that name can't be looked into, whoever runs the tests."""
    scandir = os.scandir

    def refusing(path: str | Path) -> object:
        if str(path).endswith(folder):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
