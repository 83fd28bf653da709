"""What a letter is made with, besides its words: typeface, QR codes, template; and what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Literal

import numpy as np

from dxassets.backends.qr import QrMatrix, matrix_to_path
from dxassets.backends.rasterizer import encode_pixels
from dxassets.backends.shaper import Font
from dxassets.dispatch import Block, Dispatch, Edition, LetterForm, Paragraph, QrPlace, Wording
from dxassets.dispatch.form import MOTTO
from dxassets.errors import DispatchError, Problem
from dxassets.vietnamese import break_costs

Cut = Literal["regular", "bold", "italic", "bold-italic"]
QUIET_ZONE = 4
"""Light modules around a QR symbol (ISO/IEC 18004)."""
NAME_PHRASES = (
    "Ủy ban nhân dân", "Thông tin", "Truyền thông", "Khoa học", "Công nghệ", "Nông nghiệp", "Phát triển",
    "nông thôn", "Giao thông", "vận tải", "Tài nguyên", "Môi trường", "Lao động", "Thương binh", "Xã hội",
    "Văn hóa", "Thể thao", "Du lịch", "Giáo dục", "Đào tạo", "Kế hoạch", "Đầu tư", "Quản lý", "các khu",
    "khu công nghiệp", "Phát thanh", "Truyền hình", "Văn phòng", "Ban Quản lý",
)  # fmt: skip
"""What is kept together in the name of a body at the head of a letter."""
_SHORT_TITLE = 100  # letters: about a line
_PX_PER_MODULE = 12  # about 400 dpi at 30 mm


@dataclass(frozen=True, slots=True)
class QrPart:
    """A QR code's symbol, and the bare domain printed below it; no symbol while its link is not set."""

    matrix: QrMatrix | None
    domain: str


@dataclass(frozen=True, slots=True)
class LetterParts:
    """`fonts`: the face by cut; `qr`: codes by link id; `template`: a template's text by its name."""

    fonts: Mapping[Cut, bytes]
    qr: Mapping[str, QrPart]
    template: Callable[[str], str]
    family: str = "Tinos"
    spare: Mapping[Cut, bytes] = field(default_factory=dict["Cut", bytes])
    """Cuts of the face that sets words with stacked marks."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths (mm) that follow from the words."""

    issuer_rule_mm: float
    motto_rule_mm: float
    circulation_mm: float
    """The width of the box around the direction on circulation."""
    salutation_mm: float
    """“Kính gửi” without its colon: dashes stand below the colon."""
    salutation_full_mm: float
    about_rule_mm: float
    """Below the subject of a document with a name, or below the name where it has no subject."""
    reference_rule_mm: tuple[float, ...]
    """Below the line that names the letter, of each annex (Mẫu 1.3, 2.1)."""
    subject_side_mm: float
    """Taken off each side of the V/v's column, so that its lines come out even and no word is left alone."""


def measure_letter(wording: Wording, form: LetterForm, fonts: Mapping[Cut, bytes]) -> Measures:
    """Measure with the letter's own face. Mục II.1: the motto's rule is as long as the motto."""

    def width(text: str, cut: Cut, size_pt: float) -> float:
        return _font(fonts[cut]).ink(text).advance * size_pt * 25.4 / 72

    name = max(width(line, "bold", form.body_name_pt) for line in wording.body_name)
    return Measures(
        issuer_rule_mm=min(name, form.letterhead_left_mm) * form.issuer_rule_share,
        motto_rule_mm=width(MOTTO, "bold", form.motto_pt),
        about_rule_mm=form.issuer_rule_share
        * max(
            (width(line, "bold", form.title_pt) for line in (wording.about or (wording.title,))), default=0.0
        ),
        reference_rule_mm=tuple(
            form.issuer_rule_share
            * min(
                max((width(line, "bold", form.annex_title_pt) for line in (*annex.title, "")), default=0.0),
                form.about_mm,
            )
            or form.short_rule_mm
            for annex in wording.annexes
        ),
        circulation_mm=width(wording.circulation, "bold", form.mark_pt) + 2 * form.circulation_padding_mm,
        salutation_mm=_before_dash(
            wording, form, width(wording.salutation.rstrip(":"), "regular", form.addressee_pt)
        ),
        salutation_full_mm=width(f"{wording.salutation} ", "regular", form.addressee_pt),
        subject_side_mm=_even_side(
            [width(word, "regular", form.subject_pt) for word in wording.subject.split()],
            width("a a", "regular", form.subject_pt) - 2 * width("a", "regular", form.subject_pt),
            column=form.letterhead_left_mm,
        ),
    )


