"""The start page's server: its page, its buttons, and what was made."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from dxassets.desktop.doors import SANDBOX, Doorkeeper, Keys
from dxassets.desktop.page import start_page, static_file
from dxassets.desktop.visitors import Visitors
from dxassets.desktop.wording import in_page_words
from dxassets.desktop.work import Deed, Work, Workbench
from dxassets.desktop.workplace import CampaignChoice, Workplace, safe_name
from dxassets.errors import DxassetsError, InputError, Lang, OutputError, Problem
from dxassets.foreign import output_error

MOST_FILE = 200 << 20
"""Bytes of one dropped file."""
MOST_DROPPED = 4 << 30
"""Bytes of all files that are dropped at once."""
MOST_WORDS = 64 << 10
"""Bytes of what a button sends."""
Show = Callable[[Path], None]


def show_folder(folder: Path) -> None:
    """Open a folder in the system's own window for files; `OutputError` when there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            os.startfile(folder)  # noqa: S606  (Explorer, with a folder of our own)
        else:
            opener = "open" if sys.platform == "darwin" else "xdg-open"
            subprocess.Popen([opener, str(folder)])  # noqa: S603
    except OSError as error:
        raise OutputError(
            Problem(
                str(folder),
                "không mở được cửa sổ thư mục; hãy tự mở thư mục này",
                "no window for folders can be opened; open this folder yourself",
            )
        ) from error


def _deeds():
    """What draws takes most of a second to load: the page is there before."""
    from dxassets.desktop import deeds  # noqa: PLC0415

    return deeds


