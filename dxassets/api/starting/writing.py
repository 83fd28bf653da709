"""Writes a new campaign: its file, the list of agencies, and the letters as templates with holes."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template

from dxassets.agencies import agencies_csv
from dxassets.agencies.listed import TO_CHECK
from dxassets.api.schema import DUTIES_SCHEMA, campaign_schema, duties_schema
from dxassets.api.starting.causes import Cause, filled
from dxassets.api.starting.wanted import CampaignWanted, Outline, outline_of
from dxassets.campaign import Campaign, join_campaign, parse_campaign_file
from dxassets.country import units_of
from dxassets.duties import DUTIES_FILE
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.foreign import output_error
from dxassets.kinds.letter.forwarding import department_words
from dxassets.resources import CAMPAIGN_FILE, Resources, campaign_resources
from dxassets.slogans import Slogan
from dxassets.store import pretty, publish, publish_folder
from dxassets.units import COMMUNE_RANK, DISTRICT_RANK
from dxassets.vietnamese import slug, upper

SCHEMA_FILE = "campaign.schema.json"
TEMPLATES = "templates/campaign"
_AGENCIES = "agencies.csv"
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")
_LONG_LINE = 20
"""Letters in the letterhead's left column beyond which a name goes on two lines."""
_LEAD_DAYS = 14
"""How long before the slogans hang the letter goes out, at the latest."""


def write_schema(file: str | Path) -> Path:
    """Write the schema of ``campaign.toml`` to `file`; of ``duties.toml`` where its name begins so."""
    target = Path(file)
    made = duties_schema() if target.name.startswith("duties") else campaign_schema()
    return publish(target.parent, target.name, pretty(made))


def init_campaign(
    folder: str | Path, wanted: CampaignWanted, *, this_year: int | None = None
) -> tuple[Path, ...]:
    """Start a campaign in `folder`, which must be new or empty; the files that were written.

    It can be built at once; what only the office knows is left open in its letters. `this_year` stands
    where `wanted` names no year. `InputError` tells all that is missing or wrong; nothing is written then.
    """
    target = Path(folder)
    campaign_id = new_id(target)
    resources = campaign_resources(target)
    year = this_year if this_year is not None else datetime.datetime.now().astimezone().year
    outline = outline_of(wanted, resources, this_year=year)
    return publish_folder(
        target, _files(outline, campaign_id, target, resources=resources), last=CAMPAIGN_FILE
    )


def new_id(folder: Path) -> str:
    """An id from the folder's name; `InputError` when there is none, or the folder is taken."""
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise output_error(folder, error) from error
    if taken:
        raise InputError(
            Problem(
                str(folder),
                "đã có tệp ở đây; hãy chọn một thư mục mới hoặc còn trống",
                "there is something here already; choose a new or empty folder",
            )
        )
    campaign_id = slug(folder.resolve().name)[:80].strip("-")
    if not campaign_id or file_part(campaign_id) != campaign_id:
        raise InputError(
            Problem(
                str(folder),
                "tên thư mục phải có chữ cái hoặc chữ số, ví dụ: lam-dong-2026",
                "the folder's name needs letters or digits, such as lam-dong-2026",
            )
        )
    return campaign_id


def _files(outline: Outline, campaign_id: str, folder: Path, *, resources: Resources) -> dict[str, bytes]:
    """All files of the new campaign."""
    words = _campaign_words(outline, campaign_id, folder)
    text = _template("campaign.toml", resources).substitute(words)
    agencies = outline.listed or agencies_csv(
        outline.agencies, to_check=dict.fromkeys(outline.to_check, TO_CHECK)
    )
    file = parse_campaign_file(text.encode(), CAMPAIGN_FILE)
    campaign = join_campaign(file, outline.agencies, CAMPAIGN_FILE, units=units_of(resources))
    letter = {**words, **_letter_words(outline, campaign)}
    sections = ["forward-huyen.md"] if _districts(campaign) else []
    return {
        _AGENCIES: agencies,
        "dispatch.md": _template("dispatch.md", resources).substitute(letter).encode(),
        "forward.md": "".join(
            _template(name, resources).substitute(letter) for name in [*sections, "forward.md"]
        ).encode(),
        DUTIES_FILE: resources.read(f"{TEMPLATES}/{DUTIES_FILE}").data,
        DUTIES_SCHEMA: pretty(duties_schema()),
        SCHEMA_FILE: pretty(campaign_schema()),
        CAMPAIGN_FILE: text.encode(),
    }


