"""Motifs as data: what a drawing may be, where it is found, what it makes again, and that it gets through."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets import Project, Wanted, load_campaign, plan
from dxassets.backends.motif_reader import MOST_PARTS, MOST_POINTS, MOTIF_BYTES, read_motif
from dxassets.errors import DxassetsError, InputError
from dxassets.geometry import Box
from dxassets.kinds.registry import check, render
from dxassets.ornaments import Corner, DrawnMotif, Ring, brocade_band, module_field, points_of, ring_field
from dxassets.renderers.motifs import motif_file, motif_ids, motif_of
from tests.drawing_support import ROOT, THEMES, project
from tests.test_ornaments import BOX, CORNERS, drawn

SHIPPED = ("leaf", "lotus", "rays", "scales", "shield", "waves")
SQUARE = '<path d="M10 10H90V90H10Z"/>'
SAMPLE = ("share-1200x630", "instagram-1080x1080", "skyscraper-160x600")
"""One preset each of a family that draws a corner, its foot, and a narrow strip."""


def svg(body: str = SQUARE, attributes: str = "", view: str = "0 0 100 100") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" {attributes}>{body}</svg>'.encode()


def read(body: str = SQUARE, attributes: str = "", view: str = "0 0 100 100") -> DrawnMotif:
    return read_motif(svg(body, attributes, view), "motifs/mine.svg", "mine")


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        read_motif(data, "motifs/mine.svg", "mine")
    (problem,) = caught.value.problems
    assert problem.where.startswith("motifs/mine.svg")
    return problem.vi, problem.en


@cache
def shipped(motif: str) -> DrawnMotif:
    found = motif_of(project().resources, motif)
    assert isinstance(found, DrawnMotif)
    return found


# --- reading a drawing ------------------------------------------------------------------------------


def test_a_drawing_lies_on_the_unit_square_round_its_middle() -> None:
    motif = read('<rect x="0" y="5" width="20" height="10"/>', view="0 0 20 20")
    assert points_of(motif.parts) == [(-0.5, -0.25), (0.5, -0.25), (0.5, 0.25), (-0.5, 0.25), (-0.5, -0.25)]
    assert (motif.width, motif.height) == (1, 1)
    low = read('<path d="M0 0L40 0L20 20Z"/>', view="0 0 40 20")
    assert (low.width, low.height) == (1, 0.5)
    assert points_of(low.parts)[:3] == [(-0.5, -0.25), (0.5, -0.25), (0, 0.25)]


def test_shapes_are_parts_in_their_order_and_two_ids_are_extras() -> None:
    motif = read(
        f'<title>x</title><g>{SQUARE}<circle cx="50" cy="50" r="20"/></g><polygon points="1 1 9 1 5 9"/>'
        '<defs><path id="small" d="M40 40H60V60Z"/><path id="between" d="M45 45H55V55Z"/></defs>'
    )
    assert len(motif.parts) == 3
    assert points_of([motif.small])[0] == pytest.approx((-0.1, -0.1))
    assert points_of([motif.between])[0] == pytest.approx((-0.05, -0.05))
    plain = read(SQUARE)
    assert plain.small == plain.parts[0]
    assert plain.between == ()


def test_the_documented_drawing_is_one() -> None:
    shown = re.search(r"```svg\n(.*?)```", (ROOT / "docs/themes.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    motif = read_motif(shown.group(1).encode(), "docs/themes.md", "rice")
    assert (len(motif.parts), motif.tiling.turn) == (2, "corner")
    assert motif.small != motif.parts[0]


def test_how_a_drawing_is_laid_is_said_by_its_attributes() -> None:
    given = 'data-size="2" data-rows="0.5" data-stand="brick" data-turn="corner" data-band="joined"'
    motif = read(attributes=f'{given} data-name="L"')
    assert (motif.size, motif.row, motif.is_brick) == (2, 0.5, True)
    assert (motif.tiling.turn, motif.tiling.band) == ("corner", "joined")
    usual = read()
    assert (usual.size, usual.row, usual.is_brick, usual.tiling.turn) == (1.5, 1, False, "upright")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<script>alert(1)</script>", "remove the script"),
        (f'<g onload="x()">{SQUARE}</g>', "event handler"),
        ('<use href="#a"/>', "holds a <use>"),
        ('<image href="http://a.vn/x.png"/>', "holds a <image>"),
        ("<style>path{}</style>", "holds a <style>"),
        ("<text>Hoa</text>", "convert the text to outlines"),
        ('<line x1="0" y1="0" x2="9" y2="9"/>', "holds a <line>"),
        ("", "draws nothing"),
        ('<defs><path id="small" d="M1 1H9V9Z"/></defs>', "draws nothing"),
        ('<path d="M10 10H90V90H10Z" stroke="#000"/>', "strokes"),
        ('<path d="M10 10H90V90H10Z" style="fill:#000;stroke:#fff"/>', "strokes"),
        (f'<g fill-rule="evenodd">{SQUARE}</g>', "even-odd"),
        (f'<g transform="scale(2)">{SQUARE}</g>', "transform"),
        ('<path d="M10 10H101V90Z"/>', "outside its viewBox"),
        ('<path d="M10 10H90V-1Z"/>', "outside its viewBox"),
        ('<path d="M10 10L1e999 9Z"/>', "outside its viewBox"),
        ('<path d="M10 10Lnan 9Z"/>', "can't be read"),
        ('<path d="hoa sen"/>', "can't be read"),
        ('<path d="M10"/>', "can't be read"),
        ('<circle cx="5" cy="5" r="x"/>', "can't be read"),
        ('<circle cx="5" cy="5"/>', "can't be read"),
    ],
)
def test_what_is_no_plain_filled_drawing_is_refused(body: str, told: str) -> None:
    vi, en = refusal(svg(body))
    assert told in en
    assert vi != en


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"hoa", "not well-formed"),
        (b"<html/>", "not an SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(), "entities"),
        (svg(view="0 0 201 100"), "too long a canvas"),
        (svg(attributes='data-size="0.99"'), "at least 1"),
        (svg(attributes='data-size="3.01"'), "at most 3"),
        (svg(attributes='data-size="nan"'), "must be a number such as 1.5"),
        (svg(attributes='data-size="1,5"'), "must be a number such as 1.5"),
        (svg(attributes='data-turn="left"'), "there are: upright, corner, quarter"),
        (svg(attributes='data-trun="corner"'), "Did you mean: data-turn"),
    ],
)
def test_a_broken_file_or_attribute_is_told(data: bytes, told: str) -> None:
    assert told in refusal(data)[1]


def test_limits_hold_on_both_sides() -> None:
    assert read_motif(svg() + b" " * (MOTIF_BYTES - len(svg())), "a", "a").parts
    assert "weighs" in refusal(svg() + b" " * (MOTIF_BYTES - len(svg()) + 1))[1]
    assert len(read(SQUARE * MOST_PARTS).parts) == MOST_PARTS
    assert f"at most {MOST_PARTS}" in refusal(svg(SQUARE * (MOST_PARTS + 1)))[1]
    line = "M0 0" + "L9 9" * (MOST_POINTS - 2) + "L0 0"
    assert len(points_of(read(f'<path d="{line}"/>').parts)) == MOST_POINTS
    assert f"and {MOST_POINTS}" in refusal(svg(f'<path d="{line}L5 5"/>'))[1]
    assert read(view="0 0 200 100").height == 0.5
    for size in ("1", "3"):
        assert read(attributes=f'data-size="{size}"').size == float(size)


@given(st.text(alphabet="MLHVCSQTAZmlhvcsqtaz0123456789.,- e", max_size=40))
def test_no_outline_brings_anything_but_a_motif_or_a_refusal(path: str) -> None:
    try:
        motif = read(f'<path d="{path}"/>')
    except InputError:
        return
    assert all(abs(x) <= 0.51 and abs(y) <= 0.51 for x, y in points_of(motif.parts))


# --- drawing with it --------------------------------------------------------------------------------


def ink(paths: Sequence[str], width: int = 400, height: int = 200) -> np.ndarray:
    return np.maximum.reduce([drawn([path], width, height) for path in paths])


@pytest.mark.parametrize("motif", SHIPPED)
@pytest.mark.parametrize("corner", CORNERS)
def test_a_field_of_drawings_stays_in_its_box_and_off_type(motif: str, corner: Corner) -> None:
    calm = (Box(300, 60, 60, 40), Box(60, 120, 60, 40))
    made = module_field(
        BOX,
        corner,
        pitch=12,
        reach=190,
        motif=shipped(motif),
        tones=4,
        seed=motif,
        calm=calm,
    )
    cover = ink([shape.path for shape in made])
    assert cover.any()
    for box in calm:
        assert not cover[int(box.y) : int(box.bottom), int(box.x) : int(box.right)].any()
    inside = np.zeros_like(cover, dtype=bool)
    inside[int(BOX.y) - 1 : int(BOX.bottom) + 1, int(BOX.x) - 1 : int(BOX.right) + 1] = True
    assert not cover[~inside].any()


@pytest.mark.parametrize("motif", SHIPPED)
def test_a_ring_of_drawings_crosses_neither_edge(motif: str) -> None:
    ring = Ring(center=200, outer=196, hole_y=180, hole=130)
    made = ring_field(ring, pitch=9, start=1.2, end=2.6, motif=shipped(motif), tones=3, seed="a")
    cover = ink([shape.path for shape in made], 400, 400)
    rows, columns = np.indices(cover.shape) + 0.5
    assert (np.hypot(columns - 200, rows - 200)[cover > 0] < ring.outer).all()
    assert (np.hypot(columns - 200, rows - ring.hole_y)[cover > 0] > ring.hole).all()
    mirrored = np.abs(cover.astype(int) - cover[:, ::-1]).mean()
    assert mirrored < 0.5  # the left flank mirrors the right one, but for rounding
    assert (cover > 0).sum() > 1500


@pytest.mark.parametrize("motif", SHIPPED)
@pytest.mark.parametrize("colors", [1, 3, 4])
def test_a_band_of_drawings_stays_in_its_strip(motif: str, colors: int) -> None:
    band = brocade_band(400, 60, motif=shipped(motif), figures=colors, edges=2)
    roles = {role for role, _, _ in band.layers}
    assert roles >= {"ground", "edge", "figure"}
    assert all(index < colors for role, index, _ in band.layers if role == "figure")
    cover = ink([path for role, _, path in band.layers if role in {"figure", "triangle"}], 400, 100)
    assert cover.any()
    assert not cover[60:].any()


def test_joined_figures_touch_and_others_do_not() -> None:
    for joined in (True, False):
        motif = read('<path d="M0 0H100V100H0Z"/>', 'data-band="joined"' if joined else "")
        band = brocade_band(400, 60, motif=motif, figures=3, edges=1)
        (figure,) = [path for role, _, path in band.layers if role == "figure"]
        assert (drawn([figure], 400, 60)[30] > 250).all() == joined


def test_a_turned_drawing_looks_away_from_its_corner() -> None:
    """A field of one row: the arrow's tip is farther from the corner than its foot."""
    motif = read('<path d="M50 0L60 100H40Z"/>', 'data-turn="corner" data-size="1"')
    directions: dict[Corner, int] = {"top-left": 1, "top-right": -1}
    for corner, away in directions.items():
        (shape, *_) = module_field(
            Box(0, 0, 400, 20),
            corner,
            pitch=20,
            reach=400,
            motif=motif,
            tones=1,
            seed="a",
        )
        x, y = (float(number) for number in re.findall(r"-?[\d.]+", shape.path)[:2])
        foot = float(re.findall(r"-?[\d.]+", shape.path)[2])
        assert (x - foot) * away > 0
        assert 0 <= y <= 20


