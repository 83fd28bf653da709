"""`check` sets every text in every shape and look: what it tells fails in a build, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassets.api import Project, check_project, load_campaign, plan
from dxassets.errors import AssetError, FitError, Problem
from dxassets.kinds.banner.misfits import misfits
from dxassets.kinds.banner.render import brief_of, layout_of
from dxassets.kinds.faces import Survey
from dxassets.kinds.loop.render import scenario_of
from dxassets.kinds.loop.surveying import survey_loops
from dxassets.kinds.registry import kind_of, render
from dxassets.planner import Wanted
from dxassets.typesetting.compositions import compose
from tests.conftest import CampaignCopy
from tests.drawing_support import bitmap

LONG_NAME = (
    "Ngày hội toàn dân chuyển đổi số và phổ biến kiến thức pháp luật về an ninh mạng của tỉnh Đắk Nông"
)
AGENCIES = "agencies.csv"


def errors(copy: CampaignCopy) -> list[Problem]:
    return check_project(load_campaign(copy.folder))[0]


def that_fail(project: Project, wanted: Wanted = Wanted(kinds=("banner",))) -> set[str]:  # noqa: B008
    """The presets whose composition a build can't make, by asking each."""
    failed: set[str] = set()
    for job in plan(project, wanted).jobs:
        try:
            layout_of(job.spec, job.inputs, project.resources)
        except AssetError:
            failed.add(job.preset or "")
    return failed


def presets_told(problem: Problem) -> set[str]:
    told = problem.en.rpartition("(on ")[2].removesuffix(")")
    assert " and " not in told, "choose a fault that fails on few presets"
    return set(told.split(", "))


def add_office(copy: CampaignCopy, row: str) -> int:
    """Adds a row at the end of the list; returns its line."""
    file = copy.folder / AGENCIES
    text = file.read_text(encoding="utf-8").rstrip("\n")
    file.write_text(f"{text}\n{row}\n", encoding="utf-8")
    return text.count("\n") + 2


def test_of_the_bundled_campaign_everything_fits(project: Project) -> None:
    assert list(misfits(project)) == []
    assert that_fail(project) == set()


def test_a_slogan_without_room_is_told_with_its_key_and_the_presets_that_fail(copy: CampaignCopy) -> None:
    copy.edit(
        'short = "Vì một cuộc sống tốt đẹp hơn cho người dân"',
        'short = "Vì một cuộc sống tốt đẹp hơn, hạnh phúc hơn cho người dân và doanh nghiệp"',
        count=1,
    )
    copy.edit("Chuyển đổi số giải quyết các vấn đề của xã hội vì", "Chuyển đổi số " * 20 + "vì", count=1)
    project = load_campaign(copy.folder)
    found = [problem for problem in errors(copy) if "slogan" in problem.where]
    assert {problem.where.rpartition(": ")[2] for problem in found} == {"days[0].slogan.short"}
    assert "khẩu hiệu “Vì một cuộc sống" in found[0].vi
    told = {preset for problem in found for preset in presets_told(problem)}
    assert told == that_fail(project) != set()


def test_an_agencys_name_without_room_is_told_with_its_line_and_nobody_elses(copy: CampaignCopy) -> None:
    name = "Ban Quản lý Dự án đầu tư xây dựng công trình giao thông"
    line = add_office(copy, f"ban-quan-ly,{name},{name},so-nganh,,ubnd-tinh-dak-nong")
    project = load_campaign(copy.folder)
    found = list(misfits(project))
    assert {problem.where for problem in found} == {f"agencies.csv:{line}"}
    assert f"“{name}”" in found[0].vi
    failing = that_fail(project, Wanted(kinds=("banner",), agencies=("ban-quan-ly",)))
    assert presets_told(found[0]) == failing != set()


def test_a_name_of_a_day_that_no_ring_holds_is_told(copy: CampaignCopy) -> None:
    copy.edit('name = "Ngày Chuyển đổi số quốc gia"', f'name = "{LONG_NAME}"')
    told = [problem for problem in errors(copy) if "ring" in problem.en]
    assert [problem.where.rpartition(": ")[2] for problem in told] == ["days[0].name"]
    (job,) = plan(
        load_campaign(copy.folder),
        Wanted(kinds=("frame",), days=("10-10",), themes=("light",), formats=("svg",)),
    ).jobs[:1]
    with pytest.raises(AssetError, match="ring"):
        render(job, load_campaign(copy.folder).resources)


def test_a_label_that_no_card_holds_is_told(copy: CampaignCopy) -> None:
    copy.edit('label = "Cẩm nang chuyển đổi số quốc gia"', f'label = "{"Cẩm nang chuyển đổi số " * 8}"')
    told = [problem for problem in errors(copy) if "QR card" in problem.en]
    assert [problem.where.rpartition(": ")[2] for problem in told] == ["links[2].label"]


def test_a_logo_that_would_blur_is_told_and_a_sharp_one_is_not(copy: CampaignCopy) -> None:
    logos = copy.folder / "logos"
    logos.mkdir()
    file = logos / "so-noi-vu.png"
    file.write_bytes(bitmap(60, 60))
    told = list(misfits(load_campaign(copy.folder)))
    assert told
    assert all("would blur" in problem.en and "so-noi-vu.png" in problem.where for problem in told)
    file.write_bytes(bitmap(3000, 3000))
    assert list(misfits(load_campaign(copy.folder))) == []


