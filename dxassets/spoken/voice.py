"""What every pass over a text shares: the vocabulary, how things are read, and what was not known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dxassets.spoken.numerals import Reading
from dxassets.spoken.vocabulary import Vocabulary

DASH = r"\s?[-–—]\s?"


@dataclass(slots=True)
class ReadAloud:
    """One reading of one text; `unknown` fills up with short forms that nobody explained."""

    vocabulary: Vocabulary
    unknown: list[str] = field(default_factory=list[str])

    @property
    def reading(self) -> Reading:
        """How things are said that are said in several ways."""
        return self.vocabulary.reading

    def note(self, short: str) -> str:
        """Tell a short form that is not known, and leave it as it is."""
        if short not in self.unknown:
            self.unknown.append(short)
        return short


def before(found: re.Match[str]) -> str:
    """What stands before a match, in lower case and without blanks at its end."""
    return found.string[: found.start()].rstrip().lower()


def span(found: re.Match[str], first: str, last: str) -> str:
    """“từ … đến …”, without a second “từ”, and without one behind “ngày” or “tháng”."""
    left = before(found)
    stands = re.search(r"(?:^|\W)(?:từ|ngày|tháng|lúc)$", left) is not None
    return f"{'' if stands else 'từ '}{first} đến {last}"
