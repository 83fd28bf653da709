"""The letter's content: complete against its source, strict about mistakes, open to other letters."""

from __future__ import annotations

import datetime
import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from dxassets.dispatch import (
    Dispatch,
    LetterFill,
    Paragraph,
    QrPlace,
    Run,
    annex_names,
    parse_dispatch,
    word_letter,
)
from dxassets.errors import DispatchError

ROOT = Path(__file__).parent.parent
CAMPAIGN = ROOT / "campaigns" / "daknong-2022"
LETTER = (CAMPAIGN / "dispatch.md").read_bytes()
ANNEX = (CAMPAIGN / "annex.toml").read_bytes()

# Every difference between the source's words and ours; CHANGES-TO-SOURCE.md gives the reasons.
REPAIRS = [
    ("", "số"),
    ("số:a)", "số: a)"),
    ("phòng", "Phòng"),
    ("Công", "Cổng"),
    ("trấn.", "trấn;"),
    ("ĐỐCTrần", "ĐỐC Trần"),
    ("PHỤ LỤC", "Phụ lục"),
    ("", "(Kèm theo Công văn số /STTTT-CNTT ngày tháng 9 năm 2022 của Sở Thông tin và Truyền thông)"),
    ("dẫn;", "dẫn."),
    ("mobimoney", "mobilemoney"),
    ("+UBND", "+ UBND"),
    ("Phần đầu tặng", "Phấn đấu tăng"),
]

SMALL = """+++
symbol = "/SNV-VP"
place = "Nơi nào đó"
month = 2
year = 2026
subject = "thử một việc"
addressees = ["Sở Tài chính"]
recipients = ["Như trên"]
filing = "VT"
annexes = []
[issuer]
body = ["SỞ NỘI VỤ"]
name = "Sở Nội vụ"
[signer]
authority = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
name = "Nguyễn Văn A"
+++
Một đoạn./.
"""


def parse(text: str, **annexes: str) -> Dispatch:
    files = {name.replace("_", "."): data.encode() for name, data in annexes.items()}
    return parse_dispatch(text.encode(), files, "dispatch.md")


def problems(text: str, **annexes: str) -> list[str]:
    with pytest.raises(DispatchError) as caught:
        parse(text, **annexes)
    for problem in caught.value.problems:
        assert problem.vi, "every problem is told in both languages"
        assert problem.en, "every problem is told in both languages"
    return caught.value.lines("en")


def bundled() -> Dispatch:
    return parse_dispatch(LETTER, {"annex.toml": ANNEX}, "dispatch.md")


def source_words() -> list[str]:
    """The words of the seed: table rows cut by a page break joined, marks of Markdown taken off."""
    text = (ROOT / "tests" / "data" / "dispatch-2022.md").read_text(encoding="utf-8")
    start = text.index("\nSTT\t")
    rows: list[list[str]] = []
    for line in text[start:].strip().split("\n"):
        cells = (line.split("\t") + [""] * 7)[:7]
        if line.startswith("\t") and len(rows) > 2:
            rows[-1] = [f"{upper} {lower}" for upper, lower in zip(rows[-1], cells, strict=True)]
        elif line.strip():
            rows.append(cells)
    text = "\n".join([text[:start], *("\n".join(row) for row in rows)])
    text = re.sub(r"</?(ul|li)[^>]*>", " ", text)
    text = re.sub(r"<(https://[^>]*)>", r"\1", text)
    text = re.sub(r"^#+ ", "", text, flags=re.MULTILINE)
    return re.sub(r"(?<!\\)\*", "", text).replace("\\*", "*").split()


def letter_words(dispatch: Dispatch) -> list[str]:
    words = word_letter(dispatch, LetterFill())
    lines = [words.number, words.date, words.subject, words.salutation, *words.addressees]
    lines += [block.text for block in dispatch.body if isinstance(block, Paragraph)]
    lines += [words.recipients_head, *words.recipients, *words.authority, words.signer]
    for annex, heads in zip(dispatch.annexes, words.annexes, strict=True):
        lines += [heads.word, *heads.title, heads.reference]
        lines += [block.text for block in annex.blocks if isinstance(block, Paragraph)]
        if annex.table:
            lines += [cell.text for row in annex.table.head() for cell in row]
            lines += [line for row in annex.table.rows for cell in row for line in cell]
    return " ".join(lines).split()


