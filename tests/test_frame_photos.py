"""`dxassets frame`: which photos are found, what results are called, what is made again, what is told."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dxassets.api import FramesReport, FrameWanted, Project, frame_photo, frame_photos
from dxassets.api.framing import naming
from dxassets.api.framing.collecting import collect
from dxassets.api.framing.records import LOCK, made_in
from dxassets.api.framing.wanted import look_of
from dxassets.backends import subject
from dxassets.backends.rasterizer import encode_pixels, pixels_to_png, read_pixels
from dxassets.errors import InputError, OutputError, PhotoError
from dxassets.renderers.frame_preview import SIDES, in_circle
from dxassets.runners.photo_pool import frame_all
from dxassets.runners.photos import LARGEST_FILE, PhotoOutcome, PhotoTask
from dxassets.store import locked
from dxassets.vietnamese import fold
from tests.photo_support import FORMATS, exif, in_file, saved

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run

ROOT = Path(__file__).parent.parent
SMALL = FrameWanted(size=256, focus="center")
TAIL = "-khung-10-10.jpg"
RED, BLUE = (200, 30, 40), (20, 60, 200)


def picture(left: tuple[int, int, int] = RED, right: tuple[int, int, int] = BLUE) -> np.ndarray:
    """Twice as wide as high, one colour in each half."""
    pixels = np.empty((200, 400, 3), dtype=np.uint8)
    pixels[:, :200], pixels[:, 200:] = left, right
    return pixels


def photo_bytes(shade: int = 0, file_format: str = "jpg") -> bytes:
    encoded = encode_pixels(picture((200, 30, shade)), file_format, None)  # pyright: ignore[reportArgumentType]
    assert encoded is not None
    return encoded.data


def put(path: Path, shade: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(photo_bytes(shade, "png" if path.suffix == ".png" else "jpg"))
    return path


def rows_of(report: FramesReport) -> list[dict[str, str]]:
    assert report.table is not None
    data = report.table.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def statuses(report: FramesReport) -> dict[str, str]:
    return {Path(photo.photo).name: photo.status for photo in report.photos}


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four photos, one of them below, and one file that is none."""
    photos = tmp_path / "ảnh nhân viên"
    for shade, name in enumerate(("Nguyễn Văn An.jpg", "Nguyễn Văn An.png", "H'Liêu Niê.jpg")):
        put(photos / name, shade)
    put(photos / "phòng 2/Nguyễn Văn An.jpg", 9)
    (photos / "xấu.jpg").write_text("đây là văn bản", encoding="utf-8")
    return photos


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        (unicodedata.normalize("NFD", "Nguyễn  Văn\tAn"), "Nguyễn Văn An"),
        ('a<b>:"/\\|?*c', "a b c"),
        ("con", "con_"),
        ("NUL.anh", "NUL_.anh"),
        ("com¹", "com¹_"),
        ("conan", "conan"),
        (" .-an-. ", "an"),
        ("...", "anh"),
        ("", "anh"),
        ("a\u202egpj.exe", "a gpj.exe"),
        (os.fsdecode(b"a\xffb"), "a\ufffdb"),
    ],
)
def test_a_photo_keeps_its_name_but_for_what_a_system_forbids(name: str, safe: str) -> None:
    assert naming.safe_stem(name) == safe


def test_a_long_name_is_cut_between_letters() -> None:
    long = "Nguyễn Thị Hoàng Ánh " * 12
    (name,) = naming.assign_names([("a", long)], tail=TAIL, known={}, taken=())
    assert 200 < len(name.encode()) <= naming.MOST_BYTES
    assert long.startswith(name.removesuffix(TAIL))
    marked = "x" + "e\u0323\u0302\u0301" * 3  # kept apart on purpose: a letter and its marks are never parted
    for most in range(1, len(marked.encode())):
        kept = naming.cut(marked, most)
        rest = marked[len(kept) :] if kept != naming.NAMELESS else ""
        assert not rest or not unicodedata.combining(rest[0])


