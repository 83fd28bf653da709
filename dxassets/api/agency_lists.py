"""Lists of agencies from Excel and for Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dxassets.agencies import Agency, agencies_csv, listed_rows, parse_agencies
from dxassets.agencies.csv_text import csv_bytes
from dxassets.agencies.headings import HEADINGS
from dxassets.agencies.imported import Imported, imported, sheet_of_csv
from dxassets.agencies.listed import NOTHING, table_of
from dxassets.agencies.table import MOST_TABLE_BYTES
from dxassets.campaign import parse_campaign_file
from dxassets.country import communes_of, departments_of, units_of
from dxassets.errors import CampaignError, InputError, Problem
from dxassets.foreign import os_error
from dxassets.models import not_among
from dxassets.project import Project
from dxassets.resources import CAMPAIGN_FILE, Resources, bundled_root, campaign_resources, find_campaign
from dxassets.store import publish
from dxassets.units import Units

_FORMATS = ("xlsx", "csv")
_WIDTHS = (34, 62, 30, 12, 24, 30, 20)
_TITLE = "Cơ quan"
_SAMPLE = b"PK\x03\x04"
"""How every archive begins, and so every .xlsx, whatever it is called."""


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
    path = Path(file)
    known = _format_of(path, "--import")
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_TABLE_BYTES else b""
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(path), f"không đọc được: {vi}", f"can't be read: {en}")) from error
    if size > MOST_TABLE_BYTES:
        vi, en = "tệp quá lớn để là một danh sách cơ quan", "is too large for a list of agencies"
        raise InputError(Problem(str(path), vi, en))
    source = path.as_posix()
    if known == "xlsx" or data.startswith(_SAMPLE):
        from dxassets.backends.workbook import read_workbook  # noqa: PLC0415  (openpyxl when needed)

        sheets = read_workbook(data, source)
    else:
        sheets = [sheet_of_csv(data, source)]
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
    if _format_of(path, "--export") == "csv":
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


def _format_of(path: Path, option: str) -> str:
    """The format by the file's ending; `InputError` for any other."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in _FORMATS:
        return suffix
    if suffix in {"xls", "xlsm", "xlsb", "ods"}:
        raise InputError(
            Problem(
                f"{option} {path.name}",
                f"không nhận tệp .{suffix}; hãy mở tệp rồi lưu thành “Excel Workbook (.xlsx)”",
                f".{suffix} is not taken; open the file and save it as “Excel Workbook (.xlsx)”",
            )
        )
    raise InputError(not_among(option, suffix or path.name, known=_FORMATS))
