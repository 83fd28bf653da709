"""Whole packs that the page makes: how one is asked for, and what finished files are held against."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

from dxassets.api.single import banner_job, finished
from dxassets.checks import check_asset
from dxassets.jobs import MEDIA_TYPES, Rendered
from tests.drawing_support import project
from tests.site_support import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "Trường Trung học phổ thông Chu Văn An"
START = "truong-trung-hoc-pho-thong-chu-van-an"


def open_panel(page: Page) -> None:
    """Opens the panel that packs."""
    page.click("#zip")
    page.wait_for_selector("#pack-go")


def choose_only(page: Page, *, looks: tuple[str, ...] = (), sorts: tuple[str, ...] = ()) -> None:
    """Checks just those looks and sorts."""
    for name, wanted in (("pack-look", looks), ("pack-sort", sorts)):
        for box in page.locator(f'input[name="{name}"]').all():
            box.set_checked(box.get_attribute("value") in wanted)


def packed(page: Page) -> zipfile.ZipFile:
    """The archive that the page makes of what is chosen."""
    with page.expect_download(timeout=120_000) as waiting:
        page.click("#pack-go")
    until(page, "document.getElementById('pack-note').textContent.includes('Đã gói xong')")
    archive = zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    assert archive.testzip() is None
    return archive


@cache
def by_command(name: str, file_format: Any, day: str, theme: str, preset: str) -> Rendered:
    """What the command makes of the same words, gates passed."""
    job = banner_job(project(), file_format, day=day, theme=theme, preset=preset, agency_name=name)
    return finished(job, project().resources)


def through_gates(data: bytes, file_format: Any, name: str, *, day: str, theme: str, preset: str) -> Rendered:
    """A finished file of the page, held by our own gates to what the command's file must show; that one."""
    mine = by_command(name, file_format, day, theme, preset)
    made = Rendered(data, MEDIA_TYPES[file_format], mine.facts, drawing=mine.drawing)
    check_asset(made)
    return mine
