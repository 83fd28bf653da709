"""How photos are to be framed, as a user writes it, and what that means in one campaign."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from dxassets.api.building import plan
from dxassets.api.single import sealed
from dxassets.colors import Rgb, parse_color
from dxassets.errors import AssetError, InputError, Problem
from dxassets.framing import LEAST_ZOOM, MOST_ZOOM
from dxassets.jobs import NAME_LEFT_OUT, Job, Rendered
from dxassets.kinds.frame.kind import KIND as FRAME
from dxassets.kinds.frame.kind import STYLES, frame_draft
from dxassets.kinds.frame.ring import OPENING
from dxassets.kinds.frame.spec import FrameSpec, FrameStyle
from dxassets.kinds.registry import check, render
from dxassets.models import not_among
from dxassets.notation import told
from dxassets.planner import Wanted, office_called, photo_tools
from dxassets.project import Project
from dxassets.runners.photos import Focus, FrameKit, PhotoFormat

LEAST_SIZE, MOST_SIZE, JUDGED_AT = 200, 2048, 1080
MOST_TURNED = 360.0
"""Degrees; a number that is larger is a slip, and of a very large one not even the turn is known."""
PHOTO_FORMATS: tuple[PhotoFormat, ...] = get_args(PhotoFormat)
_SHARE = r"\s*(-?[0-9]*\.?[0-9]+)\s*(%?)\s*"
_POINT = re.compile(f"{_SHARE},{_SHARE}")
_SAME_FORMAT = {"jpeg": "jpg"}
ChoiceT = TypeVar("ChoiceT", bound=str)
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class FrameWanted:
    """The frame and the place of the photo in it, as the options of the command are.

    `day` is the campaign's first and `theme` the brand's first unless given; `agency`, an id or a
    name, puts its short name on the frame. `size` is px of the result's side. `focus` is ``auto``,
    ``center`` or ``X,Y`` in shares (``0.4,0.3``) or percent (``40%,30%``) of the photo. `zoom` is 1 to
    8, or None: as `focus` thinks best. `rotate` is degrees, clockwise. `ground` lies behind photos that
    are see-through.
    """

    day: str | None = None
    theme: str | None = None
    style: str = "ring"
    agency: str | None = None
    size: int = 1080
    focus: str = "auto"
    zoom: float | None = None
    rotate: float = 0.0
    circle: bool = False
    format: str = "jpg"
    ground: str = "#ffffff"


AS_USUAL = FrameWanted()


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """A frame that was drawn, what workers need to put photos into it, and the day it is for.

    `variant` names its theme and style in file names, where they are not the usual ones. `notes` say
    what the frame had to leave out, and what this machine can't do.
    """

    kit: FrameKit
    day: str
    variant: str
    notes: tuple[Problem, ...]


def drawn_frame(project: Project, wanted: FrameWanted) -> DrawnFrame:
    """The frame that is wanted, drawn and checked; everything that can't be, together in one `InputError`."""
    problems: list[Problem] = []
    style = _chosen("--style", wanted.style, STYLES, problems)
    file_format = _chosen("--format", _SAME_FORMAT.get(wanted.format, wanted.format), PHOTO_FORMATS, problems)
    focus: Focus | None = _tried(lambda: parse_focus(wanted.focus), problems)
    ground = _tried(lambda: _ground(wanted.ground), problems)
    problems += _bad_numbers(wanted)
    spec = _tried(lambda: _spec(project, wanted, style or "ring"), problems)
    if problems or spec is None or focus is None or ground is None or file_format is None:
        raise InputError(*problems)
    job, day = spec
    try:
        rendered = _drawn(job, project, wanted.size)
    except AssetError as error:  # no photo can be framed then, so it is the input that is wrong
        raise InputError(*error.problems) from error
    theme = job.spec.theme
    kit = FrameKit(
        frame=rendered.data,
        side=wanted.size,
        opening=OPENING,
        edge=_edge(rendered),
        surround=theme.palette.ground[0],
        circle=wanted.circle,
        file_format=file_format,
        ground=ground,
        focus=focus,
        zoom=wanted.zoom,
        rotation=wanted.rotate,
        tools=repr(photo_tools()),
    )
    variant = _variant(project, job.spec)
    return DrawnFrame(kit, day, variant, (*_name_notes(job, rendered), *_focus_notes(focus)))


def _variant(project: Project, spec: FrameSpec) -> str:
    """What tells this frame's results from those of the usual frame of the same day."""
    theme = "" if spec.theme.id == project.brand.themes[0].id else f"-{spec.theme.id}"
    return theme if spec.style == AS_USUAL.style else f"{theme}-{spec.style}"


def _name_notes(job: Job[FrameSpec], frame: Rendered) -> tuple[Problem, ...]:
    """That the agency's name found no room on the frame."""
    if dict(frame.facts.notes).get("agency_name") != NAME_LEFT_OUT:
        return ()
    name = job.spec.agency_name
    vi = f"tên “{name}” quá dài cho vòng khung nên được bỏ; hãy đặt tên viết tắt (short_name) ngắn hơn"
    en = f"the name {name!r} is too long for the ring and was left out; give a shorter short_name"
    return (Problem("--agency", vi, en),)


