"""`python -m bench.focus [--photos DIR] [--faces] [METHOD…]`: which method finds faces, see docs/focus.md.

Not part of `make bench`: it compares libraries of which the project needs one only. Those that are not
installed are left out. They do not all fit in one environment, so the table is put together from two runs:

    python -m venv one && one/bin/pip install dlib-bin pyvips[binary] pillow scikit-image matplotlib \
        "opencv-python-headless<5"
    python -m venv two && two/bin/pip install mediapipe==0.10.21 pyvips[binary] scikit-image
    pip download --no-deps --no-binary :all: face_recognition==1.3.0    # its tests/test_images for --photos
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from math import hypot, sqrt
from pathlib import Path
from statistics import median, quantiles
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.face_set import FaceScene, KnownFace, scored, table
from bench.focus_pictures import Case, Face, Source, cases
from dxassets.framing import FACE_RADIUS, Placement, Subject, Turn, placement_for
from dxassets.geometry import Box, Size

Pixels = NDArray[np.uint8]
Finder = Callable[[Pixels], Subject | None]
OPENING_PX = 700.0
PROJECT = Path(__file__).parent.parent


# --- the methods --------------------------------------------------------------------------------------


def _reduced(pixels: Pixels, area: int) -> Pixels:
    height, width = pixels.shape[:2]
    factor = sqrt(area / (width * height))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))


def _gray(pixels: Pixels) -> Pixels:
    return np.asarray(Image.fromarray(pixels).convert("L"))


def _faces(boxes: Sequence[Box]) -> Subject | None:
    return Subject("face", tuple(sorted(boxes, key=lambda box: -box.height))) if boxes else None


def _point(x: float, y: float) -> Subject:
    return Subject("salient", (Box(x - 0.05, y - 0.05, 0.1, 0.1),))


def _ours() -> Finder:
    found = import_module("dxassets.backends.subject")
    return found.find_subject


def _ours_without_faces() -> Finder:
    return import_module("dxassets.backends.subject").standing_out


def _dlib(area: int, *, color: bool = False) -> Callable[[], Finder]:
    def make() -> Finder:
        detector: Any = import_module("dlib").get_frontal_face_detector()

        def find(pixels: Pixels) -> Subject | None:
            small = _reduced(pixels, area)
            h, w = small.shape[:2]
            found = detector.run(small if color else _gray(small), 0, 0.0)[0]
            return _faces([Box(b.left() / w, b.top() / h, b.width() / w, b.height() / h) for b in found])

        return find

    return make


def _haar(name: str) -> Callable[[], Finder]:
    def make() -> Finder:
        cv: Any = import_module("cv2")
        cv.setNumThreads(1)
        cascade = cv.CascadeClassifier(f"{cv.data.haarcascades}haarcascade_frontalface_{name}.xml")

        def find(pixels: Pixels) -> Subject | None:
            gray = _gray(_reduced(pixels, 480 * 360))
            h, w = gray.shape
            found = cascade.detectMultiScale(gray, 1.1, 5, minSize=(24, 24))
            return _faces([Box(x / w, y / h, width / w, height / h) for x, y, width, height in found])

        return find

    return make


def _lbp() -> Finder:
    feature: Any = import_module("skimage.feature")
    cascade = feature.Cascade(import_module("skimage.data").lbp_frontal_face_cascade_filename())

    def find(pixels: Pixels) -> Subject | None:
        small = _reduced(pixels, 320 * 240)
        h, w = small.shape[:2]
        side = min(h, w)
        sizes = {"min_size": (max(24, side // 10),) * 2, "max_size": (side, side)}
        found = cascade.detect_multi_scale(small, scale_factor=1.2, step_ratio=1, **sizes)
        return _faces([Box(b["c"] / w, b["r"] / h, b["width"] / w, b["height"] / h) for b in found])

    return find


def _mediapipe(model: int) -> Callable[[], Finder]:
    def make() -> Finder:
        solution: Any = import_module("mediapipe").solutions.face_detection
        detector = solution.FaceDetection(model_selection=model, min_detection_confidence=0.5)

        def find(pixels: Pixels) -> Subject | None:
            found = detector.process(np.ascontiguousarray(_reduced(pixels, 480 * 360))).detections or []
            boxes = [one.location_data.relative_bounding_box for one in found]
            return _faces([Box(b.xmin, b.ymin, b.width, b.height) for b in boxes])

        return find

    return make


def _vips(interesting: str) -> Callable[[], Finder]:
    """The point of attention itself; for entropy the middle of the square it keeps."""

    def make() -> Finder:
        image: Any = import_module("pyvips").Image

        def find(pixels: Pixels) -> Subject | None:
            small = _reduced(pixels, 480 * 360)
            h, w = small.shape[:2]
            side = min(h, w)
            seen = image.new_from_array(small, interpretation="srgb")
            asked = {"attention_x": True, "attention_y": True} if interesting == "attention" else {}
            kept = seen.smartcrop(side, side, interesting=interesting, **asked)
            if interesting == "attention":
                kept, at = kept
                return _point((at["attention_x"] + 0.5) / w, (at["attention_y"] + 0.5) / h)
            kept.numpy()
            return _point((side / 2 - kept.xoffset) / w, (side / 2 - kept.yoffset) / h)

        return find

    return make


def _spectral_residual() -> Finder:
    """Hou and Zhang 2007, on 64 px, in gray."""
    ndimage: Any = import_module("scipy.ndimage")

    def find(pixels: Pixels) -> Subject | None:
        gray = _gray(_reduced(pixels, 64 * 48)).astype(float)
        spectrum = np.fft.fft2(gray)
        log = np.log(np.abs(spectrum) + 1e-9)
        residual = log - ndimage.uniform_filter(log, 3, mode="wrap")
        seen = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
        seen = ndimage.gaussian_filter(seen, 2.5)
        y, x = np.unravel_index(int(seen.argmax()), seen.shape)
        return _point((float(x) + 0.5) / gray.shape[1], (float(y) + 0.5) / gray.shape[0])

    return find


METHODS: dict[str, Callable[[], Finder]] = {
    "dxassets": _ours,
    "dxassets without faces": _ours_without_faces,
    "dlib HOG, 400×300": _dlib(400 * 300),
    "dlib HOG, 640×480": _dlib(640 * 480),
    "dlib HOG, 800×600": _dlib(800 * 600),
    "dlib HOG, 800×600 in colour": _dlib(800 * 600, color=True),
    "dlib HOG, 1200×900": _dlib(1200 * 900),
    "OpenCV 4 Haar default": _haar("default"),
    "OpenCV 4 Haar alt2": _haar("alt2"),
    "scikit-image LBP": _lbp,
    "MediaPipe short range": _mediapipe(0),
    "MediaPipe full range": _mediapipe(1),
    "libvips attention": _vips("attention"),
    "libvips entropy": _vips("entropy"),
    "spectral residual": _spectral_residual,
    "upper third or middle": lambda: lambda _: None,
    "always the middle": lambda: lambda _: _point(0.5, 0.5),
}


# --- what counts --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Score:
    """What a method did with the pictures of a group, in counts."""

    pictures: int = 0
    near: int = 0  # the result's middle within 0.15 of the short side of the truth's
    seen: int = 0  # the whole face, or most of the subject, inside the opening
    wrong: int = 0  # with a face where there is none
    faces: int = 0
    found: int = 0  # faces with a box of about the right size around them


@dataclass(slots=True)
class Result:
    """All groups' scores, and how long each picture took in CPU seconds."""

    scores: dict[str, Score] = field(default_factory=dict[str, Score])
    seconds: list[float] = field(default_factory=list[float])


