"""`dxassets presets`, `themes` and `agencies`: what there is, by id."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from dxassets.agencies import agencies_csv
from dxassets.api import (
    find_agencies,
    list_home,
    marks_to_check,
    read_agency_list,
    write_agencies_csv,
    write_agency_list,
)
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.cli.streams import STREAM, send
from dxassets.errors import InputError, Problem


def run_presets(arguments: Sequence[str], speaker: Speaker) -> int:
    """The sizes, with medium, format and whether they carry a code."""
    options = read("presets", arguments, speaker)
    presets = open_campaign(options.campaign, speaker).presets.presets
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
    brand = open_campaign(options.campaign, speaker).brand
    asked = {theme.id for theme in brand.every_theme} - {theme.id for theme in brand.themes}
    if speaker.as_json:
        speaker.document(
            [
                {"id": theme.id, "title": theme.title.model_dump(), "on_request": theme.id in asked}
                for theme in brand.every_theme
            ]
        )
        return 0
    rows = (
        (
            theme.id,
            theme.title.vi if speaker.lang == "vi" else theme.title.en,
            speaker.words(messages.ON_REQUEST) if theme.id in asked else "",
        )
        for theme in brand.every_theme
    )
    _tell_table(rows, speaker)
    return 0


def run_agencies(arguments: Sequence[str], speaker: Speaker) -> int:
    """The agencies, all or those that a text is found in."""
    options = read("agencies", arguments, speaker)
    if options.out is not None or vars(options)["import"] is not None:
        return _import(options, speaker)
    project = open_campaign(options.campaign, speaker)
    agencies = find_agencies(project, options.find or "")
    if options.export is not None and agencies:
        path = write_agency_list(agencies, options.export, to_check=marks_to_check(project))
        return _tell_written(path, len(agencies), speaker)
    if speaker.as_json:
        speaker.document([agency.model_dump() for agency in agencies])
        return 0
    if not agencies:
        vi, en = messages.NONE_FOUND
        raise InputError(Problem("--find", vi.format(text=options.find), en.format(text=options.find)))
    _tell_table(((agency.id, agency.name) for agency in agencies), speaker)
    return 0


def _import(options: Namespace, speaker: Speaker) -> int:
    """A campaign's `agencies.csv` out of an office's own table."""
    table = vars(options)["import"]
    if table is None:
        raise InputError(Problem("-o", *messages.OUT_WITHOUT_IMPORT))
    if options.export is not None or options.find is not None:
        raise InputError(Problem("--import", *messages.ONE_WAY))
    if options.out is None:
        raise InputError(Problem("--import", *messages.IMPORT_NEEDS_FILE))
    # Without a campaign nobody knows the province: the bundled campaign's would be a foreign one.
    home = list_home(options.campaign) if options.campaign else None
    read_list = read_agency_list(table, home)
    for note in read_list.notes:
        speaker.warning(note)
    if options.out == STREAM:
        send(agencies_csv(read_list.agencies, to_check=read_list.to_check))
        return 0
    path = write_agencies_csv(read_list.agencies, options.out, to_check=read_list.to_check)
    return _tell_written(path, len(read_list.agencies), speaker)


def _tell_written(path: Path, count: int, speaker: Speaker) -> int:
    """Where the list is now, in words or for a machine."""
    if speaker.as_json:
        speaker.document({"file": path.as_posix(), "agencies": count})
    else:
        speaker.out(speaker.words(messages.AGENCIES_WRITTEN, count=count, path=path))
    return 0


def _tell_table(rows: Iterable[tuple[str, ...]], speaker: Speaker) -> None:
    """Rows with their columns in line."""
    table = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*table, strict=True)]
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        speaker.out("  ".join(cells).rstrip())
