"""Who comes next: a line for each address, and the addresses in turn by the time that their orders took.

An address that has cost less is served before one that has cost more, whatever their numbers of orders; one
that comes after a silence begins where the others are, so that nobody saves up time. No clock, no loop.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")


@dataclass
class _Queue(Generic[ItemT]):
    """The orders of one address, what they have cost, how many are in work, and when it had its last turn."""

    cost: float
    items: deque[ItemT] = field(default_factory=deque["ItemT"])
    in_work: int = 0
    served: int = 0


class Turns(Generic[ItemT]):
    """Orders that wait, in a line for each address. Costs are in seconds of a worker."""

    def __init__(self) -> None:
        self._lines: dict[str, _Queue[ItemT]] = {}
        self._usual = 0.1
        self._waiting = 0
        self._turn = 0

    def __len__(self) -> int:
        return self._waiting

    def add(self, address: str, item: ItemT, *, first: bool = False) -> None:
        """Put an order into the line of its address: at its end, or first in it."""
        line = self._lines.setdefault(address, _Queue(0.0))
        if not line.items and not line.in_work:
            line.cost = max(line.cost, self._least())
        if first:
            line.items.appendleft(item)
        else:
            line.items.append(item)
        self._waiting += 1

    def take(self) -> tuple[str, ItemT]:
        """The next order and its address, which is charged by `done`. `LookupError` when nobody waits."""
        waiting = [(self._owed(line), line.served, at) for at, line in self._lines.items() if line.items]
        if not waiting:
            raise LookupError
        address = min(waiting)[2]
        line = self._lines[address]
        self._turn += 1
        line.served = self._turn
        line.in_work += 1
        self._waiting -= 1
        return address, line.items.popleft()

    def done(self, address: str, seconds: float) -> None:
        """An order of that address was in work for so long."""
        line = self._lines[address]
        line.in_work -= 1
        line.cost += seconds
        self._usual += (seconds - self._usual) / 8
        self._forget()

    def remove(self, address: str, item: ItemT) -> bool:
        """Whether the order still waited; it does no longer."""
        line = self._lines.get(address)
        if line is None or item not in line.items:
            return False
        line.items.remove(item)
        self._waiting -= 1
        self._forget()
        return True

    def give_way(self, address: str) -> ItemT | None:
        """The last order of the longest line, taken out for `address`; None if its own is about as long."""
        longest = max(self._lines, key=lambda each: len(self._lines[each].items), default=None)
        own = len(self._lines[address].items) if address in self._lines else 0
        if longest is None or len(self._lines[longest].items) <= own + 1:
            return None
        self._waiting -= 1
        return self._lines[longest].items.pop()

    def _owed(self, line: _Queue[ItemT]) -> float:
        """What an address has cost, with what its orders in work are likely to."""
        return line.cost + line.in_work * self._usual

    def _least(self) -> float:
        """The least that any address with orders has cost."""
        return min((each.cost for each in self._lines.values() if each.items or each.in_work), default=0.0)

    def _forget(self) -> None:
        """Who has nothing here is remembered only as long as all others who have cost less."""
        active = [each.cost for each in self._lines.values() if each.items or each.in_work]
        least = min(active, default=float("inf"))
        for address, line in list(self._lines.items()):
            if not line.items and not line.in_work and line.cost <= least:
                del self._lines[address]
