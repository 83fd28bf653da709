"""What Nghị định 30 refuses is refused whichever way a letter is asked for; all letters are in manifests."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dxassets.api import (
    LetterWanted,
    Project,
    SiteWanted,
    Wanted,
    build,
    build_site,
    load_campaign,
    make_letters,
    plan,
    verify,
)
from dxassets.api.hosting import host_site
from dxassets.api.live import make_live
from dxassets.dispatch import Edition, LetterFill
from dxassets.errors import GateError, InputError
from dxassets.jobs import Rendered
from dxassets.kinds.registry import check, render
from dxassets.store import read_manifest
from tests.server_support import SMALL as SMALL_SITE

ROOT = Path(__file__).parent.parent
ISSUER = "so-thong-tin-va-truyen-thong"
THESIS = "ThS. Nguyễn Văn A"
LETTERS = Wanted(kinds=("letter",))
Way = Callable[[Project, LetterFill, Path], object]


def said(fill: LetterFill) -> dict[str, str]:
    """The same as a request says it."""
    told = {"signer": fill.signer, "number": fill.number, "date": fill.date}
    return {name: str(value) for name, value in told.items() if value is not None}


WAYS: dict[str, Way] = {
    "letter": lambda project, fill, out: make_letters(
        project, out, wanted=LetterWanted(fill.number, fill.date, fill.signer)
    ),
    "build": lambda project, fill, out: build(project, replace(LETTERS, letter=fill), out=out),
    "site": lambda project, fill, out: build_site(
        project, out / "site", wanted=replace(SMALL_SITE, letter=fill), built=out / "built"
    ),
    "serve": lambda project, fill, out: host_site(
        project, replace(SMALL_SITE, letter=fill), limits={}, built=out
    ),
    "api": lambda project, fill, _out: make_live(project, "letter", said(fill)),
}
EVERY_WAY = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def altered(folder: Path, old: str, new: str) -> Project:
    """The bundled campaign with one line of its dispatch changed."""
    shutil.copytree(ROOT / "campaigns" / "daknong-2022", folder, dirs_exist_ok=True)
    text = (folder / "dispatch.md").read_text(encoding="utf-8")
    assert old in text
    (folder / "dispatch.md").write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_campaign(folder)


@EVERY_WAY
def test_a_degree_before_the_signer_is_refused(way: Way, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\[S2,"):
        way(load_campaign(), LetterFill(signer=THESIS), tmp_path)
    assert not list(tmp_path.rglob("*.docx"))
    assert not list(tmp_path.rglob("*.pdf"))


@EVERY_WAY
def test_a_filing_line_with_two_units_is_refused(way: Way, tmp_path: Path) -> None:
    project = altered(tmp_path / "campaign", 'filing = "VT, CNTT, TTBXCB"', 'filing = "VP, CNTT"')
    with pytest.raises(InputError, match=r"\[R3,"):
        way(project, LetterFill(), tmp_path / "out")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").rglob("cong-van*"))


@EVERY_WAY
def test_a_date_before_the_decree_is_refused(way: Way, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="in force since 2020-03-05"):
        way(load_campaign(), LetterFill(date=datetime.date(2020, 3, 4)), tmp_path)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_gate_reads_the_finished_file_itself(suffix: str) -> None:
    """Whatever came past the plan, the file's own words are held to the decree."""
    project = load_campaign()
    job = plan(project, replace(LETTERS, formats=(suffix,))).jobs[0]
    lawful = render(job, project.resources)
    check(job, lawful)
    unlawful: Rendered = render(replace(job, spec=replace(job.spec, signer=THESIS)), project.resources)
    with pytest.raises(GateError, match=r"\[S2,"):
        check(job, unlawful)


def test_forwarded_letters_and_annex_parts_go_through_manifest_and_verify(tmp_path: Path) -> None:
    project = load_campaign()
    wanted = replace(
        LETTERS,
        agencies=(ISSUER, "ubnd-huyen-cu-jut", "so-noi-vu"),
        split_annex=True,
        edition=Edition(draft=True),
    )
    report = build(project, wanted, out=tmp_path)
    assert report.exit_code == 0
    manifest = read_manifest(report.folder)
    assert manifest is not None
    assert [record.path for record in manifest.assets] == [
        "so-noi-vu/letter/cong-van.docx",
        "so-noi-vu/letter/cong-van.pdf",
        f"{ISSUER}/letter/cong-van-phu-luc.docx",
        f"{ISSUER}/letter/cong-van-phu-luc.pdf",
        f"{ISSUER}/letter/cong-van.docx",
        f"{ISSUER}/letter/cong-van.pdf",
        "ubnd-huyen-cu-jut/letter/cong-van.docx",
        "ubnd-huyen-cu-jut/letter/cong-van.pdf",
    ]
    assert len({record.key for record in manifest.assets}) == 8
    alts = {record.path.partition("/")[0]: record.alt for record in manifest.assets}
    assert alts["so-noi-vu"].startswith("Công văn của Sở Nội vụ tỉnh Đắk Nông.")
    assert "forward.md" in manifest.assets[0].inputs
    assert "dispatch.md" in manifest.assets[0].inputs
    assert verify(report.folder) == []
    final = build(project, replace(wanted, edition=Edition()), out=tmp_path)
    assert len(final.made) == 8  # a draft is not its final
    letter = report.folder / "so-noi-vu" / "letter" / "cong-van.docx"
    letter.write_bytes(letter.read_bytes() + b"x")
    assert [problem.where for problem in verify(report.folder)] == ["so-noi-vu/letter/cong-van.docx"]


def test_an_edited_template_makes_forwarded_letters_again(tmp_path: Path) -> None:
    folder = tmp_path / "campaign"
    shutil.copytree(ROOT / "campaigns" / "daknong-2022", folder)
    wanted = replace(LETTERS, agencies=("so-noi-vu",), formats=("docx",))
    before = plan(load_campaign(folder), wanted).jobs[0].key
    text = (folder / "forward.md").read_text(encoding="utf-8")
    (folder / "forward.md").write_text(text + "\n", encoding="utf-8")
    assert plan(load_campaign(folder), wanted).jobs[0].key != before


def test_nobody_elses_letter_bears_the_same_number(tmp_path: Path) -> None:
    wanted = replace(LETTERS, all_agencies=True, letter=LetterFill("12"))
    with pytest.raises(InputError, match="one agency's"):
        build(load_campaign(), wanted, out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_site_asks_for_the_issuers_letter_only(tmp_path: Path) -> None:
    site = build_site(
        load_campaign(),
        tmp_path / "site",
        wanted=SiteWanted(
            agencies=("so-noi-vu",), days=("10-10",), themes=("light",), presets=("button-120x60",)
        ),
        built=tmp_path / "built",
    )
    assert sorted(path.name for path in (site.folder / "letter").iterdir()) == [
        "cong-van.docx",
        "cong-van.pdf",
    ]
    assert not list((tmp_path / "built").rglob("so-noi-vu/letter"))
