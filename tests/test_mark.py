"""The day's mark: whole in every room, and its bars equally far from both neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets import Project, Wanted, load_campaign, plan
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.errors import GateError
from dxassets.kinds.registry import all_kinds, check, render
from dxassets.renderers.faces import shaper_of
from dxassets.typesetting.blocks import Draft
from dxassets.typesetting.marks import fit_mark, place_mark
from dxassets.vietnamese import upper
from tests.drawing_support import layout

HEIGHT, MARGIN = 600, 60


def gaps(numerals: str) -> tuple[float, float]:
    """The least distance from the bar to the ink on its left and on its right, in heights of the mark."""
    shaper = shaper_of(load_campaign().resources)
    mark, draft = fit_mark(numerals, shaper.measure, width=9 * HEIGHT, height=HEIGHT), Draft()
    place_mark(draft, mark, MARGIN, MARGIN, shaper.measure)
    digits = "".join(
        shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size)
        for line in draft.lines
    )
    wide, high = round(mark.width) + 2 * MARGIN, HEIGHT + 2 * MARGIN
    view = f'xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
    ink = svg_to_pixels(f"<svg {view}>{digits}</svg>", alpha=True)[..., 3] > 127
    (left_foot, foot), (right_foot, _), (_, head), (left_head, _) = draft.bars[0].points
    before, behind = [], []
    for y in range(MARGIN, MARGIN + HEIGHT):
        rise = (foot - y - 0.5) / (foot - head)
        left_edge = left_foot + rise * (left_head - left_foot)
        right_edge = left_edge + right_foot - left_foot
        columns = np.nonzero(ink[y])[0]
        before += [left_edge - column - 1 for column in columns[columns < left_edge][-1:]]
        behind += [column - right_edge for column in columns[columns > right_edge][:1]]
    return min(before) / HEIGHT, min(behind) / HEIGHT


@pytest.mark.parametrize("digit", range(10))
def test_the_bar_stands_in_the_middle(digit: int) -> None:
    left, right = gaps(f"1{digit}/{digit}1")
    assert left == pytest.approx(0.15, abs=0.01)
    assert right == pytest.approx(0.15, abs=0.01)


@pytest.mark.parametrize("numerals", ["10/10", "01/11", "30/4"])
def test_the_campaigns_own_marks_are_even(numerals: str) -> None:
    left, right = gaps(numerals)
    assert left == pytest.approx(right, abs=0.015)


MARKS = ("8-10/10", "30/9-5/10", "Tháng 6", "Tuần lễ 1–7/10", "2026", "Mồng 10 tháng 3", "10/10/2026", None)


@pytest.mark.parametrize("text", MARKS)
def test_any_mark_stands_whole_in_every_preset_and_theme(text: str | None, project: Project) -> None:
    day = project.campaign.days[0].model_copy(update={"mark": text})
    worn = replace(project, campaign=project.campaign.model_copy(update={"days": (day,)}))
    assert list(all_kinds()["banner"].survey(worn).errors) == []
    jobs = {(job.preset, job.theme): job for job in plan(worn, Wanted(kinds=("banner",))).jobs}
    assert len(jobs) >= 38 * 4
    for job in jobs.values():
        made, _ = layout(job)
        said = [line.text for line in made.lines if line.role == "mark"]
        drawn = upper(text or "").replace("-", "–")
        assert "".join(said) == drawn.replace("/", "").replace(" ", ""), job.path
        assert len(made.bars) == (text or "").count("/")


@pytest.mark.parametrize(
    ("text", "wide", "tall"),
    [
        ("Tháng 6", ["THÁNG", "6"], ["THÁNG", "6"]),
        ("Tuần lễ 1–7/10", ["TUẦN", "LỄ", "1–7", "10"], ["TUẦN", "LỄ", "1–7", "10"]),
    ],
)
def test_words_stand_above_numerals_where_that_makes_them_larger(
    text: str, wide: list[str], tall: list[str], project: Project
) -> None:
    measure = shaper_of(project.resources).measure
    low = fit_mark(text, measure, width=9.0, height=1.0)
    assert [run.text for run in low.runs] == wide
    assert len({run.baseline for run in low.runs}) == 1
    high = fit_mark(text, measure, width=1.6, height=1.0)
    assert [run.text for run in high.runs] == tall
    assert high.runs[0].height < high.runs[-1].height
    assert high.runs[0].baseline < high.runs[-1].baseline


@given(
    st.sampled_from([text for text in MARKS if text]),
    st.floats(0.5, 12, allow_nan=False),
    st.floats(0.3, 3, allow_nan=False),
)
def test_a_mark_keeps_its_room(text: str, width: float, height: float) -> None:
    measure = shaper_of(load_campaign("daknong-2022").resources).measure
    mark = fit_mark(text, measure, width=width, height=height)
    assert mark.width <= width * 1.0001
    assert mark.height <= height * 1.0001
    assert max(mark.width / width, mark.height / height) == pytest.approx(1)


@pytest.mark.parametrize("text", ["17/4", "27/7", "7/7", "4/4", "14/1", "1-7/5", "Tháng 7"])
@pytest.mark.parametrize("theme", ["light", "formal"])
def test_a_digit_that_reaches_over_the_bar_keeps_its_contrast(
    text: str, theme: str, project: Project
) -> None:
    """The bar stands under the arm of a 7: it is no ground of the number."""
    day = project.campaign.days[0].model_copy(update={"mark": text})
    worn = replace(project, campaign=project.campaign.model_copy(update={"days": (day,)}))
    chosen = Wanted(presets=("share-1200x630",), themes=(theme,), kinds=("banner", "frame"), formats=("png",))
    for job in plan(worn, chosen).jobs:
        check(job, render(job, worn.resources))


def test_only_the_bar_is_passed_over(project: Project) -> None:
    """A number in the colour of its ground is still told."""
    (job, *_) = plan(project, Wanted(presets=("share-1200x630",), themes=("light",), kinds=("banner",))).jobs
    made = render(job, project.resources)
    one, *rest = (area for area in made.facts.texts if area.beside)
    assert rest
    spoilt = replace(one, color=project.brand.themes[-1].palette.badge)
    with pytest.raises(GateError, match="contrast"):
        check(job, replace(made, facts=replace(made.facts, texts=(spoilt, *rest))))


def test_a_lone_dash_begins_no_line(project: Project) -> None:
    mark = fit_mark("01/10 – 07/10", shaper_of(project.resources).measure, width=2.0, height=2.0)
    rows: dict[float, list[str]] = {}
    for run in mark.runs:
        rows.setdefault(round(run.baseline, 4), []).append(run.text)
    assert [row[0] for row in rows.values()] == ["01", "07"]
