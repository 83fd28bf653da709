"""The list of a site's files: by it a later build knows its own, and what was published is compared.

The list is the last file that is written, as the pages are the last before it. While the others are written,
a list of the same form stands beside it, so that a site that was stopped half-way is known as ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from dxassets.errors import InputError, Problem
from dxassets.renderers.site.editions import in_order

SITE_LIST = "site.json"
UNDER_WAY = "site.part.json"
"""The list of a site that is being written: what there was, and what will be."""
_FORMATS = (1, 2)


@dataclass(frozen=True, slots=True)
class SiteList:
    """A site's files: their SHA-256 by path, in the order in which they are copied; "" where unknown."""

    campaign: str
    digests: Mapping[str, str] = field(default_factory=dict[str, str])

    def to_json(self) -> bytes:
        """The list as it is written."""
        files = {path: self.digests[path] for path in in_order(self.digests)}
        told = {"format": _FORMATS[-1], "campaign": self.campaign, "files": files}
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def parse_list(data: bytes) -> SiteList:
    """The list that `data` is; `ValueError` when it is none. Lists of format 1 know no digests."""
    told: Any = json.loads(data)
    if not isinstance(told, dict):
        raise ValueError("no list of a site")  # noqa: TRY004  (one kind of error for whoever reads a stranger's file)
    found = cast("dict[str, Any]", told)
    if found.get("format") not in _FORMATS:
        raise ValueError("no list of a site")
    files: Any = found.get("files")
    if isinstance(files, list):
        files = dict.fromkeys(cast("list[Any]", files), "")
    if not isinstance(files, dict):
        raise ValueError("no list of files")  # noqa: TRY004
    pairs = cast("dict[Any, Any]", files)
    return SiteList(str(found.get("campaign", "")), {str(path): str(sha) for path, sha in pairs.items()})


def own_files(folder: Path) -> set[str]:
    """The files of the site that lies in `folder`; `InputError` when something else lies there."""
    found = [listed for name in (SITE_LIST, UNDER_WAY) if (listed := _read(folder / name)) is not None]
    if found or not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return {path for listed in found for path in listed.digests}
    raise InputError(
        Problem(
            str(folder),
            "đã có thứ khác ở đây; hãy chọn một thư mục mới hoặc còn trống cho trang web bằng --out",
            "holds something else; choose a new or empty folder for the site with --out",
        )
    )


def _read(file: Path) -> SiteList | None:
    try:
        return parse_list(file.read_bytes())
    except (OSError, ValueError):
        return None


def all_names(*lists: Iterable[str]) -> dict[str, str]:
    """Paths of several lists, without digests."""
    return dict.fromkeys((path for paths in lists for path in paths), "")
