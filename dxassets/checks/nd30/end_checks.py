"""Rules of signature, recipients and annexes (Phụ lục I, Phần I, mục II.7-II.9 and III)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dxassets.checks.nd30.letter import AnnexLines, Letter, Line, Parts, joined, same
from dxassets.checks.nd30.looks import (
    apart,
    cut,
    off_centre,
    sized,
    small_letters,
    together,
    underlined,
    underscored,
)
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.decree import authority_faults, name_faults
from dxassets.notation import told

_FILING = re.compile(r"- Lưu: (VT(?:, ?[^;]+)?)\.(?: ?[\w.()/,-]+)?")
_ONLY_VT = {"GIẤY GIỚI THIỆU", "SAO Y", "SAO LỤC", "TRÍCH SAO"}
"""Kinds whose own models file with “VT” alone (Phụ lục III, mẫu 1.8 and 3.1)."""
_GREETING = {"TỜ TRÌNH", "BÁO CÁO"}
_CITED = re.compile(r"số\s*(\d*)\s*/(\S+)")
_LEAST_ROOM_MM = 15.0
"""For a signature and a seal; usage leaves 25-30 mm."""
_REFERENCE = re.compile(
    r"\((?:Ban hành k|K|Phê duyệt k|Đính k)èm theo [A-ZĐ][\w ]+ số:?\s*[\d.…_]*\s*/\S+,? ngày"
    r"(?:\s*[\d.…_]*\s*tháng\s*[\d.…_]*\s*năm\s*[\d.…_]*|\s*\d+/\d+/\d+) của .+\)"
)
_ANNEX_WORD = re.compile(r"(?i:phụ lục)(?:\s+((?:số\s+)?(?:[IVXLCivxlc]+|\d+|[A-Za-z])))?\.?(?=\s*[:.–-]|$)")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_MM_PER_PT = 25.4 / 72
_END: Said = ("cuối văn bản", "end of the letter")
_ABSENT: Said = ("không có", "is missing")


def check_end(letter: Letter) -> Iterator[Fault]:
    """Every rule of signature and recipients that is broken."""
    yield from _signature(letter)
    yield from _signing_place(letter)
    yield from _recipients(letter)


def check_annexes(letter: Letter) -> Iterator[Fault]:
    """Every rule of the annexes that is broken."""
    annexes = letter.parts.annexes
    for annex in annexes:
        yield from _annex(annex, letter.parts)
    yield from _order(annexes, alone=letter.parts.is_annex_only)
    if letter.parts.is_annex_only:
        yield from _mark(letter.parts)


def _signature(letter: Letter) -> Iterator[Fault]:
    parts = letter.parts
    if not parts.authority:
        if not parts.is_signed_elsewhere:
            yield Fault("S1", _END, _ABSENT)
        return
    lines = parts.authority
    found = (
        small_letters(lines) + sized(lines, 13, 14) + cut(lines, bold=True, italic=False) + off_centre(lines)
    )
    if found:
        yield Fault("S1", short(lines[0]), together(found))
    for wrong in authority_faults([line.text for line in lines]):
        yield Fault("S3", short(lines[0]), wrong)
    if parts.signer is not None:
        name = parts.signer
        found = sized([name], 13, 14) + cut([name], bold=True, italic=False) + off_centre([name])
        found += apart(lines[-1], name, most_mm=4.0) + name_faults(
            name.text, issuer=joined([*parts.parent, *parts.body_name])
        )
        if found:
            yield Fault("S2", short(name), together(found))
        yield from _room(letter, lines[-1], name)


def _room(letter: Letter, title: Line, name: Line) -> Iterator[Fault]:
    """Room to sign between title and name, as far as it can be told."""
    room: float | None = None
    if title.places and name.places and title.page == name.page:
        room = name.places[0].baseline - title.places[-1].baseline
    elif title.is_pushed:
        return  # made with tabs: what lies between stands beside the recipients
    elif title.shape is not None and name.shape is not None and title.cell == name.cell:
        first, last = letter.lines.index(title), letter.lines.index(name)
        between = letter.lines[first + 1 : last]
        if any(line.cell != title.cell or line.has_picture for line in between):
            return
        room = sum(_height(line) for line in (*between, name)) - name.shape.after_pt * _MM_PER_PT
        room += title.shape.after_pt * _MM_PER_PT
    if room is not None and room < _LEAST_ROOM_MM:
        yield Fault("S5", short(name), told("{} mm", "{} mm", max(room, 0.0), places=0))


def _height(line: Line) -> float:
    """About how high (mm) a Word paragraph of one line is, with the space around it."""
    shape = line.shape
    if shape is None:
        return 0.0
    size = max(line.sizes, default=14.0)
    pitch = shape.line_pt if shape.line_pt is not None else 1.15 * size * (shape.line_em or 1.0)
    return (pitch + shape.before_pt + shape.after_pt) * _MM_PER_PT


def _signing_place(letter: Letter) -> Iterator[Fault]:
    """Pictures between the title and the name."""
    title, name = letter.parts.authority, letter.parts.signer
    if not title or _is_registered(letter.parts):
        return
    if letter.pdf is not None and title[-1].places:
        top = title[-1].places[0].baseline
        bottom = name.places[0].baseline if name and name.places else top + 40
        for left, upper, _, _ in letter.pdf.pages[title[-1].page - 1].pictures:
            if top - 5 < upper < bottom and left > 80:
                yield Fault("S4", short(title[-1]))
                return
    elif letter.word is not None:
        at = letter.lines.index(title[0])
        near = [
            line
            for line in letter.lines[at : at + 12]
            if line.cell == title[0].cell and line.section == title[0].section
        ]
        if any(line.has_picture for line in near):
            yield Fault("S4", short(title[0]))


def _is_registered(parts: Parts) -> bool:
    """Whether the document has its number: what is signed may show its signature (II.7.d)."""
    return parts.number is not None and re.search(r"\d\s*/", parts.number.text) is not None


def _recipients(letter: Letter) -> Iterator[Fault]:
    parts = letter.parts
    head, items = parts.recipients_head, parts.recipients
    if head is None:
        if not parts.is_signed_elsewhere:
            yield Fault("R1", _END, _ABSENT)
        return
    found = sized([head], 12, 12) + cut([head], bold=True, italic=True) + underlined([head])
    found += underscored([head], letter)
    if head.text != "Nơi nhận:":
        found.append((f"viết là “{head.text[:20]}”", f"is written {head.text[:20]!r}"))
    if found:
        yield Fault("R1", short(head), together(found))
    if not items:
        yield Fault("R2", short(head), ("không có", "are missing"))
        return
    found = sized(items, 11, 11) + cut(items, bold=False, italic=False)
    wrong = [line for line in items if not line.text.startswith("- ")]
    wrong += [line for line in items[:-1] if not line.text.endswith(";")]
    if wrong:
        found.append((f"có dòng “{wrong[0].text}”", f"have the line {wrong[0].text!r}"))
    if found:
        yield Fault("R2", short(items[0]), together(found))
    yield from _first_and_last(parts, items)


def _first_and_last(parts: Parts, items: Sequence[Line]) -> Iterator[Fault]:
    filing = _FILING.fullmatch(items[-1].text)
    if filing is None:
        yield Fault("R3", short(items[-1]), _is_line(items[-1]))
    elif filing.group(1) == "VT" and parts.named_kind not in _ONLY_VT:
        yield Fault("R5", short(items[-1]), ("chỉ có “VT”", "holds “VT” alone"))
    greets = not parts.named_kind or parts.named_kind in _GREETING
    if greets and parts.salutation is not None and items[0].text not in {"- Như trên;", "- Như trên."}:
        yield Fault("R4", short(items[0]), _is_line(items[0]))


def _is_line(line: Line) -> Said:
    return f"là “{line.text}”", f"is {line.text!r}"


def _annex(annex: AnnexLines, parts: Parts) -> Iterator[Fault]:
    word = [annex.word]
    found = sized(word, 14, 14) + cut(word, bold=True, italic=False) + off_centre(word) + underlined(word)
    titled = not _ANNEX_WORD.fullmatch(annex.word.text)
    if titled or not annex.word.text.startswith("Phụ lục"):
        found.append((f"viết là “{annex.word.text}”", f"is written {annex.word.text!r}"))
    if found:
        yield Fault("A1", short(annex.word), together(found))
    if annex.title:
        found = small_letters(annex.title) + sized(annex.title, 13, 14)
        found += cut(annex.title, bold=True, italic=False) + off_centre(annex.title) + underlined(annex.title)
        if found:
            yield Fault("A2", short(annex.title[0]), together(found))
    yield from _reference(annex, parts)


def _reference(annex: AnnexLines, parts: Parts) -> Iterator[Fault]:
    if not annex.reference:
        yield Fault("A3", short(annex.word), _ABSENT)
        return
    found = (
        sized(annex.reference, 13, 14)
        + cut(annex.reference, bold=False, italic=True)
        + off_centre(annex.reference)
    )
    text = " ".join(joined(annex.reference).split())
    if not _REFERENCE.fullmatch(text):
        found.append((f"viết là “{text}”", f"is written {text!r}"))
    elif _is_of_another(text, parts):
        found.append((f"nói tới văn bản khác: “{text}”", f"names another letter: {text!r}"))
    if found:
        yield Fault("A3", short(annex.reference[0]), together(found))


def _is_of_another(reference: str, parts: Parts) -> bool:
    """Whether the line names a number or symbol that isn't the letter's; a blank is no other number."""
    cited = _CITED.search(reference)
    own = _CITED.search(parts.number.text.replace("Số:", "số")) if parts.number is not None else None
    if cited is None or own is None:
        return False
    numbers = (cited.group(1).lstrip("0"), own.group(1).lstrip("0"))
    return cited.group(2) != own.group(2) or ("" not in numbers and numbers[0] != numbers[1])


def _order(annexes: Sequence[AnnexLines], *, alone: bool) -> Iterator[Fault]:
    if alone and len(annexes) == 1:  # its fellows may be in other files
        number = _ANNEX_WORD.match(annexes[0].word.text)
        if number is not None and (number.group(1) or "I").upper().strip("IVXLC"):
            yield Fault("A4", short(annexes[0].word), same(f"“{annexes[0].word.text}”"))
        return
    wanted = [""] if len(annexes) == 1 else [_ROMAN[at] for at in range(min(len(annexes), len(_ROMAN)))]
    for annex, right in zip(annexes, wanted, strict=False):
        match = _ANNEX_WORD.match(annex.word.text)
        if match is not None and (match.group(1) or "").upper() != right:
            yield Fault("A4", short(annex.word), same(f"“{annex.word.text}”"))
            return


def _mark(parts: Parts) -> Iterator[Fault]:
    """Mục II.8: what is signed by itself says so at the top right."""
    if "/" not in joined(parts.mark):
        return  # the signing program writes it when it signs
    found = sized(parts.mark, 10, 10) + cut(parts.mark, bold=False, italic=False)
    if found:
        yield Fault("M1", short(parts.mark[0]), together(found))
