"""The server in this process: its pages, its lists, its limits, and what it tells of itself."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator, Generator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from prometheus_client.parser import text_string_to_metric_families

from dxassets.api.hosting import HostedSite, host_site
from dxassets.api.site import build_site
from dxassets.kinds.faces import LONGEST
from dxassets.server.rates import Buckets, network_of
from dxassets.server.settings import Settings
from tests.server_support import (
    FREE,
    LOOK,
    SMALL,
    VI,
    WIDE,
    Client,
    answering,
    built,
    gate,
    hosted,
    loaded,
    problem_of,
)


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
    with answering(site, log) as opened:
        yield opened


# --- pages


def test_pages_are_the_static_sites_but_for_the_panels(
    client: Client, site: HostedSite, out: Path, tmp_path: Path
) -> None:
    report = build_site(loaded(), tmp_path / "site", wanted=replace(SMALL, draws=False), built=out)
    static = {
        path.relative_to(report.folder).as_posix(): path.read_bytes()
        for path in report.folder.rglob("*")
        if path.is_file() and path.name != "site.json"
    }
    panels = {"banner.html", "letter.html", "en/banner.html", "en/letter.html", "sw.js", "edition.js"}
    served = {path: client.get(f"/{path}") for path in static}
    assert {path for path, answer in served.items() if answer.status_code != 200} == set()

    def told(data: bytes) -> bytes:
        return re.sub(rb'data-edition="[0-9a-f]{16}"', b"", data)  # panels make it another edition

    other = {path for path, answer in served.items() if told(answer.content) != told(static[path])}
    assert other == panels
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
    again = host_site(loaded(), SMALL, limits=LONGEST, built=out)
    assert again.files == site.files
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


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
    client.post("/api/v1/letter", json={"signer": "Nguyễn Bí Mật", "number": "4711/QĐ"})
    client.get("/Bí-Mật/../x", headers={"User-Agent": "Bí Mật".encode(), "X-Forwarded-For": "203.0.113.9"})
    written = log.getvalue()
    lines = [json.loads(line) for line in written.splitlines()]
    assert lines[-1]["route"] == "site"
    assert {"time", "level", "event", "request", "route", "method", "status", "ms", "bytes"} == set(lines[-1])
    for secret in ("Bí", "4711/Q", "%C3%AD", "203.0.113.9", "testclient", "rectangle"):
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
    assert [few.get("/api/v1/presets").status_code for _ in range(3)] == [200, 200, 200]
    refused = few.get("/api/v1/presets", headers=VI)
    told = problem_of(refused, 429)
    assert 1 <= int(refused.headers["retry-after"]) <= 2
    assert refused.headers["retry-after"] in told["detail"]
    assert few.get("/healthz").status_code == 503  # never limited: it has no workers


def test_a_proxys_word_counts_only_when_there_is_a_proxy(site: HostedSite) -> None:
    def statuses(settings: Settings, forwarded: list[str]) -> list[int]:
        few = gate(site, settings)
        return [
            few.get("/api/v1/presets", headers={"X-Forwarded-For": said}).status_code for said in forwarded
        ]

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
