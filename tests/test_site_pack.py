"""An office's whole pack, made in the page: read back with Python's own reader, each picture by the gates."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import zxingcpp
from PIL import Image

from dxassets.digest import digest
from dxassets.models import Bilingual
from dxassets.project import Project
from dxassets.renderers.site import Site, SiteFile, SitePapers, SiteShelf
from dxassets.renderers.site.goods import file_scripts
from tests.drawing_support import PROVINCE_URL
from tests.pack_support import NAME, START, choose_only, open_panel, packed, through_gates
from tests.site_support import CHROMIUM, DESKTOP, HOSTILE, HOSTILE_NAME, ISSUER, NPM, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download

    from tests.site_support import Open

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")

LOOK = "10-10 digital"
EVERY_SORT = ("web", "social", "screen", "print", "frames", "codes", "letter", "words", "calendar")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
MOST_PATH = 150
"""Letters: Windows stops at 260 together with where it is unpacked."""
_PIXELS = "function () { return this.reduce((sum, each) => sum + 4 * each.width * each.height, 0); }"
_BYTES = "function () { return this.reduce((sum, each) => sum + each.byteLength, 0); }"
SHARE_PIXELS = 4 * 1200 * 630
MOST_HELD = 5 * SHARE_PIXELS
TYPED = f"banner.html#co-quan={NAME}&day=10-10&theme=digital&preset=share-1200x630"


@pytest.fixture(scope="module")
def whole(open_once: Any) -> zipfile.ZipFile:
    """Everything in one look, of an office that is on no list."""
    with open_once(TYPED) as page:
        until(page, "document.querySelector('canvas#picture') !== null")
        open_panel(page)
        choose_only(page, looks=(LOOK,), sorts=EVERY_SORT)
        return packed(page)


@pytest.fixture(scope="module")
def open_once(browser: Browser, address: str) -> Any:
    """Opens a page for as long as its body lasts."""
    from contextlib import contextmanager  # noqa: PLC0415

    @contextmanager
    def opened(path: str, *, base: str = address, offline: bool = False) -> Any:
        context = browser.new_context(viewport=DESKTOP, accept_downloads=True)  # pyright: ignore[reportArgumentType]
        try:
            page = context.new_page()
            page.goto(base + path)
            context.set_offline(offline)
            yield page
        finally:
            context.close()

    return opened


def test_a_pack_holds_every_size_of_the_look_and_all_that_goes_with_it(whole: zipfile.ZipFile) -> None:
    names = whole.namelist()
    banners = [name for name in names if name.startswith("banner/")]
    assert len(banners) == 8  # every size of the small site
    assert all(name.startswith(f"banner/10-10-digital/{START}-10-10-digital-") for name in banners)
    assert sorted({name.partition("/")[0] for name in names}) == [
        "banner", "cong-van", "doc-truoc.txt", "khung-anh", "lich", "loi-dang", "ma-qr", "tai-lieu",
    ]  # fmt: skip
    assert {Path(name).suffix for name in names if name.startswith("cong-van/")} == {".docx", ".pdf"}
    frames = [name for name in names if name.startswith("khung-anh/")]
    assert len(frames) == 2 * 6
    assert all("10-10-digital" in name for name in frames)


def test_names_are_utf8_and_safe_on_windows(whole: zipfile.ZipFile) -> None:
    names = whole.namelist()
    assert len({name.casefold() for name in names}) == len(names)
    for entry in whole.infolist():
        assert entry.flag_bits & 0x800
        assert entry.compress_type == zipfile.ZIP_STORED
        assert len(entry.filename) <= MOST_PATH
        for part in entry.filename.split("/"):
            assert re.fullmatch(r"[^<>:\"/\\|?*\x00-\x1f]+", part)
            assert not part.endswith((".", " "))
            assert not RESERVED.fullmatch(part)


def test_each_picture_passes_the_gates_of_the_commands_own(whole: zipfile.ZipFile) -> None:
    judged = 0
    for name in whole.namelist():
        if not name.startswith("banner/"):
            continue
        stem, _, file_format = name.rpartition(".")
        preset = stem.partition("-10-10-digital-")[2]
        through_gates(whole.read(name), file_format, NAME, day="10-10", theme="digital", preset=preset)
        judged += 1
    assert judged == 8


def test_codes_and_frames_are_whole(whole: zipfile.ZipFile) -> None:
    codes = [name for name in whole.namelist() if name.startswith("ma-qr/") and name.endswith(".png")]
    read = {code.text for name in codes for code in zxingcpp.read_barcodes(Image.open(whole.open(name)))}
    assert PROVINCE_URL in read
    assert len(read) == len(codes)
    for name in whole.namelist():
        if name.startswith("khung-anh/") and name.endswith(".png"):
            frame = Image.open(whole.open(name))
            assert (frame.size, frame.mode) == ((1080, 1080), "RGBA")
            assert frame.getpixel((540, 540))[3] == 0  # pyright: ignore[reportIndexIssue, reportOptionalSubscript]


def test_words_and_calendar_are_readable(whole: zipfile.ZipFile) -> None:
    text = whole.read("loi-dang/loi-dang.txt")
    assert text.startswith(b"\xef\xbb\xbf")
    said = text.decode("utf-8-sig")
    assert f"{NAME} – Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10" in said
    assert PROVINCE_URL in said
    assert "Đắk Nông 01/11" not in said  # of the days that were chosen only
    rows = list(csv.reader(io.StringIO(whole.read("loi-dang/mo-ta-anh.csv").decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {name for name in whole.namelist() if name.startswith("banner/")}
    named = [row for row in rows[1:] if row[0].rpartition("-")[2].partition(".")[0] in {"1200x630", "a4"}]
    assert len(named) == 2
    assert all(NAME in row[1] for row in named)
    calendar: Any = icalendar.Calendar.from_ical(whole.read("lich/lich.ics"))
    days = {str(event["summary"]) for event in calendar.walk("VEVENT")}
    assert "Ngày Chuyển đổi số quốc gia" in days
    assert not [day for day in days if "Lễ phát động" in day]  # districts' own deadline
    assert NAME in whole.read("doc-truoc.txt").decode("utf-8-sig")


def test_a_ready_made_agency_gets_its_files_and_its_own_dates(open_once: Any, site: Path) -> None:
    with open_once(f"banner.html#co-quan={HOSTILE}") as page:
        until(page, "document.getElementById('agency').value.includes('Thử')")
        open_panel(page)
        choose_only(page, looks=(LOOK,), sorts=("web", "words"))
        archive = packed(page)
        assert HOSTILE_NAME in page.inner_text("#pack-note")
        assert page.locator("#packing b").count() == 0
    ready = [name for name in archive.namelist() if name.startswith("banner/")]
    assert len(ready) > 4
    for name in ready:
        mine = (site / "banner" / HOSTILE / name.rpartition("/")[2]).read_bytes()
        assert archive.read(name) == mine


def test_from_a_folder_everything_is_made_in_the_page(open_once: Any, site: Path) -> None:
    with open_once(f"banner.html#co-quan={ISSUER}", base=site.as_uri() + "/") as page:
        until(page, "document.getElementById('agency').value !== ''")
        open_panel(page)
        choose_only(page, looks=(LOOK,), sorts=("print", "codes", "letter", "calendar"))
        archive = packed(page)
    names = archive.namelist()
    assert f"banner/10-10-digital/{ISSUER}-10-10-digital-poster-a4.pdf" in names
    for name in names:
        folder, _, file = name.partition("/")
        place = {"cong-van": "letter", "ma-qr": "qr"}.get(folder)
        if place is not None and not file.endswith(".png"):
            assert archive.read(name) == (site / place / file).read_bytes()
    assert {name.partition("/")[0] for name in names} >= {"cong-van", "ma-qr", "lich", "banner"}
    assert "Lễ phát động" in archive.read("lich/lich.ics").decode().replace("\r\n ", "")


def test_a_heavy_file_is_told_where_it_lies_when_pages_come_from_a_folder(open_once: Any, site: Path) -> None:
    """Its script would weigh as much again; from a web server it is packed as any other."""
    heavy = [*site.rglob("*.mp4"), *(site / "press").glob("*.zip")]
    assert len(heavy) == 4 + 1
    with open_once(f"banner.html#co-quan={ISSUER}", base=site.as_uri() + "/") as page:
        until(page, "document.getElementById('agency').value !== ''")
        open_panel(page)
        choose_only(page, sorts=("letter",))
        archive = packed(page)
        assert "5 tệp không có trong gói" in page.inner_text("#pack-note")
    told = archive.read("doc-truoc.txt").decode("utf-8-sig")
    assert set(re.findall(r"hãy chép từ đó: (\S+)", told)) == {
        file.relative_to(site).as_posix() for file in heavy
    }
    assert not [name for name in archive.namelist() if name.endswith((".mp4", ".zip"))]


def test_a_file_is_handed_over_up_to_200_kilobytes(project: Project) -> None:
    data = {f"papers/{size}.bin": bytes(size) for size in (200_000, 200_001)}
    papers = tuple((path, SiteFile(path, "bin", len(data[path]), digest(data[path]))) for path in data)
    told = SitePapers("papers", Bilingual(vi="Giấy tờ", en="Papers"), papers)
    shelf = SiteShelf(project.campaign.offices[0], "banner/", ())
    site = Site(project.campaign, project.brand, project.presets, shelves=(shelf,), papers=(told,))
    scripts = file_scripts(site, data.__getitem__)
    assert list(scripts) == ["pack/papers/200000.bin.js"]
    given = scripts["pack/papers/200000.bin.js"].decode().partition("(")[2].rpartition(")")[0]
    _, packed_file = json.loads(f"[{given}]")
    assert zlib.decompress(base64.b64decode(packed_file)) == data["papers/200000.bin"]


def held(session: Any, prototype: str, weigh: str) -> float:
    """Bytes of all living objects of a kind, once what nobody holds is gone."""
    group = {"objectGroup": "held"}
    kind = session.send("Runtime.evaluate", {"expression": prototype, **group})["result"]["objectId"]
    found = session.send("Runtime.queryObjects", {"prototypeObjectId": kind, **group})["objects"]["objectId"]
    told = {"objectId": found, "functionDeclaration": weigh, "returnByValue": True}
    value = session.send("Runtime.callFunctionOn", told)["result"]["value"]
    session.send("Runtime.releaseObjectGroup", group)  # else it is held by having been asked for
    return value


def test_a_pack_holds_a_few_pictures_at_a_time(open_once: Any) -> None:
    """Pixels and bytes are let go as soon as they lie in the archive: 56 pictures take no more than five."""
    with open_once(TYPED) as page:
        until(page, "document.querySelector('canvas#picture') !== null")
        open_panel(page)
        looks = tuple(box.get_attribute("value") for box in page.locator('input[name="pack-look"]').all())
        choose_only(page, looks=looks, sorts=("web", "social"))
        session = page.context.new_cdp_session(page)
        most = 0.0
        page.click("#pack-go")
        while page.is_visible("#pack-stop"):
            pixels = held(session, "HTMLCanvasElement.prototype", _PIXELS)
            bytes_ = held(session, "ArrayBuffer.prototype", _BYTES)
            most = max(most, pixels + bytes_)
            page.wait_for_timeout(100)
        told = page.inner_text("#pack-note")
    assert len(looks) == 8
    assert "Đã gói xong" in told
    assert SHARE_PIXELS < most < MOST_HELD


def test_stop_leaves_nothing_behind_and_can_begin_again(open_once: Any) -> None:
    with open_once(TYPED) as page:
        until(page, "document.querySelector('canvas#picture') !== null")
        open_panel(page)
        choose_only(page, looks=(LOOK,), sorts=("web", "social", "frames"))
        taken: list[str] = []

        def note(download: Download) -> None:
            taken.append(download.suggested_filename)

        page.on("download", note)
        page.click("#pack-go")
        page.wait_for_selector("#pack-stop:visible")
        assert page.is_disabled('input[name="pack-look"]')
        page.click("#pack-stop")
        until(page, "document.getElementById('pack-note').textContent.startsWith('Đã dừng')")
        assert taken == []
        choose_only(page, looks=(LOOK,), sorts=("codes",))
        assert [name for name in packed(page).namelist() if name.startswith("ma-qr/")]


def test_a_network_that_goes_away_is_told_and_nothing_saved(open_once: Any) -> None:
    with open_once(TYPED) as page:
        until(page, "document.querySelector('canvas#picture') !== null")
        open_panel(page)
        choose_only(page, looks=(LOOK,), sorts=("letter",))
        page.context.set_offline(True)
        page.click("#pack-go")
        until(page, "document.getElementById('pack-note').textContent.startsWith('Chưa gói được')")
        assert page.is_visible("#pack-go")


def test_a_name_too_long_for_a_size_is_told_in_the_pack(open_once: Any) -> None:
    long = "Trường Nghiêng Nghiêng Nghiêng Nghiêng Nghiêng Nghiêng Nghiêng Nghiêng Nghiêng Nghiêng"
    with open_once(f"banner.html#co-quan={long}&day=10-10&theme=digital&preset=share-1200x630") as page:
        until(page, "document.getElementById('show').children.length > 0")
        open_panel(page)
        choose_only(page, looks=(LOOK,), sorts=("web",))
        archive = packed(page)
        assert "doc-truoc.txt" in page.inner_text("#pack-note")
    told = archive.read("doc-truoc.txt").decode("utf-8-sig")
    assert "tên dài quá chỗ" in told


def test_the_way_to_the_pack_is_in_sight(open_page: Open) -> None:
    """On a PC without scrolling anything, on a phone before the long list of sizes."""
    page = open_page(TYPED)
    page.set_viewport_size({"width": 1366, "height": 768})
    until(page, "document.querySelector('canvas#picture') !== null")
    assert (
        page.evaluate(
            """() => {
          const { left, top, width, height } = document.getElementById("zip").getBoundingClientRect();
          const seen = document.elementFromPoint(left + width / 2, top + height - 2);
          return seen?.closest("button")?.id;
        }"""
        )
        == "zip"
    )
    page.set_viewport_size({"width": 390, "height": 844})
    tops = "(id) => document.getElementById(id).getBoundingClientRect().top"
    assert page.evaluate(tops, "themes") < page.evaluate(tops, "zip") < page.evaluate(tops, "sizes")


def test_nothing_chosen_is_nothing_to_press(open_page: Open) -> None:
    page = open_page(TYPED)
    open_panel(page)
    choose_only(page)
    assert page.is_disabled("#pack-go")
    assert page.inner_text("#pack-note") == "Chưa chọn gì để gói."


def test_another_office_gets_a_panel_of_its_own(open_page: Open) -> None:
    page = open_page(TYPED)
    open_panel(page)
    choose_only(page, looks=(LOOK,), sorts=("codes",))
    page.check('input[value="rectangle-300x250"]', force=True)
    until(page, "document.getElementById('caption').textContent.includes('300 × 250')")
    assert page.is_checked('input[value="codes"]')  # another size changes nothing here
    assert not page.is_checked('input[value="web"]')
    page.fill("#typed-name", "Trường Mầm non Hoa Sen")
    until(page, "document.querySelector('input[value=\"web\"]').checked")


@pytest.mark.skipif(not (NPM / "node_modules/axe-core").is_dir(), reason="tools/web-tests fetched nothing")
def test_axe_finds_nothing_in_the_panel(open_page: Open) -> None:
    page = open_page(TYPED, phone=True, color_scheme="light", bypass_csp=True)
    open_panel(page)
    page.add_script_tag(path=str(NPM / "node_modules/axe-core/axe.min.js"))
    for look in ("light", "dark"):
        page.evaluate("(look) => { document.documentElement.dataset.look = look; }", look)
        page.wait_for_timeout(220)  # colours fade
        found = page.evaluate("axe.run(document.querySelector('.everything'))")
        assert len(found["passes"]) > 5
        assert [each["id"] for each in found["violations"]] == []
