"""What the campaign's pages say and offer, as plain frozen data. Paths are relative to the site's root."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from dxassets.agencies import Agency
from dxassets.brand import Brand, Theme
from dxassets.campaign import Campaign
from dxassets.days import Day
from dxassets.errors import Problem
from dxassets.framing import Opening
from dxassets.models import Bilingual
from dxassets.presets import Preset, PresetsFile
from dxassets.renderers.site.letter_page import LetterPage
from dxassets.typesetting.layout import Slot


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file to download; `format` is its suffix."""

    path: str
    format: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SiteBanner:
    """A banner with all its files. `shown` is the one that a browser shows; `embed` is for web pages.

    Of a mail signature `embed` is for mails, and `plain` its twin in plain text.
    """

    day: str
    theme: str
    preset: str
    alt: str
    shown: str | None
    files: tuple[SiteFile, ...]
    embed: str | None
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class SiteShelf:
    """An agency with its banners. Beside its name it may have a logo, which the page does not draw."""

    agency: Agency
    folder: str
    banners: tuple[SiteBanner, ...]
    has_logo: bool = False

    @property
    def files(self) -> tuple[SiteFile, ...]:
        """Every file of every banner."""
        return tuple(file for banner in self.banners for file in banner.files)


FILES_BEGIN = "ten-tep-bat-dau-"
"""In the HTML of a banner that the page draws: how its files will be called, which the page fills in."""


def packed(svg: str) -> bytes:
    """A drawing as small as zlib makes it, which browsers unpack."""
    return zlib.compress(svg.encode(), 9)


@dataclass(frozen=True, slots=True)
class SiteBase:
    """A banner into which the page draws any agency's name: in which slot (if any), and in which colour.

    Its drawing is `packed`: plain, all of them would weigh three times as much. `alt` are its words, with
    ``{}`` where the name is said. `small` is a WebP of it, to choose from. `embed` puts it on other pages or
    into mails, and says `FILES_BEGIN` where the names of its files begin; `plain` is its twin in plain text.
    """

    day: str
    theme: str
    preset: str
    packed: bytes
    slot: Slot | None
    color: str
    alt: str
    small: bytes = b""
    embed: str | None = None
    plain: str | None = None

    @property
    def svg(self) -> str:
        """Its drawing."""
        return zlib.decompress(self.packed).decode()

    @property
    def id(self) -> str:
        """What the page calls it."""
        return f"{self.day}-{self.theme}-{self.preset}"


@dataclass(frozen=True, slots=True)
class SitePrint:
    """A print's PDF page without a name, of `bytes`; `pdf` is None where that is too heavy for the site.

    A point of the drawing lies `bleed` further in on the page, whose units are `scale` mm long.
    """

    day: str
    theme: str
    preset: str
    pdf: bytes | None
    bytes: int
    scale: float
    bleed: float

    @property
    def id(self) -> str:
        """What the page calls it: as the base of the same look."""
        return f"{self.day}-{self.theme}-{self.preset}"


@dataclass(frozen=True, slots=True)
class SiteCalendar:
    """A calendar file, and the ids of the offices whose it is; ``""`` is whoever is not on the list."""

    agencies: tuple[str, ...]
    ics: str


@dataclass(frozen=True, slots=True)
class SiteLink:
    """Where the campaign sends people, with its QR code as a drawing (so large) and as a picture."""

    id: str
    label: str
    url: str
    domain: str
    svg: str
    png: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """An avatar frame: its SVG, what it shows in words, what its style is called, and where a photo lies.

    `edge` is the radius of the circle that holds it, as a share of the side.
    """

    day: str
    theme: str
    style: str
    svg: str
    alt: str
    title: Bilingual
    opening: Opening
    edge: float

    @property
    def id(self) -> str:
        """What the page calls it."""
        return f"{self.day}-{self.theme}-{self.style}"


@dataclass(frozen=True, slots=True)
class SiteLetter:
    """The letter to read, and its files."""

    page: LetterPage
    files: tuple[SiteFile, ...]


@dataclass(frozen=True, slots=True)
class SitePapers:
    """The files of a kind that has no page of its own, each with its title."""

    id: str
    title: Bilingual
    files: tuple[tuple[str, SiteFile], ...]


@dataclass(frozen=True, slots=True)
class SiteFilm:
    """A loop to look at: its film, the still in its place, and its words; so wide and high."""

    title: str
    alt: str
    day: str
    film: SiteFile
    still: str | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SiteUnit:
    """A unit that reports, and what is above it. `form` is where its form is had, "" where the page makes it.

    `blank` is the number of the blank that the page makes it of.
    """

    id: str
    name: str
    above: str
    form: str
    blank: int


