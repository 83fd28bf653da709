"""The calendar read back with a parser of the tests' own, which shares nothing with what writes it."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest

from dxassets.api import Project, Wanted, load_campaign, plan
from dxassets.campaign import campaign_warnings
from dxassets.errors import CampaignError, GateError
from dxassets.jobs import AnyJob, Rendered
from dxassets.kinds.calendar.gates import check_lines
from dxassets.kinds.calendar.months import grid_of, months_of
from dxassets.kinds.calendar.spec import Happening
from dxassets.kinds.registry import check, render
from dxassets.resources import bundled_campaigns, bundled_root

WISH = Wanted(kinds=("calendar",))
ISSUER, DISTRICT, OFFICE = "so-thong-tin-va-truyen-thong", "ubnd-huyen-cu-jut", "so-noi-vu"


@dataclass
class Part:
    """A component as RFC 5545 writes it: properties by name with their parameters, and the parts in it."""

    name: str
    said: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def of(self, name: str) -> list[Part]:
        return [part for part in self.parts if part.name == name]

    def text(self, name: str) -> str:
        return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], self.said[name][0])


def parsed(data: bytes) -> Part:
    """The outermost component; every physical line is UTF-8 by itself and short enough."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode()
    lines = data[:-2].replace(b"\r\n ", b"").decode().split("\r\n")
    stack = [Part("")]
    for line in lines:
        found = re.fullmatch(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^;:]*))*):(.*)', line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            part = Part(value)
            stack[-1].parts.append(part)
            stack.append(part)
        elif name == "END":
            assert stack.pop().name == value
        else:
            known = dict(each.split("=", 1) for each in parameters.split(";")[1:])
            stack[-1].said.setdefault(name, (value, known))
    (calendar,) = stack.pop().parts
    assert not stack
    return calendar


@pytest.fixture(scope="module")
def project() -> Project:
    return load_campaign("daknong-2022")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "campaign"
    shutil.copytree(bundled_root() / "campaigns/daknong-2022", made)
    return made


def changed(folder: Path, old: str, new: str) -> Path:
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def job_of(project: Project, agency: str = ISSUER, file_format: str = "ics") -> AnyJob:
    (job,) = plan(project, replace(WISH, agencies=(agency,), formats=(file_format,))).jobs
    return job


def read(project: Project, agency: str = ISSUER) -> dict[str, Part]:
    job = job_of(project, agency)
    rendered = render(job, project.resources)
    check(job, rendered)
    return {part.said["UID"][0]: part for part in parsed(rendered.data).of("VEVENT")}


def test_every_date_of_the_dispatch_stands_in_the_calendar(project: Project) -> None:
    found = {
        uid.partition(".daknong-2022@")[0]: (part.said["DTSTART"], part.said["DTEND"][0])
        for uid, part in read(project).items()
    }
    whole, zone = {"VALUE": "DATE"}, {"TZID": "Asia/Ho_Chi_Minh"}
    assert found == {
        "deadline.le-phat-dong": (("20221005", whole), "20221006"),
        "deadline.bao-cao": (("20221015", whole), "20221016"),
        "day.10-10": (("20221010", whole), "20221011"),
        "day.01-11": (("20221101", whole), "20221102"),
        "hang.10-10": (("20221008T080000", zone), "20221008T090000"),
        "take-down.10-10": (("20221108T160000", zone), "20221108T170000"),
        "period.10-10": (("20221008", whole), "20221109"),
        "duty.ra-quan": (("20221001", whole), "20221011"),
    }


def test_words_are_whole_and_vietnamese(project: Project) -> None:
    report = read(project)["deadline.bao-cao.daknong-2022@dxassets"]
    assert report.text("SUMMARY").startswith("Trước ngày 15/10/2022: Báo cáo kết quả triển khai")
    assert "Đơn vị thực hiện: Phòng Văn hóa - Thông tin các huyện, thành phố\n" in report.text("DESCRIPTION")
    assert [alarm.said["TRIGGER"][0] for alarm in report.of("VALARM")] == ["-P6DT16H", "-P2DT16H", "-PT16H"]
    assert all(
        alarm.said["ACTION"][0] == "DISPLAY" and alarm.said["DESCRIPTION"] for alarm in report.of("VALARM")
    )


def test_the_zone_is_written_out(project: Project) -> None:
    calendar = parsed(render(job_of(project), project.resources).data)
    (zone,) = calendar.of("VTIMEZONE")
    assert zone.said["TZID"][0] == "Asia/Ho_Chi_Minh"
    assert [part.said["TZOFFSETTO"][0] for part in zone.parts] == ["+0700"]
    assert calendar.said["VERSION"][0] == "2.0"
    assert calendar.said["PRODID"][0]


