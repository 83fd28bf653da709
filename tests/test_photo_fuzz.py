"""Thousands of spoiled files of each format: read or refused in words; no crash, no hang, no memory gone.

Each format is read in a process of its own, so that a crash of a decoder is seen as one. All is
seeded: the same spoiled files each time, and the number of the one that broke its reader is told.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pytest
import pyvips
from PIL import Image

from dxassets.backends.photos import read_photo
from dxassets.errors import PhotoError
from dxassets.framing import Opening, Placement
from dxassets.renderers.photo import FrameLayer, frame_photo
from tests.photo_support import (
    ADOBE_RGB,
    FORMATS,
    ROOT,
    WHITE,
    animation,
    exif,
    portrait,
    saved,
    vips_profile,
)

FILES = 2_500
HANG_SECONDS, MOST_MEGABYTES = 10, 1_000
"""Processor time after which a reader is taken to hang over a picture of 48 × 40 px, and ended."""
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def seeds(file_format: str) -> list[bytes]:
    """Small sound photos of many kinds, 48 × 40."""
    image = portrait(48, 40)
    clear = image.copy()
    clear.putalpha(180)
    tags, p3 = exif(6, place=True), vips_profile("p3")
    deep = pyvips.Image.new_from_array(np.asarray(image).astype(np.uint16) * 257).copy(interpretation="rgb16")
    kinds: dict[str, Callable[[], list[bytes]]] = {
        "jpeg": lambda: [
            saved(image, "jpeg", exif=tags, icc_profile=ADOBE_RGB),
            saved(image, "jpeg", progressive=True, subsampling=2),
            saved(image.convert("L"), "jpeg", optimize=True),
            saved(image.convert("CMYK"), "jpeg", restart_marker_rows=1),
        ],
        "png": lambda: [
            saved(image, "png", exif=tags, icc_profile=p3),
            saved(clear, "png"),
            saved(image.quantize(16), "png", transparency=3),
            deep.pngsave_buffer(bitdepth=16, interlace=True),
            animation("png", "red", "blue"),
        ],
        "webp": lambda: [
            saved(image, "webp", exif=tags, icc_profile=p3),
            saved(clear, "webp"),
            saved(image, "webp", lossless=True),
            animation("webp", "red", "blue"),
        ],
        "heif": lambda: [
            saved(image, "heif", exif=tags, icc_profile=p3),
            saved(clear, "heif"),
            saved(image, "heif"),
        ],
        "avif": lambda: [
            saved(image, "avif", exif=tags, icc_profile=p3),
            saved(clear, "avif"),
            saved(image, "avif"),
        ],
        "tiff": lambda: [
            saved(image, "tiff", exif=tags, icc_profile=p3),
            *(saved(image, "tiff", compression=f"tiff_{each}") for each in ("lzw", "adobe_deflate", "jpeg")),
            saved(image.convert("1"), "tiff", compression="group4"),
            deep.tiffsave_buffer(tile=True, tile_width=16, tile_height=16, compression="lzw"),
            saved(image.convert("CMYK"), "tiff"),
        ],
        "bmp": lambda: [saved(image, "bmp"), saved(image.quantize(16), "bmp"), saved(clear, "bmp")],
        "gif": lambda: [
            saved(image, "gif"),
            saved(image.quantize(8), "gif", transparency=2, interlace=1),
            animation("gif", "red", "blue"),
        ],
    }
    return kinds[file_format]()


def spoiled(data: bytes, others: list[bytes], rng: Random) -> bytes:
    """The file with one to six things wrong: most of them where sizes and counts stand."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        if len(made) > 16:
            spoil_once(made, others, rng)
    if rng.random() < 0.7 and made.startswith(b"\x89PNG"):
        mend_checksums(made)
    return bytes(made) or b"\0"


