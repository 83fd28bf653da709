"""The store: files whole or absent, never outside their folder; journal, manifest and lock."""

from __future__ import annotations

import errno
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.api import Wanted, build, load_campaign
from dxassets.cli.entry import main
from dxassets.digest import digest
from dxassets.errors import OutputError
from dxassets.store import (
    DAMAGED,
    FORMAT,
    AssetSize,
    CampaignName,
    CodeRecord,
    DamagedManifestError,
    Journal,
    NewerManifestError,
    Record,
    Root,
    SkipRecord,
    merge_records,
    open_shelf,
    peek,
    publish,
    read_manifest,
    read_root,
    root_to_json,
    salvaged_records,
    split,
)
from dxassets.store.documents import to_document, whole_lines
from dxassets.store.records import checked, unchecked

ROOT = Path(__file__).parent.parent

PATHS = st.from_regex(r"[a-z]{1,6}/[a-z]{1,6}\.png", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


def record_of(path: str, data: bytes = b"x", *, key: str = "k", title: str = "Tên") -> Record:
    return Record(
        path=path,
        kind="banner",
        preset="share",
        theme="digital",
        day="10-10",
        agency="a",
        title=title,
        size=AssetSize(1200, 630, "px"),
        bytes=len(data),
        sha256=digest(data),
        media_type="image/png",
        alt="Ngày",
        codes=(CodeRecord("https://a.vn/", 4.0),),
        least_contrast=4.6,
        inputs={"a.ttf": "0" * 64},
        key=key,
        notes=(("encoder", "png"),),
    )


RECORDS = st.builds(record_of, PATHS, st.binary(max_size=9), key=TEXTS, title=TEXTS)


def root_of(*records: Record) -> Root:
    skip = SkipRecord("a/qr/zalo.png", "qr", "chưa có", "not set")
    whole = split(records, [skip], ())
    return Root(CampaignName("c", "Chiến dịch"), {"b": "2", "a": "1"}, {"t": "1"}, whole=whole)


def verify_by_command(folder: Path) -> int:
    return main(["verify", str(folder)])


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.part")]


def test_a_file_is_published_whole_and_replaced_whole(tmp_path: Path) -> None:
    assert publish(tmp_path, "a/b/c.txt", b"one").read_bytes() == b"one"
    assert publish(tmp_path, "a/b/c.txt", b"two").read_bytes() == b"two"
    assert not leftovers(tmp_path)


def test_twins_are_one_file_and_part_when_one_of_them_is_written_anew(tmp_path: Path) -> None:
    publish(tmp_path, "a/x.png", b"one")
    for _ in range(2):  # also where it is its twin already
        assert publish(tmp_path, "b/x.png", b"one", twin="a/x.png").read_bytes() == b"one"
        assert (tmp_path / "a/x.png").samefile(tmp_path / "b/x.png")
    publish(tmp_path, "b/x.png", b"two")
    assert (tmp_path / "a/x.png").read_bytes() == b"one"
    assert leftovers(tmp_path) == []


def test_a_disk_without_twins_gets_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    publish(tmp_path, "a/x.png", b"one")
    monkeypatch.setattr(Path, "hardlink_to", refused)
    assert publish(tmp_path, "b/x.png", b"one", twin="a/x.png").read_bytes() == b"one"
    assert not (tmp_path / "a/x.png").samefile(tmp_path / "b/x.png")
    assert publish(tmp_path, "c/x.png", b"one", twin="a/lost.png").read_bytes() == b"one"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/x", "a\\..\\x", "c:x", "", "a/./b", "a\0b"])
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError):
        publish(tmp_path / "out", path, b"")
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_no_link_leads_out(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "out"
    outside.mkdir()
    folder.mkdir()
    (folder / "a").symlink_to(outside)
    with pytest.raises(OutputError, match="symbolic link"):
        publish(folder, "a/x.png", b"")
    assert not list(outside.iterdir())


def test_a_link_in_a_files_place_is_replaced_not_followed(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "out"
    victim.write_bytes(b"mine")
    folder.mkdir()
    (folder / "x.png").symlink_to(victim)
    publish(folder, "x.png", b"new")
    assert victim.read_bytes() == b"mine"
    assert (folder / "x.png").read_bytes() == b"new"


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError, match="a file stands where a folder should be"):
        publish(tmp_path / "out", "a/x.png", b"")


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "may not be written"), (errno.EIO, "can't be written")],
)
def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    publish(tmp_path, "x.png", b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=words):
        publish(tmp_path, "x.png", b"new")
    assert (tmp_path / "x.png").read_bytes() == b"old"
    assert not leftovers(tmp_path)


def test_a_published_file_may_be_read_by_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert publish(tmp_path, "x.png", b"").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


