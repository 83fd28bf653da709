"""What lies in a built folder that the campaign names no longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dxassets.errors import InputError
from dxassets.file_names import file_part
from dxassets.kinds.registry import all_formats, all_kinds
from dxassets.planner import Wanted, plan_selection, select
from dxassets.project import Project
from dxassets.store import Record


def folders_of(project: Project) -> frozenset[str]:
    """The folders of all offices of the campaign."""
    return frozenset(file_part(office.id) for office in project.campaign.offices)


def is_narrow(wishes: Sequence[Wanted]) -> bool:
    """Whether none of them asks for all that an agency has: then much may lie there that is not planned."""
    return all(each.days or each.themes or each.presets or each.kinds or each.formats for each in wishes)


def unnamed(project: Project, records: Iterable[Record]) -> list[Record]:
    """Those of one office's assets that no build makes any more, whatever is asked for.

    What only an option can name (a loop of a size in px) is none of the campaign's.
    """
    found = list(records)
    if not found:
        return []
    named: set[str] = set()
    for wish in _widest(found[0].agency):
        try:
            named.update(job.path for job in plan_selection(project, select(wish, project)).jobs)
        except InputError:  # what can't be planned now may be mended: it is not said to be unwanted
            return []
    return [record for record in found if record.path not in named and record.kind in all_kinds()]


def _widest(agency: str) -> tuple[Wanted, ...]:
    """Wishes that between them ask for whatever the campaign names of an agency."""
    one, every = (agency,), all_formats()
    kinds = tuple(all_kinds())
    return (
        Wanted(one),
        Wanted(one, kinds=kinds, formats=every),
        Wanted(one, kinds=kinds, formats=every, scale=2, marks=True, proof=True, split_annex=True),
        Wanted(one, debug=True),
        Wanted(one, formats=every, nameless=True),
    )