def _template(name: str, resources: Resources) -> Template:
    return Template(resources.read(f"{TEMPLATES}/{name}").data.decode())


def _quoted(text: str) -> str:
    """`text` as a string of TOML: JSON's rules are among its own."""
    return json.dumps(text, ensure_ascii=False)


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


# --- campaign.toml


def _fill_words(outline: Outline) -> dict[str, str]:
    """What the patterns of a cause are filled with."""
    return {
        "day": outline.day_name,
        "mark": outline.day,
        "year": str(outline.year),
        "province": outline.province,
    }


def _period(outline: Outline) -> tuple[datetime.date, datetime.date]:
    """The first and the last day on which slogans hang."""
    cause, day = outline.cause, outline.date
    return day - datetime.timedelta(cause.days_before), day + datetime.timedelta(cause.days_after)


def _campaign_words(outline: Outline, campaign_id: str, folder: Path) -> dict[str, str]:
    """What fills `campaign.toml`, as TOML."""
    cause, words = outline.cause, _fill_words(outline)
    title = filled(cause.campaign, words)
    first, last = _period(outline)
    return {
        "comment": title,
        "folder": folder.as_posix(),
        "id": _quoted(campaign_id),
        "title": _quoted(title),
        "issuing_agency": _quoted(outline.issuer.id),
        "province": _quoted(outline.province),
        "year": str(outline.year),
        "call_to_action": _quoted(cause.call_to_action),
        "themes": _listed(cause.themes),
        "day_id": _quoted(f"{outline.date.day:02d}-{outline.date.month:02d}"),
        "mark": _quoted(outline.day),
        "day_name": _quoted(cause.shown_name(outline.day_name)),
        "greeting": _quoted(filled(cause.greeting, words)),
        "about": _about(outline),
        "date": outline.date.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "motif": _quoted(cause.motif),
        "scene": _scene(cause),
        "slogan_note": _slogan_note(cause.slogans),
        "slogan": _slogan(outline),
    }


def _about(outline: Outline) -> str:
    """What the web page says of the day, where the cause knows it and it is that day."""
    day = outline.cause.day
    if day is None or day.mark != outline.day or day.name != outline.day_name:
        return '# about = { vi = "…", en = "…" }  # trang web nói về ngày này / what the web page says of it'
    return (
        f"# Căn cứ / by: {day.source}\n"
        f"about = {{ vi = {_quoted(day.about.vi)}, en = {_quoted(day.about.en)} }}"
    )


def _scene(cause: Cause) -> str:
    """The scene in pictures, or how to put one there."""
    if cause.scene is None:
        return '# scene = "commune-office"  # cảnh vẽ trong ảnh, có thể bỏ / a scene in pictures, if you like'
    return f"scene = {_quoted(cause.scene)}"


def _slogan(outline: Outline) -> str:
    """The cause's first slogan; where it has none, the greeting."""
    if outline.cause.slogans:
        return _slogan_lines(outline.cause.slogans[0])
    greeting = _quoted(filled(outline.cause.greeting, _fill_words(outline)))
    return f"text = {greeting}\nshort = {greeting}"


def _slogan_lines(slogan: Slogan) -> str:
    hinge = [] if slogan.hinge is None else [f"hinge = {_quoted(slogan.hinge)}"]
    lifted = [] if slogan.emphasis is None else [f"emphasis = {_quoted(slogan.emphasis)}"]
    return "\n".join([f"text = {_quoted(slogan.text)}", *hinge, *lifted, f"short = {_quoted(slogan.short)}"])


def _slogan_note(slogans: Iterable[Slogan]) -> str:
    """How to put another slogan in, and the cause's others."""
    others = [f"#   {slogan.text}" for slogan in list(slogans)[1:]]
    lines = [
        "# Khẩu hiệu gợi ý; có chủ đề chính thức của năm thì thay vào. hinge: chỗ câu chuyển ý (có thể bỏ),",
        "# short: câu ngắn cho cỡ ảnh nhỏ. / A suggestion; put the year's official theme in its place.",
    ]
    return "\n".join([*lines, *(["# Câu khác / others:", *others] if others else [])])


# --- the letters


@dataclass(frozen=True, slots=True)
class _Letterhead:
    """Who writes, in the parts that the form has."""

    parent: tuple[str, ...]
    body: tuple[str, ...]
    name: str
    place: str
    short: str
    authority: tuple[str, ...]


