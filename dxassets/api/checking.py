"""Says what is wrong with a campaign before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dxassets.api.letter_law import Verdict, judge_source
from dxassets.api.project import Project
from dxassets.brand import Typeface
from dxassets.campaign import Agency, campaign_warnings
from dxassets.dispatch import LetterFill, read_letter
from dxassets.errors import InputError, Problem
from dxassets.models import suggest
from dxassets.planner.logos import Logos
from dxassets.resources import Resources
from dxassets.vietnamese import fold


def check_project(project: Project) -> tuple[list[Problem], list[Problem]]:
    """Errors, and warnings, of a campaign that loads: fonts, letters, files; nothing is drawn."""
    letter = _letter_verdict(project)
    errors = [
        *font_problems(project, project.campaign.offices),
        *_missing_files(project),
        *_logo_problems(project),
        *letter.errors,
        *site_problems(project),
    ]
    warnings = [*campaign_warnings(project.campaign, project.source), *letter.warnings]
    return list(dict.fromkeys(errors)), warnings


def site_problems(project: Project) -> Iterator[Problem]:
    """A problem for each id of `[site]` that nothing has, where it stands."""
    campaign, brand = project.campaign, project.brand
    days, themes = [day.id for day in campaign.days], [theme.id for theme in brand.themes]
    presets = [preset.id for preset in project.presets.presets]
    asked = [
        *(("looks.day", look.day, days) for look in campaign.site.looks),
        *(("looks.theme", look.theme, themes) for look in campaign.site.looks),
        *(("presets", preset, presets) for preset in campaign.site.presets),
    ]
    for where, name, known in asked:
        if name not in known:
            vi, en = suggest(name, known)
            yield Problem(
                f"{project.source}: site.{where}", f"không có “{name}”.{vi}", f"there is no {name!r}.{en}"
            )


def find_agencies(project: Project, text: str) -> list[Agency]:
    """The agencies whose id, name or district holds all words of `text`; marks and case do not count."""
    words = fold(text).split()
    return [
        office
        for office in project.campaign.offices
        if all(
            word in f"{fold(office.name)} {fold(office.short_name)} {office.id} {fold(office.district)}"
            for word in words
        )
    ]


def font_problems(project: Project, agencies: Iterable[Agency]) -> Iterator[Problem]:
    """A problem for each text of the campaign that the display face can't draw."""
    return undrawable(
        _drawn_texts(project, agencies), project.brand.typefaces.display, resources=project.resources
    )


def undrawable(
    texts: Iterable[tuple[str, str]], face: Typeface, *, resources: Resources
) -> Iterator[Problem]:
    """A problem for each text (where it was written, and itself) that `face` lacks characters for.

    Nothing while the font file itself is missing: that is a problem of its own.
    """
    from dxassets.backends import shaper  # noqa: PLC0415  (HarfBuzz when needed)

    files = [_first(face.files), *([_first(face.spare.files)] if face.spare else [])]
    if any(resources.find(name) is None for name in files):
        return
    font = shaper.Font(*(resources.read(name).data for name in files))
    families = ", ".join((face.family, *((face.spare.family,) if face.spare else ())))
    for where, text in texts:
        missing = font.missing(text)
        if missing:
            yield shaper.missing_characters(where, missing, families)


def _first(files: Mapping[str, str]) -> str:
    """The name of a face's first file among the resources."""
    return f"brand/{next(iter(files.values()), '')}"


def _drawn_texts(project: Project, agencies: Iterable[Agency]) -> Iterator[tuple[str, str]]:
    """Every text that pictures carry, with where it was written."""
    campaign, source = project.campaign, project.source
    yield f"{source}: call_to_action", campaign.call_to_action
    yield f"{source}: motto", campaign.motto
    for at, day in enumerate(campaign.days):
        yield f"{source}: days[{at}].numerals", day.numerals
        yield f"{source}: days[{at}].name", day.name
        yield f"{source}: days[{at}].greeting", day.greeting
        yield f"{source}: days[{at}].slogan.text", day.slogan.text
        yield f"{source}: days[{at}].slogan.short", day.slogan.short
    for link_id, link in campaign.links.items():
        yield f"{source}: links.{link_id}.label", link.label
    listed = {office.id for office in campaign.offices}
    for agency in agencies:
        file = campaign.agencies if agency.id in listed else "--agency-name"
        where = f"{file}: {agency.id}" if agency.id in listed else file
        yield where, agency.name
        if agency.short_name != agency.name:
            yield where, agency.short_name


def _missing_files(project: Project) -> Iterator[Problem]:
    """Fonts, logos and theme templates that are named and not there."""
    faces = project.brand.typefaces
    named = [f"brand/{name}" for face in (faces.display, faces.text) for name in face.all_files]
    named += [f"brand/{name}" for face in (faces.display, faces.text) for name in face.licences]
    named += [f"brand/{logo.file}" for logo in project.brand.logos if logo.file]
    named += [f"templates/banner/{theme.id}.svg.j2" for theme in project.brand.themes]
    for name in named:
        if project.resources.find(name) is None:
            yield Problem(name, "không tìm thấy tệp này", "no such file")


def _logo_problems(project: Project) -> list[Problem]:
    """What is wrong with the logos that agencies would sign with; those that are missing are told already."""
    logos = Logos(project.brand, project.resources)
    for office in project.campaign.offices:
        logos.of(office)
    return [problem for name, problem in logos.problems.items() if project.resources.find(name) is not None]


def _letter_verdict(project: Project) -> Verdict:
    """What is wrong with the dispatch and its annexes, in themselves and by the decree."""
    try:
        return judge_source(read_letter(project.campaign.dispatch, project.resources.data), LetterFill())
    except InputError as error:
        return Verdict(errors=error.problems)
