"""`dxassets frame` for a folder: what is made, what is made again, what is never written over."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from pathlib import Path

import pytest

from dxassets.api import FrameWanted, Project, frame_photos
from dxassets.api.framing import naming
from dxassets.api.framing.records import LOCK
from dxassets.api.framing.wanted import drawn_frame
from dxassets.backends.rasterizer import read_pixels
from dxassets.errors import OutputError
from dxassets.runners.photo_pool import frame_all
from dxassets.runners.photos import LARGEST_FILE, PhotoOutcome, PhotoTask
from dxassets.store import locked
from tests.photo_support import SMALL, TAIL, names_in, photo_bytes, photo_folder, put, rows_of, statuses


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return photo_folder(tmp_path / "ảnh nhân viên")


def test_a_folder_gives_a_result_for_each_photo_and_a_report(project: Project, folder: Path) -> None:
    out = folder / "khung"
    report = frame_photos(project, [folder], out=out, wanted=SMALL, preview=True)
    assert report.exit_code == 1
    made = {
        "Nguyễn Văn An-khung-10-10.jpg",
        "Nguyễn Văn An-2-khung-10-10.jpg",
        "Nguyễn Văn An-3-khung-10-10.jpg",
        "H'Liêu Niê-khung-10-10.jpg",
    }
    assert names_in(out) == {*made, "frames.csv", "xem-truoc.png", "xem-lai.html"}
    for name in made:
        assert read_pixels((out / name).read_bytes()).shape == (256, 256, 3)
    rows = rows_of(report)
    assert [row["Trạng thái"] for row in rows] == ["đã làm"] * 3 + ["hỏng", "đã làm"]
    assert {row["Kết quả"] for row in rows} == {*made, ""}
    assert rows[0]["Canh theo"] == "giữa ảnh"
    assert rows[0]["Tâm ảnh"] == "50.0%,50.0%"
    (bad,) = (row for row in rows if row["Trạng thái"] == "hỏng")
    assert bad["Tệp gốc"].endswith("xấu.jpg")
    assert "ảnh" in bad["Ghi chú"]
    assert bad["Kết quả"] == ""


def test_a_second_run_does_only_what_is_new_changed_lost_or_damaged(project: Project, folder: Path) -> None:
    out = folder / "khung"
    (folder / "xấu.jpg").unlink()
    first = frame_photos(project, [folder], out=out, wanted=SMALL)
    assert set(statuses(first).values()) == {"made"}
    before = {photo.photo: photo.result for photo in first.photos}
    again = frame_photos(project, [folder], out=out, wanted=SMALL)
    assert [photo.status for photo in again.photos] == ["current"] * 4
    assert [row["Trạng thái"] for row in rows_of(again)] == ["còn nguyên"] * 4
    put(folder / "An.jpg", 3)
    put(folder / "A/Nguyễn Văn An.jpg", 5)  # comes earlier, and takes nobody's name
    put(folder / "H'Liêu Niê.jpg", 77)
    (out / "Nguyễn Văn An-khung-10-10.jpg").unlink()
    (out / "Nguyễn Văn An-2-khung-10-10.jpg").write_bytes(b"damaged")
    third = frame_photos(project, [folder], out=out, wanted=SMALL)
    assert {photo.photo: photo.result for photo in third.photos if photo.photo in before} == before
    left = [photo.photo for photo in third.of("current")]
    assert left == [str(folder / "phòng 2/Nguyễn Văn An.jpg")]
    assert {photo.result.name for photo in third.of("made") if photo.result} == {
        "An-khung-10-10.jpg",
        "Nguyễn Văn An-4-khung-10-10.jpg",
        "H'Liêu Niê-khung-10-10.jpg",
        "Nguyễn Văn An-khung-10-10.jpg",
        "Nguyễn Văn An-2-khung-10-10.jpg",
    }


def test_another_frame_makes_all_again_and_another_day_stands_beside(
    project: Project, tmp_path: Path
) -> None:
    photo = put(tmp_path / "ảnh/an.jpg")
    out = tmp_path / "out"

    def run(wanted: FrameWanted) -> tuple[str, bytes]:
        (made,) = frame_photos(project, [photo.parent], out=out, wanted=wanted).photos
        assert made.result is not None
        return made.status, made.result.read_bytes()

    status, plain = run(SMALL)
    assert run(SMALL) == ("current", plain)
    assert run(FrameWanted(size=256, focus="center", agency="so-noi-vu"))[1] != plain
    assert run(FrameWanted(size=256, focus="0.2,0.5")) != ("current", plain)
    assert run(SMALL) == (status, plain)
    assert run(FrameWanted(size=256, focus="center", day="01-11"))[0] == "made"
    assert run(FrameWanted(size=256, focus="center", format="webp"))[0] == "made"
    assert {name for name in names_in(out) if "khung" in name} == {
        "an-khung-10-10.jpg",
        "an-khung-01-11.jpg",
        "an-khung-10-10.webp",
    }
    assert run(SMALL) == ("current", plain)


def test_a_photo_that_turned_bad_takes_its_old_result_with_it(project: Project, folder: Path) -> None:
    out = folder.parent / "out"
    frame_photos(project, [folder], out=out, wanted=SMALL)
    (folder / "H'Liêu Niê.jpg").write_bytes(photo_bytes()[:200])
    report = frame_photos(project, [folder], out=out, wanted=SMALL)
    assert statuses(report)["H'Liêu Niê.jpg"] == "failed"
    assert "H'Liêu Niê-khung-10-10.jpg" not in names_in(out)


def test_nothing_that_is_not_ours_is_written_over(project: Project, tmp_path: Path) -> None:
    photos = tmp_path / "ảnh"
    kept = put(photos / "an-khung-10-10.jpg", 1).read_bytes()
    original = put(photos / "an.jpg", 2).read_bytes()
    (photos / "binh-khung-10-10.jpg").write_bytes(b"not a photo, and not ours")
    put(photos / "binh.jpg", 3)
    report = frame_photos(project, [photos], out=photos, wanted=SMALL)
    assert (photos / "an-khung-10-10.jpg").read_bytes() == kept
    assert (photos / "an.jpg").read_bytes() == original
    assert (photos / "binh-khung-10-10.jpg").read_bytes() == b"not a photo, and not ours"
    made = {Path(each.photo).name: each.result.name for each in report.of("made") if each.result}
    assert made["an.jpg"] == "an-2-khung-10-10.jpg"
    assert made["binh.jpg"] == "binh-2-khung-10-10.jpg"
    again = frame_photos(project, [photos], out=photos, wanted=SMALL)
    assert [each.status for each in again.photos if each.status == "made"] == []
    assert len(again.photos) == len(report.photos)  # results are not taken for photos


def test_a_broken_or_foreign_record_does_no_harm(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "ảnh/an.jpg")
    out = tmp_path / "out"
    ledger = out / ".dxassets/frames.json"
    first = frame_photos(project, [photo.parent], out=out, wanted=SMALL)
    for text in ("", "[]", "{", '{"format": 9, "results": {"a": 1}}'):
        ledger.write_text(text)
        (out / f"an{TAIL}").unlink()
        assert statuses(frame_photos(project, [photo.parent], out=out, wanted=SMALL)) == {"an.jpg": "made"}
    document = json.loads(ledger.read_text())
    (record,) = document["results"].values()
    document["results"] = {f"../stolen{TAIL}": record}
    ledger.write_text(json.dumps(document))
    (out / f"an{TAIL}").unlink()
    second = frame_photos(project, [photo.parent], out=out, wanted=SMALL)
    assert second.photos[0].result == first.photos[0].result
    assert not (tmp_path / f"stolen{TAIL}").exists()


def test_the_same_photos_give_the_same_bytes_with_one_process_and_with_two(
    project: Project, tmp_path: Path
) -> None:
    for at in range(18):
        put(tmp_path / f"ảnh/{at:02}.jpg", at)
    (tmp_path / "ảnh/07.jpg").write_bytes(b"\xff\xd8\xff")
    told: list[tuple[int, int]] = []
    reports = [
        frame_photos(
            project,
            [tmp_path / "ảnh"],
            out=tmp_path / str(jobs),
            wanted=SMALL,
            jobs=jobs,
            observer=lambda progress: told.append((progress.done, progress.total)),
        )
        for jobs in (1, 2)
    ]
    assert told == [(done, 18) for done in range(1, 19)] * 2
    for one, two in zip(*(report.photos for report in reports), strict=True):
        assert (one.status, one.framed, one.problems) == (two.status, two.framed, two.problems)
        assert (one.status == "failed") == one.photo.endswith("07.jpg")
        if one.result is not None and two.result is not None:
            assert one.result.read_bytes() == two.result.read_bytes()


def test_a_run_that_was_killed_knows_its_own_results_by_their_promised_names(
    project: Project, folder: Path
) -> None:
    out = folder.parent / "out"
    frame_photos(project, [folder], out=out, wanted=SMALL)
    names = names_in(out)
    ledger = out / ".dxassets/frames.json"
    document = json.loads(ledger.read_text(encoding="utf-8"))
    for record in document["results"].values():
        record["framed"] = None  # as it is written before the first photo is made
    ledger.write_text(json.dumps(document), encoding="utf-8")
    (out / ".0123456789ab.part").write_bytes(b"half")
    frame_photos(project, [folder], out=out, wanted=SMALL)
    assert names_in(out) == names


def test_names_that_are_one_on_other_systems_get_results_of_their_own(
    project: Project, tmp_path: Path
) -> None:
    photos = tmp_path / "ảnh"
    names = ("Bình.jpg", "bình.jpg", unicodedata.normalize("NFD", "bình.jpg"))
    for at, name in enumerate(names):
        put(photos / name, 40 * at)
    if len(list(photos.iterdir())) < len(names):
        pytest.skip("this file system takes them for one")
    report = frame_photos(project, [photos], out=tmp_path / "out", wanted=SMALL)
    made = [photo.result for photo in report.of("made") if photo.result]
    assert len({naming.same_file_key(path.name) for path in made}) == 3
    assert len({path.read_bytes() for path in made}) == 3


def test_two_runs_do_not_write_into_one_folder(project: Project, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(out / LOCK), pytest.raises(OutputError, match="another build is writing"):
        frame_photos(project, [folder], out=out, wanted=SMALL)


class Deadly:
    """Something that kills the process that unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


