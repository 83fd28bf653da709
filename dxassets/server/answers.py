"""What goes back: files with safe names, and errors as plain pages or as problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from dxassets.api.hosting import ErrorPages
from dxassets.api.live import Made
from dxassets.errors import Lang, Problem

PROBLEM = "application/problem+json"
_CACHED = "public, max-age=600"

HEADINGS: dict[int, tuple[str, str]] = {
    400: ("Yêu cầu chưa đúng", "The request is wrong"),
    404: ("Không có trang này", "There is no such page"),
    405: ("Không dùng được cách gọi này", "This method is not allowed"),
    408: ("Gửi quá chậm", "Sent too slowly"),
    413: ("Gửi quá nhiều", "Too much was sent"),
    414: ("Địa chỉ quá dài", "The address is too long"),
    415: ("Không nhận dạng dữ liệu này", "This kind of data is not taken"),
    422: ("Chưa làm được", "This can't be made"),
    429: ("Quá nhiều yêu cầu", "Too many requests"),
    431: ("Phần đầu của yêu cầu quá dài", "The request's head is too long"),
    499: ("Người hỏi đã rời đi", "Whoever asked has left"),
    500: ("Máy chủ gặp lỗi", "The server met an error"),
    503: ("Máy chủ đang bận", "The server is busy"),
    504: ("Làm quá lâu", "It took too long"),
}
CURES: dict[int, tuple[str, str]] = {
    404: ("Hãy xem lại địa chỉ.", "Check the address."),
    405: ("Xem tài liệu của API.", "See the API's document."),
    408: ("Hãy kiểm tra mạng rồi thử lại.", "Check the network and try again."),
    413: ("Hãy gửi ít hơn.", "Send less."),
    414: ("Hãy viết ngắn lại.", "Shorten what you typed."),
    415: (
        "Hãy gửi application/json hoặc application/x-www-form-urlencoded.",
        "Send application/json or application/x-www-form-urlencoded.",
    ),
    429: ("Hãy đợi {wait} giây rồi thử lại.", "Wait {wait} seconds and try again."),
    431: ("Hãy gửi ít tiêu đề hơn.", "Send fewer or shorter headers."),
    500: (
        "Hãy thử lại; nếu vẫn lỗi, báo cho người quản trị.",
        "Try again; if it persists, tell the operator.",
    ),
    503: ("Hãy đợi {wait} giây rồi thử lại.", "Wait {wait} seconds and try again."),
    504: ("Hãy thử lại, hoặc chọn cỡ nhỏ hơn.", "Try again, or choose a smaller size."),
}


LABELS: dict[str, tuple[str, str]] = {
    "name": ("Tên cơ quan", "Name of the agency"),
    "agency": ("Cơ quan", "Agency"),
    "day": ("Ngày", "Day"),
    "theme": ("Kiểu trình bày", "Theme"),
    "preset": ("Cỡ ảnh", "Size"),
    "format": ("Định dạng", "Format"),
    "number": ("Số văn bản", "Number"),
    "date": ("Ngày ban hành", "Date of issue"),
    "signer": ("Người ký", "Signer"),
    "url": ("Địa chỉ", "Address"),
    "label": ("Dòng chữ dưới mã", "Words below the code"),
    "link": ("Liên kết", "Link"),
    "edition": ("Loại bản", "Edition"),
}
"""What people call the parameters."""


_UNREAD = frozenset({408, 413})
"""Here the rest of a body may still come, and nobody is going to read it."""


class FaultError(Exception):
    """An answer that is an error: its status, what is wrong in detail, and headers for it."""

    def __init__(
        self, status: int, *problems: Problem, wait: int | None = None, allow: str | None = None
    ) -> None:
        super().__init__(status)
        self.status = status
        self.problems = problems
        self.wait = wait
        self.headers: dict[str, str] = {}
        if status in _UNREAD:
            self.headers["Connection"] = "close"
        if wait is not None:
            self.headers["Retry-After"] = str(wait)
        if allow is not None:
            self.headers["Allow"] = allow


@dataclass(frozen=True, slots=True)
class ErrorTeller:
    """Tells errors to whoever asked: in their language, as a page or for machines."""

    pages: ErrorPages

    def tell(self, request: Request, fault: FaultError) -> Response:
        """The answer for `fault`."""
        lang = lang_of(request)
        at = 0 if lang == "vi" else 1
        heading = HEADINGS[fault.status][at]
        cure = CURES.get(fault.status, ("", ""))[at].format(wait=fault.wait or 1)
        lines = [_said(problem, at) for problem in fault.problems] or [cure]
        headers = {
            "Cache-Control": "no-store",
            "Content-Language": lang,
            "Vary": "Accept, Accept-Language",
            **fault.headers,
        }
        if wants_page(request):
            up = "../" * max(0, request.scope["path"].count("/") - 1)
            page = self.pages.page(lang, status=fault.status, heading=heading, lines=lines, up=up or "./")
            return Response(page, fault.status, headers, "text/html")
        document: dict[str, object] = {
            "type": "about:blank",
            "title": heading,
            "status": fault.status,
            "detail": " ".join(lines),
        }
        if fault.problems:
            document["errors"] = [
                {"parameter": problem.where, "detail": (problem.vi, problem.en)[at]}
                for problem in fault.problems
            ]
        return Response(json_bytes(document), fault.status, headers, PROBLEM)


def _said(problem: Problem, at: int) -> str:
    message = (problem.vi, problem.en)[at]
    label = LABELS[problem.where][at] if problem.where in LABELS else problem.where
    return _sentence(f"{label}: {message}" if label else message)


def _sentence(line: str) -> str:
    """The line as a sentence."""
    line = line[:1].upper() + line[1:]
    return line if line.endswith((".", "!", "?")) else f"{line}."


def wants_page(request: Request) -> bool:
    """Whether somebody looks at the answer in a browser."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted


