"""What a request says, read by the same description that the OpenAPI document shows.

A value that breaks its description is the request's fault (400). One that keeps it
and still can't be made, such as a name that does not fit, is told by the drawing (422).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import cast
from urllib.parse import parse_qsl

from dxassets.errors import InputError, Problem
from dxassets.kinds.faces import Parameter

_MOST_FIELDS = 16


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


def _named(name: str) -> str:
    """A name that somebody else chose, fit to be said again."""
    return re.sub(r"[^\w.-]", "?", name)[:40]
