"""An agency's own logo: where it stands, that it is seen, whose it is, and that nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from dxassets import Project, Wanted, load_campaign, plan
from dxassets.api import make_banner, with_logo
from dxassets.errors import LogoError
from dxassets.geometry import Box
from dxassets.jobs import Job, Rendered
from dxassets.kinds.registry import check, render
from dxassets.typesetting.layout import Layout
from dxassets.typesetting.lockup import CLEAR, Emblem, Lockup, set_lockup
from tests.conftest import CampaignCopy, Run
from tests.drawing_support import (
    banner_job,
    banner_spec,
    bitmap,
    layout,
    open_picture,
    page_pixels,
    project,
    read_picture,
    shaper,
    svg,
    svg_elements,
)

SHAPES = {"square": 1.0, "wide": 6.0, "tall": 1 / 3}
ROOMY = ("share-1200x630", "instagram-1080x1080", "story-1080x1920", "portal-slide-1920x600", "poster-a3")


def block(aspect: float, color: str = "#ffffff") -> bytes:
    """A mark of that shape with an opening in its middle."""
    width, height = 100 * aspect, 100
    path = f"M0 0H{width}V{height}H0zM{width * 0.4} 40V60H{width * 0.6}V40z"
    return svg(f'<path fill="{color}" fill-rule="evenodd" d="{path}"/>', f"0 0 {width} {height}")


@pytest.fixture
def signed(tmp_path: Path):
    """The bundled campaign, signed with a logo."""

    def given(data: bytes, name: str = "logo.svg") -> Project:
        file = tmp_path / name
        file.write_bytes(data)
        return with_logo(project(), file)

    return given


def job_of(
    made: Project, preset: str, theme: str = "digital", file_format: str = "png", day: str = "10-10"
) -> Job:
    wanted = Wanted(
        kinds=("banner",), presets=(preset,), themes=(theme,), days=(day,), formats=(file_format,)
    )
    (job,) = plan(made, wanted).jobs
    return job


def drawn(made: Project, preset: str, theme: str = "digital", file_format: str = "png") -> Rendered:
    job = job_of(made, preset, theme, file_format)
    rendered = render(job, made.resources)
    check(job, rendered)
    return rendered


def note(rendered: Rendered) -> str:
    return dict(rendered.facts.notes).get("logo", "")


def lockup(preset: str, aspect: float, theme: str = "digital", **emblem: float) -> tuple[Layout, Lockup]:
    job = banner_job(preset, theme)
    found, _ = layout(job)
    names = (banner_spec(job).agency.name, banner_spec(job).agency.short_name)
    placed = set_lockup(
        found, Emblem(aspect, **{"least": 1.0, **emblem}), names, shaper().measure, banner_spec(job).phrases
    )
    assert placed is not None
    return found, placed


# --- where it stands -------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["digital", "formal"])
@pytest.mark.parametrize("aspect", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("preset", ROOMY)
def test_logo_stands_in_the_slot_with_clear_space(preset: str, aspect: float, theme: str) -> None:
    for padding in (0.0, 0.2):
        found, placed = lockup(preset, aspect, theme, padding=padding)
        assert found.slot is not None
        assert placed.logo.width / placed.logo.height == pytest.approx(aspect)
        tolerance = 0.01 * found.slot.box.height
        assert found.slot.box.contains(placed.card or placed.logo, tolerance)
        assert all(found.slot.box.contains(line.ink, tolerance) for line in placed.lines)
        clear = placed.logo.pad(CLEAR * placed.logo.height)
        others = [line.ink for line in (*found.lines, *placed.lines)] + [bar.box for bar in found.bars]
        others += [found.card.box] if found.card is not None else []
        assert not [box for box in others if clear.overlaps(box)]


def with_block(found: Layout, kind: str, box: Box) -> Layout:
    """A composition with one block more, or its code's card elsewhere."""
    if kind == "rule":
        return replace(found, rules=(*found.rules, box))
    if kind == "card":
        assert found.card is not None
        return replace(found, card=replace(found.card, box=box), panel=None)
    return replace(found, lines=(*found.lines, replace(found.lines[0], ink=box)))


@pytest.mark.parametrize("kind", ["rule", "card", "line"])
@pytest.mark.parametrize(("padding", "free"), [(0.0, 0.33), (0.2, 0.22)], ids=["on the ground", "on a card"])
def test_a_logo_gives_way_to_what_comes_too_near(kind: str, padding: float, free: float) -> None:
    """It keeps a third of its height, its card a little less; then it is smaller, and has that again."""
    found, placed = lockup("share-1200x630", 1.0, padding=padding)
    shown = placed.card or placed.logo
    for more, stays in ((0.01, True), (-0.01, False)):
        other = Box(shown.x, shown.bottom + (free + more) * placed.logo.height, shown.width, 20)
        job = banner_job("share-1200x630")
        names, phrases = (banner_spec(job).agency.name,), banner_spec(job).phrases
        crowded = with_block(found, kind, other)
        again = set_lockup(crowded, Emblem(1.0, 1.0, padding), names, shaper().measure, phrases)
        assert again is not None
        assert (again == placed) is stays
        assert other.y - (again.card or again.logo).bottom > (free - 1e-6) * again.logo.height


