"""Where files are looked for: the campaign's folder, the project's, the bundled copy, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dxassets.errors import InputError
from dxassets.resources import Resources, bundled_root, campaign_resources, find_campaign


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_campaigns_own_file_comes_first_then_the_projects_then_ours(tmp_path: Path) -> None:
    folder = tmp_path / "campaigns/mine"
    write(folder / "campaign.toml", "")
    write(tmp_path / "brand/brand.toml", "project")
    resources = campaign_resources(folder)
    assert resources.read("brand/brand.toml").data == b"project"
    assert resources.find("templates/presets.toml") == bundled_root() / "templates/presets.toml"
    write(folder / "brand/brand.toml", "campaign")
    assert campaign_resources(folder).read("brand/brand.toml").data == b"campaign"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "one")
    resources = Resources((tmp_path,))
    first = resources.read("a.txt")
    file.write_text("two", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert resources.read("a.txt").sha256 != first.sha256


@pytest.mark.parametrize(
    "name", ["../secret", "a/../../secret", "/etc/passwd", "..\\secret", "c:secret", "a\0b"]
)
def test_no_name_leads_out_of_the_roots(tmp_path: Path, name: str) -> None:
    write(tmp_path / "secret", "x")
    resources = Resources((tmp_path / "root",))
    assert resources.find(name) is None
    with pytest.raises(InputError):
        resources.read(name)


def test_names_of_all_roots_are_listed_once_and_sorted(tmp_path: Path) -> None:
    write(tmp_path / "one/t/b.txt", "")
    write(tmp_path / "two/t/a.txt", "")
    write(tmp_path / "two/t/b.txt", "")
    assert Resources((tmp_path / "one", tmp_path / "two")).names("t", ".txt") == ["t/a.txt", "t/b.txt"]


def test_a_campaign_is_found_by_folder_file_and_id(tmp_path: Path) -> None:
    file = write(tmp_path / "c/campaign.toml", "")
    assert find_campaign(str(tmp_path / "c")) == tmp_path / "c"
    assert find_campaign(str(file)) == tmp_path / "c"
    assert find_campaign("daknong-2022") == bundled_root() / "campaigns/daknong-2022"
    with pytest.raises(InputError):
        find_campaign("../campaigns/daknong-2022/nothing")
