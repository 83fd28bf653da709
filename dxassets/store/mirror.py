"""A folder that shows files which lie elsewhere: linked where the disk can, copied where not."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from dxassets.foreign import output_error
from dxassets.store.files import make_parents, place_in


def mirror(folder: Path, path: str, source: Path) -> None:
    """Let `path` below `folder` be the file `source`: one file with two names, or a copy of it.

    The writers of this package never change a file in place, so that what one name shows
    stays as it is when the other is written anew. `OutputError` when it can't be done.
    """
    target = place_in(folder, path)
    try:
        if target.exists() and target.samefile(source):
            return
        make_parents(folder, target)
        target.unlink(missing_ok=True)
        try:
            os.link(source, target)
        except OSError:  # another disk, or one that knows no links
            try:
                shutil.copyfile(source, target)
            except OSError:
                with suppress(OSError):
                    target.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise output_error(target, error) from error
