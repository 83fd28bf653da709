"""The book of outgoing documents: who gets which number, what is refused, what it looks like in print."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from dxassets.api.book_printing import book_told
from dxassets.errors import InputError, OutputError
from dxassets.register import COLUMNS, Registration, opened, parse_book
from dxassets.register.book import MOST_NUMBER
from dxassets.store import locked
from tests.dying_support import KilledError, deaths, dying
from tests.merge_support import GUESTS, invitation, workbook

if TYPE_CHECKING:
    from collections.abc import Callable


ROOT = Path(__file__).parent.parent
DAY = date(2026, 3, 5)
OWN = "Đắk Nông"


def entry(number: int, day: date = DAY, about: str = "Công văn V/v một việc") -> Registration:
    return Registration(number, "/SNV-VP", day, about, "Nguyễn Văn A", "Sở Y tế; Sở Nội vụ", "VT, VP")


def give(path: Path, count: int = 1, *, day: date = DAY) -> list[int]:
    """Numbers out of the book, each in a run of its own."""
    given: list[int] = []
    for _ in range(count):
        with opened(path) as ledger:
            given.append(ledger.number_for(day))
            ledger.add(entry(given[-1], day))
            ledger.commit()
    return given


def rows(path: Path) -> list[list[str]]:
    """The book by Python's own reader of CSV files."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


# --- numbers


