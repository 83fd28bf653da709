"""What is said of a campaign's files says where they lie, so that a clerk can open them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassets.api import load_campaign
from dxassets.api.project import with_document
from dxassets.cli.opening import places_of
from dxassets.errors import Problem
from tests.conftest import CampaignCopy


def test_a_bare_name_becomes_the_path_from_here(copy: CampaignCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy.folder.parent)
    located = places_of(load_campaign(copy.folder.name))
    mine = copy.folder.name

    def where(said: str) -> str:
        return located(Problem(said, "", "")).where

    assert where("dispatch.md:7") == f"{mine}/dispatch.md:7"
    assert where("forward.md") == f"{mine}/forward.md"
    assert where("dispatch.md (cong-van.docx, đoạn 5)") == f"{mine}/dispatch.md (cong-van.docx, đoạn 5)"
    assert where("Sở Nội vụ: forward.md:20") == f"Sở Nội vụ: {mine}/forward.md:20"
    for same in (f"{mine}/dispatch.md:7", "brand/brand.toml", "my-dispatch.md:7", "--text", "other.md:3"):
        assert where(same) == same
    told = located(Problem("", "forward.md:20: thiếu; annex.toml:3: thừa; annex.toml là tệp", "x"))
    assert told.vi == f"{mine}/forward.md:20: thiếu; {mine}/annex.toml:3: thừa; annex.toml là tệp"
    monkeypatch.chdir(copy.folder)
    assert places_of(load_campaign("."))(Problem("dispatch.md:7", "", "")).where == "dispatch.md:7"


def test_a_document_by_itself_is_told_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "van-ban"
    folder.mkdir()
    (folder / "Quyết định 7.md").write_text('+++\nkind = "quyet-dinh"\n+++\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    located = places_of(with_document(load_campaign(), "van-ban/Quyết định 7.md", belongs=False))
    assert located(Problem("Quyết định 7.md:2", "", "")).where == "van-ban/Quyết định 7.md:2"
