"""What many tests need: the bundled campaign, a copy to spoil, the command line, and a small site to open."""

from __future__ import annotations

import gc
import shutil
import signal
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page

from dxassets.api import Project, load_campaign
from dxassets.cli.entry import main
from tests.site_support import (
    DESKTOP,
    PHONE,
    SUB_PATH,
    Open,
    build_once,
    chromium,
    jpeg,
    landscape,
    served,
    shared_folder,
)

ROOT = Path(__file__).parent.parent

# An example that takes long on a busy machine is no failure: speed is `make bench`'s to judge.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# What a shell starts in the background ignores Ctrl-C, and so would the commands that tests start and stop.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# What is imported stays for good; walked through again and again by the collector it cost a third of the time
# where many small objects are made (twelve Word files mended: 4.0 s of processor time, 2.7 s so). What tests
# leave behind is still collected, less often.
gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what was measured to take a second or more; `tools/slow-tests` writes the list."""
    slow = frozenset((ROOT / "tests/data/slow.txt").read_text(encoding="utf-8").splitlines())
    for item in items:
        if item.nodeid.partition("[")[0] in slow:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """All tests are known: what is there now stays."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True)
class Told:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture(scope="session")
def project() -> Project:
    """The bundled campaign."""
    return load_campaign()


@dataclass(frozen=True)
class CampaignCopy:
    """A campaign folder of a test's own."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "campaign.toml"

    def edit(self, old: str, new: str, *, count: int = -1) -> None:
        """Replace text in campaign.toml, which must be there."""
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, count), encoding="utf-8")

    def keep_agencies(self, kept: Callable[[str], object]) -> None:
        """Keep those rows of agencies.csv, and no duties: they name offices that may be gone."""
        file = self.folder / "agencies.csv"
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(row for row in rows if kept(row)), encoding="utf-8")
        (self.folder / "duties.toml").unlink()


@pytest.fixture
def copy(tmp_path: Path) -> CampaignCopy:
    """A copy of the bundled campaign."""
    folder = tmp_path / "campaigns" / "mine"
    shutil.copytree(ROOT / "campaigns/daknong-2022", folder)
    return CampaignCopy(folder)


@pytest.fixture
def dxassets(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, run in this process."""
    monkeypatch.delenv("DXASSETS_LANG", raising=False)

    def run(*arguments: str | Path) -> Told:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Told(code, out, err)

    return run


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The small site, built once for all workers."""
    return build_once(shared_folder(tmp_path_factory, worker_id))


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    """A browser for each module that asks for one."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """The site below a folder of a server, as a province's web office would lay it."""
    root = tmp_path_factory.mktemp("www")
    (root / SUB_PATH).parent.mkdir(parents=True)
    (root / SUB_PATH.rstrip("/")).symlink_to(site, target_is_directory=True)
    with served(root) as base:
        yield base + SUB_PATH


@pytest.fixture
def open_page(browser: Browser, address: str) -> Generator[Open]:
    """Opens a page of the site; whatever it complains of is a failure."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def show(path: str, *, phone: bool = False, base: str = address, **options: Any) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # pyright: ignore[reportArgumentType]
            has_touch=phone,
            is_mobile=phone,
            service_workers=options.pop("service_workers", "block"),
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a busy machine is no fault of the page's
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(base + path)
        return page

    show.complaints = complaints  # type: ignore[attr-defined]
    yield show
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photo to put into the avatar page."""
    return jpeg(landscape(1600, 1200), tmp_path_factory.mktemp("photo") / "ảnh của tôi.jpg")