def test_numbers_go_up_by_one_and_a_new_year_begins_at_one(tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    assert give(book, 3) == [1, 2, 3]
    assert give(book, day=date(2026, 12, 31)) == [4]
    assert give(book, 2, day=date(2027, 1, 1)) == [1, 2]
    head, *lines = rows(book)
    assert tuple(head) == COLUMNS
    assert [line[:2] for line in lines[:2]] == [["01/SNV-VP", "05/03/2026"], ["02/SNV-VP", "05/03/2026"]]
    assert lines[4] == ["01/SNV-VP", "01/01/2027", "Công văn V/v một việc", "Nguyễn Văn A",
                        "Sở Y tế; Sở Nội vụ", "VT, VP", "", "", "", ""]  # fmt: skip


def test_a_number_is_given_once_and_a_free_one_may_be_named(tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    give(book, 2)
    with opened(book) as ledger:
        with pytest.raises(InputError, match="number 2 of 2026 is 'Công văn V/v một việc' already"):
            ledger.number_for(DAY, 2)
        assert ledger.number_for(DAY, 9) == 9
        ledger.add(entry(9))
        ledger.commit()
    assert give(book) == [10]
    with opened(book) as ledger:
        assert ledger.number_for(DAY, 5) == 5  # the gap that 9 has left


def test_numbers_follow_the_days(tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    give(book, day=date(2026, 3, 5))
    with opened(book) as ledger, pytest.raises(InputError, match="later than 2026-03-04"):
        ledger.number_for(date(2026, 3, 4))
    with opened(book) as ledger:
        assert ledger.number_for(date(2026, 3, 5)) == 2
        assert ledger.number_for(date(2025, 3, 4)) == 1  # another year's book is another series


def test_a_year_has_999_999_numbers_at_most(tmp_path: Path) -> None:
    for last, free in ((MOST_NUMBER - 1, True), (MOST_NUMBER, False)):
        book = tmp_path / f"{last}.csv"
        with opened(book) as ledger:
            ledger.add(entry(last))
            ledger.commit()
        with opened(book) as ledger:
            if free:
                assert ledger.number_for(DAY) == 999_999
            else:
                with pytest.raises(InputError, match="has come to 999999"):
                    ledger.number_for(DAY)


def test_what_is_not_committed_takes_no_number(tmp_path: Path) -> None:
    book, out = tmp_path / "so.csv", tmp_path / "out"
    give(book)
    with opened(book) as ledger:
        ledger.staging.put(out, "a.txt", b"x")
        ledger.add(entry(ledger.number_for(DAY)))
    assert list(out.iterdir()) == []
    assert give(book) == [2]


# --- the file


def test_a_book_that_a_clerk_saved_from_excel_is_read_and_kept(tmp_path: Path) -> None:
    """Semicolons, another coding, dates as typed, further columns, blank rows, cells like formulas."""
    book = tmp_path / "so.csv"
    lines = [
        [*(each.upper() for each in COLUMNS), "Hồ sơ"],
        ["7/SNV-VP", "5/3/2026", "Công văn V/v a; b", "'=Nguyễn", "-", "VT", "3", "06/03", "ký", "", "HS1"],
        [""] * 11,
        ["12 /QĐ-SNV", "2026-03-06", "Quyết định", "B", "C", "VT"],
    ]
    text = "\r\n".join(";".join(f'"{cell}"' for cell in line) for line in lines)
    book.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    assert give(book, day=date(2026, 3, 6)) == [13]
    kept = list(csv.reader(io.StringIO(book.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert kept[:3] == [lines[0], [*lines[1][:4], "'-", *lines[1][5:]], lines[2]]
    assert kept[3] == lines[3]
    assert kept[4][0] == "13/SNV-VP"
    assert give(book, day=date(2026, 3, 6)) == [14]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([["Số", "Ngày"]], "so.csv:1: không phải sổ đăng ký văn bản đi; dòng đầu phải là mười cột"),
        ([COLUMNS, ["x", "05/03/2026"]], "so.csv:2: “x” không phải số, ký hiệu"),
        ([COLUMNS, ["0/SNV", "05/03/2026"]], "so.csv:2: “0/SNV” không phải số, ký hiệu"),
        ([COLUMNS, ["5/SNV", "31/02/2026"]], "so.csv:2: “31/02/2026” không phải ngày"),
        ([COLUMNS, ["5/SNV"]], "so.csv:2: “” không phải ngày"),
        (
            [COLUMNS, ["5/SNV", "05/03/2026"], ["05/snv", "06/03/2026"]],
            "so.csv:3: số 05/snv của năm 2026 đã có ở dòng 2",
        ),
    ],
)
def test_a_book_that_can_not_be_read_is_told_and_left_alone(
    tmp_path: Path, lines: list[list[str]], said: str
) -> None:
    book = tmp_path / "so.csv"
    with book.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    before = book.read_bytes()
    with pytest.raises(InputError) as caught, opened(book):
        pass
    assert caught.value.lines("vi")[0].startswith(said)
    assert book.read_bytes() == before


def test_the_same_number_of_two_kinds_or_two_years_may_stand_in_one_book() -> None:
    heading = ",".join(f'"{each}"' for each in COLUMNS)
    text = f"{heading}\n5/QĐ-SNV,05/03/2026\n5/SNV-VP,05/03/2026\n5/SNV-VP,05/03/2027"
    book = parse_book(text.encode(), "so.csv")
    assert [(line.number, line.day.year) for line in book.lines] == [(5, 2026), (5, 2026), (5, 2027)]
    assert book.next_number(2026) == 6
    assert book.next_number(2028) == 1


# --- two at once, and killed


TAKE = """
import sys
from tests.test_register import give
from pathlib import Path
print(*give(Path(sys.argv[1]), int(sys.argv[2])))
"""


def test_two_clerks_at_once_never_get_the_same_number(tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    clerks = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, str(book), "12"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    given = [sorted(map(int, clerk.communicate(timeout=120)[0].split())) for clerk in clerks]
    assert [clerk.returncode for clerk in clerks] == [0, 0]
    assert sorted(given[0] + given[1]) == list(range(1, 25))
    assert [line[0] for line in rows(book)[1:]] == [f"{number:02d}/SNV-VP" for number in range(1, 25)]


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    with locked(tmp_path / ".so.csv.lock"), pytest.raises(OutputError) as caught, opened(book, patience=0.1):
        pass
    assert "một lượt khác đang ghi vào sổ này" in caught.value.lines("vi")[0]
    assert not book.exists()


def folders(tmp_path: Path) -> Callable[[], Path]:
    made: list[Path] = []

    def fresh() -> Path:
        made.append(tmp_path / f"death {len(made)}")
        made[-1].mkdir()
        give(made[-1] / "so.csv", 2)
        return made[-1]

    return fresh


def letter(folder: Path) -> None:
    """A document of two files, and its number."""
    with opened(folder / "so.csv") as ledger:
        number = ledger.number_for(DAY)
        for suffix in ("docx", "pdf"):
            ledger.staging.put(folder / "out", f"{number}.{suffix}", f"{number} {suffix}".encode())
        ledger.add(entry(number, about=f"Công văn V/v việc {number}"))
        ledger.commit()


def documents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder / "out").glob("[!.]*")}


def test_whoever_is_killed_no_number_is_lost_or_given_twice(tmp_path: Path) -> None:
    """At every step on the disk: the line and both files are there, or neither, once the book is opened."""
    burnt: set[bool] = set()
    for folder in deaths(letter, folders(tmp_path)):
        letter(folder)
        numbers = [line[0] for line in rows(folder / "so.csv")[1:]]
        made = documents(folder)
        done_before = "4.pdf" in made
        burnt.add(done_before)
        expected = [3, 4] if done_before else [3]
        assert numbers == [f"{number:02d}/SNV-VP" for number in (1, 2, *expected)]
        assert made == {
            f"{each}.{suffix}": f"{each} {suffix}" for each in expected for suffix in ("docx", "pdf")
        }
        assert not list(folder.glob(".*.journal"))
    assert burnt == {True, False}


def test_what_a_killed_run_began_is_ended_when_the_book_is_next_looked_at(tmp_path: Path) -> None:
    fresh = folders(tmp_path)
    whole = fresh()
    with dying(10_000) as disk:
        letter(whole)
    cut = fresh()
    with pytest.raises(KilledError), dying(disk.steps - 1):  # before the journal goes
        letter(cut)
    told = book_told(cut / "so.csv")
    assert [note.vi for note in told.notes] == [
        "lượt trước bị ngắt giữa chừng, nay đã ghi nốt: số 03/SNV-VP, “Công văn V/v việc 3”"
    ]
    assert set(documents(cut)) == {"3.docx", "3.pdf"}
    assert book_told(cut / "so.csv").notes == ()


def half_done(folder: Path) -> bool:
    """Whether the journal is there, and the book has not its line yet."""
    return (folder / ".so.csv.journal").exists() and len(rows(folder / "so.csv")) == 3


def test_a_number_that_somebody_typed_in_meanwhile_is_told(tmp_path: Path) -> None:
    folder = next(each for each in deaths(letter, folders(tmp_path)) if half_done(each))
    with (folder / "so.csv").open("a", encoding="utf-8") as file:
        file.write("03/SNV-VP,05/03/2026,Công văn gõ tay\n")
    with pytest.raises(InputError) as caught, opened(folder / "so.csv"):
        pass
    assert "nay sổ ghi cho văn bản khác" in caught.value.lines("vi")[0]
    text = (
        (folder / "so.csv")
        .read_text(encoding="utf-8")
        .replace("03/SNV-VP,05/03/2026,Công văn gõ tay", "04/SNV-VP,05/03/2026,Công văn gõ tay")
    )
    (folder / "so.csv").write_text(text, encoding="utf-8")
    assert give(folder / "so.csv") == [5]
    assert set(documents(folder)) == {"3.docx", "3.pdf"}


def test_a_book_that_can_not_be_written_gives_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dxassets.register import ledger as module  # noqa: PLC0415  (its `publish` is replaced)

    folder = folders(tmp_path)()
    real = module.publish

    def full(into: Path, name: str, data: bytes) -> Path:
        if name == "so.csv":
            raise OutputError
        return real(into, name, data)

    monkeypatch.setattr(module, "publish", full)
    with pytest.raises(OutputError):
        letter(folder)
    monkeypatch.undo()
    assert [path.name for path in folder.iterdir() if path.name.endswith(".journal")] == []
    assert list((folder / "out").iterdir()) == []
    assert give(folder / "so.csv") == [3]


@pytest.mark.slow
def test_a_merge_that_is_killed_takes_no_number_and_the_next_one_takes_them_all(tmp_path: Path) -> None:
    """A real process, by SIGKILL, when some of its letters are written aside already."""
    folder, table = invitation(tmp_path / "camp"), workbook(tmp_path / "khach.xlsx")
    book, out = tmp_path / "so.csv", tmp_path / "out"
    command = [
        sys.executable, "-m", "dxassets", "letter", str(folder), "--merge", str(table),
        "--register", str(book), "--date", "2026-03-05", "-o", str(out),
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = monotonic() + 120
    while len(list(out.glob(".*.part"))) < 3 and monotonic() < until and process.poll() is None:
        sleep(0.01)
    process.kill()
    process.wait(30)
    assert len(list(out.glob(".*.part"))) >= 3
    assert not book.exists()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    assert [line[0] for line in rows(book)[1:]] == [f"{number:02d}/STTTT-CNTT" for number in (1, 2, 3)]
    assert list(out.glob(".*")) == []
    assert len(list(out.iterdir())) == 2 * len(GUESTS)
