"""The site's files: pages and scripts from memory, pictures from the build's folder, nothing else."""

from __future__ import annotations

import gzip
import html
import re
from dataclasses import dataclass, field
from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from dxassets.api.hosting import HostedSite
from dxassets.digest import digest
from dxassets.server.answers import FaultError

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
_WORTH_PACKING = 1_000
_TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript", ".webp": "image/webp"}
_PACKED = ("text/", "application/manifest+json", "image/svg+xml")
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class _ServedFile:
    """A file in memory, as it goes out."""

    data: bytes
    packed: bytes | None
    headers: dict[str, str]


@dataclass(frozen=True)
class SiteFiles:
    """Answers for every path that belongs to the site. Only paths that it knows lead to a file."""

    site: HostedSite
    _kept: dict[str, _ServedFile] = field(default_factory=dict[str, "_ServedFile"])

    def has(self, target: str) -> bool:
        """Whether a file lies ready at the path of an address."""
        path = target.removeprefix("/")
        if path == "" or path.endswith("/"):
            path += "index.html"
        return path in self.site.files or path in self.site.pictures

    async def file(self, request: Request) -> Response:
        """The file at a path; that of a folder is its index.html."""
        path = str(request.path_params["path"])
        if path == "" or path.endswith("/"):
            path += "index.html"
        if path in self.site.files:
            return self._from_memory(path, request)
        if path in self.site.pictures:
            return self._from_disk(path, request)
        if f"{path}/index.html" in self.site.files:
            return RedirectResponse(f"{path.rpartition('/')[2]}/", 308)  # relative: below any sub-path
        raise FaultError(404)

    def _from_memory(self, path: str, request: Request) -> Response:
        page = self._kept.get(path)
        if page is None:
            page = self._kept[path] = _page(path, self.site.files[path])
        headers = dict(page.headers)
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            del headers["Content-Type"]
            return Response(None, 304, headers)
        data = page.data
        if page.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            data = page.packed
            headers["Content-Encoding"] = "gzip"
        return Response(data, 200, headers)

    def _from_disk(self, path: str, request: Request) -> Response:
        file = self.site.pictures[path]
        try:
            status = file.stat()
        except OSError as error:
            raise FaultError(404) from error
        answer = FileResponse(
            file, stat_result=status, media_type=_type_of(path), headers={"Cache-Control": "no-cache"}
        )
        if answer.headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(None, 304, {"ETag": answer.headers["etag"], "Cache-Control": "no-cache"})
        return answer


def _page(path: str, data: bytes) -> _ServedFile:
    kind = _type_of(path)
    headers = {
        "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "ETag": f'"{digest(data)[:32]}"',
        "Cache-Control": "no-cache",  # asked for again, and answered with 304
        "Vary": "Accept-Encoding",
    }
    if path.endswith(".html"):
        own = _POLICY.search(data.decode())
        if own is not None:  # a header can also say who may frame the page, which the page can't
            headers["Content-Security-Policy"] = f"{html.unescape(own.group(1))}; frame-ancestors 'none'"
    elif path == "sw.js":
        headers["Content-Security-Policy"] = _WORKER_POLICY
    packs = kind.startswith(_PACKED) and len(data) >= _WORTH_PACKING
    return _ServedFile(data, gzip.compress(data, 9, mtime=0) if packs else None, headers)


def _type_of(path: str) -> str:
    suffix = path[path.rindex(".") :] if "." in path else ""
    if suffix == ".docx":
        return _DOCUMENT
    return _TYPES.get(suffix) or guess_type(path)[0] or "application/octet-stream"
