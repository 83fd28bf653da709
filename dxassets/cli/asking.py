"""Questions on a terminal, each with a default; what is answered is checked at once, and asked again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TextIO, TypeVar

from dxassets.cli import messages
from dxassets.cli.catalog import Text
from dxassets.cli.speaker import Speaker
from dxassets.errors import InputError
from dxassets.models import Bilingual

AnswerT = TypeVar("AnswerT")


class Stopped(Exception):  # noqa: N818  (nothing went wrong: somebody stopped)
    """The person at the terminal has ended the input."""


class Questions:
    """Asks on stderr, so that standard output holds results alone; reads from standard input."""

    def __init__(self, speaker: Speaker, stream: TextIO | None = None) -> None:
        self._speaker = speaker
        self._stream = sys.stdin if stream is None else stream
        self._begun = False

    def tell(self, line: str, about: Bilingual) -> None:
        """A choice with what it means, before the question."""
        self._greet()
        self._speaker.err(f"{line}: {about.vi if self._speaker.lang == 'vi' else about.en}")

    def _greet(self) -> None:
        if not self._begun:
            self._begun = True
            self._speaker.err(self._speaker.words(messages.INIT_HELLO))

    def ask(self, question: Text, check: Callable[[str], AnswerT], *, default: str = "") -> AnswerT:
        """What `check` makes of the answer, or of `default` for an empty one; asked until it is right.

        `Stopped` when the input ends.
        """
        self._greet()
        while True:
            shown = f" [{default}]" if default else ""
            sys.stderr.write(f"{self._speaker.words(question)}{shown} ")
            sys.stderr.flush()
            line = self._stream.readline()
            if not line:
                raise Stopped
            answer = " ".join(line.split()) or default
            if not answer:
                self._speaker.err(self._speaker.words(messages.ANSWER_NEEDED))
                continue
            try:
                return check(answer)
            except InputError as error:
                for problem in error.problems:
                    self._speaker.problem(problem)
