"""What is wrong with a campaign's loops before any is drawn: texts without room, or without time to be read.

A build makes the usual sizes, in the looks that are asked for, so what does not fit in these is an error; the
other sizes of `templates/loops.toml` are made by name only, so these are warned of.
"""

from __future__ import annotations

from collections.abc import Iterable

from dxassets.brand import Theme
from dxassets.errors import InputError, Problem
from dxassets.kinds.faces import Survey
from dxassets.kinds.fitting import misfits_in
from dxassets.kinds.loop.planning import planned_loops
from dxassets.kinds.loop.reading import shortened, timed
from dxassets.kinds.loop.sizes import loop_sizes
from dxassets.kinds.loop.spec import LoopSpec
from dxassets.kinds.scope import FileDigests, Scope, Selection, Wanted
from dxassets.project import Project
from dxassets.renderers.pictures.briefing import brief_for, look_of
from dxassets.renderers.pictures.spec import PictureSpec
from dxassets.typesetting.compositions import compose
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Layout


def survey_loops(project: Project) -> Survey:
    """Errors of what a build makes, in whichever theme it is asked for; warnings of all other sizes."""
    try:
        sizes = loop_sizes(project.resources).sizes
    except InputError as error:
        return Survey(error.problems)
    usual = tuple(size.id for size in sizes if size.usual)
    others = tuple(size.id for size in sizes if not size.usual)
    themes = project.brand.themes
    asked = Wanted(sizes=usual, themes=tuple(theme.id for theme in themes))
    errors = _misfits(project, (Wanted(sizes=usual), asked), themes)
    return Survey(errors, _misfits(project, (Wanted(sizes=others),), themes))


def _misfits(project: Project, wishes: Iterable[Wanted], themes: tuple[Theme, ...]) -> tuple[Problem, ...]:
    """What does not fit in the loops that are wished for."""
    campaign = project.campaign
    place = {day.id: at for at, day in enumerate(campaign.days)}
    looks: dict[tuple[str, str, str], tuple[int, LoopSpec]] = {}
    for wish in wishes:
        chosen = Selection((campaign.issuer,), campaign.days, themes, (), kinds=(), wish=wish)
        try:
            for planned in planned_loops(Scope(project, chosen, FileDigests(project.resources))):
                spec = planned.spec
                look = (planned.day.id, spec.theme.id, spec.preset.id)
                looks.setdefault(look, (place[planned.day.id], spec))
        except InputError:
            return ()  # a logo, composition or scene that can't be used is told by itself
    return tuple(misfits_in(project, looks.values(), hold=_hold_to_time))


def _hold_to_time(spec: PictureSpec, layout: Layout, measure: Measure) -> None:
    """`FitError` where neither the slogan nor its short wording can be read in a loop."""
    while timed(layout, spec.phrases) is None:
        spec = shortened(spec, layout)
        layout = compose(brief_for(look_of(spec, ())), measure)
