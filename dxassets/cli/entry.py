"""From the command line to a command. Nothing heavy is imported until a command needs it."""

from __future__ import annotations

import os
import sys

from dxassets.cli import catalog
from dxassets.cli.examples import EXAMPLES

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself would cost a third of `dxassets --help`
    from collections.abc import Sequence

    from dxassets.cli.speaker import Speaker
    from dxassets.errors import Lang, Problem

_MODULES = {
    "build": "building",
    "verify": "checking",
    "check": "checking",
    "init": "starting",
    "schema": "checking",
    **{name: module for name, (module, _about, _examples) in catalog.OF_KINDS.items()},
    "register": "registering",
    "copy": "copying",
    "report": "reporting",
    "lint": "linting",
    "sheet": "sheet",
    "site": "site",
    "serve": "serve",
    "open": "desk",
    "presets": "listing",
    "themes": "listing",
    "agencies": "listing",
    "completion": "completing",
    "doctor": "doctor",
}
_READ_AHEAD = {"open": "uvicorn"}
"""What a command loads beside its own modules: reading small files is most of the waiting there."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code: 0 well, 1 an asset failed, 2 bad input, 130 Ctrl-C."""
    if arguments is None and os.environ.keys() >= {"_ARGCOMPLETE", "COMP_LINE", "COMP_POINT"}:
        from dxassets.cli.completing import complete  # noqa: PLC0415  (a shell asks, not a person)

        return complete()
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang, given, lang_is_wrong = _take_lang(given)
    if not lang_is_wrong:
        if not given or given[0] in {"-h", "--help", "help"}:
            return _say(_help(lang))
        if given[0] in {"-V", "--version"}:
            from dxassets._version import __version__  # noqa: PLC0415  (see the module's first line)

            return _say(f"dxassets {__version__}")
    return _run(given, lang, lang_is_wrong=lang_is_wrong)


def _say(text: str) -> int:
    # a Windows console may not be UTF-8, and Vietnamese must not fail there
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.write(text + "\n")
    return 0


def _take_lang(arguments: list[str]) -> tuple[Lang, list[str], bool]:
    """The language, the other arguments, and whether the language given is none."""
    chosen = os.environ.get("DXASSETS_LANG", "").lower()[:2]
    wrong = False
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--lang" or word.startswith("--lang="):
            chosen = word[7:] if "=" in word else next(words, "")
            wrong = chosen not in {"vi", "en"}
        else:
            rest.append(word)
    return ("en" if chosen == "en" else "vi"), rest, wrong


def _help(lang: Lang) -> str:
    at = 0 if lang == "vi" else 1
    width = max(len(name) for name in catalog.COMMANDS) + 2
    options = {"--lang vi|en": "lang", "-V, --version": "version", "-h, --help": "help"}
    lines = [
        f"{catalog.USAGE[at]}: dxassets {catalog.COMMAND[at]} [{catalog.OPTIONS_WORD[at]}]",
        "",
        catalog.SUMMARY[at],
        "",
        f"{catalog.COMMANDS_TITLE[at]}:",
        *(f"  {name:<{width}}{text[at]}" for name, text in catalog.COMMANDS.items()),
        "",
        f"{catalog.OPTIONS_TITLE[at]}:",
        *(f"  {flag:<16}{catalog.OPTIONS[name][at]}" for flag, name in options.items()),
        "",
        f"{catalog.EXAMPLES_TITLE[at]}:",
        *(f"  {line}" for line in EXAMPLES[""].splitlines()),
        "",
        catalog.MORE_HELP[at],
    ]
    return "\n".join(lines)


def _run(given: list[str], lang: Lang, *, lang_is_wrong: bool) -> int:
    """Run one command, and tell whatever stops it."""
    from dxassets.cli.speaker import Speaker  # noqa: PLC0415  (see the module's first line)
    from dxassets.errors import DxassetsError  # noqa: PLC0415

    speaker = Speaker(lang, as_json="--json" in given)
    try:
        return _command(given, speaker, lang_is_wrong=lang_is_wrong)
    except DxassetsError as error:
        speaker.failure(error)
        return error.exit_code
    except KeyboardInterrupt:
        speaker.err("")
        speaker.err(speaker.words(catalog.STOPPED))
        return 130
    except BrokenPipeError:  # `dxassets agencies | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit as left:  # argparse's way to end after --help
        return int(left.code or 0)


def _command(given: list[str], speaker: Speaker, *, lang_is_wrong: bool) -> int:
    """Find the command and run it; `InputError` when there is none of that name."""
    from importlib import import_module  # noqa: PLC0415

    from dxassets.errors import InputError, Problem  # noqa: PLC0415

    if lang_is_wrong:
        raise InputError(Problem("--lang", *catalog.BAD_LANG))
    name, *rest = given
    if name not in _MODULES:
        raise InputError(_no_command(name))
    if name in _READ_AHEAD:
        _read_ahead(_READ_AHEAD[name])
    module = import_module(f"dxassets.cli.{_MODULES[name]}")
    code: int = getattr(module, f"run_{name}")(rest, speaker)
    return code


def _read_ahead(module: str) -> None:
    """Load a module in a thread; whoever imports it meanwhile waits, and is told if there is none."""
    from contextlib import suppress  # noqa: PLC0415
    from importlib import import_module  # noqa: PLC0415
    from threading import Thread  # noqa: PLC0415

    def load() -> None:
        with suppress(ImportError):
            import_module(module)

    Thread(target=load, daemon=True).start()


def _no_command(name: str) -> Problem:
    """The problem of a word that is no command, or of an option that does not stand before one."""
    from difflib import get_close_matches  # noqa: PLC0415

    from dxassets.errors import Problem  # noqa: PLC0415

    known = list(catalog.COMMANDS)
    said, otherwise = (text.format(name=name) for text in catalog.NO_COMMAND), catalog.SEE_ALL_HELP
    if name.startswith("-"):
        known = ["--lang", "--version", "-V", "--help", "-h"]
        said = (text.format(name.partition("=")[0]) for text in catalog.NOT_UNDERSTOOD)
    near = ", ".join(get_close_matches(name, known, n=2, cutoff=0.5))
    hints = (text.format(name=near) for text in (catalog.DID_YOU_MEAN if near else otherwise))
    vi, en = (f"{text}. {hint}" for text, hint in zip(said, hints, strict=True))
    return Problem("", vi, en)
