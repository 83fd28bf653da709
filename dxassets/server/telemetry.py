"""What is counted (Prometheus); what is written down is `logbook`'s. Nothing personal is in either.

Neither an address, nor a query, nor a typed word is ever written: of a request there is
its route by name, its method, its status, its time and its weight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from dxassets._version import __version__
from dxassets.server.pool import Pool

METRICS_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The server's counters, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "dxassets_requests_total",
            "Requests answered",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "dxassets_request_seconds",
            "From a request's head to its answer's last byte",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.sent = Counter(
            "dxassets_sent_bytes_total", "Bytes of answers", ["route"], registry=self.registry
        )
        self.refused = Counter(
            "dxassets_refused_total", "Requests refused by a limit", ["reason"], registry=self.registry
        )
        self._found: dict[tuple[str, str, int], tuple[Counter, Histogram, Counter]] = {}
        info = Gauge("dxassets_build_info", "This program", ["version"], registry=self.registry)
        info.labels(__version__).set(1)

    def note(self, route: str, method: str, *, status: int, seconds: float, sent: int) -> None:
        """Count one answer."""
        requests, took, weighed = self._of(route, method, status)
        requests.inc()
        took.observe(seconds)
        weighed.inc(sent)

    def _of(self, route: str, method: str, status: int) -> tuple[Counter, Histogram, Counter]:
        """The counters of such answers, found once."""
        found = self._found.get((route, method, status))
        if found is None:
            found = (
                self.requests.labels(route, method, status),
                self.seconds.labels(route),
                self.sent.labels(route),
            )
            self._found[route, method, status] = found
        return found

    def watch(self, pools: Sequence[Pool]) -> None:
        """Count workers, too."""
        told: dict[str, tuple[str, Callable[[Pool], int]]] = {
            "busy": ("Workers at an order", lambda pool: pool.busy),
            "waiting": ("Orders in line", lambda pool: pool.waiting),
            "restarts": ("Workers replaced since the start", lambda pool: pool.restarts),
        }
        for name, (about, read) in told.items():
            gauge = Gauge(f"dxassets_workers_{name}", about, ["skill"], registry=self.registry)
            for pool in pools:
                gauge.labels(pool.skill).set_function(partial(read, pool))

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
