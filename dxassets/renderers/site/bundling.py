"""Joins the pages' small modules into one classic script for each page.

Browsers refuse modules on pages that were opened from a folder (``file://``), and the pages must
work there. The modules keep to a small part of the language, so that joining them is only this:
named imports from ``./name.js`` at the head of a file, and ``export`` before a declaration. Comments of
their own lines are left behind: whoever wants to read them finds the modules here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dxassets.errors import AssetError, Problem

_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"\./([\w-]+\.js)";[ \t]*\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |let |class )", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async function|function|const|let|class) ([\w$]+)", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/)[\s\S])*\*/)[ \t]*\n", re.MULTILINE)
_LEFT_OVER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundle(entry: str, source: Callable[[str], str]) -> str:
    """The script of `entry` with all that it imports, each module once, those imported first.

    `source` gives a module's text for its name. `AssetError` when a module is not in that small
    part of the language, asks for a name that is not exported, or declares one twice.
    """
    parts: dict[str, str] = {}
    _gather(entry, source, parts, ())
    names: dict[str, str] = {}
    for module, text in parts.items():
        for name in _DECLARED.findall(text):
            if name in names:
                raise _wrong(module, f"{name!r} is declared in {names[name]}, too")
            names[name] = module
    body = "\n".join(_COMMENT.sub("", _EXPORT.sub("", text)).strip() + "\n" for text in parts.values())
    return f'"use strict";\n(() => {{\n{body}}})();\n'


def _gather(name: str, source: Callable[[str], str], parts: dict[str, str], asking: tuple[str, ...]) -> None:
    if name in asking:
        raise _wrong(name, "imports itself, by way of " + ", ".join(asking))
    if name in parts:
        return
    text = source(name)
    for wanted, module in _IMPORT.findall(text):
        _gather(module, source, parts, (*asking, name))
        exported = set(_DECLARED.findall("\n".join(re.findall(r"^export .*", parts[module], re.MULTILINE))))
        missing = {each.strip() for each in wanted.split(",") if each.strip()} - exported
        if missing:
            raise _wrong(name, f"{module} does not export {', '.join(sorted(missing))}")
    text = _IMPORT.sub("", text)
    left = _LEFT_OVER.search(_EXPORT.sub("", text))
    if left:
        raise _wrong(name, f"not understood: {left.group()}")
    parts[name] = text


def _wrong(name: str, what: str) -> AssetError:
    return AssetError(Problem(f"site/js/{name}", f"không ghép được: {what}", f"can't be joined: {what}"))
