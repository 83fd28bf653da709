"""The bundle running under Wine, used as a clerk would, and what goes wrong on a PC."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest
from PIL import Image

from tests.merge_support import GUESTS, invitation, workbook
from tests.wine_support import MISSING, WINE, Windows, bundle_once, forwarding_dll, new_windows

needs_wine = pytest.mark.skipif(WINE is None, reason=MISSING)


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Generator[Windows]:
    if WINE is None:
        pytest.skip(MISSING)
    (file,) = bundle_once(tmp_path_factory, worker_id).glob("dxassets-*-win64.zip")
    folder = tmp_path_factory.mktemp("bundle")
    place = folder / "Máy tính của tôi" / "dxassets 1"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(place)
    made = new_windows(folder, place)
    yield made
    made.end()


def linux(folder: Path, *arguments: str) -> None:
    """The same command here."""
    subprocess.run(
        [sys.executable, "-m", "dxassets", *arguments], cwd=folder, check=True, capture_output=True
    )


@pytest.mark.slow
@needs_wine
def test_windows_makes_what_linux_makes(windows: Windows, tmp_path: Path) -> None:
    there, here = tmp_path / "Kết quả", tmp_path / "linux"
    there.mkdir()
    here.mkdir()
    for folder in (there, here):
        Image.radial_gradient("L").resize((400, 300)).convert("RGB").save(folder / "Ảnh.png")
    process = windows.start("cmd", "/c", str(windows.bundle / "dxassets.cmd"), "--version", cwd=there)
    assert process.communicate(timeout=600)[0].startswith("dxassets ")
    assert "[lỗi]" not in windows.run("doctor", cwd=there)
    looks = ("--day", "10-10", "--theme", "digital", "--preset")
    commands = (
        ("banner", *looks, "share-1200x630", "-o", "Băng.png"),
        ("qr", "https://tinh.gov.vn/", "-o", "ma.png"),
        ("frame", "Ảnh.png", "-o", "khung"),
        ("letter", "-o", "cong-van"),
        ("build", *looks, "poster-a4", "--preset", "share-1200x630", "--kind", "banner", "--jobs", "2"),
    )
    users = windows.prefix / "drive_c/users"
    before = set(users.rglob("*"))
    for command in commands:
        windows.run(*command, cwd=there)
        linux(here, *command)
    assert (
        set(users.rglob("*")) - before == set()
    )  # nothing lies in anybody's profile, nor among what is temporary
    made = sorted(path.relative_to(here) for path in here.rglob("*.*") if path.is_file())
    assert made == sorted(path.relative_to(there) for path in there.rglob("*.*") if path.is_file())
    compared = [path for path in made if path.suffix in {".png", ".docx"}]
    assert len(compared) >= 5
    for path in compared:
        assert (there / path).read_bytes() == (here / path).read_bytes(), path
    documents = [path for path in made if path.suffix == ".pdf"]
    assert len(documents) >= 2
    for path in documents:
        assert text_of(there / path) == text_of(here / path), path


def text_of(file: Path) -> list[str]:
    """What stands on a PDF's pages."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


