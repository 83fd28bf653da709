"""The preview sheet of a run: its first photos as an app will show them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from dxassets.api.framing.collecting import readable
from dxassets.api.framing.naming import same_file_key
from dxassets.api.framing.records import PREVIEW_NAME
from dxassets.api.framing.report import FramedPhoto
from dxassets.api.project import Project
from dxassets.backends.rasterizer import pixels_to_png, read_pixels
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.frame_preview import Shown, draw_preview
from dxassets.store import publish

MOST_SHOWN = 6
_TITLE = "Xem trước ảnh đại diện"


def publish_preview(
    project: Project, photos: Sequence[FramedPhoto], folder: Path, *, inputs: AbstractSet[str]
) -> Path | None:
    """The sheet of the first photos that were framed, as a PNG in `folder`; None when none was.

    It takes the name of no photo of the run, `inputs` in the same folder.
    """
    shown = [photo for photo in photos if photo.result is not None][:MOST_SHOWN]
    if not shown:
        return None
    made = sum(photo.result is not None for photo in photos)
    subtitle = "Đúng cỡ điểm ảnh, cắt tròn như Facebook và Zalo, trên nền sáng và nền tối"
    if made > len(shown):
        subtitle += f"  ·  {len(shown)} ảnh đầu trong {made} ảnh"
    page = draw_preview(
        _TITLE, subtitle, [_shown(photo) for photo in shown], shaper=shaper_of(project.resources)
    )
    held = {same_file_key(name) for name in inputs}
    name, at = PREVIEW_NAME, 1
    while same_file_key(name) in held:
        at += 1
        name = PREVIEW_NAME.replace(".", f"-{at}.")
    return publish(folder, name, pixels_to_png(page))


def _shown(photo: FramedPhoto) -> Shown:
    data = b"" if photo.result is None else photo.result.read_bytes()
    name = "" if photo.result is None else readable(photo.result.name)
    return Shown(read_pixels(data), name, f"Canh theo: {photo.how}")
