"""What is known to be unchanged and is not read again, and what the campaign names no longer."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dxassets.api import Project, Wanted, build, load_campaign, verify
from tests.shard_support import LIMIT, OFFICES, again, built_in_shards, look, places, tree

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def in_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two agencies of two pictures each are many."""
    monkeypatch.setattr(LIMIT, 3)


@pytest.fixture(scope="module")
def template(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was built in shards."""
    return built_in_shards(project, tmp_path_factory.mktemp("shards"))


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    (found,) = shutil.copytree(template, tmp_path / "out").iterdir()
    return found


# --- what is known to be unchanged --------------------------------------------------------------------


def test_what_verify_names_a_plain_build_mends_though_nothing_moved_that_the_disk_tells(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that rot on the disk change no time: a plain build trusts them until `verify` has read them."""
    before = tree(folder)
    monkeypatch.setattr("dxassets.store.seen.RACY", -10.0)
    again(project, folder)
    victim = folder / "so-noi-vu/banner/10-10/light/button-120x60.png"
    known = folder / ".dxassets/seen/so-noi-vu.json"
    entry = json.loads(known.read_bytes())
    victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    said = victim.stat()
    entry[victim.relative_to(folder).as_posix()][:4] = [
        said.st_size,
        said.st_mtime_ns,
        said.st_ctime_ns,
        said.st_ino,
    ]
    known.write_text(json.dumps(entry))
    assert again(project, folder).made == ()
    assert places(verify(folder)) == {victim.relative_to(folder).as_posix()}
    assert again(project, folder).made == (victim.relative_to(folder).as_posix(),)
    assert tree(folder) == before


@pytest.mark.parametrize("how", ["in place", "another file", "time set back"])
def test_a_file_that_changed_is_read_again(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("dxassets.store.seen.RACY", -10.0)
    again(project, folder)
    victim = folder / "so-noi-vu/banner/10-10/light/button-120x60.png"
    said, changed = victim.stat(), victim.read_bytes()[:-1] + b"?"
    if how == "another file":
        victim.unlink()
    victim.write_bytes(changed)
    if how == "time set back":
        os.utime(victim, ns=(said.st_atime_ns, said.st_mtime_ns))
    assert again(project, folder).made == (victim.relative_to(folder).as_posix(),)


def test_unchanged_files_are_not_read_again_and_young_ones_are(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (opened.append(path.suffix), real(path))[1])
    again(project, folder)
    assert opened.count(".png") == 4, "they are younger than the coarsest clock can tell"
    monkeypatch.setattr("dxassets.store.seen.RACY", -10.0)
    again(project, folder)
    opened.clear()
    again(project, folder)
    assert opened.count(".png") == 0


# --- what is no longer named --------------------------------------------------------------------------


@pytest.fixture
def smaller(tmp_path: Path) -> Callable[[str, str], Project]:
    """The campaign without a line of a file of its own."""

    def without(file: str, begins: str) -> Project:
        campaign = tmp_path / "campaign"
        if not campaign.exists():
            shutil.copytree(ROOT / "campaigns/daknong-2022", campaign)
        lines = (campaign / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (campaign / file).write_text(
            "".join(each for each in lines if not each.startswith(begins)), encoding="utf-8"
        )
        return load_campaign(campaign)

    return without


@pytest.mark.parametrize("most", [3, 100])
def test_an_agency_that_is_gone_is_told_and_with_prune_taken_away(
    folder: Path,
    tmp_path: Path,
    smaller: Callable[[str, str], Project],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
) -> None:
    monkeypatch.setattr(LIMIT, most)
    project = smaller("agencies.csv", "so-tu-phap,")
    (folder / "so-tu-phap/mine.txt").write_bytes(b"mine")
    one = Wanted(OFFICES[:1], **look("10-10"))
    out = tmp_path / "out"
    report = build(project, one, out=out)
    assert report.left == ("so-tu-phap/",)
    assert (folder / "so-tu-phap/banner").is_dir()
    report = build(project, one, out=out, prune=True)
    assert len(report.pruned) == 2
    assert report.left == ()
    assert [path.name for path in (folder / "so-tu-phap").rglob("*")] == ["mine.txt"], (
        "what is not ours stays"
    )
    assert places(verify(folder)) == {"so-tu-phap/mine.txt"}
    assert build(project, one, out=out).left == ()


def test_a_day_that_is_gone_is_told_and_with_prune_taken_away(
    folder: Path, tmp_path: Path, project: Project
) -> None:
    days = tuple(day for day in project.campaign.days if day.id != "10-10")
    later = replace(project, campaign=project.campaign.model_copy(update={"days": days}))
    wanted = Wanted(
        OFFICES[:1], days=("01-11",), themes=("light",), presets=("button-120x60",), kinds=("banner",)
    )
    report = build(later, wanted, out=tmp_path / "out", prune=True)
    assert len(report.pruned) == 2
    assert not (folder / "so-noi-vu/banner/10-10").exists()
    assert (folder / "so-tu-phap/banner/10-10").exists(), "it was not asked for"


def test_what_another_wish_made_is_not_pruned(folder: Path, tmp_path: Path, project: Project) -> None:
    large = Wanted(OFFICES[:1], **look("10-10"), scale=2, formats=("png", "svg"))
    build(project, large, out=tmp_path / "out")
    before = tree(folder)
    report = build(project, Wanted(OFFICES[:1], **look("10-10")), out=tmp_path / "out", prune=True)
    assert report.pruned == ()
    assert tree(folder) == before


@pytest.mark.parametrize("most", [3, 100])
def test_what_a_killed_run_left_unfinished_is_swept_journal_or_not(
    folder: Path, project: Project, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(LIMIT, most)
    again(project, folder)
    ours = [
        folder / place / ".0123456789ab.part"
        for place in (".", "so-noi-vu/banner/10-10", ".dxassets/previews")
    ]
    for file in ours:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"half")
    theirs = folder / "so-noi-vu/banner/.download.part"
    theirs.write_bytes(b"half")
    again(project, folder)
    assert not [file for file in ours if file.exists()]
    assert theirs.exists()
