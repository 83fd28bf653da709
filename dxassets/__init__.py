"""dxassets: one campaign file in, a whole government campaign out.

Banners, avatar frames, QR codes and the official letter, from three kinds of
data: what is said (`campaigns/`), how it looks (`brand/`), which shapes it takes
(`templates/`)::

    from dxassets import Wanted, build, load_campaign

    if __name__ == "__main__":
        project = load_campaign("chien-dich-2026")
        report = build(project, Wanted(days=("10-10",), kinds=("banner",)), out="output", jobs=2)
        print(f"{len(report.made)} made, see {report.index}")

Everything below is loaded when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module

from dxassets._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # type checkers take it for true; importing typing would slow `dxassets --help`
    from dxassets.api import (
        CampaignWanted,
        DrawnPicture,
        FramesReport,
        FrameWanted,
        Project,
        Report,
        SiteWanted,
        build,
        build_site,
        check_project,
        draw_banner,
        draw_frame,
        draw_qr,
        find_agencies,
        frame_photo,
        frame_photos,
        init_campaign,
        load_campaign,
        make_banner,
        make_letter,
        make_qr,
        plan,
        renew_campaign,
        verify,
    )
    from dxassets.api.linting import lint
    from dxassets.dispatch import LetterFill
    from dxassets.errors import DxassetsError, InputError, Problem
    from dxassets.planner import Wanted

_ROOMS = {
    "CampaignWanted": "dxassets.api",
    "DrawnPicture": "dxassets.api",
    "FrameWanted": "dxassets.api",
    "FramesReport": "dxassets.api",
    "Project": "dxassets.api",
    "Report": "dxassets.api",
    "SiteWanted": "dxassets.api",
    "build": "dxassets.api",
    "build_site": "dxassets.api",
    "check_project": "dxassets.api",
    "draw_banner": "dxassets.api",
    "draw_frame": "dxassets.api",
    "draw_qr": "dxassets.api",
    "find_agencies": "dxassets.api",
    "frame_photo": "dxassets.api",
    "frame_photos": "dxassets.api",
    "init_campaign": "dxassets.api",
    "load_campaign": "dxassets.api",
    "make_banner": "dxassets.api",
    "make_letter": "dxassets.api",
    "make_qr": "dxassets.api",
    "plan": "dxassets.api",
    "renew_campaign": "dxassets.api",
    "verify": "dxassets.api",
    "lint": "dxassets.api.linting",
    "LetterFill": "dxassets.dispatch",
    "DxassetsError": "dxassets.errors",
    "InputError": "dxassets.errors",
    "Problem": "dxassets.errors",
    "Wanted": "dxassets.planner",
}

__all__ = [
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
    "find_agencies",
    "frame_photo",
    "frame_photos",
    "init_campaign",
    "lint",
    "load_campaign",
    "make_banner",
    "make_letter",
    "make_qr",
    "plan",
    "renew_campaign",
    "verify",
]


def __getattr__(name: str) -> object:
    """Load what is asked for (PEP 562)."""
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module 'dxassets' has no attribute {name!r}")
    return getattr(import_module(room), name)


def __dir__() -> list[str]:
    return __all__
