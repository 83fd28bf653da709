"""A script's sentences and when they are said: `templates/script/loa.toml`, and a campaign's own `loa.md`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from dxassets.errors import CampaignError, Problem
from dxassets.kinds.reading import words_file
from dxassets.kinds.telling import DayOf
from dxassets.models import Identifier, Line, Model
from dxassets.resources import Resources
from dxassets.spoken import Vocabulary, parse_vocabulary
from dxassets.vietnamese import clean, fold, strange_characters

WORDING_FILE = "templates/script/loa.toml"
OWN_TEXT = "loa.md"
VOCABULARY_FILE = "campaigns/spoken.toml"
OWN_VOCABULARY = "spoken.toml"
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_LENGTH = re.compile(r"(\d+)\s*(giay|phut)")
_MARKUP = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class Piece(Model):
    """One sentence with its holes, said once, or for each day or link."""

    text: Line
    rank: Annotated[int, Field(ge=1)]
    each: Literal["campaign", "day", "link"] = "campaign"


class VersionWish(Model):
    """A length that is wished for, in seconds."""

    id: Identifier
    title: Line
    seconds: Annotated[int, Field(ge=10, le=600)]


class BroadcastWish(Model):
    """An hour and a version."""

    hour: Annotated[
        str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["17:30"])
    ]
    version: Identifier


class Repeat(Model):
    """What is said on days of one sort; `weekdays` (1 is Monday) thin out plain days."""

    on: DayOf
    broadcasts: tuple[BroadcastWish, ...]
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)


class ScriptText(Model):
    """`loa.toml`."""

    pieces: Annotated[tuple[Piece, ...], Field(min_length=1)]
    versions: Annotated[tuple[VersionWish, ...], Field(min_length=1)]
    repeats: tuple[Repeat, ...] = ()


def wording_of(resources: Resources) -> ScriptText:
    """The sentences that `resources` find; `CampaignError` with all that is wrong."""
    return words_file(ScriptText, resources, WORDING_FILE)


def vocabulary_of(resources: Resources) -> Vocabulary:
    """How things are read here: the bundled list, a campaign's own over it."""
    known = parse_vocabulary(resources.read(VOCABULARY_FILE).data, VOCABULARY_FILE)
    own = resources.data(OWN_VOCABULARY)
    return known if own is None else known.joined(parse_vocabulary(own, OWN_VOCABULARY))


def own_text(resources: Resources, wishes: tuple[VersionWish, ...]) -> dict[int | None, tuple[str, ...]]:
    """The paragraphs of `loa.md` by length in seconds, None for all lengths; empty without the file.

    `CampaignError` for a file that is no text, says nothing, or has a heading of no known length.
    """
    data = resources.data(OWN_TEXT)
    if data is None:
        return {}
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(
            OWN_TEXT, "không phải văn bản UTF-8; hãy lưu lại với mã UTF-8", "is not UTF-8 text; save it so"
        ) from error
    lengths = {wish.seconds for wish in wishes}
    found: dict[int | None, list[str]] = {}
    length: int | None = None
    for where, paragraph in _paragraphs(text):
        heading = _HEADING.fullmatch(paragraph)
        if heading is None:
            found.setdefault(length, []).append(paragraph)
            continue
        length = _seconds(heading[1])
        if length is None:
            continue  # a title
        if length not in lengths:
            known = ", ".join(wish.title.lower().removeprefix("bản ") for wish in wishes)
            raise _wrong(
                where,
                f"không có bản “{heading[1]}”; có: {known}",
                f"there is no version {heading[1]!r}; there are: {known}",
            )
    said = {key: tuple(each) for key, each in found.items()}
    if not said:
        raise _wrong(
            OWN_TEXT,
            "không có chữ nào; hãy viết lời phát thanh, hoặc xóa tệp này",
            "says nothing; write the text, or delete the file",
        )
    return said


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph, list entry and heading on one line, with its place."""
    lines: list[str] = []
    start = 1
    body = re.sub(r"<!--.*?-->", lambda m: "\n" * m[0].count("\n"), text, flags=re.DOTALL)
    for number, raw in enumerate([*body.splitlines(), ""], start=1):
        line = clean(raw)
        bullet = re.match(r"(?:[-*+•]|\d+[.)])\s+", line)
        if lines and (not line or bullet or line.startswith("#") or lines[0].startswith("#")):
            yield f"{OWN_TEXT}:{start}", _plain(" ".join(lines), f"{OWN_TEXT}:{start}")
            lines = []
        if line:
            start = number if not lines else start
            lines.append(line[bullet.end() :] if bullet else line)


def _plain(text: str, where: str) -> str:
    strange = ", ".join(f"U+{ord(char):04X}" for char in strange_characters(text))
    if strange:
        raise _wrong(
            where,
            f"có ký tự không đọc được ({strange}); hãy gõ lại dòng này",
            f"holds characters that can't be read ({strange}); type this line again",
        )
    return _MARKUP.sub("", _LINK.sub(r"\1", text))


def _seconds(heading: str) -> int | None:
    found = _LENGTH.search(fold(heading))
    return None if found is None else int(found[1]) * (60 if found[2] == "phut" else 1)


def _wrong(where: str, vi: str, en: str) -> CampaignError:
    return CampaignError(Problem(where, vi, en))
