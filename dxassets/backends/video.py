"""Writes and reads MP4 films (H.264). The only module that imports PyAV, the extra `dxassets[video]`.

Everything that could differ between two runs is said: one thread, fixed settings, no clock in the file.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.films_missing import why_no_films
from dxassets.backends.silence import quietly_imported
from dxassets.errors import MissingLibraryError, Problem

HOW_TO_INSTALL = Problem("video", *why_no_films())

try:
    with quietly_imported:
        import av
        from av.codec.codec import Codec, UnknownCodecError
        from av.error import FFmpegError
        from av.logging import PANIC, set_level
        from av.video.frame import VideoFrame
        from av.video.stream import VideoStream
except ImportError as error:
    raise MissingLibraryError(HOW_TO_INSTALL) from error

set_level(PANIC)

Pixels = NDArray[np.uint8]
_ENCODER = "libx264"
_BT709 = 1
"""Of matrix, primaries and transfer, by the tables of ITU-T H.273: what players take for HD pictures."""
_LIMITED = 1
_SETTINGS = {
    "crf": "16",
    "preset": "veryfast",
    "tune": "animation",
    "profile": "high",
    "x264-params": "threads=1:lookahead-threads=1:sliced-threads=0",
}
"""Flat colours and sharp type: `animation` looks further back and blurs less. Slower presets were measured
to take two to three times as long for files that are not smaller: most of a loop stands still."""
_ROOM_FOR_INDEX = 32_768
"""Bytes kept free at the file's start for its index, so that it plays while it is being loaded."""


def encoder_version() -> str:
    """What films are encoded with; `MissingLibraryError` where PyAV was built without it."""
    try:
        Codec(_ENCODER, "w")
    except UnknownCodecError as error:
        raise MissingLibraryError(HOW_TO_INSTALL) from error
    return f"PyAV {av.__version__}, {_ENCODER}"


@dataclass(frozen=True, slots=True)
class FilmHead:
    """What a film's file says of itself."""

    width: int
    height: int
    codec: str
    pixel_format: str
    per_second: Fraction
    has_sound: bool


def encode_film(
    frames: Iterable[tuple[Pixels, int]], width: int, height: int, *, per_second: int, key_every: int
) -> bytes:
    """An MP4 of frames (height × width × 3), each shown for so many ticks of 1/`per_second` s; even sizes.

    The frames are taken one by one: no more than the encoder's own look-ahead is held.
    """
    file = BytesIO()
    options = {"moov_size": str(_ROOM_FOR_INDEX)}
    with av.open(file, "w", format="mp4", options=options) as container:
        stream = container.add_stream(_ENCODER, rate=per_second, options=dict(_SETTINGS))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        context.thread_count, context.gop_size = 1, key_every
        context.colorspace, context.color_primaries, context.color_trc = _BT709, _BT709, _BT709
        context.color_range = _LIMITED
        at = 0
        for pixels, ticks in frames:
            frame = _converted(pixels)
            for _ in range(ticks):
                frame.pts, frame.time_base = at, Fraction(1, per_second)
                container.mux(stream.encode(frame))
                at += 1
        container.mux(stream.encode(None))
    return file.getvalue()


def _converted(pixels: Pixels) -> VideoFrame:
    """A frame as H.264 has it: luminance and, at half the size, colour."""
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24")
    frame = frame.reformat(
        format="yuv420p",
        src_color_range="JPEG",
        dst_color_range="MPEG",
        dst_colorspace="ITU709",
        interpolation="BICUBIC",
        threads=1,
    )
    frame.color_primaries = frame.color_trc = _BT709
    return frame


def film_head(data: bytes) -> FilmHead:
    """What the file says; ValueError when it is no film."""
    try:
        with av.open(BytesIO(data), "r") as container:
            stream = container.streams.video[0]
            rate = stream.average_rate
            return FilmHead(
                stream.width,
                stream.height,
                stream.codec_context.name,
                stream.codec_context.pix_fmt or "",
                Fraction(rate.numerator, rate.denominator) if rate else Fraction(0),
                bool(container.streams.audio),
            )
    except (FFmpegError, IndexError) as error:
        raise ValueError("not a readable film") from error


def film_frames(data: bytes, wanted: Container[int]) -> Iterator[tuple[int, Pixels | None]]:
    """Each frame's number from 0, with its pixels where it is `wanted`; ValueError when it breaks off."""
    try:
        with av.open(BytesIO(data), "r") as container:
            stream: VideoStream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            for at, frame in enumerate(container.decode(stream)):
                yield at, _pixels(frame) if at in wanted else None
    except (FFmpegError, IndexError) as error:
        raise ValueError("not a readable film") from error


def _pixels(frame: VideoFrame) -> Pixels:
    shown = frame.reformat(format="rgb24", src_colorspace="ITU709", dst_color_range="JPEG", threads=1)
    return np.asarray(shown.to_ndarray(), dtype=np.uint8)