def _focus_notes(focus: Focus) -> tuple[Problem, ...]:
    """That faces can't be looked for on this machine."""
    if focus != "auto":
        return ()
    from dxassets.backends.subject import why_no_faces  # noqa: PLC0415  (libraries when needed)

    why = why_no_faces()
    if why is None:
        return ()
    vi, en = _NO_FACES
    return (Problem("--focus", f"{why[0]}; {vi}", f"{why[1]}; {en}"),)


_NO_FACES = (
    "ảnh được canh theo màu nổi bật, hãy xem lại từng ảnh, ảnh nào lệch thì làm lại với --focus X,Y",
    "photos are placed by what stands out: look at each, and frame those that are off again with --focus X,Y",
)


def _spec(project: Project, wanted: FrameWanted, style: FrameStyle) -> tuple[Job[FrameSpec], str]:
    """The job of the frame itself, and the id of its day; `UnknownIdError` for ids that nothing has."""
    day = project.campaign.days[0].id if wanted.day is None else wanted.day
    theme = project.brand.themes[0].id if wanted.theme is None else wanted.theme
    office = None if wanted.agency is None else office_called(project.campaign, wanted.agency)
    agencies = () if wanted.agency is None else (wanted.agency if office is None else office.id,)
    asked = Wanted(agencies=agencies, days=(day,), themes=(theme,), kinds=(FRAME.id,), formats=("png",))
    for job in plan(project, asked).jobs:
        if job.spec.style == style:
            name = None if office is None else office.short_name
            return _altered(job, project, agency_name=name), day
    raise InputError(not_among("--style", style, known=STYLES))


def _drawn(job: Job[FrameSpec], project: Project, size: int) -> Rendered:
    """The frame at `size` px. The gates look at one that is large enough to tell letters from their edges."""
    judged = _altered(job, project, size=max(size, JUDGED_AT))
    rendered = render(judged, project.resources)
    check(judged, rendered)
    return rendered if size >= JUDGED_AT else render(_altered(job, project, size=size), project.resources)


def _altered(job: Job[FrameSpec], project: Project, **changes: Any) -> Job[FrameSpec]:
    """The job of the same frame with another size or name."""
    spec = replace(job.spec, **changes)
    return sealed(frame_draft(spec, day=job.day or "", agency=job.agency), project.resources)


def _edge(frame: Rendered) -> float:
    """The radius that a profile picture is cut to: a ring's own outer edge, or half the side."""
    facts, hole = frame.facts, frame.facts.hole
    return 0.5 if hole is None or hole.outer is None else hole.outer * facts.scale / facts.width


def parse_focus(text: str) -> Focus:
    """``auto``, ``center``, or a point of the photo in shares or percent; `InputError` for anything else."""
    name = text.strip().lower()
    if name in {"auto", "center"}:
        return "auto" if name == "auto" else "center"
    match = _POINT.fullmatch(text)
    if match is None:
        raise InputError(
            Problem(
                "--focus",
                f"“{text}” không hiểu được; hãy viết auto, center, hoặc một điểm trên ảnh như 40%,30% "
                "(40% từ mép trái, 30% từ mép trên) hay 0.4,0.3",
                f"{text!r} is not understood; write auto, center, or a point of the photo such as 40%,30% "
                "(from the left and from the top) or 0.4,0.3",
            )
        )
    x, percent_x, y, percent_y = match.groups()
    point = (float(x) / (100 if percent_x else 1), float(y) / (100 if percent_y else 1))
    if not all(0 <= share <= 1 for share in point):
        raise InputError(
            Problem(
                "--focus",
                f"“{text}” nằm ngoài ảnh; mỗi số từ 0 đến 1, hoặc từ 0% đến 100%",
                f"{text!r} lies outside the photo; each number is 0 to 1, or 0% to 100%",
            )
        )
    return point


def _ground(text: str) -> Rgb:
    try:
        return parse_color(text)
    except ValueError as error:
        raise InputError(
            Problem(
                "--ground",
                f"“{text}” không phải màu dạng #rrggbb, ví dụ #ffffff là trắng (đặt trong ngoặc kép)",
                f"{text!r} is not a colour of the form #rrggbb; #ffffff is white (put it in quotes)",
            )
        ) from error


def _bad_numbers(wanted: FrameWanted) -> list[Problem]:
    problems: list[Problem] = []
    if not LEAST_SIZE <= wanted.size <= MOST_SIZE:
        span = f"{LEAST_SIZE}–{MOST_SIZE}"
        problems.append(Problem("--size", f"phải trong khoảng {span} (px)", f"must be within {span} (px)"))
    if wanted.zoom is not None and not LEAST_ZOOM <= wanted.zoom <= MOST_ZOOM:  # NaN fails it, too
        problems.append(
            Problem("--zoom", *told("phải từ {} đến {}", "must be {} to {}", LEAST_ZOOM, MOST_ZOOM))
        )
    if not -MOST_TURNED <= wanted.rotate <= MOST_TURNED:
        vi, en = "phải là một số độ từ {} đến {}", "must be a number of degrees, {} to {}"
        problems.append(Problem("--rotate", *told(vi, en, -MOST_TURNED, MOST_TURNED)))
    return problems


def _chosen(option: str, value: str, known: Sequence[ChoiceT], problems: list[Problem]) -> ChoiceT | None:
    for each in known:
        if each == value:
            return each
    problems.append(not_among(option, value, known=known))
    return None


def _tried(make: Callable[[], ResultT], problems: list[Problem]) -> ResultT | None:
    """What `make` gives, or None and its problems noted."""
    try:
        return make()
    except InputError as error:
        problems += error.problems
        return None
