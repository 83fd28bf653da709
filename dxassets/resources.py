"""Finds templates, brand and campaigns, and gives bytes with their digest. Renders nothing.

The rule, and the only place that knows it: the campaign's own folder first (its
`agencies.csv` and `dispatch.md` lie there), then the user's project folder, the
bundled copy last. The project folder of a campaign is the nearest folder at or
above it that holds `brand/` or `templates/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from dxassets.digest import digest
from dxassets.errors import InputError, Problem
from dxassets.foreign import os_error

CAMPAIGN_FILE = "campaign.toml"
BRAND_FILE = "brand/brand.toml"
PRESETS_FILE = "templates/presets.toml"
UNITS_FILE = "campaigns/units.toml"
OWN_UNITS_FILE = "units.toml"
"""A campaign that calls its units otherwise has this beside its `campaign.toml`."""
GIVEN_LOGO = "given/logo"
"""The name of the logo that a command gave, wherever its file lies."""
GIVEN_SCENE = "given/scene"
"""The photo or drawing behind banners, given with ``--scene``."""
GIVEN_TEXT = "given/text.docx"
"""A letter's text as a Word file, given with ``--text``."""
_PACKAGE = Path(__file__).resolve().parent


def bundled_root() -> Path:
    """The folder with the bundled `templates/`, `brand/` and `campaigns/`.

    In a wheel they lie inside the package, in a checkout beside it.
    """
    inside = _PACKAGE / "_bundled"
    return inside if inside.is_dir() else _PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Resource:
    """One file: the name it was asked by, its bytes, and their SHA-256."""

    name: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Resources:
    """Files by name (such as ``brand/brand.toml``), looked up along `roots`; cheap to pickle.

    `given` are single files from anywhere, each under a name of its own.
    """

    roots: tuple[Path, ...]
    given: tuple[tuple[str, Path], ...] = ()

    def find(self, name: str) -> Path | None:
        """Where `name` lies, or None; a name that leads out of the roots lies nowhere."""
        for given, file in self.given:
            if given == name:
                return file if file.is_file() else None
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
            return None
        return next((root / name for root in self.roots if (root / name).is_file()), None)

    def read(self, name: str) -> Resource:
        """The file of that name; `InputError` when no root has it or it can't be read."""
        path = self.find(name)
        if path is None:
            raise InputError(Problem(name, "không tìm thấy tệp này", "no such file"))
        return _read(path, name, path.stat().st_mtime_ns)

    def data(self, name: str) -> bytes | None:
        """The bytes of the file of that name; None when there is none, `InputError` when it can't be read."""
        return None if self.find(name) is None else self.read(name).data

    def names(self, folder: str, suffix: str) -> list[str]:
        """The names of all files with that suffix below `folder`, of every root, sorted."""
        return sorted({name for root in self.roots for name in _names(root, folder, suffix)})


@dataclass(frozen=True, slots=True)
class PinnedResources(Resources):
    """Resources whose files must be those that a plan was made with: `pins` are their names and SHA-256.

    With `held`, a folder that keeps files by their digest, they are found there and nowhere else, on whatever
    machine this is. `version` tells two plans apart; how many of a plan's pins are at hand does not.
    """

    version: str = ""
    pins: Mapping[str, str] = field(default_factory=dict[str, str], compare=False, repr=False)
    held: Path | None = None

    def find(self, name: str) -> Path | None:
        """Where `name` lies, or None."""
        if self.held is None:
            return Resources.find(self, name)
        if name not in self.pins:
            return None
        file = self.held / self.pins[name]
        if (
            not file.is_file()
        ):  # swept since it was sent; the campaign has it, so it must not be taken for absent
            raise InputError(Problem(name, *_SWEPT))
        return file

    def read(self, name: str) -> Resource:
        """The file of that name; `InputError` when it is not what the plan was made with."""
        found = Resources.read(self, name)
        if found.sha256 != self.pins.get(name, found.sha256):
            if self.held is not None:
                (self.held / self.pins[name]).unlink(missing_ok=True)  # damaged: the next task gets it anew
            raise InputError(Problem(name, *_UNLIKE_PLAN))
        return found

    def names(self, folder: str, suffix: str) -> list[str]:
        """The names of all files with that suffix below `folder`, sorted."""
        if self.held is None:
            return Resources.names(self, folder, suffix)
        return sorted(name for name in self.pins if name.startswith(f"{folder}/") and name.endswith(suffix))


_SWEPT = (
    "bản giữ trên máy này vừa bị xóa; hãy chạy lại",
    "was taken away from what this machine keeps; run again",
)
_UNLIKE_PLAN = (
    (
        "không giống tệp mà lượt dựng đã đọc khi lập kế hoạch (tệp vừa bị sửa, hoặc máy này có bản khác); "
        "hãy cho các máy cùng một bản, rồi chạy lại"
    ),
    (
        "is not the file that this build was planned with (just edited, or another copy on this machine); "
        "give all machines the same one, and run again"
    ),
)


def called(name: str) -> str:
    """What people call a resource: its name, or the option that gave it."""
    return {GIVEN_LOGO: "--logo", GIVEN_SCENE: "--scene", GIVEN_TEXT: "--text"}.get(name, name)


def _names(root: Path, folder: str, suffix: str) -> Iterator[str]:
    """Names relative to `root` of the files below one folder."""
    return (
        path.relative_to(root).as_posix() for path in (root / folder).rglob(f"*{suffix}") if path.is_file()
    )


@cache
def _read(path: Path, name: str, _changed: int) -> Resource:
    """The file, read once for each time of change."""
    try:
        data = path.read_bytes()
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(path), f"không đọc được: {vi}", f"can't be read: {en}")) from error
    return Resource(name, data, digest(data))


def campaign_resources(campaign_folder: Path) -> Resources:
    """The roots for a campaign: its own folder, its project folder if it has one, then the bundled copy."""
    bundled = bundled_root()
    folder = campaign_folder.resolve()
    project = [
        candidate
        for candidate in (folder, *folder.parents[:3])
        if any((candidate / name).is_dir() for name in ("brand", "templates"))
    ]
    return Resources(tuple(dict.fromkeys([folder, *project[:1], bundled])))


def example_campaign() -> str:
    """The id of the bundled campaign that commands take when none is named."""
    return (bundled_root() / "campaigns/example.txt").read_text(encoding="utf-8").strip()


def bundled_campaigns() -> list[str]:
    """The ids of the bundled campaigns."""
    return sorted(path.parent.name for path in (bundled_root() / "campaigns").glob(f"*/{CAMPAIGN_FILE}"))


def holds_campaign(folder: Path) -> bool:
    """Whether a folder is a campaign's, as far as one may know; no name is too long or too strange to ask."""
    try:
        return (folder / CAMPAIGN_FILE).is_file()
    except (OSError, ValueError):
        return False


def find_campaign(name: str) -> Path:
    """The folder of a campaign given as a folder, a campaign.toml, or the id of a bundled campaign.

    `InputError` when there is none, with the ids that are there.
    """
    given = Path(name)
    for candidate in (given, given.parent if given.name == CAMPAIGN_FILE else given):
        if holds_campaign(candidate):
            return candidate
    if name in bundled_campaigns():
        return bundled_root() / "campaigns" / name
    known = ", ".join(bundled_campaigns())
    raise InputError(
        Problem(
            name,
            f"không có campaign.toml ở đây; chiến dịch có sẵn: {known}; tạo mới bằng: dxassets init {name}",
            f"holds no campaign.toml; bundled campaigns: {known}; start one with: dxassets init {name}",
        )
    )
