"""A build whose files go to an object store: made here, put there whole and proven, the manifest last."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Semaphore

from dxassets.backends.object_stores import ObjectStore, StoredObject, StoreError
from dxassets.errors import InputError, MissingLibraryError, OutputError, Problem
from dxassets.jobs import MEDIA_TYPES
from dxassets.runners import store_failed
from dxassets.store import MANIFEST_NAME, WORK_FOLDER, publish, remove

_URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9._-]+)*)/?")
_MIRRORS = Path("output/s3")
"""Where what goes to stores is kept on this machine."""
_SHIPPED = f"{WORK_FOLDER}/shipped"
"""Below a campaign's copy: the store's tag of the manifest that went there last."""
_LAY_THERE = f"{WORK_FOLDER}/lay-there"
"""Below a campaign's copy: what lay in the store before a build of which nobody knows yet how it ended."""
_THREADS = 8
_MOST_UNDER_WAY = 64
"""Files that wait to be put; a build that is faster than its store waits for it."""
_OTHER_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "mp4": "video/mp4",
    "gif": "image/gif",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
}


def is_store(out: str | Path) -> bool:
    """Whether an output is a store's address and no folder."""
    return str(out).startswith("s3:")


def mirror_of(out: str | Path) -> Path:
    """The folder on this machine that holds what goes to a store; `InputError` for what is no address."""
    found = _URL.fullmatch(str(out))
    if found is None or {".", ".."} & set(found[2].split("/")):
        raise InputError(Problem("--out", *(words.format(out) for words in _BAD)))
    return _MIRRORS.joinpath(found[1], *filter(None, found[2].split("/")))


@dataclass
class Shipment:
    """Files of one campaign's folder on their way to a store, of which `lying` was there before."""

    store: ObjectStore
    folder: Path
    lying: dict[str, StoredObject]
    sent: int = 0
    _threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_THREADS))
    _room: Semaphore = field(default_factory=lambda: Semaphore(_MOST_UNDER_WAY))
    _under_way: dict[str, Future[bool]] = field(default_factory=dict[str, Future[bool]])

    def send(self, path: str) -> None:
        """Put the file `path` there, some time soon; `OutputError` when an earlier one could not be."""
        self._room.acquire()
        self._see(done_only=True)
        future = self._threads.submit(self._put, path)
        future.add_done_callback(lambda _: self._room.release())
        self._under_way[path] = future

    def note(self, path: str, stored: StoredObject) -> None:
        """A worker has put the file `path` there itself."""
        self.lying[f"{self.folder.name}/{path}"] = stored
        self.sent += 1

    def arrive(self) -> None:
        """Wait until all are there."""
        self._see(done_only=False)

    def close(self) -> None:
        """Nothing is under way any more."""
        self._threads.shutdown(cancel_futures=True)

    def _see(self, *, done_only: bool) -> None:
        for path, future in list(self._under_way.items()):
            if future.done() or not done_only:
                del self._under_way[path]
                self.sent += future.result()

    def _put(self, path: str) -> bool:
        """Whether the file had to be put."""
        key = f"{self.folder.name}/{path}"
        try:
            data = (self.folder / path).read_bytes()
            lies = self.lying.get(key)
            if lies is not None and lies.holds(data):
                return False
            suffix = path.rpartition(".")[2]
            known = MEDIA_TYPES.get(suffix) or _OTHER_TYPES.get(suffix, "application/octet-stream")
            self.lying[key] = self.store.put(key, data, known)
        except StoreError as error:
            raise store_failed(key, error) from error
        return True


def open_store(url: str) -> ObjectStore:
    """The store at `url`; `MissingLibraryError` where what speaks to it is not installed."""
    if importlib.util.find_spec("obstore") is None:
        raise MissingLibraryError(Problem("--out", *_NOT_INSTALLED))
    try:
        return ObjectStore(url)
    except StoreError as error:
        raise store_failed(url, error) from error


