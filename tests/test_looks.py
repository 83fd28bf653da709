"""What a picture owes its reader: words that are kept, codes from afar, the slogan first, its room used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from statistics import median
from typing import Any, cast
from xml.etree.ElementTree import fromstring

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from bench.looks import Look, headline, look_at, summary, unused_share
from dxassets import Project, Wanted, load_campaign, plan
from dxassets.errors import FitError
from dxassets.geometry import Box
from dxassets.jobs import Job
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.presets import SafeArea
from dxassets.typesetting.layout import Layout
from tests.drawing_support import (
    ROOT,
    banner_job,
    banner_spec,
    layout,
    page_pixels,
    project,
    read_picture,
    rendered,
)
from tests.layout_support import sized

CAMPAIGNS = ("daknong-2022", "lam-dong-2025", "hue-phap-luat-2025")
SHARE = "share-1200x630"


@cache
def campaign(name: str, *, scenes: bool = True) -> Project:
    """A bundled campaign, with or without the scenes of its days."""
    found = load_campaign(str(ROOT / "campaigns" / name))
    if scenes:
        return found
    days = tuple(day.model_copy(update={"scene": None}) for day in found.campaign.days)
    return replace(found, campaign=found.campaign.model_copy(update={"days": days}))


def jobs_of(found: Project, *presets: str) -> tuple[Job[BannerSpec], ...]:
    """The issuing agency's banners of these sizes (all, without any) in every theme and day."""
    themes = tuple(theme.id for theme in found.brand.every_theme)
    return plan(found, Wanted(kinds=("banner",), presets=presets, themes=themes)).jobs


def shares() -> Iterator[tuple[Layout, str]]:
    for name in CAMPAIGNS:
        for scenes in (True, False):
            for job in jobs_of(campaign(name, scenes=scenes), SHARE):
                yield layout(job)[0], f"{name} {job.theme} {job.day} {scenes}"


# --- what is read over a street ---------------------------------------------------------------------


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_banners_over_a_street_are_read_from_45_m_in_every_theme(name: str) -> None:
    """By the height of capitals that the face itself states: 2.8 mm for each metre."""
    face: Any = TTFont(ROOT / "brand" / "fonts" / "be-vietnam-pro" / "BeVietnamPro-ExtraBold.ttf")
    cap = face["OS/2"].sCapHeight / face["head"].unitsPerEm
    found = campaign(name)
    for job in jobs_of(found, "bang-ron-6000x800", "bang-ron-4000x700"):
        made = layout(job)[0]
        said = {"slogan", "tail", "key"}
        least = min(line.size for line in made.lines if line.role in said)
        assert least * cap >= 45 * 2.8, f"{job.preset} {job.theme} {job.day}"
        assert made.card is None


# --- what messengers cut a share picture to -----------------------------------------------------------


def test_key_words_and_mark_of_a_share_picture_stand_in_its_middle_square() -> None:
    square = Box(285, 0, 630, 630)
    count = 0
    for made, look in shares():
        kept = [line for line in made.lines if line.role in {"lead", "key", "slogan", "mark"}]
        assert {line.role for line in kept} & {"lead", "slogan"}, look
        for box in [*(line.ink for line in kept), *made.badges, *(bar.box for bar in made.bars)]:
            assert square.contains(box), look
        count += 1
    assert count >= 30  # the bundled campaigns, in every theme that they have


def test_a_scene_and_a_code_stand_outside_that_square_but_in_the_picture() -> None:
    """Uncut the picture is no square with empty sides."""
    for made, look in shares():
        focus = made.scene_focus
        if focus is not None:
            assert focus.right <= 285, look
            assert focus.width >= 0.2 * 1200, look
        if made.panel is not None:
            assert made.panel.x >= 915, look


@pytest.mark.parametrize("theme", ["digital", "brocade", "formal", "light", "poster"])
def test_the_square_that_is_cut_from_the_finished_picture_has_all_ink_of_the_headline(theme: str) -> None:
    """Read back: pixels of the headline's colour inside its lines' boxes, in the crop and in the whole."""
    job = banner_job(SHARE, theme)
    made, _ = layout(job)
    picture = read_picture(rendered(job).data).astype(int)[..., :3]
    color = banner_spec(job).theme.palette.ink
    inked = np.abs(picture - np.array([color.red, color.green, color.blue])).max(axis=2) < 24
    for line in headline(made):
        box = line.ink
        whole = inked[int(box.y) : int(box.bottom) + 1, int(box.x) : int(box.right) + 1]
        crop = inked[:, 285:915]
        cut = crop[int(box.y) : int(box.bottom) + 1, max(int(box.x) - 285, 0) : int(box.right) + 1 - 285]
        assert whole.sum() > 0.1 * whole.size
        assert cut.sum() == whole.sum()


