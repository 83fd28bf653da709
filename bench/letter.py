"""The letter's speed: both formats warm, the PDF beside LibreOffice's, and how a long table grows."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from bench.table import Row, interleaved
from dxassets.backends.qr import encode
from dxassets.dispatch import Dispatch, LetterFill, parse_dispatch
from dxassets.kinds.letter.parts import Cut, LetterParts, QrPart
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx

ROOT = Path(__file__).parent.parent
CAMPAIGN = ROOT / "campaigns" / "daknong-2022"
TINOS = ROOT / "brand" / "fonts" / "tinos"
BLANK = LetterFill()
BOTH_SECONDS = 0.8
TIMES_FASTER = 8.0
GROWTH = 12.0
_CUTS: dict[Cut, str] = {
    "regular": "Tinos-Regular.ttf",
    "bold": "Tinos-Bold.ttf",
    "italic": "Tinos-Italic.ttf",
    "bold-italic": "Tinos-BoldItalic.ttf",
}


def rows() -> Sequence[Row]:
    """Letter and annex, DOCX and PDF, warm; PDF against LibreOffice; 500 rows against 50."""
    dispatch = _bundled()
    word = _word(dispatch)
    _pdf(dispatch)
    [both] = interleaved([lambda _: (_word(dispatch), _pdf(dispatch))], 5)
    found = [Row("letter and annex, DOCX + PDF, warm", both, BOTH_SECONDS, "s")]
    with _office(word) as convert:
        if convert is not None:
            pdf, office = interleaved([lambda _: _pdf(dispatch), lambda _: convert()], 5)
            detail = f"{pdf:.2f} s, LibreOffice {office:.2f} s"
            found.append(
                Row(
                    "PDF, times faster than LibreOffice",
                    office / pdf,
                    TIMES_FASTER,
                    "×",
                    at_most=False,
                    detail=detail,
                )
            )
    found.append(Row("annex of 500 rows to one of 50", growth(), GROWTH, "×"))
    return found


def growth() -> float:
    """How many times longer both formats take for an annex of 500 rows than for one of 50."""
    few, many = _of_rows(50), _of_rows(500)
    short, long = interleaved([lambda _: (_word(few), _pdf(few)), lambda _: (_word(many), _pdf(many))], 3)
    return long / short


@contextmanager
def _office(word: bytes) -> Generator[Callable[[], None] | None]:
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
    return letter_docx(dispatch, BLANK, _parts())


def _pdf(dispatch: Dispatch) -> bytes:
    return letter_pdf(dispatch, BLANK, _parts())


@cache
def _parts() -> LetterParts:
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