class StartDesk:
    """What stands behind the start page's buttons."""

    def __init__(self, place: Workplace, keys: Keys, *, lang: Lang, show: Show = show_folder) -> None:
        self.place, self.keys, self._show = place, keys, show
        self.lang: Lang = lang
        self.bench = Workbench()
        self.chosen: CampaignChoice | None = None
        self.visitors = Visitors(self.state, lambda: self.bench.busy)
        self._dropped: dict[str, tuple[Path, int]] = {}

    def state(self) -> dict[str, Any]:
        """All that the page shows."""
        work, chosen = self.bench.work, self.chosen
        return {
            "chosen": None if chosen is None else chosen.key,
            "own": chosen is not None and chosen.own,
            "work": None if work is None else work.told(self._href),
        }

    def _href(self, path: Path) -> str:
        inner = path.resolve().relative_to(self.place.results.resolve())
        return f"/{self.keys.results}/{quote(inner.as_posix())}"

    def _campaign(self) -> CampaignChoice:
        if self.chosen is None:
            raise InputError(Problem("", "hãy chọn chiến dịch trước", "choose a campaign first"))
        return self.chosen

    # --- buttons: each takes what the page sends, and gives what the page shows at once -------------

    def choose(self, asked: dict[str, str]) -> dict[str, Any]:
        """Work on another campaign from now on."""
        self.chosen = self.place.called(asked.get("key", ""))
        return {}

    def choices(self, _asked: dict[str, str]) -> dict[str, Any]:
        """What “Tạo chiến dịch mới” offers."""
        return _deeds().choices(self.lang)

    def create(self, asked: dict[str, str]) -> dict[str, Any]:
        """A new campaign, chosen at once."""
        self.chosen = _deeds().create(self.place, asked)
        return {**self.campaigns(), "key": self.chosen.key, "folder": str(self.chosen.folder)}

    def check(self, _asked: dict[str, str]) -> dict[str, Any]:
        """“Kiểm tra”."""
        return self._begin(("Kiểm tra", "Check"), _deeds().check(self._campaign()))

    def build(self, asked: dict[str, str]) -> dict[str, Any]:
        """“Làm tất cả”."""
        every, draft = (asked.get(tick) == "yes" for tick in ("every", "draft"))
        deed = _deeds().build_all(self.place, self._campaign(), every_agency=every, draft=draft)
        return self._begin(("Làm tất cả", "Make everything"), deed)

    def site(self, _asked: dict[str, str]) -> dict[str, Any]:
        """“Làm trang web”."""
        return self._begin(
            ("Làm trang web", "Make the web pages"), _deeds().make_site(self.place, self._campaign())
        )

    def frame(self, asked: dict[str, str]) -> dict[str, Any]:
        """Photos were dropped."""
        campaign, folder = self._campaign(), self._taken(asked)
        deed = _deeds().frame(self.place, campaign, folder, asked.get("name") or "anh")
        return self._begin(("Lồng khung ảnh", "Frame photos"), deed, dropped=folder)

    def lint(self, asked: dict[str, str]) -> dict[str, Any]:
        """A letter was dropped."""
        folder = self._taken(asked)
        return self._begin(
            ("Soi văn bản", "Lint a letter"), _deeds().lint(self.place, folder), dropped=folder
        )

    def merge(self, asked: dict[str, str]) -> dict[str, Any]:
        """A table was dropped, to make letters of."""
        campaign, folder = self._campaign(), self._taken(asked)
        deed = _deeds().merge(self.place, campaign, folder, draft=asked.get("draft") == "yes")
        return self._begin(("Làm công văn theo danh sách", "Letters from a table"), deed, dropped=folder)

    def agencies(self, asked: dict[str, str]) -> dict[str, Any]:
        """A table was dropped, to be the list of agencies."""
        campaign, folder = self._campaign(), self._taken(asked)
        return self._begin(
            ("Nhận danh sách cơ quan", "Take over agencies"),
            _deeds().take_agencies(campaign, folder),
            dropped=folder,
        )

    def stop(self, _asked: dict[str, str]) -> dict[str, Any]:
        """“Dừng”."""
        self.bench.stop()
        return {}

    def folder(self, _asked: dict[str, str]) -> dict[str, Any]:
        """“Mở thư mục kết quả”."""
        self._show(self.place.results)
        return {"folder": str(self.place.results)}

    def drop(self, _asked: dict[str, str]) -> dict[str, Any]:
        """A place for files that are about to come."""
        folder = self.place.aside()
        self._dropped[folder.name] = (folder, 0)
        return {"drop": folder.name}

    def close(self, _asked: dict[str, str]) -> dict[str, Any]:
        """“Đóng dxassets”."""
        self.bench.stop()
        self.visitors.closing = True
        return {}

    def campaigns(self, _asked: dict[str, str] | None = None) -> dict[str, Any]:
        """What can be chosen."""
        found = [{"key": each.key, "title": each.title, "own": each.own} for each in self.place.campaigns()]
        return {"campaigns": found}

    def _begin(self, title: tuple[str, str], deed: Deed, *, dropped: Path | None = None) -> dict[str, Any]:
        def whole(work: Work) -> None:
            try:
                deed(work)
            finally:
                if dropped is not None:
                    self.place.forget(dropped)

        self.bench.begin(Work(title, self.lang), whole)
        return {}

    def _taken(self, asked: dict[str, str]) -> Path:
        """The files that came, handed over to who works on them."""
        found = self._dropped.pop(asked.get("drop", ""), None)
        if found is None:
            raise InputError(Problem("", "hãy thả tệp lại", "drop the files again"))
        return found[0]

    def awaits(self, drop: str) -> bool:
        """Whether files may come there."""
        return drop in self._dropped

    async def keep(self, drop: str, name: str, request: Request) -> None:
        """One dropped file, piece by piece; `InputError` for one that is too large."""
        folder, before = self._dropped[drop]
        parts = [safe_name(part) for part in name.split("/") if part.strip(" .")][-4:] or ["tep"]
        target = folder.joinpath(*parts)
        size = 0
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                async for piece in request.stream():
                    size += len(piece)
                    if size > MOST_FILE or before + size > MOST_DROPPED:
                        raise InputError(Problem(parts[-1], "tệp quá lớn", "is too large"))
                    await asyncio.to_thread(file.write, piece)
        except OSError as error:
            raise output_error(target, error) from error
        self._dropped[drop] = (folder, self._dropped[drop][1] + size)


