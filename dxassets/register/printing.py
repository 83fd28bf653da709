"""The book as Phụ lục IV shows it: a cover, then A4 pages on their side with the ten columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dxassets.backends.templating import Templates
from dxassets.register.entry import COLUMNS

Cut = Literal["regular", "bold", "italic", "bold-italic"]
TEMPLATE, STYLE_SHEET = "register/book.html.j2", "register/book.css.j2"
FAMILY = "Tinos"
_SHARES = (9.6, 8.4, 20.5, 10.0, 20.5, 8.8, 5.6, 6.4, 7.0, 5.4)  # of the width; the decree has none
_SLASH = re.compile(r"(?<=\w)/(?=\w{1,3}\b)")
_CENTRED = frozenset({0, 1, 6, 7})


@dataclass(frozen=True, slots=True)
class Printed:
    """One year of a book: who keeps it (in lines), from and to which day and number, and its rows."""

    parent: tuple[str, ...]
    body: tuple[str, ...]
    year: int
    days: tuple[date, date]
    numbers: tuple[int, int]
    rows: tuple[tuple[str, ...], ...]


def book_pdf(printed: Printed, *, fonts: Mapping[Cut, bytes], template: Callable[[str], str]) -> bytes:
    """The book as PDF/A-2a; same bytes for the same input. `template` gives a template's text by its name."""
    from dxassets.backends.pages import FontFace, html_to_pdf  # noqa: PLC0415  (WeasyPrint when needed)

    templates = Templates(template, filters={"kept": _kept})
    context: dict[str, object] = {
        "book": printed,
        "days": tuple(f"{day:%d/%m/%Y}" for day in printed.days),
        "numbers": tuple(f"{number:02d}" for number in printed.numbers),
        "columns": COLUMNS,
        "shares": [share * 100 / sum(_SHARES) for share in _SHARES],
        "centred": _CENTRED,
        "family": FAMILY,
    }
    faces = tuple(
        FontFace(FAMILY, data, bold="bold" in cut, italic="italic" in cut) for cut, data in fonts.items()
    )
    css = templates.render(STYLE_SHEET, context)
    return html_to_pdf(templates.render(TEMPLATE, context), fonts=faces, css=css)


def _kept(text: str) -> str:
    """`text` with joiners, which have no glyph, where the engine would break a word such as “(b/c)”."""
    return _SLASH.sub("/\u2060", text)
