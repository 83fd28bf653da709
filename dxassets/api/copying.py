"""Makes a copy in electronic form of a scanned document: its caption, and where the body signs (Mẫu 3.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from dxassets.backends.written import UnreadableError
from dxassets.errors import InputError, Problem
from dxassets.foreign import os_error
from dxassets.kinds.letter.electronic_copy import (
    COPY_FORMS,
    FIELD,
    TEMPLATE,
    caption_box,
    caption_words,
    doubts_of_scan,
    faults_of_scan,
)
from dxassets.models import not_among
from dxassets.project import Project
from dxassets.renderers.undrawable import undrawable
from dxassets.store import publish
from dxassets.vietnamese import clean

MOST_BYTES = 500 << 20
_SIGNS = "Chữ ký số của cơ quan, tổ chức sao văn bản"
_INK, _INKED = 128, 0.01
"""Darker than this is ink; where more than this share of the caption's place is, something stands there."""
_PX_PER_MM = 4.0


@dataclass(frozen=True, slots=True)
class CopyMade:
    """The file that was written, and what of the scan deserves a look."""

    file: Path
    notices: tuple[Problem, ...]


def make_copy(project: Project, scan: str | Path, out: str | Path, *, form: str, office: str) -> CopyMade:
    """Write the copy of `scan` (a PDF) to `out`; `form` is ``sao-y``, ``sao-luc`` or ``trich-sao``.

    `office` makes the copy. `InputError` for a scan that is none by the decree; it is never written over.
    """
    if form not in COPY_FORMS:
        raise InputError(not_among("--form", form, known=tuple(COPY_FORMS)))
    data, target = _read(Path(scan)), _target(Path(scan), Path(out))
    name = _office(project, office)
    done, notices = _copied(project, data, form=form, office=name, where=str(scan))
    return CopyMade(publish(target.parent, target.name, done), notices)


def _copied(
    project: Project, data: bytes, *, form: str, office: str, where: str
) -> tuple[bytes, tuple[Problem, ...]]:
    from dxassets.backends.pdf_caption import captioned, sheet_of  # noqa: PLC0415  (see electronic_copy)
    from dxassets.backends.pdf_reader import page_pictures  # noqa: PLC0415  (the same)

    try:
        sheet, pages = sheet_of(data), page_pictures(data)
        faults = [replace(each, where=where) for each in faults_of_scan(sheet, pages)]
        if faults:
            raise InputError(*faults)
        box = caption_box(sheet.width)
        caption = _caption(project, caption_words(form, office), (sheet.width, sheet.height), box=box)
        done = captioned(data, caption, field=box, name=FIELD, told=_SIGNS)
    except UnreadableError as error:
        raise InputError(Problem(where, error.vi, error.en)) from error
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(Problem(where, "không phải tệp PDF đọc được", "is not a readable PDF")) from error
    doubts = [replace(each, where=where) for each in doubts_of_scan(form, sheet, pages)]
    return done, (*doubts, *_covered(data, box, where))


def _caption(project: Project, words: str, size: tuple[float, float], *, box: tuple[float, ...]) -> bytes:
    from dxassets.backends.pages import FontFace, html_to_pdf  # noqa: PLC0415  (see `_copied`)
    from dxassets.backends.templating import Templates  # noqa: PLC0415  (the same)
    from dxassets.dispatch import FORM  # noqa: PLC0415  (the same)

    face = project.brand.typefaces.text
    font = project.resources.read(f"brand/{face.files['regular']}").data
    templates = Templates(lambda name: project.resources.read(f"templates/{name}").data.decode())
    html = templates.render(
        TEMPLATE,
        {
            "words": words,
            "width_mm": size[0],
            "height_mm": size[1],
            "box": box,
            "size_pt": FORM.signing_mark_pt,
            "family": face.family,
        },
    )
    return html_to_pdf(html, fonts=(FontFace(face.family, font, plain=True),), variant=None)


def _covered(data: bytes, box: tuple[float, ...], where: str) -> tuple[Problem, ...]:
    """A word where something of the scan stands already in the caption's place."""
    from dxassets.backends.pdf_reader import page_to_pixels  # noqa: PLC0415  (see `_copied`)

    left, top, right, bottom = (round(side * _PX_PER_MM) for side in box)
    place = page_to_pixels(data, 0, px_per_mm=_PX_PER_MM)[top:bottom, left:right].max(axis=2)
    if not place.size or (place < _INK).mean() <= _INKED:
        return ()
    vi = "góc trên bên phải trang đầu đã có chữ hoặc vết; hãy xem phần ghi của bản sao có đè lên không"
    en = "something stands at the top right of the first page; see that the caption does not cover it"
    return (Problem(where, vi, en),)


def _office(project: Project, office: str) -> str:
    name = clean(office)
    problems = list(undrawable([("--by", name)], project.brand.typefaces.text, resources=project.resources))
    if not name:
        problems = [Problem("--by", "không được để trống", "must not be empty")]
    if problems:
        raise InputError(*problems)
    return name


def _read(scan: Path) -> bytes:
    try:
        if scan.stat().st_size > MOST_BYTES:
            raise InputError(Problem(str(scan), "lớn hơn 500 MB", "is over 500 MB"))
        return scan.read_bytes()
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(scan), f"không đọc được: {vi}", f"can't be read: {en}")) from error


def _target(scan: Path, out: Path) -> Path:
    if out.suffix.lower() != ".pdf":
        raise InputError(Problem(f"-o {out}", "phải là tệp .pdf", "must be a .pdf file"))
    if out.exists() and out.samefile(scan):
        vi, en = (
            "là chính tệp quét; bản quét không bao giờ bị ghi đè",
            "is the scan, which is never written over",
        )
        raise InputError(Problem(f"-o {out}", vi, en))
    return out
