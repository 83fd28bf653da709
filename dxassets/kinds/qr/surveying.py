"""What is wrong with a campaign's codes before any is drawn: words and addresses that are too long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dxassets.errors import AssetError, FitError, InputError, Problem
from dxassets.jobs import link_words
from dxassets.kinds.faces import Survey
from dxassets.kinds.qr.render import caption_of, card_side
from dxassets.kinds.qr.spec import QrSpec
from dxassets.project import Project
from dxassets.renderers.faces import shaper_of


def survey_codes(project: Project) -> Survey:
    """Each link's card, its label and domain set below the symbol."""
    return Survey(tuple(_too_long(project)))


def _too_long(project: Project) -> Iterator[Problem]:
    try:
        measure = shaper_of(project.resources).measure
    except InputError:
        return  # a font that is missing is a problem of its own
    places = {link.id: at for at, link in enumerate(project.campaign.links)}
    for link in link_words(project.campaign):
        spec = QrSpec(link, project.campaign.phrases, "png")
        try:
            caption_of(spec, card_side(spec), measure)
        except FitError as error:
            where = f"{project.source}: links[{places[link.id]}].label"
            yield from (replace(problem, where=where) for problem in error.problems)
        except AssetError:
            continue  # so is a character that the face lacks
