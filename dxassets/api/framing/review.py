"""The review page of a run: all photos, the most doubtful first, to be moved, zoomed and turned by hand.

One HTML file that holds all it needs, so that it opens from a folder, offline. What is put right there is
saved as a file that `dxassets frame --corrections` takes. The page moves photos by the scripts of the site's
avatar page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dxassets.api.framing.collecting import readable
from dxassets.api.framing.report import FramedPhoto, FramesReport
from dxassets.api.framing.wanted import DrawnFrame
from dxassets.backends.photo_canvas import encode_photo
from dxassets.backends.photos import read_photo
from dxassets.backends.rasterizer import pixels_to_png, read_pixels, resized
from dxassets.backends.templating import Templates, trusted_markup
from dxassets.errors import Lang, PhotoError
from dxassets.framing import LEAST_GROUP_ZOOM
from dxassets.models import read_toml
from dxassets.project import Project
from dxassets.renderers.site.bundling import bundle
from dxassets.runners.photos import PhotoTask, read_photo_file

SIDE = 480
"""Px of the frame on the page."""
_THUMB, _QUALITY = 640, 72
"""Px of a photo's longer side on the page, and the quality of its JPEG: some 40 kB each."""
_FOLDER, _SHARED = "templates/review", "templates/site/js"
_READERS = 2
"""Threads that read photos: decoders let go of the interpreter."""


def review_of(
    project: Project, report: FramesReport, frame: DrawnFrame, tasks: Sequence[PhotoTask]
) -> bytes | None:
    """The page of all photos that were framed; None when none was."""
    by_name = {task.name: task for task in tasks}
    made = [photo for photo in report.photos if photo.framed is not None and photo.result is not None]
    if not made:
        return None
    made.sort(key=lambda photo: -photo.doubt)
    with ThreadPoolExecutor(_READERS) as threads:

        def shown(photo: FramedPhoto) -> dict[str, Any] | None:
            name = "" if photo.result is None else photo.result.name
            return _shown(photo, by_name[name], frame=frame, lang=report.lang)

        photos = [each for each in threads.map(shown, made) if each is not None]
    failed = [readable(photo.photo) for photo in report.of("failed")]
    return _page(project, report.lang, frame, photos=photos, failed=failed)


def _page(
    project: Project, lang: Lang, frame: DrawnFrame, *, photos: list[dict[str, Any]], failed: list[str]
) -> bytes:
    """The file, with a policy that lets nothing but its own script run, and nothing be loaded."""
    resources, kit = project.resources, frame.kit
    said: dict[str, Any] = read_toml(resources.read(f"{_FOLDER}/texts.toml").data, f"{_FOLDER}/texts.toml")
    texts = {name: words[lang] for name, words in said.items()}
    style = resources.read(f"{_FOLDER}/review.css").data.decode()
    script = bundle("review.js", lambda name: _source(project, name))
    ring = pixels_to_png(resized(read_pixels(kit.frame), SIDE, SIDE))
    data = {
        "lang": lang,
        "texts": texts,
        "side": SIDE,
        "opening": {"x": kit.opening.x, "y": kit.opening.y, "radius": kit.opening.radius, "edge": kit.edge},
        "ground": str(kit.surround),
        "around": None if kit.around is None else str(kit.around),
        "least": LEAST_GROUP_ZOOM,
        "frame": _address(ring, "image/png"),
        "photos": photos,
    }
    templates = Templates(lambda name: resources.read(f"templates/{name}").data.decode())
    return templates.render(
        "review/review.html.j2",
        {
            "lang": lang,
            "t": texts,
            "failed": failed,
            "style": trusted_markup(style),
            "script": trusted_markup(script),
            "policy": _policy(style, script),
            "data": trusted_markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")),
        },
    ).encode()


def _source(project: Project, name: str) -> str:
    """A module of the page's own, or one that it shares with the site."""
    own = project.resources.data(f"{_FOLDER}/{name}")
    return (own or project.resources.read(f"{_SHARED}/{name}").data).decode()


def _policy(*inline: str) -> str:
    style, script = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in inline)
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _shown(photo: FramedPhoto, task: PhotoTask, *, frame: DrawnFrame, lang: Lang) -> dict[str, Any] | None:
    """A photo as the page needs it; None where it can't be read any more."""
    framed, kit = photo.framed, frame.kit
    if framed is None:
        return None
    try:
        read = read_photo(
            read_photo_file(task.path, task.shown), where=task.shown, least=_THUMB / 2, ground=kit.ground
        )
    except PhotoError:
        return None
    factor = min(1.0, _THUMB / max(read.shape))
    small = resized(read.pixels, *(max(1, round(side * factor)) for side in read.shape[::-1]))
    return {
        "result": task.name,
        "photo": readable(photo.photo),
        "source": _address(encode_photo(small, "jpg", quality=_QUALITY), "image/jpeg"),
        "width": read.width,
        "height": read.height,
        "place": [framed.focus_x, framed.focus_y, framed.zoom, framed.rotation],
        "doubt": round(photo.doubt, 3),
        "found": photo.how_in(lang),
        "faces": framed.faces,
        "sure": None if framed.sure is None else round(100 * framed.sure),
        "turned": framed.turned,
    }


def _address(data: bytes, media_type: str) -> str:
    """The file as an address that holds it whole."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
