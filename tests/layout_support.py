"""Compositions as text: what stands where, how large, in which words. What was accepted lies in data/layouts.

Nothing is drawn: these are the functions that rendering calls before it draws. `tools/accept-layouts` (or
`make accept`) writes the files anew; the change is then read as a diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dxassets import Wanted
from dxassets.agencies import Agency
from dxassets.errors import FitError
from dxassets.geometry import Box, bounding_box
from dxassets.jobs import Facts, Job, Rendered
from dxassets.kinds.banner.render import base_to_svg
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import STYLES
from dxassets.kinds.qr.spec import QrSpec
from dxassets.presets import SafeArea, family_of
from dxassets.renderers.compositions import compositions_of
from dxassets.renderers.pictures.plans import Plans
from dxassets.slogans import Slogan
from dxassets.typesetting.layout import Layout, TextLine
from dxassets.typesetting.lockup import Emblem, set_lockup
from tests.drawing_support import (
    DAYS,
    EVERY_THEME,
    THEME_OF_2024,
    banner_job,
    banner_spec,
    frame_job,
    frame_spec,
    jobs,
    layout,
    preset_ids,
    project,
    rendered,
    saying,
    shaper,
)

FOLDER = Path(__file__).parent / "data" / "layouts"
SIZES_FILE = "banner/sizes that are no presets"
OTHERS = {
    "the words of 2024": Slogan(
        text=THEME_OF_2024, hinge="Động lực mới", short="Phổ cập hạ tầng số, sáng tạo ứng dụng số"
    ),
    "300 characters": Slogan(
        text=" ".join(["Chuyển đổi số giải quyết các vấn đề của xã hội"] * 7)[:300].rstrip(),
        short="Vì một cuộc sống tốt đẹp hơn cho người dân",
    ),
}
"""Slogans that are longer than the bundled campaign's: with them a composition has to give way."""
LONG_NAME = "Ngày Chuyển đổi số của ngành Giáo dục và Đào tạo"
LONG_CALL, LONG_DOMAIN = "Quét mã để xem cẩm nang", "chuyendoiso.daknong.gov.vn"
LOGOS = {"1:1": Emblem(1.0, 0.0), "4:1": Emblem(4.0, 0.0), "on a card": Emblem(1.0, 0.0, 0.2)}


# --- one line for each thing ------------------------------------------------------------------------


def row(name: str, *parts: object) -> str:
    return f"{name:<9} {' '.join(str(part) for part in parts)}".rstrip()


def told(value: float) -> str:
    """Rounded to a hundredth of a px or mm, without a minus before a zero."""
    return f"{round(value, 2) + 0.0:8.2f}"


def place(box: Box) -> str:
    return "".join(told(value) for value in (box.x, box.y, box.width, box.height))


def set_line(name: str, line: TextLine) -> str:
    """Where a line's letters are drawn, and what composition takes their place for if that is elsewhere."""
    drawn = shaper().measure(line.text, line.weight).box(line.x, line.baseline, line.size)
    known = () if drawn.pad(0.01).contains(line.ink) else ("taken for", place(line.ink))
    return row(name, place(drawn), told(line.size), line.weight, f"“{line.text}”", *known)


# --- banners ----------------------------------------------------------------------------------------


def composition(made: Layout) -> Iterator[str]:
    """A composition without the agency's name."""
    yield row("wording", made.wording)
    yield row("content", place(made.content))
    if made.band is not None:
        yield row("band", place(made.band))
    if made.slot is not None:
        slot = made.slot
        how = "centred" if slot.center else "flush left"
        limits = f"{told(slot.largest)} to {slot.smallest:.2f}, {slot.max_lines} lines, {how}"
        yield row("slot", place(slot.box), limits)
    for line in made.lines:
        yield set_line(line.role, line)
    for bar in made.bars:
        yield row("bar", *(f"{told(x)},{told(y).lstrip()}" for x, y in bar.points))
    for box in made.rules:
        yield row("rule", place(box))
    if made.card is not None:
        yield row("card", place(made.card.box), "module", told(made.card.module).lstrip())
        yield row("symbol", place(made.card.symbol))


