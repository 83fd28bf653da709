"""A correction that is made once is seen everywhere: addresses, and the order of a copy."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dxassets.api.site import SITE_LIST, build_site
from dxassets.api.site.listing import UNDER_WAY
from dxassets.digest import digest
from dxassets.renderers.site.editions import EDITION_FILE, WORKER, in_order
from tests.dying_support import dying
from tests.editions_support import ONE, Editions, editions_beside
from tests.site_support import own_out, small_campaign


@pytest.fixture(scope="module")
def editions(site: Path) -> Editions:
    return editions_beside(site)


def addresses(text: str) -> Iterator[tuple[str, str]]:
    """Every address of a file in a page, and its digits."""
    for place in re.findall(r'(?:src|href)="([^"#:]+)"', text):
        path, _, digits = place.partition("?v=")
        if not path.endswith(".html"):
            yield path, digits


def test_every_address_says_what_lies_behind_it(editions: Editions) -> None:
    seen: set[str] = set()
    for page in editions.after.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for path, digits in addresses(text):
            file = (page.parent / path).resolve()
            assert digest(file.read_bytes())[:10] == digits, f"{page.name}: {path}"
            seen.add(file.suffix)
        told = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
        if told is None:  # a mail signature, which is no page of the site
            continue
        data = json.loads(told[1])
        for path, digits in data["digests"].items():
            assert digest((editions.after / path).read_bytes())[:10] == digits
        for agency in data.get("agencies", ()):
            path, _, digits = agency["list"].partition("?v=")
            assert digest((editions.after / path).read_bytes())[:10] == digits
    assert {".css", ".js", ".svg", ".png", ".docx", ".pdf"} <= seen
    for icon in json.loads((editions.after / "manifest.webmanifest").read_text(encoding="utf-8"))["icons"]:
        path, _, digits = icon["src"].partition("?v=")
        assert digest((editions.after / path).read_bytes())[:10] == digits


def test_list_tells_the_sha_256_of_every_file_in_the_order_of_a_copy(editions: Editions) -> None:
    files: dict[str, str] = json.loads((editions.after / SITE_LIST).read_text(encoding="utf-8"))["files"]
    assert all(digest((editions.after / path).read_bytes()) == sha for path, sha in files.items())
    order = list(files)
    assert order == in_order(reversed(order))
    pages = [at for at, path in enumerate(order) if path.endswith(".html")]
    pictures = [at for at, path in enumerate(order) if path.endswith((".png", ".webp", ".css", ".docx"))]
    lists = [at for at, path in enumerate(order) if path.endswith("list.js")]
    assert max(pictures) < min(lists) <= max(lists) < min(pages)
    assert order[-2:] == [EDITION_FILE, WORKER]
    assert not (editions.after / UNDER_WAY).exists()


def test_site_is_written_in_that_order_and_its_list_last(site: Path, tmp_path: Path) -> None:
    project = small_campaign(tmp_path / "campaign")
    out = own_out(site, tmp_path / "out")
    with dying(before=10**6) as disk:
        build_site(project, tmp_path / "s", wanted=ONE, built=out)
    names = [Path(new).relative_to(tmp_path / "s").as_posix() for _, new, _ in disk.named if "/s/" in new]
    assert names[0] == UNDER_WAY
    assert names[1:-1] == in_order(names[1:-1])
    assert names[-1] == SITE_LIST


def test_a_site_of_the_former_form_is_still_ours(editions: Editions, site: Path, tmp_path: Path) -> None:
    shutil.copytree(editions.before, tmp_path / "s")
    (tmp_path / "s/old.png").write_bytes(b"old")
    listed = {"format": 1, "campaign": "x", "files": ["index.html", "old.png"]}
    (tmp_path / "s" / SITE_LIST).write_text(json.dumps(listed), encoding="utf-8")
    project = small_campaign(tmp_path / "campaign")
    report = build_site(project, tmp_path / "s", wanted=ONE, built=own_out(site, tmp_path / "out"))
    assert report.removed == 1
    assert not (tmp_path / "s/old.png").exists()


def test_a_correction_changes_the_addresses_of_what_it_changes_and_no_others(editions: Editions) -> None:
    before, after = (
        dict(addresses((folder / "letter.html").read_text(encoding="utf-8")))
        for folder in (editions.before, editions.after)
    )
    assert before.keys() == after.keys()
    same = {path for path in before if before[path] == after[path]}
    assert "site.css" in same
    assert {path for path in before if not path.endswith((".html", ".json"))} >= same
