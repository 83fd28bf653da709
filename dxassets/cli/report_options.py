"""What the options of `report` are for, in both languages."""

from __future__ import annotations

ABOUT_REPORT = (
    "biểu số liệu trước và sau cho từng đơn vị; tổng hợp các biểu gửi về, làm báo cáo",
    "forms for figures before and after; sums and a report of what comes back",
)
OF_REPORTS: dict[str, tuple[str, str]] = {
    "report_action": (
        "forms: làm biểu cho từng đơn vị; collect: tổng hợp các biểu gửi về",
        "forms: make a form for each unit; collect: sum what came back",
    ),
    "report_folder": (
        "với collect: thư mục có các biểu gửi về; với forms: chiến dịch (mặc định: {bundled})",
        "with collect: the folder of the forms; with forms: the campaign (default: {bundled})",
    ),
    "report_level": (
        "cấp báo cáo: xa, huyen … (mặc định: cấp thấp nhất trong danh sách cơ quan)",
        "the level that reports: xa, huyen … (default: the lowest on the list of agencies)",
    ),
    "report_agency": (
        "chỉ đơn vị có mã này (dùng được nhiều lần)",
        "only the unit of this id (repeatable)",
    ),
    "report_until": (
        "hạn gửi, ghi trên biểu và trong công văn nhắc, ví dụ 2026-10-15",
        "when figures are due, as forms and reminders say, such as 2026-10-15",
    ),
    "report_remind": (
        "với collect: làm luôn công văn nhắc các đơn vị chưa có số liệu",
        "with collect: make the letters that remind those who are missing",
    ),
    "report_out": (
        "thư mục ghi ra (mặc định: bieu-so-lieu, hoặc tong-hop)",
        "folder to write to (default: bieu-so-lieu, or tong-hop)",
    ),
}
