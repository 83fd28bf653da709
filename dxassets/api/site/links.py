"""Each office's own link to the campaign's pages: as tables, and as a letter to each office."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import quote

from dxassets.agencies import Agency
from dxassets.agencies.csv_text import csv_bytes
from dxassets.api.drawing import draw_qr
from dxassets.api.letters import LetterWanted
from dxassets.api.merging import MergeWanted, Step, make_merged
from dxassets.api.project import with_document
from dxassets.api.site.wishes import checked_address
from dxassets.errors import AssetError, InputError, Problem
from dxassets.planner import Wanted, select
from dxassets.project import Project
from dxassets.report.papers import issuer_words
from dxassets.store import publish

CSV_TABLE, XLSX_TABLE, LETTER_TEXT, LETTERS = "lien-ket.csv", "lien-ket.xlsx", "cong-van.md", "cong-van"
CODES = "ma-qr"
"""The folder with each office's link as a code, called by the office's id: to print, or for a letter."""
HEADINGS = ("Mã", "Cơ quan", "Tên gọn", "Trang riêng", "Bản tiếng Anh")
"""Of the table's columns; the letter calls them by these names."""
_WIDTHS = (30, 48, 30, 72, 72)
_TEMPLATE = "templates/links/cong-van.md"
_PAGES = ("banner.html", "en/banner.html")
"""The pages that open for one office, and in which language."""


@dataclass(frozen=True, slots=True)
class LinksMade:
    """What was written: the tables, the letter's text (`kept` where it was there already), and the letters.

    `notices` say what deserves a look, `failed` whose letter could not be made and why.
    """

    files: tuple[Path, ...]
    agencies: int
    letters: int
    kept: bool = False
    notices: tuple[Problem, ...] = ()
    failed: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or 1 when a letter could not be made."""
        return 1 if self.failed else 0


def link_rows(project: Project, address: str, *, agencies: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """A row below `HEADINGS` for each office, or for those of the ids; `InputError` for unknown ones."""
    wish = Wanted(agencies=agencies, all_agencies=not agencies)
    return [_row(office, address) for office in select(wish, project).agencies]


def _row(office: Agency, address: str) -> tuple[str, ...]:
    own = (f"{address}{page}#co-quan={quote(office.id, safe='')}" for page in _PAGES)
    return (office.id, office.name, office.short_name, *own)


def make_links(
    project: Project,
    folder: str | Path,
    *,
    address: str | None = None,
    agencies: tuple[str, ...] = (),
    letter: LetterWanted | None = None,
    tables_made: Callable[[], None] | None = None,
    step: Step | None = None,
) -> LinksMade:
    """All offices' links in `folder`, as tables, as codes, and a letter that tells each its own.

    `address` is where the site lies, else what the campaign says (`[site] url`). The letter's text is made of
    a template where it is not there; whoever changes it keeps it. `InputError` before anything is written
    where there is no address, an id is unknown, or the letter's text can't be used. `tables_made` is called
    when the tables are there: letters take more than a second each, and nobody need wait for them.
    """
    place = checked_address(address or project.campaign.site.url)
    if place is None:
        raise InputError(_no_address())
    rows = link_rows(project, place, agencies=agencies)
    out = Path(folder)
    kept = (out / LETTER_TEXT).is_file()
    text = None if kept else _letter_text(project)
    files = [*_tables(out, rows), *_codes(project, out, rows)]
    if text is not None:
        files.append(publish(out, LETTER_TEXT, text))
    if tables_made is not None:
        tables_made()
    if text is None and not kept:
        return LinksMade(tuple(files), len(rows), 0, notices=(_no_letter(project),))
    made = make_merged(
        with_document(project, out / LETTER_TEXT, belongs=False),
        out / LETTERS,
        table=out / XLSX_TABLE,
        wanted=MergeWanted(letter or LetterWanted()),
        step=step,
    )
    all_files = (*files, *made.files)
    return LinksMade(all_files, len(rows), len(made.files), kept, made.notices, made.failed)


def _tables(out: Path, rows: list[tuple[str, ...]]) -> list[Path]:
    """The table for any program, and the one for Excel."""
    from dxassets.backends.workbook import write_workbook  # noqa: PLC0415  (openpyxl when needed)

    links = range(len(HEADINGS) - len(_PAGES), len(HEADINGS))
    book = write_workbook("Liên kết", HEADINGS, rows, widths=_WIDTHS, addresses=links)
    return [publish(out, CSV_TABLE, csv_bytes([HEADINGS, *rows])), publish(out, XLSX_TABLE, book)]


def _codes(project: Project, out: Path, rows: list[tuple[str, ...]]) -> Iterator[Path]:
    """A code for each row's page, with whose it is below it; where that is too long, with the plain words."""
    for office, _, short, own, _ in rows:
        try:
            made = draw_qr(own, label=short, project=project)
        except (InputError, AssetError):
            made = draw_qr(own, project=project)
        yield publish(out, f"{CODES}/{office}.png", made.data)


def _letter_text(project: Project) -> bytes | None:
    """The letter's text, filled with what the campaign's own letter says of its issuer; None without one."""
    if project.campaign.dispatch is None:
        return None
    words = issuer_words(project)
    subject = f"cung cấp địa chỉ lấy ấn phẩm truyền thông của chiến dịch “{words['title']}”"
    said = {**words, "subject": json.dumps(subject, ensure_ascii=False)}
    template = project.resources.read(_TEMPLATE).data.decode("utf-8-sig")
    return Template(template).safe_substitute(said).encode()


def _no_address() -> Problem:
    return Problem(
        "--links",
        "cần biết trang sẽ nằm ở đâu: thêm --url https://… , hoặc ghi url vào [site] của campaign.toml",
        "needs to know where the site will lie: add --url https://…, or url to [site] of campaign.toml",
    )


def _no_letter(project: Project) -> Problem:
    return Problem(
        project.source,
        "chiến dịch không có công văn (dispatch), nên chỉ có bảng, chưa có công văn gửi từng cơ quan",
        "the campaign has no letter (dispatch), so that there are tables, and no letters to go with them",
    )
