"""Ten made-up campaigns, each of another kind: checked, built, read back, and searched for others' words."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest

from dxassets.agencies.listed import agencies_csv
from dxassets.api import Project, SiteWanted, Wanted, build, build_site, check_project, load_campaign, verify
from dxassets.country import communes_of, departments_of
from tests.drawing_support import read_picture, zxing_reads

PRESETS = ("share-1200x630", "skyscraper-160x600", "poster-a4")
TEXTS = {".html", ".svg", ".js", ".json", ".css", ".webmanifest", ".txt", ".xml"}


@dataclass(frozen=True)
class MadeUp:
    """A campaign as a clerk would write it: the head of its file, its days, and whose communes it lists."""

    id: str
    head: str
    days: tuple[str, ...]
    own: tuple[str, ...]
    """Words that no other campaign may say."""
    communes: str = ""
    code: str = ""


def head(name: str, title: str, province: str, *more: str, call: str = "Quét mã để xem") -> str:
    said = {"id": name, "title": title, "province": province, "call_to_action": call}
    return "\n".join([*(f'{key} = "{value}"' for key, value in said.items()), "year = 2027", *more])


def day(
    day_id: str, mark: str | None, name: str, text: str, short: str, *, extra: str = "", motif: str = "waves"
) -> str:
    said = f'mark = "{mark}"\n' if mark else ""
    return (
        f'\n[[days]]\nid = "{day_id}"\n{said}name = "{name}"\ndate = 2027-04-30\nmotif = "{motif}"\n{extra}\n'
        "period = { first = 2027-04-01, last = 2027-05-31 }\n"
        f'[days.slogan]\ntext = "{text}"\nshort = "{short}"\n'
    )


def issuer(office: str, name: str, short: str) -> str:
    return f'\n[issuer]\nid = "{office}"\nname = "{name}"\nshort_name = "{short}"\n'


def link(url: str, label: str) -> str:
    return (
        f'\n[[links]]\nid = "trang-chinh"\nlabel = "{label}"\nurl = "{url}"\nchecked_on = 2027-01-15\n'
        'for = ["main", "letter", "page"]\n'
    )


TEN = (
    MadeUp(
        "ven-bien-xanh",
        head("ven-bien-xanh", "Bãi biển không rác", "thành phố Đà Nẵng", 'themes = ["light", "digital"]')
        + issuer("ubnd-thanh-pho", "Ủy ban nhân dân thành phố Đà Nẵng", "UBND TP. Đà Nẵng")
        + link("https://danang.gov.vn/bien-sach", "Trang Biển sạch"),
        (
            day(
                "8-6",
                "08/6",
                "Ngày Đại dương thế giới",
                "Giữ biển xanh cho con cháu mai sau",
                "Giữ biển xanh",
            ),
        ),
        ("Đà Nẵng", "danang.gov.vn", "Đại dương"),
        communes="Đà Nẵng",
        code="https://danang.gov.vn/bien-sach",
    ),
    MadeUp(
        "mot-ngay",
        head("mot-ngay", "Ngày Sách và Văn hóa đọc", "tỉnh Cà Mau", 'motto = "Mỗi tuần một cuốn sách"')
        + issuer("thu-vien", "Thư viện tỉnh Cà Mau", "Thư viện Cà Mau"),
        (
            day(
                "21-4",
                "21/4",
                "Ngày Sách và Văn hóa đọc Việt Nam",
                "Đọc sách để hiểu mình, hiểu người",
                "Đọc sách",
            ),
        ),
        ("Thư viện", "Cà Mau", "cuốn sách"),
    ),
    MadeUp(
        "bon-ngay",
        head("bon-ngay", "Bốn ngày vì người khuyết tật", "tỉnh Nghệ An")
        + issuer("hoi-bao-tro", "Hội Bảo trợ người khuyết tật tỉnh Nghệ An", "Hội Bảo trợ Nghệ An")
        + link("https://baotro.nghean.gov.vn/", "Hội Bảo trợ"),
        tuple(
            day(
                f"{at}-4",
                f"{at}/4",
                f"Ngày thứ {word} của Hội Bảo trợ",
                "Không ai bị bỏ lại phía sau",
                "Cùng nhau",
                motif=motif,
            )
            for at, word, motif in (
                (15, "nhất", "leaf"),
                (16, "hai", "rays"),
                (17, "ba", "lotus"),
                (18, "tư", "shield"),
            )
        ),
        ("Nghệ An", "nghean.gov.vn", "khuyết tật", "Bảo trợ"),
        code="https://baotro.nghean.gov.vn/",
    ),
    MadeUp(
        "mot-tuan",
        head("mot-tuan", "Tuần lễ Nước sạch và vệ sinh", "tỉnh An Giang", 'themes = ["light"]')
        + issuer("trung-tam-nuoc", "Trung tâm Nước sạch tỉnh An Giang", "Trung tâm Nước sạch"),
        (
            day(
                "tuan-le",
                "Tuần lễ 29/4-6/5",
                "Tuần lễ quốc gia Nước sạch",
                "Nước sạch cho mọi nhà",
                "Nước sạch",
            ),
        ),
        ("An Giang", "Nước sạch"),
    ),
    MadeUp(
        "mot-thang",
        head("mot-thang", "Tháng Thanh niên", "tỉnh Gia Lai", 'themes = ["formal", "light"]')
        + issuer("tinh-doan", "Tỉnh đoàn Gia Lai", "Tỉnh đoàn Gia Lai")
        + link("https://tinhdoangialai.vn/", "Tỉnh đoàn"),
        (
            day(
                "thang-3",
                "Tháng 3",
                "Tháng Thanh niên",
                "Tuổi trẻ xung kích vì cộng đồng",
                "Tuổi trẻ xung kích",
            ),
        ),
        ("Gia Lai", "tinhdoangialai.vn", "Tuổi trẻ", "Tỉnh đoàn"),
        code="https://tinhdoangialai.vn/",
    ),
    MadeUp(
        "khong-co-quan",
        head("khong-co-quan", "Hiến máu nhân đạo", "tỉnh Tây Ninh")
        + issuer("hoi-chu-thap", "Hội Chữ thập đỏ tỉnh Tây Ninh", "Hội Chữ thập đỏ"),
        (
            day(
                "hien-mau",
                None,
                "Ngày hội Hiến máu tình nguyện",
                "Một giọt máu cho đi, một cuộc đời ở lại",
                "Hiến máu cứu người",
            ),
        ),
        ("Tây Ninh", "Chữ thập", "Hiến máu", "giọt máu"),
    ),
    MadeUp(
        "truong-hoc",
        head("truong-hoc", "Kỷ niệm 50 năm thành lập trường", "thành phố Hải Phòng", 'themes = ["brocade"]')
        + issuer("thpt-ngo-quyen", "Trường THPT Ngô Quyền", "THPT Ngô Quyền"),
        (
            day(
                "50-nam",
                "50 năm",
                "Lễ kỷ niệm thành lập trường",
                "Nhớ thầy cô, nhớ mái trường xưa",
                "Nhớ mái trường",
                motif="scales",
            ),
        ),
        ("Ngô Quyền", "Hải Phòng", "mái trường"),
    ),
    MadeUp(
        "bau-cu",
        head("bau-cu", "Bầu cử đại biểu Hội đồng nhân dân", "tỉnh Quảng Trị", 'themes = ["formal"]')
        + issuer("uy-ban-bau-cu", "Ủy ban bầu cử tỉnh Quảng Trị", "Ủy ban bầu cử tỉnh"),
        (
            day(
                "ngay-bau-cu",
                "25/5",
                "Ngày bầu cử",
                "Cử tri sáng suốt lựa chọn người đại biểu của dân",
                "Đi bầu là quyền công dân",
            ),
        ),
        ("Quảng Trị", "Ủy ban bầu cử", "Cử tri"),
        communes="Quảng Trị",
    ),
    MadeUp(
        "two-tongues",
        head("two-tongues", "Mùa du lịch biển", "tỉnh Khánh Hòa", 'themes = ["digital"]')
        + issuer("so-du-lich", "Sở Du lịch tỉnh Khánh Hòa", "Sở Du lịch")
        + link("https://khanhhoa.travel/", "Khánh Hòa"),
        (
            day("mua-he", "2027", "Mùa du lịch biển", "Biển hát lời chào bạn", "Biển chào bạn"),
            day(
                "summer",
                "2027",
                "Summer by the sea",
                "The sea sings you welcome",
                "Welcome to the sea",
                extra='lang = "en"',
            ),
        ),
        ("Khánh Hòa", "khanhhoa.travel", "Summer by the sea"),
        code="https://khanhhoa.travel/",
    ),
    MadeUp(
        "tieng-e-de",
        head("tieng-e-de", "Hruê mdi\u00ea ƀuôn sang", "tỉnh Đắk Lắk", 'lang = "rad"', call="Dlăng tinei")
        + issuer("ubnd-xa-ea-kao", "Ủy ban nhân dân phường Ea Kao", "UBND phường Ea Kao"),
        (
            day(
                "1-5",
                "1-7/5",
                "Hruê yua kơ ƀuôn sang",
                "Mđĭ kyar ƀuôn sang, hdĭp mda jăk hĭn",
                "Hdĭp mda jăk hĭn",
            ),
        ),
        ("Ea Kao", "Đắk Lắk", "ƀuôn"),
    ),
)


def written(made: MadeUp, folder: Path) -> Project:
    """The campaign on disk, with its communes where it has any."""
    folder.mkdir(parents=True)
    listed = 'agencies = "agencies.csv"\n' if made.communes else ""
    (folder / "campaign.toml").write_text(listed + made.head + "".join(made.days), encoding="utf-8")
    if made.communes:
        offices = [*departments_of(made.communes), *communes_of(made.communes)[:6]]
        (folder / "agencies.csv").write_bytes(agencies_csv(offices))
    return load_campaign(folder)


def said_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text of a built folder, whatever file it stands in, with the names of files."""
    for path in sorted(folder.rglob("*")):
        yield path.name, path.name
        if path.suffix in TEXTS:
            yield path.name, path.read_text(encoding="utf-8")
        elif path.suffix == ".pdf":
            reader = pypdf.PdfReader(path)
            yield path.name, f"{reader.metadata} {' '.join(page.extract_text() for page in reader.pages)}"
        elif path.suffix == ".docx":
            with zipfile.ZipFile(path) as parts:
                yield (
                    path.name,
                    " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist()),
                )


