"""The server in this process: banners, codes and letters as ordered, their files' names, and what is kept."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Generator
from datetime import date
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from dxassets.api import LetterWanted, make_banner, make_letters, make_qr
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.checks import decode_codes
from tests.server_support import LOOK, WIDE, Client, answering, built, hosted, loaded, problem_of


@pytest.fixture(scope="module")
def out() -> Path:
    return built()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def client(scratch: Path) -> Generator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(scratch))  # of the processes that draw
        with answering(hosted(built()), io.StringIO()) as opened:
            yield opened


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
    assert decode_codes(link.content, "image/png") == (loaded().campaign.main_url,)


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
    assert disposition_of(answer)[0] == "cong-van-ubnd-huyen-cu-jut-du-thao.docx"
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


# --- it stores nothing


def test_nothing_typed_stays_on_the_disk(client: Client, out: Path, scratch: Path) -> None:
    def there() -> set[Path]:
        return {*out.rglob("*"), *Path.cwd().glob("*")}

    before = there()
    client.get("/api/v1/banner", params={**WIDE, "name": "UBND xã Nam Dong", "format": "pdf"})
    client.post("/api/v1/letter", json={"signer": "Nguyễn Thị Bình", "format": "pdf"})
    client.get("/api/v1/qr", params={"link": "province", "format": "pdf"})
    assert there() == before
    left = [file.read_bytes() for file in scratch.rglob("*") if file.is_file()]
    assert left, "the fonts of the letter lie there while its process lives"
    assert not [data for data in left if "Bình".encode() in data or b"%PDF" in data]


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
