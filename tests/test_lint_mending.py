# ruff: noqa: E501  (a document, or what is said of it, is a line)
"""`dxassets lint --fix` and `--report`: looks are mended and shown, not a letter of the text is touched."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn

from dxassets.checks.nd30 import mend_file
from dxassets.checks.nd30.times import times_width
from dxassets.errors import InputError
from tests.letter_support import rules_broken
from tests.nd30_corpus import CORPUS, DECISION, FAULTY, LETTER, PLAN, Case
from tests.nd30_papers import looking, made

if TYPE_CHECKING:
    from tests.conftest import Run

TOLD_ONLY = {
    "H7", "N1", "N2", "N3", "N4", "D1", "D2", "K2", "B9", "S3", "R3", "R4", "R5", "A1", "A2", "A3", "S2",
}  # fmt: skip
"""Faults of what is said, not of how it looks."""
WRONG_LINES = {"ke-tieu-ngu-ngan", "ke-co-quan-dai", "ke-trich-yeu-dai"}
"""A drawn line of the wrong length may be anybody's drawing: a person sets it right."""
SAID = {"can-cu-cham-phay", "noi-nhan-thieu-gach"}
"""Punctuation, though the same rule has looks that are mended."""


def letters(data: bytes) -> str:
    document: Any = docx.Document(io.BytesIO(data))
    return "\n".join("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in document.element.iter(qn("w:p"))
                     if any(text.text for text in line.iter(qn("w:t"))))  # fmt: skip


def mended(data: bytes, *, tracked: bool = False) -> bytes:
    return mend_file(data, "a.docx", times_width, tracked=tracked)


@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "tracked"])
@pytest.mark.parametrize("case", FAULTY, ids=[case.id for case in FAULTY])
def test_what_is_only_looks_is_mended_and_no_letter_changes(case: Case, *, tracked: bool) -> None:
    given = made(case.paper)
    done = mended(given, tracked=tracked)
    assert letters(done) == letters(given)
    left = set(rules_broken(done))
    assert left <= case.breaks, "nothing new is broken"
    if case.id not in WRONG_LINES | SAID:
        assert left <= TOLD_ONLY


def test_a_good_file_and_one_out_of_scope_are_handed_back_as_they_are() -> None:
    for case in CORPUS:
        if case.id in {"cong-van", "quyet-dinh", "bien-ban-chi-bo", "nghi-dinh", "phieu-noi-bo"}:
            given = made(case.paper)
            assert mended(given) == given


def test_many_faults_at_once_are_mended_together() -> None:
    bad = looking(PLAN, left=20, text_pt=12, text_align="left", indent_mm=0, text_after=0, spacing=2.0, kind_pt=11,
                  nation_bold=False, motto_rule=0, recipients_pt=13, to_italic=False, page="footer", family="Arial",
                  text_color="FF0000")  # fmt: skip
    given = made(bad)
    assert len(set(rules_broken(given))) >= 10
    assert rules_broken(mended(given)) == []
    assert rules_broken(mended(given, tracked=True)) == []


def test_tracked_changes_are_changes_that_word_can_take_back() -> None:
    given = made(looking(DECISION, kind_pt=11, left=20))
    xml = docx.Document(io.BytesIO(mended(given, tracked=True))).element.xml
    assert all(f"<w:{name} " in xml for name in ("rPrChange", "sectPrChange"))
    assert 'w:author="dxassets"' in xml
    title = xml[xml.index("<w:rPrChange") :]
    assert 'w:val="22"' in title[: title.index("</w:rPrChange>")], (
        "the old 11 pt are kept beside the new size"
    )
    plain = docx.Document(io.BytesIO(mended(given))).element.xml
    assert "Change " not in plain


def test_blanks_in_a_symbol_are_taken_out_and_nothing_else() -> None:
    given = made(replace(LETTER, number="Số: 519 / SNV - TCCC"))
    assert "N1" in rules_broken(given)
    done = mended(given)
    assert "Số: 519/SNV-TCCC" in letters(done).replace("519 /", "519/")
    assert letters(done).replace(" ", "") == letters(given).replace(" ", "")


def test_old_codes_are_not_set_in_a_face_in_which_they_read_as_nonsense() -> None:
    given = made(looking(LETTER, family=".VnTime"))
    assert ".VnTime" in docx.Document(io.BytesIO(mended(given))).element.xml or "P3" in rules_broken(
        mended(given)
    )


def test_a_pdf_cannot_be_mended() -> None:
    with pytest.raises(InputError, match="Word"):
        mend_file(b"%PDF-1.7", "a.pdf", times_width, tracked=False)


# --- the command ------------------------------------------------------------------------------------


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "a.docx"
    file.write_bytes(made(looking(replace(DECISION, name="TS. Nguyễn Văn A"), kind_pt=11)))
    return file


def test_the_command_writes_a_new_file_and_says_what_is_left(
    dxassets: Run, bad: Path, tmp_path: Path
) -> None:
    before = bad.read_bytes()
    told = dxassets("lint", str(bad), "--fix", str(tmp_path / "b.docx"), "--tracked")
    assert told.code == 1
    assert "S2" in told.out
    assert "V3" not in told.out
    assert "1 điều" in told.err
    assert bad.read_bytes() == before
    assert set(rules_broken((tmp_path / "b.docx").read_bytes())) == {"S2"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--fix", "a.docx"], "never written over"),
        (["--fix", "b.pdf"], "must be a .docx"),
        (["--tracked"], "goes with --fix"),
        (["--report", "a.docx"], "never written over"),
    ],
)
def test_the_original_is_never_written_over(
    dxassets: Run, bad: Path, options: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bad.read_bytes()
    monkeypatch.chdir(bad.parent)
    told = dxassets("lint", "a.docx", *options, "--lang", "en")
    assert (told.code, words in told.err) == (2, True)
    assert bad.read_bytes() == before
    assert [each.name for each in bad.parent.iterdir()] == ["a.docx"]


def test_the_report_marks_each_finding_and_escapes_what_it_shows(
    dxassets: Run, bad: Path, tmp_path: Path
) -> None:
    bad.write_bytes(made(looking(replace(DECISION, name="TS. <b>&A"), kind_pt=11)))
    assert dxassets("lint", str(bad), "--report", str(tmp_path / "a.html")).code == 1
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.count('<li id="f') == page.count('<a href="#f') == 2
    assert "TS. &lt;b&gt;&amp;A" in page
    assert "<b>&A" not in page
    assert "http" not in page.replace("http-equiv", "")
