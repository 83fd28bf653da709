"""PDFs for print that the page makes: vectors with boxes and bleed, held by our gates, like the command's."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import pypdf
import pypdfium2
import pytest

from dxassets.api.planning import plan
from dxassets.api.single import banner_job, finished
from dxassets.api.site import build_site
from dxassets.jobs import HALF_MADE
from dxassets.kinds.banner import nameless
from dxassets.kinds.faces import Built, SiteWanted
from dxassets.planner import Wanted
from dxassets.renderers.site import Site, SitePrint, SiteShelf
from dxassets.renderers.site.goods import LIBRARY, pack_scripts
from dxassets.renderers.site.printing import print_files, prints_told
from dxassets.store import Record
from tests.drawing_support import ROOT
from tests.drawing_support import project as bundled
from tests.pack_support import NAME, by_command, through_gates
from tests.site_support import CHROMIUM, CU_JUT, ISSUER, own_out, small_campaign, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site_support import Open

needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
VENDOR = ROOT / "templates/site/js/vendor"
PDF_LIB = "0f9a5cad07941f0826586c94e089d89b918c46e5c17cf2d5a3c6f666e3bc694f"
"""SHA-256 of pdf-lib 1.17.1, minified."""
MOST_APART = 0.5
"""Of 255, in the mean of all pixels: the same paths on the same page."""
BOARDS = ("bang-ron-6000x800", "standee-800x1800", "backdrop-4000x2500")
"""Street banner, standee, and backdrop."""
POSTER = "day=10-10&theme=digital&preset=poster-a4"


def drawn(data: bytes) -> np.ndarray[Any, Any]:
    """The page in px, no more than 4,000 a side: a backdrop of 4 m twice as fine took 18 GB."""
    page = pypdfium2.PdfDocument(data)[0]
    scale = min(2, 4000 / max(page.get_size()))
    return np.asarray(page.render(scale=scale).to_pil().convert("RGB")).astype(np.int16)


def taken(page: Page, label: str) -> tuple[str, bytes]:
    until(page, "document.querySelector('canvas#picture') !== null")
    with page.expect_download() as waiting:
        page.locator("#downloads button", has_text=label).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


@needs_chromium
@pytest.mark.parametrize("name", [NAME, "UBND xã Ea Ƀông Ơ̆i"], ids=["plain", "spare face"])
def test_the_pages_pdf_passes_the_print_gates_and_is_the_commands(open_page: Open, name: str) -> None:
    page = open_page(f"banner.html#co-quan={quote(name)}&{POSTER}")
    called, data = taken(page, "PDF")
    assert called.endswith("-10-10-digital-poster-a4.pdf")
    mine = through_gates(data, "pdf", name, day="10-10", theme="digital", preset="poster-a4")
    apart = abs(drawn(data) - drawn(mine.data))
    assert apart.mean() < MOST_APART
    nobody = finished(_job(nameless_page=True), bundled().resources).data
    assert abs(drawn(data) - drawn(nobody)).mean() > 2 * max(apart.mean(), 0.05)  # the name is there


@pytest.fixture(scope="module")
def boards(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the large prints in one look."""
    folder = tmp_path_factory.mktemp("boards")
    out = own_out(site, folder / "out")
    wanted = SiteWanted(agencies=(CU_JUT,), days=("10-10",), themes=("digital",), presets=BOARDS)
    project = small_campaign(folder / "campaign")
    assert build_site(project, folder / "site", wanted=wanted, built=out).failed == ()
    return folder / "site"


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("preset", BOARDS)
def test_large_prints_are_the_commands_too(open_page: Open, boards: Path, preset: str) -> None:
    look = f"day=10-10&theme=digital&preset={preset}"
    page = open_page(f"banner.html#co-quan={quote(NAME)}&{look}", base=boards.as_uri() + "/")
    called, data = taken(page, "PDF")
    assert called.endswith(f"-10-10-digital-{preset}.pdf")
    mine = through_gates(data, "pdf", NAME, day="10-10", theme="digital", preset=preset)
    apart = abs(drawn(data) - drawn(mine.data))
    assert apart.mean() < MOST_APART
    made, told = (pypdf.PdfReader(io.BytesIO(each)).pages[0] for each in (data, mine.data))
    for box in ("mediabox", "bleedbox", "trimbox"):
        assert [float(each) for each in getattr(made, box)] == pytest.approx(
            [float(each) for each in getattr(told, box)], abs=0.01
        )


def _job(*, nameless_page: bool) -> Any:
    job = banner_job(bundled(), "pdf", day="10-10", theme="digital", preset="poster-a4", agency_name=NAME)
    return replace(job, spec=replace(job.spec, page="nameless")) if nameless_page else job


@needs_chromium
def test_the_pages_pdf_keeps_boxes_bleed_colours_and_has_no_font(open_page: Open) -> None:
    page = open_page(f"banner.html#co-quan={quote(NAME)}&{POSTER}")
    _, data = taken(page, "PDF")
    mine = pypdf.PdfReader(io.BytesIO(by_command(NAME, "pdf", "10-10", "digital", "poster-a4").data))
    made = pypdf.PdfReader(io.BytesIO(data))
    assert len(made.pages) == 1
    for box in ("mediabox", "bleedbox", "trimbox"):
        assert [float(each) for each in getattr(made.pages[0], box)] == pytest.approx(
            [float(each) for each in getattr(mine.pages[0], box)], abs=0.01
        )
    root: Any = made.trailer["/Root"]
    assert root["/OutputIntents"][0]["/OutputConditionIdentifier"] == "sRGB IEC61966-2.1"
    resources: Any = made.pages[0]["/Resources"]
    assert not resources.get("/Font")
    assert made.metadata is not None
    assert mine.metadata is not None
    assert made.metadata.title == mine.metadata.title
    again = taken(page, "PDF")[1]
    assert again == data  # no clock in it


