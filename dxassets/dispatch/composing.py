"""The whole text of a document by its kind's model: fixed lines, bases, and what the clerk wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dxassets.dispatch.kinds import INTRODUCTION, INVITATION, LEAVE, MINUTES
from dxassets.dispatch.model import Annex, Block, Dispatch, Paragraph, ParagraphKind, Run, Table
from dxassets.dispatch.particulars import Details, Particulars

_PART = re.compile(r"(Phần|Chương) [IVXLC]+|(Mục|Tiểu mục) \d{1,3}")
_ARTICLE = re.compile(r"Điều \d{1,3}[a-zđ]?\. ?")
_SECTION = re.compile(r"[IVXLC]+\. \S")
_BASIS = re.compile(r"(Căn cứ|Theo đề nghị|Xét|Thực hiện|Trên cơ sở) ")
_END = "./."


def text_of(dispatch: Dispatch, *, is_excerpt: bool = False) -> tuple[Block, ...]:
    """All that stands between the head and the signature; a công văn's is what the clerk wrote.

    Below a table that ends it stands the mark of the end, but for an excerpt's, which may end anywhere.
    """
    whole = _whole_text(dispatch)
    if is_excerpt or not whole or not isinstance(whole[-1], Table):
        return whole
    return (*whole, _said(_END))


def end_of_annex(annex: Annex) -> str:
    """The mark that the form sets below a table that ends what is annexed; text carries its own.

    Mẫu 1.3 and 2.1 show it: always below what the document issues, below an annex that asks for it.
    """
    last = annex.table or next(reversed(annex.blocks), None)
    return _END if isinstance(last, Table) and (annex.kind or annex.end_mark) else ""


def _whole_text(dispatch: Dispatch) -> tuple[Block, ...]:
    facts = dispatch.particulars
    if facts.form.is_letter:
        return dispatch.body
    grounds, body = grounds_in(dispatch.body, operative=facts.form.operative)
    bases = [_said(f"{text};", "basis") for text in facts.bases[:-1]]
    bases += [_said(f"{text}.", "basis") for text in facts.bases[-1:]]
    first = [*_lines(facts.decided_by, "decider"), *bases, *grounds]
    if facts.form.operative:
        first.append(_said(facts.form.operative, "operative"))
    return (*first, *_opening(facts, has_text=bool(body)), *laid_out(body), *_closing(facts))


def grounds_in(
    body: Sequence[Block], *, operative: str = ""
) -> tuple[tuple[Paragraph, ...], tuple[Block, ...]]:
    """The bases that the text itself begins with, and the rest of it.

    They begin with “Căn cứ …;” and end with a stop; the line of the `operative` words, if it is written in
    the text, ends them too and is left out, for the form prints it.
    """
    said = [each.text if isinstance(each, Paragraph) else "" for each in body]
    if operative and operative in said:
        at = said.index(operative)
        before = [each for each in body[:at] if isinstance(each, Paragraph)]
        if len(before) == at:
            return tuple(_as(each, "basis") for each in before), tuple(body[at + 1 :])
    count = _count_of_bases(said)
    bases = [each for each in body[:count] if isinstance(each, Paragraph)]
    return tuple(_as(each, "basis") for each in bases), tuple(body[count:])


def _count_of_bases(said: Sequence[str]) -> int:
    """How many paragraphs are bases: “Căn cứ …;”, others like it, and the last one with its stop."""
    if not said or not said[0].startswith("Căn cứ ") or not said[0].endswith(";"):
        return 0
    for at, text in enumerate(said):
        if not _BASIS.match(text):
            return at
        if not text.endswith(";"):
            return at + 1
    return len(said)


def laid_out(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; names of parts, chapters, articles, sections as the form sets these (mục II.6.đ)."""
    below_part = False
    for block in blocks:
        if not isinstance(block, Paragraph) or block.kind == "point":
            below_part = False
            yield block
            continue
        text = block.text
        if _PART.fullmatch(text):
            below_part = True
            yield _as(block, "part")
        elif below_part and text == text.upper() and not _SECTION.match(text):
            below_part = False
            yield _as(block, "part_title")
        else:
            below_part = False
            yield _numbered(block)


def _numbered(block: Paragraph) -> Paragraph:
    """“Điều 1.” in bold; a section in capitals (“I. …”) as a title."""
    if _SECTION.match(block.text) and block.text == block.text.upper():
        return _as(block, "clause")
    found = _ARTICLE.match(block.text)
    if found is None or block.kind != "text":
        return block
    if all(run.bold for run in block.runs if run.text.strip()):
        return _as(block, "clause")
    head = found.group()
    return replace(block, runs=(Run(head, bold=True), *_after(block.runs, len(head))))


def _after(runs: Sequence[Run], count: int) -> Iterator[Run]:
    """The runs without their first `count` letters."""
    for run in runs:
        text = run.text[count:]
        count = max(0, count - len(run.text))
        if text:
            yield replace(run, text=text)


