"""Writes and reads moving pictures for web pages: animated WebP and GIF."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.silence import quietly_imported

with quietly_imported:
    from PIL import Image, ImageSequence

Pixels = NDArray[np.uint8]
AnimationFormat = Literal["webp", "gif"]
_COLORS = 256


class Reel(Image.Image):
    """Frames that are drawn when the encoder comes to them, so that one at a time is held."""

    def __init__(self, count: int, frame_at: Callable[[int], Image.Image]) -> None:
        super().__init__()
        self.n_frames, self._frame_at, self._at = count, frame_at, -1
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Draw frame number `frame`; EOFError beyond the last, by which Pillow knows the end."""
        if frame >= self.n_frames:
            raise EOFError
        if frame == self._at:
            return
        drawn = self._frame_at(frame)
        self.im, self._mode, self._size = drawn.im, drawn.mode, drawn.size
        self.palette, self._at = drawn.palette, frame

    def tell(self) -> int:
        """The number of the frame that is drawn."""
        return self._at


def encode_animation(
    file_format: AnimationFormat,
    frame_at: Callable[[int], Pixels],
    durations: Sequence[int],
    *,
    whole: Pixels,
    quality: int = 88,
) -> bytes:
    """Frames (height × width × 3), each for so many ms, without end. A GIF's colours are those of `whole`."""
    file = BytesIO()
    if file_format == "webp":
        reel = Reel(len(durations), lambda at: Image.fromarray(frame_at(at)))
        reel.save(
            file,
            "WEBP",
            save_all=True,
            append_images=[],
            duration=list(durations),
            loop=0,
            quality=quality,
            method=3,
            kmin=0,
            kmax=0,
        )
        return file.getvalue()
    palette = Image.fromarray(whole).quantize(_COLORS, method=Image.Quantize.MEDIANCUT)

    def in_colors(at: int) -> Image.Image:
        """No dither: its grain would flicker wherever something moves."""
        return Image.fromarray(frame_at(at)).quantize(palette=palette, dither=Image.Dither.NONE)

    reel = Reel(len(durations), in_colors)
    reel.save(
        file,
        "GIF",
        save_all=True,
        append_images=[],
        duration=list(durations),
        loop=0,
        optimize=False,
        disposal=1,
    )
    return file.getvalue()


def animation_head(data: bytes) -> tuple[int, int, int, tuple[int, ...]]:
    """Width, height, how often it plays (0: without end), and each frame's ms; ValueError if unreadable."""
    try:
        with Image.open(BytesIO(data)) as picture:
            durations = tuple(_milliseconds(frame) for frame in ImageSequence.Iterator(picture))
            return picture.width, picture.height, int(picture.info.get("loop", 1)), durations
    except (OSError, SyntaxError) as error:
        raise ValueError("not a readable animation") from error


def _milliseconds(frame: Image.Image) -> int:
    """How long a frame stands; of WebP that is known only when the frame has been decoded."""
    frame.load()
    return int(frame.info.get("duration", 0))


def animation_frames(data: bytes, wanted: Container[int]) -> Iterator[tuple[int, Pixels | None]]:
    """Each frame's number from 0, with its pixels where it is `wanted`; ValueError when it can't be read."""
    try:
        with Image.open(BytesIO(data)) as picture:
            for at, frame in enumerate(ImageSequence.Iterator(picture)):
                yield at, np.asarray(frame.convert("RGB"), dtype=np.uint8) if at in wanted else None
    except (OSError, SyntaxError) as error:
        raise ValueError("not a readable animation") from error