def test_a_missing_font_and_a_missing_letter_are_told_once_and_by_themselves(copy: CampaignCopy) -> None:
    copy.edit('name = "Ngày Chuyển đổi số quốc gia"', 'name = "Ngày 漢 quốc gia"')
    assert list(misfits(load_campaign(copy.folder))) == []
    assert [problem.where.rpartition(": ")[2] for problem in errors(copy)] == ["days[0].name"]


def test_each_brief_is_composed_once_whatever_the_number_of_agencies(project: Project) -> None:
    specs = [job.spec for job in plan(project, Wanted(kinds=("banner",))).jobs]
    compose.cache_clear()
    list(misfits(project))
    assert compose.cache_info().misses == len({brief_of(spec) for spec in specs}) < len(specs)


def test_a_row_of_a_spreadsheet_with_semicolons_and_quotes_is_found(copy: CampaignCopy) -> None:
    file: Path = copy.folder / AGENCIES
    (copy.folder / "duties.toml").unlink()  # it names offices that are not on this list
    file.write_text('id;name;short_name\nmot;"Sở Một;\nhai dòng";Một\nhai;Sở Hai;Hai\n', encoding="utf-8-sig")
    copy.edit('issuing_agency = "so-thong-tin-va-truyen-thong"', 'issuing_agency = "hai"')
    project = load_campaign(copy.folder)
    places = [project.place_of(office) for office in project.campaign.offices]
    assert places == ["agencies.csv:3", "agencies.csv:4"]
    stranger = project.campaign.issuer.model_copy(update={"id": "ba"})
    assert project.place_of(stranger) == "agencies.csv"


# --- loops


LONG = (
    "Chuyển đổi số toàn diện để có một cuộc sống tốt đẹp hơn cho mọi người "
    "ở khắp các thôn, buôn, bon của tỉnh nhà hôm nay và mai sau"
)
WHOLE = "Chuyển đổi số giải quyết các vấn đề của xã hội vì"
"""What stands before the hinge of the first day's slogan."""
SHORT = 'short = "Vì một cuộc sống tốt đẹp hơn cho người dân"'


def loops_that_fail(project: Project, size: str, *, themes: tuple[str, ...] = ()) -> set[str]:
    """The sizes of which a build can't make the first day's loop, by making each."""
    failed: set[str] = set()
    wanted = Wanted(kinds=("loop",), days=("10-10",), sizes=(size,), themes=themes, formats=("gif",))
    for job in plan(project, wanted).jobs:
        try:
            scenario_of(job.spec, job.inputs, project.resources)
        except FitError:
            failed.add(job.preset or "")
    return failed


def test_of_the_bundled_campaign_every_loop_fits(project: Project) -> None:
    assert survey_loops(project) == Survey()


def test_a_slogan_that_no_loop_can_hold_is_told_by_check_and_fails_in_a_build(copy: CampaignCopy) -> None:
    """128 letters without a shorter wording: an error where a build makes the size, else a warning."""
    assert len(LONG) == 128
    copy.edit(SHORT, f'short = "{LONG}"', count=1)
    copy.edit(WHOLE, f"{LONG[:-1]} vì", count=1)
    project = load_campaign(copy.folder)
    survey = survey_loops(project)
    every = tuple(theme.id for theme in project.brand.themes)
    for problems, size, themes in (
        (survey.errors, "led-512x128", every),
        (survey.warnings, "led-512x64", ()),
    ):
        told = {name for problem in problems for name in problem.en.rpartition("(on ")[2][:-1].split(", ")}
        assert {problem.where.rpartition(": ")[2] for problem in problems} == {"days[0].slogan.short"}
        assert all(LONG in problem.vi for problem in problems)
        assert loops_that_fail(project, size, themes=themes) == told & {size} == {size}
    assert kind_of("loop").survey(project) == survey


def test_a_slogan_too_long_to_read_takes_its_short_wording_where_it_would_fit_whole(
    copy: CampaignCopy,
) -> None:
    copy.edit(WHOLE, f"{LONG[:-1]} vì", count=1)
    project = load_campaign(copy.folder)
    wanted = Wanted(kinds=("loop",), days=("10-10",), sizes=("640x640",), formats=("png",))
    (job,) = plan(project, wanted).jobs
    scenario = scenario_of(job.spec, job.inputs, project.resources)
    drawn = " ".join(phrase.area.text for phrase in scenario.phrases)
    assert scenario.wording == "short"
    assert drawn.casefold() == "vì một cuộc sống tốt đẹp hơn cho người dân"
    assert "Vì một cuộc sống" in (render(job, project.resources).alt or "")
    assert LONG[:-1] not in (render(job, project.resources).alt or "")
    assert not any("640" in problem.en for problem in survey_loops(project).errors)


def test_a_name_without_room_in_a_loop_is_told_with_its_line(copy: CampaignCopy) -> None:
    name = "Ban Quản lý Dự án đầu tư xây dựng công trình giao thông và công trình dân dụng tỉnh"
    line = add_office(copy, f"ban-quan-ly,{name},{name},so-nganh,,ubnd-tinh-dak-nong")
    survey = survey_loops(load_campaign(copy.folder))
    assert {problem.where for problem in (*survey.errors, *survey.warnings)} == {f"agencies.csv:{line}"}
