"""Mail signatures, read back by mail's and HTML's own readers; what mail programs take out is not in them."""

from __future__ import annotations

import base64
import io
import re
import shutil
from dataclasses import replace
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from dxassets.api import Project, Wanted, load_campaign, plan
from dxassets.errors import GateError, InputError
from dxassets.jobs import AnyJob, Rendered
from dxassets.kinds.registry import kind_of, render
from dxassets.kinds.scope import AssetDraft
from dxassets.kinds.signature.gates import check_signature
from dxassets.planner import FileDigests, seal
from dxassets.resources import bundled_root

WISH = Wanted(kinds=("signature",), days=("10-10",))


def jobs(project: Project, *formats: str, wish: Wanted = WISH) -> dict[str, AnyJob]:
    found = plan(project, replace(wish, formats=formats)).jobs
    return {job.path.rpartition("/")[2]: job for job in found}


@pytest.fixture(scope="module")
def html(project: Project) -> tuple[AnyJob, Rendered]:
    (job,) = jobs(project, "html").values()
    return job, render(job, project.resources)


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_html_is_tables_and_inline_styles_with_the_picture_in_it(html: tuple[AnyJob, Rendered]) -> None:
    _, rendered = html
    text = rendered.data.decode()
    elements = Elements(text).found
    assert {tag for tag, _ in elements} == {
        "html", "head", "meta", "title", "body", "table", "tr", "td", "strong", "br", "a", "img",
    }  # fmt: skip
    assert not any("class" in given or "id" in given for _, given in elements)
    assert "<style" not in text
    (image,) = [given for tag, given in elements if tag == "img"]
    assert (image["width"], image["height"]) == ("600", "120")
    source = str(image["src"])
    with Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))) as picture:
        assert (picture.format, picture.size) == ("PNG", (600, 120))
    assert "daknong.gov.vn" in str(image["alt"]) or "Chuyển đổi số" in str(image["alt"])
    assert {given["href"] for tag, given in elements if tag == "a"} == {
        "https://daknong.gov.vn/web/guest/chuyen-trang-chuyen-doi-so"
    }
    assert "Sở Thông tin và Truyền thông tỉnh Đắk Nông" in text


def test_the_mail_holds_picture_and_plain_twin(project: Project) -> None:
    (job,) = jobs(project, "eml").values()
    data = render(job, project.resources).data
    mail = message_from_bytes(data, policy=policy.SMTP)
    plain, shown = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert shown is not None
    assert plain.get_content().startswith("-- \r\n[Họ và tên]")
    (image,) = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    assert f"cid:{image['Content-ID'].strip('<>')}" in shown.get_content()
    assert image.get_content_disposition() == "inline"  # as an attachment, mail programs show a paper clip
    assert mail["X-Unsent"] == "1"
    assert mail["Date"] is None
    assert render(job, project.resources).data == data


def test_the_plain_twin_and_the_guide(project: Project) -> None:
    found = jobs(project, "txt")
    assert set(found) == {"chu-ky-10-10.txt", "huong-dan-chu-ky.txt"}
    twin = render(found["chu-ky-10-10.txt"], project.resources).data.decode().split("\n")
    assert twin[0] == "-- "
    assert twin[-2] == "https://daknong.gov.vn/web/guest/chuyen-trang-chuyen-doi-so"
    guide = render(found["huong-dan-chu-ky.txt"], project.resources).data.decode()
    assert all(name in guide for name in ("Gmail", "Outlook", "Thunderbird", "Zimbra"))


def test_every_agency_and_day_has_its_own(project: Project) -> None:
    office = project.campaign.offices[-1]
    wish = replace(WISH, days=(), agencies=(office.id,))
    found = jobs(project, "html", wish=wish)
    assert set(found) == {f"chu-ky-{day.id}.html" for day in project.campaign.days}
    assert len({job.title for job in found.values()}) == len(found)  # a list of them can be read
    assert all(job.parts[0].agency == office.id and job.spec.agency == office.name for job in found.values())


def test_a_part_counts_in_the_key_and_its_files_in_the_inputs(project: Project) -> None:
    (job,) = jobs(project, "html").values()
    (part,) = job.parts
    assert set(part.inputs) <= set(job.inputs)
    files = FileDigests(project.resources)
    drafts = [
        AssetDraft("signature", job.spec, "a", "a.html", parts=(AssetDraft("banner", spec, "a", "b.png"),))
        for spec in (part.spec, replace(part.spec, call="Xem"))
    ]
    assert len({seal(each, files).key for each in drafts}) == 2
    assert seal(drafts[0], files).key == job.key


def folder_with(tmp_path: Path, text: str) -> Project:
    folder = Path(shutil.copytree(bundled_root() / "campaigns/daknong-2022", tmp_path / "campaigns/mine"))
    (folder / "signature.toml").write_text(text, "utf-8")
    return load_campaign(folder)


def test_a_picture_on_the_web_is_named_by_its_address(tmp_path: Path) -> None:
    text = 'picture = "https://daknong.gov.vn/chu-ky.png"\nlines = ["<b>Nguyễn & An</b>"]\n'
    project = folder_with(tmp_path, text)
    (job,) = jobs(project, "html").values()
    assert job.parts == ()
    said = render(job, project.resources).data.decode()
    assert re.findall(r'<img src="([^"]+)"', said) == ["https://daknong.gov.vn/chu-ky.png"]
    assert "&lt;b&gt;Nguyễn &amp; An&lt;/b&gt;" in said


@pytest.mark.parametrize(
    ("text", "where", "vi"),
    [
        ('picture = "http://a.vn/a.png"', "signature.toml: picture", "https://"),
        ('picture = "https://a.vn/a.svg"', "signature.toml: picture", ".png"),
        (f"lines = {['a'] * 7}".replace("'", '"'), "signature.toml: lines", "6"),
        ("line = []", "signature.toml: line", "lines"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, where: str, vi: str) -> None:
    project = folder_with(tmp_path, text)
    (problem,) = kind_of("signature").survey(project).errors
    assert problem.where == where
    assert vi in problem.vi
    with pytest.raises(InputError):
        plan(project, WISH)


def test_six_lines_are_taken(tmp_path: Path) -> None:
    project = folder_with(tmp_path, f"lines = {['a'] * 6}".replace("'", '"'))
    assert kind_of("signature").survey(project).errors == ()


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("<strong>", '<strong class="a">', "class"),
        ("<table", "<div></div><table", "<div>"),
        (' alt="', ' title="', "alt"),
        ("[Họ và tên]", "", "lacks"),
    ],
)
def test_a_gate_shuts_for_what_mail_programs_take_out(
    html: tuple[AnyJob, Rendered], old: str, new: str, error: str
) -> None:
    job, rendered = html
    check_signature(job.spec, rendered)
    data = rendered.data.decode()
    assert old in data
    with pytest.raises(GateError, match=error):
        check_signature(job.spec, replace(rendered, data=data.replace(old, new).encode()))


def test_a_signature_has_10_000_characters_at_most(html: tuple[AnyJob, Rendered]) -> None:
    job, rendered = html
    text = rendered.data.decode()
    bare = len(re.sub(r"(?<=base64,)[^\"]+", "", text))
    for more, shuts in ((10_000 - bare, False), (10_001 - bare, True)):
        longer = replace(rendered, data=text.replace("</body>", "a" * more + "</body>").encode())
        if shuts:
            with pytest.raises(GateError, match="over 10000"):
                check_signature(job.spec, longer)
        else:
            check_signature(job.spec, longer)
