"""The letter's named Word styles: each line of Nghị định 30, Phụ lục I, has one that a clerk can see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxassets.backends.word_shapes import ParagraphStyle
from dxassets.dispatch import LetterForm
from dxassets.dispatch.model import Align, ParagraphKind
from dxassets.kinds.letter.parts import Measures

_AS_USED = frozenset(
    "annex_rule title about title_rule mark mark_gap mark_end basis decider operative part part_title also "
    "signer_below signed signed_name confirmation confirmation_room address copy_rule copy_form".split()
)


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
    annex_rule: ParagraphStyle
    title: ParagraphStyle
    about: ParagraphStyle
    title_rule: ParagraphStyle
    mark: ParagraphStyle
    mark_gap: ParagraphStyle
    mark_end: ParagraphStyle
    basis: ParagraphStyle
    decider: ParagraphStyle
    operative: ParagraphStyle
    part: ParagraphStyle
    part_title: ParagraphStyle
    also: ParagraphStyle
    signer_below: ParagraphStyle
    signed: ParagraphStyle
    signed_name: ParagraphStyle
    confirmation: ParagraphStyle
    confirmation_room: ParagraphStyle
    address: ParagraphStyle
    copy_rule: ParagraphStyle
    copy_form: ParagraphStyle

    def all(self) -> tuple[ParagraphStyle, ...]:
        """The styles that every document has; the others come with what needs them."""
        return tuple(getattr(self, name) for name in self.__slots__ if name not in _AS_USED)

    def of_paragraphs(self) -> Mapping[ParagraphKind, ParagraphStyle]:
        """The style of each kind of paragraph."""
        return {
            "text": self.text,
            "clause": self.clause,
            "point": self.point,
            "basis": self.basis,
            "decider": self.decider,
            "operative": self.operative,
            "part": self.part,
            "part_title": self.part_title,
        }


@dataclass(frozen=True, slots=True)
class TableStyles:
    """The styles of a table's text."""

    head: ParagraphStyle
    text: ParagraphStyle
    number: ParagraphStyle
    total: ParagraphStyle

    def all(self) -> tuple[ParagraphStyle, ...]:
        """Every style."""
        return self.head, self.text, self.number, self.total

    def of(self, align: Align) -> ParagraphStyle:
        """The style of a column that is set so."""
        return {"left": self.text, "center": self.number, "right": self.total}[align]


def table_styles(size_pt: float) -> TableStyles:
    """Of a table in that size: head bold and kept with the first row; text, numbers, sums as `of` says."""
    size, key = f"{size_pt:g}", f"{size_pt:g}".replace(".", "_")
    return TableStyles(
        ParagraphStyle(
            f"Đầu bảng {size}", f"DauBang{key}", size_pt, bold=True, align="center", keep_with_next=True
        ),
        ParagraphStyle(f"Chữ trong bảng {size}", f"ChuTrongBang{key}", size_pt),
        ParagraphStyle(f"Số trong bảng {size}", f"SoTrongBang{key}", size_pt, align="center"),
        ParagraphStyle(f"Số canh phải trong bảng {size}", f"SoCanhPhai{key}", size_pt, align="right"),
    )


def letter_styles(form: LetterForm, measures: Measures, *, mark_left_mm: float = 0.0) -> LetterStyles:
    """The styles with the form's sizes; `mark_left_mm` is where an annex's signing mark begins."""
    return LetterStyles(
        **_letterhead(form, measures),
        **_addressees(form, measures),
        **_text(form),
        **_end(form),
        **_annex(form, mark_left_mm),
        **_named(form),
        **_articles(form),
        **_marks(form),
        **_more_ends(form),
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
            "Kèm theo", "KemTheo", form.annex_reference_pt, italic=True, align="center", keep_with_next=True
        ),
        "annex_rule": ParagraphStyle(
            "Đường kẻ phụ lục", "DuongKePhuLuc", 2, before_pt=form.title_rule_drop_pt, after_pt=2 * after,
            line_pt=2.0, keep_with_next=True,
        ),
    }  # fmt: skip


