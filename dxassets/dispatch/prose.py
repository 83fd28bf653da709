"""A letter's text: each line is a paragraph, and every character is kept but a few signs of how it looks.

What is understood is this and nothing else:

- ``## 1. Title`` is a khoản's title, ``### a) title`` a điểm's (with their number or letter);
- ``**bold**``, ``*italic*`` with clear edges: a blank, bracket or mark outside, a letter or figure inside;
- in a document with a name, ``## `` also before ``Điều 1.``, ``I.``, ``Chương I`` and the like, and before
  a title in capitals;
- where tables are asked for, rows between pipes below a row of heads and a row of dashes (``| --- | :-: |``);
- ``<https://...>`` and ``[words](https://...)`` are links; ``![label](qr:id)`` alone on a line is a QR code.

All else is text: “- ”, “+ ”, “1.” are the signs that a letter's lists have anyhow; ``(*)``, ``2*3*4``, pipes,
``#``, ``_``, ``&amp;`` and HTML stand as they were typed. `explained` tells what was understood.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from dxassets.dispatch.model import Block, Paragraph, ParagraphKind, QrPlace, Run, Table
from dxassets.dispatch.pipes import cells_of, read_table, table_height
from dxassets.errors import Problem
from dxassets.vietnamese import strange_characters

_TITLES: tuple[tuple[re.Pattern[str], ParagraphKind], ...] = (
    (re.compile(r"##\s+(?=\d+(?:\.\d+)*[.)]?\s)"), "clause"),
    (re.compile(r"###\s+(?=[a-zđ]\)\s)"), "point"),
)
_NAMED_TITLE = re.compile(
    r"##\s+(?=Điều \d+[a-zđ]?\.|[IVXLC]+\.\s|(?:Phần|Chương) [IVXLC]+$|(?:Mục|Tiểu mục) \d+$)"
)
"""Titles that only documents with articles and parts have."""
_TITLED = {"clause": ("tiêu đề khoản", "a khoản's title"), "point": ("tiêu đề điểm", "a điểm's title")}
_QR = re.compile(r"!\[([^\]]*)\]\(qr:([a-z0-9]+(?:-[a-z0-9]+)*)\)")
_OPENS, _CLOSES = r"[\w“‘\"'(\[{«<]", r"[\w”’\"')\]}.,;:!?…%»>/]"
_ITALIC = re.compile(rf"(?<![*\w])\*(?={_OPENS})([^*]+?)(?<={_CLOSES})\*(?![*\w])")
_BOLD = re.compile(
    rf"(?<![*\w])\*\*(?=(?:\* )?\*?{_OPENS})((?:\* )?(?:[^*]|(?<!\*)\*(?!\*)[^*]+\*)+?)(?<=\S)\*\*(?![*\w])"
)
_SIGNS = re.compile("[\\[<*\0\r]")
"""Without one of these a line holds neither links nor emphasis, nor what Markdown would replace."""
_SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class _Typed:
    """One character and how it looks."""

    char: str
    bold: bool = False
    italic: bool = False
    url: str | None = None
    is_sign: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """What more is understood: titles of documents with a name, and tables."""

    named: bool = False
    tables: bool = False


PLAIN = Markup()


def parse_prose(
    text: str, source: str, before: int, problems: list[Problem], *, markup: Markup = PLAIN
) -> tuple[Block, ...]:
    """The blocks of `text`; what can't be printed goes into `problems` as ``source:line``.

    `before` lines stand above `text` in its file.
    """
    reader = _ProseReader(source, before, problems, markup)
    return tuple(reader.blocks(text))


def explained(text: str, source: str, before: int, *, markup: Markup = PLAIN) -> tuple[Problem, ...]:
    """What of `text` was not taken as it stands: titles, bold, italics, links, codes, each with its line."""
    reader = _ProseReader(source, before, [], markup)
    list(reader.blocks(text))
    return tuple(reader.understood)


class _ProseReader:
    """Reads a text line by line."""

    def __init__(self, source: str, before: int, problems: list[Problem], markup: Markup) -> None:
        self.understood: list[Problem] = []
        self._source, self._before, self._problems, self._markup = source, before, problems, markup
        self._line = 0
        self._markdown = MarkdownIt("zero").enable(["autolink", "link"])
        self._markdown.validateLink = _is_address

    def blocks(self, text: str) -> Iterator[Block]:
        """The block of each line that says something, and of each table."""
        lines = unicodedata.normalize("NFC", text).split("\n")
        at = 0
        while at < len(lines):
            self._line = at + 1
            height = table_height(lines, at) if self._markup.tables else 0
            if height:
                yield self._table(lines[at : at + height])
                self._check_row_below(lines, at, height)
            elif lines[at].strip():
                yield self._block(lines[at].strip())
            at += height or 1

    def _table(self, lines: Sequence[str]) -> Table:
        self._explain(("bảng", "a table"), lines[0].strip())
        for line in lines:
            self._check_characters(line.strip())
        return read_table(lines, self._where())

    def _check_row_below(self, lines: Sequence[str], at: int, height: int) -> None:
        """A row just below a table with more or fewer cells than its heads: a slip, and no text."""
        self._line = at + height + 1
        extra = cells_of(lines[at + height]) if at + height < len(lines) else []
        wanted = len(cells_of(lines[at]))
        if extra:
            self._complain(
                f"hàng này có {len(extra)} ô, tiêu đề của bảng có {wanted}; hãy cho bằng nhau, "
                "hoặc để một dòng trống ở trên nếu đây là chữ",
                f"this row has {len(extra)} cells, the table's heads are {wanted}; make them as many, "
                "or leave a line free above it if it is text",
            )

    def _block(self, line: str) -> Block:
        code = _QR.fullmatch(line)
        if code is not None:
            return self._qr_place(code)
        kind: ParagraphKind = "text"
        named: tuple[tuple[re.Pattern[str], ParagraphKind], ...] = ((_NAMED_TITLE, "clause"),)
        for sign, titled in (*_TITLES, *(named if self._markup.named else ())):
            found = sign.match(line)
            if found is not None:
                kind, line = titled, line[found.end() :]
                self._explain(_TITLED[titled], line)
        if self._markup.named and line.startswith("## ") and line == line.upper() and line != line.lower():
            kind, line = "clause", line[3:].lstrip()
            self._explain(_TITLED[kind], line)
        self._check_characters(line)
        if _SIGNS.search(line) is None:  # most lines: nothing in them can be more than text
            runs = [Run(line, bold=kind == "clause")]
            return Paragraph(kind, tuple(merge_runs(runs)), self._where())
        letters = self._emphasised(self._linked(line))
        if kind == "clause":  # mục II.6.đ: number and title of a khoản are bold
            letters = [replace(letter, bold=True) for letter in letters]
        runs = [Run(each.char, each.bold, each.italic, each.url) for each in letters if not each.is_sign]
        return Paragraph(kind, tuple(merge_runs(runs)), self._where())

    def _qr_place(self, code: re.Match[str]) -> QrPlace:
        label = " ".join(code.group(1).split())
        if not label:
            self._complain("mã QR cần nhãn: ![nhãn](qr:mã)", "a QR code needs a label: ![label](qr:id)")
        self._explain(("chỗ đặt mã QR", "a QR code's place"), label)
        return QrPlace(code.group(2), label, self._where())

    def _linked(self, line: str) -> list[_Typed]:
        """The characters of a line, those of its links with their address."""
        letters: list[_Typed] = []
        url: str | None = None
        for token in self._markdown.parseInline(line)[0].children or []:
            if token.type == "link_open":
                url = str(token.attrs.get("href", ""))
                self._explain(("liên kết", "a link"), url)
            elif token.type == "link_close":
                url = None
            else:
                letters += [_Typed(char, url=url) for char in token.content]
        return letters

    def _emphasised(self, letters: list[_Typed]) -> list[_Typed]:
        """The characters, those between clear signs bold or italic, and the signs marked as such."""
        for pattern, wide, name in (
            (_BOLD, 2, ("chữ đậm", "bold")),
            (_ITALIC, 1, ("chữ nghiêng", "italic")),
        ):
            text = "".join("\u2060" if letter.is_sign else letter.char for letter in letters)
            for found in pattern.finditer(text):
                self._explain(name, found.group(1).replace("\u2060", ""))
                for at in range(*found.span()):
                    is_sign = not found.start() + wide <= at < found.end() - wide
                    looks = replace(letters[at], is_sign=True) if is_sign else letters[at]
                    letters[at] = replace(looks, **{"bold" if wide == 2 else "italic": True})
        return letters

    def _check_characters(self, line: str) -> None:
        strange = strange_characters(line)
        if strange:
            codes = ", ".join(f"U+{ord(char):04X}" for char in strange)
            self._complain(
                f"có ký tự không in được ({codes})", f"holds characters that can't be printed ({codes})"
            )

    def _explain(self, name: tuple[str, str], text: str) -> None:
        self.understood.append(Problem(self._where(), f"{name[0]}: “{text}”", f"{name[1]}: “{text}”"))

    def _complain(self, vi: str, en: str) -> None:
        self._problems.append(Problem(self._where(), vi, en))

    def _where(self) -> str:
        return f"{self._source}:{self._before + self._line}"


def _is_address(url: str) -> bool:
    try:
        return urlsplit(url).scheme in _SCHEMES
    except ValueError:
        return False


def merge_runs(runs: Sequence[Run]) -> list[Run]:
    """`runs` with neighbours of one style joined and empty ones left out."""
    told = (run for run in runs if run.text)
    return [
        Run("".join(run.text for run in same), bold, italic, url)
        for (bold, italic, url), same in groupby(told, key=lambda run: (run.bold, run.italic, run.url))
    ]
