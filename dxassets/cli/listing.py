"""`dxassets presets`, `themes` and `agencies`: what there is, by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dxassets.api import find_agencies, load_campaign
from dxassets.cli import messages
from dxassets.cli.options import read
from dxassets.cli.parser import BUNDLED
from dxassets.cli.speaker import Speaker
from dxassets.errors import InputError, Problem


def run_presets(arguments: Sequence[str], speaker: Speaker) -> int:
    """The sizes, with medium, format and whether they carry a code."""
    options = read("presets", arguments, speaker)
    presets = load_campaign(options.campaign or BUNDLED).presets.presets
    if speaker.as_json:
        speaker.document([preset.model_dump(mode="json") for preset in presets])
        return 0
    _tell_table(
        (
            (
                preset.id,
                f"{preset.width} × {preset.height} {preset.unit}",
                preset.format,
                preset.medium,
                "QR" if preset.qr == "card" else "",
                preset.title.vi if speaker.lang == "vi" else preset.title.en,
            )
            for preset in presets
        ),
        speaker,
    )
    return 0


def run_themes(arguments: Sequence[str], speaker: Speaker) -> int:
    """The themes."""
    options = read("themes", arguments, speaker)
    themes = load_campaign(options.campaign or BUNDLED).brand.themes
    if speaker.as_json:
        speaker.document([{"id": theme.id, "title": theme.title.model_dump()} for theme in themes])
        return 0
    rows = ((theme.id, theme.title.vi if speaker.lang == "vi" else theme.title.en) for theme in themes)
    _tell_table(rows, speaker)
    return 0


def run_agencies(arguments: Sequence[str], speaker: Speaker) -> int:
    """The agencies, all or those that a text is found in."""
    options = read("agencies", arguments, speaker)
    project = load_campaign(options.campaign or BUNDLED)
    agencies = find_agencies(project, options.find or "")
    if speaker.as_json:
        speaker.document([agency.model_dump() for agency in agencies])
        return 0
    if not agencies:
        vi, en = messages.NONE_FOUND
        raise InputError(Problem("--find", vi.format(text=options.find), en.format(text=options.find)))
    _tell_table(((agency.id, agency.name) for agency in agencies), speaker)
    return 0


def _tell_table(rows: Iterable[tuple[str, ...]], speaker: Speaker) -> None:
    """Rows with their columns in line."""
    table = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        speaker.out("  ".join(cells).rstrip())
