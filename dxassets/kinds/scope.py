"""What a plan is made of: the part of a campaign that somebody wants, and the files behind it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dxassets.agencies import Agency
from dxassets.brand import Theme
from dxassets.days import Day
from dxassets.dispatch import WHOLE, Edition, LetterFill
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.jobs import Digests
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.resources import Resources

UNFILLED = LetterFill()
NameT = TypeVar("NameT", bound=str)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A selection as a user writes it: ids, and nothing where everything is meant.

    `marks` puts crop marks on print pages, `proof` makes the workshop's proofs beside
    them, `scale` 2 makes web pictures for dense screens beside the plain ones. `sizes` are those of
    loops, by id or in pixels. `nameless` makes print pages without the agency's name, and nothing else.
    `letter` is what
    registration fills into letters, `edition` how they are made; with `split_annex` each annex is a file.
    """

    agencies: tuple[str, ...] = ()
    all_agencies: bool = False
    agency_names: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    letter: LetterFill = UNFILLED
    edition: Edition = WHOLE
    split_annex: bool = False
    debug: bool = False
    marks: bool = False
    proof: bool = False
    scale: int = 1
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a campaign that a build makes.

    Empty `formats` mean each asset's own formats. `kinds_asked` tells kinds that
    were named from kinds that are there by default: only the former deserve a
    word when nothing can be made of them. `wish` holds what is not an id.
    """

    agencies: tuple[Agency, ...]
    days: tuple[Day, ...]
    themes: tuple[Theme, ...]
    presets: tuple[Preset, ...]
    kinds: tuple[str, ...]
    formats: tuple[str, ...] = ()
    kinds_asked: bool = False
    wish: Wanted = Wanted()

    def formats_of(
        self, known: Sequence[NameT], *, usual: Sequence[NameT] | None = None
    ) -> tuple[NameT, ...]:
        """The formats to make of a kind that knows `known`: those asked for, or its `usual` ones (all)."""
        if self.formats:
            return tuple(name for name in known if name in self.formats)
        return tuple(known if usual is None else usual)


@dataclass
class FileDigests:
    """Digests of the files that assets are made from, worked out once for each group of them.

    A missing file is a problem, kept in `problems`: the planner tells them all.
    """

    resources: Resources
    problems: dict[str, Problem] = field(default_factory=dict[str, Problem])
    _known: dict[Hashable, Digests] = field(default_factory=dict[Hashable, Digests])

    def of(self, group: Hashable, find: Callable[[], Digests]) -> Digests:
        """What `find` gives, sorted, found once for all assets of `group`."""
        known = self._known.get(group)
        if known is None:
            known = self._known[group] = tuple(sorted(find()))
        return known

    def read(self, names: Iterable[str]) -> Digests:
        """Names and SHA-256 of those files, each once."""
        digests: list[tuple[str, str]] = []
        for name in dict.fromkeys(names):
            try:
                digests.append((name, self.resources.read(name).sha256))
            except InputError as error:
                self.note(error.problems)
        return tuple(digests)

    def note(self, problems: Iterable[Problem]) -> None:
        """Keep problems for the planner to tell, each once."""
        self.problems.update((f"{problem.where} {problem.en}", problem) for problem in problems)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that a kind plans by."""

    project: Project
    selection: Selection
    files: FileDigests


@dataclass(frozen=True, slots=True)
class AssetDraft:
    """An asset as its kind plans it; the planner seals it into a job.

    `spec` decides its bytes; `folders` and `name` say where it lies below the agency's folder of its kind.
    `parts` are drafts of other assets that it holds whole.
    """

    kind: str
    spec: object
    agency: str
    name: str
    folders: tuple[str, ...] = ()
    day: str | None = None
    theme: str | None = None
    preset: str | None = None
    parts: tuple[AssetDraft, ...] = ()

    @property
    def path(self) -> str:
        """The file, relative to the campaign's output folder."""
        parts = (self.agency, self.kind, *self.folders)
        return "/".join([*(file_part(part) for part in parts if part), self.name])
