"""What the page of reports loads: forms as they are filled in, or blanks that it puts a unit's name into."""

from __future__ import annotations

from dxassets.renderers.site.handing import handed
from dxassets.renderers.site.model import Site, SiteForms
from dxassets.vietnamese import fold

BLANKS = "forms/blank-"
UNITS = "forms/units.js"
CHART = "forms/bieu-do.png"
_HAND = "dxassetsHand"


def report_files(site: Site) -> dict[str, bytes]:
    """The forms and the picture of sums, by path; of too many units what the page makes forms of."""
    found = {} if site.chart is None else {CHART: site.chart.picture}
    forms = site.forms
    if forms is None:
        return found
    found |= forms.files
    for number, parts in enumerate(forms.blanks):
        found[_path(number)] = handed(_HAND, f"blank {number}", parts)
    if forms.blanks:
        told = [[unit.id, unit.name, unit.above, unit.blank] for unit in forms.units]
        found[UNITS] = handed(_HAND, "units", told)
    return found


def report_data(forms: SiteForms) -> dict[str, object]:
    """What the page's script is told: whether it makes forms, and what their books are called."""
    return {"makes": bool(forms.blanks), "book": forms.title}


def example_of(site: Site) -> str:
    """What somebody may type to find the first unit: the last words of its name, without marks."""
    return "" if site.forms is None else " ".join(fold(site.forms.units[0].name).split()[-2:])


def _path(number: int) -> str:
    return f"{BLANKS}{number}.js"
