"""Document symbols, web addresses and telephone numbers as a reader says them."""

from __future__ import annotations

import re

from dxassets.spoken.numerals import cardinal, digits, number_words
from dxassets.spoken.voice import ReadAloud, before

_SYMBOL = re.compile(
    r"(?<![\w/])(\d{1,6})(?:/((?:19|20)\d{2}))?([/-])([A-ZĐ][A-Za-zĐđ]*\d{0,2}(?:[-/&][A-ZĐ][A-Za-zĐđ]*\d{0,2})*)(?![\w/])"
)
_OF_SOMEBODY = re.compile(
    r"\s*,?\s*(?:ngày\s+\d{1,2}(?:[/.-]\d{1,2}[/.-]\d{4}|\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?\s*,?\s*của\s"
)
_PARLIAMENT = re.compile(r"(QH|[A-ZĐ]+QH)(\d{1,2})")
_KIND_BEFORE = re.compile(
    r"(?<!\w)([A-ZĐ][A-Za-zĐđ]*)(?=\s+(?:số:?\s+)?\d{1,6}(?:/(?:19|20)\d{2})?[/-]\1[-/])"
)
_LETTER = re.compile(r"công văn(?:\s+số\s*:?)?$")
_ADDRESS = re.compile(
    r"(?i)[<(]?\b(?:https?://|www\.)[^\s<>()“”\"]+[>)]?"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:vn|com|org|net|gov|edu|(?-i:info|me|gle|ly|io|tv|asia|app|page|link))(?:/[^\s<>()“”\"]*)?(?![\w@])"
)
_MAIL = re.compile(r"(?i)(?<![\w.])([\w.+-]+)@((?:[a-z0-9-]+\.)+[a-z]{2,})")
_LEADING = (
    r"(?i)(?:,?\s*(?:xem|truy cập|tham khảo|xem thêm)?\s*(?:tại|ở|theo)?\s*(?:địa chỉ|trang web|website|"
    r"đường dẫn|link)?\s*:?\s*)$"
)
_HASHTAG = re.compile(r"(?<!\w)#\w+")
_TRAILING = ".,;:!?>)"
_CALLED = (
    r"(?i)\b((?:gọi|tổng đài|hotline|đường dây nóng|điện thoại|số máy|số điện thoại)\s*:?(?:\s+số)?:?\s+)"
)
_MORE = r"(?:,|\s+và|\s+hoặc|\s+hay|\s*/)\s*1\d{2,3}(?![\w/]|[.,]\d)"
_CALL = re.compile(rf"{_CALLED}(\d[\d .\-]*\d)(?!\w)((?:{_MORE})*)")
_PHONE = re.compile(
    r"(?<![\w.,/])(\+84[ .\-]?\d{1,3}(?:[ .\-]?\d{2,4}){2,3}|\(?0\d{1,4}\)?(?:[ .\-]?\d{2,4}){2,4}"
    r"|1[89]00[ .\-]?\d{4})(?![\w/]|[.,]\d)"
)
_DATE = re.compile(r"[0-3]?\d([-.])[01]?\d\1(?:19|20)\d{2}")
_LEAST_PHONE, _MOST_PHONE = 8, 12
_MOST_AT_ONCE, _TWICE_FOUR = 6, 8


def say_symbols(text: str, voice: ReadAloud) -> str:
    """505/QĐ-TTg as “Quyết định số năm trăm linh năm của Thủ tướng Chính phủ”, nothing of it twice."""
    text = _KIND_BEFORE.sub(lambda m: voice.vocabulary.documents.get(m[1], m[1]), text)
    return _SYMBOL.sub(lambda found: _symbol(found, voice), text)


def say_addresses(text: str, voice: ReadAloud) -> str:
    """Addresses by their bare domain, or without them; hashtags are never spoken."""
    text = _HASHTAG.sub("", text)
    if voice.reading.addresses == "leave-out":
        return _without(_MAIL, _without(_ADDRESS, text))
    text = _MAIL.sub(lambda m: f"{_spelled(m[1], voice)} a còng {_spelled(m[2], voice)}", text)
    return _ADDRESS.sub(lambda m: _domain(m, voice), text)


def say_telephones(text: str, voice: ReadAloud) -> str:
    """Telephone numbers digit by digit, with a pause where a blank or a dot stands."""
    del voice
    text = _CALL.sub(lambda m: m[1] + _dialled(m[2]) + _more(m[3]), text)
    return _PHONE.sub(lambda m: _dialled(m[1]) if _is_phone(m[1]) else m[0], text)


def _symbol(found: re.Match[str], voice: ReadAloud) -> str:
    number, year, sign, code = found.groups()
    parts = re.split(r"[-/]", code)
    if sign == "-" and len(parts) < 2:
        return found[0]
    if sum(char.isupper() for char in code) < 2:
        return found[0]
    document = voice.vocabulary.documents.get(parts[0])
    offices = parts if document is None else parts[1:]
    if document is None and _PARLIAMENT.fullmatch(parts[0]) is None:
        kinds = "|".join(re.escape(name.lower()) for name in voice.vocabulary.documents.values())
        named = re.search(rf"({kinds})(?:\s+số\s*:?)?$", before(found))
        letter = parts[0] in voice.vocabulary.offices or _LETTER.search(before(found)) is not None
        document, offices = ("Công văn", parts[:1]) if letter else (None, parts)
        document = named[1].capitalize() if named and document else document
    said = digits(number) if number.startswith("0") else number_words(number, voice.reading)
    if year:
        said += f", năm {cardinal(int(year), voice.reading)},"
    if _OF_SOMEBODY.match(found.string, found.end()):
        return _named(found, document, said.rstrip(","))
    return _named(found, document, said) + _whose(offices, voice)


def _named(found: re.Match[str], document: str | None, number: str) -> str:
    """The number with its kind of document and “số”, as far as they do not stand there already."""
    left = before(found)
    if document is not None and re.search(rf"{document.lower()}(?:\s+số\s*:?)?$", left):
        return number
    if left.endswith(("số", "số:")):
        return number if document is None else f"{number}, {document}"
    return f"{'' if document is None else document + ' '}số {number}"


def _whose(offices: list[str], voice: ReadAloud) -> str:
    named: list[str] = []
    for office in offices:
        parliament = _PARLIAMENT.fullmatch(office)
        house = None if parliament is None else voice.vocabulary.offices.get(parliament[1])
        if parliament is not None and house is not None:
            named.append(f"{house} khóa {cardinal(int(parliament[2]), voice.reading)}")
        else:
            named.append(voice.vocabulary.said(office) or voice.note(office))
    return f" của {' và '.join(named)}" if named else ""


def _without(pattern: re.Pattern[str], text: str) -> str:
    """`text` without what the pattern finds, nor the words that lead to it."""
    at = pattern.search(text)
    while at is not None:
        left, end = text[: at.start()], at[0].rstrip(">)")
        tail = end[len(end.rstrip(_TRAILING)) :]
        text = re.sub(_LEADING, "", left) + tail + text[at.end() :]
        at = pattern.search(text)
    return text


def _domain(found: re.Match[str], voice: ReadAloud) -> str:
    address = found[0].strip("<>()")
    tail = address[len(address.rstrip(_TRAILING)) :]
    host = re.sub(r"(?i)^(?:https?://)?(?:www\.)?", "", address.rstrip(_TRAILING))
    return _spelled(re.split(r"[/?#:]", host)[0], voice) + tail


def _spelled(name: str, voice: ReadAloud) -> str:
    """The labels of a host or a mailbox with the words for their dots and dashes."""
    said = name.lower()
    for sign, word in ((".", "chấm"), ("-", "gạch ngang"), ("_", "gạch dưới"), ("+", "cộng")):
        said = said.replace(sign, f" {word} ")
    said = re.sub(r"\d+", lambda m: f" {cardinal(int(m[0]), voice.reading)} ", said)
    return " ".join(said.split())


def _is_phone(text: str) -> bool:
    if _DATE.fullmatch(text):
        return False
    return _LEAST_PHONE <= sum(char.isdecimal() for char in text) <= _MOST_PHONE


def _more(text: str) -> str:
    """The further numbers of “gọi 113, 114 hoặc 115”."""
    return re.sub(r"\d+", lambda m: digits(m[0]), text.replace("/", " hoặc "))


def _dialled(text: str) -> str:
    groups = [group for group in re.split(r"[ .\-()]+", text.replace("+", "")) if group]
    if len(groups) == 1 and len(groups[0]) > _MOST_AT_ONCE:
        groups = [groups[0][:4], *_threes(groups[0][4:])]
    else:
        groups = [
            part for group in groups for part in (_threes(group) if len(group) > _MOST_AT_ONCE else [group])
        ]
    said = ", ".join(digits(group) for group in groups)
    return f"cộng {said}" if text.startswith("+") else said


def _threes(text: str) -> list[str]:
    """Three digits at a time, of eight four; a single one that is left over goes with those before it."""
    if len(text) == _TWICE_FOUR:
        return [text[:4], text[4:]]
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups
