"""The start page speaks of its own fields and buttons, never of options that its reader does not see."""

from __future__ import annotations

import ast
import errno
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import tinyhtml5

from dxassets.api import Project, Wanted
from dxassets.desktop.page import start_page
from dxassets.desktop.wording import _FIELDS, DRAFT, in_page_words
from dxassets.desktop.work import Work
from dxassets.errors import Lang, Problem
from dxassets.foreign import output_error
from tests.test_desktop import NEW, Desk

PACKAGE = Path(__file__).parent.parent / "dxassets"
BEHIND_BUTTONS = (
    "api/agency_lists.py",
    "api/framing/looking.py",
    "api/framing/report.py",
    "api/site/listing.py",
    "api/starting/causes.py",
    "api/starting/wanted.py",
    "kinds/letter/merge_planning.py",
    "foreign.py",
)
"""Where what the page can do is refused in words."""
ON_THE_COMMAND_LINE_ONLY = {"--export"}
OPTION = re.compile(r"--[a-z][a-z-]+")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "Việc của tôi")


def texts(file: Path) -> Iterator[str]:
    """A module's sentences without its docstrings, with a dot for what is filled in."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    inner = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    inner |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "." for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.value


def test_no_sentence_behind_a_button_names_an_option() -> None:
    told = {text for name in BEHIND_BUTTONS for text in texts(PACKAGE / name) if OPTION.search(text)}
    assert len(told) > 20
    sentences = {text for text in told if " " in text}
    for text in sentences:
        said = in_page_words(Problem("", text, text))
        left = [set(OPTION.findall(words)) - ON_THE_COMMAND_LINE_ONLY for words in (said.vi, said.en)]
        assert set() in left, text  # a sentence is in one of the two languages
        assert "dxassets agencies" not in min(
            (said.vi, said.en), key=lambda words: len(OPTION.findall(words))
        )
    named = {text for text in told - sentences if OPTION.fullmatch(text)}
    assert named - ON_THE_COMMAND_LINE_ONLY <= set(_FIELDS)


@pytest.mark.parametrize("option", sorted(_FIELDS))
def test_a_field_is_called_as_it_stands_on_the_page(option: str) -> None:
    for lang in ("vi", "en"):
        page = start_page(lang, places="").decode()
        line = in_page_words(Problem(option, "sai", "is wrong")).line(lang)
        name = line.partition(":")[0]
        assert "--" not in line
        assert option in {"--merge", "--import"} or name in page, name


@pytest.mark.parametrize(("lang", "other"), [("vi", "Close dxassets"), ("en", "Đóng dxassets")])
def test_every_hole_of_the_page_is_filled_in_one_language_and_escaped(lang: Lang, other: str) -> None:
    page = start_page(lang, places="D:\\Chữ <b> & “[[lang]]”").decode()
    assert "[[" not in page.replace("[[lang]]", "")
    assert "|" not in page
    assert other not in page
    tree = tinyhtml5.parse(page, namespace_html_elements=False)
    assert tree is not None
    assert tree.get("lang") == lang
    (path,) = tree.iterfind(".//span[@class='path']")
    assert path.text == "D:\\Chữ <b> & “[[lang]]”"  # what was filled in is not filled again
    assert {"uploading", "closed", "lost"} <= json.loads(str(tree.findtext(".//script[@id='words']"))).keys()


def test_what_is_missing_for_a_new_campaign_is_told_by_its_fields(desk: Desk) -> None:
    refused = desk.press("create", name="Huế 2026", cause="bau-cu").json()["problems"]
    assert refused == ["Tỉnh, thành phố, Ngày: còn thiếu; hãy điền vào ô ấy"]
    assert desk.press("create", **NEW | {"year": "26"}).json()["problems"] == ["Năm: “26” không phải là năm"]
    (old,) = desk.press("create", **NEW | {"year": "2022"}).json()["problems"]
    assert old.startswith("Năm: ")
    assert old.endswith("hãy điền năm từ 2025, rồi thả danh sách của mình vào ô “Excel → danh sách cơ quan”")


def test_a_folder_that_is_in_the_way_of_the_web_pages_is_told(desk: Desk) -> None:
    desk.press("create", **NEW)
    taken = desk.place.results / "hue-2026-trang-web"
    taken.mkdir(parents=True)
    (taken / "cua-toi.txt").write_text("giữ lại", encoding="utf-8")
    desk.press("site")
    assert desk.done()["status"] == "failed"
    assert "hãy chuyển thư mục ấy đi nơi khác, rồi bấm lại" in desk.said()
    assert [path.name for path in taken.iterdir()] == ["cua-toi.txt"]


def test_the_web_pages_are_made_beside_the_results_and_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dxassets.desktop import deeds  # noqa: PLC0415  (loads all that draws)

    def made(project: Project, folder: Path, **asked: Any) -> SimpleNamespace:
        """A site takes minutes; what `build_site` makes is tested by itself."""
        assert (project.campaign.id, asked["built"]) == ("hue-2026", desk.place.results)
        asked["observer"](
            SimpleNamespace(done=1, total=2, outcome=SimpleNamespace(path="a.png", problems=()))
        )
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("<p>Trang", encoding="utf-8")
        return SimpleNamespace(files=1234, index=folder / "index.html")

    monkeypatch.setattr(deeds, "build_site", made)
    desk.press("create", **NEW)
    desk.press("site")
    work = desk.done()
    assert (work["status"], work["done"], work["total"]) == ("done", 1, 2), desk.said()
    assert "Trang web có 1.234 tệp" in desk.said()
    (result,) = work["results"]
    assert "<p>Trang" in desk.client.get(result["href"]).text


def test_a_letter_with_holes_names_the_tick_that_makes_a_draft() -> None:
    work = Work(("", ""))
    work.problem(
        Problem("letter.docx", "còn chỗ trống; điền xong rồi làm lại, hoặc làm bản dự thảo: --draft", "")
    )
    assert work.lines[0][1].endswith(f"hoặc làm bản dự thảo: ô “{DRAFT.vi}”")
    assert DRAFT.vi in start_page("vi", places="").decode()


@pytest.mark.parametrize("draft", ["yes", "no"])
def test_the_tick_for_drafts_is_heard(desk: Desk, monkeypatch: pytest.MonkeyPatch, draft: str) -> None:
    from dxassets.desktop import deeds  # noqa: PLC0415  (loads all that draws)

    asked: list[Wanted] = []

    def build(_project: Project, wanted: Wanted, **_: object) -> SimpleNamespace:
        asked.append(wanted)
        index = desk.place.results / "index.html"
        index.parent.mkdir(parents=True)
        index.touch()
        return SimpleNamespace(notes=(), skipped=(), made=(), up_to_date=(), failed=(), index=index)

    monkeypatch.setattr(deeds, "build", build)
    desk.press("create", **NEW)
    desk.press("build", draft=draft)
    assert desk.done()["status"] == "done"
    assert [wanted.edition.draft for wanted in asked] == [draft == "yes"]


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (errno.EACCES, "hãy chép cả thư mục này", "copy the whole folder"),
        (errno.EROFS, "hãy chép cả thư mục này", "copy the whole folder"),
        (errno.ENAMETOOLONG, "D:\\dxassets", "D:\\dxassets"),
        (errno.ENOSPC, "hãy dọn bớt", "make room"),
        (errno.EIO, "hãy chép cả thư mục này", "copy the whole folder"),
    ],
)
def test_where_nothing_can_be_written_the_cure_is_a_clerks(number: int, vi: str, en: str) -> None:
    (told,) = output_error(Path("a"), OSError(number, "x")).problems
    said = in_page_words(told)
    assert vi in said.vi
    assert en in said.en
    assert "--out" not in said.vi + said.en
    assert fields(said) == fields(told)


def test_skipped_files_are_told_once_for_each_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    from dxassets.desktop import deeds  # noqa: PLC0415  (loads all that draws)

    work = Work(("", ""))
    skips = [SimpleNamespace(path=f"{n}.mp4", reason_vi="vì thế", reason_en="so") for n in range(3)]
    skips.append(SimpleNamespace(path="letter.pdf", reason_vi="còn trống: --draft", reason_en="open"))
    monkeypatch.setattr(work, "lang", "vi")
    deeds._tell_skips(work, skips)  # pyright: ignore[reportArgumentType]
    assert [line for _, line in work.lines] == [
        "0.mp4 (và 2 tệp nữa): vì thế",
        f"letter.pdf: còn trống: ô “{DRAFT.vi}”",
    ]
