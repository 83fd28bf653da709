"""What may be wrong with a press kit's contacts, words, sizes and logos: told where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dxassets.api import load_campaign, plan
from dxassets.contacts import checked_phone
from dxassets.errors import CampaignError, InputError
from dxassets.kinds.registry import kind_of
from dxassets.resources import bundled_root
from tests.drawing_support import svg
from tests.test_press import WISH, copied, job_of


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
        ('vi = "Nút bấm"', 'vi = "…"', "pictures[1]", "để đặt tên tệp"),
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
