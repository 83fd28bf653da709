"""What commands say while they run and when they end, in Vietnamese and English."""

from __future__ import annotations

from dxassets.cli.catalog import Text

BUILDING: Text = ("Đang dựng {title}", "Building {title}")
STEP: Text = ("{done}/{total}", "{done}/{total}")
FAILED_LINE: Text = ("HỎNG {path}: {reason}", "FAILED {path}: {reason}")
DONE: Text = (
    "{made} tệp vừa làm, {current} tệp còn nguyên, {skipped} bỏ qua, {failed} hỏng – {seconds} giây.",
    "{made} made, {current} up to date, {skipped} skipped, {failed} failed – {seconds} s.",
)
SKIPPED: Text = ("Bỏ qua {paths}: {reason}.", "Skipped {paths}: {reason}.")
ON_REQUEST: Text = ("(chỉ khi được gọi tên)", "(only when asked for by name)")
WITHOUT_LOGO: Text = (
    "Không đặt biểu trưng vì sẽ quá nhỏ: {paths}.",
    "Made without the logo, which would be too small: {paths}.",
)
WITHOUT_NAME: Text = (
    "Không đặt tên cơ quan lên khung vì quá dài (hãy đặt short_name ngắn hơn): {paths}.",
    "Made without the agency's name, which is too long for a frame (give a shorter short_name): {paths}.",
)
WITHOUT_SCENE: Text = (
    "Không có chỗ cho ảnh của chiến dịch, làm không có ảnh: {paths}.",
    "No room for the campaign's own photo, made without it: {paths}.",
)
COARSE_SCENE: Text = (
    "Ảnh của chiến dịch ít điểm ảnh, sẽ không nét (hãy dùng ảnh gốc từ máy chụp): {paths}.",
    "The campaign's own photo has too few px to be sharp (use the camera's original): {paths}.",
)
LEFT: Text = (
    "Còn {count} tệp, thư mục cũ mà chiến dịch không còn nêu: {paths}. Thêm --prune để xóa.",
    "{count} old files or folders that the campaign names no longer: {paths}. --prune removes them.",
)
PRUNED: Text = (
    "Đã xóa {count} tệp mà chiến dịch không còn nêu: {paths}.",
    "Removed {count} files that the campaign names no longer: {paths}.",
)
AGENCIES_WRITTEN: Text = ("Đã ghi {count} cơ quan vào {path}", "Wrote {count} agencies to {path}")
IMPORT_NEEDS_FILE: Text = (
    "--import cần tệp sẽ ghi, ví dụ -o agencies.csv",
    "--import needs a file to write, such as -o agencies.csv",
)
OUT_WITHOUT_IMPORT: Text = (
    "chỉ dùng với --import; muốn xuất danh sách, dùng --export TỆP.xlsx",
    "only goes with --import; a list is given out by --export FILE.xlsx",
)
ONE_WAY: Text = (
    "--import và --export không dùng cùng lúc; --find cũng không đi với --import",
    "--import goes neither with --export nor with --find",
)
FRAMING: Text = ("Đang lồng khung", "Framing")
FRAMED: Text = (
    "{made} ảnh vừa làm, {current} ảnh còn nguyên, {failed} ảnh hỏng, bỏ qua {ignored} tệp – {seconds} giây.",
    "{made} made, {current} up to date, {failed} failed, {ignored} files left aside – {seconds} s.",
)
FRAMES_IN: Text = ("Ảnh ở: {folder}  –  bảng kết quả: {table}", "Photos: {folder}  –  report: {table}")
FRAMES_PREVIEW: Text = ("Xem trước: {path}", "Preview: {path}")
FRAMES_REVIEW: Text = (
    "Xem lại và sửa từng ảnh: {path} (mở bằng trình duyệt, không cần mạng)",
    "Look at each and correct it: {path} (open it in a browser, no network needed)",
)
CIRCLE_JPG: Text = (
    "jpg không trong suốt được nên góc ảnh màu trắng; muốn trong suốt, thêm --format png",
    "jpg has no transparency, so the corners are white; for see-through ones add --format png",
)
NO_FOLDER: Text = (
    "chưa có tên thư mục; hãy viết ví dụ -o khung (thư mục đang đứng là -o .)",
    "names no folder; write -o framed, for example (the current folder is -o .)",
)
CAMPAIGN_AS_PHOTO: Text = (
    "là chiến dịch, không phải ảnh; hãy nêu chiến dịch bằng --campaign",
    "is a campaign, no photo; give the campaign by --campaign",
)
FORMAT_NEEDED: Text = (
    "ghi ra đầu ra chuẩn (-) thì phải nêu định dạng: {known}",
    "is needed for standard output (-): {known}",
)
FORMAT_CLASH: Text = (
    "“{format}” khác với đuôi của {file}; hãy bỏ --format hoặc đổi tên tệp",
    "{format!r} is not what the suffix of {file} says; leave out --format or rename the file",
)
NO_TERMINAL: Text = (
    "tệp {format} không hiện được trên màn hình; hãy chuyển vào tệp, ví dụ > tên.{format}",
    "a {format} file is not for a terminal; send it to a file, such as > name.{format}",
)
NOTHING_PIPED: Text = (
    "đầu vào chuẩn là bàn phím; hãy chuyển tệp vào bằng < tên-tệp hoặc từ chương trình khác",
    "standard input is the keyboard; send a file into it by < name, or from another program",
)
ONE_PHOTO: Text = (
    "đầu ra chuẩn (-) chỉ nhận một ảnh; muốn nhiều ảnh hãy nêu thư mục, ví dụ -o khung",
    "standard output (-) takes a single photo; name a folder for more, such as -o framed",
)
PHOTO_WITHOUT_NAME: Text = (
    "ảnh từ đầu vào chuẩn (-) không có tên để đặt cho kết quả; hãy dùng -o - rồi chuyển vào tệp",
    "a photo from standard input (-) has no name to call the result by; use -o - and send it to a file",
)
NOT_WITH_STREAM: Text = (
    "không dùng chung với -o -, vì đầu ra chuẩn chỉ có ảnh",
    "does not go with -o -, for there is nothing but the photo on standard output",
)
ONE_SHEET: Text = (
    "bản duyệt này dài hơn một ảnh PNG; hãy dùng --format pdf, hoặc ghi ra tệp có tên",
    "this sheet is longer than one PNG; use --format pdf, or name a file",
)
BAD_NUMBER: Text = ("“{text}” không phải một số", "{text!r} is not a number")
STORED: Text = (
    "Kho lưu trữ {store}: {sent} tệp vừa gửi, tất cả đã được kiểm lại; bản sao ở {folder}",
    "Store {store}: {sent} files were sent, all are proven to be there; a copy is in {folder}",
)
INDEX: Text = ("Xem tất cả: {path}", "See them all: {path}")
SITE_DONE: Text = (
    "{banners} banner của {agencies} cơ quan, {files} tệp, {size}; mới {built}, hỏng {failed} – {seconds} s.",
    "{banners} banners, {agencies} agencies, {files} files, {size}; new {built}, bad {failed} – {seconds} s.",
)
SITE_OPEN: Text = (
    "Mở bằng trình duyệt: {path}  (đưa lên mạng: chép cả thư mục lên máy chủ web, xem docs/web.md)",
    "Open it in a browser: {path}  (to publish, copy the whole folder to a web server: docs/web.md)",
)
LINKING: Text = ("Công văn gửi từng cơ quan", "Letters to the offices")
LINK_TABLES: Text = (
    "Bảng địa chỉ đã có ở {folder}; đang làm công văn, chỉ cần bảng thì dừng ngay cũng được (Ctrl-C).",
    "The tables are in {folder}; making the letters. Whoever wants the tables alone may stop here (Ctrl-C).",
)
LINKS_DONE: Text = (
    "Địa chỉ riêng của {agencies} cơ quan, {letters} tệp công văn: {folder}",
    "Own links of {agencies} agencies, {letters} files of letters: {folder}",
)
LINKS_KEPT: Text = (
    "Dùng lời công văn đã có trong {path}; xóa tệp ấy để lấy lại mẫu.",
    "The letter's text that was in {path} already was used; delete it to have the template again.",
)
ONE_JOB: Text = ("không dùng cùng --check", "does not go with --check")
SITE_SAME: Text = (
    "{place}: đủ {files} tệp, đúng như bản đã dựng.",
    "{place}: all {files} files are there as they were built.",
)
SITE_DIFFERS: Text = (
    "{place}: thiếu {missing}, khác {other} trong {files} tệp; hãy chép lại, trang và site.json sau cùng.",
    "{place}: {missing} missing, {other} different of {files} files; copy again, pages and site.json last.",
)
SITE_MISSING: Text = ("thiếu  {path}", "missing    {path}")
SITE_OTHER: Text = ("khác   {path}", "different  {path}")
SITE_SURPLUS: Text = ("thừa   {path}", "surplus    {path}")
BAD_RULES: Text = (
    "“{text}” không có trong danh sách; hãy chọn apache, iis hoặc nginx",
    "{text!r} is not on the list; choose apache, iis or nginx",
)
WOULD_MAKE: Text = ("sẽ làm    {path}", "make      {path}")
WOULD_KEEP: Text = ("còn nguyên {path}", "keep      {path}")
WOULD_SKIP: Text = ("bỏ qua    {path}: {reason}", "skip      {path}: {reason}")
WOULD_TOTAL: Text = (
    "Sẽ làm {made} tệp; {current} tệp còn nguyên; bỏ qua {skipped}. Chưa ghi gì cả.",
    "{made} to make, {current} up to date, {skipped} skipped. Nothing was written.",
)
MERGING: Text = ("Đang làm công văn", "Making letters")
MERGED: Text = ("Đã ghi {count} tệp vào {folder}", "Wrote {count} files into {folder}")
NOT_WITH_MERGE: Text = ("chỉ dùng cùng --merge", "goes with --merge only")
REPORT_READING: Text = ("Đang đọc biểu", "Reading forms")
REPORT_FORMS: Text = (
    "Đã ghi {count} biểu, mỗi biểu {measures} chỉ tiêu, vào {folder}",
    "Wrote {count} forms of {measures} measures into {folder}",
)
REPORT_COUNTED: Text = (
    "Đã tổng hợp {reported}/{expected} đơn vị",
    "Counted {reported} of {expected} units",
)
REPORT_MISSING: Text = ("Chưa có số liệu của {count} đơn vị: {names}", "Missing, {count}: {names}")
REPORT_MORE: Text = ("… và {count} tệp nữa", "… and {count} files more")
REPORT_WHICH_FOLDER: Text = (
    "hãy nêu thư mục có các biểu gửi về: dxassets report collect THƯ-MỤC",
    "name the folder with the forms: dxassets report collect DIR",
)
REPORT_TWO_CAMPAIGNS: Text = ("khác chiến dịch đã nêu ở --campaign", "is not the campaign of --campaign")
REPORT_ONLY_COLLECT: Text = ("chỉ đi với report collect", "goes with report collect only")
BOOK_YEAR: Text = (
    "Năm {year}: {count} văn bản, từ số {first} đến số {last}; số tiếp theo: {next}",
    "{year}: {count} documents, from number {first} to {last}; the next is {next}",
)
BOOK_EMPTY: Text = ("Sổ chưa có văn bản nào.", "The book holds no document yet.")
WROTE: Text = ("Đã ghi {path}", "Wrote {path}")
WROTE_STILLS: Text = ("Đã ghi {files} tệp vào {folder}", "Wrote {files} files into {folder}")
ONE_DAY_ONLY: Text = (
    "một phim chỉ nói về một ngày; hãy bỏ bớt --day, hoặc dùng --still-loop",
    "a film is about one day; give one --day, or use --still-loop",
)
FOLDER_FOR_STILLS: Text = (
    "--still-loop ghi ra một thư mục; hãy nêu tên thư mục, không phải tên tệp",
    "--still-loop writes a folder; give the name of a folder, not of a file",
)
ERROR: Text = ("Lỗi: {line}", "Error: {line}")
WARNING: Text = ("Lưu ý: {line}", "Note: {line}")
UNDERSTOOD: Text = ("Hiểu là: {line}", "Understood: {line}")
NOT_WITH_DOCUMENT: Text = (
    "chỉ dùng với công văn của chiến dịch; hãy bỏ đi khi làm văn bản từ một tệp .md",
    "goes with a campaign's letter only; leave it out when you make a document of an .md file",
)
LINT_SCOPE: Text = ("Phạm vi: {scope}.", "Scope: {scope}.")
LINT_LEFT: Text = ("Còn lại {count} điều phải do người sửa:", "{count} left to a person:")
TRACKED_NEEDS_FIX: Text = ("chỉ dùng cùng --fix", "goes with --fix only")
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
    "Chiến dịch đã sẵn trong {folder}. Hãy xem các tệp trên rồi chạy: dxassets check {folder}",
    "The campaign stands in {folder}. Look at these files, then run: dxassets check {folder}",
)
INIT_STOPPED: Text = ("Đã dừng theo yêu cầu; chưa ghi gì cả.", "Stopped as you asked; nothing was written.")
INIT_HELLO: Text = (
    "Vài câu hỏi; bấm Enter để lấy giá trị trong ngoặc vuông, Ctrl-C để thôi.",
    "A few questions; Enter takes what stands in brackets, Ctrl-C stops.",
)
INIT_AGAIN: Text = (
    "Phải xem lại ({count} điều, cũng ghi trong {file}):",
    "To look at again ({count}, also in {file}):",
)
INIT_ALONE: Text = (
    "không đi cùng {options}; --from lấy mọi thứ từ chiến dịch cũ, chỉ thêm được --year",
    "does not go with {options}; it takes all from the old campaign, and --year alone may be added",
)
ASK_PROVINCE: Text = ("Tỉnh, thành phố nào?", "Which province?")
ASK_CAUSE: Text = ("Chiến dịch về việc gì?", "What is the campaign for?")
ASK_YEAR: Text = ("Năm nào?", "Which year?")
ASK_DAY: Text = ("Ngày nào (ngày/tháng, ví dụ 15/3)?", "Which day (day/month, such as 15/3)?")
ASK_DAY_NAME: Text = ("Ngày ấy gọi là gì?", "What is that day called?")
ASK_ISSUER: Text = ("Cơ quan nào ban hành?", "Which agency issues it?")
ANSWER_NEEDED: Text = ("Câu này phải trả lời.", "This one needs an answer.")
NONE_FOUND: Text = ("không tìm thấy cơ quan nào có “{text}”", "no agency holds {text!r}")
SERVING: Text = (
    "Đang chạy tại {address} (Ctrl-C để dừng)",
    "Running at {address} (Ctrl-C stops it)",
)
SERVED: Text = ("Máy chủ đã dừng.", "The server has stopped.")
OPENED: Text = (
    "Trang bắt đầu: {address}\nMọi thứ nằm trong {folder}. Đóng trang là dừng; hoặc bấm Ctrl-C ở đây.",
    "The start page: {address}\nEverything is in {folder}. Closing the page stops it; so does Ctrl-C here.",
)
NO_BROWSER: Text = (
    "Không tự mở được trình duyệt; hãy chép địa chỉ trên vào trình duyệt.",
    "No browser could be opened; copy the address above into one.",
)
CLOSED: Text = ("dxassets đã đóng.", "dxassets is closed.")
DOCTOR_GOOD: Text = ("[tốt]", "[good]")
DOCTOR_NOTE: Text = ("[lưu ý]", "[note]")
DOCTOR_BAD: Text = ("[lỗi]", "[error]")
DOCTOR_WELL: Text = ("Máy này làm được mọi thứ.", "Everything can be made on this machine.")
DOCTOR_NOTES: Text = (
    "Máy này làm được mọi thứ, trừ điều mà dòng [lưu ý] nói; có {notes} điều nên biết.",
    "Everything can be made on this machine but what a [note] names; {notes} are worth knowing.",
)
DOCTOR_LACKS: Text = (
    "Máy này chưa làm được mọi thứ: còn {bad} điều phải sửa (xem các dòng [lỗi] ở trên).",
    "Not everything can be made on this machine: {bad} things are to be put right (see [error] above).",
)
BAD_PORT: Text = ("cổng phải từ 0 đến 65535", "must be from 0 to 65535")
BAD_RATE: Text = ("phải từ 0 trở lên", "must be at least 0")
JOBS_OF_CLUSTER: Text = (
    "không dùng cùng --cluster: cụm có bao nhiêu máy thì dùng bấy nhiêu; hãy bỏ một trong hai",
    "can't be used with --cluster, which has as many workers as it has; leave out one of the two",
)
BAD_JOBS: Text = ("số tiến trình phải từ 1 trở lên", "must be at least 1")
BAD_DATE: Text = (
    "“{text}” không phải ngày có thật, dạng 2026-09-21",
    "{text!r} is not a real date such as 2026-09-21",
)

# argparse speaks English only; what it says about a wrong command line, by pattern.