def test_equal_manifests_are_equal_bytes_in_any_order() -> None:
    first, second = record_of("a/1.png"), record_of("a/2.png")
    data = root_to_json(root_of(second, first))
    assert data == root_to_json(root_of(first, second))
    document = json.loads(data)
    assert [asset["path"] for asset in document["assets"]] == ["a/1.png", "a/2.png"]
    assert list(document["inputs"]) == ["a", "b"]
    assert "Chiến dịch" in data.decode()


@given(st.lists(RECORDS, max_size=6))
def test_a_manifest_reads_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record]
) -> None:
    folder = tmp_path_factory.mktemp("m")
    merged = merge_records(records, ())
    data = root_to_json(root_of(*merged))
    publish(folder, "manifest.json", data)
    found, root = read_manifest(folder), read_root(folder)
    assert found is not None
    assert root is not None
    assert found.assets == merged
    assert [skip.path for skip in found.skipped] == ["a/qr/zalo.png"]
    again = root_to_json(root)  # with the reasons of what was skipped, which a build sums up before it seals
    publish(folder, "manifest.json", again)
    assert root_to_json(read_root(folder) or root_of()) == again


def test_only_a_folder_without_a_manifest_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "nowhere") is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 0}', b"\xff", b'{"format":1}'])
def test_a_damaged_manifest_is_never_taken_for_absent(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(DamagedManifestError, match="run dxassets build again") as caught:
        read_manifest(tmp_path)
    assert caught.value.data == data
    assert verify_by_command(tmp_path) == 2


@pytest.mark.parametrize("version", [FORMAT + 1, 99])
def test_what_a_newer_version_wrote_is_never_written_over(tmp_path: Path, version: int) -> None:
    document = json.loads(root_to_json(root_of(record_of("a/1.png"))))
    for newer in ({"format": version, "shards": []}, document | {"format": version}):
        data = json.dumps(newer).encode()
        (tmp_path / "manifest.json").write_bytes(data)
        with pytest.raises(NewerManifestError, match="update dxassets"), open_shelf(tmp_path):
            pass
        assert (tmp_path / "manifest.json").read_bytes() == data


def test_one_turned_bit_costs_two_records_at_most_and_mostly_none(tmp_path: Path) -> None:
    """Two, where it joins one record to the next. None is ever read otherwise than it was written."""
    written = {record.path: record for record in (record_of(f"a/{at}.png") for at in range(8))}
    data = root_to_json(root_of(*written.values()))
    lost: list[int] = []
    for at in range(0, len(data), 5):
        flipped = data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]
        (tmp_path / "manifest.json").write_bytes(flipped)
        with pytest.raises(DamagedManifestError) as caught:
            read_manifest(tmp_path)
        found = salvaged_records(caught.value.data)
        assert all(record == written[record.path] for record in found)
        lost.append(len(written) - len(found))
    assert len(lost) > 500
    assert max(lost[: data.index(b'"made_from"') // 5]) == 0, "the head holds no record"
    assert sum(1 for each in lost if each) < len(lost) // 50
    assert max(each for each in lost if each < len(written)) <= 2


@pytest.mark.parametrize(("damaged", "mended"), [(8, 8), (9, 8)])
def test_in_eight_lines_a_turned_bit_is_turned_back(damaged: int, mended: int) -> None:
    lines = [checked(json.dumps({"name": f"dòng {at}"}).encode()) for at in range(12)]
    turned = [line.replace(b"name", b"nama") if at < damaged else line for at, line in enumerate(lines)]
    found = list(whole_lines(to_document({}, {"lines": turned})))
    assert len(found) == 12 - damaged + mended
    assert all(unchecked(line) in found for line in lines[:mended])


@pytest.mark.parametrize(("length", "is_mended"), [(16_384, True), (16_385, False)])
def test_in_a_line_of_16_kb_a_turned_bit_is_turned_back(length: int, *, is_mended: bool) -> None:
    line = checked(json.dumps({"name": ""}).encode())
    line = checked(json.dumps({"name": "a" * (length - len(line))}).encode())
    assert len(line) == length
    turned = line.replace(b"name", b"lame")  # early in the line, so that it is found soon
    assert bool(list(whole_lines(to_document({}, {"lines": [turned]})))) == is_mended


def test_a_build_keeps_a_damaged_manifest_and_goes_on_with_what_it_still_tells(tmp_path: Path) -> None:
    wanted = Wanted(kinds=("qr",))
    project = load_campaign(ROOT / "campaigns/daknong-2022")
    whole = build(project, wanted, out=tmp_path)
    sealed = whole.manifest.read_bytes()
    first, second = sorted(whole.made)[:2]
    damaged = sealed.replace(f'"path":"{second}"'.encode(), f'"path":"{second[:-2]}'.encode(), 1)
    assert damaged != sealed
    whole.manifest.write_bytes(damaged)
    again = build(project, wanted, out=tmp_path)
    assert again.made == (second,)
    assert first in again.up_to_date
    assert "bị hỏng" in again.notes[0].vi
    assert (whole.folder / DAMAGED).read_bytes() == damaged
    assert whole.manifest.read_bytes() == sealed
    assert verify_by_command(whole.folder) == 0
    assert build(project, wanted, out=tmp_path).notes == ()


@given(st.lists(RECORDS, max_size=8), st.lists(RECORDS, max_size=8))
def test_merging_keeps_one_record_a_path_and_the_newer(older: list[Record], newer: list[Record]) -> None:
    merged = merge_records(older, newer)
    assert [record.path for record in merged] == sorted({record.path for record in [*older, *newer]})
    last = {record.path: record for record in [*older, *newer]}
    assert all(record == last[record.path] for record in merged)
    assert merge_records(merged, ()) == merged


@given(st.lists(RECORDS, max_size=6), st.integers(min_value=0, max_value=4000))
def test_a_torn_journal_gives_all_whole_lines(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], cut: int
) -> None:
    journal = Journal(tmp_path_factory.mktemp("j") / "journal")
    records = [replace(record, path=f"a/{record.path}") for record in records]
    for record in records:
        journal.append(record)
    journal.begin()
    file = journal.path / "a.jsonl"
    data = file.read_bytes() if records else b""
    torn = data[: len(data) - min(cut, len(data))]
    file.write_bytes(torn)
    found = journal.read("a")
    assert found == tuple(records[: len(found)])
    assert len(found) >= torn.count(b"}\n")
    last = record_of("a/z/last.png")
    journal.append(last)
    assert journal.read("a") == (*found, last)
    assert journal.read("b") == ()


def test_a_journal_line_counts_only_with_its_file(tmp_path: Path) -> None:
    with open_shelf(tmp_path):
        journal = Journal(tmp_path / ".dxassets/journal")
    journal.append(record_of("a/whole.png", b"one"))
    journal.append(record_of("a/never.png", b"two"))
    journal.append(record_of("a/other.png", b"new"))
    publish(tmp_path, "a/whole.png", b"one")
    publish(tmp_path, "a/other.png", b"old")
    (tmp_path / "a/.0123456789ab.part").write_bytes(b"half")
    with open_shelf(tmp_path) as shelf:
        assert list(shelf.records) == ["a/whole.png"]
        assert shelf.current("a/whole.png", "k") is not None
        assert shelf.current("a/whole.png", "another key") is None
    assert not leftovers(tmp_path)


def test_a_file_that_was_edited_is_not_current(tmp_path: Path) -> None:
    publish(tmp_path, "a/x.png", b"one")
    publish(tmp_path, "manifest.json", root_to_json(root_of(record_of("a/x.png", b"one"))))
    assert peek(tmp_path).current("a/x.png", "k") is not None
    publish(tmp_path, "a/x.png", b"two")
    assert peek(tmp_path).current("a/x.png", "k") is None


def test_a_record_that_points_outside_is_never_believed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    folder = tmp_path / "out"
    publish(folder, "manifest.json", root_to_json(root_of(record_of("../secret", b"x"))))
    assert not peek(folder).records


def test_two_builds_can_not_write_one_folder(tmp_path: Path) -> None:
    with open_shelf(tmp_path), pytest.raises(OutputError, match="another build"), open_shelf(tmp_path):
        pass
    with open_shelf(tmp_path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="flock is not Windows'")
@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO])
def test_a_disk_that_knows_no_locks_is_told_as_that(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int
) -> None:
    def refuse(_file: object, _how: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(OutputError, match="can't lock files") as caught, open_shelf(tmp_path):
        pass
    assert "another build" not in str(caught.value)


def test_sealing_ends_the_journal_and_drops_old_previews(tmp_path: Path) -> None:
    kept, gone = record_of("a/1.pdf", b"one"), digest(b"two")
    publish(tmp_path, f".dxassets/previews/{kept.sha256}.webp", b"")
    publish(tmp_path, f".dxassets/previews/{gone}.webp", b"")
    with open_shelf(tmp_path) as shelf:
        journal = Journal(tmp_path / ".dxassets/journal")
        journal.append(kept)
        assert journal.is_open()
        shelf.seal(root_of(kept))
        shelf.drop_previews({kept.sha256})
    assert not (tmp_path / ".dxassets/journal").exists()
    assert [path.stem for path in (tmp_path / ".dxassets/previews").iterdir()] == [kept.sha256]
