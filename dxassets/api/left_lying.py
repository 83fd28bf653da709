"""What lies in a built folder that the campaign names no longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dxassets.file_names import file_part
from dxassets.kinds.registry import all_kinds
from dxassets.planner import Wanted
from dxassets.project import Project
from dxassets.store import Record


def folders_of(project: Project) -> frozenset[str]:
    """The folders of all offices of the campaign."""
    return frozenset(file_part(office.id) for office in project.campaign.offices)


def is_narrow(wishes: Sequence[Wanted]) -> bool:
    """Whether none of them asks for all that an agency has: then much may lie there that is not planned."""
    return all(each.days or each.themes or each.presets or each.kinds or each.formats for each in wishes)


def unnamed(project: Project, records: Iterable[Record]) -> list[Record]:
    """Those of one office's assets that are of a day or in a theme that there is no longer.

    Nothing else is taken for old. What an option asked for once (another format or size, a draft, a theme
    that no build takes by itself) can be asked for again, and a plan that leaves something out may have to.
    """
    days = {None, *(day.id for day in project.campaign.days)}
    themes = {None, *(theme.id for theme in project.brand.every_theme)}
    return [
        record
        for record in records
        if record.kind in all_kinds() and not (record.day in days and record.theme in themes)
    ]


def of_gone_office(name: str, records: Iterable[Record]) -> list[Record]:
    """Those in the folder `name`, of no office of the campaign, that are the office's own.

    A kind of another package may have files there that are no office's.
    """
    return [record for record in records if record.kind in all_kinds() and file_part(record.agency) == name]
