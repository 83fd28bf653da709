"""No letter is made that our own linter refuses: what is wrong is told first, with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run

LAST = "quan tâm, chỉ đạo thực hiện./."


def changed(copy: CampaignCopy, old: str, new: str, file: str = "dispatch.md") -> int:
    """Replace text in a file of the campaign; the line where it stands."""
    path = copy.folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ('symbol = "/STTTT-CNTT"', 'symbol = "/CV-STTTT"', "N1", "“CV”"),
        ('symbol = "/STTTT-CNTT"', 'symbol = "/STTTT–CNTT"', "N1", "gạch dài"),
        ('symbol = "/STTTT-CNTT"', 'symbol = "/VPỦBND-VP"', "N1", "dấu thanh"),
        ('authority = ["GIÁM ĐỐC"]', 'authority = ["KT GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]', "S3", "KT GIÁM ĐỐC"),
        ('authority = ["GIÁM ĐỐC"]', 'authority = ["QUYỀN GIÁM ĐỐC"]', "S3", "QUYỀN"),
        ('name = "Trần Văn Thương"', 'name = "TS. Trần Văn Thương"', "S2", "học hàm"),
        ('name = "Trần Văn Thương"', 'name = "TRẦN VĂN THƯƠNG"', "S2", "in hoa"),
        ('filing = "VT, CNTT, TTBXCB"', 'filing = "CNTT, TTBXCB"', "R3", "CNTT, TTBXCB"),
        ('recipients = [\n  "Như trên",', "recipients = [", "R4", "UBND tỉnh (b/c)"),
        ('place = "Đắk Nông"', 'place = "tỉnh Đắk Nông ngày"', "D1", "tỉnh Đắk Nông ngày"),
        ('place = "Đắk Nông"', 'place = "đắk nông"', "D1", "không viết hoa"),
    ],
)
def test_what_the_linter_calls_an_error_is_refused_with_its_line(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path, old: str, new: str, rule: str, words: str
) -> None:
    line = changed(copy, old, new)
    told = dxassets("letter", "--campaign", copy.folder, "-o", tmp_path / "out")
    assert told.code == 2
    assert f"dispatch.md:{line}: " in told.err
    assert f"[{rule}, " in told.err
    assert words in told.err
    assert not (tmp_path / "out").exists()
    checked = dxassets("check", copy.folder)
    assert checked.code == 2
    assert f"dispatch.md:{line}: " in checked.out + checked.err


def test_an_annex_that_the_text_does_not_mention_is_refused(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path
) -> None:
    line = changed(copy, 'annexes = ["annex.toml"]', 'annexes = ["annex.toml"]')
    for old in ("Phụ lục", "kèm theo"):
        path = copy.folder / "dispatch.md"
        head, fence, text = path.read_text(encoding="utf-8").rpartition("+++\n")
        path.write_text(head + fence + text.replace(old, "bảng"), encoding="utf-8")
    told = dxassets("letter", "--campaign", copy.folder, "-o", tmp_path / "out")
    assert (told.code, f"dispatch.md:{line}: " in told.err, "[B9" in told.err) == (2, True, True)


@pytest.mark.parametrize("name", ["TS. Trần Văn B", "Bs CKII Trần Văn B", "TRẦN VĂN B"])
def test_a_signer_with_a_title_is_refused_from_the_command_line(
    dxassets: Run, tmp_path: Path, name: str
) -> None:
    told = dxassets("letter", "--signer", name, "-o", tmp_path / "out")
    assert (told.code, "--signer: " in told.err, "[S2" in told.err) == (2, True, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["Y Thinh Bkrông", "Trần Gs Văn", "K'Sơr H'Lan"])
def test_a_name_that_only_looks_like_a_title_is_not(dxassets: Run, tmp_path: Path, name: str) -> None:
    assert dxassets("letter", "--signer", name, "-o", tmp_path / "out").code == 0


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (LAST, "quan tâm, chỉ đạo thực hiện.", "B8"),
        ('place = "Đắk Nông"', 'place = "Tỉnh Đắk Nông"', "D3"),
        ('filing = "VT, CNTT, TTBXCB"', 'filing = "VT"', "R5"),
    ],
)
def test_what_is_only_against_custom_is_told_once_and_made(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path, old: str, new: str, rule: str
) -> None:
    line = changed(copy, old, new)
    told = dxassets("letter", "--campaign", copy.folder, "-o", tmp_path / "out")
    assert told.code == 0
    assert f"Lưu ý: {(copy.folder / 'dispatch.md').as_posix()}:{line}: " in told.err
    assert told.err.count(f"[{rule}") == 1
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_the_bundled_letter_is_made_without_a_word(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("letter", "-o", tmp_path)
    assert (told.code, told.err) == (0, "")


def test_what_only_the_finished_file_shows_is_refused_too(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path
) -> None:
    """The linter reads the finished Word file: here a ground that isn't italic."""
    old = "Thực hiện Kế hoạch số 531/KH-UBND"
    changed(copy, old, f"Căn cứ Luật Giao dịch điện tử;\n\nCăn cứ Luật Công nghệ thông tin;\n\n{old}")
    told = dxassets("letter", "--campaign", copy.folder, "-o", tmp_path / "out")
    assert (told.code, "[B6" in told.err, "dispatch.md (" in told.err) == (2, True, True)
    assert not (tmp_path / "out").exists()


