"""Rules of addressees and text (Phụ lục I, Phần I, mục II.6 and II.9a)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from dxassets.backends.written import Stretch
from dxassets.checks.nd30.letter import Letter, Line, Parts
from dxassets.checks.nd30.looks import cut, sized, together
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.notation import listed, told
from dxassets.vietnamese import fold

LONG = 60
"""Letters: about a line. Only longer paragraphs tell how text is set."""
_CLAUSE = re.compile(r"\d{1,2}\. ")
_POINT = re.compile(r"[a-zđ]\) ")
_GROUNDS = re.compile(r"(Căn cứ|Theo|Xét|Thực hiện|Sau khi|Trên cơ sở) ")
_SAYS = re.compile(
    r", (?!Luật|Bộ luật|Nghị|Quyết|Thông tư|Chỉ thị|Kế hoạch|Công văn)"
    r"(?=[^\W\d_])[^\s,;]+(?: [^\s,;]+){0,15}? "
    r"(?:đề nghị|kính|yêu cầu|thông báo|báo cáo|trình|có ý kiến|triển khai|hướng dẫn|trả lời|phúc đáp|"
    r"đề xuất|giao|mời)\b"
)
"""A body's name and what it does: a sentence of its own."""
_FIRST = 14
"""Paragraphs among which the grounds stand."""
_TITLE = 160
_MARK_PT, _MARK_LETTERS = 10.5, 4
_RAGGED_MM, _OFF_EDGE_MM = 2.0, 1.2
"""How far a third, and half, of all full lines may end before the furthest."""
_ENOUGH_FULL = 4
"""Full lines that show whether text is justified."""
_FEW = 10
"""One gap in so many may be a slip; more are how the text is set."""
_ALIGNS: dict[str, Said] = {
    "left": ("canh trái", "flush left"),
    "center": ("canh giữa", "centred"),
    "right": ("canh phải", "flush right"),
}
_NO_END_BELOW_TABLE: Said = (
    "kết thúc bằng bảng, dưới bảng không có “./.”",
    "ends with a table, and with no “./.” below it",
)
_BODY: Said = ("nội dung", "the text")
_PT_PER_MM = 72 / 25.4


def check_body(letter: Letter, *, ends: bool = True) -> Iterator[Fault]:
    """Every rule of addressees and text that is broken; `ends` if it must end as a letter does."""
    parts = letter.parts
    yield from _salutation(parts)
    yield from _addressees(parts)
    usual = max((size for line in parts.body for size in line.sizes), default=14.0)
    text = [line for line in parts.body if not line.in_ruled_table and not _is_caption(line, usual)]
    yield from _sizes(text)
    if letter.word is not None:
        yield from _word_layout(text)
    else:
        yield from _pdf_layout(text)
    grounds = grounds_of(text, parts)
    yield from _grounds(grounds)
    yield from _stressed([line for line in text if line not in grounds])
    yield from _clauses(text)
    if ends:
        yield from _ending(parts, text)


def _is_caption(line: Line, usual: float) -> bool:
    """Words below a picture: centred, and smaller than the text."""
    if line.shape is not None:
        return line.shape.align == "center"
    return max(line.sizes, default=usual) < usual and line.places[0].left > 45


def _salutation(parts: Parts) -> Iterator[Fault]:
    if parts.salutation is None:
        if parts.subject and not parts.named_kind:  # a công văn, by its V/v, must say to whom it goes
            yield Fault("K1", short(parts.subject[-1]), ("không có", "is missing"))
        return
    line = parts.salutation
    if is_telegram(line):
        return
    found = sized([line], 13, 14) + cut([line], bold=False, italic=False)
    if not line.text.startswith("Kính gửi:"):
        found.append((f"viết là “{line.text[:12]}”", f"is written {line.text[:12]!r}"))
    if found:
        yield Fault("K1", short(line), together(found))


def is_telegram(greeting: Line) -> bool:
    """Whether a line says who sends a telegram (Mẫu 1.6): “… điện:”."""
    return greeting.text.endswith("điện:")


