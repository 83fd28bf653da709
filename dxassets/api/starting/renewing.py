"""Starts from last year's campaign: moves what moves by itself, and tells what somebody must look at again.

Texts are edited line by line, so that comments and layout stay as the office wrote them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dxassets.agencies import parse_agencies
from dxassets.api.schema import DUTIES_SCHEMA, campaign_schema, duties_schema
from dxassets.api.starting.wanted import checked_year
from dxassets.api.starting.writing import SCHEMA_FILE, new_id
from dxassets.campaign import CampaignFile, parse_campaign_file
from dxassets.country import units_of
from dxassets.dispatch import annex_names
from dxassets.dispatch.frontmatter import decode
from dxassets.duties import DUTIES_FILE
from dxassets.errors import InputError, Lang, Problem
from dxassets.resources import CAMPAIGN_FILE, bundled_root, campaign_resources, find_campaign
from dxassets.store import pretty, publish_folder
from dxassets.units import DISTRICT_RANK

TODO_FILE = "XEM-LAI.md"
"""The list of what must be looked at again; the clerk deletes it when all is done."""
_FENCE = "+++"
_BASES = re.compile(r"^(?P<verb>Thực hiện|Căn cứ|Theo)\s+(?P<base>.+)$")
_DOCUMENT = re.compile(
    r"(?:số\s+)?\d+[\w-]*/\S*?[A-ZĐ]\S*?,?\s+(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d"
    r"|\b(?:Luật|Bộ luật|Pháp lệnh|Hiến pháp)\b[^.;:]{0,80}?\bnăm\s+(?:19|20)\d\d"
)
"""A document with its date, or a law with its year: these are no dates of the campaign."""
_TOML_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LAST_WITH_DISTRICTS = 2025
_TODO_HEADS: dict[Lang, tuple[str, str]] = {
    "vi": (
        "Xem lại trước khi dùng",
        "Chuyển từ năm {old} sang năm {new}. Xem xong mục nào thì đánh dấu; xong hết thì xóa tệp này.",
    ),
    "en": (
        "To be looked at again",
        "This campaign was moved from {old} to {new}. Tick what is done, and delete this file in the end.",
    ),
}


@dataclass(frozen=True, slots=True)
class Renewed:
    """The files of the new campaign, and what must be looked at again, each with file and line."""

    files: tuple[Path, ...]
    todo: tuple[Problem, ...]


@dataclass
class _Moving:
    """One file on its way into the new year; what it turns up goes into `todo`, by line.

    `issuer` is whose letter it is, once that was read.
    """

    name: str
    old: int
    new: int
    todo: list[Problem] = field(default_factory=list[Problem])
    issuer: str = ""

    def tell(self, line: int, vi: str, en: str) -> None:
        """Note what must be looked at in that line."""
        self.todo.append(Problem(f"{self.name}:{line}", vi, en))

    def moved(self, line: str, number: int) -> str:
        """`line` with the campaign's own dates and years moved; those of documents stay, and are told."""
        kept: list[str] = []

        def keep(found: re.Match[str]) -> str:
            kept.append(found[0])
            return f"\0{len(kept) - 1}\0"

        bare = _DOCUMENT.sub(keep, line)
        year = rf"(?<![\w/.-])((?:\d{{1,2}}[/.-]){{0,2}}){self.old}(?![\w/-]|\.\d)"
        there = re.sub(year, rf"\g<1>{self.new}", bare)
        if there != bare:
            self.tell(
                number,
                f"đã chuyển năm {self.old} thành {self.new}; xem lại ngày, tháng",
                f"moved {self.old} to {self.new}; look at the dates",
            )
        for document in kept:
            self.tell(
                number,
                f"văn bản dẫn chiếu “{document}” còn hiệu lực không?",
                f"is {document!r} still in force?",
            )
        return re.sub(r"\0(\d+)\0", lambda found: kept[int(found[1])], there)


