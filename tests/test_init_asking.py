"""`dxassets init` on a terminal: few questions, each with a default; whoever stops leaves nothing behind."""

from __future__ import annotations

import io
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from dxassets.api import CampaignWanted, load_campaign
from dxassets.cli.asking import Questions, Stopped
from dxassets.cli.messages import ASK_PROVINCE
from dxassets.cli.speaker import Speaker
from dxassets.cli.starting import asked
from dxassets.resources import Resources, bundled_root

pty = pytest.importorskip("pty", reason="a terminal is POSIX")
ROOT = Path(__file__).parent.parent
RESOURCES = Resources((bundled_root(),))
SECONDS = 60
OWN_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C reaches this process
from dxassets.__main__ import main
sys.exit(main())
"""


class Terminal:
    """A command with a terminal of its own, which waits for each question before it answers."""

    def __init__(self, arguments: Sequence[str], folder: Path) -> None:
        self._master, slave = pty.openpty()
        command = [sys.executable, "-c", OWN_TERMINAL, *arguments]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DXASSETS_LANG": "vi"}
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.said = ""
        self._heard = 0

    def expect(self, words: str) -> None:
        """Read until `words` are said, after what was expected before."""
        while words not in self.said[self._heard :]:
            if not self._read():
                pytest.fail(f"{words!r} was never said: {self.said}")
        self._heard = self.said.index(words, self._heard) + len(words)

    def answer(self, text: str) -> None:
        """Type."""
        os.write(self._master, text.encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        os.close(self._master)
        return self._process.wait(SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], SECONDS)
        if not ready:
            pytest.fail(f"silence after: {self.said}")
        try:
            data = os.read(self._master, 4096)
        except OSError:  # the other end is closed
            return False
        self.said += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)


def test_questions_are_asked_with_defaults_and_asked_again(tmp_path: Path) -> None:
    screen = Terminal(["init", "gia-lai-2026", "--year", "2026"], tmp_path)
    screen.expect("Tỉnh, thành phố nào?")
    screen.answer("\n")
    screen.expect("phải trả lời")
    screen.answer("Đắk Nông\n")
    screen.expect("Có phải là: tỉnh Lâm Đồng?")
    screen.answer("gia lai\n")
    screen.expect("[chuyen-doi-so]")
    screen.answer("phap luat\n")
    screen.expect("[Sở Tư pháp tỉnh Gia Lai]")
    screen.answer("\n")
    assert screen.end() == 0, screen.said
    campaign = load_campaign(tmp_path / "gia-lai-2026").campaign
    assert (campaign.province, campaign.year, campaign.issuing_agency) == ("tỉnh Gia Lai", 2026, "so-tu-phap")
    assert screen.said.count("?") == 3 + 1 + 1 + 1  # the province thrice, cause, issuer; “Có phải là”


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "end of input"])
def test_whoever_stops_leaves_nothing(key: str, tmp_path: Path) -> None:
    screen = Terminal(["init", "moi", "--year", "2026"], tmp_path)
    screen.expect("Tỉnh, thành phố nào?")
    screen.answer(key)
    assert screen.end() == 130
    assert "chưa ghi gì cả" in screen.said
    assert "Traceback" not in screen.said
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_taken_is_told_before_any_question(tmp_path: Path) -> None:
    (tmp_path / "moi").mkdir()
    (tmp_path / "moi/a.txt").write_text("a")
    screen = Terminal(["init", "moi"], tmp_path)
    assert screen.end() == 2
    assert "?" not in screen.said


def answers(*lines: str) -> Questions:
    return Questions(Speaker("en"), io.StringIO("".join(f"{line}\n" for line in lines)))


def test_a_day_is_asked_for_where_the_cause_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = CampaignWanted(province="Huế", cause="bau-cu")
    found = asked(wanted, answers("2026", "30/2", "15/3", "", ""), RESOURCES, this_year=2025)
    assert (found.year, found.day) == (2026, "15/3")
    assert found.day_name == "Ngày bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân các cấp"
    assert found.issuer == "Ủy ban nhân dân thành phố Huế"
    assert "2026 has no day 30/2" in capsys.readouterr().err


def test_a_cause_may_be_chosen_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(CampaignWanted(province="Huế"), answers("", "3", ""), RESOURCES, this_year=2026)
    assert f"3. {found.cause}:" in capsys.readouterr().err
    assert found.year == 2026


def test_what_the_command_says_is_not_asked() -> None:
    wanted = CampaignWanted("Huế", 2026, "trong", "2025", "5/6", "Ngày Xanh", "so-y-te")
    assert asked(wanted, answers(), RESOURCES, this_year=2026) == wanted


def test_an_input_that_ends_stops_the_questions() -> None:
    with pytest.raises(Stopped):
        answers().ask(ASK_PROVINCE, str)
