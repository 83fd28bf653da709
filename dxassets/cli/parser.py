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
    CAMPAIGN_BY_OPTION,
    COMMANDS,
    DASHED,
    DID_YOU_MEAN,
    EXAMPLES_TITLE,
    NOT_UNDERSTOOD,
    OPTIONS,
    OPTIONS_TITLE,
    SEE_HELP,
    STREAM_FOR_FOLDER,
    TWO_CAMPAIGNS,
    USAGE,
    Text,
)
from dxassets.cli.examples import EXAMPLES
from dxassets.errors import InputError, Lang, Problem
from dxassets.resources import example_campaign

_CAMPAIGN, _NAMED_CAMPAIGN = "campaign", "named_campaign"
_NUMBER = re.compile(r"-\d+|-\d*\.\d+")
"""argparse's own idea of a negative number."""
_USAGE_ERRORS: tuple[tuple[str, Text], ...] = (
    (r"unrecognized arguments: (.*)", ("không hiểu: {0}", "not understood: {0}")),
    (r"the following arguments are required: (.*)", ("còn thiếu: {0}", "missing: {0}")),
    (
        r"argument (.*): given twice",
        ("{0} được cho hai giá trị; hãy bỏ bớt một", "{0} is given two values; leave one out"),
    ),
    (r"argument (.*): expected .*", ("{0} cần một giá trị đi kèm", "{0} needs a value")),
    (
        r"argument (.*): invalid int value: (.*)",
        ("{0}: {1} không phải số nguyên", "{0}: {1} is not a whole number"),
    ),
    (
        r"argument (.*): ignored explicit argument (.*)",
        ("{0} không nhận giá trị {1}", "{0} takes no value {1}"),
    ),
)
"""What argparse says of a wrong line, and what we say instead."""


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


class Once(argparse.Action):
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
        self._or_file = ""
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
            action=Once,
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

    def campaign(self, *, or_file: str = "", text: str = _CAMPAIGN) -> None:
        """The campaign, as the first argument or by ``--campaign``, whichever is remembered.

        The first argument may as well be a file with the suffix `or_file`: then it is the `document`.
        """
        self._or_file = or_file
        metavar = f"CAMPAIGN|FILE{or_file}" if or_file else "CAMPAIGN"
        self.place(_CAMPAIGN, text, metavar=metavar, optional=True)
        self._switches.add_argument(
            f"--{_CAMPAIGN}", dest=_NAMED_CAMPAIGN, metavar="CAMPAIGN", help=self._help("same_campaign")
        )

    def close(self) -> None:
        """Add what every command has, after its own options."""
        self._switches.add_argument("-h", "--help", action="help", help=self._help("help"))
        self._switches.add_argument("--lang", metavar="vi|en", help=self._help("lang"))

    @property
    def actions(self) -> Sequence[argparse.Action]:
        """All arguments and options."""
        return self._actions

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """The parsed arguments; `InputError` when they are wrong."""
        self._given = list(arguments)
        if self._given[-1:] == ["--"]:  # nothing follows that it could set apart
            self._given.pop()
        self._refuse_unknown()
        options = self.parse_args(self._given)
        self._refuse_stream_for_folder(options)
        named = vars(options).pop(_NAMED_CAMPAIGN, None)
        if self._or_file:
            is_file = str(options.campaign).lower().endswith(self._or_file)
            options.document = options.campaign if is_file else None
            options.campaign = None if is_file else options.campaign
        if named is not None:
            if options.campaign not in {None, named}:
                raise InputError(Problem("--campaign", *(text.format(name=named) for text in TWO_CAMPAIGNS)))
            options.campaign = named
        return options

    def _refuse_stream_for_folder(self, options: argparse.Namespace) -> None:
        """`InputError` where ``-`` stands for a folder: nobody means one of that name."""
        for action in self._actions:
            if action.metavar == "DIR" and getattr(options, action.dest) == "-":
                where = action.option_strings[0] if action.option_strings else "DIR"
                raise InputError(Problem(where, *STREAM_FOR_FOLDER))

    def _refuse_unknown(self) -> None:
        """`InputError` for all options that there are not, each with the nearest.

        argparse would tell of an option that is missing, and not of the slip in its name.
        """
        known = self._known_flags()
        words = self._given[: self._given.index("--")] if "--" in self._given else self._given
        unknown = [word for word in words if _looks_like_option(word) and not _is_among(word, known)]
        if unknown:
            raise InputError(*(self._unknown(word, known) for word in dict.fromkeys(unknown)))

    def _known_flags(self) -> list[str]:
        return [flag for action in self._actions for flag in action.option_strings]

    def _unknown(self, word: str, known: list[str]) -> Problem:
        if os.path.lexists(word):  # a file whose name begins with a dash
            return self._problem([text.format(word) for text in NOT_UNDERSTOOD], DASHED, name=word)
        flag = word.partition("=")[0]
        near = get_close_matches(flag, known, n=1)
        said = [text.format(flag) for text in NOT_UNDERSTOOD]
        return self._problem(said, DID_YOU_MEAN, name=near[0]) if near else self._problem(said)

    def _problem(self, said: Sequence[str], hint: Text | None = None, **parts: str) -> Problem:
        """What is wrong with the line, a hint, and where to read on."""
        hints = ("", "") if hint is None else tuple(f" {text.format(**parts)}" for text in hint)
        see = [text.format(command=self._command) for text in SEE_HELP]
        vi, en = (f"{text}.{hint} {more}" for text, hint, more in zip(said, hints, see, strict=True))
        return Problem("", vi, en)

    def _help(self, name: str) -> str:
        return OPTIONS[name][self._at].format(bundled=example_campaign()).replace("%", "%%")

    def error(self, message: str) -> NoReturn:
        """A wrong command line, told in both languages."""
        places = {action.dest for action in self._actions if not action.option_strings}
        by_option = _CAMPAIGN not in places and f"--{_CAMPAIGN}" in self._known_flags()
        too_many = message.startswith("unrecognized")
        raise InputError(
            self._problem(_translated(message), CAMPAIGN_BY_OPTION if by_option and too_many else None)
        )


def _looks_like_option(word: str) -> bool:
    """What argparse takes for an option: a dash, but no number, no words with blanks, and not alone."""
    return word.startswith("-") and word != "-" and " " not in word and not _NUMBER.fullmatch(word)


def _is_among(word: str, known: Sequence[str]) -> bool:
    """Whether there is that option, its value joined to it or not."""
    return word.partition("=")[0] in known or (not word.startswith("--") and word[:2] in known)


def _translated(message: str) -> Text:
    for pattern, (vi, en) in _USAGE_ERRORS:
        match = re.fullmatch(pattern, message)
        if match:
            return vi.format(*match.groups()), en.format(*match.groups())
    return message, message
