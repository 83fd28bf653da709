"""Many offices' letters in one go: what is told of each, and that one office's fault stops nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets.api import LetterWanted, load_campaign, make_letters
from dxassets.api import letters as module
from dxassets.errors import GateError, InputError, Problem
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