class StartPage:
    """The start page of a running program, as its script speaks to it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.origin = {"Origin": address[: address.index("/", 8)]}

    def press(self, button: str, **words: str) -> httpx.Response:
        answer = httpx.post(f"{self.address}do/{button}", json=words, headers=self.origin, timeout=120)
        assert answer.status_code == 200, answer.text
        return answer

    def drop(self, name: str, data: bytes) -> str:
        drop = str(self.press("drop").json()["drop"])
        put = httpx.put(f"{self.address}drop/{drop}/{name}", content=data, headers=self.origin, timeout=60)
        assert put.status_code == 200, put.text
        return drop


def work_done(lines: Iterator[str], before: object = None) -> dict[str, Any]:
    """The work that the page is told of, once it is over; another one than `before`."""
    for line in lines:
        work = json.loads(line.removeprefix("data: "))["work"] if line.startswith("data: ") else None
        if work not in (None, before) and work["status"] != "running":
            return work
    pytest.fail("the work never ended")


@pytest.mark.slow
@needs_wine
def test_the_start_page_runs_on_windows(windows: Windows, tmp_path: Path) -> None:
    offices = (("Sở Nội vụ thành phố Huế",), ("Sở Tư pháp thành phố Huế",))
    listed = workbook(tmp_path / "a.xlsx", offices, headings=("Tên cơ quan",))
    guests = workbook(tmp_path / "b.xlsx", GUESTS[:1])
    place = windows.bundle / "chien-dich"
    place.mkdir(exist_ok=True)
    invitation(place / "moi")
    python = windows.bundle / "app/python/python.exe"
    words = ("-X", "utf8", "-m", "dxassets", "open", "chien-dich", "--no-browser")
    process = windows.start(str(python), *words, cwd=windows.bundle)
    try:
        assert process.stdout is not None
        page = StartPage(process.stdout.readline().split()[-1])
        assert "Chọn chiến dịch" in httpx.get(page.address, timeout=60).text
        page.press("create", name="Huế", province="Huế", year="2026")
        with httpx.stream("GET", f"{page.address}events", timeout=300) as events:
            lines = events.iter_lines()
            assert "own:Huế" in next(lines)
            page.press("agencies", drop=page.drop("ds.xlsx", listed.read_bytes()))
            taken = work_done(lines)
            assert "Đã nhận 2 cơ quan" in json.dumps(taken, ensure_ascii=False)
            page.press("choose", key="own:moi")
            page.press("merge", drop=page.drop("khach.xlsx", guests.read_bytes()))
            made = work_done(lines, before=taken)
            assert sorted(Path(each["name"]).suffix for each in made["results"]) == [".docx", ".pdf"]
            page.press("close")
            assert any(line == "event: closed" for line in lines)
        assert process.wait(120) == 0
    finally:
        process.kill()
        process.communicate()
    assert "Sở Tư pháp thành phố Huế" in (place / "Huế" / "agencies.csv").read_text(encoding="utf-8-sig")


@pytest.mark.slow
@needs_wine
def test_a_double_click_opens_the_browser_from_any_folder(windows: Windows, tmp_path: Path) -> None:
    """The launcher, as Explorer starts it; a browser of our own writes down what it was given."""
    (launcher,) = windows.bundle.glob("M*.cmd")
    before = set(windows.prefix.parent.iterdir())
    window = windows.console(
        "cmd", "/c", str(launcher), cwd=tmp_path, BROWSER="cmd.exe /c echo %s >da-mo.txt"
    )
    try:
        address = re.findall(r"http://127\.0\.0\.1:\d+/[\w-]+/", window.until("Ctrl-C"))[0]
        origin = {"Origin": address[: address.index("/", 8)]}
        assert "Chọn chiến dịch" in httpx.get(address, timeout=60).text
        opened = tmp_path / "da-mo.txt"
        assert opened.read_text(encoding="utf-8").split() == [address]
        with httpx.stream("GET", f"{address}events", timeout=60):
            assert httpx.post(f"{address}do/close", headers=origin, timeout=60).status_code == 200
        assert window.wait() == 0
        assert "pause" not in window.text.lower()
    finally:
        window.end()
    assert list(tmp_path.iterdir()) == [opened]  # nothing but what that browser wrote
    assert (windows.bundle / "chien-dich").is_dir()
    assert set(windows.prefix.parent.iterdir()) == before


@pytest.mark.slow
@needs_wine
def test_ctrl_c_ends_it_and_two_builds_do_not_meet(windows: Windows, tmp_path: Path) -> None:
    python = str(windows.bundle / "app/python/python.exe")
    words = (python, "-X", "utf8", "-m", "dxassets")
    window = windows.console(*words, "open", "cd", "--no-browser", cwd=tmp_path)
    try:
        window.until("Ctrl-C")
        window.press(b"\x03")
        window.until("dxassets đã đóng")
        assert window.wait() == 0
        assert "Traceback" not in window.text
    finally:
        window.end()
    build = ("build", "--kind", "banner", "--theme", "digital")
    window = windows.console(*words, *build, "--jobs", "2", cwd=tmp_path)
    try:
        window.until("/88")  # how many of how many: the lock is held
        said = windows.run(*build, "--jobs", "1", cwd=tmp_path, code=2)
        assert "một lượt dựng khác đang ghi vào đây" in said
        window.press(b"\x03")
        assert window.wait() == 130, window.text
        assert "Traceback" not in window.text
    finally:
        window.end()
    assert not list(tmp_path.rglob("*.part"))
    windows.run(*build, "--preset", "rectangle-300x250", "--jobs", "1", cwd=tmp_path)
    windows.run("verify", "output/daknong-2022", cwd=tmp_path)


@pytest.mark.slow
@needs_wine
def test_a_console_of_code_page_1258_shows_vietnamese(windows: Windows, tmp_path: Path) -> None:
    script = tmp_path / "thu.cmd"
    bundle = "Z:" + str(windows.bundle).replace("/", "\\")
    for page in (1258, 65001):
        script.write_text(
            f'@chcp {page}\r\n@call "%BUNDLE%\\dxassets.cmd" qr\r\n', encoding="ascii", newline=""
        )
        window = windows.console("cmd", "/c", str(script), cwd=tmp_path, BUNDLE=bundle)
        try:
            code = window.wait()
        finally:
            window.end()
        assert str(page) in window.text
        assert "Lỗi: còn thiếu: URL" in window.text
        assert "Traceback" not in window.text
        assert code  # Wine says 1 where Windows hands on the 2


HOLD = """
import subprocess, sys
with open(sys.argv[1], "rb"):
    sys.exit(subprocess.call([sys.executable, "-X", "utf8", "-m", "dxassets", *sys.argv[2:]]))
