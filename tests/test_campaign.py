"""Bad campaign files: each is refused with where, what and the cure, in both languages, and all together."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets.agencies import parse_agencies
from dxassets.api import Project, check_project, load_campaign
from dxassets.campaign import named_agency
from dxassets.errors import CampaignError, InputError
from dxassets.slogans import Slogan

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy

SLOGAN = 'text = "Chuyển đổi số giải quyết các vấn đề của xã hội vì một cuộc sống tốt đẹp hơn cho người dân"'
ZALO = '# url = "https://zalo.me/..."\n# checked_on = 2022-09-19'


def told(copy: CampaignCopy) -> str:
    """Everything that loading and checking says, in both languages."""
    try:
        errors, _ = check_project(load_campaign(copy.folder))
        problems = tuple(errors)
    except InputError as error:
        problems = error.problems
    assert all(problem.vi and problem.en for problem in problems)
    return "\n".join(problem.line(lang) for problem in problems for lang in ("vi", "en"))


def test_the_bundled_campaign_is_sound(project: Project) -> None:
    errors, warnings = check_project(project)
    assert not errors
    assert [problem.where.rpartition(": ")[2] for problem in warnings] == ["links[1].url"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "daknong-2022"', 'id = "daknong', "is not valid TOML"),
        ('motto = "Đi', 'moto = "Đi', "moto: is not a known key. Did you mean: motto"),
        ('motto = "Đi từng ngõ, gõ từng nhà"', 'motto = "  "', "motto: must not be empty"),
        (SLOGAN, 'text = ""', "days[0].slogan.text: must not be empty"),
        (SLOGAN, f'text = "{"a" * 401}"', "is longer than 400"),
        ('mark = "10/10"', 'mark = "99/99"', "days[0].mark"),
        ("date = 2022-10-10", "date = 2022-02-30", "is not valid TOML"),
        ("first = 2022-10-08", "first = 2022-12-08", "is before the first"),
        ('hinge = "vì một cuộc sống"', 'hinge = "không có"', "must occur once"),
        (
            '"cuộc sống", "một',
            '"cuộc sống |", "một',
            "'cuộc sống |': a | stands between",
        ),
        ('id = "10-10"', 'id = "Mười"', "lower-case ASCII"),
        ('id = "01-11"', 'id = "10-10"', "id used twice: 10-10"),
        (
            'motif = "pixels"',
            'motif = "hoa"',
            "there is no 'hoa'; there are: pixels, lozenges, leaf, lotus, rays, scales, shield, waves",
        ),
        ('motif = "pixels"', 'motif = "pixel"', "Did you mean: pixels?"),
        ('motif = "pixels"', "motif = 1", "days[0].motif: must be text in quotes"),
        ('issuing_agency = "so-thong-tin', 'issuing_agency = "so-thog-tin', "Did you mean: so-thong-tin"),
        ('agencies = "agencies.csv"', 'agencies = "khong-co.csv"', "no such file"),
        ('agencies = "agencies.csv"', 'agencies = "../../agencies.csv"', "no such file"),
        ('agencies = "agencies.csv"', 'agencies = "/etc/passwd"', "no such file"),
        ('dispatch = "dispatch.md"', 'dispatch = "khong-co.md"', "no such file"),
        ('url = "https://dx.mic.gov.vn/"', 'url = "dx.mic.gov.vn"', "is not a full web address"),
        ('short = "Vì', 'short = "🎉 Vì', "U+1F389"),
        ('short = "Vì', 'short = "漢 Vì', "the typeface Be Vietnam Pro, Inter has no “漢”"),
        ('motto = "Đi', 'motto = "\\u200bĐi', "can't be printed (U+200B)"),
        ('title = "Hưởng', 'title = "🎉 Hưởng', "title: holds an emoji (party popper)"),
        ('motto = "Đi', 'motto = "Đi 🚶', "motto: holds an emoji"),
        ('about = { vi = "Ngày', 'about = { vi = "📅 Ngày', "days[0].about.vi: holds an emoji"),
    ],
)
def test_what_is_wrong_is_told(copy: CampaignCopy, old: str, new: str, words: str) -> None:
    copy.edit(old, new, count=1)
    assert words in told(copy)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://zalo.me/0912345678", "phone number"),
        ("https://zalo.me/84912345678", "phone number"),
        ("https://zalo.me/g/abcdef123", "Zalo group"),
        ("https://zalo.me/s/1234567890", "mini app"),
        ("http://zalo.me/1234567890123456789", "plain http"),
        ("https://evil.example/1234567890123456789", "not the page"),
    ],
)
def test_a_zalo_link_that_is_no_oa_is_refused(copy: CampaignCopy, url: str, words: str) -> None:
    copy.edit(ZALO, f'url = "{url}"')
    found = told(copy)
    assert words in found
    assert "15 to 19 digits" in found


def test_a_zalo_oa_is_accepted(copy: CampaignCopy) -> None:
    copy.edit(ZALO, 'url = "https://zalo.me/1234567890123456789"\nchecked_on = 2022-09-19')
    assert not told(copy)


def test_everything_wrong_is_told_at_once(copy: CampaignCopy) -> None:
    copy.edit('motto = "Đi từng ngõ, gõ từng nhà"', 'moto = ""')
    copy.edit(ZALO, 'url = "https://zalo.me/0912345678"')
    (copy.folder / "agencies.csv").write_text("id,name,short_name\nA B,,x\n", encoding="utf-8")
    with pytest.raises(CampaignError) as caught:
        load_campaign(copy.folder)
    where = [problem.where.replace(str(copy.folder), "") for problem in caught.value.problems]
    assert "/campaign.toml: moto" in where
    assert "/campaign.toml: links[1].url" in where
    copy.edit('moto = ""', 'motto = "Đi"')
    copy.edit('url = "https://zalo.me/0912345678"', "")
    with pytest.raises(CampaignError) as caught:
        load_campaign(copy.folder)
    assert [problem.where.rpartition("/")[2] for problem in caught.value.problems] == [
        "agencies.csv:2: id",
        "agencies.csv:2: name",
    ]


def test_text_in_nfd_is_accepted_and_normalised(copy: CampaignCopy, project: Project) -> None:
    text = unicodedata.normalize("NFD", copy.file.read_text(encoding="utf-8"))
    copy.file.write_text(text, encoding="utf-8")
    loaded = load_campaign(copy.folder).campaign
    assert loaded.days == project.campaign.days
    assert loaded.title == project.campaign.title


def test_a_byte_order_mark_is_no_harm_and_another_coding_is_told(copy: CampaignCopy) -> None:
    data = copy.file.read_bytes()
    copy.file.write_bytes(b"\xef\xbb\xbf" + data)
    assert not told(copy)
    copy.file.write_bytes(data.decode().encode("utf-16"))
    assert "is not UTF-8" in told(copy)


def test_a_long_slogan_is_a_warning(copy: CampaignCopy) -> None:
    words = "Chuyển đổi số phục vụ người dân " * 10
    copy.edit(SLOGAN + '\nhinge = "vì một cuộc sống"', f'text = "{words[:300].strip()}"', count=1)
    errors, warnings = check_project(load_campaign(copy.folder))
    assert not errors
    assert any("days.10-10.slogan.text" in problem.where for problem in warnings)


def test_no_campaign_there_is_told_with_what_there_is(copy: CampaignCopy) -> None:
    with pytest.raises(InputError) as caught:
        load_campaign(copy.folder.parent)
    assert "daknong-2022" in str(caught.value)
    assert "dxassets init" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"id,name\n", "lacks the column short_name"),
        (b"id,name,short_name\n", "holds no agency"),
        ("id,name,short_name\na,Sở,S\na,Sở,S\n".encode(), "a second time"),
        ("id,name,short_name\na,Sở,S\n".encode("utf-16"), "is not UTF-8"),
    ],
)
def test_a_bad_list_of_agencies_is_told(data: bytes, words: str) -> None:
    with pytest.raises(CampaignError) as caught:
        parse_agencies(data, "agencies.csv")
    assert words in str(caught.value)


def test_a_list_from_a_spreadsheet_is_read() -> None:
    (agency,) = parse_agencies("\ufeffid;name;short_name\r\nso-a;Sở  A;A\r\n".encode(), "agencies.csv")
    assert (agency.id, agency.name) == ("so-a", "Sở A")


def test_a_typed_name_never_takes_a_listed_agencys_folder(project: Project) -> None:
    listed = project.campaign.issuer
    assert named_agency(project.campaign, listed.name) == listed
    twin = named_agency(project.campaign, listed.name.upper())
    assert twin.id != listed.id
    assert twin.name == listed.name.upper()


@pytest.mark.parametrize("name", ["", "   ", "…", "\u200b"])
def test_a_name_without_letters_is_refused(project: Project, name: str) -> None:
    with pytest.raises(InputError):
        named_agency(project.campaign, name)


@pytest.mark.parametrize(
    ("text", "hinge", "parts"),
    [
        ("Kinh tế số - Động lực mới", "Động lực", ("Kinh tế số", "Động lực mới")),
        ("Kinh tế số – động lực mới", "– động lực", ("Kinh tế số", "động lực mới")),
        ("Kinh tế số — động lực mới", "động lực", ("Kinh tế số", "động lực mới")),
        ("Kinh tế-xã hội – vì dân", "vì dân", ("Kinh tế-xã hội", "vì dân")),
        ("Kinh tế số, động lực mới", "động lực", ("Kinh tế số,", "động lực mới")),
        ("Kinh tế\u00a0số vì dân", "số vì", ("Kinh tế", "số vì dân")),
        ("Kinh tế số vì\u00a0dân", "vì dân", ("Kinh tế số", "vì\u00a0dân")),
        ("– động lực", "động lực", ("– động lực",)),
    ],
)
def test_a_dash_dangles_at_neither_side_of_the_hinge(text: str, hinge: str, parts: tuple[str, ...]) -> None:
    assert Slogan(text=text, hinge=hinge, short="x").parts == parts


def test_a_name_is_found_whichever_blank_was_typed(project: Project) -> None:
    office = project.campaign.offices[0]
    assert named_agency(project.campaign, office.name.replace(" ", "\u00a0", 1)) is office


def own_brand(copy: CampaignCopy) -> Path:
    """The brand file of a project round the campaign: the bundled one's copy."""
    brand = copy.folder.parent.parent / "brand" / "brand.toml"
    brand.parent.mkdir()
    brand.write_bytes((Path(__file__).parent.parent / "brand" / "brand.toml").read_bytes())
    return brand