def test_no_word_of_the_source_is_lost_and_none_invented() -> None:
    source, ours = source_words(), letter_words(bundled())
    changes = [
        (" ".join(source[a:b]), " ".join(ours[c:d]))
        for what, a, b, c, d in SequenceMatcher(None, source, ours, autojunk=False).get_opcodes()
        if what != "equal"
    ]
    assert changes == REPAIRS


def test_the_bundled_letter_is_nfc_and_asks_for_two_codes() -> None:
    dispatch = bundled()
    words = " ".join(letter_words(dispatch))
    assert unicodedata.is_normalized("NFC", words)
    assert dispatch.qr_ids() == ("province", "zalo")
    assert annex_names(LETTER, "dispatch.md") == ("annex.toml",)


def test_emphasis_links_and_kinds_are_kept() -> None:
    paragraphs = [block for block in bundled().body if isinstance(block, Paragraph)]
    assert [block.text[:2] for block in paragraphs if block.kind == "clause"] == ["1.", "2."]
    points = [block for block in paragraphs if block.kind == "point"]
    assert [block.text[:2] for block in points] == ["a)", "b)", "a)", "b)", "c)"]
    assert not any(run.bold or run.italic for block in points for run in block.runs)
    links = [run.url for block in paragraphs for run in block.runs if run.url]
    assert links[1] == "https://daknong.gov.vn/web/guest/chuyen-trang-chuyen-doi-so"
    assert any(run.italic and run.text.startswith("Chuyển đổi số giải quyết") for run in paragraphs[5].runs)


def test_table_has_a_two_storey_head_and_an_empty_fourth_row() -> None:
    table = bundled().annexes[0].table
    assert table is not None
    upper, lower = table.head()
    assert [(cell.text, cell.columns, cell.rows) for cell in upper][-1] == ("Kết quả", 2, 1)
    assert [cell.rows for cell in upper] == [2, 2, 2, 2, 2, 1]
    assert [(cell.text, cell.column) for cell in lower] == [
        ("Trước Chương trình", 5),
        ("Sau Chương trình", 6),
    ]
    assert table.rows[3][2:] == ((), (), (), (), ())
    assert sum(table.widths(252.0)) == pytest.approx(252.0)


def test_nfd_input_crlf_and_a_byte_order_mark_make_the_same_letter() -> None:
    odd = unicodedata.normalize("NFD", LETTER.decode()).replace("\n", "\r\n")
    annex = unicodedata.normalize("NFD", ANNEX.decode())
    assert parse_dispatch(b"\xef\xbb\xbf" + odd.encode(), {"annex.toml": annex.encode()}, "d.md") == bundled()


# --- other letters are other files ----------------------------------------------------------------


def test_a_small_letter_to_one_body_signed_by_a_deputy() -> None:
    words = word_letter(parse(SMALL), LetterFill())
    assert words.parent == ()
    assert words.addressees == ("Sở Tài chính",)
    assert words.authority == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert words.recipients == ("- Như trên;", "- Lưu: VT.")
    assert words.annexes == ()
    assert re.fullmatch(r"Nơi nào đó, ngày\u00a0+tháng 02 năm 2026", words.date)
    assert re.fullmatch(r"Số:\u00a0{5,10}/SNV-VP", words.number)


def test_two_annexes_carry_roman_numbers() -> None:
    text = SMALL.replace("annexes = []", 'annexes = ["a.toml", "b.toml"]')
    words = word_letter(
        parse(text, a_toml='title = ["A"]\ntext = "Một."', b_toml='title = ["B"]'), LetterFill()
    )
    assert [annex.word for annex in words.annexes] == ["Phụ lục I", "Phụ lục II"]


def test_registration_fills_number_date_and_signer() -> None:
    fill = LetterFill(number="7", date=datetime.date(2022, 9, 5), signer="Trần Thị B")
    words = word_letter(bundled(), fill)
    assert words.number == "Số: 07/STTTT-CNTT"
    assert words.date == "Đắk Nông, ngày 05 tháng 9 năm 2022"
    assert words.signer == "Trần Thị B"
    assert words.annexes[0].reference == (
        "(Kèm theo Công văn số 07/STTTT-CNTT ngày 05 tháng 9 năm 2022 của Sở Thông tin và Truyền thông)"
    )


@pytest.mark.parametrize("number", ["00", "12a", "", "-1", "7/STTTT"])
def test_a_made_up_number_is_refused(number: str) -> None:
    with pytest.raises(DispatchError):
        LetterFill(number=number)


