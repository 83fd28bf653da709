"""The HTML that puts a web banner of a built campaign on a page."""

from __future__ import annotations

from pathlib import Path

from dxassets.api.building import output_folder
from dxassets.errors import InputError, Problem, UnknownIdError
from dxassets.kinds.banner.snippets import picture_snippet
from dxassets.project import Project
from dxassets.store import read_manifest


def embed_snippet(
    project: Project,
    preset: str,
    *,
    day: str,
    theme: str,
    agency: str | None = None,
    built: str | Path = "output",
    base_url: str = "",
) -> str:
    """The snippet for a web banner that was built into `built`; its files are looked for at `base_url`.

    The issuing agency's unless one is given by id. `UnknownIdError` when there is no
    web preset of that id, `InputError` when its pictures were not built.
    """
    found = project.presets.preset(preset)
    if found is None or found.medium != "web":
        raise UnknownIdError(
            Problem("preset", f"“{preset}” không phải cỡ web", f"{preset!r} is no web preset")
        )
    manifest = read_manifest(output_folder(project, built))
    agency = agency or project.campaign.issuing_agency
    wanted = (agency, day, theme, preset)
    records = () if manifest is None else manifest.assets
    there = [each for each in records if (each.agency, each.day, each.theme, each.preset) == wanted]
    told = picture_snippet(there, found, link=project.campaign.main_url, base_url=base_url)
    if told is None:
        name = " · ".join(wanted)
        raise InputError(
            Problem(name, "chưa có ảnh; hãy dựng trước (dxassets build)", "is not there; build it first")
        )
    return told
