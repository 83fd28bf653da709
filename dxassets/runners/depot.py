"""The place in a store where a cluster's workers put what they made, while the builder's token lies there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache

from dxassets.backends.object_stores import ObjectStore, StoredObject, StoreError, own_endpoint
from dxassets.store import WORK_FOLDER, Record

TOKEN_FILE = f"{WORK_FOLDER}/token"
"""What lies where a build puts its assets, as long as it goes on."""
_KEY = "AWS_ACCESS_KEY_ID"
_SHUT: set[Depot] = set()
"""Where this process could not put something once: it does not try again."""


@dataclass(frozen=True, slots=True)
class Depot:
    """A build's place in the store at `url`: the paths of its objects begin with `folder`.

    A worker needs keys of its own to put something there; the builder's are never sent. One that knows no
    `endpoint` speaks to the builder's.
    """

    url: str
    folder: str
    token: str
    endpoint: str

    def put(self, record: Record, data: bytes) -> StoredObject | None:
        """Put a worker's asset there; None where it has no keys or can't reach it, or the build is over."""
        if _KEY not in os.environ or self in _SHUT:
            return None
        try:
            store = _opened(self.url, own_endpoint() or self.endpoint)
            if store.get(f"{self.folder}/{TOKEN_FILE}") != self.token.encode("ascii"):
                return None
            return store.put(f"{self.folder}/{record.path}", data, record.media_type)
        except (ImportError, StoreError):  # the builder gets the bytes, and puts them there
            _SHUT.add(self)
            return None


@lru_cache(maxsize=2)
def _opened(url: str, where: str) -> ObjectStore:
    return ObjectStore(url, where)
