"""Every kind of document that Phụ lục III has a model for: made, read back, and held to our own rules."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxassets.checks.nd30 import examine
from dxassets.checks.nd30.times import times_width
from dxassets.decree import COPIES as COPY_FORMS
from dxassets.decree import KINDS
from dxassets.dispatch import DOCUMENT_KINDS, Edition, LetterFill, Paragraph, open_holes
from dxassets.dispatch.kinds import WITHOUT_MODEL
from dxassets.kinds import commands
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.samples import sample_names, sample_text
from dxassets.kinds.letter.word_letter import letter_docx
from tests.documents_support import (
    COPIES,
    NAMES,
    WHOLE_NAMES,
    pdf_of,
    pdf_text,
    read,
    sample,
    word_lines,
    word_of,
)
from tests.letter_support import BLANK, parts, rules_broken, word_to_pdf

ISSUED = LetterFill("7", datetime.date(2026, 2, 5), None)
ADDRESS = (
    'address = ["Số 12, đường Trần Phú, tỉnh Lâm Đồng", "ĐT: 0261.3543210, Fax: 0261.3543211", '
    '"E-Mail: sonoivu@daknong.gov.vn, Website: https://sonoivu.daknong.gov.vn"]'
)


def marked(name: str, urgency: str = "khan") -> str:
    """The sample with every mark that a document may carry."""
    text = sample(
        name,
        ("# drafter", "drafter"),
        ("# copies", "copies"),
        ('# urgency = "khan"', f'urgency = "{urgency}"'),
        ("# circulation", "circulation"),
        ("# also", "also"),
    )
    return re.sub(r"# address = .*", ADDRESS, text)


def test_the_kinds_are_those_of_the_decree() -> None:
    named = {kind.name: kind.short for kind in DOCUMENT_KINDS.values() if not kind.is_copy and kind.short}
    assert named == {name: short for name, short in KINDS.items() if name not in WITHOUT_MODEL.values()}
    assert {kind.name: kind.short for kind in DOCUMENT_KINDS.values() if kind.is_copy} == COPY_FORMS
    models = {kind.model for kind in DOCUMENT_KINDS.values()}
    assert models == {"1.1", "1.2", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "3.1"}


def test_help_lists_every_sample() -> None:
    assert tuple(commands.SAMPLES.split("|")) == sample_names()


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_made_without_a_finding(name: str) -> None:
    text = sample(name)
    for fill in (BLANK, ISSUED):
        for data, file in ((word_of(text, fill), "a.docx"), (pdf_of(text, fill), "a.pdf")):
            report = examine(data, file, times_width)
            assert report.findings == ()
            assert report.scope.id == ("copy" if name in COPIES else "administrative")


@pytest.mark.parametrize("name", WHOLE_NAMES)
def test_every_kind_carries_its_marks_without_a_finding(name: str) -> None:
    text = marked(name)
    assert rules_broken(word_of(text, ISSUED), "a.docx") == []
    assert rules_broken(pdf_of(text, ISSUED), "a.pdf") == []


@pytest.mark.slow
def test_every_kind_is_clean_when_libreoffice_has_saved_it(tmp_path: Path) -> None:
    for name in NAMES:
        text = sample(name) if name in COPIES else marked(name, "thuong-khan")
        (tmp_path / f"{name}.docx").write_bytes(word_of(text, ISSUED))
    saved = tmp_path / "saved"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "docx",
         "--outdir", str(saved), *map(str, sorted(tmp_path.glob("*.docx")))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    broken = {name: rules_broken((saved / f"{name}.docx").read_bytes(), "a.docx") for name in NAMES}
    assert {name: rules for name, rules in broken.items() if rules} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["quyet-dinh-ban-hanh", "bien-ban", "to-trinh", "lien-tich"])
def test_word_and_pdf_have_the_same_pages(name: str, tmp_path: Path) -> None:
    ours = pypdf.PdfReader(io.BytesIO(pdf_of(marked(name), ISSUED)))
    theirs = pypdf.PdfReader(io.BytesIO(word_to_pdf(word_of(marked(name), ISSUED), tmp_path)))
    assert len(ours.pages) == len(theirs.pages)
    for one, other in zip(ours.pages, theirs.pages, strict=True):
        first, second = (set(page.extract_text().replace("\u2060", "").split()) for page in (one, other))
        assert len(first & second) > 0.9 * len(first | second)


# --- what the models show


@pytest.mark.parametrize(
    ("name", "symbol", "title"),
    [
        ("nghi-quyet", "/NQ-SNV", "NGHỊ QUYẾT"),
        ("quyet-dinh", "/QĐ-SNV", "QUYẾT ĐỊNH"),
        ("to-trinh", "/TTr-SNV", "TỜ TRÌNH"),
        ("quy-dinh", "/QyĐ-SNV", "QUY ĐỊNH"),
        ("chuong-trinh", "/CTr-SNV", "CHƯƠNG TRÌNH"),
        ("giay-nghi-phep", "/GNP-SNV", "GIẤY NGHỈ PHÉP"),
        ("phieu-chuyen", "/PC-SNV", "PHIẾU CHUYỂN"),
        ("bien-ban", "/BB-SNV", "BIÊN BẢN"),
    ],
)
def test_a_kind_has_its_name_and_symbol(name: str, symbol: str, title: str) -> None:
    lines = word_lines(word_of(sample(name), ISSUED))
    assert f"Số: 07{symbol}" in lines
    assert title in lines
    assert f"Số: 07{symbol}" in pdf_text(pdf_of(sample(name), ISSUED))


def test_a_decision_stands_in_the_order_of_its_model() -> None:
    lines = word_lines(word_of(sample("quyet-dinh"), ISSUED))
    order = [
        "Số: 07/QĐ-SNV", "Đắk Nông, ngày 05 tháng 02 năm 2026", "QUYẾT ĐỊNH", "GIÁM ĐỐC SỞ NỘI VỤ",
        "Theo đề nghị của Trưởng phòng Tổ chức công chức.", "QUYẾT ĐỊNH:", "Nơi nhận:", "- Như Điều 3;",
        "- Lưu: VT, TCCC.", "GIÁM ĐỐC", "Nguyễn Văn A",
    ]  # fmt: skip
    places = [lines.index(each) for each in order]
    assert places == sorted(places)
    bases = [line for line in lines if line.startswith(("Căn cứ", "Theo đề nghị"))]
    assert [line[-1] for line in bases] == [";", ";", "."]


def test_what_a_decision_issues_has_a_letterhead_and_a_reference_and_no_number() -> None:
    text = pdf_text(pdf_of(sample("quyet-dinh-ban-hanh"), ISSUED))
    below = text[text.index("QUY CHẾ Làm việc") :]
    assert text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 2
    assert "(Kèm theo Quyết định số 07/QĐ-SNV ngày 05 tháng 02 năm 2026 của Sở Nội vụ)" in below
    assert below.index("Chương I") < below.index("QUY ĐỊNH CHUNG") < below.index("Điều 1. Phạm vi")
    assert "Số:" not in below
    assert below.endswith("./.")
    apart = pdf_text(pdf_of(sample("quyet-dinh-ban-hanh"), ISSUED, Edition(part=1)))
    assert apart.startswith("Số: 07/QĐ-SNV;")
    assert "Thời gian ký" not in apart
    assert rules_broken(pdf_of(sample("quyet-dinh-ban-hanh"), ISSUED, Edition(part=1)), "a.pdf") == []
    assert rules_broken(word_of(sample("quyet-dinh-ban-hanh"), ISSUED, Edition(part=1)), "a.docx") == []


def test_minutes_are_signed_by_two_and_name_no_place_and_date() -> None:
    lines = word_lines(word_of(sample("bien-ban"), ISSUED))
    order = [lines.index(each) for each in ("THƯ KÝ", "Trần Thị B", "CHỦ TỌA", "Nguyễn Văn A", "Nơi nhận:")]
    assert order == sorted(order)
    assert not any(re.fullmatch(r".*, ngày .* tháng .* năm \d+", line) for line in lines)
    assert "- Lưu: VT, Hồ sơ." in lines
    assert "Cuộc họp kết thúc vào gio ngay ket thuc./." in lines


def test_a_telegram_says_who_sends_it() -> None:
    lines = word_lines(word_of(sample("cong-dien")))
    at = lines.index("Giám đốc Sở Nội vụ điện:")
    assert lines[at + 1 : at + 3] == [
        "- Chủ tịch Ủy ban nhân dân các huyện, thành phố;", "- Giám đốc các Sở.",
    ]  # fmt: skip


def test_an_invitation_without_remarks_ends_itself() -> None:
    whole = sample("giay-moi")
    bare = whole[: whole.rindex("+++")] + "+++\n"
    assert "Địa điểm: dia diem hop./." in word_lines(word_of(bare))
    assert "Địa điểm: dia diem hop." in word_lines(word_of(whole))
    one = sample("giay-moi", (', "nguoi duoc moi khac"', ""))
    assert "Sở Nội vụ trân trọng kính mời: nguoi duoc moi." in word_lines(word_of(one))


def test_a_person_is_spoken_of_as_the_clerk_does() -> None:
    told = sample("giay-gioi-thieu", ("Ông Lê Văn C", "Bà Lê Thị C"))
    assert "Bà Lê Thị C." in word_lines(word_of(told))
    assert any("để bà có tên ở trên" in line for line in word_lines(word_of(told)))
    untold = sample("giay-gioi-thieu", ("Ông Lê Văn C", "Lê Văn C"))
    assert "Ông (bà) Lê Văn C." in word_lines(word_of(untold))
    leave = sample("giay-nghi-phep", ("confirmed = false", "confirmed = true"))
    assert "chính quyền địa phương nơi nghỉ phép" in word_lines(word_of(leave))
    assert rules_broken(pdf_of(leave), "a.pdf") == rules_broken(word_of(leave)) == []


def test_bodies_that_issue_together_sign_side_by_side() -> None:
    lines = word_lines(word_of(sample("lien-tich"), ISSUED))
    assert lines.index("SỞ NỘI VỤ -") + 1 == lines.index("SỞ TÀI CHÍNH")
    assert "Số: 07/KH-SNV-STC" in lines
    assert lines.count("GIÁM ĐỐC") == 2
    assert lines.index("Nguyễn Văn A") < lines.index("Trần Thị B") < lines.index("Nơi nhận:")
    third = '[[joint]]\nbody = ["SỞ Y TẾ"]\nname = "Sở Y tế"\n[joint.signer]\nauthority = ["GIÁM ĐỐC"]\n'
    third += 'name = "Lê Văn C"\n+++\n\n'
    three = sample("lien-tich", ("+++\n\nSở Nội vụ", third + "Sở Nội vụ"), ("/KH-SNV-STC", "/KH-SNV-STC-SYT"))
    assert "Lê Văn C" in word_lines(word_of(three))
    assert rules_broken(pdf_of(three), "a.pdf") == rules_broken(word_of(three)) == []


def test_marks_are_boxes_of_the_prescribed_size_and_the_drafter_stands_on_the_last_line() -> None:
    for urgency, words, twips in (
        ("hoa-toc", "HỎA TỐC", 30), ("thuong-khan", "THƯỢNG KHẨN", 40), ("khan", "KHẨN", 20),
    ):  # fmt: skip
        data = word_of(marked("ke-hoach", urgency), ISSUED)
        lines = word_lines(data)
        assert words in lines
        assert "LƯU HÀNH NỘI BỘ" in lines
        assert "- Lưu: VT, TCCC. PL.(300)" in lines
        assert "ĐT: 0261.3543210, Fax: 0261.3543211" in word_lines(data, "word/footer1.xml")
        assert round(twips * 1440 / 25.4) in _table_widths(data)
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(marked("ke-hoach"), ISSUED)))
    pages = [page.extract_text() for page in reader.pages]
    assert ["Website" in page for page in pages] == [True] + [False] * (len(pages) - 1)


def _table_widths(data: bytes) -> set[int]:
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return {int(each) for each in re.findall(r'<w:tblW w:w="(\d+)"', xml)}


def test_a_copy_shows_the_document_with_the_number_it_was_issued_with() -> None:
    copy = sample(
        "sao-y",
        ('# original = "quyet-dinh.md"', 'original = "quyet-dinh.md"'),
        ('# original_number = "15"', 'original_number = "15"'),
        ("# original_date = 2026-09-21", "original_date = 2026-09-21"),
        ('# original_signed = "(Đã ký)"', 'original_signed = "(Đã ký)"'),
    )
    dispatch = read(copy, quyet_dinh=sample("quyet-dinh")).dispatch
    word, pdf = letter_docx(dispatch, ISSUED, parts()), letter_pdf(dispatch, ISSUED, parts())
    lines = word_lines(word)
    order = ["Số: 15/QĐ-SNV", "Đắk Nông, ngày 21 tháng 9 năm 2026", "(Đã ký)", "SAO Y", "Số: 07/SY-SNV"]
    assert [lines.index(each) for each in order] == sorted(lines.index(each) for each in order)
    assert rules_broken(word, "a.docx") == rules_broken(pdf, "a.pdf") == []


# --- texts


def test_bases_and_the_operative_words_may_stand_in_the_text() -> None:
    said = sample("quyet-dinh")
    front, body = said.split("+++\n", 2)[1:]
    bases = re.search(r"bases = \[\n(.*?)\]\n", front, re.DOTALL)
    assert bases is not None
    written = [each.strip().strip('",') for each in bases.group(1).strip().split("\n")]
    moved = "\n\n".join([*(f"{each};" for each in written[:-1]), f"{written[-1]}.", "QUYẾT ĐỊNH:"])
    other = f"+++\n{front.replace(bases.group(), '')}+++\n{moved}\n{body}"
    assert word_lines(word_of(other)) == word_lines(word_of(said))


def test_articles_chapters_and_sections_are_set_as_such() -> None:
    kinds = {
        block.text: block.kind
        for block in read(sample("quyet-dinh-ban-hanh")).dispatch.annexes[0].blocks
        if isinstance(block, Paragraph)
    }
    assert kinds["Chương I"] == "part"
    assert kinds["QUY ĐỊNH CHUNG"] == "part_title"
    assert kinds["Điều 1. Phạm vi điều chỉnh"] == "clause"
    assert kinds["1. pham vi dieu chinh."] == "text"


def test_a_table_in_the_text_is_a_table() -> None:
    text = sample("to-trinh")
    assert "STT" in word_lines(word_of(text))
    assert not any("|" in line for line in word_lines(word_of(text)))
    plain = text.replace("[issuer]", "tables = false\n[issuer]", 1)
    assert "| STT | Nội dung | Kết quả |" in word_lines(word_of(plain))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("aăâeêioôơuưyđ bc123*_+|<&#>~[]()\\.,;:–“”"), min_size=1, max_size=40)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: text.strip() and not text.startswith(("##", "###"))),
        min_size=1,
        max_size=6,
    )
)
def test_no_letter_of_a_text_is_lost(said: list[str]) -> None:
    text = sample("ke-hoach")
    front = text[: text.rindex("+++\n") + 4].replace("[issuer]", "tables = false\n[issuer]", 1)
    blocks = read(front + "\n" + "\n\n".join(said)).dispatch.body
    signs = str.maketrans("", "", "*<>[]() ")
    assert "".join(block.text for block in blocks if isinstance(block, Paragraph)).translate(signs) == (
        "".join(said).translate(signs)
    )


def test_samples_are_drafts_until_they_are_filled_in() -> None:
    for name in WHOLE_NAMES:
        letter = read(sample_text(name))
        assert open_holes(letter, BLANK)
        assert not open_holes(read(sample(name)), BLANK)
