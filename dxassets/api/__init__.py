"""The typed Python API; the command line and every other face call this and nothing deeper.

A whole campaign, or a part of it::

    from dxassets import Wanted, build, load_campaign

    project = load_campaign("chien-dich-2026")
    report = build(project, Wanted(all_agencies=True, kinds=("banner",)), out="output", jobs=2)

With ``jobs`` above 1 the work is done by fresh processes, so a script must have
its ``if __name__ == "__main__":``. Any `concurrent.futures.Executor` may be given instead.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dxassets.api.agency_lists import (
        ListHome,
        list_home,
        marks_to_check,
        read_agency_list,
        write_agencies_csv,
        write_agency_list,
    )
    from dxassets.api.approval_sheet import WAYS, Shown, make_sheet
    from dxassets.api.building import Observer, Preview, Progress, Report, build, preview
    from dxassets.api.checking import check_project, find_agencies
    from dxassets.api.drawing import DrawnPicture, draw_banner, draw_frame, draw_qr
    from dxassets.api.embedding import embed_snippet, mail_text
    from dxassets.api.framing import (
        FramedPhoto,
        FramesObserver,
        FramesProgress,
        FramesReport,
        FrameWanted,
        frame_photo,
        frame_photos,
        report_to_json,
    )
    from dxassets.api.letters import LettersMade, LetterWanted, make_letter, make_letters
    from dxassets.api.looping import make_loop, make_still_loop
    from dxassets.api.planning import plan
    from dxassets.api.project import load_campaign, with_logo, with_scene
    from dxassets.api.schema import campaign_schema
    from dxassets.api.single import SCAN_ME, make_banner, make_qr
    from dxassets.api.site import SiteReport, SiteWanted, build_site
    from dxassets.api.starting import CampaignWanted, Renewed, init_campaign, renew_campaign, write_schema
    from dxassets.planner import Wanted
    from dxassets.project import Project
    from dxassets.runners import verify

_ROOMS = {
    "CampaignWanted": "dxassets.api.starting",
    "DrawnPicture": "dxassets.api.drawing",
    "FrameWanted": "dxassets.api.framing",
    "FramedPhoto": "dxassets.api.framing",
    "FramesObserver": "dxassets.api.framing",
    "FramesProgress": "dxassets.api.framing",
    "FramesReport": "dxassets.api.framing",
    "LetterWanted": "dxassets.api.letters",
    "LettersMade": "dxassets.api.letters",
    "ListHome": "dxassets.api.agency_lists",
    "Observer": "dxassets.api.building",
    "Preview": "dxassets.api.building",
    "Progress": "dxassets.api.building",
    "Project": "dxassets.project",
    "Renewed": "dxassets.api.starting",
    "Report": "dxassets.api.building",
    "SCAN_ME": "dxassets.api.single",
    "Shown": "dxassets.api.approval_sheet",
    "SiteReport": "dxassets.api.site",
    "SiteWanted": "dxassets.api.site",
    "WAYS": "dxassets.api.approval_sheet",
    "Wanted": "dxassets.planner",
    "build": "dxassets.api.building",
    "build_site": "dxassets.api.site",
    "campaign_schema": "dxassets.api.schema",
    "check_project": "dxassets.api.checking",
    "draw_banner": "dxassets.api.drawing",
    "draw_frame": "dxassets.api.drawing",
    "draw_qr": "dxassets.api.drawing",
    "embed_snippet": "dxassets.api.embedding",
    "find_agencies": "dxassets.api.checking",
    "frame_photo": "dxassets.api.framing",
    "frame_photos": "dxassets.api.framing",
    "init_campaign": "dxassets.api.starting",
    "list_home": "dxassets.api.agency_lists",
    "load_campaign": "dxassets.api.project",
    "mail_text": "dxassets.api.embedding",
    "make_banner": "dxassets.api.single",
    "make_letter": "dxassets.api.letters",
    "make_letters": "dxassets.api.letters",
    "make_loop": "dxassets.api.looping",
    "make_qr": "dxassets.api.single",
    "make_sheet": "dxassets.api.approval_sheet",
    "make_still_loop": "dxassets.api.looping",
    "marks_to_check": "dxassets.api.agency_lists",
    "plan": "dxassets.api.planning",
    "preview": "dxassets.api.building",
    "read_agency_list": "dxassets.api.agency_lists",
    "renew_campaign": "dxassets.api.starting",
    "report_to_json": "dxassets.api.framing",
    "verify": "dxassets.runners",
    "with_logo": "dxassets.api.project",
    "with_scene": "dxassets.api.project",
    "write_agencies_csv": "dxassets.api.agency_lists",
    "write_agency_list": "dxassets.api.agency_lists",
    "write_schema": "dxassets.api.starting",
}
"""Where each name lives: loaded when it is asked for, so that a linter does not wait for what draws."""

__all__ = [
    "SCAN_ME",
    "WAYS",
    "CampaignWanted",
    "DrawnPicture",
    "FrameWanted",
    "FramedPhoto",
    "FramesObserver",
    "FramesProgress",
    "FramesReport",
    "LetterWanted",
    "LettersMade",
    "ListHome",
    "Observer",
    "Preview",
    "Progress",
    "Project",
    "Renewed",
    "Report",
    "Shown",
    "SiteReport",
    "SiteWanted",
    "Wanted",
    "build",
    "build_site",
    "campaign_schema",
    "check_project",
    "draw_banner",
    "draw_frame",
    "draw_qr",
    "embed_snippet",
    "find_agencies",
    "frame_photo",
    "frame_photos",
    "init_campaign",
    "list_home",
    "load_campaign",
    "mail_text",
    "make_banner",
    "make_letter",
    "make_letters",
    "make_loop",
    "make_qr",
    "make_sheet",
    "make_still_loop",
    "marks_to_check",
    "plan",
    "preview",
    "read_agency_list",
    "renew_campaign",
    "report_to_json",
    "verify",
    "with_logo",
    "with_scene",
    "write_agencies_csv",
    "write_agency_list",
    "write_schema",
]


def __getattr__(name: str) -> object:
    """Load what is asked for (PEP 562)."""
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module 'dxassets.api' has no attribute {name!r}")
    return getattr(import_module(room), name)
