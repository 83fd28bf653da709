"""TOML whose errors know their line: the particulars of a letter, and its annexes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from dxassets.errors import Problem
from dxassets.foreign import toml_error
from dxassets.models import clean_strings, details_of, problems_of

FENCE = "+++"
_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w\-]+)\s*=")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)")

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class TomlText:
    """A piece of TOML inside a file; `before` lines stand above it."""

    text: str
    source: str
    before: int = 0

    def where(self, location: Sequence[int | str] = ()) -> str:
        """``file:line`` of the key at `location`, or of the nearest key around it."""
        return f"{self.source}:{self.line(location)}"

    def line_with(self, location: Sequence[int | str], words: str) -> str:
        """``file:line`` of the first line from the key at `location` on that holds `words`.

        An entry of a list stands on a line of its own, below its key.
        """
        first = self.line(location) - self.before
        below = self.text.splitlines()[first - 1 :]
        offset = next((at for at, line in enumerate(below) if words in line), 0)
        return f"{self.source}:{self.before + first + offset}"

    def line(self, location: Sequence[int | str] = ()) -> int:
        """The line of the key at `location` in the file, counted from 1."""
        known = self._lines()
        path = tuple(location)
        while path and path not in known:
            path = path[:-1]
        return self.before + known.get(path, 1)

    def _lines(self) -> dict[tuple[int | str, ...], int]:
        """The line of every key and table header, by its path."""
        found: dict[tuple[int | str, ...], int] = {}
        counts: dict[str, int] = {}
        table: tuple[int | str, ...] = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                name = header.group(2)
                table = tuple(name.split("."))
                if header.group(1) == "[[":
                    counts[name] = counts.get(name, -1) + 1
                    table = (*table, counts[name])
                found[table] = number
            elif key := _KEY.match(line):
                found.setdefault((*table, key.group(1)), number)
        return found

    def read(self, problems: list[Problem]) -> dict[str, Any]:
        """The document, strings as written; `problems` grows when it is not TOML."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            at = _AT_LINE.search(str(error))
            # "at end of document" names no line; the last one is where the reader gave up.
            line = int(at.group(1)) if at else len(self.text.splitlines())
            vi, en = toml_error(str(error))
            where = f"{self.source}:{self.before + line}"
            problems.append(Problem(where, f"viết sai cú pháp TOML: {vi}", f"is not valid TOML: {en}"))
            return {}

    def check(self, raw: object, model: type[ModelT], problems: list[Problem]) -> ModelT | None:
        """`raw`, its strings cleaned, as a `model`; what is wrong goes into `problems`, line by line."""
        try:
            return model.model_validate(clean_strings(raw))
        except ValidationError as error:
            details = details_of(error)
            for detail, problem in zip(details, problems_of(error, model, self.source), strict=True):
                path = problem.where.removeprefix(self.source).removeprefix(": ")
                location = detail["loc"]
                problems.append(
                    Problem(self.where(location), f"{path}: {problem.vi}", f"{path}: {problem.en}")
                )
            return None


def decode(data: bytes, source: str, problems: list[Problem]) -> str:
    """`data` as text; a byte order mark and CRLF line ends are taken off."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        problems.append(
            Problem(
                source,
                f"không phải văn bản UTF-8 (byte thứ {error.start}); hãy lưu lại với mã UTF-8",
                f"is not UTF-8 text (byte {error.start}); save it as UTF-8",
            )
        )
        return ""


def split_front_matter(text: str, source: str, problems: list[Problem]) -> tuple[TomlText, str, int]:
    """The particulars, the text below them, and how many lines stand above that text."""
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == FENCE][:2]
    if len(fences) < 2 or any(line.strip() for line in lines[: fences[0]]):
        problems.append(
            Problem(
                f"{source}:1",
                "phải mở đầu bằng phần khai báo giữa hai dòng +++",
                "must begin with the particulars between two +++ lines",
            )
        )
        return TomlText("", source), "", 0
    first, last = fences
    front = TomlText("\n".join(lines[first + 1 : last]), source, before=first + 1)
    return front, "\n".join(lines[last + 1 :]), last + 1
