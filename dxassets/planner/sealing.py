"""The one door for jobs: a draft goes in, a job comes out, sealed by all that decides its bytes."""

from __future__ import annotations

from functools import cache
from inspect import getfile
from typing import Any

from pydantic import TypeAdapter

from dxassets.digest import digest
from dxassets.jobs import Digests, Job
from dxassets.kinds.registry import Kind, kind_of
from dxassets.kinds.scope import AssetDraft, FileDigests
from dxassets.planner.tools import code_of, tools_of


def seal(draft: AssetDraft, files: FileDigests) -> Job[Any]:
    """The job of `draft`; files that it needs and that are missing are noted in `files`.

    Nothing else makes a job. Its key is the digest of its kind, its spec, its inputs and the tools that
    make its format: equal keys if and only if all these are equal, of its parts, too. Where the file lies,
    and whose it is, is no part of it.
    """
    kind = kind_of(draft.kind)
    inputs = kind.inputs(draft.spec, files)
    parts = tuple(seal(part, files) for part in draft.parts)
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
        key=_key(kind, draft, inputs, parts),
        parts=parts,
    )


def _key(kind: Kind[Any], draft: AssetDraft, inputs: Digests, parts: tuple[Job[Any], ...]) -> str:
    said = _adapter(kind.spec).dump_json(draft.spec)
    made_by = (kind.id, code_of(getfile(type(kind))), inputs, tools_of(draft.name))
    held = "".join(part.key for part in parts)
    return digest(said + repr(made_by).encode() + held.encode())


@cache
def _adapter(spec_type: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(spec_type)
