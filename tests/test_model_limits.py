"""Each number in the models of data files, on both sides of its limit; none is left without a test."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Annotated, Any

import annotated_types as limits_of
import pytest
from pydantic import StringConstraints, TypeAdapter, ValidationError

import dxassets
from dxassets.api.letters import letter_fill
from dxassets.campaign import LONG_SLOGAN, CampaignFile, campaign_warnings, checked_zalo, named_agency
from dxassets.contacts import MOST_CONTACTS, Contact
from dxassets.country import Department, Merger
from dxassets.dispatch import LetterFill
from dxassets.dispatch.model import Column, ReportLine
from dxassets.duties import Duty, DutyRole
from dxassets.errors import DxassetsError
from dxassets.framing import LEAST_GROUP_ZOOM, MOST_ZOOM
from dxassets.kinds.loop.sizes import LEAST_SIDE, MOST_SIDE, loop_sizes
from dxassets.kinds.posts.wording import PostChannel, PostLength, PostPiece
from dxassets.kinds.press.wording import MOST_KIT_PICTURES, PressPictureWish, PressPiece
from dxassets.kinds.script.wording import Piece, VersionWish
from dxassets.models import BilingualError, Identifier, Line, Model
from dxassets.presets import PAGE_LIMIT_MM, Finishing, Preset, SafeArea
from dxassets.scenes import PartPlace
from tests.drawing_support import project

RED, BLUE, GOLD = "#aa0000", "#0000aa", "#ffdd00"
LIMITS: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "Corrected.result": (("a",), ("",)),
    "Corrected.zoom": ((LEAST_GROUP_ZOOM, MOST_ZOOM), (LEAST_GROUP_ZOOM - 0.001, MOST_ZOOM + 0.001)),
    "Corrected.rotate": ((-360, 360), (-361, 361)),
    "SafeArea.top": ((0, 0.45), (-0.01, 0.451)),
    "SafeArea.right": ((0, 0.45), (-0.01, 0.451)),
    "SafeArea.bottom": ((0, 0.45), (-0.01, 0.451)),
    "SafeArea.left": ((0, 0.45), (-0.01, 0.451)),
    "Finishing.hem": ((0, 0.1), (-0.1,)),
    "Finishing.eyelets": ((0.1, None), (0, -1)),
    "Finishing.hidden_top": ((0,), (-0.1,)),
    "Finishing.hidden_bottom": ((0,), (-0.1,)),
    "Preset.width": ((16, 20_000), (15, 20_001)),
    "Preset.height": ((16, 20_000), (15, 20_001)),
    "Preset.min_text": ((0.01,), (0, -1)),
    "Preset.max_bytes": ((1, None), (0,)),
    "Preset.levels": ((("mark",),), ((),)),
    "Preset.bleed": ((0,), (-0.1,)),
    "Preset.scan_from": ((0.1, 10, None), (0, 10.1)),
    **{
        f"Proportions.{name}": ((0.01, 2), (0, 2.01))
        for name in ("margin", "band", "agency", "mark", "name", "slogan", "tail", "call", "qr", "gap")
    },
    "PresetsFile.presets": ((1,), (0,)),
    "PresetsFile.proportions": ((6,), (5, 7)),
    "BandColors.edges": (([RED],), ([],)),
    "BandColors.figures": (([RED, BLUE, GOLD],), ([RED, BLUE],)),
    "Palette.ground": (([RED, BLUE],), ([RED],)),
    "Palette.modules": (([RED],), ([],)),
    "Brand.themes": ((1,), (0,)),
    "Link.uses": ((["page"],), ([],)),
    "CampaignFile.year": ((2000, 2100), (1999, 2101)),
    "CampaignFile.days": ((1,), (0,)),
    "Campaign.offices": ((1,), (0,)),
    **{
        f"FocalBox.{side}": ((-20_000, 20_000), (-20_001, 20_001))
        for side in ("left", "top", "right", "bottom")
    },
    "PartPlace.x": ((-20_000, 20_000), (-20_001, 20_001)),
    "PartPlace.y": ((-20_000, 20_000), (-20_001, 20_001)),
    "PartPlace.scale": ((0.01, 20), (0, 20.01)),
    "PartPlace.depth": ((0, 1), (-0.01, 1.01)),
    "SceneFile.parts": ((1, 80), (0, 81)),
    "UnitLevel.rank": ((1, 9, None), (0, 10)),
    "Units.levels": ((1,), (0,)),
    "Units.kinds": ((1,), (0,)),
    "OfficeKind.begins": ((["Sở"],), ([],)),
    "DepartmentsFile.departments": ((1,), (0,)),
    "Bilingual.vi": (("a",), ("",)),
    "Bilingual.en": (("a",), ("",)),
    "Issuer.body": ((["A"],), ([],)),
    "Signer.authority": ((["A"],), ([],)),
    "Joint.body": ((["A"],), ([],)),
    "Secretary.authority": ((["A"],), ([],)),
    "Particulars.copies": ((1, 99_999, None), (0, 100_000)),
    "Particulars.address": ((["a"] * 4, []), (["a"] * 5,)),
    "Particulars.month": ((1, 12), (0, 13)),
    "Particulars.year": ((1945, 2199), (1944, 2200)),
    "Particulars.addressees": ((["a"],), ([],)),
    "Particulars.recipients": ((["a"],), ([],)),
    "Column.width": ((0.1,), (0, -1)),
    "_AnnexTable.columns": ((1,), (0,)),
    "_AnnexTable.size": ((11, 13), (10.9, 13.1)),
    "_AnnexFile.title": ((["A"],), ([],)),
    "_AnnexFile.report": ((0, 100), (101,)),
    "ReportLine.decimals": ((0, 3), (-1, 4)),
    "CampaignFile.lang": (
        ("vi", "abc" + 3 * "-abcdefgh" + "-abcd"),
        ("v", "abc" + 3 * "-abcdefgh" + "-abcde"),
    ),
    "Composition.families": ((["wide"],), ([],)),
    "Composition.order": ((["slogan"], ["mark", "slogan"]), ([], ["mark", "slogan", "mark"])),
    "Composition.rank": ((0, 99), (-1, 100)),
    "Composition.pad": ((0, 1), (-0.01, 1.01)),
    "Theme.grade": ((0, 1), (-0.01, 1.01)),
    "Composition.least_px": ((0, 600), (-1,)),
    "Composition.least_mm": ((0, 600), (-1,)),
    "Composition.free_below": ((0, 1), (-0.1, 1.1)),
    "Composition.block": ((0.01, 1), (0, 1.1)),
    "Tiling.size": ((1, 3), (0.9, 3.1)),
    "Tiling.fill": ((0.5, 1), (0.4, 1.1)),
    "Tiling.rows": ((0.4, 1), (0.3, 1.1)),
    "SpareFace.files": (({"700": "a.ttf"},), ({},)),
    "MergersFile.provinces": ((1,), (0,)),
    "CampaignFile.revision": ((0, 9999), (-1, 10_000)),
    "Duty.roles": ((["van-thu"],), ([],)),
    "DutiesFile.roles": ((1,), (0,)),
    "DutiesFile.duties": ((1,), (0,)),
    "PostPiece.rank": ((1,), (0,)),
    "PostLength.most": ((100, 5000), (99, 5001)),
    "PostChannel.hashtags": ((0, 30), (-1, 31)),
    "PostHour.hour": (("00:00", "23:59"), ("24:00", "7:30", "07:60")),
    "PostsText.pieces": ((1,), (0,)),
    "PostsText.lengths": ((1,), (0,)),
    "PostsText.channels": ((1,), (0,)),
    "OwnPost.text": ((["A"],), ([],)),
    "PressText.pieces": ((1,), (0,)),
    "PressText.pictures": ((0, MOST_KIT_PICTURES), (MOST_KIT_PICTURES + 1,)),
    "PressCaptions.pieces": ((["A"],), ([],)),
    "CampaignFile.contacts": ((0, MOST_CONTACTS), (MOST_CONTACTS + 1,)),
    "LoopSize.width": ((LEAST_SIDE, MOST_SIDE), (LEAST_SIDE - 1, MOST_SIDE + 1)),
    "LoopSize.height": ((LEAST_SIDE, MOST_SIDE), (LEAST_SIDE - 1, MOST_SIDE + 1)),
    "LoopSize.min_text": ((0.01,), (0, -1)),
    "LoopSize.levels": ((("mark",),), ((),)),
    "LoopSizes.sizes": ((1,), (0,)),
    "Reading.rate": ((80, 300), (79, 301)),
    "Piece.rank": ((1,), (0,)),
    "VersionWish.seconds": ((10, 600), (9, 601)),
    "BroadcastWish.hour": (("00:00", "23:59"), ("24:00", "7:30", "07:60")),
    "ScriptText.pieces": ((1,), (0,)),
    "ScriptText.versions": ((1,), (0,)),
    "Cause.themes": ((["light"],), ([],)),
    "Cause.days_before": ((0, 90), (-1, 91)),
    "Cause.days_after": ((0, 90), (-1, 91)),
}
"""By model and field: values that are taken, and values that aren't."""
BOTH = {"vi": "A", "en": "A"}
ROLE = DutyRole.model_validate({"id": "a", "name": BOTH})
ENTRIES: dict[str, Any] = {
    "DutiesFile.roles": ROLE,
    "DutiesFile.duties": Duty.model_validate(
        {"id": "a", "what": BOTH, "who": "A", "roles": ["a"], "no_limit": True}
    ),
    "PostsText.pieces": PostPiece(text="A", rank=1),
    "PostsText.lengths": PostLength(id="a", title="A", most=100),
    "PostsText.channels": PostChannel(
        id="a", title="A", hashtags=0, preset="a", source="A", checked_on=date(2026, 1, 1)
    ),
    "PressText.pieces": PressPiece(of="day", text="A"),
    "PressText.pictures": PressPictureWish.model_validate(
        {"use": "web", "preset": "a", "format": "png", "title": BOTH}
    ),
    "CampaignFile.contacts": Contact(name="A", phone="1022"),
    "LoopSizes.sizes": loop_sizes(project().resources).sizes[0],
    "ScriptText.pieces": Piece(text="A", rank=1),
    "ScriptText.versions": VersionWish(id="a", title="A", seconds=30),
    "PresetsFile.presets": project().presets.presets[0],
    "PresetsFile.proportions": project().presets.proportions[0],
    "Brand.themes": project().brand.themes[0],
    "CampaignFile.days": project().campaign.days[0],
    "Campaign.offices": project().campaign.offices[0],
    "Units.levels": project().campaign.units.levels[0],
    "Units.kinds": project().campaign.units.kinds[0],
    "DepartmentsFile.departments": Department(id="so-a", name="Sở A", short_name="Sở A"),
    "MergersFile.provinces": Merger(name="tỉnh A"),
    "SceneFile.parts": PartPlace(part="sun"),
    "_AnnexTable.columns": Column(id="a", head="A", width=1.0),
    "_AnnexFile.report": ReportLine(task="1", measure="A"),
}
"""Entries of those lists of which the number is tried."""
_NUMERIC = (
    *(limits_of.Ge, limits_of.Gt, limits_of.Le, limits_of.Lt, limits_of.MinLen, limits_of.MaxLen),
    StringConstraints,
)