@given(stems=st.lists(st.text(max_size=40), max_size=12), taken=st.lists(st.text(max_size=8), max_size=4))
def test_names_are_safe_and_differ_on_every_system(stems: list[str], taken: list[str]) -> None:
    held = [f"{naming.safe_stem(stem)}{TAIL}" for stem in taken]
    photos = [(str(at), stem) for at, stem in enumerate(stems)]
    names = naming.assign_names(photos, tail=TAIL, known={}, taken=held)
    keys = [naming.same_file_key(name) for name in names]
    assert len(set(keys)) == len(stems)
    assert not set(keys) & {naming.same_file_key(name) for name in held}
    for name in names:
        assert unicodedata.normalize("NFC", name) == name
        assert not set(name) & set('<>:"/\\|?*\0')
        assert len(name.encode()) <= 255
        assert name[0] not in " .-"
        assert name.endswith(TAIL)
    again = naming.assign_names(photos, tail=TAIL, known={}, taken=held)
    assert again == names


@given(st.lists(st.sampled_from(["an", "AN", "an-2", "Ân", "a\u0302n", "bình"]), min_size=1, max_size=8))
def test_a_name_once_given_stays_when_others_come_before(stems: list[str]) -> None:
    photos = [(str(at), stem) for at, stem in enumerate(stems)]
    first = naming.assign_names(photos[1:], tail=TAIL, known={}, taken=())
    known = {photo: name for (photo, _), name in zip(photos[1:], first, strict=True)}
    then = naming.assign_names(photos, tail=TAIL, known=known, taken=())
    assert then[1:] == first
    assert len({naming.same_file_key(name) for name in then}) == len(stems)


# --- finding --------------------------------------------------------------------------------------


def found(*places: str | Path, out: Path) -> tuple[list[str], list[str]]:
    """The names of photos, and of what was left aside."""
    collected = collect(places, out=out, ours=made_in)
    return [each.path.name for each in collected.photos], [
        Path(each.where).name for each in collected.ignored
    ]


def test_a_folder_is_walked_without_hidden_files_links_in_a_circle_and_the_output(tmp_path: Path) -> None:
    photos = tmp_path / "ảnh"
    for name in ("b.jpg", "A.HEIC", ".hidden.jpg", "._b.jpg", ".git/c.jpg", "x/d.jpeg", "khung/e.jpg"):
        put(photos / name)
    for name in ("Thumbs.db", "desktop.ini", "đọc.txt"):
        (photos / name).write_text("")
    (photos / "x/loop").symlink_to(photos, target_is_directory=True)
    (photos / "self.jpg").symlink_to(photos / "self.jpg")
    (photos / "same.jpg").symlink_to(photos / "b.jpg")
    taken, ignored = found(photos, out=photos / "khung")
    assert taken == ["A.HEIC", "b.jpg", "self.jpg", "d.jpeg"]
    assert ignored == ["đọc.txt", "same.jpg", "loop"]


def test_a_file_that_is_named_is_tried_and_a_place_named_twice_counts_once(tmp_path: Path) -> None:
    odd = put(tmp_path / "ảnh thẻ.dat")
    other = put(tmp_path / "an.jpg")
    assert found(odd, other, odd, tmp_path, out=tmp_path / "out")[0] == ["ảnh thẻ.dat", "an.jpg"]
    assert found(str(tmp_path / "*.jpg"), out=tmp_path / "out")[0] == ["an.jpg"]


def test_a_place_that_is_not_there_and_a_folder_without_photos_are_told(tmp_path: Path) -> None:
    put(tmp_path / "an.jpg")
    with pytest.raises(InputError) as told:
        found(tmp_path, tmp_path / "binh.jpg", tmp_path / "chi.jpg", out=tmp_path / "out")
    assert [Path(problem.where).name for problem in told.value.problems] == ["binh.jpg", "chi.jpg"]
    (tmp_path / "rỗng").mkdir()
    (tmp_path / "rỗng/ghi chú.txt").write_text("")
    with pytest.raises(InputError, match="1 other files"):
        found(tmp_path / "rỗng", out=tmp_path / "out")


