"""Which letters a selection holds: the issuing agency's own, and those by which others pass it on.

Everything that the decree refuses in a letter's own files is refused here, before anything is made,
whichever way it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import PurePosixPath

from dxassets.agencies import Agency
from dxassets.dispatch import WHOLE, Edition, Forward, LetterFill
from dxassets.dispatch.kinds import LETTER
from dxassets.dispatch.parse import kind_of_letter, part_names
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.jobs import Job, Skip, link_words
from dxassets.kinds.faces import Survey
from dxassets.kinds.letter.belonging import judge_belonging
from dxassets.kinds.letter.forwarding import forward_of
from dxassets.kinds.letter.judging import Judgement, judge_letters
from dxassets.kinds.letter.law import judge_source
from dxassets.kinds.letter.spec import LetterFormat, LetterSpec
from dxassets.kinds.letter.word_source import written_letter
from dxassets.kinds.scope import UNFILLED, AssetDraft, Scope, Selection, Wanted
from dxassets.project import Project
from dxassets.renderers.undrawable import undrawable
from dxassets.vietnamese import clean, slug, strange_characters

KIND_ID = "letter"
FORWARD_FILE = "forward.md"
FORMATS: tuple[LetterFormat, ...] = ("docx", "pdf")
STEM = "cong-van"


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """One letter as it will be written, whatever its format: its source, and its parts by file name."""

    agency: Agency
    dispatch: str
    forward: Forward | None
    parts: tuple[tuple[str, Edition], ...]
    kind: str = LETTER


def planned_letters(scope: Scope) -> Iterator[AssetDraft | Skip]:
    """Every letter of the selection; a `Skip` for an agency whose letter is not ours to write.

    Other agencies' are made only where letters were asked for by name. `InputError` for a number, date or
    signer that can't be, and for what the decree forbids in the files.
    """
    project, chosen = scope.project, scope.selection
    if project.campaign.dispatch is None:
        yield from _none_at_all(scope)
        return
    fill = checked_fill(project, chosen.wish.letter)
    found: list[PlannedLetter] = []
    for agency in chosen.agencies:
        letter = _letter_of(agency, scope)
        if isinstance(letter, PlannedLetter):
            found.append(letter)
        elif chosen.kinds_asked:
            yield from (Skip(KIND_ID, _draft_path(agency, name), *letter) for name in _names(scope))
    _refuse_one_for_all(fill, found, all_asked=chosen.wish.all_agencies)
    others = asked_for(chosen, project) > len(chosen.agencies)
    judged = judge_letters(found, fill, project, original=own_letter(project), others=others)
    _refuse_for_all(judged, found if project.letter_is_alone else [])
    formats = chosen.formats_of(FORMATS)
    for letter in found:
        reason = _why_not(letter, judged)
        if reason is not None:
            yield from (Skip(KIND_ID, _draft_path(letter.agency, name), *reason) for name in _names(scope))
            continue
        for file_format in formats:
            for stem, edition in letter.parts:
                spec = LetterSpec(
                    file_format,
                    letter.dispatch,
                    link_words(project.campaign),
                    fill.number,
                    fill.date,
                    fill.signer,
                    edition,
                    letter.forward,
                    judged.authors.get(letter.agency.id, letter.agency.name),
                    "" if project.letter_is_alone else project.campaign.title,
                    tuple(link.id for link in project.campaign.links if link.url is None),
                    kind=letter.kind,
                    is_alone=project.letter_is_alone,
                )
                yield AssetDraft(KIND_ID, spec, letter.agency.id, f"{stem}.{file_format}")


def asked_for(chosen: Selection, project: Project) -> int:
    """How many agencies were asked for, of whom `chosen` may be a part."""
    wish = chosen.wish
    return len(project.campaign.offices) if wish.all_agencies else len({*wish.agencies, *wish.agency_names})


def forwarded_letters(project: Project) -> list[PlannedLetter]:
    """The letters by which agencies of the list pass the issuing one's on; none without a template."""
    campaign = project.campaign
    if project.resources.find(FORWARD_FILE) is None:
        return []
    forwards = ((office, forward_of(office, campaign)) for office in campaign.offices)
    return [
        PlannedLetter(office, FORWARD_FILE, forward, ((STEM, WHOLE),))
        for office, forward in forwards
        if forward is not None
    ]


