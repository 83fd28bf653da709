"""Who may come in: only pages that this program itself has given out, on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import compare_digest, token_urlsafe

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SANDBOX = "sandbox allow-scripts allow-popups allow-downloads allow-modals allow-forms"
"""For what was made: a page of a campaign is a stranger here, and can press no button of the start page."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Keys:
    """What stands in addresses: one secret for the start page, another for what is looked at."""

    page: str
    results: str

    @staticmethod
    def new() -> Keys:
        """Two that nobody can guess."""
        return Keys(token_urlsafe(24), token_urlsafe(24))


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Lets in who knows a key, calls this computer by its name and, to change something, comes from here."""

    app: ASGIApp
    keys: Keys
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it without a word on what is behind the door."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", POLICY)
            await send(message)

        if self._welcome(scope):
            await self.app(scope, receive, guarded)
        else:
            await PlainTextResponse("403", 403)(scope, receive, guarded)

    def _welcome(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        host = headers.get("host", "")
        if host not in hosts:  # another name that was led to this computer
            return False
        key = scope["path"].split("/")[1].encode()
        known = self.keys.page, self.keys.results
        if not any(compare_digest(key, each.encode()) for each in known):
            return False
        if scope["method"] in _SAFE:
            return True
        return compare_digest(key, self.keys.page.encode()) and headers.get("origin") == f"http://{host}"
