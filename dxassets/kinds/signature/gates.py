"""A signature's gates: only what Outlook and Gmail leave alone, short enough for Gmail, with its twin."""

from __future__ import annotations

from email import message_from_bytes, policy
from html.parser import HTMLParser

from dxassets.errors import GateError, Problem
from dxassets.jobs import Rendered
from dxassets.kinds.signature.spec import SignatureSpec

MOST_SIGNATURE = 10_000
"""Characters that Gmail's settings take; what a picture held in the file weighs is not of these."""
_TAGS = frozenset({"table", "tr", "td", "a", "img", "strong", "br"})
_SHELL = frozenset({"html", "head", "meta", "title", "body"})
_NEEDED = {
    "img": ("src", "alt", "width", "height"),
    "a": ("href", "style"),
    "table": ("width", "style", "role"),
}


class _SignatureReader(HTMLParser):
    """What is wrong with the elements of a signature."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in _TAGS | _SHELL:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"<{tag}> {name}" for name in _NEEDED.get(tag, ()) if not given.get(name)]
        self.wrong += [
            f"<{tag}> {name}" for name in given if name in {"class", "id"} or name.startswith("on")
        ]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def check_signature(spec: SignatureSpec, rendered: Rendered) -> None:
    """`GateError` for what mail programs would take out, or what is missing."""
    if spec.how_to or spec.format == "txt":
        _check_words(spec, rendered.data.decode())
        return
    html = rendered.data.decode() if spec.format == "html" else _html_of(spec, rendered.data)
    reader = _SignatureReader()
    reader.feed(html)
    if reader.wrong:
        raise _stop(
            f"có {reader.wrong[0]}, thứ mà Outlook hoặc Gmail bỏ đi",
            f"has {reader.wrong[0]}, which mail programs take out",
        )
    size = len(html) - sum(len(part) for part in _embedded(html))
    if size > MOST_SIGNATURE:
        raise _stop(
            f"dài {size} ký tự, Gmail chỉ nhận {MOST_SIGNATURE}",
            f"is {size} characters long, over {MOST_SIGNATURE}",
        )
    _check_words(spec, "".join(reader.words))


def _html_of(spec: SignatureSpec, data: bytes) -> str:
    """The HTML of a mail, whose twin and picture must be there."""
    mail = message_from_bytes(data, policy=policy.SMTP)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    pictures = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    if plain is None or html is None or len(pictures) != 1:
        raise _stop("thiếu bản chữ thường hoặc ảnh", "lacks its plain twin or its picture")
    _check_words(spec, plain.get_content())
    return str(html.get_content())


def _check_words(spec: SignatureSpec, said: str) -> None:
    for word in () if spec.how_to else (*spec.lines, spec.agency):
        if word not in said:
            raise _stop(f"thiếu “{word}”", f"lacks {word!r}")


def _embedded(html: str) -> list[str]:
    return [part.split('"', 1)[0] for part in html.split("data:image/png;base64,")[1:]]


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))
