"""Kinds of administrative units and what they are called, and the unit that a name such as “UBND xã A” means.

The kinds are data (`campaigns/units.toml`); nothing here knows a kind by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import Field, model_validator

from dxassets.models import Bilingual, BilingualError, Identifier, Line, Model, read_toml, validate
from dxassets.vietnamese import clean, fold, slug

PROVINCE_RANK, DISTRICT_RANK, COMMUNE_RANK = 1, 2, 3
"""Where a unit stands among the others, by the `rank` of its level."""
COMMITTEE = "committee"
"""The parent of an office that is below the province's people's committee, whatever the province."""


class UnitLevel(Model):
    """A value of an agency's `level`; `rank` is where an administrative unit stands, 1 the highest."""

    id: Identifier
    title: Bilingual
    rank: Annotated[int | None, Field(ge=1, le=9)] = None


class Committee(Model):
    """How the people's committee of a unit is called, in full and for short; `also` is only recognised."""

    name: Line
    short: Line
    also: tuple[Line, ...] = ()


class UnitKind(Model):
    """One kind of unit: the word before its own name, and what belongs to it.

    `of_province`: a commune of this kind never lies in a district.
    """

    id: Identifier
    name: Line
    level: Identifier
    short: tuple[Line, ...] = ()
    party: Line | None = None
    names: tuple[Line, ...] = ()
    below: Line | None = None
    governed: bool = True
    of_province: bool = False


class Villages(Model):
    """What a province calls the places in its communes, by the id of the commune's kind."""

    province: Line
    below: dict[Identifier, Line]


class OfficeKind(Model):
    """Agencies that are no people's committee, by how their names begin."""

    begins: Annotated[tuple[Line, ...], Field(min_length=1)]
    level: Identifier
    parent: Identifier | None = None


class Places(Model):
    """Own names that the date line gives with their kind: persons and historic events (mục II.4)."""

    in_full: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its kind, its own name, and the unit that was named behind it, if any."""

    kind: UnitKind
    name: str
    within: str
    committee: Committee
    in_full: bool

    @property
    def area(self) -> str:
        """The unit as a sentence names it: “đặc khu Phú Quốc”."""
        return f"{self.kind.name} {self.name}"

    @property
    def place(self) -> str:
        """The unit as the date line names it (mục II.4): without its kind, unless that belongs to it."""
        return f"{self.area[:1].upper()}{self.area[1:]}" if self.in_full else self.name

    @property
    def office(self) -> str:
        """Its people's committee: “Ủy ban nhân dân đặc khu Phú Quốc”."""
        return f"{self.committee.name} {self.area}"

    @property
    def short_office(self) -> str:
        """Its people's committee for short: “UBND đặc khu Phú Quốc”."""
        return f"{self.committee.short} {self.area}"

    @property
    def office_id(self) -> str:
        """The id that its people's committee usually has."""
        return slug(self.short_office)