def lang_of(request: Request) -> Lang:
    """The language asked for: by ``lang``, by the page's place, or by the browser; else Vietnamese."""
    asked = request.query_params.get("lang")
    if asked in {"vi", "en"}:
        return cast("Lang", asked)
    if request.scope["path"].startswith("/en/"):
        return "en"
    best: Lang = "vi"
    best_weight = 0.0
    for part in request.headers.get("accept-language", "")[:200].split(","):
        tag, _, said = part.strip().partition(";")
        name = tag.strip().lower()[:2]
        weight = _weight(said)
        if name in {"vi", "en"} and weight > best_weight:
            best, best_weight = cast("Lang", name), weight
    return best


def _weight(said: str) -> float:
    """The weight of one language range, 1 unless ``q=`` says otherwise."""
    name, _, value = said.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0


def json_bytes(document: object) -> bytes:
    """JSON in UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def etag_of(key: str) -> str:
    """A job's key as an entity tag."""
    return f'"{key}"'


def known_of(request: Request) -> str | None:
    """The key that a client already has, of those that look like ours."""
    said = request.headers.get("if-none-match", "")
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in said[:2000].split(",")]
    return next((tag for tag in tags if len(tag) == 64 and tag.isalnum() and tag.isascii()), None)


def file_answer(made: Made, *, cached: bool = True) -> Response:
    """A made file to take away, or 304 for one that the client has."""
    headers = {"Cache-Control": _CACHED if cached else "no-store"}
    if made.key and cached:
        headers["ETag"] = etag_of(made.key)
    if made.data is None:
        return Response(None, 304, headers)
    headers["Content-Disposition"] = disposition(made.name, made.title)
    return _typed(made.data, made.media_type, headers)


def _typed(data: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """An answer of exactly that media type: Starlette would add a charset to some."""
    return Response(data, 200, {**headers, "Content-Type": media_type})


def picture_answer(data: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """A picture to look at."""
    return _typed(data, media_type, headers)


@lru_cache(maxsize=256)
def disposition(name: str, title: str) -> str:
    """Content-Disposition (RFC 6266): an ASCII name for all, the real one for those that can."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.@") else "-" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(title, safe='')}"


def listed(items: Sequence[object]) -> Response:
    """A list as JSON; the campaign does not change while the server runs."""
    return Response(json_bytes(items), 200, {"Cache-Control": _CACHED}, "application/json")
