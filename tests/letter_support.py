# ruff: noqa: E501  (a letter's paragraphs are lines)
"""Letters for tests: the bundled one, a small one, and small ones that are broken on purpose."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from dxassets.backends.qr import encode
from dxassets.checks.nd30 import lint_file
from dxassets.checks.nd30.times import times_width
from dxassets.dispatch import FORM, WHOLE, Dispatch, Edition, LetterFill, LetterForm, parse_dispatch
from dxassets.kinds.letter.parts import Cut, LetterParts, QrPart
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx

ROOT = Path(__file__).parent.parent
CAMPAIGN = ROOT / "campaigns" / "daknong-2022"
TINOS = ROOT / "brand" / "fonts" / "tinos"
PAGE_URL = "https://daknong.gov.vn/web/guest/chuyen-trang-chuyen-doi-so"
CUTS: dict[Cut, str] = {
    "regular": "Tinos-Regular.ttf",
    "bold": "Tinos-Bold.ttf",
    "italic": "Tinos-Italic.ttf",
    "bold-italic": "Tinos-BoldItalic.ttf",
}
Change = Callable[[Any], object]
"""What spoils a Word document that python-docx has opened."""
BLANK = LetterFill()
LETTER = """+++
symbol = "/SNV-VP"
place = "Đắk Nông"
month = 9
year = 2022
subject = "triển khai một số nội dung về chuyển đổi số"
addressees = ["Các Sở, ban, ngành", "UBND các huyện, thành phố"]
recipients = ["Như trên", "Ban Giám đốc Sở"]
filing = "VT, VP"
annexes = ["annex.toml"]
[issuer]
parent = ["UBND TỈNH ĐẮK NÔNG"]
body = ["SỞ NỘI VỤ"]
name = "Sở Nội vụ"
[signer]
authority = ["GIÁM ĐỐC"]
name = "Nguyễn Văn A"
+++

Thực hiện Kế hoạch số 531/KH-UBND ngày 19/9/2022 của UBND tỉnh Đắk Nông tổ chức các hoạt động hưởng ứng Ngày \
chuyển đổi số quốc gia năm 2022 trên địa bàn tỉnh Đắk Nông, Sở Nội vụ đề nghị các cơ quan, đơn vị:

## 1. Đối với các Sở, ban, ngành:

### a) Tuyên truyền:

- Treo khẩu hiệu tại trụ sở, đặt banner trên Trang thông tin điện tử, thiết kế khẩu hiệu trên các ấn phẩm xuất bản, \
các kênh mạng xã hội sẵn có của đơn vị để lan truyền thông điệp của Ngày Chuyển đổi số (theo Phụ lục).

- Khuyến khích cán bộ, công chức tham gia tuyên truyền về ngày chuyển đổi số và thay đổi khung ảnh đại diện trên mạng \
xã hội, quan tâm và chia sẻ tin bài của Zalo OA Chuyển đổi số Đắk Nông.

