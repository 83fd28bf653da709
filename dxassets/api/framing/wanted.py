"""How photos are to be framed, as a user writes it, and what that means in one campaign."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from dxassets.api.planning import plan
from dxassets.api.single import sealed
from dxassets.backends.rasterizer import pixels_to_png
from dxassets.brand import FrameStyle
from dxassets.colors import Rgb, parse_color
from dxassets.errors import AssetError, InputError, Problem
from dxassets.framing import LEAST_ZOOM, MOST_ZOOM, Fit, Opening
from dxassets.jobs import NAME_LEFT_OUT, Job, Rendered
from dxassets.kinds.frame.kind import KIND as FRAME
from dxassets.kinds.frame.kind import frame_draft
from dxassets.kinds.frame.own import read_own_frame
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import STYLE_OF, STYLES
from dxassets.kinds.registry import check, render
from dxassets.models import not_among
from dxassets.notation import told
from dxassets.planner import Wanted, office_called, photo_tools
from dxassets.project import Project
from dxassets.runners.photos import Focus, FrameKit, PhotoFormat, read_photo_file
from dxassets.vietnamese import slug

LEAST_SIZE, MOST_SIZE, JUDGED_AT = 200, 2048, 1080
MOST_TURNED = 360.0
"""Degrees; a number that is larger is a slip, and of a very large one not even the turn is known."""
FITS: tuple[Fit, ...] = get_args(Fit)
BLUR = "blur"
PHOTO_FORMATS: tuple[PhotoFormat, ...] = get_args(PhotoFormat)
_SHARE = r"\s*(-?[0-9]*\.?[0-9]+)\s*(%?)\s*"
_POINT = re.compile(f"{_SHARE},{_SHARE}")
_SAME_FORMAT = {"jpeg": "jpg"}
ChoiceT = TypeVar("ChoiceT", bound=str)
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class FrameWanted:
    """The frame and the place of the photo in it, as the options of the command are.

    `day` is the campaign's first and `theme` the brand's first unless given; `style`, one of the frame's
    compositions, is the theme's own unless given. `agency`, an id or a
    name, puts its short name on the frame. `size` is px of the result's side. `focus` is ``auto``,
    ``center`` or ``X,Y`` in shares (``0.4,0.3``) or percent (``40%,30%``) of the photo. `zoom` is 1 to
    8, or None: as `focus` thinks best. `rotate` is degrees, clockwise. `ground` lies behind photos that
    are see-through. `fit` is ``auto``, or ``group``: all main faces are shown, if need be smaller than the
    opening; around them lies `surround`, ``blur`` or a colour. `turn`: photos on their side turn
    themselves by their faces. `frame` is the file of a frame of one's own (PNG or SVG with a see-through
    hole), in the place of the campaign's: `day`, `theme`, `style` and `agency` are not given then.
    """

    day: str | None = None
    theme: str | None = None
    style: str | None = None
    agency: str | None = None
    size: int = 1080
    focus: str = "auto"
    zoom: float | None = None
    rotate: float = 0.0
    circle: bool = False
    format: str = "jpg"
    ground: str = "#ffffff"
    fit: str = "auto"
    surround: str = "blur"
    turn: bool = True
    frame: str | Path | None = None

    @property
    def is_placed(self) -> bool:
        """Whether somebody says for all photos where they lie."""
        return self.focus.strip().lower() != "auto" or self.zoom is not None or self.rotate != 0


_LONGEST_CALLED = 40
"""Letters of a frame's own name in its results' names."""
AS_USUAL = FrameWanted()


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """A frame that was drawn, what workers need to put photos into it, and the day it is for.

    `variant` names its theme and style in file names, where they are not the usual ones. `notes` say
    what the frame had to leave out. `is_placed`: somebody says for all photos where they lie.
    """

    kit: FrameKit
    day: str
    variant: str
    notes: tuple[Problem, ...]
    is_placed: bool = False


def drawn_frame(project: Project, wanted: FrameWanted) -> DrawnFrame:
    """The frame that is wanted, drawn and checked; everything that can't be, together in one `InputError`."""
    problems: list[Problem] = []
    style = None if wanted.style is None else _chosen("--style", wanted.style, STYLES, problems)
    file_format = _chosen("--format", _SAME_FORMAT.get(wanted.format, wanted.format), PHOTO_FORMATS, problems)
    focus: Focus | None = _tried(lambda: parse_focus(wanted.focus), problems)
    ground = _tried(lambda: _color("--ground", wanted.ground), problems)
    fit = _chosen("--fit", wanted.fit, FITS, problems)
    around = _tried(lambda: _surround(wanted.surround), problems)
    problems += _bad_numbers(wanted)
    picture = _tried(
        lambda: _picture(project, wanted, style) if wanted.frame is None else _own_picture(wanted), problems
    )
    if problems or picture is None or focus is None or ground is None or file_format is None or fit is None:
        raise InputError(*problems)
    kit = FrameKit(
        frame=picture.data,
        side=wanted.size,
        opening=picture.opening,
        edge=picture.edge,
        surround=picture.surround,
        circle=wanted.circle,
        file_format=file_format,
        ground=ground,
        focus=focus,
        zoom=wanted.zoom,
        rotation=wanted.rotate,
        tools=repr(photo_tools()),
        fit=fit,
        around=around,
        may_turn=wanted.turn,
    )
    return DrawnFrame(kit, picture.called, picture.variant, picture.notes, wanted.is_placed)


