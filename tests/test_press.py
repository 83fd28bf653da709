"""Press kits, read back by readers that the product does not use, and what may be wrong with one."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from dxassets.api import Project, Wanted, load_campaign, plan
from dxassets.backends.zipped import zipped
from dxassets.contacts import checked_phone
from dxassets.errors import AssetError, CampaignError, GateError, InputError, Problem
from dxassets.jobs import AnyJob, Facts, Rendered, Skip
from dxassets.kinds.press.composing import sections_of
from dxassets.kinds.press.gates import LONGEST_NAME, check_name, check_press
from dxassets.kinds.press.render import MOST_KIT
from dxassets.kinds.press.spec import PressSpec
from dxassets.kinds.press.wording import MOST_KIT_PICTURES, PressText, wording_of
from dxassets.kinds.registry import check, kind_of, render
from dxassets.kinds.scope import AssetDraft
from dxassets.models import validate
from dxassets.planner import FileDigests, seal
from dxassets.resources import bundled_campaigns, bundled_root
from dxassets.vietnamese import clean
from tests.drawing_support import svg

WISH = Wanted(kinds=("press",))
BUNDLED = bundled_root() / "campaigns/daknong-2022"
PICTURES = """
[[pictures]]
use = "print"
preset = "leaflet-a5"
format = "pdf"
title = { vi = "Tờ rơi", en = "Leaflet" }

[[pictures]]
use = "web"
preset = "button-120x60"
format = "png"
title = { vi = "Nút bấm", en = "Button" }
"""
"""Small ones: what is tried here is the kit."""
CONTACTS = """
[[contacts]]
name = "Nguyễn <b>An</b> & Bình"
role = "Người phát ngôn"
phone = "(0261) 3543 210 máy lẻ 12"
email = "bao.chi@daknong.gov.vn"
office = "so-noi-vu"

[[contacts]]
name = "Tổng đài"
phone = "1022"
"""


def copied(folder: Path, more: str = "") -> Path:
    """The bundled campaign in a folder of its own, with `more` at its end, and small pictures in its kit."""
    shutil.copytree(BUNDLED, folder)
    file = folder / "campaign.toml"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    words = (bundled_root() / "templates/press/press.toml").read_text("utf-8")
    (folder / "templates/press").mkdir(parents=True)
    (folder / "templates/press/press.toml").write_text(
        words[: words.index("[[pictures]]")] + PICTURES, "utf-8"
    )
    return folder


def job_of(project: Project) -> AnyJob:
    (found,) = plan(project, WISH).jobs
    return found


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[AnyJob, Rendered, Project]:
    """A kit with contacts and one of its logos."""
    folder = copied(tmp_path_factory.mktemp("press") / "mine", CONTACTS)
    (folder / "logos").mkdir()
    (folder / "logos/chien-dich.svg").write_bytes(svg('<circle cx="50" cy="50" r="50" fill="#123456"/>'))
    project = load_campaign(folder)
    job = job_of(project)
    return job, render(job, project.resources), project


class Page(HTMLParser):
    """Elements, and words by the language in which they stand."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


# --- what is in it


def test_everything_in_a_kit_opens_and_the_page_names_it(filled: tuple[AnyJob, Rendered, Project]) -> None:
    job, rendered, _ = filled
    check(job, rendered)
    files = files_of(rendered.data)
    page = Page(files["index.html"].decode())
    named = {str(given[key]) for _, given in page.found for key in ("href", "src") if key in given}
    inside = {name for name in named if ":" not in name and not name.startswith("#")}
    assert inside == set(files) - {"index.html"}
    assert {name.partition(":")[0] for name in named - inside if not name.startswith("#")} == {
        "https", "tel", "mailto",
    }  # fmt: skip
    for name, data in files.items():
        assert name.isascii()
        suffix = PurePosixPath(name).suffix
        if suffix in {".png", ".webp"}:
            with Image.open(io.BytesIO(data)) as picture:
                picture.load()
        elif suffix == ".pdf":
            assert len(PdfReader(io.BytesIO(data)).pages) == 1
        elif suffix == ".txt":
            assert data.decode().endswith("\r\n")
    days = [day.id for day in load_campaign().campaign.days]
    assert {name for name in files if name.startswith("anh-")} == {
        f"{folder}/{day}-{stem}"
        for day in days
        for folder, stem in (("anh-in", "to-roi.pdf"), ("anh-web", "nut-bam.png"))
    }
    images = [given for tag, given in page.found if tag == "img"]
    assert all(image["alt"] for image in images)
    assert not [tag for tag, _ in page.found if tag in {"script", "link", "form", "iframe"}]