def spoil_once(made: bytearray, others: list[bytes], rng: Random) -> None:
    """One thing: a bit, a number, noise, a gap, more, a piece of another file, a repetition, or the end."""
    at = rng.randrange(min(len(made), 400)) if rng.random() < 0.6 else rng.randrange(len(made))
    length = rng.choice((1, 2, 4, 16, 64))
    match rng.randrange(8):
        case 0:
            made[at] ^= 1 << rng.randrange(8)
        case 1:
            width = rng.choice((1, 2, 3, 4))
            value = rng.choice(EXTREMES) & (1 << 8 * width) - 1
            made[at : at + width] = value.to_bytes(width, rng.choice(("big", "little")))
        case 2:
            made[at : at + length] = rng.randbytes(length)
        case 3:
            del made[at : at + length]
        case 4:
            made[at:at] = rng.randbytes(length)
        case 5:
            other = rng.choice(others)
            begin = rng.randrange(len(other))
            made[at : at + length] = other[begin : begin + length]
        case 6:
            made[at:at] = made[at : at + length] * rng.choice((1, 2, 50))
        case _:
            del made[max(16, rng.randrange(len(made))) :]


def mend_checksums(made: bytearray) -> None:
    """A PNG's chunks are looked into only when their checksums are right."""
    at = 8
    while at + 12 <= len(made):
        length = int.from_bytes(made[at : at + 4], "big")
        if at + 12 + length > len(made):
            break
        end = at + 8 + length
        made[end : end + 4] = zlib.crc32(made[at + 4 : end]).to_bytes(4, "big")
        at = end + 4


def spoil_and_read(file_format: str, files: int, trace: str, *, seed: str = "photos") -> None:
    """Reads the spoiled files of a format, one after the other, and prints what came of them."""
    sound = seeds(file_format)
    frame = FrameLayer(np.zeros((64, 64, 4), dtype=np.uint8), Opening(0.5, 0.5, 0.4), 0.5, WHITE)
    rng = Random(f"{seed} {file_format}")
    counts = {"read": 0, "refused": 0}
    note = os.open(trace, os.O_WRONLY | os.O_CREAT)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for number in range(files):
        data = spoiled(rng.choice(sound), sound, rng)
        os.pwrite(note, f"{number:8}".encode(), 0)
        # of processor time, so that a busy machine makes no hang of a file; the whole has a limit, too
        signal.setitimer(signal.ITIMER_PROF, HANG_SECONDS)
        try:
            photo = read_photo(data, where="x", least=rng.choice((8, 40, 800)), ground=WHITE)
            frame_photo(photo, frame, Placement(), circle=False, file_format="jpg")
            counts["read"] += 1
        except PhotoError:
            counts["refused"] += 1
    signal.setitimer(signal.ITIMER_PROF, 0)
    peak = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    assert peak is not None
    sys.stdout.write(json.dumps(counts | {"megabytes": int(peak[1]) // 1024}))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")
@pytest.mark.parametrize("file_format", FORMATS)
def test_spoiled_files_are_read_or_refused(file_format: str) -> None:
    with TemporaryDirectory() as folder:
        trace = Path(folder) / "number"
        call = f"spoil_and_read({file_format!r}, {FILES}, {str(trace)!r})"
        done = subprocess.run(
            [sys.executable, "-c", f"from tests.test_photo_fuzz import spoil_and_read; {call}"],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            timeout=FILES,
        )
        last = trace.read_text() if trace.exists() else "none"
    assert done.returncode == 0, f"file {last}: {done.returncode}\n{done.stderr[-3000:]}"
    found = json.loads(done.stdout)
    assert found["read"] + found["refused"] == FILES
    assert found["read"] > 50  # it is not the first bytes alone that are spoiled
    assert found["refused"] > 50
    assert found["megabytes"] < MOST_MEGABYTES
    assert done.stderr == ""


def test_sound_seeds_are_read() -> None:
    for file_format in FORMATS:
        for data in seeds(file_format):
            photo = read_photo(data, where="x", least=800, ground=WHITE)
            assert photo.format == file_format
            assert isinstance(Image.fromarray(photo.pixels), Image.Image)
