"""Letters for a whole table beside one letter, and `lint` beside LibreOffice's opening of the same file."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.letter import office
from bench.memory import CAN_TELL, peak_of
from bench.table import Pace, Row, family_time, seconds_of, timed
from dxassets.api import LetterWanted, load_campaign, make_letters
from dxassets.api.merging import MergeWanted, make_merged
from dxassets.checks.nd30 import lint_file
from dxassets.checks.nd30.times import times_width
from dxassets.dispatch import LetterFill, Paragraph, Run, parse_dispatch
from dxassets.kinds.letter.word_letter import letter_docx
from dxassets.project import Project

ROOT = Path(__file__).parent.parent
CAMPAIGN = ROOT / "campaigns" / "daknong-2022"
_PAGES, _PARAGRAPHS_A_PAGE = 20, 14
_MERGE = """
import sys
from dxassets.api import load_campaign
from dxassets.api.merging import MergeWanted, make_merged
folder, table, out = sys.argv[1:]
make_merged(load_campaign(folder), out, table=table, wanted=MergeWanted(one_file=True))
"""


def rows(pace: Pace) -> Iterator[Row]:
    """300 merged letters, files and memory; `lint` of 20 pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _merged(folder, 30 if pace.quick else 300)
    yield from _linted(pace)


def _merged(folder: Path, count: int) -> Iterator[Row]:
    """Merged letters in files against as many times one warm letter; memory of many against that of few."""
    camp = folder / "camp"
    shutil.copytree(CAMPAIGN, camp)
    text = (camp / "dispatch.md").read_text(encoding="utf-8")
    first = text.index("addressees = [")
    end = text.index("]", first)
    (camp / "dispatch.md").write_text(
        text[:first] + 'addressees = ["{Họ và tên}, {Đơn vị}"' + text[end:], encoding="utf-8"
    )
    project, plain = load_campaign(camp), load_campaign()
    many, few = _table(folder / "many.csv", count), _table(folder / "few.csv", max(count // 10, 3))
    _one(plain, folder / "one", 1)
    single = median(
        seconds_of(partial(_one, plain, folder / "one", number), clock=family_time) for number in range(2, 7)
    )
    whole = seconds_of(
        lambda: make_merged(project, folder / "many", table=many, wanted=MergeWanted()), clock=family_time
    )
    # measured 0.80 with 30 rows: one letter's plan judges the campaign's files anew, a table's does so once
    yield Row(
        f"{count} merged letters, DOCX and PDF with their gates",
        whole,
        against=f"{count} × one warm letter of the campaign",
        reference=count * single,
        at_most=1.0,
    )
    if CAN_TELL:
        peaks = [peak_of(_MERGE, str(camp), str(each), str(folder / each.stem)) for each in (many, few)]
        yield Row(
            f"memory of {count} merged letters in one file", peaks[0],
            against="a tenth of them", reference=peaks[1], unit="B", at_most=1.15,
        )  # fmt: skip


def _table(path: Path, count: int) -> Path:
    guests = [(f"Nguyễn Văn {at}", f"Trường THPT số {at}") for at in range(1, count + 1)]
    out = io.StringIO()
    csv.writer(out).writerows([("Họ và tên", "Đơn vị"), *guests])
    path.write_text(out.getvalue(), encoding="utf-8-sig")
    return path


def _one(project: Project, folder: Path, number: int) -> None:
    """A letter of another number each time: the pages of one and the same are kept."""
    make_letters(project, folder, wanted=LetterWanted(number=str(number)))


def _linted(pace: Pace) -> Iterator[Row]:
    """A Word file of twenty pages: what `lint` takes beside LibreOffice, which opens it to print it."""
    from bench.letter import letter_parts  # noqa: PLC0415  (fonts are read when they are needed)

    bundled = parse_dispatch(
        (CAMPAIGN / "dispatch.md").read_bytes(),
        {"annex.toml": (CAMPAIGN / "annex.toml").read_bytes()},
        "dispatch.md",
    )
    sentence = "Các cơ quan, đơn vị, địa phương tổ chức tuyên truyền, phổ biến và hỗ trợ người dân. " * 3
    lines = tuple(Paragraph("text", (Run(sentence.strip()),)) for _ in range(_PAGES * _PARAGRAPHS_A_PAGE))
    long = type(bundled)(bundled.particulars, (*bundled.body[:-1], *lines, bundled.body[-1]), bundled.annexes)
    word = letter_docx(long, LetterFill(), letter_parts())
    with office(word) as convert:
        if convert is not None:
            yield timed(
                f"lint of a Word file of {_PAGES} pages",
                lambda _run: lint_file(word, "a.docx", times_width),
                against="opening it in LibreOffice",
                reference=lambda _run: convert(),
                at_most=0.5,
                runs=pace.runs(5),
                clock=perf_counter,
            )
