"""Which banners a selection holds, what each one says, and how its file is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import get_args

from dxassets.errors import InputError
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.banner.variants import Variant, variants_of
from dxassets.kinds.pictured import pictured
from dxassets.kinds.scope import Scope
from dxassets.presets import Format, Preset
from dxassets.renderers.pictures.logos import Logos

FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class PlannedBanner:
    """A banner, and the id of its day, which no picture says."""

    day: str
    spec: BannerSpec


def planned_banners(scope: Scope) -> Iterator[PlannedBanner]:
    """Every banner of the selection; `InputError` tells all logos that can't be used, after the last."""
    chosen = scope.selection
    logos = Logos(scope.project.brand, scope.project.resources)
    shared = pictured(scope.project, chosen.days, chosen.themes, chosen.presets)
    for agency in chosen.agencies:
        logo = logos.of(agency)
        for day, theme, preset in product(chosen.days, chosen.themes, chosen.presets):
            for file_format, variant in _forms(scope, preset):
                yield PlannedBanner(
                    day.id,
                    BannerSpec(
                        **shared.fields(agency, day, theme, preset, logo=logo),
                        format=file_format,
                        scale=variant.scale,
                        page=variant.page,
                        debug=chosen.wish.debug,
                    ),
                )
    if logos.problems:
        raise InputError(*logos.problems.values())


def _forms(scope: Scope, preset: Preset) -> Iterator[tuple[Format, Variant]]:
    """The formats and forms in which one preset is made."""
    wish = scope.selection.wish
    for file_format in scope.selection.formats_of(FORMATS, usual=(preset.format,)):
        for variant in variants_of(preset, file_format, wish):
            yield file_format, variant


def banner_name(spec: BannerSpec) -> str:
    """A banner's file name; a page drawn at a tenth of its size says so, as do proofs and debug pictures."""
    preset, variant = spec.preset, Variant(spec.scale, spec.page)
    scale = f"-1-{preset.page_scale}" if spec.format == "pdf" and preset.page_scale != 1 else ""
    return f"{preset.id}{scale}{variant.suffix}{'-debug' if spec.debug else ''}.{spec.format}"
