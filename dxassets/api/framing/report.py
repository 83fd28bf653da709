"""What became of each photo: for a program as JSON, for a clerk as a table that Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dxassets.api.showing import run_to_html
from dxassets.backends.raw_files import is_called_raw
from dxassets.errors import Lang, Problem
from dxassets.notation import measure
from dxassets.runners.photos import BLURRED, Found, FramedFile

Status = Literal["made", "current", "failed"]
Words = tuple[str, str]
"""In Vietnamese and in English."""
_STATUS: dict[Status, Words] = {
    "made": ("đã làm", "made"),
    "current": ("còn nguyên", "up to date"),
    "failed": ("hỏng", "failed"),
}
_IGNORED: Words = ("bỏ qua", "left aside")
_FOUND: dict[Found, Words] = {
    "face": ("khuôn mặt", "face"),
    "subject": ("chủ thể", "subject"),
    "third": ("không thấy khuôn mặt: lấy một phần ba trên", "no face found: the upper third"),
    "middle": ("không thấy khuôn mặt: lấy giữa ảnh", "no face found: the middle"),
    "center": ("giữa ảnh", "the middle"),
    "point": ("điểm tự chọn", "the point that was chosen"),
    "corrected": ("sửa tay", "put by hand"),
}
COLUMNS: dict[Lang, tuple[str, ...]] = {
    "vi": ("Tệp gốc", "Kết quả", "Trạng thái", "Canh theo", "Tâm ảnh", "Ghi chú", "Số khuôn mặt", "Độ chắc"),
    "en": ("Photo", "Result", "Status", "Placed by", "Focus", "Notes", "Faces", "Sure"),
}
_FORMULA = tuple("=+-@\t\r")
TURNED = (
    "ảnh không ghi chiều, đã được xoay {degrees}° theo khuôn mặt; nếu sai, làm lại với --no-turn",
    "doesn't say how it lies and was turned by {degrees}°, as its faces are; if that is wrong, use --no-turn",
)
LATER_FRAME = (
    "ảnh động có khung hình đầu trống, nên đã lấy khung hình thứ {frame}",
    "moves, and its first frame is empty, so frame {frame} was taken",
)
NO_END = (
    "tệp thiếu dấu kết thúc, nhưng ảnh còn đủ và đã được ghép; nên xin lại ảnh gốc",
    "lacks its end marker, but the picture is whole and was framed; better ask for the original",
)
SOFT = (
    "ảnh nhỏ hơn khung nên sẽ hơi mờ; nên dùng ảnh lớn hơn",
    "is smaller than the frame, so it will look soft; use a larger photo",
)


@dataclass(frozen=True, slots=True)
class FramedPhoto:
    """One photo and what became of it. `photo` is how the user would call it; `result` the file made."""

    photo: str
    status: Status
    result: Path | None = None
    framed: FramedFile | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def how(self) -> str:
        """What decided where the photo lies, in Vietnamese."""
        return self.how_in("vi")

    def how_in(self, lang: Lang) -> str:
        """What decided where the photo lies."""
        return "" if self.framed is None else _in(lang, _FOUND[self.framed.found])

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is wrong, or what deserves a look."""
        framed, told = self.framed, list(self.problems)
        if framed is not None and framed.turned:
            vi, en = (words.format(degrees=framed.turned) for words in TURNED)
            told.append(Problem(self.photo, vi, en))
        if framed is not None and framed.frame > 1:
            vi, en = (words.format(frame=framed.frame) for words in LATER_FRAME)
            told.append(Problem(self.photo, vi, en))
        if framed is not None and not framed.ended:
            told.append(Problem(self.photo, *NO_END))
        if framed is not None and framed.scale > BLURRED:
            told.append(Problem(self.photo, *SOFT))
        return tuple(told)

    @property
    def doubt(self) -> float:
        """How much it deserves a look, 0 to 1: most where no face was found, then by how sure the face is."""
        framed = self.framed
        if framed is None:
            return 1.0
        if framed.found in {"corrected", "point", "center"}:
            return 0.0
        if framed.sure is None:
            return 0.8 if framed.found == "subject" else 0.9
        doubt = min(1.0, (1.0 - framed.sure) / _UNSURE) * 0.5
        return max(doubt, 0.55 if framed.turned else 0.0, 0.3 if framed.faces > 1 else 0.0)


_UNSURE = 0.25
"""How far a score lies below 1 where it says least; nothing below is taken for a face."""


