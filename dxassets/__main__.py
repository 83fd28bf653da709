"""``python -m dxassets`` and the `dxassets` command."""

from __future__ import annotations

import sys

from dxassets.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
