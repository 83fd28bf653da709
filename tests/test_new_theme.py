"""A theme is a block of colours and one template: this builds the one that docs/themes.md shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
from PIL import Image

from dxassets import Wanted, build, load_campaign
from dxassets.resources import bundled_root

_DOC = Path(__file__).parent.parent / "docs" / "themes.md"


def _project_with_rice(folder: Path) -> Path:
    """A project of its own: the bundled campaign, and a brand with one theme more."""
    root = bundled_root()
    campaign = folder / "campaigns" / "daknong-2022"
    shutil.copytree(root / "campaigns" / "daknong-2022", campaign)
    shutil.copytree(root / "brand", folder / "brand")
    brand = folder / "brand" / "brand.toml"
    text = brand.read_text(encoding="utf-8")
    start = text.index("[[themes]]")
    block = text[start : text.index("[[themes]]", start + 1)]
    rice = (
        block.replace('id = "digital"', 'id = "rice"')
        .replace("#061850", "#0c3d1f")
        .replace("#0a389a", "#125a2c")
    )
    brand.write_text(text[:start] + rice.replace("#0950a4", "#17703a") + text[start:], encoding="utf-8")
    template = re.search(r"```jinja\n(.*?)```", _DOC.read_text(encoding="utf-8"), re.DOTALL)
    assert template is not None
    (folder / "templates" / "banner").mkdir(parents=True)
    shown = re.sub(r"^ {3}", "", template.group(1), flags=re.MULTILINE)
    (folder / "templates" / "banner" / "rice.svg.j2").write_text(shown, encoding="utf-8")
    return campaign


def test_the_documented_theme_builds_in_every_family(tmp_path: Path) -> None:
    project = load_campaign(str(_project_with_rice(tmp_path / "project")))
    presets = (
        "share-1200x630",
        "leaderboard-728x90",
        "billboard-970x250",
        "instagram-1080x1080",
        "half-page-300x600",
        "skyscraper-160x600",
    )
    report = build(
        project, Wanted(themes=("rice",), presets=presets, kinds=("banner",)), out=tmp_path / "out"
    )
    assert not report.failed
    assert len(report.made) == 2 * len(presets)
    share = next(path for path in report.made if "10-10/rice/share" in path)
    with Image.open(report.folder / share) as picture:
        red, green, blue = np.asarray(picture.convert("RGB"))[620, 4]
    assert green > max(red, blue)