@pytest.mark.parametrize("preset", ROOMY)
def test_wordmark_and_seal_weigh_the_same(preset: str) -> None:
    areas: list[float] = []
    for aspect in (1.0, 2.0, 4.0, 6.0):
        _, placed = lockup(preset, aspect)
        areas.append(sqrt(placed.logo.width * placed.logo.height))
    assert max(areas) / min(areas) < 1.3
    heights = [lockup(preset, aspect)[1].logo.height for aspect in (1.0, 6.0)]
    assert heights[1] < 0.6 * heights[0]


@pytest.mark.parametrize("preset", ROOMY)
def test_nothing_else_moves(preset: str, signed) -> None:
    made = signed(block(1.0))
    plain, with_mark = banner_job(preset, "brocade"), job_of(made, preset, "brocade")
    rendered = render(with_mark, made.resources)
    assert rendered.facts.logo is not None
    before = render(replace(plain, spec=replace(banner_spec(plain), format="png")), project().resources)
    count = len(layout(plain)[0].lines)
    assert before.facts.texts[:count] == rendered.facts.texts[:count]
    assert before.facts.codes == rendered.facts.codes
    first, second = read_picture(before.data), read_picture(rendered.data)
    changed = np.argwhere((first != second).any(axis=2))
    slot = layout(plain)[0].slot
    assert slot is not None
    room = slot.box.scale(rendered.facts.scale).pad(2)
    top, left = changed.min(axis=0)
    bottom, right = changed.max(axis=0)
    assert room.contains(Box(left, top, right - left, bottom - top))


def test_without_a_logo_nothing_is_said_of_one() -> None:
    job = banner_job("share-1200x630", "light")
    assert banner_spec(job).logo is None
    assert render(job, project().resources).facts.logo is None
    assert "logo" not in dict(render(job, project().resources).facts.notes)


def test_reading_fetches_nothing_and_what_lies_outside_its_canvas_is_cut(signed) -> None:
    flood = svg('<rect x="-900" y="-900" width="2000" height="2000" fill="#00ff00"/>')
    made = signed(flood)
    for file_format in ("png", "svg", "pdf"):
        rendered = drawn(
            made, "poster-a3" if file_format == "pdf" else "share-1200x630", file_format=file_format
        )
        if file_format == "pdf":
            pixels = page_pixels(rendered.data, 600)
        elif file_format == "svg":
            assert svg_elements(rendered.data)
            continue
        else:
            pixels = read_picture(rendered.data)
        green = (np.abs(pixels[..., :3].astype(int) - (0, 255, 0)).max(axis=2) < 40).mean()
        assert 0 < green < 0.02


# --- visible on every ground -----------------------------------------------------------------------

CARDS = {
    ("digital", "#ffffff"): "on the ground",
    ("light", "#ffffff"): "on a #0b1f4b card",
    ("digital", "#0a2a6b"): "on a #ffffff card",
    ("light", "#0a2a6b"): "on the ground",
    ("formal", "#c5141d"): "on a #ffffff card",
    ("formal", "#ffe45c"): "on the ground",
}


@pytest.mark.parametrize(("ground", "expected"), CARDS.items(), ids=str)
def test_card_is_set_when_the_edge_would_not_show(ground: tuple[str, str], expected: str, signed) -> None:
    theme, color = ground
    rendered = drawn(signed(block(1.0, color)), "share-1200x630", theme)
    assert note(rendered) == expected
    box = rendered.facts.logo
    assert box is not None
    pixels = read_picture(rendered.data)
    inside = pixels[int(box.y) + 1 : int(box.bottom), int(box.x) + 1 : int(box.right)].reshape(-1, 3)
    wanted = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)])
    assert (np.abs(inside.astype(int) - wanted).max(axis=1) < 4).mean() > 0.3


def test_white_tile_keeps_its_own_ground(signed) -> None:
    made = signed(bitmap(300, 300, opaque=True), "logo.png")
    assert note(drawn(made, "share-1200x630", "digital")) == "on the ground"
    assert note(drawn(made, "share-1200x630", "light")) == "on a #ffffff card"


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_png_svg_and_pdf_show_the_same(name: str, signed) -> None:
    made = signed(block(1.0, "#ff8a00") if name == "logo.svg" else bitmap(400, 400), name)
    page = drawn(made, "poster-a3", "digital", "pdf")
    picture = drawn(made, "poster-a3", "digital", "png")
    vector = drawn(made, "poster-a3", "digital", "svg")
    assert page.facts.logo == picture.facts.logo == vector.facts.logo
    offset, box = page.facts.offset, page.facts.logo
    assert box is not None
    assert page.drawing is not None
    one = read_picture(picture.data)
    scale = one.shape[1] / 297
    page_wide = page_pixels(page.data, round((297 + 2 * offset) * scale))
    middle = (box.center_x - 0.35 * box.width, box.center_y)
    here = one[int(middle[1] * scale), int(middle[0] * scale), :3].astype(int)
    there = page_wide[int((middle[1] + offset) * scale), int((middle[0] + offset) * scale), :3].astype(int)
    assert np.abs(here - there).max() <= 6


