"""Says in Vietnamese what TOML's reader and the system say in English, with the cure where one is known."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from dxassets.errors import OutputError, Problem

LONGEST_ON_WINDOWS = 259
"""Letters of a whole path that every Windows takes."""
_NO_PATH = frozenset({2, 3, 234})  # ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_MORE_DATA
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


def output_error(target: Path, error: OSError) -> OutputError:
    """Why `target` can't be written, with the cure."""
    why_vi, why_en = os_error(error)
    unknown = (
        f"không ghi được ({why_vi}); hãy chọn nơi khác bằng --out",
        f"can't be written ({why_en}); choose another place with --out",
    )
    vi, en = _windows_reason(target, error) or _REASONS.get(error.errno or 0, unknown)
    return OutputError(Problem(str(target), vi, en))


_OPEN_ELSEWHERE = (
    "tệp đang mở trong chương trình khác (Word, Excel, trình xem PDF…); hãy đóng tệp ở đó rồi làm lại",
    "is open in another program (Word, Excel, a PDF viewer); close it there and try again",
)
_FULL = (
    "đĩa đã đầy; hãy dọn bớt hoặc chọn nơi khác bằng --out",
    "the disk is full; make room or choose another place with --out",
)
_DENIED = (
    "không có quyền ghi, hoặc tệp đang mở trong chương trình khác; hãy đóng tệp hoặc đổi --out",
    "may not be written, or is open in another program; close it or choose another place with --out",
)
_IN_THE_WAY = (
    "có một tệp đứng ở chỗ của thư mục; hãy chọn nơi khác bằng --out",
    "a file stands where a folder should be; choose another place with --out",
)
_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.EISDIR: (
        "có một thư mục đứng ở chỗ của tệp; hãy xóa hoặc đổi tên thư mục đó",
        "a folder stands where a file should be; remove or rename it",
    ),
    errno.ELOOP: (
        "liên kết (symlink) này dẫn vòng về chính nó; hãy xóa nó hoặc chọn nơi khác bằng --out",
        "this link leads back to itself; remove it or choose another place with --out",
    ),
    errno.ENAMETOOLONG: (
        "đường dẫn quá dài; hãy chọn thư mục ngắn hơn bằng --out",
        "the path is too long; choose a shorter folder with --out",
    ),
}
_BAD_NAME = (
    'Windows không cho đặt tên như vậy; hãy chọn tên khác, không có < > : " / \\ | ? *',
    'Windows allows no such name; choose another one, without < > : " / \\ | ? *',
)
_ON_WINDOWS: dict[int, tuple[str, str]] = {
    32: _OPEN_ELSEWHERE,  # ERROR_SHARING_VIOLATION
    33: _OPEN_ELSEWHERE,  # ERROR_LOCK_VIOLATION
    19: (
        "ổ đĩa chỉ cho đọc; hãy chọn nơi khác bằng --out",
        "the drive is read-only; choose another place with --out",
    ),
    15: (
        "không có ổ đĩa này; hãy chọn nơi khác bằng --out",
        "there is no such drive; choose another place with --out",
    ),
    21: (
        "ổ đĩa chưa sẵn sàng; hãy cắm lại rồi làm lại",
        "the drive is not ready; plug it in again and try again",
    ),
    123: _BAD_NAME,  # ERROR_INVALID_NAME
    206: _REASONS[errno.ENAMETOOLONG],  # ERROR_FILENAME_EXCED_RANGE
}
"""By Windows' own numbers, where Python's `errno` makes one of several causes."""


def _windows_reason(target: Path, error: OSError) -> tuple[str, str] | None:
    """What Windows means; of a path that is too long it mostly says that there is none."""
    number: int = getattr(error, "winerror", None) or 0
    if number in _NO_PATH and len(str(target.absolute())) > LONGEST_ON_WINDOWS:
        return _REASONS[errno.ENAMETOOLONG]
    return _ON_WINDOWS.get(number)