def foreign_to(made: MadeUp, example: Project) -> list[str]:
    """What only others say: the other nine, and the bundled example."""
    others = [word for other in TEN if other is not made for word in other.own]
    return [*others, example.campaign.province, "daknong", "Chuyển đổi số", "dx.mic.gov.vn"]


@pytest.mark.slow
@pytest.mark.parametrize("made", TEN, ids=lambda made: made.id)
def test_a_campaign_of_its_own_kind_is_built_and_says_only_its_own_words(
    made: MadeUp, tmp_path: Path, project: Project
) -> None:
    mine = written(made, tmp_path / made.id)
    errors, _ = check_project(mine)
    assert errors == []
    report = build(
        mine,
        Wanted(presets=PRESETS, all_agencies=True, kinds=("banner", "frame", "qr")),
        out=tmp_path / "out",
    )
    assert (report.exit_code, report.failed) == (0, ())
    assert verify(report.folder) == []
    records = json.loads((report.folder / "manifest.json").read_text("utf-8"))["assets"]
    banners = [record for record in records if record["kind"] == "banner"]
    looks = len(mine.brand.themes) * len(mine.campaign.days) * len(mine.campaign.offices)
    assert {record["preset"] for record in banners} == set(PRESETS)
    assert len([record for record in banners if record["preset"] == PRESETS[0]]) >= looks
    for record in (record for record in banners if record["path"].endswith("share-1200x630.png")):
        assert zxing_reads(read_picture((report.folder / record["path"]).read_bytes())) == [made.code] * bool(
            made.code
        )
    said = list(said_in(report.folder))
    assert any(made.own[0] in text for _, text in said)
    for word in foreign_to(made, project):
        assert [name for name, text in said if word in text] == [], word


@pytest.mark.slow
@pytest.mark.parametrize("made", [TEN[2], TEN[5], TEN[8]], ids=lambda made: made.id)
def test_its_page_says_only_its_own_words(made: MadeUp, tmp_path: Path, project: Project) -> None:
    mine = written(made, tmp_path / made.id)
    build_site(
        mine, tmp_path / "site", wanted=SiteWanted(presets=("share-1200x630",)), built=tmp_path / "out"
    )
    words_of_the_language = "words.js"  # which stay together on a line, in any campaign
    said = [each for each in said_in(tmp_path / "site") if each[0] != words_of_the_language]
    assert any(made.own[0] in text for _, text in said)
    for word in foreign_to(made, project):
        assert [name for name, text in said if word in text] == [], word
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    days = "Các ngày của chiến dịch" if len(made.days) > 1 else "Ngày của chiến dịch"
    assert f"{days}<" in home
