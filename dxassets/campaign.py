"""The campaign: what is said, by whom, on which days. A clerk edits it.

`campaign.toml` gives everything but the agencies, which stand in a CSV file
that any spreadsheet program can edit.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from dxassets.addresses import domain_of, host_of, site_uri, to_uri
from dxassets.agencies import Agency, completed
from dxassets.contacts import Contacts, unknown_offices
from dxassets.days import Day
from dxassets.deadlines import Deadline, check_deadlines, early_deadlines, unknown_whom
from dxassets.digest import digest
from dxassets.duties import DutiesFile, duties_place, odd_days, unknown_names
from dxassets.errors import CampaignError, Problem
from dxassets.models import (
    BilingualError,
    Identifier,
    LanguageTag,
    Line,
    Model,
    PlainLine,
    ReprArgs,
    read_toml,
    suggest,
    validate,
)
from dxassets.slogans import Phrase
from dxassets.units import Units
from dxassets.vietnamese import NO_BREAK, clean, slug

_ZALO_HOSTS = ("zalo.me", "www.zalo.me")
_WEB_PATTERN = (
    r"^(https://zalo\.me/([1-9][0-9]{14,18}|[A-Za-z][A-Za-z0-9_.-]{2,})"
    r"|(?![Hh][Tt][Tt][Pp][Ss]?://([Ww]{3}\.)?[Zz][Aa][Ll][Oo]\.[Mm][Ee]([:/?#]|$))"
    r"[Hh][Tt][Tt][Pp][Ss]?://[^ /?#@\\]+([/?#][^ \\]*)?)$"
)
"""What every address has that `checked_link` takes, for editors: on zalo.me only an OA's own page."""
_SITE_PATTERN = r'^https?://[^ "<>#?/]+(/[^ "<>#?]*)?$'
_ZALO_PAGE = re.compile(r"https://zalo\.me/[1-9][0-9]{14,18}")
_ZALO_ALIAS = re.compile(r"https://zalo\.me/[A-Za-z][A-Za-z0-9_.-]{2,}")
_ZALO_PHONE = re.compile(r"https?://zalo\.me/\+?[0-9]{9,12}")
LONG_SLOGAN = 160
"""Characters beyond which most presets will show the short wording."""


def checked_link(text: str) -> str:
    """The URI of an address that people may be sent to; `BilingualError` for any other."""
    uri = to_uri(text)
    return checked_zalo(uri) if host_of(uri) in _ZALO_HOSTS else uri


def checked_zalo(url: str) -> str:
    """Facts: an OA's page is https://zalo.me/<id of 15–19 digits>; an alias may be one, a phone never is."""
    if _ZALO_PAGE.fullmatch(url) or _ZALO_ALIAS.fullmatch(url):
        return url
    cure_vi = "hãy chép liên kết của Zalo OA, dạng https://zalo.me/<dãy 15–19 chữ số>"
    cure_en = "copy the OA's own link, https://zalo.me/<15 to 19 digits>"
    if _ZALO_PHONE.fullmatch(url):
        vi, en = "là số điện thoại của một cá nhân", "is a private person's phone number"
    elif "/g/" in url:
        vi, en = "là liên kết nhóm Zalo", "is a link to a Zalo group"
    elif "/s/" in url:
        vi, en = "là liên kết ứng dụng nhỏ (mini app)", "is a link to a mini app"
    elif url.startswith("http://"):
        vi, en = "dùng http không an toàn", "uses plain http"
    else:
        vi, en = "không phải trang của một Zalo OA", "is not the page of a Zalo OA"
    raise BilingualError(f"“{url}” {vi}; {cure_vi}", f"{url!r} {en}; {cure_en}")


def _written(pattern: str, example: str) -> Any:
    """How an address is written, for editors; a function of ours holds to it, and to more."""
    return Field(json_schema_extra={"pattern": pattern, "examples": [example]})


LinkUse = Literal["main", "letter", "page"]
_USES: tuple[LinkUse, ...] = ("letter", "page")
_OLD_USES: dict[str, tuple[LinkUse, ...]] = {"province": ("main", "letter", "page")}


