"""What the words of scripts and posts are filled with, and which of a campaign's days are of which sort."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from dxassets.campaign import Campaign
from dxassets.days import Day
from dxassets.jobs import LinkWords, link_words

_HOLE = re.compile(r"\{([a-z-]+)\}")
DayOf = Literal["day", "eve", "first", "last", "plain"]
"""A day of the campaign, the one before it, the first and last on which banners hang, and any other."""


def words_of_day(day: Day) -> dict[str, str]:
    """What a sentence may say of a day, by the name of the hole; “” where the campaign does not tell it."""
    return {
        "ngay": day.name,
        "ngay-thang": f"{day.date:%d/%m/%Y}",
        "loi-chao": bare(day.greeting or f"Hưởng ứng {day.name}"),
        "y-nghia": "" if day.about is None else day.about.vi,
        "khau-hieu": bare(day.slogan.text),
        "khau-hieu-ngan": bare(day.slogan.short or day.slogan.text),
        "tu-ngay": f"ngày {day.period.first:%d/%m/%Y}",
        "den-ngay": f"ngày {day.period.last:%d/%m/%Y}",
    }


def holes_in(text: str) -> list[str]:
    """The names of the holes of a text."""
    return _HOLE.findall(text)


def filled(text: str, words: Mapping[str, str]) -> str | None:
    """`text` with its holes filled; None where one of them is empty."""
    if not all(words.get(name) for name in holes_in(text)):
        return None
    return _HOLE.sub(lambda hole: words[hole[1]], text)


def is_vietnamese(campaign: Campaign, day: Day | None = None) -> bool:
    """Whether a campaign, or one of its days, speaks Vietnamese."""
    lang = campaign.lang if day is None else day.lang or campaign.lang
    return lang.partition("-")[0] == "vi"


def vietnamese_days(campaign: Campaign) -> Iterator[Day]:
    """The days of which something may be said in Vietnamese."""
    return (day for day in campaign.days if is_vietnamese(campaign, day))


def main_words(campaign: Campaign) -> LinkWords | None:
    """Where the campaign sends people, and what stands beside it; None where it sends them nowhere."""
    main = campaign.main_link
    return next((each for each in link_words(campaign) if main is not None and each.id == main.id), None)


def bare(text: str) -> str:
    """Without a stop at its end: the sentence brings its own."""
    return text.rstrip(" .!")


def days_told(campaign: Campaign) -> set[date]:
    """Every day on which something may be said: the campaign's days, and all on which banners hang."""
    found = {day.date for day in campaign.days}
    for day in campaign.days:
        length = (day.period.last - day.period.first).days + 1
        found |= {day.period.first + timedelta(days=at) for at in range(length)}
    return found


def is_a(sort: DayOf, day: date, campaign: Campaign) -> bool:
    """Whether a day is one of that sort; every day is a plain one, too."""
    eve = day + timedelta(days=1)
    sorts: dict[DayOf, bool] = {
        "day": any(day == each.date for each in campaign.days),
        "eve": any(eve == each.date for each in campaign.days),
        "first": any(day == each.period.first for each in campaign.days),
        "last": any(day == each.period.last for each in campaign.days),
        "plain": True,
    }
    return sorts[sort]
