"""How far a long command is, on stderr: a bar on a terminal, some lines elsewhere, nothing beside JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace

from dxassets.cli import messages
from dxassets.cli.speaker import Speaker, harmless
from dxassets.errors import Problem

Step = Callable[[int, int, str, tuple[Problem, ...]], None]
"""Told for each thing that is done: how many are, of how many, its name, and what was wrong with it."""
_STEPS = 20
"""Lines of progress where there is no terminal."""


@contextmanager
def shown(title: str, speaker: Speaker) -> Generator[Step | None]:
    """Shows progress while the body runs; None where nobody is to see it."""
    if speaker.as_json:
        yield None
    elif sys.stderr.isatty():
        with _bar(title, speaker) as step:
            yield step
    else:
        yield _Lines(speaker).step


class _Lines:
    """Progress as lines: every twentieth part of the way, and every failure."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._told = 0

    def step(self, done: int, total: int, name: str, problems: tuple[Problem, ...]) -> None:
        """Tell of one thing, if it is time to."""
        _tell_failure(name, problems, self._speaker.err, self._speaker)
        step = done * _STEPS // total
        if step > self._told:
            self._told = step
            self._speaker.err(self._speaker.words(messages.STEP, done=done, total=total) + f"  {name}")


@contextmanager
def _bar(title: str, speaker: Speaker) -> Generator[Step]:
    """Progress as a bar."""
    from rich.console import Console  # noqa: PLC0415  (only for a terminal)
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)

        def say(line: str) -> None:
            console.print(harmless(line), markup=False, highlight=False, soft_wrap=True)

        def step(done: int, total: int, name: str, problems: tuple[Problem, ...]) -> None:
            _tell_failure(name, problems, say, speaker)
            bar.update(task, completed=done, total=total)

        yield step


def _tell_failure(
    name: str, problems: tuple[Problem, ...], say: Callable[[str], None], speaker: Speaker
) -> None:
    if problems:
        told = [replace(each, where="") if each.where == name else each for each in problems]
        reason = "; ".join(speaker.located(problem).line(speaker.lang) for problem in told)
        say(speaker.words(messages.FAILED_LINE, path=name, reason=reason))
