"""Loads a campaign with its brand and presets, telling everything that is wrong with all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from dxassets.agencies import Agency, parse_agencies
from dxassets.brand import EVERY_MOTIF, Brand, parse_brand
from dxassets.campaign import Campaign, CampaignFile, join_campaign, parse_campaign_file
from dxassets.country import units_of
from dxassets.days import is_scene_file
from dxassets.dispatch import annex_names
from dxassets.dispatch.parse import original_name
from dxassets.duties import DUTIES_FILE, DutiesFile, parse_duties
from dxassets.errors import CampaignError, InputError, Problem
from dxassets.models import not_among
from dxassets.presets import parse_presets
from dxassets.project import Project
from dxassets.renderers.motifs import motif_problems
from dxassets.renderers.scenes import scene_ids
from dxassets.resources import (
    BRAND_FILE,
    CAMPAIGN_FILE,
    GIVEN_LOGO,
    GIVEN_SCENE,
    GIVEN_TEXT,
    PRESETS_FILE,
    Resources,
    campaign_resources,
    example_campaign,
    find_campaign,
)

ResultT = TypeVar("ResultT")
Focus = tuple[float, float]
NO_SCENE = "none"
"""What leaves scenes out, in the place of a scene's id."""


def load_campaign(name_or_path: str | Path | None = None) -> Project:
    """The campaign in a folder, in a ``campaign.toml``, or bundled under that id; the example without one.

    `InputError` tells everything that is wrong in campaign.toml, the agencies'
    CSV, brand.toml, presets.toml and the motifs that these name together.
    """
    folder = find_campaign(str(name_or_path or example_campaign()))
    resources = campaign_resources(folder)
    source = (folder / CAMPAIGN_FILE).as_posix()
    problems: list[Problem] = []
    file = _tried(lambda: parse_campaign_file(resources.read(CAMPAIGN_FILE).data, source), problems)
    brand = _tried(lambda: parse_brand(resources.read(BRAND_FILE).data, BRAND_FILE), problems)
    presets = _tried(lambda: parse_presets(resources.read(PRESETS_FILE).data, PRESETS_FILE), problems)
    units = _tried(lambda: units_of(resources), problems)
    duties = _tried(lambda: _duties(folder), problems)
    problems += motif_problems(resources, _motifs_asked(file, brand, source))
    campaign: Campaign | None = None
    if file is not None:
        agencies = _tried(lambda: _listed(file, folder, resources), problems)
        brand = brand and _tried(partial(_worn, brand, file, source), problems)
        if agencies is not None and units is not None:
            campaign = _tried(
                lambda: join_campaign(file, agencies, source, units=units, duties=duties), problems
            )
    if problems or campaign is None or brand is None or presets is None:
        raise CampaignError(*problems)
    return Project(campaign, brand, presets, resources, source)


def _listed(file: CampaignFile, folder: Path, resources: Resources) -> tuple[Agency, ...]:
    """The campaign's list of agencies; nothing where it has none."""
    if file.agencies is None:
        return ()
    return parse_agencies(resources.read(file.agencies).data, (folder / file.agencies).as_posix())


def _duties(folder: Path) -> DutiesFile | None:
    """The campaign's own duties; another campaign's are none of its."""
    data = Resources((folder,)).data(DUTIES_FILE)
    return None if data is None else parse_duties(data, (folder / DUTIES_FILE).as_posix())


def _worn(brand: Brand, file: CampaignFile, source: str) -> Brand:
    """The brand in the themes that the campaign names, in its order; in the default ones without any."""
    problems: list[Problem] = []
    for at, name in enumerate(file.themes):
        if brand.theme(name) is None:
            known = [theme.id for theme in brand.themes]
            problems.append(not_among(f"{source}: themes[{at}]", name, known=known))
    if problems:
        raise CampaignError(*problems)
    return brand.worn(file.themes)


def with_logo(project: Project, file: str | Path | None) -> Project:
    """The same project, its agencies signing with the logo in `file` unless they have their own.

    As it is when `file` is None. `InputError` when there is no such file.
    """
    if file is None:
        return project
    if not Path(file).is_file():
        raise InputError(Problem("--logo", f"không có tệp “{file}”", f"there is no file {str(file)!r}"))
    given = (*project.resources.given, (GIVEN_LOGO, Path(file).resolve()))
    return replace(project, resources=replace(project.resources, given=given))


