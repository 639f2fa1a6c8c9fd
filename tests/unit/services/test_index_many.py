"""Many records put into the index at once stand there as if each had been put by itself."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.models import plain
from desk.models.store import Store
from desk.services import index_many, search_index
from desk.services.index_many import Entry
from tests.factories import MORNING

MINUTES = st.integers(0, 3)
ROUND = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(MINUTES, st.sampled_from(["u甲", "u乙"])), max_size=6
)


def at(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def found(store: Store, term: str) -> set[str]:
    with store.read() as rows:
        return set(search_index.newest(rows, term, "person", 99))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROUND, min_size=1, max_size=3))
def test_what_was_put_last_is_found_and_nothing_else(
    store: Store, made: list[dict[str, tuple[int, str]]]
) -> None:
    """In place of what stood before, under its own millisecond, no number twice."""
    with store.write_local() as rows:
        plain.write(rows, "DELETE FROM search_hit")
        plain.write(rows, "INSERT INTO search (search) VALUES ('delete-all')")
    last: dict[str, tuple[int, str]] = {}
    for each in made:
        last |= each
        with store.write_local() as rows:
            entries = [Entry(name, at(when), term) for name, (when, term) in each.items()]
            index_many.put(rows, "person", entries)
    for term in ("甲", "乙"):
        assert found(store, term) == {name for name, (_when, said) in last.items() if said == f"u{term}"}
    with store.read() as rows:
        stands = index_many.places(rows, "person", list("abcdef"))
        ((hits, numbers),) = plain.ask(rows, "SELECT count(*), count(DISTINCT row) FROM search_hit")
    moments = {name: search_index.moment_of(row) for name, row in stands.items()}
    assert moments == {name: at(when) for name, (when, _term) in last.items()}
    assert hits == numbers == len(last)


def test_they_follow_those_of_their_millisecond(store: Store) -> None:
    with store.write_local() as rows:
        search_index.put(rows, "visit", "v1", MORNING, ["v路"])
        index_many.put(rows, "person", [Entry("p2", MORNING, "u王"), Entry("p1", MORNING, "u王")])
        stands = index_many.places(rows, "person", ["p1", "p2", "p3"])
    assert stands == {"p2": search_index.first_row(MORNING) + 1, "p1": search_index.first_row(MORNING) + 2}


def test_a_full_millisecond_stops_nobody(store: Store) -> None:
    """4096 numbers stand for one millisecond; somebody may write more records with the same moment."""
    many = [Entry(f"p{n}", MORNING, "u王") for n in range(4_100)]
    after = Entry("after", MORNING + timedelta(milliseconds=1), "u王")
    with store.write_local() as rows:
        index_many.put(rows, "person", [*many, after])
        index_many.put(rows, "person", [Entry("late", MORNING, "u王"), many[-1]])
        search_index.put(rows, "person", "saved", MORNING, ["u王"])
        search_index.put(rows, "person", "saved too", MORNING, ["u王"])
        found = search_index.newest(rows, "王", "person", 5_000)
        stands = index_many.places(rows, "person", ["after", "p4095"])
    assert set(found) == {each.record_id for each in many} | {"after", "late", "saved", "saved too"}
    assert [stands[name] for name in ("p4095", "after")] == [
        search_index.first_row(MORNING) + 4_095 + n for n in (0, 1)
    ]


def test_nothing_is_put_for_nobody(store: Store) -> None:
    with store.write_local() as rows:
        index_many.put(rows, "person", [])
        assert plain.ask(rows, "SELECT count(*) FROM search_hit") == [(0,)]
