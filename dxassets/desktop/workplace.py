"""The folder that the start page works in: its campaigns, where results go, nothing outside."""

from __future__ import annotations

import re
import secrets
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dxassets.desktop.wording import in_page_words
from dxassets.errors import InputError, OutputError, Problem
from dxassets.file_names import file_part
from dxassets.foreign import output_error
from dxassets.resources import CAMPAIGN_FILE, bundled_campaigns, find_campaign, holds_campaign
from dxassets.vietnamese import clean

RESULTS = "ket-qua"
ASIDE = ".dxassets-tam"
"""Where dropped files lie while they are worked on; taken away afterwards, and at the next start."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
"""What Windows takes in no name."""
_LONGEST_FILE_NAME = 100
_KEPT_ENDING = 12


@dataclass(frozen=True, slots=True)
class CampaignChoice:
    """A campaign that can be chosen: one of the folder's own, or a bundled one."""

    key: str
    title: str
    folder: Path
    own: bool


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder of campaigns. Everything that is written lies below it."""

    folder: Path

    def ready(self) -> None:
        """Make the folder, and try whether it can be written; `OutputError` when not."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self.folder / ASIDE, ignore_errors=True)
            tried = self.folder / f".{secrets.token_hex(6)}.part"
            tried.touch()
            tried.unlink()
        except OSError as error:
            told = output_error(self.folder, error).problems
            raise OutputError(*map(in_page_words, told)) from error

    @property
    def results(self) -> Path:
        """Where everything goes that is made."""
        return self.folder / RESULTS

    def campaigns(self) -> list[CampaignChoice]:
        """The folder's own campaigns, then the bundled ones."""
        own = [
            CampaignChoice(f"own:{path.name}", _title(path), path, own=True)
            for path in sorted(self._folders())
            if holds_campaign(path)
        ]
        folders = ((name, find_campaign(name)) for name in bundled_campaigns())
        return [
            *own,
            *(
                CampaignChoice(f"bundled:{name}", _title(folder), folder, own=False)
                for name, folder in folders
            ),
        ]

    def _folders(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from (path for path in self.folder.iterdir() if not path.name.startswith("."))

    def called(self, key: str) -> CampaignChoice:
        """The campaign of that key; `InputError` when it is not there any more."""
        for each in self.campaigns():
            if each.key == key:
                return each
        raise InputError(
            Problem(
                key.partition(":")[2],
                "không còn chiến dịch này; hãy chọn lại",
                "this campaign is not there any more; choose again",
            )
        )

    def new_folder(self, name: str) -> Path:
        """Where a new campaign of that name goes: right below the folder."""
        return self.folder / safe_name(name)

    def aside(self) -> Path:
        """A new folder for dropped files."""
        path = self.folder / ASIDE / secrets.token_hex(8)
        try:
            path.mkdir(parents=True)
        except OSError as error:
            raise output_error(path, error) from error
        return path

    def forget(self, path: Path) -> None:
        """Take dropped files away again: they are people's photos and letters."""
        shutil.rmtree(path, ignore_errors=True)
        with suppress(OSError):
            (self.folder / ASIDE).rmdir()

    def result(self, path: str) -> Path | None:
        """A file among the results by its relative path, None when it is none of them."""
        root = self.results.resolve()
        with suppress(OSError, ValueError):
            found = root.joinpath(*path.split("/")).resolve()
            if found.is_dir():
                found /= "index.html"
            if found.is_relative_to(root) and found.is_file():
                return found
        return None


def safe_name(name: str) -> str:
    """A name that every system takes, from one that somebody gave; never empty, never a path."""
    plain = _FORBIDDEN.sub("_", clean(name.replace("\\", "/").rpartition("/")[2])).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if len(ending) > _KEPT_ENDING or not stem:
        stem, dot, ending = plain, "", ""
    stem = stem[: _LONGEST_FILE_NAME - len(ending)].strip(" .") or "tep"
    kept = f"{stem}_" if file_part(stem.lower()) != stem.lower() else stem
    return f"{kept}{dot}{ending}"


def _title(folder: Path) -> str:
    """What the campaign calls itself, its folder's name where that can't be read."""
    try:
        title = tomllib.loads((folder / CAMPAIGN_FILE).read_text(encoding="utf-8-sig")).get("title", "")
    except (OSError, ValueError):
        title = ""
    return title if isinstance(title, str) and title else folder.name
