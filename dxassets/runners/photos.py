"""Photos to framed photos, file by file: what a worker does, and how many workers share a folder.

One bad photo is an outcome, never an exception, even when it kills the process that decodes it.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dxassets.colors import Rgb
from dxassets.digest import digest
from dxassets.errors import DxassetsError, OutputError, PhotoError, Problem
from dxassets.foreign import os_error
from dxassets.framing import (
    LEAST_GROUP_ZOOM,
    Fit,
    Opening,
    Placement,
    Subject,
    main_faces,
    placement_for,
    settle,
    transform_of,
)
from dxassets.geometry import Size
from dxassets.notation import weight
from dxassets.runners.tasks import unexpected
from dxassets.store import publish

if TYPE_CHECKING:
    from dxassets.backends.photos import Photo

PhotoFormat = Literal["jpg", "png", "webp"]
Focus = Literal["auto", "center"] | tuple[float, float]
"""What lies in the middle of the opening; a point is in shares of the photo's sides."""
Found = Literal["face", "subject", "third", "middle", "center", "point", "corrected"]
"""What decided where the photo lies: what was found, what is taken when nothing is, or the user."""
LARGEST_FILE = 256_000_000
"""Bytes; what is larger is no photo of a phone, and is not even read."""
BLURRED = 1.5
"""Px of the frame for a px of the photo beyond which a result looks soft."""
_READ_FOR_FACES = 1.2
"""The zoom that a photo is read for when it isn't known yet how far away the face is."""
_AS_READ = 1.5
"""Px of the frame for a px as read, up to which a photo isn't read once more: that doubles the time."""


@dataclass(frozen=True, slots=True)
class FrameKit:
    """All that the photos of one run share. `frame` is the frame as PNG, `side` px on each side.

    `edge` is the radius of the circle that a profile picture is cut to, a share of the side;
    `surround` the flat colour outside a ring. `zoom` None leaves it to `focus`. `tools` names the
    programs that decide a result's bytes, with their versions. `fit` tells whether a group is shown whole,
    `around` what lies around it then (None: the photo itself, blurred), and `may_turn` whether faces may
    turn a photo upright.
    """

    frame: bytes
    side: int
    opening: Opening
    edge: float
    surround: Rgb
    circle: bool
    file_format: PhotoFormat
    ground: Rgb
    focus: Focus
    zoom: float | None
    rotation: float
    tools: str
    fit: Fit = "auto"
    around: Rgb | None = None
    may_turn: bool = True

    @property
    def seal(self) -> str:
        """A digest of everything but the photo that decides the bytes of a result."""
        said = [
            digest(self.frame),
            self.side,
            astuple(self.opening),
            self.edge,
            str(self.surround),
            self.circle,
            self.file_format,
            str(self.ground),
            self.focus,
            self.zoom,
            self.rotation,
            self.tools,
            self.fit,
            None if self.around is None else str(self.around),
            self.may_turn,
        ]
        return digest(json.dumps(said).encode())


@dataclass(frozen=True, slots=True)
class PhotoTask:
    """One photo to frame: the file, how it is called in messages, and its result's folder and name.

    `correction` is where somebody has put the photo who looked at it.
    """

    path: Path
    shown: str
    folder: Path
    name: str
    correction: Placement | None = None


@dataclass(frozen=True, slots=True)
class FramedFile:
    """What is known of a result: its key and digest, and where the photo lies in it.

    `scale` is px of the frame for a px of the photo, `rotation` degrees clockwise, of which faces asked
    for `turned`. `faces` is how many main faces were found, and `sure` how sure the first of them is, 0 to
    1. `frame` is the number of a moving picture's frame, and `ended` False where a file lacked its end.
    """

    key: str
    sha256: str
    bytes: int
    found: Found
    focus_x: float
    focus_y: float
    zoom: float
    scale: float
    rotation: float = 0.0
    turned: int = 0
    faces: int = 0
    sure: float | None = None
    frame: int = 1
    ended: bool = True


@dataclass(frozen=True, slots=True)
class PhotoOutcome:
    """What became of a photo. `key` is there as soon as it was read; `stops`: no other can fare better."""

    task: PhotoTask
    framed: FramedFile | None = None
    key: str | None = None
    problems: tuple[Problem, ...] = ()
    stops: bool = False