def test_the_letters_of_other_languages_of_viet_nam_pass(copy: CampaignCopy) -> None:
    said = "ƀuôn čư ŏng, M'Nông, Sê\u0306ng Ơ\u0306"
    copy.edit('motto = "Đi từng ngõ, gõ từng nhà"', f'motto = "{said}"', count=1)
    assert told(copy) == ""


def test_a_sign_that_no_face_has_is_told_with_their_names(copy: CampaignCopy) -> None:
    copy.edit('motto = "Đi từng ngõ', 'motto = "№ → từng ngõ', count=1)
    assert "phông chữ Be Vietnam Pro, Inter không có ký tự “№” (U+2116), “→” (U+2192)" in told(copy)


def test_a_spare_font_that_is_named_must_be_there(copy: CampaignCopy) -> None:
    brand = own_brand(copy)
    brand.write_text(brand.read_text("utf-8").replace("inter/Inter-Bold.ttf", "inter/Inter-Fat.ttf"), "utf-8")
    assert "brand/fonts/inter/Inter-Fat.ttf: no such file" in told(copy)


def test_letters_are_missed_by_name_where_a_brand_has_no_spare_face(copy: CampaignCopy) -> None:
    brand = own_brand(copy)
    text = brand.read_text("utf-8")
    start, end = text.index("[typefaces.display.spare]"), text.index("[typefaces.text]")
    brand.write_text(text[:start] + text[end:], "utf-8")
    copy.edit('motto = "Đi từng ngõ', 'motto = "ƀuôn từng ngõ', count=1)
    assert "the typeface Be Vietnam Pro has no “ƀ” (U+0180)" in told(copy)
