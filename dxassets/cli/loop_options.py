"""What help says of the options of `loop`, in Vietnamese and English. Plain tuples, as in the catalog."""

from __future__ import annotations

OF_LOOPS: dict[str, tuple[str, str]] = {
    "loop_sizes": (
        "cỡ của vòng lặp, bằng điểm ảnh như 512x128 hoặc mã như tv-1920x1080 (dùng được nhiều lần)",
        "size of loops, in px such as 512x128 or by id such as tv-1920x1080 (repeatable)",
    ),
    "loop_size": (
        "cỡ, bằng điểm ảnh như 512x128 hoặc mã như tv-1920x1080 (mặc định: tv-1920x1080)",
        "size, in px such as 512x128 or by id such as tv-1920x1080 (default: tv-1920x1080)",
    ),
    "loop_day": (
        "mã ngày (mặc định: ngày đầu; với --still-loop: mọi ngày, dùng được nhiều lần)",
        "day id (default: the first; with --still-loop: all days, repeatable)",
    ),
    "loop_theme": ("mã kiểu trình bày (mặc định: kiểu của ngày đó)", "theme id (default: the day's own)"),
    "loop_out": (
        "tệp sẽ ghi, đuôi tệp quyết định định dạng; với --still-loop: thư mục",
        "file to write, its suffix decides the format; with --still-loop: a folder",
    ),
    "loop_format": ("định dạng (mặc định: theo đuôi tệp)", "format (default: by the suffix)"),
    "still_loop": (
        "làm bộ ảnh đánh số kèm danh sách phát (M3U, XSPF, JSON), cho máy chỉ chiếu ảnh",
        "make numbered pictures with playlists (M3U, XSPF, JSON), for players that take pictures",
    ),
}
