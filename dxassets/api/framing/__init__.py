"""Photos in avatar frames: one, or a folder of hundreds."""

from dxassets.api.framing.report import FramedPhoto, FramesReport, report_to_json
from dxassets.api.framing.running import FramesObserver, FramesProgress, frame_photo, frame_photos
from dxassets.api.framing.wanted import PHOTO_FORMATS, STYLES, FrameWanted, parse_focus

__all__ = [
    "PHOTO_FORMATS",
    "STYLES",
    "FrameWanted",
    "FramedPhoto",
    "FramesObserver",
    "FramesProgress",
    "FramesReport",
    "frame_photo",
    "frame_photos",
    "parse_focus",
    "report_to_json",
]