def _named(form: LetterForm) -> dict[str, ParagraphStyle]:
    """Mục II.5.b: the kind's name and its subject."""
    size = form.title_pt

    def centred(name: str, key: str, *, before: float = 0.0, outline: int | None = None) -> ParagraphStyle:
        return ParagraphStyle(
            name, key, size, bold=True, align="center", before_pt=before, keep_with_next=True, outline=outline
        )

    return {
        "title": centred("Tên loại", "TenLoai", before=form.title_before_pt, outline=1),
        "about": centred("Trích yếu văn bản có tên loại", "TrichYeuTenLoai"),
        "title_rule": ParagraphStyle(
            "Đường kẻ tên loại", "DuongKeTenLoai", 2, before_pt=form.title_rule_drop_pt,
            after_pt=form.title_after_pt, line_pt=2.0, keep_with_next=True,
        ),
    }  # fmt: skip


def _articles(form: LetterForm) -> dict[str, ParagraphStyle]:
    """Mục II.6: bases, who decides, “QUYẾT ĐỊNH:”, parts and chapters with their titles."""
    size, line, after = form.text_pt, form.line_pt, form.paragraph_gap_pt

    def centred(name: str, key: str, *, outline: int | None = None) -> ParagraphStyle:
        return ParagraphStyle(
            name, key, size, bold=True, align="center", after_pt=after, line_pt=line, keep_with_next=True,
            outline=outline,
        )  # fmt: skip

    return {
        "basis": ParagraphStyle(
            "Căn cứ", "CanCu", size, italic=True, align="both", first_line_mm=form.first_line_mm,
            after_pt=after, line_pt=line,
        ),
        "decider": centred("Thẩm quyền ban hành", "ThamQuyen"),
        "operative": centred("Lệnh văn", "LenhVan"),
        "part": centred("Phần, chương, mục", "PhanChuongMuc", outline=2),
        "part_title": centred("Tiêu đề phần, chương, mục", "TieuDePhan"),
    }  # fmt: skip


def _marks(form: LetterForm) -> dict[str, ParagraphStyle]:
    """Mục III.2 and III.4: marks in boxes, the body's address."""
    return {
        "mark": ParagraphStyle("Dấu trong khung", "DauTrongKhung", form.mark_pt, bold=True, align="center"),
        "mark_gap": ParagraphStyle(
            "Khoảng trên", "KhoangTren", 2, after_pt=form.mark_gap_pt - 2, line_pt=2.0
        ),
        "mark_end": ParagraphStyle("Khoảng dưới", "KhoangDuoi", 1, line_pt=1.0),
        "address": ParagraphStyle("Địa chỉ", "DiaChi", form.address_pt, align="left"),
        "copy_rule": ParagraphStyle(
            "Đường kẻ bản sao", "DuongKeBanSao", 2, before_pt=form.title_before_pt,
            after_pt=form.title_after_pt, line_pt=2.0, keep_with_next=True,
        ),
        "copy_form": ParagraphStyle(
            "Hình thức sao", "HinhThucSao", form.title_pt, bold=True, align="center", outline=1
        ),
    }  # fmt: skip


def _more_ends(form: LetterForm) -> dict[str, ParagraphStyle]:
    """Mục II.7: an office held elsewhere; what stands where a copied document was signed."""
    size, room = form.signer_pt, form.signature_room_mm * 72 / 25.4
    return {
        "also": ParagraphStyle("Chức vụ khác", "ChucVuKhac", size, bold=True, align="center"),
        "signer_below": ParagraphStyle(
            "Họ tên dưới chức vụ", "HoTenDuoiChucVu", size, bold=True, align="center"
        ),
        "signed": ParagraphStyle("Đã ký", "DaKy", size, align="center", before_pt=room / 2 - size),
        "signed_name": ParagraphStyle(
            "Họ tên người đã ký", "HoTenNguoiDaKy", size, bold=True, align="center",
            before_pt=room / 2 - size / 4,
        ),
        "confirmation": ParagraphStyle("Xác nhận", "XacNhan", form.text_pt, align="center"),
        "confirmation_room": ParagraphStyle(
            "Chỗ xác nhận", "ChoXacNhan", form.text_pt, align="center", before_pt=room
        ),
    }  # fmt: skip