def renew_campaign(
    folder: str | Path, source: str | Path, *, year: int | None = None, lang: Lang = "vi"
) -> Renewed:
    """Start a campaign in `folder` from the one in `source` (a folder, or a bundled id), a year later.

    The list of what must be looked at again is written beside it, in `lang`. `InputError` when the old
    campaign can't be read, or `folder` is taken; nothing is written then.
    """
    target, old_folder = Path(folder), find_campaign(str(source))
    campaign_id = new_id(target)
    if target.resolve().is_relative_to(old_folder.resolve()):
        vi, en = "không tạo bên trong thư mục của chiến dịch cũ", "lies inside the old campaign's folder"
        raise InputError(Problem(str(target), vi, en))
    data = (old_folder / CAMPAIGN_FILE).read_bytes()
    file = parse_campaign_file(data, (old_folder / CAMPAIGN_FILE).as_posix())
    new_year = checked_year(file.year + 1 if year is None else year)
    texts = _edited(file, old_folder, data, campaign_id=campaign_id, year=new_year)
    files, todo = (
        {name: text for name, (text, _) in texts.items()},
        [t for _, told in texts.values() for t in told],
    )
    parse_campaign_file(files[CAMPAIGN_FILE], CAMPAIGN_FILE)  # a slip here must not be written
    for path in _others(old_folder, {*files, TODO_FILE, SCHEMA_FILE, DUTIES_SCHEMA}):
        files[path.relative_to(old_folder).as_posix()] = path.read_bytes()
    todo += _old_units(file, old_folder, new_year)
    files[SCHEMA_FILE] = pretty(campaign_schema())
    if DUTIES_FILE in files:
        files[DUTIES_SCHEMA] = pretty(duties_schema())
    files[TODO_FILE] = _todo_text(todo, file.year, new_year, lang=lang)
    return Renewed(publish_folder(target, files, last=CAMPAIGN_FILE), tuple(todo))


_Edited = dict[str, tuple[bytes, list[Problem]]]


def _edited(file: CampaignFile, folder: Path, data: bytes, *, campaign_id: str, year: int) -> _Edited:
    """Every text of the campaign as it is in the new year, by name, with what it turns up."""
    names = [name for name in (file.dispatch, "forward.md") if name and (folder / name).is_file()]
    annexes: dict[str, None] = {}
    for name in names:
        if name == file.dispatch:
            annexes |= dict.fromkeys(annex_names((folder / name).read_bytes(), name))
    edited: _Edited = {}
    moving = _Moving(CAMPAIGN_FILE, file.year, year)
    edited[CAMPAIGN_FILE] = _by_line(data, CAMPAIGN_FILE, _campaign_line(moving, campaign_id)), moving.todo
    if (folder / DUTIES_FILE).is_file():
        moving = _Moving(DUTIES_FILE, file.year, year)
        told = (folder / DUTIES_FILE).read_bytes()
        edited[DUTIES_FILE] = _by_line(told, DUTIES_FILE, _duty_line(moving)), moving.todo
    for name in names:
        moving = _Moving(name, file.year, year)
        edited[name] = _by_line((folder / name).read_bytes(), name, _letter_line(moving)), moving.todo
    for name in annexes:
        if (folder / name).is_file():
            moving = _Moving(name, file.year, year)
            edited[name] = _by_line((folder / name).read_bytes(), name, moving.moved), moving.todo
    return edited


def _by_line(data: bytes, source: str, edit: Callable[[str, int], str]) -> bytes:
    """A text edited line by line; `InputError` when it is no UTF-8."""
    problems: list[Problem] = []
    lines = decode(data, source, problems).split("\n")
    if problems:
        raise InputError(*problems)
    return "\n".join(edit(line, number) for number, line in enumerate(lines, start=1)).encode()


def _campaign_line(moving: _Moving, campaign_id: str) -> Callable[[str, int], str]:
    """How a line of `campaign.toml` is moved: its id, year, dates; addresses stay, and are told."""
    in_table = False

    def edit(line: str, number: int) -> str:
        nonlocal in_table
        in_table = in_table or line.lstrip().startswith("[")
        key = line.partition("=")[0].strip()
        if line.startswith("#:schema"):
            return f"#:schema {SCHEMA_FILE}"
        if key == "id" and not in_table:
            return f'id = "{campaign_id}"'
        if key.startswith("#") or key == "url":  # another year's address would lead elsewhere
            return line
        return _moved_value(key, line, moving, number=number)

    return edit


def _duty_line(moving: _Moving) -> Callable[[str, int], str]:
    """How a line of `duties.toml` is moved."""

    def edit(line: str, number: int) -> str:
        if line.startswith("#:schema"):
            return f"#:schema {DUTIES_SCHEMA}"
        key = line.partition("=")[0].strip()
        return line if key.startswith("#") else _moved_value(key, line, moving, number=number)

    return edit