# --- finding it, and making again what it draws ------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A campaign of its own whose first day's motif is the given `mine`."""
    folder = tmp_path / "mine-2025"
    shutil.copytree(ROOT / "campaigns/daknong-2022", folder)
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('motif = "pixels"', 'motif = "mine"'), encoding="utf-8")
    (folder / "motifs").mkdir()
    (folder / "motifs/mine.svg").write_bytes(svg())
    return folder


def keys(folder: Path) -> dict[str, str]:
    wanted = Wanted(themes=("light",), presets=("share-1200x630",), kinds=("banner", "frame", "qr"))
    return {job.path: job.key for job in plan(load_campaign(folder), wanted).jobs}


def test_a_changed_drawing_makes_again_the_pictures_of_its_days_alone(own: Path) -> None:
    before = keys(own)
    (own / "motifs/mine.svg").write_bytes(svg('<path d="M10 10H90V80H10Z"/>'))
    changed = {path for path, key in keys(own).items() if key != before[path]}
    assert changed == {path for path in before if "/10-10/" in path}
    assert {path.split("/")[1] for path in changed} == {"banner", "frame"}


def test_the_campaigns_own_drawing_comes_first(own: Path) -> None:
    resources = load_campaign(own).resources
    assert motif_file(resources, "lotus") == "templates/motifs/lotus.svg"
    (own / "motifs/lotus.svg").write_bytes(svg())
    assert motif_file(resources, "lotus") == "motifs/lotus.svg"
    assert motif_ids(resources) == ["pixels", "lozenges", *sorted([*SHIPPED, "mine"])]