def measure(find: Finder, pictures: Sequence[Case]) -> Result:
    """Runs a method over all pictures."""
    result = Result()
    for case in pictures:
        pixels = np.asarray(case.picture)
        begun = process_time()
        subject = find(pixels)
        result.seconds.append(process_time() - begun)
        _count(result.scores.setdefault(case.group, Score()), case, subject)
    return result


def _count(score: Score, case: Case, subject: Subject | None) -> None:
    photo = Size(*case.picture.size)
    boxes = subject.boxes if subject and subject.kind == "face" else ()
    score.pictures += 1
    score.wrong += any(not any(_matches(box, face, photo) for face in case.faces) for box in boxes)
    score.faces += len(case.faces)
    score.found += sum(any(_matches(box, face, photo) for box in boxes) for face in case.faces)
    placement = placement_for(subject, photo, opening_px=OPENING_PX)
    circles = [(face.x, face.y, FACE_RADIUS * face.height) for face in case.faces]
    if case.subject:
        # of a subject as large as the photo no more can be asked than its middle part
        radius = min(case.subject.width / 2, case.subject.height / 2, 0.4 * photo.short_side)
        circles = [(case.subject.center_x, case.subject.center_y, radius)]
    score.seen += bool(circles) and all(_seen(circle, placement, photo) for circle in circles)
    if subject and circles:
        x, y = subject.boxes[0].center_x * photo.width, subject.boxes[0].center_y * photo.height
        score.near += min(hypot(x - cx, y - cy) for cx, cy, _ in circles) <= 0.15 * photo.short_side


