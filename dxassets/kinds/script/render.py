"""The recipe of a script: a plain text, a file for voices, a Word file and a page to be read aloud from."""

from __future__ import annotations

from functools import partial
from html import escape

from dxassets.backends.word import ParagraphStyle, WordDocument
from dxassets.dispatch import Run
from dxassets.jobs import MEDIA_TYPES, Facts, Job, Rendered
from dxassets.kinds.paper import (
    PAPER_HEIGHT,
    PAPER_WIDTH,
    add_table,
    begin_paper,
    finished_paper,
    paper_look,
)
from dxassets.kinds.script.spec import Broadcast, ScriptSpec, Version
from dxassets.kinds.script.words import (
    COLUMNS,
    HEAD,
    PLAN,
    how_to_read,
    marked,
    measured,
    not_known,
    sentence_case,
)
from dxassets.notation import long_date
from dxassets.renderers.faces import brand_of, templates_of
from dxassets.resources import Resources

_TEXT_PT, _LINE_PT = 15.0, 27.0
"""Read at arm's length, standing: 14 to 16 pt, lines nearly twice as high."""
_PAUSE_MS = {False: 300, True: 700}
_VERSION = ParagraphStyle("Bản", "Ban", 16, bold=True, before_pt=14, keep_with_next=True, outline=2)
_LENGTH = ParagraphStyle("Thời gian đọc", "ThoiGianDoc", 14, italic=True, after_pt=6, keep_with_next=True)
_SAID = ParagraphStyle("Lời đọc", "LoiDoc", _TEXT_PT, line_pt=_LINE_PT, after_pt=8)
_LOOK = paper_look(_TEXT_PT, 18, 14, _VERSION, _LENGTH, _SAID, about_after_pt=6)


def render(job: Job[ScriptSpec], resources: Resources) -> Rendered:
    """The script in the job's format."""
    spec = job.spec
    if spec.format == "txt":
        return Rendered(_txt(spec).encode(), "text/plain", Facts(0, 0, "px", "text"))
    if spec.format == "ssml":
        return Rendered(_ssml(spec).encode(), "application/ssml+xml", Facts(0, 0, "px", "text"))
    notes = tuple(
        (line, f"not known how to read: {', '.join(spec.unknown)}") for line in [not_known(spec)] if line
    )
    if spec.format == "docx":
        return finished_paper(_docx(spec), notes=notes)
    return _pdf(job, resources, notes)


def _txt(spec: ScriptSpec) -> str:
    """The script without type, marks for breath and all."""
    lines = [HEAD, spec.title, spec.author, "", how_to_read(spec), *_lines(not_known(spec))]
    for version in spec.versions:
        lines += ["", version.title.upper(), measured(version), *_lines(version.remark), ""]
        lines += [marked(paragraph) for paragraph in version.paragraphs]
    if spec.broadcasts:
        lines += ["", PLAN.upper()]
        lines += [" | ".join(_row(each)) for each in spec.broadcasts]
    return "\n".join([*lines, ""])


def _lines(text: str) -> list[str]:
    return [text] if text else []


def _row(each: Broadcast) -> tuple[str, str, str]:
    return long_date(each.day, "vi"), each.hour, each.version


def _ssml(spec: ScriptSpec) -> str:
    """One version for a voice: paragraphs, and a pause for each breath."""
    paragraphs: list[str] = []
    for paragraph in spec.versions[0].paragraphs:
        said = "".join(
            f'{escape(phrase.text)}<break time="{_PAUSE_MS[phrase.ends]}ms"/>'
            for phrase in sentence_case(paragraph)
        )
        paragraphs.append(f"  <p>{said}</p>")
    body = "\n".join(paragraphs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="vi-VN">\n'
        f"{body}\n</speak>\n"
    )


def _docx(spec: ScriptSpec) -> bytes:
    document = begin_paper(_LOOK, HEAD, title=spec.title, author=spec.author)
    document.add_line(how_to_read(spec), _LOOK.note)
    for line in _lines(not_known(spec)):
        document.add_line(line, _LOOK.note)
    for version in spec.versions:
        _add_version(document, version)
    if spec.broadcasts:
        document.add_line(PLAN, _VERSION)
        rows = [_row(each) for each in spec.broadcasts]
        add_table(document, _LOOK, COLUMNS, rows, widths_mm=(90.0, 27.0, 45.0))
    return document.to_bytes()


def _add_version(document: WordDocument, version: Version) -> None:
    document.add_line(version.title, _VERSION)
    document.add_line(measured(version), _LENGTH)
    for line in _lines(version.remark):
        document.add_paragraph((Run(line),), _LENGTH)
    for paragraph in version.paragraphs:
        document.add_line(marked(paragraph), _SAID)


def _pdf(job: Job[ScriptSpec], resources: Resources, notes: tuple[tuple[str, str], ...]) -> Rendered:
    from dxassets.backends.pages import FontFace, html_to_pdf  # noqa: PLC0415  (WeasyPrint is slow to load)
    from dxassets.backends.pdf_reader import page_sizes  # noqa: PLC0415

    spec = job.spec
    face = brand_of(resources).typefaces.text
    fonts = tuple(
        FontFace(
            face.family, resources.read(f"brand/{name}").data, bold="bold" in cut, italic="italic" in cut
        )
        for cut, name in face.files.items()
    )
    versions = [
        {"title": each.title, "measured": measured(each), "remark": each.remark,
         "paragraphs": [marked(paragraph) for paragraph in each.paragraphs]}
        for each in spec.versions
    ]  # fmt: skip
    html = templates_of(resources, job.inputs).render(
        "script/script.html.j2",
        {
            "spec": spec, "head": HEAD, "how": how_to_read(spec), "unknown": not_known(spec),
            "versions": versions,
            "plan": PLAN, "columns": COLUMNS, "rows": [_row(each) for each in spec.broadcasts],
            "family": face.family, "text_pt": _TEXT_PT, "line_pt": _LINE_PT,
        },
    )  # fmt: skip
    data = html_to_pdf(html, fonts=fonts)
    pages = page_sizes(data)
    facts = Facts(PAPER_WIDTH, PAPER_HEIGHT, "mm", "document", pages=len(pages), notes=notes)
    return Rendered(data, MEDIA_TYPES["pdf"], facts, partial(_preview, data))


def _preview(pdf: bytes) -> bytes:
    from dxassets.backends.pdf_reader import page_to_pixels  # noqa: PLC0415
    from dxassets.backends.rasterizer import thumbnail  # noqa: PLC0415

    return thumbnail(page_to_pixels(pdf, 0, px_per_mm=4.0), 480)
