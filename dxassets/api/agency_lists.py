"""Lists of agencies from Excel and for Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dxassets.agencies import Agency, agencies_csv, listed_rows, parse_agencies
from dxassets.agencies.csv_text import csv_bytes
from dxassets.agencies.headings import HEADINGS
from dxassets.agencies.imported import Imported, imported
from dxassets.agencies.listed import NOTHING, table_of
from dxassets.api.tables import format_of, read_sheets
from dxassets.campaign import parse_campaign_file
from dxassets.country import communes_of, departments_of, units_of
from dxassets.errors import CampaignError, InputError
from dxassets.project import Project
from dxassets.resources import CAMPAIGN_FILE, Resources, bundled_root, campaign_resources, find_campaign
from dxassets.store import publish
from dxassets.units import Units

_WIDTHS = (34, 62, 30, 12, 24, 30, 20)
_TITLE = "Cơ quan"


@dataclass(frozen=True, slots=True)
class ListHome:
    """Whom a list is for: what units are called there, the province, and the agencies known already."""

    units: Units
    province: str = ""
    known: tuple[Agency, ...] = ()


def list_home(campaign: str | Path) -> ListHome:
    """Whom a list for that campaign is for; its own list may be broken, since another is to replace it.

    `CampaignError` when its campaign.toml can't be read.
    """
    folder = find_campaign(str(campaign))
    resources = campaign_resources(folder)
    file = parse_campaign_file(resources.read(CAMPAIGN_FILE).data, (folder / CAMPAIGN_FILE).as_posix())
    listed: tuple[Agency, ...] = ()
    if file.agencies is not None and resources.find(file.agencies) is not None:
        try:
            listed = parse_agencies(resources.read(file.agencies).data, file.agencies)
        except CampaignError:
            listed = ()
    return ListHome(units_of(resources), file.province, (*listed, *_country(file.province)))


def _country(province: str) -> tuple[Agency, ...]:
    """The departments and communes that a province of today has; none for one of yesterday."""
    try:
        return (*departments_of(province), *communes_of(province))
    except InputError:
        return ()


def read_agency_list(file: str | Path, home: Project | ListHome | None = None) -> Imported:
    """The agencies of a table in an .xlsx or .csv file; for `home`, if their campaign is known.

    `InputError` with all that is wrong, each with its row's number.
    """
    source, sheets = Path(file).as_posix(), read_sheets(file, "--import")
    if isinstance(home, Project):
        campaign = home.campaign
        home = ListHome(campaign.units, campaign.province, (*campaign.offices, *_country(campaign.province)))
    if home is None:
        home = ListHome(units_of(Resources((bundled_root(),))))
    return imported(sheets, source, home.units, province=home.province, known=home.known)


def write_agency_list(
    agencies: Iterable[Agency], file: str | Path, *, to_check: Mapping[str, str] = NOTHING
) -> Path:
    """Write the agencies to an .xlsx or .csv file that Excel opens well; `read_agency_list` reads it back.

    `to_check` says, by id, what is still to be looked at (`marks_to_check`).
    """
    path = Path(file)
    headings, *rows = table_of(agencies, tuple(HEADINGS.values()), to_check=to_check)
    if format_of(path, "--export") == "csv":
        return publish(path.parent, path.name, csv_bytes([headings, *rows]))
    from dxassets.backends.workbook import write_workbook  # noqa: PLC0415  (openpyxl when needed)

    return publish(path.parent, path.name, write_workbook(_TITLE, headings, rows, widths=_WIDTHS))


def write_agencies_csv(
    agencies: Iterable[Agency], file: str | Path, *, to_check: Mapping[str, str] = NOTHING
) -> Path:
    """Write a campaign's `agencies.csv`; `to_check` says, by id, what is still to be looked at."""
    path = Path(file)
    return publish(path.parent, path.name, agencies_csv(agencies, to_check=to_check))


def marks_to_check(project: Project) -> dict[str, str]:
    """What the campaign's list says, by id, in its column of what is to be looked at."""
    name = project.campaign.agencies
    if name is None:
        return {}
    rows = listed_rows(project.resources.read(name).data, name)
    return {row.agency.id: row.check for row in rows if row.check}
