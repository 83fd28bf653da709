"""`dxassets frame` as a command: bad options, what is told, what is left when it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dxassets.backends.rasterizer import encode_pixels, read_pixels
from dxassets.vietnamese import fold
from tests.photo_support import names_in, photo_folder, put

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return photo_folder(tmp_path / "ảnh nhân viên")


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
    assert not loaded & {"pillow_heif", "dxassets.backends.photos", "dxassets.renderers.photo"}


def test_the_guide_tells_the_cure_of_messages_that_there_are() -> None:
    guide = (ROOT / "docs/khung-anh.md").read_text(encoding="utf-8")
    table = guide.partition("| Máy báo |")[2].partition("\n\n")[0].splitlines()[2:]
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dxassets").rglob("*.py"))
    messages = [row.split("|")[1].strip() for row in table]
    assert len(messages) > 8
    assert [message for message in messages if message not in said] == []


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
