"""Holds a letter's files against the campaign: no letter speaks for another province, year or office.

Its particulars are compared with the campaign's own; whatever differs there is then looked for in every line,
the annexes' too. What is meant all the same (another province's name, the year of a base) is listed under
`mentions` in the particulars.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from dxassets.addresses import domain_of
from dxassets.campaign import Campaign
from dxassets.dispatch import WrittenLetter, annex_names
from dxassets.dispatch.frontmatter import TomlText, decode, split_front_matter
from dxassets.errors import Problem
from dxassets.jobs import link_words
from dxassets.kinds.letter.law import Verdict
from dxassets.project import Project
from dxassets.strangers import (
    Name,
    addresses_named,
    bare_name,
    name_of,
    places_named,
    provinces_in,
    said_lines,
    years_named,
)
from dxassets.vietnamese import fold, slug

PROVINCES_FILE = "campaigns/provinces.txt"
_SILENT_WORDS = frozenset({"va", "cac"})
_COMMITTEES = ("uy ban nhan dan", "ubnd")


@dataclass(frozen=True, slots=True)
class _Text:
    """One of a letter's files: its lines that say something, with their place."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Strange:
    """What is not the campaign's: places, years and an office's name (folded), found in a letter's head."""

    places: tuple[Name, ...] = ()
    years: frozenset[int] = frozenset()
    office: str = ""


def judge_belonging(
    letter: WrittenLetter, project: Project, *, passed_on: WrittenLetter | None = None
) -> Verdict:
    """What in the files of a letter is another's; `passed_on` is the letter that one of a template cites."""
    campaign, own = project.campaign, passed_on is None
    issuer = (passed_on or letter).dispatch.particulars.issuer.name
    front, _, _ = split_front_matter(decode(letter.data, letter.source, []), letter.source, [])
    facts = letter.dispatch.particulars
    meant = frozenset(fold(each) for each in facts.mentions)
    head = list(_head(letter, front, campaign, own=own))
    texts = _texts(letter, project)
    provinces = tuple(name for name in _foreign(project) if fold(name.text) not in meant)
    strange = _Strange(
        _strange_places(facts.place, chain(*(text.lines for text in texts)), provinces, campaign, meant),
        frozenset({facts.year or campaign.year} - {campaign.year}) - _years(meant),
        "" if _is_called(issuer, campaign) else fold(issuer),
    )
    told = {problem.where for problem in head}
    errors, warnings = list(head), list(_symbol(letter, front, campaign) if own else ())
    for where, line in chain(*(text.lines for text in texts)):
        names = _left_over(line, strange)
        if names and where not in told:
            errors.append(_left(where, names, campaign))
        elif not names:
            warnings += _doubtful(where, line, campaign, meant)
    if head and own and facts.signer.name:
        where = front.where(("signer", "name"))
        errors += (
            [] if where in {problem.where for problem in errors} else [_signer(where, facts.signer.name)]
        )
    order = {where: at for at, (where, _) in enumerate(chain(*(text.lines for text in texts)))}
    return Verdict(
        *(tuple(sorted(each, key=lambda one: order.get(one.where, -1))) for each in (errors, warnings))
    )


# --- the particulars


def _head(letter: WrittenLetter, front: TomlText, campaign: Campaign, *, own: bool) -> Iterator[Problem]:
    """Particulars that are not the campaign's. A template's are, where they are filled in."""
    facts = letter.dispatch.particulars
    meant = {fold(each) for each in facts.mentions}
    if facts.year not in {None, campaign.year} and str(facts.year) not in meant:
        yield Problem(
            front.where(("year",)),
            f"công văn của năm {facts.year}, trong khi chiến dịch là của năm {campaign.year}",
            f"the letter is of {facts.year}, but the campaign of {campaign.year}",
        )
    if not own:
        return
    if not _is_called(facts.issuer.name, campaign):
        yield _office(front.where(("issuer", "name")), facts.issuer.name, campaign)
    if not _is_called(" ".join(facts.issuer.body), campaign):
        yield _office(front.where(("issuer", "body")), " ".join(facts.issuer.body), campaign)
    above = " ".join(facts.issuer.parent)
    if fold(above).startswith(_COMMITTEES) and slug(bare_name(campaign.province)) not in slug(above):
        yield Problem(
            front.where(("issuer", "parent")),
            f"cơ quan chủ quản là “{above}”, trong khi chiến dịch là của {campaign.province}",
            f"the body above is {above!r}, but the campaign is of {campaign.province}",
        )
    if not _is_place(facts.place, campaign) and fold(facts.place) not in meant:
        yield Problem(
            front.where(("place",)),
            f"địa danh “{facts.place}” không phải của {campaign.province}, cũng không có trong danh sách",
            f"the place {facts.place!r} is not of {campaign.province}, and no listed agency is there",
        )


