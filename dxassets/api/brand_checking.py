"""Says what is wrong with a campaign's brand before anything is drawn: files, weights and contrast.

A brand may lack weights: the nearest one stands in (`Shaper.font`), and `check` says where. It may not lack a
licence, nor a colour in which type can be read; the gates hold every finished picture to the same limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dxassets.brand import Palette, Theme
from dxassets.colors import Rgb, contrast, luminance, mix
from dxassets.errors import Problem
from dxassets.notation import number, plain
from dxassets.project import Project
from dxassets.resources import BRAND_FILE

LEAST_READABLE = 4.5
"""Of small type (WCAG 2.2, 1.4.3): every role of a palette is set small on some preset."""
_STEPS = 10
_USED = {
    500: ("chữ nhỏ của trang duyệt và ảnh xem thử", "small type of sheets and previews"),
    600: ("tên cơ quan, dòng dưới mã QR, tên miền", "agencies' names, captions of codes, domains"),
    700: ("tên ngày, vòng chữ của khung", "names of days, type on frames"),
    800: ("khẩu hiệu", "slogans"),
    900: ("dấu ngày lớn", "the large mark"),
}
"""Which weights of the display face are asked for, and by what."""


def brand_errors(project: Project) -> Iterator[Problem]:
    """Fonts and licences that are named and not there, and colours in which type can't be read."""
    faces = project.brand.typefaces
    for face in (faces.display, faces.text):
        for name in (*face.all_files, *face.licences):
            if project.resources.find(f"brand/{name}") is None:
                yield Problem(f"brand/{name}", "không tìm thấy tệp này", "no such file")
    for theme in project.brand.every_theme:
        yield from _faint(theme)


def brand_warnings(project: Project) -> Iterator[Problem]:
    """Weights that are asked for and not there, each with the one that stands in."""
    weights = project.brand.typefaces.display.weights
    for weight, (vi, en) in _USED.items():
        nearest = project.brand.typefaces.display.nearest(weight)
        if weight not in weights:
            yield Problem(
                f"{BRAND_FILE}: typefaces.display.files",
                f"thiếu độ đậm {weight} ({vi}); độ đậm {nearest} được dùng thay",
                f"lacks the weight {weight} ({en}); {nearest} stands in",
            )


def _faint(theme: Theme) -> Iterator[Problem]:
    """A problem for each role whose colour is too near to a ground of its own."""
    palette = theme.palette
    grounds = _grounds(palette)
    pairs = [(role, "ground", grounds) for role in ("ink", "ink_soft", "accent")]
    for role, ground, colors in [*pairs, ("card_ink", "card", [palette.card])]:
        ink: Rgb = getattr(palette, role)
        found = min(contrast(luminance(ink), luminance(color)) for color in colors)
        if found < LEAST_READABLE:
            least = LEAST_READABLE
            yield Problem(
                f"{BRAND_FILE}: themes.{theme.id}.palette.{role}",
                f"tương phản với {ground} là {number(found, 'vi', places=2)}; cần từ {plain(least, 'vi')}",
                f"has a contrast of {number(found, 'en', places=2)} on {ground}; "
                f"at least {plain(least, 'en')} is needed",
            )
    if luminance(palette.card_ink) >= luminance(palette.card):
        yield Problem(
            f"{BRAND_FILE}: themes.{theme.id}.palette.card_ink",
            "sáng hơn card; nhiều máy không quét được mã sáng trên nền tối",
            "is lighter than card; many phones read no light code on a dark ground",
        )


def _grounds(palette: Palette) -> list[Rgb]:
    """The gradient's stops, and steps between each two."""
    return [
        mix(one, other, step / _STEPS)
        for one, other in pairwise(palette.ground)
        for step in range(_STEPS + 1)
    ]
