"""Forms for figures on the site and by the API, and the picture of sums: each unit gets its own."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Page

from dxassets.api import Project, load_campaign
from dxassets.api.hosting import HostedSite
from dxassets.api.live import Made
from dxassets.api.report_forms import FormDesk, ReportWanted, make_forms
from dxassets.api.reporting import CHART, CHART_WORDS, collect_forms
from dxassets.api.site import forms
from dxassets.api.site.forms import MOST_LAID, chart_in, forms_of
from dxassets.errors import InputError
from dxassets.renderers.site import LANGS, Site, SitePages, SiteUnit, page_path
from dxassets.report import ReportingUnit
from dxassets.report.chart import WIDTH
from dxassets.server.app import create_app
from dxassets.server.orders import FormOrder, OrderDesk
from dxassets.server.pool import Pool
from tests.conftest import Run
from tests.report_support import UNIT, filled
from tests.server_support import FREE, Client
from tests.site_support import CHROMIUM, chromium

NAM_DONG = "ubnd-xa-nam-dong"
HOSTILE = ReportingUnit("xa-thu", "UBND xã <b>“Thử”</b> & 'Bản' 𠮷", "UBND xã Thử", 3, "", "tỉnh Thử")
needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")


def site_with(project: Project, **parts: Any) -> SitePages:
    """The pages of a site with nothing but the campaign's words and those parts."""
    return SitePages(Site(project.campaign, project.brand, project.presets, **parts), project.resources)


def written(pages: SitePages, folder: Path, *names: str) -> Path:
    """Those pages with all that they load, in a folder."""
    files = {**pages.assets, **{name: pages.page(name, "vi").encode() for name in names}}  # type: ignore[arg-type]
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def bundled() -> Project:
    return load_campaign()


# --- files in the site


def test_each_unit_has_the_form_that_the_command_makes(bundled: Project, tmp_path: Path) -> None:
    made = make_forms(bundled, tmp_path, wanted=ReportWanted())
    shown = forms_of(bundled, served=False)
    assert shown is not None
    assert {f"forms/{file.name}": file.read_bytes() for file in made.files} == shown.files
    assert [unit.form for unit in shown.units] == list(shown.files)
    assert shown.blanks == ()
    pages = site_with(bundled, forms=shown)
    for lang in LANGS:
        page = pages.page("report.html", lang)
        up = "../" * page_path("report.html", lang).count("/")
        links = re.findall(r'<a href="([^"?]+)[^"]*" download="([^"]+)">([^<]+)</a>', page)
        assert [link[0] for link in links] == [f"{up}{unit.form}" for unit in shown.units]
        assert [html.unescape(link[2]) for link in links] == [unit.name for unit in shown.units]
        assert "15/10/2022" in page or "15 October 2022" in page


def test_400_forms_lie_in_a_site_and_of_401_the_page_makes_them(
    bundled: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Books:
        """Where no form is drawn."""

        def of(self, unit: ReportingUnit, until: str) -> bytes:
            return f"{unit.id} {until}".encode()

        def parts(self, until: str) -> dict[str, str]:
            return {"x": until}

    assert MOST_LAID == 400
    offered = forms.forms_to_offer(bundled)
    assert offered is not None
    form, units = offered
    monkeypatch.setattr(forms, "form_books", lambda *_: Books())
    for count in (400, 401):
        many = tuple(replace(units[0], id=f"xa-{number}") for number in range(count))
        monkeypatch.setattr(forms, "forms_to_offer", lambda _, many=many: (form, many))
        shown = forms_of(bundled, served=False)
        assert shown is not None
        assert len(shown.units) == count
        assert len(shown.files) == (400 if count == 400 else 0)
        assert bool(shown.blanks) is (count == 401)
        served_ones = forms_of(bundled, served=True)
        assert served_ones is not None
        assert (served_ones.files, served_ones.blanks) == ({}, ())
        assert served_ones.units[7].form == "api/v1/report?agency=xa-7"


def test_a_campaign_that_asks_for_no_figures_has_no_page_for_them() -> None:
    project = load_campaign("hue-phap-luat-2025")
    assert forms_of(project, served=False) is None
    assert "report.html" not in site_with(project).shown


# --- in the browser


@pytest.fixture(scope="module")
def browsed(tmp_path_factory: pytest.TempPathFactory, bundled: Project) -> Iterator[tuple[Page, Page]]:
    """The page with its list, and the page that makes forms itself; from a folder, as on a USB stick."""
    listed = forms_of(bundled, served=False)
    assert listed is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms, "MOST_LAID", 1)
        drawn = forms_of(bundled, served=False)
    assert drawn is not None
    own = SiteUnit(HOSTILE.id, HOSTILE.name, HOSTILE.province, "", 0)
    drawn = replace(drawn, units=(*drawn.units, own))
    folder = tmp_path_factory.mktemp("report")
    with chromium() as browser:
        pages: list[Page] = []
        for name, shown in (("listed", listed), ("drawn", drawn)):
            place = written(site_with(bundled, forms=shown), folder / name, "report.html")
            page = browser.new_page()
            page.goto(f"{(place / 'report.html').as_uri()}")
            pages.append(page)
        yield pages[0], pages[1]


