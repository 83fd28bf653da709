"""All that decides a letter's bytes, beside the files it is read from and set with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dxassets.dispatch import WHOLE, Edition, Forward
from dxassets.dispatch.kinds import LETTER
from dxassets.jobs import LinkWords

LetterFormat = Literal["docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Merged:
    """What one row of a table says: each `{column}` of the letter, as it stands there, and its text.

    `addressees` are the row's own, where its table has a column for them.
    """

    words: tuple[tuple[str, str], ...]
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """The dispatch with its annex; blanks stay where `number`, `issued` or `signer` is None.

    With `forward`, `dispatch` is the template by which an agency passes another letter on. `author` and
    `about` (whose letter it is, and the campaign's title) stand in no letter, but in what is told of it.
    `kind` is the document's, by its slug; `is_alone` of one that belongs to no campaign. `unset` are the ids
    of links without an address: their codes are empty boxes. `merged` is the row of a table whose letter
    it is.
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
    merged: Merged | None = None
    kind: str = LETTER
    is_alone: bool = False