def _office(where: str, said: str, campaign: Campaign) -> Problem:
    issuer = campaign.issuer.name
    return Problem(
        where,
        f"công văn của “{said}”, trong khi cơ quan ban hành là {issuer} (issuing_agency)",
        f"the letter is by {said!r}, but the issuing agency is {issuer}",
    )


def _signer(where: str, name: str) -> Problem:
    return Problem(
        where,
        f"“{name}” ký công văn của nơi khác hoặc năm khác; điền người ký của công văn này, hoặc để trống",
        f"{name!r} signs a letter of another place or year; name who signs this one, or leave it empty",
    )


def _symbol(letter: WrittenLetter, front: TomlText, campaign: Campaign) -> Iterator[Problem]:
    """The decree names no abbreviations of offices, so a symbol that does not look like theirs is a doubt."""
    facts = letter.dispatch.particulars
    first, _, rest = facts.symbol.removeprefix("/").partition("-")
    office = first if facts.form.is_letter else rest.partition("-")[0]  # after the kind's own abbreviation
    if not any(_abbreviates(office, name) for name in (campaign.issuer.name, campaign.issuer.short_name)):
        yield Problem(
            front.where(("symbol",)),
            f"“{office}” không giống chữ viết tắt của {campaign.issuer.name}; hãy xem lại ký hiệu",
            f"{office!r} does not look like an abbreviation of {campaign.issuer.name}; check the symbol",
        )


def _is_called(said: str, campaign: Campaign) -> bool:
    """Whether that is the issuing agency: by its full or short name, with or without its province's."""
    wanted = slug(said)
    return any(
        wanted in _forms(name, campaign) for name in (campaign.issuer.name, campaign.issuer.short_name)
    )


def _forms(name: str, campaign: Campaign) -> set[str]:
    whole, province = slug(name), slug(campaign.province)
    kind = slug(campaign.province.removesuffix(bare_name(campaign.province)))
    bare = slug(bare_name(campaign.province))
    cut = {
        whole.removesuffix(f"-{province}"),
        whole.removesuffix(f"-{bare}"),
        whole.removesuffix(f"-{kind}-{bare}"),
    }
    return {form for each in (whole, *cut) for form in (each, f"{each}-{province}", f"{each}-{kind}")}


def _is_place(place: str, campaign: Campaign) -> bool:
    """Whether the place is the campaign's: its province, or where one of its agencies is."""
    wanted = slug(place)
    if wanted in {slug(campaign.province), slug(bare_name(campaign.province))}:
        return True
    return any(f"-{slug(office.name)}-".find(f"-{wanted}-") >= 0 for office in campaign.offices) and not any(
        wanted == slug(name) for name in _province_words(campaign)
    )


