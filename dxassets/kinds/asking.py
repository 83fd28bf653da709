"""What kinds commonly let a request choose: a format, a day, an office of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dxassets.kinds.faces import Parameter
from dxassets.project import Project


def format_choice(formats: Sequence[str], usual: str) -> Parameter:
    """Which format; the `usual` one if left out."""
    return Parameter("format", "File format", usual, choices=tuple(formats), default=usual)


def day_choice(project: Project) -> Parameter:
    """Which day; the first if left out."""
    days = tuple(day.id for day in project.campaign.days)
    return Parameter("day", "Id of the day; the first if left out", days[0], choices=days, default=days[0])


def office_choice(project: Project) -> Parameter:
    """Whose it is; the issuing agency's if left out."""
    offices = tuple(office.id for office in project.campaign.offices)
    return Parameter(
        "agency", "Id of an office; the issuing one if left out", offices[0], choices=("", *offices)
    )


def offices_asked(said: Mapping[str, str]) -> tuple[str, ...]:
    """The office that a request names, if it names one."""
    agency = said.get("agency", "")
    return (agency,) if agency else ()