def survey_letters(project: Project) -> Survey:
    """What is wrong with the letter's files and the template, and who has no letter by it."""
    if project.campaign.dispatch is None:
        return Survey()
    letters = [own_letter(project), *forwarded_letters(project)]
    judged = judge_letters(letters, UNFILLED, project, original=letters[0])
    refused = [
        Problem(
            project.place_of(letter.agency),
            f"{letter.agency.name} không có công văn chuyển tiếp: {_refusal(told)[0]}",
            f"{letter.agency.name} has no letter to pass on: {_refusal(told)[1]}",
        )
        for letter in letters
        if letter.forward is not None and (told := judged.refused.get(letter.agency.id))
    ]
    own = judged.refused.get(project.campaign.issuing_agency, ())
    left = dict.fromkeys(hole for holes in judged.open.values() for hole in holes)
    return Survey(
        tuple(dict.fromkeys([*judged.errors, *own, *refused])),
        (*judged.warnings, *(_still_open(hole) for hole in left)),
        _to_try(letters, judged),
    )


def _to_try(letters: Sequence[PlannedLetter], judged: Judgement) -> Wanted:
    """The letters whose finished files tell whether all can be made.

    They are the first, which is the issuing agency's, and of each part of the template that of the agency
    with the longest word in its name; drafts, where holes are left in them.
    """
    by_level: dict[str, list[PlannedLetter]] = {}
    for letter in letters[1:]:
        if letter.forward is not None and letter.agency.id not in judged.refused:
            by_level.setdefault(letter.forward.level, []).append(letter)
    longest = [max(each, key=_longest_word).agency.id for each in by_level.values()]
    agencies = (letters[0].agency.id, *longest)
    return Wanted(agencies=agencies, kinds=(KIND_ID,), edition=replace(WHOLE, draft=bool(judged.open)))


def _longest_word(letter: PlannedLetter) -> tuple[int, int]:
    name = letter.agency.name
    return max(map(len, name.split())), len(name)


def _still_open(hole: Problem) -> Problem:
    """A hole that is left, as `check` tells it."""
    return Problem(
        hole.where,
        f"{hole.vi}; điền xong mới có công văn chính thức, còn bản dự thảo (--draft) thì được",
        f"{hole.en}; there is no letter to issue until it is, only a draft (--draft)",
    )


def _why_not(letter: PlannedLetter, judged: Judgement) -> tuple[str, str] | None:
    """Why this agency's letter is not made, in both languages; None when it is."""
    refused = judged.refused.get(letter.agency.id)
    if refused:
        return _refusal(refused)
    left = judged.open.get(letter.agency.id)
    if not left or all(edition.draft for _, edition in letter.parts):
        return None
    vi, en = _refusal(left)
    return (
        f"{vi}; điền xong rồi làm lại, hoặc làm bản dự thảo: --draft",
        f"{en}; fill them in, or add --draft",
    )


def _refuse_for_all(judged: Judgement, alone: list[PlannedLetter]) -> None:
    """`InputError` for what no letter can be made with.

    Of one that belongs to no campaign (`alone`), all that is wrong, each thing by itself.
    """
    if judged.errors:
        raise InputError(*judged.errors)
    for letter in alone:
        _refuse_alone(letter, judged)


def _refuse_alone(letter: PlannedLetter, judged: Judgement) -> None:
    refused = judged.refused.get(letter.agency.id)
    if refused:
        raise InputError(*refused)
    left = judged.open.get(letter.agency.id)
    if left and not all(edition.draft for _, edition in letter.parts):
        raise InputError(
            *left,
            Problem(
                "",
                "điền xong rồi làm lại, hoặc làm bản dự thảo: --draft",
                "fill them in, or make a draft: --draft",
            ),
        )


def _refusal(problems: Iterable[Problem]) -> tuple[str, str]:
    """Why one agency has no letter, in both languages."""
    told = list(problems)
    return "; ".join(each.line("vi") for each in told), "; ".join(each.line("en") for each in told)


def _none_at_all(scope: Scope) -> Iterator[Skip]:
    """A word on letters that were asked for by name in a campaign that has none."""
    if scope.selection.kinds_asked:
        for agency, name in product(scope.selection.agencies, _names(scope)):
            yield Skip(
                KIND_ID,
                _draft_path(agency, name),
                "chiến dịch này không có công văn; viết lời công văn vào dispatch.md và thêm dòng "
                'dispatch = "dispatch.md" vào campaign.toml',
                "this campaign has no letter; write one into dispatch.md, and add the line "
                'dispatch = "dispatch.md" to campaign.toml',
            )


