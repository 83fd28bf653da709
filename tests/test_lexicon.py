"""The word list: well formed, quick, and whole words in 360 slogans."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from dxassets import lexicon
from dxassets.lexicon import Seam, seams, spelling_key
from tests.compounds import BOXES, SLOGANS, Marked, broken, broken_at_counts, broken_in_boxes, read_slogans
from tests.drawing_support import shaper

FOLDER = Path(lexicon.__file__).parent
LATER = SLOGANS.with_name("slogans-later.txt")
_SYLLABLE = re.compile(r"[a-zà-ỹđắ'’]+")


@cache
def entries(name: str) -> dict[tuple[str, ...], int]:
    """Every entry as keys of its syllables, and how often it stands there."""
    found: dict[tuple[str, ...], int] = {}
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, tails = line.split(": ")
        for tail in tails.split():
            keys = tuple(spelling_key(part) for part in (head, *tail.split("_")))
            found[keys] = found.get(keys, 0) + 1
    return found


def shown(text: str) -> str:
    """`text` with what holds its syllables together: `_` a word, `=` a term, `~` loosely."""
    words = text.split()
    signs = {Seam.OPEN: " ", Seam.LOOSE: "~", Seam.TERM: "=", Seam.WORD: "_"}
    return "".join(
        word + sign for word, sign in zip(words, [*(signs[seam] for seam in seams(words)), ""], strict=True)
    )


# --- the list --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "least"), [("words.txt", 15_000), ("loose.txt", 16_000)])
def test_the_list_is_well_formed(name: str, least: int) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    found = entries(name)
    assert len(found) > least
    assert [keys for keys, count in found.items() if count > 1] == []
    odd = [keys for keys in found for key in keys if not _SYLLABLE.fullmatch(key)]
    assert odd == []
    assert max(map(len, found)) <= 8


def test_no_entry_is_both_a_word_and_loose() -> None:
    assert entries("words.txt").keys() & entries("loose.txt").keys() == set()


def test_the_list_is_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in ("words.txt", "loose.txt")) < 300_000


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        *("nhà giáo", "thành lập", "quốc tế", "khởi nghiệp", "văn hóa", "dân tộc", "pháp luật", "ma túy"),
        *("tiêm chủng", "bầu cử", "phòng cháy", "người dân", "Lâm Đồng", "Bình Thuận", "ĐẮK LẮK"),
    ],
)
def test_a_word_holds_in_any_case(word: str) -> None:
    for text in (word, word.lower(), word.upper(), word.title()):
        assert seams(text.split()) == (Seam.WORD,), text


@pytest.mark.parametrize(
    ("new", "old"),
    [("văn hoá", "văn hóa"), ("thuỷ lợi", "thủy lợi"), ("sức khoẻ", "sức khỏe"), ("ma tuý", "ma túy")],
)
def test_both_places_of_a_tone_are_one_word(new: str, old: str) -> None:
    assert seams(new.split()) == seams(old.split()) == (Seam.WORD,)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("quý", "quí"),
        ("quỹ", "quĩ"),
        ("kỹ", "kĩ"),
        ("ty", "ti"),
        ("hoàn", "hoàn"),
        ("quả", "quả"),
        ("tây", "tây"),
        ("M’Nông", "m'nông"),
    ],
)
def test_spelling_key(written: str, key: str) -> None:
    assert spelling_key(written) == key
    assert spelling_key(key) == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chuyển đổi số", "chuyển_đổi=số"),
        ("ủy ban nhân dân tỉnh", "ủy_ban=nhân_dân tỉnh"),
        ("Bộ Thông tin và Truyền thông", "Bộ Thông_tin và Truyền_thông"),
        ("đồng bào dân tộc thiểu số", "đồng_bào dân_tộc=thiểu_số"),
        ("học sinh học sinh học", "học_sinh_học_sinh_học"),
        ("nhà nước ngoài", "nhà_nước_ngoài"),  # may be read in two ways, so neither is broken
        ("ngôi nhà của ta", "ngôi_nhà của ta"),
        ("xyz", "xyz"),
    ],
)
def test_seams(text: str, expected: str) -> None:
    assert shown(text) == expected


# --- slogans ---------------------------------------------------------------------------------------


def test_there_are_three_hundred_slogans_and_sixty_more() -> None:
    assert len({slogan.text for slogan in read_slogans()}) == 300
    assert len({slogan.text for slogan in read_slogans(LATER)}) == 60


def test_a_broken_word_is_counted() -> None:
    slogan = Marked("vui pháp luật", frozenset({2}))
    assert broken(slogan, ["vui pháp", "luật"]) == 1
    assert broken(slogan, ["vui", "pháp luật"]) == 0


@pytest.mark.parametrize("file", [SLOGANS, LATER], ids=["first", "later"])
def test_no_word_of_a_slogan_is_broken_without_a_phrase_list(file: Path) -> None:
    measure = shaper().measure
    for slogan in read_slogans(file):
        assert sum(broken_at_counts(slogan, measure)) == 0, slogan.text
        assert broken_in_boxes(slogan, measure) == dict.fromkeys(BOXES, 0), slogan.text


# --- cost ------------------------------------------------------------------------------------------


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.strip()


def test_the_list_is_read_when_a_text_is_broken_and_once() -> None:
    code = (
        "from dxassets.lexicon import segmenting\n"
        "from dxassets.vietnamese import break_costs, clean, slug\n"
        "slug(clean('Sở Y tế')); print(segmenting._lines.cache_info().misses)\n"
        "break_costs('pháp luật', ()); print(segmenting._lines.cache_info().misses)\n"
        "break_costs('văn hóa số', ()); print(segmenting._lines.cache_info().misses)\n"
    )
    assert run(code).split() == ["0", "2", "2"]
