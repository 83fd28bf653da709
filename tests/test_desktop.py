"""`dxassets open`: who may come in, what its buttons do, what is dropped, and how it ends."""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from docx import Document
from openpyxl import Workbook
from starlette.types import ASGIApp

from dxassets.desktop import app as app_module
from dxassets.desktop.app import MOST_WORDS, StartDesk, create_desk_app
from dxassets.desktop.doors import Keys
from dxassets.desktop.work import Work
from dxassets.desktop.workplace import ASIDE, Workplace
from dxassets.errors import OutputError, Problem
from tests.conftest import Run
from tests.merge_support import GUESTS, invitation, workbook
from tests.site_support import landscape

PORT = 40_001
HOME = f"http://127.0.0.1:{PORT}"
NEW = {"name": "Huế 2026", "province": "Huế", "year": "2026", "cause": "chuyen-doi-so"}


class Client:
    """Asks an application without a port."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def request(self, method: str, path: str, **parts: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
                return await client.request(method, path, **parts)

        return asyncio.run(asked())

    def get(self, path: str, **parts: Any) -> httpx.Response:
        return self.request("GET", path, **parts)

    def post(self, path: str, **parts: Any) -> httpx.Response:
        return self.request("POST", path, **parts)

    def put(self, path: str, **parts: Any) -> httpx.Response:
        return self.request("PUT", path, **parts)


class Desk:
    """A start page without a browser, and the folder that it works in."""

    def __init__(self, folder: Path) -> None:
        self.shown: list[Path] = []
        self.place = Workplace(folder)
        self.place.ready()
        self.keys = Keys.new()
        self.desk = StartDesk(self.place, self.keys, lang="vi", show=self.shown.append)
        self.client = Client(create_desk_app(self.desk, port=PORT, leave=lambda: None))

    def press(self, name: str, /, **words: str) -> httpx.Response:
        return self.client.post(f"/{self.keys.page}/do/{name}", json=words, headers={"Origin": HOME})

    def drop(self, **files: bytes) -> str:
        """Drop files, by name, with `__` for a dot; which drop it is."""
        drop = self.press("drop").json()["drop"]
        for name, data in files.items():
            path = f"/{self.keys.page}/drop/{drop}/{name.replace('__', '.')}"
            assert self.client.put(path, content=data, headers={"Origin": HOME}).status_code == 200
        return drop

    def done(self) -> dict[str, Any]:
        """The work, once it is over."""
        self.desk.bench.wait(300)
        work = self.desk.state()["work"]
        assert work is not None
        assert work["status"] != "running"
        return work

    def said(self) -> str:
        return "\n".join(line["text"] for line in self.done()["lines"])


def photo(width: int, height: int) -> bytes:
    data = io.BytesIO()
    landscape(width, height).save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "Việc của tôi")


# --- who may come in


def test_the_page_is_for_who_knows_its_key_and_stands_at_this_computer(desk: Desk) -> None:
    page = desk.client.get(f"/{desk.keys.page}/")
    assert page.status_code == 200
    assert "Chọn chiến dịch" in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    for path in ("/", f"/{desk.keys.page[:-1]}/", f"/{desk.keys.page}x/", "/nothing/"):
        assert desk.client.get(path).status_code == 403, path
    for host in ("evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}"):
        answer = desk.client.get(f"/{desk.keys.page}/", headers={"Host": host})
        assert answer.status_code == 403, host


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", f"https://127.0.0.1:{PORT}", HOME + "0"]
)
def test_only_the_page_itself_presses_its_buttons(desk: Desk, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    for method, path in (("POST", "do/close"), ("POST", "do/drop"), ("PUT", "drop/x/y")):
        answer = desk.client.request(method, f"/{desk.keys.page}/{path}", headers=headers)
        assert answer.status_code == 403
    assert desk.client.post(f"/{desk.keys.results}/do/close", headers={"Origin": HOME}).status_code == 403
    assert not desk.desk.visitors.closing
    assert desk.press("drop").status_code == 200


def test_a_button_sends_64_kb_at_most(desk: Desk) -> None:
    def sent(size: int) -> int:
        body = b'{"key": "' + b"x" * (size - 11) + b'"}'
        path = f"/{desk.keys.page}/do/campaigns"
        return desk.client.post(path, content=body, headers={"Origin": HOME}).status_code

    assert sent(MOST_WORDS) == 200
    assert sent(MOST_WORDS + 1) == 400
    assert desk.press("__init__").status_code == 404


# --- names and places


def test_nothing_outside_the_results_is_shown(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    desk.place.results.mkdir()
    (desk.place.results / "a.html").write_text("made", encoding="utf-8")
    (desk.place.results / "out").symlink_to(tmp_path)
    (desk.place.folder / "campaign.toml").write_text("x", encoding="utf-8")
    shown = desk.client.get(f"/{desk.keys.results}/a.html")
    assert shown.text == "made"
    assert shown.headers["content-security-policy"].startswith("sandbox ")
    assert "allow-same-origin" not in shown.headers["content-security-policy"]
    for path in (
        "../campaign.toml",
        "%2e%2e/campaign.toml",
        "out/secret.html",
        "/etc/passwd",
        "a.html/x",
        "b",
    ):
        assert desk.client.get(f"/{desk.keys.results}/{path}").status_code in {403, 404}, path


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        Workplace(taken / "below").ready()
    assert "--out" in caught.value.problems[0].vi or "tệp" in caught.value.problems[0].vi


# --- a campaign


def test_a_campaign_is_started_checked_and_given_its_list(desk: Desk) -> None:
    choices = desk.press("choices").json()
    assert len(choices["provinces"]) == 34
    assert {each["id"] for each in choices["causes"]} >= {"chuyen-doi-so", "bau-cu"}
    refused = desk.press("create", name="Huế 2026", cause="bau-cu")
    assert refused.status_code == 422
    assert "Tỉnh, thành phố" in refused.json()["problems"][0]
    assert not (desk.place.folder / "Huế 2026").exists()
    made = desk.press("create", **NEW)
    assert made.status_code == 200
    assert (desk.place.folder / "Huế 2026" / "campaign.toml").is_file()
    assert [each["key"] for each in made.json()["campaigns"] if each["own"]] == ["own:Huế 2026"]
    assert desk.press("create", **NEW).status_code == 422  # it is there already

    desk.press("check")
    assert desk.done()["status"] == "done"
    assert "dựng được" in desk.said()

    agencies = desk.place.folder / "Huế 2026" / "agencies.csv"
    before = agencies.read_bytes()
    book = Workbook()
    assert book.active is not None
    for row in (("Tên cơ quan",), ("Sở Nội vụ thành phố Huế",), ("Sở Tư pháp thành phố Huế",)):
        book.active.append(row)
    table = desk.place.folder / "ds.xlsx"
    book.save(table)
    desk.press("agencies", drop=desk.drop(ds__xlsx=table.read_bytes()))
    assert desk.done()["status"] == "done", desk.said()
    assert "Đã nhận 2 cơ quan" in desk.said()
    assert "Sở Tư pháp thành phố Huế" in agencies.read_text(encoding="utf-8-sig")
    assert (agencies.parent / "agencies-truoc.csv").read_bytes() == before
    assert not (desk.place.folder / ASIDE).exists()


def test_the_bundled_examples_stay_as_they_are(desk: Desk) -> None:
    desk.press("choose", key="bundled:daknong-2022")
    desk.press("agencies", drop=desk.drop(ds__csv=b"name\nSo Noi vu\n"))
    work = desk.done()
    assert work["status"] == "failed"
    assert "chiến dịch mẫu" in desk.said()
    assert desk.press("choose", key="bundled:../../x").status_code == 422
    assert desk.press("choose", key="own:..").status_code == 422


def test_work_is_stopped_and_only_one_is_done_at_a_time(desk: Desk) -> None:
    assert desk.press("build").status_code == 422  # no campaign is chosen
    desk.press("choose", key="bundled:daknong-2022")
    assert desk.press("build").status_code == 200
    assert desk.press("check").status_code == 422
    desk.press("stop")
    work = desk.done()
    assert work["status"] == "stopped"
    assert work["done"] >= 1
    assert work["total"] > 100
    made = [path for path in desk.place.results.rglob("*.*") if path.parent.name != ".dxassets"]
    assert made
    assert desk.press("folder").json()["folder"] == str(desk.place.results)
    assert desk.shown == [desk.place.results]


def test_a_work_has_400_lines_at_most() -> None:
    work = Work(("", ""))
    for number in range(401):
        work.problem(Problem("", str(number), ""))
    assert [len(work.lines), work.lines[-1][1]] == [400, "399"]


# --- dropped files


def test_dropped_photos_are_framed_and_forgotten(desk: Desk) -> None:
    desk.press("choose", key="bundled:daknong-2022")
    desk.press("frame", drop=desk.drop(Anh__jpg=photo(400, 300), Chi__jpg=photo(300, 400)), name="Cơ quan")
    work = desk.done()
    assert work["status"] == "done", desk.said()
    assert "Đã lồng khung 2 ảnh" in desk.said()
    folder = desk.place.results / "daknong-2022-anh" / "Cơ quan"
    assert len(list(folder.glob("*.png")) + list(folder.glob("*.jpg"))) >= 2
    assert not (desk.place.folder / ASIDE).exists()
    for result in work["results"]:
        assert desk.client.get(result["href"]).status_code == 200, result


def test_dropped_letters_are_linted(desk: Desk, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Kính gửi: Sở Nội vụ")
    document.save(str(tmp_path / "a.docx"))
    desk.press("lint", drop=desk.drop(a__docx=(tmp_path / "a.docx").read_bytes()))
    work = desk.done()
    assert re.search(r"a\.docx: .*lỗi", desk.said())
    assert [each["name"] for each in work["results"]] == ["a.docx.html"]
    assert "Soi văn bản" in desk.client.get(work["results"][0]["href"]).text
    desk.press("lint", drop=desk.drop(a__txt=b"x"))
    assert "không thấy tệp .docx, .pdf nào" in desk.said()


def test_a_dropped_table_becomes_letters(desk: Desk, tmp_path: Path) -> None:
    invitation(desk.place.folder / "moi")
    table = workbook(tmp_path / "khach.xlsx", GUESTS[:1])
    desk.press("choose", key="own:moi")
    desk.press("merge", drop=desk.drop(khach__xlsx=table.read_bytes()))
    work = desk.done()
    assert work["status"] == "done", desk.said()
    assert sorted(Path(each["name"]).suffix for each in work["results"]) == [".docx", ".pdf"]


def test_a_dropped_file_and_all_of_them_have_their_most_bytes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent(drop: str, name: str, size: int) -> int:
        path = f"/{desk.keys.page}/drop/{drop}/{name}"
        return desk.client.put(path, content=bytes(size), headers={"Origin": HOME}).status_code

    assert (app_module.MOST_FILE, app_module.MOST_DROPPED) == (200 << 20, 4 << 30)
    monkeypatch.setattr(app_module, "MOST_FILE", 1000)
    monkeypatch.setattr(app_module, "MOST_DROPPED", 2500)
    drop = desk.press("drop").json()["drop"]
    assert [sent(drop, "a", 1000), sent(drop, "b", 1001), sent(drop, "c", 1000)] == [200, 422, 200]
    assert [sent(drop, "d", 501), sent(drop, "e", 500), sent("x", "e", 1)] == [422, 200, 404]
    assert sent(drop, "%2e%2e/%2e%2e/%2e%2e/f", 0) == 200
    assert not (desk.place.folder.parent / "f").exists()


def test_a_port_that_cannot_be_is_refused(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("open", tmp_path, "--port", "65536")
    assert told.code == 2
    assert "--port" in told.err