def models() -> Iterator[type[Model]]:
    """Every model of a data file, wherever it stands."""
    for module in pkgutil.walk_packages(dxassets.__path__, "dxassets."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting = list(Model.__subclasses__())
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        yield model


def limited() -> dict[str, TypeAdapter[Any]]:
    """The fields with a number of their own, by model and name, each as a type that can be tried alone."""
    found: dict[str, TypeAdapter[Any]] = {}
    for model in models():
        for name, field in model.model_fields.items():
            numbers = [each for each in field.metadata if isinstance(each, _NUMERIC)]
            if numbers and name in model.__annotations__:
                kind: Any = Annotated[field.annotation, *field.metadata]
                found[f"{model.__name__}.{name}"] = TypeAdapter(kind)
    return found


def takes(name: str, value: Any) -> bool:
    """Whether a field takes a value, or so many entries."""
    try:
        FIELDS[name].validate_python([ENTRIES[name]] * value if name in ENTRIES else value)
    except ValidationError:
        return False
    return True


FIELDS = limited()


def test_every_limit_of_a_model_is_tried() -> None:
    """But for lines and ids, which many fields are: below."""
    shared = {name for name, field in FIELDS.items() if field.json_schema().get("maxLength") in {400, 80}}
    assert set(FIELDS) - shared == set(LIMITS)


@pytest.mark.parametrize("name", LIMITS)
def test_a_field_takes_what_is_on_the_edge_and_nothing_beyond(name: str) -> None:
    good, bad = LIMITS[name]
    assert [takes(name, value) for value in good] == [True] * len(good)
    assert [takes(name, value) for value in bad] == [False] * len(bad)


@pytest.mark.parametrize(("kind", "most"), [(Line, 400), (Identifier, 80)])
def test_a_line_has_400_characters_and_an_id_80(kind: Any, most: int) -> None:
    field = TypeAdapter(kind)
    assert field.validate_python("a" * most)
    for wrong in ("", "a" * (most + 1)):
        with pytest.raises(ValidationError):
            field.validate_python(wrong)


# --- limits that a pattern or a rule of its own holds --------------------------------------------------


def taken(make: Any, *arguments: Any, **more: Any) -> bool:
    try:
        make(*arguments, **more)
    except (DxassetsError, BilingualError, ValidationError):
        return False
    return True


@pytest.mark.parametrize(("digits", "good"), [(14, False), (15, True), (19, True), (20, False)])
def test_a_zalo_oa_has_15_to_19_digits(digits: int, *, good: bool) -> None:
    assert taken(checked_zalo, "https://zalo.me/" + "1" * digits) is good


@pytest.mark.parametrize(("digits", "phone"), [(8, False), (9, True), (12, True), (13, False)])
def test_a_zalo_phone_has_9_to_12_digits(digits: int, *, phone: bool) -> None:
    with pytest.raises(BilingualError) as caught:
        checked_zalo("https://zalo.me/" + "0" * digits)
    assert ("phone number" in caught.value.en) is phone


@pytest.mark.parametrize(("letters", "good"), [(2, False), (3, True)])
def test_a_zalo_alias_has_three_letters(letters: int, *, good: bool) -> None:
    assert taken(checked_zalo, "https://zalo.me/" + "a" * letters) is good


@pytest.mark.parametrize(
    ("mark", "good"),
    [
        *((good, True) for good in ("1/1", "10/10", "31/12", "29/2", "30/4")),
        *(
            (bad, False)
            for bad in ("100/1", "1/100", "/1", "1/", "99/99", "31/4", "30/2", "0/1", "1/0", "1/13")
        ),
        *((good, True) for good in ("8-10/10", "8–10/10", "30/9-5/10", "1-31/12", "10/10/2026", "10/2026")),
        *((bad, False) for bad in ("10-8/10", "8-8/10", "8-10", "8-32/10", "31/9-5/10", "13/2026", "0/2026")),
        *((good, True) for good in ("Tháng 12", "tháng 1", "Tuần 53", "Quý 4", "Tuần lễ 1–7/10", "Ngày 31")),
        *(
            (bad, False)
            for bad in ("Tháng 13", "Tháng 0", "Tuần 54", "Quý 5", "Quý 0", "Ngày 32", "Tuần lễ 1–7/13")
        ),
        *(
            (good, True)
            for good in ("2026", "2026-2030", "Xuân Bính Ngọ", "50 năm", "Covid-19", "M", "m" * 24)
        ),
        *(
            (bad, False)
            for bad in ("", " ", "m" * 25, "10//10", "10 /10", "a/b", "\u0661\u0660/\u0661\u0660")
        ),
    ],
)
def test_a_mark_is_a_date_of_the_calendar_or_a_few_words(mark: str, *, good: bool) -> None:
    day = project().campaign.days[0]
    assert taken(type(day).model_validate, {**day.model_dump(), "mark": mark}) is good


@pytest.mark.parametrize(("length", "warned"), [(160, False), (161, True)])
def test_a_slogan_of_more_than_160_characters_is_a_warning(length: int, *, warned: bool) -> None:
    campaign = project().campaign
    first = campaign.days[0]
    slogan = first.slogan.model_copy(update={"text": "a" * length, "hinge": None})
    days = (first.model_copy(update={"slogan": slogan}), *campaign.days[1:])
    made: CampaignFile = campaign.model_copy(update={"days": days})
    places = [problem.where for problem in campaign_warnings(made, "c.toml")]
    assert (f"c.toml: days.{first.id}.slogan.text" in places) is warned
    assert LONG_SLOGAN == 160


def test_a_period_may_be_one_day_and_no_less() -> None:
    period = project().campaign.days[0].period
    kind = type(period)
    assert taken(kind, first=period.first, last=period.first)
    assert not taken(kind, first=period.last, last=period.first)


@pytest.mark.parametrize(
    ("number", "good"), [("1", True), ("999999", True), ("0", False), ("1000000", False), ("000000", False)]
)
def test_a_letters_number_has_one_to_six_digits(number: str, *, good: bool) -> None:
    assert taken(LetterFill, number) is good


@pytest.mark.parametrize(("day", "good"), [(date(2020, 3, 5), True), (date(2020, 3, 4), False)])
def test_a_letter_is_no_older_than_the_decree(day: date, *, good: bool) -> None:
    assert taken(letter_fill, project(), issued=day) is good


@pytest.mark.parametrize(("length", "whole"), [(60, True), (61, False)])
def test_a_folders_name_keeps_60_letters_of_an_agencys(length: int, *, whole: bool) -> None:
    made = named_agency(project().campaign, "a" * length).id
    assert made.startswith("a" * 60)
    assert (made == "a" * 60) is whole


@pytest.mark.parametrize(("width", "scale"), [(5074, 1), (5075, 10)])
def test_work_that_no_page_can_hold_is_drawn_at_a_tenth(width: int, scale: int) -> None:
    """5080 mm with 3 mm of bleed on either side (14,400 units of 1/72 inch)."""
    poster = project().presets.preset("bang-ron-6000x800")
    assert poster is not None
    assert pytest.approx(14_400 / 72 * 25.4) == PAGE_LIMIT_MM
    assert poster.model_copy(update={"width": width, "bleed": 3.0}).page_scale == scale


@pytest.mark.parametrize(("hem", "good"), [(40.0, True), (40.02, False)])
def test_the_safe_area_keeps_clear_of_the_hem(hem: float, *, good: bool) -> None:
    """A hundredth of a millimetre is forgiven."""
    banner = project().presets.preset("bang-ron-4000x700")
    assert banner is not None
    sides = {"top": 40 / 700, "bottom": 40 / 700, "left": 40 / 4000, "right": 40 / 4000}
    told = {**banner.model_dump(), "safe": SafeArea(**sides), "finishing": Finishing(hem=hem)}
    assert taken(Preset.model_validate, told) is good
