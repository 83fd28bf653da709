"""The rules of Nghị định 30/2020/NĐ-CP, Phụ lục I, that a file is held against, from `rules.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dxassets.decree import Said

__all__ = ["RULES", "Fault", "Finding", "Rule", "Said", "Severity", "told"]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its clause, what is wrong when it is broken (``{found}`` is filled in), what to do."""

    id: str
    severity: Severity
    clause: str
    wrong: Said
    cure: Said


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a rule is broken, and what was found there."""

    rule: str
    where: Said
    found: Said = ("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule as a person is told it, in Vietnamese and in English."""

    rule: Rule
    where: Said
    wrong: Said
    cure: Said


def _read() -> dict[str, Rule]:
    tables = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
    return {
        name: Rule(
            name,
            table["severity"],
            table["clause"],
            (table["vi"], table["en"]),
            (table["cure_vi"], table["cure_en"]),
        )
        for name, table in tables.items()
    }


RULES: dict[str, Rule] = _read()


def told(fault: Fault) -> Finding:
    """The fault with its rule's words."""
    rule = RULES[fault.rule]
    vi, en = (text.replace("{found}", found) for text, found in zip(rule.wrong, fault.found, strict=True))
    return Finding(rule, fault.where, (vi.strip(), en.strip()), rule.cure)
