"""All that decides the bytes of post texts: every text is whole, and every posting has its hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

PostsFormat = Literal["docx", "txt", "csv"]


@dataclass(frozen=True, slots=True)
class Post:
    """One text for one channel: its paragraphs (the link among them), hashtags, and the picture beside it.

    `most` is what the channel takes, in characters; None where it names no limit. `picture` is a path from
    the folder that the posts lie in, so that both can be moved together.
    """

    day: str
    day_name: str
    channel: str
    length: str
    paragraphs: tuple[str, ...]
    hashtags: tuple[str, ...]
    picture: str
    alt: str
    most: int | None

    @property
    def text(self) -> str:
        """What is posted."""
        return "\n\n".join([*self.paragraphs, *([" ".join(self.hashtags)] if self.hashtags else [])])


@dataclass(frozen=True, slots=True)
class Posting:
    """A post (its number in the spec) at an hour of a day."""

    day: date
    hour: str
    post: int


@dataclass(frozen=True, slots=True)
class PostsSpec:
    """An office's posts and their plan; `limits` says where each channel's limit was looked up, and when."""

    format: PostsFormat
    title: str
    author: str
    posts: tuple[Post, ...]
    postings: tuple[Posting, ...]
    limits: tuple[str, ...]
