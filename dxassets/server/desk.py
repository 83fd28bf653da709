"""The API's endpoints: a request becomes an order, a worker fulfils it, the answer goes back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from dxassets.api import Project, find_agencies
from dxassets.api.live import Made, look_parameters, name_parameter
from dxassets.errors import AssetError, InputError, Problem
from dxassets.kinds.faces import Parameter
from dxassets.server import answers
from dxassets.server.answers import FaultError
from dxassets.server.gates import ASKER
from dxassets.server.kept import Kept
from dxassets.server.offers import FORMS, LANG, Operation
from dxassets.server.orders import AssetOrder, BaseOrder, FormOrder, NameOrder, Order
from dxassets.server.parameters import read_json, read_query
from dxassets.server.pool import BusyError, Pool, SlowError
from dxassets.server.telemetry import Metrics

_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
_BUSY_SECONDS = 5
_OPTIONS = {"--agency-name": "name", "--label": "label", "--signer": "signer", "URL": "url"}


@dataclass(frozen=True, slots=True)
class ApiDesk:
    """Where the API's requests are answered."""

    project: Project
    operations: Mapping[str, Operation]
    drawers: Pool
    makers: Pool
    metrics: Metrics
    kept: Kept

    def asset(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint that makes an asset of a kind as a file."""
        operation = self.operations[name]

        async def made(request: Request) -> Response:
            # asked just so a moment ago: it was read and found good then
            asked_so = (name, request.scope["query_string"]) if request.method == "GET" else None
            known = answers.known_of(request) if operation.kept else None
            found = self.kept.get(asked_so)
            if found is not None:
                return answers.file_answer(found.unless(known))
            said = (
                await self._body(request, operation.parameters)
                if request.method == "POST"
                else self._query(request, name)
            )
            said.pop("lang", None)
            order = _order(name, said)
            if not operation.kept:
                return answers.file_answer(await self._fulfilled(self.makers, order, request), cached=False)
            found = self.kept.get(order)
            if found is None:
                found = await self._fulfilled(self.makers, replace(order, known=known), request)
                self.kept.put(order, found)
            if asked_so:
                self.kept.put(asked_so, found)
            return answers.file_answer(found.unless(known))

        return made

    async def presets(self, request: Request) -> Response:
        """The sizes."""
        self._query(request, "presets")
        return answers.listed(
            [
                {
                    "id": preset.id,
                    "title": preset.title.model_dump(),
                    "medium": preset.medium,
                    "width": preset.width,
                    "height": preset.height,
                    "unit": preset.unit,
                    "format": preset.format,
                    "shows_name": "agency" in preset.levels,
                }
                for preset in self.project.presets.presets
            ]
        )

    async def agencies(self, request: Request) -> Response:
        """The offices, or those that a text is found in."""
        said = self._query(request, "agencies")
        found = find_agencies(self.project, said.get("find", ""))
        return answers.listed([office.model_dump(exclude={"parent"}) for office in found])

    async def base(self, request: Request) -> Response:
        """A banner without a name, to lie below names. It is kept packed, and every browser unpacks it."""
        said = self._read(request.scope["query_string"], look_parameters(self.project))
        order = BaseOrder(said["day"], said["theme"], said["preset"], answers.known_of(request))
        made = await self._fulfilled(self.drawers, order, request)
        headers = {
            "Cache-Control": "public, max-age=600",
            "ETag": answers.etag_of(made.key),
            "Content-Security-Policy": _PICTURE_POLICY,
        }
        if made.data is None:
            return Response(None, 304, headers)
        headers["Content-Encoding"] = "gzip"
        return answers.picture_answer(made.data, made.media_type, headers)

    async def name(self, request: Request) -> Response:
        """A typed name, see-through."""
        said = self._read(request.scope["query_string"], self._typed)
        order = NameOrder(said.get("name", ""), said["day"], said["theme"], said["preset"])
        made = await self._fulfilled(self.drawers, order, request)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": _PICTURE_POLICY}
        return answers.picture_answer(made.data or b"", made.media_type, headers)

    # --- from requests to orders

    @property
    def _typed(self) -> tuple[Parameter, ...]:
        """What stands in a panel while somebody types."""
        return (*look_parameters(self.project), name_parameter(), LANG)

    def _query(self, request: Request, name: str) -> dict[str, str]:
        return self._read(request.scope["query_string"], self.operations[name].parameters)

    def _read(self, query: bytes, wanted: tuple[Parameter, ...]) -> dict[str, str]:
        try:
            return read_query(query, wanted)
        except InputError as error:
            raise FaultError(400, *error.problems) from error

    async def _body(self, request: Request, wanted: tuple[Parameter, ...]) -> dict[str, str]:
        """What a body says: a form's, or a JSON object's."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        lang = tuple(each for each in wanted if each.name == "lang")
        self._read(request.scope["query_string"], lang)
        wanted = tuple(each for each in wanted if each not in lang)
        try:
            if kind == "application/json":
                return read_json(await request.body(), wanted)
            if kind == "application/x-www-form-urlencoded":
                return read_query(await request.body(), wanted)
        except InputError as error:
            raise FaultError(400, *error.problems) from error
        raise FaultError(415)

    async def _fulfilled(self, pool: Pool, order: Order, request: Request) -> Made:
        """What a worker made of an order, or the answer that says why not.

        Whoever leaves before it is ready takes the order along.
        """
        work = asyncio.ensure_future(pool.fulfil(order, asker=request.scope.get(ASKER, "")))
        left = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait((work, left), return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                self.metrics.refused.labels("left").inc()
                raise FaultError(499)
            return work.result()
        except BusyError as error:
            self.metrics.refused.labels("busy").inc()
            raise FaultError(503, wait=_BUSY_SECONDS) from error
        except SlowError as error:
            self.metrics.refused.labels("time").inc()
            raise FaultError(504) from error
        except (InputError, AssetError) as error:
            told = dict.fromkeys(_of_parameter(problem) for problem in error.problems)
            raise FaultError(422, *told) from error
        finally:
            work.cancel()
            left.cancel()


def _order(name: str, said: Mapping[str, str]) -> AssetOrder | FormOrder:
    """What is asked of a worker."""
    if name == FORMS:
        return FormOrder(said["agency"])
    return AssetOrder(name, tuple(sorted(said.items())))


async def _left(request: Request) -> None:
    """Until whoever asked hangs up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _of_parameter(problem: Problem) -> Problem:
    """A problem as this API's clients know it: by parameter, not by option of the command line."""
    option = problem.where.partition(":")[0]
    return Problem(_OPTIONS.get(option, option.removeprefix("--")), problem.vi, problem.en)