def _moved_value(key: str, line: str, moving: _Moving, *, number: int) -> str:
    """A line of `campaign.toml` that gives `key` a value, in the new year."""
    if key == "checked_on":
        moving.tell(number, "mở thử lại liên kết, rồi sửa ngày mở thử", "open the link, then correct the day")
        return line
    if key == "text":
        moving.tell(number, "có chủ đề, khẩu hiệu mới của năm nay thì thay", "has this year a new slogan?")
    if key in {"date", "period", "first", "last"}:
        return _moved_dates(line, moving, number)
    return moving.moved(line, number)


def _moved_dates(line: str, moving: _Moving, number: int) -> str:
    """TOML's dates as many years later as the campaign is; the 29th of February becomes the 28th."""

    def later(found: re.Match[str]) -> str:
        year, month, day = (int(part) for part in found.groups())
        year += moving.new - moving.old
        try:
            return datetime.date(year, month, day).isoformat()
        except ValueError:
            return datetime.date(year, month, day - 1).isoformat()

    moving.tell(
        number, "ngày và thời gian treo khẩu hiệu đã chuyển sang năm mới", "dates moved to the new year"
    )
    return _TOML_DATE.sub(later, line)


def _letter_line(moving: _Moving) -> Callable[[str, int], str]:
    """How a line of a letter is moved: year and dates; its bases and its signer become holes."""
    fences = 0
    table = ""

    def edit(line: str, number: int) -> str:
        nonlocal fences, table
        if line.rstrip() == _FENCE:
            fences, table = fences + 1, ""
            return line
        if fences % 2 == 0:
            return _prose_line(line, number, moving)
        if line.startswith("["):
            table = line.strip().strip("[]")
        key = line.partition("=")[0].strip()
        if key.startswith("#") or key == "mentions":
            return line
        if table == "signer" and key == "name" and "{" not in line:
            moving.tell(number, "điền người ký", "fill in who signs")
            return 'name = "{nguoi-ky}"'
        if table == "issuer" and key == "name":
            moving.issuer = line.partition("=")[2].partition("#")[0].strip().strip("\"'")
        if key == "month":
            moving.tell(number, "tháng ban hành", "the month of issue")
        return moving.moved(line, number)

    return edit


def _prose_line(line: str, number: int, moving: _Moving) -> str:
    """A line of the letter's text; a base that is a dated document of another year becomes a hole."""
    found = _BASES.match(line)
    if found is None or not _DOCUMENT.search(found["base"]):
        return moving.moved(line, number)
    base, asks, rest = found["base"], f", {moving.issuer} ", ""
    if moving.issuer and asks in base:  # “Thực hiện Kế hoạch …, Sở Nội vụ đề nghị …”
        base, _, rest = base.partition(asks)
        rest = moving.moved(f"{asks}{rest}", number)
    elif base[-1] in ".;,":
        rest = base[-1]
    moving.tell(number, f"điền căn cứ của năm nay (cũ: {base})", f"fill in this year's base (old: {base})")
    return f"{found['verb']} {{can-cu}}{rest}"


def _others(folder: Path, known: set[str]) -> Iterator[Path]:
    """The campaign's other files (agencies, logos, drawings), but nothing hidden, and nothing built."""
    built = {path.parent for path in folder.rglob("manifest.json")} | {
        p.parent for p in folder.rglob("site.json")
    }
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or path.is_symlink() or not path.is_file():
            continue
        if "/".join(parts) not in known and not any(parent in built for parent in path.parents):
            yield path


def _old_units(file: CampaignFile, folder: Path, year: int) -> Iterator[Problem]:
    """A word on districts in the list of a year that has none."""
    if file.agencies is None or year <= _LAST_WITH_DISTRICTS:
        return
    units = units_of(campaign_resources(bundled_root() / "campaigns"))
    offices = parse_agencies((folder / file.agencies).read_bytes(), file.agencies)
    if any(units.rank(office.level) == DISTRICT_RANK for office in offices):
        yield Problem(
            f"{file.agencies}:1",
            "danh sách còn huyện; từ 01/7/2025 không còn cấp huyện, tỉnh và xã đã sắp xếp lại: nên tạo mới "
            "bằng dxassets init --province",
            "holds districts, which ended on 1 July 2025, when provinces and communes were merged: better "
            "start anew, by dxassets init --province",
        )


def _todo_text(todo: list[Problem], old: int, new: int, *, lang: Lang) -> bytes:
    """The list as a file, with a box to tick for each."""
    title, about = _TODO_HEADS[lang]
    lines = "".join(f"- [ ] {problem.line(lang)}\n" for problem in todo)
    return f"# {title}\n\n{about.format(old=old, new=new)}\n\n{lines}".encode()