class Link(Model):
    """A web address that is printed as a QR code, always with its bare domain beside it. `url` is a URI.

    `uses` (in the file: ``for``) says where it stands: ``main`` on pictures, ``letter`` in letters,
    ``page`` on the web site. One without an address is skipped wherever it would stand, and told.
    """

    id: Annotated[Identifier, Field(examples=["province"])]
    label: PlainLine
    url: (
        Annotated[Line, AfterValidator(checked_link), _written(_WEB_PATTERN, "https://tinh.gov.vn/")] | None
    ) = None
    checked_on: date | None = None
    uses: Annotated[tuple[LinkUse, ...], Field(alias="for", min_length=1)] = _USES

    @model_validator(mode="after")
    def _address_is_whole(self) -> Link:
        if self.url is not None and "zalo" in self.id.split("-"):
            checked_zalo(self.url)
        if self.url is not None and self.checked_on is None:
            raise BilingualError(
                "thiếu checked_on: ngày gần nhất đã mở thử liên kết này, ví dụ 2025-09-19",
                "lacks checked_on: the day on which somebody last opened it, such as 2025-09-19",
            )
        return self

    @property
    def domain(self) -> str:
        """The host without `www.`, as people read it."""
        return "" if self.url is None else domain_of(self.url)


class Look(Model):
    """A day in one of the brand's themes."""

    day: Annotated[Identifier, Field(examples=["10-10"])]
    theme: Annotated[Identifier, Field(examples=["digital"])]


class SiteWishes(Model):
    """`[site]`: what the campaign's web page offers each agency; the issuing agency gets everything.

    Without `looks` each day comes in one theme, in the order of both; without `presets` in all
    sizes of the media web and social. `url` is where the page will be published.
    """

    looks: tuple[Look, ...] = ()
    presets: tuple[Annotated[Identifier, Field(examples=["share-1200x630"])], ...] = ()
    url: (
        Annotated[Line, AfterValidator(site_uri), _written(_SITE_PATTERN, "https://chiendich.tinh.gov.vn/")]
        | None
    ) = None


def _links_of_old(links: Any) -> Any:
    """The list of links, also from an old file, where each stood in a table of its own."""
    if not isinstance(links, dict):
        return links
    tables = cast("dict[str, Any]", links)
    return [
        {"id": name, "for": _OLD_USES.get(name, _USES), **cast("dict[str, Any]", link)}
        if isinstance(link, dict)
        else link
        for name, link in tables.items()
    ]


