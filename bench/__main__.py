"""`python -m bench [GROUP…]`: measure all groups or some, print a table, exit 1 over a limit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from bench import banners, letter, pages, photos, server, site, spine
from bench.table import Row, as_table

GROUPS: dict[str, Callable[[], Sequence[Row]]] = {
    "spine": spine.rows,
    "banners": banners.rows,
    "print": pages.rows,
    "letter": letter.rows,
    "site": site.rows,
    "photos": photos.rows,
    "server": server.rows,
}


def main(names: Sequence[str]) -> int:
    """Measure the named groups, or all."""
    unknown = sorted(set(names) - set(GROUPS))
    if unknown:
        print(f"no such group: {', '.join(unknown)}; there are: {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    rows = [row for name in names or GROUPS for row in GROUPS[name]()]
    print(as_table(rows))
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