def test_what_is_wrong_with_motifs_is_told_together_and_early(own: Path) -> None:
    (own / "motifs/mine.svg").write_bytes(svg("<text/>"))
    (own / "motifs/pixels.svg").write_bytes(svg())
    file = own / "campaign.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('motif = "lozenges"', 'motif = "lotos"'), encoding="utf-8"
    )
    with pytest.raises(DxassetsError) as caught:
        load_campaign(own)
    told = "\n".join(caught.value.lines())
    assert "motifs/mine.svg: holds a <text>" in told
    assert "days[1].motif: there is no 'lotos'; there are: pixels, lozenges, leaf, lotus, mine" in told
    assert "Did you mean: lotus" in told
    assert "motifs/pixels.svg: 'pixels' is a name that is taken" in told


def test_a_brand_that_names_no_motif_is_told(own: Path) -> None:
    shutil.copytree(ROOT / "brand", own / "brand")
    brand = own / "brand/brand.toml"
    brand.write_text(
        brand.read_text(encoding="utf-8").replace('"waves", "scales"]', '"wave"]', 1), encoding="utf-8"
    )
    with pytest.raises(DxassetsError, match=r"themes\[0\]\.banded\[2\]: there is no 'wave'.*mean: waves"):
        load_campaign(own)


def wearing(motif: str) -> Project:
    """The bundled campaign's first day in that motif."""
    whole = project()
    day = whole.campaign.days[0].model_copy(update={"motif": motif})
    return replace(whole, campaign=whole.campaign.model_copy(update={"days": (day,)}))


@pytest.mark.parametrize("motif", SHIPPED)
def test_every_theme_in_each_motif_passes_the_gates(motif: str) -> None:
    """A sample; all presets were built once by hand."""
    preset = SAMPLE[SHIPPED.index(motif) % len(SAMPLE)]
    worn = wearing(motif)
    jobs = [
        *plan(worn, Wanted(presets=(preset,), kinds=("banner",), formats=("png",))).jobs,
        *(job for job in plan(worn, Wanted(themes=("light",), kinds=("frame",))).jobs if "1080" in job.path),
    ]
    assert {job.theme for job in jobs} == set(THEMES)
    for job in jobs:
        check(job, render(job, worn.resources))


@pytest.mark.parametrize("motif", SHIPPED)
def test_a_ring_of_any_span_dissolves_to_nothing_at_its_start(motif: str) -> None:
    ring = Ring(center=200, outer=196, hole_y=180, hole=130)
    for step in range(150):  # a last module whose nearness is a hair below nothing has no power
        start = 0.9 + step * 0.0037
        assert ring_field(ring, pitch=9, start=start, end=2.6, motif=shipped(motif), tones=3, seed="a")
