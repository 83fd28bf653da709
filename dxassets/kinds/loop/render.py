"""The recipe of a loop: one picture in two states, the frames between them, and one file of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise

from dxassets.backends import animations, rasterizer
from dxassets.geometry import Box, bounding_box
from dxassets.jobs import Code, Facts, Job, Rendered, TextArea
from dxassets.kinds.loop.film import Film, parts_of
from dxassets.kinds.loop.phrasing import SAID, SloganPhrase, phrases_of
from dxassets.kinds.loop.reading import mark_boxes, shortened, timed
from dxassets.kinds.loop.spec import LoopFormat, LoopSpec
from dxassets.kinds.loop.swarm import Swarm, swarm_of
from dxassets.renderers.pictures.briefing import look_of
from dxassets.renderers.pictures.layers import PictureLayers, layers_of
from dxassets.renderers.pictures.logo import Signature, sign, signed_facts
from dxassets.renderers.pictures.pieces import draw_badges, draw_bars, draw_code_panel, draw_rules
from dxassets.renderers.pictures.type_areas import areas_to_svg, lines_to_areas
from dxassets.renderers.pictures.words import words_shown
from dxassets.renderers.svg import document
from dxassets.resources import Resources
from dxassets.typesetting.layout import Layout

MEDIA: dict[LoopFormat, str] = {
    "mp4": "video/mp4",
    "webp": "image/webp",
    "gif": "image/gif",
    "png": "image/png",
}
PER_SECOND: dict[LoopFormat, int] = {"mp4": 30, "webp": 15, "gif": 10, "png": 1}
KEY_EVERY = 60
"""Frames between two from which a player can start: two seconds."""
PREVIEW_PX = 480
_TURNED = "lozenges"
_BADGE_TAIL = 0.1
"""Of its height: how far a ribbon's tails reach beyond a badge's box."""


@dataclass(frozen=True, slots=True)
class Showing:
    """A stretch of the loop, in seconds, in which some lines of type must be read."""

    start: float
    end: float
    texts: tuple[TextArea, ...]


@dataclass(frozen=True, slots=True)
class RenderedLoop(Rendered):
    """A finished loop, and what the gates hold its frames to; `whole_from` s on, all of it stands."""

    showings: tuple[Showing, ...] = ()
    total: float = 0.0
    whole_from: float = 0.0


@dataclass(frozen=True)
class Scenario:
    """A loop that is drawn and not yet encoded; `wording` is which of the slogan's two it says."""

    film: Film
    layers: PictureLayers
    signature: Signature
    agency: tuple[TextArea, ...]
    phrases: tuple[SloganPhrase, ...]
    wording: str


def render(job: Job[LoopSpec], resources: Resources) -> Rendered:
    """The loop in the job's format; `FitError` for what can't be set, or can't be read in the time."""
    spec = job.spec
    scenario = scenario_of(replace(spec, format="mp4", max_bytes=None), job.inputs, resources)
    film = scenario.film
    facts = _facts(spec, scenario)
    said = replace(spec, day=scenario.layers.look.day)  # the short wording, where that is shown
    alt = words_shown(said, scenario.layers.layout, scenario.signature.lines)
    if spec.format == "png":
        return Rendered(rasterizer.pixels_to_png(film.whole), MEDIA["png"], facts, alt=alt)
    preview = partial(rasterizer.thumbnail, film.whole, PREVIEW_PX) if spec.format == "mp4" else None
    line = film.timeline
    return RenderedLoop(
        encoded(film, spec.format),
        MEDIA[spec.format],
        facts,
        preview,
        alt,
        showings=tuple(_showings(scenario)),
        total=line.total,
        whole_from=line.is_whole_from,
    )


def encoded(film: Film, file_format: LoopFormat) -> bytes:
    """The film as a file."""
    per_second = PER_SECOND[file_format]
    if file_format == "mp4":
        from dxassets.backends.video import encode_film  # noqa: PLC0415  (an extra that need not be there)

        height, width = film.whole.shape[:2]
        frames = film.frames(per_second)
        return encode_film(frames, width, height, per_second=per_second, key_every=KEY_EVERY)
    moments = film.moments(per_second)
    ends = [0]
    for _, ticks in moments:
        ends.append(ends[-1] + ticks)
    times = [round(end * 1000 / per_second) for end in ends]
    durations = [after - before for before, after in pairwise(times)]
    kind: animations.AnimationFormat = "webp" if file_format == "webp" else "gif"
    return animations.encode_animation(
        kind, lambda at: film.frame(moments[at][0]), durations, whole=film.whole
    )


