"""The plan: what is made, what it is called, and which change makes what again."""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.api import Project, Wanted, load_campaign, plan
from dxassets.campaign import named_agency
from dxassets.errors import InputError, UnknownIdError
from dxassets.file_names import file_part
from dxassets.jobs import MEDIA_TYPES, Plan
from dxassets.kinds.registry import Kind, all_kinds
from dxassets.resources import Resource, Resources
from dxassets.vietnamese import clean

ROOT = Path(__file__).parent.parent
ISSUER = "so-thong-tin-va-truyen-thong"
PATH = re.compile(
    r"[a-z0-9_-]+(/[a-z0-9_-]+)+\.(png|jpg|webp|svg|pdf|docx|txt|ssml|ics|csv|html|eml|mp4|zip)"
)
WINDOWS_KEEPS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
ONE = Wanted(days=("10-10",), themes=("digital",), presets=("share-1200x630",), kinds=("banner",))


def paths(planned: Plan) -> list[str]:
    return [job.path for job in planned.jobs]


def test_everything_is_planned_for_the_issuing_agency(project: Project) -> None:
    planned = plan(project)
    counted = Counter(job.kind for job in planned.jobs)
    presets, themes, days = (
        len(project.presets.presets),
        len(project.brand.themes),
        len(project.campaign.days),
    )
    assert counted["banner"] == presets * themes * days
    assert counted["frame"] == 4 * themes * days
    assert counted["qr"] == 9
    assert counted["letter"] == 2
    assert {job.agency for job in planned.jobs} == {ISSUER}
    assert len(planned.jobs) >= 250


def test_paths_are_sorted_unique_and_plain_ascii(project: Project) -> None:
    found = paths(plan(project, Wanted(all_agencies=True, presets=("button-120x60", "bang-ron-6000x800"))))
    assert found == sorted(set(found))
    assert all(PATH.fullmatch(path) for path in found)


def test_paths_are_the_contract(project: Project) -> None:
    found = paths(plan(project))
    assert f"{ISSUER}/banner/10-10/digital/share-1200x630.png" in found
    assert f"{ISSUER}/banner/01-11/formal/bang-ron-6000x800-1-10.pdf" in found
    assert f"{ISSUER}/frame/10-10/digital/foot-1080.png" in found
    assert f"{ISSUER}/qr/province.svg" in found
    assert f"{ISSUER}/letter/cong-van.docx" in found


def test_a_link_that_is_not_set_is_skipped_with_reason_and_cure(project: Project) -> None:
    skipped = plan(project).skipped
    assert [skip.path for skip in skipped] == [f"{ISSUER}/qr/zalo.{each}" for each in ("pdf", "png", "svg")]
    assert all("“zalo”" in skip.reason_vi and "'zalo'" in skip.reason_en for skip in skipped)


def test_formats_choose_among_what_a_kind_can_be(project: Project) -> None:
    found = paths(plan(project, Wanted(days=("10-10",), themes=("light",), formats=("svg",))))
    assert all(path.endswith(".svg") for path in found)
    assert f"{ISSUER}/frame/10-10/light/ring-1080.svg" in found
    assert not any("/letter/" in path for path in found)


def test_a_format_that_nothing_comes_in_is_told(project: Project) -> None:
    with pytest.raises(UnknownIdError, match=r"'jpg'\. There are: png, svg\."):
        plan(project, Wanted(kinds=("frame",), formats=("jpg",)))
    with pytest.raises(InputError, match="nothing to make as docx"):
        plan(project, Wanted(agencies=("so-noi-vu",), formats=("docx",), debug=True))


@pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.id)
def test_each_kind_is_made_in_each_of_its_formats_and_in_no_other(project: Project, kind: Kind[Any]) -> None:
    for name in kind.formats:
        made = paths(plan(project, Wanted(kinds=(kind.id,), formats=(name,), presets=("poster-a4",))))
        assert made
        assert all(path.endswith(f".{name}") for path in made)
    for name in {*MEDIA_TYPES} - {*kind.formats}:
        with pytest.raises(UnknownIdError, match="--format"):
            plan(project, Wanted(kinds=(kind.id,), formats=(name,)))


