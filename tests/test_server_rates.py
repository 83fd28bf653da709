"""How often an address may ask: what is just given, and what no longer is."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.api.hosting import HostedSite
from dxassets.cli.serve import _settings
from dxassets.errors import InputError
from dxassets.server.rates import Buckets, network_of
from dxassets.server.settings import Settings
from tests.server_support import FREE, IDLE, built, gate, hosted


@pytest.fixture(scope="module")
def site() -> HostedSite:
    return hosted(built())


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


# --- rates: the bucket by itself ---------------------------------------------------------------------


def granted(buckets: Buckets, name: str, tokens: float, *, most: int = 10_000) -> int:
    """How often that many tokens are given at once."""
    for turn in range(most):
        if buckets.take(name, tokens):
            return turn
    return most


def test_silence_saves_up_a_burst_and_no_more() -> None:
    clock = Clock()
    buckets = Buckets(2.0, 5.0, clock=clock)
    assert granted(buckets, "a", 1) == 5
    for silence in (2.4, 2.5, 2.6, 3600.0):
        clock.now += silence
        assert granted(buckets, "a", 1) == min(5, int(silence * 2)), silence


def test_what_is_refused_costs_nothing() -> None:
    clock = Clock()
    buckets = Buckets(1.0, 4.0, clock=clock)
    assert buckets.take("a", 3) == 0
    assert [buckets.take("a", 2) for _ in range(5)] == [1] * 5
    assert buckets.take("a", 1) == 0


@pytest.mark.parametrize(
    ("rate", "tokens", "wait"), [(2.0, 2, 1), (2.0, 3, 2), (0.5, 1, 2), (0.1, 4, 40), (40.0, 4, 1)]
)
def test_who_waits_as_long_as_was_said_is_served_and_who_does_not_is_not(
    rate: float, tokens: float, wait: int
) -> None:
    for sooner in (0.0, 1.0):
        clock = Clock()
        buckets = Buckets(rate, 4.0, clock=clock)
        assert granted(buckets, "a", 1) == 4
        assert buckets.take("a", tokens) == wait
        clock.now += wait - sooner
        refused = buckets.take("a", tokens) > 0
        assert refused == (sooner > 0), sooner


@given(
    st.floats(0.1, 50),
    st.integers(1, 60),
    st.lists(st.tuples(st.floats(0, 9), st.sampled_from([1, 1, 3, 10]))),
)
def test_nobody_gets_more_than_the_burst_and_what_flows_in_since(
    rate: float, burst: int, asked: list[tuple[float, int]]
) -> None:
    clock = Clock()
    buckets = Buckets(rate, float(burst), clock=clock)
    taken: list[tuple[float, int]] = []
    for silence, tokens in asked:
        clock.now += silence
        if buckets.take("a", tokens) == 0:
            taken.append((clock.now, tokens))
        for since, _ in taken:  # in every window, not only from the beginning on
            given_out = sum(count for when, count in taken if when >= since)
            assert given_out <= burst + rate * (clock.now - since) + 1e-6


def test_each_address_has_a_bucket_of_its_own_and_none_without_a_rate() -> None:
    clock = Clock()
    buckets = Buckets(1.0, 2.0, clock=clock)
    assert [granted(buckets, name, 1) for name in ("a", "b", "a")] == [2, 2, 0]
    assert granted(Buckets(0.0, 2.0, clock=clock), "a", 1, most=500) == 500


def test_of_twenty_thousand_addresses_all_are_remembered_and_of_one_more_the_oldest_is_not() -> None:
    buckets = Buckets(0.001, 1.0, clock=Clock())
    for number in range(20_000):
        assert buckets.take(str(number), 1) == 0
    assert buckets.take("0", 1) > 0  # all are known; this one was now seen last
    assert buckets.take("one more", 1) == 0
    assert buckets.take("2", 1) > 0
    assert buckets.take("1", 1) == 0  # forgotten, so new


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.9", "203.0.113.9", True),
        ("203.0.113.9", "203.0.113.8", False),
        ("::ffff:203.0.113.9", "203.0.113.9", True),
        ("::ffff:203.0.113.9", "::ffff:203.0.113.8", False),
    ],
)
def test_a_household_is_a_64_of_ipv6_and_one_address_of_ipv4(one: str, other: str, *, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


# --- rates: what a request costs ----------------------------------------------------------------------


def test_by_itself_an_address_may_ask_400_pages_or_40_files_at_once_and_40_pages_a_second() -> None:
    usual, clock = Settings(), Clock()
    buckets = Buckets(usual.rate, usual.burst, clock=clock)
    assert granted(buckets, "a", 1) == 400
    clock.now += 1
    assert granted(buckets, "a", 1) == 40
    assert granted(buckets, "b", usual.making_cost) == 40


DEAR = ("/api/v1/banner", "/api/v1/qr", "/api/v1/letter")
CHEAP = ("/api/v1/presets", "/api/v1/agencies", "/api/v1/openapi.json", "/metrics", "/nothing")


@pytest.mark.parametrize(("path", "cost"), [*((path, 10) for path in DEAR), *((path, 1) for path in CHEAP)])
def test_a_file_that_is_made_costs_ten_tokens_and_anything_else_one(
    site: HostedSite, path: str, cost: int
) -> None:
    """30 tokens, then as good as none."""
    few = gate(site, replace(IDLE, rate=1e-6, burst=30.0))
    statuses = [few.get(path).status_code for _ in range(30 // cost + 1)]
    assert 429 not in statuses[:-1]
    assert statuses[-1] == 429


def test_a_hundred_first_visits_from_one_address_are_all_served(site: HostedSite) -> None:
    few = gate(site, replace(FREE, rate=1e-6, burst=1.0))
    files = [
        "",
        *(path for path in site.files if path.startswith(("js/", "icons/"))),
        *list(site.pictures)[:3],
    ]
    asked = [f"/{path}" for _ in range(100) for path in files]
    assert len(asked) > 1_500
    assert {few.get(path).status_code for path in asked} == {200}
    assert [few.get("/nothing").status_code for _ in range(2)] == [404, 429]


def test_whether_it_lives_may_always_be_asked(site: HostedSite) -> None:
    few = gate(site, replace(FREE, rate=1e-6, burst=1.0))
    assert [few.get("/healthz").status_code for _ in range(5)] == [503] * 5


@pytest.mark.parametrize(
    ("asked", "rate", "burst"), [(60, 1.0, 60.0), (360, 6.0, 60.0), (420, 7.0, 70.0), (6000, 100.0, 1000.0)]
)
def test_a_rate_is_told_in_requests_a_minute_and_allows_ten_seconds_of_them_at_once(
    asked: int, rate: float, burst: float
) -> None:
    made = _settings(_options(rate=asked))
    assert (made.rate, made.burst) == (rate, burst)


def _options(**given: int) -> Namespace:
    plain: dict[str, Any] = {"host": None, "port": None, "workers": None, "rate": None, "behind_proxy": False}
    return Namespace(**{**plain, **given})


@pytest.mark.parametrize(
    ("option", "good", "bad"),
    [("port", 0, -1), ("port", 65_535, 65_536), ("workers", 1, 0), ("rate", 0, -1)],
)
def test_a_number_on_the_edge_is_taken_and_one_beyond_is_told(option: str, good: int, bad: int) -> None:
    assert _settings(_options(**{option: good}))
    with pytest.raises(InputError, match=f"--{option}"):
        _settings(_options(**{option: bad}))
