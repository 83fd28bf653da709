"""What the start page can do, each a call of the public API that tells how far it is."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dxassets.api import (
    CampaignWanted,
    LetterWanted,
    Observer,
    Progress,
    SiteWanted,
    Wanted,
    build,
    build_site,
    check_project,
    frame_photos,
    init_campaign,
    list_home,
    load_campaign,
    read_agency_list,
    write_agencies_csv,
)
from dxassets.api.framing import FramesProgress
from dxassets.api.starting.causes import causes
from dxassets.api.starting.wanted import usual_cause
from dxassets.country import provinces
from dxassets.desktop.work import Deed, Work
from dxassets.desktop.workplace import CampaignChoice, Workplace, safe_name
from dxassets.dispatch import Edition
from dxassets.errors import InputError, Lang, Problem
from dxassets.file_names import file_part
from dxassets.jobs import Skip
from dxassets.resources import Resources, bundled_root
from dxassets.store import publish

AGENCIES = "agencies.csv"
BEFORE = "agencies-truoc.csv"
"""The list that stood there before another was taken over."""
_WORD = frozenset({".docx", ".pdf"})
_TABLES = frozenset({".xlsx", ".csv"})


def choices(lang: Lang) -> dict[str, Any]:
    """What a new campaign can be for, and where."""
    resources = Resources((bundled_root(),))
    at = 0 if lang == "vi" else 1
    return {
        "provinces": [each.name for each in provinces()],
        "usual": usual_cause(resources),
        "causes": [
            {"id": each, "title": (cause.title.vi, cause.title.en)[at], "asks_day": cause.day is None}
            for each, cause in causes(resources).items()
        ],
    }


def create(place: Workplace, asked: Mapping[str, str]) -> CampaignChoice:
    """A new campaign, as `dxassets init` makes it; `InputError` tells all that is missing or wrong."""

    def said(name: str) -> str | None:
        return " ".join(asked.get(name, "").split()) or None

    year = said("year")
    if year is not None and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise InputError(Problem("--year", f"“{year}” không phải là năm", f"{year!r} is no year"))
    name = said("name")
    if name is None:
        raise InputError(
            Problem("", "hãy đặt tên thư mục cho chiến dịch", "give the campaign's folder a name")
        )
    folder = place.new_folder(name)
    init_campaign(
        folder,
        CampaignWanted(
            province=said("province"),
            year=None if year is None else int(year),
            cause=said("cause"),
            day=said("day"),
            day_name=said("day_name"),
            issuer=said("issuer"),
        ),
        this_year=datetime.datetime.now().astimezone().year,
    )
    return place.called(f"own:{folder.name}")


def check(choice: CampaignChoice) -> Deed:
    """Everything that is wrong with the campaign, errors before warnings."""

    def deed(work: Work) -> None:
        errors, warnings = check_project(load_campaign(choice.folder))
        for problem in errors:
            work.problem(problem)
        for problem in warnings:
            work.problem(problem, "warning")
        if not errors:
            work.say("Không có lỗi: dựng được.", "No errors: it can be built.")

    return deed


def build_all(place: Workplace, choice: CampaignChoice, *, every_agency: bool, draft: bool) -> Deed:
    """All of the campaign's files, and its index."""

    def deed(work: Work) -> None:
        report = build(
            load_campaign(choice.folder),
            Wanted(all_agencies=every_agency, edition=Edition(draft=draft)),
            out=place.results,
            jobs=_processors(),
            observer=_build_steps(work),
        )
        for note in report.notes:
            work.problem(note, "warning")
        _tell_skips(work, report.skipped)
        made, current, failed = (
            work.number(len(part)) for part in (report.made, report.up_to_date, report.failed)
        )
        work.say(
            f"Đã làm {made} tệp; {current} tệp đã có sẵn; hỏng {failed}.",
            f"Made {made} files; {current} were up to date; {failed} failed.",
        )
        work.made(report.index)

    return deed


def make_site(place: Workplace, choice: CampaignChoice) -> Deed:
    """The campaign's web pages, in a folder that opens without a server."""

    def deed(work: Work) -> None:
        project = load_campaign(choice.folder)
        report = build_site(
            project,
            _beside(place, project.campaign.id, "trang-web"),
            wanted=SiteWanted(),
            built=place.results,
            jobs=_processors(),
            observer=_build_steps(work),
        )
        files = work.number(report.files)
        work.say(f"Trang web có {files} tệp.", f"The site has {files} files.")
        work.made(report.index)

    return deed


def frame(place: Workplace, choice: CampaignChoice, dropped: Path, name: str) -> Deed:
    """All photos that were dropped, in the campaign's frame."""

    def deed(work: Work) -> None:
        project = load_campaign(choice.folder)

        def seen(told: FramesProgress) -> None:
            work.step(told.done, told.total, told.outcome.task.shown, told.outcome.problems)

        report = frame_photos(
            project,
            [dropped],
            out=_beside(place, project.campaign.id, "anh") / safe_name(name),
            jobs=_processors(),
            preview=True,
            lang=work.lang,
            observer=seen,
        )
        made, failed = work.number(len(report.of("made"))), work.number(len(report.of("failed")))
        work.say(f"Đã lồng khung {made} ảnh; hỏng {failed}.", f"Framed {made} photos; {failed} failed.")
        work.made(*(path for path in (report.preview, report.table, report.review) if path is not None))

    return deed


