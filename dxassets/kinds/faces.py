"""How a kind shows and offers itself: on the index of a built folder, on the web site, in the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dxassets.dispatch import LetterFill
from dxassets.errors import InputError, Problem
from dxassets.kinds.scope import UNFILLED, Wanted
from dxassets.project import Project
from dxassets.store import Record

if TYPE_CHECKING:  # the site's drawing libraries are loaded where a site is made
    from dxassets.renderers.site.model import SiteFile

Text = tuple[str, str]
"""A text in Vietnamese and in English."""
EVERYBODY = "all"
"""In the place of agencies' ids: all of them."""
LONGEST = {"name": 160, "signer": 60, "number": 6, "label": 60, "url": 400, "find": 80}
"""Most characters of each text that somebody types into a request, before it is cleaned."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What is wrong with a campaign in the eyes of one kind: `errors` stop it, `warnings` do not.

    `rehearsal` names assets of which only the finished file tells whether they can be made: `check` makes
    them, where nothing else is wrong, and throws them away.
    """

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    rehearsal: Wanted | None = None

    @classmethod
    def of_reading(cls, read: Callable[[], object]) -> Survey:
        """What is wrong with the campaign's own files of a kind, which `read` reads."""
        try:
            read()
        except InputError as error:
            return cls(tuple(error.problems))
        return cls()


@dataclass(frozen=True, slots=True)
class CardFace:
    """An asset's card on the index. `beside` in `Kind.card` are the other forms of the same asset.

    `embed` is HTML for pages or mails, `plain` the same as plain text, for mails.
    """

    title: Text
    see_through: bool = False
    embed: str | None = None
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class SiteWanted:
    """Which agencies, days, themes and sizes the site holds; empty means what `[site]` says.

    Agencies that are chosen by name have ready-made pictures, as has the issuing one. Of others the page
    draws the name; those in `prerender` (ids, or `EVERYBODY`) have both. Without `draws` it draws none: a
    server does. `letter` is what is filled into the letter. `address` is where the site will be published.
    `sums` is a folder of what units reported, whose picture is shown.
    """

    agencies: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    letter: LetterFill = UNFILLED
    address: str | None = None
    prerender: tuple[str, ...] = ()
    draws: bool = True
    sums: Path | None = None

    @property
    def is_chosen(self) -> bool:
        """Whether pictures were chosen by name; the issuing agency has no more than others then."""
        return bool(self.days or self.themes or self.presets)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made of one kind for the site.

    `sources` says where each file of the site lies in the built `folder`; who lays a file into the
    site adds it there, by its path in the site. `made_by` are the programs that draw pictures.
    """

    project: Project
    records: tuple[Record, ...]
    folder: Path
    wanted: SiteWanted
    sources: dict[str, str]
    made_by: str = ""

    def lay(self, record: Record, start: str) -> SiteFile:
        """A built file at its place in the site, whose path begins with `start`."""
        from dxassets.renderers.site.model import SiteFile  # noqa: PLC0415  (only who makes a site)

        path = start + record.path.rpartition("/")[2]
        taken = self.sources.setdefault(path, record.path)
        if taken != record.path:
            raise ValueError(f"{path} would be both {taken} and {record.path}")
        return SiteFile(path, path.rpartition(".")[2], record.bytes, record.sha256)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One text that a request may give: `choices`, or a length and a pattern; it may be optional."""

    name: str
    about: str
    example: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    shortest: int = 0
    longest: int | None = None
    pattern: str | None = None
    default: str | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """The same as JSON Schema."""
        schema: dict[str, Any] = {"type": "string"}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.shortest:
            schema["minLength"] = self.shortest
        if self.longest is not None:
            schema["maxLength"] = self.longest
        if self.pattern is not None:
            schema["pattern"] = self.pattern
        if self.default is not None:
            schema["default"] = self.default
        return schema

    def problem_of(self, value: str) -> Problem | None:
        """What is wrong with `value`, or None."""
        if self.choices and value not in self.choices:
            return Problem(self.name, *_not_a_choice(self.choices))
        if len(value) < self.shortest:
            return Problem(self.name, "không được để trống", "must not be empty")
        if self.longest is not None and len(value) > self.longest:
            return Problem(
                self.name,
                f"dài quá {self.longest} ký tự; hãy viết ngắn lại",
                f"is longer than {self.longest} characters; shorten it",
            )
        if self.pattern is not None and re.fullmatch(self.pattern.strip("^$"), value) is None:
            return Problem(
                self.name,
                f"phải có dạng như {self.example}" if self.example else "không đúng dạng",
                f"must look like {self.example}" if self.example else "has the wrong form",
            )
        return None


def _not_a_choice(choices: tuple[str, ...]) -> tuple[str, str]:
    """Few choices are told; for many there is a list to ask for."""
    if len(choices) > 12:
        return "không có mã này trong danh sách", "there is no such id on the list"
    listed = ", ".join(choice for choice in choices if choice)
    return f"phải là một trong: {listed}", f"must be one of: {listed}"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the API makes of a kind on the spot, from parameters.

    `by_post` where what is typed should stand in no address; `kept` whether others may keep the answer.
    """

    summary: str
    parameters: tuple[Parameter, ...]
    by_post: bool = False
    kept: bool = True


@dataclass(frozen=True, slots=True)
class FileCalled:
    """How a file made on the spot is called: `name` in ASCII, `title` for people."""

    name: str
    title: str
