"""The letter's named Word styles: each line of Nghị định 30, Phụ lục I, has one that a clerk can see."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.backends.word import ParagraphStyle
from dxassets.dispatch import LetterForm
from dxassets.kinds.letter.parts import Measures


@dataclass(frozen=True, slots=True)
class LetterStyles:
    """The styles, by what they are for."""

    nation: ParagraphStyle
    motto: ParagraphStyle
    parent: ParagraphStyle
    body_name: ParagraphStyle
    rule: ParagraphStyle
    number: ParagraphStyle
    date: ParagraphStyle
    subject: ParagraphStyle
    salutation: ParagraphStyle
    addressee: ParagraphStyle
    single_addressee: ParagraphStyle
    text: ParagraphStyle
    clause: ParagraphStyle
    point: ParagraphStyle
    picture: ParagraphStyle
    picture_label: ParagraphStyle
    signer_title: ParagraphStyle
    signer_name: ParagraphStyle
    recipients_head: ParagraphStyle
    recipient: ParagraphStyle
    spacer: ParagraphStyle
    page_number: ParagraphStyle
    signing_mark: ParagraphStyle
    annex: ParagraphStyle
    annex_title: ParagraphStyle
    annex_reference: ParagraphStyle

    def all(self) -> tuple[ParagraphStyle, ...]:
        """Every style."""
        return tuple(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class TableStyles:
    """The styles of a table's text."""

    head: ParagraphStyle
    text: ParagraphStyle
    number: ParagraphStyle

    def all(self) -> tuple[ParagraphStyle, ...]:
        """Every style."""
        return self.head, self.text, self.number


def table_styles(size_pt: float) -> TableStyles:
    """Of a table in that size: head bold and kept with the first row, text left, numbers centred."""
    size, key = f"{size_pt:g}", f"{size_pt:g}".replace(".", "_")
    return TableStyles(
        ParagraphStyle(
            f"Đầu bảng {size}", f"DauBang{key}", size_pt, bold=True, align="center", keep_with_next=True
        ),
        ParagraphStyle(f"Chữ trong bảng {size}", f"ChuTrongBang{key}", size_pt),
        ParagraphStyle(f"Số trong bảng {size}", f"SoTrongBang{key}", size_pt, align="center"),
    )


def letter_styles(form: LetterForm, measures: Measures, *, mark_left_mm: float = 0.0) -> LetterStyles:
    """The styles with the form's sizes; `mark_left_mm` is where an annex's signing mark begins."""
    return LetterStyles(
        **_letterhead(form, measures),
        **_addressees(form, measures),
        **_text(form),
        **_end(form),
        **_annex(form, mark_left_mm),
    )


def _letterhead(form: LetterForm, measures: Measures) -> dict[str, ParagraphStyle]:
    gap = form.letterhead_gap_pt
    return {
        "nation": ParagraphStyle("Quốc hiệu", "QuocHieu", form.nation_pt, bold=True, align="center"),
        "motto": ParagraphStyle("Tiêu ngữ", "TieuNgu", form.motto_pt, bold=True, align="center"),
        "parent": ParagraphStyle("Cơ quan chủ quản", "CoQuanChuQuan", form.parent_pt, align="center"),
        "body_name": ParagraphStyle(
            "Cơ quan ban hành", "CoQuanBanHanh", form.body_name_pt, bold=True, align="center"
        ),
        "rule": ParagraphStyle("Đường kẻ", "DuongKe", 2, before_pt=form.rule_drop_pt, line_pt=2.0),
        "number": ParagraphStyle("Số, ký hiệu", "SoKyHieu", form.number_pt, align="center", before_pt=gap),
        "date": ParagraphStyle(
            "Địa danh, thời gian", "DiaDanhThoiGian", form.date_pt, italic=True, align="center", before_pt=gap
        ),
        "subject": ParagraphStyle(
            "Trích yếu", "TrichYeu", form.subject_pt, align="center", before_pt=form.subject_gap_pt,
            outline=1, left_mm=measures.subject_side_mm, right_mm=measures.subject_side_mm,
        ),
    }  # fmt: skip


