"""Compares a text that was accepted with today's: numbers may be rounded otherwise, all else is told."""

from __future__ import annotations

import re
from difflib import unified_diff

NUMBER = re.compile(r"-?\d+\.\d+")
ROUNDED = 0.011
"""Two numbers that differ by less are one: the last place may be rounded either way."""


def alike(one: str, other: str) -> bool:
    """Whether two lines say the same, but for the rounding of their numbers."""
    if NUMBER.sub("#", one).split() != NUMBER.sub("#", other).split():
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(abs(float(first) - float(second)) < ROUNDED for first, second in pairs)


def difference(accepted: str, now: str, name: str) -> str:
    """What differs, section by section as `diff` shows it; empty when nothing does."""
    before, after = accepted.splitlines(), now.splitlines()
    if len(before) == len(after) and all(map(alike, before, after)):
        return ""
    found: list[str] = []
    old, new = _sections(before), _sections(after)
    for head in {**old, **new}:
        was, is_now = old.get(head, []), new.get(head, [])
        if head in old and head in new and len(was) == len(is_now) and all(map(alike, was, is_now)):
            continue
        shown = list(unified_diff([head, *was], [head, *is_now], lineterm="", n=1))[2:]
        found += [f"{name} {head}", *(f"  {line}" for line in shown if not line.startswith("@@"))]
    return "\n".join(found)


def _sections(lines: list[str]) -> dict[str, list[str]]:
    """Lines below each heading (what stands above the first: below an empty one)."""
    found: dict[str, list[str]] = {"": []}
    head = ""
    for line in lines:
        if line.startswith("=="):
            head = line
            found[head] = []
        else:
            found[head].append(line)
    return found