@pytest.mark.parametrize(
    ("keep", "center"),
    [({"left": 0.0, "right": 0.0}, False), ({"left": 0.3, "right": 0.3}, True)],
)
def test_type_alone_moves_into_what_is_kept(keep: dict[str, float], *, center: bool) -> None:
    """Only where it has to: a column that lies inside stays where its composition says."""
    job = sized(1000, 600, keep=SafeArea(**keep))
    spec = banner_spec(job)
    alone = tuple(plan for plan in spec.plans if plan.id == "landscape-type")
    made, _ = layout(replace(job, spec=replace(spec, plans=alone)))
    assert made.brief.center is center
    for line in made.lines:
        if line.role in {"lead", "slogan", "tail", "mark"}:
            assert line.ink.x >= 1000 * keep["left"]
            assert line.ink.right <= 1000 * (1 - keep["right"])


# --- codes from afar ----------------------------------------------------------------------------------


def test_posters_are_scanned_from_a_metre_and_standees_from_two() -> None:
    asked = {
        preset.id: preset.scan_from for preset in project().presets.presets if preset.scan_from is not None
    }
    assert asked == {
        "poster-a4": 1.0,
        "poster-a3": 1.0,
        "poster-a2": 1.0,
        "standee-800x1800": 2.0,
        "standee-600x1600": 2.0,
    }
    for scenes in (True, False):
        for job in jobs_of(campaign(CAMPAIGNS[0], scenes=scenes), *asked):
            made, _ = layout(job)
            assert made.card is not None
            least = 100 * asked[cast("str", job.preset)]
            assert made.card.symbol.width >= least - 1e-6, (job.preset, job.theme, job.day)


def test_a_finished_poster_has_its_code_100_mm_wide() -> None:
    """The page itself is measured: from the first to the last dark module."""
    asset = rendered(banner_job("poster-a4", "digital"))
    assert ("scan_from_m", "1") in asset.facts.notes
    pixels = page_pixels(asset.data, 2200)  # 10 px a mm, with its bleed of 5 mm
    made, _ = layout(banner_job("poster-a4", "digital"))
    assert made.card is not None
    band = pixels[int((made.card.symbol.y + 5) * 10) + 20 : int((made.card.symbol.bottom + 5) * 10) - 20]
    dark = np.flatnonzero((band.max(axis=2) < 128).any(axis=0))
    right = dark[dark > (made.card.symbol.x + 3) * 10]
    assert (right[-1] - right[0]) / 10 == pytest.approx(100, abs=0.5)


def test_a_code_asks_for_no_more_than_its_distance() -> None:
    """Without a distance the composition's own share holds, as on leaflets, which are read in the hand."""
    job = banner_job("poster-a2")
    spec = banner_spec(job)
    far, near = (
        layout(replace(job, spec=replace(spec, preset=spec.preset.model_copy(update={"scan_from": metres}))))[
            0
        ]
        for metres in (1.0, None)
    )
    assert far.card is not None
    assert near.card is not None
    assert near.card.symbol.width < far.card.symbol.width == pytest.approx(100)
    leaflet, _ = layout(banner_job("leaflet-a5"))
    assert leaflet.card is not None
    assert 25 < leaflet.card.symbol.width < 50


@pytest.mark.parametrize(("share", "fits"), [(0.499, True), (0.501, False)])
def test_a_code_of_more_than_half_the_width_leaves_the_corner(share: float, *, fits: bool) -> None:
    job = sized(600, 900, qr="card", unit="mm", medium="print")
    spec = banner_spec(job)
    (corner,) = (each for each in spec.plans if each.id == "portrait-scene")
    wide = corner.model_copy(update={"sizes": corner.sizes.model_copy(update={"qr": share})})
    only = replace(job, spec=replace(spec, plans=(wide,)))
    if fits:
        made, _ = layout(only)
        assert made.card is not None
        assert made.card.box.width == pytest.approx(share * made.content.width)
    else:
        with pytest.raises(FitError, match="QR code"):
            layout(only)


# --- scenes beside codes and below type ---------------------------------------------------------------


@pytest.mark.parametrize(("share", "beside"), [(0.361, True), (0.359, False)])
def test_people_stand_beside_a_code_where_a_third_of_their_place_is_left(
    share: float, *, beside: bool
) -> None:
    made = replace(layout(banner_job("screen-1920x1080"))[0], panel=None)
    place = made.scene_focus
    assert place is not None
    x = place.x + share * place.width + 0.02 * 1080
    left = replace(made, panel=Box(x, place.center_y, 1920 - x, place.height / 2)).scene_focus
    assert left is not None
    if beside:
        assert (left.width, left.height) == pytest.approx((share * place.width, place.height))
    else:
        assert left.width == place.width
        assert left.bottom < place.center_y


