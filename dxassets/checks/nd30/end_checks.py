"""Rules of signature, recipients, annexes and marks (Phụ lục I, Phần I, mục II.7-II.10 and III)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dxassets.backends.written import TextBox
from dxassets.checks.nd30.letter import AnnexLines, Letter, Line, Parts, joined, same
from dxassets.checks.nd30.looks import cut, off_centre, sized, small_letters, together, underlined
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said

_PREFIX = re.compile(r"(TM|KT|TL|TUQ|Q)\b\.?\s*")
_GOOD_PREFIX = re.compile(r"(TM|KT|TL|TUQ|Q)\. \S")
_DEGREE = re.compile(r"\b(TS|ThS|PGS|GS|CN|KS|BS|NGƯT|NGND)\.?(?=[\s.])")
_FILING = re.compile(r"- Lưu: VT(, [^,]+)+\.")
_REFERENCE = re.compile(
    r"\(Kèm theo (Công văn|[A-ZĐ][\w ]+) số\s*\d*\s*/\S+ ngày\s*\d*\s*tháng\s*\d*\s*năm\s*\d* của .+\)"
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_URGENT = {"HỎA TỐC": 30.0, "HOẢ TỐC": 30.0, "THƯỢNG KHẨN": 40.0, "KHẨN": 20.0}
_END: Said = ("cuối văn bản", "end of the letter")
_ABSENT: Said = ("không có", "is missing")


def check_end(letter: Letter) -> Iterator[Fault]:
    """Every rule of signature, recipients and marks of urgency that is broken."""
    parts = letter.parts
    yield from _signature(parts)
    yield from _signing_place(letter)
    yield from _recipients(parts)
    for box in letter.word.boxes if letter.word else ():
        yield from _urgency(box)


def check_annexes(letter: Letter) -> Iterator[Fault]:
    """Every rule of the annexes that is broken."""
    annexes = letter.parts.annexes
    for annex in annexes:
        yield from _annex(annex)
    yield from _order(annexes, alone=letter.parts.is_annex_only)
    if letter.parts.is_annex_only:
        yield from _mark(letter.parts)


def _signature(parts: Parts) -> Iterator[Fault]:
    if not parts.authority:
        yield Fault("S1", _END, _ABSENT)
        return
    lines = parts.authority
    found = (
        small_letters(lines) + sized(lines, 13, 14) + cut(lines, bold=True, italic=False) + off_centre(lines)
    )
    if found:
        yield Fault("S1", short(lines[0]), together(found))
    for line in lines:
        if _PREFIX.match(line.text) and not _GOOD_PREFIX.match(line.text):
            yield Fault("S3", short(line), same(f"“{line.text}”"))
    firsts = [line.text.split(" ")[0] for line in lines]
    if firsts[0] == "KT." and len(lines) == 1:
        yield Fault("S3", short(lines[0]), ("thiếu dòng chức vụ cấp phó", "lacks the deputy's own title"))
    if parts.signer is not None:
        name = parts.signer
        found = sized([name], 13, 14) + cut([name], bold=True, italic=False)
        if _DEGREE.search(name.text):
            found.append(("có học hàm, học vị", "carries an academic title"))
        if name.text == name.text.upper():
            found.append(("in hoa", "is in capitals"))
        if found:
            yield Fault("S2", short(name), together(found))


def _signing_place(letter: Letter) -> Iterator[Fault]:
    """Pictures between the title and the name."""
    title, name = letter.parts.authority, letter.parts.signer
    if not title:
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


def _recipients(parts: Parts) -> Iterator[Fault]:
    head, items = parts.recipients_head, parts.recipients
    if head is None:
        yield Fault("R1", _END, _ABSENT)
        return
    found = sized([head], 12, 12) + cut([head], bold=True, italic=True) + underlined([head])
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
    if not _FILING.fullmatch(items[-1].text):
        yield Fault("R3", short(items[-1]), _is_line(items[-1]))
    if not parts.named_kind and parts.salutation is not None and items[0].text != "- Như trên;":
        yield Fault("R4", short(items[0]), _is_line(items[0]))


def _is_line(line: Line) -> Said:
    return f"là “{line.text}”", f"is {line.text!r}"


def _urgency(box: TextBox) -> Iterator[Fault]:
    text = " ".join("".join(stretch.text for stretch in box.stretches).split())
    if text not in _URGENT:
        return
    found: list[Said] = []
    if abs(box.width - _URGENT[text]) > 1.5 or abs(box.height - 8) > 1.5:
        size = f"{box.width:.0f} × {box.height:.0f} mm"
        found.append((f"khung {size}", f"has a box of {size}"))
    colors = {stretch.type.color for stretch in box.stretches if stretch.text.strip()}
    if any(not _is_red(color) for color in colors):
        found.append(("không phải màu đỏ", "is not red"))
    if found:
        yield Fault("U1", (f"dấu “{text}”", f"the mark {text!r}"), together(found))


def _is_red(color: str) -> bool:
    return (
        len(color) == 6
        and int(color[:2], 16) > 0xA0
        and int(color[2:4], 16) < 0x60
        and int(color[4:], 16) < 0x60
    )


def _annex(annex: AnnexLines) -> Iterator[Fault]:
    word = [annex.word]
    found = sized(word, 14, 14) + cut(word, bold=True, italic=False) + off_centre(word) + underlined(word)
    if not annex.word.text.startswith("Phụ lục"):
        found.append((f"viết là “{annex.word.text}”", f"is written {annex.word.text!r}"))
    if found:
        yield Fault("A1", short(annex.word), together(found))
    if not annex.title:
        yield Fault("A2", short(annex.word), _ABSENT)
    else:
        found = small_letters(annex.title) + sized(annex.title, 13, 14)
        found += cut(annex.title, bold=True, italic=False) + off_centre(annex.title) + underlined(annex.title)
        if found:
            yield Fault("A2", short(annex.title[0]), together(found))
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
    if found:
        yield Fault("A3", short(annex.reference[0]), together(found))


def _order(annexes: Sequence[AnnexLines], *, alone: bool) -> Iterator[Fault]:
    ends = [annex.word.text.partition(" ")[2].partition(" ")[2].strip(" .") for annex in annexes]
    if alone and len(annexes) == 1:
        return  # its fellows may be in other files
    wanted = [""] if len(annexes) == 1 else [_ROMAN[at] for at in range(min(len(annexes), len(_ROMAN)))]
    for annex, shown, right in zip(annexes, ends, wanted, strict=False):
        if shown.upper() != right:
            yield Fault("A4", short(annex.word), same(f"“{annex.word.text}”"))
            return


def _mark(parts: Parts) -> Iterator[Fault]:
    """Mục II.8: what is signed by itself says so at the top right."""
    text = joined(parts.mark)
    first = parts.annexes[0].word
    if "/" not in text or not parts.mark:
        yield Fault("M1", short(first), ("không có dấu ký riêng", "lacks the mark of its own signature"))
        return
    found = sized(parts.mark, 10, 10) + cut(parts.mark, bold=False, italic=False)
    if found:
        yield Fault("M1", short(parts.mark[0]), together(found))
