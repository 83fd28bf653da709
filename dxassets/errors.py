"""What can go wrong, and how it is told.

The tree (leaves also subclass the builtin that a caller would catch)::

    DxassetsError
    ├── InputError(ValueError)       the user's input is wrong: exit code 2, nothing was written
    │   ├── CampaignError            campaign.toml, agencies.csv, brand.toml or presets.toml
    │   ├── DispatchError            dispatch.md or annex.toml
    │   ├── UnknownIdError           an id that no day, theme, preset or agency has
    │   ├── PhotoError               a photo can't be read
    │   └── OutputError(OSError)     the output folder can't be written
    ├── AssetError                   one asset failed, the others go on: exit code 1
    │   ├── FitError                 a text fits neither in full nor in its short wording
    │   ├── LogoError                a logo would be too small, or blurred
    │   └── GateError                the finished bytes did not pass a check
    └── MissingLibraryError(ImportError)   a system library is not installed

Every message is a `Problem`: where it is, what is wrong, what to do; in
Vietnamese for the people who use the tool, in English for programmers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `where` (a file and key, or an option) and what to do, twice."""

    where: str
    vi: str
    en: str

    def line(self, lang: Lang = "en") -> str:
        """The problem on one line, ``where: message``."""
        message = self.vi if lang == "vi" else self.en
        return f"{self.where}: {message}" if self.where else message


class DxassetsError(Exception):
    """Base of every error that this package raises on purpose; carries its problems."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def lines(self, lang: Lang = "en") -> list[str]:
        """All problems, a line each."""
        return [problem.line(lang) for problem in self.problems]

    def __str__(self) -> str:
        return "\n".join(self.lines("en"))


class InputError(DxassetsError, ValueError):
    """The user's input is wrong; nothing was written."""

    exit_code = 2


class CampaignError(InputError):
    """A campaign, brand, preset or agencies file is wrong; every problem is listed together."""


class DispatchError(InputError):
    """The letter's content (dispatch.md, annex.toml) is wrong."""


class UnknownIdError(InputError, LookupError):
    """An id that nothing in the campaign has; the message suggests near ones."""


class PhotoError(InputError):
    """A photo can't be read, or is not one."""


class OutputError(InputError, OSError):
    """The output folder can't be written, or is full."""


class AssetError(DxassetsError):
    """One asset could not be made; the others are not touched by it."""


class FitError(AssetError, ValueError):
    """A text fits its slot neither in full nor in its short wording."""


class LogoError(AssetError, ValueError):
    """An agency's logo can't be legible, or sharp, on a preset."""


class GateError(AssetError):
    """The finished bytes did not pass a check, so they are not published."""


class MissingLibraryError(DxassetsError, ImportError):
    """A system library that a backend needs is not installed."""

    exit_code = 2