def address_height(wording: Wording, form: LetterForm, fonts: Mapping[Cut, bytes]) -> float:
    """The room (mm) for the body's address at the foot of the first page (mục III.4); 0 without one."""
    if not wording.address:
        return 0.0
    width = partial(_width, fonts["regular"], size_pt=form.address_pt)
    blank = width("a a") - 2 * width("a")
    lines = sum(
        _line_count([width(word) for word in line.split()], blank, form.text_width_mm)
        for line in wording.address
    )
    pitch = form.address_pt * form.single_line
    return (lines * pitch + form.rule_pt + form.address_gap_pt) * 25.4 / 72


def _width(font: bytes, text: str, *, size_pt: float) -> float:
    return _font(font).ink(text).advance * size_pt * 25.4 / 72


def _before_dash(wording: Wording, form: LetterForm, salutation_mm: float) -> float:
    """How far the addressees' dashes stand right of the salutation's first letter (mục II.9.d).

    A telegram's sender may be as long as a line: below it they are only indented (Mẫu 1.6).
    """
    return salutation_mm if wording.salutation == "Kính gửi:" else form.first_line_mm


def fit_letterhead(wording: Wording, form: LetterForm, fonts: Mapping[Cut, bytes]) -> Wording:
    """Mục II.2: a name too long for its column takes several lines, broken between its phrases, evenly.

    So does the subject below the name of a kind.
    """

    def fitted(lines: tuple[str, ...], cut: Cut, size_pt: float, room: float) -> tuple[str, ...]:
        def width(text: str) -> float:
            return _font(fonts[cut]).ink(text).advance * size_pt * 25.4 / 72

        return tuple(part for line in lines for part in name_lines(line, width, room))

    left = form.letterhead_left_mm
    return replace(
        wording,
        parent=fitted(wording.parent, "regular", form.parent_pt, left),
        body_name=fitted(wording.body_name, "bold", form.body_name_pt, left),
        about=fitted(wording.about, "bold", form.title_pt, form.about_mm),
        annexes=tuple(
            replace(annex, title=fitted(annex.title, "bold", form.annex_title_pt, form.about_mm))
            if annex.is_issued
            else annex
            for annex in wording.annexes
        ),
    )


@dataclass(frozen=True, slots=True)
class _Broken:
    """The first words of a name in lines: the narrowest and widest of these, and what their ends cost."""

    least: float
    most: float
    cost: float
    lines: tuple[str, ...]

    def is_as_good_as(self, other: _Broken) -> bool:
        """Whether nothing that may follow can make `other` the better one."""
        return self.least >= other.least and self.most <= other.most and self.cost <= other.cost

    def rank(self, column: float) -> tuple[float, tuple[str, ...]]:
        return (self.most - self.least) / column + self.cost, self.lines


def name_lines(line: str, width: Callable[[str], float], column: float) -> tuple[str, ...]:
    """`line` in as few lines as the column allows; of those breaks, the one that reads and looks best."""
    words, costs = break_costs(line, NAME_PHRASES)
    ways: dict[int, list[_Broken]] = {0: [_Broken(column, 0.0, 0.0, ())]}
    while ways:
        ways = _with_one_more_line(words, costs, ways, width=width, column=column)
        if len(words) in ways:
            return min(ways[len(words)], key=lambda way: way.rank(column)).lines
    return (line,)


