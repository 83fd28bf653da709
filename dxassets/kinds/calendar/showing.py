"""Calendars on the web site: one file for all offices of the same dates."""

from __future__ import annotations

from dxassets.agencies import Agency
from dxassets.campaign import Campaign
from dxassets.kinds.calendar.happening import happenings_of
from dxassets.kinds.calendar.kind import calendar_spec
from dxassets.kinds.calendar.render import ics_of
from dxassets.kinds.calendar.spec import CalendarSpec
from dxassets.renderers.site.model import SiteCalendar

_ANYBODY = Agency(id="anybody", name="Cơ quan", short_name="Cơ quan")
"""Whoever is on no list: of no level, and bound by no deadline of others."""


def calendars_of(campaign: Campaign) -> tuple[SiteCalendar, ...]:
    """Each different calendar once, with the ids of the offices whose it is."""
    whose: dict[CalendarSpec, list[str]] = {}
    for office_id, office in [*((office.id, office) for office in campaign.offices), ("", _ANYBODY)]:
        spec = calendar_spec(campaign, happenings_of(campaign, office), "ics")
        whose.setdefault(spec, []).append(office_id)
    return tuple(SiteCalendar(tuple(ids), ics_of(spec).decode()) for spec, ids in whose.items())
