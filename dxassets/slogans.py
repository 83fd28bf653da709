"""What a campaign says in one line: a slogan with its two parts, and phrases that stay whole."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, model_validator

from dxassets.models import BilingualError, Line, Model
from dxassets.vietnamese import BAR, NO_BREAK

_DASH_AT_END = re.compile(r"((^|\s+)[-–—])*\s*$")
_DASH_AT_START = re.compile(r"^([-–—]\s+)*")


class Slogan(Model):
    """A slogan, where it turns, and what is said when there is no room for all of it."""

    text: Line
    hinge: Line | None = None
    short: Line
    emphasis: Line | None = None

    @model_validator(mode="after")
    def _hinge_occurs_once(self) -> Slogan:
        if self.hinge is not None and (
            self._turns.count(self._turn) != 1 or self._turns.startswith(self._turn)
        ):
            raise BilingualError(
                f"hinge “{self.hinge}” phải có đúng một lần trong text và không ở đầu câu",
                f"hinge {self.hinge!r} must occur once in text, and not at its start",
            )
        return self

    @model_validator(mode="after")
    def _emphasis_stands_in_the_text(self) -> Slogan:
        if self.emphasis is not None and self.emphasis not in self.text:
            raise BilingualError(
                f"emphasis “{self.emphasis}” phải là những chữ có trong text",
                f"emphasis {self.emphasis!r} must be words of text",
            )
        return self

    @property
    def _turns(self) -> str:
        """The text as the hinge is looked for in it: a no-break blank is a blank."""
        return self.text.replace(NO_BREAK, " ")

    @property
    def _turn(self) -> str:
        return (self.hinge or "").replace(NO_BREAK, " ")

    @property
    def parts(self) -> tuple[str, ...]:
        """The text before the hinge and from it on, or the whole text.

        A dash between the two is left out: they are set apart by size, weight and colour, and
        a dash would dangle at the end of the first.
        """
        if self.hinge is None:
            return (self.text,)
        at = self._turns.index(self._turn)
        parts = _DASH_AT_END.sub("", self.text[:at]), _DASH_AT_START.sub("", self.text[at:])
        return parts if all(parts) else (self.text,)


def _checked_phrase(phrase: str) -> str:
    if not all(piece.strip() for piece in phrase.split(BAR)):
        raise BilingualError(
            f"“{phrase}”: dấu {BAR} phải nằm giữa hai từ, chỗ cho phép xuống dòng",
            f"{phrase!r}: a {BAR} stands between two words, where a line may end",
        )
    return phrase


Phrase = Annotated[Line, AfterValidator(_checked_phrase)]
