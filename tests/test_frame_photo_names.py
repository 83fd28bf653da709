"""`dxassets frame`: which photos are found, and what their results are called."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.api import Project, frame_photos
from dxassets.api.framing import naming
from dxassets.api.framing.collecting import collect
from dxassets.api.framing.records import made_in
from dxassets.errors import InputError
from tests.photo_support import SMALL, TAIL, lock, put, rows_of, statuses

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
    lock(monkeypatch, "khóa")
    report = frame_photos(project, [tmp_path / "ảnh"], out=tmp_path / "out", wanted=SMALL)
    assert statuses(report) == {"an.jpg": "made", "khóa": "failed"}
    assert "không mở được thư mục" in rows_of(report)[-1]["Ghi chú"]
