"""A letter's text: a small part of Markdown becomes blocks; everything else is refused by line.

``## 1. Title`` is a khoản, ``### a) title`` a điểm; list items become paragraphs
that begin with “- ” (“+ ” one level down, or their number); ``**``, ``*`` and
``<https://...>`` or ``[words](address)`` work inside a line; ``![label](qr:id)`` alone
in a paragraph is the place of a QR code. HTML is ordinary text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from dxassets.dispatch.model import Block, Paragraph, ParagraphKind, QrPlace, Run
from dxassets.errors import Problem
from dxassets.vietnamese import strange_characters

_HEADINGS: dict[str, ParagraphKind] = {"h2": "clause", "h3": "point"}
_REFUSED = {
    "fence": ("khối mã", "a code block"),
    "code_block": ("khối mã (dòng lùi đầu từ 4 dấu cách)", "a code block (a line indented by 4 blanks)"),
    "blockquote_open": ("khối trích dẫn", "a block quote"),
    "hr": ("đường kẻ ngang", "a horizontal rule"),
    "code_inline": ("chữ mã trong dấu `", "code in backticks"),
    "image": (
        "hình; chỉ dùng ![nhãn](qr:mã) trên một dòng riêng",
        "a picture; only ![label](qr:id) alone on a line",
    ),
}
_QR_ID = re.compile(r"qr:([a-z0-9]+(?:-[a-z0-9]+)*)")
_SCHEMES = {"http", "https", "mailto"}


def parse_prose(text: str, source: str, before: int, problems: list[Problem]) -> tuple[Block, ...]:
    """The blocks of `text`; what can't stand in a letter goes into `problems` as ``source:line``.

    `before` lines stand above `text` in its file.
    """
    markdown = MarkdownIt("commonmark", {"html": False})
    reader = _BlockReader(source, before, problems)
    for token in markdown.parse(unicodedata.normalize("NFC", text)):
        reader.take(token)
    return tuple(reader.blocks)


class _BlockReader:
    """Walks Markdown's tokens and gathers blocks."""

    def __init__(self, source: str, before: int, problems: list[Problem]) -> None:
        self.blocks: list[Block] = []
        self._source = source
        self._before = before
        self._problems = problems
        self._line = 0
        self._kind: ParagraphKind = "text"
        self._lists: list[Literal["bullet", "ordered"]] = []
        self._marker = ""

    def take(self, token: Token) -> None:
        """Take the next block token."""
        if token.map:
            self._line = token.map[0] + 1
        match token.type:
            case "heading_open":
                self._open_heading(token)
            case "heading_close":
                self._kind = "text"
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append("bullet" if token.type.startswith("bullet") else "ordered")
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._marker = self._item_marker(token)
            case "inline":
                self._add_inline(token)
            case _ if token.type in _REFUSED:
                self._refuse(*_REFUSED[token.type])
            case _:
                pass

    def _open_heading(self, token: Token) -> None:
        if token.tag not in _HEADINGS:
            self._complain(
                "chỉ dùng ## cho khoản (1.) và ### cho điểm (a)",
                "only ## for a clause (1.) and ### for a point (a) may be used",
            )
        self._kind = _HEADINGS.get(token.tag, "text")

    def _item_marker(self, token: Token) -> str:
        if self._lists[-1] == "ordered":
            return f"{token.info}{token.markup} "
        return "- " if len(self._lists) == 1 else "+ "

    def _add_inline(self, token: Token) -> None:
        children = token.children or []
        if place := self._qr_place(children):
            self.blocks.append(place)
            return
        runs = self._runs(children)
        if self._marker:
            runs = [Run(self._marker), *runs]
            self._marker = ""
        if self._kind == "clause":  # mục II.6: number and title of a khoản are bold
            runs = [Run(run.text, bold=True, italic=run.italic, url=run.url) for run in runs]
        self._check_characters(runs)
        self.blocks.append(Paragraph(self._kind, tuple(merge_runs(runs)), self._where()))

    def _qr_place(self, children: Sequence[Token]) -> QrPlace | None:
        if len(children) != 1 or children[0].type != "image":
            return None
        found = _QR_ID.fullmatch(str(children[0].attrs.get("src", "")))
        if found is None:
            return None
        if not children[0].content.strip():
            self._complain("mã QR cần nhãn: ![nhãn](qr:mã)", "a QR code needs a label: ![label](qr:id)")
        return QrPlace(found.group(1), " ".join(children[0].content.split()), self._where())

    def _runs(self, children: Sequence[Token]) -> list[Run]:
        runs: list[Run] = []
        bold = italic = 0
        url: str | None = None
        for child in children:
            match child.type:
                case "text":
                    runs.append(Run(child.content, bold > 0, italic > 0, url))
                case "softbreak" | "hardbreak":
                    runs.append(Run(" ", bold > 0, italic > 0, url))
                case "strong_open" | "strong_close":
                    bold += child.nesting
                case "em_open" | "em_close":
                    italic += child.nesting
                case "link_open":
                    url = self._address(str(child.attrs.get("href", "")))
                case "link_close":
                    url = None
                case _ if child.type in _REFUSED:
                    self._refuse(*_REFUSED[child.type])
                case _:
                    self._refuse(f"“{child.type}”", f"{child.type!r}")
        return runs

    def _address(self, href: str) -> str:
        if urlsplit(href).scheme not in _SCHEMES:
            shown = unquote(href)
            self._complain(
                f"“{shown}” không phải địa chỉ web đầy đủ (https://...)",
                f"{shown!r} is not a full web address (https://...)",
            )
        return href

    def _check_characters(self, runs: Sequence[Run]) -> None:
        strange = strange_characters("".join(run.text for run in runs))
        if strange:
            codes = ", ".join(f"U+{ord(char):04X}" for char in strange)
            self._complain(
                f"có ký tự không in được ({codes})", f"holds characters that can't be printed ({codes})"
            )

    def _refuse(self, vi: str, en: str) -> None:
        self._complain(f"công văn không có chỗ cho {vi}", f"a letter has no place for {en}")

    def _complain(self, vi: str, en: str) -> None:
        self._problems.append(Problem(self._where(), vi, en))

    def _where(self) -> str:
        return f"{self._source}:{self._before + self._line}"


def merge_runs(runs: Sequence[Run]) -> list[Run]:
    """`runs` with neighbours of one style joined and empty ones left out."""
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].bold, merged[-1].italic, merged[-1].url) == (run.bold, run.italic, run.url):
            merged[-1] = Run(merged[-1].text + run.text, run.bold, run.italic, run.url)
        elif run.text:
            merged.append(run)
    return merged
