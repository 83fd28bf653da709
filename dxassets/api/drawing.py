"""Single pictures in memory: for a pipe, for a program, for a notebook, which shows them by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dxassets.api.framing.report import FramedPhoto
from dxassets.api.framing.wanted import AS_USUAL, FrameWanted, drawn_frame
from dxassets.api.single import SCAN_ME, banner_job, finished, scene_remarks, sealed
from dxassets.errors import PhotoError, Problem
from dxassets.jobs import MEDIA_TYPES
from dxassets.kinds.qr.coding import code_draft
from dxassets.kinds.qr.spec import QrFormat
from dxassets.presets import Format
from dxassets.project import Project
from dxassets.resources import campaign_resources
from dxassets.runners.photos import PhotoBench, PhotoTask
from dxassets.store import publish

if TYPE_CHECKING:  # drawing libraries are loaded where something is drawn
    from dxassets.backends import rasterizer

SHOWN_PX = 1024
"""Longest side of what a notebook shows of a picture that it can't show as it is."""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A finished, checked picture. `alt` says what it shows (not of photos), `notes` what deserves a look."""

    data: bytes
    media_type: str
    alt: str = ""
    notes: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        return f"DrawnPicture({self.media_type!r}, {len(self.data)} bytes)"

    def save(self, file: str | Path) -> Path:
        """Write it to `file`, whole or not at all; `OutputError` when that can't be done."""
        target = Path(file)
        return publish(target.parent, target.name, self.data)

    def _repr_png_(self) -> bytes:
        """What a notebook shows; of a PDF its first page."""
        if self.media_type == MEDIA_TYPES["png"]:
            return self.data
        from dxassets.backends import rasterizer  # noqa: PLC0415  (libraries when needed)

        pixels = _pixels(self.data, self.media_type)
        height, width = pixels.shape[:2]
        shrunk = min(1.0, SHOWN_PX / max(width, height))
        if shrunk < 1:
            pixels = rasterizer.resized(pixels, max(1, round(width * shrunk)), max(1, round(height * shrunk)))
        return rasterizer.pixels_to_png(pixels)


def _pixels(data: bytes, media_type: str) -> rasterizer.Pixels:
    from dxassets.backends import pdf_reader, rasterizer  # noqa: PLC0415

    if media_type == MEDIA_TYPES["svg"]:
        return rasterizer.svg_to_pixels(data.decode(), alpha=True)
    if media_type == MEDIA_TYPES["pdf"]:
        page = pdf_reader.page_sizes(data)[0]
        return pdf_reader.page_to_pixels(data, 0, px_per_mm=SHOWN_PX / max(page.width, page.height))
    return rasterizer.read_pixels(data)


def draw_banner(  # noqa: PLR0913  (each is an option of the command)
    project: Project,
    file_format: Format = "png",
    *,
    day: str,
    theme: str,
    preset: str,
    agency: str | None = None,
    agency_name: str | None = None,
    debug: bool = False,
    marks: bool = False,
    proof: bool = False,
    scale: int = 1,
) -> DrawnPicture:
    """One banner (see `make_banner`)."""
    job = banner_job(
        project,
        file_format,
        day=day,
        theme=theme,
        preset=preset,
        agency=agency,
        agency_name=agency_name,
        debug=debug,
        marks=marks,
        proof=proof,
        scale=scale,
    )
    made = finished(job, project.resources)
    return DrawnPicture(made.data, made.media_type, made.alt or job.alt, scene_remarks(made, job))


def draw_qr(
    url: str, file_format: QrFormat = "png", *, label: str = SCAN_ME, project: Project | None = None
) -> DrawnPicture:
    """One QR code (see `make_qr`)."""
    resources = campaign_resources(Path.cwd()) if project is None else project.resources
    draft = code_draft(url, file_format, label=label, resources=resources, name=f"qr.{file_format}")
    job = sealed(draft, resources)
    made = finished(job, resources)
    return DrawnPicture(made.data, made.media_type, job.alt)


def draw_frame(
    project: Project, photo: str | Path | bytes, *, wanted: FrameWanted = AS_USUAL, shown: str = "-"
) -> DrawnPicture:
    """One photo in a frame (see `frame_photo`), in the format that is wanted.

    `shown` is how messages call a photo that is given as bytes. `InputError` for a frame that can't be,
    `PhotoError` for a photo that can't be read.
    """
    frame = drawn_frame(project, wanted)
    given = photo if isinstance(photo, bytes) else None
    shown = shown if isinstance(photo, bytes) else str(photo)
    outcome, made = PhotoBench(frame.kit).draw(PhotoTask(Path(shown), shown, Path(), ""), given)
    if outcome.framed is None:
        raise PhotoError(*outcome.problems)
    notes = (*frame.notes, *FramedPhoto(shown, "made", framed=outcome.framed).notes)
    return DrawnPicture(made, MEDIA_TYPES[frame.kit.file_format], notes=notes)
