"""What flows between the stages: a job in, a rendered asset and its facts out. Plain, frozen, picklable.

A job holds all that decides an asset's bytes: resolved data (texts, palette,
preset), and the digests of the files that its renderer reads. Its key names
exactly these bytes, so equal keys mean equal assets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dxassets.brand import Theme
from dxassets.campaign import Agency, Slogan
from dxassets.colors import Rgb
from dxassets.dispatch import WHOLE, Edition, Forward
from dxassets.geometry import Box
from dxassets.presets import Format, Preset, Proportions

Kind = Literal["banner", "frame", "qr", "letter"]
FrameStyle = Literal["ring", "square"]
Motif = Literal["pixels", "lozenges"]
PageKind = Literal["plain", "marks", "proof"]
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
    """What a picture says of a day."""

    numerals: str
    name: str
    slogan: Slogan
    motif: Motif


@dataclass(frozen=True, slots=True)
class LinkWords:
    """Where a code leads, and what stands below it."""

    id: str
    label: str
    url: str
    domain: str


@dataclass(frozen=True, slots=True)
class BannerSpec:
    """A banner: words × look × shape.

    `scale` is 2 for the raster of a dense screen; `page` is what a PDF holds beside the picture.
    `logo` is the agency's own, by its name among the resources; `debug` draws the composition
    over the picture.
    """

    preset: Preset
    proportions: Proportions
    theme: Theme
    day: DayWords
    agency: Agency
    call: str
    link: LinkWords
    phrases: tuple[str, ...]
    format: Format
    scale: int = 1
    page: PageKind = "plain"
    logo: str | None = None
    debug: bool = False


@dataclass(frozen=True, slots=True)
class FrameSpec:
    """An avatar frame: a transparent square picture, `size` px on each side.

    `agency_name` is the short name that stands on the lower arc; None leaves it empty.
    """

    theme: Theme
    day: DayWords
    style: FrameStyle
    size: int
    format: Literal["png", "svg"] = "png"
    agency_name: str | None = None


@dataclass(frozen=True, slots=True)
class QrSpec:
    """A QR code with its label and bare domain below it."""

    link: LinkWords
    phrases: tuple[str, ...]
    format: Literal["png", "svg", "pdf"]


@dataclass(frozen=True, slots=True)
class LetterSpec:
    """The dispatch with its annex; blanks stay where `number`, `issued` or `signer` is None.

    With `forward`, `dispatch` is the template by which an agency passes another letter on.
    """

    format: Literal["docx", "pdf"]
    dispatch: str
    links: tuple[LinkWords, ...]
    number: str | None = None
    issued: date | None = None
    signer: str | None = None
    edition: Edition = WHOLE
    forward: Forward | None = None


Spec = BannerSpec | FrameSpec | QrSpec | LetterSpec


@dataclass(frozen=True, slots=True)
class Job:
    """One asset to make. `path` is relative to the campaign's output folder, ASCII, lower case."""

    kind: Kind
    path: str
    agency: str
    day: str | None
    theme: str | None
    preset: str | None
    title: str
    alt: str
    spec: Spec
    inputs: tuple[tuple[str, str], ...]
    key: str

    def __repr__(self) -> str:
        return f"Job({self.kind!r}, {self.path!r})"


@dataclass(frozen=True, slots=True)
class Skip:
    """An asset that is not made, with the reason and the cure in both languages."""

    kind: Kind
    path: str
    reason_vi: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a build would make, in the order of the paths."""

    jobs: tuple[Job, ...]
    skipped: tuple[Skip, ...]

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
    side in px of the smallest copy of the picture in which the line must still be made out.
    """

    text: str
    box: Box
    color: Rgb
    size: float
    weight: int
    outline: str
    cover: Cover | None = field(default=None, compare=False, repr=False)
    seen_at: int | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """The transparent circle of a frame, and the circle that holds all its ink if it is a ring."""

    x: float
    y: float
    radius: float
    outer: float | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the renderer says of its work; checks hold the finished bytes against it.

    `width` and `height` are the file's: px for rasters and SVG, mm for pages.
    Boxes are in the drawing's unit; a point u lies at (u + offset) × scale in the file.
    """

    width: float
    height: float
    unit: Literal["px", "mm"]
    mode: Literal["rgb", "rgba", "vector", "document"]
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
    """Finished bytes, not yet checked. `preview` is a small WebP for formats that a browser can't show.

    `drawing` is the SVG of the whole sheet that a page was made from: the page must look like it.
    `alt` replaces the job's where only the renderer knows which wording stands in the picture.
    """

    data: bytes
    media_type: str
    facts: Facts
    preview: bytes | None = None
    alt: str | None = None
    drawing: str | None = None

    def __repr__(self) -> str:
        return f"Rendered({self.media_type!r}, {len(self.data)} bytes)"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the checks read back from the finished bytes; it goes into the manifest.

    `decoded` holds each code's payload with the side of a module in px (in mm on a page).
    """

    width: float
    height: float
    least_contrast: float | None = None
    decoded: tuple[tuple[str, float], ...] = ()
