"""How many processes this machine, or this container, has room for."""

from __future__ import annotations

import os
from contextlib import suppress
from math import floor
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
SERVER_BYTES = 400_000_000
"""What the server takes beside these: itself, the process that draws names, and what it keeps a while."""
WORKER_BYTES = 220_000_000
"""What one process takes that makes files, at its largest picture."""
_NO_LIMIT = 1 << 60


def default_workers(cgroup: Path = CGROUP) -> int:
    """Processes that make files: one less than there are cores, for one draws names and one answers.

    In a container its limits count: cores by its quota, and no more processes than its memory holds.
    """
    by_cores = cores(cgroup) - 1
    memory = memory_limit(cgroup)
    by_memory = by_cores if memory is None else (memory - SERVER_BYTES) // WORKER_BYTES
    return max(1, min(by_cores, by_memory))


def cores(cgroup: Path = CGROUP) -> int:
    """Whole cores that this process may use, at least one."""
    try:
        found = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        found = os.cpu_count() or 2
    quota = _quota(cgroup)
    return max(1, found if quota is None else min(found, floor(quota)))


def memory_limit(cgroup: Path = CGROUP) -> int | None:
    """Most bytes that the container may take; None without a limit."""
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError):
            most = int((cgroup / name).read_text(encoding="ascii"))
            return most if most < _NO_LIMIT else None
    return None


def _quota(cgroup: Path) -> float | None:
    """Cores that the container's quota is worth, of either version of cgroups."""
    with suppress(OSError, ValueError, ZeroDivisionError):
        most, period = (cgroup / "cpu.max").read_text(encoding="ascii").split()
        return int(most) / int(period)
    with suppress(OSError, ValueError, ZeroDivisionError):
        most, period = (
            int((cgroup / "cpu" / name).read_text(encoding="ascii"))
            for name in ("cpu.cfs_quota_us", "cpu.cfs_period_us")
        )
        return most / period if most > 0 else None
    return None
