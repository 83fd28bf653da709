"""``-``: one file to standard output or from standard input, and never to a terminal."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dxassets import InputError, Wanted, build, lint, load_campaign, make_letter
from dxassets.cli.entry import main
from tests.drawing_support import open_picture, read_picture, zxing_reads
from tests.photo_support import portrait, saved

ROOT = Path(__file__).parent.parent
BANNER = ("--day", "10-10", "--theme", "light", "--preset", "button-120x60")
MAGIC = {"png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "webp": b"RIFF", "svg": b"<svg", "pdf": b"%PDF"}


class Piped:
    """Runs a command with bytes on standard input; what it sends, and what it says beside."""

    def __init__(self, capture: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch) -> None:
        self._capture = capture
        self._patch = patch

    def __call__(self, *arguments: object, given: bytes = b"") -> tuple[int, bytes, str]:
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        self._capture.readouterr()
        code = main([str(each) for each in arguments])
        out, err = self._capture.readouterr()
        return code, out, err.decode()


@pytest.fixture
def piped(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Piped]:
    """Commands in an empty folder, which stays empty."""
    monkeypatch.delenv("DXASSETS_LANG", raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    yield Piped(capsysbinary, monkeypatch)
    assert not list(here.iterdir())


# --- out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["png", "jpg", "webp", "svg", "pdf"])
def test_a_banner_goes_out_as_it_would_be_written(piped: Piped, file_format: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{file_format}"
    assert main(["banner", *BANNER, "-o", str(file)]) == 0
    code, out, err = piped("banner", *BANNER, "-o", "-", "--format", file_format)
    assert (code, err) == (0, "")
    assert out.startswith(MAGIC[file_format])
    assert out == file.read_bytes()


@pytest.mark.parametrize("file_format", ["png", "svg", "pdf"])
def test_a_code_goes_out_as_it_would_be_written(piped: Piped, file_format: str, tmp_path: Path) -> None:
    file = tmp_path / f"a.{file_format}"
    assert main(["qr", "https://a.vn/", "-o", str(file)]) == 0
    code, out, err = piped("qr", "https://a.vn/", "-o", "-", "--format", file_format)
    assert (code, err) == (0, "")
    assert out == file.read_bytes()


def test_the_format_decides_where_the_suffix_can_not(piped: Piped, tmp_path: Path) -> None:
    for name in ("picture", "picture.dat"):
        code, _, err = piped("qr", "https://a.vn/", "-o", tmp_path / name, "--format", "png")
        assert code == 0, err
        assert zxing_reads(read_picture((tmp_path / name).read_bytes())) == ["https://a.vn/"]
    code, _, _ = piped("banner", *BANNER, "-o", tmp_path / "a.jpeg", "--format", "jpg")
    assert code == 0
    code, _, _ = piped("banner", *BANNER, "-o", tmp_path / "b", "--format", "JPEG")
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a.jpeg").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("banner", *BANNER, "-o", "-"), "--format: is needed for standard output (-): png, jpg"),
        (("qr", "https://a.vn/", "-o", "-"), "--format: is needed for standard output (-): png, svg, pdf"),
        (("sheet", "-o", "-"), "--format: is needed for standard output (-): png, pdf"),
        (("qr", "https://a.vn/", "-o", "-", "--format", "jpg"), "--format: there is no 'jpg'"),
        (("qr", "https://a.vn/", "-o", "a.png", "--format", "pdf"), "'pdf' is not what the suffix of a.png"),
        (("banner", *BANNER, "-o", "a.jpg", "--format", "png"), "'png' is not what the suffix of a.jpg"),
        (("qr", "not an address", "-o", "-", "--format", "png"), "not a full web address"),
        (("frame", "a.jpg", "b.jpg", "-o", "-"), "-o: standard output (-) takes a single photo"),
        (("frame", ".", "-o", "-"), "-o: standard output (-) takes a single photo"),
        (("frame", "-", "-", "-o", "-"), "-o: standard output (-) takes a single photo"),
        (("frame", "-", "-o", "framed"), "-: a photo from standard input (-) has no name"),
        (("frame", "a.jpg", "-o", "-", "--preview"), "--preview: does not go with -o -"),
        (("frame", "nowhere.jpg", "-o", "-"), "nowhere.jpg: "),
        (("frame", "a.jpg", "-o", "-", "--format", "gif"), "--format: there is no 'gif'"),
        (("letter", "-o", "-"), "-o: needs a folder"),
        (("build", "--out", "-"), "--out: needs a folder"),
        (("verify", "-"), "DIR: needs a folder"),
    ],
)
def test_what_can_not_go_out_is_told_beside_and_nothing_goes(
    piped: Piped, arguments: tuple[str, ...], words: str
) -> None:
    code, out, err = piped(*arguments, "--lang", "en")
    assert code == 2
    assert words in err
    assert out == b""


def test_a_picture_and_json_do_not_share_standard_output(piped: Piped) -> None:
    code, out, _ = piped("frame", "a.jpg", "-o", "-", "--json")
    assert code == 2
    assert [error["where"] for error in json.loads(out)["errors"]] == ["--json"]


def test_a_sheet_goes_out_if_it_is_one_file(
    piped: Piped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Wanted(presets=("button-120x60",), kinds=("banner",))
    build(load_campaign(), wanted, out=tmp_path / "out")
    asked = ("sheet", "--built", tmp_path / "out")
    for file_format in ("png", "pdf"):
        file = tmp_path / f"a.{file_format}"
        assert piped(*asked, "-o", file)[0] == 0
        code, out, err = piped(*asked, "-o", "-", "--format", file_format)
        assert (code, err) == (0, "")
        assert out == file.read_bytes()
    monkeypatch.setattr("dxassets.api.approval_sheet.TALLEST_PNG", 500.0)
    code, out, err = piped(*asked, "-o", "-", "--format", "png", "--lang", "en")
    assert (code, out) == (2, b"")
    assert "longer than one PNG" in err
    assert piped(*asked, "-o", "-", "--format", "pdf")[0] == 0


def test_the_schema_goes_out(piped: Piped) -> None:
    assert piped("schema", "--write", "-") == piped("schema")


# --- in -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["jpg", "png", "webp"])
def test_a_photo_comes_in_and_goes_out(piped: Piped, file_format: str, tmp_path: Path) -> None:
    photo = saved(portrait(1600, 1200), "JPEG")
    file = tmp_path / "photo.jpg"
    file.write_bytes(photo)
    look = ("--theme", "digital", "--size", "400", "--focus", "center", "--format", file_format)
    code, out, err = piped("frame", "-", "-o", "-", *look, given=photo)
    assert (code, err) == (0, "")
    assert out.startswith(MAGIC[file_format])
    assert open_picture(out).size == (400, 400)
    assert piped("frame", file, "-o", "-", *look)[1] == out
    assert piped("frame", file, "-o", tmp_path / "out", *look)[0] == 0
    (made,) = (each for each in (tmp_path / "out").iterdir() if not each.name.startswith("."))
    assert made.read_bytes() == out


def test_what_deserves_a_look_is_said_beside_the_photo(piped: Piped) -> None:
    small = saved(portrait(120, 120), "JPEG")
    code, out, err = piped(
        "frame", "-", "-o", "-", "--circle", "--focus", "center", "--lang", "en", given=small
    )
    assert code == 0
    assert out.startswith(MAGIC["jpg"])
    assert [line.partition(":")[2].split(":")[0].strip() for line in err.splitlines()] == ["--circle", "-"]
    assert "will look soft" in err


@pytest.mark.parametrize("given", [b"", b"not a photo", b"\xff\xd8\xff\xe0cut"])
def test_a_photo_that_is_none_is_told_and_nothing_goes_out(piped: Piped, given: bytes) -> None:
    code, out, err = piped("frame", "-", "-o", "-", given=given)
    assert (code, out) == (2, b"")
    assert err.startswith("Lỗi: -: ")
    assert "Traceback" not in err


def test_a_photo_that_is_far_too_large_is_told(piped: Piped, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dxassets.runners.photos.LARGEST_FILE", 1000)
    monkeypatch.setattr("dxassets.cli.frame.LARGEST_FILE", 1000)
    code, out, err = piped("frame", "-", "-o", "-", "--lang", "en", given=b"a" * 1001)
    assert (code, out) == (2, b"")
    assert "is larger than" in err
    assert "is larger than" not in piped("frame", "-", "-o", "-", "--lang", "en", given=b"a" * 1000)[2]


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return make_letter(load_campaign(), tmp_path_factory.mktemp("letter"))


def test_a_letter_comes_in_as_word_and_as_pdf(piped: Piped, letters: tuple[Path, ...]) -> None:
    assert {file.suffix for file in letters} == {".docx", ".pdf"}
    for file in letters:
        assert piped("lint", "-", given=file.read_bytes()) == (0, b"", "")
        assert lint(file.read_bytes()) == lint(file) == ()


def test_a_letter_that_comes_in_is_held_to_the_decree(piped: Piped, letters: tuple[Path, ...]) -> None:
    from docx import Document  # noqa: PLC0415

    document: Any = Document(str(next(file for file in letters if file.suffix == ".docx")))
    document.sections[0].left_margin = 0
    spoiled = io.BytesIO()
    document.save(spoiled)
    code, out, _ = piped("lint", "-", "--json", given=spoiled.getvalue())
    told: dict[str, Any] = json.loads(out)
    assert code == 1
    assert told["file"] == "-"
    assert [finding["rule"] for finding in told["findings"]] == [
        finding.rule.id for finding in lint(spoiled.getvalue())
    ]
    assert told["findings"]


@pytest.mark.parametrize("given", [b"", b"text", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_letter_is_told(piped: Piped, given: bytes) -> None:
    code, out, err = piped("lint", "-", given=given)
    assert (code, out) == (2, b"")
    assert err.startswith("Lỗi: -: ")
    with pytest.raises(InputError):
        lint(given)


def test_a_letter_has_a_largest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dxassets.api.linting.MOST_BYTES", 100)
    with pytest.raises(InputError, match="over 100 MB"):
        lint(b"a" * 101)
    with pytest.raises(InputError, match="is no Word file"):
        lint(b"a" * 100)


# --- terminals ------------------------------------------------------------------------------------


def on_a_terminal(*arguments: str, cwd: Path) -> tuple[int, str]:
    """The exit code of a command whose streams are a terminal, and all that it shows there."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "dxassets", *arguments, "--lang", "en"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env={**os.environ, "PYTHONPATH": path}
    ) as running:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            shown += part
        code = running.wait(60)
    os.close(ours)
    return code, shown.decode()


def test_no_picture_goes_to_a_terminal(tmp_path: Path) -> None:
    for arguments in (
        ("banner", *BANNER, "-o", "-", "--format", "png"),
        ("qr", "https://a.vn/", "-o", "-", "--format", "pdf"),
        ("frame", "-", "-o", "-"),
    ):
        code, shown = on_a_terminal(*arguments, cwd=tmp_path)
        assert code == 2
        assert "is not for a terminal; send it to a file, such as > name." in shown
    code, shown = on_a_terminal("qr", "https://a.vn/", "-o", "-", "--format", "svg", cwd=tmp_path)
    assert code == 0
    assert "<svg" in shown


def test_nothing_is_awaited_from_a_keyboard(tmp_path: Path) -> None:
    code, shown = on_a_terminal("lint", "-", cwd=tmp_path)
    assert code == 2
    assert "standard input is the keyboard" in shown


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dxassets", "banner", *BANNER, "-o", "-", "--format", "png"]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
