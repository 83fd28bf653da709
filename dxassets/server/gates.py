"""What every request passes, outermost first: the log, the headers, the limits."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_hex
from time import perf_counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dxassets.server.answers import ErrorTeller, FaultError
from dxassets.server.logbook import Logbook, places_of
from dxassets.server.rates import Buckets, network_of
from dxassets.server.settings import Settings
from dxassets.server.telemetry import Metrics
from dxassets.server.workers import BrokenError

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
        "clipboard-write=(self)"
    ),
}
POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; font-src data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""For what brings no policy of its own. A page's own policy is stricter where it can be."""
_ON_EVERY_ANSWER = tuple(
    (name.lower().encode(), value.encode())
    for name, value in {**SECURITY, "Content-Security-Policy": POLICY}.items()
)
"""As they go out, unless an answer brings its own: nothing is encoded twice."""
ROUTE = "dxassets.route"
ASKER = "dxassets.asker"
"""In a request's scope: whom its address stands for."""
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"})


@dataclass(frozen=True, slots=True)
class RequestLog:
    """Counts and notes each request, and tells every error that comes this far."""

    app: ASGIApp
    metrics: Metrics
    logbook: Logbook
    speaker: ErrorTeller

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = perf_counter()
        seen = _Seen(send, token_hex(8))
        try:
            await self.app(scope, receive, seen.send)
        except Exception as error:  # noqa: BLE001  (told by its place, without what was typed)
            await self._tell(error, scope, receive, seen)
        finally:
            self._note(scope, seen, perf_counter() - begun)

    async def _tell(self, error: Exception, scope: Scope, receive: Receive, seen: _Seen) -> None:
        fault = _fault_of(error)
        if fault.status == 500:
            where = error.where if isinstance(error, BrokenError) else places_of(error)
            self.logbook.write("error", "error", request=seen.id, where=where)
        if seen.status:  # half an answer can't become another one
            raise ConnectionAbortedError from error
        response = self.speaker.tell(Request(scope, receive), fault)
        await response(scope, receive, seen.send)

    def _note(self, scope: Scope, seen: _Seen, seconds: float) -> None:
        route = str(scope.get(ROUTE, "none"))
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self.metrics.note(route, method, status=seen.status, seconds=seconds, sent=seen.bytes)
        if route in {"healthz", "metrics"} and seen.status == 200:
            return
        level = "warning" if seen.status >= 500 or not seen.status else "info"
        self.logbook.write(
            "request",
            level,
            request=seen.id,
            route=route,
            method=method,
            status=seen.status,
            ms=round(seconds * 1e3, 1),
            bytes=seen.bytes,
        )


def _fault_of(error: Exception) -> FaultError:
    """The answer that an error stands for."""
    if isinstance(error, FaultError):
        return error
    if isinstance(error, HTTPException) and error.status_code in {404, 405}:
        headers: Mapping[str, str] = error.headers or {}
        return FaultError(error.status_code, allow=headers.get("Allow"))
    return FaultError(500)


class _Seen:
    """Watches an answer go out."""

    def __init__(self, send: Send, request_id: str) -> None:
        self.id = request_id
        self.status = 0
        self.bytes = 0
        self._send = send

    async def send(self, message: Message) -> None:
        """Pass one message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = {name for name, _ in message["headers"]}
            added = [header for header in _ON_EVERY_ANSWER if header[0] not in own]
            added.append((b"x-request-id", self.id.encode()))
            message["headers"] = [*message["headers"], *added]
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)


@dataclass(frozen=True, slots=True)
class Limits:
    """Refuses what is too long, too much, too slow or too often, before anything is done with it."""

    app: ASGIApp
    settings: Settings
    buckets: Buckets
    metrics: Metrics
    dear: frozenset[str]
    ready: Callable[[str], bool]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or raise `FaultError`."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if len(scope["raw_path"]) + len(scope["query_string"]) > self.settings.longest_address:
            raise self._refused("address", FaultError(414))
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > self.settings.most_head:
            raise self._refused("head", FaultError(431))
        asker = scope[ASKER] = self._asker(scope)
        cost = self._cost(scope)
        if cost:
            wait = self.buckets.take(asker, cost)
            if wait:
                raise self._refused("rate", FaultError(429, wait=wait))
        if _has_body(scope):
            body = await self._body(Request(scope, receive), receive)
            receive = _Replay(body, receive).receive
        await self.app(scope, receive, send)

    def _refused(self, reason: str, fault: FaultError) -> FaultError:
        self.metrics.refused.labels(reason).inc()
        return fault

    def _cost(self, scope: Scope) -> float:
        """Files that are made, at the paths in `dear`, cost most; what lies ready costs nothing.

        A hundred people behind one address open the site in a minute, and each visit is a score of files.
        """
        if scope["path"] in self.dear:
            return self.settings.making_cost
        return 0.0 if scope["path"] == "/healthz" or self.ready(scope["path"]) else 1.0

    def _asker(self, scope: Scope) -> str:
        """The address that asks. A proxy's word for it counts only when there is one, and only its last."""
        client = scope.get("client")
        address = client[0] if client else ""
        if self.settings.behind_proxy:
            said = Request(scope).headers.getlist("x-forwarded-for")
            last = said[-1].rpartition(",")[2].strip() if said else ""
            with suppress(ValueError):
                address = str(ipaddress.ip_address(last))
        return network_of(address)

    async def _body(self, request: Request, receive: Receive) -> bytes:
        """The whole body, which is small or refused."""
        most = self.settings.most_body
        length = request.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 12 or int(length) > most:
            raise self._refused("body", FaultError(413))
        body = bytearray()
        try:
            async with asyncio.timeout(self.settings.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        break
                    body += message.get("body", b"")
                    if len(body) > most:
                        raise self._refused("body", FaultError(413))
                    if not message.get("more_body", False):
                        break
        except TimeoutError as error:
            raise self._refused("slow", FaultError(408)) from error
        return bytes(body)


def _has_body(scope: Scope) -> bool:
    """Whether a body may come: to GET none does that no header announces (RFC 9112, 6.3)."""
    if scope["method"] != "GET":
        return True
    return any(name in {b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])


class _Replay:
    """Hands a body that was read on to whoever asks for it, then what comes after."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def receive(self) -> Message:
        """The body once, then the connection's own messages."""
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}