# --- one agency's number and name ------------------------------------------------------------------


@pytest.mark.parametrize("option", [("--number", "12"), ("--signer", "Nguyễn Văn A")])
@pytest.mark.parametrize(
    "agencies", [("--all-agencies",), ("--agency", "ubnd-xa-nam-dong", "--agency", "so-noi-vu")]
)
def test_a_number_or_a_signer_is_not_stamped_on_several_agencies(
    dxassets: Run, tmp_path: Path, option: tuple[str, str], agencies: tuple[str, ...]
) -> None:
    told = dxassets("letter", *agencies, *option, "-o", tmp_path / "out")
    assert told.code == 2
    assert told.err.startswith(f"Lỗi: {option[0]}: ")
    assert "của một cơ quan" in told.err
    assert not (tmp_path / "out").exists()


def test_one_agency_named_twice_is_one(dxassets: Run, tmp_path: Path) -> None:
    twice = ("--agency", "so-noi-vu") * 2
    assert dxassets("letter", *twice, "--number", "12", "-o", tmp_path).code == 0


@pytest.mark.parametrize("number", ["１２", "99999999999", "1234567", "٣", "²", " 12", "0", "000000"])
def test_a_number_is_one_to_six_plain_digits(dxassets: Run, tmp_path: Path, number: str) -> None:
    told = dxassets("letter", "--number", number, "-o", tmp_path / "out")
    assert (told.code, told.err.startswith("Lỗi: --number: ")) == (2, True)
    assert not (tmp_path / "out").exists()


def test_six_digits_are_a_number(dxassets: Run, tmp_path: Path) -> None:
    assert dxassets("letter", "--number", "123456", "-o", tmp_path).code == 0


# --- asked for, and without effect -----------------------------------------------------------------


