"""What flows between the stages: a job in, a rendered asset and its facts out. Plain, frozen, picklable.

A job holds all that decides an asset's bytes: its kind's own spec (resolved texts, palette,
preset), and the digests of the files that its renderer reads. Its key names exactly these bytes:
equal keys mean equal assets, whoever's folder they go to. Only the planner makes jobs, and seals them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from dxassets.campaign import Campaign
from dxassets.colors import Rgb
from dxassets.days import Day
from dxassets.errors import Problem
from dxassets.geometry import Box
from dxassets.slogans import Slogan

Digests = tuple[tuple[str, str], ...]
"""Names of files with their SHA-256."""
SpecT = TypeVar("SpecT")
LOGO_TOO_SMALL = "left out: too small"
"""How the note `logo` begins where an agency's logo was left out of a picture."""
SCENE_LEFT_OUT = "left out"
"""How the note `scene` begins where a picture has no room for the agency's own photo."""
SCENE_COARSE = "too coarse"
"""How the note `scene_sharpness` begins where that photo has too few px to be sharp."""
NAME_LEFT_OUT = "left out: too long"
"""The note `agency_name` where a picture has no room for the name."""
HALF_MADE = "half_made"
"""A note of what others make something whole of: it is no picture to look at by itself."""
MEDIA_TYPES: dict[str, str] = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class DayWords:
    """What a picture says of a day, and the id of its motif.

    `scene` is a scene's id or an own file among the resources, of which the point `focus` must be seen
    (shares of its sides).
    """

    mark: str | None
    name: str
    slogan: Slogan
    motif: str
    lang: str = "vi"
    scene: str | None = None
    focus: tuple[float, float] | None = None

    @property
    def label(self) -> str:
        """The day in a word: its mark, or its name where it has none."""
        return self.mark or self.name


@dataclass(frozen=True, slots=True)
class LinkWords:
    """Where a code leads, and what stands below it."""

    id: str
    label: str
    url: str
    domain: str
    lang: str = "vi"


def code_word(link: LinkWords) -> str:
    """What its code is called, in the language of its label."""
    return "QR code" if is_english(link.lang) else "Mã QR"


def is_english(tag: str) -> bool:
    """Whether a language tag means English; what is said of a picture is else said in Vietnamese."""
    return tag.partition("-")[0] == "en"


def link_words(campaign: Campaign) -> tuple[LinkWords, ...]:
    """The links that are set, in the campaign's order."""
    return tuple(
        LinkWords(link.id, link.label, link.url, link.domain, campaign.lang)
        for link in campaign.links
        if link.url is not None
    )


def day_words(day: Day, campaign: Campaign) -> DayWords:
    """What a picture says of a day; its scene is for those that show one."""
    return DayWords(day.mark, day.name, day.slogan, day.motif, day.lang or campaign.lang)


@dataclass(frozen=True, slots=True)
class Job(Generic[SpecT]):
    """One asset to make. `path` is relative to the campaign's output folder, ASCII, lower case.

    `kind` is the id of a kind of asset, and `spec` that kind's own. `title` and `alt` follow from `spec`.
    `parts` are other assets that it holds whole, and that are rendered with it.
    """

    kind: str
    path: str
    agency: str
    day: str | None
    theme: str | None
    preset: str | None
    title: str
    alt: str
    spec: SpecT
    inputs: Digests
    key: str
    parts: tuple[Job[Any], ...] = ()

    def __repr__(self) -> str:
        return f"Job({self.kind!r}, {self.path!r})"


AnyJob = Job[Any]
"""A job of whatever kind."""


@dataclass(frozen=True, slots=True)
class Skip:
    """An asset that is not made, with the reason and the cure in both languages."""

    kind: str
    path: str
    reason_vi: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Unserved:
    """An agency for which nothing can be made, by its id, and why."""

    agency: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a build would make, in the order of the paths, and for whom it makes nothing."""

    jobs: tuple[AnyJob, ...]
    skipped: tuple[Skip, ...]
    unserved: tuple[Unserved, ...] = ()

    def __repr__(self) -> str:
        return f"Plan(jobs={len(self.jobs)}, skipped={len(self.skipped)})"


@dataclass(frozen=True, slots=True)
class Code:
    """A QR symbol: its box with quiet zone, and a module's side, in the drawing's unit.

    Without a box the code may stand anywhere in the document.
    """

    payload: str
    box: Box | None = None
    module: float = 0.0


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of each pixel of a finished raster a line of type covers: 0–255, row by row, from a corner."""

    data: bytes
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class TextArea:
    """One line of type: its ink, em size and colour, and its outlines as SVG, in the drawing's unit.

    `cover` is what was laid over a raster, where the line was drawn by itself. `seen_at` is the
    side in px of the smallest copy of the picture in which the line must still be made out. `beside`
    is what of the same words reaches into its box, and is no ground: the bar under the arm of a 7.
    """

    text: str
    box: Box
    color: Rgb
    size: float
    weight: int
    outline: str
    cover: Cover | None = field(default=None, compare=False, repr=False)
    seen_at: int | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """The transparent circle of a frame, and the circle that holds all its ink if it is a ring.

    `least_photo` is the share of the picture's inscribed circle in which the photo must be seen.
    """

    x: float
    y: float
    radius: float
    outer: float | None
    least_photo: float = 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What the renderer says of its work; checks hold the finished bytes against it.

    `width` and `height` are the file's: px for rasters and SVG, mm for pages; 0 where `mode` is ``text``,
    which has neither pixels nor pages.
    Boxes are in the drawing's unit; a point u lies at (u + offset) × scale in the file.
    """

    width: float
    height: float
    unit: Literal["px", "mm"]
    mode: Literal["rgb", "rgba", "vector", "document", "text"]
    scale: float = 1.0
    offset: float = 0.0
    safe: Box | None = None
    codes: tuple[Code, ...] = ()
    texts: tuple[TextArea, ...] = ()
    hole: Hole | None = None
    least_module: float = 0.0
    max_bytes: int | None = None
    notes: tuple[tuple[str, str], ...] = ()
    pages: int | None = None
    logo: Box | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """Finished bytes, not yet checked. `preview` draws a small WebP, for formats that a browser can't show.

    It is drawn by who wants it: a folder that is looked at, not a letter that goes out.

    `drawing` is the SVG of the whole sheet that a page was made from: the page must look like it.
    `alt` replaces the job's where only the renderer knows which wording stands in the picture.
    """

    data: bytes
    media_type: str
    facts: Facts
    preview: Callable[[], bytes] | None = field(default=None, compare=False)
    alt: str | None = None
    drawing: str | None = None

    def __repr__(self) -> str:
        return f"Rendered({self.media_type!r}, {len(self.data)} bytes)"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks read back from the finished bytes; it goes into the manifest.

    `decoded` holds each code's payload with the side of a module in px (in mm on a page).
    `remarks` are what the checks let pass and somebody should look at; these are told, not kept.
    """

    width: float
    height: float
    least_contrast: float | None = None
    decoded: tuple[tuple[str, float], ...] = ()
    remarks: tuple[Problem, ...] = ()
