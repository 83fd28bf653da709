"""Banners without a name: drawn once and kept, light with a photo in them, small to choose from."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from dxassets.geometry import Box
from dxassets.kinds.banner import nameless
from dxassets.kinds.banner.kept_bases import KeptBases
from dxassets.kinds.banner.nameless import bases_of, lighter, small_of
from dxassets.kinds.faces import SiteWanted
from dxassets.project import Project
from dxassets.renderers.site.model import FILES_BEGIN
from tests.drawing_support import PROVINCE_URL
from tests.site_support import landscape

ONE = SiteWanted(days=("10-10",), themes=("digital",), presets=("leaderboard-728x90",))


def never(*_: Any) -> Any:
    raise AssertionError("it was drawn again")


def kept_in(folder: Path) -> list[Path]:
    return sorted((folder / ".dxassets/bases").iterdir())


def test_what_did_not_change_is_not_drawn_again(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = bases_of(project, ONE, kept=KeptBases(tmp_path, "tools"))
    monkeypatch.setattr(nameless, "without_name", never)
    again, problems = bases_of(project, ONE, kept=KeptBases(tmp_path, "tools"))
    assert again == first
    assert problems == ()
    with pytest.raises(AssertionError, match="drawn again"):
        bases_of(project, ONE, kept=KeptBases(tmp_path, "newer tools"))
    with pytest.raises(AssertionError, match="drawn again"):
        bases_of(project, ONE)


def test_a_kept_base_that_does_not_read_is_drawn_again(project: Project, tmp_path: Path) -> None:
    first, _ = bases_of(project, ONE, kept=KeptBases(tmp_path, "tools"))
    (file,) = kept_in(tmp_path)
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"no base"):
        file.write_bytes(broken)
        assert bases_of(project, ONE, kept=KeptBases(tmp_path, "tools"))[0] == first
        assert file.read_bytes() == whole
    bases_of(project, ONE, kept=KeptBases(tmp_path, "newer tools"))
    assert file not in kept_in(tmp_path)
    assert len(kept_in(tmp_path)) == 1


def embedded(picture: Image.Image, kind: str, **options: Any) -> str:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(out.getvalue()).decode()}"


def pictures_in(svg: str) -> list[tuple[str, Image.Image]]:
    found = re.findall(r"data:image/(\w+);base64,([^\"]+)", svg)
    return [(kind, Image.open(io.BytesIO(base64.b64decode(data)))) for kind, data in found]


def test_pictures_in_a_base_are_webp_where_that_is_lighter() -> None:
    photo = landscape(900, 600)
    fading = photo.convert("RGBA")
    fading.putalpha(Image.linear_gradient("L").resize(photo.size))
    svg = f'<image href="{embedded(photo, "JPEG", quality=95)}"/><image href="{embedded(fading, "PNG")}"/>'
    made = lighter(svg)
    assert len(made) < len(svg)
    for (kind, picture), own in zip(pictures_in(made), (photo, fading), strict=True):
        assert kind == "webp"
        mode = own.mode
        apart = np.abs(np.asarray(picture.convert(mode), dtype=int) - np.asarray(own, dtype=int))
        assert apart[..., :3].mean() < 2
        if mode == "RGBA":
            assert apart[..., 3].max() == 0
    dot = f'<image href="{embedded(Image.new("RGB", (1, 1)), "JPEG")}"/>'
    assert len(lighter(dot)) <= len(dot)


def test_every_size_is_shown_in_small(project: Project) -> None:
    (base,), _ = bases_of(project, ONE)
    with Image.open(io.BytesIO(base.small)) as small:
        assert (small.format, small.width) == ("WEBP", 168)
        assert abs(small.height - 168 * 90 / 728) < 1
    tall = small_of('<svg xmlns="http://www.w3.org/2000/svg" width="160" height="600"/>', Box(0, 0, 160, 600))
    with Image.open(io.BytesIO(tall)) as small:
        assert small.height == 112


class _Images(HTMLParser):
    """The attributes of every `<img>`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.links: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))
        if tag == "a":
            self.links.append(dict(attrs)["href"])


def test_a_base_has_the_html_of_the_files_that_the_page_will_make(project: Project) -> None:
    (base,), _ = bases_of(project, ONE)
    assert base.embed is not None
    told = _Images(base.embed)
    (image,) = told.found
    name = f"{FILES_BEGIN}leaderboard-728x90"
    assert image["src"] == f"{name}.png"
    assert image["srcset"] == f"{name}.png 1x, {name}@2x.png 2x"
    assert (image["width"], image["height"]) == ("728", "90")
    assert image["alt"] == base.alt
    assert told.links == [PROVINCE_URL]
    (shared,), _ = bases_of(project, replace(ONE, presets=("share-1200x630",)))
    assert (shared.embed, shared.plain) == (None, None)