@dataclass(frozen=True, slots=True, eq=False)
class _FramePicture:
    """A frame as PNG and all that photos must know of it; `called` stands in the results' names."""

    data: bytes
    opening: Opening
    edge: float
    surround: Rgb
    called: str
    variant: str = ""
    notes: tuple[Problem, ...] = ()


def _picture(project: Project, wanted: FrameWanted, style: FrameStyle | None) -> _FramePicture:
    """The campaign's frame, drawn and checked."""
    job, day = _spec(project, wanted, style)
    try:
        rendered = _drawn(job, project, wanted.size)
    except AssetError as error:  # no photo can be framed then, so it is the input that is wrong
        raise InputError(*error.problems) from error
    return _FramePicture(
        rendered.data,
        STYLE_OF[job.spec.style].opening,
        _edge(rendered),
        job.spec.theme.palette.ground[0],
        day,
        _variant(project, job.spec),
        _name_notes(job, rendered),
    )


def _own_picture(wanted: FrameWanted) -> _FramePicture:
    """Somebody's own frame, checked for a hole; what is said of the campaign's is refused."""
    shown = str(wanted.frame)
    odd = [
        Problem(
            f"--{name}",
            "không dùng cùng --frame: khung riêng đã có đủ hình và chữ của nó",
            "does not go with --frame: your own frame has its own look and words",
        )
        for name in ("day", "theme", "style", "agency")
        if getattr(wanted, name) is not None
    ]
    if odd:
        raise InputError(*odd)
    side = wanted.size if LEAST_SIZE <= wanted.size <= MOST_SIZE else JUDGED_AT
    own = read_own_frame(read_photo_file(Path(shown), shown), shown, side=side)
    called = slug(Path(shown).stem)[:_LONGEST_CALLED].strip("-") or "rieng"
    return _FramePicture(pixels_to_png(own.pixels), own.opening, 0.5, Rgb(255, 255, 255), called)


def _variant(project: Project, spec: FrameSpec) -> str:
    """What tells this frame's results from those of the usual frame of the same day."""
    theme = "" if spec.theme.id == project.brand.themes[0].id else f"-{spec.theme.id}"
    return theme if spec.style == spec.theme.frame else f"{theme}-{spec.style}"


def _name_notes(job: Job[FrameSpec], frame: Rendered) -> tuple[Problem, ...]:
    """That the agency's name found no room on the frame."""
    if dict(frame.facts.notes).get("agency_name") != NAME_LEFT_OUT:
        return ()
    name = job.spec.agency_name
    vi = f"tên “{name}” quá dài cho vòng khung nên được bỏ; hãy đặt tên viết tắt (short_name) ngắn hơn"
    en = f"the name {name!r} is too long for the ring and was left out; give a shorter short_name"
    return (Problem("--agency", vi, en),)


def _spec(project: Project, wanted: FrameWanted, style: FrameStyle | None) -> tuple[Job[FrameSpec], str]:
    """The job of the frame itself, and the id of its day; `UnknownIdError` for ids that nothing has."""
    day = project.campaign.days[0].id if wanted.day is None else wanted.day
    theme = project.brand.themes[0].id if wanted.theme is None else wanted.theme
    office = None if wanted.agency is None else office_called(project.campaign, wanted.agency)
    agencies = () if wanted.agency is None else (wanted.agency if office is None else office.id,)
    asked = Wanted(agencies=agencies, days=(day,), themes=(theme,), kinds=(FRAME.id,), formats=("png",))
    job: Job[FrameSpec] = plan(project, asked).jobs[0]
    name = None if office is None else office.short_name
    return _altered(job, project, style=style or job.spec.theme.frame, agency_name=name), day


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


def _surround(text: str) -> Rgb | None:
    """A colour, or None for the photo itself, blurred."""
    return None if text.strip().lower() == BLUR else _color("--surround", text)


def _color(option: str, text: str) -> Rgb:
    try:
        return parse_color(text)
    except ValueError as error:
        also = ("", "") if option != "--surround" else (f", cũng không phải {BLUR}", f", nor {BLUR}")
        raise InputError(
            Problem(
                option,
                f"“{text}” không phải màu dạng #rrggbb, ví dụ #ffffff là trắng "
                f"(đặt trong ngoặc kép){also[0]}",
                f"{text!r} is not a colour of the form #rrggbb; #ffffff is white (put it in quotes){also[1]}",
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
