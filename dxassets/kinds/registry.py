"""What a kind of asset is, and the list of all kinds. The stages and faces find kinds here and nowhere else.

The bundled ones come first, in the order in which a campaign is looked through; others are found by
the entry point ``dxassets.kinds`` of installed packages (docs/kinds.md), in the order of their ids.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, ClassVar, Generic, cast

from dxassets.errors import DxassetsError, Problem
from dxassets.jobs import MEDIA_TYPES, AnyJob, Digests, Findings, Job, Rendered, Skip, SpecT
from dxassets.kinds.faces import Built, CardFace, FileCalled, Offer, SiteWanted, Survey, Text
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.project import Project
from dxassets.resources import Resources
from dxassets.store import Record

ENTRY_POINT = "dxassets.kinds"
_BUNDLED = ("banner", "frame", "qr", "letter", "script", "calendar", "loop", "posts", "signature", "press")
_ID = re.compile(r"[a-z][a-z0-9-]{0,30}")


class Kind(ABC, Generic[SpecT]):
    """A kind of asset: how it is planned, drawn, checked, shown and offered. It holds no state.

    `titles` is its heading (Vietnamese, English). `formats` are the suffixes that it can be made in;
    `media_types` their types where `jobs.MEDIA_TYPES` does not know them. `spec` is a frozen dataclass of
    plain data that decides an asset's bytes together with the files that `inputs` names. `counted` is what
    the approval sheet calls its pictures, with their number; None leaves them out of it. `has_codes` says
    whether QR codes may stand on its assets, to be read back from them. `has_debug`
    says whether it draws its composition over a picture on wish; `has_page` whether a page of the web site
    shows it: without one, its files stand in a list on the first page. `page` is that page's file.
    """

    id: ClassVar[str]
    titles: ClassVar[Text]
    formats: ClassVar[tuple[str, ...]]
    media_types: ClassVar[Mapping[str, str]] = {}
    spec: ClassVar[type[Any]]
    counted: ClassVar[str | None] = None
    has_codes: ClassVar[bool] = True
    has_debug: ClassVar[bool] = False
    has_page: ClassVar[bool] = False
    page: ClassVar[str | None] = None

    # --- plan

    @abstractmethod
    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """What is made of this kind in `scope`. `InputError` for what can't be made at all."""

    @abstractmethod
    def inputs(self, spec: SpecT, files: FileDigests) -> Digests:
        """The files that decide the asset's bytes, with their digests."""

    @abstractmethod
    def title(self, spec: SpecT) -> str:
        """The asset in a few words, in Vietnamese."""

    @abstractmethod
    def alt(self, spec: SpecT) -> str:
        """What a person who can't see the asset should hear."""

    def cost(self, job: Job[SpecT]) -> int:
        """A rough rank, 0 to 3, so that no worker starts on something long when the others are done."""
        return 3 if job.path.endswith(".pdf") else 0

    def survey(self, project: Project) -> Survey:
        """What is wrong with a campaign that loads, in the eyes of this kind; nothing is drawn."""
        del project
        return Survey()

    # --- render, and check

    @abstractmethod
    def render(self, job: Job[SpecT], resources: Resources) -> Rendered:
        """The finished bytes, not yet checked; `AssetError` when they can't be made.

        Pure: no clock, network, environment, system font or output folder.
        """

    def prepare(self) -> None:
        """Load what assets of this kind are drawn with; `MissingLibraryError` where the system lacks it."""

    def check(self, job: Job[SpecT], rendered: Rendered) -> Findings:
        """Hold the finished bytes against what the renderer says of them; `GateError` where a gate shuts."""
        from dxassets.checks import check_asset  # noqa: PLC0415  (drawing libraries when needed)

        del job
        return check_asset(rendered)

    def read_back(self, data: bytes, media_type: str) -> tuple[float, float] | None:
        """Width and height of a finished file, None for what has none; ValueError when it can't be read."""
        from dxassets.checks import read_back  # noqa: PLC0415  (drawing libraries when needed)

        return read_back(data, media_type)

    def codes_in(self, data: bytes, media_type: str) -> tuple[str, ...]:
        """What the codes in a finished file say."""
        if not self.has_codes:
            return ()
        from dxassets.checks import decode_codes  # noqa: PLC0415  (drawing libraries when needed)

        return decode_codes(data, media_type)

    # --- show, and offer

    def card(self, record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
        """The asset's card on the index; `beside` are all forms of it, other formats and densities too."""
        del project, beside
        return CardFace((record.title, record.title))

    def form(self, record: Record, project: Project) -> str:
        """What tells the asset from others of its day and theme on the approval sheet: its size, mostly."""
        del project
        return record.title

    def wishes(self, project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
        """What of this kind the web site needs: by default the issuing agency's, in all formats."""
        del project, wanted
        yield Wanted(kinds=(self.id,))

    def site(self, built: Built) -> Mapping[str, object]:
        """The fields of `renderers.site.Site` that this kind fills, where it `has_page`."""
        del built
        return {}

    def offer(self, project: Project) -> Offer | None:
        """What the API makes on the spot; None for nothing."""
        del project
        return None

    def one_off(self, project: Project, said: Mapping[str, str]) -> Wanted | AssetDraft:
        """The one asset that parameters ask for; `InputError` for what can't be asked."""
        del project
        return Wanted(kinds=(self.id,), formats=(said.get("format", self.formats[0]),))

    def called(self, job: Job[SpecT], project: Project) -> FileCalled:
        """How the file of an asset that was made on the spot is called."""
        del project
        suffix = job.path.rpartition(".")[2]
        return FileCalled(job.path.replace("/", "-"), f"{job.title}.{suffix}")

    # --- what follows from the above

    def media_type(self, file_format: str) -> str:
        """The media type of a format of this kind."""
        return self.media_types.get(file_format) or MEDIA_TYPES[file_format]


@cache
def all_kinds() -> Mapping[str, Kind[Any]]:
    """Every kind by its id. `DxassetsError` for a kind of another package that is none."""
    bundled = [cast("Kind[Any]", import_module(f"dxassets.kinds.{name}.kind").KIND) for name in _BUNDLED]
    found = {kind.id: kind for kind in bundled}
    for point in sorted(entry_points(group=ENTRY_POINT), key=lambda point: point.name):
        kind = _loaded(point, found)
        found[kind.id] = kind
    return found


def kind_of(kind_id: str) -> Kind[Any]:
    """The kind of that id; `DxassetsError` when no installed package has it."""
    found = all_kinds().get(kind_id)
    if found is None:
        raise DxassetsError(
            Problem(
                kind_id,
                "không có loại ấn phẩm này; hãy cài lại gói mở rộng đã làm ra nó",
                "is no known kind of asset; install the package that made it",
            )
        )
    return found


def known_kinds(ids: Iterable[str]) -> list[Kind[Any]]:
    """The kinds of those ids in the registry's order, without those that are not installed."""
    wanted = set(ids)
    return [kind for kind in all_kinds().values() if kind.id in wanted]


def render(job: AnyJob, resources: Resources) -> Rendered:
    """The finished bytes of a job, not yet checked; `AssetError` when it can't be made."""
    return kind_of(job.kind).render(job, resources)


def check(job: AnyJob, rendered: Rendered) -> Findings:
    """Hold the finished bytes of a job against its kind's gates; `GateError` names the first that shuts."""
    return kind_of(job.kind).check(job, rendered)


def all_formats() -> tuple[str, ...]:
    """Every format that any kind can be made in."""
    return tuple(dict.fromkeys(name for kind in all_kinds().values() for name in kind.formats))


def _loaded(point: EntryPoint, known: Mapping[str, Kind[Any]]) -> Kind[Any]:
    """The kind behind an entry point; `DxassetsError` when it can't serve as one."""
    try:
        kind: object = point.load()
    except Exception as error:
        raise _unusable(point, str(error) or type(error).__name__) from error
    if not isinstance(kind, Kind):
        raise _unusable(point, "it is no instance of dxassets.kinds.registry.Kind")
    made = cast("Kind[Any]", kind)
    why = _wrong(made, known)
    if why:
        raise _unusable(point, why)
    return made


def _wrong(kind: Kind[Any], known: Mapping[str, Kind[Any]]) -> str:
    """Why a kind can't be taken, or nothing."""
    lacking = [name for name in ("id", "titles", "formats", "spec") if not hasattr(kind, name)]
    if lacking:
        return f"it lacks {', '.join(lacking)}"
    if _ID.fullmatch(kind.id) is None:
        return f"its id {kind.id!r} is not lower-case ASCII letters, digits and dashes"
    if kind.id in known:
        return f"there is a kind {kind.id!r} already"
    unknown = [name for name in kind.formats if name not in {*MEDIA_TYPES, *kind.media_types}]
    return f"its media_types lack {', '.join(unknown)}" if unknown or not kind.formats else ""


def _unusable(point: EntryPoint, why: str) -> DxassetsError:
    return DxassetsError(
        Problem(
            f"{ENTRY_POINT}: {point.name}",
            f"gói mở rộng này không dùng được ({why}); hãy gỡ hoặc sửa gói đó",
            f"this extension can't be used ({why}); remove or mend that package",
        )
    )