Nhận được Văn bản này, Sở Nội vụ đề nghị các cơ quan, đơn vị, địa phương trên địa bàn tỉnh quan tâm, chỉ đạo thực hiện./.
"""
ANNEX = """title = ["BIỂU TỔNG HỢP"]
text = '''
Số liệu tổng hợp theo bảng dưới đây, gửi về Sở Nội vụ trước ngày 15 tháng 10 năm 2022 để tổng hợp, báo cáo.
'''
[table]
columns = [{ id = "stt", head = "STT", width = 1, align = "center" }, { id = "viec", head = "Việc", width = 5 }]
[[table.rows]]
stt = "1"
viec = "Một việc"
[[table.rows]]
stt = "2"
viec = "Hai việc"
"""


def template(name: str) -> str:
    return (ROOT / "templates" / name).read_text(encoding="utf-8")


@cache
def parts() -> LetterParts:
    return LetterParts(
        fonts={cut: (TINOS / name).read_bytes() for cut, name in CUTS.items()},
        qr={"province": QrPart(encode(PAGE_URL), "daknong.gov.vn"), "zalo": QrPart(None, "zalo.me")},
        template=template,
    )


@cache
def bundled() -> Dispatch:
    annex = (CAMPAIGN / "annex.toml").read_bytes()
    return parse_dispatch((CAMPAIGN / "dispatch.md").read_bytes(), {"annex.toml": annex}, "dispatch.md")


@cache
def small(old: str = "", new: str = "", annex_old: str = "", annex_new: str = "") -> Dispatch:
    """The small letter with one text replaced."""
    assert old in LETTER
    assert annex_old in ANNEX
    annex = ANNEX.replace(annex_old, annex_new, 1).encode()
    return parse_dispatch(LETTER.replace(old, new, 1).encode(), {"annex.toml": annex}, "dispatch.md")


def rows_of(count: int) -> Dispatch:
    """The small letter with an annex of so many rows."""
    rows = "".join(
        f'[[table.rows]]\nstt = "{at}"\nviec = "Việc số {at} của đợt ra quân"\n' for at in range(1, count + 1)
    )
    annex = ANNEX[: ANNEX.index("[[table.rows]]")] + rows
    return parse_dispatch(LETTER.encode(), {"annex.toml": annex.encode()}, "dispatch.md")


@cache
def small_docx(edition: Edition = WHOLE) -> bytes:
    return letter_docx(small(), BLANK, parts(), edition=edition)


def broken_docx(change: Callable[[Any], object], edition: Edition = WHOLE) -> bytes:
    """The small letter's Word file after `change` has worked on it (with python-docx)."""
    document: Any = docx.Document(io.BytesIO(small_docx(edition)))
    change(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def edited_docx(part: str, old: str, new: str, data: bytes | None = None) -> bytes:
    """A Word file with text replaced in the XML of one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or small_docx())) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text, f"{old} is not in {part}"
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return made.getvalue()


def broken_pdf(
    dispatch: Dispatch | None = None,
    *,
    css: str = "",
    html: tuple[str, str] = ("", ""),
    fill: LetterFill = BLANK,
    edition: Edition = WHOLE,
    face: str = "",
    **form: Any,
) -> bytes:
    """The small letter's PDF with another form, more CSS, or a template that says something else."""

    def changed(name: str) -> str:
        text = template(name)
        if name.endswith(".css.j2"):
            return text + css
        assert html[0] in text, f"{html[0]} is not in the template"
        return text.replace(*html)

    wanted: LetterForm = replace(FORM, **form)
    made = replace(parts(), template=changed)
    if face:
        data = (ROOT / "brand" / "fonts" / face).read_bytes()
        made = replace(made, fonts=dict.fromkeys(CUTS, data), family="Khác")
    return letter_pdf(dispatch or small(), fill, made, edition=edition, form=wanted)


def rules_broken(data: bytes, name: str = "a.docx") -> list[str]:
    """The ids of the rules that a file breaks."""
    return [finding.rule.id for finding in lint_file(data, name, times_width)]


def word_to_pdf(data: bytes, folder: Path, *, squeezed: bool = True) -> bytes:
    """LibreOffice's PDF of a Word file; “Times New Roman” is Tinos there.

    Not `squeezed`, lines are broken as Word did before 2013. Since then it squeezes the blanks of a justified
    line that one more word may fit, and LibreOffice since 24.2 does as well; no other program is known to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{TINOS}</dir><cachedir>{folder}/cache</cachedir>"
        '<match target="pattern"><test name="family"><string>Times New Roman</string></test>'
        '<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match>'
        "</fontconfig>"
    )
    (folder / "letter.docx").write_bytes(data if squeezed else _as_before_2013(data))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / "letter.docx")],
        env={**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / "letter.pdf").read_bytes()


def _as_before_2013(data: bytes) -> bytes:
    """The Word file, to be laid out by the rules of Word 2010."""
    document = docx.Document(io.BytesIO(data))
    modes = list(document.settings.element.iter(qn("w:compatSetting")))
    (mode,) = (each for each in modes if each.get(qn("w:name")) == "compatibilityMode")
    assert mode.get(qn("w:val")) == "15"
    mode.set(qn("w:val"), "14")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def lines(document: Any, style: str) -> list[Any]:
    found = [Paragraph(element, document) for element in document.element.iter(qn("w:p"))]
    return [paragraph for paragraph in found if paragraph.style and paragraph.style.name == style]


def text(style: str, new: str, at: int = 0) -> Change:
    def change(document: Any) -> None:
        line = lines(document, style)[at]
        for run in line.runs[1:]:
            run._r.getparent().remove(run._r)
        line.runs[0].text = new

    return change


def size(style: str, points: float) -> Change:
    def change(document: Any) -> None:
        document.styles[style].font.size = Pt(points)

    return change


def font(style: str, at: int = 0, **looks: Any) -> Change:
    """Direct formatting on a paragraph's runs."""

    def change(document: Any) -> None:
        for run in lines(document, style)[at].runs:
            for name, value in looks.items():
                setattr(run.font, name, value)

    return change


def layout(style: str, **looks: Any) -> Change:
    def change(document: Any) -> None:
        for name, value in looks.items():
            setattr(document.styles[style].paragraph_format, name, value)

    return change


def page(at: int = 0, **looks: Any) -> Change:
    def change(document: Any) -> None:
        for name, value in looks.items():
            setattr(document.sections[at], name, value)

    return change


def drop(path: str, at: int = 0) -> Change:
    """Without the element at `path` below the body."""

    def change(document: Any) -> None:
        found = list(document.element.iter(qn(path)))[at]
        found.getparent().remove(found)

    return change


def rule_indented(mm: float, at: int) -> Change:
    def change(document: Any) -> None:
        rule = lines(document, "Đường kẻ")[at].paragraph_format
        rule.left_indent = rule.right_indent = Mm(mm)

    return change


def no_rule(at: int) -> Change:
    def change(document: Any) -> None:
        lines(document, "Đường kẻ")[at]._p.pPr.find(qn("w:pBdr")).getparent().remove(
            lines(document, "Đường kẻ")[at]._p.pPr.find(qn("w:pBdr"))
        )

    return change