@cache
def _offices() -> dict[str, Agency]:
    """The issuing agency, and those of the shortest and of the longest name."""
    offices = project().campaign.offices
    return {
        "agency": project().campaign.issuer,
        "shortest": min(offices, key=lambda office: len(office.name)),
        "longest": max(offices, key=lambda office: len(office.name)),
    }


def signatures(job: Job) -> Iterator[str]:
    """The issuing agency's name, others' names, and two of them beside logos of several shapes."""
    spec = banner_spec(job)
    for name, office in _offices().items():
        _, lines = layout(replace(job, spec=replace(spec, agency=office)))
        for line in lines:
            yield set_line(name, line)
    made, _ = layout(job)
    offices = [_offices()[name] for name in ("agency", "longest")]
    for (shape, emblem), office in product(LOGOS.items(), offices):
        names = (office.name, office.short_name)
        lockup = set_lockup(made, emblem, names, shaper().measure, spec.phrases)
        if lockup is not None:
            yield row("logo", place(lockup.card or lockup.logo), shape)
            for line in lockup.lines:
                yield set_line("  beside", line)


def ground(spec: BannerSpec, job: Job) -> Iterator[str]:
    """What is drawn round the type: modules by colour, frames, lights."""
    root = ElementTree.fromstring(base_to_svg(spec, job.inputs, project().resources))  # noqa: S314  (our own)
    counts: dict[str, int] = {}
    corners: list[tuple[float, float]] = []
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        if kind == "path" and element.get("fill-opacity"):
            path = element.get("d", "")
            counts[element.get("fill", "")] = counts.get(element.get("fill", ""), 0) + path.count("z")
            corners += [(float(x), float(y)) for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path)]
        elif kind == "rect" and element.get("fill") == "none" and element.get("rx") is None:
            sides = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
            yield row("  frame", place(Box(*sides)), "line", told(float(element.get("stroke-width", "0"))))
        elif kind == "circle":
            x, y, radius = (float(element.get(name, "0")) for name in ("cx", "cy", "r"))
            yield row("  light", told(x), told(y), "radius", told(radius))
    if corners:
        area = bounding_box(Box(x, y, 0, 0) for x, y in corners)
        yield row("  modules", place(area), " ".join(f"{color} ×{n}" for color, n in sorted(counts.items())))


def banner_snapshot(preset: str) -> str:
    """Every theme and day of a preset; what is the same in several stands once."""
    first = banner_spec(banner_job(preset)).preset
    looks = {f"{day} {theme}": banner_job(preset, theme, day) for day in DAYS for theme in EVERY_THEME}
    lines = [
        f"{preset}: {first.family}, {first.width} × {first.height} {first.unit}; {' '.join(first.levels)}"
    ]
    lines += sections({look: composition(layout(job)[0]) for look, job in looks.items()})
    if "agency" in first.levels:
        lines += sections({f"{look}, names": signatures(job) for look, job in looks.items()})
    longer = {f"{theme}, long words": wordy(banner_job(preset, theme)) for theme in ("digital", "formal")}
    if "slogan" in first.levels:
        longer |= {
            f"{theme}, {name}": saying(banner_job(preset, theme), slogan)
            for name, slogan in OTHERS.items()
            for theme in ("digital", "formal")
        }
    lines += sections({look: _longer(job) for look, job in longer.items()})
    lines += sections({f"{look}, ground": ground(banner_spec(job), job) for look, job in looks.items()})
    return "\n".join(lines) + "\n"


