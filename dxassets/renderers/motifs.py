"""Finds motifs: our own two, and drawings; each drawing opened once, and kept by the digest of its bytes.

The rule, and the only place that knows it: a drawing is called ``motifs/<id>.svg``, in the campaign's
folder or the project's, or else ``templates/motifs/<id>.svg``. Nothing takes the names of our own two,
nor `all`, by which a brand means every motif.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dxassets.brand import EVERY_MOTIF
from dxassets.errors import InputError, Problem
from dxassets.models import IDENTIFIER, not_among
from dxassets.ornaments import OWN_MOTIFS, Motif
from dxassets.resources import Resources

_FOLDERS = ("motifs", "templates/motifs")
_SUFFIX = ".svg"
_TAKEN = frozenset({*OWN_MOTIFS, EVERY_MOTIF})


def motif_ids(resources: Resources) -> list[str]:
    """Every motif that a day may have: our own, then drawings by their names."""
    drawn = {
        name.removeprefix(f"{folder}/").removesuffix(_SUFFIX)
        for folder in _FOLDERS
        for name in resources.names(folder, _SUFFIX)
    }
    drawn = {name for name in drawn if re.fullmatch(IDENTIFIER.pattern, name)}
    return [*OWN_MOTIFS, *sorted(drawn - _TAKEN)]


def motif_file(resources: Resources, motif_id: str) -> str | None:
    """The name of the file that a motif is drawn in; None for our own, and where there is none."""
    if motif_id in _TAKEN:
        return None
    names = [f"{folder}/{motif_id}{_SUFFIX}" for folder in _FOLDERS]
    return next((name for name in names if resources.find(name) is not None), None)


def motif_of(resources: Resources, motif_id: str) -> Motif:
    """The motif of that id; `InputError` when there is none, or its drawing can't be used."""
    own = OWN_MOTIFS.get(motif_id)
    if own is not None:
        return own
    name = motif_file(resources, motif_id)
    if name is None:
        raise InputError(not_among("motif", motif_id, known=motif_ids(resources)))
    file = resources.read(name)
    return _opened(motif_id, name, file.sha256, file.data)


@lru_cache(maxsize=32)
def _opened(motif_id: str, name: str, _sha256: str, data: bytes) -> Motif:
    from dxassets.backends.motif_reader import read_motif  # noqa: PLC0415  (only where a drawing is)

    return read_motif(data, name, motif_id)


def motif_problems(resources: Resources, asked: Iterable[tuple[str, str]]) -> list[Problem]:
    """What is wrong with the motifs that are asked for, each with the place where it is named.

    There is none of that name, its drawing can't be used, or a drawing takes the name of one of our own.
    """
    problems = [
        Problem(
            f"{folder}/{motif_id}{_SUFFIX}",
            f"“{motif_id}” là tên đã dùng; hãy đặt tên khác cho tệp này",
            f"{motif_id!r} is a name that is taken; give this file another",
        )
        for folder in _FOLDERS
        for motif_id in sorted(_TAKEN)
        if resources.find(f"{folder}/{motif_id}{_SUFFIX}") is not None
    ]
    for where, motif_id in asked:
        if motif_id not in OWN_MOTIFS and motif_file(resources, motif_id) is None:
            problems.append(not_among(where, motif_id, known=motif_ids(resources)))
            continue
        try:
            motif_of(resources, motif_id)
        except InputError as error:
            problems += error.problems
    return list(dict.fromkeys(problems))
