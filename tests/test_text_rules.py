"""How texts of data files must be written: each rule with its own example, the same for editors as for us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from dxassets.agencies import Agency
from dxassets.api import Project
from dxassets.api.starting.causes import PLAIN_DATE, Cause
from dxassets.brand import Brand
from dxassets.campaign import Campaign, CampaignFile
from dxassets.days import MARK, Day
from dxassets.dispatch import model as letter
from dxassets.errors import CampaignError
from dxassets.models import IDENTIFIER, Identifier, TextRule, validate
from dxassets.presets import PresetsFile
from dxassets.server.offers import operations_of

LETTER_MODELS = [
    found
    for found in vars(letter).values()
    if isinstance(found, type) and issubclass(found, BaseModel) and found.__module__ == letter.__name__
]
MODELS: list[type[BaseModel]] = [CampaignFile, Campaign, Agency, Brand, PresetsFile, Cause, *LETTER_MODELS]
RULES = (IDENTIFIER, MARK, PLAIN_DATE)


def nodes(schema: object) -> Iterator[dict[str, Any]]:
    """Every object of a JSON Schema, at any depth."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from nodes(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from nodes(value)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_pattern_of_every_data_file_has_an_example_that_keeps_it(model: type[BaseModel]) -> None:
    for node in nodes(model.model_json_schema()):
        if isinstance(node.get("pattern"), str):
            assert node["examples"], node
            for example in node["examples"]:
                assert re.fullmatch(node["pattern"], example), node


def test_the_walk_finds_the_rules() -> None:
    found = {
        str(node["pattern"])
        for model in MODELS
        for node in nodes(model.model_json_schema())
        if isinstance(node.get("pattern"), str)
    }
    assert {rule.pattern for rule in RULES} <= found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_a_rule_means_the_same_to_editors(rule: TextRule) -> None:
    assert rule.pattern.startswith("^")
    assert rule.pattern.endswith("$")
    assert not re.search(r"\\[dwsDWS]", rule.pattern)  # ASCII in ECMA 262, all of Unicode here
    assert not re.search(r"[^\x20-\x7e]", rule.pattern)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
@given(text=st.one_of(st.text(max_size=12), st.text("0123456789/-az", max_size=8)))
def test_what_is_refused_is_never_given_as_the_example(rule: TextRule, text: str) -> None:
    try:
        assert rule.checked(text) == text
    except ValueError as error:
        vi, en = error.vi, error.en  # type: ignore[attr-defined]
        assert text != rule.example
        assert f"(ví dụ: {rule.example})" in vi
        assert f"(such as {rule.example})" in en
        assert re.fullmatch(rule.pattern, text) is None
    else:
        assert re.fullmatch(rule.pattern, text)


def day(**changes: object) -> dict[str, object]:
    slogan = {"text": "Vì người dân", "short": "Vì dân"}
    period = {"first": "2022-10-08", "last": "2022-11-08"}
    names = {"id": "10-10", "mark": "10/10", "name": "Ngày", "greeting": "Hưởng ứng", "motif": "pixels"}
    return {**names, "date": "2022-10-10", "period": period, "slogan": slogan, **changes}


@pytest.mark.parametrize(
    ("key", "refused", "vi", "en"),
    [
        ("mark", "10-10", "ví dụ: 10/10", "such as 10/10"),
        ("mark", "100/10", "ví dụ: 10/10", "such as 10/10"),
        ("mark", "\u0661\u0660/\u0661\u0660", "ví dụ: 10/10", "such as 10/10"),  # Arabic digits
        ("id", "10/10", "ví dụ: so-noi-vu", "such as so-noi-vu"),
        ("id", "10--10", "ví dụ: so-noi-vu", "such as so-noi-vu"),
        ("id", "-10", "ví dụ: so-noi-vu", "such as so-noi-vu"),
        ("motif", "Hoa sen", "ví dụ: so-noi-vu", "such as so-noi-vu"),
    ],
)
def test_each_key_is_refused_in_its_own_words(key: str, refused: str, vi: str, en: str) -> None:
    with pytest.raises(CampaignError) as caught:
        validate(Day, day(**{key: refused}), "campaign.toml")
    (problem,) = caught.value.problems
    assert problem.where == f"campaign.toml: {key}"
    assert vi in problem.vi
    assert en in problem.en


@pytest.mark.parametrize(
    ("key", "taken"),
    [("mark", "1/1"), ("mark", "01/11"), ("id", "a"), ("id", "a-1-b"), ("id", "a" * 80)],
)
def test_what_keeps_the_rule_is_taken(key: str, taken: str) -> None:
    assert getattr(validate(Day, day(**{key: taken}), "campaign.toml"), key) == taken


def test_an_id_has_a_longest() -> None:
    adapter = TypeAdapter(Identifier)
    assert adapter.validate_python("a" * 80)
    with pytest.raises(ValidationError, match="80 characters"):
        adapter.validate_python("a" * 81)


def test_the_servers_parameters_have_examples_that_keep_their_patterns(project: Project) -> None:
    patterned = 0
    for operation in operations_of(project).values():
        for parameter in operation.parameters:
            patterned += parameter.pattern is not None
            if parameter.example:
                assert parameter.problem_of(parameter.example) is None, parameter.name
            else:
                assert parameter.pattern is None, parameter.name
    assert patterned >= 2
