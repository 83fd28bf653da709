"""A loop's gates read frames of the finished file: is it what players take, and can it be read in time."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.qr_reader import decode_qr
from dxassets.backends.rasterizer import read_pixels
from dxassets.checks import check_asset
from dxassets.checks.contrast import least_contrast
from dxassets.checks.gates import check_codes, check_ink, check_size, check_weight
from dxassets.checks.pictures import Picture
from dxassets.errors import GateError, Problem
from dxassets.jobs import Findings, Rendered
from dxassets.kinds.loop.render import MEDIA, PER_SECOND, RenderedLoop, Showing
from dxassets.kinds.loop.spec import LoopFormat, LoopSpec
from dxassets.kinds.loop.timeline import LONGEST, SHORTEST, WHOLE_AT_LEAST
from dxassets.notation import number, plain

MOST_SEAM = 3.0
"""Mean difference of a channel between first and last frame, of 255; x264 leaves 0.7 to 1.9 of noise."""
MOST_SEAM_ANYWHERE = 24.0
"""The same where it is worst, as a mean of 8 by 8 px: a letter more or less would be seen there."""
CODE_READS = 5
"""How often the code is read in `WHOLE_AT_LEAST` s."""
_BLOCK = 8

Pixels = NDArray[np.uint8]


class LoopFrame(Picture):
    """One frame of a loop, as the gates of pictures look at it; encoders changed its pixels a little."""

    @property
    def is_lossy(self) -> bool:
        """It is."""
        return True


def frame_picture(pixels: Pixels) -> Picture:
    """A frame that was read back."""
    picture = LoopFrame(b"", "video/frame")
    vars(picture)["pixels"] = pixels
    return picture


@dataclass(frozen=True, slots=True)
class _FrameLook:
    """What is looked at in one frame."""

    at: int
    showing: Showing | None = None
    code: bool = False


def check_loop(spec: LoopSpec, rendered: Rendered) -> Findings:
    """Hold a finished loop against what it must show; `GateError` names the first gate that shuts."""
    if not isinstance(rendered, RenderedLoop):
        return check_asset(rendered)
    check_weight(rendered)
    check_ink(rendered.facts)
    check_length(rendered.total)
    check_file(spec, rendered)
    try:
        return _read_through(spec, rendered)
    except ValueError as error:
        raise _stop("tệp hỏng giữa chừng", f"the file breaks off: {error}") from error


def _read_through(spec: LoopSpec, rendered: RenderedLoop) -> Findings:
    """What the frames show, one after the other; ValueError when they can't be read."""
    looks = _looks(rendered, spec.format)
    wanted = {0, *(look.at for look in looks)}
    first: Pixels | None = None
    last: Pixels | None = None
    found: list[float] = []
    decoded: tuple[tuple[str, float], ...] = ()
    for at, pixels in _frames(rendered.data, spec.format, wanted):
        if pixels is None:
            continue
        if first is None:
            first = pixels
            check_size(frame_picture(first), rendered.facts)
        last = pixels
        for look in looks:
            if look.at == at:
                seen = _looked_at(pixels, look, rendered)
                found += [] if seen.least_contrast is None else [seen.least_contrast]
                decoded = seen.decoded or decoded
        wanted.discard(at)
    if first is None or last is None or wanted:
        raise ValueError("frames are missing")
    check_seam(first, last)
    return Findings(rendered.facts.width, rendered.facts.height, min(found, default=None), decoded)


def _looked_at(pixels: Pixels, look: _FrameLook, rendered: RenderedLoop) -> Findings:
    """Type and code of one frame."""
    picture, facts = frame_picture(pixels), rendered.facts
    contrast = None
    if look.showing is not None:
        contrast = least_contrast(picture, replace(facts, texts=look.showing.texts))
    decoded = check_codes(picture, facts) if look.code else ()
    return Findings(facts.width, facts.height, contrast, decoded)


def check_length(seconds: float) -> None:
    """A loop lasts 6 to 15 s."""
    if not SHORTEST - 1e-6 <= seconds <= LONGEST + 1e-6:
        raise _stop(
            f"dài {number(seconds, 'vi', places=1)} giây, cần từ {plain(SHORTEST, 'vi')} đến "
            f"{plain(LONGEST, 'vi')} giây",
            f"lasts {number(seconds, 'en', places=1)} s, not {plain(SHORTEST, 'en')} to "
            f"{plain(LONGEST, 'en')} s",
        )


def check_file(spec: LoopSpec, rendered: RenderedLoop) -> None:
    """The file is of the kind that players take, as long as it should be, and goes on without end."""
    try:
        if spec.format == "mp4":
            _check_film(rendered)
        else:
            _check_animation(spec, rendered)
    except ValueError as error:
        raise _stop("tệp không mở được", f"the file can't be opened: {error}") from error


