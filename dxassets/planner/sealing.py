"""The one door for jobs: a draft goes in, a job comes out, sealed by all that decides its bytes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from inspect import getfile
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from dxassets.digest import digest
from dxassets.jobs import Digests, Job
from dxassets.kinds.registry import Kind, kind_of
from dxassets.kinds.scope import AssetDraft, FileDigests
from dxassets.planner.tools import code_of, tools_of

_PLAIN = (str, int, float, bool, type(None))


def seal(draft: AssetDraft, files: FileDigests) -> Job[Any]:
    """The job of one draft; files that it needs and that are missing are noted in `files`."""
    return Sealer(files).seal(draft)


class Sealer:
    """Seals drafts. What many of them share (a theme, a preset, the files of a look) is put into words once.

    What it has put into words it holds, so that nothing else can take the place of it in memory: one is made
    for each piece of a plan.
    """

    def __init__(self, files: FileDigests) -> None:
        self._files = files
        self._said: dict[tuple[type[Any], str, int], tuple[object, str]] = {}
        self._plain: dict[tuple[type[Any], str, type[Any], object], str] = {}
        self._made_by: dict[tuple[str, str, int], tuple[Digests, str]] = {}

    def seal(self, draft: AssetDraft) -> Job[Any]:
        """The job of `draft`; files that it needs and that are missing are noted.

        Nothing else makes a job. Its key is the digest of its kind, its spec, its inputs and the tools
        that make its format: equal keys if and only if all these are equal, of its parts, too. Where the
        file lies, and whose it is, is no part of it.
        """
        kind = kind_of(draft.kind)
        inputs = kind.inputs(draft.spec, self._files)
        parts = tuple(self.seal(part) for part in draft.parts)
        if parts:
            inputs = tuple(sorted({*inputs, *(each for part in parts for each in part.inputs)}))
        return Job(
            kind=kind.id,
            path=draft.path,
            agency=draft.agency,
            day=draft.day,
            theme=draft.theme,
            preset=draft.preset,
            title=kind.title(draft.spec),
            alt=kind.alt(draft.spec),
            spec=draft.spec,
            inputs=inputs,
            key=self._key(kind, draft, inputs, parts),
            parts=parts,
        )

    def _key(self, kind: Kind[Any], draft: AssetDraft, inputs: Digests, parts: tuple[Job[Any], ...]) -> str:
        """The digest of digests, each of a length that is known: no two wholes have the same pieces."""
        held = [part.key for part in parts]
        return digest(
            "".join([*self._spec(kind.spec, draft.spec), self._maker(kind, draft, inputs), *held]).encode()
        )

    def _spec(self, kind: type[Any], spec: Any) -> list[str]:
        """A digest for each field of a spec; one of all that is no dataclass."""
        adapters = _adapters(kind)
        if adapters is None:
            return [digest(_adapter(kind).dump_json(spec))]
        return [self._value(kind, name, getattr(spec, name), by) for name, by in adapters]

    def _value(self, kind: type[Any], name: str, value: object, by: TypeAdapter[Any]) -> str:
        if isinstance(value, _PLAIN):
            plain = (kind, name, type(value), value)
            said = self._plain.get(plain)
            if said is None:
                said = self._plain[plain] = digest(by.dump_json(value))
            return said
        held = (kind, name, id(value))
        known = self._said.get(held)
        if known is None:
            known = self._said[held] = (value, digest(by.dump_json(value)))
        return known[1]

    def _maker(self, kind: Kind[Any], draft: AssetDraft, inputs: Digests) -> str:
        """The digest of kind, code, inputs and tools."""
        suffix = draft.name.rpartition(".")[2]
        held = (kind.id, suffix, id(inputs))
        known = self._made_by.get(held)
        if known is None:
            said = (kind.id, code_of(getfile(type(kind))), inputs, tools_of(draft.name))
            known = self._made_by[held] = (inputs, digest(repr(said).encode()))
        return known[1]


@cache
def _adapter(spec_type: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(spec_type)


@cache
def _adapters(spec_type: type[Any]) -> tuple[tuple[str, TypeAdapter[Any]], ...] | None:
    """What puts each field of a spec into words; None for what is no dataclass."""
    if not is_dataclass(spec_type):
        return None
    hints = get_type_hints(spec_type, include_extras=True)
    return tuple((each.name, TypeAdapter[Any](hints[each.name])) for each in fields(spec_type))
