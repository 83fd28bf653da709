"""What the static site is made of: letters, texts in two languages, colours, joined scripts."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from dxassets.backends.web_fonts import WEB_LETTERS, to_woff2
from dxassets.brand import Palette
from dxassets.colors import contrast, luminance, parse_color
from dxassets.errors import AssetError
from dxassets.renderers.site.bundling import bundle
from dxassets.renderers.site.colors import page_colors
from tests.site_support import ROOT


def test_web_letters_are_all_of_vietnamese() -> None:
    from dxassets.vietnamese import fold  # noqa: PLC0415

    assert all(letter in WEB_LETTERS for letter in "ẲẴẶựỹđĐÝ₫"[:-1])
    marked = {letter for letter in WEB_LETTERS if letter.isalpha() and fold(letter) != letter.casefold()}
    assert len(marked) == 134 + 4
    assert marked >= set("ČčÑñ")  # of the region's peoples
    font = ROOT / "brand/fonts/be-vietnam-pro/BeVietnamPro-Medium.ttf"
    made = to_woff2(font.read_bytes())
    assert made[:4] == b"wOF2"
    assert len(made) < 30_000
    assert made == to_woff2(font.read_bytes())


def test_every_text_stands_in_both_languages_with_the_same_holes() -> None:
    texts = tomllib.loads((ROOT / "templates/site/texts.toml").read_text(encoding="utf-8"))

    def pairs(table: dict[str, Any]) -> list[tuple[str, str]]:
        if table.keys() == {"vi", "en"}:
            return [(table["vi"], table["en"])]
        return [pair for value in table.values() for pair in pairs(value)]

    found = pairs(texts)
    assert len(found) > 100
    for vi, en in found:
        assert vi
        assert en
        assert set(re.findall(r"\{\w+\}", vi)) == set(re.findall(r"\{\w+\}", en)), vi


def test_every_text_that_a_script_says_is_given_to_it() -> None:
    texts = tomllib.loads((ROOT / "templates/site/texts.toml").read_text(encoding="utf-8"))
    given = {name for table in ("page", "banner", "avatar", "report") for name in texts[table]["script"]}
    photo_problems = {"empty", "heic", "raw", "pdf", "video", "word", "broken", "format", "unknown"}
    frame_problems = {name for name in given if name.startswith("frame_")}  # said by the fault's own name
    said = set[str]()
    for file in (ROOT / "templates/site/js").glob("*.js"):
        said |= set(re.findall(r'\bsay\("(\w+)"', file.read_text(encoding="utf-8")))
    said |= {"copied", "not_copied", "many", "ready", "unreadable"}  # chosen between two in one call
    assert said - given == set()
    assert given - said - photo_problems - frame_problems == set()


def palette(ground: str, ink: str, accent: str) -> Palette:
    return Palette.model_validate(
        {
            "ground": [ground, ground],
            "ink": ink,
            "ink_soft": ink,
            "accent": accent,
            "bar": accent,
            "modules": [accent],
            "card": "#ffffff",
            "card_ink": "#111111",
            "band": {
                "ground": "#111111",
                "edges": [accent],
                "figures": [ground, ink, accent],
                "triangles": accent,
            },
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ground", "ink", "accent"),
    [("#061850", "#ffffff", "#ffd23f"), ("#ffffff", "#0b1f4b", "#ffff00"), ("#7f7f7f", "#000000", "#808080")],
)
def test_pages_stay_readable_in_any_palette(ground: str, ink: str, accent: str) -> None:
    for colors in page_colors(palette(ground, ink, accent)).values():
        light = {name: luminance(parse_color(color)) for name, color in colors.items()}
        for text in ("ink", "soft", "link", "good", "bad"):
            assert contrast(light[text], light["ground"]) >= 4.5, text
            assert contrast(light[text], light["paper"]) >= 4.5, text
        assert contrast(light["on-strong"], light["strong"]) >= 4.5
        assert contrast(light["ink"], light["tint"]) >= 4.5
        assert contrast(light["edge"], light["paper"]) >= 3


def test_modules_are_joined_each_once_those_asked_for_first() -> None:
    files = {
        "a.js": 'import { two } from "./b.js";\nimport { three } from "./c.js";\nconst one = two;\n',
        "b.js": 'import { three } from "./c.js";\nexport const two = three;\n',
        "c.js": "// c\nexport const three = 3;\n",
    }
    made = bundle("a.js", files.__getitem__)
    assert made.startswith('"use strict";\n(() => {\n')
    assert "import" not in made
    assert "export" not in made
    assert made.index("const three") < made.index("const two") < made.index("const one")
    assert made.count("const three") == 1


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"a.js": 'import { two } from "./b.js";\n', "b.js": "const two = 2;\n"}, "does not export two"),
        ({"a.js": 'import { b } from "./b.js";\nconst x = 1;\n', "b.js": "export const b = 1;\nconst x = 2;\n"}, "'x' is declared"),  # noqa: E501
        ({"a.js": "export default 1;\n"}, "not understood: export default"),
        ({"a.js": 'import x from "./b.js";\n', "b.js": ""}, "not understood: import x"),
        ({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n'}, "imports itself"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_can_not_be_joined_is_told(files: dict[str, str], complaint: str) -> None:
    with pytest.raises(AssetError, match=complaint):
        bundle("a.js", files.__getitem__)
