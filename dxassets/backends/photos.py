"""People's photos, read from any format that a phone or an office makes.

A photo is decoded at reduced scale, turned upright,
brought to 8-bit sRGB and laid on a ground; nothing else of its file is kept. Formats are opened by their
own classes, not by `Image.open`: no global of Pillow has to change for the 200 MP of a phone, and nothing
else (EPS, PSD …) is ever tried.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from math import ceil, sqrt
from typing import Any

import numpy as np

from dxassets.backends.icc_profiles import COLORS_ALL_OVER, SRGB, rgb_profile, signalled_profile
from dxassets.backends.jpeg_heads import JpegHead
from dxassets.backends.photo_limits import (
    MOST_KEPT,
    MOST_SCANNED,
    PhotoFormat,
    broken,
    check_size,
    format_of,
    too_large,
    unsupported,
    webp_size,
    without_padding,
)
from dxassets.backends.photo_placing import Pixels, is_swapped, upright
from dxassets.backends.silence import Shared, quietly_imported, without_standard_error, without_warnings
from dxassets.colors import Rgb
from dxassets.errors import PhotoError

with quietly_imported:
    import pillow_heif
    from PIL import (
        AvifImagePlugin,
        BmpImagePlugin,
        GifImagePlugin,
        Image,
        ImageChops,
        ImageCms,
        ImageFile,
        JpegImagePlugin,
        PngImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )

_GAP = 2
"""How many times the asked size an averaged photo keeps, so that the last reduction is a good filter's."""
_SRGB_PROFILE = rgb_profile("sRGB", SRGB)
_DEEP_GRAYS = {"I;16", "I;16B", "I;16L"}
_TO_8_BIT = ((np.arange(65536, dtype=np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
_PHOTOMETRIC, _WHITE_IS_ZERO = 262, 0
"""The tag that tells which end of the grays is white (TIFF 6.0, section 8). Pillow heeds it up to 8 bits."""
_CUT_GRAY = 128
_BAND = 128
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
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
    struct.error,
    zlib.error,
)
"""What decoders raise on hostile bytes; caught around their calls only."""


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

    `pixels` is H × W × 3 and may be reduced: one of its px covers `step` × `step` px of the original,
    and its upper left corner lies at `origin` (px of the original; 0 or a little less).
    """

    pixels: Pixels
    width: int
    """Px of the upright original."""
    height: int
    format: PhotoFormat
    step: int = 1
    origin: tuple[int, int] = (0, 0)


def read_photo(data: bytes, *, where: str, least: float, ground: Rgb) -> Photo:
    """The photo in `data`, whatever its name says; `where` is its name, for messages.

    `least`: px that the short side keeps when the photo is reduced (never enlarged), if 24 MP in all are
    enough for that. `ground` shows through transparent parts. Of an animated picture the first frame counts.
    Raises `PhotoError`; needs less than 1 GB.
    """
    file_format = format_of(data, where)
    body = without_padding(data, file_format, where)
    held = len(data) if body is data else len(data) + len(body)
    with ExitStack() as stack:
        stack.enter_context(_STRICT)
        if file_format == "tiff":
            stack.enter_context(_MUTED)
        stack.enter_context(_told_as(where, file_format))
        if file_format == "webp":  # its decoder takes the memory for two canvases as soon as it is made
            check_size(*webp_size(body), file_format=file_format, where=where, held=held)
        image = _OPENERS[file_format](BytesIO(body))
        width, height = image.size
        if file_format == "jpeg":
            image, step = _decoded_jpeg(image, data, where=where, least=least)
        else:
            check_size(width, height, file_format=file_format, where=where, held=held)
            image.load()
            (width, height), step = image.size, 1  # only now a HEIF's is sure
        orientation = 1 if file_format in _TURNS_ITSELF else _orientation(image)
        profile = image.info.get("icc_profile") or signalled_profile(body, file_format)
        image = _plain(image, where)  # nothing holds the decoder's own px any longer
        image, more = _reduced(image, least)
        pixels = _array_of(_flat(image, ground, profile=profile))
    step *= more
    spare = pixels.shape[1] * step - width, pixels.shape[0] * step - height
    pixels, origin = upright(pixels, orientation, spare)
    if is_swapped(orientation):
        width, height = height, width
    return Photo(pixels, width, height, file_format, step, origin)


@contextmanager
def _told_as(where: str, file_format: PhotoFormat) -> Generator[None]:
    """Whatever a decoder raises becomes the photo's error, in words."""
    try:
        yield
    except PhotoError:
        raise
    except MemoryError as failure:
        raise too_large(where) from failure
    except _FAILURES as failure:
        raise broken(where, file_format) from failure


def _decoded_jpeg(image: Any, data: bytes, *, where: str, least: float) -> tuple[Any, int]:
    """The picture, decoded within the limits; how many px of the original (a side) one of its px covers."""
    width, height = image.size
    step = next((step for step in (8, 4, 2) if least * step <= min(width, height)), 1)
    while step < 8 and width * height > MOST_KEPT * step**2:
        step *= 2
    sampling = tuple((across, down) for _, across, down, _ in image.layer)
    head = JpegHead(data, width, height, sampling, image.fp.tell(), "progressive" in image.info)
    shown = 2 * 4 * ceil(width / step) * ceil(height / step)
    check_size(width, height, file_format="jpeg", where=where, held=len(data) + shown + head.kept)
    if head.layered and width * height * head.scans > MOST_SCANNED:
        raise too_large(where, (width, height))
    image.draft(None, (width // step, height // step))
    image.load()
    whole = _checked(image, head, step) if head.whole else None
    if whole is None:
        raise broken(where, "jpeg")
    return whole, step


def _checked(image: Any, head: JpegHead, step: int) -> Any:
    """The decoded picture, or None when a JPEG's last scan wants more data than come before its end marker.

    Pillow refuses a JPEG without an end marker, but some programs put one behind a file that was cut
    short, and libjpeg then paints gray and says nothing. So a picture that ends gray, or in which gray can't
    be seen, is decoded once more with other data before the marker. Then the first picture is let go of
    before the second is decoded, whose scans may fill most of the memory that there is.
    """
    corner = np.array(image.getpixel((image.width - 1, image.height - 1)), dtype=np.int16)
    if not head.layered and np.abs(corner - _CUT_GRAY).max() > 1:
        return image
    first = _digest_of(image)
    image.im = None
    again = JpegImagePlugin.JpegImageFile(head.with_more_data())
    again.draft(None, (again.width // step, again.height // step))
    again.load()
    return again if _digest_of(again) == first else None


def _digest_of(image: Any) -> bytes:
    """Equal for equal px; taken band by band."""
    said = sha256()
    for top in range(0, image.height, _BAND):
        said.update(image.crop((0, top, image.width, min(top + _BAND, image.height))).tobytes())
    return said.digest()


def _orientation(image: Any) -> int:
    """EXIF's orientation, 1 to 8; 1 when the tag is broken."""
    try:
        return int(image.getexif().get(0x0112, 1))
    except _FAILURES:
        return 1


def _plain(image: Any, where: str) -> Any:
    """The same picture in a mode that can be averaged: L, RGB, RGBA or CMYK."""
    mode = image.mode
    if mode in _DEEP_GRAYS:
        return _plain_gray(image)
    if mode in {"1", "L", "RGB", "P"} and "transparency" in image.info:
        return image.convert("RGBA")
    if mode == "P":
        return image.convert("RGBA" if image.palette.mode == "RGBA" else "RGB")
    if mode == "CMYK" and image.format == "JPEG" and "adobe" not in image.info:
        return ImageChops.invert(image)  # Pillow took it for Adobe's, whose inks are upside down
    if mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image
    plain = {"1": "L", "LA": "RGBA", "PA": "RGBA", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB"}
    if mode not in plain:
        raise unsupported(where)
    return _plain(image.convert(plain[mode]), where)


def _plain_gray(image: Any) -> Any:
    """A gray picture of 16 bits in 8, as its file tells which end is white, and which gray see-through."""
    deep, clear = np.asarray(image), image.info.get("transparency")
    turn = _TO_8_BIT[::-1] if getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO else _TO_8_BIT
    gray = Image.fromarray(turn[deep])
    if clear is None:
        return gray
    alpha = Image.fromarray(np.where(deep == clear, np.uint8(0), np.uint8(255)))
    return Image.merge("RGBA", (gray, gray, gray, alpha))


def _reduced(image: Any, least: float) -> tuple[Any, int]:
    """The picture averaged over n × n px, its short side well above `least` where memory allows; and n."""
    step = int(min(image.size) // max(_GAP * least, 1))
    step = max(step, ceil(sqrt(image.width * image.height / MOST_KEPT)))
    return (image.reduce(step), step) if step > 1 else (image, 1)


def _to_srgb(image: Any, profile: bytes | None) -> Any:
    """The picture (no alpha) as RGB in sRGB, through its own profile when that is usable.

    Without one CMYK is mixed as browsers do it, (1 - ink) · (1 - black), and all else is taken for sRGB.
    """
    try:
        if profile:
            return _through(image, profile)
    except _FAILURES:
        pass  # a broken profile spoils the colours a little; it need not stop a photo
    return image.convert("RGB")


def _through(image: Any, data: bytes) -> Any:
    """The picture from the profile's space to sRGB; relative colorimetric, black kept black."""
    profile: Any = ImageCms.ImageCmsProfile(BytesIO(data))
    if image.mode == "L" and profile.profile.xcolor_space == "RGB ":
        image = image.convert("RGB")  # a gray picture with the profile of its screen
    transform: Any = ImageCms.buildTransform(
        profile,
        ImageCms.ImageCmsProfile(BytesIO(_SRGB_PROFILE)),
        image.mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if image.mode == "RGB":
        sample = Image.fromarray(COLORS_ALL_OVER)
        change = np.asarray(ImageChops.difference(transform.apply(sample), sample))
        if change.max() <= 1:
            return image  # sRGB already, as most are
    return transform.apply(image)


def _array_of(image: Any) -> Pixels:
    """The px of a large RGB picture; band by band, which needs half the memory and a third of the time."""
    pixels = np.empty((image.height, image.width, 3), dtype=np.uint8)
    for top in range(0, image.height, _BAND):
        band = image.crop((0, top, image.width, min(top + _BAND, image.height)))
        pixels[top : top + _BAND] = np.asarray(band)
    return pixels


def _flat(image: Any, ground: Rgb, *, profile: bytes | None = None) -> Any:
    """The picture in sRGB and without alpha, on `ground`."""
    if image.mode != "RGBA":
        return _to_srgb(image, profile)
    alpha, colors = image.getchannel("A"), _to_srgb(image.convert("RGB"), profile)
    flat = Image.new("RGB", image.size, tuple(ground))
    flat.paste(colors, (0, 0), alpha)
    return flat
