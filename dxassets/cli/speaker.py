"""Where the command line's words go: results to stdout, everything else to stderr, in one language."""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO

from dxassets.cli.catalog import Text
from dxassets.cli.messages import ERROR, WARNING
from dxassets.errors import DxassetsError, Lang, Problem


class Speaker:
    """Says texts of the catalog in the user's language; with `as_json`, stdout is one JSON document."""

    def __init__(self, lang: Lang, *, as_json: bool = False) -> None:
        self.lang: Lang = lang
        self.as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if (
                reconfigure is not None
            ):  # a Windows console may not be UTF-8, and Vietnamese must not fail there
                reconfigure(encoding="utf-8", errors="replace")

    def words(self, text: Text, **parts: object) -> str:
        """`text` in the user's language, filled with `parts`."""
        return text[0 if self.lang == "vi" else 1].format_map(parts)

    def out(self, line: str) -> None:
        """A line of the result."""
        _write(sys.stdout, line)

    def err(self, line: str) -> None:
        """A line beside the result: progress, warnings, errors."""
        _write(sys.stderr, line)

    def document(self, document: Any) -> None:
        """The result as JSON."""
        self.out(json.dumps(document, ensure_ascii=False, indent=1))

    def problem(self, problem: Problem, kind: Text = ERROR) -> None:
        """One problem, to stderr."""
        self.err(self.words(kind, line=problem.line(self.lang)))

    def warning(self, problem: Problem) -> None:
        """Something that is allowed but deserves a look."""
        self.problem(problem, WARNING)

    def failure(self, error: DxassetsError) -> None:
        """Everything that an error has to say."""
        if self.as_json:
            self.document({"errors": problems_to_json(error.problems)})
        for problem in error.problems:
            self.problem(problem)


def problems_to_json(problems: tuple[Problem, ...] | list[Problem]) -> list[dict[str, str]]:
    """Problems for machines, in both languages."""
    return [{"where": problem.where, "vi": problem.vi, "en": problem.en} for problem in problems]


def _write(stream: TextIO, line: str) -> None:
    stream.write(line + "\n")
    stream.flush()
