"""People's photos, read from any format that a phone or an office makes.

A photo is decoded at reduced scale, turned upright,
brought to 8-bit sRGB and laid on a ground; nothing else of its file is kept. Formats are opened by their
own classes, not by `Image.open`: no global of Pillow has to change for the 200 MP of a phone, and nothing
else (EPS, PSD …) is ever tried.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil
from typing import Any

import numpy as np

from dxassets.backends.color_signals import signal_of
from dxassets.backends.jpeg_heads import JpegHead
from dxassets.backends.jpeg_wholeness import whole_picture
from dxassets.backends.photo_colors import FAILURES, array_of, copied, flat, plain
from dxassets.backends.photo_limits import (
    MOST_FRAMES,
    MOST_KEPT,
    MOST_MEMORY,
    MOST_PIXELS,
    MOST_SCANNED,
    PhotoFormat,
    broken,
    check_size,
    fits,
    format_of,
    step_for,
    too_large,
    webp_size,
    without_padding,
)
from dxassets.backends.photo_placing import Pixels, is_swapped, upright_origin
from dxassets.backends.photo_tiles import grid_of, joined, step_of
from dxassets.backends.rasterizer import deep_numbers
from dxassets.backends.silence import Shared, quietly_imported, without_standard_error, without_warnings
from dxassets.backends.tone_mapping import HdrLight, to_srgb
from dxassets.colors import Rgb
from dxassets.errors import PhotoError

with quietly_imported:
    import pillow_heif
    from PIL import (
        AvifImagePlugin,
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        ImageFile,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

BLANK = 16
"""How far apart, of 255, the lightest and the darkest px of a frame lie that shows nothing."""
_TILED = 16
"""Bytes that each px of a picture put together from tiles may take until it is done with."""
_DEEP = {"heif", "avif", "png"}
_DEEP_BYTES = 30
"""Bytes that each px of an AVIF of 12 bits, or of a PNG of 16, may take while it is read in all its depth:
measured 26, and 28 where the PNG is interlaced."""
_OPENERS: dict[PhotoFormat, Callable[[BytesIO], Any]] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "png": PngImagePlugin.PngImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "heif": pillow_heif.HeifImageFile,
    "avif": AvifImagePlugin.AvifImageFile,
    "tiff": TiffImagePlugin.TiffImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
    "gif": GifImagePlugin.GifImageFile,
}
_TURNS_ITSELF = {"heif", "tiff"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a photo upright, by EXIF's orientation."""
_XMP = ("xmp", "XML:com.adobe.xmp")
"""Where Pillow keeps XMP, whose orientation it would take where EXIF has none."""