class CampaignFile(Model):
    """`campaign.toml` as it is written."""

    id: Annotated[Identifier, Field(examples=["chien-dich-2026"])]
    title: PlainLine
    issuing_agency: Identifier
    province: Line
    year: Annotated[int, Field(ge=2000, le=2100)]
    lang: LanguageTag = "vi"
    motto: PlainLine | None = None
    call_to_action: Line
    days: Annotated[tuple[Day, ...], Field(min_length=1)]
    links: Annotated[tuple[Link, ...], BeforeValidator(_links_of_old)] = ()
    phrases: tuple[Phrase, ...] = ()
    themes: tuple[Annotated[Identifier, Field(examples=["digital"])], ...] = ()
    compositions: tuple[Annotated[Identifier, Field(examples=["portrait-type"])], ...] = ()
    agencies: Line | None = None
    own_issuer: Annotated[Agency | None, Field(alias="issuer")] = None
    dispatch: Line | None = None
    site: SiteWishes = SiteWishes()
    deadlines: tuple[Deadline, ...] = ()
    contacts: Contacts = ()
    revision: Annotated[int, Field(ge=0, le=9999)] = 0

    def __repr_args__(self) -> ReprArgs:
        return [(None, self.id), ("days", len(self.days))]

    @model_validator(mode="before")
    @classmethod
    def _issuer_is_named(cls, raw: Any) -> Any:
        """An issuer that is described here needs no list of agencies, and no second mention of its id."""
        if not isinstance(raw, dict):
            return raw
        tables = cast("dict[str, Any]", raw)
        own = tables.get("issuer")
        if isinstance(own, dict) and "issuing_agency" not in tables:
            return {**tables, "issuing_agency": cast("dict[str, Any]", own).get("id")}
        return tables

    @model_validator(mode="after")
    def _somebody_issues(self) -> CampaignFile:
        if self.agencies is None and self.own_issuer is None:
            raise BilingualError(
                "agencies: cần tệp danh sách cơ quan (agencies.csv), hoặc nhóm [issuer] nói ai ban hành",
                "agencies: needs a list of agencies (agencies.csv), or an [issuer] that says who issues",
            )
        return self

    @model_validator(mode="after")
    def _days_are_different(self) -> CampaignFile:
        repeated = [day_id for day_id, count in Counter(day.id for day in self.days).items() if count > 1]
        if repeated:
            raise BilingualError(
                f"days: mã ngày bị lặp: {', '.join(repeated)}", f"days: id used twice: {', '.join(repeated)}"
            )
        return self

    @model_validator(mode="after")
    def _deadlines_are_the_campaigns(self) -> CampaignFile:
        """Each by another id, and none a year from all days: that is a slip of the pen."""
        check_deadlines(self.deadlines, self.span)
        return self

    @model_validator(mode="after")
    def _links_are_different(self) -> CampaignFile:
        repeated = [name for name, count in Counter(link.id for link in self.links).items() if count > 1]
        if repeated:
            raise BilingualError(
                f"links: mã liên kết bị lặp: {', '.join(repeated)}",
                f"links: id used twice: {', '.join(repeated)}",
            )
        mains = [link.id for link in self.links if "main" in link.uses]
        if len(mains) > 1:
            raise BilingualError(
                f"links: chỉ một liên kết đứng trên ảnh (main), ở đây có {', '.join(mains)}",
                f"links: only one stands on pictures (main), here {', '.join(mains)} do",
            )
        return self

    @property
    def span(self) -> tuple[date, date]:
        """First and last day on which something of the campaign is: days and what hangs for them."""
        firsts = [min(day.date, day.period.first) for day in self.days]
        return min(firsts), max(max(day.date, day.period.last) for day in self.days)

    def link(self, link_id: str) -> Link | None:
        """The link of that id, or None."""
        return next((link for link in self.links if link.id == link_id), None)

    @property
    def main_link(self) -> Link | None:
        """Where the code on pictures leads; None where pictures carry no code."""
        return next((link for link in self.links if "main" in link.uses and link.url is not None), None)

    @property
    def main_url(self) -> str | None:
        """The address of the main link, or None."""
        return None if self.main_link is None else self.main_link.url


class Campaign(CampaignFile):
    """A whole campaign: the file with its agencies, what units are called where it is, and who does what."""

    offices: Annotated[tuple[Agency, ...], Field(min_length=1)]
    units: Units
    duties: DutiesFile | None = None

    def __repr_args__(self) -> ReprArgs:
        return [*super().__repr_args__(), ("offices", len(self.offices))]

    @cached_property
    def _offices_by_id(self) -> dict[str, Agency]:
        return {office.id: office for office in self.offices}

    def office(self, agency_id: str) -> Agency | None:
        """The agency of that id, or None."""
        return self._offices_by_id.get(agency_id)

    @property
    def issuer(self) -> Agency:
        """The agency that issues the campaign."""
        return self._offices_by_id[self.issuing_agency]


@lru_cache(maxsize=8)
def parse_campaign_file(data: bytes, source: str) -> CampaignFile:
    """`campaign.toml`; every problem together in one `CampaignError`."""
    return validate(CampaignFile, read_toml(data, source), source)


