"""Vietnamese text: normal form, ASCII slugs, and where a line may break.

Text enters as NFC once, at load (`clean`). Words are what blanks separate; compounds
such as “cải cách hành chính” are several words that stay on one line. The word list (`lexicon`)
knows the language's compounds, a campaign's own phrases overrule it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from dxassets.lexicon import Seam, seams, spelling_key

# Costs of ending a line between two words, in units where 1 is "as bad as a
# line 20 % shorter than its neighbours"; breaking.py weighs them against evenness.
BEFORE_DASH = 60.0
"""More than anything else: a dash never begins a line."""
WITHIN_WORD = 24.0
WITHIN_PHRASE = 14.0
WITHIN_TERM = 12.0
WITHIN_PAIR = 8.0
WITHIN_NAME = 6.0
AFTER_DASH = 2.0
"""A dash at a line's end hangs in the air. It may, where the line would be much shorter or longer else."""
BEFORE_AFTERTHOUGHT = 12.0
AFTER_FUNCTION_WORD = 1.6
AFTER_PUNCTUATION = -0.8
BEFORE_CLAUSE = -0.3
BAR = "|"
"""In a campaign's phrase: here a line may end."""
NO_BREAK = "\u00a0"

_SEAM_COSTS = {
    Seam.OPEN: 0.0,
    Seam.LOOSE: WITHIN_PAIR,
    Seam.TERM: WITHIN_TERM,
    Seam.WORD: WITHIN_WORD,
}
_FUNCTION_WORDS = frozenset(
    "và của các những một vì để cho tại với trong từ đến về là có được hơn bằng theo trên dưới cùng "
    "không chưa đừng chớ hãy mọi mỗi từng do bởi như khi nếu sẽ đã đang rất luôn cả".split()
)
_CLAUSE_STARTS = frozenset("vì và để cho trong với".split())
_AFTERTHOUGHTS = frozenset("hơn nhất nữa lắm này ấy đó nhau khác nhé".split())
"""They belong to the word before them: “nhanh hơn”, “giúp nhau”, “việc này”."""
_PLACE_TYPES = frozenset(
    "tỉnh huyện xã phường quận phố trấn khu thôn buôn bon bản ấp làng tổ sông núi đảo đèo cầu vịnh hồ".split()
)
_COUNTED = frozenset(
    "ngày tháng năm điều khoản điểm mục chương phần số thứ quý lần khóa kỳ kì tuổi trang quyết định luật tổ "
    "lớp cấp mức mồng mùng giờ phút trước sau hơn gần đến kỉ kỷ thế quốc lộ".split()
)
_NUMBER = re.compile(r"\d[\d.,/–-]*")
_NUMERAL = re.compile(r"\d|[IVXL]+\b")
_ABBREVIATIONS = frozenset("TP. Tp. TX. TT. Q. P. H. X. GS. PGS. TS. ThS. BS. CN. KS. Đ/c St.".split())
_DASHES = frozenset("-–—")
LETTERS = frozenset(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
) | {"đ", *"bcdghklmnpqrstvx"}
"""The letters of Vietnamese in lower case, with their tones."""
_CUTS = frozenset(',;:.!?“”"()…[]«»/-–—‐‑')
_SYLLABLES = re.compile(rf"[{re.escape(''.join(_CUTS))}]|[^\s{re.escape(''.join(_CUTS))}]+")


