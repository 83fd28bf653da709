"""Which file a day's motif is drawn from, as an input of jobs."""

from __future__ import annotations

from dxassets.jobs import Digests
from dxassets.kinds.scope import FileDigests
from dxassets.renderers.motifs import motif_file


def motif_inputs(motif: str, files: FileDigests) -> Digests:
    """The motif's drawing; nothing for our own two, which the package draws."""
    name = motif_file(files.resources, motif)
    return () if name is None else files.read([name])