class Units(Model):
    """`units.toml`: all kinds, levels, and what is known of other agencies by their names."""

    levels: Annotated[tuple[UnitLevel, ...], Field(min_length=1)]
    committee: Committee
    kinds: Annotated[tuple[UnitKind, ...], Field(min_length=1)]
    villages: tuple[Villages, ...] = ()
    offices: tuple[OfficeKind, ...] = ()
    places: Places = Places()

    @model_validator(mode="after")
    def _levels_are_known(self) -> Units:
        known = {level.id for level in self.levels}
        wrong = [entry.level for entry in (*self.kinds, *self.offices) if entry.level not in known]
        if wrong:
            listed = ", ".join(dict.fromkeys(wrong))
            raise BilingualError(f"levels: không có cấp {listed}", f"levels: there is no level {listed}")
        return self

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """A kind's word (or abbreviation) before an own name, which begins with a capital or a digit."""
        words = {word for kind in self.kinds for word in (kind.name, *kind.short)}
        gap = r"(?:\s+|(?<=\.))"  # “TP. Huế” and “TP.Huế”
        return re.compile(rf"(?P<word>{_any_of(words)}){gap}(?P<rest>.+)", re.IGNORECASE)

    @cached_property
    def _offices(self) -> re.Pattern[str]:
        words = {self.committee.name, self.committee.short, *self.committee.also}
        return re.compile(rf"(?:{_any_of(words)})\s+(?P<area>.+)", re.IGNORECASE)

    @cached_property
    def of_districts(self) -> tuple[str, ...]:
        """What kinds of communes a district may hold are called, in the file's order."""
        communes = [kind for kind in self.kinds if self.rank(kind.level) == COMMUNE_RANK]
        return tuple(kind.name for kind in communes if not kind.of_province)

    def level(self, level_id: str) -> UnitLevel | None:
        """The level of that id, or None."""
        return next((level for level in self.levels if level.id == level_id), None)

    def rank(self, level_id: str) -> int | None:
        """Where the units of that level stand, 1 the highest; None for a level that is no unit's."""
        level = self.level(level_id)
        return None if level is None else level.rank

    def level_called(self, text: str) -> str | None:
        """The id of the level that a clerk means by `text`: its id, a word of its title, or a kind's name."""
        return self._levels_by_word.get(slug(text).removeprefix("cap-"))

    @cached_property
    def _levels_by_word(self) -> dict[str, str]:
        """Levels by the words that clerks have for them; where two have one word, ids come before titles."""
        exact = {slug(word): each.id for each in self.levels for word in (each.title.vi, each.title.en)}
        parts = {slug(part): each.id for each in self.levels for part in re.split(r"[,(]", each.title.vi)}
        kinds = {slug(kind.name): kind.level for kind in reversed(self.kinds)}
        found = {**kinds, **parts, **exact, **{each.id: each.id for each in self.levels}}
        return {word: level for word, level in found.items() if word}

    def committee_of(self, name: str, *, level: str = "", province: str = "") -> Unit | None:
        """The unit whose people's committee is called `name`; None when that is no people's committee.

        `level` and `province` (the campaign's own) tell which is meant where one word stands for two kinds.
        """
        found = self._offices.fullmatch(clean(name))
        unit = found and self.area_called(found["area"], level=level, province=province)
        return unit if unit and unit.kind.governed else None

    def area_called(self, text: str, *, level: str = "", province: str = "") -> Unit | None:
        """The unit that `text` names: “đặc khu Phú Quốc”, “TP. Cao Lãnh”, “xã Nam Dong, huyện Ba Tri”."""
        found = self._pattern.fullmatch(clean(text))
        if found is None:
            return None
        name, within = self._parted(found["rest"])
        if not (name[:1].isupper() or name[:1].isdigit()):
            return None  # “Huyện ủy”, “Phường đội”
        kinds = self._kinds_by_word.get(found["word"].casefold(), ())
        of_level = [kind for kind in kinds if kind.level == level]
        if not of_level:
            of_level = [kind for kind in kinds if self._may_be(kind, name, province)] or kinds[-1:]
        in_full = name[0].isdigit() or name in self.places.in_full
        return Unit(of_level[0], name, within, self.committee, in_full)

    @cached_property
    def _kinds_by_word(self) -> dict[str, tuple[UnitKind, ...]]:
        """Kinds by their names and short forms, in small letters: one word may be of several levels."""
        found: dict[str, tuple[UnitKind, ...]] = {}
        for kind in self.kinds:
            for word in {kind.name.casefold(), *(short.casefold() for short in kind.short)}:
                found[word] = (*found.get(word, ()), kind)
        return found

    def levels_of(self, name: str) -> tuple[str, ...]:
        """All levels that the committee called `name` may have by its kind's word; none: it is none."""
        unit = self.committee_of(name)
        if unit is None:
            return ()
        return tuple(dict.fromkeys(kind.level for kind in self.kinds if kind.name == unit.kind.name))

    def office_kind(self, name: str) -> OfficeKind | None:
        """What agencies are like whose names begin as `name` does; the longest beginning counts."""
        folded = f"{fold(name)} "
        begun = [(len(words), office) for words, office in self._beginnings if folded.startswith(words)]
        return max(begun, key=lambda pair: pair[0])[1] if begun else None

    @cached_property
    def _beginnings(self) -> tuple[tuple[str, OfficeKind], ...]:
        """How names of offices begin, folded, with the blank that ends a word."""
        return tuple((f"{fold(words)} ", office) for office in self.offices for words in office.begins)

    def below(self, kind: UnitKind, province: str) -> str:
        """What the places in a commune of that kind are called in that province: “thôn, bon, bản”."""
        for each in self.villages:
            if each.province == province and kind.id in each.below:
                return each.below[kind.id]
        return kind.below or ""

    def province(self, text: str) -> Unit | None:
        """The province or city of its own that a campaign's `province` names, with or without its kind."""
        unit = self.area_called(text, province=text)
        return unit if unit and self.rank(unit.kind.level) == PROVINCE_RANK else None

    def _may_be(self, kind: UnitKind, name: str, province: str) -> bool:
        """Whether a unit of that name can be of that kind, in that province."""
        if not kind.names:
            return True
        if province and f"{kind.name} {name}".casefold() != province.casefold():
            return False  # thành phố Huế was a city of Thừa Thiên Huế until 2024
        return name in kind.names

    def _parted(self, text: str) -> tuple[str, str]:
        """A unit's own name, and the unit that it lies in: “Nam Dong, huyện Ba Tri” has both."""
        name, comma, rest = text.partition(",")
        if comma and self._pattern.fullmatch(rest.strip()):
            return name.strip(), rest.strip()
        return text, ""


def _any_of(words: set[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=8)
def parse_units(data: bytes, source: str) -> Units:
    """`units.toml`; every problem together in one `CampaignError`."""
    return validate(Units, read_toml(data, source), source)
