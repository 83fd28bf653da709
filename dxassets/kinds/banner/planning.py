"""Which banners a selection holds, what each one says, and how its file is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import get_args

from dxassets.errors import InputError
from dxassets.jobs import day_words, link_words
from dxassets.kinds.banner.logos import Logos
from dxassets.kinds.banner.plans import Plans
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.banner.variants import Variant, variants_of
from dxassets.kinds.scope import Scope
from dxassets.presets import Format, Preset
from dxassets.renderers.compositions import compositions_of

FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class PlannedBanner:
    """A banner, and the id of its day, which no picture says."""

    day: str
    spec: BannerSpec


def planned_banners(scope: Scope) -> Iterator[PlannedBanner]:
    """Every banner of the selection; `InputError` tells all logos that can't be used, after the last."""
    campaign, chosen = scope.project.campaign, scope.selection
    main = campaign.main_link
    link = next((each for each in link_words(campaign) if main is not None and each.id == main.id), None)
    logos = Logos(scope.project.brand, scope.project.resources)
    plans = Plans(compositions_of(scope.project.resources), campaign.compositions)
    for agency in chosen.agencies:
        logo = logos.of(agency)
        for day, theme, preset in product(chosen.days, chosen.themes, chosen.presets):
            for file_format, variant in _forms(scope, preset):
                yield PlannedBanner(
                    day.id,
                    BannerSpec(
                        preset=preset,
                        proportions=scope.project.presets.proportions_of(preset.family),
                        theme=theme,
                        day=day_words(day, campaign),
                        agency=agency,
                        call=campaign.call_to_action,
                        link=link,
                        phrases=campaign.phrases,
                        plans=plans.of(preset, day, theme),
                        format=file_format,
                        scale=variant.scale,
                        page=variant.page,
                        logo=logo,
                        debug=chosen.wish.debug,
                    ),
                )
    if logos.problems:
        raise InputError(*logos.problems.values())


def _forms(scope: Scope, preset: Preset) -> Iterator[tuple[Format, Variant]]:
    """The formats and forms in which one preset is made."""
    wish = scope.selection.wish
    for file_format in scope.selection.formats_of(FORMATS, usual=(preset.format,)):
        for variant in variants_of(preset, file_format, marks=wish.marks, proof=wish.proof, scale=wish.scale):
            yield file_format, variant


def banner_name(spec: BannerSpec) -> str:
    """A banner's file name; a page drawn at a tenth of its size says so, as do proofs and debug pictures."""
    preset, variant = spec.preset, Variant(spec.scale, spec.page)
    scale = f"-1-{preset.page_scale}" if spec.format == "pdf" and preset.page_scale != 1 else ""
    return f"{preset.id}{scale}{variant.suffix}{'-debug' if spec.debug else ''}.{spec.format}"
