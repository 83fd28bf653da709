"""What other programs say in English, said in both languages; each fault once, at its key and line."""

from __future__ import annotations

import errno
import os
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from dxassets.dispatch import parse_dispatch
from dxassets.errors import CampaignError, DispatchError, Problem
from dxassets.foreign import os_error, toml_error
from dxassets.models import read_toml
from tests.letter_support import ANNEX, LETTER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

ENGLISH = re.compile(r"\b(Input|should|valid|Illegal|Expected|Invalid|Cannot|Unterminated|No such|Is a)\b")


def problems(letter: str = LETTER, annex: str = ANNEX) -> tuple[Problem, ...]:
    with pytest.raises(DispatchError) as told:
        parse_dispatch(letter.encode(), {"annex.toml": annex.encode()}, "dispatch.md")
    return told.value.problems


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ('stt = "1"', "stt = 1", "table.rows[0].stt", "phải là chữ trong ngoặc kép"),
        ('stt = "1"', "stt = true", "table.rows[0].stt", "phải là chữ trong ngoặc kép"),
        ('stt = "1"', "stt = [1]", "table.rows[0].stt[0]", "phải là chữ trong ngoặc kép"),
        ("width = 5", 'width = "x"', "table.columns[1].width", "phải là số, không có ngoặc kép"),
        ("width = 5", "width = 0", "table.columns[1].width", "phải lớn hơn 0"),
        ('title = ["BIỂU TỔNG HỢP"]', 'title = "A"', "title", "phải là danh sách trong ngoặc vuông"),
        ("[table]\n", "[table]\nsize = 20\n", "table.size", "không được quá 13"),
        ("[table]\n", "[table]\nsize = 5\n", "table.size", "phải từ 11 trở lên"),
        ("[table]\n", "landscape = 3\n[table]\n", "landscape", "phải là true hoặc false"),
    ],
)
def test_a_wrong_type_in_the_annex_is_said_once_and_without_english(
    old: str, new: str, where: str, words: str
) -> None:
    assert old in ANNEX
    (problem,) = problems(annex=ANNEX.replace(old, new, 1))
    assert problem.vi.startswith(f"{where}: {words}")
    assert re.fullmatch(r"annex\.toml:\d+", problem.where)
    assert not ENGLISH.search(problem.vi)
    assert "Input should" not in problem.en
    assert not re.search(r"\d\.0\b", problem.vi + problem.en)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("month = 9", 'month = "x"', "month: phải là số nguyên"),
        ("month = 9", "month = 9.5", "month: phải là số nguyên"),
        ("month = 9", "month = 13", "month: không được quá 12"),
        ('name = "Nguyễn Văn A"', "name = 3", "signer.name: phải là chữ trong ngoặc kép"),
    ],
)
def test_a_wrong_type_in_the_particulars_too(old: str, new: str, words: str) -> None:
    (problem,) = problems(LETTER.replace(old, new, 1))
    assert problem.vi.startswith(words)
    assert not ENGLISH.search(problem.vi)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('a = "x', "chưa đóng ngoặc kép"),
        ('a = "x\nb = 1', "chưa đóng ngoặc kép"),
        ("a = x", "giá trị không đọc được"),
        ("a b = 1", "thiếu dấu ="),
        ("a = 1 2", "chữ thừa ở cuối dòng"),
        ("a = [1", "thiếu dấu ] ở cuối"),
        ("[a\nb = 1", "thiếu dấu ]"),
        ("a = 1\na = 2", "viết hai lần"),
        ("[a]\n[a]", "viết hai lần"),
        ('a = "\\q"', "dấu"),
    ],
)
def test_what_is_no_toml_is_said_in_vietnamese(text: str, words: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as told:
        tomllib.loads(text)
    vi, en = toml_error(str(told.value))
    assert words in vi
    assert not ENGLISH.search(vi)
    assert en
    assert "(at " not in en
    with pytest.raises(CampaignError) as refused:
        read_toml(text.encode(), "campaign.toml")
    (problem,) = refused.value.problems
    assert words in problem.vi
    assert "dòng " in problem.vi or "cuối tệp" in problem.vi


def test_the_systems_errors_are_said_in_both_languages(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.docx").mkdir()
    for name, words in (("none.docx", "không có tệp này"), ("folder.docx", "là thư mục, không phải tệp")):
        told = dxassets("lint", tmp_path / name)
        assert (told.code, words in told.err) == (2, True)
        assert not ENGLISH.search(told.err)
    assert "No such file" in dxassets("lint", tmp_path / "none.docx", "--lang", "en").err
    for number in (errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EBADF):
        vi, en = os_error(OSError(number, os.strerror(number)))
        assert en == os.strerror(number)
        assert vi
        assert not ENGLISH.search(vi)
