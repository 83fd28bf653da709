"""What happens on which day: a campaign's days, what hangs when, and whose deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from dxassets.agencies import Agency
from dxassets.campaign import Campaign
from dxassets.days import Day
from dxassets.deadlines import Deadline
from dxassets.errors import Lang
from dxassets.kinds.calendar.spec import Happening
from dxassets.kinds.calendar.words import SORTS, spoken_in
from dxassets.notation import short_date

_ORDER = ("period", "hang", "day", "duty", "deadline", "take-down")


def happenings_of(campaign: Campaign, agency: Agency) -> tuple[Happening, ...]:
    """All that concerns an agency, by its day; the issuing agency looks after every deadline."""
    lang = spoken_in(campaign.lang)
    mine = [
        each
        for each in campaign.deadlines
        if agency.id == campaign.issuing_agency or each.binds(agency.id, agency.level)
    ]
    found = [
        *(_celebrated(day, lang) for day in campaign.days),
        *_hanging(campaign, lang),
        *(_due(each, lang) for each in mine),
        *_of_duties(campaign, agency, lang),
    ]
    return tuple(sorted(found, key=lambda each: (each.first, _ORDER.index(each.sort), each.name)))


def _celebrated(day: Day, lang: Lang) -> Happening:
    about = "" if day.about is None else getattr(day.about, lang)
    slogan = f"“{day.slogan.text}”"
    return Happening(
        f"day.{day.id}",
        "day",
        day.date,
        day.date,
        day.name,
        "\n".join(text for text in (about, slogan) if text),
    )


def _hanging(campaign: Campaign, lang: Lang) -> Iterator[Happening]:
    """Each period once: it is the same banners that hang for days of one period."""

    def period(day: Day) -> tuple[date, date]:
        return day.period.first, day.period.last

    sorts = SORTS[lang]
    for (first, last), group in groupby(sorted(campaign.days, key=period), key=period):
        days = list(group)
        names = "; ".join(day.name for day in days)
        slogans = "\n".join(dict.fromkeys(f"“{day.slogan.text}”" for day in days))
        between = f"{short_date(first, lang)} – {short_date(last, lang)}"
        about = f"{names}\n{slogans}\n{between}"
        key = days[0].id
        yield Happening(f"hang.{key}", "hang", first, first, sorts["hang"], about)
        yield Happening(f"take-down.{key}", "take-down", last, last, sorts["take-down"], about)
        yield Happening(f"period.{key}", "period", first, last, f"{sorts['period']} ({between})", about)


def _of_duties(campaign: Campaign, agency: Agency, lang: Lang) -> Iterator[Happening]:
    """Duties with days of their own; what is a deadline or a banner's period already is not said twice."""
    hung = {(day.period.first, day.period.last) for day in campaign.days}
    for duty in () if campaign.duties is None else campaign.duties.duties:
        mine = agency.id == campaign.issuing_agency or duty.binds(agency.id, agency.level)
        days = [day for day in (duty.first, duty.last) if day is not None]
        if not mine or not days or (duty.first, duty.last) in hung:
            continue
        limit, what = duty.limit(campaign.deadlines, lang), getattr(duty.what, lang)
        whose = {"vi": "Đơn vị thực hiện", "en": "Who"}[lang]
        due = duty.first is None
        yield Happening(
            f"duty.{duty.id}",
            "deadline" if due else "duty",
            days[0],
            days[-1],
            f"{limit[0].upper()}{limit[1:]}: {what}" if due else f"{what} ({limit})",
            f"{whose}: {duty.who}",
        )


def _due(deadline: Deadline, lang: Lang) -> Happening:
    limit = deadline.limit(lang)
    title = f"{limit[0].upper()}{limit[1:]}: {getattr(deadline.what, lang)}"
    whose = {"vi": "Đơn vị thực hiện", "en": "Who"}[lang]
    about = "" if deadline.who is None else f"{whose}: {deadline.who}"
    return Happening(f"deadline.{deadline.id}", "deadline", deadline.date, deadline.date, title, about)
