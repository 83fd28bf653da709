"""Calendar files (RFC 5545). The only module that imports icalendar.

Nothing here reads a clock: stamps are given, so the same entries are the same bytes. The zone is
Viet Nam's, which has had no summer time since 1975; it is written out, so that nobody needs a list of zones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from dxassets.backends.silence import quietly_imported

with quietly_imported:
    import icalendar

ZONE = "Asia/Ho_Chi_Minh"
_OFFSET = timedelta(hours=7)
_PRODUCT = "-//dxassets//dxassets//VI"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry: whole days from `first` to `last`, or an hour of `first`.

    `uid` stays the same when anything else changes. `alarms` are minutes from the beginning (of whole days:
    midnight), below 0 before it.
    """

    uid: str
    summary: str
    description: str
    first: date
    last: date
    hour: int | None = None
    alarms: tuple[int, ...] = ()
    category: str = ""


def calendar_file(
    title: str, entries: Iterable[CalendarEntry], *, lang: str, stamp: datetime, revision: int
) -> bytes:
    """The calendar; `stamp` (UTC) and `revision` say how new it is."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry, lang=lang, stamp=stamp, revision=revision))
    return calendar.to_ical()


def _zone() -> icalendar.Timezone:
    zone = icalendar.Timezone()
    zone.add("tzid", ZONE)
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001  (local by the standard)
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _event(entry: CalendarEntry, *, lang: str, stamp: datetime, revision: int) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", revision)
    if entry.hour is None:
        event.add("dtstart", entry.first)
        event.add("dtend", entry.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        for name, hour in (("dtstart", entry.hour), ("dtend", entry.hour + 1)):
            at = datetime.combine(entry.first, datetime.min.time(), timezone(_OFFSET)).replace(hour=hour)
            event.add(name, at.replace(tzinfo=None), parameters={"TZID": ZONE})
    for name, text in (("summary", entry.summary), ("description", entry.description)):
        if text:
            event.add(name, text, parameters={"LANGUAGE": lang})
    if entry.category:
        event.add("categories", [entry.category])
    for minutes in entry.alarms:
        event.add_component(_alarm(entry.summary, minutes))
    return event


def _alarm(text: str, minutes: int) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", timedelta(minutes=minutes))
    return alarm