def _addressees(form: LetterForm, measures: Measures) -> dict[str, ParagraphStyle]:
    size, gap = form.addressee_pt, form.addressee_gap_pt
    dash = form.addressee_left_mm + measures.salutation_mm
    hang = form.addressee_left_mm + measures.salutation_full_mm
    before, after = form.addressee_before_pt, form.addressee_after_pt
    return {
        "salutation": ParagraphStyle(
            "Kính gửi", "KinhGui", size, left_mm=form.addressee_left_mm, before_pt=before, after_pt=gap,
            keep_with_next=True,
        ),
        "addressee": ParagraphStyle("Nơi gửi đến", "NoiGuiDen", size, left_mm=dash, after_pt=gap),
        "single_addressee": ParagraphStyle(
            "Kính gửi một nơi", "KinhGuiMotNoi", size, left_mm=hang,
            first_line_mm=-measures.salutation_full_mm, before_pt=before, after_pt=after,
        ),
    }  # fmt: skip


def _text(form: LetterForm) -> dict[str, ParagraphStyle]:
    size, line, after = form.text_pt, form.line_pt, form.paragraph_gap_pt

    def text(name: str, key: str, *, bold: bool = False, outline: int | None = None) -> ParagraphStyle:
        return ParagraphStyle(
            name, key, size, bold=bold, align="both", first_line_mm=form.first_line_mm, after_pt=after,
            line_pt=line, keep_with_next=outline is not None, outline=outline,
        )  # fmt: skip

    return {
        "text": text("Nội dung", "NoiDung"),
        "clause": text("Khoản", "Khoan", bold=True, outline=2),
        "point": text("Điểm", "Diem", outline=3),
        "picture": ParagraphStyle("Hình", "Hinh", form.qr_label_pt, align="center", keep_with_next=True),
        "picture_label": ParagraphStyle(
            "Chú thích hình", "ChuThichHinh", form.qr_label_pt, align="center", after_pt=after
        ),
        "spacer": ParagraphStyle("Khoảng cách", "KhoangCach", 2, after_pt=after - 2, line_pt=2.0),
    }


def _end(form: LetterForm) -> dict[str, ParagraphStyle]:
    return {
        "signer_title": ParagraphStyle(
            "Chức vụ", "ChucVu", form.signer_pt, bold=True, align="center", keep_with_next=True
        ),
        "signer_name": ParagraphStyle(
            "Họ tên người ký", "HoTenNguoiKy", form.signer_pt, bold=True, align="center",
            before_pt=form.signature_room_mm * 72 / 25.4,
        ),
        "recipients_head": ParagraphStyle(
            "Nơi nhận", "NoiNhan", form.recipients_head_pt, bold=True, italic=True, keep_with_next=True
        ),
        "recipient": ParagraphStyle("Nơi nhận, mục", "NoiNhanMuc", form.recipients_pt),
        "page_number": ParagraphStyle("Số trang", "SoTrang", form.page_number_pt, align="center"),
    }  # fmt: skip


def _annex(form: LetterForm, mark_left_mm: float) -> dict[str, ParagraphStyle]:
    after = form.paragraph_gap_pt
    return {
        "signing_mark": ParagraphStyle(
            "Ký số phụ lục", "KySoPhuLuc", form.signing_mark_pt, left_mm=mark_left_mm
        ),
        "annex": ParagraphStyle(
            "Phụ lục", "PhuLuc", form.annex_pt, bold=True, align="center", keep_with_next=True, outline=1
        ),
        "annex_title": ParagraphStyle(
            "Tên phụ lục", "TenPhuLuc", form.annex_title_pt, bold=True, align="center", keep_with_next=True
        ),
        "annex_reference": ParagraphStyle(
            "Kèm theo", "KemTheo", form.annex_reference_pt, italic=True, align="center", after_pt=2 * after
        ),
    }
