"""The approval sheet, for a leader: every banner and frame of a built folder on a few pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, get_args

from dxassets import notation
from dxassets.api.building import output_folder
from dxassets.api.single import suffix_of
from dxassets.backends import rasterizer
from dxassets.backends.pdf_reader import page_sizes, page_to_pixels
from dxassets.digest import digest
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.jobs import HALF_MADE
from dxassets.kinds.registry import all_kinds, kind_of, known_kinds
from dxassets.models import not_among
from dxassets.project import Project
from dxassets.renderers import sheet
from dxassets.renderers.faces import shaper_of
from dxassets.store import AssetSize, Manifest, Record, place_in, preview_path, publish, read_manifest

By = Literal["theme", "preset", "day", "agency"]
WAYS: tuple[By, ...] = get_args(By)
SheetFormat = Literal["png", "pdf"]
SHEET_FORMATS: tuple[SheetFormat, ...] = get_args(SheetFormat)
MOST_PICTURES = 1500
PNG_DENSITY, PDF_DENSITY = 1.25, 1.6
TALLEST_PNG = 12_000.0
"""Px of a page; what is longer goes on in a second file."""
_PAGE_MM = (297.0, 420.0)
_BY_WORDS: dict[By, str] = {
    "theme": "theo kiểu trình bày",
    "preset": "theo cỡ ảnh",
    "day": "theo ngày",
    "agency": "theo cơ quan",
}
KeyT = TypeVar("KeyT")
_PDF, _SVG = "application/pdf", "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Shown:
    """Which assets a sheet shows: ids, and nothing where all are meant."""

    themes: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def has(self, record: Record) -> bool:
        """Whether the sheet shows that asset; debug pictures, and what is half made, never."""
        pairs = (
            (self.themes, record.theme),
            (self.presets, record.preset),
            (self.days, record.day),
            (self.agencies, record.agency),
        )
        chosen = all(not ids or value in ids for ids, value in pairs)
        shown = record.kind in (self.kinds or _pictured()) and record.size is not None
        return chosen and shown and not {"debug", HALF_MADE} & dict(record.notes).keys()


EVERYTHING = Shown()


def _pictured() -> list[str]:
    """The kinds that a sheet shows, in their order."""
    return [kind.id for kind in all_kinds().values() if kind.counted is not None]


def make_sheet(
    project: Project,
    file: str | Path,
    *,
    built: str | Path = "output",
    by: str = "theme",
    shown: Shown = EVERYTHING,
    file_format: SheetFormat | None = None,
) -> tuple[Path, ...]:
    """The approval sheet of a built campaign, as PNG or PDF by the suffix of `file` if not given; its files.

    A PNG that would grow too tall goes on in ``-2``, ``-3`` … `InputError` when
    nothing was built, nothing is left to show, or it is too much for one sheet.
    """
    target = Path(file)
    chosen: SheetFormat = file_format or suffix_of(file, SHEET_FORMATS)
    documents = sheet_documents(project, chosen, built=built, by=by, shown=shown)
    return tuple(
        publish(target.parent, target.name if at == 1 else f"{target.stem}-{at}{target.suffix}", data)
        for at, data in enumerate(documents, 1)
    )


def sheet_documents(
    project: Project,
    file_format: SheetFormat,
    *,
    built: str | Path = "output",
    by: str = "theme",
    shown: Shown = EVERYTHING,
) -> Iterator[bytes]:
    """The files of an approval sheet (see `make_sheet`), one after the other."""
    if file_format == "pdf":
        from dxassets.backends.pages import svgs_to_pdf  # noqa: PLC0415  (WeasyPrint is slow to load)

        pages = sheet_pages(project, built=built, by=by, shown=shown, page_height=sheet.PAGE_HEIGHT)
        drawings = [sheet.page_to_svg(_full(page), PDF_DENSITY) for page in pages]
        yield svgs_to_pdf(drawings, *_PAGE_MM, title=project.campaign.title)
        return
    for page in sheet_pages(project, built=built, by=by, shown=shown, page_height=TALLEST_PNG):
        encoded = rasterizer.encode_pixels(sheet.page_to_pixels(page, PNG_DENSITY), "png", None)
        yield encoded.data if encoded is not None else b""


def _full(page: sheet.SheetPage) -> sheet.SheetPage:
    """A page of a PDF, all of one height."""
    return sheet.SheetPage(sheet.PAGE_HEIGHT, page.shapes, page.pictures)


def sheet_pages(
    project: Project, *, built: str | Path, by: str, shown: Shown, page_height: float
) -> list[sheet.SheetPage]:
    """The pages of a sheet, laid out."""
    way = _way(by)
    folder = output_folder(project, built)
    manifest = read_manifest(folder, only=set(map(file_part, shown.agencies)) or None)
    if manifest is None:
        raise InputError(
            Problem(
                str(folder),
                "chưa dựng gì ở đây; hãy chạy dxassets build trước",
                "nothing was built here; run dxassets build first",
            )
        )
    records = [record for record in manifest.assets if shown.has(record)]
    _check_count(records)
    desk = _SheetTiles(project, folder, way, len({record.agency for record in records}) > 1)
    groups = desk.groups(records)
    return sheet.lay_out(
        manifest.campaign.title,
        _subtitle(manifest, records, way),
        groups,
        shaper=shaper_of(project.resources),
        page_height=page_height,
    )


def _way(by: str) -> By:
    for way in WAYS:
        if way == by:
            return way
    raise InputError(not_among("--by", by, known=WAYS))


def _check_count(records: Sequence[Record]) -> None:
    if not records:
        raise InputError(
            Problem(
                "sheet",
                "không có banner hay khung ảnh nào khớp; hãy dựng thêm hoặc bỏ bớt điều kiện",
                "no banner or frame matches; build some, or ask for fewer conditions",
            )
        )
    if len(records) > MOST_PICTURES:
        raise InputError(
            Problem(
                "sheet",
                f"{len(records)} ảnh là quá nhiều cho một bản duyệt (tối đa {MOST_PICTURES}); "
                "hãy thêm --agency, --theme, --day hoặc --preset",
                f"{len(records)} pictures are too many for one sheet (at most {MOST_PICTURES}); "
                "add --agency, --theme, --day or --preset",
            )
        )


def _subtitle(manifest: Manifest, records: Sequence[Record], way: By) -> str:
    return f"Bản duyệt {_BY_WORDS[way]}  ·  {_counted(records)}  ·  {manifest.campaign.id}"


def _counted(records: Sequence[Record]) -> str:
    counts = Counter(record.kind for record in records)
    return ", ".join(f"{counts[kind.id]} {kind.counted or kind.titles[0]}" for kind in known_kinds(counts))


@dataclass(frozen=True, slots=True)
class _SheetTiles:
    """What every tile of one sheet shares."""

    project: Project
    folder: Path
    way: By
    many_agencies: bool

    def groups(self, records: Sequence[Record]) -> list[sheet.TileGroup]:
        """Records by the chosen key, in the campaign's, the brand's and the presets' own order."""
        keys = _seen(self._key(record) for record in sorted(records, key=self._order))
        made: list[sheet.TileGroup] = []
        for key in keys:
            mine = sorted((each for each in records if self._key(each) == key), key=self._order)
            parts = _seen(self._part(each) for each in mine)
            made.append(
                sheet.TileGroup(
                    self._title(mine[0]),
                    _counted(mine),
                    tuple(
                        tuple(self._tile(each) for each in mine if self._part(each) == part) for part in parts
                    ),
                )
            )
        return made

    def _part(self, record: Record) -> tuple[str, str | None]:
        return record.kind, record.day if self.way != "preset" else None

    def _key(self, record: Record) -> str:
        found: str | None = getattr(record, self.way)
        return found or ""

    def _order(self, record: Record) -> tuple[str, int, int, int, int, str, str]:
        """Kind, then the group's own key, then all others."""
        days = [day.id for day in self.project.campaign.days]
        themes = [theme.id for theme in self.project.brand.every_theme]
        presets = [preset.id for preset in self.project.presets.presets]
        places = {
            "day": _place(days, record.day),
            "theme": _place(themes, record.theme),
            "preset": _place(presets, record.preset),
        }
        first = record.agency if self.way == "agency" else places[self.way]
        kind = _place(list(all_kinds()), record.kind)
        day, theme, preset = places["day"], places["theme"], places["preset"]
        return str(first).rjust(4, "0"), kind, day, theme, preset, record.agency, record.path

    def _title(self, record: Record) -> str:
        """A group's title."""
        if self.way == "preset":
            return f"{self._form(record)}  ·  {record.preset}"
        return {"theme": self._theme, "day": self._day, "agency": self._agency}[self.way](record)

    def _form(self, record: Record) -> str:
        return kind_of(record.kind).form(record, self.project)

    def _theme(self, record: Record) -> str:
        theme = self.project.brand.theme(record.theme or "")
        return theme.title.vi if theme is not None else record.theme or ""

    def _day(self, record: Record) -> str:
        named = {
            day.id: f"{day.mark}  ·  {day.name}" if day.mark else day.name
            for day in self.project.campaign.days
        }
        return named.get(record.day or "", record.day or "")

    def _agency(self, record: Record) -> str:
        office = self.project.campaign.office(record.agency)
        return office.name if office is not None else record.agency

    def _tile(self, record: Record) -> sheet.Tile:
        """The thumbnail with name, size and what the gates found."""
        labels = {day.id: day.label for day in self.project.campaign.days}
        said = {
            "preset": self._form(record),
            "theme": self._theme(record),
            "day": labels.get(record.day or "", ""),
            "agency": self._agency(record) if self.many_agencies else "",
        }
        said.pop(self.way)
        name, *rest = [text for text in said.values() if text]
        data = self._read(record)
        picture = None if data is None else self._picture(data, record)
        aspect = _measures(record).width / _measures(record).height if picture is None else _aspect(picture)
        notes = (sheet.Note(" · ".join([*rest, _size(record)])), self._gates(record, data))
        return sheet.Tile(name, notes, aspect, _widest(record), picture)

    def _picture(self, data: bytes, record: Record) -> rasterizer.Pixels | None:
        """The thumbnail; of a film the preview that was made with it."""
        if not record.media_type.startswith("video/"):
            return _thumbnail(data, record, self._bleed(record))
        preview = place_in(self.folder, preview_path(record.sha256))
        return sheet.on_ground(rasterizer.read_pixels(preview.read_bytes())) if preview.is_file() else None

    def _bleed(self, record: Record) -> float:
        """Bleed of a page, as a share of its width."""
        preset = self.project.presets.preset(record.preset or "")
        if preset is None or record.media_type != _PDF:
            return 0.0
        return preset.bleed / (preset.width + 2 * preset.bleed)

    def _read(self, record: Record) -> bytes | None:
        file = place_in(self.folder, record.path)
        return file.read_bytes() if file.is_file() else None

    def _gates(self, record: Record, data: bytes | None) -> sheet.Note:
        """What was measured when the asset was made, and whether the file is still that asset."""
        if data is None:
            return sheet.Note("Thiếu tệp", sheet.BAD)
        if digest(data) != record.sha256:
            return sheet.Note("Tệp đã bị sửa, khác bản kê", sheet.BAD)
        told: list[str] = []
        if record.least_contrast is not None:
            told.append(f"Tương phản {notation.number(record.least_contrast, 'vi', places=1)}:1")
        if record.codes:
            told.append("QR\u00a0đọc\u00a0được")
        preset = self.project.presets.preset(record.preset or "")
        limit = preset.max_bytes if preset is not None and _measures(record).unit == "px" else None
        within = f"\u00a0/\u00a0{notation.weight(limit, 'vi')}" if limit is not None else ""
        over = limit is not None and record.bytes > limit * (2 if "@2x" in record.path else 1)
        told.append(f"{notation.weight(record.bytes, 'vi')}{within}")
        return sheet.Note(" · ".join(told), sheet.BAD if over else sheet.GOOD)