def fetch(store: ObjectStore, folder: Path) -> dict[str, StoredObject]:
    """What lies in the store; where this machine has no copy of a campaign yet, it is fetched from there.

    `OutputError` where another machine has written there since: an older manifest would hide its work.
    """
    try:
        lying = store.listing(folder.name)
        _refuse_older_copy(folder, lying.get(f"{folder.name}/{MANIFEST_NAME}"))
        if not (folder / MANIFEST_NAME).exists() and not (folder / WORK_FOLDER).exists():
            manifest = f"{folder.name}/{MANIFEST_NAME}"
            keys = {key for key, lies in lying.items() if _is_file(key, lies)}
            with ThreadPoolExecutor(_THREADS) as threads:
                list(threads.map(partial(_fetch, store, folder.parent), keys - {manifest}))
            if manifest in lying:
                _fetch(store, folder.parent, manifest)
    except StoreError as error:
        raise store_failed(folder.name, error) from error
    return lying


def _is_file(key: str, lies: StoredObject) -> bool:
    """Whether an object is one of a build's files: of no bytes are folders, to some consoles."""
    return lies.size > 0 and key.split("/")[1] != WORK_FOLDER


def _refuse_older_copy(folder: Path, there: StoredObject | None) -> None:
    manifest, shipped = folder / MANIFEST_NAME, folder / _SHIPPED
    if there is None or not manifest.exists() or there.holds(manifest.read_bytes()):
        return
    if not shipped.exists() or shipped.read_text(encoding="ascii") != there.tag:
        raise OutputError(Problem(str(folder), *_OLDER_COPY))


def _fetch(store: ObjectStore, root: Path, key: str) -> None:
    publish(root, key, store.get(key))


def ship(url: str, folder: Path, make: Callable[[Shipment], None]) -> int:
    """Have `folder` built by `make`, and put it all there, assets while others are made; how many were put.

    `make` sends each asset as it is done. What the build took away is taken away there, too.
    """
    shipment = Shipment(open_store(url), folder, {})
    try:
        shipment.lying = fetch(shipment.store, folder)
        before = _lay_there(folder)
        make(shipment)
        shipment.arrive()
        now = set(_files(folder))
        for path in sorted(now - {MANIFEST_NAME}):
            shipment.send(path)
        shipment.arrive()
        shipment.send(MANIFEST_NAME)  # last: what it names is there
        shipment.arrive()
        there = shipment.lying[f"{folder.name}/{MANIFEST_NAME}"]
        publish(folder, _SHIPPED, there.tag.encode("ascii"))
        _take_away(shipment, before - now)
        remove(folder, _LAY_THERE)
    finally:
        shipment.close()
    return shipment.sent


def _lay_there(folder: Path) -> set[str]:
    """The files that were handed out before this build, and before those that came to no end."""
    found, known = set(_files(folder)), folder / _LAY_THERE
    if known.exists():
        found.update(known.read_text(encoding="utf-8").splitlines())
    if found:
        publish(folder, _LAY_THERE, "\n".join(sorted(found)).encode())
    return found


def _take_away(shipment: Shipment, paths: Iterable[str]) -> None:
    keys = {f"{shipment.folder.name}/{path}" for path in paths} & shipment.lying.keys()
    try:
        shipment.store.remove(sorted(keys))
    except StoreError as error:
        raise store_failed(shipment.folder.name, error) from error


def _files(folder: Path) -> Iterable[str]:
    """All that a built folder hands out."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if name.parts[0] != WORK_FOLDER and path.is_file() and not name.name.endswith(".part"):
            yield name.as_posix()


_BAD = (
    "“{0}” không phải địa chỉ kho lưu trữ; hãy ghi dạng s3://ten-kho/thu-muc",
    "{0!r} is no address of a store; write it as s3://bucket/prefix",
)
_OLDER_COPY = (
    (
        "bản sao ở đây cũ hơn kho lưu trữ: máy khác đã dựng vào đó sau máy này; hãy chuyển thư mục này "
        "đi nơi khác rồi chạy lại, bản mới sẽ được lấy từ kho về"
    ),
    (
        "is an older copy than the store's: another machine has built there since; move this folder "
        "elsewhere and run again, and the newer one is fetched"
    ),
)
_NOT_INSTALLED = (
    'chưa cài thư viện ghi vào kho lưu trữ; hãy cài bằng: pip install "dxassets[cluster]"',
    'what writes into stores is not installed; install it with: pip install "dxassets[cluster]"',
)
