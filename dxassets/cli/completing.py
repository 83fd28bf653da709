"""Completing a line in a shell: what argcomplete asks, answered from one command's parser and the campaign.

The shell starts `dxassets` at every press of Tab, so nothing here loads what draws or checks pictures.
"""

from __future__ import annotations

import os
import re
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import argcomplete
from argcomplete.completers import DirectoriesCompleter
from argcomplete.finders import safe_actions
from argcomplete.lexers import split_line
from argcomplete.shell_integration import shellcode

from dxassets.cli import catalog, known
from dxassets.cli.options import SHELLS, parser_of, read
from dxassets.cli.parser import Once
from dxassets.cli.speaker import Speaker
from dxassets.errors import InputError, Lang
from dxassets.resources import example_campaign

Completer = Callable[..., Mapping[str, str]]
_IDS = {"--day": "day", "--theme": "theme", "--preset": "preset", "--agency": "agency"}
_CHOICES = re.compile(r"[a-z0-9/-]+(\|[A-Za-z0-9/,-]+)+")
_FILES = {"FILE", "FILE|-", "FILE|ID|none", "PHOTO|DIR|-"}


def run_completion(arguments: Sequence[str], speaker: Speaker) -> int:
    """What a shell reads to complete with us."""
    shell = read("completion", arguments, speaker).shell
    if shell not in SHELLS.split("|"):
        from dxassets.models import not_among  # noqa: PLC0415  (Pydantic, which a shell that starts need not wait for)

        raise InputError(not_among("SHELL", shell, known=SHELLS.split("|")))
    speaker.out(shellcode(["dxassets"], use_defaults=False, shell=shell).strip())
    return 0


def complete() -> int:
    """Answer a shell, as its variables ask; argcomplete ends the process then."""
    lang: Lang = "en" if os.environ.get("DXASSETS_LANG", "").lower().startswith("en") else "vi"
    first = int(os.environ["_ARGCOMPLETE"])
    line, point = os.environ["COMP_LINE"], int(os.environ["COMP_POINT"])
    words = split_line(line, point)[3]
    at = _command_at(words, first)
    if at is None:
        parser: ArgumentParser = _commands(lang)
    else:
        os.environ["_ARGCOMPLETE"] = str(at + 1)  # counted from 1: the command stands for the program
        command = parser_of(words[at], lang)
        _prepare(command.actions)
        parser = command
    cast("set[type[Action]]", safe_actions).add(Once)  # a campaign that was named says which ids there are
    argcomplete.autocomplete(parser, always_complete_options="long")
    return 0


def _command_at(words: Sequence[str], first: int) -> int | None:
    """Where the command stands among the words before the cursor, or None while it is still to come."""
    skip = False
    for at in range(first, len(words)):
        if skip or words[at].startswith("-"):
            skip = words[at] == "--lang"
        else:
            return at if words[at] in catalog.COMMANDS else None
    return None


def _commands(lang: Lang) -> ArgumentParser:
    """What may stand before a command, and the commands."""
    at = 0 if lang == "vi" else 1
    parser = ArgumentParser(add_help=False)
    told = {name: text[at] for name, text in catalog.COMMANDS.items()}
    _complete(parser.add_argument("command"), _listed(told))
    _complete(parser.add_argument("--lang", help=catalog.OPTIONS["lang"][at]), _listed({"vi": "", "en": ""}))
    for flags, name in ((("-h", "--help"), "help"), (("-V", "--version"), "version")):
        parser.add_argument(*flags, action="store_true", help=catalog.OPTIONS[name][at])
    return parser


def _prepare(actions: Sequence[Action]) -> None:
    """Say of each argument what may be given; of some that is only known to who types."""
    for action in actions:
        metavar = str(action.metavar)
        named = [flag for flag in action.option_strings if flag in _IDS]
        if named and metavar == "ID":
            _complete(action, _ids(_IDS[named[0]]))
        elif metavar == "CAMPAIGN":
            _complete(action, _campaigns)
        elif metavar in {"DIR", "DIR|-"}:
            _complete(action, DirectoriesCompleter())
        elif _CHOICES.fullmatch(metavar):
            choices = (each for each in metavar.split("|") if each == each.lower())
            _complete(action, _listed(dict.fromkeys(choices, "")))
        elif metavar not in _FILES:
            _complete(action, _listed({}))


def _complete(action: Action, completer: object) -> None:
    action.completer = completer  # type: ignore[attr-defined]  # argcomplete's way


def _listed(answers: Mapping[str, str]) -> Completer:
    def completer(**_: object) -> Mapping[str, str]:
        return answers

    return completer


def _ids(what: str) -> Completer:
    def completer(*, parsed_args: Namespace, **_: object) -> Mapping[str, str]:
        said = vars(parsed_args)
        return known.ids_of(what, said.get("campaign") or said.get("named_campaign") or example_campaign())

    return completer


def _campaigns(*, prefix: str, **_: object) -> Mapping[str, str]:
    """Bundled campaigns by id, and folders."""
    return {**known.campaigns(), **dict.fromkeys(DirectoriesCompleter()(prefix=prefix), "")}
