"""All that decides a press kit's bytes, beside the pictures and logos that it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PressFormat = Literal["zip"]
PictureUse = Literal["print", "web"]


@dataclass(frozen=True, slots=True)
class PressSection:
    """Paragraphs below a heading; “” where they stand right below the title. `english` says the same."""

    heading: str
    paragraphs: tuple[str, ...]
    english: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PressContact:
    """Somebody to ask: `phone` as it is read, `dial` as it is dialled; “” for what is not known."""

    name: str
    role: str
    office: str
    phone: str
    dial: str
    email: str


@dataclass(frozen=True, slots=True)
class PressPicture:
    """A picture of the kit, made of the asset's part of the same number: its file and its caption.

    `day` is what people call the day. `lang` is the language of the words in it.
    """

    file: str
    use: PictureUse
    day: str
    title: tuple[str, str]
    caption: str
    lang: str


@dataclass(frozen=True, slots=True)
class PressLogo:
    """A slot for a logo: whose it is, its file among the resources (None: empty), and where to put one."""

    file: str
    title: tuple[str, str]
    source: str | None
    place: str


@dataclass(frozen=True, slots=True)
class PressSpec:
    """The kit. `links` are what is said of each, and its address.

    `colors` are the page's ground (first and last), its ink and its accent, as #rrggbb.
    """

    head: str
    title: str
    author: str
    lang: str
    sections: tuple[PressSection, ...]
    links: tuple[tuple[str, str], ...]
    contacts: tuple[PressContact, ...]
    pictures: tuple[PressPicture, ...]
    logos: tuple[PressLogo, ...]
    colors: tuple[str, str, str, str]
