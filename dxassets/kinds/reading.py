"""How kinds read the files that their words stand in: every fault of a file together, once for its bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from dxassets.models import Model, read_toml, validate
from dxassets.resources import Resources

WordsT = TypeVar("WordsT", bound=Model)


def words_file(model: type[WordsT], resources: Resources, name: str) -> WordsT:
    """The file of that name, which there must be; `CampaignError` with all that is wrong."""
    return model.model_validate(_parsed(model, resources.read(name).data, name))


def own_file(model: type[WordsT], resources: Resources, name: str) -> WordsT:
    """A file that a campaign may bring, an empty `model` without it; `CampaignError` as above."""
    data = resources.data(name)
    return model() if data is None else model.model_validate(_parsed(model, data, name))


@lru_cache(maxsize=32)
def _parsed(model: type[Model], data: bytes, name: str) -> Model:
    return validate(model, read_toml(data, name), name)
