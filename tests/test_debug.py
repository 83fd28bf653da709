"""The debug overlay: it shows the composition, and never takes the real asset's place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dxassets import InputError, Wanted, plan
from dxassets.api import with_logo
from dxassets.kinds.registry import check, render
from tests.drawing_support import banner_job, open_picture, project, read_picture

if TYPE_CHECKING:
    from tests.conftest import Run

COLORS = {
    "safe": "#ff2d95",
    "content": "#00e0ff",
    "slot": "#ff8a00",
    "baseline": "#39ff14",
    "ink": "#ffe600",
    "quiet": "#b14dff",
}


def debug_job(preset: str, file_format: str, theme: str = "digital"):
    wanted = Wanted(
        kinds=("banner",),
        presets=(preset,),
        themes=(theme,),
        days=("10-10",),
        formats=(file_format,),
        debug=True,
    )
    (job,) = plan(project(), wanted).jobs
    return job


@pytest.mark.parametrize("preset", ["share-1200x630", "instagram-1080x1080", "backdrop-4000x2500"])
def test_svg_draws_every_kind_of_line_with_a_legend(preset: str) -> None:
    text = render(debug_job(preset, "svg"), project().resources).data.decode()
    for color in COLORS.values():
        assert f'stroke="{color}"' in text
        assert f'fill="{color}"' in text
    assert "#ff3b30" not in text  # no logo, so neither its lines nor its name


def test_logo_and_its_clear_space_are_shown(tmp_path: Path) -> None:
    mark = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9z" fill="#fff"/></svg>'
    (tmp_path / "mark.svg").write_text(mark, encoding="utf-8")
    made = with_logo(project(), tmp_path / "mark.svg")
    (job,) = plan(
        made,
        Wanted(
            presets=("share-1200x630",), themes=("digital",), days=("10-10",), formats=("svg",), debug=True
        ),
    ).jobs
    assert render(job, made.resources).data.decode().count("#ff3b30") == 3


@pytest.mark.parametrize(
    ("preset", "file_format"), [("share-1200x630", "png"), ("poster-a4", "pdf"), ("button-120x60", "png")]
)
def test_picture_lies_under_thin_lines(preset: str, file_format: str) -> None:
    job = debug_job(preset, file_format)
    rendered = render(job, project().resources)
    check(job, rendered)
    assert dict(rendered.facts.notes)["debug"]
    if file_format == "png":
        plain = read_picture(render(banner_job(preset), project().resources).data)
        shown = read_picture(rendered.data)
        assert shown.shape == plain.shape
        most = 0.4 if plain.shape[0] > 100 else 0.9  # in the smallest, lines are as thick as letters
        assert 0.005 < (shown != plain).any(axis=2).mean() < most


def test_colors_reach_the_pixels() -> None:
    pixels = read_picture(render(debug_job("share-1200x630", "png"), project().resources).data).astype(int)
    for color in COLORS.values():
        wanted = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
        assert (np.abs(pixels - wanted).max(axis=2) < 60).sum() > 100


def test_it_never_takes_the_real_assets_place() -> None:
    real = plan(project(), Wanted(kinds=("banner",))).jobs
    shown = plan(project(), Wanted(debug=True)).jobs
    assert not any("-debug" in job.path for job in real)
    assert all("-debug." in job.path and job.kind == "banner" for job in shown)
    assert not {job.path for job in real} & {job.path for job in shown}
    assert {job.key for job in real}.isdisjoint(job.key for job in shown)
    with pytest.raises(InputError, match="debug"):
        plan(project(), Wanted(kinds=("letter",), debug=True))


def test_commands_write_debug_pictures(dxassets: Run, tmp_path: Path) -> None:
    chosen = ("--day", "10-10", "--theme", "formal", "--preset", "rectangle-300x250", "--debug")
    told = dxassets("banner", *chosen, "-o", tmp_path / "a.png")
    assert told.code == 0
    assert not (tmp_path / "a.png").exists()
    assert open_picture((tmp_path / "a-debug.png").read_bytes()).size == (300, 250)
    assert dxassets("build", *chosen, "--out", tmp_path / "out").code == 0
    names = [path.name for path in (tmp_path / "out").rglob("*.png")]
    assert names == ["rectangle-300x250-debug.png"]
    assert dxassets("verify", tmp_path / "out" / "daknong-2022").code == 0
