"""The one piece of work at a time: how far it is, what it says, what it made, and how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from dxassets import notation
from dxassets.desktop.wording import in_page_words
from dxassets.errors import DxassetsError, InputError, Lang, Problem

Status = Literal["running", "done", "failed", "stopped"]
Tone = Literal["error", "warning", "plain"]
_MOST_WORK_LINES = 400


class WorkStoppedError(Exception):
    """Somebody pressed “Dừng”."""


@dataclass
class Work:
    """What is being done. Told by the thread that does it, read by those that serve the page."""

    title: tuple[str, str]
    lang: Lang = "vi"
    done: int = 0
    total: int = 0
    status: Status = "running"
    lines: list[tuple[Tone, str]] = field(default_factory=list[tuple[Tone, str]])
    results: list[Path] = field(default_factory=list[Path])
    stopping: bool = False

    def step(self, done: int, total: int, name: str, problems: tuple[Problem, ...]) -> None:
        """One more is finished; `WorkStoppedError` when somebody asked to stop."""
        del name
        self.done, self.total = done, total
        for problem in problems:
            self.problem(problem)
        if self.stopping:
            raise WorkStoppedError

    def problem(self, problem: Problem, tone: Tone = "error") -> None:
        """What is wrong, or deserves a look."""
        self._line(tone, in_page_words(problem).line(self.lang))

    def say(self, vi: str, en: str) -> None:
        """A line of what was done."""
        self._line("plain", vi if self.lang == "vi" else en)

    def number(self, value: float) -> str:
        """A number in the person's language."""
        return notation.number(value, self.lang)

    def made(self, *paths: Path) -> None:
        """Files to look at."""
        self.results += paths

    def _line(self, tone: Tone, line: str) -> None:
        if len(self.lines) < _MOST_WORK_LINES:
            self.lines.append((tone, line))

    def told(self, href: Callable[[Path], str]) -> dict[str, Any]:
        """The work as the page shows it."""
        return {
            "title": self.title[0 if self.lang == "vi" else 1],
            "status": self.status,
            "done": self.done,
            "total": self.total,
            "lines": [{"tone": tone, "text": line} for tone, line in list(self.lines)],
            "results": [{"name": path.name, "href": href(path)} for path in list(self.results)],
        }


Deed = Callable[[Work], None]


class Workbench:
    """Where one piece of work is done at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.work: Work | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, work: Work, deed: Deed) -> None:
        """Start it; `InputError` while something else is being done."""
        with self._lock:
            if self.busy:
                raise InputError(
                    Problem(
                        "",
                        "đang làm việc khác; hãy đợi xong hoặc bấm Dừng",
                        "something else is being done; wait for it, or press Stop",
                    )
                )
            self.work = work
            self._thread = threading.Thread(target=_do, args=(work, deed), name="dxassets-work")
            self._thread.start()

    def stop(self) -> None:
        """Have the work end after the piece that is under way."""
        if self.work is not None:
            self.work.stopping = True

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the work is over."""
        if self._thread is not None:
            self._thread.join(seconds)


def _do(work: Work, deed: Deed) -> None:
    """Do it, and keep how it ended."""
    try:
        deed(work)
    except WorkStoppedError:
        work.say("Đã dừng. Phần làm xong vẫn còn; bấm lại là làm tiếp.", "Stopped. What is finished stays.")
        work.status = "stopped"
    except DxassetsError as error:
        for problem in error.problems:
            work.problem(problem)
        work.status = "failed"
    except Exception as error:  # noqa: BLE001  (a fault of ours must not leave the page waiting for ever)
        vi, en = "chương trình gặp lỗi lạ", "the program met an unforeseen error"
        work.problem(Problem("dxassets", f"{vi} ({type(error).__name__})", f"{en} ({type(error).__name__})"))
        work.status = "failed"
    else:
        work.status = "failed" if any(tone == "error" for tone, _ in work.lines) else "done"
