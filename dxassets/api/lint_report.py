"""The linter's report as one HTML file: a PDF's pages as pictures, a Word file's text, faults marked."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxassets.backends.pdf_reader import page_to_pixels
from dxassets.backends.rasterizer import pixels_to_png
from dxassets.backends.templating import Templates
from dxassets.checks.nd30 import Examined
from dxassets.checks.nd30.letter import Letter
from dxassets.checks.nd30.marks import FaultPlace, marks_of
from dxassets.checks.nd30.rules import Finding
from dxassets.errors import Lang
from dxassets.resources import bundled_root

_PX_PER_MM = 4.0
_SHOWN_PAGES = 60
"""Pages that are shown; a letter has some ten."""
_ALIGNS = {"both": "justify"}
_SAID = {
    "title": ("Soi văn bản: {name}", "What the linter found: {name}"),
    "none": ("Không có lỗi.", "No faults."),
    "some": ("{errors} lỗi, {warnings} lưu ý.", "{errors} errors, {warnings} notes."),
    "page": ("Trang {at}", "Page {at}"),
    "error": ("Lỗi {rule}", "Error {rule}"),
    "warning": ("Lưu ý {rule}", "Note {rule}"),
}


@dataclass(frozen=True, slots=True)
class _MarkedPlace:
    """A mark on a page's picture, in percent of it."""

    number: int
    severity: str
    left: float
    top: float
    width: float
    height: float


def lint_page(data: bytes, name: str, examined: Examined, *, lang: Lang) -> str:
    """The report of the file `data` as HTML that needs nothing beside it."""
    letter, report = examined.letter, examined.report
    at = 0 if lang == "vi" else 1
    marks = marks_of(letter, report.findings)
    errors = sum(finding.rule.severity == "error" for finding in report.findings)
    count = _SAID["some" if report.findings else "none"][at]
    context: dict[str, object] = {
        "lang": lang,
        "title": _SAID["title"][at].format(name=name),
        "scope": (report.scope.vi, report.scope.en)[at],
        "count": count.format(errors=errors, warnings=len(report.findings) - errors),
        "pages": list(_pages(data, letter, report.findings, marks, at)),
        "paragraphs": list(_paragraphs(letter, marks)) if letter.word is not None else [],
        "findings": [
            {
                "name": _SAID[finding.rule.severity][at].format(rule=finding.rule.id),
                "wrong": finding.wrong[at],
                "cure": finding.cure[at],
                "where": finding.where[at],
                "clause": finding.rule.clause,
            }
            for finding in report.findings
        ],
    }
    root = bundled_root() / "templates"
    return Templates(lambda file: (root / file).read_text(encoding="utf-8")).render(
        "lint/report.html.j2", context
    )


def _pages(
    data: bytes, letter: Letter, findings: Sequence[Finding], marks: Sequence[FaultPlace], at: int
) -> Iterator[dict[str, object]]:
    """Each page of a PDF with what is marked on it."""
    for number, page in enumerate(letter.pdf.pages[:_SHOWN_PAGES] if letter.pdf is not None else (), start=1):
        picture = pixels_to_png(page_to_pixels(data, number - 1, px_per_mm=_PX_PER_MM))
        boxes = [
            _MarkedPlace(
                index,
                finding.rule.severity,
                *(
                    round(100 * value, 2)
                    for value in (
                        left / page.width,
                        top / page.height,
                        (right - left) / page.width,
                        (bottom - top) / page.height,
                    )
                ),
            )
            for index, (finding, mark) in enumerate(zip(findings, marks, strict=True), start=1)
            if mark.page == number
            for left, top, right, bottom in mark.boxes
        ]
        yield {
            "name": _SAID["page"][at].format(at=number),
            "picture": f"data:image/png;base64,{base64.b64encode(picture).decode()}",
            "marks": boxes,
        }


def _paragraphs(letter: Letter, marks: Sequence[FaultPlace]) -> Iterator[dict[str, object]]:
    """A Word file's paragraphs as they read: no program but Word knows its pages."""
    told: set[int] = set()
    for line in letter.lines:
        numbers = [
            index for index, mark in enumerate(marks, start=1) if mark.paragraph == line.paragraph >= 0
        ]
        first = line.paragraph not in told
        told.add(line.paragraph)
        align = line.shape.align if line.shape is not None else "left"
        yield {
            "text": line.text,
            "numbers": numbers if first else [],
            "align": _ALIGNS.get(align, align),
            "weight": "bold" if line.text and line.is_bold else "normal",
            "slope": "italic" if line.text and line.is_italic else "normal",
        }