def test_an_agency_gets_what_binds_it(project: Project) -> None:
    every, district, office = (set(read(project, each)) for each in (ISSUER, DISTRICT, OFFICE))
    assert every == district
    assert every - office == {
        "deadline.le-phat-dong.daknong-2022@dxassets",
        "deadline.bao-cao.daknong-2022@dxassets",
        "duty.ra-quan.daknong-2022@dxassets",
    }
    assert job_of(project).key == job_of(project, DISTRICT).key != job_of(project, OFFICE).key


def test_an_update_has_the_same_names_and_a_higher_number(folder: Path) -> None:
    old = read(load_campaign(folder))
    changed(folder, "date = 2022-10-15", "date = 2022-10-20")
    changed(folder, "Báo cáo kết quả triển khai", "Gửi báo cáo")
    new = read(load_campaign(changed(folder, "year = 2022", "year = 2022\nrevision = 1")))
    assert set(old) == set(new)
    uid = "deadline.bao-cao.daknong-2022@dxassets"
    assert new[uid].said["DTSTART"][0] == "20221020"
    assert (old[uid].said["SEQUENCE"][0], new[uid].said["SEQUENCE"][0]) == ("0", "1")
    assert old[uid].said["DTSTAMP"][0] < new[uid].said["DTSTAMP"][0]


@pytest.mark.parametrize("campaign", bundled_campaigns())
def test_every_bundled_campaign_has_a_calendar_and_a_sheet(campaign: str) -> None:
    project = load_campaign(campaign)
    made = [render(job, project.resources) for job in plan(project, WISH).jobs]
    assert [each.media_type for each in made] == ["text/calendar", "application/pdf"]
    for job, rendered in zip(plan(project, WISH).jobs, made, strict=True):
        check(job, rendered)
        assert render(job, project.resources).data == rendered.data
    (page,) = pypdf.PdfReader(io.BytesIO(made[1].data)).pages
    text = " ".join(page.extract_text().split())
    for each in plan(project, WISH).jobs[0].spec.happenings:
        assert each.sort == "period" or f"{each.first:%d/%m/%Y}" in text


def test_a_campaign_in_english_has_an_english_calendar(folder: Path) -> None:
    project = load_campaign(changed(folder, "year = 2022", 'year = 2022\nlang = "en"'))
    said = {part.text("SUMMARY") for part in read(project).values()}
    assert "Before 5 October 2022: Hold the launch of the door-to-door campaign" in said
    assert "Take banners down" in said


def test_a_campaign_without_deadlines_still_has_its_days(folder: Path) -> None:
    (folder / "duties.toml").unlink()
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("[[deadlines]]"), text.index("# Liên kết theo")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    assert len(read(load_campaign(folder))) == 5


def test_a_line_of_a_calendar_has_75_bytes_at_most(project: Project) -> None:
    job = job_of(project)
    data = render(job, project.resources).data
    for length, passes in ((75, True), (76, False)):
        said = data.replace(b"VERSION:2.0", b"X-A:" + b"a" * (length - 4))
        if passes:
            check_lines(job.spec, said)
        else:
            with pytest.raises(GateError, match="75 bytes"):
                check_lines(job.spec, said)


def test_a_missing_entry_shuts_the_gate(project: Project) -> None:
    job = job_of(project)
    rendered = render(job, project.resources)
    cut = re.sub(rb"BEGIN:VEVENT.*?END:VEVENT\r\n", b"", rendered.data, count=1, flags=re.DOTALL)
    with pytest.raises(GateError, match="7 entries, not 8"):
        check(job, Rendered(cut, rendered.media_type, rendered.facts))


def test_a_sheet_has_12_months_at_most(folder: Path) -> None:
    twelve = load_campaign(changed(folder, "last = 2022-11-08", "last = 2023-09-30"))
    assert len(plan(twelve, WISH).jobs) == 2
    thirteen = load_campaign(changed(folder, "last = 2023-09-30", "last = 2023-10-01"))
    made = plan(thirteen, WISH)
    assert [job.path.rpartition(".")[2] for job in made.jobs] == ["ics"]
    assert "12 tháng" in made.skipped[0].reason_vi


