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
WITHOUT_LOGO: Text = (
    "Không đặt biểu trưng vì sẽ quá nhỏ: {paths}.",
    "Made without the logo, which would be too small: {paths}.",
)
WITHOUT_NAME: Text = (
    "Không đặt tên cơ quan lên khung vì quá dài (hãy đặt short_name ngắn hơn): {paths}.",
    "Made without the agency's name, which is too long for a frame (give a shorter short_name): {paths}.",
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
INDEX: Text = ("Xem tất cả: {path}", "See them all: {path}")
SITE_DONE: Text = (
    "{banners} banner của {agencies} cơ quan, {files} tệp, {size}; mới {built}, hỏng {failed} – {seconds} s.",
    "{banners} banners, {agencies} agencies, {files} files, {size}; new {built}, bad {failed} – {seconds} s.",
)
SITE_OPEN: Text = (
    "Mở bằng trình duyệt: {path}  (đưa lên mạng: chép cả thư mục lên máy chủ web, xem docs/web.md)",
    "Open it in a browser: {path}  (to publish, copy the whole folder to a web server: docs/web.md)",
)
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
UNDERSTOOD: Text = ("Hiểu là: {line}", "Understood: {line}")
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
DOCTOR_GOOD: Text = ("[tốt]", "[good]")
DOCTOR_NOTE: Text = ("[lưu ý]", "[note]")
DOCTOR_BAD: Text = ("[lỗi]", "[error]")
DOCTOR_WELL: Text = ("Máy này làm được mọi thứ.", "Everything can be made on this machine.")
DOCTOR_NOTES: Text = (
    "Máy này làm được mọi thứ; có {notes} điều nên biết.",
    "Everything can be made on this machine; {notes} things are worth knowing.",
)
DOCTOR_LACKS: Text = (
    "Máy này chưa làm được mọi thứ: còn {bad} điều phải sửa (xem các dòng [lỗi] ở trên).",
    "Not everything can be made on this machine: {bad} things are to be put right (see [error] above).",
)
BAD_PORT: Text = ("cổng phải từ 0 đến 65535", "must be from 0 to 65535")
BAD_RATE: Text = ("phải từ 0 trở lên", "must be at least 0")
BAD_JOBS: Text = ("số tiến trình phải từ 1 trở lên", "must be at least 1")
BAD_DATE: Text = (
    "“{text}” không phải ngày có thật, dạng 2026-09-21",
    "{text!r} is not a real date such as 2026-09-21",
)

# argparse speaks English only; what it says about a wrong command line, by pattern.
