"""Whether a worker elsewhere makes the same bytes: its tools against the builder's, each by name."""

from __future__ import annotations

import platform
from functools import cache

from dxassets.errors import Problem
from dxassets.planner import tools

Tools = tuple[tuple[str, str], ...]
"""Names of programs with their versions."""
_NONE = "–"


@cache
def own_tools() -> Tools:
    """All that decides what this process makes: the manifest's tools, and Python."""
    return (*tools(), ("python", ".".join(platform.python_version_tuple()[:2])))


def skew(wanted: Tools, *, where: str) -> tuple[Problem, ...]:
    """What this process has otherwise than the builder, a problem for each tool."""
    return () if own_tools() == wanted else differences(wanted, own_tools(), where=where)


def differences(wanted: Tools, found: Tools, *, where: str) -> tuple[Problem, ...]:
    """What the worker `where` has otherwise than the builder."""
    here, there = dict(wanted), dict(found)
    names = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    return tuple(
        Problem(
            where,
            f"máy này có {_called(name, there)}, máy ra lệnh có {_called(name, here)}: ảnh sẽ khác nhau; "
            "hãy cài cùng một bản cho mọi máy, rồi chạy lại",
            f"has {_called(name, there)}, the builder has {_called(name, here)}: they draw differently; "
            "install the same version on all machines, and run again",
        )
        for name in names
    )


def _called(name: str, tools_there: dict[str, str]) -> str:
    version = tools_there.get(name, _NONE)
    return f"{name} {version[:12] if len(version) == 64 else version}"
