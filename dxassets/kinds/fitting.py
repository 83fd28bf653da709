"""Which texts of a campaign have no room in pictures that it is made in: each is told once, with its place.

What all agencies of a look share is composed once; of the agencies only the name is set, once for each slot
that differs. Nothing is drawn. Whatever fits here is held to the same gates as a finished picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from dxassets.agencies import Agency
from dxassets.checks.gates import check_ink
from dxassets.colors import Rgb
from dxassets.errors import AssetError, FitError, GateError, InputError, LogoError, Problem
from dxassets.geometry import Box
from dxassets.jobs import Code, Facts, TextArea
from dxassets.project import Project
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.pictures.briefing import brief_for, look_of
from dxassets.renderers.pictures.logo import check_logo
from dxassets.renderers.pictures.logos import Logos
from dxassets.renderers.pictures.spec import PictureSpec
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.compositions import compose
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Layout, Slot, TextLine

_NAMED = 4
"""Sizes that are told one by one; more are counted."""


@dataclass
class Misfits:
    """What does not fit, by where it is written and how it fails, with the presets on which it does."""

    found: dict[Problem, dict[str, None]] = field(default_factory=dict[Problem, "dict[str, None]"])

    def note(self, where: str, problems: Iterable[Problem], presets: Iterable[str]) -> None:
        """Keep problems that an error told without saying where."""
        for problem in problems:
            self.found.setdefault(replace(problem, where=where), {}).update(dict.fromkeys(presets))

    def told(self) -> Iterator[Problem]:
        """Each problem once, with its presets."""
        for problem, presets in self.found.items():
            shown, more = list(presets)[:_NAMED], len(presets) - _NAMED
            vi = f"{', '.join(shown)}{f' và {more} cỡ khác' if more > 0 else ''}"
            en = f"{', '.join(shown)}{f' and {more} more' if more > 0 else ''}"
            yield Problem(problem.where, f"{problem.vi} (cỡ {vi})", f"{problem.en} (on {en})")


Hold = Callable[[PictureSpec, Layout, Measure], None]
"""What a kind holds a composition to beside; it raises `FitError`."""


def misfits_in(
    project: Project, looks: Iterable[tuple[int, PictureSpec]], *, hold: Hold | None = None
) -> Iterator[Problem]:
    """A problem, with its place and presets, for each text and logo that some picture can't be set with.

    `looks` are one agency's pictures, each with its day's place in the file. Nothing is told of fonts and
    characters that are missing: these are problems of their own.
    """
    found = Misfits()
    try:
        measure = shaper_of(project.resources).measure
    except InputError:
        return found.told()
    slots: dict[Slot, dict[str, None]] = {}
    signers = _signers(project)
    for day, spec in looks:
        try:
            layout = compose(brief_for(look_of(spec, ())), measure)
            check_ink(_facts(spec, layout))
            if hold is not None:
                hold(spec, layout, measure)
        except (FitError, GateError) as error:
            for problem in error.problems:
                found.note(_key_of(project, day, spec, problem), [problem], [spec.preset.id])
            continue
        except AssetError:
            continue
        if layout.slot is not None:
            slots.setdefault(_at_origin(layout.slot), {})[spec.preset.id] = None
            for office, logo in signers:
                _hold_logo(replace(spec, agency=office, logo=logo), layout, measure, project, found)
    _set_names(project, slots, measure, found)
    return found.told()


def _signers(project: Project) -> list[tuple[Agency, str]]:
    """Each logo with one office that signs with it: that of the shortest name, beside which it is largest."""
    logos = Logos(project.brand, project.resources)
    signed: dict[str, Agency] = {}
    for office in sorted(project.campaign.offices, key=lambda office: len(office.short_name)):
        logo = logos.of(office)
        if logo is not None:
            signed.setdefault(logo, office)
    return [(office, logo) for logo, office in signed.items()]


def _hold_logo(spec: PictureSpec, layout: Layout, measure: Measure, project: Project, found: Misfits) -> None:
    """Notes a logo that would blur."""
    try:
        check_logo(spec, layout, measure, project.resources)
    except LogoError as error:
        for problem in error.problems:
            found.note(problem.where, [problem], [spec.preset.id])


def _facts(spec: PictureSpec, layout: Layout) -> Facts:
    """Where type and code would stand."""
    palette, card = spec.theme.palette, layout.card
    return Facts(
        spec.preset.width,
        spec.preset.height,
        spec.preset.unit,
        "vector",
        safe=layout.safe_box,
        codes=() if card is None else (Code("QR", card.box, card.module),),
        texts=tuple(map(partial(_area, color=palette.ink), layout.lines)),
    )


def _set_names(
    project: Project, slots: dict[Slot, dict[str, None]], measure: Measure, found: Misfits
) -> None:
    """Every agency's name in every slot."""
    for office in project.campaign.offices:
        for slot, presets in slots.items():
            try:
                set_agency(slot, (office.name, office.short_name), measure, project.campaign.phrases)
            except FitError as error:
                found.note(project.place_of(office), error.problems, presets)
            except AssetError:
                break


def _key_of(project: Project, day: int, spec: PictureSpec, problem: Problem) -> str:
    """Where the text that does not fit is written; of a slogan, where its short wording is."""
    words = spec.day
    written = (
        (f"days[{day}].name", words.name),
        (f"days[{day}].slogan.short", words.slogan.short),
        (f"days[{day}].slogan.short", words.slogan.text),
        ("call_to_action, links", spec.call),
        ("links", "tên miền"),
    )
    key = next((key for key, text in written if text in problem.vi), f"days[{day}]")
    return f"{project.source}: {key}"


def _at_origin(slot: Slot) -> Slot:
    """The slot without its place: of two alike, one is enough."""
    return replace(slot, box=Box(0, 0, slot.box.width, slot.box.height), center=False)


def _area(line: TextLine, color: Rgb) -> TextArea:
    """A line's ink; nothing of it is drawn."""
    return TextArea(line.text, line.ink, color, line.size, line.weight, "")