def _province_words(campaign: Campaign) -> Iterator[str]:
    """Other provinces that agencies' names hold: a list copied from there does not make the place ours."""
    own = slug(bare_name(campaign.province))
    for office in campaign.offices:
        _, kind, name = office.name.rpartition(" tỉnh ")
        if kind and slug(name) != own:
            yield name


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` stand for words of `name`, or the other way round."""
    letters = "".join(char for char in fold(short) if char.isalnum())
    initials = "".join(word[0] for word in fold(name).replace("-", " ").split() if word not in _SILENT_WORDS)
    return _within(letters, initials) or _within(initials, letters)


def _within(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


# --- every line


def _texts(letter: WrittenLetter, project: Project) -> tuple[_Text, ...]:
    """The letter's file and its annexes."""
    named = annex_names(letter.data, letter.source)
    files = [(letter.source, letter.data, False)]
    files += [(name, data, True) for name in named if (data := project.resources.data(name)) is not None]
    return tuple(
        _Text(
            tuple(
                (f"{source}:{number}", line)
                for number, line in said_lines(decode(data, source, []), toml=is_toml)
                if not line.startswith("mentions")
            )
        )
        for source, data, is_toml in files
    )


def _foreign(project: Project) -> tuple[Name, ...]:
    """The names of all provinces but the campaign's own."""
    if project.resources.find(PROVINCES_FILE) is None:
        return ()
    own = slug(bare_name(project.campaign.province))
    return tuple(
        name for name in provinces_in(project.resources.read(PROVINCES_FILE).data) if slug(name.text) != own
    )


def _strange_places(
    place: str,
    lines: Iterable[tuple[str, str]],
    provinces: tuple[Name, ...],
    campaign: Campaign,
    meant: frozenset[str],
) -> tuple[Name, ...]:
    """The place, where it is not ours, and every other province that the letter names as one."""
    found: dict[Name, None] = {}
    if "{" not in place and not _is_place(place, campaign) and fold(place) not in meant:
        found[name_of(place)] = None
    named = {name.words for name in found}
    for _, line in lines:
        for name, with_kind in places_named(line, provinces):
            if with_kind and name.words not in named:
                found[name] = None
    return tuple(sorted(found, key=lambda name: -len(name.words)))


def _left_over(line: str, strange: _Strange) -> list[str]:
    """What of another place, year or office stands in `line`."""
    places = [
        name.text for name, with_kind in places_named(line, strange.places) if with_kind or not name.personal
    ]
    years = [str(year) for year in sorted(years_named(line) & strange.years)]
    office = [strange.office] if strange.office and strange.office in fold(line) else []
    return [*dict.fromkeys(places), *years, *(_as_written(line, each) for each in office)]


def _as_written(line: str, folded: str) -> str:
    """The words of `line` that fold to `folded`."""
    at = fold(line).find(folded)
    return line[at : at + len(folded)] if len(fold(line)) == len(line) else folded


def _left(where: str, names: Sequence[str], campaign: Campaign) -> Problem:
    said_vi, said_en = ", ".join(f"“{name}”" for name in names), ", ".join(f"{name!r}" for name in names)
    issuer, year = campaign.issuer.name, campaign.year
    listed = ", ".join(f'"{name}"' for name in names)
    meant = f"mentions = [{listed}]"
    return Problem(
        where,
        f"còn nói {said_vi}, trong khi chiến dịch là của {issuer}, năm {year}; hãy sửa, hoặc nếu muốn "
        f"nhắc tới thật thì thêm {meant} vào phần khai báo",
        f"still says {said_en}, but the campaign is {issuer}'s of {year}; correct it, or, if that is meant, "
        f"add {meant} to the particulars",
    )


def _doubtful(where: str, line: str, campaign: Campaign, meant: frozenset[str]) -> Iterator[Problem]:
    """Dates of other years and addresses that the campaign does not give: often meant, worth a look."""
    years = sorted(years_named(line) - {campaign.year} - _years(meant))
    if years:
        shown = ", ".join(str(year) for year in years)
        yield Problem(
            where,
            f"có ngày của năm {shown}, trong khi chiến dịch là của năm {campaign.year}; nếu đúng thì thêm "
            f'mentions = ["{years[0]}"] vào phần khai báo',
            f"has a date of {shown}, but the campaign is of {campaign.year}; if that is right, add "
            f'mentions = ["{years[0]}"] to the particulars',
        )
    known = {link.domain for link in link_words(campaign)}
    strange = dict.fromkeys(
        domain
        for domain in map(domain_of, addresses_named(line))
        if domain not in known and fold(domain) not in meant
    )
    for domain in strange:
        yield Problem(
            where,
            f"dẫn tới “{domain}”, không có trong các liên kết của chiến dịch; hãy mở thử, rồi thêm vào "
            "links hoặc mentions",
            f"leads to {domain!r}, which is none of the campaign's links; open it, and add it to links or "
            "mentions",
        )


def _years(meant: frozenset[str]) -> frozenset[int]:
    return frozenset(int(each) for each in meant if each.isdecimal() and len(each) == 4)
