"""What templates may do to data: words filled in, kept together, chosen by language."""

from __future__ import annotations

import re

from dxassets.models import Bilingual
from dxassets.vietnamese import WITHIN_NAME, break_costs


def filled(text: str, **parts: object) -> str:
    """`text` with its ``{holes}`` filled."""
    return text.format_map(parts)


def said(text: Bilingual, lang: str) -> str:
    """A bilingual text in that language."""
    return text.vi if lang == "vi" else text.en


def by_dash(text: str) -> str:
    """`text` that breaks after its dash and nowhere else, if it has one."""
    head, dash, tail = text.partition(" – ")
    return f"{_unbroken(head)}\u00a0– {_unbroken(tail)}" if dash else text


def symbols_whole(text: str) -> str:
    """`text` in which the symbols of documents (505/QĐ-TTg) never break: word joiners around their signs."""
    return re.sub(r"\S+/\S+", lambda found: re.sub("([/-])", "\u2060\\1\u2060", found.group()), text)


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def phrased(text: str, phrases: tuple[str, ...]) -> str:
    """`text` that breaks between its phrases only: blanks inside them are no-break ones.

    A no-break hyphen, which the pages' typeface lacks, is a hyphen that is held on both sides.
    """
    words, costs = break_costs(text.replace("\u2011", "\u2060-\u2060"), phrases)
    blanks = ["\u00a0" if cost >= WITHIN_NAME else " " for cost in costs]
    return "".join(word + blank for word, blank in zip(words, [*blanks, ""], strict=True))


def capital(text: str) -> str:
    """`text` with a capital at its start."""
    return text[:1].upper() + text[1:]
