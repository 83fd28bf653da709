"""The call and the domain beside, below or in the place of a code, however short or long they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dxassets.checks.gates import check_ink
from dxassets.errors import FitError
from dxassets.jobs import Code, Facts, Job, LinkWords
from dxassets.kinds.registry import check, render
from dxassets.renderers.pictures.type_areas import lines_to_areas
from dxassets.typesetting.captions import domain_in, set_caption, set_domain
from dxassets.typesetting.layout import Layout
from tests.drawing_support import EVERY_THEME, banner_job, banner_spec, layout, preset_ids, project, shaper
from tests.layout_support import sized

SHORT, LONG = ("a.vn", "dx.vn", "hue.gov.vn"), ("pbgdpl.lamdong.gov.vn", "chuyendoiso.daknong.gov.vn")
LONGEST = "tuyentruyen.chuyendoiso.trungtamdulieu.thanhphohue.gov.vn"
label = st.from_regex(r"[a-z0-9]{1,16}", fullmatch=True)
domains = (
    st.lists(label, min_size=1, max_size=5)
    .map(lambda labels: ".".join([*labels, "vn"]))
    .filter(lambda domain: 4 <= len(domain) <= 60)
)
NO_ROOM = {"skyscraper-160x600"}
"""Whose width holds no line of seventeen letters: there a long name of the host may be refused, by name."""


def leading_to(job: Job, domain: str, *, path: str = "", call: str | None = None) -> Job:
    """The same banner for another site, and with another call."""
    spec = banner_spec(job)
    url = f"https://{domain}/{path}"
    return replace(
        job, spec=replace(spec, link=LinkWords("province", "Trang", url, domain), call=call or spec.call)
    )


def held_to_the_gate(made: Layout, job: Job) -> None:
    """All type and the code inside the safe area, none touching another."""
    spec = banner_spec(job)
    areas = lines_to_areas(made.lines, spec.theme.palette, shaper())
    codes = () if made.card is None else (Code("QR", made.card.box, made.card.module),)
    check_ink(Facts(0, 0, "px", "vector", safe=made.safe_box, codes=codes, texts=areas))


def domain_of(made: Layout) -> str:
    return "".join(line.text for line in made.lines if line.role == "domain")


# --- in every preset --------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", preset_ids())
@pytest.mark.parametrize("domain", [*SHORT, *LONG, LONGEST])
def test_short_and_long_domains_stand_whole_in_every_preset(preset: str, domain: str) -> None:
    for theme in EVERY_THEME:
        job = leading_to(banner_job(preset, theme), domain)
        made, _ = layout(job)
        held_to_the_gate(made, job)
        shows = "call" in banner_spec(job).preset.levels
        assert domain_of(made) == (domain if shows else ""), theme


@settings(max_examples=150, deadline=None)
@given(
    domains,
    st.sampled_from(preset_ids()),
    st.sampled_from(EVERY_THEME),
    st.integers(0, 120),
    st.sampled_from(["Quét mã", "Quét mã để xem", "Quét mã QR để xem hướng dẫn chi tiết", "Scan"]),
)
@example("hue.gov.vn", "bang-ron-6000x800", "digital", 0, "Quét mã")
@example("pbgdpl.lamdong.gov.vn", "bang-ron-4000x700", "formal", 45, "Quét mã để xem")
def test_any_domain_of_4_to_60_letters_stands_whole_or_is_refused_by_name(
    domain: str, preset: str, theme: str, path: int, call: str
) -> None:
    job = leading_to(banner_job(preset, theme), domain, path="x" * path, call=call)
    try:
        made, _ = layout(job)
    except FitError as error:
        assert preset in NO_ROOM
        assert domain in str(error)  # noqa: PT017  (it need not fail)
        return
    held_to_the_gate(made, job)
    if "call" in banner_spec(job).preset.levels:
        assert domain_of(made) == domain


@pytest.mark.parametrize("domain", ["dx.vn", "pbgdpl.lamdong.gov.vn", LONGEST])
@pytest.mark.parametrize("preset", ["share-1200x630", "phuon-800x2500", "poster-a4"])
def test_the_finished_picture_passes_every_gate(preset: str, domain: str) -> None:
    job = leading_to(banner_job(preset, "formal", file_format="png"), domain, call="Quét mã")
    asset = render(job, project().resources)
    assert check(job, asset).decoded[0][0] == f"https://{domain}/"


# --- how a long one gives way ------------------------------------------------------------------------


def test_a_short_domain_makes_no_caption_higher_than_a_ribbons_safe_area() -> None:
    """By its width alone it would be set so large that it ends in the hem."""
    job = leading_to(sized(6000, 800, qr="card", safe={"bottom": 0.08}), "hue.gov.vn", call="Quét mã")
    made, _ = layout(job)
    by_width = set_caption(made.brief, shaper().measure, width=550, largest=1e6)
    (set_in,) = {line.size for line in made.lines if line.role == "call"}
    assert set_in < by_width.size
    assert max(line.ink.bottom for line in made.lines) <= made.safe_box.bottom


def test_a_long_domain_breaks_before_a_dot_only() -> None:
    made, _ = layout(leading_to(banner_job("skyscraper-160x600"), "chuyendoiso.daknong.gov.vn"))
    assert [line.text for line in made.lines if line.role == "domain"] == ["chuyendoiso", ".daknong.gov.vn"]


@pytest.mark.parametrize(("letters", "fits"), [(16, True), (30, False)])
def test_a_label_that_no_line_holds_is_refused_by_name(letters: int, *, fits: bool) -> None:
    job = leading_to(banner_job("skyscraper-160x600"), f"{'x' * letters}.vn")
    if fits:
        assert domain_of(layout(job)[0]) == f"{'x' * letters}.vn"
    else:
        with pytest.raises(FitError, match=f"domain '{'x' * letters}"):
            layout(job)


def test_where_nothing_is_too_long_nothing_is_broken() -> None:
    made, _ = layout(banner_job("share-1200x630"))
    assert [line.text for line in made.lines if line.role in {"call", "domain"}] == [
        "Quét mã để xem",
        "daknong.gov.vn",
    ]


@pytest.mark.parametrize("lines", [1, 2, 3, 4])
def test_a_domain_has_as_many_lines_as_asked_for_or_is_refused(lines: int) -> None:
    made, _ = layout(leading_to(banner_job("share-1200x630"), "chuyendoiso.daknong.gov.vn"))
    found = set_domain(made.brief, shaper().measure, width=1e6, largest=30, lines=lines)
    assert len(found.parts) == lines
    with pytest.raises(FitError):
        set_domain(made.brief, shaper().measure, width=1e6, largest=30, lines=5)


@pytest.mark.parametrize(("labels", "fits"), [(4, True), (5, False)])
def test_a_domain_takes_four_lines_at_most(labels: int, *, fits: bool) -> None:
    made, _ = layout(leading_to(banner_job("share-1200x630"), ".".join(["mmmm"] * labels)))
    measure, least = shaper().measure, made.brief.min_text
    width = 1.05 * measure(".mmmm", 600).width * least
    if fits:
        stack, dashed = domain_in(made.brief, measure, width=width, largest=least)
        assert (len(stack.parts), dashed) == (4, False)
    else:
        with pytest.raises(FitError):
            domain_in(made.brief, measure, width=width, largest=least)


@pytest.mark.parametrize(("width", "dashed"), [(2.6, True), (2.4, False)])
def test_the_rule_before_a_domain_goes_where_it_has_no_room(width: float, *, dashed: bool) -> None:
    """It takes 2.52 em with its space."""
    made, _ = layout(leading_to(banner_job("share-1200x630"), "mmmm"))
    measure, least = shaper().measure, made.brief.min_text
    room = (measure("mmmm", 600).width + width) * least
    assert domain_in(made.brief, measure, width=room, largest=least)[1] == dashed
