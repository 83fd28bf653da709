"""What a worker elsewhere keeps of the builder's files: whole, or fetched again; never taken for absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassets.digest import digest
from dxassets.errors import InputError
from dxassets.resources import PinnedResources
from dxassets.runners import holding

DATA = "loa thông báo".encode()
PIN = digest(DATA)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PinnedResources:
    monkeypatch.setattr(holding, "held_folder", lambda: tmp_path)
    return PinnedResources((), pins={"loa.md": PIN}, held=holding.hold({PIN: DATA}))


def test_what_was_sent_is_found_by_its_name_and_nothing_else_is(kept: PinnedResources) -> None:
    assert kept.read("loa.md").data == DATA
    assert kept.find("other.md") is None
    assert holding.lacking(Path(str(kept.held)), [PIN, "0" * 64]) == ("0" * 64,)


def test_what_was_swept_is_lacking_and_not_absent(kept: PinnedResources) -> None:
    """A campaign without `loa.md` gets the bundled words: no worker may believe that of one that has it."""
    assert kept.held is not None
    assert holding.lacking(kept.held, [PIN]) == ()
    (kept.held / PIN).unlink()
    assert holding.lacking(kept.held, [PIN]) == (PIN,)
    with pytest.raises(InputError, match="run again"):
        kept.find("loa.md")


def test_what_got_damaged_is_refused_once_and_fetched_again(kept: PinnedResources) -> None:
    assert kept.held is not None
    (kept.held / PIN).write_bytes(b"damaged")
    with pytest.raises(InputError, match="is not the file"):
        kept.read("loa.md")
    assert holding.lacking(kept.held, [PIN]) == (PIN,)
    holding.hold({PIN: DATA})
    assert kept.read("loa.md").data == DATA


def test_what_comes_damaged_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "held_folder", lambda: tmp_path)
    with pytest.raises(InputError, match="damaged"):
        holding.hold({PIN: DATA + b"!"})
    assert list(tmp_path.iterdir()) == []
