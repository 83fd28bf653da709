"""The JSON Schema of campaign.toml: every key told in both languages, and the same rules as the models."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs  # comes with Schemathesis
import pytest
from hypothesis import example as tried
from hypothesis import given
from hypothesis import strategies as st

from dxassets.api import campaign_schema, schema
from dxassets.campaign import CampaignFile, checked_link, checked_zalo
from dxassets.days import MARK
from dxassets.errors import CampaignError
from dxassets.models import IDENTIFIER, validate
from dxassets.vietnamese import LETTERS
from tests.test_text_rules import nodes

ROOT = Path(__file__).parent.parent
CAMPAIGN = (ROOT / "campaigns/daknong-2022/campaign.toml").read_text(encoding="utf-8")
MARKED = "".join(sorted(each for each in LETTERS if not each.isascii()))
VIETNAMESE = re.compile(f"[{MARKED}]", re.IGNORECASE)


@cache
def made() -> dict[str, Any]:
    return campaign_schema()


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every part, by where it stands."""
    for name, part in {"CampaignFile": made(), **made()["$defs"]}.items():
        for key, value in part["properties"].items():
            yield f"{name}.{key}", value


def pattern_of(where: str) -> str:
    found = next(
        node["pattern"]
        for name, value in properties()
        if name == where
        for node in nodes(value)
        if isinstance(node.get("pattern"), str)
    )
    return str(found)


def test_every_key_says_in_both_languages_what_it_is() -> None:
    for where, value in properties():
        vi, en = value["description"].split("\n\n")
        assert VIETNAMESE.search(vi), where
        assert not VIETNAMESE.search(en.replace("Đắk Nông", "")), where
        assert vi.endswith("."), where
        assert en.endswith("."), where
    assert made()["description"]


def test_nothing_is_said_of_keys_that_there_are_not() -> None:
    file = Path(schema.__file__).with_name("campaign_keys.toml")
    words = tomllib.loads(file.read_text(encoding="utf-8"))
    del words["campaign"]
    told = {f"{name}.{key}" for name, keys in words.items() for key in keys}
    assert told == {where for where, _ in properties()}


def test_the_file_that_editors_read_is_this_schema() -> None:
    shipped = json.loads((ROOT / "campaigns/campaign.schema.json").read_bytes())
    assert shipped == made(), "run: dxassets schema --write campaigns/campaign.schema.json"


# --- the same rules -------------------------------------------------------------------------------


def document(*edits: tuple[str, str]) -> dict[str, Any]:
    """The bundled campaign with some of its text replaced."""
    text = CAMPAIGN
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return tomllib.loads(text)


def plain(value: Any) -> Any:
    """TOML's dates as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def schema_takes(raw: dict[str, Any]) -> bool:
    return bool(jsonschema_rs.validator_for(made(), validate_formats=True).is_valid(plain(raw)))


def model_takes(raw: dict[str, Any]) -> bool:
    try:
        validate(CampaignFile, raw, "campaign.toml")
    except CampaignError:
        return False
    return True


ZALO = '# url = "https://zalo.me/..."'
CHECKED = "checked_on = 2022-09-19"


@pytest.mark.parametrize(
    ("old", "new", "taken"),
    [
        ("year = 2022", "year = 2022", True),
        ('id = "daknong-2022"', 'id = "Đắk Nông"', False),
        ('id = "daknong-2022"', f'id = "{"a" * 80}"', True),
        ('id = "daknong-2022"', f'id = "{"a" * 81}"', False),
        ('mark = "10/10"', 'mark = "10-10"', False),
        ('mark = "10/10"', 'mark = "1/1"', True),
        ("year = 2022", "year = 1999", False),
        ("year = 2022", "year = 2000", True),
        ("year = 2022", "year = 2101", False),
        ('motif = "pixels"', 'motif = "Dots"', False),
        ('motto = "Đi từng ngõ, gõ từng nhà"', 'motto = ""', False),
        ('motto = "Đi từng ngõ, gõ từng nhà"', f'motto = "{"a" * 400}"', True),
        ('motto = "Đi từng ngõ, gõ từng nhà"', f'motto = "{"a" * 401}"', False),
        ('motto = "Đi từng ngõ, gõ từng nhà"', 'mottto = "a"', False),
        ('"https://dx.mic.gov.vn/"', '"https://vi.wikipedia.org/wiki/Đắk_Nông"', True),
        ('"https://dx.mic.gov.vn/"', '"HTTPS://DX.MIC.GOV.VN"', True),
        ('"https://dx.mic.gov.vn/"', '"dx.mic.gov.vn"', False),
        ('"https://dx.mic.gov.vn/"', '"https://dx.mic.gov.vn/a b"', False),
        ('"https://dx.mic.gov.vn/"', '"https://a@dx.mic.gov.vn/"', False),
        (ZALO, f'url = "https://zalo.me/1234567890123456789"\n{CHECKED}', True),
        (ZALO, f'url = "https://zalo.me/daknong"\n{CHECKED}', True),
        (ZALO, 'url = "https://zalo.me/0912345678"', False),
        (ZALO, 'url = "http://zalo.me/1234567890123456789"', False),
    ],
)
def test_schema_and_model_agree(old: str, new: str, taken: bool) -> None:
    raw = document((old, new))
    assert model_takes(raw) == taken
    assert schema_takes(raw) == taken


@pytest.mark.parametrize(
    ("where", "rule"),
    [("CampaignFile.id", IDENTIFIER), ("Day.id", IDENTIFIER), ("Day.mark", MARK)],
)
@given(data=st.data())
def test_what_fits_a_rules_pattern_is_taken(where: str, rule: Any, data: st.DataObject) -> None:
    pattern = pattern_of(where)
    assert pattern == rule.pattern
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    assert rule.checked(text) == text


@given(st.from_regex(r"https://zalo\.me/([1-9][0-9]{14,18}|[A-Za-z][A-Za-z0-9_.-]{2,})", fullmatch=True))
def test_an_oas_own_page_fits_the_pattern_and_is_taken(text: str) -> None:
    assert re.fullmatch(pattern_of("Link.url"), text)
    assert checked_zalo(text) == text


hosts = st.from_regex(r"[a-zđăâêôơư0-9.:@-]{1,20}", fullmatch=True)
tails = st.text(st.sampled_from('/?#@\\ áĐ%a.~"<'), max_size=12)


@tried("https://", "0.0", " ")
@given(st.sampled_from(("https://", "http://", "HTTPS://", "ftp://", "")), hosts, tails)
def test_what_does_not_fit_a_links_pattern_is_refused(scheme: str, host: str, tail: str) -> None:
    text = f"{scheme}{host}{tail}"
    for check in (checked_link, checked_zalo):
        try:
            taken = check(text)
        except ValueError:
            continue
        assert re.fullmatch(pattern_of("Link.url"), taken.strip()), (
            text
        )  # blanks around it are nobody's fault


def test_examples_fit_and_are_taken() -> None:
    examples = [
        (where, node["pattern"], example)
        for where, value in properties()
        for node in nodes(value)
        if isinstance(node.get("pattern"), str)
        for example in node["examples"]
    ]
    assert len(examples) >= 9
    for where, pattern, example in examples:
        assert re.fullmatch(pattern, example), where
        if where == "Link.url":
            assert checked_link(example) == example
