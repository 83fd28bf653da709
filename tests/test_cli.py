"""The command line: its words, its exit codes, its JSON, and what it must not load."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets._version import __version__
from dxassets.cli import catalog
from dxassets.errors import FitError, Problem
from dxassets.runners import tasks

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run

ROOT = Path(__file__).parent.parent
QUICK = ("--preset", "button-120x60", "--theme", "light", "--day", "10-10", "--kind", "banner")
HEAVY = {"pydantic", "pyvips", "uharfbuzz", "weasyprint", "docx", "rich", "jinja2", "numpy", "argparse"}


def loaded_by(*arguments: str, cwd: Path) -> set[str]:
    """The names of all modules that a command loads."""
    run = "import sys; from dxassets.cli.entry import main; main(sys.argv[1:])"
    code = f"{run}; sys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, cwd=cwd, check=True)
    return set(done.stderr.decode().split())


def test_help_names_every_command_in_both_languages(dxassets: Run) -> None:
    for lang, word in (("vi", "Cách dùng"), ("en", "Usage")):
        told = dxassets("--lang", lang, "--help")
        assert told.code == 0
        assert word in told.out
        assert all(f"  {name} " in told.out for name in catalog.COMMANDS)
    assert dxassets().out == dxassets("--help").out


@pytest.mark.parametrize("command", catalog.COMMANDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_command_has_help_with_an_example(dxassets: Run, command: str, lang: str) -> None:
    told = dxassets(command, "--help", f"--lang={lang}")
    assert told.code == 0
    assert f"dxassets {command}" in told.out
    assert {"vi": "Ví dụ:", "en": "Examples:"}[lang] in told.out
    if lang == "vi":
        assert not re.search(r"\b(usage|options|positional|show this)\b", told.out)


def test_the_catalog_says_the_same_in_both_languages() -> None:
    pairs = [value for value in vars(catalog).values() if isinstance(value, tuple) and len(value) == 2]
    pairs += [*catalog.COMMANDS.values(), *catalog.OPTIONS.values()]
    for vi, en in pairs:
        assert vi
        assert en
        assert set(re.findall(r"\{(\w+)", vi)) == set(re.findall(r"\{(\w+)", en))


def test_version_and_language_from_the_environment(dxassets: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dxassets("--version").out == f"dxassets {__version__}\n"
    monkeypatch.setenv("DXASSETS_LANG", "en")
    assert "Usage" in dxassets("--help").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["bild"], "Did you mean: build"),
        (["build", "--thme", "light"], "Did you mean: --theme"),
        (["build", "--theme"], "--theme needs a value"),
        (["build", "--jobs", "two"], "not a whole number"),
        (["build", "--jobs", "0"], "at least 1"),
        (["build", "--theme", "lihgt"], "Did you mean: light"),
        (["build", "--format", "bmp"], "--format: there is no 'bmp'"),
        (["build", "nowhere"], "holds no campaign.toml"),
        (["build", "--agency-name", "Sở 🎉"], "U+1F389"),
        (["build", "--agency-name", "?"], "at least one Latin letter"),
        (["verify", "nowhere"], "manifest.json"),
        (["banner", "--day", "10-10"], "missing: --theme"),
        (["banner", "--day", "10-10", "--theme", "light", "--preset", "poster-a4", "-o", "a.gif"], "suffix"),
        (["qr", "daknong.gov.vn", "-o", "a.png"], "not a full web address"),
        (["qr", "javascript:alert(1)", "-o", "a.png"], "not a full web address"),
        (["qr", "https://zalo.me/0912345678", "-o", "a.png"], "phone number"),
        (["qr", "https://dx.mic.gov.vn/", "-o", "a.jpg"], "suffix"),
        (["qr", "https://dx.mic.gov.vn/", "-o", "a.png", "--label", "🎉"], "U+1F389"),
        (["letter", "--date", "2022-02-30"], "not a real date"),
        (["letter", "--number", "12a"], "no document number"),
        (["letter", "--signer", " "], "must not be empty"),
        (["agencies", "--find", "qqq"], "no agency holds 'qqq'"),
        (["schema", "--write", "/dev/null/x.json"], "a file stands where a folder should be"),
    ],
)
def test_bad_input_is_told_without_a_traceback(
    dxassets: Run, arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = dxassets("--lang", "en", *arguments)
    assert told.code == 2
    assert words in told.err
    assert "Traceback" not in told.err
    assert not told.out
    assert not list(tmp_path.iterdir())
    assert dxassets(*arguments).code == 2


def test_a_language_that_is_none_is_told(dxassets: Run) -> None:
    told = dxassets("build", "--lang", "fr")
    assert told.code == 2
    assert "vi hoặc en" in told.err


def test_an_output_that_can_not_be_written_is_told(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    told = dxassets("build", *QUICK, "--out", tmp_path / "out", "--lang", "en")
    assert told.code == 2
    assert "a file stands where a folder should be" in told.err
    assert "--out" in told.err


def test_a_build_tells_what_became_of_it_and_is_quiet_about_the_rest(dxassets: Run, tmp_path: Path) -> None:
    first = dxassets("build", *QUICK, "--out", tmp_path)
    assert first.code == 0
    assert "1 tệp vừa làm, 0 tệp còn nguyên, 0 bỏ qua, 0 hỏng" in first.out
    assert str(tmp_path / "daknong-2022/index.html") in first.out
    again = dxassets("build", *QUICK, "--out", tmp_path, "--lang", "en")
    assert "0 made, 1 up to date" in again.out
    assert dxassets("verify", tmp_path / "daknong-2022") == type(again)(0, "", "")
    victim = next((tmp_path / "daknong-2022").rglob("*.png"))
    victim.write_bytes(b"")
    told = dxassets("verify", tmp_path / "daknong-2022")
    assert told.code == 1
    assert victim.name in told.err


def test_a_dry_run_writes_nothing(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("build", *QUICK, "--out", tmp_path / "out", "--dry-run", "--lang", "en")
    assert told.code == 0
    assert "1 to make" in told.out
    assert not (tmp_path / "out").exists()


def test_json_is_one_document_and_nothing_else(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("build", *QUICK, "--kind", "qr", "--out", tmp_path, "--json")
    document = json.loads(told.out)
    assert told.err == ""
    assert len(document["made"]) == 10
    assert len(document["skipped"]) == 3
    assert document["failed"] == []
    dry = json.loads(dxassets("build", *QUICK, "--out", tmp_path, "--json", "--dry-run").out)
    assert len(dry["up_to_date"]) == 1
    wrong = dxassets("build", "--day", "1-1", "--json")
    assert wrong.code == 2
    assert [error["where"] for error in json.loads(wrong.out)["errors"]] == ["--day"]


def test_a_failed_asset_is_told_by_name_and_the_exit_code_is_1(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def fail(*_: object) -> object:
        raise FitError(Problem("slogan", "không vừa", "does not fit"))

    monkeypatch.setattr(tasks, "render", fail)
    told = dxassets("build", *QUICK, "--out", tmp_path)
    assert told.code == 1
    assert (
        "HỎNG so-thong-tin-va-truyen-thong/banner/10-10/light/button-120x60.png: slogan: không vừa"
        in told.err
    )
    assert "1 hỏng" in told.out


def test_ctrl_c_says_how_to_go_on(dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def interrupt(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "render", interrupt)
    told = dxassets("build", *QUICK, "--out", tmp_path)
    assert told.code == 130
    assert "chạy lại đúng lệnh này" in told.err


def test_lists_are_by_id(dxassets: Run) -> None:
    assert dxassets("themes").out.splitlines()[0].split()[0] == "digital"
    assert "share-1200x630" in dxassets("presets").out
    assert len(dxassets("agencies").out.splitlines()) == 128
    assert len(json.loads(dxassets("presets", "--json").out)) >= 26
    assert [theme["id"] for theme in json.loads(dxassets("themes", "--json").out)] == [
        "digital",
        "brocade",
        "formal",
        "light",
        "photo",
        "poster",
    ]
    assert dxassets("themes", "--lang", "en").out.splitlines()[-1].endswith("(only when asked for by name)")


@pytest.mark.parametrize("text", ["cu jut", "CƯ JÚT", "Cư Jút", "jut cu"])
def test_agencies_are_found_without_marks(dxassets: Run, text: str) -> None:
    assert "ubnd-huyen-cu-jut" in dxassets("agencies", "--find", text).out


def test_check_tells_errors_before_warnings(dxassets: Run, copy: CampaignCopy) -> None:
    assert dxassets("check").code == 0
    copy.edit('short = "Vì', 'short = "🎉 Vì', count=1)
    told = dxassets("check", copy.folder, "--lang", "en")
    assert told.code == 2
    lines = told.err.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["Error", "Note"]
    assert "days[0].slogan.short" in lines[0]
    document = json.loads(dxassets("check", copy.folder, "--json").out)
    assert len(document["errors"]) == len(document["warnings"]) == 1


def test_the_schema_is_printed_and_written(dxassets: Run, tmp_path: Path) -> None:
    printed = json.loads(dxassets("schema").out)
    assert {"id", "days", "title"} <= set(printed["required"])
    assert dxassets("schema", "--write", tmp_path / "s.json").code == 0
    assert json.loads((tmp_path / "s.json").read_bytes()) == printed


def test_help_names_every_schema_and_its_examples_write_them(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = dxassets("schema", "--help").out
    (tmp_path / "campaigns").mkdir()
    monkeypatch.chdir(tmp_path)
    lines = [line.strip() for line in told.splitlines() if line.strip().startswith("dxassets schema --write")]
    assert [dxassets(*line.split()[1:]).code for line in lines] == [0, 0]
    for file in sorted(Path("campaigns").iterdir()):
        named = json.loads(file.read_bytes())["title"]
        assert named in told
        assert file.read_bytes() == (ROOT / "campaigns" / file.name).read_bytes()  # as the bundled ones are


def test_single_assets_go_where_they_are_told(dxassets: Run, tmp_path: Path) -> None:
    banner = tmp_path / "a/b.JPEG"
    told = dxassets(
        "banner",
        "--day",
        "10-10",
        "--theme",
        "digital",
        "--preset",
        "rectangle-300x250",
        "--agency-name",
        "A & B <c>",
        "-o",
        banner,
    )
    assert told.code == 0, told.err
    assert banner.read_bytes()[:3] == b"\xff\xd8\xff"
    for suffix, magic in (("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")):
        code = tmp_path / f"qr.{suffix}"
        assert dxassets("qr", "https://dx.mic.gov.vn/", "-o", code).code == 0
        assert magic in code.read_bytes()[:200]
    assert dxassets("letter", "--number", "12", "--date", "2022-09-21", "-o", tmp_path / "l").code == 0
    assert sorted(path.name for path in (tmp_path / "l").iterdir()) == ["cong-van.docx", "cong-van.pdf"]


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    assert not loaded_by("--help", cwd=tmp_path) & {*HEAVY, "typing", "dataclasses"}


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_a_qr_code_waits_for_neither_weasyprint_nor_docx(tmp_path: Path, suffix: str) -> None:
    assert not loaded_by("qr", "https://dx.mic.gov.vn/", "-o", f"a.{suffix}", cwd=tmp_path) & {
        "weasyprint",
        "docx",
    }


def test_a_console_that_is_not_utf_8_still_reads_vietnamese() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "dxassets"]
    done = subprocess.run([*command, "--help"], capture_output=True, env=environment, cwd=ROOT, check=True)
    assert "Cách dùng" in done.stdout.decode()
    done = subprocess.run([*command, "bild"], capture_output=True, env=environment, cwd=ROOT, check=False)
    assert "không có lệnh" in done.stderr.decode()


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "dxassets", "agencies"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
