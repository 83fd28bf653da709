"""The offices as users write them: by id, or by a name that they know, with or without its marks."""

from __future__ import annotations

from dxassets.agencies import Agency
from dxassets.campaign import Campaign
from dxassets.errors import Problem
from dxassets.models import suggest
from dxassets.vietnamese import abbreviated, slug

_MOST_SHOWN = 4


def office_called(campaign: Campaign, text: str) -> Agency | None:
    """The office of that id, or the only one of that name, full or short; marks and case do not count."""
    office = campaign.office(text)
    if office is not None:
        return office
    wanted = {slug(text), slug(abbreviated(text))} - {""}
    named = [each for each in campaign.offices if wanted & _names_of(each)]
    return named[0] if len(named) == 1 else None


def unknown_office(option: str, text: str, campaign: Campaign) -> Problem:
    """The problem of an agency that nothing has: near ids, and the command that finds them."""
    ids, typed = [office.id for office in campaign.offices], slug(text)
    named = office_called(campaign, text)
    near = [each for each in ids if typed and typed in each][:_MOST_SHOWN] if named is None else [named.id]
    vi, en = f" Có phải là: {', '.join(near)}?", f" Did you mean: {', '.join(near)}?"
    if not near:
        vi, en = suggest(typed, ids)
    find = f'dxassets agencies --find "{typed.replace("-", " ")}"' if typed else "dxassets agencies"
    return Problem(
        option,
        f"không có “{text}”.{vi} Tìm mã: {find}",
        f"there is no {text!r}.{en} Find ids: {find}",
    )


def _names_of(office: Agency) -> set[str]:
    return {slug(office.name), slug(office.short_name), slug(abbreviated(office.name))}
