"""What abbreviations, units, documents and offices are called: `spoken.toml`, which a clerk can extend."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from dxassets.models import BilingualError, Line, Model, read_toml, validate
from dxassets.spoken.numerals import Reading

_MARKS = re.compile(r"[^\w\s&.,/°²³%‰$€₫'\-]")


def _written_short(key: str) -> str:
    if _MARKS.search(key) or key != key.strip() or not key:
        raise BilingualError(
            f"“{key}” không phải chữ viết tắt; chỉ gồm chữ, số và các dấu . - / & (ví dụ: UBND, TP., b/c)",
            f"{key!r} is no abbreviation; it holds letters, digits and . - / & (such as UBND, TP., b/c)",
        )
    return key


Short = Annotated[Line, AfterValidator(_written_short)]


class Vocabulary(Model):
    """`spoken.toml`: a table for each sort of short form, and how things are read."""

    reading: Reading = Reading()
    words: dict[Short, Line] = Field(default_factory=dict)
    units: dict[Short, Line] = Field(default_factory=dict)
    documents: dict[Short, Line] = Field(default_factory=dict)
    offices: dict[Short, Line] = Field(default_factory=dict)

    def joined(self, own: Vocabulary) -> Vocabulary:
        """These, with a campaign's own over them."""
        said: dict[str, Any] = {name: {**getattr(self, name), **getattr(own, name)} for name in _TABLES}
        reading = self.reading.model_copy(update=own.reading.model_dump(exclude_unset=True))
        return Vocabulary.model_construct(None, reading=reading, **said)

    @cached_property
    def short_forms(self) -> re.Pattern[str]:
        """Every abbreviation where it stands by itself, longest first."""
        return _any_of({**self.offices, **self.words})

    @cached_property
    def unit_pattern(self) -> str:
        """Any unit, longest first, as part of a pattern."""
        return "|".join(re.escape(name) for name in sorted(self.units, key=len, reverse=True)) or "(?!)"

    def said(self, short: str) -> str | None:
        """What an abbreviation stands for, or None."""
        return self.words.get(short) or self.offices.get(short)


_TABLES = ("words", "units", "documents", "offices")


def _any_of(table: dict[str, str]) -> re.Pattern[str]:
    """Each where no letter follows; a name stands close behind a dot, too: TP.Huế."""
    names = sorted(table, key=len, reverse=True)
    said = "|".join(re.escape(name) + ("" if name.endswith(".") else r"(?!\w)") for name in names)
    return re.compile(rf"(?<![\w/&-])(?:{said or '(?!)'})(?!&|[-/]\w)")


def parse_vocabulary(data: bytes, source: str) -> Vocabulary:
    """`spoken.toml`; every problem together in one `CampaignError`."""
    return validate(Vocabulary, read_toml(data, source), source)
