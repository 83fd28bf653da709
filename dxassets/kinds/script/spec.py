"""All that decides a script's bytes: every word is spoken already, and every broadcast has its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dxassets.spoken import Breath

ScriptFormat = Literal["docx", "pdf", "txt", "ssml"]


@dataclass(frozen=True, slots=True)
class Version:
    """One length: its paragraphs by breaths, how long it takes (s), and a word where that isn't as wished."""

    id: str
    title: str
    wanted: int
    seconds: int
    syllables: int
    paragraphs: tuple[tuple[Breath, ...], ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Broadcast:
    """What is said when: `version` is the title of one."""

    day: date
    hour: str
    version: str


@dataclass(frozen=True, slots=True)
class ScriptSpec:
    """The script; `rate` in syllables a minute, `unknown` are short forms that nobody explained."""

    format: ScriptFormat
    title: str
    author: str
    rate: int
    versions: tuple[Version, ...]
    broadcasts: tuple[Broadcast, ...]
    unknown: tuple[str, ...] = ()
