"""The server in this process: its pages, its API, its limits, and what it keeps to itself."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import replace
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pypdf import PdfReader

from dxassets.api import LetterWanted, make_banner, make_letters, make_qr
from dxassets.api.hosting import HostedSite, host_site
from dxassets.api.site import build_site
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.checks import decode_codes
from dxassets.server.app import create_app
from dxassets.server.rates import Buckets, network_of
from dxassets.server.settings import LONGEST, Settings
from dxassets.server.telemetry import Logbook
from tests.server_support import HOSTILE, LOOK, SMALL, WIDE, Client, built, hosted, loaded

FREE = Settings(rate=0)
VI = {"Accept-Language": "vi"}
EN = {"Accept-Language": "en-GB,en;q=0.9,vi;q=0.1"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def out() -> Path:
    return built()


@pytest.fixture(scope="module")
def site(out: Path) -> HostedSite:
    return hosted(out)


@pytest.fixture(scope="module")
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(scope="module")
def client(site: HostedSite, log: io.StringIO) -> Generator[Client]:
    app = create_app(loaded(), site, settings=FREE, logbook=Logbook(log))
    opened = Client(app, workers=True)
    yield opened
    opened.close()


def gate(site: HostedSite, settings: Settings) -> Client:
    """A server without workers, to see what it refuses before any work."""
    return Client(
        create_app(loaded(), site, settings=settings, logbook=Logbook(io.StringIO())), workers=False
    )


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"] == "about:blank"
    return told


# --- pages


def test_pages_are_the_static_sites_but_for_the_panels(
    client: Client, site: HostedSite, out: Path, tmp_path: Path
) -> None:
    report = build_site(loaded(), tmp_path / "site", wanted=SMALL, out=out)
    static = {
        path.relative_to(report.folder).as_posix(): path.read_bytes()
        for path in report.folder.rglob("*")
        if path.is_file() and path.name != "site.json"
    }
    panels = {"banner.html", "letter.html", "en/banner.html", "en/letter.html", "sw.js"}
    served = {path: client.get(f"/{path}") for path in static}
    assert {path for path, answer in served.items() if answer.status_code != 200} == set()
    assert {path for path, answer in served.items() if answer.content != static[path]} == panels
    assert {*site.files, *site.pictures} - set(static) == {
        "live.css",
        "js/live_banner.js",
        "js/live_letter.js",
    }


def test_the_root_is_the_home_page(client: Client, site: HostedSite) -> None:
    assert client.get("/").content == site.files["index.html"]
    assert client.get("/en/").content == site.files["en/index.html"]


@pytest.mark.parametrize("page", ["banner.html", "letter.html", "en/banner.html", "en/letter.html"])
def test_a_page_with_a_panel_may_send_its_form_here_and_nowhere_else(client: Client, page: str) -> None:
    answer = client.get(f"/{page}")
    policy = answer.headers["content-security-policy"]
    assert "form-action 'self'" in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert "connect-src 'self'" in policy
    meta = re.search(r'Content-Security-Policy" content="([^"]*)"', answer.text)
    assert meta is not None
    assert f"{meta.group(1).replace('&#39;', chr(39))}; frame-ancestors 'none'" == policy
    action = re.search(r'action="([^"]*)"', answer.text)
    assert action is not None
    root = "../" if page.startswith("en/") else ""
    assert action.group(1).startswith(f"{root}api/v1/")


def test_the_avatar_page_may_still_connect_nowhere(client: Client) -> None:
    assert "connect-src 'none'" in client.get("/avatar.html").headers["content-security-policy"]


def test_the_service_worker_keeps_nothing_that_is_typed(client: Client) -> None:
    answer = client.get("/sw.js")
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    first = answer.text.index("addEventListener")
    assert answer.text.index('["api/", "live/", "healthz", "metrics"]') < answer.text.index(
        "addEventListener", first + 1
    )
    assert "stopImmediatePropagation" in answer.text


def test_a_page_comes_packed_and_only_when_it_is_new(client: Client, site: HostedSite) -> None:
    answer = client.get("/site.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == site.files["site.css"]
    again = client.get("/site.css", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get("/site.css", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    picture = next(path for path in site.pictures if path.endswith(".png"))
    first = client.get(f"/{picture}")
    assert client.get(f"/{picture}", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/..%5c..%5cwindows%5cwin.ini",
        "//etc/passwd",
        "/banner/../../../../etc/passwd",
        "/banner/%00.png",
        "/.dxassets/journal.jsonl",
        "/manifest.json",
        "/en/../../campaign.toml",
        "/nothing",
        "/api/v1/nothing",
    ],
)
def test_no_path_leads_anywhere_else(client: Client, path: str) -> None:
    told = problem_of(client.get(path, headers=VI), 404)
    assert told["title"] == "Không có trang này"


def test_a_site_that_is_whole_is_served_from_a_folder_that_may_not_be_written(
    site: HostedSite, out: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again = host_site(loaded(), SMALL, limits=LONGEST, out=out)
    assert again.files == site.files
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


# --- banners


def test_a_banner_is_the_one_that_the_command_makes(client: Client, tmp_path: Path) -> None:
    name = "Trường THPT Chu Văn An"
    for suffix in ("png", "jpg", "webp", "svg", "pdf"):
        made = make_banner(
            loaded(),
            tmp_path / f"b.{suffix}",
            day=WIDE["day"],
            theme=WIDE["theme"],
            preset=WIDE["preset"],
            agency_name=name,
        )
        answer = client.get("/api/v1/banner", params={**WIDE, "name": name, "format": suffix})
        assert answer.status_code == 200, answer.text
        assert answer.content == made.read_bytes(), suffix


def test_a_banner_of_an_agency_by_id_in_the_sizes_own_format(client: Client) -> None:
    look = {**LOOK, "preset": "instagram-1080x1080"}
    answer = client.get("/api/v1/banner", params={**look, "agency": "so-noi-vu"})
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content[:2] == b"\xff\xd8"


def test_name_over_base_is_the_banners_own_drawing(client: Client) -> None:
    name = "Ủy ban nhân dân xã Nam Dong"
    base = client.get("/live/base.svg", params=WIDE)
    drawn = client.get("/live/name.svg", params={**WIDE, "name": name})
    whole = client.get("/api/v1/banner", params={**WIDE, "name": name, "format": "svg"}).text
    assert base.headers["content-encoding"] == "gzip"
    inner = re.compile(r"<svg[^>]*>(?:<title>.*?</title><desc>.*?</desc>)?(.*)</svg>", re.DOTALL)
    bodies = [inner.fullmatch(text) for text in (base.text, drawn.text, whole)]
    below, above, both = [found.group(1) if found else "" for found in bodies]
    assert above
    assert both == below + above


def test_a_typed_name_is_seen_on_the_picture(client: Client) -> None:
    one = svg_to_pixels(client.get("/live/name.svg", params={**WIDE, "name": "UBND xã A"}).text, alpha=True)
    two = svg_to_pixels(client.get("/live/name.svg", params={**WIDE, "name": "UBND xã B"}).text, alpha=True)
    assert one.shape == (250, 300, 4)
    assert one[..., 3].max() == 255
    assert (one != two).any()


def test_a_size_without_names_draws_none(client: Client) -> None:
    answer = client.get("/live/name.svg", params={**LOOK, "name": "UBND xã Nam Dong"})
    assert answer.status_code == 200
    assert "<path" not in answer.text


def test_a_banner_that_the_client_has_is_not_made_again(client: Client) -> None:
    asked = {**WIDE, "name": "Trạm Y tế xã Nam Dong", "format": "png"}
    first = client.get("/api/v1/banner", params=asked)
    assert first.headers["cache-control"].startswith("public")
    for tag in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}'):
        again = client.get("/api/v1/banner", params=asked, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    other = client.get(
        "/api/v1/banner", params={**asked, "format": "jpg"}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200


def test_nfd_and_nfc_are_one_name(client: Client) -> None:
    composed, decomposed = "Sở Y tế", "So\u031b\u0309 Y te\u0302\u0301"
    one, two = (
        client.get("/live/name.svg", params={**WIDE, "name": name}) for name in (composed, decomposed)
    )
    assert one.content == two.content


# --- what can't be made


def test_a_name_that_does_not_fit_is_told_with_the_cure(client: Client) -> None:
    asked = {**WIDE, "name": "W" * 150}
    for path in ("/live/name.svg", "/api/v1/banner"):
        told = problem_of(client.get(path, params=asked, headers=VI), 422)
        assert "hãy rút ngắn" in told["detail"]
        assert "shorten it" in problem_of(client.get(path, params=asked, headers=EN), 422)["detail"]


def test_characters_that_the_face_lacks_are_named(client: Client) -> None:
    told = problem_of(client.get("/live/name.svg", params={**WIDE, "name": "漢 A"}, headers=VI), 422)
    assert "U+6F22" in told["detail"]


def test_control_characters_are_refused_with_words(client: Client) -> None:
    told = problem_of(client.get("/api/v1/banner", params={**WIDE, "name": "A\u202eB"}, headers=VI), 422)
    assert told["errors"] == [
        {"parameter": "name", "detail": "có ký tự không in được (U+202E); hãy gõ lại dòng này"}
    ]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("day=10-10&theme=digital", "preset"),
        ("day=1&theme=digital&preset=button-120x60", "day"),
        ("day=10-10&day=10-10&theme=digital&preset=button-120x60", "day"),
        ("day=10-10&theme=digital&preset=button-120x60&x=1", "x"),
        ("day=10-10&theme=digital&preset=button-120x60&format=exe", "format"),
        (f"day=10-10&theme=digital&preset=button-120x60&name={'a' * 161}", "name"),
        ("day=10-10&theme=digital&preset=button-120x60&name=%ff%fe", ""),
        ("&".join(f"a{number}=1" for number in range(40)), ""),
    ],
)
def test_a_request_that_breaks_the_description_is_told_which_parameter(
    client: Client, query: str, parameter: str
) -> None:
    told = problem_of(client.get(f"/api/v1/banner?{query}"), 400)
    assert parameter in {error["parameter"] for error in told["errors"]}


def test_a_browser_gets_a_page_and_a_program_gets_a_problem(client: Client) -> None:
    asked = {**WIDE, "name": "<b>" + "W" * 140}
    page = client.get("/api/v1/banner", params=asked, headers={**BROWSER, **VI})
    assert (page.status_code, page.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert "&lt;b&gt;" in page.text
    assert "<b>W" not in page.text
    assert 'href="../../index.html"' in page.text
    assert '<html lang="vi">' in page.text
    assert page.headers["content-language"] == "vi"
    english = client.get("/nothing/here?lang=en", headers=BROWSER)
    assert english.status_code == 404
    assert "There is no such page" in english.text
    assert 'href="../en/index.html"' in english.text


@pytest.mark.parametrize(
    ("headers", "query", "lang"),
    [
        ({}, "", "vi"),
        (VI, "", "vi"),
        (EN, "", "en"),
        (EN, "&lang=vi", "vi"),
        (VI, "&lang=en", "en"),
        ({"Accept-Language": "fr, de;q=0.9"}, "", "vi"),
        ({"Accept-Language": "en;q=x, vi;q=0.1"}, "", "vi"),
        ({"Accept-Language": "," * 5000}, "", "vi"),
    ],
)
def test_errors_speak_the_language_that_was_asked_for(
    client: Client, headers: dict[str, str], query: str, lang: str
) -> None:
    answer = client.get(f"/api/v1/banner?day=10-10{query}", headers=headers)
    assert answer.headers["content-language"] == lang
    assert ("còn thiếu" in answer.text) == (lang == "vi")


def _fields() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every field that takes a text, with what else its request needs."""
    for field in (*WIDE, "name", "agency", "format", "lang"):
        yield "/api/v1/banner", field, {**WIDE}
    for field in ("name", *LOOK):
        yield "/live/name.svg", field, {**WIDE, "name": "UBND"}
    for field in ("link", "url", "label", "format"):
        yield "/api/v1/qr", field, {"link": "province"} if field in {"label", "format"} else {}
    for field in ("number", "date", "agency", "edition", "format"):  # the signer: below
        yield "/api/v1/letter", field, {}
    yield "/api/v1/agencies", "find", {}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_in_every_field_do_nothing(client: Client, kind: str) -> None:
    hostile = HOSTILE[kind]
    for path, field, others in _fields():
        answer = client.get(path, params={**others, field: hostile})
        where = f"{path} {field}"
        assert answer.status_code in {200, 400, 422}, where
        assert "x-evil" not in answer.headers, where
        assert not any("\r" in value or "\n" in value for value in answer.headers.values()), where
        if answer.headers["content-type"] == "image/svg+xml":
            assert "script" not in answer.text, where
            assert "href" not in answer.text, where
        if answer.status_code != 200:
            assert answer.headers["content-type"] == "application/problem+json", where
        page = client.get(path, params={**others, field: hostile}, headers=BROWSER)
        if page.headers["content-type"].startswith("text/html"):
            assert "<script" not in page.text, where
            assert "<image" not in page.text, where


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_in_a_letters_body_do_nothing(client: Client, kind: str) -> None:
    hostile = HOSTILE[kind]
    for field in ("number", "date", "agency", "edition", "format", "x"):
        for sent in ({"data": {field: hostile}}, {"json": {field: hostile}}):
            assert client.post("/api/v1/letter", **sent).status_code in {200, 400, 422}, field
    answer = client.post("/api/v1/letter", data={"signer": hostile})
    assert answer.status_code in {200, 400, 422}
    if answer.status_code == 200:
        document = ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
        assert "<script" not in document
        assert escape(hostile.split()[0]) in document.replace("&quot;", '"')