def _addressees(parts: Parts) -> Iterator[Fault]:
    greeting, items = parts.salutation, parts.addressees
    if greeting is None:
        return
    telegram = is_telegram(greeting)
    single = greeting.text.partition(":")[2].strip()
    if not items:
        if not single:
            yield Fault("K2", short(greeting), ("không có", "are missing"))
        elif single.endswith((";", ",")):
            end = single[-1]
            yield Fault("K2", short(greeting), (f"kết thúc bằng “{end}”", f"end with {end!r}"))
        return
    if len(items) == 1 and not telegram:
        yield Fault("K2", short(items[0]), ("chỉ một nơi mà xuống dòng", "are one, yet on a line of its own"))
        return
    wrong: list[tuple[Line, Said]] = [
        (line, ("thiếu dấu “;”", "lack “;”")) for line in items[:-1] if not line.text.endswith(";")
    ]
    if not items[-1].text.endswith("."):
        wrong.append((items[-1], ("thiếu dấu “.” ở cuối", "lack the last “.”")))
    no_dash = ("thiếu “- ” ở đầu dòng", "lack “- ” at the start")
    wrong += [(line, no_dash) for line in items if not line.text.startswith("- ")]
    for line, said in wrong[:1]:
        yield Fault("K2", short(line), said)
    if not telegram:
        yield from _dashes(greeting, items)


def _dashes(greeting: Line, items: Sequence[Line]) -> Iterator[Fault]:
    if greeting.places:
        colon = greeting.places[0].right
        off = [line for line in items if abs(line.places[0].left - colon) > 3]
        if off:
            yield Fault(
                "K3", short(off[0]), ("không thẳng dưới dấu hai chấm", "do not stand below its colon")
            )
    elif greeting.shape is not None:
        lefts = [first_letter(line) for line in items]
        if max(lefts) - min(lefts) > 1 or min(lefts) < first_letter(greeting) + 8:
            yield Fault(
                "K3", short(items[0]), ("không thẳng dưới dấu hai chấm", "do not stand below its colon")
            )


def first_letter(line: Line) -> float:
    """Where the first letter of a Word paragraph stands (mm from the margin)."""
    if line.shape is None:
        return 0.0
    tabs = len(line.stretches[0].text) - len(line.stretches[0].text.lstrip("\t")) if line.stretches else 0
    cell = line.cell.left_mm if line.cell is not None else 0.0
    return cell + line.shape.left_mm + line.shape.first_line_mm + tabs * 12.7


def _sizes(text: Sequence[Line]) -> Iterator[Fault]:
    sizes: Counter[float] = Counter()
    for line in text:
        for stretch in line.stretches:
            if not _is_mark(stretch):
                sizes[stretch.type.size_pt] += len(stretch.text.strip())
    used = [size for size, letters in sizes.items() if letters]
    wrong = [size for size in used if not 12.9 <= size <= 14.1]
    vi, en = listed(sorted(used))
    if wrong:
        odd = next((line for line in text if line.sizes & set(wrong)), text[0])
        yield Fault("B1", short(odd), (f"là {vi}", f"{en} pt"))
    elif len(used) > 1:
        usual = sizes.most_common(1)[0][0]
        odd = next((line for line in text if line.sizes != {usual}), text[0])
        yield Fault("B11", short(odd), (vi, f"{en} pt"))


def _is_mark(stretch: Stretch) -> bool:
    """A footnote's mark in the text, which a PDF shows as smaller type."""
    return stretch.type.size_pt < _MARK_PT and len(stretch.text.strip()) <= _MARK_LETTERS


# --- Word ------------------------------------------------------------------------------------------


def _word_layout(text: Sequence[Line]) -> Iterator[Fault]:
    text = [line for line in text if line.cell is None]  # in a table's cell, lines have a place of their own
    long = [line for line in text if len(line.text) > LONG and line.shape is not None]
    yield from _first_of("B2", long, _not_justified)
    yield from _first_of("B3", long, _indent)
    yield from _first_of("B5", [line for line in text if line.text], _line_spacing)
    yield from _word_gaps(text)


def _first_of(rule: str, lines: Sequence[Line], look: Callable[[Line], Said | None]) -> Iterator[Fault]:
    """One fault for all the lines that break a rule alike: the first."""
    for line in lines:
        found = look(line)
        if found is not None:
            yield Fault(rule, short(line), found)
            return