def with_scene(project: Project, scene: str | Path | None, *, focus: Focus | None = None) -> Project:
    """The same project, all of whose days show that scene; as it is when `scene` is None.

    `scene` is a scene's id, ``none`` for no scene at all, or a photo or drawing wherever it lies, of which
    the point `focus` must be seen (shares of its sides; found by what it shows if left out). `InputError` for
    what is none of these.
    """
    known = scene_ids(project.resources)
    own = scene is not None and str(scene) not in {*known, NO_SCENE}
    if focus is not None and not own:
        raise InputError(
            Problem("--focus", "chỉ đi với --scene TỆP (ảnh của cơ quan)", "only goes with --scene FILE")
        )
    if scene is None:
        return project
    resources, name = project.resources, None if str(scene) == NO_SCENE else str(scene)
    if own:
        resources = replace(resources, given=(*resources.given, (GIVEN_SCENE, _scene_file(scene, known))))
        name = GIVEN_SCENE
    days = tuple(day.model_copy(update={"scene": name, "focus": focus}) for day in project.campaign.days)
    return replace(project, campaign=project.campaign.model_copy(update={"days": days}), resources=resources)


def _scene_file(scene: str | Path, known: list[str]) -> Path:
    """The file that `--scene` names; `InputError` when there is none."""
    file = Path(scene)
    try:
        is_file, is_folder = file.is_file(), file.is_dir()
    except (OSError, ValueError):  # no name of a file: too long, or with a zero byte
        is_file = is_folder = False
    if is_file:
        return file.resolve()
    if isinstance(scene, str) and not is_scene_file(scene):
        raise InputError(not_among("--scene", scene, known=[*known, NO_SCENE]))
    if is_folder:
        vi, en = f"“{scene}” là thư mục; hãy nêu một tệp ảnh", f"{str(scene)!r} is a folder; name one photo"
        raise InputError(Problem("--scene", vi, en))
    raise InputError(Problem("--scene", f"không có tệp “{scene}”", f"there is no file {str(scene)!r}"))


def with_text(project: Project, file: str | Path | None) -> Project:
    """The same project, whose letter says what the Word file `file` says; as it is when that is None.

    `InputError` when there is no such file.
    """
    if file is None:
        return project
    if not Path(file).is_file():
        raise InputError(Problem("--text", f"không có tệp “{file}”", f"there is no file {str(file)!r}"))
    given = (*project.resources.given, (GIVEN_TEXT, Path(file).resolve()))
    return replace(project, resources=replace(project.resources, given=given))


def with_document(project: Project, file: str | Path, *, belongs: bool) -> Project:
    """The same project, whose letter is the document in `file`, with the files beside it that it names.

    Unless it `belongs` to the campaign, it is held to the decree alone, and the campaign lends it no links.
    `InputError` when there is no such file, or its particulars can't be read.
    """
    place = Path(file)
    if not place.is_file():
        raise InputError(Problem(str(file), "không có tệp này", "there is no such file"))
    given = [(place.name, place.resolve())]
    found = Resources((place.resolve().parent,))
    for name in dict.fromkeys(_named_beside(place.name, found, set())):
        beside = found.find(name)
        if beside is not None:
            given.append((name, beside.resolve()))
    changed: dict[str, object] = {"dispatch": place.name}
    if not belongs:
        changed["links"] = ()
    return replace(
        project,
        campaign=project.campaign.model_copy(update=changed),
        resources=replace(project.resources, given=(*project.resources.given, *given)),
        letter_is_alone=not belongs,
    )


def _named_beside(name: str, found: Resources, seen: set[str]) -> Iterator[str]:
    """The files that a document names, and those that what it copies names."""
    data = found.data(name)
    if data is None or name in seen:
        return
    seen.add(name)
    yield from annex_names(data, name)
    original = original_name(data, name)
    if original:
        yield original
        yield from _named_beside(original, found, seen)


def _motifs_asked(file: CampaignFile | None, brand: Brand | None, source: str) -> Iterator[tuple[str, str]]:
    """Every motif that is named, with the place where it is."""
    for at, day in enumerate(file.days if file else ()):
        yield f"{source}: days[{at}].motif", day.motif
    for at, theme in enumerate(brand.themes if brand else ()):
        for number, motif in enumerate(theme.banded):
            if motif != EVERY_MOTIF:
                yield f"{BRAND_FILE}: themes[{at}].banded[{number}]", motif


def _tried(read: Callable[[], ResultT], problems: list[Problem]) -> ResultT | None:
    """What `read` gives, or None and its problems noted."""
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None
