"""Vietnamese text: normal form, ASCII slugs, and where a line may break.

Text enters as NFC once, at load (`clean`). Words are what blanks separate;
compounds such as “chuyển đổi số” are several words that stay on one line, and
only a campaign's own phrase list knows them (no public segmenter keeps that one whole).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

# Costs of ending a line between two words, in units where 1 is "as bad as a
# line 20 % shorter than its neighbours"; breaking.py weighs them against evenness.
WITHIN_PHRASE = 14.0
WITHIN_NAME = 6.0
AFTER_FUNCTION_WORD = 1.6
AFTER_PUNCTUATION = -0.8
BEFORE_CLAUSE = -0.3

_FUNCTION_WORDS = frozenset(
    "và của các những một vì để cho tại với trong từ đến về là có được hơn bằng theo trên dưới cùng".split()
)
_CLAUSE_STARTS = frozenset("vì và để cho trong với".split())
_PLACE_TYPES = frozenset("tỉnh huyện xã phường quận".split())
_DASHES = frozenset("-–—")
LETTERS = frozenset(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | {"đ", *"bcdghklmnpqrstvx"}
"""The letters of Vietnamese in lower case, with their tones."""


def clean(text: str) -> str:
    """`text` in NFC with every run of white space as one blank, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def strange_characters(text: str) -> list[str]:
    """Control, format, private and unassigned characters in `text`: none belongs in a name or slogan."""
    return sorted({char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn", "Cs"}})


def fold(text: str) -> str:
    """`text` without marks, in lower case: “Cư Jút” and “cu jut” fold to the same."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def slug(text: str) -> str:
    """An ASCII name for files and ids: “UBND huyện Đắk R'lấp” is `ubnd-huyen-dak-rlap`."""
    without_apostrophes = re.sub(r"['’ʼ]", "", fold(text))
    return re.sub(r"[^a-z0-9]+", "-", without_apostrophes).strip("-")


def upper(text: str) -> str:
    """Capitals by Unicode's rules, in NFC (“ỷ” is one letter, so is “Ỷ”)."""
    return unicodedata.normalize("NFC", text.upper())


@lru_cache(maxsize=4096)
def break_costs(text: str, phrases: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words of `text`, and the cost of ending a line after each but the last.

    `phrases` (any case) stay whole where they occur; so do names of capitalised
    words and “tỉnh X”. Costs are finite: a tower may be narrower than a phrase.
    """
    words = tuple(text.split())
    costs = [_cost_between(left, right) for left, right in pairwise(words)]
    folded = tuple(_bare(word) for word in words)
    within = [0.0] * len(costs)
    for phrase in _split_phrases(phrases):
        for start in _occurrences(folded, phrase):
            for gap in range(start, start + len(phrase) - 1):
                within[gap] += WITHIN_PHRASE  # “chuyển đổi số” inside “Ngày Chuyển đổi số” holds harder
    return words, tuple(max(cost, held) if held else cost for cost, held in zip(costs, within, strict=True))


def _cost_between(left: str, right: str) -> float:  # noqa: PLR0911  (a list of rules, first match wins)
    """The cost of a break between two neighbouring words, by grammar alone."""
    bare_left, bare_right = _bare(left), _bare(right)
    if right in _DASHES:
        return WITHIN_PHRASE  # a dash stays with the word before it
    if left in _DASHES or left[-1] in ",;:.!?":
        return AFTER_PUNCTUATION
    if bare_left in _PLACE_TYPES and right[:1].isupper():
        return WITHIN_PHRASE
    if left[:1].isupper() and right[:1].isupper() and not left.isupper():
        return WITHIN_NAME
    if bare_left in _FUNCTION_WORDS:
        return AFTER_FUNCTION_WORD
    if bare_right in _CLAUSE_STARTS:
        return BEFORE_CLAUSE
    return 0.0


def _bare(word: str) -> str:
    """`word` in lower case without the punctuation around it."""
    return word.strip(',;:.!?“”"()').lower()


@lru_cache(maxsize=16)
def _split_phrases(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of each phrase in lower case, once each; a single word has nothing to keep together."""
    split = (tuple(phrase.lower().split()) for phrase in phrases)
    return tuple(dict.fromkeys(words for words in split if len(words) > 1))


def _occurrences(words: tuple[str, ...], phrase: tuple[str, ...]) -> list[int]:
    """Where `phrase` begins in `words`."""
    if phrase[0] not in words:
        return []
    return [
        start
        for start, word in enumerate(words)
        if word == phrase[0] and words[start : start + len(phrase)] == phrase
    ]


_SHORT_FORMS = (
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Ủy ban Mặt trận Tổ quốc", "UBMTTQ"),
    ("Đoàn đại biểu Quốc hội", "Đoàn ĐBQH"),
    ("Trung học phổ thông", "THPT"),
    ("Trung học cơ sở", "THCS"),
    ("Ban Quản lý", "BQL"),
    ("Văn phòng", "VP"),
    ("Công nghệ thông tin", "CNTT"),
    ("thành phố", "TP."),
    ("thị trấn", "TT."),
)
"""What offices are usually shortened to, longest first."""


def abbreviated(name: str) -> str:
    """An office's name with its usual abbreviations: “Ủy ban nhân dân xã Nam Đà” is “UBND xã Nam Đà”."""
    for long, short in _SHORT_FORMS:
        name = re.sub(rf"(?<!\w){re.escape(long)}(?!\w)", short, name, flags=re.IGNORECASE)
    return name


def sentences(texts: Iterable[str]) -> str:
    """The texts as sentences, with one stop between each two and none doubled."""
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in texts)