def source_warnings(project: Project, jobs: Iterable[Job[LetterSpec]]) -> tuple[Problem, ...]:
    """What in the files of those letters is against custom only, each once."""
    found: dict[Problem, None] = {}
    seen: set[tuple[str, Forward | None]] = set()
    for job in jobs:
        spec = job.spec
        if (spec.dispatch, spec.forward) not in seen:
            seen.add((spec.dispatch, spec.forward))
            read = written_letter(spec.dispatch, project.resources.data, forward=spec.forward)
            fill = LetterFill(spec.number, spec.issued, spec.signer)
            passed_on = spec.forward and written_letter(spec.forward.source, project.resources.data)
            found.update(dict.fromkeys(judge_source(read, fill).warnings))
            if not project.letter_is_alone:
                found.update(dict.fromkeys(judge_belonging(read, project, passed_on=passed_on).warnings))
    return tuple(found)


def own_letter(project: Project, wish_edition: Edition = WHOLE, *, split: bool = False) -> PlannedLetter:
    """The issuing agency's letter, whole or with each annex in a file of its own."""
    dispatch = project.campaign.dispatch or ""
    there = project.resources.find(dispatch) is not None
    data = project.resources.read(dispatch).data if there else b""
    kind = kind_of_letter(data, dispatch) if there else LETTER
    stem = file_part(slug(PurePosixPath(dispatch).stem) or kind) if project.letter_is_alone else kind
    parts = [(stem, wish_edition)]
    if split and there and (names := part_names(data, dispatch)):
        parts = [(stem, replace(wish_edition, part=0))]
        for number, name in enumerate(names, start=1):
            parts.append((f"{stem}-{name}", replace(wish_edition, part=number)))
    return PlannedLetter(project.campaign.issuer, dispatch, None, tuple(parts), kind)


def _letter_of(agency: Agency, scope: Scope) -> PlannedLetter | tuple[str, str]:
    """The agency's letter, or why it has none, in both languages."""
    project, wish = scope.project, scope.selection.wish
    if agency.id == project.campaign.issuing_agency:
        return own_letter(project, wish.edition, split=wish.split_annex)
    forward = forward_of(agency, project.campaign) if scope.selection.kinds_asked else None
    if forward is None:
        return (
            "không thuộc UBND tỉnh, huyện hay xã; mẫu công văn chuyển tiếp không áp dụng",
            "is no body below the province's people's committee; the template is not for them",
        )
    return PlannedLetter(agency, FORWARD_FILE, forward, ((STEM, wish.edition),))


def _names(scope: Scope) -> Iterator[str]:
    return (f"{STEM}.{file_format}" for file_format in scope.selection.formats_of(FORMATS))


def _draft_path(agency: Agency, name: str) -> str:
    return AssetDraft(KIND_ID, None, agency.id, name).path


def _refuse_one_for_all(fill: LetterFill, letters: list[PlannedLetter], *, all_asked: bool) -> None:
    """A number and a signer are one agency's: no two agencies register, or sign, alike."""
    if len(letters) < 2 and not (all_asked and letters):
        return
    problems = [
        Problem(
            option,
            f"“{value}” là của một cơ quan; hãy làm từng cơ quan một, hoặc bỏ {option}",
            f"{value!r} is one agency's; make one agency's letter at a time, or leave out {option}",
        )
        for option, value in (("--number", fill.number), ("--signer", fill.signer))
        if value is not None
    ]
    if problems:
        raise InputError(*problems)


# --- what registration fills in


def checked_fill(project: Project, fill: LetterFill) -> LetterFill:
    """What registration fills in, cleaned; `InputError` for a number, date or signer that can't be."""
    if fill.date is not None:
        _check_date(fill.date)
    return LetterFill(fill.number, fill.date, _signer(project, fill.signer))


def _signer(project: Project, signer: str | None) -> str | None:
    """The signer's name, cleaned and drawable."""
    if signer is None:
        return None
    name = clean(signer)
    problems = list(
        undrawable([("--signer", name)], project.brand.typefaces.text, resources=project.resources)
    )
    codes = ", ".join(f"U+{ord(char):04X}" for char in strange_characters(name))
    if codes:
        vi, en = f"có ký tự không in được ({codes})", f"holds characters that can't be printed ({codes})"
        problems = [Problem("--signer", vi, en)]
    if not name:
        problems = [Problem("--signer", "không được để trống", "must not be empty")]
    if problems:
        raise InputError(*problems[:1])
    return name


def _check_date(issued: date) -> None:
    """The decree's own first day is the earliest that its form can carry."""
    if issued < date(2020, 3, 5):
        raise InputError(
            Problem(
                "--date",
                f"{issued}: Nghị định 30 có hiệu lực từ ngày 05/3/2020",
                f"{issued}: the decree is in force since 2020-03-05",
            )
        )
