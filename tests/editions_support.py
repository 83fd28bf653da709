"""The same site before and after a correction, built once for all tests that ask what somebody sees of it."""

from __future__ import annotations

import fcntl
import json
import re
from dataclasses import dataclass
from pathlib import Path

from dxassets.api import load_campaign
from dxassets.api.site import SITE_LIST, SiteWanted, build_site
from dxassets.renderers.site.editions import EDITION_FILE
from tests.site_support import CU_JUT, own_out, small_campaign

PRESET = "rectangle-300x250"
ONE = SiteWanted(agencies=(CU_JUT,), days=("10-10",), presets=(PRESET,))
OLD, NEW = "giải quyết", "tháo gỡ"
"""The word of the slogan that is corrected."""


@dataclass(frozen=True)
class Editions:
    """The same site before and after a correction."""

    before: Path
    after: Path

    @property
    def changed(self) -> list[str]:
        """What a copy has to bring, in its order."""
        listed = json.loads((self.after / SITE_LIST).read_text(encoding="utf-8"))["files"]
        return [path for path in [*listed, SITE_LIST] if self._new(path)]

    def _new(self, path: str) -> bool:
        old = self.before / path
        return not old.is_file() or old.read_bytes() != (self.after / path).read_bytes()


def editions_beside(site: Path) -> Editions:
    """Both editions beside the small site; whichever worker comes first builds them, the others wait."""
    folder = site.parent / "editions"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").is_file():
            _build(site, folder)
            (folder / "done").touch()
    return Editions(folder / "before", folder / "after")


def _build(site: Path, folder: Path) -> None:
    out = own_out(site, folder / "out")
    project = small_campaign(folder / "campaign")
    build_site(project, folder / "before", wanted=ONE, built=out)
    file = folder / "campaign/campaign.toml"
    text = file.read_text(encoding="utf-8")
    assert OLD in text
    file.write_text(text.replace(OLD, NEW), encoding="utf-8")
    again = load_campaign(folder / "campaign")
    assert build_site(again, folder / "after", wanted=ONE, built=out).failed == ()


def edition_of(folder: Path) -> str:
    """The number of the edition that lies in a folder."""
    found = re.search(r'"(\w+)"', (folder / EDITION_FILE).read_text(encoding="utf-8"))
    assert found is not None
    return found[1]
