"""The words of posts, what channels take, and when: `templates/posts/posts.toml`, its own `posts.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from dxassets.kinds.reading import own_file, words_file
from dxassets.kinds.telling import DayOf
from dxassets.models import BilingualError, Identifier, Line, Model, PlainLine, no_emoji, suggest
from dxassets.resources import Resources

WORDING_FILE = "templates/posts/posts.toml"
OWN_FILE = "posts.toml"
LONGEST_HASHTAG = 60
_HASHTAG = re.compile(r"#?\w+")


def checked_hashtag(text: str) -> str:
    """A hashtag with its #; `BilingualError` for blanks, signs and emoji in it."""
    no_emoji(text)
    if any(sign.isspace() for sign in text):
        joined = "".join(word[:1].upper() + word[1:] for word in text.split())
        raise BilingualError(
            f"hashtag “{text}” có dấu cách, nên chỉ chữ đầu thành hashtag; hãy viết liền: {joined}",
            f"the hashtag {text!r} has blanks, so only its first word is one; write it in one: {joined}",
        )
    if _HASHTAG.fullmatch(text) is None or text.removeprefix("#").isdigit():
        raise BilingualError(
            f"“{text}” không phải hashtag: chỉ gồm chữ, số và dấu gạch dưới, có ít nhất một chữ "
            "(ví dụ: #ChuyenDoiSo)",
            f"{text!r} is no hashtag: letters, digits and underscores only, at least one letter "
            "(such as #ChuyenDoiSo)",
        )
    return f"#{text.removeprefix('#')}"


Hashtag = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_HASHTAG),
    AfterValidator(checked_hashtag),
    Field(examples=["#ChuyenDoiSo"]),
]


class PostPiece(Model):
    """A paragraph with its holes; for some channels and lengths only, where they are named."""

    text: PlainLine
    rank: Annotated[int, Field(ge=1)]
    channels: tuple[Identifier, ...] = ()
    lengths: tuple[Identifier, ...] = ()


class PostLength(Model):
    """A length that is wished for, in characters, hashtags and link among them."""

    id: Identifier
    title: Line
    most: Annotated[int, Field(ge=100, le=5000)]


class PostChannel(Model):
    """Where something is posted; `most` characters, if it has a limit, and `preset`, the picture for it."""

    id: Identifier
    title: Line
    most: Annotated[int, Field(ge=100)] | None = None
    hashtags: Annotated[int, Field(ge=0, le=30)]
    preset: Identifier
    source: Line
    checked_on: date


class PostHour(Model):
    """An hour, a channel and a length."""

    hour: Annotated[
        str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["07:30"])
    ]
    channel: Identifier
    length: Identifier


class PostRepeat(Model):
    """What is posted on days of one sort; `weekdays` (1 is Monday) thin out plain days."""

    on: DayOf
    posts: tuple[PostHour, ...]
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)


class PostsText(Model):
    """`templates/posts/posts.toml`."""

    pieces: Annotated[tuple[PostPiece, ...], Field(min_length=1)]
    lengths: Annotated[tuple[PostLength, ...], Field(min_length=1)]
    channels: Annotated[tuple[PostChannel, ...], Field(min_length=1)]
    repeats: tuple[PostRepeat, ...] = ()

    @model_validator(mode="after")
    def _names_are_known(self) -> PostsText:
        channels, lengths = [each.id for each in self.channels], [each.id for each in self.lengths]
        hours = [hour for each in self.repeats for hour in each.posts]
        named = [name for piece in self.pieces for name in piece.channels] + [hour.channel for hour in hours]
        _check_known(named, channels)
        _check_known([name for piece in self.pieces for name in piece.lengths], lengths)
        _check_known([hour.length for hour in hours], lengths)
        return self


class OwnPost(Model):
    """A text of the campaign's own, for a day, a channel and a length, or for all where one is not named."""

    text: Annotated[tuple[PlainLine, ...], Field(min_length=1)]
    day: Identifier | None = None
    channel: Identifier | None = None
    length: Identifier | None = None


class OwnPosts(Model):
    """A campaign's own `posts.toml`."""

    hashtags: tuple[Hashtag, ...] | None = None
    posts: tuple[OwnPost, ...] = ()


def wording_of(resources: Resources) -> PostsText:
    """The texts that `resources` find; `CampaignError` with all that is wrong."""
    return words_file(PostsText, resources, WORDING_FILE)


def own_posts(resources: Resources) -> OwnPosts:
    """The campaign's own texts; nothing without the file."""
    return own_file(OwnPosts, resources, OWN_FILE)


def unknown_in(
    own: OwnPosts, wording: PostsText, days: Iterable[str]
) -> Iterator[tuple[str, str, list[str]]]:
    """What own texts are for and nobody knows: where it stands, the name, and all that there are."""
    known = {
        "day": list(days),
        "channel": [each.id for each in wording.channels],
        "length": [each.id for each in wording.lengths],
    }
    for at, post in enumerate(own.posts):
        for key, name in (("day", post.day), ("channel", post.channel), ("length", post.length)):
            if name is not None and name not in known[key]:
                yield f"{OWN_FILE}: posts[{at}].{key}", name, known[key]


def _check_known(names: Iterable[str], known: list[str]) -> None:
    for name in names:
        if name not in known:
            vi, en = suggest(name, known)
            raise BilingualError(f"không có “{name}”.{vi}", f"there is no {name!r}.{en}")
