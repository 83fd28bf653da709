# ruff: noqa: E501  (a document, or what is said of it, is a line)
"""Documents of every kind as clerks make them with Word: direct formatting, a letterhead in an invisible table.

They are the linter's own corpus. Nothing here knows how dxassets writes its letters: `paper` is python-docx alone.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field, replace
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dxassets.checks.nd30.times import times_width

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Paper:
    """A document in the order of its parts; what is empty it does not have."""

    kind: str = ""
    parent: str = "UBND TỈNH ĐẮK NÔNG"
    body: str = "SỞ NỘI VỤ"
    number: str = "Số: 519/SNV-TCCC"
    date: str = "Đắk Nông, ngày 05 tháng 9 năm 2022"
    subject: str = ""
    who: str = ""
    """Who decides: a line of its own above the grounds."""
    greeting: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    operative: str = ""
    text: tuple[str, ...] = ()
    authority: tuple[str, ...] = ("GIÁM ĐỐC",)
    name: str = "Nguyễn Văn A"
    recipients: tuple[str, ...] = ()
    nation: str = NATION
    motto: str = MOTTO
    annex: tuple[str, ...] = ()
    """Its word, name (or nothing), reference, and its text."""
    attached: tuple[str, ...] = ()
    """A document that a decision issues, in the same file: kind, subject, reference, and its text."""
    looks: dict[str, Any] = field(default_factory=dict[str, Any])


_SIZES = {"parent": 13, "body": 13, "nation": 13, "motto": 14, "number": 13, "date": 14, "subject": 14,
          "about": 12, "kind": 14, "who": 14, "greeting": 14, "text": 14, "authority": 14, "name": 14,
          "recipients": 11, "to": 12, "page": 13, "annex": 14, "title": 14, "reference": 14}  # fmt: skip


def looking(paper: Paper, **looks: Any) -> Paper:
    """The same paper, made otherwise."""
    return replace(paper, looks={**paper.looks, **looks})


def made(paper: Paper) -> bytes:
    """The paper as a Word file."""
    return _Maker(paper).made()


class _Maker:
    def __init__(self, paper: Paper) -> None:
        self.paper, self.looks = paper, paper.looks
        self.document: Any = docx.Document()
        style = self.document.styles["Normal"]
        style.font.name = self.looks.get("family", "Times New Roman")
        style.font.size = Pt(self.looks.get("normal_pt", 14))
        style.element.rPr.rFonts.set(qn("w:eastAsia"), style.font.name)
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0

    def made(self) -> bytes:
        self._page(self.document.sections[0])
        head = {"table": self._table_head, "tabs": self._tab_head}[self.looks.get("head", "table")]
        for line in self.looks.get("stamp", ()):
            run = self.document.add_paragraph().add_run(line)
            run.font.size, run.font.name, run.font.color.rgb = Pt(8), "Arial", RGBColor(200, 0, 0)
        if self.paper.nation or self.paper.body:
            head()
        self._title(self.paper.kind, self.paper.subject)
        self._greeting()
        for line in (self.paper.who,) if self.paper.who else ():
            self.say(line, "who", bold=True, align="center", after=6)
        for line in self.paper.grounds:
            self.body_line(line, italic=self.looks.get("grounds_italic", True))
        if self.paper.operative:
            self.say(self.paper.operative, "kind", bold=True, align="center", before=6, after=6)
        for line in self.paper.text:
            self.body_line(line)
        if self.paper.authority or self.paper.recipients:
            self._end()
        if self.paper.attached:
            self._attached()
        if self.paper.annex:
            self._annex()
        done = io.BytesIO()
        self.document.save(done)
        return noted(done.getvalue(), self.looks["note"]) if "note" in self.looks else done.getvalue()

    # --- pieces ---

    def say(self, text: str, role: str, into: Any = None, *, align: str = "left", before: float = 0,
            after: float = 0, bold: bool = False, italic: bool = False) -> Any:  # fmt: skip
        line = (into or self.document).add_paragraph()
        looks = self.looks
        line.alignment = getattr(ALIGN, looks.get(f"{role}_align", align).upper())
        line.paragraph_format.space_before, line.paragraph_format.space_after = (
            Pt(looks.get(f"{role}_before", before)),
            Pt(looks.get(f"{role}_after", after)),
        )
        run = line.add_run(text)
        run.font.size = Pt(looks.get(f"{role}_pt", _SIZES[role]))
        run.bold, run.italic = looks.get(f"{role}_bold", bold), looks.get(f"{role}_italic", italic)
        if looks.get(f"{role}_underline"):
            run.underline = True
        if f"{role}_color" in looks:
            run.font.color.rgb = RGBColor.from_string(looks[f"{role}_color"])
        return line

    def body_line(self, text: str, *, italic: bool = False) -> None:
        line = self.say(text, "text", align="justify", after=6, italic=italic)
        line.paragraph_format.first_line_indent = Mm(self.looks.get("indent_mm", 12.7))
        line.paragraph_format.line_spacing = self.looks.get("spacing", 1.15)
        title, dot, rest = text.partition(". ")
        if title.startswith("Điều ") and title[5:].isdecimal() and not italic:
            line.runs[0].text = title + dot
            line.runs[0].bold = True
            line.add_run(rest).font.size = line.runs[0].font.size

    def rule(
        self, into: Any, text: str, role: str, share: float, *, bold: bool = True, room: float = 165.0
    ) -> None:
        """The drawn line below a text: a shape, as Insert, Shapes makes it."""
        share = self.looks.get(f"{role}_rule", share)
        if not share:
            return
        line = into.add_paragraph()
        line.alignment = ALIGN.CENTER
        if self.looks.get("typed_rules"):
            line.add_run(
                "_" * round(min(room, times_width(text, bold, _SIZES[role])) * share / 2.2)
            ).font.size = Pt(12.5)
            return
        mm = min(room, times_width(text, bold, self.looks.get(f"{role}_pt", _SIZES[role]))) * share
        line.add_run()._r.append(_drawn(mm))
        for run in line.runs:
            run.font.size = Pt(4)

    def _page(self, section: Any) -> None:
        looks = self.looks
        section.page_width, section.page_height = looks.get("paper", (Mm(210), Mm(297)))
        section.top_margin, section.bottom_margin = Mm(looks.get("top", 20)), Mm(looks.get("bottom", 20))
        section.left_margin, section.right_margin = Mm(looks.get("left", 30)), Mm(looks.get("right", 15))
        section.header_distance = Mm(10)
        if looks.get("page", "header") == "none":
            return
        section.different_first_page_header_footer = looks.get("first_differs", True)
        part = section.footer if looks.get("page") == "footer" else section.header
        line = part.paragraphs[0]
        line.alignment = getattr(ALIGN, looks.get("page_align", "center").upper())
        for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
            run = line.add_run()
            run.font.size = Pt(looks.get("page_pt", 13))
            xml = f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>' if kind else (
                f'<w:instrText {nsdecls("w")} xml:space="preserve">{code}</w:instrText>')  # fmt: skip
            run._r.append(parse_xml(xml))

    def _cells(self, widths: tuple[float, ...], *, indent: float = -1.9) -> Any:
        table = self.document.add_table(rows=1, cols=len(widths))
        table.autofit = False
        table._tbl.tblPr.append(
            parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{round(indent * 56.7)}" w:type="dxa"/>')
        )
        for cell, grid, mm in zip(table.rows[0].cells, table._tbl.tblGrid, widths, strict=True):
            cell.width = Mm(mm)
            grid.set(qn("w:w"), str(round(mm * 56.7)))
        return table

    def _table_head(self) -> None:
        paper, looks = self.paper, self.looks
        left_mm, right_mm = looks.get("head_mm", (66, 106))
        table = self._cells((left_mm, right_mm), indent=looks.get("head_indent", -1.9))
        left, right = table.rows[0].cells
        if paper.parent:
            self.say(paper.parent, "parent", left, align="center")
        self.say(paper.body, "body", left, align="center", bold=True)
        self.rule(left, paper.body, "body", 0.42, room=left_mm - 8)
        if paper.nation:
            self.say(paper.nation, "nation", right, align="center", bold=True)
            self.say(paper.motto, "motto", right, align="center", bold=True)
            self.rule(right, paper.motto, "motto", 1.0)
        row = table.add_row().cells
        for cell, mm in zip(row, (left_mm, right_mm), strict=True):
            cell.width = Mm(mm)
        if paper.number:
            self.say(paper.number, "number", row[0], align="center", before=6)
        if not paper.kind and paper.subject:
            self.say(f"V/v {paper.subject}", "about", row[0], align="center", before=6)
        if paper.date:
            self.say(paper.date, "date", row[1], align="center", italic=True, before=6)
        for cell in (left, right, *row):
            first = cell.paragraphs[0]
            if not first.text and len(cell.paragraphs) > 1:
                first._p.getparent().remove(first._p)

    def _tab_head(self) -> None:
        """The letterhead without a table: both columns in one paragraph, centred on two tab stops."""
        paper = self.paper
        widths = times_width(paper.body, True, 13) * 0.42, times_width(paper.motto, True, 13)
        for one, one_role, two, two_role in (
            (paper.parent, "parent", paper.nation, "nation"),
            (paper.body, "body", paper.motto, "motto"),
            (None, "rule", None, "rule"),
            (paper.number, "number", paper.date, "date"),
        ):
            line = self.document.add_paragraph()
            for at in (32, 113):
                line.paragraph_format.tab_stops.add_tab_stop(Mm(at), WD_TAB_ALIGNMENT.CENTER)
            for text, role, width in ((one, one_role, widths[0]), (two, two_role, widths[1])):
                line.add_run("\t")
                run = line.add_run(text or "")
                run.font.size = Pt(4 if role == "rule" else 12 if role == "nation" else 13)
                run.bold, run.italic = role in {"body", "nation", "motto"}, role == "date"
                if role == "rule":
                    run._r.append(_drawn(width))

    def _title(self, kind: str, subject: str) -> None:
        if not kind:
            return
        self.say(kind, "kind", align="center", bold=True, before=12)
        if subject:
            self.say(subject, "subject", align="center", bold=True)
        self.rule(self.document, subject or kind, "subject", 0.4)

    def _greeting(self) -> None:
        greeting = self.paper.greeting
        if len(greeting) == 1:
            self.say(f"Kính gửi: {greeting[0]}", "greeting", align="center", before=12, after=6)
        elif greeting and self.looks.get("greeting_table"):
            left, right = self._cells((63, 103), indent=0).rows[0].cells
            self.say("Kính gửi:", "greeting", left, align="right")
            for at, name in enumerate(greeting):
                self.say(f"- {name}{';' if at < len(greeting) - 1 else '.'}", "greeting", right)
            for cell in (left, right):
                cell._tc.remove(cell.paragraphs[0]._p)
        elif greeting:
            line = self.say("Kính gửi:", "greeting", before=12, after=0)
            line.paragraph_format.left_indent = Mm(40)
            for at, name in enumerate(greeting):
                end = self.looks.get("greeting_end", ";") if at < len(greeting) - 1 else "."
                line = self.say(f"- {name}{end}", "greeting", after=0)
                line.paragraph_format.left_indent = Mm(self.looks.get("dash_mm", 60))

    def _minutes_end(self) -> None:
        """Two signers side by side, and below them who receives it."""
        paper = self.paper
        left, right = self._cells((80, 87)).rows[0].cells
        for cell, title, name in ((left, "THƯ KÝ", "Trần Thị B"), (right, *paper.authority[-1:], paper.name)):
            self.say(title, "authority", cell, align="center", bold=True)
            for _ in range(5):
                self.say("", "authority", cell)
            self.say(name, "name", cell, align="center", bold=True)
            cell._tc.remove(cell.paragraphs[0]._p)
        self.say("Nơi nhận:", "to", bold=True, italic=True)
        for line in paper.recipients:
            self.say(line, "recipients")

    def _end(self) -> None:
        paper = self.paper
        if self.looks.get("end") == "minutes":
            self._minutes_end()
            return
        table = self._cells((80, 87))
        left, right = table.rows[0].cells
        if paper.recipients:
            self.say(self.looks.get("to", "Nơi nhận:"), "to", left, bold=True, italic=True)
        for line in paper.recipients:
            self.say(line, "recipients", left)
        for line in paper.authority:
            self.say(line, "authority", right, align="center", bold=True)
        for _ in range(self.looks.get("room", 5)):
            self.say("", "authority", right, align="center")
        if self.looks.get("done"):
            self.say(self.looks["done"], "authority", right, align="center")
        if paper.name:
            self.say(paper.name, "name", right, align="center", bold=True)
        for cell in (left, right):
            cell._tc.remove(cell.paragraphs[0]._p)
            if not cell.paragraphs:
                cell.add_paragraph()

    def _attached(self) -> None:
        kind, subject, reference, *text = self.paper.attached
        self.document.add_page_break()
        self.say(kind, "kind", align="center", bold=True)
        self.say(subject, "subject", align="center", bold=True)
        self.say(reference, "reference", align="center", italic=True)
        self.rule(self.document, reference, "reference", 0.4, bold=False)
        for line in text:
            self.body_line(line)

    def _annex(self) -> None:
        word, title, reference, *text = self.paper.annex
        section = self.document.add_section()
        if self.looks.get("landscape"):
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.top_margin, section.bottom_margin = Mm(30), Mm(15)
            section.left_margin, section.right_margin = Mm(20), Mm(20)
        if self.looks.get("annex_restarts", True):
            section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
        self.say(word, "annex", align="center", bold=True)
        if title:
            self.say(title, "title", align="center", bold=True)
        if reference:
            self.say(reference, "reference", align="center", italic=True)
        for line in text:
            self.body_line(line)
        self._grid(self.looks.get("annex_rows", 4))

    def _grid(self, rows: int) -> None:
        table = self.document.add_table(rows=rows, cols=3, style="Table Grid")
        table._tbl.tblPr.append(
            parse_xml(f'<w:tblInd {nsdecls("w")} w:w="{self.looks.get("grid_indent", 0)}" w:type="dxa"/>')
        )
        if self.looks.get("grid_head", True):
            table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for at, row in enumerate(table.rows):
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            for cell, text in zip(row.cells, (str(at + 1), "Nội dung công việc", "Ghi chú"), strict=True):
                cell.paragraphs[0].add_run(text).font.size = Pt(12)


def _drawn(mm: float) -> Any:
    emu = round(mm * 36000)
    return parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{emu}" cy="0"/>'
        '<wp:docPr id="7" name="Đường kẻ"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        '<a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )  # fmt: skip


_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def noted(data: bytes, text: str) -> bytes:
    """The Word file with a footnote at the end of its last justified paragraph."""
    run = '<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="28"/></w:rPr>%s</w:r>'
    notes = (
        f'<?xml version="1.0"?><w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p>'
        + (run % "<w:footnoteRef/>").replace('"28"', '"20"')
        + f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    done = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as taken,
    ):
        for name in given.namelist():
            if not name.endswith((".xml", ".rels")):
                taken.writestr(name, given.read(name))
                continue
            part = given.read(name).decode("utf-8")
            if name == "word/document.xml":
                at = part.rindex("</w:p>", 0, part.rindex("<w:tbl>"))
                part = part[:at] + run % '<w:footnoteReference w:id="1"/>' + part[at:]
            elif name == "word/_rels/document.xml.rels":
                part = part.replace(
                    "</Relationships>",
                    f'<Relationship Id="rId99" Type="{_NOTES}" Target="footnotes.xml"/></Relationships>',
                )
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                part = part.replace(
                    "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                )
            taken.writestr(name, part)
        taken.writestr("word/footnotes.xml", notes)
    return done.getvalue()
