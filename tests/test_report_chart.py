"""The picture of the sums: its bars are as long as their numbers, and are seen in every theme."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from dxassets.brand import Palette
from dxassets.colors import Rgb, contrast, luminance
from dxassets.project import Project
from dxassets.renderers.faces import shaper_of
from dxassets.report import ReportMeasure, Sum
from dxassets.report.chart import WIDTH, ChartWords, chart_svg, growth_words

WORDS = ChartWords("Kết quả", "Chiến dịch", "Trước", "Sau", "Nguồn: Sở")
MEASURE = ReportMeasure("1.1", "Việc", "Số hồ sơ", "hồ sơ", 0)
RECT = re.compile(r'<rect x="488" y="[\d.]+" width="([\d.]+)" height="26" fill="(#[0-9a-f]{6})"/>')


def bars(project: Project, found: Sum, palette: Palette | None = None) -> list[tuple[float, str]]:
    svg = chart_svg(
        [MEASURE], {"1.1": found}, WORDS,
        palette=palette or project.brand.themes[0].palette, shaper=shaper_of(project.resources),
    )  # fmt: skip
    return [(float(width), color) for width, color in RECT.findall(svg)]


def test_bars_are_as_long_as_their_numbers(project: Project) -> None:
    (before, _), (after, _) = bars(project, Sum(Decimal(250), Decimal(1000)))
    assert before == pytest.approx(after / 4, abs=0.1)
    (before, _), (after, _) = bars(project, Sum(Decimal(0), Decimal(0)))
    assert before == after == 2


def test_the_longest_numbers_have_room_beside_their_bars(project: Project) -> None:
    largest = Sum(Decimal(10) ** 9, Decimal(10) ** 12)
    (_, _), (after, _) = bars(project, largest)
    shaper = shaper_of(project.resources)
    number = shaper.ink("1.000.000.000.000", 700).advance * 22
    growth = shaper.ink(growth_words(largest), 700).advance * 22
    assert after > 100
    assert 488 + after + 12 + number + 20 < WIDTH - 56 - growth


def test_every_theme_shows_both_bars_on_its_card(project: Project) -> None:
    for theme in project.brand.every_theme:
        (_, before), (_, after) = bars(project, Sum(Decimal(1), Decimal(2)), theme.palette)
        card = luminance(theme.palette.card)
        seen = [contrast(luminance(_rgb(color)), card) for color in (before, after)]
        assert seen[1] >= 3, theme.id
        assert 1.2 < seen[0] < seen[1], theme.id


def test_a_bar_takes_the_ground_where_it_is_seen_and_else_the_cards_ink(project: Project) -> None:
    palette = project.brand.themes[0].palette
    grounds = [(Rgb(149, 149, 149), False), (Rgb(148, 148, 148), True)]  # 2.99 and 3.03 to 1 on white
    for ground, is_seen in grounds:
        pale = {"ground": (ground, ground), "accent": palette.card, "bar": palette.card}
        worn = palette.model_copy(update=pale)
        assert (contrast(luminance(ground), luminance(worn.card)) >= 3) == is_seen
        (_, _), (_, after) = bars(project, Sum(Decimal(1), Decimal(2)), worn)
        assert after == str(ground if is_seen else worn.card_ink)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (4, 6, "tăng 50,0%"),
        (100_000, 100_049, "tăng dưới 0,1%"),
        (100_000, 100_050, "tăng 0,1%"),
        (100_000, 99_951, "giảm dưới 0,1%"),
        (6, 3, "giảm 50,0%"),
        (5, 5, "không đổi"),
        (0, 3, "trước chưa có"),
        (0, 0, "không đổi"),
        (10, 109, "tăng 990,0%"),
        (10, 110, "gấp 11,0 lần"),
    ],
)
def test_growth_is_said_in_words(before: int, after: int, said: str) -> None:
    assert growth_words(Sum(Decimal(before), Decimal(after))) == said


def _rgb(text: str) -> Rgb:
    return Rgb(*(int(text[at : at + 2], 16) for at in (1, 3, 5)))