def _with_one_more_line(
    words: Sequence[str],
    costs: Sequence[float],
    ways: Mapping[int, Sequence[_Broken]],
    *,
    width: Callable[[str], float],
    column: float,
) -> dict[int, list[_Broken]]:
    """The breaks that are worth following with one line more than `ways`, by how many words they hold."""
    longer: dict[int, list[_Broken]] = {}
    for start, befores in ways.items():
        for end in range(start + 1, len(words) + 1):
            part = " ".join(words[start:end])
            wide = width(part)
            if wide > column:
                break
            cost = 0.0 if end == len(words) else costs[end - 1] + (2.0 if part.endswith("-") else 0.0)
            kept = longer.setdefault(end, [])
            for old in befores:
                new = _Broken(min(old.least, wide), max(old.most, wide), old.cost + cost, (*old.lines, part))
                if not any(each.is_as_good_as(new) for each in kept):
                    kept[:] = [each for each in kept if not new.is_as_good_as(each)] + [new]
    return longer


def _even_side(words: Sequence[float], blank: float, *, column: float) -> float:
    """How much (mm) to take off both sides of `column` so that `words` need no more lines than before."""
    least = _line_count(words, blank, column)
    side = 0.0
    # At least half of the column stays; 1 mm is spared for other layout programs.
    while side + 0.5 <= column / 4 and _line_count(words, blank, column - 2 * (side + 0.5) - 1.0) <= least:
        side += 0.5
    return side


def _line_count(words: Sequence[float], blank: float, column: float) -> int:
    lines, pen = 1, 0.0
    for word in words:
        if pen and pen + blank + word > column:
            lines, pen = lines + 1, word
        else:
            pen += word + (blank if pen else 0.0)
    return lines


@lru_cache(maxsize=8)
def _font(data: bytes) -> Font:
    return Font(data)


def check_letter(dispatch: Dispatch, parts: LetterParts, edition: Edition) -> None:
    """Raise `DispatchError` for a code whose link the campaign lacks, or an annex that is not there."""
    if edition.part is not None and edition.part > len(dispatch.annexes):
        raise DispatchError(
            Problem(
                "annexes",
                f"công văn không có phụ lục thứ {edition.part}",
                f"the letter has no annex {edition.part}",
            )
        )
    unknown = [place for place in dispatch.qr_places() if place.id not in parts.qr]
    if unknown:
        known = ", ".join(parts.qr)
        raise DispatchError(
            *(
                Problem(
                    place.where or f"qr:{place.id}",
                    f"chiến dịch không có liên kết “{place.id}”; có: {known}",
                    f"the campaign has no link {place.id!r}; it has {known}",
                )
                for place in unknown
            )
        )


def keeps_with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it may not end a page: a title, or the line above a QR code.

    A long title may end the text above a table: it would pull the table's first row along.
    """
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        titled = isinstance(block, Paragraph) and block.kind != "text"
        if following is None and isinstance(block, Paragraph):
            titled = titled and len(block.text) <= _SHORT_TITLE
        yield block, titled or (isinstance(block, Paragraph) and isinstance(following, QrPlace))


def qr_png(matrix: QrMatrix) -> bytes:
    """The symbol with its quiet zone as a PNG, whole pixels a module."""
    light = np.where(np.array(matrix.rows, dtype=bool), np.uint8(0), np.uint8(255))
    framed = np.pad(light, QUIET_ZONE, constant_values=255)
    pixels = framed.repeat(_PX_PER_MODULE, axis=0).repeat(_PX_PER_MODULE, axis=1)
    encoded = encode_pixels(np.stack([pixels] * 3, axis=2), "png", None)
    if encoded is None:
        raise AssertionError("without a limit there is always an encoding")
    return encoded.data


def qr_path(matrix: QrMatrix) -> tuple[str, int]:
    """The symbol as SVG path data, one unit a module, and the side of its square, quiet zone included."""
    return matrix_to_path(matrix, x=QUIET_ZONE, y=QUIET_ZONE, module=1), matrix.side + 2 * QUIET_ZONE
