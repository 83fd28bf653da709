"""How a notebook shows what a run did: a few numbers, then whatever went wrong, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from dxassets.errors import Problem

_MOST_PROBLEMS = 20
_WORDS = {
    "made": ("đã làm", "made"),
    "current": ("còn nguyên", "up to date"),
    "skipped": ("bỏ qua", "skipped"),
    "failed": ("hỏng", "failed"),
    "to_make": ("sẽ làm", "to make"),
    "agencies": ("cơ quan", "agencies"),
    "banners": ("ảnh banner", "banners"),
    "files": ("tệp", "files"),
}


def run_to_html(
    counts: Mapping[str, int],
    problems: Iterable[tuple[str, Problem]] = (),
    *,
    place: Path | None = None,
) -> str:
    """A table of `counts`, where the result lies, and the problems, each with the name of its asset."""
    heads = "".join(f"<th>{vi}<br><small>{en}</small></th>" for vi, en in (_WORDS[name] for name in counts))
    cells = "".join(f"<td>{count}</td>" for count in counts.values())
    where = "" if place is None else f"<p><code>{escape(str(place))}</code></p>"
    told = [_problem(name, problem) for name, problem in problems]
    rest = len(told) - _MOST_PROBLEMS
    if rest > 0:
        told[_MOST_PROBLEMS:] = [f"<li>… +{rest}</li>"]
    listed = f"<ul>{''.join(told)}</ul>" if told else ""
    return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>{where}{listed}"


def _problem(name: str, problem: Problem) -> str:
    where = "" if problem.where in {"", name} else f"{escape(problem.where)}: "
    said = f"{where}{escape(problem.vi)}<br><small>{where}{escape(problem.en)}</small>"
    return f"<li><code>{escape(name)}</code>: {said}</li>"
