"""Puts a script together: what fits into each length, by the rank of its sentences, and when it is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from dxassets.campaign import Campaign
from dxassets.jobs import link_words
from dxassets.kinds.script.spec import Broadcast, Version
from dxassets.kinds.script.wording import (
    OWN_TEXT,
    Piece,
    Repeat,
    ScriptText,
    VersionWish,
    own_text,
    vocabulary_of,
)
from dxassets.kinds.script.words import duration
from dxassets.kinds.telling import bare, days_told, filled, is_a, vietnamese_days, words_of_day
from dxassets.resources import Resources
from dxassets.spoken import Breath, Vocabulary, phrases_of, speak, syllables_of

MOST_PLAIN_DAYS = 92
"""Days with a broadcast beyond which plain days are thinned out to Mondays, so that the plan can be read."""
_NEARLY = 0.8
"""Of the wished time: a version that fills less says so."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is spoken: its breaths, its syllables, its rank, and its place in the script."""

    phrases: tuple[Breath, ...]
    syllables: int
    rank: int
    at: int


@dataclass(frozen=True, slots=True)
class Script:
    """All versions that can be made, and what was not known."""

    versions: tuple[Version, ...]
    unknown: tuple[str, ...]
    rate: int


def script_of(campaign: Campaign, resources: Resources, wording: ScriptText) -> Script:
    """The versions of a campaign's script; `CampaignError` for files that are wrong."""
    vocabulary = vocabulary_of(resources)
    own = own_text(resources, wording.versions)
    unknown: dict[str, None] = {}
    versions: list[Version] = []
    common = _spoken(enumerate(own.get(None, ()), start=1), vocabulary, campaign, unknown) if own else None
    usual = None if own else _spoken(_sentences(campaign, wording), vocabulary, campaign, unknown)
    for wish in wording.versions:
        given = own.get(wish.seconds)
        if given is not None:
            said = _spoken(enumerate(given, start=1), vocabulary, campaign, unknown)
            versions.append(_version(wish, said, vocabulary.reading.rate))
            continue
        chosen = _chosen(
            usual or common or [], wish.seconds * vocabulary.reading.rate // 60, whole=usual is None
        )
        if chosen:
            versions.append(_version(wish, chosen, vocabulary.reading.rate))
    return Script(tuple(versions), tuple(unknown), vocabulary.reading.rate)


def _sentences(campaign: Campaign, wording: ScriptText) -> Iterator[tuple[int, str]]:
    """Rank and text of every sentence that the campaign can fill, each once, in the order of the template."""
    seen: set[str] = set()
    for piece in wording.pieces:
        for holes in _fillings(piece, campaign):
            text = filled(piece.text, holes)
            if text is not None and text not in seen:
                seen.add(text)
                yield piece.rank, text


def _fillings(piece: Piece, campaign: Campaign) -> Iterator[Mapping[str, str]]:
    """What fills the holes of a sentence: once, or for each day in Vietnamese, or each link."""
    general = {
        "co-quan": campaign.issuer.name,
        "chien-dich": campaign.title,
        "phuong-cham": bare(campaign.motto or ""),
    }
    if piece.each == "campaign":
        yield general
    elif piece.each == "day":
        for day in vietnamese_days(campaign):
            yield {**general, **words_of_day(day)}
    else:
        for link in link_words(campaign):
            yield {**general, "lien-ket": link.label, "ten-mien": link.domain}


def _spoken(
    sentences: Iterator[tuple[int, str]], vocabulary: Vocabulary, campaign: Campaign, unknown: dict[str, None]
) -> list[Sentence]:
    """The sentences for the ear; those of which nothing is left are dropped."""
    found: list[Sentence] = []
    for at, (rank, text) in enumerate(sentences):
        spoken = speak(text, vocabulary)
        unknown.update(dict.fromkeys(spoken.unknown))
        phrases = phrases_of(spoken.text, held=campaign.phrases)
        count = sum(syllables_of(phrase.text) for phrase in phrases)
        if count:
            found.append(Sentence(phrases, count, rank, at))
    return found


def _chosen(said: list[Sentence], most: int, *, whole: bool) -> list[Sentence]:
    """What fits into so many syllables: by rank, or (`whole`) from the beginning as far as it goes."""
    chosen: list[Sentence] = []
    for each in sorted(said, key=lambda one: (one.rank, one.at)):
        if sum(one.syllables for one in chosen) + each.syllables <= most:
            chosen.append(each)
        elif whole:
            break
    return sorted(chosen, key=lambda one: one.at)


def _version(wish: VersionWish, said: list[Sentence], rate: int) -> Version:
    syllables = sum(each.syllables for each in said)
    seconds = -(-syllables * 60 // rate)
    remark = ""
    if seconds > wish.seconds:
        remark = f"Dài hơn {duration(wish.seconds)}: hãy rút gọn phần này trong {OWN_TEXT}."
    elif seconds < _NEARLY * wish.seconds:
        remark = (
            f"Ngắn hơn {duration(wish.seconds)} vì chiến dịch không có thêm lời nào vừa thời gian này; "
            f"muốn dài hơn, hãy viết thêm vào tệp {OWN_TEXT}."
        )
    paragraphs = tuple(each.phrases for each in said)
    return Version(wish.id, wish.title, wish.seconds, seconds, syllables, paragraphs, remark)


# --- when it is said


def broadcasts_of(
    campaign: Campaign, wording: ScriptText, versions: tuple[Version, ...]
) -> tuple[Broadcast, ...]:
    """Every broadcast over the campaign's periods; a version that there is not gives way to a shorter one."""
    said = {wish.id: _stands_in(wish, versions) for wish in wording.versions}
    days = sorted(days_told(campaign))
    found = [(day, _rule(day, campaign, wording.repeats)) for day in days]
    plain = [day for day, rule in found if rule is not None and rule.on == "plain"]
    thin = len(plain) > MOST_PLAIN_DAYS
    return tuple(
        Broadcast(day, each.hour, title)
        for day, rule in found
        if rule is not None and not (thin and rule.on == "plain" and day.isoweekday() != 1)
        for each in rule.broadcasts
        if (title := said.get(each.version)) is not None
    )


def _stands_in(wish: VersionWish, versions: tuple[Version, ...]) -> str | None:
    shorter = [each for each in versions if each.wanted <= wish.seconds]
    return max(shorter, key=lambda each: each.wanted).title if shorter else None


def _rule(day: date, campaign: Campaign, repeats: tuple[Repeat, ...]) -> Repeat | None:
    """The first line of the plan that fits a day."""
    fits = (rule for rule in repeats if is_a(rule.on, day, campaign) and day.isoweekday() in rule.weekdays)
    return next(fits, None)
