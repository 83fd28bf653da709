"""`dxassets frame`: what lies in the output folder and isn't ours is never written over, nor framed again."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import pytest

from dxassets.api import FrameWanted, Project, frame_photos
from dxassets.api.framing.records import LEDGER, LOCK
from dxassets.backends.rasterizer import read_pixels
from dxassets.errors import OutputError
from dxassets.store import locked
from tests.photo_support import SMALL, TAIL, names_in, put, statuses


def result_of(project: Project, photo: Path, out: Path, wanted: FrameWanted = SMALL) -> str:
    """The name of the result of a single photo."""
    (made,) = frame_photos(project, [photo], out=out, wanted=wanted).photos
    assert made.result is not None
    return made.result.name


# --- the sheets -----------------------------------------------------------------------------------


def test_a_photo_that_is_called_like_the_preview_is_framed_and_kept_run_after_run(
    project: Project, tmp_path: Path
) -> None:
    put(tmp_path / "an.jpg", 1)
    original = put(tmp_path / "xem-truoc.png", 2).read_bytes()
    for status in ("made", "current", "current"):
        report = frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL, preview=True)
        assert statuses(report) == {"an.jpg": status, "xem-truoc.png": status}
        assert report.preview == tmp_path / "xem-truoc-2.png"
        assert (tmp_path / "xem-truoc.png").read_bytes() == original


def test_a_photo_that_took_the_place_of_a_preview_is_kept(project: Project, tmp_path: Path) -> None:
    put(tmp_path / "an.jpg", 1)
    first = frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL, preview=True).preview
    assert first is not None
    assert first == tmp_path / "xem-truoc.png"
    assert "xem-truoc.png" not in statuses(frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL))
    original = put(tmp_path / "xem-truoc.png", 2).read_bytes()
    again = frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL, preview=True)
    assert statuses(again)["xem-truoc.png"] == "made"
    assert again.preview == tmp_path / "xem-truoc-2.png"
    assert first.read_bytes() == original


def test_a_table_that_is_not_ours_is_kept_and_one_that_was_sorted_is_still_ours(
    project: Project, tmp_path: Path
) -> None:
    put(tmp_path / "an.jpg")
    (tmp_path / "frames.csv").write_text("số khung xe", encoding="utf-8")
    table = frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL).table
    assert table is not None
    assert table == tmp_path / "frames-2.csv"
    assert (tmp_path / "frames.csv").read_text(encoding="utf-8") == "số khung xe"
    table.write_text("sắp xếp lại", encoding="utf-8")
    assert frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL).table == table
    assert names_in(tmp_path) == {"an.jpg", f"an{TAIL}", "frames.csv", "frames-2.csv"}


def test_a_single_photo_writes_its_preview_over_nobodys_picture(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "a/an.jpg")
    mine = put(tmp_path / "o/xem-truoc.png", 9).read_bytes()
    for _ in range(2):
        report = frame_photos(project, [photo], out=tmp_path / "o", wanted=SMALL, preview=True)
        assert report.preview == tmp_path / "o/xem-truoc-2.png"
    assert (tmp_path / "o/xem-truoc.png").read_bytes() == mine
    assert names_in(tmp_path / "o") == {f"an{TAIL}", "xem-truoc.png", "xem-truoc-2.png"}


# --- a single photo -------------------------------------------------------------------------------


def test_a_single_photo_takes_nobody_elses_result_and_replaces_its_own(
    project: Project, tmp_path: Path
) -> None:
    one, other = put(tmp_path / "a/An.jpg", 1), put(tmp_path / "b/An.jpg", 200)
    out = tmp_path / "out"
    assert result_of(project, one, out) == f"An{TAIL}"
    first = (out / f"An{TAIL}").read_bytes()
    assert result_of(project, other, out) == f"An-2{TAIL}"
    assert (out / f"An{TAIL}").read_bytes() == first
    assert result_of(project, one, out) == f"An{TAIL}"
    assert result_of(project, other, out, FrameWanted(size=300, focus="center")) == f"An-2{TAIL}"
    assert read_pixels((out / f"An-2{TAIL}").read_bytes()).shape[0] == 300
    assert names_in(out) == {f"An{TAIL}", f"An-2{TAIL}"}, "one photo gives no table"


def test_a_single_photo_leaves_a_file_alone_that_is_not_ours(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "a/An.jpg")
    out = tmp_path / "out"
    out.mkdir()
    (out / f"an{TAIL}").write_text("quý", encoding="utf-8")  # one name with ours on Windows
    assert result_of(project, photo, out) == f"An-2{TAIL}"
    assert (out / f"an{TAIL}").read_text(encoding="utf-8") == "quý"


def test_a_folder_run_knows_what_single_photos_gave_and_the_other_way_round(
    project: Project, tmp_path: Path
) -> None:
    photo = put(tmp_path / "An.jpg", 1)
    name = result_of(project, photo, tmp_path)
    put(tmp_path / "Bình.jpg", 2)
    report = frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL)
    assert statuses(report) == {"An.jpg": "current", "Bình.jpg": "made"}
    assert result_of(project, tmp_path / "Bình.jpg", tmp_path) == f"Bình{TAIL}"
    assert names_in(tmp_path) == {"An.jpg", name, "Bình.jpg", f"Bình{TAIL}", "frames.csv"}


@pytest.mark.parametrize("kind", ["file", "locked"])
def test_a_folder_that_holds_no_ledger_still_takes_a_single_photo(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    photo = put(tmp_path / "a/An.jpg")
    out = tmp_path / "out"
    out.mkdir()
    if kind == "file":
        (out / ".dxassets").write_text("đứng ở chỗ của sổ")
    else:
        monkeypatch.setattr("dxassets.api.framing.records.publish_changed", _refused)
    assert result_of(project, photo, out) == f"An{TAIL}"
    assert result_of(project, photo, out) == f"An-2{TAIL}", "nobody knows whose the first is"


def _refused(*_: object) -> Path:
    raise OutputError


def test_a_bad_single_photo_leaves_nothing_behind(project: Project, tmp_path: Path) -> None:
    (tmp_path / "an.jpg").write_text("đây là văn bản", encoding="utf-8")
    with pytest.raises(ValueError, match="not a photo"):
        frame_photos(project, [tmp_path / "an.jpg"], out=tmp_path / "out", wanted=SMALL)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a lock belongs to its process there")
def test_a_single_photo_waits_for_its_turn(project: Project, tmp_path: Path) -> None:
    photo, out = put(tmp_path / "a/An.jpg"), tmp_path / "out"
    taken, free = threading.Event(), threading.Event()

    def other() -> None:
        with locked(out / LOCK):
            taken.set()
            free.wait(3)

    thread = threading.Thread(target=other)
    thread.start()
    taken.wait(3)
    threading.Timer(0.5, free.set).start()
    assert result_of(project, photo, out) == f"An{TAIL}"
    thread.join()


# --- whose a name is ------------------------------------------------------------------------------


@pytest.mark.parametrize("alone", [True, False])
def test_a_result_outlives_its_photo(project: Project, tmp_path: Path, *, alone: bool) -> None:
    out = tmp_path / "out"
    for shade, folder in enumerate(("a", "b")):
        photo = put(tmp_path / folder / "An.jpg", 200 * shade)
        frame_photos(project, [photo if alone else photo.parent], out=out, wanted=SMALL)
        photo.unlink()  # as when the card it was on is taken out
    assert {name for name in names_in(out) if "khung" in name} == {f"An{TAIL}", f"An-2{TAIL}"}
    assert (out / f"An{TAIL}").read_bytes() != (out / f"An-2{TAIL}").read_bytes()


def test_a_photo_that_was_moved_keeps_its_result(project: Project, tmp_path: Path) -> None:
    photos, out = tmp_path / "ảnh", tmp_path / "out"
    put(photos / "phòng 2/An.jpg", 1)
    put(photos / "phòng 2/Bình.jpg", 100)
    put(photos / "phòng 2/Chi.jpg", 1)  # the very same photo as An's
    frame_photos(project, [photos], out=out, wanted=SMALL)
    (photos / "phòng 2").rename(photos / "phòng hai")
    put(photos / "phòng hai/Bình.jpg", 200)  # somebody else, or a new photo: nobody can tell
    report = frame_photos(project, [photos], out=out, wanted=SMALL)
    assert statuses(report) == {"An.jpg": "current", "Bình.jpg": "made", "Chi.jpg": "current"}
    names = [each.result.name for each in report.photos if each.result]
    assert names == [f"An{TAIL}", f"Bình-2{TAIL}", f"Chi{TAIL}"]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format": 1, "results": {}, "sheets": 3}', "\ud800"])
def test_a_damaged_ledger_is_begun_anew(project: Project, tmp_path: Path, text: str) -> None:
    put(tmp_path / "an.jpg")
    out = tmp_path / "out"
    (out / ".dxassets").mkdir(parents=True)
    (out / LEDGER).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert statuses(frame_photos(project, [tmp_path / "an.jpg", tmp_path], out=out, wanted=SMALL)) == {
        "an.jpg": "made"
    }
    assert set(json.loads((out / LEDGER).read_bytes())["sheets"]) == {"frames.csv"}


def test_somebody_elses_unfinished_download_is_not_swept_away(project: Project, tmp_path: Path) -> None:
    put(tmp_path / "an.jpg")
    (tmp_path / ".phim.mp4.part").write_bytes(b"half")
    (tmp_path / ".0123456789ab.part").write_bytes(b"half")
    frame_photos(project, [tmp_path], out=tmp_path, wanted=SMALL)
    assert {name for name in names_in(tmp_path) if name.endswith(".part")} == {".phim.mp4.part"}
