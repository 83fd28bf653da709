"""The only writer. Files appear whole or not at all; a journal while building, a manifest at the end."""

from dxassets.store.files import output_error, place_in, publish, publish_changed, remove, sweep, sweep_top
from dxassets.store.folders import publish_folder
from dxassets.store.journal import Journal
from dxassets.store.lock import locked
from dxassets.store.manifest import (
    FORMAT,
    MANIFEST_NAME,
    CampaignName,
    DamagedManifestError,
    Manifest,
    NewerManifestError,
    manifest_to_json,
    merge_records,
    read_manifest,
    salvaged_records,
)
from dxassets.store.records import AssetSize, CodeRecord, Record, SkipRecord, pretty
from dxassets.store.shelf import (
    DAMAGED,
    WORK_FOLDER,
    Shelf,
    is_sound,
    journal_of,
    open_shelf,
    peek,
    preview_path,
    sound_records,
)
from dxassets.store.staging import Staging, rename

__all__ = [
    "DAMAGED",
    "FORMAT",
    "MANIFEST_NAME",
    "WORK_FOLDER",
    "AssetSize",
    "CampaignName",
    "CodeRecord",
    "DamagedManifestError",
    "Journal",
    "Manifest",
    "NewerManifestError",
    "Record",
    "Shelf",
    "SkipRecord",
    "Staging",
    "is_sound",
    "journal_of",
    "locked",
    "manifest_to_json",
    "merge_records",
    "open_shelf",
    "output_error",
    "peek",
    "place_in",
    "pretty",
    "preview_path",
    "publish",
    "publish_changed",
    "publish_folder",
    "read_manifest",
    "remove",
    "rename",
    "salvaged_records",
    "sound_records",
    "sweep",
    "sweep_top",
]
