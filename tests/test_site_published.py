"""What was published, compared with what was built; and the rules that a web server is given."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets.api.site import SERVERS, SITE_LIST, build_site, check_site
from dxassets.api.site.rules import rules_of
from dxassets.errors import InputError
from tests.site_support import CU_JUT, WANTED, own_out, served, small_campaign

if TYPE_CHECKING:
    from dxassets.api import Project
    from tests.conftest import Run


@pytest.fixture
def copied(site: Path, tmp_path: Path) -> Path:
    shutil.copytree(site, tmp_path / "www")
    return tmp_path / "www"


def test_a_whole_copy_is_the_same_in_a_folder_and_over_http(site: Path, copied: Path, dxassets: Run) -> None:
    with served(copied) as address:
        for place in (str(copied), address, address.rstrip("/")):
            told = dxassets("site", "--check", place, "--out", site)
            assert (told.code, told.err) == (0, "")
            assert "đúng như bản đã dựng" in told.out


@pytest.mark.parametrize("over_http", [True, False])
def test_what_is_missing_or_other_is_named(site: Path, copied: Path, *, over_http: bool) -> None:
    (copied / "letter/cong-van.docx").write_bytes(b"old")
    (copied / "index.html").unlink()
    (copied / "mine.txt").write_text("mine", encoding="utf-8")
    with served(copied) as address:
        report = check_site(address if over_http else str(copied), built=site)
    assert report.missing == ("index.html",)
    assert report.other == ("letter/cong-van.docx",)
    assert report.surplus == (() if over_http else ("mine.txt",))
    assert report.exit_code == 1


def test_without_a_built_site_the_published_list_counts(copied: Path, tmp_path: Path) -> None:
    assert check_site(str(copied), built=tmp_path / "none").exit_code == 0
    (copied / "site.css").write_bytes(b"")
    assert check_site(str(copied)).other == ("site.css",)


def test_an_older_copy_differs_by_its_list_too(site: Path, copied: Path) -> None:
    (copied / SITE_LIST).write_bytes((copied / SITE_LIST).read_bytes() + b" ")
    assert check_site(str(copied), built=site).other == (SITE_LIST,)


def test_where_nothing_can_be_compared_it_is_said(tmp_path: Path, copied: Path, dxassets: Run) -> None:
    for place in (str(tmp_path / "none"), "http://127.0.0.1:9/"):
        told = dxassets("site", "--check", place, "--out", tmp_path / "no site")
        assert told.code == 2
        assert "Traceback" not in told.err
    listed = {"format": 1, "campaign": "x", "files": ["index.html"]}
    (copied / SITE_LIST).write_text(json.dumps(listed), encoding="utf-8")
    with pytest.raises(InputError):
        check_site(str(copied))


def test_differences_are_told_to_programs(site: Path, copied: Path, dxassets: Run) -> None:
    (copied / "index.html").unlink()
    told = dxassets("site", "--check", copied, "--out", site, "--json")
    assert told.code == 1
    assert json.loads(told.out)["missing"] == ["index.html"]


# --- rules


@pytest.mark.parametrize("server", SERVERS)
def test_rules_have_browsers_ask_again(server: str, project: Project) -> None:
    [(name, data)] = rules_of(server, project.resources).items()
    text = data.decode()
    assert name == SERVERS[server]
    assert "nosniff" in text
    assert ("no-cache" in text) != ('cacheControlMode="DisableCache"' in text)
    assert "max-age" not in text


def test_iis_can_read_its_rules(project: Project) -> None:
    root = ET.fromstring(rules_of("iis", project.resources)["web.config"])  # noqa: S314  (our own file)
    assert root.tag == "configuration"
    kept = [each.get("fileExtension") for each in root.iter("mimeMap")]
    assert [each.get("fileExtension") for each in root.iter("remove") if each.get("fileExtension")] == kept


def test_rules_are_laid_beside_the_pages_and_are_files_of_the_site(site: Path, tmp_path: Path) -> None:
    project = small_campaign(tmp_path / "campaign")
    out = own_out(site, tmp_path / "o")
    build_site(project, tmp_path / "s", wanted=WANTED, built=out, rules=("apache", "iis"))
    listed = json.loads((tmp_path / "s" / SITE_LIST).read_text(encoding="utf-8"))["files"]
    assert {".htaccess", "web.config"} <= set(listed)
    (tmp_path / "s/.htaccess").unlink()  # over http it is never shown
    with served(tmp_path / "s") as address:
        assert check_site(address, built=tmp_path / "s").exit_code == 0
    assert check_site(str(tmp_path / "s")).missing == (".htaccess",)


def test_a_server_without_rules_is_told(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("site", "--out", tmp_path / "s", "--agency", CU_JUT, "--rules", "caddy")
    assert told.code == 2
    assert "apache, iis" in told.err
    assert not (tmp_path / "s").exists()
