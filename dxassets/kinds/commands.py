"""The commands that are one kind's own, as `dxassets --help` tells them: plain tuples, and no import.

Each is: the module of `dxassets.cli` that runs it, what it does (Vietnamese, English), and examples.
"""

from __future__ import annotations

BANNER, FRAME, QR, LETTER, LOOP = "banner", "frame", "qr", "letter", "loop"
SAMPLES = (
    "cong-van|nghi-quyet|quyet-dinh|chi-thi|quy-che|quy-dinh|thong-cao|thong-bao|huong-dan|chuong-trinh|ke-hoach"
    "|phuong-an|de-an|du-an|bao-cao|to-trinh|giay-uy-quyen|phieu-gui|phieu-chuyen|phieu-bao|cong-dien|giay-moi"
    "|giay-gioi-thieu|bien-ban|giay-nghi-phep|sao-y|trich-sao|sao-luc|quyet-dinh-ban-hanh|van-ban-kem-theo"
    "|lien-tich|phu-luc"
)
"""What `dxassets letter --sample` can print: kinds of documents by their slugs, and what goes with one."""

Text = tuple[str, str]

COMMANDS: dict[str, tuple[str, Text, str]] = {
    BANNER: (
        "single",
        ("làm một banner", "make one banner"),
        (
            "dxassets banner --day 10-10 --theme digital --preset share-1200x630 "
            '--agency-name "Sở Nội vụ" -o banner.png\n'
            "dxassets banner --day 10-10 --theme photo --preset poster-a4 "
            "--scene le-phat-dong.jpg --focus 50%,40% -o ap-phich.pdf"
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
    LOOP: (
        "loop",
        (
            "làm một vòng lặp: phim ngắn cho bảng LED, tivi, mạng xã hội; hoặc bộ ảnh kèm danh sách phát",
            "make a loop: a short film for LED boards, screens and networks; or pictures with playlists",
        ),
        (
            "dxassets loop --day 10-10 --size 512x128 -o bang-led.mp4\n"
            "dxassets loop --size tv-1080x1920 --theme brocade --agency so-noi-vu -o man-hinh-dung.mp4\n"
            "dxassets loop --size web-300x250 -o trang-web.gif\n"
            "dxassets loop --still-loop -o trinh-chieu"
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
        (
            "làm công văn, quyết định, tờ trình … (Word và PDF)",
            "make the letter, or any other document (Word and PDF)",
        ),
        (
            "dxassets letter --draft -o cong-van\n"
            "dxassets letter chien-dich-2026 --number 1234 -o cong-van\n"
            "dxassets letter --number 1234 --date 2026-09-21 --split-annex -o cong-van\n"
            "dxassets letter --agency ubnd-huyen-cu-jut -o cong-van\n"
            "dxassets letter --register so-van-ban.csv -o cong-van\n"
            "dxassets letter --merge khach-moi.xlsx -o giay-moi\n"
            "dxassets letter --merge khach-moi.xlsx --one-file --two-sided -o in\n"
            "dxassets letter --sample quyet-dinh > quyet-dinh.md\n"
            "dxassets letter quyet-dinh.md --draft -o van-ban"
        ),
    ),
}
