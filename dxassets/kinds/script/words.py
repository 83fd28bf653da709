"""What people read of a script, in it and about it."""

from __future__ import annotations

import re

from dxassets.kinds.script.spec import ScriptSpec, Version
from dxassets.notation import number, plain
from dxassets.spoken import Breath

SHORT_PAUSE, LONG_PAUSE = "/", "//"
HEAD = "LỜI PHÁT THANH"
PLAN = "Lịch phát"
COLUMNS = ("Ngày", "Giờ", "Bản")
_FORMS = {"docx": "bản Word", "pdf": "bản PDF", "txt": "văn bản thô", "ssml": "cho máy đọc"}


def script_title(spec: ScriptSpec) -> str:
    """The script, and as what; a voice gets one version at a time."""
    only = f", {spec.versions[0].title.lower()}" if spec.format == "ssml" else ""
    return f"Lời phát thanh{only} ({_FORMS[spec.format]})"


def script_alt(spec: ScriptSpec) -> str:
    """Whose it is, and how long it takes."""
    lengths = ", ".join(duration(version.seconds) for version in spec.versions)
    return f"Lời phát thanh của {spec.author}: {spec.title}. Thời gian đọc: {lengths}."


def duration(seconds: int) -> str:
    """So many seconds as they are said: 1 phút 25 giây."""
    minutes, rest = divmod(seconds, 60)
    said = [f"{minutes} phút"] if minutes else []
    return " ".join([*said, f"{rest} giây"] if rest or not minutes else said)


def measured(version: Version) -> str:
    """How long a version is."""
    return f"Thời gian đọc: {duration(version.seconds)} ({number(version.syllables, 'vi')} âm tiết)"


def how_to_read(spec: ScriptSpec) -> str:
    """The line that explains the marks."""
    return (
        f"Cách đọc: dấu {SHORT_PAUSE} nghỉ ngắn, dấu {LONG_PAUSE} nghỉ dài. "
        f"Tốc độ: {plain(spec.rate, 'vi')} âm tiết mỗi phút, kể cả nghỉ hơi."
    )


def not_known(spec: ScriptSpec) -> str:
    """The line on short forms that stand as they are; empty where there is none."""
    if not spec.unknown:
        return ""
    return f"Chưa biết đọc: {', '.join(spec.unknown)}. Hãy ghi cách đọc vào tệp spoken.toml của chiến dịch."


def marked(paragraph: tuple[Breath, ...]) -> str:
    """A paragraph with its marks for breath."""
    pieces = (
        f"{phrase.text} {LONG_PAUSE if phrase.ends else SHORT_PAUSE}" for phrase in sentence_case(paragraph)
    )
    return " ".join(pieces)


def sentence_case(paragraph: tuple[Breath, ...]) -> tuple[Breath, ...]:
    """The phrases, the first word of each sentence with a capital."""
    found: list[Breath] = []
    begins = True
    for phrase in paragraph:
        text = (
            re.sub(r"\w", lambda letter: letter[0].upper(), phrase.text, count=1) if begins else phrase.text
        )
        found.append(Breath(text, phrase.ends))
        begins = phrase.ends
    return tuple(found)
