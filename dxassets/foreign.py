"""Says in Vietnamese what TOML's reader and the operating system say in English."""

from __future__ import annotations

import errno
import re

Said = tuple[str, str]
"""The same in Vietnamese and in English."""

_TOML: tuple[tuple[str, str], ...] = (
    (r"Illegal character '\\n'", "chuỗi chưa đóng ngoặc kép ở cuối dòng"),
    (r"Illegal character (.+)", r"có ký tự không được phép \1"),
    (r"Unterminated string", "chuỗi chưa đóng ngoặc kép"),
    (r"Unescaped '\\' in a string", r"dấu \\ trong chuỗi phải viết thành \\\\"),
    (r"Expected '=' after a key in a key/value pair", "thiếu dấu = sau tên khóa"),
    (r"Expected newline or end of document after a statement", "có chữ thừa ở cuối dòng"),
    (r"Expected '\]' at the end of a table declaration", "tên nhóm thiếu dấu ] ở cuối"),
    (r"Expected '\]\]' at the end of an array declaration", "tên nhóm thiếu dấu ]] ở cuối"),
    (r"Invalid initial character for a key part", "tên khóa có ký tự không được phép"),
    (r"Invalid statement", "dòng này không có dạng khóa = giá trị"),
    (r"Invalid value", "giá trị không đọc được (chữ phải đặt trong ngoặc kép)"),
    (r"Invalid date or datetime", "ngày không có thật"),
    (r"Invalid hex value", "mã ký tự sai"),
    (r"Escaped character is not a Unicode scalar value", "mã ký tự sai"),
    (r"Unclosed array", "danh sách thiếu dấu ] ở cuối"),
    (r"Unclosed inline table", "nhóm thiếu dấu } ở cuối"),
    (r"Duplicate inline table key (.+)", r"khóa \1 viết hai lần"),
    (
        r"Cannot (?:overwrite a value|mutate immutable namespace .+|redefine namespace .+)",
        "khóa viết hai lần",
    ),
    (r"Cannot declare (.+) twice", r"nhóm \1 viết hai lần"),
    (r"Expected (.+)", r"thiếu \1"),
)
_SYSTEM = {
    errno.ENOENT: "không có tệp này",
    errno.EISDIR: "là thư mục, không phải tệp",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EIO: "ổ đĩa bị lỗi",
    errno.ELOOP: "liên kết (symlink) chạy vòng",
    errno.ENAMETOOLONG: "tên hoặc đường dẫn quá dài",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.EBUSY: "tệp đang được chương trình khác dùng",
}
_WINDOWS = {
    15: "không có ổ đĩa này",
    19: "ổ đĩa chỉ cho đọc",
    21: "ổ đĩa chưa sẵn sàng",
    32: "tệp đang mở trong chương trình khác, như Word hay Excel; hãy đóng tệp ở đó",
    33: "tệp đang mở trong chương trình khác, như Word hay Excel; hãy đóng tệp ở đó",
    53: "không thấy máy chủ của thư mục chung",
    123: "Windows không cho tên như vậy",
    206: "tên hoặc đường dẫn quá dài",
}
"""By Windows' own numbers, which say more than the `errno` that Python makes of them."""
_PLACE = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)")


def toml_error(message: str) -> Said:
    """What is wrong with a TOML text, without the place; `message` is what its reader says."""
    plain = _PLACE.sub("", message)
    for pattern, vi in _TOML:
        match = re.fullmatch(pattern, plain)
        if match:
            return match.expand(vi), plain
    return "không đúng cú pháp", plain


def toml_place(message: str) -> Said:
    """Where TOML's reader gave up, in words."""
    found = _PLACE.search(message)
    if found is None:
        return "", ""
    if found.group(1) is None:
        return "ở cuối tệp", "at the end"
    line, column = found.groups()
    return f"dòng {line}, cột {column}", f"line {line}, column {column}"


def os_error(error: OSError) -> Said:
    """Why the operating system can't, in a few words."""
    english = error.strerror or str(error)
    unknown = f"hệ thống báo lỗi số {error.errno}" if error.errno else "hệ thống báo lỗi"
    own = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    return own or _SYSTEM.get(error.errno or 0, unknown), english
