# ruff: noqa: E501  (a document, or what is said of it, is a line)
"""Particulars that a kind lacks, has no place for, or that contradict one another: told at once, with lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassets.cli.entry import main
from dxassets.dispatch import DOCUMENT_KINDS, LetterFill, slips_of
from dxassets.dispatch.lawful import Slip
from dxassets.errors import DispatchError
from tests.documents_support import NAMES, WHOLE_NAMES, read, sample
from tests.letter_support import BLANK


def told(text: str) -> list[str]:
    with pytest.raises(DispatchError) as caught:
        read(text)
    return [problem.line("vi") for problem in caught.value.problems]


def slips(text: str, fill: LetterFill = BLANK) -> list[Slip]:
    return list(slips_of(read(text), fill))


def test_all_that_a_kind_lacks_is_told_at_once() -> None:
    text = sample("giay-moi")
    for key in ("event", "time", "venue", "invited", "subject"):
        text = "\n".join("" if line.startswith(f"{key} =") else line for line in text.split("\n"))
    lines = told(text)
    assert len(lines) == 5
    for key in ("subject", "details.invited", "details.event", "details.time", "details.venue"):
        assert any(f"{key}: giấy mời (Mẫu 1.7) phải có" in line for line in lines)
    assert all(line.startswith("a.md:") for line in lines)


@pytest.mark.parametrize("name", WHOLE_NAMES)
def test_each_thing_that_a_kind_needs_is_missed(name: str) -> None:
    text = sample(name)
    for key in DOCUMENT_KINDS[read(text).dispatch.particulars.kind].needs:
        last = key.rpartition(".")[2]
        if key == "secretary":
            bare = text.replace('[secretary]\nname = "Trần Thị B"\n', "")
        else:
            at = text.index(f"\n{last} = ") + 1
            end = text.index("]\n", at) + 1 if last == "bases" else text.index("\n", at)
            bare = text[:at] + text[end + 1 :]
        assert bare != text
        assert any(f"{key}: " in line for line in told(bare)), key


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("ke-hoach", 'addressees = ["Sở Y tế"]', "addressees: kế hoạch (Mẫu 1.4) không có nơi gửi đến"),
        ("giay-gioi-thieu", 'subject = "Về việc gì"', "subject: giấy giới thiệu (Mẫu 1.8) không có trích yếu"),
        ("bien-ban", 'place = "Đắk Nông"', "place: biên bản (Mẫu 1.9) không có dòng địa danh"),
        ("cong-van", 'decided_by = ["GIÁM ĐỐC"]', "decided_by: công văn (Mẫu 1.5) không có dòng thẩm quyền"),
        ("to-trinh", 'attached = ["a.md"]', "attached: tờ trình (Mẫu 1.4) không có văn bản ban hành kèm theo"),
        ("quyet-dinh", 'sender = "Giám đốc"', "sender: quyết định (Mẫu 1.2) không có người gửi điện"),
        ("sao-y", 'original_number = "5"', "original_number: chưa có original"),
    ],
)  # fmt: skip
def test_what_a_kind_has_no_place_for_is_refused(name: str, line: str, said: str) -> None:
    (problem,) = [each for each in told(sample(name, ("recipients", f"{line}\nrecipients"))) if said in each]
    assert problem.startswith("a.md:")


def test_text_below_a_slip_that_has_only_its_lines_is_refused() -> None:
    assert any("chỉ có các dòng của mẫu" in line for line in told(sample("giay-nghi-phep") + "\nThêm.\n"))
    front = sample("ke-hoach")
    assert any("chưa có nội dung kế hoạch" in line for line in told(front[: front.rindex("+++")] + "+++\n"))


def test_bases_are_said_in_one_place_only() -> None:
    twice = sample("quyet-dinh", ("Điều 1.", "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;\n\nĐiều 1."))
    assert any("căn cứ đã có ở bases" in line for line in told(twice))


def test_ranks_are_for_armed_forces_schools_health_and_science() -> None:
    ranked = sample("ke-hoach", ('name = "Nguyễn Văn A"', 'name = "Nguyễn Văn A"\nrank = "Đại tá"'))
    assert any("signer.rank: quân hàm" in line and "II.7.c" in line for line in told(ranked))
    allowed = ranked.replace('name = "Sở Nội vụ"\n', 'name = "Sở Nội vụ"\nsector = "vu-trang"\n')
    assert read(allowed).dispatch.particulars.signer.rank == "Đại tá"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("quyet-din", "không có loại văn bản “quyet-din”"),
        ("Quyết định", "Có phải là: quyet-dinh"),
        ("TTr", "Có phải là: to-trinh"),
        ("CV", "Có phải là: cong-van"),
        ("hop-dong", "không có mẫu cho hợp đồng"),
    ],
)
def test_a_kind_that_there_is_not_is_told(kind: str, said: str) -> None:
    (line,) = told(sample("quyet-dinh", ('kind = "quyet-dinh"', f'kind = "{kind}"')))
    assert said in line


def test_an_attached_document_that_is_not_there_or_of_another_kind_is_told() -> None:
    gone = sample("quyet-dinh-ban-hanh", ('"van-ban-kem-theo.md"', '"khac.md"'))
    assert any("không tìm thấy phụ lục “khac.md”" in line for line in told(gone))
    wrong = sample("van-ban-kem-theo", ('kind = "quy-che"', 'kind = "cong-dien"'))
    with pytest.raises(DispatchError, match="cong-dien"):
        read(sample("quyet-dinh-ban-hanh"), van_ban_kem_theo=wrong)


@pytest.mark.parametrize(
    ("name", "change", "rule"),
    [
        ("quyet-dinh", ("/QĐ-SNV", "/KH-SNV"), "N4"),
        ("to-trinh", ("/TTr-SNV", "/SNV-VP"), "N4"),
        ("giay-moi", ("/GM-SNV", "/GM"), "N4"),
        ("to-trinh", ('"Như trên", ', ""), "R4"),
        ("ke-hoach", ("VT, TCCC", "TCCC"), "R3"),
        ("ke-hoach", ('"GIÁM ĐỐC"', '"KT GIÁM ĐỐC"'), "S3"),
        ("lien-tich", ("Trần Thị B", "TS. Trần Thị B"), "S2"),
        ("ke-hoach", ("giải quyết./.", "giải quyết."), "B8"),
        ("bao-cao", ('place = "Đắk Nông"', 'place = "TP. Gia Nghĩa"'), "D1"),
        ("sao-y", ("/SY-SNV", "/SL-SNV"), "N4"),
    ],
)
def test_what_the_decree_forbids_is_told_with_its_line(name: str, change: tuple[str, str], rule: str) -> None:
    assert rule not in [slip.rule for slip in slips(sample(name))]
    (slip,) = [each for each in slips(sample(name, change)) if each.rule == rule]
    assert slip.where.startswith("a.md:")


def test_bases_in_the_text_end_with_a_stop() -> None:
    text = sample("ke-hoach")
    body = text.rindex("+++\n") + 4
    good = (
        text[:body]
        + "\nCăn cứ Luật Thanh niên ngày 16 tháng 6 năm 2020;\n\nCăn cứ Luật Lưu trữ năm 2024.\n"
        + text[body:]
    )
    assert [slip.rule for slip in slips(good)] == []
    assert "B6" in [slip.rule for slip in slips(good.replace("năm 2024.\n", "năm 2024;\n", 1))]


# --- the command


def test_a_sample_becomes_a_document_in_two_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["letter", "--sample", "quyet-dinh"]) == 0
    written = capsys.readouterr().out
    Path("qd.md").write_text(written, encoding="utf-8")
    assert main(["letter", "qd.md", "-o", "ra"]) == 2
    refused = capsys.readouterr().err
    assert "qd.md:7: chưa điền {VIET-TAT}" in refused
    assert not Path("ra").exists()
    assert main(["letter", "qd.md", "--draft", "-o", "ra"]) == 0
    assert sorted(path.name for path in Path("ra").iterdir()) == ["qd.docx", "qd.pdf"]
    Path("that.md").write_text(sample("quyet-dinh"), encoding="utf-8")
    assert main(["letter", "that.md", "--number", "7", "--date", "2026-02-05", "-o", "ra"]) == 0


def test_a_document_of_its_own_has_no_agencies_and_no_unknown_sample(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.md"
    file.write_text(sample("thong-bao"), encoding="utf-8")
    assert main(["letter", str(file), "--agency", "so-noi-vu", "--draft"]) == 2
    assert "chỉ dùng với công văn của chiến dịch" in capsys.readouterr().err
    assert main(["letter", "--sample", "quyet-din"]) == 2
    assert "Có phải là: quyet-dinh" in capsys.readouterr().err
    assert main(["letter", str(tmp_path / "khong-co.md")]) == 2
    assert "không có tệp này" in capsys.readouterr().err


def test_names_are_told_apart() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 30
