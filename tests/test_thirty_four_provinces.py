"""Every letter by which an office of the 34 provinces passes a campaign on, made and held to the decree.

The campaigns are what `dxassets init` writes; the test fills what only an office knows. A Word file of each
of the 3,321 communes and of all departments takes some minutes of a processor, so it is marked as slow; one
province with every kind of unit is tried each time.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from dxassets.api import CampaignWanted, Project, check_project, init_campaign, load_campaign
from dxassets.checks.nd30 import lint_file
from dxassets.checks.nd30.from_word import letter_of_word
from dxassets.checks.nd30.times import times_width
from dxassets.country import provinces
from dxassets.dispatch import read_letter
from dxassets.kinds.letter.planning import PlannedLetter, forwarded_letters
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import BLANK, parts

if TYPE_CHECKING:
    from pathlib import Path

FILLED = {
    "can-cu": "Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân {province}",
    "nguoi-ky": "Nguyễn Văn An",
    "ngay-bao-cao": "30/12/2026",
}
"""What the office fills in; any other hole gets a sentence."""
CAUSES = ("chuyen-doi-so", "phap-luat", "ma-tuy", "pccc")


def filled(folder: Path, province: str, cause: str) -> Project:
    """A new campaign of that province, its holes filled as an office would."""
    init_campaign(folder, CampaignWanted(province=province, cause=cause, year=2026))
    path = folder / "dispatch.md"
    text = path.read_text(encoding="utf-8")
    for hole, said in FILLED.items():
        assert f"{{{hole}}}" in text
        text = text.replace(f"{{{hole}}}", said.format(province=province))
    path.write_text(re.sub(r"\{[a-z-]+\}", "phối hợp thực hiện", text), encoding="utf-8")
    return load_campaign(folder)


def made(letter: PlannedLetter, project: Project) -> bytes:
    """The Word file of one office's letter."""
    read = read_letter(letter.dispatch, project.resources.data, forward=letter.forward)
    return letter_docx(read.dispatch, BLANK, parts())


def wrong_with(letter: PlannedLetter, project: Project) -> list[str]:
    """What is wrong with one office's letter: what the linter says, and a head that is not the office's."""
    data = made(letter, project)
    lines = [line.text for line in letter_of_word(data).lines if line.text]
    head = " ".join(lines[:6]).casefold()
    last = letter.agency.name.removeprefix("Ủy ban nhân dân ").removesuffix(f" {project.campaign.province}")
    found = [finding.rule.id for finding in lint_file(data, "a.docx", times_width)]
    return [*found, *([] if last.casefold() in head else [f"{last!r} is not in {head!r}"])]


@pytest.mark.slow
@pytest.mark.parametrize("province", provinces(), ids=lambda each: each.code)
def test_every_letter_of_a_province_is_made_and_lawful(province: Any, tmp_path: Path) -> None:
    cause = CAUSES[int(province.code) % len(CAUSES)]
    project = filled(tmp_path / "moi", province.name, cause)
    errors, warnings = check_project(project)
    assert errors == []
    assert [warning.vi for warning in warnings if "kiểm tra lại" not in warning.vi] == []
    letters = forwarded_letters(project)
    levels = Counter(letter.forward.level for letter in letters if letter.forward)
    assert levels["xa"] == len(province.communes)
    assert levels["so"] >= 10
    wrong = {letter.agency.name: told for letter in letters if (told := wrong_with(letter, project))}
    assert wrong == {}


def test_all_kinds_of_units_of_one_province_have_lawful_letters(tmp_path: Path) -> None:
    """The first and the longest name of each kind, quickly."""
    project = filled(tmp_path / "moi", "An Giang", "ma-tuy")
    assert check_project(project)[0] == []
    kinds: dict[str, list[PlannedLetter]] = {}
    for letter in forwarded_letters(project):
        kind = dict(letter.forward.words).get("loai", ("sở",))[0] if letter.forward else ""
        kinds.setdefault(kind, []).append(letter)
    assert set(kinds) == {"xã", "phường", "đặc khu", "sở"}
    for letters in kinds.values():
        for letter in (letters[0], max(letters, key=lambda each: len(each.agency.name))):
            assert wrong_with(letter, project) == [], letter.agency.name
