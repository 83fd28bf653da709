"""What a request may say: one description for reading it and for the OpenAPI document.

A value that breaks its description is the request's fault (400). One that keeps it
and still can't be made, such as a name that does not fit, is told by the drawing (422).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import parse_qsl

from dxassets.errors import InputError, Problem

_MOST_FIELDS = 16


@dataclass(frozen=True, slots=True)
class Parameter:
    """One text: `choices`, or a length and a pattern; an optional one may be left out."""

    name: str
    about: str
    example: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    shortest: int = 0
    longest: int | None = None
    pattern: str | None = None
    default: str | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema."""
        schema: dict[str, Any] = {"type": "string"}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.shortest:
            schema["minLength"] = self.shortest
        if self.longest is not None:
            schema["maxLength"] = self.longest
        if self.pattern is not None:
            schema["pattern"] = self.pattern
        if self.default is not None:
            schema["default"] = self.default
        return schema

    def problem_of(self, value: str) -> Problem | None:
        """What is wrong with `value`, or None."""
        if self.choices and value not in self.choices:
            return Problem(self.name, *_not_a_choice(self.choices))
        if len(value) < self.shortest:
            return Problem(self.name, "không được để trống", "must not be empty")
        if self.longest is not None and len(value) > self.longest:
            return Problem(
                self.name,
                f"dài quá {self.longest} ký tự; hãy viết ngắn lại",
                f"is longer than {self.longest} characters; shorten it",
            )
        if self.pattern is not None and re.fullmatch(self.pattern.strip("^$"), value) is None:
            return Problem(
                self.name,
                f"phải có dạng như {self.example}" if self.example else "không đúng dạng",
                f"must look like {self.example}" if self.example else "has the wrong form",
            )
        return None


def _not_a_choice(choices: tuple[str, ...]) -> tuple[str, str]:
    """Few choices are told; for many there is a list to ask for."""
    if len(choices) > 12:
        return "không có mã này trong danh sách", "there is no such id on the list"
    listed = ", ".join(choice for choice in choices if choice)
    return f"phải là một trong: {listed}", f"must be one of: {listed}"


def read_query(query: bytes, wanted: Iterable[Parameter]) -> dict[str, str]:
    """The parameters of a query string or a form; `InputError` with all that is wrong."""
    try:
        pairs = parse_qsl(
            query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeError as error:
        raise InputError(Problem("", "không phải UTF-8", "is not UTF-8")) from error
    except ValueError as error:
        raise InputError(Problem("", "có quá nhiều tham số", "has too many parameters")) from error
    return _checked(pairs, wanted)


def read_json(body: bytes, wanted: Iterable[Parameter]) -> dict[str, str]:
    """The parameters of a JSON object of texts; `InputError` with all that is wrong."""
    try:
        document: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError(Problem("", "không phải JSON", "is not JSON")) from error
    if not isinstance(document, dict):
        raise InputError(Problem("", "phải là một đối tượng JSON", "must be a JSON object"))
    pairs: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for name, value in cast("Mapping[str, object]", document).items():
        if isinstance(value, str):
            pairs.append((name, value))
        else:
            problems.append(Problem(_named(name), "phải là chữ trong ngoặc kép", "must be a string"))
    if problems:
        raise InputError(*problems)
    return _checked(pairs, wanted)


def _checked(pairs: Iterable[tuple[str, str]], wanted: Iterable[Parameter]) -> dict[str, str]:
    known = {parameter.name: parameter for parameter in wanted}
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in pairs:
        if name not in known:
            problems.append(Problem(_named(name), "không có tham số này", "is not a known parameter"))
        elif name in found:
            problems.append(Problem(name, "có hai lần", "is given twice"))
        else:
            found[name] = value
            problem = known[name].problem_of(value)
            problems += [problem] if problem else []
    problems += [
        Problem(parameter.name, "còn thiếu", "is missing")
        for parameter in known.values()
        if parameter.required and parameter.name not in found
    ]
    if problems:
        raise InputError(*problems)
    return {name: value for name, value in found.items() if value}


def read_date(text: str | None) -> date | None:
    """A day such as 2022-09-21; `InputError` when there is none like it."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            Problem(
                "date",
                "không có ngày này; hãy chọn lại (năm-tháng-ngày, ví dụ 2022-09-21)",
                "is no real date; choose again (year-month-day, such as 2022-09-21)",
            )
        ) from error


def _named(name: str) -> str:
    """A name that somebody else chose, fit to be said again."""
    return re.sub(r"[^\w.-]", "?", name)[:40]
