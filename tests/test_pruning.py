"""What is taken away on wish, and what never is: others' files, and what can be asked for again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Progress, Project, Wanted, build, plan, planning, preview
from dxassets.api.left_lying import of_gone_office
from dxassets.api.planning import PlanStream
from dxassets.errors import GateError, Problem
from dxassets.jobs import Plan
from dxassets.runners import tasks
from dxassets.store import peek, read_root
from tests.shard_support import LIMIT, OFFICES, WANTED, look


def without_day(project: Project, day: str) -> Project:
    days = tuple(each for each in project.campaign.days if each.id != day)
    return replace(project, campaign=project.campaign.model_copy(update={"days": days}))


def refused(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Let the gate refuse all pictures of a day."""
    real = tasks.check

    def check(job: Any, rendered: Any) -> Any:
        if job.day == day:
            raise GateError(Problem(job.path, "hỏng", "broken"))
        return real(job, rendered)

    monkeypatch.setattr(tasks, "check", check)


@pytest.mark.parametrize("themes", [("poster",), ("light",)])
def test_what_can_be_asked_for_again_is_kept(
    project: Project, tmp_path: Path, themes: tuple[str, ...]
) -> None:
    """A theme that no build takes by itself, a draft of another format: not named today, and yet not old."""
    asked = replace(Wanted(OFFICES[:1], **look("10-10")), themes=themes, formats=("webp", "png"))
    before = build(project, asked, out=tmp_path)
    report = build(project, Wanted(OFFICES[:1], **look("01-11")), out=tmp_path, prune=True)
    assert report.pruned == ()
    assert all((before.folder / path).is_file() for path in before.made)


def test_a_preview_tells_what_would_be_taken_away(project: Project, tmp_path: Path) -> None:
    made = build(project, Wanted(OFFICES[:1], **look("10-10")), out=tmp_path).made
    later, wide = without_day(project, "10-10"), Wanted(OFFICES[:1])
    assert preview(later, wide, out=tmp_path).left == made
    assert preview(project, wide, out=tmp_path).left == ()


def test_files_of_no_office_stay_where_an_office_is_gone(project: Project, tmp_path: Path) -> None:
    build(project, WANTED, out=tmp_path)
    (record, *_) = peek(tmp_path / project.campaign.id).records.values()
    shared = replace(record, agency="")
    others = replace(record, kind="a kind that is not installed")
    assert of_gone_office(record.agency, [record, shared, others]) == [record]


@pytest.mark.parametrize("most", [3, 100])
def test_a_manifest_of_somebody_else_stays(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """A web app's, in a folder of its own or in an office's: nothing is said of it, and it stops no build."""
    monkeypatch.setattr(LIMIT, most)
    folder = tmp_path / project.campaign.id
    theirs = {"my-app/manifest.json": b'{"name": "my app", "format": 3}'}
    if most == 100:
        theirs["so-noi-vu/manifest.json"] = b'{"name": "another"}'
    for path, data in theirs.items():
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(data)
    report = build(project, WANTED, out=tmp_path)
    assert report.notes == ()
    again = build(project, WANTED, out=tmp_path, prune=True)
    assert (again.made, again.notes) == ((), ())
    assert {path: (folder / path).read_bytes() for path in theirs} == theirs


def test_previews_of_agencies_that_were_not_asked_for_stay(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shards that become few enough for one piece were looked at only where somebody asked."""
    monkeypatch.setattr(LIMIT, 3)
    pages = Wanted(
        OFFICES, days=("10-10", "01-11"), themes=("light",), presets=("share-1200x630",), formats=("pdf",),
        kinds=("banner",),
    )  # fmt: skip
    folder = build(project, pages, out=tmp_path).folder
    assert read_root(folder) is not None
    shown = {path.stem for path in (folder / ".dxassets/previews").glob("*.webp")}
    assert len(shown) == 4
    later = without_day(project, "10-10")
    report = build(later, replace(pages, agencies=OFFICES[:1], days=("01-11",)), out=tmp_path, prune=True)
    assert len(report.pruned) == 1
    kept = {record.sha256 for record in peek(folder).records.values()}
    assert len(kept) == 3
    assert kept <= {path.stem for path in (folder / ".dxassets/previews").glob("*.webp")}


def test_a_first_build_that_was_stopped_loses_nothing_and_says_so(project: Project, tmp_path: Path) -> None:
    class EnoughError(Exception):
        """Two of four."""

    def stop(progress: Progress) -> None:
        if progress.done == 2:
            raise EnoughError

    with pytest.raises(EnoughError):
        build(project, WANTED, out=tmp_path, observer=stop)
    report = build(project, WANTED, out=tmp_path)
    assert (len(report.made), len(report.up_to_date), report.notes) == (2, 2, ())


@pytest.mark.parametrize("most", [3, 100])
def test_what_could_not_be_made_and_is_named_no_longer_is_forgotten(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(LIMIT, most)
    both = replace(WANTED, days=("10-10", "01-11"))
    with pytest.MonkeyPatch.context() as patch:
        refused(patch, "10-10")
        report = build(project, both, out=tmp_path)
    assert len(report.failed) == 4
    narrow = build(project, Wanted(OFFICES[:1], **look("01-11")), out=tmp_path)
    assert any("button-120x60" in path for path in still_failed(narrow.folder)), "it may be mended"
    monkeypatch.setattr("dxassets.api.assembling.is_narrow", lambda _: False)  # as if all had been asked for
    wide = build(without_day(project, "10-10"), replace(both, days=("01-11",)), out=tmp_path)
    assert wide.failed == ()
    assert still_failed(wide.folder) == set()


def still_failed(folder: Path) -> set[str]:
    """What the manifest says could not be made."""
    text = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("manifest.json"))
    return {line for line in text.splitlines() if "broken" in line}


# --- plans of many offices ------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [OFFICES, (*OFFICES, "so-thong-tin-va-truyen-thong")])
def test_what_a_kind_plans_with_everybody_is_planned_once(
    project: Project, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    """The issuing office's own file, which another package's kind plans whoever is asked for."""
    monkeypatch.setattr("dxassets.api.planning.AGENCIES_AT_ONCE", 1)
    issuer = plan(project, Wanted(**look("10-10"))).jobs
    real = planning.plan_selection

    def with_issuer(*arguments: Any, **options: Any) -> Plan:
        found = real(*arguments, **options)
        return replace(found, jobs=tuple({job.path: job for job in (*found.jobs, *issuer)}.values()))

    monkeypatch.setattr(planning, "plan_selection", with_issuer)
    parts = list(PlanStream(project, Wanted(asked, **look("10-10"))).parts())
    paths = [job.path for part in parts for job in part.jobs]
    assert len(paths) == len(set(paths)) == 3
    folders = [sorted({job.agency for job in part.jobs}) for part in parts]
    assert folders == [["so-noi-vu"], ["so-tu-phap"], ["so-thong-tin-va-truyen-thong"]]
