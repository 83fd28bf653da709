"""Framing photos: against bare libvips, the face, in memory, and with two processes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, cast

import numpy as np
import pyvips

from bench import memory
from bench.cores import encoders
from bench.table import Pace, Row, seconds_of, timed
from dxassets import Project, Wanted, load_campaign, plan
from dxassets.api import frame_photos
from dxassets.backends.photos import read_photo
from dxassets.backends.rasterizer import read_pixels
from dxassets.brand import FrameStyle
from dxassets.colors import Rgb
from dxassets.framing import Placement
from dxassets.kinds.frame.ring import OPENING, RING, SIDE
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import STYLE_OF, Style
from dxassets.kinds.registry import render
from dxassets.renderers.photo import FrameLayer, frame_photo, least_side
from dxassets.runners.photos import FrameKit, PhotoBench

_SIDE, _QUALITY, _FOLDER = 1080, 90, 300
_GROUND, _WHITE = Rgb(7, 29, 91), Rgb(255, 255, 255)
PHOTO_12, PHOTO_48 = 4000, 8064  # px of the longer side
_COPY = 960
_USUAL: FrameStyle = "foot"
_DRAWN = Path(__file__).parent.parent / "docs" / "portraits" / "office.svg"

FRAME = """
import sys
from pathlib import Path
from bench.photos import frame, layer_of
frame(Path(sys.argv[1]).read_bytes(), layer_of(Path(sys.argv[2]).read_bytes()))
"""
_OPEN = """
import sys
from PIL import Image
Image.MAX_IMAGE_PIXELS = None
Image.open(sys.argv[1]).load()
"""


def rows(pace: Pace) -> Iterator[Row]:
    """The framed photo against libvips, finding a face, memory, and a folder with two processes."""
    project = load_campaign()
    ring = ring_of(project)
    photo = photo_of(PHOTO_12)
    yield _against_libvips(photo, ring, pace=pace)
    yield from _faces(photo, project, pace)
    if memory.CAN_TELL:
        yield from (_memory(ring, kind) for kind in JPEG_KINDS)
    if not pace.quick:  # two processes gain nothing where most of the time is their start
        yield _two_processes(project, photo)


def layer_of(ring: bytes) -> FrameLayer:
    """The frame, ready for photos."""
    return FrameLayer(read_pixels(ring), OPENING, RING.outer / SIDE, _GROUND)


def frame(photo: bytes, layer: FrameLayer) -> bytes:
    """A photo's file to the framed photo's."""
    read = read_photo(photo, where="", least=least_side(layer, 1.0), ground=_WHITE)
    return frame_photo(read, layer, Placement(), circle=False, file_format="jpg")


def _against_libvips(photo: bytes, ring: bytes, *, pace: Pace) -> Row:
    """The same picture from the same bytes, one thread each. Asked for: 1.0; measured 0.67 to 0.75."""
    layer = layer_of(ring)
    over: Any = pyvips.Image.new_from_buffer(ring, "").copy_memory()
    ours, theirs = _pixels(frame(photo, layer)), _pixels(_bare(photo, over))
    apart = float(np.abs(ours - theirs).mean())
    assert apart < 3, f"these are not the same pictures: {apart:.1f} levels apart"
    return timed(
        "12 MP JPEG framed at 1080, its focus given",
        lambda _run: frame(photo, layer),
        against="bare libvips",
        reference=lambda _run: _bare(photo, over),
        at_most=1.0,
        runs=pace.runs(15),
    )


def _faces(photo: bytes, project: Project, pace: Pace) -> Iterator[Row]:
    """A photo placed by its face, against one placed by its middle: in the frame made unasked, and in a ring.

    Asked for: 1.3. Measured by processor time, with eight programs waiting for two cores: 0.89 and 1.13, in
    the ring 1.16 and 1.23: there the middle is read at a quarter of the photo's sides, a face at half.
    """
    wanted: tuple[tuple[FrameStyle, str, bytes], ...] = (
        (_USUAL, "12 MP JPEG", photo),
        (_USUAL, "its copy of 960 px", _copy_of(photo)),
        ("ring", "its copy of 960 px in the broad ring", _copy_of(photo)),
        ("ring", "12 MP JPEG in the broad ring", photo),
    )
    for style, name, data in wanted:
        kit = _kit(frame_of(project, style), STYLE_OF[style])
        by_face, by_middle = PhotoBench(replace(kit, focus="auto")), PhotoBench(kit)
        assert by_face.framed(data, "")[1].found == "face"
        yield timed(
            f"{name} framed by its face",
            lambda _run, data=data, bench=by_face: bench.framed(data, ""),
            against="framed by its middle",
            reference=lambda _run, data=data, bench=by_middle: bench.framed(data, ""),
            at_most=1.3,
            runs=pace.runs(25),
        )


def _kit(frame: bytes, style: Style) -> FrameKit:
    return FrameKit(
        frame, _SIDE, style.opening, style.edge, _GROUND, circle=False, file_format="jpg", ground=_WHITE,
        focus="center", zoom=None, rotation=0.0, tools="",
    )  # fmt: skip


def _copy_of(photo: bytes) -> bytes:
    """What chat programs make of a photo."""
    small: Any = pyvips.Image.thumbnail_buffer(photo, _COPY, height=_COPY)
    return small.jpegsave_buffer(Q=80)


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


JPEG_KINDS: dict[str, dict[str, Any]] = {
    "baseline": {},
    "progressive": {"interlace": True},
    "progressive, whole chroma": {"interlace": True, "subsample_mode": "off"},
}
"""Of JPEG, by what a decoder must keep of them: some lines, all coefficients, twice as many."""


def _memory(ring: bytes, kind: str) -> Row:
    """What a fresh process needs at most to frame a 48 MP JPEG. Measured 0.67 to 0.82.

    At 1 it would be as much as a program needs that decodes the photo whole. That it stays below
    400 MB is tested (`tests/test_photo_sizes.py`).
    """
    with TemporaryDirectory() as name:
        photo, over = Path(name) / "48.jpg", Path(name) / "ring.png"
        photo.write_bytes(photo_of(PHOTO_48, **JPEG_KINDS[kind]))
        over.write_bytes(ring)
        return Row(
            "48 MP JPEG framed, peak memory of a fresh process",
            memory.peak_of(FRAME, str(photo), str(over)),
            against="one in which Pillow opens it",
            reference=memory.peak_of(_OPEN, str(photo)),
            unit="B",
            at_most=1.0,
            detail=kind,
        )


def _two_processes(project: Project, photo: bytes) -> Row:
    """A folder of 12 MP photos, as `dxassets frame` makes it, with one process and with two.

    The better of two runs each: a neighbour on the machine takes more from two processes than from one.
    """
    with TemporaryDirectory() as name, encoders() as bare:
        source = Path(name) / "photos"
        source.mkdir()
        for number in range(_FOLDER):
            (source / f"{number}.jpg").write_bytes(photo + number.to_bytes(2, "big"))

        def seconds(jobs: int) -> float:
            out = Path(name) / f"framed-{jobs}"
            taken = seconds_of(lambda: frame_photos(project, [source], out=out, jobs=jobs))
            rmtree(out)  # else the next run would find all done
            return taken

        one = two = float("inf")
        for _turn in range(2):
            bare.take_turn()
            one, two = min(one, seconds(1)), min(two, seconds(2))
    # asked for: 1.7 times as fast on two cores, where bare encoders in two processes are twice as fast
    return Row(
        f"a folder of {_FOLDER} photos of 12 MP, two processes × one",
        one / two,
        against="bare encoders, two processes × one",
        reference=bare.gain,
        unit="×",
        at_least=0.85,
        detail=f"{one:.1f} s and {two:.1f} s",
    )


def ring_of(project: Project) -> bytes:
    """The broad ring as PNG, side `_SIDE`."""
    return frame_of(project, "ring")


def frame_of(project: Project, style: FrameStyle) -> bytes:
    """A frame as PNG, side `_SIDE`."""
    wanted = Wanted(days=("10-10",), themes=("digital",), kinds=("frame",))
    jobs = plan(project, wanted).jobs
    spec = replace(cast("FrameSpec", jobs[0].spec), style=style, size=_SIDE, format="png")
    return render(replace(jobs[0], spec=spec), project.resources).data


def photo_of(width: int, **options: Any) -> bytes:
    """Somebody at a desk, as large as a phone takes it (4 : 3), with the grain of a sensor."""
    drawn: Any = pyvips.Image.svgload(str(_DRAWN), scale=width / pyvips.Image.svgload(str(_DRAWN)).width)
    grain: Any = pyvips.Image.gaussnoise(drawn.width, drawn.height, sigma=6, mean=0, seed=1)
    picture: Any = (drawn.flatten() + grain).cast("uchar").copy(interpretation="srgb")
    assert picture.width == width
    return picture.jpegsave_buffer(Q=88, **options)


def _pixels(jpeg: bytes) -> Any:
    return read_pixels(jpeg).astype(np.int16)
