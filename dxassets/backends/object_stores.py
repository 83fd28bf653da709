"""An object store that speaks S3: whole objects put and read back, and what lies there. Knows no assets."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dxassets.backends.silence import quietly_imported

MOST_TRIES = 4
"""How often a request is tried again after the store or the network failed."""
_SECONDS = 30
_WAIT = timedelta(milliseconds=200)
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")


def own_endpoint() -> str:
    """The address of the store that this process speaks to; empty for Amazon's."""
    return next((os.environ[name] for name in _ENDPOINTS if os.environ.get(name)), "")


class StoreError(Exception):
    """The store did not do what it was asked, not even when asked again; a library's words, in English."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What a listing says of an object: its bytes, and the store's own tag of them."""

    size: int
    tag: str

    def holds(self, data: bytes) -> bool:
        """Whether it is just these bytes: stores tag with MD5 what came in one piece."""
        return self.size == len(data) and self.tag == _tag_of(data)


class ObjectStore:
    """The objects below `url`, such as ``s3://bucket/prefix``; keys and region come from the environment.

    So does the address of the store, `endpoint`, where none is given; at last it is Amazon's.
    """

    def __init__(self, url: str, endpoint: str = "") -> None:
        with quietly_imported:
            import obstore  # noqa: PLC0415  (an extra, and only where it is asked for)
            from obstore.exceptions import BaseError  # noqa: PLC0415
            from obstore.store import S3Store  # noqa: PLC0415

        self._library: Any = obstore
        self._errors: tuple[type[Exception], ...] = (BaseError, OSError, ValueError)
        self.url, self.endpoint = url, endpoint or own_endpoint()
        try:
            self._store: Any = S3Store.from_url(
                url,
                config={"endpoint": self.endpoint} if self.endpoint else {},
                client_options={"allow_http": self.endpoint.startswith("http://"), "timeout": f"{_SECONDS}s"},
                retry_config={
                    "max_retries": MOST_TRIES,
                    "retry_timeout": timedelta(seconds=_SECONDS * MOST_TRIES),
                    "backoff": {"init_backoff": _WAIT, "max_backoff": _WAIT * 20, "base": 2},
                },
            )
        except self._errors as error:
            raise StoreError(_first_line(error)) from error

    def put(self, path: str, data: bytes, media_type: str) -> StoredObject:
        """Put `data` there whole; what the store then has, proven to be just that."""
        attributes = {"Content-Type": media_type, "sha256": hashlib.sha256(data).hexdigest()}
        try:
            self._library.put(self._store, path, data, attributes=attributes, use_multipart=False)
        except self._errors as error:
            raise StoreError(_first_line(error)) from error
        stored = self.look(path)
        if not stored.holds(data) and not self._reads_back(path, data):
            raise StoreError(f"{path} was put, and is not what it was")
        return stored

    def look(self, path: str) -> StoredObject:
        """What the store says of an object; `StoreError` where there is none."""
        try:
            found = self._library.head(self._store, path)
        except self._errors as error:
            raise StoreError(_first_line(error)) from error
        return StoredObject(found["size"], _bare(found["e_tag"]))

    def _reads_back(self, path: str, data: bytes) -> bool:
        """For stores whose tags are no MD5, such as those that encrypt."""
        return self.get(path) == data

    def get(self, path: str) -> bytes:
        """The object's bytes."""
        try:
            return bytes(self._library.get(self._store, path).bytes())
        except self._errors as error:
            raise StoreError(_first_line(error)) from error

    def listing(self, folder: str) -> dict[str, StoredObject]:
        """All objects below `folder`, by their paths, which begin with it."""
        try:
            pages: Iterable[Any] = self._library.list(self._store, f"{folder}/", chunk_size=1000)
            return {
                found["path"]: StoredObject(found["size"], _bare(found["e_tag"]))
                for page in pages
                for found in page
            }
        except self._errors as error:
            raise StoreError(_first_line(error)) from error

    def remove(self, paths: Iterable[str]) -> None:
        """Take objects away."""
        for path in paths:
            try:
                self._library.delete(self._store, path)
            except FileNotFoundError:
                continue
            except self._errors as error:
                raise StoreError(_first_line(error)) from error


def _tag_of(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def _bare(tag: str | None) -> str:
    return (tag or "").strip('"')


def _first_line(error: Exception) -> str:
    told = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {told[0]}"
