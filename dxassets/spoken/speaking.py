"""A written text made for the ear: the passes one after another, from what is longest to single signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dxassets.spoken.amounts import say_amounts, say_roman
from dxassets.spoken.dates import say_dates, say_hours
from dxassets.spoken.shorthand import say_shorthand
from dxassets.spoken.symbols import say_addresses, say_symbols, say_telephones
from dxassets.spoken.vocabulary import Vocabulary
from dxassets.spoken.voice import ReadAloud
from dxassets.vietnamese import LETTERS, clean, fold

_CAPITALS = "A-Z" + "".join(sorted(letter.upper() for letter in LETTERS if not letter.isascii()))
_SHORT = re.compile(
    rf"(?<!\w)[{_CAPITALS}][{_CAPITALS}0-9]*(?:[&/-][{_CAPITALS}]+)*[{_CAPITALS}][a-zđ]?(?!\w)"
    rf"|(?<![\w.])[A-ZĐ]\.(?=\s?[{_CAPITALS}])"
)
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_STOPPED = re.compile(r"(?:ch|[cpt])$")
_STRESSED = re.compile("[\u0301\u0323]")
"""A syllable that ends in a stop has an acute or a dot: TYT is none."""
_SIGNS = (
    (re.compile(r"\s*%"), " phần trăm"),
    (re.compile(r"\s*&\s*"), " và "),
    (re.compile(r"\s*\+\s*"), " cộng "),
    (re.compile(r"\s*=\s*"), " bằng "),
    (re.compile(r"\s*[×*]\s*"), " nhân "),
    (re.compile(r"\s*≥\s*"), " lớn hơn hoặc bằng "),
    (re.compile(r"\s*≤\s*"), " nhỏ hơn hoặc bằng "),
    (re.compile(r"\s*[>]\s*"), " lớn hơn "),
    (re.compile(r"\s*[<]\s*"), " nhỏ hơn "),
    (re.compile(r"[“”\"«»‘’](?!\w)|(?<!\w)[“”\"«»‘’']"), ""),
    (re.compile(r"[,;:]?\s*(?:\.\.\.|…)"), ", vân vân"),
    (re.compile(r"\s*[()\[\]{}→]\s*"), ", "),
    (re.compile(r"(?<=\bđồng)/(?=\w)"), " một "),
    (re.compile(r"(?<=\bvà)/(?=hoặc\b)"), " "),
    (re.compile(r"(?<=\b[A-Z])/(?=[A-Z]\b)"), " "),
    (re.compile(r"(?<=\w)/(?=\w)"), ", "),
    (re.compile(r"(?<=[^\W\d_])[-‐‑–](?=\w)"), " "),
)
_NAMES_JOINED = re.compile(rf"(?<=\w)\s+[-–—]\s+(?=[{_CAPITALS}])")
_DASH = re.compile(r"\s+[-–—]+\s+|^\s*[-–—•+*]\s+|(?<=\w)[-–—](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as it is said, and the short forms in it that are not known and stand as they were."""

    text: str
    unknown: tuple[str, ...] = ()


def speak(text: str, vocabulary: Vocabulary) -> Spoken:
    """`text` (one paragraph) in words: numbers, dates, abbreviations, symbols. NFC, on one line."""
    voice = ReadAloud(vocabulary)
    said = clean(text).replace("\u00a0", " ")
    for step in (say_addresses, say_symbols, say_telephones, say_shorthand, say_hours, say_dates):
        said = step(said, voice)
    said = say_amounts(said, voice)
    said = vocabulary.short_forms.sub(
        lambda m: f"{vocabulary.said(m[0])} " if m[0].endswith(".") else vocabulary.said(m[0]) or m[0], said
    )
    said = say_roman(said, voice)
    said = _SHORT.sub(lambda m: _unknown(m[0], voice), said)
    said = _tidy(_without_signs(said))
    for left in re.findall(r"\w*\d(?:[.,]?\w)*", said):
        voice.note(left)
    return Spoken(said, tuple(voice.unknown))


def _unknown(short: str, voice: ReadAloud) -> str:
    """A word in capitals is a word; anything else in capitals is an abbreviation that nobody explained."""
    plain = fold(short)
    if _SYLLABLE.fullmatch(plain) and not (
        _STOPPED.search(plain) and not _STRESSED.search(unicodedata.normalize("NFD", short))
    ):
        return short
    parts = re.split(r"([&/-])", short)
    said = [voice.vocabulary.said(part) for part in parts[::2]]
    if len(said) > 1 and all(said):
        between = [" và " if sign == "&" else ", " for sign in parts[1::2]]
        return "".join(f"{each}{sign}" for each, sign in zip(said, [*between, ""], strict=True))
    return voice.note(short)


def _without_signs(text: str) -> str:
    """Signs as words or pauses; pictures (emoji) as nothing."""
    text = _NAMES_JOINED.sub(" ", text)
    text = _DASH.sub(", ", text)
    for sign, word in _SIGNS:
        text = sign.sub(word, text)
    return "".join(char for char in text if unicodedata.category(char) not in {"So", "Sk", "Cf", "Cn", "Co"})


def _tidy(text: str) -> str:
    """One pause where several came together, none at the beginning, no blank before one."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,;:.!?])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:]\s*([.!?])", r"\1", text)
    text = re.sub(r"([.!?])(?:\s*[.,;:!?])+", r"\1", text)
    text = re.sub(r"([,;:.!?])(?=[^\W\d_])", r"\1 ", text)
    return unicodedata.normalize("NFC", text.lstrip(" ,;:.!?").rstrip(" ,;:"))
