"""What a server may be told, and the limits it keeps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """One server. Sizes in bytes, times in seconds, rates in tokens a second for each address.

    A drawn name or a list takes one token, a file that is made `making_cost`, one that lies ready none. A
    `rate` of 0 means no limit. `drawers` draw names while people type; `makers` make files, so that
    nobody's next letter waits for somebody's PDF.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    behind_proxy: bool = False
    drawers: int = 1
    makers: int = 1
    drawing_queue: int = 256
    making_queue: int = 64
    drawing_seconds: float = 3.0
    making_seconds: float = 30.0
    rate: float = 40.0
    burst: float = 400.0
    making_cost: float = 10.0
    most_body: int = 16_384
    longest_address: int = 4_096
    body_seconds: float = 10.0
    head_seconds: float = 10.0
    most_head: int = 16_384
    most_connections: int = 800
    connections_each: int = 400
    stop_seconds: float = 10.0

    @property
    def answer_seconds(self) -> float:
        """Longest that a request may take from its head to the last byte of its answer."""
        return self.body_seconds + self.making_seconds + 60.0
