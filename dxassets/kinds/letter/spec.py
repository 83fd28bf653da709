"""All that decides a letter's bytes, beside the files it is read from and set with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dxassets.dispatch import WHOLE, Edition, Forward
from dxassets.jobs import LinkWords

LetterFormat = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """The dispatch with its annex; blanks stay where `number`, `issued` or `signer` is None.

    With `forward`, `dispatch` is the template by which an agency passes another letter on. `author` and
    `about` (whose letter it is, and the campaign's title) stand in no letter, but in what is told of it.
    `unset` are the ids of links without an address: their codes are empty boxes.
    """

    format: LetterFormat
    dispatch: str
    links: tuple[LinkWords, ...]
    number: str | None = None
    issued: date | None = None
    signer: str | None = None
    edition: Edition = WHOLE
    forward: Forward | None = None
    author: str = ""
    about: str = ""
    unset: tuple[str, ...] = ()
