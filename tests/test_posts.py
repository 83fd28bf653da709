"""Post texts: what each says, that it fits its channel, when it is posted, and what a clerk may do wrong."""

from __future__ import annotations

import csv
import io
import posixpath
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dxassets.api import Project, Wanted, load_campaign, plan
from dxassets.errors import CampaignError, GateError, InputError
from dxassets.jobs import AnyJob, Skip
from dxassets.kinds.posts.composing import posts_of
from dxassets.kinds.posts.gates import check_posts
from dxassets.kinds.posts.wording import checked_hashtag
from dxassets.kinds.registry import check, kind_of, render
from dxassets.models import BilingualError
from dxassets.resources import bundled_campaigns, bundled_root

WISH = Wanted(kinds=("posts",))
_LINES = ", ".join([f'"{"b" * 398}"'] * 5)
TOO_LONG = f'[[posts]]\nchannel = "zalo-oa"\ntext = [{_LINES}]'


def job_of(project: Project, suffix: str, *, agency: str = "") -> AnyJob:
    agencies = (agency,) if agency else ()
    (found,) = plan(project, replace(WISH, formats=(suffix,), agencies=agencies)).jobs
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled_root() / "campaigns/daknong-2022", tmp_path / "campaigns/mine"))


def own(folder: Path, text: str) -> Project:
    (folder / "posts.toml").write_text(text, "utf-8")
    return load_campaign(folder)


@pytest.mark.parametrize("name", bundled_campaigns())
def test_every_post_fits_its_length_and_channel_and_invents_nothing(name: str) -> None:
    project = load_campaign(name)
    posts = posts_of(project, project.campaign.issuer)
    assert len(posts) == 12 * len(project.campaign.days)
    most = {"Bản ngắn": 280, "Bản vừa": 600, "Bản dài": 1500}
    for post in posts:
        assert 0 < len(post.text) <= min(most[post.length], post.most or 9999)
        assert "{" not in post.text
        assert len(post.hashtags) <= 3
        main = project.campaign.main_link
        assert ("https://" in post.text) == (main is not None)
        assert main is None or f"({main.domain})" in post.text
        assert project.campaign.motto or "Phương châm" not in post.text


def test_the_picture_is_the_office_own_banner(project: Project) -> None:
    offices = project.campaign.offices
    for office in (project.campaign.issuer, offices[-1]):
        pictures = {post.picture for post in posts_of(project, office)}
        presets = tuple(sorted({path.rpartition("/")[2].rpartition(".")[0] for path in pictures}))
        made = plan(project, Wanted(kinds=("banner",), agencies=(office.id,), presets=presets)).jobs
        here = job_of(project, "csv", agency=office.id).path.rpartition("/")[0]
        found = {posixpath.normpath(f"{here}/{path}") for path in pictures}
        assert found <= {job.path for job in made}
        assert all(path.startswith("../") for path in pictures)


def test_the_table_for_programs_has_text_picture_and_time(project: Project) -> None:
    data = render(job_of(project, "csv"), project.resources).data
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    times = [(row["Ngày"], row["Giờ"]) for row in rows]
    assert times == sorted(times)
    assert times[0][0] == "2022-10-08"
    assert times[-1][0] == "2022-11-08"
    on_the_day = [row["Kênh"] for row in rows if row["Ngày"] == "2022-10-10"]
    assert on_the_day == ["Cổng thông tin điện tử", "Facebook", "Zalo OA", "YouTube (thẻ Cộng đồng)"]
    assert all(row["Tệp ảnh"].endswith((".png", ".jpg")) and row["Nội dung"] for row in rows)
    spoken = {row["Ngày"]: row["Nội dung"].partition("\n")[0] for row in rows}
    assert "quốc gia 10/10" in spoken["2022-10-08"]
    assert "Đắk Nông 01/11" in spoken["2022-11-08"]


def test_the_word_file_says_every_text(project: Project) -> None:
    job = job_of(project, "docx")
    data = render(job, project.resources).data
    part = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    root = ElementTree.fromstring(part)  # noqa: S314  (made here)
    said = "\n".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}p"))
    assert all(line in said for post in job.spec.posts for line in post.paragraphs)
    assert render(job, project.resources).data == data


def test_a_gate_shuts_for_a_text_too_long_and_one_that_is_missing(project: Project) -> None:
    job = job_of(project, "txt")
    rendered = render(job, project.resources)
    check(job, rendered)
    kind = kind_of("posts")
    first = job.spec.posts[0]
    for change, error in (
        (replace(first, most=len(first.text)), None),
        (replace(first, most=len(first.text) - 1), "characters long"),
        (replace(first, paragraphs=("nothing says so",)), "lacks"),
    ):
        spec = replace(job.spec, posts=(change, *job.spec.posts[1:]))
        if error is None:
            check_posts(spec, rendered)
            continue
        with pytest.raises(GateError, match=error):
            check_posts(spec, rendered)
    assert kind.codes_in(rendered.data, rendered.media_type) == ()