def sections(made: dict[str, Iterator[str]]) -> list[str]:
    """A section for each of what was made, but one for all that say the same."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for look, lines in made.items():
        alike.setdefault(tuple(lines), []).append(look)
    return [line for lines, looks in alike.items() for line in ("", f"== {' | '.join(looks)}", *lines)]


def wordy(job: Job) -> Job:
    """The same banner with a long name of the day, a long call and a long domain."""
    spec = banner_spec(job)
    assert spec.link is not None
    day, link = replace(spec.day, name=LONG_NAME), replace(spec.link, domain=LONG_DOMAIN)
    return replace(job, spec=replace(spec, day=day, link=link, call=LONG_CALL))


def _longer(job: Job) -> Iterator[str]:
    try:
        yield from composition(layout(job)[0])
    except FitError as error:
        yield from error.lines()


def sized(width: int, height: int, theme: str = "digital", **preset: Any) -> Job:
    """The digital day's banner at a size that is no preset, with a preset's other properties as given."""
    job = banner_job("share-1200x630", theme)
    spec = banner_spec(job)
    safe = SafeArea(**preset.pop("safe", {}))
    least = 0.016 * (width * height) ** 0.5
    plain = {"width": width, "height": height, "qr": "none", "safe": safe, "min_text": least, "keep": None}
    made = spec.preset.model_copy(update={**plain, **preset})
    family = family_of(made.safe_box.width / made.safe_box.height)
    made = made.model_copy(update={"family": family})
    plans = Plans(compositions_of(project().resources)).of(made, project().campaign.days[0], spec.theme)
    proportions = project().presets.proportions_of(family)
    return replace(job, spec=replace(spec, preset=made, proportions=proportions, plans=plans))


CARD, PRINT = {"qr": "card"}, {"qr": "card", "unit": "mm", "medium": "print"}
BADGE, UNSIGNED = {"levels": ("mark", "name")}, {"levels": ("mark", "name", "slogan", "call")}
NAMELESS, SILENT = {"levels": ("agency", "mark", "slogan", "call")}, {"levels": ("agency", "mark", "slogan")}
STAND, SAFE = {"safe": {"bottom": 0.1}}, {"safe": {"top": 0.1, "right": 0.12, "bottom": 0.07, "left": 0.05}}
SIZES: dict[str, tuple[int, int, dict[str, Any]]] = {
    "badge, low": (240, 60, BADGE),
    "badge, square": (100, 100, BADGE),
    "badge, upright": (60, 120, BADGE),
    "ribbon with a code": (3000, 400, CARD),
    "ribbon without a call": (1000, 120, SILENT),
    "ribbon without a name": (1000, 120, NAMELESS),
    "ribbon in print": (4000, 700, {**PRINT, **SAFE}),
    "wide with a code": (1500, 500, CARD),
    "wide without an agency": (700, 300, UNSIGNED),
    "wide in print, on a stand": (2000, 700, {**PRINT, **STAND}),
    "landscape with a code, nearly square": (640, 500, CARD),
    "landscape without an agency": (500, 300, UNSIGNED),
    "landscape without a name": (1200, 700, NAMELESS),
    "landscape without a call": (1200, 700, SILENT),
    "landscape in print, safe on all sides": (1500, 900, {**PRINT, **SAFE}),
    "slim landscape": (190, 120, {}),
    "square with a code": (600, 600, CARD),
    "square without an agency": (400, 400, UNSIGNED),
    "portrait, broad": (700, 1000, CARD),
    "portrait, not broad": (600, 1000, CARD),
    "portrait without a name": (600, 900, NAMELESS),
    "portrait on a stand": (800, 1400, {**PRINT, **STAND}),
    "portrait, hemmed": (800, 1400, {**PRINT, "safe": {"bottom": 0.07}}),
    "tower, narrow": (300, 1000, CARD),
    "tower, less narrow": (420, 1000, CARD),
    "tower without a call": (300, 1000, SILENT),
    "slim tower": (150, 500, {}),
}
"""Sizes that no preset has, for what presets leave out: levels, safe areas, codes, the edges of a rule."""


def sizes_snapshot() -> str:
    made: dict[str, Iterator[str]] = {}
    for name, (width, height, more) in SIZES.items():
        for theme in ("brocade", "formal"):
            job = sized(width, height, theme, **more)
            made[f"{name}, {width} × {height}, {theme}"] = _longer(job)
    return "\n".join(["sizes that are no presets", *sections(made)]) + "\n"


# --- frames and codes -------------------------------------------------------------------------------


def frame_snapshot(style: str) -> str:
    """Every theme and day of a frame's style; one theme's also with a short and a long name."""
    named = [(day, theme, None) for day in DAYS for theme in EVERY_THEME]
    named += [
        (day, "digital", name) for day in DAYS for name in ("Sở Y tế", "Văn phòng Đoàn ĐBQH và HĐND tỉnh")
    ]
    made: dict[str, Iterator[str]] = {}
    for day, theme, name in named:
        job = frame_job(style, 1080, theme, day, "svg")
        spec = replace(frame_spec(job), agency_name=name)
        made[f"{day} {theme}, {name or 'no name'}"] = _frame(spec, rendered(replace(job, spec=spec)))
    return "\n".join([style, *sections(made)]) + "\n"


def _frame(spec: FrameSpec, made: Rendered) -> Iterator[str]:
    facts = made.facts
    if facts.hole is not None:
        hole = facts.hole
        outer = "" if hole.outer is None else f"of {hole.outer:.2f}"
        yield row("hole", told(hole.x), told(hole.y), "radius", told(hole.radius), outer)
    words: dict[tuple[float, str, int | None], list[int]] = {}
    for at, area in enumerate(facts.texts):
        words.setdefault((area.size, str(area.color), area.seen_at), []).append(at)
    for (size, color, seen_at), places in words.items():
        areas = [facts.texts[at] for at in places]
        box = bounding_box(area.box for area in areas)
        said = "".join(area.text for area in areas)
        yield row(f"at {seen_at}", place(box), told(size), areas[0].weight, color, f"“{said}”")
        for area in (areas[0], areas[-1]) if len(areas) > 2 else ():
            yield row("  letter", place(area.box), f"“{area.text}”")
    root = ElementTree.fromstring(made.data)  # noqa: S314  (our own)
    for element in root.iter("{http://www.w3.org/2000/svg}circle"):
        x, y, radius, width = (float(element.get(name, "0")) for name in ("cx", "cy", "r", "stroke-width"))
        yield row("rim", told(x), told(y), "radius", told(radius), "line", told(width), element.get("stroke"))
    counts: dict[str, int] = {}
    for element in root.iter("{http://www.w3.org/2000/svg}path"):
        path, fill = element.get("d", ""), element.get("fill", "")
        if element.get("fill-opacity"):
            counts[fill] = counts.get(fill, 0) + path.count("z")
        elif path.count("L") == 3 and fill == str(spec.theme.palette.bar):
            yield row("bar", path)
    yield row("modules", " ".join(f"{color} ×{n}" for color, n in sorted(counts.items())))


def code_snapshot() -> str:
    """The cards of all codes."""
    made: dict[str, Iterator[str]] = {}
    for job in jobs(Wanted(kinds=("qr",), formats=("svg",))):
        spec = job.spec
        assert isinstance(spec, QrSpec)
        made[spec.link.id] = _card(rendered(job).facts)
    return "\n".join(["codes", *sections(made)]) + "\n"


def _card(facts: Facts) -> Iterator[str]:
    yield row("size", f"{facts.width:g} × {facts.height:g} {facts.unit}")
    for code in facts.codes:
        yield row("code", place(code.box or Box(0, 0, 0, 0)), "module", told(code.module))
    for area in facts.texts:
        yield row("text", place(area.box), told(area.size), area.weight, f"“{area.text}”")


# --- all of them ------------------------------------------------------------------------------------


def names() -> tuple[str, ...]:
    """The files below `FOLDER`, without their suffix."""
    presets = (f"banner/{preset}" for preset in preset_ids())
    return (*presets, SIZES_FILE, *(f"frame/{style}" for style in STYLES), "qr/card")


def snapshot(name: str) -> str:
    """What a file should say today."""
    if name == SIZES_FILE:
        return sizes_snapshot()
    kind, _, rest = name.partition("/")
    if kind == "banner":
        return banner_snapshot(rest)
    return frame_snapshot(rest) if kind == "frame" else code_snapshot()


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def strangers() -> list[str]:
    """Files that no layout has any more."""
    known = {file_of(name) for name in names()}
    return sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*") if path not in known)


def accept() -> list[str]:
    """Writes every file that says something else than today's layouts, and takes strangers away."""
    changed: list[str] = []
    for name in names():
        file, now = file_of(name), snapshot(name)
        if not file.is_file() or file.read_text(encoding="utf-8") != now:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(now, encoding="utf-8")
            changed.append(file.relative_to(FOLDER).as_posix())
    for stranger in strangers():
        (FOLDER / stranger).unlink()
        changed.append(f"{stranger} (gone)")
    return changed