_WHITE = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` in NFC with every run of white space as one blank, none at the ends.

    A run of no-break blanks only (U+00A0, U+202F, U+2007) is one U+00A0: somebody meant it.
    """
    return _WHITE.sub(_one_blank, unicodedata.normalize("NFC", text).strip())


def _one_blank(white: re.Match[str]) -> str:
    return " " if white[0].strip("\u00a0\u202f\u2007") else NO_BREAK


def strange_characters(text: str) -> list[str]:
    """Control, format, private and unassigned characters in `text`: none belongs in a name or slogan."""
    return sorted({char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cn", "Cs"}})


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`text` without marks, in lower case: “Cần Thơ” and “can tho” fold to the same."""
    return unmarked(text).casefold()


def unmarked(text: str) -> str:
    """`text` without marks, capitals as they are: “Cần Thơ” is “Can Tho”."""
    plain = text.replace("đ", "d").replace("Đ", "D").replace(NO_BREAK, " ")
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def slug(text: str) -> str:
    """An ASCII name for files and ids: “UBND xã Ea H'leo” is `ubnd-xa-ea-hleo`."""
    without_apostrophes = re.sub(r"['’ʼ]", "", fold(text))
    return re.sub(r"[^a-z0-9]+", "-", without_apostrophes).strip("-")


def upper(text: str) -> str:
    """Capitals by Unicode's rules, in NFC (“ỷ” is one letter, so is “Ỷ”)."""
    return unicodedata.normalize("NFC", text.upper())


@lru_cache(maxsize=4096)
def break_costs(text: str, phrases: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words of `text` (what blanks separate), and the cost of ending a line after each but the last.

    Compounds and names of the word list hold together, so do numbers with what they count, and
    names of capitalised words. A campaign's `phrases` (any case) overrule that: they stay
    whole where they occur, and a bar in one (“sản xuất | kinh doanh”) lets a line end there.
    Costs are finite: a tower may be narrower than a word.
    """
    words = tuple(text.split(" ")) if text else ()
    held = _held(words)
    costs = [_cost_at(words, held, gap) for gap in range(len(held))]
    if phrases:
        costs = _with_phrases(words, costs, phrases)
    return words, tuple(costs)


def _cost_at(words: tuple[str, ...], held: list[float], gap: int) -> float:
    """The cost of a break after word `gap`: the harder of what grammar and what the word list say."""
    cost, hold = _cost_between(words[gap], words[gap + 1]), held[gap]
    if hold:
        return max(cost, hold)
    # capitals of no word that is known: a person's name, a village's; not “Sở | Nội vụ”
    is_name = cost == WITHIN_NAME and not any(held[max(gap - 1, 0) : gap + 2])
    return WITHIN_PHRASE if is_name else cost


def _held(words: tuple[str, ...]) -> list[float]:
    """How hard the word list holds each word to the next; a run ends at punctuation, hyphen and slash."""
    held = [0.0] * max(len(words) - 1, 0)
    run: list[str] = []
    gaps: list[int | None] = []  # which gap of `words` lies before each syllable of the run but the first

    def close() -> None:
        for gap, seam in zip(gaps, seams(run) if len(run) > 1 else (), strict=True):
            if gap is not None:
                held[gap] = _SEAM_COSTS[seam]
        run.clear()
        gaps.clear()

    for at, word in enumerate(words):
        for number, syllable in enumerate(_SYLLABLES.findall(word)):
            if syllable in _CUTS:
                close()
                continue
            if run:
                gaps.append(None if number else at - 1)
            run.append(syllable)
    close()
    return held


def _with_phrases(words: tuple[str, ...], costs: list[float], phrases: tuple[str, ...]) -> list[float]:
    """`costs` where the phrases of a campaign hold words together, or let them part."""
    tokens = [
        (key, at)
        for at, word in enumerate(words)
        for key in (spelling_key(part) for part in _bare(word).split(NO_BREAK))
    ]
    keys, places = tuple(key for key, _ in tokens), tuple(at for _, at in tokens)
    within, freed = [0.0] * len(costs), set[int]()
    for phrase in _split_phrases(phrases):
        for start in _occurrences(keys, phrase.words):
            for step in range(len(phrase.words) - 1):
                gap = places[start + step]
                if places[start + step + 1] == gap:
                    continue  # a no-break blank stands there
                if step in phrase.bars:
                    freed.add(gap)
                else:
                    within[gap] += WITHIN_PHRASE  # a phrase inside a phrase holds harder
    return [
        max(0.0 if gap in freed else cost, hold) if hold or gap in freed else cost
        for gap, (cost, hold) in enumerate(zip(costs, within, strict=True))
    ]


def _cost_between(left: str, right: str) -> float:
    """The cost of a break between two neighbouring words, by grammar alone."""
    if right in _DASHES:
        return BEFORE_DASH
    if left in _DASHES:
        return WITHIN_PHRASE if right[:1].isdigit() else AFTER_DASH
    if left in _ABBREVIATIONS:
        return WITHIN_PHRASE
    if left[-1:] in ",;:.!?":
        return AFTER_PUNCTUATION
    return _cost_between_plain(left, right)


def _cost_between_plain(left: str, right: str) -> float:  # noqa: PLR0911  (a list of rules, first match wins)
    """`_cost_between` for words with no dash or punctuation between them."""
    bare_left, bare_right = _bare(left), _bare(right)
    if _NUMBER.fullmatch(left) or (bare_left in _COUNTED and _NUMERAL.match(right)):
        return WITHIN_PHRASE  # “50 %”, “10 năm”; “tháng 10”, “Điều 5”, “khóa XVI”
    if bare_left in _PLACE_TYPES and (right[:1].isupper() or _NUMBER.fullmatch(bare_right)):
        return WITHIN_PHRASE
    if left[:1].isupper() and right[:1].isupper() and not left.isupper():
        return WITHIN_NAME
    if bare_right in _AFTERTHOUGHTS:
        return BEFORE_AFTERTHOUGHT
    if bare_left in _FUNCTION_WORDS:
        return AFTER_FUNCTION_WORD
    if bare_right in _CLAUSE_STARTS:
        return BEFORE_CLAUSE
    return 0.0


def _bare(word: str) -> str:
    """`word` in lower case without the punctuation around it."""
    return word.strip(',;:.!?“”"()').lower()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of a campaign: its words as keys, and after which of them a line may end."""

    words: tuple[str, ...]
    bars: frozenset[int]


@lru_cache(maxsize=16)
def _split_phrases(phrases: tuple[str, ...]) -> tuple[_Phrase, ...]:
    """Each phrase once; a single word has nothing to keep together."""
    found: dict[_Phrase, None] = {}
    for phrase in phrases:
        pieces = [tuple(spelling_key(word) for word in piece.lower().split()) for piece in phrase.split(BAR)]
        words = tuple(word for piece in pieces for word in piece)
        ends = accumulate(len(piece) for piece in pieces[:-1])
        if len(words) > 1:
            found[_Phrase(words, frozenset(end - 1 for end in ends))] = None
    return tuple(found)


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