def _not_justified(line: Line) -> Said | None:
    align = line.shape.align if line.shape else "both"
    return None if align == "both" else _ALIGNS.get(align, _ALIGNS["left"])


def _indent(line: Line) -> Said | None:
    shape = line.shape
    if shape is None or line.stretches[0].text[:1] in {"\t", " ", "\u00a0"}:
        return None
    first = shape.left_mm + shape.first_line_mm
    if min(abs(first - 10), abs(first - 12.7)) <= 0.5:
        return None
    return told("{} mm", "{} mm", first, places=1)


def _line_spacing(line: Line) -> Said | None:
    shape, size = line.shape, max(line.sizes, default=14.0)
    if shape is None:
        return None
    if shape.line_em is not None and not 0.99 <= shape.line_em <= 1.51:
        return told("{} dòng", "{} lines", shape.line_em, places=2)
    if shape.line_pt is not None and not 1.1 * size <= shape.line_pt <= 1.75 * size:
        return told("{} pt", "{} pt", shape.line_pt)
    return None


def _word_gaps(text: Sequence[Line]) -> Iterator[Fault]:
    """At least 6 pt between paragraphs: Word adds what is after one and before the next."""
    narrow: list[tuple[Line, float]] = []
    pairs = 0
    for above, below in pairwise(text):
        if above.shape is None or below.shape is None or not above.text or not below.text:
            continue
        pairs += 1
        gap = above.shape.after_pt + below.shape.before_pt
        if above.shape.contextual and below.shape.contextual:
            gap = 0.0
        if gap < 5.9 and above.where != below.where:
            narrow.append((above, gap))
    if narrow and len(narrow) > pairs // _FEW:
        above, gap = narrow[0]
        yield Fault("B4", short(above), told("{} pt", "{} pt", gap))


# --- PDF -------------------------------------------------------------------------------------------


def _goes_on(above: Line, line: Line, left: float, *, right: float) -> bool:
    """Whether a line that begins with a dash is the rest of a full one: “xã Xuân Trường / - Đà Lạt”."""
    begins = line.text.startswith(("- ", "– ")) and abs(line.places[0].left - left) <= 1.0
    return begins and bool(above.places) and above.places[-1].right >= right - 1.0


