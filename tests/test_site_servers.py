"""The rules for web servers, tried with the servers themselves: what is asked again, packed, and called."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from dxassets.api.site import check_site
from dxassets.api.site.rules import rules_of
from dxassets.resources import Resources
from tests.drawing_support import project
from tests.site_support import ROOT

UNPACKED = ROOT / ".cache/web-servers"
PATH = "/2022/"
NGINX = """
daemon off; {user} error_log stderr; pid {work}/nginx.pid;
events {{ }}
http {{
  access_log off; default_type application/octet-stream;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work}; uwsgi_temp_path {work};
  scgi_temp_path {work};
  types {{ text/html html; text/css css; application/javascript js; image/svg+xml svg; image/png png;
    image/webp webp; application/json json; application/pdf pdf; }}
  expires max;
  server {{ listen 127.0.0.1:{port}; location {path} {{ alias {folder}/; include {folder}/nginx.conf; }} }}
}}
"""
APACHE = """
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {work}/apache.pid
ErrorLog {work}/error.log
DefaultRuntimeDir {work}
{modules}
TypesConfig {work}/mime.types
ExpiresActive On
ExpiresDefault "access plus 1 year"
DirectoryIndex index.html
Alias {path} {folder}/
<Directory {folder}>
  Require all granted
  AllowOverride FileInfo
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "expires", "deflate", "filter")
TYPES = "text/html html\ntext/css css\nimage/svg+xml svg\nimage/png png\napplication/pdf pdf\n"


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Served:
    """The site as one of the servers shows it."""

    port: int
    folder: Path

    def ask(self, path: str, **headers: str) -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as line:
            said = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request("GET", PATH + path, headers=said)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())


def program(name: str) -> str | None:
    """Where a server's program lies: the system's, or one that tools/web-tests has unpacked."""
    unpacked = UNPACKED / "usr/sbin" / name
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") or (
        str(unpacked) if unpacked.is_file() else None
    )


def libraries() -> dict[str, str]:
    """The environment in which an unpacked program finds its libraries."""
    found = sorted({str(each.parent) for each in UNPACKED.glob("usr/lib/**/*.so.*")})
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(found)}


def starts(command: list[str]) -> bool:
    return subprocess.run(command, env=libraries(), capture_output=True, check=False).returncode == 0


def command_of(server: str, work: Path, port: int, folder: Path) -> list[str]:
    """How a server is started that shows `folder`; the test is skipped where it can't be."""
    name = {"nginx": "nginx", "apache": "apache2"}[server]
    found = program(name)
    if found is None or not starts([found, "-v"]):
        pytest.skip(f"there is no {name} (tools/web-tests fetches it from Debian)")
    user = "user root;" if os.geteuid() == 0 else ""  # else it reads as somebody who may not come in here
    said = {"work": work, "port": port, "folder": folder, "path": PATH, "user": user}
    config = work / "server.conf"
    if server == "nginx":
        config.write_text(NGINX.format(**said), encoding="utf-8")
        return [found, "-c", str(config), "-p", str(work), "-e", "stderr"]
    places = [UNPACKED / "usr/lib/apache2/modules", Path("/usr/lib/apache2/modules")]
    modules = next(place for place in places if (place / "mod_dir.so").is_file())
    loaded = "\n".join(f"LoadModule {each}_module {modules}/mod_{each}.so" for each in MODULES)
    (work / "mime.types").write_text(TYPES, encoding="utf-8")
    config.write_text(APACHE.format(**said, modules=loaded), encoding="utf-8")
    return [found, "-d", str(work), "-f", str(config), "-D", "FOREGROUND"]


@pytest.fixture(scope="module", params=["nginx", "apache"])
def served(
    request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Served]:
    """A copy of the small site, with its rules, behind that server."""
    work = tmp_path_factory.mktemp(request.param)
    folder = work / "www"
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = command_of(request.param, work, port, folder)
    shutil.copytree(site, folder)
    work.chmod(0o755)
    for name, data in rules_of(request.param, resources()).items():
        (folder / name).write_bytes(data)
    with (work / "said").open("wb") as said:
        process = subprocess.Popen(command, env=libraries(), stdout=said, stderr=said)
    try:
        wait_for(port, process, work)
        yield Served(port, folder)
    finally:
        process.terminate()
        process.wait(30)


def resources() -> Resources:
    return project().resources


def wait_for(port: int, process: subprocess.Popen[bytes], work: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, (work / "said").read_text(encoding="utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not answer")


pytestmark = pytest.mark.slow


@pytest.mark.parametrize("path", ["", "banner.html", "site.css?v=0123456789", "edition.js", "sw.js"])
def test_browsers_ask_again_and_get_nothing_twice(served: Served, path: str) -> None:
    first = served.ask(path)
    assert (first.status, first.headers["cache-control"]) == (200, "no-cache")
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["referrer-policy"] == "no-referrer"
    assert "expires" not in first.headers
    again = served.ask(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"


def test_what_was_corrected_is_sent_at_once(served: Served) -> None:
    file = served.folder / "letter.html"
    before = file.read_bytes()
    first = served.ask("letter.html")
    file.write_bytes(before.replace(b"</html>", b"<!-- corrected --></html>"))
    after = served.ask("letter.html", If_None_Match=first.headers["etag"])
    file.write_bytes(before)
    assert after.status == 200
    assert b"corrected" in after.body


@pytest.mark.parametrize("path", ["banner.html", "site.css", "js/banner.js", "icons/icon.svg"])
def test_texts_come_packed_and_are_asked_for_again_packed(served: Served, path: str) -> None:
    packed = served.ask(path, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == (served.folder / path).read_bytes()
    assert "accept-encoding" in packed.headers["vary"].lower()
    again = served.ask(path, Accept_Encoding="gzip", If_None_Match=packed.headers["etag"])
    assert again.status == 304


def test_files_are_called_what_they_are(served: Served) -> None:
    kinds = {
        "index.html": "text/html",
        "js/banner.js": "javascript",
        "site.css": "text/css",
        "icons/icon.svg": "image/svg+xml",
        "manifest.webmanifest": "application/manifest+json",
    }
    for path, kind in kinds.items():
        assert kind in served.ask(path).headers["content-type"], path
    webp = next(served.folder.glob("banner/*/*.webp")).relative_to(served.folder)
    assert served.ask(webp.as_posix()).headers["content-type"] == "image/webp"


def test_what_is_published_is_what_was_built(served: Served) -> None:
    report = check_site(f"http://127.0.0.1:{served.port}{PATH}", built=served.folder)
    assert (report.missing, report.other) == ((), ())