_MAKING = "check build site frame lint merge agencies stop".split()
_BUTTONS = frozenset([*_MAKING, *"campaigns choose choices create folder drop close".split()])


def create_desk_app(desk: StartDesk, *, port: int, leave: Callable[[], None]) -> Starlette:
    """The application; `leave` is called once, when the last page has been closed."""
    routes = _Routes(desk)

    @asynccontextmanager
    async def alive(_app: Starlette) -> AsyncGenerator[None]:
        watching = asyncio.create_task(desk.visitors.watch(leave))
        try:
            yield
        finally:
            desk.bench.stop()
            watching.cancel()
            await asyncio.to_thread(desk.bench.wait, 30.0)

    key, results = desk.keys.page, desk.keys.results
    return Starlette(
        routes=[
            Route(f"/{key}/", routes.start),
            Route(f"/{key}/events", routes.events),
            Route(f"/{key}/static/{{name}}", routes.static),
            Route(f"/{key}/do/{{name}}", routes.button, methods=["POST"]),
            Route(f"/{key}/drop/{{drop}}/{{name:path}}", routes.put, methods=["PUT"]),
            Route(f"/{results}/{{path:path}}", routes.result),
        ],
        middleware=[Middleware(Doorkeeper, keys=desk.keys, port=port)],
        lifespan=alive,
    )


class _Routes:
    """What each address answers."""

    def __init__(self, desk: StartDesk) -> None:
        self._desk = desk
        self._page = start_page(desk.lang, places=str(desk.place.folder))

    async def start(self, _request: Request) -> Response:
        """The page."""
        return Response(self._page, media_type="text/html")

    async def static(self, request: Request) -> Response:
        """A file that the page loads."""
        found = static_file(request.path_params["name"])
        if found is None:
            return PlainTextResponse("404", 404)
        return Response(found[0], media_type=found[1])

    async def events(self, _request: Request) -> Response:
        """What is new, for as long as the page is open."""
        return StreamingResponse(self._desk.visitors.events(), media_type="text/event-stream")

    async def button(self, request: Request) -> Response:
        """What a button does, or why it can't."""
        name = request.path_params["name"]
        if name not in _BUTTONS:
            return PlainTextResponse("404", 404)
        asked = await _words(request)
        if asked is None:
            return _answer({"problems": ["400"]}, 400)
        try:
            return _answer(await asyncio.to_thread(getattr(self._desk, name), asked))
        except DxassetsError as error:
            return _refused(error, self._desk.lang)

    async def put(self, request: Request) -> Response:
        """A dropped file."""
        drop = request.path_params["drop"]
        if not self._desk.awaits(drop):
            return PlainTextResponse("404", 404)
        try:
            await self._desk.keep(drop, request.path_params["name"], request)
        except DxassetsError as error:
            return _refused(error, self._desk.lang)
        return _answer({})

    async def result(self, request: Request) -> Response:
        """Something that was made."""
        found = await asyncio.to_thread(self._desk.place.result, request.path_params["path"])
        if found is None:
            return PlainTextResponse("404", 404)
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return FileResponse(found, media_type=kind, headers={"Content-Security-Policy": SANDBOX})


async def _words(request: Request) -> dict[str, str] | None:
    """What a button sends, None when it is too much or no JSON object."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_WORDS:
            return None
    try:
        asked = json.loads(body or b"{}")
    except ValueError:
        return None
    if not isinstance(asked, dict):
        return None
    return {str(key): str(value) for key, value in cast("dict[str, object]", asked).items()}


def _refused(error: DxassetsError, lang: Lang) -> Response:
    return _answer({"problems": [in_page_words(each).line(lang) for each in error.problems]}, 422)


def _answer(said: dict[str, Any], status: int = 200) -> Response:
    text = json.dumps(said, ensure_ascii=False)
    return Response(text, status, media_type="application/json")