# --- file names


def disposition_of(answer: Any) -> tuple[str, str]:
    """The ASCII name and the real one, read as a mail program reads headers."""
    message = Message()
    message["Content-Disposition"] = answer.headers["content-disposition"]
    plain = re.search(r'filename="([^"]*)"', answer.headers["content-disposition"])
    real = re.search(r"filename\*=UTF-8''([^;]*)$", answer.headers["content-disposition"])
    assert plain is not None
    assert real is not None
    assert message.get_content_disposition() == "attachment"
    return plain.group(1), unquote(real.group(1))


@pytest.mark.parametrize("name", ['A "B"; x=y', "A/B\\C", "Sở Y tế; filename*=evil.exe", "CON", "A %0d%0a B"])
def test_file_names_are_safe_and_still_say_whose_they_are(client: Client, name: str) -> None:
    plain, real = disposition_of(client.get("/api/v1/banner", params={**LOOK, "name": name}))
    assert re.fullmatch(r"[a-z0-9@._-]+\.png", plain)
    assert not set(real) & set('\\/:*?"<>|\r\n')
    assert real.endswith("button-120x60.png")


def test_a_vietnamese_name_stands_in_the_files_name(client: Client) -> None:
    answer = client.get("/api/v1/banner", params={**LOOK, "name": "Trường THPT Chu Văn An"})
    plain, real = disposition_of(answer)
    assert plain == "truong-thpt-chu-van-an-10-10-digital-button-120x60.png"
    assert real == "Trường THPT Chu Văn An - 10-10 - digital - button-120x60.png"


