"""Every layout is as it was accepted: boxes, sizes, wording, levels. A change is a diff that people read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import layout_support
from tests.drawing_support import DAYS, EVERY_THEME, banner_job, banner_spec, preset_ids
from tests.layout_support import (
    OTHERS,
    accept,
    file_of,
    names,
    snapshot,
    strangers,
)
from tests.snapshot_support import alike, difference

CURE = "If that is meant: look at the pictures (make demo), run `make accept`, and commit the files with it."


@pytest.mark.parametrize("name", names())
def test_a_layout_is_as_it_was_accepted(name: str) -> None:
    file = file_of(name)
    accepted = file.read_text(encoding="utf-8") if file.is_file() else ""
    changed = difference(accepted, snapshot(name), name)
    if changed:
        pytest.fail(f"{changed}\n{CURE}", pytrace=False)


def test_no_file_is_left_of_a_layout_that_is_gone() -> None:
    assert strangers() == []


@pytest.mark.parametrize("preset", preset_ids())
def test_a_banners_file_tells_every_theme_and_day_and_all_that_is_shown(preset: str) -> None:
    """Read in the file itself, so that a snapshot which leaves something out is noticed as well."""
    text = file_of(f"banner/{preset}").read_text(encoding="utf-8")
    heads = " | ".join(re.findall("^== (.*)$", text, re.MULTILINE)).split(" | ")
    levels = banner_spec(banner_job(preset)).preset.levels
    for day in DAYS:
        for theme in EVERY_THEME:
            assert f"{day} {theme}" in heads
            assert f"{day} {theme}, ground" in heads
            assert (f"{day} {theme}, names" in heads) == ("agency" in levels)
    for name in OTHERS if "slogan" in levels else ():
        assert f"formal, {name}" in heads
    roles = {line.split(" ")[0] for line in text.splitlines()}
    shown = {"slogan" if role == "tail" else role for role in roles & {"agency", "mark", "name", "slogan"}}
    assert shown == set(levels) - {"call"}
    assert bool(roles & {"call", "domain"}) == ("call" in levels)


# --- the comparison itself --------------------------------------------------------------------------

ACCEPTED = """x: square
== 10-10 digital
slogan     1.00   2.00  “Chuyển đổi số”
rule       1.00   9.00
== 01-11 digital
slogan     1.00   2.00  “Chuyển đổi số”
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  9.00", "  9.02"),
        ("Chuyển", "CHUYỂN"),
        ("rule       1.00   9.00\n", ""),
        ("rule", "rule       1.00   8.00\nrule"),
        ("square", "tower"),
    ],
)
def test_what_differs_is_told_with_its_section(old: str, new: str) -> None:
    told = difference(ACCEPTED, ACCEPTED.replace(old, new, 1), "banner/x")
    assert told.startswith("banner/x")
    assert ("== 10-10 digital" in told) == (old != "square")
    assert "== 01-11 digital" not in told
    for line in set(ACCEPTED.replace(old, new, 1).splitlines()) - set(ACCEPTED.splitlines()):
        assert f"+{line}" in told


def test_a_section_that_is_new_or_gone_is_told() -> None:
    less = ACCEPTED[: ACCEPTED.index("== 01-11")]
    assert "-slogan     1.00   2.00  “Chuyển đổi số”" in difference(ACCEPTED, less, "x")
    assert "+slogan     1.00   2.00  “Chuyển đổi số”" in difference(less, ACCEPTED, "x")


def test_the_last_place_may_be_rounded_either_way_and_no_more() -> None:
    assert alike("rule 1.00 9.00", "rule 1.01 8.99")
    assert not alike("rule 1.00 9.00", "rule 1.02 9.00")
    assert not alike("rule 1.00 9.00", "rule 1.00")
    assert not alike("name 600 “A”", "name 700 “A”")
    assert difference(ACCEPTED, ACCEPTED.replace("9.00", "9.01"), "x") == ""


def test_accepting_writes_only_what_changed_and_takes_strangers_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout_support, "FOLDER", tmp_path)
    monkeypatch.setattr(layout_support, "names", lambda: ("qr/card", "banner/button-120x60"))
    assert accept() == ["qr/card.txt", "banner/button-120x60.txt"]
    assert accept() == []
    (tmp_path / "qr/card.txt").write_text("codes\n", encoding="utf-8")
    (tmp_path / "banner/gone-1x1.txt").write_text("", encoding="utf-8")
    assert strangers() == ["banner/gone-1x1.txt"]
    assert accept() == ["qr/card.txt", "banner/gone-1x1.txt (gone)"]
    assert (tmp_path / "qr/card.txt").read_text(encoding="utf-8") == snapshot("qr/card")
    assert strangers() == []
