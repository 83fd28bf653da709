"""The Python API: its surface, its promises about importing, its documented example."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import dxassets
from dxassets import Wanted, build, load_campaign, plan
from dxassets import api as api_room

SURFACE = {
    "CampaignWanted",
    "DrawnPicture",
    "DxassetsError",
    "FrameWanted",
    "FramesReport",
    "InputError",
    "LetterFill",
    "Problem",
    "Project",
    "Report",
    "SiteWanted",
    "Wanted",
    "__version__",
    "build",
    "build_site",
    "check_project",
    "draw_banner",
    "draw_frame",
    "draw_qr",
    "frame_photo",
    "frame_photos",
    "find_agencies",
    "init_campaign",
    "lint",
    "load_campaign",
    "make_banner",
    "make_letter",
    "make_qr",
    "plan",
    "renew_campaign",
    "verify",
}


def test_the_surface_is_what_it_is() -> None:
    assert set(dxassets.__all__) == SURFACE == set(dir(dxassets))
    for name in SURFACE:
        assert getattr(dxassets, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dxassets.nothing


def test_everything_public_is_documented_and_typed() -> None:
    for name in (*dxassets.__all__, *api_room.__all__):
        thing = getattr(dxassets, name, None) or getattr(api_room, name)
        if inspect.isfunction(thing):
            assert thing.__doc__, name
            signature = inspect.signature(thing)
            assert signature.return_annotation is not inspect.Signature.empty, name
            positional = [
                each for each in signature.parameters.values() if each.kind is each.POSITIONAL_OR_KEYWORD
            ]
            assert len(positional) <= 2, name
    assert (Path(dxassets.__file__).parent / "py.typed").is_file()


def test_importing_the_package_loads_nothing() -> None:
    code = "import dxassets, sys; sys.exit(bool({'pydantic', 'typing', 'dxassets.api'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_order_of_imports_hides_a_function() -> None:
    code = (
        "import dxassets.planner, dxassets.api, dxassets.runners\n"
        "from dxassets import plan, build, verify, load_campaign\n"
        "assert all(map(callable, (plan, build, verify, load_campaign)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_documented_example_works(tmp_path: Path) -> None:
    project = load_campaign("daknong-2022")
    wanted = Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
    report = build(project, wanted, out=tmp_path)
    assert len(report.made) == len(plan(project, wanted).jobs) == 1
    assert report.index.is_file()
