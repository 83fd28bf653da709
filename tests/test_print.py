"""Prints: boxes, marks, proofs, layers, the likeness gate, and how far they reach."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest

from dxassets import InputError, Wanted, make_banner, plan
from dxassets.backends.pages import svg_to_pdf
from dxassets.checks.likeness import MOST_MEAN, MOST_ODD, difference
from dxassets.checks.pictures import Picture
from dxassets.errors import CampaignError, GateError
from dxassets.geometry import Box
from dxassets.jobs import Job, Rendered
from dxassets.kinds.banner.print_page import (
    GUIDES_LAYER,
    crop_marks,
    eyelet_centers,
    hatching,
    hidden_strips,
)
from dxassets.kinds.banner.spec import PageKind
from dxassets.kinds.registry import check, render
from dxassets.presets import Preset, parse_presets
from dxassets.typesetting.legibility import reading_distance, scanning_distance
from tests.conftest import Run
from tests.drawing_support import banner_job, banner_spec, layout, page_pixels, project, qr_job, rendered

TO_MM = 25.4 / 72
LARGE = ("bang-ron-6000x800", "standee-800x1800")


@cache
def page(preset: str, kind: PageKind, theme: str = "digital", day: str = "10-10") -> Rendered:
    return render(job(preset, kind, theme, day), project().resources)


def job(preset: str, kind: PageKind, theme: str = "digital", day: str = "10-10") -> Job:
    plain = banner_job(preset, theme, day)
    return replace(plain, spec=replace(banner_spec(plain), page=kind))


def preset_of(preset_id: str) -> Preset:
    found = project().presets.preset(preset_id)
    assert found is not None
    return found


def read(data: bytes) -> tuple[pypdf.PdfReader, Any]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    (sheet,) = reader.pages
    return reader, sheet


def box_mm(sheet: Any, name: str) -> tuple[float, ...]:
    return tuple(float(value) * TO_MM for value in getattr(sheet, name))


# --- boxes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["plain", "marks", "proof"])
@pytest.mark.parametrize("preset_id", LARGE)
def test_trim_lies_in_bleed_lies_in_media_and_all_have_their_size(preset_id: str, kind: PageKind) -> None:
    preset = preset_of(preset_id)
    _, sheet = read(page(preset_id, kind).data)
    media, bleed, trim = (box_mm(sheet, name) for name in ("mediabox", "bleedbox", "trimbox"))
    scale, beside = preset.page_scale, preset.bleed / preset.page_scale
    assert trim[2] - trim[0] == pytest.approx(preset.width / scale, abs=0.01)
    assert trim[3] - trim[1] == pytest.approx(preset.height / scale, abs=0.01)
    outside = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    assert outside == pytest.approx((beside,) * 4, abs=0.01)
    slug = bleed[0] - media[0]
    assert slug == pytest.approx(0, abs=0.01) if kind == "plain" else slug >= 9


@pytest.mark.parametrize("kind", ["plain", "marks", "proof"])
def test_colours_are_declared_and_no_font_is_needed(kind: PageKind) -> None:
    reader, sheet = read(page("standee-800x1800", kind).data)
    root: Any = reader.root_object
    (intent,) = root["/OutputIntents"]
    intent = intent.get_object()
    assert "sRGB" in intent["/OutputConditionIdentifier"]
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"
    assert not sheet["/Resources"].get("/Font", {}).get_object()
    assert not sheet.extract_text().strip()


def test_all_pages_pass_their_gates() -> None:
    for preset_id in LARGE:
        for kind in ("marks", "proof"):
            findings = check(job(preset_id, kind), page(preset_id, kind))
            assert len(findings.decoded) == (preset_id != "bang-ron-6000x800")


def test_the_same_proof_has_the_same_bytes() -> None:
    made = page("standee-800x1800", "proof")
    assert render(job("standee-800x1800", "proof"), project().resources).data == made.data


# --- marks ------------------------------------------------------------------------------------------


def test_marks_stand_in_line_with_the_trim_and_outside_the_bleed() -> None:
    lines = crop_marks(Box(0, 0, 100, 50), start=7, length=5)
    assert len(lines) == 8
    for x0, y0, x1, y1 in lines:
        assert (x0 == x1 and x0 in {0, 100}) or (y0 == y1 and y0 in {0, 50})
        assert max(-x0, -y0, x0 - 100, y0 - 50) == 7
        assert max(-x1, -y1, x1 - 100, y1 - 50) == 12


def test_a_page_with_marks_is_the_plain_one_with_white_paper_and_black_marks_round_it() -> None:
    plain, marked = page("leaflet-a5", "plain"), page("leaflet-a5", "marks")
    slug = (marked.facts.width - plain.facts.width) / 2
    density = 8.0
    whole = page_pixels(marked.data, round(marked.facts.width * density))
    edge = round(slug * density)
    inner = whole[edge + 2 : -edge - 2, edge + 2 : -edge - 2].astype(int)
    alone = page_pixels(plain.data, round(plain.facts.width * density))[2:-2, 2:-2].astype(int)
    height, width = min(inner.shape[0], alone.shape[0]), min(inner.shape[1], alone.shape[1])
    assert np.abs(inner[:height, :width] - alone[:height, :width]).mean() < 3
    above = whole[: edge - 2]
    assert (above > 250).mean() > 0.97
    dark = np.flatnonzero((above < 160).all(axis=2).sum(axis=0) > 3 * density) / density
    left = slug + preset_of("leaflet-a5").bleed
    assert len(dark)
    assert all(min(abs(x - left), abs(x - left - 148)) < 0.4 for x in dark)
    assert any(abs(x - left) < 0.4 for x in dark)
    assert any(abs(x - left - 148) < 0.4 for x in dark)


def test_without_the_switch_nothing_is_marked() -> None:
    plans = [plan(project(), Wanted(kinds=("banner",), presets=LARGE, marks=on)) for on in (False, True)]
    assert [job.path for job in plans[0].jobs] == [job.path for job in plans[1].jobs]
    assert {banner_spec(job).page for job in plans[0].jobs} == {"plain"}
    assert {banner_spec(job).page for job in plans[1].jobs} == {"marks"}
    assert {job.key for job in plans[0].jobs}.isdisjoint(job.key for job in plans[1].jobs)


def test_only_prints_are_marked() -> None:
    wanted = Wanted(kinds=("banner",), presets=("share-1200x630",), formats=("pdf", "png"), marks=True)
    assert {banner_spec(job).page for job in plan(project(), wanted).jobs} == {"plain"}


# --- the proof --------------------------------------------------------------------------------------


def test_a_proof_is_a_file_of_its_own_and_only_large_prints_have_one() -> None:
    presets = ("bang-ron-6000x800", "standee-600x1600", "poster-a4", "share-1200x630")
    wanted = Wanted(kinds=("banner",), presets=presets, days=("10-10",), themes=("light",), proof=True)
    names = [job.path.rpartition("/")[2] for job in plan(project(), wanted).jobs]
    assert sorted(names) == [
        "bang-ron-6000x800-1-10-proof.pdf",
        "bang-ron-6000x800-1-10.pdf",
        "poster-a4.pdf",
        "share-1200x630.png",
        "standee-600x1600-proof.pdf",
        "standee-600x1600.pdf",
    ]


def test_guides_are_a_layer_that_can_be_switched_off() -> None:
    reader, sheet = read(page("bang-ron-6000x800", "proof").data)
    root: Any = reader.root_object
    layers = root["/OCProperties"]
    (group,) = layers["/OCGs"]
    assert group.get_object()["/Name"] == GUIDES_LAYER
    assert list(layers["/D"]["/ON"]) == [group]
    (name,) = sheet["/Resources"]["/Properties"]
    assert f"/OC {name} BDC".encode() in sheet.get_contents().get_data()
    plain, _ = read(page("bang-ron-6000x800", "plain").data)
    assert "/OCProperties" not in plain.root_object


@pytest.mark.parametrize(("width", "height", "count"), [(6000, 800, 28), (4000, 700, 20), (800, 2500, 14)])
def test_eyelets_stand_at_the_corners_and_at_most_half_a_metre_apart(
    width: int, height: int, count: int
) -> None:
    eyelets = eyelet_centers(Box(0, 0, width, height), inset=20, most=500)
    assert len(set(eyelets)) == len(eyelets) == count
    assert {(20, 20), (width - 20, 20), (20, height - 20), (width - 20, height - 20)} <= set(eyelets)
    for edge in (20, height - 20):
        along = sorted(x for x, y in eyelets if y == edge)
        assert max(np.diff(along)) <= 500
    for edge in (20, width - 20):
        down = sorted(y for x, y in eyelets if x == edge)
        assert max(np.diff(down)) <= 500


def test_no_eyelets_where_there_is_no_hem() -> None:
    assert eyelet_centers(Box(0, 0, 800, 1800), inset=0, most=None) == ()


def test_hidden_strips_hold_no_type_and_no_code() -> None:
    for preset_id in ("standee-800x1800", "standee-600x1600"):
        strips = hidden_strips(preset_of(preset_id))
        assert [round(strip.height) for strip in strips] == [30, 205]
        for theme in ("digital", "brocade", "formal", "light"):
            found, agency = layout(banner_job(preset_id, theme))
            boxes = [line.ink for line in (*found.lines, *agency)]
            boxes += [found.card.box] if found.card else []
            assert not [box for box in boxes for strip in strips if box.overlaps(strip)]


def test_hatching_stays_in_its_box() -> None:
    numbers = [
        float(part) for part in hatching(Box(5, 7, 40, 10), 3).replace("M", " ").replace("L", " ").split()
    ]
    assert min(numbers[::2]) >= 5
    assert max(numbers[::2]) <= 45
    assert min(numbers[1::2]) >= 7
    assert max(numbers[1::2]) <= 17


def test_a_preset_whose_safe_area_meets_the_hem_is_refused() -> None:
    source = project().resources.read("templates/presets.toml").data
    assert parse_presets(source, "presets.toml")
    with pytest.raises(CampaignError) as caught:
        parse_presets(source.replace(b"hem = 40", b"hem = 60"), "presets.toml")
    assert "finishing" in str(caught.value)


# --- the page looks like its drawing ----------------------------------------------------------------


def seen(asset: Rendered) -> tuple[float, float]:
    assert asset.drawing is not None
    return difference(Picture(asset.data, asset.media_type), asset.drawing)


@pytest.mark.parametrize("preset_id", ["bang-ron-4000x700", "standee-800x1800", "leaflet-a5"])
@pytest.mark.parametrize("theme", ["digital", "brocade", "formal", "light"])
def test_pages_look_like_their_drawings(preset_id: str, theme: str) -> None:
    mean, odd = seen(page(preset_id, "plain", theme, "01-11" if theme == "brocade" else "10-10"))
    assert mean < MOST_MEAN * 0.6
    assert odd < MOST_ODD


def test_a_code_on_a_page_looks_like_its_drawing() -> None:
    mean, odd = seen(rendered(qr_job("pdf")))
    assert mean < MOST_MEAN
    assert odd < MOST_ODD


@pytest.mark.parametrize("fault", ["no gradient", "a line lost", "moved", "another colour"])
def test_a_page_that_lost_something_is_refused(fault: str) -> None:
    whole = page("poster-a4", "plain")
    assert whole.drawing is not None
    slogan = next(area for area in whole.facts.texts if "huyển" in area.text and area.size > 10)
    changed = {
        "no gradient": lambda svg: svg.replace("stop-color", "data-was"),
        "a line lost": lambda svg: svg.replace(slogan.outline, ""),
        "moved": lambda svg: svg.replace('<path d="M', '<path transform="translate(3 0)" d="M'),
        "another colour": lambda svg: svg.replace(str(slogan.color), "#808080"),
    }[fault](whole.drawing)
    assert changed != whole.drawing
    data = svg_to_pdf(changed, whole.facts.width, whole.facts.height, title="Thử")
    with pytest.raises(GateError) as caught:
        check(job("poster-a4", "plain"), replace(whole, data=data))
    assert caught.value.problems


# --- how far it reaches -----------------------------------------------------------------------------


def test_distances_follow_the_trade_s_rules() -> None:
    assert reading_distance([56.0, 28.0]) == 10.0
    assert reading_distance([]) is None
    assert scanning_distance(120.0) == 1.2


def test_prints_say_from_where_they_are_read_and_scanned() -> None:
    asset = page("standee-800x1800", "plain")
    notes = dict(asset.facts.notes)
    found, _ = layout(banner_job("standee-800x1800"))
    smallest = min(line.size for line in found.lines if line.role in {"slogan", "tail"})
    assert float(notes["readable_from_m"]) == pytest.approx(0.735 * smallest / 2.8, abs=0.2)
    assert found.card is not None
    assert float(notes["scan_from_m"]) == pytest.approx(found.card.symbol.width / 100, abs=0.1)


def test_screens_say_nothing_of_distances() -> None:
    assert "readable_from_m" not in dict(rendered(banner_job("share-1200x630")).facts.notes)


# --- the command ------------------------------------------------------------------------------------


def test_the_commands_know_the_switches(dxassets: Run, tmp_path: Path) -> None:
    wanted = ["--day", "10-10", "--theme", "light", "--preset", "leaflet-a5", "-o", tmp_path / "a.pdf"]
    assert dxassets("banner", *wanted, "--marks").code == 0
    _, sheet = read((tmp_path / "a.pdf").read_bytes())
    assert float(sheet.mediabox.width) > float(sheet.bleedbox.width) > float(sheet.trimbox.width)
    refused = dxassets("banner", *wanted, "--proof")
    assert refused.code == 2
    assert "--proof" in refused.err
    for lang in ("vi", "en"):
        told = dxassets("build", "--help", "--lang", lang).out
        assert "--marks" in told
        assert "--proof" in told


def test_marks_on_a_picture_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        make_banner(
            project(), tmp_path / "a.png", day="10-10", theme="light", preset="leaflet-a5", marks=True
        )
    assert "--marks" in str(caught.value)
