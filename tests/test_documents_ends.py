"""How documents end: the mark “./.” that the models of Phụ lục III show, below a table too."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from dxassets.dispatch import Table, read_letter
from dxassets.errors import DispatchError
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.documents_support import pdf_of, pdf_text, read, sample, word_lines, word_of
from tests.letter_support import BLANK, parts, rules_broken

_TABLE = "| STT | Nội dung |\n| --- | --- |\n| 1 | Rà soát hồ sơ |"


def _ends(text: str) -> tuple[str, str]:
    """What stands just below the text's last table, in Word and in the PDF."""
    lines = word_lines(word_of(text))
    return lines[lines.index("Rà soát hồ sơ") + 1], pdf_text(pdf_of(text)).partition("Rà soát hồ sơ ")[2][:3]


@pytest.mark.parametrize("name", ["cong-van", "ke-hoach"])
def test_below_a_table_that_ends_a_text_stands_the_mark_of_the_end(name: str) -> None:
    """Every model but those of copies ends its text so (Phụ lục III); a công văn's tables need no key."""
    front = sample(name)
    text = front[: front.rindex("+++\n") + 4] + f"\nSở Nội vụ gửi danh mục:\n{_TABLE}\n"
    assert _ends(text) == ("./.", "./.")
    assert rules_broken(word_of(text)) == rules_broken(pdf_of(text), "a.pdf") == []
    assert _ends(text + "Đề nghị thực hiện./.")[0] == "Đề nghị thực hiện./."


def test_an_excerpt_may_end_anywhere() -> None:
    plan = sample("ke-hoach")
    original = plan[: plan.rindex("+++\n") + 4] + f"\nSở Nội vụ gửi danh mục:\n{_TABLE}\n"
    for name, ends in (("sao-y", "./."), ("trich-sao", "Nơi nhận:")):
        fill = 'original = "ke-hoach.md"\noriginal_number = "5"\noriginal_date = 2026-03-05\n[issuer]'
        copy = read(sample(name, ("[issuer]", fill)), ke_hoach=original).dispatch
        lines = word_lines(letter_docx(copy, BLANK, parts()))
        assert lines[lines.index("Rà soát hồ sơ") + 1] == ends


def test_an_annex_has_the_mark_below_its_table_where_it_asks_for_it() -> None:
    """No clause asks for it, Mẫu 2.1 shows it: the clerk decides."""
    rows = '[table]\ncolumns = [{ id = "a", head = "STT", width = 1 }]\n[[table.rows]]\na = "Rà soát hồ sơ"\n'
    text = sample(
        "ke-hoach",
        ("annexes = []", 'annexes = ["phu-luc.toml"]'),
        ("giải quyết./.", "giải quyết (theo Phụ lục)./."),
    )
    for key, ends in (("", False), ("end_mark = true\n", True)):
        annex = f'title = ["DANH MỤC"]\n{key}text = "Danh mục:"\n{rows}'
        letter = read_letter("a.md", {"a.md": text.encode(), "phu-luc.toml": annex.encode()}.get)
        assert (word_lines(letter_docx(letter.dispatch, BLANK, parts()))[-1] == "./.") is ends
        assert pdf_text(letter_pdf(letter.dispatch, BLANK, parts())).endswith("./.") is ends
    alone = 'title = ["DANH MỤC"]\nend_mark = true\ntext = "Danh mục."\n'
    with pytest.raises(DispatchError, match="ends with text"):
        read_letter("a.md", {"a.md": text.encode(), "phu-luc.toml": alone.encode()}.get)


def test_sums_stand_flush_right_and_a_row_has_as_many_cells_as_the_heads() -> None:
    front = sample("cong-van")
    text = front[: front.rindex("+++\n") + 4] + "\nSở Nội vụ báo giá:\n"
    text += "| Việc | Phí |\n| --- | -: |\n| Sao | 1.500 |\n"
    (table,) = [block for block in read(text).dispatch.body if isinstance(block, Table)]
    assert [column.align for column in table.columns] == ["left", "right"]
    last: Any = docx.Document(io.BytesIO(word_of(text))).tables[1].rows[1].cells
    assert [cell.paragraphs[0].style.paragraph_format.alignment for cell in last] == [
        WD_ALIGN_PARAGRAPH.LEFT,
        WD_ALIGN_PARAGRAPH.RIGHT,
    ]
    for row in ("| Sao | 1 | thừa |", "| thiếu |"):
        with pytest.raises(DispatchError, match=r"a\.md:\d+: this row has \d cells, the table's heads are"):
            read(text + row)
    assert read(f"{text}\n| Sao | 1 | thừa |./.").dispatch.body
