"""Lists of pictures for players: M3U, XSPF, and JSON for two open systems.

- M3U (UTF-8) and XSPF 1: VLC and its kin; how long a picture stands is an option of VLC.
- JSON, `anthias`: each entry is the body of ``POST /api/v2/assets`` of Anthias, once its file is there
  (``POST /api/v2/file_asset`` gives the `uri`). Fields: CreateAssetSerializerV2 of Anthias.
- JSON, `xibo`: each entry is a file for ``POST /api/library`` of the Xibo CMS, and what
  ``POST /api/playlist/library/assign/{playlistId}`` takes with the id that it is given.
Neither system has a list that its pages take in one go; both take these by their interface.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import quote

_VLC = "http://www.videolan.org/vlc/playlist/0"
_ZONE = "+07:00"


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """One picture of a list: its file beside the list, its title, seconds, and the days of its period."""

    file: str
    title: str
    seconds: int
    first: date
    last: date


def m3u(entries: Sequence[PlaylistEntry]) -> str:
    """The list as extended M3U."""
    lines = ["#EXTM3U"]
    for entry in entries:
        lines += [
            f"#EXTINF:{entry.seconds},{entry.title}",
            f"#EXTVLCOPT:image-duration={entry.seconds}",
            entry.file,
        ]
    return "\n".join(lines) + "\n"


def xspf(title: str, entries: Sequence[PlaylistEntry]) -> str:
    """The list as XSPF, version 1."""
    tracks = "".join(
        f"<track><location>{escape(quote(entry.file))}</location><title>{escape(entry.title)}</title>"
        f"<duration>{entry.seconds * 1000}</duration>"
        f'<extension application="{_VLC}"><vlc:option>image-duration={entry.seconds}</vlc:option></extension>'
        "</track>"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<playlist version="1" xmlns="http://xspf.org/ns/0/" xmlns:vlc="{_VLC}/">'
        f"<title>{escape(title)}</title><trackList>{tracks}</trackList></playlist>\n"
    )


def as_json(title: str, entries: Sequence[PlaylistEntry]) -> str:
    """The list for Anthias and Xibo."""
    anthias = [
        {
            "name": entry.title,
            "uri": entry.file,
            "mimetype": "image",
            "duration": entry.seconds,
            "start_date": f"{entry.first.isoformat()}T00:00:00{_ZONE}",
            "end_date": f"{entry.last.isoformat()}T23:59:59{_ZONE}",
            "is_enabled": True,
            "play_order": at,
            "skip_asset_check": False,
        }
        for at, entry in enumerate(entries)
    ]
    xibo = [
        {
            "name": entry.title,
            "file": entry.file,
            "duration": entry.seconds,
            "useDuration": 1,
            "displayOrder": at,
        }
        for at, entry in enumerate(entries, 1)
    ]
    return json.dumps({"title": title, "anthias": anthias, "xibo": xibo}, ensure_ascii=False, indent=2) + "\n"