def test_a_photo_that_kills_its_process_is_told_and_the_others_go_on(
    project: Project, tmp_path: Path
) -> None:
    tasks = [
        PhotoTask(put(tmp_path / f"{at}.jpg", at), f"{at}.jpg", tmp_path / "out", f"{at}.jpg")
        for at in range(4)
    ]
    deadly = PhotoTask(Deadly(), "chết.jpg", tmp_path / "out", "chet.jpg")  # pyright: ignore[reportArgumentType]
    told: list[PhotoOutcome] = []
    kit = drawn_frame(project, SMALL).kit
    frame_all([*tasks[:2], deadly, *tasks[2:]], kit, workers=2, observe=told.append)
    assert {outcome.task.name for outcome in told if outcome.framed} == {f"{at}.jpg" for at in range(4)}
    (dead,) = (outcome for outcome in told if outcome.framed is None)
    assert dead.task.shown == "chết.jpg"
    assert "lưu lại thành JPEG" in dead.problems[0].vi


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is no file there")
def test_what_can_not_be_read_is_told_by_name(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = tmp_path / "ảnh"
    locked = put(photos / "khóa.jpg")
    (photos / "vòng.jpg").symlink_to(photos / "vòng.jpg")
    (photos / "đứt.jpg").symlink_to(photos / "nowhere")
    (photos / "rỗng.jpg").write_bytes(b"")
    os.mkfifo(photos / "ống.jpg")
    with (photos / "to.jpg").open("wb") as huge:
        huge.truncate(LARGEST_FILE + 1)
    put(photos / "tốt.jpg")
    read_bytes = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    report = frame_photos(project, [photos], out=tmp_path / "out", wanted=SMALL)
    monkeypatch.undo()
    notes = {Path(photo.photo).name: photo.problems[0].vi for photo in report.of("failed")}
    assert set(notes) == {"khóa.jpg", "vòng.jpg", "đứt.jpg", "rỗng.jpg", "ống.jpg", "to.jpg"}
    assert "không có quyền đọc" in notes["khóa.jpg"]
    assert "dẫn vòng" in notes["vòng.jpg"]
    assert "liên kết hỏng" in notes["đứt.jpg"]
    assert "tệp thường" in notes["ống.jpg"]
    assert "256\u00a0MB" in notes["to.jpg"]
    assert statuses(report)["tốt.jpg"] == "made"


def test_a_cell_never_starts_a_formula(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("=1+1.jpg", "@an.jpg", "+84.jpg", "-an.jpg")
    for at, name in enumerate(names):
        put(tmp_path / name, at)
    report = frame_photos(project, names, out="out", wanted=SMALL)
    rows = rows_of(report)
    assert [row["Tệp gốc"] for row in rows] == [f"'{name}" for name in names]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@")]


def test_a_full_disk_stops_the_run_and_keeps_what_is_done(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(3):
        put(tmp_path / f"ảnh/{at}.jpg", at)
    replace = Path.replace

    def full(path: Path, target: Path) -> Path:
        if Path(target).name.startswith("1-khung"):
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="disk is full"):
        frame_photos(project, [tmp_path / "ảnh"], out=tmp_path / "out", wanted=SMALL)
    monkeypatch.undo()
    assert not list((tmp_path / "out").rglob("*.part"))
    report = frame_photos(project, [tmp_path / "ảnh"], out=tmp_path / "out", wanted=SMALL)
    assert statuses(report) == {"0.jpg": "current", "1.jpg": "made", "2.jpg": "made"}
