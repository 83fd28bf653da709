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
from dxassets.errors import AssetError, CampaignError, GateError, Problem
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


# --- gates


def test_a_picture_that_cant_be_made_is_named(
    filled: tuple[AnyJob, Rendered, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(part: AnyJob, resources: object) -> Rendered:
        del part, resources
        raise GateError(Problem("", "mờ", "is blurred"))

    monkeypatch.setattr("dxassets.kinds.press.render.made", shut)
    with pytest.raises(AssetError, match=r"anh-in/10-10-to-roi\.pdf: is blurred"):
        render(filled[0], filled[2].resources)


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
