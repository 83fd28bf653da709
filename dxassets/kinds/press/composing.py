"""Puts a press kit together: what its text says, which pictures and logos it holds, whom one may ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxassets.contacts import dialled, office_of
from dxassets.days import Day
from dxassets.errors import InputError
from dxassets.jobs import link_words
from dxassets.kinds.holding import drafts_of
from dxassets.kinds.press.spec import PressContact, PressLogo, PressPicture, PressSection, PressSpec
from dxassets.kinds.press.wording import PressPictureWish, PressText, wording_of
from dxassets.kinds.press.words import LOGO_TITLES
from dxassets.kinds.scope import AssetDraft, Scope
from dxassets.kinds.telling import bare, filled, vietnamese_days, words_of_day
from dxassets.notation import short_date
from dxassets.project import Project
from dxassets.renderers.pictures.logos import CAMPAIGN_LOGO, Logos


def kit_of(scope: Scope) -> tuple[PressSpec, tuple[AssetDraft, ...]]:
    """The campaign's kit, and the pictures in it; `InputError` for logos that can't be used."""
    project = scope.project
    campaign, wording = project.campaign, wording_of(project.resources)
    pictures = list(_pictures(scope, wording))
    palette = project.look_of(campaign.days[0]).palette
    spec = PressSpec(
        head=wording.title,
        title=campaign.title,
        author=campaign.issuer.name,
        lang=campaign.lang,
        sections=tuple(sections_of(project, wording)),
        links=tuple(_linked(project, wording)),
        contacts=_contacts(project),
        pictures=tuple(picture for picture, _ in pictures),
        logos=logos_of(project),
        colors=(str(palette.ground[0]), str(palette.ground[-1]), str(palette.ink), str(palette.accent)),
    )
    return spec, tuple(draft for _, draft in pictures)


def sections_of(project: Project, wording: PressText) -> Iterator[PressSection]:
    """What is said of the campaign, then of each day; what a day before said is not said again."""
    campaign, general = project.campaign, _general(project)
    said: set[str] = set()
    once = tuple(_said(wording, "campaign", general, said))
    if once:
        yield PressSection("", once)
    for day in vietnamese_days(campaign):
        paragraphs = tuple(_said(wording, "day", {**general, **words_of_day(day)}, said))
        english = () if day.about is None else (day.about.en,)
        if paragraphs:
            yield PressSection(_called(day), paragraphs, english)


def _linked(project: Project, wording: PressText) -> Iterator[tuple[str, str]]:
    shown = {link.id for link in project.campaign.links if {"page", "main"} & set(link.uses)}
    said: set[str] = set()
    for link in link_words(project.campaign):
        words = {"lien-ket": link.label, "ten-mien": link.domain, "dia-chi": link.url}
        if link.id in shown:
            for text in _said(wording, "link", {**_general(project), **words}, said):
                yield text, link.url


def _said(wording: PressText, of: str, words: Mapping[str, str], said: set[str]) -> Iterator[str]:
    for piece in wording.pieces:
        text = filled(piece.text, words) if piece.of == of else None
        if text is not None and text not in said:
            said.add(text)
            yield text


def _general(project: Project) -> dict[str, str]:
    campaign = project.campaign
    first, last = campaign.span
    return {
        "chien-dich": campaign.title,
        "don-vi": campaign.issuer.name,
        "dia-phuong": campaign.province,
        "phuong-cham": bare(campaign.motto or ""),
        "tu": short_date(first, "vi"),
        "den": short_date(last, "vi"),
    }


def _called(day: Day) -> str:
    return f"{day.name} ({day.mark})" if day.mark else day.name


def _pictures(scope: Scope, wording: PressText) -> Iterator[tuple[PressPicture, AssetDraft]]:
    """Each day's banners in the sizes that the wording names and that there are."""
    project = scope.project
    for day in project.campaign.days:
        words = {**_general(project), **words_of_day(day)}
        sentences = [filled(piece, words) for piece in wording.captions.pieces]
        caption = " ".join(sentence for sentence in sentences if sentence is not None)
        for wish in wording.pictures:
            for draft in _drafted(scope, day, wish):
                file = f"anh-{'in' if wish.use == 'print' else 'web'}/{day.id}-{wish.file}"
                lang = day.lang or project.campaign.lang
                title = (wish.title.vi, wish.title.en)
                yield PressPicture(file, wish.use, _called(day), title, caption, lang), draft


def _drafted(scope: Scope, day: Day, wish: PressPictureWish) -> Iterator[AssetDraft]:
    preset = scope.project.presets.preset(wish.preset)
    if preset is not None:
        issuer = scope.project.campaign.issuer
        yield from drafts_of(
            scope, "banner", agencies=(issuer,), formats=(wish.format,), days=(day,), presets=(preset,)
        )


def _contacts(project: Project) -> tuple[PressContact, ...]:
    campaign = project.campaign
    names = {office.id: office.name for office in campaign.offices}
    return tuple(
        PressContact(
            each.name,
            each.role or "",
            office_of(each, names, campaign.issuer.name),
            each.phone or "",
            dialled(each.phone or ""),
            each.email or "",
        )
        for each in campaign.contacts
    )


def logos_of(project: Project) -> tuple[PressLogo, ...]:
    """Both slots, filled or not; `InputError` with what is wrong with their files."""
    logos = Logos(project.brand, project.resources)
    issuer = project.campaign.issuer
    own = logos.of(issuer)
    found: Sequence[tuple[str, str, str | None, str]] = (
        ("issuer", "co-quan-ban-hanh", own, f"logos/{issuer.id}"),
        ("campaign", "chien-dich", logos.of_campaign(own), CAMPAIGN_LOGO),
    )
    if logos.problems:
        raise InputError(*logos.problems.values())
    return tuple(
        PressLogo(
            f"bieu-trung/{name}.{logos.suffix_of(source)}" if source else "",
            LOGO_TITLES[whose], source, f"{place}.svg (hoặc .png)",
        )
        for whose, name, source, place in found
    )  # fmt: skip
