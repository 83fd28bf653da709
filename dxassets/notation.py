"""Numbers, weights of files and dates as people write them in Vietnamese and in English.

Babel knows how (Unicode CLDR); it is imported when something is written, because a command that
writes no number need not wait for it. The web pages have the same in `templates/site/js/notation.js`;
both are tested with what stands in `tests/data/notation.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dxassets.errors import Lang

NO_BREAK = "\u00a0"
"""Stands between a number and its unit: a line never ends there."""
MOST_PLACES = 3
_WHOLE_FROM = 100
"""From here on a weight has no decimals; in kB it never has."""
_LONG = {"vi": "EEEE, 'ngày' dd/MM/yyyy", "en": "EEEE, d MMMM yyyy"}
_SHORT = {"vi": "dd/MM/yyyy", "en": "d MMMM yyyy"}


def number(value: float | Decimal, lang: Lang, *, places: int = 0) -> str:
    """`value` with just so many decimals, half rounded up, thousands set apart: 1.234,5 and 1,234.5."""
    rounded = _rounded(value, places)
    if places == 0 and abs(rounded) < 1000:  # the same everywhere
        return str(rounded)
    return _written(rounded, "#,##0" + "." * (places > 0) + "0" * places, lang)


def plain(value: float | Decimal, lang: Lang, *, places: int = MOST_PLACES) -> str:
    """`value` with at most so many decimals, as a measure or a limit is written: 6000, 2,5 and 2.5."""
    rounded = _rounded(value, places)
    if rounded == rounded.to_integral_value():
        return str(int(rounded))
    return _written(rounded, "0." + "#" * places, lang)


def measure(value: float, unit: str, lang: Lang, *, places: int = MOST_PLACES) -> str:
    """A number, at most so many decimals, with its unit: 12,7 mm."""
    return f"{plain(value, lang, places=places)}{NO_BREAK}{unit}"


def extent(width: float, height: float, unit: str, lang: Lang) -> str:
    """Width × height with their unit: 1200 × 630 px."""
    return f"{plain(width, lang)}{NO_BREAK}×{NO_BREAK}{measure(height, unit, lang)}"


def weight(count: int, lang: Lang) -> str:
    """So many bytes: 812 B, 95 kB, 1,2 MB, 128 MB. A kB is 1000 bytes (ISO 80000-13)."""
    if count < 1000:
        return f"{count}{NO_BREAK}B"
    return next(
        f"{number(value, lang, places=places)}{NO_BREAK}{unit}"
        for unit, value, places in _in_units(count)
        if _rounded(value, places) < 1000 or unit == "GB"
    )


def long_date(day: date, lang: Lang) -> str:
    """A date with its weekday: Thứ Hai, ngày 10/10/2026."""
    return _dated(day, _LONG[lang], lang)


def short_date(day: date, lang: Lang) -> str:
    """A date in a few signs: 10/10/2026; in English the month is a word, since 1/11 is read two ways."""
    return _dated(day, _SHORT[lang], lang)


def told(vi: str, en: str, *values: float, places: int = MOST_PLACES) -> tuple[str, str]:
    """A remark in both languages, its ``{}`` filled with numbers of at most so many decimals."""
    return (
        vi.format(*(plain(value, "vi", places=places) for value in values)),
        en.format(*(plain(value, "en", places=places) for value in values)),
    )


def listed(values: Iterable[float]) -> tuple[str, str]:
    """Numbers in a row; the Vietnamese row is parted by semicolons: commas stand inside the numbers."""
    known = list(values)
    return "; ".join(plain(value, "vi") for value in known), ", ".join(plain(value, "en") for value in known)


def in_both(write: Callable[[Lang], str]) -> tuple[str, str]:
    """What `write` gives in Vietnamese and in English."""
    return write("vi"), write("en")


def _in_units(count: int) -> Iterator[tuple[str, Decimal, int]]:
    """So many bytes in each unit, and to how many decimals."""
    for unit, each in (("kB", 10**3), ("MB", 10**6), ("GB", 10**9)):
        value = Decimal(count) / each
        yield unit, value, 0 if unit == "kB" or _rounded(value, 1) >= _WHOLE_FROM else 1


def _rounded(value: float | Decimal, places: int) -> Decimal:
    """Half up and from the number as it is printed, as browsers do it: 1.005 gives 1.01."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # which makes 0 of -0


@lru_cache(maxsize=256)
def _written(value: Decimal, pattern: str, lang: Lang) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415  (30 ms)

    return format_decimal(value, format=pattern, locale=lang)


def _dated(day: date, pattern: str, lang: Lang) -> str:
    from babel.dates import format_date  # noqa: PLC0415  (30 ms)

    return format_date(day, pattern, locale=lang)
