"""The application: routes, gates and workers put together."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dxassets.api import Project
from dxassets.api.hosting import ErrorPages, HostedSite
from dxassets.server import gates
from dxassets.server.answers import ErrorTeller, FaultError, json_bytes
from dxassets.server.desk import ApiDesk
from dxassets.server.kept import Kept
from dxassets.server.logbook import Logbook
from dxassets.server.offers import operations_of
from dxassets.server.openapi import openapi_of
from dxassets.server.pages import SiteFiles
from dxassets.server.pool import Pool
from dxassets.server.rates import Buckets
from dxassets.server.settings import Settings
from dxassets.server.telemetry import METRICS_TYPE, Metrics

API = "/api/v1"
Endpoint = Callable[[Request], Awaitable[Response]]


def create_app(
    project: Project, site: HostedSite, *, settings: Settings, logbook: Logbook | None = None
) -> Starlette:
    """The server of one campaign; its workers live as long as its lifespan."""
    logbook = logbook or Logbook()
    metrics = Metrics()
    pools = _pools(project, settings)
    metrics.watch(pools)
    operations = operations_of(project)
    desk = ApiDesk(project, operations, *pools, metrics, Kept())
    ready = SiteFiles(site)
    watch = _Watch(metrics, pools, json_bytes(openapi_of(project, operations)))

    @asynccontextmanager
    async def alive(_app: Starlette) -> AsyncGenerator[None]:
        try:
            for pool in pools:
                await pool.start()
            yield
        finally:
            for pool in pools:
                await pool.stop()

    app = Starlette(
        routes=[
            _route("/healthz", watch.healthz),
            _route("/metrics", watch.metrics_text),
            _route(f"{API}/openapi.json", watch.openapi),
            *(
                _route(f"{API}/{each.name}", desk.asset(each.name), *each.methods)
                for each in operations.values()
                if each.makes
            ),
            _route(f"{API}/presets", desk.presets),
            _route(f"{API}/agencies", desk.agencies),
            _route("/live/base.svg", desk.base, name="live_base"),
            _route("/live/name.svg", desk.name, name="live_name"),
            _route("/{path:path}", ready.file, name="site"),
        ],
        middleware=[
            Middleware(
                gates.RequestLog,
                metrics=metrics,
                logbook=logbook,
                speaker=ErrorTeller(ErrorPages(project.resources, project.campaign.title)),
            ),
            Middleware(
                gates.Limits,
                settings=settings,
                buckets=Buckets(settings.rate, settings.burst),
                metrics=metrics,
                dear=frozenset(f"{API}/{each.name}" for each in operations.values() if each.makes),
                ready=ready.has,
            ),
        ],
        exception_handlers={HTTPException: _to_the_log},
        lifespan=alive,
    )
    app.router.redirect_slashes = False
    return app


def _to_the_log(_request: Request, error: Exception) -> Response:
    """Starlette's own errors go where all errors are told."""
    raise error


def _pools(project: Project, settings: Settings) -> tuple[Pool, Pool]:
    return (
        Pool(
            project,
            "drawing",
            workers=settings.drawers,
            queue=settings.drawing_queue,
            seconds=settings.drawing_seconds,
        ),
        Pool(
            project,
            "making",
            workers=settings.makers,
            queue=settings.making_queue,
            seconds=settings.making_seconds,
        ),
    )


def _route(path: str, endpoint: Endpoint, *methods: str, name: str | None = None) -> Route:
    """A route whose name the log learns."""
    known = name or path.rpartition("/")[2].partition(".")[0]

    async def named(request: Request) -> Response:
        request.scope[gates.ROUTE] = known
        return await endpoint(request)

    return Route(path, named, methods=list(methods or ("GET",)), name=known)


@dataclass(frozen=True, slots=True)
class _Watch:
    """What watches the server asks for."""

    metrics: Metrics
    pools: Sequence[Pool]
    document: bytes

    async def healthz(self, _request: Request) -> Response:
        """Whether orders can be fulfilled."""
        if not all(pool.alive for pool in self.pools):
            raise FaultError(503, wait=5)
        return Response(json_bytes({"status": "ok"}), 200, {"Cache-Control": "no-store"}, "application/json")

    async def metrics_text(self, _request: Request) -> Response:
        """The counters."""
        return Response(self.metrics.text(), 200, {"Content-Type": METRICS_TYPE, "Cache-Control": "no-store"})

    async def openapi(self, _request: Request) -> Response:
        """The API's description."""
        return Response(self.document, 200, {"Cache-Control": "public, max-age=600"}, "application/json")
