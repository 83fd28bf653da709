"""Finished files opened again, whatever their format: size, pixels of a part, codes."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.pdf_reader import page_sizes, page_to_pixels
from dxassets.backends.qr_reader import decode_qr
from dxassets.backends.rasterizer import picture_size, read_pixels, svg_to_pixels
from dxassets.backends.read_pictures import SEEN, SharedRows
from dxassets.geometry import Box

Pixels = NDArray[np.uint8]
_PDF, _SVG, _PNG = "application/pdf", "image/svg+xml", "image/png"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT_PX_PER_MM = 8.0
_SVG_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)(mm)?" height="([\d.]+)(?:mm)?"')


@dataclass(frozen=True)
class Picture:
    """One finished file. Boxes are in its own unit: px for pictures, mm for pages.

    Rasters are read pixel for pixel; vector files are drawn once, at `px_per_unit`.
    """

    data: bytes
    media_type: str
    px_per_unit: float = 1.0

    @cached_property
    def size(self) -> tuple[float, float]:
        """Width and height in the file's unit; ValueError when it can't be read."""
        if self.media_type == _PDF:
            first = page_sizes(self.data)[0]
            return first.width, first.height
        if self.media_type == _SVG:
            return _svg_size(self.data)
        return self._head[:2]

    @property
    def channels(self) -> int:
        """Channels of a raster: 3 for RGB, 4 with transparency."""
        return self._head[2]

    @cached_property
    def _head(self) -> tuple[int, int, int]:
        """Width, height and channels of a raster; ValueError when it can't be read."""
        if "pixels" in vars(self):  # read already: then the file need not be opened again
            height, width, *channels = self.pixels.shape
            return width, height, channels[0] if channels else 1
        try:
            return picture_size(self.data)
        except Exception as error:  # libvips has its own class for a file that it can't read
            raise ValueError(f"not a readable {self.media_type}") from error

    @property
    def pages(self) -> int:
        """Pages of a PDF; any other file is one."""
        return len(page_sizes(self.data)) if self.media_type == _PDF else 1

    @property
    def is_lossy(self) -> bool:
        """Whether the encoder may have changed pixels near edges."""
        return self.media_type in {"image/jpeg", "image/webp", "image/avif"}

    @cached_property
    def pixels(self) -> Pixels:
        """All pixels, height × width × channels; read or drawn once."""
        if self.media_type == _PDF:
            return page_to_pixels(self.data, 0, px_per_mm=self.px_per_unit)
        if self.media_type == _SVG:
            drawn = svg_to_pixels(_resized_svg(self.data.decode(), self.size, self.px_per_unit), alpha=True)
            return drawn if (drawn[..., 3] < 255).any() else np.ascontiguousarray(drawn[..., :3])
        return self._seen[0] if self.media_type == _PNG else read_pixels(self.data)

    @property
    def shared(self) -> SharedRows | None:
        """The rows that it shares with a picture that was read before."""
        return self._seen[1] if self.media_type == _PNG else None

    @cached_property
    def _seen(self) -> tuple[Pixels, SharedRows | None]:
        """A PNG's pixels, and what of them is known."""
        return SEEN.read(self.data)

    def pixel_edges(self, box: Box) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in px of the whole pixels that cover `box`."""
        height, width = self.pixels.shape[:2]
        across, down = width / self.size[0], height / self.size[1]
        return (
            max(floor(box.x * across), 0),
            max(floor(box.y * down), 0),
            min(ceil(box.right * across), width),
            min(ceil(box.bottom * down), height),
        )

    def part(self, box: Box) -> Pixels:
        """The whole pixels that cover `box`."""
        left, top, right, bottom = self.pixel_edges(box)
        return self.pixels[top:bottom, left:right]


def _svg_size(data: bytes) -> tuple[float, float]:
    """Width and height that an SVG of ours states."""
    found = _SVG_SIZE.search(data[:2000].decode("utf-8", "replace"))
    if found is None:
        raise ValueError("not an SVG with a width and a height")
    return float(found.group(1)), float(found.group(3))


def _resized_svg(svg: str, size: tuple[float, float], px_per_unit: float) -> str:
    """The SVG at another size in px; its viewBox stays."""
    head, _, rest = svg.partition(">")
    head = re.sub(r' (width|height)="[^"]*"', "", head)
    # whole px may change the aspect by a hair; a letterbox would shift everything
    head += ' preserveAspectRatio="none"'
    return f'{head} width="{round(size[0] * px_per_unit)}" height="{round(size[1] * px_per_unit)}">{rest}'


def read_back(data: bytes, media_type: str) -> tuple[float, float] | None:
    """Width and height of a finished file (px, or mm for a PDF's first page); None for Word files and texts.

    ValueError when the file is not what `media_type` says.
    """
    if media_type == _DOCX:
        document_codes(data)
        return None
    if media_type.startswith("text/"):
        data.decode()
        return None
    return Picture(data, media_type).size


def decode_codes(data: bytes, media_type: str) -> tuple[str, ...]:
    """Payloads of every QR code in a finished file, page by page."""
    if media_type.startswith("text/"):
        return ()
    if media_type == _DOCX:
        return document_codes(data)
    if media_type == _PDF:
        return _page_codes(data)
    scale = 1600 / max(Picture(data, media_type).size) if media_type == _SVG else 1.0
    return decode_qr(_opaque(Picture(data, media_type, scale).pixels))


def _page_codes(data: bytes) -> tuple[str, ...]:
    """Payloads on all pages of a PDF, drawn large enough for the smallest module."""
    found: list[str] = []
    for index, page in enumerate(page_sizes(data)):
        scale = min(_DOCUMENT_PX_PER_MM, 4000 / max(page.width, page.height))
        found += decode_qr(page_to_pixels(data, index, px_per_mm=scale))
    return tuple(found)


def document_codes(data: bytes) -> tuple[str, ...]:
    """Payloads of the QR pictures inside a Word file; ValueError when it is not one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if "word/document.xml" not in names:
                raise ValueError("not a Word file")
            pictures = [
                package.read(name)
                for name in sorted(names)
                if name.startswith("word/media/") and name.endswith(".png")
            ]
    except zipfile.BadZipFile as error:
        raise ValueError("not a Word file") from error
    found: list[str] = []
    for picture in pictures:
        found += decode_qr(_opaque(_padded(read_pixels(picture))))
    return tuple(found)


def _padded(pixels: Pixels) -> Pixels:
    """A picture with a white border: in the document its quiet zone is the paper."""
    return np.pad(pixels, ((16, 16), (16, 16), (0, 0)), constant_values=255)


def _opaque(pixels: Pixels) -> Pixels:
    """Gray or colour pixels over white, as readers want them."""
    if pixels.shape[2] in {1, 3}:
        return pixels[..., 0] if pixels.shape[2] == 1 else pixels
    alpha = pixels[..., -1:].astype(np.uint16)
    over = pixels[..., :-1] * alpha + 255 * (255 - alpha)
    return (over // 255).astype(np.uint8)