@needs_chromium
def test_a_unit_is_found_by_a_few_letters_without_marks(browsed: tuple[Page, Page]) -> None:
    page, _ = browsed
    page.fill("#unit", "nam dong")
    assert page.locator("[data-unit]:visible").all_inner_texts() == ["Ủy ban nhân dân xã Nam Dong"]
    assert page.inner_text("#found") == "1 đơn vị"
    page.fill("#unit", "cu jut")  # of a district, all
    assert page.locator("[data-unit]:visible").count() == 8
    assert page.locator(".area:visible").count() == 1
    page.fill("#unit", "không có")
    assert page.locator("[data-unit]:visible").count() == 0
    page.fill("#unit", "")
    assert page.locator("[data-unit]:visible").count() == 71


@needs_chromium
def test_the_page_makes_the_very_form_that_the_command_makes(
    browsed: tuple[Page, Page], bundled: Project, tmp_path: Path
) -> None:
    _, page = browsed
    desk = FormDesk(bundled)
    ours, unit = desk.form_of(NAM_DONG)
    books = desk._books
    assert books is not None
    for typed, expected, known in (("nam dong", ours, unit), ("tinh thu", books.of(HOSTILE, ""), HOSTILE)):
        page.fill("#unit", typed)
        button = page.get_by_role("button", name=known.name, exact=True)
        button.wait_for()
        with page.expect_download() as taken:
            button.click()
        assert taken.value.suggested_filename == f"bieu-so-lieu-{known.id}.xlsx"
        file = tmp_path / "form.xlsx"
        taken.value.save_as(file)
        with zipfile.ZipFile(file) as made, zipfile.ZipFile(io.BytesIO(expected)) as theirs:
            assert made.testzip() is None
            assert made.namelist() == theirs.namelist()
            for name in theirs.namelist():
                assert made.read(name) == theirs.read(name), name
        sheet: Any = load_workbook(file).active
        assert known.name in {cell.value for row in sheet.iter_rows() for cell in row}


# --- the picture of sums


def sums(folder: Path, *, words: str = "Kết quả: trước 10, sau 15.") -> Path:
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (12, 8), "white").save(folder / f"{CHART}.png")
    (folder / CHART_WORDS).write_text(words, encoding="utf-8")
    return folder


def test_the_picture_of_sums_is_shown_with_its_words(bundled: Project, tmp_path: Path) -> None:
    chart = chart_in(sums(tmp_path))
    assert (chart.width, chart.height, chart.alt) == (12, 8, "Kết quả: trước 10, sau 15.")
    pages = site_with(bundled, chart=replace(chart, alt='"<b>&'))
    assert pages.assets["forms/bieu-do.png"] == (tmp_path / f"{CHART}.png").read_bytes()
    page = pages.page("report.html", "vi")
    assert 'alt="&#34;&lt;b&gt;&amp;" width="12" height="8"' in page
    assert "<b>&" not in page


def test_a_folder_without_a_picture_of_sums_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="report collect"):
        chart_in(tmp_path / "nothing")
    (sums(tmp_path) / f"{CHART}.png").write_bytes(b"<svg onload=alert(1)>")
    with pytest.raises(InputError, match="can be shown"):
        chart_in(tmp_path)
    Image.new("RGB", (12, 8), "white").save(tmp_path / f"{CHART}.png", "JPEG")
    with pytest.raises(InputError, match="can be shown"):
        chart_in(tmp_path)


