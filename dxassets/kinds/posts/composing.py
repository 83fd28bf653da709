"""Puts posts together: the paragraphs that fit into each length, by their rank, and when each is posted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dxassets.agencies import Agency
from dxassets.campaign import Campaign
from dxassets.days import Day
from dxassets.errors import CampaignError, Problem
from dxassets.file_names import file_part
from dxassets.kinds.posts.spec import Post, Posting
from dxassets.kinds.posts.wording import (
    LONGEST_HASHTAG,
    OWN_FILE,
    OwnPosts,
    PostChannel,
    PostHour,
    PostLength,
    PostRepeat,
    PostsText,
    own_posts,
    unknown_in,
    wording_of,
)
from dxassets.kinds.telling import (
    bare,
    days_told,
    filled,
    is_a,
    main_words,
    vietnamese_days,
    words_of_day,
)
from dxassets.models import not_among
from dxassets.notation import number
from dxassets.project import Project
from dxassets.vietnamese import sentences, unmarked

_BETWEEN = 2
"""Characters between paragraphs: an empty line."""


def posts_of(project: Project, agency: Agency) -> tuple[Post, ...]:
    """An office's posts: each day, channel and length that says something; `CampaignError` for bad files."""
    campaign, wording = project.campaign, wording_of(project.resources)
    own = own_posts(project.resources)
    wrong = [
        not_among(where, name, known=known)
        for where, name, known in unknown_in(own, wording, [day.id for day in campaign.days])
    ]
    if wrong:
        raise CampaignError(*wrong)
    found: list[Post] = []
    for day in vietnamese_days(campaign):
        for channel in wording.channels:
            for length in wording.lengths:
                post = _post(project, agency, day, channel, length, own=own, wording=wording)
                if post.paragraphs:
                    found.append(post)
    return tuple(found)


def _post(
    project: Project,
    agency: Agency,
    day: Day,
    channel: PostChannel,
    length: PostLength,
    *,
    own: OwnPosts,
    wording: PostsText,
) -> Post:
    hashtags = (_derived(day) if own.hashtags is None else own.hashtags)[: channel.hashtags]
    words = _words(project.campaign, agency, day)
    given = next(
        (
            (at, each)
            for at, each in enumerate(own.posts)
            if each.day in {None, day.id}
            and each.channel in {None, channel.id}
            and each.length in {None, length.id}
        ),
        None,
    )
    room = min(length.most, channel.most or length.most) - len(" ".join(hashtags)) - _BETWEEN
    if given is None:
        paragraphs = _chosen(wording, words, channel.id, length.id, room)
    else:
        paragraphs = tuple(text for each in given[1].text if (text := filled(each, words)) is not None)
        _check_length(paragraphs, hashtags, channel, where=f"{OWN_FILE}: posts[{given[0]}].text")
    picture = _picture(project, day, channel)
    alt = sentences([day.mark or "", day.name, day.slogan.text, agency.name])
    return Post(
        day.id, day.name, channel.title, length.title, paragraphs, hashtags, picture, alt, channel.most
    )


def _chosen(
    wording: PostsText, words: Mapping[str, str], channel: str, length: str, room: int
) -> tuple[str, ...]:
    """The paragraphs that fit, by rank, in the order of the template."""
    said = [
        (piece.rank, at, text)
        for at, piece in enumerate(wording.pieces)
        if channel in (piece.channels or (channel,)) and length in (piece.lengths or (length,))
        if (text := filled(piece.text, words)) is not None
    ]
    chosen: list[tuple[int, str]] = []
    left = room
    for _, at, text in sorted(said):
        if len(text) + _BETWEEN <= left:
            chosen.append((at, text))
            left -= len(text) + _BETWEEN
    return tuple(text for _, text in sorted(chosen))


def _words(campaign: Campaign, agency: Agency, day: Day) -> dict[str, str]:
    link = main_words(campaign)
    return {
        **words_of_day(day),
        "co-quan": agency.name,
        # who issues says so once, as the office that posts
        "don-vi-phat-dong": "" if agency.id == campaign.issuing_agency else campaign.issuer.name,
        "chien-dich": campaign.title,
        "phuong-cham": bare(campaign.motto or ""),
        "lien-ket": "" if link is None else link.label,
        "ten-mien": "" if link is None else link.domain,
        "dia-chi": "" if link is None else link.url,
    }


def _derived(day: Day) -> tuple[str, ...]:
    """Hashtags of what the campaign says: the day's name, and what its slogan stresses."""
    texts = [day.name, *([day.slogan.emphasis] if day.slogan.emphasis else [])]
    tags = dict.fromkeys(_joined(text) for text in texts)
    return tuple(tag for tag in tags if len(tag) <= LONGEST_HASHTAG and any(char.isalpha() for char in tag))


def _joined(text: str) -> str:
    """The words in one, their capitals kept (PCCC), but where all of them are capitals."""
    plain = unmarked(text)
    words = re.findall(r"[A-Za-z0-9]+", plain.lower() if plain.isupper() and " " in plain else plain)
    return "#" + "".join(word[:1].upper() + word[1:] for word in words)


def _picture(project: Project, day: Day, channel: PostChannel) -> str:
    """The way from the posts to the office's banner for a channel; “” where there is no such size."""
    preset = project.presets.preset(channel.preset)
    if preset is None:
        return ""
    theme = project.look_of(day)
    parts = ("banner", day.id, theme.id)
    return "/".join(["..", *map(file_part, parts), f"{preset.id}.{preset.format}"])


def _check_length(
    paragraphs: tuple[str, ...], hashtags: tuple[str, ...], channel: PostChannel, *, where: str
) -> None:
    """`CampaignError` for an own text that its channel does not take."""
    size = len("\n\n".join([*paragraphs, " ".join(hashtags)]).strip())
    if channel.most is not None and size > channel.most:
        raise CampaignError(
            Problem(
                where,
                f"dài {number(size, 'vi')} ký tự kể cả hashtag, mà {channel.title} chỉ nhận "
                f"{number(channel.most, 'vi')}; hãy viết ngắn lại",
                f"is {number(size, 'en')} characters long with its hashtags, and {channel.title} takes "
                f"{number(channel.most, 'en')}; shorten it",
            )
        )


# --- when it is posted


def postings_of(campaign: Campaign, wording: PostsText, posts: tuple[Post, ...]) -> tuple[Posting, ...]:
    """Every posting over the campaign's periods, each of the day that comes next, or was last."""
    titles = {each.id: each.title for each in (*wording.channels, *wording.lengths)}
    found: list[Posting] = []
    for day in sorted(days_told(campaign)):
        about = _told_on(day, campaign)
        for each in _hours(day, campaign, wording.repeats):
            wanted = (about, titles[each.channel], titles[each.length])
            at = next(
                (at for at, post in enumerate(posts) if (post.day, post.channel, post.length) == wanted), None
            )
            if at is not None:
                found.append(Posting(day, each.hour, at))
    return tuple(found)


def _hours(day: date, campaign: Campaign, repeats: tuple[PostRepeat, ...]) -> tuple[PostHour, ...]:
    fits = (rule for rule in repeats if is_a(rule.on, day, campaign) and day.isoweekday() in rule.weekdays)
    rule = next(fits, None)
    return () if rule is None else rule.posts


def _told_on(day: date, campaign: Campaign) -> str:
    """Which of the campaign's days is spoken of: the next one, or the last."""
    coming = sorted((each.date, each.id) for each in campaign.days if each.date >= day)
    past = sorted((each.date, each.id) for each in campaign.days)
    return (coming or past[-1:])[0][1]
