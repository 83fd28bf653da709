"""Killed at any moment, whatever lies on the disk is whole, known as ours, and gone on from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from dxassets.api import Project, SiteWanted, Wanted, build, frame_photos, load_campaign, verify
from dxassets.api.framing.records import made_in
from dxassets.api.site import build_site
from dxassets.digest import digest
from dxassets.store import peek
from tests.dying_support import deaths, dying
from tests.photo_support import SMALL as FRAME
from tests.photo_support import put

ROOT = Path(__file__).parent.parent
TWO = Wanted(days=("10-10",), themes=("digital", "light"), presets=("button-120x60",), kinds=("banner",))
PAGE = Wanted(
    days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",), formats=("pdf",)
)
SITE = SiteWanted(agencies=("so-noi-vu",), days=("10-10",), themes=("light",), presets=("button-120x60",))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file that is handed out, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".dxassets" not in path.parts
    }


def assets(folder: Path) -> set[str]:
    """What a build has published so far."""
    pictures = (path for path in folder.rglob("*.*") if path.suffix in {".png", ".pdf"})
    return {path.relative_to(folder).as_posix() for path in pictures}


def unfinished(folder: Path) -> list[Path]:
    """Temporary files among what is handed out."""
    return [path for path in folder.rglob("*.part") if ".dxassets" not in path.parts]


def folders(tmp_path: Path, template: Path | None = None) -> Callable[[], Path]:
    """Makes one folder after another, each a copy of `template` if there is one."""
    numbers = count()

    def fresh() -> Path:
        folder = tmp_path / f"death {next(numbers)}"
        if template is None:
            folder.mkdir()
        else:
            shutil.copytree(template, folder)
        return folder

    return fresh


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same assets, built and sealed, of a campaign that said something else."""
    folder = tmp_path_factory.mktemp("older")
    shutil.copytree(ROOT / "campaigns/daknong-2022", folder / "campaign")
    file = folder / "campaign/campaign.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('mark = "10/10"', 'mark = "20/11"', 1), encoding="utf-8")
    build(load_campaign(folder / "campaign"), TWO, out=folder / "out")
    return folder / "out"


@pytest.mark.parametrize("before", ["nothing", "an older build"])
def test_a_build_killed_at_any_moment_knows_all_that_it_made(
    project: Project, tmp_path: Path, older: Path, before: str
) -> None:
    fresh = folders(tmp_path, older if before == "an older build" else None)
    whole = build(project, TWO, out=fresh())
    moments = 0
    for out in deaths(lambda out: build(project, TWO, out=out), fresh):
        folder = out / whole.folder.name
        there = assets(folder)
        assert there <= set(peek(folder).records), "what lies there is in the journal or in the manifest"
        build(project, TWO, out=out)
        assert tree(folder) == tree(whole.folder)
        assert verify(folder) == []
        assert unfinished(folder) == []
        assert not list(folder.rglob("*.jsonl")), "a sealed build needs no journal"
        moments += 1
    assert moments > 10


def test_a_page_never_lies_there_without_its_preview(project: Project, tmp_path: Path) -> None:
    """The contact sheet shows the preview; a page that is up to date is not drawn again."""
    there: set[int] = set()
    for out in deaths(lambda out: build(project, PAGE, out=out), folders(tmp_path), every=2):
        pages = list(out.rglob("*.pdf"))
        previews = {path.stem for path in out.rglob("previews/*.webp")}
        assert {digest(page.read_bytes()) for page in pages} <= previews
        there.add(len(pages))
    assert there == {0, 1}


def test_nothing_that_was_finished_is_made_twice(project: Project, tmp_path: Path) -> None:
    finished: set[int] = set()
    for out in deaths(lambda out: build(project, TWO, out=out), folders(tmp_path)):
        there = assets(out)
        again = build(project, TWO, out=out)
        assert {f"{again.folder.name}/{path}" for path in again.up_to_date} == there
        finished.add(len(there))
    assert finished == {0, 1, 2}


def test_no_file_takes_its_name_before_its_bytes_are_on_the_disk(project: Project, tmp_path: Path) -> None:
    with dying(before=10**6) as disk:
        build(project, PAGE, out=tmp_path)
        build_site(project, tmp_path / "site", wanted=SITE, built=tmp_path)
        frame_photos(project, [put(tmp_path / "ảnh/an.jpg").parent], out=tmp_path / "out", wanted=FRAME)
    named = {new: flushed for _, new, flushed in disk.named}
    assert len(named) > 20
    assert all(named.values()), [new for new, flushed in named.items() if not flushed]
    assert all(Path(old).parent == Path(new).parent for old, new, _ in disk.named), "one step, on one disk"


def test_framed_photos_keep_their_names_whenever_the_run_was_killed(project: Project, tmp_path: Path) -> None:
    photos = tmp_path / "ảnh"
    put(photos / "an.jpg", 1)
    put(photos / "phòng 2/an.jpg", 2)
    whole = frame_photos(project, [photos], out=tmp_path / "whole", wanted=FRAME)
    moments = 0
    for out in deaths(
        lambda out: frame_photos(project, [photos], out=out, wanted=FRAME), folders(tmp_path), every=2
    ):
        assert {path.name for path in out.glob("*.jpg")} <= made_in(out), "no result is taken for a photo"
        again = frame_photos(project, [photos], out=out, wanted=FRAME)
        assert tree(out).keys() == tree(whole.folder).keys()
        assert [photo.result and photo.result.name for photo in again.photos] == [
            photo.result and photo.result.name for photo in whole.photos
        ]
        assert unfinished(out) == []
        moments += 1
    assert moments > 10


def pages_and_pictures(folder: Path) -> Iterator[tuple[str, str]]:
    """Every picture of ours that a page of the site shows."""
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for source in re.findall(r'(?:src|href)="([^":#?]+\.(?:png|jpg|svg|webp))\?v=[0-9a-f]{10}"', text):
            yield page.name, (page.parent / source).resolve().as_posix()


def test_a_site_killed_at_any_moment_is_known_as_ours_and_shows_no_hole(
    project: Project, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    whole = build_site(project, tmp_path / "whole", wanted=SITE, built=built)
    moments = 0
    assert list(pages_and_pictures(whole.folder))
    for folder in deaths(
        lambda folder: build_site(project, folder, wanted=SITE, built=built), folders(tmp_path), every=89
    ):
        missing = [shown for _, shown in pages_and_pictures(folder) if not Path(shown).is_file()]
        assert missing == []
        build_site(project, folder, wanted=SITE, built=built)
        assert tree(folder) == tree(whole.folder)
        moments += 1
    assert moments > 5
