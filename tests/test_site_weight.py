"""What a site weighs, and what a phone loads of it first, counted as the browser counts it, heads and all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from dxassets.agencies import Agency
from dxassets.api import Project, plan
from dxassets.api.site import build_site
from dxassets.country import communes_of, provinces
from dxassets.digest import digest
from dxassets.errors import Lang
from dxassets.kinds.banner.kind import KIND
from dxassets.kinds.banner.showing import shelves_of
from dxassets.kinds.faces import Built, SiteWanted
from dxassets.renderers.site import LANGS, Site, SiteBase, SitePages, page_path
from dxassets.renderers.site.banner_page import AGENCIES
from dxassets.renderers.site.editions import EDITION_FILE
from dxassets.renderers.site.model import packed
from dxassets.store import Record
from tests.site_support import CHROMIUM, PHONE, served

needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")

MOST_WHOLE, MOST_DRAWN = 25_000_000, 3_000_000
"""Bytes of the bundled campaign's site without what other duties hand out, and of its nameless banners."""
MOST_KIT, MOST_FORMS = 5_000_000, 700_000
"""Bytes of its press kit, which holds pictures for print, and of the forms of its 71 communes."""
MOST_FIRST = 150_000
"""Bytes of the avatar page's first load before its frame, and of the banner page's before its picture."""


def weights_of(browser: Browser, address: str) -> dict[str, float]:
    """Bytes over the network, uncompressed, of each address that a page on a phone loads by itself."""
    asked: dict[str, str] = {}
    found: dict[str, float] = {}

    def note_request(sent: dict[str, Any]) -> None:
        asked[sent["requestId"]] = sent["request"]["url"]

    def note_weight(done: dict[str, Any]) -> None:
        found[asked[done["requestId"]]] = done["encodedDataLength"]

    context = browser.new_context(
        viewport=PHONE,  # pyright: ignore[reportArgumentType]
        is_mobile=True,
        has_touch=True,
        service_workers="block",
    )
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", note_request)
        session.on("Network.loadingFinished", note_weight)
        page.goto(address, wait_until="networkidle")
    finally:
        context.close()
    return {url: weight for url, weight in found.items() if url.startswith("http")}


@needs_chromium
@pytest.mark.parametrize("lang", LANGS)
def test_avatar_page_is_light_before_its_frame(browser: Browser, address: str, lang: Lang) -> None:
    weights = weights_of(browser, address + page_path("avatar.html", lang))
    frames = {url: weight for url, weight in weights.items() if "/frames/" in url}
    assert len(frames) == 1  # the one that is shown, and none to choose from
    assert 0 < sum(weights.values()) - sum(frames.values()) < MOST_FIRST
    assert max(frames.values()) < MOST_FIRST / 3


def planned_site(project: Project, offices: tuple[Agency, ...], folder: Path) -> None:
    """The pages of the bundled campaign for so many offices, with all lists, as they come; no pictures.

    What is listed of each ready-made file is as long as of a real one.
    """
    campaign = project.campaign.model_copy(update={"offices": (project.campaign.issuer, *offices)})
    project = replace(project, campaign=campaign)
    wanted = SiteWanted()
    jobs = plan(project, tuple(KIND.wishes(project, wanted))).jobs
    records = tuple(
        Record(
            path=job.path,
            kind=job.kind,
            preset=job.preset,
            theme=job.theme,
            day=job.day,
            agency=job.agency,
            title=job.title,
            size=None,
            bytes=123_456,
            sha256=digest(job.path.encode()),
            media_type=KIND.media_type(job.path.rpartition(".")[2]),
            alt=job.alt,
            codes=(),
            least_contrast=None,
            inputs={},
            key=job.key,
        )
        for job in jobs
    )
    sources: dict[str, str] = {}
    shelves = shelves_of(Built(project, records, folder, wanted, sources), drawn=True)
    looks = product(campaign.days, project.brand.themes, project.presets.presets)
    bases = tuple(
        SiteBase(day.id, theme.id, preset.id, packed("<svg/>"), None, "#fff", "", b"small")
        for day, theme, preset in looks
    )
    digests = {path: digest(path.encode()) for path in sources}
    site = Site(campaign, project.brand, project.presets, shelves=shelves, bases=bases, digests=digests)
    pages = SitePages(site, project.resources)
    files = {**pages.assets, **pages.lists, AGENCIES: pages.agencies, EDITION_FILE: b""}
    files |= {page_path("banner.html", lang): pages.page("banner.html", lang).encode() for lang in LANGS}
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


@needs_chromium
@pytest.mark.parametrize("many", [128, 3321])
def test_banner_page_is_light_before_its_first_picture(
    browser: Browser, project: Project, tmp_path: Path, many: int
) -> None:
    """However many offices there are, the page shows its first picture after the same few bytes."""
    communes = [office for province in provinces() for office in communes_of(province.name)]
    assert len(communes) == 3321
    planned_site(project, tuple(communes[: many - 1] if many == 128 else communes), tmp_path)
    with served(tmp_path) as base:
        for lang in LANGS:
            weights = weights_of(browser, base + page_path("banner.html", lang))
            asked = {urlsplit(url).path for url in weights}
            assert any(
                path.endswith("/list.js") for path in asked
            )  # what the first picture is, is known by it
            assert not [path for path in asked if path.startswith(("/js/agencies", "/js/drawing", "/sizes"))]
            before = sum(
                weight for url, weight in weights.items() if "/banner/" not in url or "list.js" in url
            )
            assert 0 < before < MOST_FIRST
    assert (tmp_path / "js/agencies.js").stat().st_size > 75 * many


def weight(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)


@pytest.mark.slow
def test_the_whole_site_weighs_little(project: Project, tmp_path: Path) -> None:
    """All sizes, themes and days, for any number of agencies; other papers are told apart (docs/web.md)."""
    report = build_site(project, tmp_path / "site", built=tmp_path / "out")
    assert report.failed == ()
    drawings = [path for path in (tmp_path / "site/bases").iterdir() if not path.name.endswith(".pdf.js")]
    looks = len(project.presets.presets) * len(project.brand.themes) * len(project.campaign.days)
    assert len(drawings) == looks
    tables = list((tmp_path / "site/js").glob("shapes-*.js"))
    assert len(tables) == len(project.campaign.days)
    assert 0 < weight([*drawings, *tables]) < MOST_DRAWN
    pages = weight((tmp_path / "site/bases").glob("*.pdf.js"))
    assert pages > 0
    assert report.bytes > 10_000_000
    kit, papers = (weight((tmp_path / "site" / name).rglob("*.*")) for name in ("press", "forms"))
    assert 0 < kit <= MOST_KIT
    assert 0 < papers <= MOST_FORMS
    assert report.bytes - pages - kit - papers <= MOST_WHOLE
