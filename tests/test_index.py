"""The index: every asset, self-contained, safe, and paged when the campaign is large."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from dxassets.api import Project, Wanted, build, index_page, verify

EVIL = 'A&B "<script>" {{7*7}}'


class Reader(HTMLParser):
    """Tags and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pre: list[str] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "pre":
            self.pre.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    wanted = Wanted(
        agency_names=(EVIL,),
        agencies=("so-thong-tin-va-truyen-thong",),
        days=("10-10",),
        themes=("digital",),
        presets=("rectangle-300x250", "share-1200x630", "poster-a4"),
        kinds=("banner", "frame", "qr", "letter"),
    )
    report = build(project, wanted, out=tmp_path_factory.mktemp("sheet"))
    assert not report.failed
    return report.folder


@pytest.fixture(scope="module")
def page(folder: Path) -> Reader:
    return Reader((folder / "index.html").read_text(encoding="utf-8"))


def test_every_asset_is_there_to_download(folder: Path, page: Reader) -> None:
    offered = {unquote(str(link["href"])) for link in page.all("a") if "download" in link}
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and ".dxassets" not in path.parts
        and path.name not in {"index.html", "manifest.json"}
    }
    assert offered == there


def test_every_picture_has_its_words_and_its_size(folder: Path, page: Reader) -> None:
    pictures = page.all("img")
    assert len(pictures) == len(page.all("article"))
    for picture in pictures:
        assert picture["alt"]
        source = str(picture["src"])
        assert source.startswith("data:image/webp;base64,") or (folder / unquote(source)).is_file()


def test_it_needs_nothing_from_elsewhere(page: Reader) -> None:
    assert not page.all("link")
    assert not [script for script in page.all("script") if "src" in script]
    for _, attributes in page.tags:
        for name in ("src", "href"):
            value = attributes.get(name) or ""
            assert not value.startswith(("http:", "https:", "//", "file:", "/"))


def test_an_evil_name_stays_text(folder: Path, page: Reader) -> None:
    assert len(page.all("script")) == 1
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "A&B" not in text
    assert "{{7*7}}" in text


def test_web_presets_come_with_a_snippet(page: Reader, project: Project) -> None:
    assert len(page.pre) == 2
    for text in page.pre:
        snippet = Reader(text)
        (link,), (picture,) = snippet.all("a"), snippet.all("img")
        assert link["href"] == project.campaign.main_url
        assert (picture["width"], picture["height"]) == ("300", "250")
        assert picture["src"] == "rectangle-300x250.png"
        assert "10/10" in str(picture["alt"])
    assert any(EVIL in str(Reader(text).all("img")[0]["alt"]) for text in page.pre)


def test_a_page_is_written_again_only_when_it_says_something_else(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    index = build(project, one, out=tmp_path).index
    first = index.read_bytes()
    index.write_bytes(first + b" ")
    build(project, one, out=tmp_path)
    assert index.read_bytes() == first + b" "
    monkeypatch.setattr(index_page, "LARGEST_INDEX", 2001)
    build(project, one, out=tmp_path)
    assert len(index.read_bytes()) == len(first)
    index.unlink()
    build(project, one, out=tmp_path)
    assert index.is_file()


def test_it_speaks_both_languages(folder: Path) -> None:
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert text.count('<span lang="vi">') == text.count('<span lang="en">') > 20
    assert re.search(r"Bỏ qua: chưa có liên kết Zalo OA", text)


def test_a_large_campaign_gets_a_page_an_agency(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_page, "LARGEST_INDEX", 1)
    wanted = Wanted(
        ("so-noi-vu", "so-tu-phap"),
        days=("10-10",),
        themes=("light",),
        presets=("button-120x60",),
        kinds=("banner",),
    )
    report = build(project, wanted, out=tmp_path)
    index = Reader(report.index.read_text(encoding="utf-8"))
    links = [str(link["href"]) for link in index.all("a")]
    assert links == ["so-noi-vu/index.html", "so-tu-phap/index.html"]
    for link in links:
        page = Reader((report.folder / link).read_text(encoding="utf-8"))
        (picture,) = page.all("img")
        assert ((report.folder / link).parent / str(picture["src"])).is_file()
        assert page.all("a")[0]["href"] == "../index.html"
    assert verify(report.folder) == []