def test_the_letter_is_the_issuers(project: Project) -> None:
    other = plan(project, Wanted(agencies=("so-noi-vu",), presets=("button-120x60",)))
    assert not [path for path in paths(other) if "/letter/" in path]
    assert not [skip for skip in other.skipped if skip.kind == "letter"]
    asked = plan(project, Wanted(agencies=("so-noi-vu",), kinds=("letter",)))  # it passes the letter on
    assert paths(asked) == [f"so-noi-vu/letter/cong-van.{suffix}" for suffix in ("docx", "pdf")]
    assert all(job.spec.forward.source == "dispatch.md" for job in asked.jobs)
    party = plan(project, Wanted(agencies=("doan-tncs-ho-chi-minh-tinh",), kinds=("letter",)))
    assert not party.jobs
    assert {skip.kind for skip in party.skipped} == {"letter"}
    assert "không thuộc UBND" in party.skipped[0].reason_vi


def test_all_unknown_ids_are_told_together_with_suggestions(project: Project) -> None:
    wanted = Wanted(
        agencies=("so-noi",),
        days=("10-1",),
        themes=("digitl",),
        presets=("share",),
        kinds=("baner",),
        formats=("xyz",),
    )
    with pytest.raises(UnknownIdError) as caught:
        plan(project, wanted)
    told = caught.value.lines()
    assert len(told) == 6
    assert "so-noi-vu" in told[0]
    assert "10-10" in told[1]
    assert "digital" in told[2]
    assert "share-1200x630" in told[3]
    assert "banner" in told[4]
    assert "png" in told[5]


def test_alt_text_is_what_stands_in_the_picture(project: Project) -> None:
    (job,) = plan(project, ONE).jobs
    for words in ("10/10", "Ngày Chuyển đổi số quốc gia", "tốt đẹp hơn cho người dân", "daknong.gov.vn"):
        assert words in job.alt
    (small,) = plan(
        project,
        Wanted(
            ("so-noi-vu",), days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",)
        ),
    ).jobs
    assert small.alt == "10/10. Ngày Chuyển đổi số quốc gia."


def test_keys_tell_jobs_apart_and_stay_the_same(project: Project) -> None:
    first, again = plan(project), plan(load_campaign())
    assert [job.key for job in first.jobs] == [job.key for job in again.jobs]
    assert len({job.key for job in first.jobs}) == len(first.jobs)