def lint(place: Workplace, dropped: Path) -> Deed:
    """What in each letter breaks Nghị định 30, with a page that shows where."""

    def deed(work: Work) -> None:
        from dxassets.api.linting import show  # noqa: PLC0415  (draws: only who lints waits for it)

        files = _files(dropped, _WORD)
        for at, file in enumerate(files, start=1):
            page = place.results / "soi-van-ban" / f"{file.name}.html"
            report = show(file, page, lang=work.lang)
            errors = sum(each.rule.severity == "error" for each in report.findings)
            shown = work.number(errors), work.number(len(report.findings) - errors)
            work.say(
                f"{file.name}: {report.scope.vi}; {shown[0]} lỗi, {shown[1]} lưu ý.",
                f"{file.name}: {report.scope.en}; {shown[0]} errors, {shown[1]} notes.",
            )
            work.made(page)
            work.step(at, len(files), file.name, ())

    return deed


def merge(place: Workplace, choice: CampaignChoice, dropped: Path, *, draft: bool) -> Deed:
    """A letter for each row of a table."""

    def deed(work: Work) -> None:
        from dxassets.api.merging import MergeWanted, make_merged  # noqa: PLC0415  (loads what draws letters)

        (table,) = _files(dropped, _TABLES, single=True)
        project = load_campaign(choice.folder)
        folder = _beside(place, project.campaign.id, "cong-van") / safe_name(table.stem)
        wanted = MergeWanted(LetterWanted(edition=Edition(draft=draft)))
        report = make_merged(project, folder, table=table, wanted=wanted, step=work.step)
        for problem in report.failed:
            work.problem(problem)
        for problem in (*report.skipped, *report.notices):
            work.problem(problem, "warning")
        files = work.number(len(report.files))
        work.say(f"Đã làm {files} tệp công văn.", f"Made {files} letter files.")
        work.made(*report.files[:20])

    return deed


def take_agencies(choice: CampaignChoice, dropped: Path) -> Deed:
    """A table in the place of the campaign's list of agencies; the list before it is kept beside it."""

    def deed(work: Work) -> None:
        if not choice.own:
            raise InputError(
                Problem(
                    choice.folder.name,
                    "là chiến dịch mẫu, không sửa được; hãy tạo chiến dịch mới rồi thả danh sách vào đó",
                    "is a bundled example and stays as it is; start a new campaign and drop the list there",
                )
            )
        (table,) = _files(dropped, _TABLES, single=True)
        found = read_agency_list(table, list_home(choice.folder))
        for note in found.notes:
            work.problem(note, "warning")
        before = choice.folder / AGENCIES
        if before.is_file():
            publish(choice.folder, BEFORE, before.read_bytes())
        write_agencies_csv(found.agencies, before, to_check=found.to_check)
        count = work.number(len(found.agencies))
        work.say(
            f"Đã nhận {count} cơ quan; danh sách cũ còn ở {BEFORE}.",
            f"Took over {count} agencies; the list before is in {BEFORE}.",
        )

    return deed


def _tell_skips(work: Work, skipped: Sequence[Skip]) -> None:
    """What was left out, each reason once: where it is one for many files, with their number."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for skip in skipped:
        reasons.setdefault((skip.reason_vi, skip.reason_en), []).append(skip.path)
    for (vi, en), paths in reasons.items():
        more = work.number(len(paths) - 1)
        also = (f" (và {more} tệp nữa)", f" (and {more} more)") if len(paths) > 1 else ("", "")
        where = paths[0] + also[0 if work.lang == "vi" else 1]
        work.problem(Problem(where, vi, en), "warning")


def _build_steps(work: Work) -> Observer:
    def seen(told: Progress) -> None:
        work.step(told.done, told.total, told.outcome.path, told.outcome.problems)

    return seen


def _beside(place: Workplace, campaign: str, what: str) -> Path:
    """A folder beside the campaign's built one, which holds nothing but what a build made."""
    return place.results / f"{file_part(campaign)}-{what}"


def _files(folder: Path, endings: frozenset[str], *, single: bool = False) -> list[Path]:
    """The files that were dropped and are of the kind; `InputError` when there is none, or more than one."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())
    known = ", ".join(sorted(endings))
    if not found:
        raise InputError(Problem("", f"không thấy tệp {known} nào", f"there is no {known} file"))
    if single and len(found) > 1:
        raise InputError(Problem("", "hãy thả một tệp thôi", "drop one file only"))
    return found


def _processors() -> int:
    return os.cpu_count() or 1
