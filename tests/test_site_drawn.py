"""Banners that the page draws itself: any name, from the web or a folder, held against the command's."""

from __future__ import annotations

import base64
import io
import json
import re
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page

from dxassets.api.single import banner_job, finished
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.digest import digest
from dxassets.errors import AssetError
from dxassets.kinds.banner import nameless
from dxassets.kinds.banner.nameless import bases_of
from dxassets.kinds.faces import SiteWanted
from dxassets.project import Project
from dxassets.renderers.site import Site
from dxassets.renderers.site.naming import naming_files
from tests.drawing_support import PROVINCE_URL
from tests.drawing_support import project as bundled
from tests.naming_support import told
from tests.site_support import CHROMIUM, CU_JUT, DESKTOP, Open, until

needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
NAME = "Trường Trung học phổ thông Chu Văn An"
SHARE = "day=10-10&theme=digital&preset=share-1200x630"
MOST_APART = 1.0
"""Of 255, in the mean of all pixels and channels: the browser and the command round edges differently."""
MOST_PNG = 250_000


def address_of(name: str, look: str = SHARE) -> str:
    return f"banner.html#co-quan={quote(name)}&{look}"


def drawn(page: Page) -> None:
    until(page, "document.querySelector('canvas#picture') !== null")


def taken(page: Page, label: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.locator("#downloads button", has_text=label).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def by_command(
    name: str,
    file_format: Any,
    *,
    day: str = "10-10",
    theme: str = "digital",
    preset: str = "share-1200x630",
) -> bytes:
    job = banner_job(bundled(), file_format, day=day, theme=theme, preset=preset, agency_name=name)
    return finished(job, bundled().resources).data


def pixels(data: bytes) -> np.ndarray[Any, Any]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


@needs_chromium
def test_a_name_that_is_not_listed_gets_the_commands_picture(open_page: Open) -> None:
    page = open_page(address_of(NAME))
    drawn(page)
    assert page.input_value("#typed-name") == NAME
    assert NAME in page.input_value("#alt")
    called, png = taken(page, "PNG")
    assert called == "truong-trung-hoc-pho-thong-chu-van-an-10-10-digital-share-1200x630.png"
    mine, picture = pixels(by_command(NAME, "png")), pixels(png)
    assert abs(mine - picture).mean() < MOST_APART
    assert len(png) <= MOST_PNG
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))] == [PROVINCE_URL]
    _, jpg = taken(page, "JPG")
    assert abs(mine - pixels(jpg)).mean() < 4 * MOST_APART
    _, svg = taken(page, "SVG")
    assert abs(mine - svg_to_pixels(svg.decode()).astype(int)).mean() < MOST_APART


@needs_chromium
@pytest.mark.parametrize(
    ("day", "theme", "preset"),
    [("10-10", "formal", "leaderboard-728x90"), ("01-11", "brocade", "share-1200x630")],
)
def test_other_looks_and_dense_pictures_are_the_commands_too(
    open_page: Open, day: str, theme: str, preset: str
) -> None:
    name = "UBND xã Ea Ƀông Ơ̆i"  # letters that only the spare face has
    page = open_page(address_of(name, f"day={day}&theme={theme}&preset={preset}"))
    drawn(page)
    _, png = taken(page, "PNG")
    mine = by_command(name, "png", day=day, theme=theme, preset=preset)
    assert abs(pixels(mine) - pixels(png)).mean() < MOST_APART
    if preset == "leaderboard-728x90":
        _, dense = taken(page, "PNG @2x")
        assert Image.open(io.BytesIO(dense)).size == (1456, 180)


@needs_chromium
def test_names_are_drawn_from_a_folder_as_well(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport=DESKTOP, accept_downloads=True)  # pyright: ignore[reportArgumentType]
    try:
        page = context.new_page()
        page.goto((site / "banner.html").as_uri() + "#" + address_of(NAME).partition("#")[2])
        drawn(page)
        _, png = taken(page, "PNG")
    finally:
        context.close()
    assert abs(pixels(by_command(NAME, "png")) - pixels(png)).mean() < MOST_APART


@needs_chromium
def test_typing_draws_and_tells_what_can_not_be_drawn(open_page: Open) -> None:
    page = open_page(f"banner.html#{SHARE}")
    until(page, "document.getElementById('agency').value !== ''")
    page.click("#typed summary")
    page.fill("#typed-name", "Hợp tác xã Nông nghiệp Đắk Mil")
    drawn(page)
    assert "co-quan=H" in page.evaluate("location.hash")
    assert page.input_value("#agency") == "Hợp tác xã Nông nghiệp Đắk Mil"
    page.fill("#typed-name", "Sở Vui 🎉")
    until(page, "document.getElementById('typed-said').textContent.includes('🎉')")
    assert page.locator("#downloads button").count() == 0
    page.fill("#typed-name", "Sở\u200bNội vụ")
    assert "không in được" in page.inner_text("#typed-said")
    page.fill("#typed-name", "…")
    assert "ít nhất một chữ cái" in page.inner_text("#typed-said")
    page.fill("#typed-name", "Trường " + "Nghiêng" * 20)
    until(page, "document.getElementById('typed-said').textContent.includes('dài quá')")
    page.fill("#typed-short", "Trường Nghiêng")
    drawn(page)
    assert "Trường Nghiêng" in page.input_value("#alt")
    page.fill("#typed-name", "</script><b>Sở & {{ 7*7 }}</b>")
    until(page, "document.getElementById('alt').value.includes('{{ 7*7 }}')")
    assert page.locator("#show b, #caption b b").count() == 0


