"""The API's endpoints: a request becomes an order, a worker fulfils it, the answer goes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dxassets.api import Project, find_agencies
from dxassets.api.live import Made
from dxassets.errors import AssetError, InputError, Problem
from dxassets.server import answers
from dxassets.server.answers import FaultError
from dxassets.server.offers import Offer
from dxassets.server.orders import BannerOrder, BaseOrder, LetterOrder, NameOrder, Order, QrOrder
from dxassets.server.parameters import Parameter, read_date, read_json, read_query
from dxassets.server.pool import BusyError, Pool, SlowError
from dxassets.server.telemetry import Metrics

_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
_BUSY_SECONDS = 5
_OPTIONS = {"--agency-name": "name", "--label": "label", "--signer": "signer", "URL": "url"}
_NOT_TYPED = ("format", "agency")


@dataclass(frozen=True, slots=True)
class ApiDesk:
    """Where the API's requests are answered."""

    project: Project
    offers: Mapping[str, Offer]
    drawers: Pool
    makers: Pool
    metrics: Metrics

    async def banner(self, request: Request) -> Response:
        """A banner as a file."""
        said = self._query(request, "banner")
        if "agency" in said and "name" in said:
            raise FaultError(422, Problem("name", "chỉ dùng name hoặc agency", "give either name or agency"))
        order = BannerOrder(
            said["day"],
            said["theme"],
            said["preset"],
            said.get("format"),
            said.get("agency"),
            said.get("name"),
            answers.known_of(request),
        )
        return answers.file_answer(await self._fulfilled(self.makers, order))

    async def qr(self, request: Request) -> Response:
        """A QR code as a file."""
        said = self._query(request, "qr")
        order = QrOrder(
            said.get("format", "png"),
            said.get("link"),
            said.get("url"),
            said.get("label"),
            answers.known_of(request),
        )
        return answers.file_answer(await self._fulfilled(self.makers, order))

    async def letter(self, request: Request) -> Response:
        """A letter as a file. It holds a signer's name, so nobody on the way may keep it."""
        wanted = self.offers["letter"].parameters
        said = (
            await self._body(request, wanted) if request.method == "POST" else self._query(request, "letter")
        )
        try:
            issued = read_date(said.get("date"))
        except InputError as error:
            raise FaultError(422, *error.problems) from error
        order = LetterOrder(
            said.get("format", "docx"),
            said.get("number"),
            issued,
            said.get("signer"),
            said.get("agency"),
            said.get("edition") == "draft",
        )
        return answers.file_answer(await self._fulfilled(self.makers, order), cached=False)

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
        said = self._read(request.scope["query_string"], self.offers["banner"].parameters[:3])
        order = BaseOrder(said["day"], said["theme"], said["preset"], answers.known_of(request))
        made = await self._fulfilled(self.drawers, order)
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
        made = await self._fulfilled(self.drawers, order)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": _PICTURE_POLICY}
        return answers.picture_answer(made.data or b"", made.media_type, headers)

    # --- from requests to orders

    @property
    def _typed(self) -> tuple[Parameter, ...]:
        """What stands in a panel while somebody types."""
        return tuple(each for each in self.offers["banner"].parameters if each.name not in _NOT_TYPED)

    def _query(self, request: Request, name: str) -> dict[str, str]:
        return self._read(request.scope["query_string"], self.offers[name].parameters)

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

    async def _fulfilled(self, pool: Pool, order: Order) -> Made:
        """What a worker made of an order, or the answer that says why not."""
        try:
            return await pool.fulfil(order)
        except BusyError as error:
            self.metrics.refused.labels("busy").inc()
            raise FaultError(503, wait=_BUSY_SECONDS) from error
        except SlowError as error:
            self.metrics.refused.labels("time").inc()
            raise FaultError(504) from error
        except (InputError, AssetError) as error:
            told = dict.fromkeys(_of_parameter(problem) for problem in error.problems)
            raise FaultError(422, *told) from error


def _of_parameter(problem: Problem) -> Problem:
    """A problem as this API's clients know it: by parameter, not by option of the command line."""
    option = problem.where.partition(":")[0]
    return Problem(_OPTIONS.get(option, option.removeprefix("--")), problem.vi, problem.en)