# --- codes


def test_a_code_of_the_campaign_and_of_a_state_agency(client: Client, tmp_path: Path) -> None:
    made = make_qr(
        "https://sonoivu.daknong.gov.vn/a", tmp_path / "c.png", project=loaded(), label="Sở Nội vụ"
    )
    asked = {"url": "https://sonoivu.daknong.gov.vn/a", "label": "Sở Nội vụ"}
    answer = client.get("/api/v1/qr", params=asked)
    assert answer.content == made.read_bytes()
    assert decode_codes(answer.content, "image/png") == (asked["url"],)
    again = client.get("/api/v1/qr", params=asked, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    link = client.get("/api/v1/qr", params={"link": "province"})
    assert decode_codes(link.content, "image/png") == (loaded().campaign.links.province.url,)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://daknong.gov.vn.evil.example/",
        "https://daknong.gov.vn@evil.example/",
        "https://evil.example\\.gov.vn/",
        "https://evil.example#.gov.vn",
        "http://daknong.gov.vn/",
        "javascript:alert(1)//.gov.vn",
        "https://gov.vn/",
        "https://-.gov.vn:99999/",
    ],
)
def test_no_code_in_the_campaigns_look_leads_to_a_stranger(client: Client, url: str) -> None:
    problem_of(client.get("/api/v1/qr", params={"url": url}), 422)