"""
"""Opens a file as Word does, so that nobody else may replace it, and calls the program meanwhile."""


@pytest.mark.slow
@needs_wine
def test_what_can_not_be_written_is_told_and_stays_whole(windows: Windows, tmp_path: Path) -> None:
    code = ("qr", "https://tinh.gov.vn/", "-o")
    (tmp_path / "hold.py").write_text(HOLD, encoding="utf-8")
    held = tmp_path / "ma.png"
    held.write_bytes(b"before")
    python = str(windows.bundle / "app/python/python.exe")
    process = windows.start(python, "-X", "utf8", "hold.py", "ma.png", *code, "ma.png", cwd=tmp_path)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 2, out + err
    assert "đang mở trong chương trình khác" in err
    assert held.read_bytes() == b"before"
    deep = "\\".join(["thu-muc-" + "d" * 60] * 4)
    said = windows.run(*code, f"{deep}\\ma.png", cwd=tmp_path, code=2)
    assert "đường dẫn quá dài" in said
    with read_only(tmp_path / "chi doc"):
        said = windows.run(*code, "chi doc\\ma.png", cwd=tmp_path, code=2)
        assert "không có quyền ghi" in said or "chỉ cho đọc" in said
        said = windows.run("open", "chi doc\\cd", "--no-browser", cwd=tmp_path, code=2)
        assert "hãy chép cả thư mục này sang nơi ghi được" in said
    assert not [path for path in tmp_path.rglob("*") if path.suffix in {".part", ".png"} and path != held]


@contextmanager
def read_only(folder: Path) -> Generator[None]:
    """A folder in which nothing can be written: for root, who may write everywhere, a mount."""
    folder.mkdir()
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("nothing can be made read-only here: root writes everywhere, and may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.slow
@needs_wine
def test_the_server_answers_on_windows(windows: Windows, tmp_path: Path) -> None:
    look = {"day": "10-10", "theme": "digital", "preset": "share-1200x630"}
    words = [word for name, value in look.items() for word in (f"--{name}", value)]
    python = str(windows.bundle / "app/python/python.exe")
    office = ("--agency", "so-thong-tin-va-truyen-thong")
    process = windows.start(
        *(python, "-X", "utf8", "-m", "dxassets", "serve", "--port", "0", "--workers", "1", *office, *words),
        cwd=tmp_path,
    )
    try:
        assert process.stdout is not None
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.:]+", line)))
        assert httpx.get(f"{address}/healthz", timeout=60).json() == {"status": "ok"}
        assert "10/10" in httpx.get(f"{address}/", timeout=60).text
        asked, name = f"{address}/live/name.svg", "UBND xã Nam Dong"
        drawn = httpx.get(asked, params={**look, "name": name}, timeout=300)
        for _ in range(5):  # a worker that starts on a slow machine may let its first orders wait too long
            if drawn.status_code == 504:
                drawn = httpx.get(asked, params={**look, "name": name}, timeout=300)
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
@needs_wine
def test_films_are_made_when_their_zip_is_unpacked_too(
    windows: Windows, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> None:
    assert "dxassets-…-win64-phim.zip" in windows.run("doctor", cwd=tmp_path)
    (file,) = bundle_once(tmp_path_factory, worker_id).glob("*-phim.zip")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(windows.bundle)
    said = windows.run("doctor", cwd=tmp_path)
    assert "phim.zip" not in said
    assert re.search(r"PyAV \d.*x264", said)


def test_a_dll_that_only_forwards_is_one() -> None:
    """The stand-in under Wine is itself read back."""
    data = forwarding_dll("ProcessPrng", "ADVAPI32.SystemFunction036")
    assert data[:2] == b"MZ"
    assert data.count(b"ADVAPI32.SystemFunction036\0") == 1
