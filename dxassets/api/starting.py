"""Starts a new campaign folder, and writes the schema that lets editors help with it."""

from __future__ import annotations

import re
from pathlib import Path

from dxassets.api.schema import campaign_schema
from dxassets.dispatch import annex_names
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.resources import CAMPAIGN_FILE, Resources, example_campaign, find_campaign
from dxassets.store import output_error, pretty, publish
from dxassets.vietnamese import slug

SCHEMA_FILE = "campaign.schema.json"
_SCHEMA_LINE = re.compile(r"\A#:schema .*\n")
_ID_LINE = re.compile(r'^id = "[^"]*"', re.MULTILINE)


def write_schema(file: str | Path) -> Path:
    """Write the schema to `file`."""
    target = Path(file)
    return publish(target.parent, target.name, pretty(campaign_schema()))


def init_campaign(folder: str | Path) -> tuple[Path, ...]:
    """Start a campaign in `folder`, which must be new or empty; the files that were written.

    It is a whole, valid campaign (the bundled one under a new id, the folder's
    name), with comments that say what to edit.
    """
    target = Path(folder)
    campaign_id = _new_id(target)
    example = example_campaign()
    source = Resources((find_campaign(example),))
    text = source.read(CAMPAIGN_FILE).data.decode()
    text = _SCHEMA_LINE.sub("", text).replace(f"campaigns/{example}", target.as_posix())
    text = _ID_LINE.sub(f'id = "{campaign_id}"', text, count=1)
    names = _letter_files(source, text)
    files = {name: source.read(name).data for name in ["agencies.csv", *names]}
    files[SCHEMA_FILE] = pretty(campaign_schema())
    # Last, because a folder with a campaign.toml counts as a campaign.
    files[CAMPAIGN_FILE] = f"#:schema {SCHEMA_FILE}\n{text}".encode()
    return tuple(publish(target, name, data) for name, data in files.items())


def _letter_files(source: Resources, text: str) -> list[str]:
    """The dispatch and its annexes, by the names that the campaign gives them."""
    found = re.search(r'^dispatch = "([^"]*)"', text, re.MULTILINE)
    dispatch = found.group(1) if found else "dispatch.md"
    return [dispatch, *annex_names(source.read(dispatch).data, dispatch)]


def _new_id(folder: Path) -> str:
    """An id from the folder's name; `InputError` when there is none, or the folder is taken."""
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise output_error(folder, error) from error
    if taken:
        raise InputError(
            Problem(
                str(folder),
                "đã có tệp ở đây; hãy chọn một thư mục mới hoặc còn trống",
                "there is something here already; choose a new or empty folder",
            )
        )
    campaign_id = slug(folder.resolve().name)[:80].strip("-")
    if not campaign_id or file_part(campaign_id) != campaign_id:
        raise InputError(
            Problem(
                str(folder),
                "tên thư mục phải có chữ cái hoặc chữ số, ví dụ: chuyen-doi-so-2025",
                "the folder's name needs letters or digits, such as chuyen-doi-so-2025",
            )
        )
    return campaign_id