def _as(block: Paragraph, kind: ParagraphKind) -> Paragraph:
    """The same words in a style that says all of their looks."""
    bold, italic = kind in {"clause", "part", "part_title"}, kind == "basis"
    runs = tuple(replace(run, bold=bold, italic=italic) for run in block.runs)
    return replace(block, kind=kind, runs=runs)


def _said(text: str, kind: ParagraphKind = "text") -> Paragraph:
    italic, bold = kind == "basis", kind in {"decider", "operative"}
    return Paragraph(kind, (Run(text, bold=bold, italic=italic),))


def _lines(texts: Sequence[str], kind: ParagraphKind = "text") -> list[Paragraph]:
    return [_said(text, kind) for text in texts]


# --- the fixed lines of single models


def _opening(facts: Particulars, *, has_text: bool) -> list[Paragraph]:
    """What the model itself says above the clerk's text."""
    name, said = facts.issuer.name, facts.details
    if facts.kind == INVITATION:
        return _lines(_invitation(name, said, end="." if has_text else _END))
    if facts.kind == INTRODUCTION:
        return _lines(_introduction(name, said))
    if facts.kind == LEAVE:
        return _lines(_leave(name, said))
    return _lines(_minutes(said)) if facts.kind == MINUTES else []


def _closing(facts: Particulars) -> list[Paragraph]:
    """What the model itself says below the clerk's text."""
    if facts.kind != MINUTES:
        return []
    meeting = facts.details.meeting.capitalize()
    return [_said(f"{meeting} kết thúc vào {facts.details.ended}{_END}")]


def _listed(head: str, entries: Sequence[str]) -> list[str]:
    """One entry on the line of its head; more below it, with dashes."""
    if len(entries) == 1:
        return [f"{head} {entries[0]}."]
    return [head, *(f"- {entry};" for entry in entries[:-1]), *(f"- {entry}." for entry in entries[-1:])]


def _invitation(name: str, said: Details, *, end: str) -> list[str]:
    """Mẫu 1.7."""
    invited = _listed(f"{name} trân trọng kính mời:", said.invited)
    chaired = [f"Chủ trì: {said.chair}."] if said.chair else []
    return [
        *invited,
        f"Tới dự {said.event}.",
        *chaired,
        f"Thời gian: {said.time}.",
        f"Địa điểm: {said.venue}{end}",
    ]


def _introduction(name: str, said: Details) -> list[str]:
    """Mẫu 1.8."""
    return [
        f"{name} trân trọng giới thiệu:",
        f"{_addressed(said.person)}.",
        f"Chức vụ: {said.position}.",
        f"Được cử đến: {said.sent_to}.",
        f"Về việc: {said.purpose}.",
        f"Đề nghị Quý cơ quan tạo điều kiện để {_courtesy(said.person)} có tên ở trên hoàn thành nhiệm vụ.",
        f"Giấy này có giá trị đến hết ngày {said.valid_until}{_END}",
    ]


def _minutes(said: Details) -> list[str]:
    """Mẫu 1.9, above what was said."""
    return [
        f"Thời gian bắt đầu: {said.started}.",
        f"Địa điểm: {said.venue}.",
        *_listed("Thành phần tham dự:", said.present),
        f"Chủ trì (chủ tọa): {said.chair}.",
        f"Thư ký (người ghi biên bản): {said.secretary}.",
        f"Nội dung (theo diễn biến {said.meeting}):",
    ]


def _leave(name: str, said: Details) -> list[str]:
    """Mẫu 1.10."""
    person = said.person if _courtesy(said.person) != "ông (bà)" else f"ông (bà) {said.person}"
    person = person[:1].lower() + person[1:]
    days = f"{said.length}, kể từ ngày {said.starts} đến hết ngày {said.until}"
    return [
        f"Xét Đơn đề nghị nghỉ phép ngày {said.requested} của {person}, {name} cấp cho:",
        f"{_addressed(said.person, colon=True)}.",
        f"Chức vụ: {said.position}.",
        f"Được nghỉ phép trong thời gian {days} tại {said.where}.",
        f"Số ngày nghỉ phép nêu trên được tính vào thời gian {said.counted}{_END}",
    ]


def _courtesy(person: str) -> str:
    """How the model speaks of a person: as the clerk does, if the clerk says “Ông” or “Bà”."""
    first = person.partition(" ")[0]
    return first.lower() if first in {"Ông", "Bà"} else "ông (bà)"


def _addressed(person: str, *, colon: bool = False) -> str:
    mark = ":" if colon else ""
    known = _courtesy(person) != "ông (bà)"
    return (
        f"{person.partition(' ')[0]}{mark} {person.partition(' ')[2]}"
        if known
        else f"Ông (bà){mark} {person}"
    )
