"""The duties of a campaign with the files for them, as the site shows them: only what really lies in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxassets.api.report_forms import DEADLINE
from dxassets.duties import Duty, DutyFiles
from dxassets.errors import Lang
from dxassets.kinds.registry import kind_of
from dxassets.models import Bilingual
from dxassets.project import Project
from dxassets.renderers.site import SiteDuty, SiteFile, SiteLink, SiteRole
from dxassets.store import Record


def roles_of(
    project: Project,
    records: Sequence[Record],
    laid: Mapping[str, str],
    links: Sequence[SiteLink],
    *,
    reports: bool,
) -> tuple[SiteRole, ...]:
    """Each role with its duties; none where the campaign tells none.

    `laid` says where built files lie in the site, by their path in the built folder; `reports` whether it
    has a page for figures, to which the duty of reporting leads.
    """
    file = project.campaign.duties
    if file is None:
        return ()
    mine = [record for record in records if record.agency == project.campaign.issuing_agency]
    shown = {duty.id: _shown(duty, project, mine, laid, links, reports=reports) for duty in file.duties}
    return tuple(
        SiteRole(role.id, role.name, tuple(shown[duty.id] for duty in file.of_role(role.id)))
        for role in file.roles
    )


def _shown(
    duty: Duty,
    project: Project,
    records: Sequence[Record],
    laid: Mapping[str, str],
    links: Sequence[SiteLink],
    *,
    reports: bool,
) -> SiteDuty:
    pages: dict[str, None] = {"report.html": None} if reports and duty.deadline == DEADLINE else {}
    files: dict[str, tuple[str, SiteFile]] = {}
    for wish in duty.files:
        page = kind_of(wish.kind).page
        if page is not None and any(record.kind == wish.kind for record in records):
            pages[page] = None
        # what a page hands over itself, as it does frames, lies nowhere to be linked
        for record in _wished(wish, [each for each in records if each.path in laid], project):
            path = laid[record.path]
            found = SiteFile(path, path.rpartition(".")[2], record.bytes, record.sha256)
            files.setdefault(path, (record.title, found))
    limits: dict[Lang, str] = {lang: duty.limit(project.campaign.deadlines, lang) for lang in ("vi", "en")}
    limit = Bilingual(vi=limits["vi"], en=limits["en"]) if limits["vi"] else None
    led = tuple(link for link in links if link.id in duty.links)
    return SiteDuty(
        duty.id, duty.what, duty.who, duty.source, limit, tuple(pages), tuple(files.values()), led
    )


_WITH_FILES = frozenset({None, "letter.html", "loops.html"})
"""Pages whose files stand with the duty, too: there are few of them."""


def _wished(wish: DutyFiles, records: Sequence[Record], project: Project) -> Iterator[Record]:
    """The files of a wish: of each size one for each day; of a kind whose page has many none."""
    mine = [record for record in records if record.kind == wish.kind]
    if not wish.presets:
        yield from () if kind_of(wish.kind).page not in _WITH_FILES else mine
        return
    for name in wish.presets:
        preset = project.presets.preset(name)
        for day in project.campaign.days:
            found = [each for each in mine if each.preset == name and each.day == day.id]
            usual = [each for each in found if preset and each.path.endswith(f"{name}.{preset.format}")]
            yield from (usual or found)[:1]
