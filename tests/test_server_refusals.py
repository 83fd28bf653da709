"""The server in this process: what it can't make is told in words, and hostile words do nothing."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest

from tests.server_support import (
    BROWSER,
    EN,
    HOSTILE,
    LOOK,
    VI,
    WIDE,
    Client,
    answering,
    built,
    hosted,
    problem_of,
)


@pytest.fixture(scope="module")
def client() -> Generator[Client]:
    with answering(hosted(built()), io.StringIO()) as opened:
        yield opened


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
