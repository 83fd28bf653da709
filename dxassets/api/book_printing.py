"""The book of outgoing documents in print: a PDF with the decree's cover and columns, or a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from dxassets.brand import parse_brand
from dxassets.dispatch import front_of
from dxassets.dispatch.frontmatter import decode, split_front_matter
from dxassets.errors import InputError, Problem
from dxassets.models import not_among
from dxassets.project import Project
from dxassets.register import COLUMNS, Book, opened
from dxassets.register.book import BookLine
from dxassets.register.printing import Cut, Printed, book_pdf
from dxassets.renderers.undrawable import undrawable
from dxassets.resources import BRAND_FILE, Resources
from dxassets.store import publish
from dxassets.vietnamese import upper

_FORMATS = ("pdf", "xlsx")
_WIDTHS = (18, 14, 46, 20, 40, 20, 10, 14, 14, 16)
_TITLE = "Văn bản đi"


@dataclass(frozen=True, slots=True)
class BookYear:
    """One year of a book: how many documents, its first and last number, and the next one."""

    year: int
    count: int
    first: int
    last: int
    next: int

    def to_json(self) -> dict[str, int]:
        """The same, by name."""
        return {name: cast("int", getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class BookTold:
    """A book, its years from the first on, and what was found when it was opened."""

    book: Book
    years: tuple[BookYear, ...]
    notes: tuple[Problem, ...]


def book_told(file: str | Path) -> BookTold:
    """What the book in `file` holds; `InputError` where there is no such book.

    What a killed run left half done is finished first.
    """
    path = Path(file)
    if not path.is_file():
        vi, en = "không có sổ này", "there is no such book"
        raise InputError(Problem(str(path), vi, en))
    with opened(path) as ledger:
        book = ledger.book
        years = sorted({line.day.year for line in book.lines})
        return BookTold(book, tuple(_year(book, year) for year in years), ledger.notes)


def _year(book: Book, year: int) -> BookYear:
    numbers = [line.number for line in book.of_year(year)]
    return BookYear(year, len(numbers), min(numbers), max(numbers), book.next_number(year))


def print_book(project: Project, told: BookTold, file: str | Path, *, year: int | None = None) -> Path:
    """Write one year of the book (its last) to `file`, .pdf or .xlsx; `InputError` for a year it lacks."""
    path = Path(file)
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in _FORMATS:
        raise InputError(not_among(f"-o {path.name}", suffix or path.name, known=_FORMATS))
    known = [each.year for each in told.years]
    if not known:
        raise InputError(Problem(told.book.source, "sổ chưa có văn bản nào để in", "the book is empty"))
    chosen = known[-1] if year is None else year
    if chosen not in known:
        raise InputError(not_among("--year", str(chosen), known=[str(each) for each in known]))
    lines = sorted(told.book.of_year(chosen), key=lambda line: (line.number, line.row))
    _refuse_undrawable(project, told.book.source, lines)
    data = _workbook(lines) if suffix == "xlsx" else _pdf(project, chosen, lines)
    return publish(path.parent, path.name, data)


def _refuse_undrawable(project: Project, source: str, lines: list[BookLine]) -> None:
    """`InputError` for signs that no face has; a person may have typed them into the book."""
    texts = ((f"{source}:{line.row}", cell) for line in lines for cell in _cells(line) if cell)
    problems = list(undrawable(texts, project.brand.typefaces.text, resources=project.resources))
    if problems:
        raise InputError(*problems)


def _workbook(lines: list[BookLine]) -> bytes:
    from dxassets.backends.workbook import write_workbook  # noqa: PLC0415  (openpyxl when needed)

    return write_workbook(_TITLE, COLUMNS, (_cells(line) for line in lines), widths=_WIDTHS)


def _cells(line: BookLine) -> tuple[str, ...]:
    """The ten cells of a line; its own further columns are not the decree's."""
    return (*line.cells, *[""] * len(COLUMNS))[: len(COLUMNS)]


def _pdf(project: Project, year: int, lines: list[BookLine]) -> bytes:
    parent, body = _issuer(project)
    printed = Printed(
        parent=parent,
        body=body,
        year=year,
        days=(lines[0].day, lines[-1].day),
        numbers=(lines[0].number, lines[-1].number),
        rows=tuple(_cells(line) for line in lines),
    )
    resources = project.resources
    return book_pdf(
        printed,
        fonts=_fonts(resources),
        template=lambda name: resources.read(f"templates/{name}").data.decode(),
    )


def _fonts(resources: Resources) -> Mapping[Cut, bytes]:
    face = parse_brand(resources.read(BRAND_FILE).data, BRAND_FILE).typefaces.text
    return {cast("Cut", cut): resources.read(f"brand/{name}").data for cut, name in face.files.items()}


def _issuer(project: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who keeps the book, as the campaign's letter heads its pages: the body above, and its own name."""
    campaign = project.campaign
    if campaign.dispatch is not None and (data := project.resources.data(campaign.dispatch)) is not None:
        source = campaign.dispatch
        front, _, _ = split_front_matter(decode(front_of(data, source), source, []), source, [])
        issuer = front.read([]).get("issuer", {})
        if issuer.get("body"):
            return tuple(issuer.get("parent", ())), tuple(issuer["body"])
    return (), (upper(campaign.issuer.name),)
