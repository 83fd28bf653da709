"""The forms in a folder, read one after another: whose they are stands inside, not in their files' names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dxassets.agencies.table import MOST_TABLE_BYTES
from dxassets.api.report_forms import Step
from dxassets.errors import InputError, Problem
from dxassets.foreign import os_error
from dxassets.report import FilledForm, FormError, ReportForm, read_form
from dxassets.report.layout import Laid, cell_name, laid
from dxassets.report.sums import unlike_units

MOST_FORM_FILES = 20_000
"""Files of one folder; the country has 3,321 communes."""
_PASSED_OVER = frozenset({"thumbs.db", "desktop.ini"})
_READ = frozenset({".xlsx", ".xls", ".xlsm", ".xltx", ".xlsb", ""})
_ARCHIVES = frozenset({".zip", ".rar", ".7z"})


@dataclass
class FormsRead:
    """What a folder holds: good forms by unit, and for others what is wrong; `faulty` are units by id."""

    forms: dict[str, FilledForm] = field(default_factory=dict[str, FilledForm])
    problems: list[Problem] = field(default_factory=list[Problem])
    remarks: list[Problem] = field(default_factory=list[Problem])
    faulty: set[str] = field(default_factory=set[str])
    files: int = 0


def read_forms(
    folder: str | Path, form: ReportForm, units: Mapping[str, str], *, step: Step | None = None
) -> FormsRead:
    """All forms below `folder` (links are not followed); `units` are the names of those that report, by id.

    `InputError` for a folder that is none, is empty or holds too much.
    """
    top = Path(folder)
    if not top.is_dir():
        raise InputError(Problem(str(folder), "không có thư mục này", "there is no such folder"))
    files = list(_files(top))
    if not files:
        raise InputError(Problem(str(folder), "không có tệp nào trong thư mục này", "holds no file"))
    if len(files) > MOST_FORM_FILES:
        vi = f"có {len(files)} tệp; nhiều nhất {MOST_FORM_FILES}, hãy chỉ để các biểu trong thư mục"
        raise InputError(Problem(str(folder), vi, f"holds {len(files)} files, {MOST_FORM_FILES} at most"))
    read, blank = FormsRead(files=len(files)), laid(form)
    for at, file in enumerate(files, start=1):
        name = file.relative_to(top).as_posix()
        _read(file, name, form=form, blank=blank, units=units, into=read)
        if step is not None:
            step(at, len(files), name, ())  # what is wrong is told at the end, all together
    _set_unlike_apart(read, form)
    return read


def _files(top: Path) -> Iterator[Path]:
    """Every file in the order of its name, without what systems and open documents leave behind."""
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _PASSED_OVER:
                yield Path(folder, name)


def _read(
    file: Path,
    name: str,
    *,
    form: ReportForm,
    blank: Laid,
    units: Mapping[str, str],
    into: FormsRead,
) -> None:
    """Read one file into the others."""
    try:
        made = read_form(_bytes(file, name), name, form=form, blank=blank, units=units)
    except FormError as error:
        into.problems += error.problems
        if error.unit:
            into.faulty.add(error.unit)
        return
    into.remarks += made.remarks
    first = into.forms.setdefault(made.unit, made)
    if first is made:
        return
    if _same(first, made):
        vi = f"giống hệt “{first.source}” của cùng đơn vị; chỉ tính một lần"
        into.remarks.append(Problem(name, vi, f"says the same as {first.source!r}; counted once"))
        return
    into.problems.append(_at_odds(first, made, blank))
    into.faulty.add(made.unit)


def _bytes(file: Path, name: str) -> bytes:
    """The file's bytes; `FormError` for what is no workbook by its ending, or too large for a form."""
    suffix = file.suffix.lower()
    if suffix in _ARCHIVES:
        raise FormError(Problem(name, "là tệp nén; hãy giải nén vào thư mục", "is an archive; unpack it"))
    if suffix not in _READ:
        raise FormError(
            Problem(
                name,
                "không phải biểu Excel (.xlsx); hãy xin lại biểu ở dạng .xlsx, hoặc bỏ tệp này khỏi thư mục",
                "is no Excel form (.xlsx); ask for one, or take this file out of the folder",
            )
        )
    try:
        if file.stat().st_size > MOST_TABLE_BYTES:
            vi, en = "tệp quá lớn để là một biểu", "is too large for a form"
            raise FormError(Problem(name, vi, en))
        return file.read_bytes()
    except OSError as error:
        vi, en = os_error(error)
        raise FormError(Problem(name, f"không đọc được: {vi}", f"can't be read: {en}")) from error


def _same(one: FilledForm, other: FilledForm) -> bool:
    """Whether two forms say the same."""
    return (one.figures, one.said, one.free) == (other.figures, other.said, other.free)


def _at_odds(first: FilledForm, second: FilledForm, blank: Laid) -> Problem:
    """Two forms of one unit that differ: neither is chosen. Named is the first cell that differs."""
    codes = [line.code for line in blank.lines]
    unlike = next((code for code in codes if first.figures.get(code) != second.figures.get(code)), "")
    place = next((at for at, (code, part) in blank.fill.items() if (code, part) == (unlike, "before")), None)
    where = "" if place is None else f" (khác từ dòng {unlike}, ô {cell_name(place)})"
    return Problem(
        second.source,
        f"cùng đơn vị {second.unit} với “{first.source}” nhưng nội dung khác{where}; chỉ để lại biểu đúng",
        f"is of the same unit {second.unit} as {first.source!r} and differs; leave the right one",
    )


def _set_unlike_apart(read: FormsRead, form: ReportForm) -> None:
    """Take out what can't be added: forms at odds, and forms that count in another unit."""
    for unit in read.faulty:
        read.forms.pop(unit, None)
    for unit, problems in unlike_units(form, read.forms.values()).items():
        read.problems += problems
        read.faulty.add(unit)
        read.forms.pop(unit)
