"""Lengths and sizes of an official letter: Nghị định 30/2020/NĐ-CP, Phụ lục I.

The one place that says them; the Word styles and the style sheet of the PDF both
read it. Millimetres end in ``_mm``, points in ``_pt``. "C" marks a convention of
offices where the decree is silent.
"""

from __future__ import annotations

from dataclasses import dataclass

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class LetterForm:
    """The form of one letter. The size set is the decree's 13-14-14 (Quốc hiệu, Tiêu ngữ, địa danh)."""

    # Phần I, mục I: A4; top and bottom 20-25 mm, left 30-35, right 15-20.
    page_width_mm: float = 210.0
    page_height_mm: float = 297.0
    margin_top_mm: float = 20.0
    margin_bottom_mm: float = 20.0
    margin_left_mm: float = 30.0
    margin_right_mm: float = 15.0
    page_number_pt: float = 13.0
    page_number_from_top_mm: float = 10.0  # inside the top margin; C

    # Phần I, mục II.1-II.4: the letterhead, two columns.
    letterhead_right_mm: float = 97.0  # Quốc hiệu at 13 pt bold is 95.7 mm; C
    nation_pt: float = 13.0
    motto_pt: float = 14.0
    parent_pt: float = 13.0
    body_name_pt: float = 13.0
    number_pt: float = 13.0
    date_pt: float = 14.0
    issuer_rule_share: float = 0.4  # mục II.2: 1/3 to 1/2 of the line above it
    rule_pt: float = 0.75
    rule_drop_pt: float = 1.0  # C
    letterhead_gap_pt: float = 6.0  # rules to số and date; C

    # Mục II.5b: V/v, 12-13 pt, 6 pt below số.
    subject_pt: float = 12.0
    subject_gap_pt: float = 6.0

    # Mục II.5b: a kind's name and its subject, 13-14 pt, bold, and the line below them.
    title_pt: float = 14.0
    title_before_pt: float = 14.0  # C
    title_after_pt: float = 12.0  # C
    title_rule_drop_pt: float = 3.0  # C
    about_mm: float = 140.0  # the widest line of a subject; C
    short_rule_mm: float = 25.0  # below the line of an annex without a name; C

    # Mục III.2: marks of urgency in red (b), directions on circulation (c): 13-14 pt, bold, in a box.
    mark_pt: float = 13.0
    mark_height_mm: float = 8.0
    mark_rule_pt: float = 1.0
    mark_gap_pt: float = 6.0  # C
    circulation_padding_mm: float = 4.0  # at both sides of its words; C

    # Mục III.4: the body's address, 11-12 pt, at the foot of the first page below a line.
    address_pt: float = 11.0
    address_gap_pt: float = 3.0  # C

    # Mục II.9a: Kính gửi; dashes under its colon.
    addressee_pt: float = 14.0
    addressee_left_mm: float = 25.4  # C
    addressee_gap_pt: float = 2.0
    addressee_before_pt: float = 14.0
    addressee_after_pt: float = 12.0

    # Mục II.6: text 13-14 pt, justified, first line 1 or 1,27 cm, at least 6 pt apart, 1 to 1,5 lines.
    text_pt: float = 14.0
    first_line_mm: float = 12.7
    paragraph_gap_pt: float = 6.0
    line_pt: float = 17.0  # 1.21 em: exactly so, that Word and the PDF break pages alike
    single_line: float = 1.149  # em: “single” in Times New Roman, and in every face of its widths

    # Mục II.7: authority, title and name; room for signature and seal is C.
    signer_pt: float = 14.0
    signature_room_mm: float = 28.0
    signature_left_mm: float = 80.0
    signature_gap_mm: float = 2.5  # C

    signature_wide_mm: float = 50.0  # the empty field for a person's electronic signature; C
    seal_mm: float = 36.0  # and for the body's, on its left third (mục II.8.a)
    signatures_gap_pt: float = 12.0  # several signers' rows, and the recipients below them; C

    # Mục II.9b: "Nơi nhận:" 12, its list 11.
    recipients_head_pt: float = 12.0
    recipients_pt: float = 11.0

    # Mục III.1: annex: its word 14, its name 13-14, the line that names the letter 13-14.
    annex_pt: float = 14.0
    annex_title_pt: float = 14.0
    annex_reference_pt: float = 14.0

    # Mục II.8: annex in a file of its own: number, symbol and time of signing, top right, 10 pt.
    signing_mark_pt: float = 10.0
    signing_mark_mm: float = 80.0  # C

    # No rule of the decree: text in tables, pictures, watermark; all C.
    table_padding_mm: float = 1.2  # at the sides
    table_padding_top_mm: float = 0.6  # and at the foot
    table_rule_pt: float = 0.5
    qr_mm: float = 30.0
    draft_mm: tuple[float, float] = (180.0, 36.0)  # before it is turned by 45 degrees
    qr_label_pt: float = 11.0

    @property
    def text_width_mm(self) -> float:
        """Between the margins of an upright page."""
        return self.page_width_mm - self.margin_left_mm - self.margin_right_mm

    @property
    def wide_text_width_mm(self) -> float:
        """Between the margins of a page on its side."""
        return self.page_height_mm - self.margin_left_mm - self.margin_right_mm

    @property
    def letterhead_left_mm(self) -> float:
        """The issuer's column."""
        return self.text_width_mm - self.letterhead_right_mm


URGENCY_MM = {"HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0, "KHẨN": 20.0}
"""How wide the box of each mark of urgency is (mục III.2.b)."""
URGENCY_RED = "FF0000"
FORM = LetterForm()