def test_a_code_needs_exactly_one_target(client: Client) -> None:
    problem_of(client.get("/api/v1/qr"), 422)
    both = {"link": "province", "url": "https://daknong.gov.vn/"}
    problem_of(client.get("/api/v1/qr", params=both), 422)


# --- letters


def test_a_letter_is_the_same_by_get_form_and_json(client: Client, tmp_path: Path) -> None:
    said = {"number": "1234", "date": "2022-09-21", "signer": "Nguyễn Thị Bình", "format": "docx"}
    got = client.get("/api/v1/letter", params=said)
    form = client.post("/api/v1/letter?lang=vi", data={**said, "agency": ""})
    sent = client.post("/api/v1/letter", json=said)
    assert got.status_code == form.status_code == sent.status_code == 200
    wanted = LetterWanted("1234", date(2022, 9, 21), "Nguyễn Thị Bình")
    made = {file.suffix: file for file in make_letters(loaded(), tmp_path, wanted=wanted).files}
    assert got.content == form.content == sent.content == made[".docx"].read_bytes()
    assert disposition_of(got) == ("cong-van-1234.docx", "Công văn số 1234.docx")
    pdf = client.post("/api/v1/letter", json={**said, "format": "pdf"})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Nguyễn Thị Bình" in text
    assert "1234/" in text.replace(" ", "")


