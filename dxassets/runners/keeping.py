"""The builder at its workers' depot: of what they put there it believes what it sees itself."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from dxassets.backends.object_stores import ObjectStore, StoreError
from dxassets.errors import OutputError, Problem
from dxassets.runners.depot import TOKEN_FILE, Depot
from dxassets.runners.tasks import Outcome, is_proven

_THREADS = 8


class Keeper:
    """Looks into the depot for the build into `folder`."""

    def __init__(self, store: ObjectStore, depot: Depot, folder: Path) -> None:
        self._store, self._depot, self._folder = store, depot, folder
        self._threads = ThreadPoolExecutor(_THREADS)

    def seen(self, told: Sequence[Outcome]) -> list[Outcome]:
        """Outcomes as they are to be believed: with the bytes from there, where the folder has them not."""
        if not any(outcome.stored for outcome in told):
            return list(told)
        return list(self._threads.map(self._seen, told))

    def _seen(self, outcome: Outcome) -> Outcome:
        if outcome.stored is None or outcome.record is None:
            return outcome
        path = f"{self._depot.folder}/{outcome.path}"
        try:
            if is_proven(outcome.record, None, self._folder):
                lies = self._store.look(path) == outcome.stored
                return outcome if lies else replace(outcome, stored=None)
            return replace(outcome, data=self._store.get(path))
        except StoreError:
            return replace(outcome, stored=None)

    def close(self) -> None:
        """The build is over: workers put nothing there any more."""
        with suppress(StoreError):
            self._store.remove([f"{self._depot.folder}/{TOKEN_FILE}"])
        self._threads.shutdown(cancel_futures=True)

    def open(self) -> None:
        """Lay the token there; `OutputError` where that can't be done."""
        path = f"{self._depot.folder}/{TOKEN_FILE}"
        try:
            self._store.put(path, self._depot.token.encode("ascii"), "text/plain")
        except StoreError as error:
            raise store_failed(path, error) from error


def store_failed(where: str, error: StoreError) -> OutputError:
    """What is told when a store does not do what it is asked."""
    return OutputError(Problem(where, *(words.format(error) for words in _FAILED)))


_FAILED = (
    (
        "kho lưu trữ không nhận hoặc không trả lời, dù đã thử lại ({0}); xem mạng, địa chỉ AWS_ENDPOINT_URL "
        "và khóa AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, rồi chạy lại đúng lệnh này"
    ),
    (
        "the store refuses or does not answer, even when asked again ({0}); look at the network, the address "
        "AWS_ENDPOINT_URL and the keys AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and run this command again"
    ),
)
