"""`python -m bench [--quick] [GROUP…]`: measure all groups or some, print a table, exit 1 over a limit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence

from bench import (
    banners,
    letter,
    loops,
    nation,
    pages,
    papers,
    photos,
    reports,
    server,
    site,
    spine,
    starting,
)
from bench.table import HEAD, Pace, Row, line_of

GROUPS: dict[str, Callable[[Pace], Iterable[Row]]] = {
    "spine": spine.rows,
    "nation": nation.rows,
    "starting": starting.rows,
    "banners": banners.rows,
    "loops": loops.rows,
    "print": pages.rows,
    "letter": letter.rows,
    "papers": papers.rows,
    "report": reports.rows,
    "site": site.rows,
    "photos": photos.rows,
    "server": server.rows,
    "load": server.load_rows,
}


def main(arguments: Sequence[str]) -> int:
    """Measure the named groups, or all. Gives 1 where a limit is missed, 2 for no such group, else 0."""
    pace = Pace(quick="--quick" in arguments)
    names = [name for name in arguments if name != "--quick"]
    unknown = sorted(set(names) - set(GROUPS))
    if unknown:
        known = ", ".join(GROUPS)
        print(f"no such group: {', '.join(unknown)}; there are: {known}; and --quick", file=sys.stderr)
        return 2
    print(*HEAD, sep="\n", flush=True)
    missed = 0
    for name in names or GROUPS:
        for row in GROUPS[name](pace):
            print(line_of(row), flush=True)
            missed += not row.ok
    if missed:
        print("1 limit is missed" if missed == 1 else f"{missed} limits are missed", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