def test_a_letter_may_be_kept_by_nobody_on_its_way(client: Client) -> None:
    answer = client.post("/api/v1/letter", json={"signer": "Nguyễn Thị Bình"})
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_an_office_passes_the_letter_on_and_a_stranger_has_none(client: Client) -> None:
    answer = client.post("/api/v1/letter", json={"agency": "ubnd-huyen-cu-jut", "edition": "draft"})
    document = ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "Cư Jút" in document
    assert disposition_of(answer)[0] == "cong-van-du-thao.docx"
    problem_of(client.post("/api/v1/letter", json={"agency": "cong-an-tinh"}), 422)


@pytest.mark.parametrize("day", ["2022-02-30", "2019-12-31", "0000-00-00"])
def test_a_day_that_can_not_be_is_told(client: Client, day: str) -> None:
    told = problem_of(client.post("/api/v1/letter", json={"date": day}), 422)
    assert told["errors"][0]["parameter"] == "date"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"number": 12}', "application/json", 400),
        (b'{"x": "1"}', "application/json", 400),
        (b"[" * 9000, "application/json", 400),
        (b'"\\ud800"', "application/json", 400),
        (b"number=%ff", "application/x-www-form-urlencoded", 400),
        (b"number=\xff", "application/x-www-form-urlencoded", 400),
        (b"number=1&number=2", "application/x-www-form-urlencoded", 400),
        (b"x", "text/plain", 415),
        (b"x", "multipart/form-data; boundary=x", 415),
        (b"", "application/json", 400),
    ],
)
def test_a_body_that_is_none_is_refused(client: Client, body: bytes, kind: str, status: int) -> None:
    problem_of(client.post("/api/v1/letter", content=body, headers={"Content-Type": kind}), status)