def test_text_in_other_shapes() -> None:
    text = SMALL.replace(
        "Một đoạn./.",
        "1. Một việc\n2. Hai việc\n   - trong đó\n\n[chữ](https://a.vn/) và <b>&amp; {{ x }} ${y}\n\n"
        "![Mã](qr:zalo)",
    )
    body = parse(text).body
    assert [block.text for block in body if isinstance(block, Paragraph)] == [
        "1. Một việc",
        "2. Hai việc",
        "- trong đó",
        "chữ và <b>&amp; {{ x }} ${y}",
    ]
    assert body[-1] == QrPlace("zalo", "Mã")
    assert Run("chữ", url="https://a.vn/") in [
        run for b in body if isinstance(b, Paragraph) for run in b.runs
    ]


# --- mistakes are told together, each with its line -------------------------------------------------


def test_every_mistake_of_every_file_is_told_with_its_line() -> None:
    text = (
        SMALL.replace("subject =", "subjct =")
        .replace("month = 2", "month = 13")
        .replace("annexes = []", 'annexes = ["a.toml", "anex.toml"]')
        .replace(
            "Một đoạn./.", "# Đầu\n\n> trích\n\n```\nmã\n```\n\n<https://x> [a](ftp://b) ![x](y.png) `c`"
        )
    )
    annex = """title = ["Chữ thường"]
text = '''
#### Sai
'''
[table]
columns = [{ id = "stt", head = "STT", width = 0 }]
"""
    told = problems(text, a_toml=annex, annex_toml='title = ["X"]')
    found = "\n".join(told)
    for expected in (
        "dispatch.md:4: month: must be at most 12",
        "dispatch.md:6: subjct: is not a known key. Did you mean: subject?",
        "dispatch.md:10: annex 'anex.toml' is not there. Did you mean: annex.toml",
        "a.toml:1: title[0]: 'Chữ thường' must be in capitals",
        "a.toml:6: table.columns[0].width: must be greater than 0",
    ):
        assert expected in found
    assert "subject: is missing" in found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('addressees = ["Sở Tài chính"]', "addressees = []", "dispatch.md:7: addressees: needs at least 1"),
        (
            '["Như trên"]',
            '["- Như trên;"]',
            "dispatch.md:8: recipients[0]: '- Như trên;': leave out the dash",
        ),
        ('"/SNV-VP"', '"12/SNV VP"', "dispatch.md:2: symbol: '12/SNV VP' must look like /STTTT-CNTT"),
        ('"thử một việc"', '"V/v thử."', "dispatch.md:6: subject: leave out “V/v”"),
        ('["SỞ NỘI VỤ"]', '["Sở Nội vụ"]', "dispatch.md:12: issuer.body[0]: 'Sở Nội vụ' must be in capitals"),
        ("year = 2026", "year = ", "dispatch.md:5: is not valid TOML"),
        ("year = 2026", 'year = "năm"', "dispatch.md:5: year:"),
        ("Một đoạn./.", "", "dispatch.md:17: the letter's text is empty"),
        ("+++\nMột", "Một", "dispatch.md:1: must begin with the particulars"),
        (
            "thử một",
            "thử\u200b một",
            "dispatch.md:6: subject: holds characters that can't be printed (U+200B)",
        ),
        ("Một đoạn", "Một\ufeff đoạn", "dispatch.md:18: holds characters that can't be printed (U+FEFF)"),
    ],
)
def test_one_mistake(old: str, new: str, told: str) -> None:
    assert old in SMALL
    found = problems(SMALL.replace(old, new))
    assert any(line.startswith(told) for line in found), found


def test_a_row_must_name_every_column_and_no_other() -> None:
    annex = ANNEX.decode().replace('truoc = "Số liệu..."', 'truocc = "Số liệu..."')
    line = annex[: annex.index("[[table.rows]]")].count("\n") + 1
    assert problems(LETTER.decode(), annex_toml=annex) == [
        f"annex.toml:{line}: the table has no column 'truocc'. Did you mean: truoc?",
        f"annex.toml:{line}: this row lacks the column 'truoc'; an empty cell is truoc = \"\"",
    ]


def test_bytes_that_are_not_utf8() -> None:
    with pytest.raises(DispatchError, match="is not UTF-8 text"):
        parse_dispatch("Số".encode("utf-16"), {}, "dispatch.md")
