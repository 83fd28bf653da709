"""Opens the port, runs the server until it is asked to stop, and lets work that is under way end."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from dxassets.errors import InputError, Problem
from dxassets.server.logbook import Logbook
from dxassets.server.patience import patient_protocol
from dxassets.server.settings import Settings

Announce = Callable[[str], None]


def open_port(settings: Settings) -> socket.socket:
    """A socket that listens where the settings say; `InputError` when that can't be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        opened = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError, OverflowError) as error:
        raise InputError(
            Problem(
                "--host",
                f"máy này không có địa chỉ “{settings.host}”; thường dùng 127.0.0.1 hoặc 0.0.0.0",
                f"this machine has no address {settings.host!r}; use 127.0.0.1 or 0.0.0.0",
            )
        ) from error
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(1024)
    except OSError as error:
        opened.close()
        raise _port_error(settings, error) from error
    return opened


def _port_error(settings: Settings, error: OSError) -> InputError:
    if error.errno == errno.EADDRINUSE:
        vi = f"cổng {settings.port} đang có chương trình khác dùng; hãy chọn cổng khác, hoặc 0 để máy tự chọn"
        en = f"another program uses port {settings.port}; choose another one, or 0 to have one chosen"
        return InputError(Problem("--port", vi, en))
    if error.errno == errno.EACCES:
        vi = f"không được phép mở cổng {settings.port}; hãy chọn cổng từ 1024 trở lên"
        en = f"port {settings.port} may not be opened; choose one from 1024 on"
        return InputError(Problem("--port", vi, en))
    vi = f"không mở được {settings.host}:{settings.port} ({error.strerror})"
    en = f"{settings.host}:{settings.port} can't be opened ({error.strerror})"
    return InputError(Problem("--host", vi, en))


def address_of(opened: socket.socket) -> str:
    """The address that a browser on this machine opens."""
    host, port = opened.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{host}:{port}/"


def run(
    app: ASGIApp, opened: socket.socket, *, settings: Settings, logbook: Logbook, announce: Announce
) -> None:
    """Serve `app` until SIGINT or SIGTERM. `announce` is told the address when it answers."""
    handler = logbook.handler()
    for name in ("uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.WARNING)
    config = uvicorn.Config(
        app,
        http=patient_protocol(settings),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=int(settings.stop_seconds),
        h11_max_incomplete_event_size=settings.most_head,
        limit_concurrency=settings.most_connections,
        backlog=1024,
    )
    _Server(config, lambda: announce(address_of(opened))).run(sockets=[opened])


class _Server(uvicorn.Server):
    """Tells when it answers; ends well when it is asked to, instead of passing the signal on."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Ctrl-C and SIGTERM stop the server; a second one does not wait for work to end."""
        asked = (signal.SIGINT, signal.SIGTERM)
        before = {each: signal.signal(each, self._stop) for each in asked}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    def _stop(self, _signal: int, _frame: object) -> None:
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True
