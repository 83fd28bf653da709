"""How often one address may ask: a bucket of tokens for each, refilled steadily."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from math import ceil
from time import monotonic

_MOST_BUCKETS = 20_000


@lru_cache(maxsize=1024)
def network_of(address: str) -> str:
    """Whom an address stands for: itself in IPv4, the /64 of one household or office in IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


class Buckets:
    """Token buckets by name. Of too many, the one not seen for longest is forgotten."""

    def __init__(self, rate: float, burst: float, *, clock: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str, tokens: float) -> int:
        """Takes tokens: 0 when they were there, else the whole seconds after which they will be."""
        if self._rate <= 0:
            return 0
        now = self._clock()
        level, since = self._levels.pop(name, (self._burst, now))
        level = min(self._burst, level + (now - since) * self._rate)
        wait = 0
        if level >= tokens:
            level -= tokens
        else:
            wait = max(1, ceil((tokens - level) / self._rate))
        self._levels[name] = (level, now)  # at the end: the one that was seen last
        if len(self._levels) > _MOST_BUCKETS:
            self._levels.popitem(last=False)
        return wait
