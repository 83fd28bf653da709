"""What compositions and scenes can't be, and what a composition serves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dxassets import Wanted, load_campaign, plan
from dxassets.api import check_project
from dxassets.errors import InputError
from dxassets.typesetting.composition import Composition, Room, parse_composition
from tests.drawing_support import (
    ROOT,
)

BUNDLED = ROOT / "campaigns/daknong-2022"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\nphrases = [", '\ncompositions = ["landscpe-date"]\nphrases = [', "Did you mean: landscape-date"),
        ('scene = "highland"', 'scene = "hihgland"', "Did you mean: highland"),
    ],
)
def test_a_slip_in_a_composition_or_scene_is_told_by_check_and_refused_by_build(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    shutil.copytree(BUNDLED, tmp_path / "c")
    file = tmp_path / "c" / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    slipped = load_campaign(tmp_path / "c")
    errors, _ = check_project(slipped)
    assert [problem for problem in errors if told in problem.en]
    with pytest.raises(InputError, match=told):
        plan(slipped, Wanted(presets=("share-1200x630",), kinds=("banner",)))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('skeleton = "heap"', "skeleton"),
        ("column = [0.5, 0.0, 0.51, 1.0]", "the region must lie within"),
        ("column = [0.5, 0.0, 0.0, 1.0]", "not be empty"),
        ("spare = [0.5, 0.4, 0.2]", "may not exceed 1"),
        ('order = ["slogan"]', 'call = "panel"'),
        ('order = ["mark", "mark"]', "each item once"),
        ("[scene]\nbox = [0.2, 0.0, 0.9, 1.0]\nfocus = [0.0, 0.0, 1.0, 1.0]", "scene.box"),
    ],
)
def test_a_composition_that_can_not_be_is_refused_by_its_key(change: str, told: str) -> None:
    key = change.split(" ", maxsplit=1)[0]
    lines = ['title = { vi = "a", en = "a" }', 'families = ["wide"]', 'skeleton = "stack"']
    kept = [line for line in lines if not line.startswith(key)]
    good = "\n".join(lines).encode()
    assert parse_composition(good, "compositions/a.toml", "a").id == "a"
    with pytest.raises(InputError, match=told):
        parse_composition("\n".join([*kept, change]).encode(), "compositions/a.toml", "a")


@pytest.mark.parametrize(
    ("region", "fits"), [("[0.5, 0.0, 0.5, 1.0]", True), ("[0.5, 0.0, 0.501, 1.0]", False)]
)
def test_a_region_reaches_the_edge_and_no_further(region: str, *, fits: bool) -> None:
    text = f'title = {{ vi = "a", en = "a" }}\nfamilies = ["wide"]\nskeleton = "stack"\ncolumn = {region}'
    try:
        parse_composition(text.encode(), "compositions/a.toml", "a")
    except InputError:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize(
    ("letters", "room", "served"),
    [
        (10, Room(300, True), True),
        (9, Room(300, True), False),
        (20, Room(300, True), True),
        (21, Room(300, True), False),
        (15, Room(299, True), False),
        (15, Room(3000, False), False),
    ],
)
def test_what_a_composition_serves(letters: int, room: Room, *, served: bool) -> None:
    made = composition_of('letters = [10, 20]\nleast_px = 300\nmedia = "screen"')
    assert made.serves("wide", letters, slogan=True, room=room) is served
    assert not made.serves("tower", letters, slogan=True, room=room)
    assert not made.serves("wide", letters, slogan=False, room=room)


@pytest.mark.parametrize(
    ("key", "room", "served"),
    [
        ("least_mm = 200", Room(200, False), True),
        ("least_mm = 200", Room(199.9, False), False),
        ("least_mm = 200", Room(20, True), True),  # px are no mm
        ("free_below = 0.3", Room(400, True, 0.3), True),
        ("free_below = 0.3", Room(400, True, 0.299), False),
    ],
)
def test_a_composition_may_ask_for_room(key: str, room: Room, *, served: bool) -> None:
    assert composition_of(key).serves("wide", 15, slogan=True, room=room) is served


def composition_of(keys: str) -> Composition:
    text = 'title = { vi = "a", en = "a" }\nfamilies = ["wide"]\nskeleton = "stack"\n' + keys
    return parse_composition(text.encode(), "compositions/a.toml", "a")
