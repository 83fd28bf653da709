"""The letter's speed: beside the libraries that write it, beside LibreOffice, and how a long table grows."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import perf_counter

from bench.plain_letter import words_of, words_to_docx, words_to_pdf
from bench.table import Pace, Row, timed
from dxassets.backends.qr import encode
from dxassets.dispatch import Dispatch, LetterFill, parse_dispatch
from dxassets.kinds.letter.parts import Cut, LetterParts, QrPart
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx

ROOT = Path(__file__).parent.parent
CAMPAIGN = ROOT / "campaigns" / "daknong-2022"
TINOS = ROOT / "brand" / "fonts" / "tinos"
BLANK = LetterFill()
_CUTS: dict[Cut, str] = {
    "regular": "Tinos-Regular.ttf",
    "bold": "Tinos-Bold.ttf",
    "italic": "Tinos-Italic.ttf",
    "bold-italic": "Tinos-BoldItalic.ttf",
}


def rows(pace: Pace) -> Iterator[Row]:
    """Letter and annex, PDF and DOCX, warm; the PDF against LibreOffice; 500 rows against 50."""
    dispatch, runs = _bundled(), 2 * pace.runs(5)
    word = _word(dispatch)
    words, font = words_of(word), TINOS / _CUTS["regular"]
    _pdf(dispatch)
    words_to_pdf(words, font)
    # measured 0.8 to 1.25: fonts and style sheets that are kept make up for what the words alone lack
    yield timed(
        "letter and annex as PDF, warm",
        lambda _run: _pdf(dispatch),
        against="WeasyPrint alone on the same words",
        reference=lambda _run: words_to_pdf(words, font),
        at_most=2.0,
        runs=runs,
    )
    # measured 4.2 to 5.2: styles, numbering, fields, and the file packed again without its times
    yield timed(
        "letter and annex as DOCX, warm",
        lambda _run: _word(dispatch),
        against="python-docx alone on the same words",
        reference=lambda _run: words_to_docx(words),
        at_most=8.0,
        runs=runs,
    )
    with office(word) as convert:
        if convert is not None:
            # asked for: 0.35; measured 0.24 for the PDF alone (docs/architecture.md says why not an eighth)
            yield timed(
                "letter and annex, DOCX and PDF",
                lambda _run: (_word(dispatch), _pdf(dispatch)),
                against="LibreOffice's conversion",
                reference=lambda _run: convert(),
                at_most=0.35,
                runs=pace.runs(5),
                clock=perf_counter,
            )
    yield _growth(pace)


def _growth(pace: Pace) -> Row:
    """How many times longer both formats take for ten times the rows. Asked for: 12; measured 6 to 7.2."""
    rows = 20 if pace.quick else 50
    few, many = _of_rows(rows), _of_rows(10 * rows)
    return timed(
        f"annex of {10 * rows} rows, both formats",
        lambda _run: (_word(many), _pdf(many)),
        against=f"one of {rows}",
        reference=lambda _run: (_word(few), _pdf(few)),
        at_most=12.0,
        runs=pace.runs(3),
    )


@contextmanager
def office(word: bytes) -> Generator[Callable[[], None] | None]:
    """LibreOffice's conversion of a Word file, its profile warm: to be called; None without LibreOffice."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "letter.docx").write_bytes(word)
        command = [
            soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", folder, f"{folder}/letter.docx",
        ]  # fmt: skip
        environment = {**os.environ, "HOME": folder}

        def convert() -> None:
            subprocess.run(command, env=environment, check=True, capture_output=True, timeout=180)

        convert()
        yield convert


def _word(dispatch: Dispatch) -> bytes:
    return letter_docx(dispatch, BLANK, letter_parts())


def _pdf(dispatch: Dispatch) -> bytes:
    return letter_pdf(dispatch, BLANK, letter_parts())


@cache
def letter_parts() -> LetterParts:
    """What letters are made with here: the bundled face, templates and a code."""
    texts: dict[str, str] = {}

    def template(name: str) -> str:
        if name not in texts:
            texts[name] = (ROOT / "templates" / name).read_text(encoding="utf-8")
        return texts[name]

    url = "https://daknong.gov.vn/web/guest/chuyen-trang-chuyen-doi-so"
    return LetterParts(
        fonts={cut: (TINOS / name).read_bytes() for cut, name in _CUTS.items()},
        qr={"province": QrPart(encode(url), "daknong.gov.vn"), "zalo": QrPart(None, "zalo.me")},
        template=template,
    )


@cache
def _bundled() -> Dispatch:
    return parse_dispatch(
        (CAMPAIGN / "dispatch.md").read_bytes(),
        {"annex.toml": (CAMPAIGN / "annex.toml").read_bytes()},
        "dispatch.md",
    )


@cache
def _of_rows(count: int) -> Dispatch:
    """The bundled letter, its annex's first row so many times."""
    text = (CAMPAIGN / "annex.toml").read_text(encoding="utf-8")
    head, row, *_ = text.split("[[table.rows]]")
    annex = head + "".join(f"[[table.rows]]{row}" for _ in range(count))
    return parse_dispatch(
        (CAMPAIGN / "dispatch.md").read_bytes(), {"annex.toml": annex.encode()}, "dispatch.md"
    )
