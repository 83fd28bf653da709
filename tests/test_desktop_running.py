"""`dxassets open` as a program of its own: how it answers and ends, and what a clerk does in its page."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.site_support import CHROMIUM, NPM


@contextmanager
def opening(folder: Path, *flags: str) -> Generator[tuple[str, subprocess.Popen[str]]]:
    """The program started in `folder`, by a Python with those flags: the page's address, and its process."""
    process = subprocess.Popen(
        [sys.executable, *flags, "-m", "dxassets", "open", str(folder), "--no-browser"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1], process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def opened(tmp_path: Path) -> Generator[tuple[str, subprocess.Popen[str], Path]]:
    folder = tmp_path / "Việc của tôi"
    with opening(folder) as (address, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", address)
        yield address, process, folder


def ended(process: subprocess.Popen[str]) -> int:
    return process.wait(60)


def test_the_button_closes_it(opened: tuple[str, subprocess.Popen[str], Path]) -> None:
    address, process, folder = opened
    origin = re.match(r"http://[^/]+", address)
    assert origin is not None
    with httpx.stream("GET", f"{address}events") as events:
        lines = events.iter_lines()
        assert next(lines).startswith("data: ")
        assert httpx.post(f"{address}do/close", headers={"Origin": origin[0]}).status_code == 200
        assert any(line == "event: closed" for line in lines)
    assert ended(process) == 0
    assert [path.name for path in folder.iterdir()] == []


def test_the_page_answers_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    """On a slow PC a campaign's reader alone is a second of waiting, the first time."""
    with opening(tmp_path / "cd", "-X", "importtime") as (address, process):
        assert httpx.get(address).status_code == 200
        process.kill()
        said = process.communicate()[1]
    loaded = {line.rpartition("|")[2].strip() for line in said.splitlines()}
    assert {"dxassets.desktop.app", "starlette.applications"} <= loaded
    assert not loaded & {
        "pydantic",
        "dxassets.api",
        "dxassets.store",
        "numpy",
        "uharfbuzz",
        "weasyprint",
        "jinja2",
    }


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
def test_it_closes_with_its_last_page(
    opened: tuple[str, subprocess.Popen[str], Path], browser: Browser
) -> None:
    address, process, _ = opened
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#campaign option", state="attached")
        page.reload()
        page.wait_for_selector("#campaign option", state="attached")
        time.sleep(0.6)  # it is still there after the page was loaded anew
        assert process.poll() is None
    assert ended(process) == 0


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_clerk_starts_a_campaign_in_the_browser(
    opened: tuple[str, subprocess.Popen[str], Path], browser: Browser, *, phone: bool
) -> None:
    address, _, folder = opened
    wrong: list[str] = []
    size: ViewportSize = {"width": 360, "height": 780} if phone else {"width": 1280, "height": 900}
    with browser.new_context(viewport=size, bypass_csp=True) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda request: wrong.append(request.url) if address[:20] not in request.url else None
        )
        page.goto(address)
        page.click("#new")
        page.wait_for_selector("#wizard[open]")
        page.fill("[name=name]", "hue-2026")
        page.select_option("[name=province]", label="thành phố Huế")
        axe = NPM / "node_modules/axe-core/axe.min.js"
        if axe.is_file():
            page.add_script_tag(path=str(axe))
            assert page.evaluate("axe.run().then((found) => found.violations.map((each) => each.id))") == []
        page.click("#form [type=submit]")
        page.wait_for_selector("#wizard:not([open])", state="attached")
        page.wait_for_function("document.getElementById('campaign').value === 'own:hue-2026'")
        page.set_input_files("#lint-files", {"name": "x.docx", "mimeType": "", "buffer": b"no Word file"})
        page.wait_for_selector("#work-status[data-status=failed]")
        assert "x.docx" in page.inner_text("#lines")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        if axe.is_file():
            assert page.evaluate("axe.run().then((found) => found.violations.map((each) => each.id))") == []
    assert wrong == []
    assert (folder / "hue-2026" / "campaign.toml").is_file()