def test_own_texts_and_hashtags_are_taken(folder: Path) -> None:
    text = """
        hashtags = ["DakNong", "#ChuyenDoiSo"]
        [[posts]]
        day = "10-10"
        channel = "facebook"
        length = "ngan"
        text = ["{loi-chao} tại {co-quan}.", "{phuong-cham}"]
    """
    project = own(folder, text)
    posts = posts_of(project, project.campaign.issuer)
    wanted = ("10-10", "Facebook", "Bản ngắn")
    (mine,) = [each for each in posts if (each.day, each.channel, each.length) == wanted]
    greeting = "Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10 tại Sở Thông tin và Truyền thông tỉnh Đắk Nông."
    assert mine.text == f"{greeting}\n\nĐi từng ngõ, gõ từng nhà\n\n#DakNong #ChuyenDoiSo"


@pytest.mark.parametrize(
    ("text", "where", "vi"),
    [
        ('hashtags = ["#Chuyển đổi số"]', "posts.toml: hashtags[0]", "viết liền: #ChuyểnĐổiSố"),
        ('hashtags = ["#Số🎉"]', "posts.toml: hashtags[0]", "biểu tượng cảm xúc"),
        ('hashtags = ["#a-b"]', "posts.toml: hashtags[0]", "không phải hashtag"),
        ('hashtags = ["#2022"]', "posts.toml: hashtags[0]", "ít nhất một chữ"),
        ('[[posts]]\ntext = ["Vui quá 😀"]', "posts.toml: posts[0].text[0]", "biểu tượng cảm xúc"),
        ('[[posts]]\ntext = []', "posts.toml: posts[0].text", "ít nhất 1"),
        ('[[posts]]\nchannel = "facebok"\ntext = ["a"]', "posts.toml: posts[0].channel", "facebook"),
        ('[[posts]]\nday = "10-11"\ntext = ["a"]', "posts.toml: posts[0].day", "10-10"),
        (TOO_LONG, "posts.toml: posts[0].text", "chỉ nhận 2.000"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(folder: Path, text: str, where: str, vi: str) -> None:
    project = own(folder, text)
    (problem, *_) = kind_of("posts").survey(project).errors
    assert problem.where == where
    assert vi in problem.vi
    with pytest.raises(InputError):
        plan(project, WISH)


@pytest.mark.parametrize(
    ("name", "hashtag"),
    [
        ("Ngày toàn dân PCCC", "#NgayToanDanPCCC"),
        ("Ngày hội VNeID", "#NgayHoiVNeID"),
        ("NGÀY CHUYỂN ĐỔI SỐ", "#NgayChuyenDoiSo"),
        ("PCCC", "#PCCC"),
        ("10/10", None),
        ("Ngày " + "a" * 55, "#NgayA" + "a" * 54),
        ("Ngày " + "a" * 56, None),
    ],
)
def test_a_hashtag_is_made_of_a_days_name_where_it_can(folder: Path, name: str, hashtag: str | None) -> None:
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count('name = "Ngày Chuyển đổi số quốc gia"') == 1
    file.write_text(text.replace('name = "Ngày Chuyển đổi số quốc gia"', f'name = "{name}"'), "utf-8")
    project = own(folder, "")
    first = posts_of(project, project.campaign.issuer)[0]
    assert [tag for tag in first.hashtags if tag != "#ChuyenDoiSo"] == ([hashtag] if hashtag else [])


def test_a_hashtag_has_60_letters_at_most(folder: Path) -> None:
    assert posts_of(own(folder, f'hashtags = ["{"a" * 60}"]'), load_campaign(folder).campaign.issuer)
    with pytest.raises(CampaignError, match="longer than 60"):
        posts_of(own(folder, f'hashtags = ["{"a" * 61}"]'), load_campaign(folder).campaign.issuer)


def test_a_hashtag_gets_its_sign_once() -> None:
    assert checked_hashtag("ChuyenDoiSo") == checked_hashtag("#ChuyenDoiSo") == "#ChuyenDoiSo"
    with pytest.raises(BilingualError):
        checked_hashtag("##a")


def test_a_campaign_in_another_language_has_none(folder: Path) -> None:
    file = folder / "campaign.toml"
    file.write_text(file.read_text("utf-8").replace("year = 2022", 'year = 2022\nlang = "en"', 1), "utf-8")
    planned = plan(load_campaign(folder), WISH)
    assert planned.jobs == ()
    assert all(isinstance(each, Skip) and "tiếng Việt" in each.reason_vi for each in planned.skipped)
    assert kind_of("posts").offer(load_campaign(folder)) is None
