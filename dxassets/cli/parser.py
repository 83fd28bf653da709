"""An argument parser that speaks both languages and leaves telling of errors to the caller."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

from dxassets.cli.catalog import (
    ARGUMENTS_TITLE,
    COMMANDS,
    DASHED,
    EXAMPLES,
    EXAMPLES_TITLE,
    OPTIONS,
    OPTIONS_TITLE,
    SEE_HELP,
    USAGE,
    USAGE_ERRORS,
    Text,
)
from dxassets.errors import InputError, Lang, Problem

BUNDLED = "daknong-2022"
_FLAG = re.compile(r"--[\w-]+")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help without argparse's English words."""

    usage_word = "usage"

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],  # pyright: ignore[reportPrivateUsage]
        prefix: str | None = None,
    ) -> None:
        """The usage line, begun with the user's own word for it."""
        super().add_usage(usage, actions, groups, f"{self.usage_word}: " if prefix is None else prefix)


class _Once(argparse.Action):
    """Keeps a value; a second one under any of the option's names is refused, not taken in its place."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  (argparse gives it)
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,  # noqa: ARG002
    ) -> None:
        """Keep `values`."""
        if getattr(namespace, self.dest) not in {None, values}:
            raise argparse.ArgumentError(self, "given twice")
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """The parser of one command. Options are added by the names that the catalog knows."""

    def __init__(self, command: str, lang: Lang) -> None:
        self._command = command
        self._at = 0 if lang == "vi" else 1
        self._given: list[str] = []
        examples = "\n".join(f"  {line}" for line in EXAMPLES[command].splitlines())
        super().__init__(
            prog=f"dxassets {command}",
            description=COMMANDS[command][self._at],
            epilog=f"{EXAMPLES_TITLE[self._at]}:\n{examples}",
            formatter_class=type("Formatter", (_Formatter,), {"usage_word": USAGE[self._at]}),
            add_help=False,
            allow_abbrev=False,
        )
        self._places = self.add_argument_group(ARGUMENTS_TITLE[self._at])
        self._switches = self.add_argument_group(OPTIONS_TITLE[self._at])

    def place(
        self, name: str, text: str, *, metavar: str, optional: bool = False, many: bool = False
    ) -> None:
        """A positional argument, with the catalog's help `text`; `many`: one or more."""
        count = "+" if many else "?" if optional else None
        self._places.add_argument(name, metavar=metavar, nargs=count, help=self._help(text))

    def value(
        self, *flags: str, text: str, metavar: str, required: bool = False, whole: bool = False
    ) -> None:
        """An option with one value, a whole number if `whole`."""
        self._switches.add_argument(
            *flags,
            action=_Once,
            metavar=metavar,
            required=required,
            type=int if whole else str,
            help=self._help(text),
        )

    def values(self, flag: str, *, text: str, metavar: str) -> None:
        """An option that may be given many times."""
        self._switches.add_argument(flag, metavar=metavar, action="append", default=[], help=self._help(text))

    def switch(self, flag: str, *, text: str) -> None:
        """An option without a value."""
        self._switches.add_argument(flag, action="store_true", help=self._help(text))

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The parsed arguments; `InputError` when they are wrong."""
        self._switches.add_argument("-h", "--help", action="help", help=self._help("help"))
        self._switches.add_argument("--lang", metavar="vi|en", help=self._help("lang"))
        self._given = list(arguments)
        if self._given[-1:] == ["--"]:  # nothing follows that it could set apart
            self._given.pop()
        return self.parse_args(self._given)

    def _help(self, name: str) -> str:
        return OPTIONS[name][self._at].format(bundled=BUNDLED).replace("%", "%%")

    def error(self, message: str) -> NoReturn:
        """A wrong command line, told in both languages, with the nearest option."""
        vi, en = _translated(message)
        known = [flag for action in self._actions for flag in action.option_strings]
        wrong = [word for word in _FLAG.findall(message) if word not in known]
        near = [match for word in wrong for match in get_close_matches(str(word), known, n=1)]
        hint_vi = f" Có phải là: {', '.join(near)}?" if near else ""
        hint_en = f" Did you mean: {', '.join(near)}?" if near else ""
        dashed = next((word for word in self._given if self._is_dashed_file(word, known)), None)
        if dashed is not None:
            hint_vi, hint_en = (f" {words.format(name=dashed)}" for words in DASHED)
        see = [words.format(command=self._command) for words in SEE_HELP]
        raise InputError(Problem("", f"{vi}.{hint_vi} {see[0]}", f"{en}.{hint_en} {see[1]}"))

    def _is_dashed_file(self, word: str, known: list[str]) -> bool:
        """Whether a word that was taken for an option names a file."""
        return word.startswith("-") and word not in known and os.path.lexists(word)


def _translated(message: str) -> Text:
    for pattern, (vi, en) in USAGE_ERRORS:
        match = re.fullmatch(pattern, message)
        if match:
            return vi.format(*match.groups()), en.format(*match.groups())
    return message, message