def result_key(seal: str, photo: bytes, *, correction: Placement | None = None) -> str:
    """Names exactly the bytes of a result: equal keys, equal results."""
    put = "" if correction is None else f" {astuple(correction)}"
    return digest(f"{seal} {digest(photo)}{put}".encode())


def read_photo_file(path: Path, shown: str) -> bytes:
    """The bytes of a photo's file; `PhotoError` when it can't be read, is none, or is far too large."""
    try:
        wrong = _unfit(path.stat())
        data = b"" if wrong else path.read_bytes()
    except OSError as error:
        vi, en = os_error(error)
        unknown = (f"không đọc được ({vi})", f"can't be read ({en})")
        raise PhotoError(Problem(shown, *_UNREADABLE.get(error.errno or 0, unknown))) from error
    if wrong:
        raise PhotoError(Problem(shown, *wrong))
    return data


def checked_photo(data: bytes, shown: str) -> bytes:
    """A photo that comes without a file; `PhotoError` when it is far too large."""
    if len(data) > LARGEST_FILE:
        raise PhotoError(Problem(shown, *_TOO_LARGE))
    return data


def _unfit(status: os.stat_result) -> tuple[str, str] | None:
    """Why a file is not even opened."""
    if not stat.S_ISREG(status.st_mode):  # a pipe would make us wait for ever
        return "không phải một tệp thường", "is not a regular file"
    return _TOO_LARGE if status.st_size > LARGEST_FILE else None


_TOO_LARGE = (
    f"tệp lớn quá {weight(LARGEST_FILE, 'vi')}; hãy lưu lại thành JPEG rồi thử lại",
    f"is larger than {weight(LARGEST_FILE, 'en')}; save it as JPEG and try again",
)


_DENIED = (
    "không có quyền đọc tệp này; hãy xin quyền, hoặc chép tệp sang thư mục khác rồi thử lại",
    "may not be read; get the right to, or copy it elsewhere and try again",
)
_UNREADABLE = {
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.ELOOP: ("liên kết dẫn vòng về chính nó", "is a link that leads back to itself"),
    errno.ENOENT: ("liên kết hỏng, hoặc tệp vừa bị dời đi", "is a dead link, or was just moved away"),
}


def published(outcome: PhotoOutcome, made: bytes) -> PhotoOutcome:
    """The outcome of a photo once its result is written; one that stops all where it can't be."""
    try:
        publish(outcome.task.folder, outcome.task.name, made)
    except OutputError as error:
        return replace(outcome, framed=None, problems=error.problems, stops=True)
    return outcome