def test_a_lone_surrogate_in_json_is_no_name(client: Client) -> None:
    answer = client.post(
        "/api/v1/letter", content=b'{"signer": "A\\ud800"}', headers={"Content-Type": "application/json"}
    )
    problem_of(answer, 422)


# --- lists, watch, description


def test_lists_say_what_may_be_asked(client: Client) -> None:
    presets = client.get("/api/v1/presets").json()
    assert [preset["id"] for preset in presets] == [preset.id for preset in loaded().presets.presets]
    assert {preset["id"] for preset in presets if preset["shows_name"]} >= {"rectangle-300x250"}
    assert len(client.get("/api/v1/agencies").json()) == len(loaded().campaign.offices)
    found = client.get("/api/v1/agencies", params={"find": "cu jut"}).json()
    assert "ubnd-huyen-cu-jut" in [office["id"] for office in found]


def test_health_is_known_and_counted_apart(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_server_without_workers_is_not_well(site: HostedSite) -> None:
    answer = gate(site, FREE).get("/healthz")
    assert problem_of(answer, 503)
    assert answer.headers["retry-after"] == "5"


def test_metrics_count_by_route_and_name_nobody(client: Client) -> None:
    client.get("/live/name.svg", params={**WIDE, "name": "Kẻ Lạ Mặt"})
    client.get("/Kẻ-Lạ-Mặt")
    text = client.get("/metrics").text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    counted = {
        (sample.labels["route"], sample.labels["status"]): sample.value
        for sample in families["dxassets_requests"].samples
        if sample.name.endswith("_total")
    }
    assert counted["live_name", "200"] >= 1
    assert counted["site", "404"] >= 1
    assert families["dxassets_workers_busy"].samples
    assert "Lạ" not in text
    assert "%E1" not in text


def test_the_log_is_json_and_holds_nothing_that_was_typed(client: Client, log: io.StringIO) -> None:
    client.get("/live/name.svg", params={**WIDE, "name": "Bí Mật"})
    client.post("/api/v1/letter", json={"signer": "Nguyễn Bí Mật", "number": "4711"})
    client.get("/Bí-Mật/../x", headers={"User-Agent": "Bí Mật".encode(), "X-Forwarded-For": "203.0.113.9"})
    written = log.getvalue()
    lines = [json.loads(line) for line in written.splitlines()]
    assert lines[-1]["route"] == "site"
    assert {"time", "level", "event", "request", "route", "method", "status", "ms", "bytes"} == set(lines[-1])
    for secret in ("Bí", "4711", "%C3%AD", "203.0.113.9", "testclient", "rectangle"):
        assert secret not in written


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    paths = (
        *("/", "/avatar.html", "/sw.js", "/healthz", "/metrics", "/nothing", "/api/v1/openapi.json"),
        *(f"/live/base.svg?{urlencode(WIDE)}", f"/api/v1/banner?{urlencode(WIDE)}", "/api/v1/banner"),
    )
    for path in paths:
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert headers["x-frame-options"] == "DENY", path
        assert "camera=()" in headers["permissions-policy"], path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "server" not in headers, path
        assert "set-cookie" not in headers, path


def test_other_methods_are_refused_with_those_that_are_allowed(client: Client) -> None:
    answer = client.request("DELETE", "/api/v1/banner")
    problem_of(answer, 405)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert set(client.request("PUT", "/api/v1/letter").headers["allow"].split(", ")) == {
        "GET",
        "HEAD",
        "POST",
    }


def test_head_says_what_get_would(client: Client) -> None:
    got, head = (client.request(method, "/api/v1/banner", params=LOOK) for method in ("GET", "HEAD"))
    assert head.headers["etag"] == got.headers["etag"]


# --- limits


def test_too_much_is_refused_before_it_is_read(client: Client) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10_000):
            yield b"x" * 1000

    big = client.post(
        "/api/v1/letter", content=b"{" + b" " * 20_000, headers={"Content-Type": "application/json"}
    )
    problem_of(big, 413)
    problem_of(client.post("/api/v1/letter", content=endless()), 413)
    problem_of(client.get("/healthz", headers={"Content-Length": "-1"}), 413)
    problem_of(client.get(f"/api/v1/agencies?find={'a' * 5000}"), 414)