@lru_cache(maxsize=2)
def scenario_of(spec: LoopSpec, inputs: tuple[tuple[str, str], ...], resources: Resources) -> Scenario:
    """All that a loop is made of; kept for its other formats."""
    layers = layers_of(look_of(spec, inputs), resources)
    layout, measure = layers.layout, layers.shaper.measure
    timeline = timed(layout, spec.phrases)
    if timeline is None:
        return replace(scenario_of(shortened(spec, layout), inputs, resources), wording="short")
    signature = sign(spec, layout, measure, resources=resources, ground=partial(_ground, layers))
    agency = lines_to_areas(signature.lines, spec.theme.palette, layers.shaper)
    phrases = phrases_of(layout, layers.texts, layers.shaper, spec.phrases)
    moving = [
        area
        for line, area in zip(layout.lines, layers.texts, strict=True)
        if line.role == "mark" or line.role in SAID
    ]
    still = tuple(area for area in layers.texts if area not in moving)
    quiet = _drawn(spec, _quiet_body(spec, layers, still), signature, agency)
    whole = _drawn(spec, layers.body, signature, agency)
    mark = _mark_box(layout)
    places = [] if mark is None else [(mark.pad(2), _mark_outline(layers))]
    places += [(phrase.area.box.pad(2), phrase.area.outline) for phrase in phrases]
    calm = [area.box.pad(2) for area in (*still, *agency)]
    calm += [box.pad(2) for box in (layout.panel, layout.card and layout.card.box) if box is not None]
    calm += list(layout.rules)
    calm += [signature.mark.extent] if signature.mark is not None else []
    swarm = None if mark is None else _swarm(spec, layers, mark, calm)
    film = Film(quiet, whole, tuple(parts_of(quiet, whole, places)), swarm, timeline)
    return Scenario(film, layers, signature, agency, tuple(phrases), layout.wording)


def _quiet_body(spec: LoopSpec, layers: PictureLayers, still: tuple[TextArea, ...]) -> str:
    """The picture without mark and slogan."""
    theme = spec.theme
    around = draw_code_panel(layers.layout, theme) + draw_rules(layers.layout, theme)
    return layers.back + around + areas_to_svg(still) + layers.code


def _drawn(
    spec: LoopSpec, body: str, signature: Signature, agency: tuple[TextArea, ...]
) -> rasterizer.Pixels:
    """A body with whose it is over it, as pixels."""
    canvas = spec.preset.canvas
    body += areas_to_svg(agency)
    if signature.mark is not None:
        body += signature.mark.svg
    return rasterizer.svg_to_pixels(document(body, canvas, spec.preset.width, spec.preset.height))


def _ground(layers: PictureLayers, box: Box, width: int) -> rasterizer.Pixels:
    """A part of the picture without name and logo, so many px wide."""
    height = max(1, round(width * box.height / box.width))
    return rasterizer.svg_to_pixels(document(layers.body, box, width, height))


def _mark_box(layout: Layout) -> Box | None:
    """All of the mark, with its badge."""
    boxes = mark_boxes(layout)
    if not boxes:
        return None
    box = bounding_box(boxes)
    tail = _BADGE_TAIL * box.height if layout.badges else 0.0
    return Box(box.x, box.y, box.width + tail, box.height)


def _mark_outline(layers: PictureLayers) -> str:
    """All that is drawn of the mark."""
    layout, theme = layers.layout, layers.look.theme
    marks = [area for line, area in zip(layout.lines, layers.texts, strict=True) if line.role == "mark"]
    return draw_badges(layout, theme) + areas_to_svg(marks) + draw_bars(layout, theme)


def _swarm(spec: LoopSpec, layers: PictureLayers, mark: Box, calm: Sequence[Box]) -> Swarm:
    """The modules that become the mark: its badge, or its numerals."""
    layout, palette = layers.layout, spec.theme.palette
    if layout.badges:
        outline, color = draw_badges(layout, spec.theme), palette.badge
    else:
        outline = _mark_outline(layers)
        color = next(
            area.color for line, area in zip(layout.lines, layers.texts, strict=True) if line.role == "mark"
        )
    whole = Box(int(mark.x), int(mark.y), int(mark.width) + 1, int(mark.height) + 1)
    cover = rasterizer.type_mask(outline, whole, int(whole.width), int(whole.height))
    return swarm_of(
        cover,
        (int(whole.x), int(whole.y)),
        calm=calm,
        color=color,
        turned=spec.day.motif == _TURNED,
        seed=f"{spec.theme.id} {spec.day.motif} {spec.day.label}",
    )


def _showings(scenario: Scenario) -> list[Showing]:
    """Each phrase for as long as it is read, and at the end all there is."""
    line = scenario.film.timeline
    found: list[Showing] = []
    for at, (phrase, start) in enumerate(zip(scenario.phrases, line.starts, strict=True)):
        end = line.starts[at + 1] if at + 1 < len(line.starts) else line.total
        found.append(Showing(start + line.coming, end, (phrase.area,)))
    every = (*scenario.layers.texts, *scenario.agency)
    return [*found, Showing(line.is_whole_from, line.total, every)]


def _facts(spec: LoopSpec, scenario: Scenario) -> Facts:
    """What the finished file must show (see `Facts`)."""
    layout, preset, line = scenario.layers.layout, spec.preset, scenario.film.timeline
    card = layout.card
    notes = [("slogan", scenario.wording)] if scenario.wording != "none" else []
    if spec.format != "png":
        notes.append(("seconds", f"{line.total:.2f}"))
    facts = Facts(
        width=preset.width,
        height=preset.height,
        unit="px",
        mode="rgb",
        safe=layout.safe_box,
        codes=(Code(spec.link.url, card.box, card.module),) if card and spec.link else (),
        texts=(*scenario.layers.texts, *scenario.agency),
        least_module=layout.brief.least_module,
        max_bytes=spec.max_bytes,
        notes=(*notes, *scenario.layers.notes),
    )
    return signed_facts(facts, scenario.signature, debug=False)
