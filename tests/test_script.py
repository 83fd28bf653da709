"""The script for loudspeakers, read back from each of its files."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pypdf
import pytest

from dxassets.api import Project, Wanted, load_campaign, plan
from dxassets.campaign import Campaign
from dxassets.days import Period
from dxassets.errors import InputError
from dxassets.jobs import AnyJob
from dxassets.kinds.registry import check, kind_of, render
from dxassets.kinds.script.composing import broadcasts_of
from dxassets.kinds.script.spec import ScriptSpec
from dxassets.kinds.script.wording import wording_of
from dxassets.resources import bundled_campaigns, bundled_root
from dxassets.spoken import syllables_of

WISH = Wanted(kinds=("script",))
SLOGAN = "vì một cuộc sống tốt đẹp hơn cho người dân"


@pytest.fixture(scope="module")
def project() -> Project:
    return load_campaign("daknong-2022")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The bundled campaign, to be changed."""
    made = tmp_path / "campaign"
    shutil.copytree(bundled_root() / "campaigns/daknong-2022", made)
    return made


def read_xml(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314  (our own bytes)


def jobs(project: Project) -> dict[str, AnyJob]:
    return {job.path.rpartition("/")[2]: job for job in plan(project, WISH).jobs}


def test_every_format_says_the_slogan_and_no_digit_of_it(project: Project) -> None:
    made = {name: render(job, project.resources) for name, job in jobs(project).items()}
    assert set(made) == {
        "loa.docx",
        "loa.pdf",
        "loa.txt",
        *(f"loa-{name}.ssml" for name in ("30-giay", "60-giay", "3-phut")),
    }
    word: Any = docx.Document(io.BytesIO(made["loa.docx"].data))
    texts = {
        "loa.docx": " ".join(paragraph.text for paragraph in word.paragraphs),
        "loa.pdf": " ".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["loa.pdf"].data)).pages
        ),
        "loa.txt": made["loa.txt"].data.decode(),
        "loa-30-giay.ssml": "".join(read_xml(made["loa-30-giay.ssml"].data).itertext()),
    }
    for text in texts.values():
        assert SLOGAN in " ".join(text.split())
        assert "mùng một tháng mười một" in " ".join(text.split())
    sizes = {style.font.size.pt for style in word.styles if style.name in {"Lời đọc", "Ô bảng", "Ghi chú"}}
    assert sizes <= {14, 15, 16}
    (said,) = [style for style in word.styles if style.name == "Lời đọc"]
    assert said.paragraph_format.line_spacing.pt >= 1.5 * said.font.size.pt
    assert "-" not in texts["loa-30-giay.ssml"]
    for name, job in jobs(project).items():
        check(job, made[name])
        assert render(job, project.resources).data == made[name].data


def test_a_voice_gets_a_pause_for_every_breath(project: Project) -> None:
    job = jobs(project)["loa-60-giay.ssml"]
    root = read_xml(render(job, project.resources).data)
    space = "{http://www.w3.org/2001/10/synthesis}"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi-VN"
    phrases = [phrase for paragraph in job.spec.versions[0].paragraphs for phrase in paragraph]
    assert [pause.get("time") for pause in root.iter(f"{space}break")] == [
        "700ms" if each.ends else "300ms" for each in phrases
    ]


