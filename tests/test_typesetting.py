"""Breaking, fitting and the gap between lines, against brute force and with the brand's own fonts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.typesetting.breaking import ORPHAN, UNEVENNESS, balanced_breaking
from dxassets.typesetting.fitting import Part, Stack, fit
from dxassets.typesetting.ink import Ink
from dxassets.typesetting.paragraph import Setting, Voice, settings
from dxassets.vietnamese import break_costs
from tests.drawing_support import LETTERS, THEME_OF_2024, WEIGHTS, project, shaper

LEAST_GAP = 0.06
SLOGAN = "Chuyển đổi số giải quyết các vấn đề của xã hội vì một cuộc sống tốt đẹp hơn cho người dân"
STACKED = "ẲẴẶỘỆỰ Ặ Ẳ Ộ gỵặ ẲỸ"
texts = st.lists(
    st.text(st.sampled_from("aăộềẲgyỵTHi,."), min_size=1, max_size=7), min_size=1, max_size=12
).map(" ".join)
fractions = st.floats(0.05, 1.0)


def block_ink(text: str, weight: int) -> Ink:
    """A typewriter: every character half an em wide, so that widths can be worked out by hand."""
    del weight
    return Ink(len(text) * 0.5, 0.05, -0.75, len(text) * 0.5 - 0.05, 0.2)


# --- breaking -------------------------------------------------------------------------------------


def cost_of(ends: Sequence[int], widths: Sequence[float], costs: Sequence[float], space: float) -> float:
    """What a way to break costs, worked out from the definition and not from running totals."""
    starts = [0, *ends[:-1]]
    lines = [list(widths[start:end]) for start, end in zip(starts, ends, strict=True)]
    mean = (sum(widths) + space * (len(widths) - 1)) / len(lines)
    total = sum(costs[end - 1] for end in ends[:-1])
    for line in lines:
        width = sum(line) + space * (len(line) - 1)
        total += UNEVENNESS * ((width - mean) / mean) ** 2
    has_orphan = len(lines) > 1 and len(lines[-1]) == 1 and len(widths) > len(lines)
    return total + (ORPHAN if has_orphan else 0)


@st.composite
def paragraphs(draw: st.DrawFn) -> tuple[list[float], list[float], int]:
    widths = draw(st.lists(st.floats(0.2, 6), min_size=1, max_size=9))
    costs = draw(st.lists(st.floats(-1, 9), min_size=len(widths) - 1, max_size=len(widths) - 1))
    return widths, costs, draw(st.integers(1, len(widths)))


@given(paragraphs(), st.floats(0, 1))
def test_no_partition_is_better(paragraph: tuple[list[float], list[float], int], space: float) -> None:
    widths, costs, lines = paragraph
    found = balanced_breaking(widths, costs, space=space, lines=lines)
    assert found is not None
    count = len(widths)
    every = [(*inner, count) for inner in combinations(range(1, count), lines - 1)]
    best = min(cost_of(ends, widths, costs, space) for ends in every)
    assert found.ends in every
    assert found.cost == pytest.approx(best, abs=1e-6)
    assert cost_of(found.ends, widths, costs, space) == pytest.approx(best, abs=1e-6)


@given(st.lists(st.floats(0.2, 6), min_size=1, max_size=6), st.integers(1, 4))
def test_there_are_never_more_lines_than_words(widths: list[float], more: int) -> None:
    costs = [0.0] * (len(widths) - 1)
    assert balanced_breaking(widths, costs, space=0.3, lines=len(widths) + more) is None


def test_a_last_line_of_one_word_is_avoided() -> None:
    widths, costs = [1, 1, 1, 2.6], [0.0, 0.0, 0.0]
    with_orphan, without = (3, 4), (2, 4)
    free = cost_of(with_orphan, widths, costs, 0.2) - ORPHAN
    assert free < cost_of(without, widths, costs, 0.2)  # evenness alone would leave the word by itself
    found = balanced_breaking(widths, costs, space=0.2, lines=2)
    assert found is not None
    assert found.ends == without


def test_as_many_lines_as_words_has_no_orphan_to_pay_for() -> None:
    found = balanced_breaking([1, 1], [0], space=0.2, lines=2)
    assert found is not None
    assert found.cost == pytest.approx(2 * UNEVENNESS * (0.1 / 1.1) ** 2)


def test_a_phrase_stays_whole_although_the_lines_get_uneven() -> None:
    words, costs = break_costs("hưởng ứng ngày chuyển đổi số", ("chuyển đổi số",))
    found = balanced_breaking([len(word) for word in words], costs, space=1, lines=2)
    assert found is not None
    assert found.ends == (3, 6)


# --- settings -------------------------------------------------------------------------------------


@given(texts, st.booleans(), st.integers(1, 7))
def test_every_setting_says_the_whole_text(text: str, capitals: bool, most: int) -> None:
    found = settings(text, Voice(700, capitals), (), most, block_ink)
    words = len(text.split())
    assert [len(setting.lines) for setting in found] == list(range(1, min(most, words) + 1))
    wanted = text.upper() if capitals else text
    assert {" ".join(setting.lines) for setting in found} == {wanted}


def test_a_setting_knows_its_extent() -> None:
    (_, two) = settings("aaaa bb", Voice(700, leading=1.24), (), 2, block_ink)
    assert two.lines == ("aaaa", "bb")
    assert two.width == pytest.approx(4 * 0.5 - 0.1)
    assert two.ascent == 0.75
    assert two.height == pytest.approx(0.75 + 1.24 + 0.2)


def phrases_kept(lines: Sequence[str], phrase: str) -> bool:
    return any(phrase in line.lower() for line in lines)


@pytest.mark.parametrize("weight", [700, 800])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_no_phrase_of_the_slogan_is_broken_while_there_is_room(weight: int, count: int) -> None:
    phrases = project().campaign.phrases
    found = settings(SLOGAN, Voice(weight), phrases, 7, shaper().measure)[count - 1]
    for phrase in ("chuyển đổi số", "giải quyết", "các vấn đề", "cuộc sống", "tốt đẹp hơn", "người dân"):
        assert phrases_kept(found.lines, phrase), found.lines


@pytest.mark.parametrize("count", [2, 3, 4])
def test_no_phrase_of_the_theme_of_2024_is_broken_while_there_is_room(count: int) -> None:
    phrases = project().campaign.phrases
    found = settings(THEME_OF_2024, Voice(800), phrases, 7, shaper().measure)[count - 1]
    for phrase in ("hạ tầng số", "ứng dụng số", "kinh tế số -", "động lực mới", "năng suất", "lao động"):
        assert phrases_kept(found.lines, phrase), found.lines


# --- gaps between lines ---------------------------------------------------------------------------


def gaps(setting: Setting) -> list[float]:
    """From the ink of each line down to that of the next, in em."""
    return [setting.leading + below.top - above.bottom for above, below in pairwise(setting.inks)]


def campaign_texts() -> list[str]:
    campaign = project().campaign
    said = {day.name for day in campaign.days} | {day.slogan.text for day in campaign.days}
    said |= {day.slogan.short for day in campaign.days} | {
        campaign.motto or "",
        THEME_OF_2024,
        STACKED,
        LETTERS,
    }
    return sorted(said | {agency.name for agency in campaign.offices})


@pytest.mark.parametrize("capitals", [False, True])
@pytest.mark.parametrize("weight", WEIGHTS)
def test_lines_never_come_near_each_other(weight: int, capitals: bool) -> None:
    for text in campaign_texts():
        found = settings(text, Voice(weight, capitals, 1.0), (), 7, shaper().measure)
        for setting in found:
            assert all(gap >= LEAST_GAP for gap in gaps(setting)), setting.lines
            assert [shaper().ink(line, weight) for line in setting.lines] == list(setting.inks)


@given(
    st.lists(st.text(st.sampled_from(LETTERS + "gjpqylbh"), min_size=1, max_size=5), min_size=2, max_size=6)
)
def test_lines_of_any_letters_never_come_near_each_other(words: list[str]) -> None:
    for setting in settings(" ".join(words), Voice(800, leading=0.8), (), 6, shaper().measure):
        assert all(gap >= LEAST_GAP for gap in gaps(setting))


def test_leading_is_as_wished_when_nothing_needs_more() -> None:
    (_, two) = settings("aaa aaa", Voice(700, leading=1.24), (), 2, shaper().measure)
    assert two.leading == 1.24
    (_, two) = settings("ẶẶẶ ẲẲẲ", Voice(700, leading=1.24), (), 2, shaper().measure)
    assert two.leading > 1.4


# --- fitting --------------------------------------------------------------------------------------


def fitted(
    text: str, *, width: float, height: float, smallest: float = 10, largest: float = 80
) -> Stack | None:
    part = Part(text, Voice(800))
    return fit(
        [part],
        shaper().measure,
        width=width,
        height=height,
        largest=largest,
        smallest=smallest,
        phrases=project().campaign.phrases,
    )


@given(
    st.sampled_from([SLOGAN, THEME_OF_2024, STACKED, "Số"]),
    st.floats(20, 900),
    st.floats(10, 600),
    st.floats(4, 30),
    st.floats(0.5, 1),
    st.booleans(),
)
def test_what_fits_never_leaves_its_slot(
    text: str, width: float, height: float, smallest: float, ratio: float, capitals: bool
) -> None:
    parts = [Part(text, Voice(800, capitals)), Part("Vì người dân", Voice(600), ratio)]
    stack = fit(
        parts,
        shaper().measure,
        width=width,
        height=height,
        largest=60,
        smallest=smallest,
        phrases=(),
        gap=0.34,
    )
    if stack is None:
        assert not could_fit(parts, width=width, height=height, size=smallest / ratio, gap=0.34)
        return
    assert stack.width <= width * (1 + 1e-9)
    assert stack.height <= height * (1 + 1e-9)
    assert stack.size <= 60
    assert min(stack.size, ratio * stack.size) >= smallest * (1 - 1e-9)


def could_fit(parts: Sequence[Part], *, width: float, height: float, size: float, gap: float) -> bool:
    """Whether two parts fit at a size in some number of lines; the sum of their heights decides."""
    choices = [settings(part.text, part.voice, (), part.max_lines, shaper().measure) for part in parts]
    if size > 60:
        return False
    for first in choices[0]:
        for second in choices[1]:
            heights = parts[0].ratio * first.height + parts[1].ratio * second.height + gap
            widest = max(parts[0].ratio * first.width, parts[1].ratio * second.width)
            if widest * size < width * (1 - 1e-9) and heights * size < height * (1 - 1e-9):
                return True
    return False


def test_nothing_is_squeezed_when_even_the_smallest_does_not_fit() -> None:
    one = fitted("Chuyển", width=30, height=1000, smallest=10)
    assert one is None
    narrow = shaper().ink("Chuyển", 800).width
    assert fitted("Chuyển", width=narrow * 10.01, height=1000, smallest=10) is not None
    assert fitted(SLOGAN, width=1000, height=7, smallest=10) is None


def test_type_is_as_large_as_the_slot_allows() -> None:
    stack = fitted("Số", width=10_000, height=10_000, largest=80)
    assert stack is not None
    assert stack.size == 80
    tight = fitted("Số", width=40, height=10_000, largest=80)
    assert tight is not None
    assert tight.width == pytest.approx(40)
    low = fitted("Số", width=10_000, height=20, largest=80)
    assert low is not None
    assert low.height == pytest.approx(20)


@given(fractions, fractions)
def test_a_larger_copy_of_the_slot_gets_larger_type(width: float, height: float) -> None:
    small = fitted(SLOGAN, width=400 * width, height=300 * height, smallest=1, largest=1e9)
    large = fitted(SLOGAN, width=4000 * width, height=3000 * height, smallest=10, largest=1e9)
    assert (small is None) == (large is None)
    if small is not None and large is not None:
        assert large.size == pytest.approx(10 * small.size)
        assert [setting.lines for _, setting in large.parts] == [setting.lines for _, setting in small.parts]


def test_a_phrase_stays_whole_in_a_slot_that_would_hold_it_broken_too() -> None:
    stack = fitted(SLOGAN, width=700, height=300)
    assert stack is not None
    lines = stack.parts[0][1].lines
    assert len(lines) > 1
    assert phrases_kept(lines, "chuyển đổi số")
    assert phrases_kept(lines, "tốt đẹp hơn")
    assert len(lines[-1].split()) > 1


def test_the_ratio_holds_for_the_smaller_part() -> None:
    parts = [Part("Chuyển đổi số", Voice(800)), Part("vì dân", Voice(600), 0.5)]

    def at(smallest: float) -> Stack | None:
        return fit(parts, block_ink, width=200, height=200, largest=20, smallest=smallest, phrases=())

    assert at(10.0) is not None
    assert at(10.1) is None  # the second part would be 10 at most


@pytest.mark.parametrize(("enough", "lines"), [(inf, 2), (40.0, 1), (41.0, 2), (46.0, 2)])
def test_type_that_is_large_enough_rather_breaks_well(enough: float, lines: int) -> None:
    """One line is 40.4 large and two are 45.7, which only counts where 40.4 is too small."""
    part = Part("mot hai ba bon nam sau", Voice(600), enough=enough)
    stack = fit([part], block_ink, width=440, height=100, largest=90, smallest=5, phrases=())
    assert stack is not None
    assert len(stack.parts[0][1].lines) == lines


def test_ink_is_placed_by_its_pen() -> None:
    box = Ink(1, 0.1, -0.7, 0.9, 0.2).box(100, 200, 50)
    assert (box.x, box.y) == (105, 165)
    assert (box.width, box.height) == pytest.approx((40, 45))
