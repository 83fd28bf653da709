"""Where the command line's words go: results to stdout, everything else to stderr, in one language."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any, TextIO

from dxassets import notation
from dxassets.cli.catalog import Text
from dxassets.cli.messages import ERROR, WARNING
from dxassets.errors import DxassetsError, Lang, Problem


class Speaker:
    """Says texts of the catalog in the user's language; with `as_json`, stdout is one JSON document."""

    def __init__(self, lang: Lang, *, as_json: bool = False) -> None:
        self.lang: Lang = lang
        self.as_json = as_json
        self.located: Callable[[Problem], Problem] = lambda problem: problem
        """Tells where the files lie that a problem names; known when a campaign is open."""
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if (
                reconfigure is not None
            ):  # a Windows console may not be UTF-8, and Vietnamese must not fail there
                reconfigure(encoding="utf-8", errors="replace")

    def words(self, text: Text, **parts: object) -> str:
        """`text` in the user's language, filled with `parts`."""
        return text[0 if self.lang == "vi" else 1].format_map(parts)

    def number(self, value: float, *, places: int = 0) -> str:
        """A number in the user's language."""
        return notation.number(value, self.lang, places=places)

    def out(self, line: str) -> None:
        """A line of the result."""
        _write(sys.stdout, line)

    def err(self, line: str) -> None:
        """A line beside the result: progress, warnings, errors."""
        _write(sys.stderr, line)

    def document(self, document: Any) -> None:
        """The result as JSON."""
        text = json.dumps(document, ensure_ascii=False, indent=1)
        self.out(_ORDERS.sub(lambda match: f"\\u{ord(match[0]):04x}", text))  # the same to whoever reads it

    def problem(self, problem: Problem, kind: Text = ERROR) -> None:
        """One problem, to stderr."""
        self.err(self.words(kind, line=self.located(problem).line(self.lang)))

    def warning(self, problem: Problem) -> None:
        """Something that is allowed but deserves a look."""
        self.problem(problem, WARNING)

    def failure(self, error: DxassetsError) -> None:
        """Everything that an error has to say."""
        if self.as_json:
            self.document({"errors": problems_to_json([self.located(each) for each in error.problems])})
        for problem in error.problems:
            self.problem(problem)


def problems_to_json(problems: tuple[Problem, ...] | list[Problem]) -> list[dict[str, str]]:
    """Problems for machines, in both languages."""
    return [{"where": problem.where, "vi": problem.vi, "en": problem.en} for problem in problems]


def harmless(line: str) -> str:
    """`line` without what a terminal would obey: a file's name may hold colours, or worse."""
    return _ORDERS.sub(_REPLACED, line)


_ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but for tabs and line ends, and those that turn the reading direction."""
_REPLACED = "\ufffd"


def _write(stream: TextIO, line: str) -> None:
    stream.write(harmless(line) + "\n")
    stream.flush()
