"""Who comes in when all come at once."""

import heapq
import random

from hypothesis import given
from hypothesis import strategies as st

from desk.hub.admission import LEAST_S, MOST_S, Admission, Visit
from desk.services.sync import backoff


class Now:
    """A clock of this test's own."""

    def __init__(self) -> None:
        self.s = 1000.0

    def __call__(self) -> float:
        return self.s


def gate_of(rounds: int = 2, requests: int = 3) -> tuple[Admission, Now]:
    now = Now()
    return Admission(rounds, requests, now), now


def test_rounds_under_way_go_on_and_a_new_one_waits() -> None:
    gate, now = gate_of()
    for device in ("a", "b"):
        assert gate.begin(device, greets=True) == 0
        gate.end(device)
    assert gate.begin("c", greets=True) >= LEAST_S
    assert gate.begin("a", greets=False) == 0
    gate.end("a")
    now.s += 0.4
    assert gate.begin("a", greets=True) == 0
    assert gate.begin("c", greets=True) >= LEAST_S
    gate.end("a")
    # b has been quiet long enough for its round to be over.
    now.s += 0.2
    assert gate.begin("c", greets=True) == 0


def test_a_round_whose_line_is_slow_goes_on_when_it_speaks_again() -> None:
    gate, now = gate_of(rounds=1)
    assert gate.begin("a", greets=True) == 0
    gate.end("a")
    now.s += 60
    assert gate.begin("b", greets=True) == 0
    gate.end("b")
    assert gate.begin("a", greets=False) == 0


def test_not_more_requests_at_a_time_than_there_is_room_for() -> None:
    gate, _now = gate_of(rounds=9, requests=2)
    assert [gate.begin(device, greets=False) for device in ("a", "a")] == [0, 0]
    assert gate.begin("b", greets=False) >= LEAST_S
    gate.end("a")
    assert gate.begin("b", greets=False) == 0


def test_strangers_wait_for_those_of_their_own_address_only() -> None:
    gate, _now = gate_of(rounds=2, requests=2)
    visits = [Visit(gate, "10.0.0.5") for _n in range(3)]
    assert [each.knock() for each in visits] == [0, 0, LEAST_S]
    assert Visit(gate, "10.0.0.6").knock() == 0
    # Who proved to be a device is no stranger any more; who was refused at the door leaves nothing.
    assert visits[0].prove("a", greets=True) == 0
    visits[2].end()
    assert Visit(gate, "10.0.0.5").knock() == 0
    for each in visits[:2]:
        each.end()
        each.end()


def test_a_visit_takes_a_place_only_as_a_device() -> None:
    gate, now = gate_of(rounds=1, requests=1)
    first, second = Visit(gate, "x"), Visit(gate, "y")
    assert (first.knock(), second.knock()) == (0, 0)
    assert first.prove("a", greets=True) == 0
    assert second.prove("b", greets=True) >= LEAST_S
    second.end()
    first.end()
    now.s += 1
    third = Visit(gate, "y")
    assert (third.knock(), third.prove("b", greets=True)) == (0, 0)


def test_each_is_told_another_moment_and_none_a_far_one() -> None:
    gate, _now = gate_of(rounds=1)
    assert gate.begin("a", greets=True) == 0
    told = [gate.begin(f"d{n}", greets=True) for n in range(1000)]
    assert told == sorted(told)
    assert (told[0], told[-1]) == (LEAST_S + 1, MOST_S)


@given(st.integers(1, 400), st.integers(1, 8), st.floats(0.1, 2), st.integers(0, 9))
def test_a_storm_ends(desks: int, rounds: int, lasts_s: float, seed: int) -> None:
    """Desks that do as they are told all get in, and in not much more time than their work takes."""
    gate, now = gate_of(rounds=rounds, requests=rounds)
    dice = random.Random(seed)
    began = now.s
    events = [(began + dice.random() * 60, 0, f"d{n}", "hello") for n in range(desks)]
    heapq.heapify(events)
    inside: set[str] = set()
    while events:
        now.s, tries, device, what = heapq.heappop(events)
        if what == "done":
            gate.end(device)
            inside.remove(device)
        elif wait_s := gate.begin(device, greets=True):
            delay_s = backoff.delay_s(1, dice.random(), wait_s)
            assert delay_s >= wait_s
            heapq.heappush(events, (now.s + delay_s, tries + 1, device, "hello"))
        else:
            inside.add(device)
            assert len(inside) <= rounds
            heapq.heappush(events, (now.s + lasts_s, tries, device, "done"))
    work_s = desks * (lasts_s + 0.5) / rounds
    assert now.s - began <= 60 + 4 * work_s + 2 * LEAST_S + lasts_s
