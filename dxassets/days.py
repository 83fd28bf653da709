"""The days that a campaign is about: what each is called, its mark, and when its slogans hang."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, cast

from pydantic import AfterValidator, Field, model_validator

from dxassets.models import Bilingual, BilingualError, Identifier, LanguageTag, Line, Model, TextRule
from dxassets.slogans import Slogan

SCENE = TextRule(
    r"^([a-z0-9]+(-[a-z0-9]+)*|(?![/~])(?!.*(^|/)\.\.?(/|$))(?!.*[\\:])(?=.*[./]).+)$",
    "anh/le-phat-dong.jpg",
    "phải là mã của một cảnh (như highland), hoặc một tệp nằm trong thư mục chiến dịch, không ra ngoài đó",
    "must be the id of a scene (such as highland), or a file inside the campaign's folder, never beyond it",
)
_LEAP_YEAR = 2024
"""29/2 is a date."""
_WORD, _DAY_MONTH, _DASH = "[^ 0-9/][^ /]*", "[0-9]{1,2}/[0-9]{1,2}", r"[-\u2013]"
_TOKENS = (
    _WORD,
    "[0-9]{1,4}",
    f"[0-9]{{4}}{_DASH}[0-9]{{4}}",
    "[0-9]{1,2}/[0-9]{4}",
    f"([0-9]{{1,2}}{_DASH})?{_DAY_MONTH}(/[0-9]{{4}})?",
    f"{_DAY_MONTH}{_DASH}{_DAY_MONTH}(/[0-9]{{4}})?",
)
MARK = TextRule(
    f"^(?=.{{1,24}}$)({'|'.join(_TOKENS)})( ({'|'.join(_TOKENS)}))*$",
    "10/10",
    "phải là ngày (10/10), nhiều ngày (8-10/10), năm, hoặc vài chữ như Tháng 6, nhiều nhất 24 ký tự",
    "must be a date (10/10), several days (8-10/10), a year, or a few words such as Tháng 6, "
    "of at most 24 characters",
)
_DATES = re.compile(r"(?:([0-9]{1,2})[-–])?([0-9]{1,2})/([0-9]{1,4})(?:/([0-9]{4}))?")
_CALENDAR = re.compile(r"\b(tháng|tuần|quý|ngày)\s+([0-9]+)(?![0-9/–-])", re.IGNORECASE)
_HIGHEST = {"tháng": 12, "tuần": 53, "quý": 4, "ngày": 31}
_PLAIN_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")


def is_scene_file(scene: str) -> bool:
    """Whether a day's scene is a photo or drawing of the agency's own, and no scene's id."""
    return "." in scene or "/" in scene


def dates_in(mark: str) -> Iterator[tuple[int, int]]:
    """Each (day, month) that a mark names: `8-10/10` names the 8th and the 10th of October."""
    for first, day, month, _ in _DATES.findall(mark):
        if len(month) <= 2:
            if first:
                yield int(first), int(month)
            yield int(day), int(month)


def possible_mark(mark: str) -> str:
    """`mark` unless it names a day, week, month or quarter that no calendar has: `BilingualError`."""
    for day, month in dates_in(mark):
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
            raise _impossible(f"{day}/{month}")
    for first, day, month, year in _DATES.findall(mark):
        if first and int(first) >= int(day):
            raise _impossible(f"{first}-{day}/{month}")
        if len(month) > 2 and (year or not 1 <= int(day) <= 12):
            raise _impossible(f"{day}/{month}")
    for word, number in _CALENDAR.findall(mark):
        if not 1 <= int(number) <= _HIGHEST[word.lower()]:
            raise _impossible(f"{word} {number}")
    return mark


def _impossible(what: str) -> BilingualError:
    return BilingualError(
        f"“{what}” không có trong lịch; hãy sửa ngày, tháng (ví dụ: 10/10)",
        f"{what!r} is on no calendar; correct the day or the month (such as 10/10)",
    )


class Period(Model):
    """First and last day on which the campaign's slogans hang."""

    first: date
    last: date

    @model_validator(mode="after")
    def _first_is_first(self) -> Period:
        if self.last < self.first:
            raise BilingualError(
                f"ngày cuối ({self.last}) đứng trước ngày đầu ({self.first})",
                f"the last day ({self.last}) is before the first ({self.first})",
            )
        return self


_Share = Annotated[float, Field(ge=0, le=1)]


class Day(Model):
    """One day (week, month …) that the campaign is about. `about` says on the web page what day it is.

    `mark` is what stands large on pictures; a day may have none, and is then shown by its name. `lang` is
    the language of the day's words where it isn't the campaign's. `scene` is a scene's id, or a file beside
    the campaign; `focus` is the point of that file that must be seen, in shares of its width and height.
    """

    id: Annotated[Identifier, Field(examples=["10-10"])]
    mark: Annotated[Line, MARK, AfterValidator(possible_mark)] | None = None
    name: Line
    greeting: Line | None = None
    about: Bilingual | None = None
    date: date
    period: Period
    motif: Annotated[Identifier, Field(examples=["pixels"])]
    slogan: Slogan
    scene: Annotated[Line, SCENE] | None = None
    focus: tuple[_Share, _Share] | None = None
    lang: LanguageTag | None = None

    @model_validator(mode="before")
    @classmethod
    def _mark_was_called_numerals(cls, raw: Any) -> Any:
        """Old files say ``numerals``."""
        if not isinstance(raw, dict):
            return raw
        said = cast("dict[str, Any]", raw)
        if "numerals" not in said or "mark" in said:
            return said
        return {"mark" if key == "numerals" else key: value for key, value in said.items()}

    @model_validator(mode="after")
    def _focus_is_of_a_file(self) -> Day:
        if self.focus is not None and (self.scene is None or not is_scene_file(self.scene)):
            raise BilingualError(
                "focus chỉ dùng khi scene là một tệp ảnh hoặc hình vẽ của cơ quan",
                "focus only goes with a scene that is a photo or drawing of your own",
            )
        return self

    @property
    def label(self) -> str:
        """The day in a word: its mark, or its name where it has none."""
        return self.mark or self.name

    @property
    def contradiction(self) -> bool:
        """Whether the mark is a plain date, and another one than `date`."""
        plain = _PLAIN_DATE.fullmatch(self.mark or "")
        return plain is not None and (self.date.day, self.date.month) != (int(plain[1]), int(plain[2]))
