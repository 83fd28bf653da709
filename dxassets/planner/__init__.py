"""Decides what is made, and seals it into jobs. Makes nothing itself."""

from dxassets.kinds.scope import FileDigests, Selection, Wanted
from dxassets.planner.offices import office_called, unknown_office
from dxassets.planner.planning import nothing_to_make, plan_selection
from dxassets.planner.sealing import seal
from dxassets.planner.selection import select
from dxassets.planner.tools import photo_tools, tools

__all__ = [
    "FileDigests",
    "Selection",
    "Wanted",
    "nothing_to_make",
    "office_called",
    "photo_tools",
    "plan_selection",
    "seal",
    "select",
    "tools",
    "unknown_office",
]