def test_gradient_logo_reaches_a_pdf_as_pixels(signed) -> None:
    body = (
        '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/>'
        '<stop offset="1" stop-color="#fd0"/>'
        '</linearGradient></defs><circle cx="50" cy="50" r="50" fill="url(#a)"/>'
    )
    rendered = drawn(signed(svg(body)), "poster-a3", "digital", "pdf")
    assert rendered.drawing is not None
    assert "data:image/png" in rendered.drawing


# --- too small, too coarse --------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["button-120x60", "mobile-320x50"])
def test_preset_without_an_agency_leaves_the_logo_out_and_says_so(preset: str, signed) -> None:
    assert note(drawn(signed(block(1.0)), preset)) == "left out: the preset names no agency"


def test_too_small_is_left_out_of_a_build_and_refused_for_one_picture(signed, tmp_path: Path) -> None:
    made = signed(block(6.0, "#0a2a6b"))  # needs a card, for which the strip is too low
    rendered = drawn(made, "leaderboard-728x90")
    assert note(rendered).startswith("left out: too small")
    plain = render(banner_job("leaderboard-728x90"), project().resources)
    assert rendered.data == plain.data
    with pytest.raises(LogoError, match="too small on preset leaderboard-728x90"):
        make_banner(made, tmp_path / "a.png", day="10-10", theme="digital", preset="leaderboard-728x90")
    assert not (tmp_path / "a.png").exists()


def test_coarse_png_is_refused_with_the_size_that_is_needed(signed) -> None:
    made = signed(bitmap(48, 48), "logo.png")
    with pytest.raises(LogoError, match=r"give \d+×\d+ px \(\d+×\d+ mm at \d+ ppi"):
        drawn(made, "poster-a3", "digital", "pdf")
    assert note(drawn(made, "share-1200x630")) == "on the ground"
    with pytest.raises(LogoError, match="give"):
        drawn(signed(bitmap(20, 20), "logo.png"), "share-1200x630")


# --- whose logo ---------------------------------------------------------------------------------------


def spec_logos(made: Project, *agencies: str) -> dict[str, str | None]:
    wanted = Wanted(
        kinds=("banner",),
        presets=("share-1200x630",),
        themes=("digital",),
        days=("10-10",),
        agencies=agencies,
    )
    return {job.agency: banner_spec(job).logo for job in plan(made, wanted).jobs}


def test_own_file_comes_before_the_given_one_and_that_before_the_brands(
    copy: CampaignCopy, tmp_path: Path
) -> None:
    brand = copy.folder / "brand"
    brand.mkdir()
    text = (Path(__file__).parent.parent / "brand/brand.toml").read_text(encoding="utf-8")
    (brand / "brand.toml").write_text(text.replace('file = ""', 'file = "mark.svg"'), encoding="utf-8")
    (brand / "mark.svg").write_bytes(block(1.0))
    (copy.folder / "logos").mkdir()
    (copy.folder / "logos/so-noi-vu.png").write_bytes(bitmap(200, 200))
    made = load_campaign(copy.folder)
    assert spec_logos(made, "so-noi-vu", "so-tu-phap") == {
        "so-noi-vu": "logos/so-noi-vu.png",
        "so-tu-phap": "brand/mark.svg",
    }
    (tmp_path / "given.svg").write_bytes(block(2.0))
    given = with_logo(made, tmp_path / "given.svg")
    assert spec_logos(given, "so-noi-vu", "so-tu-phap") == {
        "so-noi-vu": "logos/so-noi-vu.png",
        "so-tu-phap": "given/logo",
    }


def test_bytes_of_the_logo_are_an_input_of_the_job(signed) -> None:
    first = job_of(signed(block(1.0)), "share-1200x630")
    again = job_of(signed(block(1.0), "renamed.svg"), "share-1200x630")
    other = job_of(signed(block(2.0), "other.svg"), "share-1200x630")
    assert first.key == again.key != other.key
    assert "given/logo" in dict(first.inputs)


def test_same_logo_same_bytes(signed) -> None:
    made = signed(bitmap(400, 300), "logo.png")
    for file_format in ("png", "svg", "pdf"):
        job = job_of(made, "poster-a4", "brocade", file_format)
        assert render(job, made.resources).data == render(job, made.resources).data


def test_banner_command_takes_a_logo(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "mark.svg").write_bytes(block(1.0))
    shared = ("banner", "--day", "10-10", "--theme", "digital", "--preset", "share-1200x630")
    assert dxassets(*shared, "-o", tmp_path / "a.png", "--logo", tmp_path / "mark.svg").code == 0
    assert dxassets(*shared, "-o", tmp_path / "b.png").code == 0
    assert open_picture((tmp_path / "a.png").read_bytes()).size == (1200, 630)
    assert (tmp_path / "a.png").read_bytes() != (tmp_path / "b.png").read_bytes()
