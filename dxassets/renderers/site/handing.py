"""How data reaches the pages' scripts: as JSON in a page, or as scripts that hand a value over."""

from __future__ import annotations

import json


def to_json(value: object) -> str:
    """JSON that may stand inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def handed(function: str, name: str, value: object) -> bytes:
    """A script that hands over a value: what ``fetch`` may not do where a page lies in a folder."""
    return f"{function}({to_json(name)}, {to_json(value)});\n".encode()