def _matches(box: Box, face: Face, photo: Size) -> bool:
    apart = hypot(box.center_x * photo.width - face.x, box.center_y * photo.height - face.y)
    return apart <= 0.4 * face.height and 0.5 < box.height * photo.height / face.height < 2


def _seen(circle: tuple[float, float, float], placement: Placement, photo: Size) -> bool:
    x, y, radius = circle
    apart = hypot(x - placement.focus_x * photo.width, y - placement.focus_y * photo.height)
    return apart + radius <= photo.short_side / (2 * placement.zoom)


# --- the tables ---------------------------------------------------------------------------------------

_FACELESS = ("no face", "subject in a photo", "object laid on")


def _total(result: Result, chosen: Callable[[str], bool]) -> Score:
    scores = [score for group, score in result.scores.items() if chosen(group)]
    names = ("pictures", "near", "seen", "wrong", "faces", "found")
    return Score(*(sum(getattr(score, name) for score in scores) for name in names))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def summary(name: str, result: Result) -> str:
    """A row: people, groups, pictures without faces, subjects, and the time."""
    one = _total(result, lambda group: group not in (*_FACELESS, "groups"))
    many = _total(result, lambda group: group == "groups")
    none = _total(result, lambda group: group in _FACELESS)
    thing = _total(result, lambda group: group in _FACELESS[1:])
    cells = (
        name,
        _share(one.near, one.pictures),
        _share(one.seen, one.pictures),
        _share(many.found, many.faces),
        str(one.wrong + many.wrong),
        f"{none.wrong} of {none.pictures}",
        _share(thing.near, thing.pictures),
        _share(thing.seen, thing.pictures),
        f"{median(result.seconds) * 1e3:.0f}",
        f"{quantiles(result.seconds, n=20)[-1] * 1e3:.0f}",
    )
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| method | face hit | face in the opening | group faces found | wrong beside faces "
    "| wrong without faces | subject hit | subject in the opening | ms, half | ms, 95 % |"
)


def _scene(case: Case) -> FaceScene:
    """A picture as the project's own set has it."""
    faces = tuple(KnownFace(face.x, face.y, face.height) for face in case.faces)
    return FaceScene("nobody" if case.group in _FACELESS else case.group, np.asarray(case.picture), faces)


def _lying(case: Case) -> Iterator[FaceScene]:
    """An upright picture on both its sides and on its head."""
    scene = _scene(case)
    turns: tuple[Turn, ...] = (90, 180, 270)
    for turn in turns:
        lying = np.ascontiguousarray(np.rot90(scene.pixels, turn // 90))
        yield replace(scene, pixels=lying, turn=turn, group=f"{scene.group}, lying")


def main(arguments: Sequence[str]) -> int:
    """Prints both tables for the named methods, or for all that are installed."""
    parser = ArgumentParser(prog="python -m bench.focus")
    parser.add_argument("--photos", type=Path, help="more photos, see bench/focus_pictures.py")
    parser.add_argument(
        "--faces", action="store_true", help="what dxassets does, as bench/face_set.py counts"
    )
    parser.add_argument("methods", nargs="*", help=", ".join(METHODS))
    asked = parser.parse_args(arguments)
    pictures = list(cases(Source(asked.photos, PROJECT)))
    if asked.faces:
        print(table(scored([_scene(case) for case in pictures])), "")
        print(table(scored([lying for case in pictures if case.faces for lying in _lying(case)])))
        return 0
    results: dict[str, Result] = {}
    print(HEAD, "|---" * HEAD.count(" | ") + "|---|", sep="\n")
    for name in asked.methods or METHODS:
        try:
            find = METHODS[name]()
        except (ImportError, AttributeError, AssertionError) as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
            continue
        results[name] = measure(find, pictures)
        print(summary(name, results[name]), flush=True)
    print(f"\n| faces found | pictures | {' | '.join(results)} |\n|---|---{'|---' * len(results)}|")
    for group in dict.fromkeys(case.group for case in pictures if case.faces):
        scores = [result.scores[group] for result in results.values()]
        cells = (_share(score.found, score.faces) for score in scores)
        print(f"| {group} | {scores[0].pictures} | {' | '.join(cells)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