def test_a_sheet_holds_all_its_dates_or_is_not_made(folder: Path) -> None:
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    deadline = (
        '[[deadlines]]\nid = "x-{0}"\ndate = 2022-10-{1:02}\n'
        'what = {{ vi = "Việc số {0}: gửi báo cáo nhanh về Sở", en = "Task {0}" }}\n'
    )
    for count, made in ((8, True), (60, False)):
        more = "".join(deadline.format(at, at % 28 + 1) for at in range(count))
        file.write_text(text.replace("# Liên kết theo", more + "# Liên kết theo", 1), encoding="utf-8")
        project = load_campaign(folder)
        planned = plan(project, replace(WISH, formats=("pdf",)))
        assert bool(planned.jobs) == made
        for job in planned.jobs:
            data = render(job, project.resources).data
            (page,) = pypdf.PdfReader(io.BytesIO(data)).pages
            said = " ".join(page.extract_text().split())
            assert all(f"Việc số {at}: gửi" in said for at in range(count))
        assert made or "quá nhiều" in planned.skipped[0].reason_vi


def test_weeks_begin_on_monday_and_days_are_marked_by_what_is_on_them() -> None:
    day = date(2024, 2, 29)
    happenings = (
        Happening("a", "day", day, day, "A"),
        Happening("p", "period", day, day + timedelta(days=1), "P"),
    )
    assert months_of(happenings) == ((2024, 2), (2024, 3))
    grid = grid_of(2024, 2, happenings)
    assert [cell.number for cell in grid.weeks[0]] == [0, 0, 0, 1, 2, 3, 4]
    (marked,) = [cell for week in grid.weeks for cell in week if cell.sorts]
    assert (marked.number, marked.sorts, marked.hangs) == (29, ("day",), True)


@pytest.mark.parametrize(
    ("old", "new", "where", "vi"),
    [
        ("date = 2022-10-15", "date = 2022-02-30", "campaign.toml", "TOML"),
        ("date = 2022-10-15", 'date = "2022-02-30"', "campaign.toml: deadlines[1].date", "ngày có thật"),
        (
            "date = 2022-10-15",
            "date = 2022-10-15T08:00:00",
            "campaign.toml: deadlines[1].date",
            "không kèm giờ",
        ),
        ("date = 2022-10-15", "", "campaign.toml: deadlines[1].date", "thiếu khóa"),
        ('id = "bao-cao"', 'id = "le-phat-dong"', "campaign.toml", "le-phat-dong"),
        ('for = ["huyen"]', 'for = ["huyenn"]', "campaign.toml: deadlines[0].for", "Có phải là: huyen"),
        (
            "period = { first = 2022-10-08, last = 2022-11-08 }",
            "",
            "campaign.toml: days[0].period",
            "thiếu khóa",
        ),
        ("date = 2022-10-15", "date = 2002-10-15", "campaign.toml", "hơn một năm"),
    ],
)
def test_what_is_wrong_with_a_date_is_told(folder: Path, old: str, new: str, where: str, vi: str) -> None:
    with pytest.raises(CampaignError) as caught:
        load_campaign(changed(folder, old, new))
    (problem,) = caught.value.problems
    assert problem.where.endswith(where)
    assert vi in problem.vi


def test_a_deadline_is_at_most_366_days_away(folder: Path) -> None:
    load_campaign(changed(folder, "date = 2022-10-15", "date = 2021-10-07"))
    with pytest.raises(CampaignError, match="more than a year"):
        load_campaign(changed(folder, "date = 2021-10-07", "date = 2021-10-06"))
    load_campaign(changed(folder, "date = 2021-10-06", "date = 2023-11-09"))
    with pytest.raises(CampaignError, match="more than a year"):
        load_campaign(changed(folder, "date = 2023-11-09", "date = 2023-11-10"))


@pytest.mark.parametrize(("day", "told"), [("2022-08-09", False), ("2022-08-08", True)])
def test_a_deadline_long_before_the_campaign_deserves_a_second_look(
    folder: Path, day: str, told: bool
) -> None:
    project = load_campaign(changed(folder, "date = 2022-10-15", f"date = {day}"))
    warnings = [each.where for each in campaign_warnings(project.campaign, "c")]
    assert ("c: deadlines[1].date" in warnings) == told


def test_a_deadline_on_a_day_says_so(folder: Path) -> None:
    project = load_campaign(changed(folder, "date = 2022-10-15", 'until = "on"\ndate = 2022-10-15'))
    said = [part.text("SUMMARY") for part in read(project).values()]
    assert any(text.startswith("Chậm nhất ngày 15/10/2022: ") for text in said)