@pytest.mark.parametrize(
    ("change", "touched"),
    [
        ("templates/banner/digital.svg.j2", {"banner digital", "signature None", "press None"}),
        (
            "templates/banner/_motifs.svg.j2",
            {"banner digital", "banner light", "signature None", "press None"},
        ),
        ("brand/fonts/tinos/Tinos-Bold.ttf", {"letter None", "script None"}),
    ],
)
def test_only_what_reads_a_changed_file_gets_a_new_key(
    tmp_path: Path, change: str, touched: set[str]
) -> None:
    for folder in ("brand", "templates", "campaigns"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    wanted = Wanted(days=("10-10",), themes=("digital", "light"), presets=("share-1200x630",))
    campaign = tmp_path / "campaigns/daknong-2022"
    before = {job.path: job.key for job in plan(load_campaign(campaign), wanted).jobs}
    file = tmp_path / change
    file.write_bytes(file.read_bytes() + b"\n")
    after = plan(load_campaign(campaign), wanted).jobs
    changed = {f"{job.kind} {job.theme}" for job in after if job.key != before[job.path]}
    assert changed == touched


def test_missing_font_and_template_are_told_together(tmp_path: Path) -> None:
    for folder in ("brand", "templates", "campaigns"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    brand = tmp_path / "brand/brand.toml"
    text = brand.read_text(encoding="utf-8").replace('id = "light"', 'id = "moon"')
    brand.write_text(text.replace("BeVietnamPro-Medium.ttf", "Gone.ttf"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        plan(load_campaign(tmp_path / "campaigns/daknong-2022"))
    told = str(caught.value)
    assert "Gone.ttf" in told
    assert "templates/banner/moon.svg.j2" in told


def calls_of(action: Callable[[], object]) -> int:
    """How many functions an action calls, Python's and C's: work counted without a clock."""
    counted = Counter[str]()

    def note(_frame: FrameType, event: str, _called: object) -> None:
        counted[event] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(before)
    return counted["call"] + counted["c_call"]


def test_planning_costs_as_much_for_the_last_agency_as_for_the_first(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = tuple(preset.id for preset in project.presets.presets if preset.medium == "web")[:8]
    opened: list[str] = []
    read = Resources.read

    def noted(resources: Resources, name: str) -> Resource:
        opened.append(name)
        return read(resources, name)

    monkeypatch.setattr(Resources, "read", noted)
    costs, files = list[int](), list[list[str]]()
    for agencies in (32, 128):
        wanted = Wanted(
            agencies=tuple(office.id for office in project.campaign.offices[:agencies]),
            days=("10-10",),
            themes=("digital",),
            presets=web,
            kinds=("banner",),
        )
        assert len(plan(project, wanted).jobs) == 8 * agencies  # and what is kept for the next plan is there
        opened.clear()
        costs.append(calls_of(partial(plan, project, wanted)))
        files.append(sorted(opened))
    assert set(files[0]) == set(files[1])
    assert files[1]
    assert len(files[1]) <= 2 * len(files[0])  # what all share is read once for 64 of them
    assert costs[1] / costs[0] < 4.2  # four times the agencies, and 3.9 times the calls
    assert costs[1] / 1024 < 1000  # 335 a job: nothing is worked out anew that all jobs share


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9", "aux"])
def test_what_windows_keeps_for_itself_is_no_file_name(project: Project, name: str) -> None:
    assert file_part(name) == f"{name}_"
    (job,) = plan(
        project,
        Wanted(
            agency_names=(name.upper(),),
            days=("10-10",),
            themes=("light",),
            presets=("share-1200x630",),
            kinds=("banner",),
        ),
    ).jobs
    assert not any(WINDOWS_KEEPS.match(part) for part in job.path.split("/"))


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", 'A & B "C"', "{{ 7*7 }}", "../../etc/passwd", "Sở\nNội vụ", "C:\\Windows"],
)
def test_hostile_names_make_harmless_paths(project: Project, name: str) -> None:
    (job,) = plan(
        project,
        Wanted(
            agency_names=(name,),
            days=("10-10",),
            themes=("light",),
            presets=("share-1200x630",),
            kinds=("banner",),
        ),
    ).jobs
    assert PATH.fullmatch(job.path)
    assert clean(name) in job.alt
    assert "\n" not in job.alt


@given(st.text(min_size=1, max_size=120))
def test_any_name_makes_a_path_or_is_refused(name: str) -> None:
    campaign = load_campaign().campaign
    try:
        agency = named_agency(campaign, name)
    except InputError:
        return
    part = file_part(agency.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*_?", part)
    assert len(part) <= 80
    assert not WINDOWS_KEEPS.match(part)
    assert agency.name == clean(name)
    listed = campaign.office(agency.id)
    assert listed is None or listed.name == agency.name


def test_names_that_differ_only_in_marks_get_folders_of_their_own(project: Project) -> None:
    names = ("Xã Cư Jút", "Xã Cu Jut", "Xã Cư Jút")
    found = plan(
        project,
        Wanted(agency_names=names, days=ONE.days, themes=ONE.themes, presets=ONE.presets, kinds=ONE.kinds),
    )
    assert len({job.agency for job in found.jobs}) == len(found.jobs) == 2
