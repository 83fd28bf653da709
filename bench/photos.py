"""Framing photos: against bare libvips, in memory, and with two processes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, cast

import numpy as np
import pyvips

from bench.table import Row, interleaved, seconds_of
from dxassets import Project, Wanted, load_campaign, plan
from dxassets.api import frame_photos
from dxassets.backends.photos import read_photo
from dxassets.backends.rasterizer import read_pixels
from dxassets.colors import Rgb
from dxassets.framing import Placement
from dxassets.kinds.frame.ring import OPENING, RING, SIDE
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.registry import render
from dxassets.renderers.photo import FrameLayer, frame_photo, least_side

TIMES_LIBVIPS, MEGABYTES, TIMES_ONE = 1.25, 400.0, 1.7
_SIDE, _QUALITY, _RUNS, _FOLDER = 1080, 90, 15, 300
_GROUND, _WHITE = Rgb(7, 29, 91), Rgb(255, 255, 255)
_PHOTO_12, _PHOTO_48 = 4000, 8064  # px of the longer side
_DRAWN = Path(__file__).parent.parent / "docs" / "portraits" / "office.svg"

_FRESH = """
import re, sys
from pathlib import Path
from bench.photos import frame, layer_of
layer = layer_of(Path(sys.argv[2]).read_bytes())
before = Path("/proc/self/status").read_text()
frame(Path(sys.argv[1]).read_bytes(), layer)
after = Path("/proc/self/status").read_text()
print(*(re.search(r"VmHWM:\\s*(\\d+)", text)[1] for text in (before, after)))
"""


def rows() -> list[Row]:
    """The framed photo against libvips, its memory (on Linux), and a folder with two processes."""
    project = load_campaign()
    ring = _ring(project)
    photo = _photo(_PHOTO_12)
    found = [_against_libvips(photo, ring)]
    if sys.platform == "linux":
        found += [_memory(ring, kind) for kind in _KINDS]
    return [*found, _two_processes(project, photo)]


def layer_of(ring: bytes) -> FrameLayer:
    """The frame, ready for photos."""
    return FrameLayer(read_pixels(ring), OPENING, RING.outer / SIDE, _GROUND)


def frame(photo: bytes, layer: FrameLayer) -> bytes:
    """A photo's file to the framed photo's."""
    read = read_photo(photo, where="", least=least_side(layer, 1.0), ground=_WHITE)
    return frame_photo(read, layer, Placement(), circle=False, file_format="jpg")


def _against_libvips(photo: bytes, ring: bytes) -> Row:
    """The same picture from the same bytes, one thread each; processor time."""
    layer = layer_of(ring)
    over: Any = pyvips.Image.new_from_buffer(ring, "").copy_memory()
    ours, theirs = _pixels(frame(photo, layer)), _pixels(_bare(photo, over))
    apart = float(np.abs(ours - theirs).mean())
    assert apart < 3, f"these are not the same pictures: {apart:.1f} levels apart"
    own, bare = interleaved(
        [lambda _: frame(photo, layer), lambda _: _bare(photo, over)], _RUNS, clock=process_time
    )
    detail = f"{own * 1e3:.0f} ms against {bare * 1e3:.0f} ms"
    return Row(
        "12 MP JPEG framed at 1080, its focus given, × of bare libvips",
        own / bare,
        TIMES_LIBVIPS,
        "×",
        detail=detail,
    )


def _bare(photo: bytes, over: Any) -> bytes:
    """Thumbnail, composite, save: what libvips needs at least."""
    left, top, side = _opening()
    small: Any = pyvips.Image.thumbnail_buffer(photo, side, height=side, crop="centre")
    placed = small.embed(left, top, _SIDE, _SIDE, extend="background", background=list(_GROUND))
    made = placed.composite2(over, "over").flatten()
    return made.jpegsave_buffer(Q=_QUALITY, subsample_mode="off", strip=True)


def _opening() -> tuple[int, int, int]:
    """Left, top and side of the square round the frame's opening, px."""
    side = round(2 * OPENING.radius * _SIDE)
    return round(OPENING.x * _SIDE - side / 2), round(OPENING.y * _SIDE - side / 2), side


_KINDS: dict[str, dict[str, Any]] = {
    "baseline": {},
    "progressive": {"interlace": True},
    "progressive, whole chroma": {"interlace": True, "subsample_mode": "off"},
}
"""Of JPEG, by what a decoder must keep of them: some lines, all coefficients, twice as many."""


def _memory(ring: bytes, kind: str) -> Row:
    """What a fresh process needs at most to frame a 48 MP JPEG."""
    with TemporaryDirectory() as name:
        photo, over = Path(name) / "48.jpg", Path(name) / "ring.png"
        photo.write_bytes(_photo(_PHOTO_48, **_KINDS[kind]))
        over.write_bytes(ring)
        command = [sys.executable, "-c", _FRESH, str(photo), str(over)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    idle, peak = (int(part) / 1024 for part in re.findall(r"\d+", said))
    detail = f"{kind}; {idle:.0f} MB before it is read"
    return Row("48 MP JPEG framed, peak of a fresh process", peak, MEGABYTES, "MB", detail=detail)


def _two_processes(project: Project, photo: bytes) -> Row:
    """A folder of 12 MP photos, as `dxassets frame` makes it, with one process and with two.

    The better of two runs each: a neighbour on the machine takes more from two processes than from one.
    """
    with TemporaryDirectory() as name:
        source = Path(name) / "photos"
        source.mkdir()
        for number in range(_FOLDER):
            (source / f"{number}.jpg").write_bytes(photo + number.to_bytes(2, "big"))

        def seconds(jobs: int) -> float:
            out = Path(name) / f"framed-{jobs}"
            taken = seconds_of(lambda: frame_photos(project, [source], out=out, jobs=jobs))
            rmtree(out)  # else the next run would find all done
            return taken

        one, two, one_more, two_more = seconds(1), seconds(2), seconds(1), seconds(2)
    one, two = min(one, one_more), min(two, two_more)
    detail = f"{_FOLDER} photos of 12 MP in {one:.1f} s and {two:.1f} s"
    return Row(
        "a folder of photos, two processes × one", one / two, TIMES_ONE, "×", at_most=False, detail=detail
    )


def _ring(project: Project) -> bytes:
    """A ring as PNG, side `_SIDE`."""
    wanted = Wanted(days=("10-10",), themes=("digital",), kinds=("frame",))
    jobs = plan(project, wanted).jobs
    job = next(job for job in jobs if cast("FrameSpec", job.spec).style == "ring")
    spec = replace(cast("FrameSpec", job.spec), size=_SIDE, format="png")
    return render(replace(job, spec=spec), project.resources).data


def _photo(width: int, **options: Any) -> bytes:
    """Somebody at a desk, as large as a phone takes it (4 : 3), with the grain of a sensor."""
    drawn: Any = pyvips.Image.svgload(str(_DRAWN), scale=width / pyvips.Image.svgload(str(_DRAWN)).width)
    grain: Any = pyvips.Image.gaussnoise(drawn.width, drawn.height, sigma=6, mean=0, seed=1)
    picture: Any = (drawn.flatten() + grain).cast("uchar").copy(interpretation="srgb")
    assert picture.width == width
    return picture.jpegsave_buffer(Q=88, **options)


def _pixels(jpeg: bytes) -> Any:
    return read_pixels(jpeg).astype(np.int16)
