"""Reads finished PDF files back. The only module that imports pypdfium2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from dxassets.geometry import MM_PER_INCH

_PT_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in mm."""

    width: float
    height: float


def page_sizes(data: bytes) -> tuple[PageSize, ...]:
    """The size of each page; ValueError when the file is not a readable PDF."""
    document = _open(data)
    try:
        return tuple(
            PageSize(width * MM_PER_INCH / _PT_PER_INCH, height * MM_PER_INCH / _PT_PER_INCH)
            for width, height in (document.get_page_size(index) for index in range(len(document)))
        )
    finally:
        document.close()


def page_to_pixels(data: bytes, page: int, *, px_per_mm: float) -> NDArray[np.uint8]:
    """A page as height × width × 3; its size is rounded up to whole px."""
    document = _open(data)
    try:
        bitmap = document[page].render(scale=px_per_mm * MM_PER_INCH / _PT_PER_INCH)
        return np.ascontiguousarray(np.asarray(bitmap.to_numpy(), dtype=np.uint8)[..., 2::-1])
    finally:
        document.close()


def page_text(data: bytes, page: int) -> str:
    """The text of a page, in the file's own order."""
    document = _open(data)
    try:
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def _open(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a readable PDF") from error
