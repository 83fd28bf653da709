"""What the options of `letter`, `copy`, `lint` and `register` are for, in both languages."""

from __future__ import annotations

OF_LETTERS: dict[str, tuple[str, str]] = {
    "pdf_variant": (
        "loại PDF: pdf/a-2a (mặc định), pdf/a-3a hoặc pdf/ua-1",
        "kind of PDF: pdf/a-2a (default), pdf/a-3a or pdf/ua-1",
    ),
    "letter_agency": (
        "mã cơ quan: làm công văn chuyển tiếp của cơ quan đó (dùng được nhiều lần)",
        "agency id: make the letter by which it passes this one on (repeatable)",
    ),
    "letter_agencies": (
        "công văn chuyển tiếp của mọi huyện, xã và sở trong danh sách",
        "the passing-on letters of all districts, communes and departments on the list",
    ),
    "copy_scan": (
        "bản quét (PDF) của văn bản giấy; bản quét được giữ nguyên",
        "the scan (a PDF) of the paper document, which is left as it is",
    ),
    "copy_form": (
        "hình thức sao: sao-y, sao-luc hoặc trich-sao",
        "which copy it is: sao-y, sao-luc or trich-sao",
    ),
    "copy_by": ("tên cơ quan, tổ chức sao văn bản", "the body that makes the copy"),
    "copy_file": ("bản sao điện tử, tệp .pdf", "the electronic copy, a .pdf file"),
    "lint_file": (
        "tệp .docx hoặc .pdf cần soi; -: đầu vào chuẩn",
        "the .docx or .pdf to look at; -: standard input",
    ),
    "lint_fix": (
        "ghi một tệp Word mới đã sửa những gì sửa được mà không động đến chữ nào; tệp gốc giữ nguyên",
        "write a new Word file with what can be mended without touching its text; the original stays",
    ),
    "lint_tracked": (
        "với --fix: để lại dấu vết sửa đổi (Track Changes) cho người duyệt",
        "with --fix: keep the changes as tracked ones, for a person to take or refuse",
    ),
    "lint_report": (
        "ghi báo cáo HTML: trang văn bản có đánh dấu chỗ sai",
        "write a report as HTML: the document's pages with the places marked",
    ),
    "letter_text": (
        "lấy nội dung công văn từ tệp Word của văn thư, thay cho phần lời của dispatch.md",
        "take the letter's text from a clerk's Word file, in place of that of dispatch.md",
    ),
    "merge": (
        "mỗi hàng của bảng một công văn; trong công văn viết {{Tên cột}} ở chỗ cần điền",
        "a letter for each row of a table; in the letter {{Tên cột}} stands where the row's text belongs",
    ),
    "one_file": (
        "với --merge: gộp tất cả thành một PDF để in (cong-van-in.pdf)",
        "with --merge: all letters in one PDF for the printer (cong-van-in.pdf)",
    ),
    "two_sided": (
        "với --one-file: chèn trang trắng để in hai mặt, mỗi công văn bắt đầu ở tờ mới",
        "with --one-file: blank pages for printing on both sides, each letter on a sheet of its own",
    ),
    "register": (
        "lấy số tiếp theo trong sổ đăng ký văn bản đi này, và ghi công văn vào sổ",
        "take the next number of this book of outgoing documents, and write the letter into it",
    ),
    "book": ("sổ đăng ký văn bản đi, tệp .csv", "the book of outgoing documents, a .csv file"),
    "book_year": ("năm cần in (mặc định: năm cuối có trong sổ)", "year to print (default: the book's last)"),
    "book_file": (
        "in sổ ra tệp: .pdf (khổ A4 ngang, có bìa) hoặc .xlsx",
        "print the book to a file: .pdf (A4 on its side, with a cover) or .xlsx",
    ),
    "campaign_or_letter": (
        "chiến dịch (thư mục hoặc mã), hoặc tệp .md của một văn bản riêng, không thuộc chiến dịch nào",
        "a campaign (its folder or id), or the .md file of a document that belongs to none",
    ),
    "letter_sample": (
        "in mẫu khai báo và nội dung của loại văn bản này, để ghi ra tệp .md rồi điền",
        "print a sample of that kind of document, to be put into an .md file and filled in",
    ),
    "letter_explain": ("nói nội dung được hiểu có gì ngoài chữ", "say what of the text was understood"),
}