@needs_chromium
def test_pdf_lib_comes_when_the_first_pdf_is_asked_for(open_page: Open) -> None:
    page = open_page(f"banner.html#co-quan={quote(NAME)}&{POSTER}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    taken(page, "SVG")
    assert not [url for url in asked if "pdf" in url]
    taken(page, "PDF")
    assert len([url for url in asked if "/js/pdf-lib.js" in url]) == 1
    assert len([url for url in asked if "poster-a4.pdf.js" in url]) == 1


@needs_chromium
def test_pdfs_are_made_from_a_folder_as_well(open_page: Open, site: Path) -> None:
    page = open_page(f"banner.html#co-quan={quote(NAME)}&{POSTER}", base=site.as_uri() + "/")
    _, data = taken(page, "PDF")
    through_gates(data, "pdf", NAME, day="10-10", theme="digital", preset="poster-a4")


@needs_chromium
def test_a_page_too_heavy_for_the_site_is_told_and_the_drawing_offered(open_page: Open, site: Path) -> None:
    page = open_page("index.html")
    script = (site / "bases/10-10-digital-poster-a4.js").read_text(encoding="utf-8")
    told = script.index('"page":{')
    heavy = script[:told] + '"page":{"heavy":9876543}' + script[script.index("}", told) + 1 :]
    page.route(
        "**/bases/10-10-digital-poster-a4.js*",
        lambda route: route.fulfill(body=heavy, content_type="text/javascript"),
    )
    page.goto(page.url.replace("index.html", f"banner.html#co-quan={quote(NAME)}&{POSTER}"))
    until(page, "document.querySelector('canvas#picture') !== null")
    assert "9,9\u00a0MB" in page.inner_text("#drawn-note")
    labels = page.locator("#downloads button").all_inner_texts()
    assert labels[0] == "Tải SVG"
    assert "Tải PDF" not in labels


def test_a_page_without_a_name_is_planned_for_prints_only() -> None:
    jobs = plan(
        bundled(), Wanted(days=("10-10",), themes=("digital",), kinds=("banner",), nameless=True)
    ).jobs
    presets = [preset.id for preset in bundled().presets.presets if preset.bleed and preset.unit == "mm"]
    assert sorted(job.preset or "" for job in jobs) == sorted(presets)
    assert all(job.path.endswith("-nameless.pdf") for job in jobs)


def page_of(weight: int, *, bytes_of: bytes | None) -> SitePrint:
    return SitePrint("10-10", "digital", "poster-a4", bytes_of, weight, 1.0, 5.0)


def test_half_a_megabyte_is_the_most_that_a_page_may_weigh(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    for weight, light in ((nameless.MOST_PAGE_BYTES, True), (nameless.MOST_PAGE_BYTES + 1, False)):
        record = Record(
            "a.pdf", "banner", "poster-a4", "digital", "10-10", ISSUER, "", None, weight, "",
            "application/pdf", "", (), None, {}, "", ((HALF_MADE, "without a name"),),
        )  # fmt: skip
        built = Built(bundled(), (record,), tmp_path, SiteWanted(), {})
        (found,) = nameless.prints_of(built)
        assert (found.pdf is not None, found.bytes) == (light, weight)


def test_heavy_pages_are_not_handed_over_but_told() -> None:
    campaign = bundled()
    base = nameless.bases_of(
        campaign, SiteWanted(days=("10-10",), themes=("digital",), presets=("poster-a4",))
    )[0]
    for page, told in (
        (page_of(9, bytes_of=None), {"heavy": 9}),
        (page_of(3, bytes_of=b"pdf"), {"scale": 1.0}),
    ):
        site = Site(campaign.campaign, campaign.brand, campaign.presets, bases=base, prints=(page,))
        files = print_files(site)
        assert len(files) == (page.pdf is not None)
        assert told.items() <= prints_told(site, files)[page.id].items()


def test_pdf_lib_is_the_file_that_its_makers_published_with_their_licence() -> None:
    library = (VENDOR / "pdf-lib.min.js").read_bytes()
    assert hashlib.sha256(library).hexdigest() == PDF_LIB
    assert "Andrew Dillon" in (VENDOR / "pdf-lib.LICENSE.md").read_text(encoding="utf-8")
    scripts = pack_scripts(site_with(page_of(3, bytes_of=b"pdf")), lambda name: name, bundled().resources)
    assert scripts[LIBRARY].startswith(b"/*\nMIT License")
    assert b"sourceMappingURL" not in scripts[LIBRARY]
    assert LIBRARY not in pack_scripts(
        site_with(page_of(9, bytes_of=None)), lambda name: name, bundled().resources
    )


def site_with(page: SitePrint) -> Site:
    campaign = bundled()
    shelf = SiteShelf(campaign.campaign.offices[0], "banner/x", ())
    return Site(campaign.campaign, campaign.brand, campaign.presets, shelves=(shelf,), prints=(page,))
