"""Words of another place or year that a campaign's own files still say: often left over, so worth a look.

A letter that says them is refused (`kinds/letter/belonging.py`); a title or a slogan may mean them.
"""

from __future__ import annotations

from collections.abc import Iterator

from dxassets.addresses import host_of
from dxassets.errors import Problem
from dxassets.project import Project
from dxassets.resources import CAMPAIGN_FILE
from dxassets.rows import lines_of_rows
from dxassets.strangers import Name, bare_name, places_named, provinces_in, said_lines
from dxassets.vietnamese import slug

PROVINCES_FILE = "campaigns/provinces.txt"


def left_over(project: Project) -> Iterator[Problem]:
    """Other provinces in `campaign.toml`, offices' names and links, and days of other years."""
    own = slug(bare_name(project.campaign.province))
    names = () if project.resources.find(PROVINCES_FILE) is None else _provinces(project)
    foreign = tuple(name for name in names if slug(name.text) != own)
    yield from _in_the_file(project, foreign)
    yield from _in_links(project, foreign)
    yield from _in_the_list(project, foreign)
    for at, day in enumerate(project.campaign.days):
        if day.date.year != project.campaign.year:
            yield Problem(
                f"{project.source}: days[{at}].date",
                f"là năm {day.date.year}, trong khi chiến dịch là của năm {project.campaign.year}",
                f"is of {day.date.year}, but the campaign of {project.campaign.year}",
            )


def _provinces(project: Project) -> tuple[Name, ...]:
    return provinces_in(project.resources.read(PROVINCES_FILE).data)


def _named(text: str, foreign: tuple[Name, ...]) -> list[str]:
    """The other provinces that `text` names as such, with “tỉnh” or “thành phố” before them."""
    return list(dict.fromkeys(name.text for name, with_kind in places_named(text, foreign) if with_kind))


def _in_the_file(project: Project, foreign: tuple[Name, ...]) -> Iterator[Problem]:
    text = project.resources.read(CAMPAIGN_FILE).data.decode("utf-8-sig")
    for number, line in said_lines(text, toml=True):
        for name in _named(line, foreign):
            yield _told(f"{project.source}:{number}", name, project)


def _in_the_list(project: Project, foreign: tuple[Name, ...]) -> Iterator[Problem]:
    """One line for each province, whose offices may be many."""
    file = project.campaign.agencies
    if file is None:
        return
    lines = lines_of_rows(project.resources.read(file).data)
    told: set[str] = set()
    for office in project.campaign.offices:
        for name in _named(office.name, foreign):
            if name not in told:
                told.add(name)
                yield _told(f"{file}:{lines.get(office.id, 1)}", name, project)


def _told(where: str, name: str, project: Project) -> Problem:
    province = project.campaign.province
    return Problem(
        where,
        f"nhắc tới “{name}”, trong khi chiến dịch là của {province}; nếu còn sót thì sửa",
        f"speaks of {name!r}, but the campaign is of {province}; correct it if it was left over",
    )


def _in_links(project: Project, foreign: tuple[Name, ...]) -> Iterator[Problem]:
    """Links to the portal of another province, such as `lamdong.gov.vn` and what stands below it."""
    by_label = {slug(name.text).replace("-", ""): name.text for name in foreign}
    for at, link in enumerate(project.campaign.links):
        labels = host_of(link.url or "").split(".")
        if labels[-2:] == ["gov", "vn"] and len(labels) > 2 and labels[-3] in by_label:
            yield _told(f"{project.source}: links[{at}].url", by_label[labels[-3]], project)
