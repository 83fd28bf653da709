"""The wall sheet as poppler draws it: what its key shows is seen, and told apart, in every theme."""

from __future__ import annotations

import io
import math
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dxassets.api import Wanted, load_campaign, plan
from dxassets.brand import parse_brand
from dxassets.colors import Rgb, contrast, luminance, mix, oklab
from dxassets.kinds.calendar.render import hung_frame, marked_field
from dxassets.kinds.calendar.spec import CalendarSpec
from dxassets.kinds.registry import render
from dxassets.resources import bundled_root

WISH = Wanted(kinds=("calendar",), formats=("pdf",))
BRAND = parse_brand((bundled_root() / "brand/brand.toml").read_bytes(), "brand.toml")
_SCALE = 150 / 72
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
WHITE = luminance(Rgb(255, 255, 255))

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")


def drawn(theme: str, folder: Path) -> tuple[dict[str, tuple[Rgb, Rgb]], Image.Image]:
    """Each swatch of the key, its edge and its middle, by the first two words behind it; and the page."""
    project = load_campaign("daknong-2022")
    (job,) = plan(project, WISH).jobs
    assert isinstance(job.spec, CalendarSpec)
    file = folder / "sheet.pdf"
    file.write_bytes(render(replace(job, spec=replace(job.spec, theme=theme)), project.resources).data)
    run = ["pdftotext", "-bbox", str(file), "-"]
    text = subprocess.run(run, capture_output=True, check=True, timeout=60).stdout.decode()
    run = ["pdftoppm", "-r", "150", "-png", str(file)]
    page = Image.open(io.BytesIO(subprocess.run(run, capture_output=True, check=True, timeout=60).stdout))
    words = [(*map(float, found[:4]), found[4]) for found in _WORD.findall(text)]
    lowest = max(top for _, top, _, _, _ in words)
    key = sorted(each for each in words if lowest - each[1] < 2)
    ends = [0.0, *(right for _, _, right, _, _ in key)]
    swatches: dict[str, tuple[Rgb, Rgb]] = {}
    seconds = [word for *_, word in key[1:]] + [""]
    for (left, top, _, bottom, word), end, second in zip(key, ends, seconds, strict=False):
        if left - end > 20:  # room for a swatch, 4 mm wide, 1.5 mm before its word
            row = (top + bottom) / 2
            swatches[f"{word} {second}"] = (pixel(page, left - 14.6, row), pixel(page, left - 9.9, row))
    return swatches, page


def pixel(page: Image.Image, left: float, top: float) -> Rgb:
    value = page.convert("RGB").getpixel((round(left * _SCALE), round(top * _SCALE)))
    assert isinstance(value, tuple)
    return Rgb(*map(int, value))


def apart(first: Rgb, second: Rgb) -> float:
    return math.dist(oklab(first), oklab(second))


@pytest.mark.parametrize("theme", [theme.id for theme in BRAND.themes])
def test_days_frames_and_fields_are_seen_in_every_theme(theme: str, tmp_path: Path) -> None:
    swatches, page = drawn(theme, tmp_path)
    assert set(swatches) == {"Ngày của", "Thời hạn", "Việc cần", "Treo băng", "Tháo băng", "Thời gian"}
    for edge, _ in swatches.values():
        assert contrast(luminance(edge), WHITE) >= 1.2
    day = swatches["Ngày của"]
    assert day[0] == day[1]
    assert apart(day[1], swatches["Thời gian"][1]) > 0.1
    for name in ("Treo băng", "Tháo băng", "Việc cần"):
        assert apart(swatches[name][0], swatches["Thời hạn"][0]) > 0.15
    fields = page.convert("RGB").crop((0, round(36 / 25.4 * 150), page.width // 2, page.height - 150))
    counted = sum(count for count, color in fields.getcolors(1 << 20) or () if color == day[1])
    assert counted > 2000  # two days, each in a field of its own


def test_an_accent_is_a_field_from_a_contrast_of_1_3_with_paper() -> None:
    palette, dark, light = BRAND.themes[0].palette, Rgb(9, 9, 9), Rgb(250, 250, 0)
    grays = [Rgb(level, level, level) for level in range(256)]
    taken = [
        marked_field(palette.model_copy(update={"accent": gray}), dark, light)[0] == gray for gray in grays
    ]
    last = taken.index(False) - 1
    assert all(taken[: last + 1])
    assert not any(taken[last + 1 :])
    assert contrast(luminance(grays[last]), WHITE) >= 1.3 > contrast(luminance(grays[last + 1]), WHITE)


def test_a_ground_frames_hung_days_from_0_15_off_the_deadlines_red() -> None:
    red, black = Rgb(0xB3, 0x26, 0x1E), Rgb(0, 0, 0)
    grounds = [mix(red, black, share / 100) for share in range(100)]
    first = [hung_frame(ground) == ground for ground in grounds].index(True)
    assert apart(grounds[first], red) >= 0.15 > apart(grounds[first - 1], red)
