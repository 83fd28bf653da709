"""Reads an agency's own logo, which is a stranger's file: nothing of it is run, fetched or believed.

An SVG is parsed by expat with entities refused, and written anew from lists of
what is allowed (`svg`, `styles`, `weighing`). A PNG is judged by its head before
a pixel is decoded (`png`).
"""

from __future__ import annotations

from dxassets.logos.model import LONGEST_SHAPE, Logo, PngLogo, SvgLogo, refused
from dxassets.logos.png import SIGNATURE, read_png
from dxassets.logos.svg import read_svg, read_tree, view_of
from dxassets.logos.weighing import Element
from dxassets.notation import told

__all__ = [
    "Element",
    "Logo",
    "PngLogo",
    "SvgLogo",
    "check_shape",
    "read_drawing",
    "read_frame",
    "read_logo",
    "read_tree",
    "refused",
    "view_of",
]


def read_logo(data: bytes, where: str) -> Logo:
    """The logo in `data`, whatever its file is called; `InputError` when it is hostile or no logo.

    `where` is how the file is called in messages.
    """
    if data.startswith(SIGNATURE):
        logo: Logo = read_png(data, where)
        check_shape(logo.width / logo.height, where)
        return logo
    if data[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"\0<")):
        logo = read_svg(data, where)
        check_shape(logo.view.width / logo.view.height, where)
        return logo
    raise refused(
        where,
        "không phải tệp SVG hay PNG; hãy xuất biểu trưng ra SVG (tốt nhất) hoặc PNG nền trong suốt",
        "is neither an SVG nor a PNG; export the logo as SVG (best) or as a PNG with a transparent ground",
    )


def read_drawing(data: bytes, where: str) -> SvgLogo:
    """A drawing to stand behind a picture's type, in any shape; `InputError` when it is hostile or broken."""
    return read_svg(data, where, prefix="own-scene")


def read_frame(data: bytes, where: str) -> Logo:
    """Somebody's own avatar frame, cleaned as a logo is; `InputError` when it is hostile or no picture."""
    if data.startswith(SIGNATURE):
        return read_png(data, where)
    if data[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"\0<")):
        return read_svg(data, where, prefix="own-frame")
    raise refused(
        where,
        "không phải tệp PNG hay SVG; hãy xuất khung ra PNG nền trong suốt hoặc SVG",
        "is neither a PNG nor an SVG; export the frame as a see-through PNG or as SVG",
    )


def check_shape(aspect: float, where: str) -> None:
    """`InputError` when a logo is too long in either direction to be set beside a name."""
    if not 1 / LONGEST_SHAPE <= aspect <= LONGEST_SHAPE:
        raise refused(
            where,
            *told(
                "hình quá dài ({}:1); tỉ lệ hai cạnh tối đa {}:1",
                "is too long a shape ({}:1); at most {}:1 either way",
                *(aspect, LONGEST_SHAPE),
            ),
        )
