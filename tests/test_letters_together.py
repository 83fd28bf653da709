"""Many offices' letters in one go: what is told of each, and that one office's fault stops nobody else."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets.api import LetterWanted, load_campaign, make_letters
from dxassets.api import letters as module
from dxassets.errors import GateError, InputError, Problem
from dxassets.kinds.letter.parts import NAME_PHRASES, name_lines
from dxassets.vietnamese import break_costs
from tests.test_thirty_four_provinces import filled

if TYPE_CHECKING:
    from dxassets.jobs import AnyJob
    from dxassets.resources import Resources
    from tests.conftest import Run

THREE = ("ubnd-phuong-chau-doc", "so-y-te", "ubnd-dac-khu-phu-quoc")


@pytest.mark.parametrize("cause", ["chuyen-doi-so", "ma-tuy"])
def test_no_office_is_told_that_its_symbol_is_not_the_issuers(cause: str, tmp_path: Path) -> None:
    """A department's symbol is its own, whether a department or the committee issues the campaign."""
    project = filled(tmp_path / "moi", "An Giang", cause)
    made = make_letters(project, tmp_path / "out", wanted=LetterWanted(agencies=THREE))
    assert len(made.files) == 6
    assert made.notices == ()
    assert (made.skipped, made.failed) == ((), ())


def test_the_issuers_own_symbol_is_still_doubted(tmp_path: Path) -> None:
    folder = tmp_path / "moi"
    filled(folder, "An Giang", "chuyen-doi-so")
    text = (folder / "dispatch.md").read_text(encoding="utf-8")
    assert '"/SKHCN-' in text
    (folder / "dispatch.md").write_text(text.replace('"/SKHCN-', '"/STP-'), encoding="utf-8")
    made = make_letters(load_campaign(folder), tmp_path / "out", wanted=LetterWanted())
    assert [notice.where for notice in made.notices] == ["dispatch.md:7"]
    assert "“STP” không giống chữ viết tắt" in made.notices[0].vi


def refusing(monkeypatch: pytest.MonkeyPatch, *refused: str) -> None:
    """The gate refuses the Word files of those agencies."""
    finished = module.finished_with_findings

    def finish(job: AnyJob, resources: Resources) -> object:
        if job.agency in refused and job.spec.format == "docx":
            raise GateError(Problem("cong-van.docx", "sai thể thức", "is against the decree"))
        return finished(job, resources)

    monkeypatch.setattr(module, "finished_with_findings", finish)


def test_one_office_whose_letter_is_refused_is_told_by_name_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dxassets: Run
) -> None:
    filled(tmp_path / "moi", "An Giang", "ma-tuy")
    refusing(monkeypatch, "so-y-te")
    asked = [argument for agency in THREE for argument in ("--agency", agency)]
    told = dxassets("letter", tmp_path / "moi", *asked, "-o", tmp_path / "out")
    assert told.code == 1
    assert "Lỗi: Sở Y tế tỉnh An Giang: cong-van.docx: sai thể thức" in told.err
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert made == {
        f"{agency}/cong-van.{suffix}" for agency in THREE if agency != "so-y-te" for suffix in ("docx", "pdf")
    }


def test_where_every_letter_is_refused_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = filled(tmp_path / "moi", "An Giang", "ma-tuy")
    refusing(monkeypatch, *THREE)
    with pytest.raises(InputError, match="against the decree"):
        make_letters(project, tmp_path / "out", wanted=LetterWanted(agencies=THREE))
    assert not (tmp_path / "out").exists()


def test_a_letterhead_of_many_words_is_broken_at_once() -> None:
    """Every way to break 42 words is beyond any machine: only those worth following are measured."""
    asked: list[str] = []

    def width(text: str) -> float:
        asked.append(text)
        return float(len(text))

    name = " ".join(["Vĩnh", "Thạnh", "Trung", "Hưng", "Thịnh", "An"] * 7)
    lines = name_lines(name, width, 30.0)
    assert " ".join(lines) == name
    assert max(map(len, lines)) <= 30
    assert len(asked) < 2000


@pytest.mark.parametrize("count", range(1, 10))
def test_a_letterhead_is_broken_as_trying_every_way_would(count: int) -> None:
    """Held against the search through all ways, for names that it still finds an end for."""
    words = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh - An Giang".split()[:count]
    name, column = " ".join(words), 17.0
    parts, costs = break_costs(name, NAME_PHRASES)
    ways: list[tuple[float, tuple[str, ...]]] = []
    for lines in range(1, len(parts) + 1):
        for breaks in combinations(range(1, len(parts)), lines - 1):
            said = tuple(" ".join(parts[a:b]) for a, b in pairwise((0, *breaks, len(parts))))
            widths = [len(each) for each in said]
            if max(widths) <= column:
                dashes = sum(2.0 for each in said[:-1] if each.endswith("-"))
                cost = (max(widths) - min(widths)) / column + dashes + sum(costs[at - 1] for at in breaks)
                ways.append((cost, said))
        if ways:
            break
    assert name_lines(name, lambda text: float(len(text)), column) == min(ways)[1]