def test_the_page_is_vietnamese_and_says_what_else_is_not(
    filled: tuple[AnyJob, Rendered, Project],
) -> None:
    _, rendered, _ = filled
    text = files_of(rendered.data)["index.html"].decode()
    page = Page(text)
    assert ("html", {"lang": "vi"}) in page.found
    assert '<p class="said-en" lang="en">Every 10 October is' in text
    assert page.words.index("Bộ báo chí") < page.words.index("Press kit")
    assert "&lt;b&gt;An&lt;/b&gt; &amp; Bình" in text
    assert 'href="tel:02613543210"' in text
    assert "Sở Nội vụ" in page.words
    assert "Biểu trưng cơ quan ban hành: chưa có trong bộ này" in page.words


def test_texts_say_the_same_in_word_and_without_type(filled: tuple[AnyJob, Rendered, Project]) -> None:
    _, rendered, _ = filled
    files = files_of(rendered.data)
    plain = files["van-ban/thong-tin-bao-chi.txt"].decode()
    with zipfile.ZipFile(io.BytesIO(files["van-ban/thong-tin-bao-chi.docx"])) as archive:
        words = archive.read("word/document.xml").decode()
    for said in (
        "Ngày 10/10 hằng năm là Ngày Chuyển đổi số quốc gia",
        "Phương châm thực hiện: “Đi từng ngõ, gõ từng nhà”.",
        "ĐT: (0261) 3543 210 máy lẻ 12. Email: bao.chi@daknong.gov.vn.",
    ):
        assert said in plain
        assert said in words
    assert plain.count("Thông điệp:") == 1  # both days say the same
    assert "{" not in plain
    captions = files["van-ban/chu-thich-anh.txt"].decode()
    assert captions.count("Chú thích: Hưởng ứng Ngày") == captions.count("Mô tả ảnh (alt): ") == 4


def test_an_empty_slot_is_a_line_and_no_picture(filled: tuple[AnyJob, Rendered, Project]) -> None:
    _, rendered, _ = filled
    files = files_of(rendered.data)
    readme = files["doc-truoc.txt"].decode()
    assert "Biểu trưng cơ quan ban hành: ô trống. Đặt tệp logos/so-thong-tin-va-truyen-thong.svg" in readme
    assert "bieu-trung/chien-dich.svg" in readme
    assert [name for name in files if name.startswith("bieu-trung/")] == ["bieu-trung/chien-dich.svg"]
    assert dict(rendered.facts.notes)["logos"].startswith("Logo of the issuing agency: empty; ")


