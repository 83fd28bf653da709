"""The preview sheet of a run: its first photos as an app will show them."""

from __future__ import annotations

from dxassets.api.framing.collecting import readable
from dxassets.api.framing.report import FramedPhoto, FramesReport
from dxassets.backends.rasterizer import pixels_to_png, read_pixels
from dxassets.errors import Lang
from dxassets.kinds.frame.preview import SIDES, PreviewPhoto, draw_preview
from dxassets.project import Project
from dxassets.renderers.faces import shaper_of

MOST_SHOWN = 6
Words = tuple[str, str]
_TITLE: Words = ("Xem trước ảnh đại diện", "Preview of profile pictures")
_EXACT: Words = ("Đúng cỡ điểm ảnh, cắt tròn", "At their exact size in px, cut to circles")
_ENLARGED: Words = (
    "Cắt tròn (ảnh {side} px được phóng lên ở cỡ {largest} px)",
    "Cut to circles ({side} px, enlarged where {largest} px are shown)",
)
_GROUNDS: Words = (
    "như Facebook và Zalo, trên nền sáng và nền tối",
    "as Facebook and Zalo do it, on light and dark",
)
_FIRST: Words = ("{shown} ảnh đầu trong {made} ảnh", "the first {shown} of {made}")
_PLACED_BY: Words = ("Canh theo: {how}", "Placed by: {how}")


def preview_of(project: Project, report: FramesReport, *, side: int) -> bytes | None:
    """The sheet of the first photos that were framed, `side` px each, as a PNG; None when none was."""
    made = [photo for photo in report.photos if photo.result is not None]
    if not made:
        return None
    lang, shown = report.lang, made[:MOST_SHOWN]
    sizes = _EXACT if side >= max(SIDES) else _ENLARGED
    subtitle = f"{_said(sizes, lang, side=side, largest=max(SIDES))}, {_said(_GROUNDS, lang)}"
    if len(made) > len(shown):
        subtitle += f"  ·  {_said(_FIRST, lang, shown=len(shown), made=len(made))}"
    page = draw_preview(
        _said(_TITLE, lang),
        subtitle,
        [_shown(photo, lang) for photo in shown],
        shaper=shaper_of(project.resources),
        lang=lang,
    )
    return pixels_to_png(page)


def _said(words: Words, lang: Lang, **parts: object) -> str:
    return words[0 if lang == "vi" else 1].format_map(parts)


def _shown(photo: FramedPhoto, lang: Lang) -> PreviewPhoto:
    data = b"" if photo.result is None else photo.result.read_bytes()
    name = "" if photo.result is None else readable(photo.result.name)
    return PreviewPhoto(read_pixels(data), name, _said(_PLACED_BY, lang, how=photo.how_in(lang)))
