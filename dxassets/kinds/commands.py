"""The commands that are one kind's own, as `dxassets --help` tells them: plain tuples, and no import.

Each is: the module of `dxassets.cli` that runs it, what it does (Vietnamese, English), and examples.
"""

from __future__ import annotations

BANNER, FRAME, QR, LETTER = "banner", "frame", "qr", "letter"

Text = tuple[str, str]

COMMANDS: dict[str, tuple[str, Text, str]] = {
    BANNER: (
        "single",
        ("làm một banner", "make one banner"),
        (
            "dxassets banner --day 10-10 --theme digital --preset share-1200x630 "
            '--agency-name "Sở Nội vụ" -o banner.png'
        ),
    ),
    FRAME: (
        "frame",
        (
            "lồng ảnh chân dung vào khung ảnh đại diện: một ảnh hoặc cả thư mục",
            "put photos into an avatar frame: one, or a whole folder",
        ),
        (
            'dxassets frame "Nguyễn Văn An.jpg" -o khung\n'
            "dxassets frame anh-nhan-vien --agency so-noi-vu --preview -o khung\n"
            "dxassets frame anh.heic --day 01-11 --theme brocade --focus 40%,30% --zoom 1.5 -o khung\n"
            "dxassets frame anh.jpg --style square --circle --format png -o khung\n"
            "dxassets frame - -o - --format png < anh.heic > khung.png"
        ),
    ),
    QR: (
        "single",
        ("làm một mã QR", "make one QR code"),
        (
            "dxassets qr https://tinh.gov.vn/ -o qr.svg\n"
            "dxassets qr https://vi.wikipedia.org/wiki/Cần_Thơ -o - --format png > qr.png"
        ),
    ),
    LETTER: (
        "letter",
        ("làm công văn (Word và PDF)", "make the letter (Word and PDF)"),
        (
            "dxassets letter --draft -o cong-van\n"
            "dxassets letter chien-dich-2026 --number 1234 -o cong-van\n"
            "dxassets letter --number 1234 --date 2026-09-21 --split-annex -o cong-van\n"
            "dxassets letter --agency ubnd-huyen-cu-jut -o cong-van"
        ),
    ),
}