def test_a_folder_that_can_not_be_opened_is_a_failure_and_the_others_go_on(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "ảnh/an.jpg")
    put(tmp_path / "ảnh/khóa/binh.jpg")
    scandir = os.scandir

    def refusing(path: str | Path) -> object:
        if str(path).endswith("khóa"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = frame_photos(project, [tmp_path / "ảnh"], out=tmp_path / "out", wanted=SMALL)
    assert statuses(report) == {"an.jpg": "made", "khóa": "failed"}
    assert "không mở được thư mục" in rows_of(report)[-1]["Ghi chú"]


# --- a folder -------------------------------------------------------------------------------------


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
    assert names_in(out) == {*made, "frames.csv", "xem-truoc.png"}
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
    kit = look_of(project, SMALL).kit
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
    assert "256 MB" in notes["to.jpg"]
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


# --- one photo, and the look ----------------------------------------------------------------------


def test_one_photo_is_made_and_nothing_else_is_left(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "Nguyễn Văn An.jpg")
    report = frame_photos(project, [photo], out=tmp_path / "out", wanted=SMALL)
    assert report.exit_code == 0
    assert report.table is None
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Nguyễn Văn An-khung-10-10.jpg"]
    beside = frame_photos(project, [photo], out=tmp_path, wanted=SMALL)
    assert beside.photos[0].result == tmp_path / "Nguyễn Văn An-khung-10-10.jpg"
    assert names_in(tmp_path) == {"Nguyễn Văn An.jpg", "Nguyễn Văn An-khung-10-10.jpg"}


def test_one_photo_to_a_file_is_never_written_over_itself(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "an.jpg")
    made = frame_photo(project, photo, file=tmp_path / "khung.png", wanted=SMALL)
    assert read_pixels(made.read_bytes()).shape == (256, 256, 3)
    (tmp_path / "link.jpg").symlink_to(photo)
    for target in (photo, tmp_path / "link.jpg"):
        with pytest.raises(PhotoError, match="itself"):
            frame_photo(project, photo, file=target, wanted=SMALL)
    with pytest.raises(InputError, match="suffix"):
        frame_photo(project, photo, file=tmp_path / "a.gif", wanted=SMALL)
    assert photo.read_bytes() == photo_bytes()


@pytest.mark.parametrize(
    ("focus", "near"),
    [("0,0.5", RED), ("0%,50%", RED), ("1,0.5", BLUE), ("100%, 50%", BLUE)],
)
def test_the_point_of_focus_lies_in_the_opening(
    project: Project, tmp_path: Path, focus: str, near: tuple[int, int, int]
) -> None:
    photo = tmp_path / "an.png"
    photo.write_bytes(photo_bytes(40, "png"))
    wanted = FrameWanted(size=256, focus=focus, format="png")
    (made,) = frame_photos(project, [photo], out=tmp_path / "out", wanted=wanted).photos
    assert made.result is not None
    pixels = read_pixels(made.result.read_bytes())
    hole = pixels[80:150, 80:176].astype(int)
    assert np.abs(hole - near).max() < 6
    assert made.framed is not None
    assert (made.framed.found, made.framed.focus_x) == ("point", 0.25 if near == RED else 0.75)


def test_zoom_and_rotation_are_what_was_asked_for(project: Project, tmp_path: Path) -> None:
    photo = tmp_path / "an.png"
    photo.write_bytes(photo_bytes(40, "png"))

    def column(wanted: FrameWanted) -> np.ndarray:
        made = frame_photo(project, photo, file=tmp_path / "out.png", wanted=wanted)
        return read_pixels(made.read_bytes()).astype(int)[60:170, 128]

    assert np.abs(column(FrameWanted(size=256, focus="0.45,0.5", zoom=4)) - RED).max() < 6
    turned = column(FrameWanted(size=256, focus="center", rotate=90))
    assert np.abs(turned[:40] - RED).max() < 6  # clockwise: what was left is up
    assert np.abs(turned[-40:] - BLUE).max() < 6


def test_a_circle_is_see_through_as_png_and_white_as_jpg(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "an.jpg")
    wanted = FrameWanted(size=256, focus="center", circle=True)
    clear = read_pixels(frame_photo(project, photo, file=tmp_path / "a.png", wanted=wanted).read_bytes())
    white = read_pixels(frame_photo(project, photo, file=tmp_path / "a.jpg", wanted=wanted).read_bytes())
    assert clear.shape == (256, 256, 4)
    assert clear[0, 0, 3] == clear[255, 255, 3] == 0
    assert clear[128, 128, 3] == 255
    assert white[0, 0].min() > 250


@pytest.mark.parametrize("result", ["jpg", "png", "webp"])
def test_photos_of_every_kind_come_upright_and_without_what_a_phone_writes_about_a_place(
    project: Project, tmp_path: Path, result: str
) -> None:
    photos = tmp_path / "ảnh"
    photos.mkdir()
    tags = exif(6, place=True)
    assert b"Secret Camera" in tags
    for kind in FORMATS:
        said = {} if kind in {"bmp", "gif"} else {"exif": tags}
        turned = in_file(halves(), 6) if said else halves()
        (photos / f"an.{kind}").write_bytes(saved(turned, kind, **said))
    wanted = FrameWanted(size=256, focus="center", format=result)
    report = frame_photos(project, [photos], out=tmp_path / "out", wanted=wanted)
    assert [(photo.photo, photo.problems) for photo in report.of("failed")] == []
    assert len(report.of("made")) == len(FORMATS)
    for photo in report.photos:
        data = photo.result.read_bytes() if photo.result else b""
        assert b"Secret" not in data
        assert b"Exif" not in data
        column = read_pixels(data)[:, 128].astype(int)
        assert np.abs(column[80:100] - RED).max() < 40, photo.photo
        assert np.abs(column[130:150] - BLUE).max() < 40, photo.photo


def halves() -> Image.Image:
    """Red above blue, upright."""
    return Image.fromarray(picture()).transpose(Image.Transpose.ROTATE_270)


def test_a_photo_smaller_than_the_frame_is_made_and_told(project: Project, tmp_path: Path) -> None:
    wanted = FrameWanted(size=1080, focus="center")
    (made,) = frame_photos(project, [put(tmp_path / "an.jpg")], out=tmp_path / "o", wanted=wanted).photos
    assert made.status == "made"
    assert "mờ" in made.notes[0].vi


def test_auto_focus_never_fails_and_says_what_it_found(project: Project, tmp_path: Path) -> None:
    flat = tmp_path / "trơn.png"
    flat.write_bytes(pixels_to_png(np.full((300, 200, 3), 128, np.uint8)))
    (made,) = frame_photos(project, [flat], out=tmp_path / "o", wanted=FrameWanted(size=256)).photos
    assert made.framed is not None
    assert made.framed.found == "third"
    assert made.framed.focus_y < 0.5
    assert "một phần ba trên" in made.how


def test_the_preview_shows_each_result_at_its_px_on_light_and_on_dark(project: Project, folder: Path) -> None:
    report = frame_photos(project, [folder], out=folder / "k", wanted=SMALL, preview=True)
    assert report.preview is not None
    page = read_pixels(report.preview.read_bytes())
    first = report.photos[0].result
    assert first is not None
    for side in SIDES:
        circle = in_circle(read_pixels(first.read_bytes()), side)
        whole = circle[..., 3] == 255
        places = 0
        for y, x in np.argwhere(np.all(page == circle[side // 2, side // 2, :3], axis=2)):
            top, left = y - side // 2, x - side // 2
            room = page[top : top + side, left : left + side]
            same = room.shape[:2] == (side, side) and np.array_equal(room[whole], circle[whole][:, :3])
            places += int(same)
        assert places == 2, side


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--focus", "middle"], "40%,30%"),
        (["--focus", "1.2,0.5"], "lies outside"),
        (["--focus", "40,30"], "0% to 100%"),
        (["--focus", "nan,0"], "not understood"),
        (["--zoom", "9"], "--zoom: must be 1 to 8"),
        (["--zoom", "nan"], "--zoom: must be"),
        (["--zoom", "to"], "'to' is not a number"),
        (["--rotate", "inf"], "number of degrees"),
        (["--size", "199"], "200–2048"),
        (["--size", "2049"], "200–2048"),
        (["--size", "x"], "not a whole number"),
        (["--style", "rin"], "Did you mean: ring"),
        (["--format", "gif"], "jpg, png, webp"),
        (["--ground", "white"], "#ffffff is white"),
        (["--day", "10-11"], "--day: there is no '10-11'"),
        (["--theme", "digtal"], "Did you mean: digital"),
        (["--agency", "so-noi"], "Did you mean"),
        (["--jobs", "0"], "at least 1"),
    ],
)
def test_bad_options_are_told_and_nothing_is_written(
    dxassets: Run, tmp_path: Path, arguments: list[str], words: str
) -> None:
    photo = put(tmp_path / "an.jpg")
    told = dxassets("frame", photo, "-o", tmp_path / "out", *arguments, "--lang", "en")
    assert told.code == 2
    assert words in told.err
    assert "Traceback" not in told.err
    assert names_in(tmp_path) == {"an.jpg"}
    assert not (tmp_path / "out").exists()


def test_all_that_is_wrong_is_told_at_once(dxassets: Run, tmp_path: Path) -> None:
    photo = put(tmp_path / "an.jpg")
    told = dxassets("frame", photo, "-o", tmp_path / "o", "--zoom", "0", "--style", "x", "--day", "x")
    assert [line.split(":")[1].strip() for line in told.err.splitlines()] == ["--style", "--zoom", "--day"]


@pytest.mark.parametrize("name", ["xấu.jpg", "thiếu.jpg", "."])
def test_one_bad_photo_alone_is_bad_input(dxassets: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "xấu.jpg").write_text("đây là văn bản", encoding="utf-8")
    place = tmp_path / "rỗng" if name == "." else tmp_path / name
    if name == ".":
        place.mkdir()
    told = dxassets("frame", place, "-o", tmp_path / "out")
    assert told.code == 2
    assert told.err.startswith("Lỗi: ")
    assert not (tmp_path / "out").exists()


def test_an_output_that_can_not_be_is_told(dxassets: Run, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    for place in (folder, folder / "H'Liêu Niê.jpg"):
        told = dxassets("frame", place, "-o", tmp_path / "out", "--size", "256", "--focus", "center")
        assert told.code == 2
        assert "Traceback" not in told.err
        assert "--out" in told.err


def test_an_agency_name_that_does_not_fit_the_frame_is_told(
    dxassets: Run, tmp_path: Path, copy: CampaignCopy
) -> None:
    agencies = copy.folder / "agencies.csv"
    text = agencies.read_text(encoding="utf-8")
    assert ",Sở Nội vụ," in text
    long = "Sở Nội vụ và mọi việc khác của một tỉnh rất rộng, rất xa, rất nhiều người"
    agencies.write_text(text.replace(",Sở Nội vụ,", f',"{long}",'), encoding="utf-8")
    photo = put(tmp_path / "an.jpg")
    options = ("--campaign", copy.folder, "--agency", "so-noi-vu", "--size", "256", "--focus", "center")
    told = dxassets("frame", photo, "-o", tmp_path / "out", *options)
    assert told.code == 0
    assert "Lưu ý: --agency: tên" in told.err


def test_json_is_one_document_on_stdout(dxassets: Run, folder: Path) -> None:
    arguments = ("frame", folder, "-o", folder / "k", "--size", "256", "--focus", "40%,50%", "--json")
    told = dxassets(*arguments)
    assert told.code == 1
    assert told.err == ""
    document = json.loads(told.out)
    assert document["counts"] == {"made": 4, "current": 0, "failed": 1}
    made = document["photos"][0]
    assert Path(made["result"]).is_file()
    assert made["found"] == "point"
    assert made["focus"] == [0.4, 0.5]
    (bad,) = (photo for photo in document["photos"] if photo["status"] == "failed")
    assert set(bad["notes"][0]) == {"where", "vi", "en"}
    assert document["report"] == str(folder / "k/frames.csv")
    assert json.loads(dxassets(*arguments).out)["counts"] == {"made": 0, "current": 4, "failed": 1}


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "DXASSETS_LANG": "vi"}


def test_the_command_frames_a_folder_and_says_so_in_vietnamese(tmp_path: Path) -> None:
    long = "Nguyễn Thị Hoàng Ánh " * 5
    for name in ("Trần Thị  Bình.jpg", f"{long}.jpg", "sub dir/Trần Thị Bình.png"):
        put(tmp_path / "ảnh" / name)
    done = subprocess.run(
        [sys.executable, "-m", "dxassets", "frame", "ảnh", "-o", "ảnh/khung", "--size", "300", "--preview"],
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
        check=True,
    )
    out = done.stdout.decode()
    assert "3 ảnh vừa làm, 0 ảnh còn nguyên, 0 ảnh hỏng, bỏ qua 0 tệp" in out
    assert "ảnh/khung/frames.csv" in out
    assert "ảnh/khung/xem-truoc.png" in out
    assert "3/3" in done.stderr.decode()
    names = {fold(name) for name in names_in(tmp_path / "ảnh/khung")}
    assert {"tran thi binh-khung-10-10.jpg", "tran thi binh-2-khung-10-10.jpg"} <= names


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_whole_files_only_and_the_next_run_goes_on(tmp_path: Path, jobs: str) -> None:
    count = 24
    encoded = encode_pixels(np.random.default_rng(1).integers(0, 255, (600, 800, 3), np.uint8), "jpg", None)
    assert encoded is not None
    for at in range(count):
        (tmp_path / f"ảnh{at:02}.jpg").write_bytes(encoded.data + bytes([at]))
    out = tmp_path / "khung"
    arguments = [sys.executable, "-m", "dxassets", "frame", ".", "-o", "khung", "--jobs", jobs]
    arguments += ["--focus", "center", "--json"]
    running = subprocess.Popen(
        arguments, cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while not list(out.glob("*.jpg")) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Traceback" not in err
    finished = sorted(out.glob("*.jpg"))
    assert 0 < len(finished) < count
    assert not list(out.rglob("*.part"))
    for path in finished:
        assert read_pixels(path.read_bytes()).shape == (1080, 1080, 3)
    done = subprocess.run(arguments, cwd=tmp_path, env=environment(), capture_output=True, check=True)
    counts = json.loads(done.stdout)["counts"]
    assert counts["failed"] == 0
    assert counts["made"] + counts["current"] == count
    assert counts["current"] >= len(finished) - 4  # what was published while the signal came is made again


def test_the_package_does_not_load_what_reads_photos_until_a_photo_is_read() -> None:
    code = "import sys, dxassets, dxassets.api; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    loaded = set(done.stdout.decode().split())
    assert not loaded & {"pillow_heif", "dlib", "dxassets.backends.photos", "dxassets.renderers.photo"}


def test_the_guide_tells_the_cure_of_messages_that_there_are() -> None:
    guide = (ROOT / "docs/khung-anh.md").read_text(encoding="utf-8")
    table = guide.partition("| Máy báo |")[2].partition("\n\n")[0].splitlines()[2:]
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dxassets").rglob("*.py"))
    messages = [row.split("|")[1].strip() for row in table]
    assert len(messages) > 8
    assert [message for message in messages if message not in said] == []


def test_a_machine_that_cannot_look_for_faces_says_so(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "_detector", lambda: None)
    photo = put(tmp_path / "An.jpg")
    (note,) = frame_photos(project, [photo], out=tmp_path / "khung", wanted=FrameWanted(size=256)).notes
    assert note.where == "--focus"
    assert "không tìm khuôn mặt được" in note.vi
    assert frame_photos(project, [photo], out=tmp_path / "khung", wanted=SMALL).notes == ()


def test_a_name_too_long_for_the_ring_is_told(copy: CampaignCopy, dxassets: Run, tmp_path: Path) -> None:
    long = "Ban Chỉ đạo Phong trào toàn dân đoàn kết xây dựng đời sống văn hóa"
    offices = copy.folder / "agencies.csv"
    text = offices.read_text(encoding="utf-8")
    assert ",Sở Y tế,so-nganh" in text
    offices.write_text(text.replace(",Sở Y tế,so-nganh", f",{long},so-nganh", 1), encoding="utf-8")
    photo = put(tmp_path / "An.jpg")
    told = dxassets(
        "frame", photo, "--agency", "so-y-te", "-o", tmp_path / "khung", "--campaign", copy.folder
    )
    assert told.code == 0
    assert long in told.err
    assert "short_name" in told.err
    built = dxassets(
        "build",
        copy.folder,
        "--agency",
        "so-y-te",
        "--kind",
        "frame",
        "--theme",
        "formal",
        "--out",
        tmp_path / "out",
    )
    assert built.code == 0
    assert "Không đặt tên cơ quan lên khung" in built.out
    assert "(+" in built.out