@dataclass(frozen=True, slots=True)
class SiteForms:
    """The forms for figures before and after: whose they are, until when they are due, and for what.

    `files` are those that lie in the site, by path. Where there are none and no server makes them, `blanks`
    are forms without a unit's name: texts by their name in the workbook.
    """

    title: str
    units: tuple[SiteUnit, ...]
    limits: tuple[Bilingual, ...]
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    blanks: tuple[Mapping[str, str], ...] = ()

    @property
    def areas(self) -> dict[str, list[SiteUnit]]:
        """The units by what is above them."""
        found: dict[str, list[SiteUnit]] = {}
        for unit in self.units:
            found.setdefault(unit.above, []).append(unit)
        return found


@dataclass(frozen=True, slots=True)
class SiteChart:
    """The sums of what was reported, as a picture, and in words."""

    picture: bytes
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SiteDuty:
    """A duty with what helps: pages of the site, files that lie in it (each with its title), and links."""

    id: str
    what: Bilingual
    who: str
    source: str | None
    limit: Bilingual | None
    pages: tuple[str, ...]
    files: tuple[tuple[str, SiteFile], ...]
    links: tuple[SiteLink, ...]


@dataclass(frozen=True, slots=True)
class SiteRole:
    """Somebody in an office, and what is to be done."""

    id: str
    name: Bilingual
    duties: tuple[SiteDuty, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A whole site.

    `address` is the https address that it will have, where that is known. `digests` are the SHA-256 of the
    files that lie in it as they were built, by path. `undrawn` says which looks have no base, and why.
    """

    campaign: Campaign
    brand: Brand
    presets: PresetsFile
    shelves: tuple[SiteShelf, ...] = ()
    bases: tuple[SiteBase, ...] = ()
    prints: tuple[SitePrint, ...] = ()
    calendars: tuple[SiteCalendar, ...] = ()
    undrawn: tuple[Problem, ...] = ()
    links: tuple[SiteLink, ...] = ()
    frames: tuple[SiteFrame, ...] = ()
    letter: SiteLetter | None = None
    papers: tuple[SitePapers, ...] = ()
    films: tuple[SiteFilm, ...] = ()
    forms: SiteForms | None = None
    chart: SiteChart | None = None
    roles: tuple[SiteRole, ...] = ()
    address: str | None = None
    digests: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def all_papers(self) -> tuple[SiteFile, ...]:
        """Films and all files that have no page: what goes into a pack beside pictures."""
        papers = (file for papers in self.papers for _, file in papers.files)
        return (*papers, *(film.film for film in self.films))

    @property
    def days(self) -> tuple[Day, ...]:
        """The campaign's days."""
        return self.campaign.days

    @property
    def theme(self) -> Theme:
        """The theme that the pages themselves wear: the brand's first."""
        return self.brand.themes[0]

    def theme_of(self, day: Day) -> Theme:
        """The theme in which a day is shown first: the campaign's wish, or the brand's order."""
        for look in self.campaign.site.looks:
            theme = self.brand.theme(look.theme)
            if look.day == day.id and theme is not None:
                return theme
        return self.brand.themes[self.campaign.days.index(day) % len(self.brand.themes)]

    @property
    def used_presets(self) -> tuple[Preset, ...]:
        """The presets of which there is a banner, in the file's order."""
        used = {banner.preset for shelf in self.shelves for banner in shelf.banners}
        used |= {base.preset for base in self.bases}
        return tuple(preset for preset in self.presets.presets if preset.id in used)

    @property
    def used_themes(self) -> tuple[Theme, ...]:
        """The themes of which there is a banner, in the brand's order."""
        used = {banner.theme for shelf in self.shelves for banner in shelf.banners}
        used |= {base.theme for base in self.bases}
        return tuple(theme for theme in self.brand.every_theme if theme.id in used)

    @property
    def shown_themes(self) -> tuple[Theme, ...]:
        """The themes that some page may show: the campaign's own, and those of which something was made."""
        made = {theme.id for theme in (*self.used_themes, *self.frame_themes)}
        more = made - {theme.id for theme in self.brand.themes}
        return (*self.brand.themes, *(theme for theme in self.brand.every_theme if theme.id in more))

    @property
    def frame_themes(self) -> tuple[Theme, ...]:
        """The themes of which there is a frame, in the brand's order."""
        used = {frame.theme for frame in self.frames}
        return tuple(theme for theme in self.brand.every_theme if theme.id in used)

    @property
    def plain_frames(self) -> tuple[SiteFrame, ...]:
        """One frame of each day and theme, in the theme's own style: for who can't choose by a script."""
        own = {theme.id: theme.frame for theme in self.frame_themes}
        return tuple(frame for frame in self.frames if frame.style == own[frame.theme])

    @property
    def frame_styles(self) -> tuple[SiteFrame, ...]:
        """One frame of each style, in the frames' order."""
        first: dict[str, SiteFrame] = {}
        for frame in self.frames:
            first.setdefault(frame.style, frame)
        return tuple(first.values())

    @property
    def first_shelf(self) -> SiteShelf | None:
        """The agency that is shown first: the issuing one, if it is here."""
        issuer = [shelf for shelf in self.shelves if shelf.agency.id == self.campaign.issuing_agency]
        return next(iter((*issuer, *self.shelves)), None)