def test_who_asks_too_often_waits(site: HostedSite) -> None:
    few = gate(site, replace(FREE, rate=0.5, burst=3.0))
    assert [few.get("/index.html").status_code for _ in range(3)] == [200, 200, 200]
    refused = few.get("/index.html", headers=VI)
    told = problem_of(refused, 429)
    assert 1 <= int(refused.headers["retry-after"]) <= 2
    assert refused.headers["retry-after"] in told["detail"]
    assert few.get("/healthz").status_code == 503  # never limited: it has no workers


def test_a_proxys_word_counts_only_when_there_is_a_proxy(site: HostedSite) -> None:
    def statuses(settings: Settings, forwarded: list[str]) -> list[int]:
        few = gate(site, settings)
        return [few.get("/index.html", headers={"X-Forwarded-For": said}).status_code for said in forwarded]

    many = [f"203.0.113.{number}" for number in range(4)]
    spoofed = [f"198.51.100.{number}, 203.0.113.7" for number in range(4)]
    bare = replace(FREE, rate=0.1, burst=2.0)
    proxied = replace(bare, behind_proxy=True)
    assert statuses(bare, many) == [200, 200, 429, 429]
    assert statuses(proxied, many) == [200] * 4
    assert statuses(proxied, spoofed) == [200, 200, 429, 429]  # only the proxy's own word, the last
    assert statuses(proxied, ["nonsense"] * 3) == [200, 200, 429]


def test_buckets_fill_again_and_forget_who_is_long_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    buckets = Buckets(2.0, 4.0, clock=lambda: now[0])
    assert [buckets.take("a", 2), buckets.take("a", 2), buckets.take("a", 2)] == [0, 0, 1]
    assert buckets.take("b", 4) == 0
    now[0] = 1.0
    assert [buckets.take("a", 2), buckets.take("a", 1)] == [0, 1]
    monkeypatch.setattr("dxassets.server.rates._MOST_BUCKETS", 2)
    buckets.take("c", 1)
    assert buckets.take("b", 4) == 0  # forgotten, so new


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("testclient", "unknown"),
    ],
)
def test_an_address_stands_for_a_household(address: str, network: str) -> None:
    assert network_of(address) == network


# --- it stores nothing


def test_nothing_stays_on_the_disk(client: Client, out: Path) -> None:
    def there() -> set[Path]:
        return {*out.rglob("*"), *Path(tempfile.gettempdir()).glob("*weasy*"), *Path.cwd().glob("*")}

    before = there()
    client.get("/api/v1/banner", params={**WIDE, "name": "UBND xã Nam Dong", "format": "pdf"})
    client.post("/api/v1/letter", json={"signer": "Nguyễn Thị Bình", "format": "pdf"})
    client.get("/api/v1/qr", params={"link": "province", "format": "pdf"})
    assert there() == before


def test_help_and_other_commands_load_no_server() -> None:
    script = (
        "import sys; from dxassets.__main__ import main; main(['presets']); "
        "print([name for name in ('starlette', 'uvicorn', 'prometheus_client') if name in sys.modules], "
        "file=sys.stderr)"
    )
    seen = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert seen.stderr.strip().endswith("[]")


def test_the_base_is_packed_once_and_unpacks_to_a_drawing(client: Client) -> None:
    answer = client.get("/live/base.svg", params=WIDE)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text.startswith("<svg")
    assert int(answer.headers["content-length"]) < len(answer.content) / 2
    tag = answer.headers["etag"]
    again = client.get("/live/base.svg", params=WIDE, headers={"If-None-Match": tag})
    assert again.status_code == 304
