"""What the page of reports offers: each unit's form, and the sums so far.

A form weighs 8 kB. Those of a province lie in the site as files; of more units the page makes them itself, of
one blank: the country's 3,321 would weigh 26 MB. A server makes each when it is asked for.
"""

from __future__ import annotations

from pathlib import Path

from dxassets.api.report_forms import (
    DEADLINE,
    ReportWanted,
    file_of,
    form_books,
    forms_to_offer,
    until_of,
)
from dxassets.api.reporting import CHART, CHART_WORDS
from dxassets.checks import read_back
from dxassets.errors import InputError, Problem
from dxassets.foreign import os_error
from dxassets.models import Bilingual
from dxassets.project import Project
from dxassets.renderers.site import SiteChart, SiteForms, SiteUnit

MOST_LAID = 400
"""Forms that lie in a site as files: 3 MB of them."""
SERVED = "api/v1/report?agency="
"""Where a server makes the form of the unit whose id follows."""
_FOLDER, _PNG = "forms/", b"\x89PNG\r\n\x1a\n"
MOST_CHART_BYTES, LONGEST_CHART_WORDS = 2_000_000, 4000


def forms_of(project: Project, *, served: bool) -> SiteForms | None:
    """The forms of all units that report; None where the campaign asks for no figures."""
    offered = forms_to_offer(project)
    if offered is None:
        return None
    form, units = offered
    due = {unit.id: until_of(project, unit, ReportWanted()) for unit in units}
    kinds = {until: at for at, until in enumerate(dict.fromkeys(due.values()))}
    laid = len(units) <= MOST_LAID and not served
    shown: list[SiteUnit] = []
    files: dict[str, bytes] = {}
    books = form_books(project, form)
    for unit in units:
        place = f"{SERVED}{unit.id}" if served else f"{_FOLDER}{file_of(unit)}" if laid else ""
        above = ", ".join(filter(None, (unit.district, unit.province)))
        shown.append(SiteUnit(unit.id, unit.name, above, place, kinds[due[unit.id]]))
        if laid:
            files[place] = books.of(unit, due[unit.id])
    blanks = () if laid or served else tuple(books.parts(until) for until in kinds)
    limits = tuple(
        Bilingual(vi=each.limit("vi"), en=each.limit("en"))
        for each in project.campaign.deadlines
        if each.id == DEADLINE
    )
    return SiteForms(form.title, tuple(shown), limits, files, blanks)


def chart_in(folder: Path) -> SiteChart:
    """The picture of sums in a folder of `report collect`; `InputError` where none can be shown."""
    try:
        picture = (folder / f"{CHART}.png").read_bytes()
        words = (folder / CHART_WORDS).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        vi, en = os_error(error) if isinstance(error, OSError) else ("không phải UTF-8", "is not UTF-8")
        raise InputError(_no_chart(folder, f" ({vi})", f" ({en})")) from error
    try:
        size = read_back(picture, "image/png")
    except ValueError as error:
        raise InputError(_no_chart(folder, "", "")) from error
    if (
        size is None
        or not picture.startswith(_PNG)
        or len(picture) > MOST_CHART_BYTES
        or not 0 < len(words) <= LONGEST_CHART_WORDS
    ):
        raise InputError(_no_chart(folder, "", ""))
    return SiteChart(picture, words, round(size[0]), round(size[1]))


def _no_chart(folder: Path, vi: str, en: str) -> Problem:
    return Problem(
        f"--sums {folder}",
        f"không có {CHART}.png và {CHART_WORDS} dùng được{vi}; "
        "hãy chỉ thư mục kết quả của dxassets report collect",
        f"holds no {CHART}.png and {CHART_WORDS} that can be shown{en}; "
        "name the folder that dxassets report collect wrote",
    )