@contextmanager
def _strictly() -> Generator[None]:
    """Files cut short are errors, though WeasyPrint has Pillow take them for whole in all of its process.

    Pillow warns of odd tags, too, which say nothing to whoever has the photo.
    """
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with without_warnings(r"PIL\.|pillow_heif"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


_STRICT = Shared(_strictly)
_MUTED = Shared(without_standard_error)
"""libtiff writes its errors to the standard error of the process; they come as exceptions, too."""


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A photo, upright, in sRGB.

    `image` is Pillow's and may be reduced: one of its px covers `step` × `step` px of the original,
    and its upper left corner lies at `origin` (px of the original; 0 or a little less). `told_upright`
    says that the file told how the photo is to be turned. Of a moving picture it is frame number `frame`,
    the first that shows anything; `ended` is False when the file lacked nothing but its end marker.
    """

    image: Any
    width: int
    """Px of the upright original."""
    height: int
    format: PhotoFormat
    step: int = 1
    origin: tuple[int, int] = (0, 0)
    told_upright: bool = False
    frame: int = 1
    ended: bool = True

    @property
    def pixels(self) -> Pixels:
        """All px, H × W × 3, copied out of the image; what needs a part only takes that."""
        return array_of(self.image)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the image."""
        return self.image.height, self.image.width

    def copy(self, width: int, height: int) -> Pixels:
        """The image at another size, to be looked at by programs: quick before all."""
        return copied(self.image, width, height)


@dataclass(frozen=True, slots=True)
class _PhotoFile:
    """A photo's file, and what it is read for: its name for messages, px of its short side, its ground.

    `held` is what memory holds of the file, in bytes.
    """

    body: bytes
    format: PhotoFormat
    held: int
    where: str
    least: float
    ground: Rgb


def read_photo(data: bytes, *, where: str, least: float, ground: Rgb) -> Photo:
    """The photo in `data`, whatever its name says; `where` is its name, for messages.

    `least`: px that the short side keeps when the photo is reduced (never enlarged), if 24 MP in all are
    enough for that. `ground` shows through transparent parts. Of an animated picture the first frame counts
    that is more than one colour. Raises `PhotoError`; needs less than 1 GB.
    """
    file_format = format_of(data, where)
    body = without_padding(data, file_format, where)
    held = len(data) if body is data else len(data) + len(body)
    source = _PhotoFile(body, file_format, held, where, least, ground)
    with ExitStack() as stack:
        stack.enter_context(_STRICT)
        if file_format == "tiff":
            stack.enter_context(_MUTED)
        stack.enter_context(_told_as(where, file_format))
        return _jpeg(source) if file_format == "jpeg" else _other(source)


def _jpeg(source: _PhotoFile) -> Photo:
    """A JPEG, at its own reduced scales."""
    image = _opened(source, BytesIO(source.body))
    size = image.size
    image, step, ended = _decoded_jpeg(image, source)
    orientation, holder = _orientation(image), [image]
    del image
    image, more = _shown(holder, source)
    photo = _upright(image, size, orientation, step=step * more, source=source)
    return replace(photo, ended=ended)


def _other(source: _PhotoFile) -> Photo:
    """A photo of any format but JPEG."""
    if source.format == "webp":  # its decoder takes the memory for two canvases as soon as it is made
        check_size(*webp_size(source.body), file_format="webp", where=source.where, held=source.held)
    image = _opened(source, BytesIO(source.body))
    if not fits(*image.size, file_format=source.format, held=source.held):
        of_tiles = _of_tiles(source)
        if of_tiles is not None:
            return of_tiles
    check_size(*image.size, file_format=source.format, where=source.where, held=source.held)
    deep = _deep(image, source)
    if deep is not None:
        return deep
    image.load()
    size = image.size  # only now a HEIF's is sure
    orientation = 1 if source.format in _TURNS_ITSELF else _orientation(image)
    kept = image if getattr(image, "is_animated", False) else None
    holder = [image]
    del image  # of a still picture nothing holds the decoder's own px any longer
    image, step = _shown(holder, source)
    photo = _upright(image, size, orientation, step=step, source=source)
    return photo if kept is None or not _is_blank(image) else _later(kept, photo, orientation, source=source)


def _deep(image: Any, source: _PhotoFile) -> Photo | None:
    """A still picture in HDR of more than 8 bits, in all its depth; None for any other.

    Pillow holds colours of 8 bits only, of which PQ has too few: a sky in it would show steps.
    """
    if image.mode != "RGB" or getattr(image, "is_animated", False):
        return None
    light = signal_of(source.body, source.format, image.info.get("icc_profile")).light
    if light is None or source.format not in _DEEP:
        return None
    return _deep_heif(image, source, light) if source.format == "heif" else _deep_other(image, source, light)


def _deep_heif(image: Any, source: _PhotoFile, light: HdrLight) -> Photo | None:
    depth = image.info.get("bit_depth", 8)
    if depth <= 8:
        return None
    file: Any = pillow_heif.HeifFile(BytesIO(source.body), convert_hdr_to_8bit=False, hdr_to_16bit=False)
    numbers = np.asarray(file[file.primary_index])
    size = numbers.shape[1], numbers.shape[0]
    step = step_for(size, source.least)
    shown = Image.fromarray(to_srgb(numbers, light, depth=depth, step=step))
    return _upright(shown, size, 1, step=step, source=source)


def _deep_other(image: Any, source: _PhotoFile, light: HdrLight) -> Photo | None:
    """A PNG of 16 bits; an AVIF of 10 or 12, which its decoder turns."""
    size, step = image.size, step_for(image.size, source.least)
    if size[0] * size[1] * _DEEP_BYTES + source.held > MOST_MEMORY:
        return None
    if source.format == "png":
        image.load()  # EXIF may stand behind the px
    orientation, numbers = _orientation(image), deep_numbers(source.body, step=step)
    if numbers is None:
        return None
    is_turned = source.format == "avif"
    if is_turned and is_swapped(orientation):
        size = size[::-1]
    shown = Image.fromarray(to_srgb(numbers, light, depth=16))
    photo = _upright(shown, size, 1 if is_turned else orientation, step=step, source=source)
    return replace(photo, told_upright=orientation in _TURNS)


def _later(image: Any, first: Photo, orientation: int, *, source: _PhotoFile) -> Photo:
    """The first frame of a moving picture that shows anything; the first of all where none does."""
    for frame in range(1, MOST_FRAMES):
        try:
            image.seek(frame)
            image.load()
            shown, step = _shown([image], source)
        except FAILURES:  # there are no more, or the rest is broken
            break
        if not _is_blank(shown):
            size = image.size
            return replace(_upright(shown, size, orientation, step=step, source=source), frame=frame + 1)
    return first


def _is_blank(image: Any) -> bool:
    """Whether there is nothing to see but one colour, give or take what a codec makes of it."""
    return max(high - low for low, high in image.getextrema()) <= BLANK


def _opened(source: _PhotoFile, file: Any) -> Any:
    """The picture, not decoded yet."""
    image = _OPENERS[source.format](file)
    for name in _XMP:
        image.info.pop(name, None)
    return image


def _shown(holder: list[Any], source: _PhotoFile) -> tuple[Any, int]:
    """A decoded picture, which is taken out of its holder, in sRGB; and how far it was reduced."""
    image = holder.pop()
    is_moving = getattr(image, "is_animated", False)
    signal = signal_of(source.body, source.format, image.info.get("icc_profile"))
    image, step = _reduced(plain(image, source.where), source.least)
    shown = flat(image, source.ground, signal=signal)
    return shown.copy() if is_moving else shown, step  # a moving picture's own px change with its frame


def _upright(image: Any, size: tuple[int, int], orientation: int, *, step: int, source: _PhotoFile) -> Photo:
    """The photo turned by EXIF's orientation; `size` is the original's, as it lies in the file."""
    width, height = size
    origin = upright_origin(orientation, (image.width * step - width, image.height * step - height))
    if orientation in _TURNS:
        image = image.transpose(_TURNS[orientation])
    if is_swapped(orientation):
        width, height = height, width
    return Photo(image, width, height, source.format, step, origin, orientation in _TURNS)


def _of_tiles(source: _PhotoFile) -> Photo | None:
    """A picture too large to be decoded at once, if it is made of tiles."""
    grid = grid_of(source.body)
    if grid is None or grid.size[0] * grid.size[1] > MOST_PIXELS:
        return None
    step = step_of(grid, source.least)
    if step is None or source.held + _TILED * MOST_KEPT > MOST_MEMORY:
        return None

    def decode(file: bytes, step: int) -> Pixels:
        image = _opened(source, BytesIO(file))
        check_size(*image.size, file_format=source.format, where=source.where, held=source.held)
        image.load()
        return np.asarray(image.convert("RGB").reduce(step))

    image = Image.fromarray(joined(grid, step, decode))
    size = image.width * step, image.height * step
    shown, more = _shown([image], source)
    return _upright(shown, size, 1, step=step * more, source=source)


@contextmanager
def _told_as(where: str, file_format: PhotoFormat) -> Generator[None]:
    """Whatever a decoder raises becomes the photo's error, in words."""
    try:
        yield
    except PhotoError:
        raise
    except MemoryError as failure:
        raise too_large(where) from failure
    except FAILURES as failure:
        raise broken(where, file_format) from failure


def _decoded_jpeg(image: Any, source: _PhotoFile) -> tuple[Any, int, bool]:
    """The picture; how many px of the original (a side) one of its px covers; whether the file ends."""
    width, height = image.size
    step = next((step for step in (8, 4, 2) if source.least * step <= min(width, height)), 1)
    while step < 8 and width * height > MOST_KEPT * step**2:
        step *= 2
    sampling = tuple((across, down) for _, across, down, _ in image.layer)
    head = JpegHead(source.body, width, height, sampling, image.fp.tell(), "progressive" in image.info)
    shown, ended = 2 * 4 * ceil(width / step) * ceil(height / step), head.ended
    held = source.held if ended else 2 * source.held
    check_size(width, height, file_format="jpeg", where=source.where, held=held + shown + head.kept)
    if head.layered and width * height * head.scans > MOST_SCANNED:
        raise too_large(source.where, (width, height))
    if head.broken_off:
        raise broken(source.where, "jpeg")
    if not ended:
        head = head.with_end()
        image = _opened(source, BytesIO(head.data))
    image.draft(None, (width // step, height // step))
    image.load()
    whole = whole_picture(image, head, step, ended=ended) if head.whole else None
    if whole is None:
        raise broken(source.where, "jpeg")
    return whole, step, ended


def _orientation(image: Any) -> int:
    """EXIF's orientation, 1 to 8; 1 when there is none or the tag is broken.

    Browsers don't ask XMP's, and a program that turns the px and forgets that one leaves it wrong.
    Pillow's own `getexif` asks both.
    """
    try:
        said, raw = image.info.get("exif"), image.info.get("Raw profile type exif")
        if said is None and raw:
            said = bytes.fromhex("".join(raw.split("\n")[3:]))
        exif = Image.Exif()
        exif.load(said or b"")
        return int(exif.get(0x0112, 1))
    except FAILURES:
        return 1


def _reduced(image: Any, least: float) -> tuple[Any, int]:
    """The picture averaged over n × n px, its short side well above `least` where memory allows; and n."""
    step = step_for(image.size, least)
    return (image.reduce(step), step) if step > 1 else (image, 1)