def _measures(record: Record) -> AssetSize:
    """A picture's size; only what has one is on a sheet."""
    return record.size or AssetSize(1, 1, "px")


def _place(known: list[str], name: str | None) -> int:
    return known.index(name) if name in known else len(known)


def _seen(keys: Iterable[KeyT]) -> list[KeyT]:
    return list(dict.fromkeys(keys))


def _aspect(picture: rasterizer.Pixels) -> float:
    return picture.shape[1] / picture.shape[0]


def _thumbnail(data: bytes, record: Record, bleed: float) -> rasterizer.Pixels:
    """The finished file, small; a page without its bleed."""
    size = _measures(record)
    width, height = size.width, size.height
    box = sheet.picture_box(width / height, _widest(record))
    wanted = round(box.width * PDF_DENSITY)
    if record.media_type == _PDF:
        page = page_sizes(data)[0]
        pixels = page_to_pixels(data, 0, px_per_mm=wanted / (page.width * (1 - 2 * bleed)))
        cut = round(bleed * pixels.shape[1])
        return pixels[cut : pixels.shape[0] - cut, cut : pixels.shape[1] - cut]
    if record.media_type == _SVG:
        pixels = sheet.on_ground(rasterizer.svg_to_pixels(data.decode(), alpha=True))
    else:
        pixels = sheet.on_ground(rasterizer.read_pixels(data))
    if pixels.shape[1] <= wanted:
        return pixels
    return rasterizer.resized(pixels, wanted, max(1, round(wanted * height / width)))


def _widest(record: Record) -> float:
    """No picture is shown larger than it is; paper has no size in px."""
    size = _measures(record)
    return float(size.width) if size.unit == "px" else float("inf")


def _size(record: Record) -> str:
    size = _measures(record)
    name, _, suffix = record.path.rpartition("/")[2].rpartition(".")
    told = notation.extent(size.width, size.height, size.unit, "vi")
    scale = "\u00a0(1:10)" if size.unit == "mm" and name.endswith("-1-10") else ""
    return f"{told}{scale} · {suffix.upper()}"