def _pdf_layout(text: Sequence[Line]) -> Iterator[Fault]:
    paragraphs = [line for line in text if len(line.places) > 1]
    left = min((place.left for line in paragraphs for place in line.places), default=30.0)
    right = max((place.right for line in paragraphs for place in line.places), default=190.0)
    for above, line in zip([None, *text], text, strict=False):
        if len(line.places) <= 1 or (above is not None and _goes_on(above, line, left, right=right)):
            continue
        indent = line.places[0].left - left
        if min(abs(indent - 10), abs(indent - 12.7)) > 1.0:
            yield Fault("B3", short(line), told("{} mm", "{} mm", indent, places=1))
            break
    pitches = [
        (after.baseline - before.baseline) * _PT_PER_MM / max(line.sizes, default=14.0)
        for line in paragraphs
        for before, after in pairwise(line.places)
        if after.baseline > before.baseline
    ]
    if pitches:
        pitch = sorted(pitches)[len(pitches) // 2]
        if not 1.1 <= pitch <= 1.78:
            yield Fault("B5", _BODY, told("{} dòng", "{} lines", pitch / 1.149, places=2))
        yield from _pdf_gaps(text, pitch)
    yield from _ragged(paragraphs)


def _pdf_gaps(text: Sequence[Line], pitch: float) -> Iterator[Fault]:
    gaps: list[tuple[float, Line]] = []
    for above, below in pairwise(text):
        last, first = above.places[-1], below.places[0]
        size = max(below.sizes, default=14.0)
        if first.baseline > last.baseline and above.page == below.page:
            gaps.append(((first.baseline - last.baseline) * _PT_PER_MM - pitch * size, above))
    if gaps and sorted(gap for gap, _ in gaps)[len(gaps) // 2] < 5:
        gap, line = min(gaps, key=lambda each: each[0])
        yield Fault("B4", short(line), told("{} pt", "{} pt", max(0.0, gap), places=0))


def _ragged(paragraphs: Sequence[Line]) -> Iterator[Fault]:
    """Full lines of justified text end at one place."""
    full = [place.right for line in paragraphs for place in line.places[:-1]]
    if len(full) < _ENOUGH_FULL:
        return
    edge = max(full)
    far = sum(edge - right > _RAGGED_MM for right in full)
    off = sum(edge - right > _OFF_EDGE_MM for right in full)
    if far > len(full) / 3 or off > len(full) / 2:
        yield Fault("B2", _BODY, ("lề phải so le", "the right edge is ragged"))


# --- words -----------------------------------------------------------------------------------------


def grounds_of(text: Sequence[Line], parts: Parts) -> list[Line]:
    """The paragraphs that are the grounds of issue: “Căn cứ …;” and those that go on with them.

    A sentence that says what its writer does (“Căn cứ …, Sở Nội vụ đề nghị …”) is text like any other.
    """
    found: list[Line] = []
    for line in text[:_FIRST]:
        begins = _GROUNDS.match(line.text) if found else line.text.startswith("Căn cứ ")
        ends = line.text.endswith((";", ".", ",")) or line.text[-1:].isalnum()
        if begins and ends and not _is_sentence(line):
            found.append(line)
        elif found:
            break
    alone = len(found) == 1 and not found[0].text.endswith(";") and not parts.named_kind
    return [] if alone and "," in found[0].text.rstrip(",") and not found[0].is_italic else found


def _is_sentence(line: Line) -> bool:
    said = _SAYS.search(line.text)
    return said is not None and line.text[said.start() + 2].isupper() and not line.text.endswith(";")


def _grounds(grounds: Sequence[Line]) -> Iterator[Fault]:
    for line in grounds:
        found = cut([line], italic=True)
        last = line is grounds[-1]
        if not line.text.endswith("." if last else ";"):
            found.append((f"kết thúc “{line.text[-1]}”", f"end with {line.text[-1]!r}"))
        if found:
            yield Fault("B6", short(line), together(found))
            return


def _stressed(text: Sequence[Line]) -> Iterator[Fault]:
    """Whole paragraphs in bold or italics; a title ends with a colon, a remark stands in parentheses."""
    for line in text:
        if len(line.text) <= LONG or line.text.endswith(":") or line.text.startswith("("):
            continue
        titled = line.is_bold and len(line.text) < _TITLE and not line.text.endswith((".", ";"))
        if _CLAUSE.match(line.text) or titled:
            continue
        found = [("in đậm cả đoạn", "has a paragraph all in bold")] if line.is_bold else []
        found += [("in nghiêng cả đoạn", "has a paragraph all in italics")] if line.is_italic else []
        if found:
            yield Fault("B10", short(line), together(found))
            return


def _clauses(text: Sequence[Line]) -> Iterator[Fault]:
    for line in text:
        if _POINT.match(line.text) and (line.types[0].italic or (line.is_bold and line.types[0].bold)):
            yield Fault("B7", short(line), ("điểm in nghiêng hoặc đậm", "have a point in italics or bold"))
            return


def _ending(parts: Parts, text: Sequence[Line]) -> Iterator[Fault]:
    last = next((line for line in reversed(parts.body) if line.text), None)
    if last is not None and not parts.named_kind:
        if last.in_ruled_table and not last.text.endswith("./."):
            below = (
                "kết thúc bằng bảng, dưới bảng không có “./.”",
                "ends with a table and no “./.” below it",
            )
            yield Fault("B8", short(last), below)
        elif not last.text.endswith("./."):
            yield Fault("B8", short(last), ("không kết thúc bằng “./.”", "does not end with “./.”"))
        elif last.text.endswith(" ./."):
            yield Fault("B8", short(last), ("có dấu cách trước “./.”", "has a blank before “./.”"))
    body = fold(" ".join(line.text for line in parts.body))
    if parts.annexes and text and "phu luc" not in body and "kem theo" not in body:
        yield Fault("B9", _BODY)
