"""The index: every asset on one page that opens from a folder, with no server and no library."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from dxassets import notation
from dxassets.backends.templating import Templates
from dxassets.digest import digest
from dxassets.jobs import HALF_MADE
from dxassets.kinds import registry
from dxassets.kinds.faces import CardFace
from dxassets.planner import tools
from dxassets.project import Project
from dxassets.store import Manifest, Record, SkipRecord, manifest_to_json, preview_path, publish_changed

INDEX_NAME = "index.html"
LARGEST_INDEX = 2000
"""Assets on one page; beyond, each agency gets a page of its own."""
_TEMPLATE = "index/index.html.j2"
_SHOWN_AS_THEY_ARE = frozenset(
    {"image/png", "image/jpeg", "image/webp", "image/avif", "image/gif", "image/svg+xml"}
)


@dataclass(frozen=True, slots=True)
class Card:
    """One asset as the page shows it; `href` is relative to the page."""

    record: Record
    title: tuple[str, str]
    href: str
    shown: str | None
    name: str
    measures: tuple[str, str]
    facts: tuple[tuple[str, str], ...]
    embed: str | None
    plain: str | None
    see_through: bool
    search: str


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one kind, day and theme."""

    id: str
    kind: str
    day: str | None
    theme: str | None
    title: tuple[str, str]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """A line of the list of agencies."""

    name: str
    href: str
    count: int


def publish_index(project: Project, manifest: Manifest, folder: Path) -> Path:
    """Write ``index.html`` (and one for each agency when the campaign is large); where it lies.

    The page carries a key of all that it says: nothing is written again while that is so.
    """
    by_agency: dict[str, list[Record]] = {}
    assets = [record for record in manifest.assets if HALF_MADE not in dict(record.notes)]
    for record in assets:
        by_agency.setdefault(record.path.partition("/")[0], []).append(record)
    is_large = len(assets) > LARGEST_INDEX
    key = _key(project, manifest)
    pages_there = not is_large or all((folder / name / INDEX_NAME).is_file() for name in by_agency)
    if pages_there and _carries(folder / INDEX_NAME, key):
        return folder / INDEX_NAME
    desk = _IndexPages(project, folder, Templates(lambda name: _template(project, name)), key)
    if not is_large:
        desk.publish(INDEX_NAME, assets, skipped=manifest.skipped)
        return folder / INDEX_NAME
    pages: list[AgencyPage] = []
    for agency_folder, records in by_agency.items():
        desk.publish(f"{agency_folder}/{INDEX_NAME}", records, base=agency_folder)
        name = _agency_name(project, records[0].agency)
        pages.append(AgencyPage(name, f"{agency_folder}/{INDEX_NAME}", len(records)))
    desk.publish(INDEX_NAME, (), skipped=manifest.skipped, pages=tuple(pages))
    return folder / INDEX_NAME


def _key(project: Project, manifest: Manifest) -> str:
    """The digest of everything that decides what the pages say: data, template, kinds and this module."""
    template = project.resources.read(f"templates/{_TEMPLATE}").sha256
    code, kinds = digest(Path(__file__).read_bytes()), sorted(registry.all_kinds())
    made_by = repr((code, kinds, tools(), LARGEST_INDEX))
    return digest(f"{template} {made_by} ".encode() + manifest_to_json(manifest))


def _carries(page: Path, key: str) -> bool:
    """Whether the page there was made from just that."""
    try:
        with page.open("rb") as file:
            return key.encode() in file.read(400)
    except FileNotFoundError:
        return False


def _template(project: Project, name: str) -> str:
    return project.resources.read(f"templates/{name}").data.decode()


def _agency_name(project: Project, agency_id: str) -> str:
    office = project.campaign.office(agency_id)
    return office.name if office is not None else agency_id


