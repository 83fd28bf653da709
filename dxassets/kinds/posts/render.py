"""The recipe of posts: a plain text and a Word file to copy from, a table for programs that post."""

from __future__ import annotations

from itertools import groupby

from dxassets.agencies.csv_text import csv_bytes
from dxassets.backends.word import ParagraphStyle, WordDocument
from dxassets.jobs import Facts, Job, Rendered
from dxassets.kinds.paper import add_table, begin_paper, finished_paper, paper_look
from dxassets.kinds.posts.spec import Post, PostsSpec
from dxassets.kinds.posts.words import (
    CSV_COLUMNS,
    HEAD,
    HOW_TO,
    PLAN,
    PLAN_COLUMNS,
    about_picture,
    measured,
)
from dxassets.notation import long_date, short_date
from dxassets.resources import Resources

_DAY = ParagraphStyle("Ngày", "Ngay", 14, bold=True, before_pt=14, keep_with_next=True, outline=1)
_CHANNEL = ParagraphStyle("Kênh", "Kenh", 13, bold=True, before_pt=10, keep_with_next=True, outline=2)
_MEASURED = ParagraphStyle("Độ dài", "DoDai", 11, italic=True, after_pt=3, keep_with_next=True)
_TEXT = ParagraphStyle("Nội dung", "NoiDung", 13, line_pt=18, after_pt=4)
_PICTURE = ParagraphStyle("Ảnh kèm", "AnhKem", 11, italic=True, after_pt=6)
_LOOK = paper_look(13, 16, 12, _DAY, _CHANNEL, _MEASURED, _TEXT, _PICTURE, about_after_pt=4)


def render(job: Job[PostsSpec], resources: Resources) -> Rendered:
    """The posts in the job's format."""
    del resources
    spec = job.spec
    if spec.format == "docx":
        return finished_paper(_docx(spec))
    facts = Facts(0, 0, "px", "text")
    if spec.format == "csv":
        return Rendered(_csv(spec), "text/csv", facts)
    return Rendered(_txt(spec).encode(), "text/plain", facts)


def _csv(spec: PostsSpec) -> bytes:
    """A row for each posting, as Excel opens it."""
    rows = [
        (
            each.day.isoformat(), each.hour, post.channel, post.length, post.text, post.picture,
            post.alt if post.picture else "",
        )
        for each in spec.postings
        for post in [spec.posts[each.post]]
    ]  # fmt: skip
    return csv_bytes([CSV_COLUMNS, *rows])


def _txt(spec: PostsSpec) -> str:
    lines = [HEAD, spec.title, spec.author, "", HOW_TO]
    for post in spec.posts:
        head = f"{post.day_name} · {post.channel} · {post.length}"
        lines += ["", "=" * 24, head, measured(post), *_given(about_picture(post)), "-" * 24, post.text]
    if spec.postings:
        lines += ["", "=" * 24, PLAN.upper()]
        lines += [" | ".join(row) for row in _plan(spec)]
    lines += ["", "=" * 24, *spec.limits]
    return "\n".join([*lines, ""])


def _plan(spec: PostsSpec) -> list[tuple[str, str, str, str]]:
    return [
        (long_date(each.day, "vi"), each.hour, post.channel, post.length)
        for each in spec.postings
        for post in [spec.posts[each.post]]
    ]


def _docx(spec: PostsSpec) -> bytes:
    document = begin_paper(_LOOK, HEAD, title=spec.title, author=spec.author)
    document.add_line(HOW_TO, _LOOK.note)
    for day, posts in groupby(spec.posts, key=lambda post: post.day_name):
        document.add_line(day, _DAY)
        for post in posts:
            _add_post(document, post)
    if spec.postings:
        document.add_line(PLAN, _DAY)
        _add_plan(document, spec)
    for line in spec.limits:
        document.add_line(line, _LOOK.note)
    return document.to_bytes()


def _add_post(document: WordDocument, post: Post) -> None:
    document.add_line(f"{post.channel} – {post.length.lower()}", _CHANNEL)
    document.add_line(measured(post), _MEASURED)
    for paragraph in (*post.paragraphs, *_given(" ".join(post.hashtags))):
        document.add_line(paragraph, _TEXT)
    for line in _given(about_picture(post)):
        document.add_line(line, _PICTURE)


def _add_plan(document: WordDocument, spec: PostsSpec) -> None:
    rows = [
        (short_date(each.day, "vi"), each.hour, post.channel, post.length)
        for each in spec.postings
        for post in [spec.posts[each.post]]
    ]
    add_table(document, _LOOK, PLAN_COLUMNS, rows, widths_mm=(32.0, 20.0, 70.0, 40.0))


def _given(text: str) -> list[str]:
    return [text] if text else []
