"""Films on the site: they play where nobody minds, and stand still elsewhere, where they are not fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from dxassets.api import Project, load_campaign
from dxassets.backends.rasterizer import thumbnail
from dxassets.backends.video import encode_film
from dxassets.digest import digest
from dxassets.kinds.faces import Built, SiteWanted
from dxassets.kinds.loop.on_site import films_of
from dxassets.renderers.site import PAGES, Site, SiteFile, SiteFilm, SitePages, policy
from dxassets.store import AssetSize, Record, place_in, preview_path
from tests.site_support import CHROMIUM, chromium, served, until

FILM, STILL = "loop/10-10/digital/led.mp4", "loop/10-10/digital/led-poster.webp"
PLAYS = "document.querySelector('video').currentTime > 0.1"
needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def bundled() -> Project:
    return load_campaign()


@pytest.fixture(scope="module")
def film() -> tuple[bytes, bytes]:
    """Two seconds of grey that grows lighter, and its still."""
    frames = [np.full((64, 128, 3), 4 * at, np.uint8) for at in range(60)]
    film = encode_film(((each, 1) for each in frames), 128, 64, per_second=30, key_every=30)
    return film, thumbnail(frames[0], 128)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, bundled: Project, film: tuple[bytes, bytes]) -> Path:
    """The page of films with one of each of the days, and all that it loads."""
    place = tmp_path_factory.mktemp("films")
    files = dict(zip((FILM, STILL), film, strict=True))
    told = SiteFile(FILM, "mp4", len(film[0]), digest(film[0]))
    films = tuple(
        SiteFilm(f"{day.id} <b>", 'Lời “phim” "x"', day.id, told, STILL, 128, 64)
        for day in bundled.campaign.days
    )
    digests = {path: digest(data) for path, data in files.items()}
    site = Site(bundled.campaign, bundled.brand, bundled.presets, films=films, digests=digests)
    pages = SitePages(site, bundled.resources)
    files |= pages.assets | {"loops.html": pages.page("loops.html", "vi").encode()}
    for path, data in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return place


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def opened(browser: Browser, address: str, *, calm: bool) -> Page:
    page = browser.new_page(reduced_motion="reduce" if calm else "no-preference")
    page.goto(address)
    return page


def test_only_the_page_of_films_plays_films_and_only_the_sites_own() -> None:
    for name in PAGES:
        rules = dict(rule.split(" ", 1) for rule in policy(name).split("; "))
        assert rules.get("media-src") == ("'self' file:" if name == "loops.html" else None)


def test_films_are_silent_and_nothing_plays_without_a_script(folder: Path) -> None:
    text = (folder / "loops.html").read_text(encoding="utf-8")
    tags = [tag.partition(">")[0] for tag in text.split("<video ")[1:]]
    assert len(tags) == 2
    for tag in tags:
        assert {"muted", "playsinline", "loop", "controls", 'preload="none"'} <= set(tag.split())
        assert "autoplay" not in tag
        assert f'poster="{STILL}?v=' in tag
        assert 'aria-label="Lời “phim” &#34;x&#34;"' in tag
    assert text.count(f'href="{FILM}?v=') == 2
    assert "&lt;b&gt;" in text


@needs_chromium
def test_a_film_plays_from_a_folder(browser: Browser, folder: Path) -> None:
    page = opened(browser, (folder / "loops.html").as_uri(), calm=False)
    until(page, PLAYS)
    assert page.evaluate("document.querySelector('video').videoWidth") == 128
    page.close()


@needs_chromium
def test_who_wants_less_motion_sees_the_still_and_no_film_is_fetched(browser: Browser, folder: Path) -> None:
    for calm in (False, True):
        received: list[str] = []
        with served(folder, received) as address:
            page = opened(browser, f"{address}loops.html", calm=calm)
            if not calm:
                until(page, PLAYS)
            page.wait_for_timeout(300)
            states = page.evaluate("[...document.querySelectorAll('video')].map((film) => film.paused)")
            page.close()
        assert all(states) is calm
        assert any(FILM in line for line in received) is not calm
        assert any(STILL in line for line in received)


def test_a_film_that_was_built_lies_there_with_its_still(
    bundled: Project, film: tuple[bytes, bytes], tmp_path: Path
) -> None:
    sha = digest(film[0])
    path = f"{bundled.campaign.issuing_agency}/loop/10-10/digital/led-512x128.mp4"
    record = Record(
        path=path, kind="loop", agency=bundled.campaign.issuing_agency, day="10-10", theme="digital",
        preset="led-512x128", media_type="video/mp4", size=AssetSize(width=512, height=128, unit="px"),
        bytes=len(film[0]), sha256=sha, key="0" * 64, title="Bảng LED", alt="Lời", codes=(),
        least_contrast=None, inputs={},
    )  # fmt: skip
    place = place_in(tmp_path, preview_path(sha))
    place.parent.mkdir(parents=True)
    place.write_bytes(film[1])
    sources: dict[str, str] = {}
    (shown,) = films_of(Built(bundled, (record,), tmp_path, SiteWanted(), sources))
    assert (shown.day, shown.width, shown.height, shown.alt) == ("10-10", 512, 128, "Lời")
    assert shown.film.path == "loop/10-10/digital/led-512x128.mp4"
    assert sources == {shown.film.path: path, shown.still: preview_path(sha)}
    place.unlink()
    (without,) = films_of(Built(bundled, (record,), tmp_path, SiteWanted(), {}))
    assert without.still is None
