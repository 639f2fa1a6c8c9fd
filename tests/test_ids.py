"""Ids are UUIDv7 and different, near each other only where they were made together; secrets are random."""

import subprocess
import sys
import threading
import uuid
from itertools import pairwise

import pytest

from desk import clock, ids

_MARKS = 7 << 76 | 0b10 << 62
_AT = 1_772_414_045_123
_TWO_PROCESSES = """
import os
from desk import ids
ids.new_id()
inner, outer = os.pipe()
if not os.fork():
    os.write(outer, "\\n".join(ids.new_id() for _ in range(5)).encode())
    os._exit(0)
mine = [ids.new_id() for _ in range(5)]
print(*mine, *os.read(inner, 1000).decode().split())
"""


@pytest.fixture
def mono(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A clock that stands, and runs when the list is changed; no series is open."""
    now = [5_000]
    monkeypatch.setattr(clock, "monotonic_ms", lambda: now[0])
    ids.begin_anew()
    return now


def tail(name: str) -> int:
    """Return what is random of an id, with the marks of a UUIDv7 in it."""
    return uuid.UUID(name).int & (1 << 80) - 1


def test_an_id_is_a_new_uuid_of_version_7() -> None:
    made = {ids.new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert {(uuid.UUID(each).version, uuid.UUID(each).variant) for each in made} == {(7, uuid.RFC_4122)}
    assert {each for each in made if each == str(uuid.UUID(each))} == made


def test_ids_of_one_second_count_up(mono: list[int]) -> None:
    made = []
    for _ in range(20):
        made.append(tail(ids.new_id()))
        mono[0] += 50
    assert made == list(range(made[0], made[0] + 20))


def test_the_next_second_and_a_copied_process_begin_with_another_draw(mono: list[int]) -> None:
    made = [tail(ids.new_id())]
    mono[0] += 1000
    made.append(tail(ids.new_id()))
    ids.begin_anew()
    made.append(tail(ids.new_id()))
    near = [abs(one - other) < 1 << 40 for one, other in pairwise(made)]
    assert near == [False, False]


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
def test_a_forked_process_makes_none_of_its_parents_ids() -> None:
    told = subprocess.run([sys.executable, "-c", _TWO_PROCESSES], capture_output=True, check=True, text=True)
    made = told.stdout.split()
    assert len(set(made)) == len(made) == 10
    mine, theirs = [{tail(each) for each in some} for some in (made[:5], made[5:])]
    assert min(abs(one - other) for one in mine for other in theirs) > 1 << 40


def test_each_has_its_own_millisecond() -> None:
    series = ids.Series()
    made = [uuid.UUID(series.next(_AT + n)).int for n in (0, 0, 3)]
    assert [each >> 80 for each in made] == [_AT, _AT, _AT + 3]
    before = clock.unix_ms()
    assert before <= uuid.UUID(ids.new_id()).int >> 80 <= clock.unix_ms()


@pytest.mark.parametrize("unix_ms", [-62_135_596_800_000, -1, 0, 253_402_300_799_999, 1 << 60])
def test_no_clock_spoils_the_form(unix_ms: int) -> None:
    made = ids.Series().next(unix_ms)
    assert made == str(uuid.UUID(made))
    assert (uuid.UUID(made).version, uuid.UUID(made).variant) == (7, uuid.RFC_4122)


def test_every_random_bit_is_drawn_and_counting_never_leaves_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = 0
    for bit in range(80):
        monkeypatch.setattr(ids, "random_bytes", lambda count, bit=bit: (1 << bit).to_bytes(count, "big"))
        seen |= tail(ids.Series().next(_AT)) & ~_MARKS
    assert seen.bit_count() == 74
    monkeypatch.setattr(ids, "random_bytes", lambda count: b"\xff" * count)
    series = ids.Series()
    made = [uuid.UUID(series.next(_AT)) for _ in range(3)]
    assert len(set(made)) == 3
    assert {(each.version, each.variant) for each in made} == {(7, uuid.RFC_4122)}


def test_many_threads_get_no_id_twice() -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.extend(ids.new_id() for _ in range(2000))) for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(made)) == len(made) == 16_000


def test_a_replaced_source_makes_ids_repeatable() -> None:
    ids.set_source(lambda: "0190-one")
    try:
        assert ids.new_id() == "0190-one"
    finally:
        ids.set_source(None)


def test_random_bytes_never_repeat() -> None:
    assert len(ids.random_bytes(16)) == 16
    assert ids.random_bytes(16) != ids.random_bytes(16)
