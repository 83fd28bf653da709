"""Everything the command line says, in Vietnamese and English. Each text is a pair `(vi, en)`.

Plain tuples, and no import: `dxassets --help` reads nothing but this.
"""

from __future__ import annotations

Text = tuple[str, str]

SUMMARY: Text = (
    "Một tệp chiến dịch, ra cả bộ ấn phẩm: banner, khung ảnh đại diện, mã QR và công văn.",
    "One campaign file in, the whole campaign out: banners, avatar frames, QR codes, the letter.",
)
USAGE: Text = ("Cách dùng", "Usage")
COMMAND: Text = ("LỆNH", "COMMAND")
OPTIONS_WORD: Text = ("TÙY CHỌN", "OPTIONS")
COMMANDS_TITLE: Text = ("Các lệnh", "Commands")
ARGUMENTS_TITLE: Text = ("Tham số", "Arguments")
OPTIONS_TITLE: Text = ("Tùy chọn", "Options")
EXAMPLES_TITLE: Text = ("Ví dụ", "Examples")
MORE_HELP: Text = (
    "Chi tiết của từng lệnh: dxassets LỆNH --help",
    "More on a command: dxassets COMMAND --help",
)

COMMANDS: dict[str, Text] = {
    "build": (
        "dựng cả chiến dịch (chỉ làm lại những gì đã thay đổi)",
        "build the campaign (only what has changed is made again)",
    ),
    "verify": (
        "đối chiếu một thư mục đã dựng với bản kê manifest.json",
        "hold a built folder against its manifest.json",
    ),
    "banner": ("làm một banner", "make one banner"),
    "qr": ("làm một mã QR", "make one QR code"),
    "letter": ("làm công văn (Word và PDF)", "make the letter (Word and PDF)"),
    "lint": (
        "soi một tệp Word hoặc PDF theo Nghị định 30/2020/NĐ-CP",
        "hold a Word file or PDF against Nghị định 30/2020/NĐ-CP",
    ),
    "sheet": (
        "làm bản duyệt: mọi banner và khung ảnh đã dựng trên vài trang",
        "make a contact sheet of what was built, for a leader to approve",
    ),
    "presets": ("liệt kê các cỡ ảnh", "list the sizes"),
    "themes": ("liệt kê các kiểu trình bày", "list the looks"),
    "agencies": ("liệt kê, tìm cơ quan", "list and find agencies"),
    "check": ("kiểm tra một chiến dịch trước khi dựng", "check a campaign before it is built"),
    "init": ("tạo thư mục cho một chiến dịch mới", "start a new campaign folder"),
    "schema": ("in JSON Schema của campaign.toml", "print the JSON Schema of campaign.toml"),
}

