"""What commands may be asked: the campaign first, slips named, and the same choices as the API's."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets.api.approval_sheet import SHEET_FORMATS, WAYS
from dxassets.api.framing import PHOTO_FORMATS, STYLES
from dxassets.cli import catalog, options
from dxassets.cli.examples import EXAMPLES
from dxassets.dispatch import PDF_VARIANTS

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run

ROOT = Path(__file__).parent.parent
ABOUT_A_CAMPAIGN = (
    "agencies banner build check letter loop presets serve sheet site themes".split()
)  # its first argument; `frame` and `qr` begin with what they are about
BANNER = ("--day", "10-10", "--theme", "light", "--preset", "button-120x60")


def flags(command: str) -> list[str]:
    return [flag for action in options.parser_of(command, "vi").actions for flag in action.option_strings]


def places(command: str) -> list[str]:
    return [action.dest for action in options.parser_of(command, "vi").actions if not action.option_strings]


@pytest.mark.parametrize("command", catalog.COMMANDS)
def test_the_campaign_is_the_first_argument_of_every_command_that_takes_one(command: str) -> None:
    assert (places(command)[:1] == ["campaign"]) == (command in ABOUT_A_CAMPAIGN)
    assert ("--campaign" in flags(command)) == (
        command in {*ABOUT_A_CAMPAIGN, "frame", "qr", "register", "copy", "report"}
    )


@pytest.mark.parametrize("command", sorted({*ABOUT_A_CAMPAIGN, "frame", "qr"} - {"serve"}))
def test_a_campaign_is_understood_as_argument_and_as_option(
    dxassets: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    more = {
        "banner": (*BANNER, "-o", "a.png"),
        "build": ("--dry-run",),
        "frame": ("a.jpg", "-o", "b"),
        "qr": ("https://a.vn/", "-o", "a.png"),
        "loop": ("-o", "a.gif"),
        "sheet": ("-o", "a.pdf"),
    }.get(command, ())
    asked = [("--campaign", "nowhere", *more), (*more, "--campaign=nowhere")]
    asked += [("nowhere", *more), (*more, "nowhere")] if command in ABOUT_A_CAMPAIGN else []
    for arguments in asked:
        told = dxassets(command, *arguments, "--lang", "en")
        assert told.code == 2
        assert "nowhere: holds no campaign.toml" in told.err, arguments
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ABOUT_A_CAMPAIGN)
def test_two_campaigns_are_one_too_many(dxassets: Run, command: str) -> None:
    more = {"banner": (*BANNER, "-o", "a.png"), "loop": ("-o", "a.gif"), "sheet": ("-o", "a.pdf")}.get(
        command, ()
    )
    told = dxassets(command, "one", "--campaign", "two", *more, "--lang", "en")
    assert told.code == 2
    assert "--campaign: 'two' is another than" in told.err


def test_the_same_campaign_twice_is_one(dxassets: Run) -> None:
    assert dxassets("check", "daknong-2022", "--campaign", "daknong-2022").code == 0


def test_letter_banner_and_qr_are_of_the_campaign_that_is_named(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path
) -> None:
    copy.edit("Ngày Chuyển đổi số quốc gia", "Ngày Hội làng", count=-1)
    banner = tmp_path / "a.svg"
    told = dxassets("banner", copy.folder, *BANNER[:4], "--preset", "share-1200x630", "-o", banner)
    assert told.code == 0, told.err
    assert "Ngày Hội làng" in banner.read_text()
    assert dxassets("letter", copy.folder, "-o", tmp_path / "letter").code == 0
    assert {file.name for file in (tmp_path / "letter").iterdir()} == {"cong-van.docx", "cong-van.pdf"}
    code = dxassets("qr", "https://a.vn/", "--campaign", copy.folder, "-o", tmp_path / "b.svg")
    assert code.code == 0, code.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("frame", "daknong-2022", "a.jpg", "-o", "b"), "daknong-2022: is a campaign, no photo"),
        (("frame", "{campaign}", "a.jpg", "-o", "b"), "is a campaign, no photo"),
        (
            ("qr", "daknong-2022", "https://a.vn/", "-o", "a.png"),
            "not understood: https://a.vn/. The campaign is given by",
        ),
    ],
)
def test_a_campaign_where_there_is_none_is_told_with_the_option(
    dxassets: Run, copy: CampaignCopy, arguments: tuple[str, ...], words: str
) -> None:
    told = dxassets(*(each.format(campaign=copy.folder) for each in arguments), "--lang", "en")
    assert told.code == 2
    assert words in told.err
    assert "--campaign" in told.err


@pytest.mark.parametrize("name", ["a" * 5000, "a/" * 3000, "a\x00b"])
def test_no_name_of_a_campaign_is_too_strange_to_be_told(dxassets: Run, name: str) -> None:
    for arguments in (("check", name), ("frame", "a.jpg", "-o", "b", "--campaign", name)):
        told = dxassets(*arguments, "--lang", "en")
        assert told.code == 2
        assert "holds no campaign.toml" in told.err


# --- slips ----------------------------------------------------------------------------------------


def slipped(flag: str) -> str:
    """The option with one letter doubled."""
    return flag[:4] + flag[3] + flag[4:]


@pytest.mark.parametrize("command", catalog.COMMANDS)
def test_every_slip_in_an_options_name_is_named_with_the_nearest(dxassets: Run, command: str) -> None:
    for flag in flags(command):
        if not flag.startswith("--") or flag == "--lang":
            continue
        told = dxassets(command, slipped(flag), "x", "--lang", "en")
        assert told.code == 2
        assert (
            f"not understood: {slipped(flag)}. Did you mean: {flag}? See: dxassets {command} --help"
            in told.err
        )
        again = dxassets(command, f"{slipped(flag)}=x", "--lang", "en")
        assert f"not understood: {slipped(flag)}. Did you mean: {flag}?" in again.err


def test_a_slip_is_told_before_what_is_missing_and_every_slip_at_once(dxassets: Run) -> None:
    told = dxassets("banner", "--prest", "x", "--thme", "y", "-q")
    assert told.code == 2
    assert [line.partition(". ")[0] for line in told.err.splitlines()] == [
        "Lỗi: không hiểu: --prest",
        "Lỗi: không hiểu: --thme",
        "Lỗi: không hiểu: -q",
    ]
    assert "Có phải là: --preset?" in told.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("frame", "--rotate", "-5", "--zoom", "x", "-o", "b", "a.jpg"),  # a number, no option
        ("frame", "--zoom", "x", "-o", "b", "--", "-a.jpg"),  # what follows -- is none
        ("frame", "--zoom", "x", "-ob", "a.jpg"),  # a value joined to its option
        ("frame", "--zoom", "x", "-o", "-", "a.jpg"),
        ("frame", "--zoom", "x", "-o", "b", "- a.jpg"),  # words with a blank
    ],
)
def test_what_is_no_option_is_not_taken_for_one(dxassets: Run, arguments: tuple[str, ...]) -> None:
    told = dxassets(*arguments, "--lang", "en")
    assert told.code == 2
    assert "--zoom: 'x' is not a number" in told.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("build", "--kind", "baner"), "Did you mean: banner?"),
        (("build", "--format", "wepb"), "Did you mean: webp"),
        (("build", "--theme", "digtal"), "Did you mean: digital?"),
        (("build", "--day", "10-1"), "Did you mean: 10-10"),
        (("build", "--preset", "poster-a"), "Did you mean: poster-a"),
        (("build", "--agency", "so-noi-v"), "Did you mean: so-noi-vu"),
        (("letter", "--pdf-variant", "pdf/a-2"), "Did you mean: pdf/a-2a"),
        (("sheet", "--by", "prest", "-o", "a.pdf"), "Did you mean: preset?"),
        (("frame", "a.jpg", "-o", "b", "--style", "rng"), "Did you mean: ring?"),
        (("frame", "a.jpg", "-o", "b", "--format", "weppb"), "Did you mean: webp?"),
        (("banner", *BANNER, "-o", "a.pgn"), "Did you mean: .png"),
        (("qr", "https://a.vn/", "-o", "a.svgg"), "Did you mean: .svg?"),
        (("completion", "bassh"), "Did you mean: bash?"),
        (("buidl",), "there is no command 'buidl'. Did you mean: build"),
        (("xyzzy",), "there is no command 'xyzzy'. See: dxassets --help"),
        (("--verson",), "not understood: --verson. Did you mean: --version"),
        (("-v",), "not understood: -v. Did you mean: -h, -V?"),
        (("--quiet=yes", "build"), "not understood: --quiet. See: dxassets --help"),
    ],
)
def test_a_slip_in_a_choice_is_told_with_the_nearest(
    dxassets: Run, arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = dxassets(*arguments, "--lang", "en")
    assert told.code == 2
    assert words in told.err
    assert not list(tmp_path.iterdir())


# --- choices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "known"),
    [
        (options.PHOTO_FORMATS, PHOTO_FORMATS),
        (options.SHEET_FORMATS, SHEET_FORMATS),
        (options.PDF_VARIANTS, PDF_VARIANTS),
        (options.WAYS, WAYS),
        (options.STYLES, STYLES),
    ],
)
def test_help_shows_the_choices_that_there_are(shown: str, known: tuple[str, ...]) -> None:
    assert tuple(shown.split("|")) == known


def commands_in(text: str) -> Iterator[list[str]]:
    """The words of every line of a text, or code in a table, that is a command of ours."""
    for line in re.findall(r"(?m)^\s*(dxassets .*)$|\| `(dxassets [^`]*)`", text):
        words = shlex.split("".join(line).replace("LỆNH", "build").replace("COMMAND", "build"), comments=True)
        ends = [words.index(sign) for sign in "<>|" if sign in words]
        yield words[1 : min(ends, default=len(words))]


def test_examples_are_understood() -> None:
    texts = [*EXAMPLES.values()]
    texts += [path.read_text(encoding="utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))]
    seen: set[str] = set()
    for text in texts:
        for words in commands_in(text):
            if words and words[0] in catalog.COMMANDS and "…" not in words:
                seen.add(words[0])
                options.parser_of(words[0], "en").read(words[1:])
    assert seen == set(catalog.COMMANDS)


def test_every_command_says_what_it_may_be_asked() -> None:
    for command in catalog.COMMANDS:
        assert flags(command)[-3:] == ["-h", "--help", "--lang"]


def test_the_version_has_a_short_name(dxassets: Run) -> None:
    assert dxassets("-V") == dxassets("--version")
    assert "-V, --version" in dxassets("--help").out
