"""The index: every asset, self-contained, safe, and paged when the campaign is large."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from dxassets.api import Project, Wanted, build, index_page, verify
from dxassets.cli.entry import main
from dxassets.store import CampaignName, Root, Shard, SkipRecord, Summary
from tests.test_store import record_of

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
    drawn: list[int] = []
    real = index_page.IndexDesk._render

    def watched(desk: index_page.IndexDesk, said: dict[str, object]) -> bytes:
        drawn.append(1)
        return real(desk, said)

    monkeypatch.setattr(index_page.IndexDesk, "_render", watched)
    build(project, one, out=tmp_path)
    assert not drawn
    first = index.read_bytes()
    index.write_bytes(first + b" ")
    assert [problem.where for problem in verify(index.parent)] == ["index.html"]
    build(project, one, out=tmp_path)
    assert index.read_bytes() == first
    index.unlink()
    build(project, one, out=tmp_path)
    assert index.read_bytes() == first
    assert verify(index.parent) == []


def test_it_speaks_both_languages(folder: Path) -> None:
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert text.count('<span lang="vi">') == text.count('<span lang="en">') > 20
    assert re.search(r"Bỏ qua: chưa có liên kết “[^”]*Zalo OA[^”]*”", text)


def test_a_large_campaign_gets_a_page_an_agency(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_page, "MOST_CARDS", 1)
    wanted = Wanted(
        ("so-noi-vu", "so-tu-phap"),
        days=("10-10",),
        themes=("light",),
        presets=("button-120x60",),
        kinds=("banner",),
    )
    report = build(project, wanted, out=tmp_path)
    assert main(["verify", str(report.folder)]) == 0
    index = Reader(report.index.read_text(encoding="utf-8"))
    links = [str(link["href"]) for link in index.all("a")]
    assert links[:2] == links[2:], "the least contrasts, then all"
    links = links[2:]
    assert links == ["so-noi-vu/index.html", "so-tu-phap/index.html"]
    for link in links:
        page = Reader((report.folder / link).read_text(encoding="utf-8"))
        (picture,) = page.all("img")
        assert ((report.folder / link).parent / str(picture["src"])).is_file()
        assert page.all("a")[0]["href"] == "../index.html"
    assert verify(report.folder) == []


def shard_of_many(count: int) -> Shard:
    """An agency's pictures; no file lies there."""
    records = [record_of(f"a/banner/{at:04}.png", title=f"Ảnh {at}") for at in range(count)]
    return Shard("a", {record.path: record for record in records})


def pages_below(folder: Path) -> dict[str, Reader]:
    return {
        path.relative_to(folder).as_posix(): Reader(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


@pytest.mark.parametrize(("count", "pages"), [(200, 1), (201, 2), (450, 3)])
def test_no_page_shows_more_than_200_pictures_and_every_asset_is_on_one(
    project: Project, tmp_path: Path, count: int, pages: int
) -> None:
    shard = index_page.IndexDesk(project, tmp_path).with_pages(shard_of_many(count))
    found = pages_below(tmp_path)
    assert found.keys() == shard.pages.keys()
    assert len(found) == pages
    assert all(len(page.all("img")) <= 200 for page in found.values())
    assert all(picture["loading"] == "lazy" for page in found.values() for picture in page.all("img"))
    shown = [unquote(str(a["href"])) for page in found.values() for a in page.all("a") if "download" in a]
    assert sorted(f"a/{href}" for href in shown) == sorted(shard.records)
    for name, page in found.items():  # from each page one gets to every other
        others = {str(a["href"]) for a in page.all("a") if str(a["href"]).startswith("index")}
        assert {f"a/{href}" for href in others} == found.keys() - {name}


def test_no_page_weighs_more_than_a_megabyte(project: Project, tmp_path: Path) -> None:
    long = [record_of(f"a/banner/{at}.png", title="Chữ rất dài " * 400) for at in range(120)]
    shard = Shard("a", {record.path: record for record in long})
    index_page.IndexDesk(project, tmp_path).with_pages(shard)
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.html")]
    assert len(sizes) > 1
    assert max(sizes) <= index_page.HEAVIEST_PAGE == 1_000_000


def test_the_front_page_of_3321_agencies_names_each_sums_up_and_is_no_megabyte(
    project: Project, tmp_path: Path
) -> None:
    shards = {
        f"ubnd-xa-cua-mot-tinh-{at}": Summary(
            "0" * 64, f"ubnd-xa-cua-mot-tinh-{at}", 40, 2_000_000, 4.5 + at % 7, int(at == 5), {}
        )
        for at in range(3321)
    }
    root = Root(CampaignName("c", "C"), shards=shards, unserved={"so-noi-vu": ("tên lạ", "a strange name")})
    found = index_page.IndexDesk(project, tmp_path).with_front(root)
    assert found.pages.keys() == {"index.html"}
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert len(text.encode()) < 1_000_000
    page = Reader(text)
    linked = [str(link["href"]) for link in page.all("a")]
    assert {f"{name}/index.html" for name in shards} == set(linked)
    assert linked.count("ubnd-xa-cua-mot-tinh-5/index.html") == 2, "in the list, and among what failed"
    assert "132.840" in text, "assets"
    assert "6,6\N{NO-BREAK SPACE}GB" in text, "their weight"
    assert "4,5:1" in text, "the least contrast"
    assert "tên lạ" in text, "whom nothing could be made for"
    assert page.all("input")[0]["type"] == "search"


def test_what_failed_stands_on_its_agencys_page_until_it_is_made(project: Project, tmp_path: Path) -> None:
    failed = tuple(SkipRecord(f"a/banner/{at}.png", "banner", f"hỏng {at}", f"bad {at}") for at in range(13))
    shard = Shard("a", {}, failed=failed)
    index_page.IndexDesk(project, tmp_path).with_pages(shard)
    text = (tmp_path / "a/index.html").read_text(encoding="utf-8")
    assert "hỏng 11" in text
    assert "hỏng 12" not in text
    assert "… +1" in text


@pytest.mark.parametrize("count", [12, 13])
def test_the_front_page_names_twelve_of_each_kind_of_what_is_missing(
    project: Project, tmp_path: Path, count: int
) -> None:
    reasons = {f"r{at}": (f"vì {at}. " + "dài " * 50_000, f"since {at}") for at in range(count)}
    shards = {f"x{at}": Summary("0" * 64, f"x{at}", 1, 2, 4.5, 1, {}) for at in range(count)}
    root = Root(CampaignName("c", "C"), shards=shards, reasons=reasons, unserved=reasons)
    index_page.IndexDesk(project, tmp_path).with_front(root)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert len(text.encode()) < 200_000
    assert text.count("vì 11. ") == 2
    assert text.count("vì 12. ") == 0
    assert ("… +1<" in text) == (count == 13), "a reason of what is skipped"
    assert ("… +2<" in text) == (count == 13), "an office that failed, and one that is not served"


@pytest.mark.parametrize("letters", [600, 601])
def test_a_reason_of_600_letters_is_told_whole(project: Project, tmp_path: Path, letters: int) -> None:
    reason = ("từ " * 300)[: letters - 1] + "!"
    root = Root(CampaignName("c", "C"), unserved={"so-noi-vu": (reason, "since")})
    index_page.IndexDesk(project, tmp_path).with_front(root)
    assert (reason in (tmp_path / "index.html").read_text(encoding="utf-8")) == (letters == 600)
