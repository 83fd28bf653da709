"""The HTML that puts a web banner of a built campaign on a page."""

from __future__ import annotations

from pathlib import Path

from dxassets.api.building import output_folder
from dxassets.errors import InputError, Problem, UnknownIdError
from dxassets.file_names import file_part
from dxassets.kinds.banner.snippets import plain_twin, snippet_of
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.store import Record, read_manifest


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

    The issuing agency's unless one is given by id. A mail signature's is a table for mail programs.
    `UnknownIdError` when there is no web preset of that id, `InputError` when its pictures were not built.
    """
    found = _web_preset(project, preset)
    there = _built(project, found, (day, theme), agency=agency, built=built)
    told = snippet_of(there, found, link=project.campaign.main_url, base_url=base_url)
    return _or_missing(told, (day, theme, preset))


def mail_text(
    project: Project,
    preset: str,
    *,
    day: str,
    theme: str,
    agency: str | None = None,
    built: str | Path = "output",
) -> str:
    """The plain text that goes with a mail signature's snippet; errors as for `embed_snippet`."""
    found = _web_preset(project, preset)
    if found.embed != "mail":
        raise UnknownIdError(
            Problem("preset", f"“{preset}” không phải chữ ký thư", f"{preset!r} is no mail signature")
        )
    there = _built(project, found, (day, theme), agency=agency, built=built)
    return _or_missing(plain_twin(there, found, link=project.campaign.main_url), (day, theme, preset))


def _web_preset(project: Project, preset: str) -> Preset:
    found = project.presets.preset(preset)
    if found is None or found.medium != "web":
        raise UnknownIdError(
            Problem("preset", f"“{preset}” không phải cỡ web", f"{preset!r} is no web preset")
        )
    return found


def _built(
    project: Project, preset: Preset, look: tuple[str, str], *, agency: str | None, built: str | Path
) -> list[Record]:
    """What was built of a size in one look, for one agency."""
    office = agency or project.campaign.issuing_agency
    manifest = read_manifest(output_folder(project, built), only={file_part(office)})
    wanted = (office, *look, preset.id)
    records = () if manifest is None else manifest.assets
    return [each for each in records if (each.agency, each.day, each.theme, each.preset) == wanted]


def _or_missing(told: str | None, name: tuple[str, ...]) -> str:
    if told is None:
        raise InputError(
            Problem(
                " · ".join(name),
                "chưa có ảnh; hãy dựng trước (dxassets build)",
                "is not there; build it first",
            )
        )
    return told