@needs_chromium
def test_a_drawn_banner_says_how_it_is_put_on_a_page(open_page: Open) -> None:
    name = """Trường "Chu" & 'An'"""
    page = open_page(address_of(name, "day=10-10&theme=formal&preset=leaderboard-728x90"))
    drawn(page)
    told = page.input_value("#embed")
    start = "truong-chu-an-10-10-formal-leaderboard-728x90"
    assert f'src="{start}.png" srcset="{start}.png 1x, {start}@2x.png 2x"' in told
    assert "Trường &quot;Chu&quot; &amp; &#x27;An&#x27;" in told
    assert "đặt cạnh trang web của bạn" in page.inner_text("#drawn-hint")
    assert page.is_hidden("#embed-hint")
    assert taken(page, "PNG @2x")[0] == f"{start}@2x.png"
    page.check('input[value="share-1200x630"]', force=True)
    until(page, "location.hash.includes('share')")
    until(page, "document.getElementById('embed-field').hidden")


@needs_chromium
def test_a_link_by_name_or_id_leads_to_the_same_agency(open_page: Open) -> None:
    by_id = open_page(f"banner.html#co-quan={CU_JUT}&{SHARE}")
    until(by_id, "document.getElementById('agency').value.endsWith('Cư Jút')")
    by_name = open_page(address_of("Ủy ban nhân dân huyện Cư Jút"))
    until(by_name, f"location.hash.includes('{CU_JUT}')")
    assert by_name.input_value("#typed-name") == ""


@needs_chromium
def test_what_is_typed_goes_nowhere(open_page: Open) -> None:
    page = open_page(f"banner.html#{SHARE}")
    until(page, "document.getElementById('agency').value !== ''")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data}"))
    page.click("#typed summary")
    page.fill("#typed-name", "Phòng Kinh doanh")
    drawn(page)
    taken(page, "PNG")
    assert [line for line in sent if "/js/letters.js" in line]
    assert all(line.startswith("GET ") and line.endswith(" None") for line in sent)
    typed = ("kinh", "doanh", quote("Phòng").lower())
    assert not [line for line in sent if any(word in line.lower() for word in typed)]


def handed_over(script: Path) -> tuple[str, Any]:
    """What a script hands over, and by which name."""
    said = script.read_text(encoding="utf-8").partition("(")[2].rpartition(");")[0]
    name, value = json.loads(f"[{said}]")
    return name, value


def inflated(text: str) -> str:
    return zlib.decompress(base64.b64decode(text)).decode()


def test_a_base_is_handed_over_whole_with_its_slot(site: Path) -> None:
    name, base = handed_over(site / "bases/10-10-digital-share-1200x630.js")
    (mine,), problems = bases_of(
        bundled(), SiteWanted(days=("10-10",), themes=("digital",), presets=("share-1200x630",))
    )
    assert name == "base 10-10-digital-share-1200x630"
    called, place = base["shapes"]
    path, _, digits = place.partition("?v=")
    assert digest((site / path).read_bytes())[:10] == digits
    given, table = handed_over(site / path)
    assert given == called
    rows = json.loads(inflated(table))
    drawing = inflated(base["svg"])
    assert len(drawing) < len(mine.svg) / 2
    assert re.sub(r' d="#(\d+)"', lambda row: f' d="{rows[int(row[1])]}"', drawing) == mine.svg
    assert mine.slot is not None
    assert base["slot"] == told(mine.slot)
    assert base["alt"].count("{}") == 1
    assert problems == ()


def test_a_ground_on_which_names_could_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anywhere in the slot counts, not only where one name happens to stand."""
    wanted = SiteWanted(days=("10-10",), themes=("digital",), presets=("share-1200x630",))
    plain = nameless.without_name

    def spoilt(share: float) -> Any:
        def made(*said: Any) -> Any:
            found = plain(*said)
            assert found.ground is not None
            ground = found.ground.copy()
            ground[:, round(ground.shape[1] * (1 - share)) :] = 200
            return nameless.Nameless(found.svg, found.slot, found.alt, ground)

        return made

    monkeypatch.setattr(nameless, "without_name", spoilt(0.004))
    assert len(bases_of(bundled(), wanted)[0]) == 1
    monkeypatch.setattr(nameless, "without_name", spoilt(0.02))
    bases, problems = bases_of(bundled(), wanted)
    assert bases == ()
    assert "tương phản" in problems[0].vi
    assert problems[0].where == "10-10, digital, share-1200x630"


def test_a_look_that_has_no_room_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> Any:
        raise AssetError(nameless.Problem("", "không vừa", "does not fit"))

    monkeypatch.setattr(nameless, "without_name", never)
    bases, problems = bases_of(bundled(), SiteWanted(days=("10-10",), presets=("share-1200x630",)))
    assert bases == ()
    assert {problem.en for problem in problems} == {"does not fit"}


@needs_chromium
def test_a_drawing_takes_no_rows_of_another_editions_table(open_page: Open, site: Path) -> None:
    """A copy that is half-way draws nothing rather than letters that are others."""
    name, table = handed_over(site / "js/shapes-10-10.js")
    page = open_page("index.html")
    page.route(
        "**/js/shapes-10-10.js*",
        lambda route: route.fulfill(
            body=f"dxassetsHand({json.dumps(name + '0')}, {json.dumps(table)});",
            content_type="text/javascript",
        ),
    )
    page.goto(page.url.replace("index.html", address_of(NAME)))
    until(page, "document.getElementById('said').textContent !== ''")
    assert page.locator("canvas#picture").count() == 0
    page.unroute("**/js/shapes-10-10.js*")
    page.fill("#typed-name", NAME + " 2")
    drawn(page)


def test_a_page_that_draws_nothing_hands_nothing_over(project: Project) -> None:
    assert naming_files(Site(project.campaign, project.brand, project.presets), project.resources) == {}