def _check_film(rendered: RenderedLoop) -> None:
    from dxassets.backends.video import film_head  # noqa: PLC0415  (an extra that need not be there)

    head = film_head(rendered.data)
    said = (head.codec, head.pixel_format, head.per_second, head.has_sound)
    if said != ("h264", "yuv420p", PER_SECOND["mp4"], False):
        raise _stop(
            f"phim không đúng loại mà máy phát nào cũng đọc được: {said}",
            f"the film is not of the sort that every player takes: {said}",
        )


def _check_animation(spec: LoopSpec, rendered: RenderedLoop) -> None:
    from dxassets.backends.animations import animation_head  # noqa: PLC0415  (beside `_check_film`)

    width, height, plays, durations = animation_head(rendered.data)
    del width, height
    wanted = round(1000 * rendered.total)
    if plays != 0 or abs(sum(durations) - wanted) > 1000 / PER_SECOND[spec.format]:
        raise _stop(
            f"ảnh động dài {sum(durations)} ms, lặp {plays} lần; cần {wanted} ms, lặp mãi",
            f"the animation lasts {sum(durations)} ms and plays {plays} times, not {wanted} ms without end",
        )


def check_seam(first: Pixels, last: Pixels) -> None:
    """The last frame is the first but for the codec's noise."""
    apart = np.abs(first.astype(np.int16) - last.astype(np.int16)).mean(axis=2)
    height, width = (side - side % _BLOCK for side in apart.shape)
    blocks = (
        apart[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK).mean(axis=(1, 3))
    )
    mean, worst = float(apart.mean()), float(blocks.max())
    if mean > MOST_SEAM or worst > MOST_SEAM_ANYWHERE:
        raise _stop(
            f"khung cuối khác khung đầu: trung bình {number(mean, 'vi', places=2)}, "
            f"nơi lệch nhất {number(worst, 'vi', places=1)} (trên 255)",
            f"the last frame is not the first: {number(mean, 'en', places=2)} apart in the mean, "
            f"{number(worst, 'en', places=1)} at worst (of 255)",
        )


def _looks(rendered: RenderedLoop, file_format: LoopFormat) -> list[_FrameLook]:
    """Which frames are looked at, and for what: each showing soon after it begins, the code over 2 s."""
    starts = _starts(rendered, file_format)
    ends = rendered.total

    def frame(time: float) -> int:
        return max(0, int(np.searchsorted(starts, time + 1e-6, side="right")) - 1)

    tick = 1 / PER_SECOND[file_format]
    looks = [_FrameLook(frame(min(each.start + tick, each.end)), each) for each in rendered.showings]
    looks += [_FrameLook(0, rendered.showings[-1]), _FrameLook(frame(ends - tick), rendered.showings[-1])]
    if rendered.facts.codes:
        step = WHOLE_AT_LEAST / (CODE_READS - 1)
        looks += [
            _FrameLook(frame(min(ends - WHOLE_AT_LEAST + step * at, ends - tick)), code=True)
            for at in range(CODE_READS)
        ]
    return looks


def _starts(rendered: RenderedLoop, file_format: LoopFormat) -> NDArray[np.float64]:
    """When each frame begins, in s."""
    if file_format == "mp4":
        return np.arange(round(rendered.total * PER_SECOND["mp4"])) / PER_SECOND["mp4"]
    from dxassets.backends.animations import animation_head  # noqa: PLC0415  (as above)

    durations = animation_head(rendered.data)[3]
    return np.concatenate([[0.0], np.cumsum(durations)[:-1]]) / 1000


def _frames(
    data: bytes, file_format: LoopFormat, wanted: Container[int]
) -> Iterator[tuple[int, Pixels | None]]:
    if file_format == "mp4":
        from dxassets.backends.video import film_frames  # noqa: PLC0415  (as above)

        return film_frames(data, wanted)
    from dxassets.backends.animations import animation_frames  # noqa: PLC0415  (as above)

    return animation_frames(data, wanted)


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))


def size_in(data: bytes, media_type: str) -> tuple[float, float]:
    """Width and height of a finished file; ValueError when it can't be read."""
    pixels = _first_frame(data, media_type)
    return float(pixels.shape[1]), float(pixels.shape[0])


def codes_of(data: bytes, media_type: str) -> tuple[str, ...]:
    """What the code says in the first frame."""
    return decode_qr(_first_frame(data, media_type))


def _first_frame(data: bytes, media_type: str) -> Pixels:
    if media_type == MEDIA["png"]:
        return read_pixels(data)[..., :3]
    file_format: LoopFormat = "mp4" if media_type == MEDIA["mp4"] else "webp"
    found = next((pixels for _, pixels in _frames(data, file_format, {0}) if pixels is not None), None)
    if found is None:
        raise ValueError("has no frame")
    return found