OPTIONS: dict[str, Text] = {
    "help": ("in hướng dẫn này", "show this help"),
    "lang": (
        "ngôn ngữ: vi hoặc en (hoặc đặt biến DXASSETS_LANG)",
        "language: vi or en (or set DXASSETS_LANG)",
    ),
    "version": ("in số phiên bản", "show the version"),
    "campaign": (
        "thư mục chiến dịch, tệp campaign.toml, hoặc mã chiến dịch có sẵn (mặc định: {bundled})",
        "a campaign folder, a campaign.toml, or the id of a bundled campaign (default: {bundled})",
    ),
    "agency": (
        "mã cơ quan (dùng được nhiều lần; mặc định: cơ quan ban hành; tìm mã: dxassets agencies --find)",
        "agency id (repeatable; default: the issuing agency; find ids by: dxassets agencies --find)",
    ),
    "all_agencies": ("mọi cơ quan trong danh sách", "every agency on the list"),
    "agency_name": (
        "tên đầy đủ của cơ quan, kể cả khi không có trong danh sách",
        "an agency's full name, whether or not it is on the list",
    ),
    "day": ("mã ngày, ví dụ 10-10", "day id, such as 10-10"),
    "theme": ("mã kiểu trình bày, ví dụ digital", "theme id, such as digital"),
    "preset": ("mã cỡ ảnh, ví dụ share-1200x630", "preset id, such as share-1200x630"),
    "kind": ("banner, frame, qr hoặc letter", "banner, frame, qr or letter"),
    "format": ("png, jpg, webp, avif, svg hoặc pdf", "png, jpg, webp, avif, svg or pdf"),
    "marks": ("thêm dấu xén vào các tệp PDF để in", "put crop marks on the PDF files for print"),
    "proof": (
        "làm thêm bản kiểm (<cỡ>-proof.pdf) của cỡ in lớn: viền may, khuy, phần bị che",
        "also make the workshop's proof (<preset>-proof.pdf) of large prints: hems, eyelets, hidden strips",
    ),
    "proof_banner": (
        "làm bản kiểm của cỡ in lớn thay cho tệp để in",
        "make the workshop's proof of a large print instead of the file for print",
    ),
    "scale": (
        "2: ảnh web nét gấp đôi cho màn hình mật độ cao (<cỡ>@2x)",
        "2: web pictures twice as dense, for high-density screens (<preset>@2x)",
    ),
    "shown_agency": (
        "chỉ cơ quan có mã này (dùng được nhiều lần)",
        "only the agency of this id (repeatable)",
    ),
    "by": (
        "xếp nhóm theo theme, preset, day hoặc agency (mặc định: theme)",
        "group by theme, preset, day or agency (default: theme)",
    ),
    "sheet_file": (
        "tệp sẽ ghi: .pdf (A3, nhiều trang) hoặc .png (một ảnh dài)",
        "file to write: .pdf (A3 pages) or .png (one tall picture)",
    ),
    "logo": (
        "biểu trưng (SVG hoặc PNG) của cơ quan; tệp logos/<mã cơ quan>.svg|png của chiến dịch được ưu tiên",
        "the agency's logo (SVG or PNG); a campaign's own logos/<agency id>.svg|png comes first",
    ),
    "debug": (
        "vẽ đè bố cục lên banner (ô chữ, vùng an toàn, đường chân chữ); tên tệp thêm -debug",
        "draw the composition over banners (slots, safe area, baselines); file names get -debug",
    ),
    "out": ("thư mục đầu ra (mặc định: output)", "output folder (default: output)"),
    "jobs": (
        "số tiến trình chạy song song (mặc định: số lõi của máy)",
        "how many processes work (default: as many as the machine has cores)",
    ),
    "force": ("làm lại tất cả", "make everything again"),
    "dry_run": ("chỉ nói sẽ làm gì, không ghi gì cả", "only say what would be made; write nothing"),
    "json": ("in kết quả dạng JSON cho máy đọc", "print the result as JSON, for machines"),
    "folder": (
        "thư mục của chiến dịch đã dựng, ví dụ output/daknong-2022",
        "folder of a built campaign, such as output/daknong-2022",
    ),
    "file": ("tệp sẽ ghi; đuôi tệp quyết định định dạng", "file to write; its suffix decides the format"),
    "url": ("địa chỉ web đầy đủ, bắt đầu bằng https://", "a full web address that begins with https://"),
    "label": (
        "dòng chữ dưới mã (mặc định: Quét mã để xem)",
        "words below the code (default: Quét mã để xem)",
    ),
    "number": (
        "số văn bản (để trống nếu chưa đăng ký)",
        "the document's number (left blank until registration)",
    ),
    "date": ("ngày ban hành, dạng 2022-09-21", "date of issue, such as 2022-09-21"),
    "signer": ("họ tên người ký", "name of the signer"),
    "split_annex": (
        "công văn và phụ lục thành hai tệp, mỗi tệp ký riêng",
        "letter and annex in files of their own, each to be signed by itself",
    ),
    "draft": ("in chìm chữ DỰ THẢO trên mọi trang", "print DỰ THẢO (draft) behind the words of every page"),
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
    "lint_file": ("tệp .docx hoặc .pdf cần soi", "the .docx or .pdf to look at"),
    "letter_folder": ("thư mục ghi công văn (mặc định: .)", "folder for the letter (default: .)"),
    "find": ("tìm theo tên, không cần dấu", "find by name, marks not needed"),
    "new_folder": ("thư mục mới hoặc còn trống", "a new or empty folder"),
    "write": ("ghi ra tệp này thay vì in", "write to this file instead"),
}

EXAMPLES: dict[str, str] = {
    "": 'dxassets build\ndxassets check campaigns/daknong-2022\ndxassets agencies --find "cu jut"',
    "build": (
        "dxassets build\n"
        "dxassets build --agency so-noi-vu --day 10-10 --theme digital\n"
        "dxassets build --all-agencies --kind banner --preset share-1200x630 --jobs 4\n"
        'dxassets build --agency-name "UBND xã Nam Dong" --format png\n'
        "dxassets build --preset bang-ron-6000x800 --theme formal --marks --proof"
    ),
    "verify": "dxassets verify output/daknong-2022",
    "banner": (
        "dxassets banner --day 10-10 --theme digital --preset share-1200x630 "
        '--agency-name "Sở Nội vụ" -o banner.png'
    ),
    "qr": "dxassets qr https://dx.mic.gov.vn/ -o qr.svg",
    "letter": (
        "dxassets letter --draft -o cong-van\n"
        "dxassets letter --number 1234 --date 2022-09-21 --split-annex -o cong-van\n"
        "dxassets letter --agency ubnd-huyen-cu-jut -o cong-van"
    ),
    "lint": "dxassets lint cong-van/cong-van.docx\ndxassets lint cong-van/cong-van.pdf --json",
    "sheet": "dxassets sheet -o duyet.pdf\ndxassets sheet --by preset --day 10-10 -o duyet.png",
    "presets": "dxassets presets",
    "themes": "dxassets themes",
    "agencies": 'dxassets agencies --find "cu jut"',
    "check": "dxassets check campaigns/daknong-2022",
    "init": "dxassets init campaigns/chuyen-doi-so-2025",
    "schema": "dxassets schema --write campaigns/campaign.schema.json",
}

