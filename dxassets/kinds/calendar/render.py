"""The recipe of a calendar: entries with alarms for a calendar file, one page for the wall."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from functools import partial

from dxassets.backends.ics import CalendarEntry, calendar_file
from dxassets.brand import Palette
from dxassets.colors import Rgb, contrast, luminance, oklab
from dxassets.jobs import MEDIA_TYPES, Facts, Job, Rendered
from dxassets.kinds.calendar.listing import SMALLEST, listed, size_of
from dxassets.kinds.calendar.months import grid_of, months_of
from dxassets.kinds.calendar.spec import SHEET_CUTS, CalendarSpec, DateSort, Happening
from dxassets.kinds.calendar.words import SORTS, WEEKDAYS, month_name, spoken_in
from dxassets.notation import short_date
from dxassets.renderers.faces import brand_of, templates_of
from dxassets.resources import Resources

_WIDTH, _HEIGHT = 297.0, 210.0
_DAY = 24 * 60
_EIGHT = 8 * 60
_HOURS: dict[DateSort, int] = {"hang": 8, "take-down": 16}
"""Banners are hung in the morning of the first day, and come down in the afternoon of the last."""
_ALARMS: dict[DateSort, tuple[int, ...]] = {
    "day": (_EIGHT - _DAY,),
    "deadline": (_EIGHT - 7 * _DAY, _EIGHT - 3 * _DAY, _EIGHT - _DAY),
    "duty": (_EIGHT - _DAY,),
    "hang": (-_DAY,),
    "take-down": (-_DAY,),
    "period": (),
}
"""Minutes from the beginning; whole days begin at midnight, so 8 o'clock of the day before is -16 hours."""
_LARGE_MONTHS = 2
_PAPER, _DEADLINE, _BLACK = Rgb(255, 255, 255), Rgb(0xB3, 0x26, 0x1E), Rgb(0x17, 0x20, 0x2E)
_LEAST_FILL = 1.3
"""Contrast with the paper from which a day's field is seen as one; its number is bold and dark besides."""
_LEAST_APART = 0.15
"""How far banners' frames must be from deadlines' in OKLab; red grounds are too near."""


def render(job: Job[CalendarSpec], resources: Resources) -> Rendered:
    """The calendar in the job's format."""
    if job.spec.format == "ics":
        return Rendered(ics_of(job.spec), "text/calendar", Facts(0, 0, "px", "text"))
    return _sheet(job, resources)


def ics_of(spec: CalendarSpec) -> bytes:
    """The file. Its stamp follows from year and revision alone, so it rises when the clerk says so."""
    stamp = datetime(spec.year, 1, 1, tzinfo=UTC) + timedelta(minutes=spec.revision)
    entries = (_entry(each, spec) for each in spec.happenings)
    return calendar_file(spec.title, entries, lang=spec.lang, stamp=stamp, revision=spec.revision)


def _entry(each: Happening, spec: CalendarSpec) -> CalendarEntry:
    return CalendarEntry(
        f"{each.name}.{spec.campaign}@dxassets",
        each.title,
        "\n".join(text for text in (each.about, f"{spec.title} – {spec.author}") if text),
        each.first,
        each.last,
        hour=_HOURS.get(each.sort),
        alarms=_ALARMS[each.sort],
        category=SORTS[spoken_in(spec.lang)][each.sort],
    )


def _sheet(job: Job[CalendarSpec], resources: Resources) -> Rendered:
    from dxassets.backends.pages import FontFace, html_to_pdf  # noqa: PLC0415  (WeasyPrint is slow to load)

    spec, brand = job.spec, brand_of(resources)
    face, lang = brand.typefaces.display, spoken_in(job.spec.lang)
    regular, bold = (
        resources.read(f"brand/{face.files[str(face.nearest(each))]}").data for each in SHEET_CUTS
    )
    months = [grid_of(year, month, spec.happenings) for year, month in months_of(spec.happenings)]
    theme = brand.theme(spec.theme) or brand.themes[0]
    dark, light = sorted((theme.palette.ground[0], theme.palette.ink), key=luminance)
    html = templates_of(resources, job.inputs).render(
        "calendar/sheet.html.j2",
        {
            "spec": spec, "lang": lang, "family": face.family, "palette": theme.palette, "dark": dark,
            "light": light, "marked": marked_field(theme.palette, dark, light), "hung": hung_frame(dark),
            "months": [(month_name(each.month, each.year, lang), each.weeks) for each in months],
            "weekdays": WEEKDAYS[lang], "sorts": SORTS[lang], "few": len(months) <= _LARGE_MONTHS,
            "columns": _columns(len(months)), "size": size_of(spec.happenings) or SMALLEST,
            "dates": [(short_date(each.first, lang), each) for each in listed(spec.happenings)],
            "shown": [name for name in SORTS[lang] if any(each.sort == name for each in spec.happenings)],
        },
    )  # fmt: skip
    data = html_to_pdf(
        html, fonts=(FontFace(face.family, regular), FontFace(face.family, bold, bold=True)), variant=None
    )
    facts = Facts(_WIDTH, _HEIGHT, "mm", "document", pages=1)
    return Rendered(data, MEDIA_TYPES["pdf"], facts, partial(_preview, data))


def marked_field(palette: Palette, dark: Rgb, light: Rgb) -> tuple[Rgb, Rgb]:
    """Field and number of a campaign's day: the accent, if it is one on white paper, else as the head."""
    if contrast(luminance(palette.accent), luminance(_PAPER)) >= _LEAST_FILL:
        return palette.accent, palette.badge_ink
    return dark, light


def hung_frame(ground: Rgb) -> Rgb:
    """The frame of days on which banners are hung or come down, apart from that of deadlines."""
    return ground if math.dist(oklab(ground), oklab(_DEADLINE)) >= _LEAST_APART else _BLACK


def _preview(pdf: bytes) -> bytes:
    from dxassets.backends.pdf_reader import page_to_pixels  # noqa: PLC0415
    from dxassets.backends.rasterizer import thumbnail  # noqa: PLC0415

    return thumbnail(page_to_pixels(pdf, 0, px_per_mm=4.0), 480)


def _columns(months: int) -> int:
    """Months beside each other."""
    return next(columns for most, columns in ((1, 1), (4, 2), (9, 3), (12, 4)) if months <= most)
