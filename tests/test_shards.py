"""A manifest in shards: damaged, torn, newer, older: seen and mended, or refused in words, never believed."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from dxassets.api import Project, Wanted, build, verify
from dxassets.digest import digest
from dxassets.errors import DxassetsError
from dxassets.store import DamagedManifestError, NewerManifestError, peek, read_manifest
from tests.dying_support import deaths
from tests.shard_support import LIMIT, OFFICES, WANTED, again, built_in_shards, look, places, tree

PARTS = ("manifest.json", "so-noi-vu/manifest.json", "so-tu-phap/manifest.json")


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


# --- what lies there ----------------------------------------------------------------------------------


def test_each_agency_has_a_shard_beside_its_assets_and_the_root_names_its_digest(folder: Path) -> None:
    root = json.loads((folder / "manifest.json").read_bytes())
    assert root["assets"] == []
    assert sorted(root["shards"]) == sorted(OFFICES)
    for office in OFFICES:
        data = (folder / office / "manifest.json").read_bytes()
        assert digest(data) == root["shards"][office]["digest"]
        shard = json.loads(data)
        assert root["shards"][office]["assets"] == len(shard["assets"]) == 2
        assert root["shards"][office]["bytes"] == sum(
            (folder / asset["path"]).stat().st_size for asset in shard["assets"]
        )
        (files,) = shard["made_from"]
        assert all(asset["made_from"] == files["sum"] for asset in shard["assets"])
        assert f"{office}/index.html" in shard["pages"]
    assert verify(folder) == []


def test_a_shard_can_be_read_by_itself(folder: Path) -> None:
    found = read_manifest(folder, only={"so-noi-vu"})
    assert found is not None
    assert {record.agency for record in found.assets} == {"so-noi-vu"}
    everything = read_manifest(folder)
    assert everything is not None
    assert len(everything.assets) == 4
    assert all(record.inputs for record in everything.assets)


def test_a_build_of_one_agency_opens_no_other_shard(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = Path.read_bytes

    def watched(path: Path) -> bytes:
        opened.append(path.as_posix())
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", watched)
    one = Wanted(
        ("so-noi-vu",),
        WANTED.all_agencies,
        (),
        WANTED.days,
        WANTED.themes,
        WANTED.presets,
        kinds=WANTED.kinds,
    )
    report = build(project, one, out=folder.parent, force=True)
    assert len(report.made) == 2
    assert any(path.endswith("so-noi-vu/manifest.json") for path in opened)
    assert not [path for path in opened if "so-tu-phap" in path]


@pytest.mark.parametrize(("most", "shards"), [(4, 0), (3, 2)])
def test_a_manifest_of_as_many_assets_as_may_be_is_in_one_piece_and_a_larger_one_in_shards(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch, most: int, shards: int
) -> None:
    before = tree(folder)
    monkeypatch.setattr(LIMIT, most)
    report = again(project, folder)
    assert report.made == ()
    assert len(list(folder.glob("*/manifest.json"))) == shards
    assert verify(folder) == []
    monkeypatch.setattr(LIMIT, 3)
    assert again(project, folder).made == ()
    assert tree(folder) == before


# --- damage -------------------------------------------------------------------------------------------


def is_noticed(folder: Path) -> bool:
    """Whether `verify` names something, or refuses in words."""
    try:
        return bool(verify(folder))
    except DxassetsError as error:
        return "run dxassets build again" in str(error)


def _resealed(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]


@pytest.mark.parametrize("part", PARTS)
def test_a_turned_bit_anywhere_is_noticed_and_mended_or_refused_in_words(
    project: Project, folder: Path, part: str
) -> None:
    """Many random ones, in the root and in each shard: none is sealed, none gets into the index."""
    before = tree(folder)
    dice = random.Random(part)
    for _ in range(12):
        file = folder / part
        file.write_bytes(_resealed(before[part], dice.randrange(len(before[part])), dice.randrange(8)))
        assert is_noticed(folder)
        with pytest.raises(DamagedManifestError):
            read_manifest(folder)
        report = again(project, folder)
        assert report.notes
        assert len(report.made) <= 2
        assert tree(folder) == before
        assert verify(folder) == []


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("alt", '"alt":"', '"alt":"Sai '),
        ("agency", '"agency":"so-noi-vu"', '"agency":"so-tu-phap"'),
        ("title", '"title":"', '"title":"Sai '),
        ("sha256", '"sha256":"', '"sha256":"0'),
        ("least_contrast", '"least_contrast":', '"least_contrast":1'),
        ("key", '"key":"', '"key":"0'),
        ("made_from", '"files":{"', '"files":{"x'),
    ],
)
def test_no_field_of_a_record_is_believed_that_was_changed(
    project: Project, folder: Path, field: str, old: str, new: str
) -> None:
    before = tree(folder)
    file = folder / "so-noi-vu/manifest.json"
    text = file.read_text(encoding="utf-8")
    assert old in text, field
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(where.startswith("so-noi-vu/") for where in places(verify(folder)))
    report = again(project, folder)
    assert 1 <= len(report.made) <= 2
    assert tree(folder) == before
    kept = (folder / ".dxassets/so-noi-vu-manifest.json.bak").read_text(encoding="utf-8")
    assert kept == text.replace(old, new, 1)
    assert "bị hỏng" in report.notes[0].vi


@pytest.mark.parametrize("gone", [("manifest.json",), ("so-noi-vu/manifest.json",), PARTS])
def test_what_is_lost_is_mended_from_what_is_left(
    project: Project, folder: Path, gone: tuple[str, ...]
) -> None:
    before = tree(folder)
    for part in gone:
        (folder / part).unlink()
    made = again(project, folder).made
    expected = 4 if gone == PARTS else 2
    assert len(made) == (0 if gone == PARTS[:1] else expected)
    assert tree(folder) == before


def test_a_shard_that_is_older_than_the_root_is_seen_and_mended(project: Project, folder: Path) -> None:
    before = tree(folder)
    one = Wanted(
        ("so-noi-vu",), days=("01-11",), themes=("light",), presets=("button-120x60",), kinds=("banner",)
    )
    build(project, one, out=folder.parent)
    (folder / "so-noi-vu/manifest.json").write_bytes(before["so-noi-vu/manifest.json"])
    assert "so-noi-vu/manifest.json" in places(verify(folder))
    with pytest.raises(DamagedManifestError):
        read_manifest(folder)
    build(project, one, out=folder.parent)
    assert verify(folder) == []


@pytest.mark.parametrize("part", PARTS)
def test_what_a_newer_version_wrote_is_refused_and_left(project: Project, folder: Path, part: str) -> None:
    file = folder / part
    newer = json.dumps({"format": 3, "pieces": []}).encode()
    file.write_bytes(newer)
    before = tree(folder)
    for act in (lambda: again(project, folder), lambda: verify(folder), lambda: read_manifest(folder)):
        with pytest.raises(NewerManifestError, match="update dxassets"):
            act()
    assert tree(folder) == before


def first_format(folder: Path) -> bytes:
    """The manifest as the version before shards would have written it."""
    found = read_manifest(folder)
    assert found is not None
    assets = [
        {
            "path": each.path, "kind": each.kind, "preset": each.preset, "theme": each.theme, "day": each.day,
            "agency": each.agency, "title": each.title,
            "size": each.size and asdict(each.size),
            "bytes": each.bytes, "sha256": each.sha256, "media_type": each.media_type, "alt": each.alt,
            "codes": [], "least_contrast": each.least_contrast, "inputs": each.inputs, "key": each.key,
            "notes": each.notes,
        }
        for each in found.assets
    ]  # fmt: skip
    name = {"id": found.campaign.id, "title": found.campaign.title}
    document = {"format": 1, "campaign": name, "inputs": {}, "tools": {}, "assets": assets, "skipped": []}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def test_the_first_format_is_read_and_nothing_is_made_again_for_it(project: Project, folder: Path) -> None:
    before = tree(folder)
    old = first_format(folder)
    for part in PARTS:
        (folder / part).unlink()
    (folder / "manifest.json").write_bytes(old)
    found = read_manifest(folder)
    assert found is not None
    assert len(found.assets) == 4
    assert verify(folder) == []
    assert again(project, folder).made == ()
    assert tree(folder) == before


# --- deaths -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["nothing", "shards", "one piece"])
def test_a_build_in_shards_killed_at_any_moment_is_finished_to_the_same_bytes(
    project: Project, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    numbers = iter(range(10**6))
    base = template
    if before == "one piece":
        with monkeypatch.context() as patch:
            patch.setattr(LIMIT, 10)
            base = tmp_path / "base"
            build(project, Wanted(OFFICES[:1], **look("01-11")), out=base)
    if before == "shards":
        base = tmp_path / "base"
        shutil.copytree(template, base)
        build(project, Wanted(OFFICES, **look("01-11")), out=base)
        for picture in base.rglob("mobile*.png"):
            picture.unlink()

    def fresh() -> Path:
        out = tmp_path / f"death {next(numbers)}"
        if before == "nothing":
            out.mkdir()
        else:
            shutil.copytree(base, out)
        return out

    whole = build(project, WANTED, out=fresh())
    moments = 0
    for out in deaths(lambda out: build(project, WANTED, out=out), fresh, every=2):
        folder = out / whole.folder.name
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}
        assert there <= set(peek(folder).records), "what lies there is in the journal or in a shard"
        report = build(project, WANTED, out=out)
        assert set(report.made).isdisjoint(there), "nothing that was finished is made twice"
        assert tree(folder) == tree(whole.folder)
        assert verify(folder) == []
        moments += 1
    assert moments > 5