def test_nothing_to_split_is_told(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("letter", "--agency", "so-noi-vu", "--split-annex", "-o", tmp_path)
    assert (told.code, "--split-annex: " in told.err) == (0, True)
    assert dxassets("letter", "--split-annex", "-o", tmp_path).err == ""


def test_the_original_among_the_passing_on_letters_is_told(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path
) -> None:
    copy.keep_agencies(lambda row: row.startswith(("id,", "so-thong-tin", "so-noi-vu")))
    told = dxassets("letter", "--all-agencies", "--campaign", copy.folder, "-o", tmp_path / "out")
    assert told.code == 0
    assert "--all-agencies: thư mục so-thong-tin-va-truyen-thong là công văn gốc" in told.err


# --- where it is -----------------------------------------------------------------------------------


def test_a_code_of_an_unknown_link_has_its_line(dxassets: Run, copy: CampaignCopy, tmp_path: Path) -> None:
    line = changed(copy, "(qr:zalo)", "(qr:nope)")
    told = dxassets("letter", "--campaign", copy.folder, "-o", tmp_path / "out")
    assert (told.code, f"dispatch.md:{line}: " in told.err) == (2, True)
    assert told.err.count("nope") == 1


def test_an_annex_that_is_not_there_has_its_line(dxassets: Run, copy: CampaignCopy, tmp_path: Path) -> None:
    line = changed(copy, 'annexes = ["annex.toml"]', 'annexes = ["anex.toml"]')
    told = dxassets("letter", "--campaign", copy.folder, "-o", tmp_path / "out")
    assert told.code == 2
    assert f"dispatch.md:{line}: không tìm thấy phụ lục “anex.toml”" in told.err


def test_a_hole_that_nothing_fills_is_told_once_for_each_of_its_lines(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path
) -> None:
    path = copy.folder / "forward.md"
    first = path.read_text(encoding="utf-8").index("+++\nlevels")  # of the second section
    text = path.read_text(encoding="utf-8")
    text = text[:first].replace("{loai}", "{loaii}") + text[first:]
    path.write_text(text, encoding="utf-8")
    numbered = list(enumerate(text.split("\n"), 1))
    # The template's own remarks begin with “# ”, or “#   ”; its clauses with “## ”.
    wanted = {at for at, line in numbered if "{loaii}" in line and not line.startswith("# ")}
    district = ("--agency", "ubnd-huyen-cu-jut", "--campaign", copy.folder)
    told = dxassets("letter", *district, "-o", tmp_path / "out")
    lines = [line for line in told.err.splitlines() if "{loaii}" in line]
    assert told.code == 2
    assert {int(line.split("forward.md:")[1].split(":")[0]) for line in lines} == wanted
    assert len(lines) == len(wanted) > 4
    assert "Có phải là: loai" in lines[0]


def test_out_is_the_long_name_of_o(dxassets: Run, tmp_path: Path) -> None:
    assert dxassets("letter", "--out", tmp_path / "a").code == 0
    assert dxassets("qr", "https://daknong.gov.vn/", "--out", tmp_path / "a.svg").code == 0
    banner = ("--day", "10-10", "--theme", "dai-ngan", "--preset", "square")
    assert dxassets("banner", *banner, "--out", tmp_path / "b.png").code in {0, 2}
    (tmp_path / "file").write_text("x")
    told = dxassets("letter", "--out", tmp_path / "file")
    assert (told.code, "--out" in told.err) == (2, True)


LONG = "A" * 128


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("dispatch.md", '"Ban Giám đốc Sở"', f'"Ban {LONG}"'),  # a recipient that no line holds
        ("dispatch.md", LAST, f"quan tâm {LONG}, chỉ đạo thực hiện./."),
        ("forward.md", "để theo dõi, chỉ đạo", f"để theo dõi {LONG}, chỉ đạo"),
    ],
)
def test_what_only_the_finished_file_shows_is_told_by_check_too(
    dxassets: Run, copy: CampaignCopy, tmp_path: Path, file: str, old: str, new: str
) -> None:
    text = (copy.folder / file).read_text(encoding="utf-8")
    if old not in text:  # the template's own end
        old = text.rstrip()[-20:]
        new = f"{LONG} {old}"
    changed(copy, old, new, file)
    checked = dxassets("check", copy.folder)
    assert checked.code == 2
    assert f"{file} (" in checked.err
    assert "[P2, " in checked.err
    if file == "dispatch.md":
        told = dxassets("letter", "--campaign", copy.folder, "-o", tmp_path / "out")
        assert told.code == 2
        assert set(told.err.splitlines()) <= set(checked.err.splitlines())


def test_check_finds_nothing_in_a_letter_that_can_be_made(dxassets: Run, copy: CampaignCopy) -> None:
    assert dxassets("check", copy.folder).code == 0