def test_a_picture_of_sums_has_2_mb_and_4000_letters_of_words_at_most(tmp_path: Path) -> None:
    assert (forms.MOST_CHART_BYTES, forms.LONGEST_CHART_WORDS) == (2_000_000, 4000)
    assert chart_in(sums(tmp_path, words="a" * 4000)).alt == "a" * 4000
    for words in ("a" * 4001, " "):
        with pytest.raises(InputError, match="can be shown"):
            chart_in(sums(tmp_path, words=words))
    file = sums(tmp_path) / f"{CHART}.png"
    whole = file.read_bytes()
    file.write_bytes(whole + b"\0" * (2_000_000 - len(whole)))
    assert len(chart_in(tmp_path).picture) == 2_000_000
    file.write_bytes(whole + b"\0" * (2_000_001 - len(whole)))
    with pytest.raises(InputError, match="can be shown"):
        chart_in(tmp_path)


def test_a_picture_that_cannot_be_shown_is_told_before_anything_is_built(
    dxassets: Run, tmp_path: Path
) -> None:
    told = dxassets(
        "site", "--sums", tmp_path / "nothing", "--out", tmp_path / "site", "--built", tmp_path / "b"
    )
    assert told.code == 2
    assert "--sums" in told.err
    assert "report collect" in told.err
    assert list(tmp_path.iterdir()) == []


def test_sums_that_were_collected_can_be_shown(bundled: Project, tmp_path: Path) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(filled())
    wanted = ReportWanted(agencies=(UNIT,))
    made = collect_forms(bundled, folder, tmp_path / "sums", wanted=wanted)
    assert tmp_path / "sums" / CHART_WORDS in made.files
    chart = chart_in(tmp_path / "sums")
    assert (chart.width, chart.alt.count("Trước")) == (WIDTH, chart.alt.count("Sau"))
    svg = (tmp_path / "sums" / f"{CHART}.svg").read_text(encoding="utf-8")
    assert html.escape(chart.alt) in svg


# --- by the API


@pytest.fixture
def api(bundled: Project, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The application without processes: orders are fulfilled here."""
    desk = OrderDesk(bundled)

    async def fulfil(_self: Pool, order: Any, *, asker: str = "") -> Made:
        del asker
        return desk.fulfil(order)

    monkeypatch.setattr(Pool, "fulfil", fulfil)
    return Client(create_app(bundled, HostedSite({}, {}), settings=FREE), workers=False)


def test_the_api_gives_a_units_form_under_its_name(api: Client, bundled: Project) -> None:
    answer = api.get(f"/api/v1/report?agency={NAM_DONG}")
    assert answer.status_code == 200
    assert answer.content == FormDesk(bundled).form_of(NAM_DONG)[0]
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    said = answer.headers["content-disposition"]
    assert f'filename="bieu-so-lieu-{NAM_DONG}.xlsx"' in said
    assert "filename*=UTF-8''Bi%E1%BB%83u%20s%E1%BB%91%20li%E1%BB%87u" in said
    known = {"If-None-Match": answer.headers["etag"]}
    assert api.get(f"/api/v1/report?agency={NAM_DONG}", headers=known).status_code == 304
    assert api.get(f"/api/v1/report?agency={NAM_DONG}&lang=en", headers=known).status_code == 304


@pytest.mark.parametrize(
    "query", ["", "agency=", "agency=so-noi-vu", "agency=../x", f"agency={NAM_DONG}&x=1"]
)
def test_what_is_no_unit_that_reports_is_refused(api: Client, query: str) -> None:
    answer = api.get(f"/api/v1/report?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_form_stands_in_the_apis_own_document(api: Client) -> None:
    document = json.loads(api.get("/api/v1/openapi.json").content)
    (parameter, _) = document["paths"]["/report"]["get"]["parameters"]
    assert parameter["required"] is True
    assert len(parameter["schema"]["enum"]) == 71
    assert parameter["example"] in parameter["schema"]["enum"]
    answers = document["paths"]["/report"]["get"]["responses"]
    assert any(name.endswith("spreadsheetml.sheet") for name in answers["200"]["content"])
    assert {"304", "400", "422", "429", "503"} <= set(answers)


def test_a_worker_draws_the_form_once_for_all_units(bundled: Project) -> None:
    desk = OrderDesk(bundled)
    first, other = (desk.fulfil(FormOrder(unit)) for unit in (NAM_DONG, "ubnd-xa-ea-po"))
    assert desk._forms._books is not None
    assert len(desk._forms._books._drawn) == 1
    assert first.key != other.key
    assert desk.fulfil(FormOrder(NAM_DONG, first.key)).data is None