@pytest.mark.parametrize(("words_end", "height"), [(0.4, 1.3), (0.55, None), (0.7, None)])
def test_a_scene_grows_into_what_a_short_slogan_leaves(words_end: float, height: float | None) -> None:
    """By three tenths at most; a long one makes it smaller."""
    made, _ = layout(banner_job("kiosk-1080x1920"))
    region = made.brief.plan.scene
    assert region is not None
    line = replace(made.lines[0], ink=Box(100, 100, 400, words_end * 1920 - 100))
    place = replace(made, lines=(line,), badges=(), rules=(), panel=None).scene_focus
    assert place is not None
    planned = region.focus[3] * 1920
    if height is None:
        assert place.y == pytest.approx(words_end * 1920 + 0.03 * 1080)
        assert place.height < 1.3 * planned
    else:
        assert place.height == pytest.approx(height * planned, rel=0.03)
        assert place.y >= line.ink.bottom


# --- how all of them are judged -----------------------------------------------------------------------


@cache
def looks() -> tuple[Look, ...]:
    """Every size, theme and day of the bundled campaigns."""
    return tuple(look_at(job, campaign(name), name) for name in CAMPAIGNS for job in jobs_of(campaign(name)))


def test_the_slogan_comes_first_the_room_is_used_and_a_thumbnail_says_the_headline() -> None:
    """Measured on 28 November 2026: 43 of 43 sizes, 42 % and 69 % (docs/looks.md)."""
    found = summary(list(looks()))
    assert found.slogan_first >= 33
    assert found.unused <= 0.45
    assert found.in_thumbnail >= 0.66


def test_no_picture_is_nearly_empty() -> None:
    """But for YouTube's, whose words have to stand in a strip of a fifth of it."""
    worst = {look.preset: look.unused for look in sorted(looks(), key=lambda look: look.unused)}
    del worst["youtube-art-2560x1440"]
    assert max(worst.values()) <= 0.75
    assert median(worst.values()) <= 0.58


# --- the measures themselves --------------------------------------------------------------------------


HALF = '<rect width="120" height="240" fill="red"{}/>'


def unused(body: str) -> float:
    """The measure on a drawing of 240 × 240 that has no type."""
    blank = replace(layout(sized(240, 240))[0], lines=())
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240">{body}</svg>'
    return unused_share(blank, (), fromstring(svg))  # noqa: S314  (our own)


@pytest.mark.parametrize(
    ("body", "share"),
    [
        ("", 1.0),
        (HALF.format(""), 0.5),
        (HALF.format(' fill-opacity="0.13"'), 0.5),  # 33 of 255
        (HALF.format(' fill-opacity="0.1"'), 1.0),  # 26: too faint to be ink
        (HALF.replace("red", "url(#ground)").format(""), 1.0),
        (f'<g class="land">{HALF.format("")}</g>', 1.0),
        ('<rect width="1.1" height="240" fill="red"/>', 23 / 24),  # 11 % of each cell of 10
        ('<rect width="0.1" height="240" fill="red"/>', 1.0),
    ],
)
def test_what_counts_as_used(body: str, share: float) -> None:
    assert unused(body) == pytest.approx(share, abs=0.01)


def test_a_line_of_type_is_used_from_edge_to_edge() -> None:
    made, _ = layout(sized(240, 240))
    line = replace(made.lines[0], ink=Box(0, 0, 240, 60))
    empty = fromstring('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240"/>')  # noqa: S314  (our own)
    assert unused_share(replace(made, lines=(line,)), (), empty) == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("em", "seen", "made_out"), [(5.9, 3.0, True), (5.89, 3.0, False), (5.9, 2.99, False)]
)
def test_a_thumbnail_needs_size_and_contrast(em: float, seen: float, *, made_out: bool) -> None:
    look = replace(looks()[0], thumb_em=em, thumb_contrast=seen)
    assert look.in_thumbnail is made_out


def test_a_headline_in_the_colour_of_its_ground_is_not_made_out() -> None:
    job = banner_job("screen-1920x1080", "digital")
    spec = banner_spec(job)
    palette = spec.theme.palette
    blue = palette.model_copy(update={"ink": palette.ground[0]})
    hidden = replace(job, spec=replace(spec, theme=spec.theme.model_copy(update={"palette": blue})))
    assert look_at(job, project(), "plain").thumb_contrast >= 3
    assert look_at(hidden, project(), "hidden").thumb_contrast < 2
