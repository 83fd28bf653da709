"""Decides what is made, and how every file is called. Makes nothing itself."""

from dxassets.planner.offices import office_called, unknown_office
from dxassets.planner.planning import (
    FRAME_STYLES,
    KIND_FORMATS,
    QR_FORMATS,
    QrFormat,
    banner_name,
    file_part,
    link_words,
    plan,
)
from dxassets.planner.selection import FORMATS, KINDS, Selection, Wanted, select
from dxassets.planner.tools import photo_tools, tools
from dxassets.planner.words import qr_alt, qr_title

__all__ = [
    "FORMATS",
    "FRAME_STYLES",
    "KINDS",
    "KIND_FORMATS",
    "QR_FORMATS",
    "QrFormat",
    "Selection",
    "Wanted",
    "banner_name",
    "file_part",
    "link_words",
    "office_called",
    "photo_tools",
    "plan",
    "qr_alt",
    "qr_title",
    "select",
    "tools",
    "unknown_office",
]
