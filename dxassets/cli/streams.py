"""``-``: standard input and output where one file is read or written.

What goes out there is the file and nothing else; whatever there is to say goes to stderr.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypeVar

from dxassets.cli import messages
from dxassets.cli.catalog import Text
from dxassets.errors import InputError, Problem
from dxassets.models import not_among

STREAM = "-"
_TEXTS = frozenset({"svg", "json"})
"""Formats that a terminal can show."""
_SAME = {"jpeg": "jpg"}
FormatT = TypeVar("FormatT")


def format_of(file: str, asked: str | None, *, known: tuple[FormatT, ...]) -> FormatT:
    """The format to write: what ``--format`` says, else the suffix of the file.

    `InputError` for one that there is not, for standard output without any, and where the two disagree.
    """
    if asked is None:
        if file == STREAM:
            raise _problem("--format", messages.FORMAT_NEEDED, known=", ".join(map(str, known)))
        from dxassets.api.single import suffix_of  # noqa: PLC0415  (draws: who only reads does not wait for it)

        return suffix_of(file, known)
    chosen = asked_format(asked, known=known)
    suffix = Path(file).suffix.lower().removeprefix(".")
    if suffix in {*known, *_SAME} and _SAME.get(suffix, suffix) != chosen:
        raise _problem("--format", messages.FORMAT_CLASH, format=chosen, file=file)
    return chosen


def asked_format(asked: str, *, known: tuple[FormatT, ...]) -> FormatT:
    """The format of that name; `InputError` when there is none."""
    name = asked.lower()
    for each in known:
        if each == _SAME.get(name, name):
            return each
    raise InputError(not_among("--format", asked, known=[str(each) for each in known]))


def refuse_terminal(file_format: str) -> None:
    """`InputError` when standard output is a terminal, which such a file would garble. Before it is made."""
    if file_format not in _TEXTS and sys.stdout.isatty():
        raise _problem("-o", messages.NO_TERMINAL, format=file_format)


def send(data: bytes) -> None:
    """Write a finished file to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def receive(most: int) -> bytes:
    """A file from standard input, at most one byte more than `most`; `InputError` when it is a terminal."""
    if sys.stdin.isatty():
        raise _problem(STREAM, messages.NOTHING_PIPED)
    return sys.stdin.buffer.read(most + 1)


def _problem(where: str, text: Text, **parts: object) -> InputError:
    vi, en = (each.format(**parts) for each in text)
    return InputError(Problem(where, vi, en))