# What is said while working and at the end.
NO_COMMAND: Text = ("không có lệnh “{name}”.{hint}", "there is no command {name!r}.{hint}")
BAD_LANG: Text = ("ngôn ngữ phải là vi hoặc en", "the language must be vi or en")
SEE_HELP: Text = ("Xem: dxassets {command} --help", "See: dxassets {command} --help")
STOPPED: Text = (
    "Đã dừng theo yêu cầu. Những tệp đã xong được giữ lại; chạy lại đúng lệnh này để làm tiếp.",
    "Stopped as you asked. What is finished stays; run the same command again to go on.",
)
BUILDING: Text = ("Đang dựng {title}", "Building {title}")
STEP: Text = ("{done}/{total}", "{done}/{total}")
FAILED_LINE: Text = ("HỎNG {path}: {reason}", "FAILED {path}: {reason}")
DONE: Text = (
    "{made} tệp vừa làm, {current} tệp còn nguyên, {skipped} bỏ qua, {failed} hỏng – {seconds} giây.",
    "{made} made, {current} up to date, {skipped} skipped, {failed} failed – {seconds} s.",
)
SKIPPED: Text = ("Bỏ qua {paths}: {reason}.", "Skipped {paths}: {reason}.")
WITHOUT_LOGO: Text = (
    "Không đặt biểu trưng vì sẽ quá nhỏ: {paths}.",
    "Made without the logo, which would be too small: {paths}.",
)
SHEET: Text = ("Xem tất cả: {path}", "See them all: {path}")
WOULD_MAKE: Text = ("sẽ làm    {path}", "make      {path}")
WOULD_KEEP: Text = ("còn nguyên {path}", "keep      {path}")
WOULD_SKIP: Text = ("bỏ qua    {path}: {reason}", "skip      {path}: {reason}")
WOULD_TOTAL: Text = (
    "Sẽ làm {made} tệp; {current} tệp còn nguyên; bỏ qua {skipped}. Chưa ghi gì cả.",
    "{made} to make, {current} up to date, {skipped} skipped. Nothing was written.",
)
WROTE: Text = ("Đã ghi {path}", "Wrote {path}")
ERROR: Text = ("Lỗi: {line}", "Error: {line}")
WARNING: Text = ("Lưu ý: {line}", "Note: {line}")
LINT_ERROR: Text = (
    "Lỗi {rule} ({clause}) – {where}: {wrong}. Cách sửa: {cure}.",
    "Error {rule} ({clause}) – {where}: {wrong}. What to do: {cure}.",
)
LINT_WARNING: Text = (
    "Lưu ý {rule} ({clause}) – {where}: {wrong}. Cách sửa: {cure}.",
    "Note {rule} ({clause}) – {where}: {wrong}. What to do: {cure}.",
)
CHECKED: Text = ("{source}: không có lỗi.", "{source}: no errors.")
INIT_NEXT: Text = (
    "Chiến dịch đã sẵn trong {folder}. Hãy sửa chữ trong campaign.toml rồi chạy: dxassets check {folder}",
    "The campaign stands in {folder}. Edit the texts in campaign.toml, then run: dxassets check {folder}",
)
NONE_FOUND: Text = ("không tìm thấy cơ quan nào có “{text}”", "no agency holds {text!r}")
BAD_JOBS: Text = ("số tiến trình phải từ 1 trở lên", "must be at least 1")
BAD_DATE: Text = (
    "“{text}” không phải ngày có thật, dạng 2022-09-21",
    "{text!r} is not a real date such as 2022-09-21",
)

# argparse speaks English only; what it says about a wrong command line, by pattern.
USAGE_ERRORS: tuple[tuple[str, Text], ...] = (
    (r"unrecognized arguments: (.*)", ("không hiểu: {0}", "not understood: {0}")),
    (r"the following arguments are required: (.*)", ("còn thiếu: {0}", "missing: {0}")),
    (r"argument (.*): expected .*", ("{0} cần một giá trị đi kèm", "{0} needs a value")),
    (
        r"argument (.*): invalid int value: (.*)",
        ("{0}: {1} không phải số nguyên", "{0}: {1} is not a whole number"),
    ),
    (
        r"argument (.*): ignored explicit argument (.*)",
        ("{0} không nhận giá trị {1}", "{0} takes no value {1}"),
    ),
)