@pytest.mark.parametrize("campaign", bundled_campaigns())
def test_every_bundled_campaign_has_three_honest_lengths(campaign: str) -> None:
    spec: ScriptSpec = jobs(load_campaign(campaign))["loa.txt"].spec
    assert [version.wanted for version in spec.versions] == [30, 60, 180]
    assert not spec.unknown
    for version in spec.versions:
        counted = sum(syllables_of(phrase.text) for each in version.paragraphs for phrase in each)
        assert version.syllables == counted
        assert version.seconds == -(-counted * 60 // spec.rate) <= version.wanted
        assert bool(version.remark) == (version.seconds < 0.8 * version.wanted)
    assert spec.broadcasts


def test_each_broadcast_is_of_a_version_and_within_the_campaign(project: Project) -> None:
    spec: ScriptSpec = jobs(project)["loa.txt"].spec
    titles = {version.title for version in spec.versions}
    assert {each.version for each in spec.broadcasts} <= titles
    days = [each.day for each in spec.broadcasts]
    assert (min(days), max(days)) == (date(2022, 10, 8), date(2022, 11, 8))
    assert [each.hour for each in spec.broadcasts if each.day == date(2022, 10, 10)] == [
        "05:45",
        "11:00",
        "17:30",
    ]
    assert date(2022, 10, 11) not in days


def longer(campaign: Campaign, days: int) -> Campaign:
    first = date(2023, 1, 2)
    period = Period(first=first, last=date.fromordinal(first.toordinal() + days - 1))
    day = campaign.days[0].model_copy(update={"period": period, "date": first})
    return campaign.model_copy(update={"days": (day,)})


def test_a_plan_of_more_than_92_plain_days_keeps_mondays(project: Project) -> None:
    wording, versions = wording_of(project.resources), jobs(project)["loa.txt"].spec.versions
    for days, weekdays in ((150, {1, 3, 5}), (300, {1})):
        said = broadcasts_of(longer(project.campaign, days), wording, versions)
        plain = [each.day for each in said if each.version == "Bản 30 giây"]
        assert (len(plain) <= 92, {day.isoweekday() for day in plain}) == (True, weekdays)


def test_a_text_of_ones_own_is_taken_whole(folder: Path) -> None:
    text = """# Lời loa

## 30 giây

UBND xã kính mời bà con họp lúc 19h30 ngày 8/10.

- Mang theo CCCD.

## 3 phút

Câu dài hơn.
"""
    (folder / "loa.md").write_text(text, encoding="utf-8")
    spec: ScriptSpec = jobs(load_campaign(folder))["loa.txt"].spec
    assert [version.id for version in spec.versions] == ["30-giay", "3-phut"]
    said = [" ".join(phrase.text for phrase in each) for each in spec.versions[0].paragraphs]
    assert said == [
        "Ủy ban nhân dân xã kính mời bà con họp lúc mười chín giờ ba mươi phút ngày mùng tám tháng mười.",
        "Mang theo căn cước công dân.",
    ]


def test_a_text_for_all_lengths_is_cut_at_a_paragraph_and_says_so(folder: Path) -> None:
    paragraph = "Bà con hãy cài đặt dịch vụ công trực tuyến để làm thủ tục tại nhà cho thuận tiện nhé. "
    (folder / "loa.md").write_text("\n\n".join([paragraph * 3] * 4), encoding="utf-8")
    spec: ScriptSpec = jobs(load_campaign(folder))["loa.txt"].spec
    assert [len(version.paragraphs) for version in spec.versions] == [1, 2, 4]


def test_a_part_that_is_too_long_says_so(folder: Path) -> None:
    (folder / "loa.md").write_text("## 30 giây\n\n" + "bà con ơi " * 40, encoding="utf-8")
    spec: ScriptSpec = jobs(load_campaign(folder))["loa.txt"].spec
    assert spec.versions[0].seconds > 30
    assert "Dài hơn 30 giây" in spec.versions[0].remark
    (warning,) = kind_of("script").survey(load_campaign(folder)).warnings
    assert (warning.where, warning.vi) == ("loa.md", "“Bản 30 giây” đọc hết 45 giây; hãy rút gọn phần này")


def test_a_part_that_fits_is_no_warning(folder: Path) -> None:
    (folder / "loa.md").write_text("## 30 giây\n\n" + "bà con ơi thôi " * 20, encoding="utf-8")
    spec: ScriptSpec = jobs(load_campaign(folder))["loa.txt"].spec
    assert spec.versions[0].seconds == 30
    assert kind_of("script").survey(load_campaign(folder)).warnings == ()


@pytest.mark.parametrize(
    ("data", "where", "vi"),
    [
        (b"\xff\xfe", "loa.md", "UTF-8"),
        (b"", "loa.md", "không có chữ nào"),
        ("## 45 giây\n\nChào.\n".encode(), "loa.md:1", "không có bản “45 giây”"),
        ("Chào\u200b bà con.\n".encode(), "loa.md:1", "U+200B"),
    ],
)
def test_what_is_wrong_with_a_text_of_ones_own_is_told(
    folder: Path, data: bytes, where: str, vi: str
) -> None:
    (folder / "loa.md").write_bytes(data)
    project = load_campaign(folder)
    with pytest.raises(InputError) as caught:
        plan(project, WISH)
    assert caught.value.problems[0].where == where
    assert vi in caught.value.problems[0].vi
    assert kind_of("script").survey(project).errors == caught.value.problems


def test_a_short_form_that_nobody_explained_is_told_and_stands_as_it_was(folder: Path) -> None:
    (folder / "loa.md").write_text("Mời bà con đến XYZW.\n", encoding="utf-8")
    project = load_campaign(folder)
    job = jobs(project)["loa.txt"]
    assert "XYZW" in job.spec.unknown
    assert "Chưa biết đọc: XYZW" in render(job, project.resources).data.decode()
    (warning,) = kind_of("script").survey(project).warnings
    assert "XYZW" in warning.vi
    (folder / "spoken.toml").write_text('[words]\nXYZW = "nhà văn hóa"\n', encoding="utf-8")
    assert not kind_of("script").survey(load_campaign(folder)).warnings


def test_a_campaign_in_english_has_no_script_and_is_told_why(folder: Path) -> None:
    file = folder / "campaign.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("year = 2022", 'year = 2022\nlang = "en"', 1),
        encoding="utf-8",
    )
    made = plan(load_campaign(folder), WISH)
    assert not made.jobs
    assert "Vietnamese only" in made.skipped[0].reason_en
    assert kind_of("script").offer(load_campaign(folder)) is None
