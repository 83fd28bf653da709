"""The index: every asset on pages that open from a folder, with no server and no library.

A small campaign has one page. A larger one has a page (or some) for each agency, beside its assets, and a
front page that sums up all of them and finds any.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from dxassets import notation
from dxassets.api import index_cards
from dxassets.api.index_cards import Cards, Words, agency_name, kind_title, picture_of, seen
from dxassets.backends.templating import Templates
from dxassets.digest import digest
from dxassets.jobs import HALF_MADE
from dxassets.kinds import registry
from dxassets.planner import tools
from dxassets.project import Project
from dxassets.store import (
    Reason,
    Record,
    Root,
    Shard,
    SkipRecord,
    Summary,
    publish_changed,
    remove,
    root_to_json,
)

INDEX_NAME = "index.html"
MOST_CARDS = 200
"""Assets on one page; beyond, each agency gets pages of its own."""
HEAVIEST_PAGE = 1_000_000
"""Bytes of one page: what more there is goes to the next."""
_ROOM_FOR_LINKS = 20_000
_NAMED = 12
"""So many agencies are named that failed, so many failures of one agency, and so many reasons to skip."""
_LONGEST_REASON = 600
"""Letters of a reason; the command tells all of them."""
_LOWEST = 3
_TEMPLATE = "index/index.html.j2"
_UNSAID: Mapping[str, object] = {
    "title": None,
    "up": None,
    "totals": None,
    **dict.fromkeys(("groups", "kinds", "days", "themes", "lines", "links", "skipped", "unserved"), ()),
    **dict.fromkeys(("failed", "failing"), ()),
    **dict.fromkeys(("count", "more_failed", "more_failing", "more_skipped"), 0),
    "agencies": {},
}
"""What the template knows, where a page says nothing of it."""
ThingT = TypeVar("ThingT")
Said = Callable[[Sequence[ThingT]], dict[str, object]]
"""What a page says of some assets, or of some agencies."""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """A line of the list of agencies."""

    name: str
    href: str
    count: str
    contrast: Words | None


@dataclass(frozen=True, slots=True)
class Totals:
    """What the front page says first. `lowest` are the agencies with the least contrast."""

    assets: Words
    weight: Words
    agencies: Words
    failed: int
    contrast: Words | None
    lowest: tuple[IndexLine, ...] = ()


class IndexDesk:
    """Writes the pages of one campaign's index."""

    def __init__(self, project: Project, folder: Path) -> None:
        self._project, self._folder = project, folder
        self._templates = Templates(lambda name: _template(project, name))
        self._cards = Cards(project, folder)
        self._made_by = _made_by(project)

    def key_of(self, name: str) -> str:
        """The digest of what decides how the pages of the folder `name` look, beside its own shard."""
        office = self._project.campaign.office(name) or self._project.campaign.office(name.removesuffix("_"))
        return digest(f"{self._made_by} {name} {office!r}".encode())

    def with_pages(self, shard: Shard) -> Shard:
        """Write the pages of one folder; its shard with their digests."""
        shown = self._cards.in_order(_shown(shard.records.values()))
        agency = next((record.agency for record in shown), shard.name)
        pages = self._publish(
            shard.name, shown, title=agency_name(self._project, agency), failed=shard.failed
        )
        self._take_away(shard.pages.keys() - pages.keys())
        return replace(shard, pages=pages, pages_key=self.key_of(shard.name))

    def without_pages(self, shard: Shard) -> Shard:
        """Take the pages of one folder away; its shard without them."""
        self._take_away(shard.pages)
        return replace(shard, pages={}, pages_key="")

    def is_small(self, root: Root) -> bool:
        """Whether all assets may stand on one page, as far as their number tells."""
        return len(_all_shown(root)) <= MOST_CARDS

    def is_there(self, pages: Mapping[str, str]) -> bool:
        """Whether pages lie there as they were written."""
        try:
            return bool(pages) and all(
                digest((self._folder / path).read_bytes()) == sha256 for path, sha256 in pages.items()
            )
        except OSError:
            return False

    def on_one_page(self, root: Root) -> Root | None:
        """Write all of a small campaign on one page; None where that would be too heavy."""
        records = _all_shown(root)
        failed = [failure for shard in root.whole.values() for failure in shard.failed]
        front = self._not_made(root)
        totals = self._totals(root.shards, failed=len(failed) + len(root.unserved))
        pages = self._publish("", self._cards.in_order(records), failed=failed, totals=totals, **front)
        if len(pages) == 1:
            self._take_away(root.pages.keys() - pages.keys())
            return replace(root, pages=pages)
        self._take_away(pages)
        return None

    def with_front(self, root: Root) -> Root:
        """Write the front page of a campaign whose agencies have pages of their own."""
        lines = {name: self._line(name, summary) for name, summary in root.shards.items()}
        failed = [lines[name] for name, summary in root.shards.items() if summary.failed]
        low = sorted(
            (summary.least_contrast, name)
            for name, summary in root.shards.items()
            if summary.least_contrast is not None
        )
        totals = self._totals(
            root.shards,
            failed=sum(summary.failed for summary in root.shards.values()) + len(root.unserved),
            lowest=tuple(lines[name] for _, name in low[:_LOWEST]),
        )
        common = {
            "totals": totals,
            **self._not_made(root, failed),
        }
        listed = [
            line for name, line in lines.items() if root.shards[name].assets or root.shards[name].failed
        ]
        pages = self._paged("", listed, lambda some: {"lines": some, **common}, most=None)
        self._take_away(root.pages.keys() - pages.keys())
        return replace(root, pages=pages)

    def front_key(self, root: Root) -> str:
        """The digest of all that the front page says."""
        names = [agency_name(self._project, summary.agency) for summary in root.shards.values()]
        said = [repr(root.shards), sorted(root.reasons.items()), sorted(root.unserved.items()), names]
        return digest(f"{self._made_by} {json.dumps(said)}".encode())

    def key_of_one_page(self, root: Root) -> str:
        """The digest of all that decides how one page of everything looks."""
        return digest(self._made_by.encode() + root_to_json(replace(root, pages={}, pages_key="")))

    # --- pages

    def _publish(
        self,
        base: str,
        records: Sequence[Record],
        *,
        failed: Sequence[SkipRecord] = (),
        **more: object,
    ) -> dict[str, str]:
        """Write the pages of those assets in the folder `base`; their digests by path."""
        forms: dict[tuple[str | None, ...], list[Record]] = {}
        for record in records:
            forms.setdefault(picture_of(record), []).append(record)
        agencies = sorted({record.agency for record in records})

        def said(some: Sequence[Record]) -> dict[str, object]:
            groups = self._cards.groups(some, base, forms=forms)
            return {
                "groups": groups,
                "count": len(some),
                "kinds": [(kind, *kind_title(kind)) for kind in seen(group.kind for group in groups)],
                "days": [(day, self._day(day)) for day in seen(group.day for group in groups)],
                "themes": [
                    (theme, *self._cards.theme_title(theme)) for theme in seen(each.theme for each in groups)
                ],
                "agencies": {agency: agency_name(self._project, agency) for agency in agencies},
                "failed": [_told_short(failure) for failure in failed[:_NAMED]],
                "more_failed": max(0, len(failed) - _NAMED),
                "up": "../" + INDEX_NAME if base else None,
                **more,
            }

        return self._paged(base, records, said, most=MOST_CARDS)

    def _paged(
        self, base: str, things: Sequence[ThingT], said: Said[ThingT], *, most: int | None
    ) -> dict[str, str]:
        """Write as many pages as `things` need; their digests by path."""
        pages = list(self._cut(things, said, most=most))
        hrefs = [INDEX_NAME, *(f"index-{number}.html" for number in range(2, len(pages) + 1))]
        found: dict[str, str] = {}
        for href, (some, text) in zip(hrefs, pages, strict=True):
            links = [(number, each, each == href) for number, each in enumerate(hrefs, 1)]
            written = text if len(pages) == 1 else self._render({**said(some), "links": links})
            path = f"{base}/{href}" if base else href
            publish_changed(self._folder, path, written)
            found[path] = digest(written)
        return found

    def _cut(
        self, things: Sequence[ThingT], said: Said[ThingT], *, most: int | None
    ) -> Iterator[tuple[Sequence[ThingT], bytes]]:
        """`things` in pieces, each with its page: no more than `most`, none heavier than a page may be."""
        if most is None or len(things) <= most:
            page = self._render({**said(things), "links": []})
            if len(page) <= HEAVIEST_PAGE - _ROOM_FOR_LINKS or len(things) <= 1:
                yield things, page
                return
        pieces = 2 if most is None or len(things) <= most else -(-len(things) // most)
        size = -(-len(things) // pieces)
        for start in range(0, len(things), size):
            yield from self._cut(things[start : start + size], said, most=most)

    def _render(self, said: Mapping[str, object]) -> bytes:
        known = {"campaign": self._project.campaign, **_UNSAID, **said}
        return self._templates.render(_TEMPLATE, known).encode()

    def _take_away(self, pages: Iterable[str]) -> None:
        for path in sorted(pages):
            if (self._folder / path).exists():
                remove(self._folder, path)

    # --- words

    def _totals(
        self, shards: Mapping[str, Summary], *, failed: int, lowest: tuple[IndexLine, ...] = ()
    ) -> Totals:
        contrasts = [each.least_contrast for each in shards.values() if each.least_contrast is not None]
        offices = sum(1 for each in shards.values() if each.assets)
        weight = sum(each.bytes for each in shards.values())
        return Totals(
            notation.in_both(lambda lang: notation.number(sum(s.assets for s in shards.values()), lang)),
            notation.in_both(lambda lang: notation.weight(weight, lang)),
            notation.in_both(lambda lang: notation.number(offices, lang)),
            failed,
            _contrast(min(contrasts, default=None)),
            lowest,
        )

    def _line(self, name: str, summary: Summary) -> IndexLine:
        return IndexLine(
            agency_name(self._project, summary.agency),
            f"{name}/{INDEX_NAME}" if name else "",
            str(summary.assets),
            _contrast(summary.least_contrast),
        )

    def _not_made(self, root: Root, failing: Sequence[IndexLine] = ()) -> dict[str, object]:
        """What the front page says of what could not be made, and how much more of that there is."""
        reasons = list(root.reasons.values())
        unserved = [(agency_name(self._project, each), _short(why)) for each, why in root.unserved.items()]
        return {
            "skipped": [_short(reason) for reason in reasons[:_NAMED]],
            "more_skipped": max(0, len(reasons) - _NAMED),
            "unserved": unserved[:_NAMED],
            "failing": failing[:_NAMED],
            "more_failing": max(0, len(unserved) - _NAMED) + max(0, len(failing) - _NAMED),
        }

    def _day(self, day_id: str) -> str:
        for day in self._project.campaign.days:
            if day.id == day_id:
                return f"{day.mark} – {day.name}" if day.mark else day.name
        return day_id


def _told_short(failure: SkipRecord) -> SkipRecord:
    vi, en = _short((failure.reason_vi, failure.reason_en))
    return replace(failure, reason_vi=vi, reason_en=en)


def _short(reason: Reason) -> Reason:
    if max(map(len, reason)) <= _LONGEST_REASON:
        return reason
    vi, en = (textwrap.shorten(words, _LONGEST_REASON, placeholder=" …") for words in reason)
    return vi, en


def _contrast(value: float | None) -> Words | None:
    if value is None:
        return None
    vi, en = notation.in_both(lambda lang: notation.number(value, lang, places=1))
    return f"{vi}:1", f"{en}:1"


def _shown(records: Iterable[Record]) -> Iterator[Record]:
    """Those that are something to look at by themselves."""
    return (record for record in records if HALF_MADE not in dict(record.notes))


def _all_shown(root: Root) -> list[Record]:
    return [*_shown(record for shard in root.whole.values() for record in shard.records.values())]


def _made_by(project: Project) -> str:
    """The digest of all that pages share: data but the list of agencies, template, kinds and this code."""
    template = project.resources.read(f"templates/{_TEMPLATE}").sha256
    code = [digest(Path(file).read_bytes()) for file in (__file__, index_cards.__file__)]
    inputs = {
        name: sha256 for name, sha256 in project.input_digests().items() if name != project.campaign.agencies
    }
    limits = (MOST_CARDS, HEAVIEST_PAGE)
    return digest(repr((code, sorted(registry.all_kinds()), tools(), limits, template, inputs)).encode())


def _template(project: Project, name: str) -> str:
    return project.resources.read(f"templates/{name}").data.decode()
