"""A form that came back, whatever became of its file: found by what stands in it, read without a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from dxassets.agencies.table import OddCell
from dxassets.backends.form_cells import FormSheet, FormValue, read_form_sheets
from dxassets.backends.workbook import Range
from dxassets.errors import CampaignError, InputError, Problem
from dxassets.models import suggest
from dxassets.report.layout import (
    CODE_LABEL,
    CODE_PLACE,
    HEAD,
    ID_PLACE,
    LABEL_PLACE,
    NOTE,
    OFFICE_PLACE,
    Laid,
    Part,
    Place,
    cell_name,
)
from dxassets.report.measures import ReportForm, ReportMeasure
from dxassets.report.numbers import read_number
from dxassets.vietnamese import clean, fold, strange_characters

MOST_SAID = 500
"""Letters of a note, or of another text that a unit writes."""
MOST_FAULTS = 20
"""Faults of one form that are told one by one."""


class FormError(InputError):
    """A form that can't be counted, with all that is wrong with it; `unit` is its id where that is known."""

    def __init__(self, *problems: Problem, unit: str = "") -> None:
        super().__init__(*problems)
        self.unit = unit


@dataclass(frozen=True, slots=True)
class FreeLine:
    """What a unit counts of its own."""

    task: str
    content: str
    unit: str
    before: Decimal
    after: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The figures of one unit, by measure's code: before and after. A measure without figures is not there.

    `said` holds texts by code and part, `places` the cells that these stand in, `remarks` what to look at.
    """

    unit: str
    source: str
    figures: Mapping[str, tuple[Decimal, Decimal]]
    said: Mapping[tuple[str, Part], str]
    free: tuple[FreeLine, ...]
    places: Mapping[tuple[str, Part], str]
    remarks: tuple[Problem, ...]


def read_form(
    data: bytes, source: str, *, form: ReportForm, blank: Laid, units: Mapping[str, str]
) -> FilledForm:
    """The form in the file's bytes; `FormError` with all that is wrong, each with its sheet and cell.

    `blank` is that form laid out, `units` the names of those that report, by id. What the file is called,
    and on which sheet and from which row on the form stands, does not matter.
    """
    try:
        sheets = read_form_sheets(data, source)
    except CampaignError as error:
        raise FormError(*error.problems) from error
    found = [(sheet, at) for sheet in sheets for at in _labels(sheet)]
    if not found:
        raise FormError(_no_form(source))
    if len(found) > 1:
        raise FormError(_two_forms(source, found))
    sheet, at = found[0]
    reading = _FormReading(
        sheet, source, form, blank, units, (at[0] - LABEL_PLACE[0], at[1] - LABEL_PLACE[1])
    )
    made = reading.form()
    others = [each for each in sheets if each is not sheet and each.cells]
    return made if not others else _with(made, [_unread(source, each) for each in others])


def _with(made: FilledForm, remarks: Sequence[Problem]) -> FilledForm:
    return FilledForm(
        made.unit, made.source, made.figures, made.said, made.free, made.places, (*made.remarks, *remarks)
    )


def _labels(sheet: FormSheet) -> Iterator[Place]:
    """Where a sheet says that the code of a form stands beside."""
    for place, value in sheet.cells.items():
        if isinstance(value, str) and clean(value) == CODE_LABEL:
            yield place


def _no_form(source: str) -> Problem:
    return Problem(
        source,
        "không có biểu số liệu nào (không thấy ô “Mã biểu”); hãy gửi lại đúng tệp biểu đã nhận",
        "holds no form (no cell “Mã biểu”); send back the very file that was sent",
    )


def _two_forms(source: str, found: Sequence[tuple[FormSheet, Place]]) -> Problem:
    where = ", ".join(f"{sheet.title}!{cell_name(place)}" for sheet, place in found)
    return Problem(
        source,
        f"có {len(found)} biểu trong một tệp ({where}); chỉ để lại một",
        f"holds {len(found)} forms ({where}); leave one",
    )


def _unread(source: str, sheet: FormSheet) -> Problem:
    return Problem(
        f"{source}: {sheet.title}",
        "trang này không thuộc biểu, không được tính",
        "this sheet is no part of the form, and is not counted",
    )


@dataclass
class _FormReading:
    """One sheet while it is read."""

    sheet: FormSheet
    source: str
    wanted: ReportForm
    blank: Laid
    units: Mapping[str, str]
    moved: Place
    problems: list[Problem] = field(default_factory=list[Problem])
    remarks: list[Problem] = field(default_factory=list[Problem])
    figures: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict[str, tuple[Decimal, Decimal]])
    said: dict[tuple[str, Part], str] = field(default_factory=dict[tuple[str, Part], str])
    places: dict[tuple[str, Part], str] = field(default_factory=dict[tuple[str, Part], str])

    def form(self) -> FilledForm:
        """The whole form; `FormError` with all that is wrong."""
        self._refuse_other_code()
        unit = self._unit()
        self._check_fixed()
        self._check_merged()
        self._check_around()
        free = self._lines()
        if not self.problems and not self.figures and not free:
            self._fault((HEAD, 1), "biểu chưa điền số nào", "no figure is filled in")
        if self.problems:
            raise FormError(*self._in_short(), unit=unit)
        return FilledForm(
            unit, self.source, self.figures, self.said, tuple(free), self.places, tuple(self.remarks)
        )

    def _at(self, place: Place) -> Place:
        return place[0] + self.moved[0], place[1] + self.moved[1]

    def _value(self, place: Place) -> FormValue | None:
        return self.sheet.cells.get(self._at(place))

    def _where(self, place: Place) -> str:
        return f"{self.source}: {self.sheet.title}!{cell_name(self._at(place))}"

    def _fault(self, place: Place, vi: str, en: str) -> None:
        self.problems.append(Problem(self._where(place), vi, en))

    def _in_short(self) -> tuple[Problem, ...]:
        left = len(self.problems) - MOST_FAULTS
        if left <= 0:
            return tuple(self.problems)
        more = Problem(self.source, f"còn {left} chỗ sai nữa", f"and {left} more faults")
        return (*self.problems[:MOST_FAULTS], more)

    def _refuse_other_code(self) -> None:
        """`FormError` for a form of another campaign, or of an annex that has changed since."""
        code, wanted = _words(self._value(CODE_PLACE)), self.wanted.code
        if code == wanted:
            return
        if not code:
            vi, en = "mất mã biểu; hãy điền lại vào biểu mới", "the form's code is gone; use a new form"
        elif code.partition("/")[0] == self.wanted.campaign:
            vi = f"biểu cũ (mã {code}, nay là {wanted}): phụ lục đã thay đổi; hãy gửi lại theo biểu mới"
            en = f"is an old form ({code}, now {wanted}): the annex has changed; fill in the new one"
        else:
            vi = f"biểu của chiến dịch khác (mã {code}, cần {wanted})"
            en = f"is another campaign's form ({code}, not {wanted})"
        raise FormError(Problem(self._where(CODE_PLACE), vi, en), unit=self._known_unit())

    def _known_unit(self) -> str:
        unit = _words(self._value(ID_PLACE))
        return unit if unit in self.units else ""

    def _unit(self) -> str:
        """Whose form it is."""
        unit, name = _words(self._value(ID_PLACE)), _words(self._value(OFFICE_PLACE))
        if not unit:
            self._fault(
                ID_PLACE,
                "mất mã đơn vị; tên tệp không dùng để đoán, hãy điền vào biểu đã gửi cho đơn vị",
                "the unit's id is gone; it is not guessed from names",
            )
        elif unit not in self.units:
            vi, en = suggest(unit, list(self.units))
            self._fault(ID_PLACE, f"không có đơn vị báo cáo “{unit}”.{vi}", f"no unit {unit!r} reports.{en}")
        elif fold(name) != fold(self.units[unit]):
            self._fault(
                OFFICE_PLACE,
                f"ghi “{name}”, nhưng mã {unit} là của {self.units[unit]}; hãy xem biểu này của ai",
                f"says {name!r}, but the id {unit} is that of {self.units[unit]!r}; whose form is it?",
            )
        return self._known_unit()

    def _check_fixed(self) -> None:
        """What is printed on the form is still there: no row or column was put in, taken out or sorted."""
        for place, text in self.blank.fixed.items():
            found = self._value(place)
            if _words(found) != clean(text):
                self._fault(
                    place,
                    f"phải là “{text}”, nay là “{_words(found)}”; không thêm, xóa, sắp xếp hàng cột của biểu",
                    f"must be {text!r}, is {_words(found)!r}; rows and columns of the form stay as they are",
                )

    def _check_merged(self) -> None:
        own = {self._moved_range(each) for each in self.blank.merged}
        fill = [self._at(place) for place in self.blank.fill]
        for merged in self.sheet.merged:
            if merged not in own and any(_holds(merged, place) for place in fill):
                first, last = cell_name(merged[:2]), cell_name(merged[2:])
                self.problems.append(
                    Problem(
                        f"{self.source}: {self.sheet.title}!{first}:{last}",
                        "các ô này bị gộp làm một; hãy bỏ gộp ô (Unmerge) và điền từng ô",
                        "these cells are merged; unmerge them and fill in each",
                    )
                )

    def _moved_range(self, merged: Range) -> Range:
        first, last = self._at(merged[:2]), self._at(merged[2:])
        return (*first, *last)

    def _check_around(self) -> None:
        """Nothing is written where nobody reads it: below the form, beside it, or into its own cells."""
        known = {self._at(place) for place in (*self.blank.fill, *self.blank.fixed)}
        last_row, last_column = self._at((self.blank.signer_row + 1, NOTE))
        top, left = self._at((HEAD, 1))
        strange = sorted(
            place
            for place in self.sheet.cells
            if place not in known and (place[0] >= top or place[1] > last_column or place[1] < left)
        )
        below = [place for place in strange if place[0] > last_row]
        inside = [place for place in strange if place[0] <= last_row]
        for places, vi, en in (
            (inside, "ngoài các ô để điền", "beside the cells to be filled in"),
            (below, "dưới biểu", "below the form"),
        ):
            if places:
                rows = len({row for row, _ in places})
                self.problems.append(
                    Problem(
                        f"{self.source}: {self.sheet.title}!{cell_name(places[0])}",
                        f"có chữ {vi} ({len(places)} ô, {rows} hàng); phần ấy không thuộc biểu: hãy xóa đi, "
                        "hoặc ghi vào cột Ghi chú",
                        f"there is text {en} ({len(places)} cells, {rows} rows); delete it, or put it "
                        "into the notes",
                    )
                )

    def _lines(self) -> list[FreeLine]:
        """Every line's figures and words; the free ones are handed back."""
        for place, (code, part) in self.blank.fill.items():
            if part in {"note", "unit", "content", "author"}:
                self._read_text(place, code, part)
        free: list[FreeLine] = []
        for line in self.blank.lines:
            if line.measure is not None:
                pair = self._pair(line.code, line.measure.decimals)
                if pair is not None:
                    self.figures[line.code] = pair
                continue
            made = self._free(line.code, line.task)
            if made is not None:
                free.append(made)
        return free

    def _read_text(self, place: Place, code: str, part: Part) -> None:
        value = self._value(place)
        if isinstance(value, OddCell):
            self._fault(place, value.vi, value.en)
            return
        text = _words(value)
        if not text:
            return
        if len(text) > MOST_SAID or strange_characters(text):
            self._fault(
                place,
                f"dài quá {MOST_SAID} chữ, hoặc có ký tự không in được; hãy viết gọn lại",
                f"has more than {MOST_SAID} letters, or some that can't be printed",
            )
        self.said[code, part] = text
        self.places[code, part] = self._where(place)

    def _places(self, code: str) -> tuple[Place, Place]:
        found = {part: place for place, (own, part) in self.blank.fill.items() if own == code}
        return found["before"], found["after"]

    def _pair(self, code: str, decimals: int) -> tuple[Decimal, Decimal] | None:
        """Before and after of a line; one without the other is a fault, none at all is said."""
        before, after = self._places(code)
        blanks = [place for place in (before, after) if self._value(place) is None]
        if len(blanks) == 2:
            if (code, "content") not in self.said:
                vi = "chưa có số liệu của chỉ tiêu này; không phát sinh thì ghi 0"
                self.remarks.append(Problem(self._where(before), vi, "no figures; nothing at all is a 0"))
            return None
        if blanks:
            vi, en = "để trống; không phát sinh thì ghi 0", "is empty; nothing at all is a 0"
            self._fault(blanks[0], vi, en)
        read = [self._number(place, decimals) for place in (before, after) if place not in blanks]
        numbers = [each for each in read if each is not None]
        return (numbers[0], numbers[1]) if len(numbers) == 2 else None

    def _number(self, place: Place, decimals: int) -> Decimal | None:
        value = self._value(place)
        if isinstance(value, OddCell):
            self._fault(place, value.vi, value.en)
            return None
        number = read_number("" if value is None else value, decimals=decimals)
        if isinstance(number, Decimal):
            return number
        self._fault(place, *number)
        return None

    def _free(self, code: str, task: str) -> FreeLine | None:
        """A line of which the unit says itself what it counts; None where it says nothing."""
        content = self.said.get((code, "content"), "")
        before, after = self._places(code)
        if not content:
            given = [place for place in (before, after) if self._value(place) is not None]
            if given:
                vi, en = (
                    "có số nhưng chưa ghi chỉ tiêu ở cột Chỉ tiêu",
                    "a figure of what? the measure is blank",
                )
                self._fault(given[0], vi, en)
            return None
        pair = self._pair(code, ReportMeasure(code, task, content, "", 2).decimals)
        if pair is None:
            if all(self._value(place) is None for place in (before, after)):
                vi, en = (
                    "có chỉ tiêu nhưng chưa có số; không phát sinh thì ghi 0",
                    "a measure without figures",
                )
                self._fault(before, vi, en)
            return None
        unit, note = self.said.get((code, "unit"), ""), self.said.get((code, "note"), "")
        return FreeLine(task, content, unit, *pair, note)


def _words(value: FormValue | None) -> str:
    """What a cell says as words; nothing where it is blank or odd."""
    if value is None or isinstance(value, OddCell):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))


def _holds(merged: Range, place: Place) -> bool:
    return merged[0] <= place[0] <= merged[2] and merged[1] <= place[1] <= merged[3]
