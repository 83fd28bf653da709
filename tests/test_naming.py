"""Names set by the page are names set by Python: letters, breaks, lines, sizes, places and refusals."""

from __future__ import annotations

import gzip
import json
import random
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dxassets.country import provinces
from dxassets.geometry import Box
from dxassets.renderers.site.lettering import letters_of, tables_of
from dxassets.typesetting.layout import Slot
from dxassets.vietnamese import break_costs, clean, upper
from tests.drawing_support import LETTERS, project, shaper
from tests.naming_support import Name, by_python, differences, page_that_names, shared, some_slots, told
from tests.site_support import CHROMIUM
from tests.test_names import COMMUNES, communes

needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
MOST_PACKED = 60_000
COMMUNES_OF_2025 = 3_321
MINORITY = ("Buôn Čuôr Knia", "Ea Ƀông", "Plei Ơ̆i Nú", "Krông Ê̆ Ĭ Đăh", "Ư̆n Ñai Ŏ Ŭ Ĕ", "Kon K̆am Ž")
HOSTILE = (
    "Sở “Thử” </script><b>& \"Nghiệm\"</b> 'A' {{ 7*7 }}",
    "A",
    "Trường Trung học phổ thông chuyên Nguyễn Chí Thanh – cơ sở 2 (Đắk Nông), thành lập ngày 10/10/2022",
    "Nghiêng" * 30,
    "a " * 60 + "b",
    "UBND TP. Gia Nghĩa – TX. Q. 1 & P. 12",
    "Office fi ff ffi fl – affiliée",
    "Ban\u00a0Quản\u00a0lý dự án",
    "-- – — - , . ; : !",
    "1/2 2,5 % XVI IX Điều 5 khóa XVI tháng 10",
    "Hoà Thuý Quỳ Quý Kỹ Lý công ty Mỹ thuật",
    "IJ Œ Æ Ð Þ ß ŉ ǰ ΐ",
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with page_that_names(browser) as bare:
        yield bare


@cache
def communes_of_2025() -> tuple[Name, ...]:
    found = [unit for province in provinces() for _, unit in province.communes]
    assert len(found) == COMMUNES_OF_2025
    return tuple(dict.fromkeys((unit.office, unit.short_office) for unit in found))


def offices() -> list[Name]:
    return [(office.name, office.short_name) for office in project().campaign.offices]


def made_up(count: int) -> list[Name]:
    """Names of real words, wrong ones, signs and letters of all the country's languages, by one seed."""
    chance = random.Random(16)
    words = [word for name, short in offices() for word in f"{name} {short}".split()]
    signs = [*"&–-—,.;:()“”'’/%+@#€₫0123456789", *MINORITY, "XVI", "10/10", "TP.", "Đ/c", "và", "của", "hơn"]
    found: list[Name] = []
    while len(found) < count:
        some = [
            chance.choice(words if chance.random() < 0.7 else signs) for _ in range(chance.randint(1, 16))
        ]
        if chance.random() < 0.2:
            some = ["".join(chance.sample(LETTERS, 6)), *some]
        name = clean(" ".join(some))
        found.append((name, clean(" ".join(some[:3]))))
    return found


def everybody() -> list[Name]:
    own = [(clean(name), clean(name)) for name in (*HOSTILE, *MINORITY)]
    return [*offices(), *own, *made_up(500)]


def test_letters_weigh_little_and_are_made_the_same_again() -> None:
    first, spare = tables_of(shaper().font(600))
    packed = [gzip.compress(json.dumps(table, ensure_ascii=False).encode()) for table in (first, spare)]
    assert 20_000 < sum(map(len, packed)) < MOST_PACKED
    assert letters_of(shaper().font(600)) == first


def test_every_letter_of_the_country_is_there() -> None:
    first, spare = tables_of(shaper().font(600))
    assert spare is not None
    known, more = set(first["letters"]), set(spare["letters"])  # pyright: ignore[reportArgumentType]
    assert {upper(letter) for letter in LETTERS} < known
    for name in MINORITY:
        for word in upper(name).split():
            shown = clusters(word)
            assert known.issuperset(shown) or more.issuperset(shown), word


def clusters(word: str) -> list[str]:
    found: list[str] = []
    for char in word:
        if unicodedata.combining(char):
            found[-1] += char
        else:
            found.append(char)
    return found


@needs_chromium
def test_lines_are_as_wide_as_harfbuzz_says(page: Page) -> None:
    lines = [upper(name) for pair in (*everybody(), *communes_of_2025()) for name in pair]
    lines = [line for line in dict.fromkeys(lines) if not shaper().missing(line)]
    assert len(lines) > 6_000
    for line, told_ink in zip(lines, page.evaluate("(lines) => inks(lines)", lines), strict=True):
        ink = shaper().ink(line, 600)
        here = (told_ink["advance"], told_ink["left"], told_ink["top"], told_ink["right"], told_ink["bottom"])
        assert here == pytest.approx((ink.advance, ink.left, ink.top, ink.right, ink.bottom), abs=1e-9), line


@needs_chromium
@pytest.mark.parametrize("name", ["Sở 🎉", "Отдел", "Phòng 中", "A\u0483"])
def test_letters_that_nobody_has_are_told(page: Page, name: str) -> None:
    (told_missing,) = page.evaluate("(lines) => inks(lines)", [upper(name)])
    assert told_missing
    assert set(shaper().missing(upper(name))) <= {char for unit in told_missing for char in unit}


@needs_chromium
def test_breaks_cost_what_they_cost_in_python(page: Page) -> None:
    phrases = project().campaign.phrases
    names = [name for pair in (*everybody(), *communes_of_2025()) for name in pair]
    for name, costs in zip(names, page.evaluate("(names) => costs(names)", names), strict=True):
        assert costs == pytest.approx(list(break_costs(name, phrases)[1]), abs=1e-9), name


def slot_of(said: dict[str, Any]) -> Slot:
    box = Box(said["x"], said["y"], said["width"], said["height"])
    return Slot(box, said["largest"], said["smallest"], said["lines"], said["center"])


def same(one: Any, other: Any) -> bool:
    """Whether two names are set alike, lengths to a hundredth."""
    if one is None or other is None:
        return one is other
    lines = zip(one["lines"], other["lines"], strict=True)
    return one["name"] == other["name"] and all(
        here[0] == there[0] and here[1:] == pytest.approx(there[1:], abs=0.01) for here, there in lines
    )


def test_the_numbers_that_the_web_page_shares() -> None:
    numbers = shared()
    assert len(numbers["cases"]) > 300
    for case in numbers["cases"]:
        assert same(by_python(slot_of(numbers["slots"][case["slot"]]), case["names"]), case["set"]), case
    assert {case["set"] is None for case in numbers["cases"]} == {True, False}


@needs_chromium
def test_the_page_has_the_shared_numbers(page: Page) -> None:
    numbers = shared()
    asked = [[numbers["slots"][case["slot"]], case["names"]] for case in numbers["cases"]]
    for case, answer in zip(numbers["cases"], page.evaluate("(asked) => set(asked)", asked), strict=True):
        assert same(answer, case["set"]), case


def compared(page: Page, asked: list[tuple[Slot, Name]]) -> list[str]:
    answers = page.evaluate("(asked) => set(asked)", [[told(slot), list(names)] for slot, names in asked])
    return list(differences(asked, answers))


def drawable(names: list[Name]) -> list[Name]:
    return [pair for pair in names if not shaper().missing(upper(" ".join(pair)))]


@needs_chromium
def test_names_are_set_as_python_sets_them(page: Page) -> None:
    """Every office and every hostile name, each in a few slots, so that every slot has many of them."""
    slots = cycle(some_slots())
    asked = [(next(slots), name) for name in drawable(everybody()) for _ in range(3)]
    assert compared(page, asked) == []


@needs_chromium
def test_communes_of_2025_are_set_as_python_sets_them(page: Page) -> None:
    slots = cycle(some_slots())
    assert compared(page, [(next(slots), name) for name in communes_of_2025()]) == []


@pytest.mark.slow
@needs_chromium
def test_every_office_is_set_alike_in_every_slot(page: Page) -> None:
    names = drawable(everybody())[::4]
    assert compared(page, [(slot, name) for slot in some_slots() for name in names]) == []


@pytest.mark.slow
@needs_chromium
@pytest.mark.skipif(not COMMUNES.exists(), reason="no list of communes: run tools/test-data, which needs npm")
def test_communes_of_2022_are_set_as_python_sets_them(page: Page) -> None:
    slots = cycle(some_slots())
    assert compared(page, [(next(slots), name) for name in communes()]) == []
