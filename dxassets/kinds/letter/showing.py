"""The letter on the web site: its words to read in a page, and its files."""

from __future__ import annotations

from dxassets.dispatch import LetterFill, annex_names, parse_dispatch
from dxassets.jobs import link_words
from dxassets.kinds.faces import Built
from dxassets.project import Project
from dxassets.renderers.site.letter_page import LetterPage, letter_page
from dxassets.renderers.site.model import SiteLetter


def site_letter(built: Built) -> SiteLetter | None:
    """The issuing agency's letter; None where none was made."""
    files = tuple(built.lay(record, "letter/") for record in built.records)
    return SiteLetter(letter_of(built.project, built.wanted.letter), files) if files else None


def letter_of(project: Project, fill: LetterFill) -> LetterPage:
    """The campaign's letter to read in a page, with what registration has filled in."""
    name, resources = project.campaign.dispatch or "", project.resources
    data = resources.read(name).data
    annexes = {annex: resources.read(annex).data for annex in annex_names(data, name)}
    return letter_page(parse_dispatch(data, annexes, name), fill, link_words(project.campaign))
