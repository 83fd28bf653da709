"""What the index shows of assets: a card for each, grouped by kind, day and theme."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

from dxassets import notation
from dxassets.kinds import registry
from dxassets.kinds.faces import CardFace
from dxassets.project import Project
from dxassets.store import Record, preview_path

Words = tuple[str, str]
"""The same in Vietnamese and in English."""
SHOWN_AS_THEY_ARE = frozenset(
    {"image/png", "image/jpeg", "image/webp", "image/avif", "image/gif", "image/svg+xml"}
)
"""What a browser shows without a preview."""


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


def agency_name(project: Project, agency_id: str) -> str:
    """What an agency is called; its id where it is on no list."""
    office = project.campaign.office(agency_id)
    return office.name if office is not None else agency_id


@dataclass(frozen=True, slots=True)
class Cards:
    """What all cards of one campaign share."""

    project: Project
    folder: Path
    _days: dict[str, int] = field(init=False)
    _themes: dict[str, int] = field(init=False)
    _presets: dict[str, int] = field(init=False)
    _kinds: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        project = self.project
        orders = {
            "_days": (day.id for day in project.campaign.days),
            "_themes": (theme.id for theme in project.brand.every_theme),
            "_presets": (preset.id for preset in project.presets.presets),
            "_kinds": registry.all_kinds(),
        }
        for name, ids in orders.items():
            object.__setattr__(self, name, {each: at for at, each in enumerate(ids)})

    def in_order(self, records: Iterable[Record]) -> list[Record]:
        """Kind → day → theme, in the campaign's and the brand's own order."""
        return sorted(
            records,
            key=lambda record: (
                self._kinds.get(record.kind, 99),
                record.kind,
                self._days.get(record.day or "", 99),
                record.day or "",
                self._themes.get(record.theme or "", 99),
                record.theme or "",
                record.agency,
                self._presets.get(record.preset or "", 99),
                record.path,
            ),
        )

    def groups(
        self,
        records: Iterable[Record],
        base: str,
        *,
        forms: Mapping[tuple[str | None, ...], Sequence[Record]],
    ) -> list[Group]:
        """The cards of records that are in order, on a page of the folder `base`."""
        grouped: dict[tuple[str, str | None, str | None], list[Record]] = {}
        for record in records:
            grouped.setdefault((record.kind, record.day, record.theme), []).append(record)
        return [
            Group(
                "-".join(part for part in key if part),
                *key,
                self._group_title(*key),
                tuple(self._card(record, base, forms[picture_of(record)]) for record in members),
            )
            for key, members in grouped.items()
        ]

    def theme_title(self, theme_id: str) -> Words:
        """What a theme is called."""
        theme = self.project.brand.theme(theme_id)
        return (theme.title.vi, theme.title.en) if theme is not None else (theme_id, theme_id)

    def _group_title(self, kind: str, day: str | None, theme: str | None) -> tuple[str, str]:
        labels = {each.id: each.label for each in self.project.campaign.days}
        titles = [kind_title(kind)]
        if day is not None:
            titles.append((labels.get(day, day), labels.get(day, day)))
        if theme is not None:
            titles.append(self.theme_title(theme))
        return " · ".join(vi for vi, _ in titles), " · ".join(en for _, en in titles)

    def _card(self, record: Record, base: str, beside: Sequence[Record]) -> Card:
        """The card of an asset; `beside` are all forms of it: other formats, other densities."""
        path = record.path.removeprefix(f"{base}/") if base else record.path
        kind = registry.all_kinds().get(record.kind)
        named = CardFace((record.title, record.title))  # its kind may be of a package that is gone
        face = named if kind is None else kind.card(record, self.project, beside)
        return Card(
            record=record,
            title=face.title,
            href=quote(path),
            shown=quote(path) if record.media_type in SHOWN_AS_THEY_ARE else self._preview(record),
            name=record.path.rpartition("/")[2],
            measures=_measures(record),
            facts=tuple(_facts(record)),
            embed=face.embed,
            plain=face.plain,
            see_through=face.see_through,
            search=f"{record.title} {record.alt} {record.path} {agency_name(self.project, record.agency)}",
        )

    def _preview(self, record: Record) -> str | None:
        """The preview of a file that a browser does not show, inside the page itself."""
        file = self.folder / preview_path(record.sha256)
        if not file.is_file():
            return None
        return "data:image/webp;base64," + base64.b64encode(file.read_bytes()).decode()


def picture_of(record: Record) -> tuple[str | None, ...]:
    """What all forms of one picture share."""
    return record.agency, record.kind, record.day, record.theme, record.preset


def seen(names: Iterable[str | None]) -> list[str]:
    """Those names that are some, each once."""
    return list(dict.fromkeys(name for name in names if name is not None))


def kind_title(kind_id: str) -> Words:
    """What a kind of asset is called."""
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