@dataclass
class PhotoBench:
    """Where a worker frames photos: the frame is decoded once."""

    kit: FrameKit

    def __post_init__(self) -> None:
        from dxassets.backends.rasterizer import read_pixels  # noqa: PLC0415  (libraries when needed)
        from dxassets.renderers.photo import FrameLayer  # noqa: PLC0415

        kit = self.kit
        self._seal = kit.seal
        self._layer = FrameLayer(read_pixels(kit.frame), kit.opening, kit.edge, kit.surround)

    def frame(self, task: PhotoTask) -> PhotoOutcome:
        """Read, place, frame and publish one photo."""
        outcome, made = self.draw(task)
        return outcome if outcome.framed is None else published(outcome, made)

    def draw(self, task: PhotoTask, given: bytes | None = None) -> tuple[PhotoOutcome, bytes]:
        """Read, place and frame one photo: what becomes of it, and its result's bytes; nothing is written.

        A photo that comes without a file is `given`.
        """
        key: str | None = None
        try:
            data = (
                read_photo_file(task.path, task.shown) if given is None else checked_photo(given, task.shown)
            )
            key = result_key(self._seal, data, correction=task.correction)
            made, framed = self.framed(data, task.shown, key=key, correction=task.correction)
        except DxassetsError as error:
            problems = error.problems
        except MemoryError:
            problems = (Problem(task.shown, *_TOO_MUCH),)
        except Exception as error:  # noqa: BLE001  (told by name; one photo must not stop the others)
            problems = (replace(unexpected(error), where=task.shown),)
        else:
            return PhotoOutcome(task, framed, key), made
        return PhotoOutcome(task, None, key, problems), b""

    def framed(
        self, data: bytes, where: str, *, key: str = "", correction: Placement | None = None
    ) -> tuple[bytes, FramedFile]:
        """The framed photo as a file's bytes, and what is known of it; `PhotoError` when it can't be read."""
        from dxassets.backends.photos import read_photo  # noqa: PLC0415  (libraries when needed)
        from dxassets.renderers.photo import frame_photo, least_side  # noqa: PLC0415

        kit, layer = self.kit, self._layer
        least = least_side(layer, self._likely_zoom(correction))
        photo = read_photo(data, where=where, least=least, ground=kit.ground)
        placed = self._placed(photo, correction)
        placement = placed.placement
        least = least_side(layer, placement.zoom)
        if photo.step > 1 and min(photo.shape) * _AS_READ < least:
            # a face far away is drawn larger, and there is more in the file than was decoded
            photo = read_photo(data, where=where, least=least, ground=kit.ground)
        made = frame_photo(
            photo, layer, placement, circle=kit.circle, file_format=kit.file_format, around=kit.around
        )
        size = Size(photo.width, photo.height)
        return made, FramedFile(
            key,
            digest(made),
            len(made),
            placed.found,
            placement.focus_x,
            placement.focus_y,
            placement.zoom,
            transform_of(placement, size, kit.opening, side=kit.side).scale,
            placement.rotation,
            placed.turned,
            placed.faces,
            placed.sure,
            photo.frame,
            photo.ended,
        )

    def _likely_zoom(self, correction: Placement | None) -> float:
        """The zoom that a photo is first read for."""
        if correction is not None:
            return correction.zoom
        if self.kit.zoom is not None:
            return self.kit.zoom
        return _READ_FOR_FACES if self.kit.focus == "auto" else 1.0

    def _placed(self, photo: Photo, correction: Placement | None) -> _Placed:
        """Where the photo lies, settled, and what decided it."""
        kit, size = self.kit, Size(photo.width, photo.height)
        if correction is not None:
            return _Placed(settle(correction, size, least=LEAST_GROUP_ZOOM), "corrected")
        if kit.focus == "auto":
            placed = self._looked(photo, size)
        elif kit.focus == "center":
            placed = _Placed(Placement(), "center")
        else:
            placed = _Placed(Placement(*kit.focus), "point")
        placement = placed.placement
        asked = replace(
            placement,
            zoom=placement.zoom if kit.zoom is None else kit.zoom,
            rotation=kit.rotation or placement.rotation,
        )
        return replace(placed, placement=settle(asked, size, least=LEAST_GROUP_ZOOM))

    def _looked(self, photo: Photo, size: Size) -> _Placed:
        """Where what the photo shows lies well."""
        from dxassets.backends.subject import find_subject  # noqa: PLC0415  (libraries when needed)

        kit = self.kit
        subject = find_subject(photo, may_turn=kit.may_turn and kit.rotation == 0 and not photo.told_upright)
        opening_px = 2 * kit.opening.radius * kit.side
        placement = placement_for(subject, size, opening_px=opening_px, fit=kit.fit)
        return _Placed(placement, *_found_of(subject, size))


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a photo lies, what decided it, and what is known of its faces; as in `FramedFile`."""

    placement: Placement
    found: Found
    turned: int = 0
    faces: int = 0
    sure: float | None = None


def _found_of(subject: Subject | None, size: Size) -> tuple[Found, int, int, float | None]:
    """What a subject is called in reports, how it is turned, how many main faces it has, how sure it is."""
    if subject is None:
        return ("third" if size.height > size.width else "middle"), 0, 0, None
    if subject.kind != "face":
        return "subject", 0, 0, None
    sure = subject.scores[0] if subject.scores else None
    return "face", subject.turn, len(main_faces(subject)), sure


_TOO_MUCH = (
    "máy không đủ bộ nhớ để mở ảnh này; hãy đóng bớt chương trình, hoặc thu nhỏ ảnh rồi thử lại",
    "there is not enough memory to open it; close other programs, or make it smaller and try again",
)
