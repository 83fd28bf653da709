"""One loop to one file, or as a folder of pictures with playlists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dxassets.api.planning import plan
from dxassets.api.single import finished, suffix_of, write_one
from dxassets.errors import InputError, Problem
from dxassets.jobs import AnyJob
from dxassets.kinds.loop import playlists
from dxassets.kinds.loop.kind import KIND
from dxassets.kinds.loop.planning import FORMATS
from dxassets.kinds.loop.spec import LoopFormat
from dxassets.planner import Wanted
from dxassets.project import Project
from dxassets.store import publish

__all__ = ["FORMATS", "LIST_STEM", "USUAL_SIZE", "LoopFormat", "make_loop", "make_still_loop"]

USUAL_SIZE = "tv-1920x1080"
LIST_STEM = "danh-sach"


def make_loop(
    project: Project,
    file: str | Path,
    *,
    day: str | None = None,
    theme: str | None = None,
    size: str = USUAL_SIZE,
    agency: str | None = None,
    agency_name: str | None = None,
    file_format: LoopFormat | None = None,
) -> Path:
    """One loop, in the format of the file's suffix unless one is given. Returns the file that was written.

    `size` is the id of one, or px such as ``512x128``. Without a day the campaign's first is shown, without
    a theme the day's own look; the issuing agency signs unless one is given by id or by name. `InputError`
    for what can't be asked, `AssetError` for what can't be made or read in the time.
    """
    file = Path(file)
    chosen: LoopFormat = file_format or suffix_of(file, FORMATS)
    days = () if day is None else (day,)
    jobs = _jobs(project, chosen, days=days, theme=theme, size=size, agency=agency, agency_name=agency_name)
    return write_one(jobs[0], project.resources, file)


def make_still_loop(
    project: Project,
    folder: str | Path,
    *,
    days: Sequence[str] = (),
    theme: str | None = None,
    size: str = USUAL_SIZE,
    agency: str | None = None,
    agency_name: str | None = None,
) -> tuple[Path, ...]:
    """The loops of some days (all) as numbered pictures with playlists, in `folder`; all files.

    Everything is drawn and checked before the first file is written.
    """
    from dxassets.kinds.loop.render import scenario_of  # noqa: PLC0415  (drawing libraries when needed)
    from dxassets.kinds.loop.stills import stills_of  # noqa: PLC0415

    jobs = _jobs(project, "png", days=days, theme=theme, size=size, agency=agency, agency_name=agency_name)
    periods = {each.id: each.period for each in project.campaign.days}
    files: list[tuple[str, bytes]] = []
    entries: list[playlists.PlaylistEntry] = []
    for job in jobs:
        finished(job, project.resources)
        for still in stills_of(scenario_of(job.spec, job.inputs, project.resources).film):
            name = f"{len(files) + 1:03}-{job.day}.png"
            files.append((name, still.data))
            period = periods[job.day or ""]
            title = f"{len(files)}. {job.spec.day.label}"
            entries.append(playlists.PlaylistEntry(name, title, still.seconds, period.first, period.last))
    title = project.campaign.title
    files += [
        (f"{LIST_STEM}.m3u8", playlists.m3u(entries).encode()),
        (f"{LIST_STEM}.xspf", playlists.xspf(title, entries).encode()),
        (f"{LIST_STEM}.json", playlists.as_json(title, entries).encode()),
    ]
    return tuple(publish(Path(folder), name, data) for name, data in files)


def _jobs(
    project: Project,
    file_format: LoopFormat,
    *,
    days: Sequence[str],
    theme: str | None,
    size: str,
    agency: str | None,
    agency_name: str | None,
) -> list[AnyJob]:
    """The jobs of what was asked for, in the campaign's order of days; `InputError` where there is none."""
    wanted = Wanted(
        agencies=() if agency is None else (agency,),
        agency_names=() if agency_name is None else (agency_name,),
        days=tuple(days),
        themes=() if theme is None else (theme,),
        sizes=(size,),
        kinds=(KIND.id,),
        formats=(file_format,),
    )
    planned = plan(project, wanted)
    if not planned.jobs:
        raise InputError(*(Problem("", skip.reason_vi, skip.reason_en) for skip in planned.skipped))
    order = [day.id for day in project.campaign.days]
    firsts: dict[str, AnyJob] = {}
    for job in planned.jobs:  # a day that comes in two looks is shown in the first
        firsts.setdefault(job.day or "", job)
    return sorted(firsts.values(), key=lambda job: order.index(job.day or ""))