@dataclass(frozen=True, slots=True)
class _IndexPages:
    """What every page of one campaign shares."""

    project: Project
    folder: Path
    templates: Templates
    key: str

    def publish(
        self,
        path: str,
        records: Iterable[Record],
        *,
        base: str = "",
        skipped: tuple[SkipRecord, ...] = (),
        pages: tuple[AgencyPage, ...] = (),
    ) -> None:
        """Write one page; nothing when it already says just this."""
        listed = list(records)
        agencies = {record.agency for record in listed}
        title = _agency_name(self.project, listed[0].agency) if len(agencies) == 1 and base else None
        groups = self._groups(listed, base)
        days = {
            day.id: f"{day.mark} – {day.name}" if day.mark else day.name for day in self.project.campaign.days
        }
        page = self.templates.render(
            _TEMPLATE,
            {
                "key": self.key,
                "campaign": self.project.campaign,
                "title": title,
                "groups": groups,
                "count": len(listed),
                "kinds": [(kind, *_kind_title(kind)) for kind in _seen(group.kind for group in groups)],
                "days": [(day, days.get(day, day)) for day in _seen(group.day for group in groups)],
                "themes": [(theme, *self._theme_title(theme)) for theme in _seen(g.theme for g in groups)],
                "agencies": {agency: _agency_name(self.project, agency) for agency in sorted(agencies)},
                "skipped": list(dict.fromkeys((skip.reason_vi, skip.reason_en) for skip in skipped)),
                "pages": pages,
                "up": "../" + INDEX_NAME if base else None,
            },
        )
        publish_changed(self.folder, path, page.encode())

    def _theme_title(self, theme_id: str) -> tuple[str, str]:
        theme = self.project.brand.theme(theme_id)
        return (theme.title.vi, theme.title.en) if theme is not None else (theme_id, theme_id)

    def _groups(self, records: list[Record], base: str) -> list[Group]:
        """Kind → day → theme, in the campaign's and the brand's own order."""
        day_order = {day.id: at for at, day in enumerate(self.project.campaign.days)}
        theme_order = {theme.id: at for at, theme in enumerate(self.project.brand.every_theme)}
        preset_order = {preset.id: at for at, preset in enumerate(self.project.presets.presets)}
        grouped: dict[tuple[str, str | None, str | None], list[Record]] = {}
        forms: dict[tuple[str | None, ...], list[Record]] = {}
        for record in records:
            grouped.setdefault((record.kind, record.day, record.theme), []).append(record)
            forms.setdefault(_picture(record), []).append(record)
        kind_order = {kind: at for at, kind in enumerate(registry.all_kinds())}
        keys = sorted(
            grouped,
            key=lambda key: (
                kind_order.get(key[0], 99),
                day_order.get(key[1] or "", 99),
                theme_order.get(key[2] or "", 99),
            ),
        )
        return [
            Group(
                "-".join(part for part in key if part),
                *key,
                self._group_title(*key),
                tuple(
                    self._card(record, base, forms[_picture(record)])
                    for record in sorted(
                        grouped[key],
                        key=lambda record: (
                            record.agency,
                            preset_order.get(record.preset or "", 99),
                            record.path,
                        ),
                    )
                ),
            )
            for key in keys
        ]

    def _group_title(self, kind: str, day: str | None, theme: str | None) -> tuple[str, str]:
        labels = {each.id: each.label for each in self.project.campaign.days}
        titles = [_kind_title(kind)]
        if day is not None:
            titles.append((labels.get(day, day), labels.get(day, day)))
        if theme is not None:
            titles.append(self._theme_title(theme))
        return " · ".join(vi for vi, _ in titles), " · ".join(en for _, en in titles)

    def _card(self, record: Record, base: str, beside: list[Record]) -> Card:
        """The card of an asset; `beside` are all forms of it: other formats, other densities."""
        path = record.path.removeprefix(f"{base}/") if base else record.path
        kind = registry.all_kinds().get(record.kind)
        named = CardFace((record.title, record.title))  # its kind may be of a package that is gone
        face = named if kind is None else kind.card(record, self.project, beside)
        return Card(
            record=record,
            title=face.title,
            href=quote(path),
            shown=quote(path) if record.media_type in _SHOWN_AS_THEY_ARE else self._preview(record),
            name=record.path.rpartition("/")[2],
            measures=_measures(record),
            facts=tuple(_facts(record)),
            embed=face.embed,
            plain=face.plain,
            see_through=face.see_through,
            search=f"{record.title} {record.alt} {record.path} {_agency_name(self.project, record.agency)}",
        )

    def _preview(self, record: Record) -> str | None:
        """The preview of a file that a browser does not show, inside the page itself."""
        file = self.folder / preview_path(record.sha256)
        if not file.is_file():
            return None
        return "data:image/webp;base64," + base64.b64encode(file.read_bytes()).decode()


def _picture(record: Record) -> tuple[str | None, ...]:
    """What all forms of one picture share."""
    return record.agency, record.kind, record.day, record.theme, record.preset


def _seen(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name is not None))


def _kind_title(kind_id: str) -> tuple[str, str]:
    kind = registry.all_kinds().get(kind_id)
    return (kind_id, kind_id) if kind is None else kind.titles


def _measures(record: Record) -> tuple[str, str]:
    """Size, where it has one, and weight, in Vietnamese and English."""
    size = record.size
    return notation.in_both(
        lambda lang: " · ".join(
            [
                *([] if size is None else [notation.extent(size.width, size.height, size.unit, lang)]),
                notation.weight(record.bytes, lang),
            ]
        )
    )


def _facts(record: Record) -> list[tuple[str, str]]:
    """What the gates measured, as (Vietnamese, English)."""
    facts: list[tuple[str, str]] = []
    if record.least_contrast is not None:
        vi, en = notation.in_both(partial(notation.number, record.least_contrast, places=1))
        facts.append((f"Tương phản {vi}:1", f"Contrast {en}:1"))
    facts += [
        (f"QR đọc được: {url}", f"QR reads: {url}") for url in sorted({code.payload for code in record.codes})
    ]
    notes = dict(record.notes)
    for note, vi, en in (
        ("readable_from_m", "Đọc được từ {} m", "Read from {} m away"),
        ("scan_from_m", "Quét được từ {} m", "Scanned from {} m away"),
    ):
        if note in notes:
            distance = float(notes[note])
            facts.append(
                (vi.format(notation.plain(distance, "vi")), en.format(notation.plain(distance, "en")))
            )
    return facts
