"""What a site offers, as wishes for a build: each kind knows its own."""

from __future__ import annotations

from dxassets.addresses import site_uri
from dxassets.api.checking import site_problems
from dxassets.api.site.forms import chart_in
from dxassets.errors import InputError, Problem, UnknownIdError
from dxassets.kinds.faces import SiteWanted
from dxassets.kinds.registry import all_kinds
from dxassets.models import BilingualError
from dxassets.planner import Wanted
from dxassets.project import Project


def wishes_of(project: Project, wanted: SiteWanted) -> tuple[Wanted, ...]:
    """Everything that the site needs to be built. `UnknownIdError` for ids of `[site]` that nothing has.

    `InputError` for a picture of sums that can't be shown: that is told before anything is built.
    """
    if wanted.sums is not None:
        chart_in(wanted.sums)
    problems = list(site_problems(project))
    if problems:
        raise UnknownIdError(*problems)
    return tuple(wish for kind in all_kinds().values() for wish in kind.wishes(project, wanted))


def checked_address(address: str | None) -> str | None:
    """The URI of the site's own address, with a slash at its end; `InputError` for what is none."""
    if address is None:
        return None
    try:
        return site_uri(address)
    except BilingualError as error:
        raise InputError(Problem("--url", error.vi, error.en)) from error
