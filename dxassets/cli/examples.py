"""The examples that help shows, by command; "" is the whole program."""

from __future__ import annotations

from dxassets.kinds.commands import COMMANDS as OF_KINDS

EXAMPLES: dict[str, str] = {
    "": 'dxassets build\ndxassets check chien-dich-2026\ndxassets agencies --find "so noi vu"',
    "build": (
        "dxassets build\n"
        "dxassets build --agency so-noi-vu --day 10-10 --theme digital\n"
        "dxassets build --all-agencies --kind banner --preset share-1200x630 --jobs 4\n"
        'dxassets build --agency-name "UBND xã Nam Dong" --format png\n'
        "dxassets build --preset bang-ron-6000x800 --theme formal --marks --proof\n"
        "dxassets build --theme photo --scene le-phat-dong.jpg"
    ),
    "verify": "dxassets verify output/chien-dich-2026",
    **{name: examples for name, (_module, _about, examples) in OF_KINDS.items()},
    "register": (
        "dxassets register so-van-ban.csv\ndxassets register so-van-ban.csv --year 2026 -o so-2026.pdf"
    ),
    "copy": 'dxassets copy ban-quet.pdf --form sao-y --by "Sở Nội vụ" -o ban-sao.pdf',
    "report": (
        "dxassets report forms -o bieu-so-lieu\n"
        "dxassets report collect bieu-gui-ve -o tong-hop\n"
        "dxassets report collect bieu-gui-ve --campaign chien-dich-2026 --remind --until 2026-10-20"
    ),
    "lint": "dxassets lint cong-van.docx\ndxassets lint a.pdf --json\ndxassets lint a.docx --fix b.docx",
    "sheet": "dxassets sheet -o duyet.pdf\ndxassets sheet --by preset --day 10-10 -o duyet.png",
    "site": (
        "dxassets site\n"
        "dxassets site --agency ubnd-huyen-cu-jut --agency so-noi-vu --out trang-web\n"
        "dxassets site --number 1234 --date 2026-09-21 --url https://chiendich.tinh.gov.vn/2026/\n"
        "dxassets site --links --url https://chiendich.tinh.gov.vn/2026/ --out lien-ket"
    ),
    "serve": (
        "dxassets serve\n"
        "dxassets serve chien-dich-2026 --port 8080\n"
        "dxassets serve --host 0.0.0.0 --behind-proxy"
    ),
    "open": "dxassets open\ndxassets open D:/chien-dich",
    "presets": "dxassets presets",
    "themes": "dxassets themes",
    "agencies": (
        'dxassets agencies --find "so noi vu"\n'
        "dxassets agencies --export co-quan.xlsx\n"
        "dxassets agencies --import danh-sach.xlsx -o campaigns/hue-2026/agencies.csv"
    ),
    "check": "dxassets check chien-dich-2026",
    "init": (
        'dxassets init bau-cu --province "Huế" --cause bau-cu --day 15/3\n'
        "dxassets init hue-2027 --from hue-2026 --year 2027"
    ),
    "doctor": "dxassets doctor\ndxassets doctor --json",
    "schema": (
        "dxassets schema --write campaigns/campaign.schema.json\n"
        "dxassets schema --write campaigns/duties.schema.json"
    ),
    "completion": (
        'eval "$(dxassets completion bash)"\n'
        "dxassets completion zsh > ~/.zfunc/_dxassets\n"
        "dxassets completion fish > ~/.config/fish/completions/dxassets.fish"
    ),
}

# What is said while working and at the end.
