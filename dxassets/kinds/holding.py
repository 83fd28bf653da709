"""Assets that hold other assets whole: how these are planned, and made when they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dxassets.agencies import Agency
from dxassets.days import Day
from dxassets.jobs import AnyJob, Rendered
from dxassets.kinds.registry import check, kind_of, render
from dxassets.kinds.scope import AssetDraft, Scope, Wanted
from dxassets.presets import Preset
from dxassets.resources import Resources


def drafts_of(
    scope: Scope,
    kind: str,
    *,
    agencies: Sequence[Agency],
    formats: tuple[str, ...] = (),
    days: Sequence[Day] = (),
    presets: Sequence[Preset] = (),
) -> Iterator[AssetDraft]:
    """What another kind makes for those agencies: each day in the look in which it is shown first.

    What the kind skips is left out. Of letters it is the filled and final ones, if they were asked for.
    """
    chosen = scope.selection
    wish = Wanted(letter=chosen.wish.letter, edition=chosen.wish.edition)
    for day in days or chosen.days[:1]:
        selection = replace(
            chosen,
            agencies=tuple(agencies),
            days=(day,),
            themes=(scope.project.look_of(day),),
            presets=tuple(presets),
            kinds=(kind,),
            formats=formats,
            kinds_asked=False,
            wish=wish,
        )
        for draft in kind_of(kind).plan(replace(scope, selection=selection)):
            if isinstance(draft, AssetDraft):
                yield draft


def made(part: AnyJob, resources: Resources) -> Rendered:
    """A part, finished and through its kind's gates; `AssetError` and `GateError` where it can't be."""
    rendered = render(part, resources)
    check(part, rendered)
    return rendered
