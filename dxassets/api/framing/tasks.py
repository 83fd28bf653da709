"""Which result each photo gets: a name once given stays, and nothing that is not ours is written over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dxassets.api.framing.collecting import Collected, Source
from dxassets.api.framing.corrections import Corrections
from dxassets.api.framing.looking import entries_of, real
from dxassets.api.framing.naming import assign_names, safe_stem, tail_of
from dxassets.api.framing.records import Ledger
from dxassets.api.framing.wanted import DrawnFrame
from dxassets.errors import PhotoError
from dxassets.framing import Placement
from dxassets.runners.photos import PhotoTask, read_photo_file, result_key


def named_tasks(
    found: Collected, frame: DrawnFrame, ledger: Ledger, *, corrections: Corrections | None = None
) -> list[PhotoTask]:
    """A task for each photo; the names are promised in the ledger, and what was put by hand is noted."""
    folder = ledger.folder
    tail = tail_of(frame.day, frame.kit.file_format, variant=frame.variant)
    ids = [ledger.id_of(source.path) for source in found.photos]
    known = _known(found.photos, ids, ledger, tail=tail, seal=frame.kit.seal)
    mine = {known[photo] for photo in ids if photo in known}
    others = {name for name in ledger.records.keys() - mine if ledger.is_held(name)}
    strange = entries_of(folder) - ledger.records.keys()
    names = assign_names(
        [(photo, source.path.stem) for photo, source in zip(ids, found.photos, strict=True)],
        tail=tail,
        known=known,
        taken={*others, *strange, *inputs_in(folder, found)},
    )
    for name, photo in zip(names, ids, strict=True):
        ledger.promise(name, photo)
    return [
        PhotoTask(source.path, source.shown, folder, name, _put(source, name, frame, ledger, corrections))
        for source, name in zip(found.photos, names, strict=True)
    ]


def _put(
    source: Source, name: str, frame: DrawnFrame, ledger: Ledger, corrections: Corrections | None
) -> Placement | None:
    """Where somebody has put a photo: as this file says, or an earlier one, unless all are placed anew."""
    given = None if corrections is None else corrections.of(name)
    if given is None:
        return None if frame.is_placed else ledger.correction_of(name, source.path)
    try:
        ledger.correct(name, given, read_photo_file(source.path, source.shown))
    except PhotoError:  # it is told when it is its turn
        return None
    return given


def inputs_in(folder: Path, found: Collected) -> set[str]:
    """The names of photos that lie in the output folder itself: nothing may be written over them."""
    here = real(folder)
    return {source.path.name for source in found.photos if real(source.path.parent) == here}


def _known(
    sources: Sequence[Source], ids: Sequence[str], ledger: Ledger, *, tail: str, seal: str
) -> Mapping[str, str]:
    """The name of each photo's result, by the photo's id, as far as it has one.

    A photo that was moved or renamed is known by its bytes; it keeps its result.
    """
    known, orphans = dict(ledger.names(tail)), ledger.orphans(tail)
    for source, photo in zip(sources, ids, strict=True):
        if photo in known or not orphans:
            continue
        try:
            key = result_key(seal, read_photo_file(source.path, source.shown))
        except PhotoError:  # it is told when it is its turn
            continue
        names = orphans.get(key)
        if names:
            stem = safe_stem(source.path.stem)  # of equal photos each takes its own, where that can be told
            name = min(names, key=lambda each: not each.startswith(stem))
            names.remove(name)
            ledger.adopt(name, photo)
            known[photo] = name
    return known