def test_the_same_kit_is_the_same_bytes(filled: tuple[AnyJob, Rendered, Project]) -> None:
    job, rendered, project = filled
    again = render(job, project.resources)
    assert again.data == rendered.data
    with zipfile.ZipFile(io.BytesIO(again.data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[:2] == ["index.html", "doc-truoc.txt"]


@pytest.mark.skipif(shutil.which("unzip") is None, reason="there is no unzip")
def test_other_programs_unpack_it(filled: tuple[AnyJob, Rendered, Project], tmp_path: Path) -> None:
    (tmp_path / "kit.zip").write_bytes(filled[1].data)
    told = subprocess.run(
        ["unzip", "-tqq", "kit.zip"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout + told.stderr) == (0, "")


# --- for whom, and of what


@pytest.mark.parametrize("name", bundled_campaigns())
def test_a_kit_says_what_the_campaign_gives_and_no_more(name: str) -> None:
    project = load_campaign(name)
    spec: PressSpec = job_of(project).spec
    said = "\n".join(text for section in spec.sections for text in section.paragraphs)
    assert project.campaign.title in said
    assert "{" not in said
    assert ("Phương châm" in said) == (project.campaign.motto is not None)
    assert spec.contacts == ()  # nobody is named by the dispatches, so nobody is here
    assert len(spec.pictures) == 6 * len(project.campaign.days)
    assert {url for _, url in spec.links} <= {link.url for link in project.campaign.links}


def test_a_campaign_has_one_kit_in_its_issuers_name() -> None:
    project = load_campaign()
    (job,) = plan(project, replace(WISH, all_agencies=True)).jobs
    assert job.path == "so-thong-tin-va-truyen-thong/press/bo-bao-chi-daknong-2022.zip"
    other = plan(project, replace(WISH, agencies=("so-noi-vu",)))
    assert other.jobs == ()
    (skip,) = other.skipped
    assert isinstance(skip, Skip)
    assert "cơ quan ban hành" in skip.reason_vi
    assert "press" not in {job.kind for job in plan(project, Wanted(formats=("txt",))).jobs}


def test_a_campaign_in_another_language_has_none(tmp_path: Path) -> None:
    folder = copied(tmp_path / "c")
    file = folder / "campaign.toml"
    file.write_text(file.read_text("utf-8").replace("\nyear =", '\nlang = "en"\nyear =', 1), "utf-8")
    project = load_campaign(folder)
    (skip,) = plan(project, WISH).skipped
    assert "tiếng Việt" in skip.reason_vi
    assert kind_of("press").offer(project) is None


# --- hostile words


class WithoutPictures:
    """Makes the kit again without its pictures, under another title."""

    def __init__(self, job: AnyJob, project: Project) -> None:
        self._job, self._project = job, project

    def __call__(self, said: str) -> tuple[PressSpec, Rendered]:
        spec = replace(self._job.spec, title=said, author=said, pictures=())
        job = seal(AssetDraft("press", spec, "a", "a.zip"), FileDigests(self._project.resources))
        return spec, render(job, self._project.resources)


@pytest.fixture(scope="module")
def entitled(filled: tuple[AnyJob, Rendered, Project]) -> WithoutPictures:
    return WithoutPictures(filled[0], filled[2])


@settings(max_examples=12)
@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")), min_size=1))
def test_hostile_titles_are_words_and_nothing_else(entitled: WithoutPictures, title: str) -> None:
    said = clean(f"{title} <script>alert(1)</script>\" onload='x' {{{{ 7 * 7 }}}}")
    spec, made = entitled(said)
    check_press(spec, made)
    page = Page(files_of(made.data)["index.html"].decode())
    assert not [tag for tag, given in page.found if tag == "script" or "onload" in given]
    assert " ".join(said.split()) in " ".join(page.words.split())


# --- bad input


@pytest.mark.parametrize(
    ("entry", "where", "vi"),
    [
        ('name = "A"\nphone = "📞 0912 345 678"', "contacts[0].phone", "không phải số điện thoại"),
        ('name = "A"\nphone = "0912 345 67x"', "contacts[0].phone", "không phải số điện thoại"),
        ('name = "A"\nemail = "an@daknong"', "contacts[0].email", "ten@tinh.gov.vn"),
        ('name = "A"\nemail = "an..b@daknong.gov.vn"', "contacts[0].email", "ten@tinh.gov.vn"),
        ('name = "A"\nemail = "nguyễn an@daknong.gov.vn"', "contacts[0].email", "không dấu"),
        ('name = "A"\nemail = "javascript:alert(1)"', "contacts[0].email", "ten@tinh.gov.vn"),
        ('name = "A 😀"\nphone = "1022"', "contacts[0].name", "biểu tượng cảm xúc"),
        ('name = "A"', "contacts[0]", "phone (điện thoại) hoặc email"),
        ('name = "A"\nphone = "1022"\noffice = "so-noi-vuu"', "contacts[0].office", "Có phải là: so-noi-vu"),
        ('name = "A"\nfone = "1022"', "contacts[0].fone", "Có phải là: phone"),
        ('phone = "1022"', "contacts[0].name", "thiếu khóa"),
    ],
)
def test_a_wrong_contact_is_told_where_it_stands(tmp_path: Path, entry: str, where: str, vi: str) -> None:
    folder = copied(tmp_path / "c", f"\n[[contacts]]\n{entry}\n")
    with pytest.raises(CampaignError) as caught:
        load_campaign(folder)
    told = {problem.where.partition(": ")[2]: problem.vi for problem in caught.value.problems}
    assert vi in told[where]


def test_an_office_may_be_called_by_its_name(tmp_path: Path) -> None:
    named = '\n[[contacts]]\nname = "A"\nphone = "1022"\noffice = "Phòng Báo chí"\n'
    (contact,) = job_of(load_campaign(copied(tmp_path / "c", named))).spec.contacts
    assert contact.office == "Phòng Báo chí"


@pytest.mark.parametrize(
    ("digits", "good"),
    [(2, False), (3, True), (4, True), (5, False), (7, False), (8, True), (12, True), (13, False)],
)
def test_a_number_has_8_to_12_digits_or_is_a_hotline(digits: int, *, good: bool) -> None:
    try:
        checked_phone("1" * digits)
    except ValueError:
        assert not good
    else:
        assert good


@pytest.mark.parametrize(("letters", "good"), [(254, True), (255, False)])
def test_an_address_has_254_letters_at_most(tmp_path: Path, letters: int, *, good: bool) -> None:
    address = f"{'a' * (letters - 5)}@b.vn"
    folder = copied(tmp_path / "c", f'\n[[contacts]]\nname = "A"\nemail = "{address}"\n')
    if good:
        assert load_campaign(folder).campaign.contacts[0].email == address
    else:
        with pytest.raises(CampaignError, match="254"):
            load_campaign(folder)


@pytest.mark.parametrize(("count", "good"), [(20, True), (21, False)])
def test_a_campaign_names_20_contacts_at_most(tmp_path: Path, count: int, *, good: bool) -> None:
    folder = copied(tmp_path / "c", '\n[[contacts]]\nname = "A"\nphone = "1022"\n' * count)
    if good:
        assert len(load_campaign(folder).campaign.contacts) == count
    else:
        with pytest.raises(CampaignError, match="at most 20"):
            load_campaign(folder)


@pytest.mark.parametrize(
    ("old", "new", "where", "vi"),
    [
        ("“{phuong-cham}", "“{phuong-chem}", "pieces[1]", "Có phải là: phuong-cham"),
        ('"{y-nghia}', '"Vui 😀', "pieces[2].text", "biểu tượng cảm xúc"),
        ("“{khau-hieu}”.\", \"Nguồn", "{ten-mien}\", \"Nguồn", "captions", "không có chỗ điền {ten-mien}"),
        ('vi = "Nút bấm"', 'vi = "♥"', "pictures[1]", "để đặt tên tệp"),
        ('format = "png"', 'format = "tiff"', "pictures[1].format", "png, jpg, pdf"),
        ('use = "web"\npreset = "button-120x60"\nformat = "png"\ntitle = { vi = "Nút bấm"',
         'use = "print"\npreset = "button-120x60"\nformat = "pdf"\ntitle = { vi = "Tờ rơi"',
         "", "cùng thành tệp to-roi.pdf"),
    ],
)  # fmt: skip
def test_wrong_words_are_told(tmp_path: Path, old: str, new: str, where: str, vi: str) -> None:
    folder = copied(tmp_path / "c")
    file = folder / "templates/press/press.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    project = load_campaign(folder)
    (problem,) = kind_of("press").survey(project).errors
    assert problem.where == f"templates/press/press.toml{': ' if where else ''}{where}"
    assert vi in problem.vi
    with pytest.raises(InputError):
        plan(project, WISH)


def test_a_size_that_there_is_not_is_warned_of_and_left_out(tmp_path: Path) -> None:
    folder = copied(tmp_path / "c")
    file = folder / "templates/press/press.toml"
    file.write_text(file.read_text("utf-8").replace("button-120x60", "button-120x61"), "utf-8")
    project = load_campaign(folder)
    (warning,) = kind_of("press").survey(project).warnings
    assert warning.where == "templates/press/press.toml: pictures[1].preset"
    assert [picture.file for picture in job_of(project).spec.pictures] == [
        "anh-in/10-10-to-roi.pdf",
        "anh-in/01-11-to-roi.pdf",
    ]


@pytest.mark.parametrize(
    ("name", "data", "vi"),
    [
        ("logos/chien-dich.svg", svg("<script>alert(1)</script>"), "script"),
        ("logos/chien-dich.png", b"no picture", "không phải tệp SVG hay PNG"),
    ],
)
def test_a_bad_logo_is_refused(tmp_path: Path, name: str, data: bytes, vi: str) -> None:
    folder = copied(tmp_path / "c")
    (folder / "logos").mkdir()
    (folder / name).write_bytes(data)
    project = load_campaign(folder)
    (problem,) = kind_of("press").survey(project).errors
    assert vi in problem.vi
    with pytest.raises(InputError):
        plan(project, WISH)


def test_a_logo_of_the_brand_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = copied(tmp_path / "c")
    shutil.copytree(bundled_root() / "brand", folder / "brand")
    brand = folder / "brand/brand.toml"
    slots = '\n[[logos]]\nid = "doi-tac"\ntitle = { vi = "Đối tác", en = "Partner" }\nfile = "doi-tac.svg"\n'
    brand.write_text(brand.read_text("utf-8").replace('file = ""', 'file = "so.svg"') + slots, "utf-8")
    (folder / "brand/so.svg").write_bytes(svg('<circle cx="50" cy="50" r="50" fill="#123456"/>'))
    (problem,) = kind_of("press").survey(load_campaign(folder)).errors
    assert (problem.where, problem.vi) == ("brand/doi-tac.svg", "không tìm thấy tệp này")
    (folder / "brand/doi-tac.svg").write_bytes(svg('<circle cx="50" cy="50" r="40" fill="#654321"/>'))
    spec = job_of(load_campaign(folder)).spec
    assert [logo.source for logo in spec.logos] == ["brand/so.svg", "brand/doi-tac.svg"]


def test_a_picture_that_cant_be_made_is_named(
    filled: tuple[AnyJob, Rendered, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(part: AnyJob, resources: object) -> Rendered:
        del part, resources
        raise GateError(Problem("", "mờ", "is blurred"))

    monkeypatch.setattr("dxassets.kinds.press.render.made", shut)
    with pytest.raises(AssetError, match=r"anh-in/10-10-to-roi\.pdf: is blurred"):
        render(filled[0], filled[2].resources)


# --- gates


@pytest.mark.parametrize(
    ("name", "change", "error"),
    [
        ("anh-web/10-10-nut-bam.png", None, r"lacks anh-web/10-10-nut-bam\.png"),
        ("anh-web/10-10-nut-bam.png", b"\x89PNG no picture", "can't be opened"),
        ("van-ban/thong-tin-bao-chi.docx", b"PK no document", "can't be opened"),
        ("van-ban/thong-tin-bao-chi.txt", "THÔNG TIN".encode(), "lacks 'Sở Thông tin"),
        ("extra.txt", b"more", "does not name extra.txt"),
        ("Aux/con.txt", b"more", "is not one for every system"),
        ("con.txt", b"more", "is not one for every system"),
        ("index.html", b"<img src='https://a.vn/a.png'>", "fetches https://a.vn/a.png"),
        ("index.html", b"<script>1</script>", "has <script>"),
    ],
)
def test_a_gate_shuts(
    filled: tuple[AnyJob, Rendered, Project], name: str, change: bytes | None, error: str
) -> None:
    job, rendered, _ = filled
    files = files_of(rendered.data)
    files = {**files, name: change} if change is not None else {n: d for n, d in files.items() if n != name}
    with pytest.raises(GateError, match=error):
        check_press(job.spec, replace(rendered, data=zipped(files)))


def test_a_flipped_byte_is_noticed(filled: tuple[AnyJob, Rendered, Project]) -> None:
    job, rendered, _ = filled
    data = bytearray(rendered.data)
    data[data.index(b"\x89PNG") + 60] ^= 1
    with pytest.raises(GateError, match="can't be read back"):
        check_press(job.spec, replace(rendered, data=bytes(data)))
    with pytest.raises(ValueError, match="no whole archive"):
        kind_of("press").read_back(bytes(data), "application/zip")
    assert kind_of("press").read_back(rendered.data, "application/zip") is None


def test_a_kit_has_25_mb_at_most(filled: tuple[AnyJob, Rendered, Project]) -> None:
    job, rendered, _ = filled
    assert rendered.facts.max_bytes == MOST_KIT == 25_000_000
    facts = Facts(0, 0, "px", "text", max_bytes=len(rendered.data))
    check_press(job.spec, replace(rendered, facts=facts))
    with pytest.raises(GateError, match="over the limit"):
        check_press(job.spec, replace(rendered, facts=replace(facts, max_bytes=len(rendered.data) - 1)))


def test_a_path_in_a_kit_has_120_letters_at_most() -> None:
    check_name("a" * LONGEST_NAME)
    with pytest.raises(GateError):
        check_name("a" * (LONGEST_NAME + 1))


def test_a_day_has_24_pictures_in_a_kit_at_most() -> None:
    raw = wording_of(load_campaign().resources).model_dump()
    for count, good in ((MOST_KIT_PICTURES, True), (MOST_KIT_PICTURES + 1, False)):
        wishes = [
            {"use": "web", "preset": "a", "format": "png", "title": {"vi": f"Ảnh {at}", "en": "A"}}
            for at in range(count)
        ]
        if good:
            assert len(validate(PressText, {**raw, "pictures": wishes}, "x").pictures) == 24
        else:
            with pytest.raises(CampaignError, match="at most 24"):
                validate(PressText, {**raw, "pictures": wishes}, "x")


def test_days_in_another_language_are_not_spoken_of_in_vietnamese(tmp_path: Path) -> None:
    folder = copied(tmp_path / "c")
    file = folder / "campaign.toml"
    file.write_text(
        file.read_text("utf-8").replace('id = "01-11"\n', 'id = "01-11"\nlang = "en"\n', 1), "utf-8"
    )
    project = load_campaign(folder)
    headings = [section.heading for section in sections_of(project, wording_of(project.resources))]
    assert headings == ["", "Ngày Chuyển đổi số quốc gia (10/10)"]