def _letter_words(outline: Outline, campaign: Campaign) -> dict[str, str]:
    """What fills the letters: in the particulars as TOML, in the text as Markdown."""
    head, words = _letterhead(campaign), _fill_words(outline)
    first, last = _period(outline)
    province = campaign.units.province(campaign.province)
    above = f"{campaign.units.committee.short} {province.kind.name if province else campaign.province}"
    own_committee = province is not None and campaign.issuing_agency == province.office_id
    below = _below(campaign)
    return {
        "symbol": _quoted(f"/{head.short}-{outline.cause.unit}"),
        "place": _quoted(head.place),
        "month": str(_month_of_issue(first, outline.year)),
        "subject": _quoted(filled(outline.cause.subject, words)),
        "addressees": _listed(["Các sở, ban, ngành, đoàn thể", f"UBND {below}"]),
        "recipients": _listed(["Như trên", *([] if own_committee else [f"{above} (b/c)"])]),
        "filing": _quoted(f"VT, {outline.cause.unit}"),
        "parent": _listed(head.parent),
        "body": _listed(head.body),
        "issuer_quoted": _quoted(head.name),
        "authority": _listed(head.authority),
        "issuer": _plain(head.name),
        "purpose": _plain(filled(outline.cause.purpose, words)),
        "day_name": _plain(outline.day_name),
        "from": _day(first),
        "until": _day(last),
        "below": below,
        "tasks": "".join(f"\n- {_plain(task)}\n" for task in outline.cause.tasks),
        "reported": "" if own_committee else f"\n  {_quoted(f'{head.name} (b/c)')},",
        "informed": _quoted(f"{head.name} ({'b/c' if own_committee else 'ph/h'})") + ",",
    }


def _letterhead(campaign: Campaign) -> _Letterhead:
    """The issuer's letterhead; what nobody can know of an office of another kind is a hole."""
    issuer, units = campaign.issuer, campaign.units
    province = units.province(campaign.province)
    place = province.place if province else campaign.province
    unit = units.committee_of(issuer.name, level=issuer.level, province=campaign.province)
    if unit is not None:
        body = (upper(units.committee.name), upper(unit.area))
        authority = (f"TM. {body[0]}", "CHỦ TỊCH")
        return _Letterhead((), body, issuer.name, unit.place, units.committee.short, authority)
    words = {
        key: value for key, value in department_words(issuer, campaign).items() if isinstance(value, str)
    }
    parent, authority = (upper(words["cap-tren"]),), (upper(words["chuc-vu"]),)
    if province is None or issuer.parent != province.office_id:
        parent, authority = ("{CO-QUAN-CHU-QUAN}",), ("{CHUC-VU}",)
    return _Letterhead(
        parent, _in_lines(words["co-quan"]), words["co-quan"], place, words["viet-tat"], authority
    )


def _in_lines(name: str) -> tuple[str, ...]:
    """A body's name in capitals; a long one turns before its last “và”."""
    head, joint, tail = upper(name).rpartition(" VÀ ")
    return (head, f"VÀ {tail}") if joint and len(name) > _LONG_LINE else (upper(name),)


def _districts(campaign: Campaign) -> bool:
    return any(campaign.units.rank(office.level) == DISTRICT_RANK for office in campaign.offices)


def _below(campaign: Campaign) -> str:
    """Whom the letter addresses below the province: “các xã, phường, đặc khu”, or the districts."""
    rank = DISTRICT_RANK if _districts(campaign) else COMMUNE_RANK
    units = campaign.units
    kinds = Counter(
        unit.kind.name
        for office in campaign.offices
        if units.rank(office.level) == rank
        and (unit := units.committee_of(office.name, level=office.level, province=campaign.province))
    )
    return f"các {', '.join(kind for kind, _ in kinds.most_common())}" if kinds else "các địa phương"


def _month_of_issue(first: datetime.date, year: int) -> int:
    """The month in which the letter should go out, of the campaign's own year."""
    issued = first - datetime.timedelta(_LEAD_DAYS)
    return issued.month if issued.year == year else first.month if first.year == year else 1


def _day(day: datetime.date) -> str:
    """Mục II.4 of the decree: days below 10 and the months 1 and 2 get a leading zero."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"{day.day:02d}/{month}/{day.year}"


def _plain(text: str) -> str:
    """`text` with what Markdown would obey as plain characters."""
    return _MARKDOWN.sub(r"\\\1", text)