def join_campaign(
    file: CampaignFile,
    agencies: tuple[Agency, ...],
    source: str,
    *,
    units: Units,
    duties: DutiesFile | None = None,
) -> Campaign:
    """The campaign of its files; `CampaignError` when the issuing agency is not among its agencies.

    So for deadlines and duties of what there is not. What the agencies' names tell of level and parent is
    filled in where it is missing.
    """
    own = file.own_issuer
    if own is not None and all(agency.id != own.id for agency in agencies):
        agencies = (own, *agencies)
    offices = completed(agencies, units, file.province)
    campaign = Campaign.model_construct(offices=offices, units=units, duties=duties, **dict(file))
    if campaign.office(file.issuing_agency) is None:
        vi, en = suggest(file.issuing_agency, [agency.id for agency in agencies])
        where, listed = f"{source}: issuing_agency", file.agencies or "[issuer]"
        raise CampaignError(
            Problem(
                where,
                f"cơ quan ban hành “{file.issuing_agency}” không có trong {listed}; hãy thêm dòng ấy, "
                f"hoặc sửa issuing_agency thành một mã có ở đó.{vi}",
                f"{listed} has no agency {file.issuing_agency!r}; add its row, or put an id from there in "
                f"issuing_agency.{en}",
            )
        )
    levels = [level.id for level in campaign.units.levels]
    ids = [office.id for office in campaign.offices]
    problems = unknown_whom(campaign.deadlines, levels, ids, source)
    problems += unknown_offices(campaign.contacts, ids, source)
    if duties is not None:
        beside = duties_place(source)
        deadlines, links = ([each.id for each in group] for group in (campaign.deadlines, campaign.links))
        whom = [*levels, *ids]
        problems += unknown_names(duties, deadlines=deadlines, links=links, whom=whom, source=beside)
        problems += odd_days(duties, campaign.span, beside, far=True)
    if problems:
        raise CampaignError(*problems)
    return campaign


def named_agency(campaign: Campaign, name: str) -> Agency:
    """The agency of that full name, or one made for a name that is not on the list.

    The name is kept as it was typed (in NFC); only its file name is made ASCII,
    and never taken from a listed agency.
    """
    typed = clean(name)
    for office in campaign.offices:
        if office.name.replace(NO_BREAK, " ") == typed.replace(NO_BREAK, " "):
            return office
    file_name = slug(typed)[:60].strip("-")
    if not file_name:
        raise CampaignError(
            Problem(
                "--agency-name",
                "phải có ít nhất một chữ cái Latinh hoặc chữ số, như trên văn bản",
                "needs at least one Latin letter or digit, as it stands on letters",
            )
        )
    if campaign.office(file_name) or len(slug(typed)) > len(file_name):
        file_name = f"{file_name}-{digest(typed.encode())[:6]}"
    return validate(Agency, {"id": file_name, "name": typed, "short_name": typed}, "--agency-name")


def campaign_warnings(campaign: CampaignFile, source: str) -> list[Problem]:
    """What is allowed but deserves a second look."""
    warnings = [
        Problem(
            f"{source}: days.{day.id}.slogan.text",
            f"dài {len(day.slogan.text)} ký tự; nhiều cỡ ảnh sẽ dùng câu ngắn (short)",
            f"is {len(day.slogan.text)} characters long; many presets will show the short wording",
        )
        for day in campaign.days
        if len(day.slogan.text) > LONG_SLOGAN
    ]
    warnings += [
        Problem(
            f"{source}: days[{at}].date",
            f"là {day.date:%d/%m/%Y}, mà mark là “{day.mark}”; hãy sửa một trong hai",
            f"is {day.date}, and mark says {day.mark!r}; correct one of both",
        )
        for at, day in enumerate(campaign.days)
        if day.contradiction
    ]
    warnings += early_deadlines(campaign.deadlines, campaign.span[0], source)
    if isinstance(campaign, Campaign) and campaign.duties is not None:
        warnings += odd_days(campaign.duties, campaign.span, duties_place(source), far=False)
    for at, link in enumerate(campaign.links):
        if link.url is None:
            vi = f"chưa có liên kết “{link.label}”; mã QR của liên kết này sẽ được bỏ qua"
            en = f"the link {link.label!r} is not set; its QR codes will be skipped"
            warnings.append(Problem(f"{source}: links[{at}].url", vi, en))
        elif host_of(link.url) in _ZALO_HOSTS and not _ZALO_PAGE.fullmatch(link.url):
            vi = f"“{link.url}” là tên riêng, không phải mã số của OA; hãy quét thử trước khi in"
            en = f"{link.url!r} is an alias, not the OA's number; scan it before you print"
            warnings.append(Problem(f"{source}: links[{at}].url", vi, en))
    return warnings