@dataclass(frozen=True, slots=True)
class FramesReport:
    """What a run did. `ignored` are files in the folders that are no photos; `table` is ``frames.csv``.

    A folder that could not be opened counts as a photo that failed. `notes` say what the frame itself
    had to leave out, and how this machine worked otherwise than was asked; `lang` is the language of the
    table and the preview. `review` is the page on which all photos are looked through and corrected.
    """

    folder: Path
    photos: tuple[FramedPhoto, ...]
    ignored: tuple[Problem, ...]
    seconds: float
    notes: tuple[Problem, ...] = ()
    table: Path | None = None
    preview: Path | None = None
    review: Path | None = None
    lang: Lang = "vi"

    def of(self, status: Status) -> tuple[FramedPhoto, ...]:
        """The photos of which that became."""
        return tuple(photo for photo in self.photos if photo.status == status)

    @property
    def raw(self) -> tuple[Problem, ...]:
        """Of what was left aside: cameras' raw files without a photo of the same name beside them."""
        shown = {Path(photo.photo).with_suffix("") for photo in self.photos}
        raw = (each for each in self.ignored if is_called_raw(each.where))
        return tuple(each for each in raw if Path(each.where).with_suffix("") not in shown)

    @property
    def exit_code(self) -> int:
        """0, or 1 when a photo failed."""
        return 1 if self.of("failed") else 0

    def __repr__(self) -> str:
        counts = ", ".join(f"{status}={len(self.of(status))}" for status in _STATUS)
        return f"FramesReport({str(self.folder)!r}, {counts}, ignored={len(self.ignored)})"

    def _repr_html_(self) -> str:
        counts = {status: len(self.of(status)) for status in _STATUS} | {"skipped": len(self.ignored)}
        problems = ((photo.photo, note) for photo in self.photos for note in photo.notes)
        return run_to_html(counts, problems, place=self.table or self.folder)


def report_to_csv(report: FramesReport) -> bytes:
    """The table in UTF-8 with a byte order mark, without which Excel on Windows garbles Vietnamese."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS[report.lang])
    writer.writerows([_cell(cell) for cell in row] for row in _rows(report))
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def _rows(report: FramesReport) -> Iterator[tuple[str, ...]]:
    lang = report.lang
    for photo in report.photos:
        made = "" if photo.result is None else photo.result.name
        notes = "; ".join(_in(lang, (note.vi, note.en)) for note in photo.notes)
        status = _in(lang, _STATUS[photo.status])
        sure = _sure(photo.framed, lang)
        yield photo.photo, made, status, photo.how_in(lang), _point(photo.framed), notes, *sure
    for problem in report.ignored:
        yield problem.where, "", _in(lang, _IGNORED), "", "", _in(lang, (problem.vi, problem.en)), "", ""


def _sure(framed: FramedFile | None, lang: Lang) -> tuple[str, str]:
    """How many main faces were found, and how sure the one is that decided."""
    if framed is None or framed.sure is None:
        return "", ""
    return str(framed.faces), measure(round(100 * framed.sure), "%", lang)


def _in(lang: Lang, words: Words) -> str:
    return words[0 if lang == "vi" else 1]


def _point(framed: FramedFile | None) -> str:
    """The middle of the opening on the photo, as `--focus` takes it."""
    return "" if framed is None else f"{framed.focus_x:.1%},{framed.focus_y:.1%}"


def _cell(text: str) -> str:
    """A cell that a spreadsheet takes for text and never for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def report_to_json(report: FramesReport) -> dict[str, Any]:
    """The report for programs. `focus`, `zoom`: where the photo lies, in shares of its sides."""
    return {
        "folder": str(report.folder),
        "photos": [_photo_to_json(photo) for photo in report.photos],
        "ignored": [_problem_to_json(problem) for problem in report.ignored],
        "counts": {status: len(report.of(status)) for status in _STATUS},
        "notes": [_problem_to_json(note) for note in report.notes],
        "seconds": round(report.seconds, 3),
        "report": None if report.table is None else str(report.table),
        "preview": None if report.preview is None else str(report.preview),
        "review": None if report.review is None else str(report.review),
    }


def _photo_to_json(photo: FramedPhoto) -> dict[str, Any]:
    framed = photo.framed
    place: dict[str, Any] = {}
    if framed is not None:
        place = {
            "found": framed.found,
            "focus": [round(framed.focus_x, 4), round(framed.focus_y, 4)],
            "zoom": round(framed.zoom, 4),
            "rotate": round(framed.rotation, 4),
            "turned": framed.turned,
            "faces": framed.faces,
            "sure": None if framed.sure is None else round(framed.sure, 4),
            "bytes": framed.bytes,
            "sha256": framed.sha256,
        }
    return {
        "photo": photo.photo,
        "status": photo.status,
        "result": None if photo.result is None else str(photo.result),
        **place,
        "notes": [_problem_to_json(note) for note in photo.notes],
    }


def _problem_to_json(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "vi": problem.vi, "en": problem.en}
