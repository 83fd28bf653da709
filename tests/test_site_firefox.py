"""The pages in Firefox: names are drawn as the command draws them, an agency is found, a photo is framed."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from collections.abc import Generator
from pathlib import Path
from urllib.parse import quote

import pytest
import zxingcpp
from PIL import Image

from tests.drawing_support import PROVINCE_URL
from tests.firefox_support import FIREFOX, Firefox, firefox
from tests.pack_support import through_gates
from tests.site_support import CU_JUT, PRESETS
from tests.test_site_drawn import MOST_APART, MOST_PNG, NAME, SHARE, address_of, by_command, pixels

pytestmark = [
    pytest.mark.skipif(FIREFOX is None, reason="there is no Firefox (apt-get install firefox-esr)"),
    pytest.mark.slow,
]
DRAWN = "document.querySelector('canvas#picture')"
TAKE = """for (const each of document.querySelectorAll("#downloads button"))
  if (each.textContent.trim() === arguments[0]) each.click();"""


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Generator[Firefox]:
    """One Firefox for all tests here."""
    with firefox(tmp_path_factory.mktemp("firefox")) as opened:
        yield opened


def shown(window: Firefox) -> bytes:
    """The picture that stands on the page."""
    address: str = window.run(f"return {DRAWN}.toDataURL('image/png')")
    return b64decode(address.partition(",")[2])


@pytest.mark.parametrize(
    ("day", "theme", "preset"),
    [
        ("10-10", "digital", "share-1200x630"),
        ("10-10", "formal", "leaderboard-728x90"),
        ("01-11", "brocade", "share-1200x630"),
        ("01-11", "light", "rectangle-300x250"),
    ],
)
def test_a_drawn_picture_is_the_commands(
    window: Firefox, address: str, day: str, theme: str, preset: str
) -> None:
    name = "UBND xã Ea Ƀông Ơ̆i"  # letters that only the spare face has
    window.goto("about:blank")  # else only the fragment would change
    window.goto(address + address_of(name, f"day={day}&theme={theme}&preset={preset}"))
    window.until(DRAWN)
    mine = pixels(by_command(name, "png", day=day, theme=theme, preset=preset))
    assert abs(mine - pixels(shown(window))).mean() < MOST_APART


@pytest.mark.parametrize("from_folder", [False, True])
def test_a_saved_file_is_light_and_its_code_reads(
    window: Firefox, address: str, site: Path, *, from_folder: bool
) -> None:
    place = f"{site.as_uri()}/" if from_folder else address
    window.goto("about:blank")
    window.goto(place + address_of(NAME))
    window.until(DRAWN)
    file = window.saved(TAKE.replace("arguments[0]", '"Tải PNG"'))
    assert file.name == "truong-trung-hoc-pho-thong-chu-van-an-10-10-digital-share-1200x630.png"
    picture = file.read_bytes()
    file.unlink()
    assert len(picture) <= MOST_PNG
    assert abs(pixels(by_command(NAME, "png")) - pixels(picture)).mean() < MOST_APART
    codes = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert [code.text for code in codes] == [PROVINCE_URL]


def test_an_agency_is_found_on_the_list(window: Firefox, address: str) -> None:
    window.goto("about:blank")
    window.goto(f"{address}banner.html#{SHARE}")
    window.until("document.getElementById('agency').value !== ''")
    window.run("document.getElementById('agency').focus()")
    window.run(
        """const field = document.getElementById("agency"); field.value = "cujut";
        field.dispatchEvent(new Event("input", { bubbles: true }));"""
    )
    window.until("document.querySelector('#agencies li')")
    window.run("document.querySelector('#agencies li').click()")
    window.until(f"location.hash.includes('{quote(CU_JUT)}')")
    window.until("document.getElementById('picture')?.naturalWidth === 1200")


def test_a_photo_is_framed_and_saved(window: Firefox, address: str, photo: Path) -> None:
    window.goto(f"{address}avatar.html")
    found = window.ask("WebDriver:FindElement", using="css selector", value="#file")["value"]
    (element,) = found.values()
    window.ask("WebDriver:ElementSendKeys", id=element, text=str(photo))
    window.until(
        "document.querySelector('.studio.has-photo') && document.getElementById('stage').dataset.frame"
    )
    file = window.saved("document.getElementById('save').click()")
    with Image.open(file) as picture:
        assert picture.size == (1080, 1080)


def test_a_whole_pack_is_made_and_each_picture_passes_the_gates(window: Firefox, address: str) -> None:
    window.goto("about:blank")
    window.goto(address + address_of(NAME))
    window.until(DRAWN)
    window.run("document.getElementById('zip').click()")
    window.until("document.getElementById('pack-go')")
    window.run(
        """for (const box of document.querySelectorAll("#packing input"))
          if (box.checked !== (box.name === "pack-sort" || box.value === "10-10 digital")) box.click();"""
    )
    file = window.saved("document.getElementById('pack-go').click()")
    assert file.name == "tron-goi-truong-trung-hoc-pho-thong-chu-van-an.zip"
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        banners = [name for name in names if name.startswith("banner/")]
        assert len(banners) == len(PRESETS)
        for name in banners:
            stem, _, file_format = name.rpartition(".")
            preset = stem.partition("-10-10-digital-")[2]
            through_gates(archive.read(name), file_format, NAME, day="10-10", theme="digital", preset=preset)
        codes = [name for name in names if name.startswith("ma-qr/") and name.endswith(".png")]
        read = {
            code.text for name in codes for code in zxingcpp.read_barcodes(Image.open(archive.open(name)))
        }
        assert PROVINCE_URL in read
    assert {name.partition("/")[0] for name in names} >= {"cong-van", "khung-anh", "lich", "loi-dang"}
    file.unlink()
