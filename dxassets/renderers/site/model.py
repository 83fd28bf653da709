"""What the campaign's pages say and offer, as plain frozen data. Paths are relative to the site's root."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.agencies import Agency
from dxassets.brand import Brand, Theme
from dxassets.campaign import Campaign
from dxassets.days import Day
from dxassets.framing import Opening
from dxassets.models import Bilingual
from dxassets.presets import Preset, PresetsFile
from dxassets.renderers.site.letter_page import LetterPage


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file to download; `format` is its suffix."""

    path: str
    format: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SiteBanner:
    """A banner with all its files. `shown` is the one that a browser shows; `embed` is for web pages."""

    day: str
    theme: str
    preset: str
    alt: str
    shown: str | None
    files: tuple[SiteFile, ...]
    embed: str | None


@dataclass(frozen=True, slots=True)
class SiteShelf:
    """An agency with its banners; `search` is what its name is found by: folded, words apart."""

    agency: Agency
    folder: str
    search: str
    banners: tuple[SiteBanner, ...]

    @property
    def files(self) -> tuple[SiteFile, ...]:
        """Every file of every banner."""
        return tuple(file for banner in self.banners for file in banner.files)


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
    """An avatar frame: its SVG, and what it shows in words."""

    day: str
    theme: str
    style: str
    svg: str
    alt: str

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
class Site:
    """A whole site. `opening` is where a photo shows in each frame; None where there are no frames.

    `address` is the https address that it will have, where that is known.
    """

    campaign: Campaign
    brand: Brand
    presets: PresetsFile
    shelves: tuple[SiteShelf, ...] = ()
    links: tuple[SiteLink, ...] = ()
    frames: tuple[SiteFrame, ...] = ()
    opening: Opening | None = None
    letter: SiteLetter | None = None
    papers: tuple[SitePapers, ...] = ()
    address: str | None = None

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
        return tuple(preset for preset in self.presets.presets if preset.id in used)

    @property
    def used_themes(self) -> tuple[Theme, ...]:
        """The themes of which there is a banner, in the brand's order."""
        used = {banner.theme for shelf in self.shelves for banner in shelf.banners}
        return tuple(theme for theme in self.brand.themes if theme.id in used)

    @property
    def frame_themes(self) -> tuple[Theme, ...]:
        """The themes of which there is a frame, in the brand's order."""
        used = {frame.theme for frame in self.frames}
        return tuple(theme for theme in self.brand.themes if theme.id in used)

    @property
    def first_shelf(self) -> SiteShelf | None:
        """The agency that is shown first: the issuing one, if it is here."""
        issuer = [shelf for shelf in self.shelves if shelf.agency.id == self.campaign.issuing_agency]
        return next(iter((*issuer, *self.shelves)), None)
