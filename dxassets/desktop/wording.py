"""Problems in the start page's words: who presses buttons knows no option of the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from dxassets.errors import Problem


class _PageWords(NamedTuple):
    vi: str
    en: str


DRAFT = _PageWords("Công văn là bản dự thảo", "Letters are drafts")
"""The tick on the page."""
_ELSEWHERE = _PageWords(
    "hãy chép cả thư mục này sang nơi ghi được, rồi mở lại ở đó",
    "copy the whole folder to a place that can be written, and start it there",
)
_TABLE = _PageWords("bảng được thả", "the table that was dropped")
_FIELDS = {
    "--province": _PageWords("Tỉnh, thành phố", "Province or city"),
    "--year": _PageWords("Năm", "Year"),
    "--cause": _PageWords("Việc gì", "What for"),
    "--day": _PageWords("Ngày", "Day"),
    "--day-name": _PageWords("Tên của ngày", "Name of the day"),
    "--issuer": _PageWords("Cơ quan ban hành", "Issuing agency"),
    "--units": _PageWords("Năm", "Year"),
    "--merge": _TABLE,
    "--import": _TABLE,
}
"""What stands beside a field of the page, by the option that does the same."""
_SAYINGS = tuple(
    (re.compile(vi), said_vi, re.compile(en), said_en)
    for vi, said_vi, en, said_en in (
        (
            r"hãy thêm vào lệnh, ví dụ: .*",
            "hãy điền vào ô ấy",
            r"add it to the command, for example: .*",
            "fill it in",
        ),
        (
            r"hãy tạo chiến dịch theo đơn vị từ 01/7/2025 \(--units 2025\), rồi .*",
            "hãy điền năm từ 2025, rồi thả danh sách của mình vào ô “Excel → danh sách cơ quan”",
            r"start the campaign by the units since 1 July 2025 \(--units 2025\), and .*",
            "give a year from 2025 on, then drop your own list into “Excel → list of agencies”",
        ),
        (
            r"hãy chọn một thư mục mới hoặc còn trống cho trang web bằng --out",
            "hãy chuyển thư mục ấy đi nơi khác, rồi bấm lại",
            r"choose a new or empty folder for the site with --out",
            "move that folder elsewhere, then press again",
        ),
        (
            r"hãy chọn nơi khác bằng --out",
            _ELSEWHERE.vi,
            r"choose another place with --out$",
            _ELSEWHERE.en,
        ),
        (
            r"hãy đóng tệp hoặc đổi --out",
            f"hãy đóng tệp ấy, hoặc {_ELSEWHERE.vi}",
            r"close it or choose another place with --out",
            f"close it, or {_ELSEWHERE.en}",
        ),
        (
            r"hãy chọn thư mục ngắn hơn bằng --out",
            "hãy chuyển cả thư mục lên gần gốc ổ đĩa, ví dụ D:\\\\dxassets",
            r"choose a shorter folder with --out",
            "move the whole folder near the top of the drive, such as D:\\\\dxassets",
        ),
        (r",? hoặc chọn nơi khác bằng --out", "", r",? or choose another place with --out", ""),
        (
            r"làm lại với --no-turn",
            "hãy xoay ảnh cho đúng rồi thả lại",
            r"use --no-turn",
            "turn the photo and drop it again",
        ),
        (r"--draft", f"ô “{DRAFT.vi}”", r"--draft", f"the tick “{DRAFT.en}”"),
        (
            r" Tìm mã: dxassets agencies.*",
            " Mã của mọi cơ quan ở cột đầu tệp agencies.csv.",
            r" Find ids: dxassets agencies.*",
            " Ids are the first column of agencies.csv.",
        ),
    )
)
_OPTION = re.compile(r"--[a-z][a-z-]*")


def in_page_words(problem: Problem) -> Problem:
    """The same problem, told to somebody who sees the page and no command."""
    vi, en = problem.vi, problem.en
    for asked_vi, said_vi, asked_en, said_en in _SAYINGS:
        vi, en = asked_vi.sub(said_vi, vi), asked_en.sub(said_en, en)
    options = _OPTION.findall(problem.where)
    fields = [_FIELDS[option] for option in options if option in _FIELDS]
    if not options or len(fields) < len(options):
        return replace(problem, vi=vi, en=en)
    at_vi, at_en = (", ".join(dict.fromkeys(each[n] for each in fields)) for n in (0, 1))
    return Problem("", f"{at_vi}: {vi}", f"{at_en}: {en}")
