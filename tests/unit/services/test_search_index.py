"""The index is filled with the record and answers shelf by shelf (tech.md §4)."""

from datetime import timedelta

from sqlalchemy import select

from desk.models.search import SearchHit
from desk.models.store import Store
from desk.services import search_index
from tests import factories
from tests.factories import MORNING


def test_shelves_stand_apart(store: Store) -> None:
    person, visit = factories.person(), factories.visit(name_told="王某某")
    matter = factories.matter()
    with store.write_local() as rows:
        search_index.index_person(rows, person, MORNING)
        search_index.index_visit(rows, visit, matter, ("赵某某",), "NB2026-A0007")
        assert search_index.newest(rows, "王某", "person", 9) == (person.record_id,)
        assert search_index.newest(rows, "王某", "visit", 9) == (visit.record_id,)
        assert search_index.newest(rows, "赵某", "visit", 9) == (visit.record_id,)
        assert search_index.newest(rows, "路灯", "person", 9) == ()
        assert search_index.newest(rows, "0007", "number", 9) == (visit.record_id,)
        assert search_index.newest(rows, "0007", "visit", 9) == ()
        assert search_index.newest(rows, "", "visit", 9) == ()


def test_something_similar_shares_a_pair(store: Store) -> None:
    visit, matter = factories.visit(), factories.matter(subject="路灯不亮")
    with store.write_local() as rows:
        search_index.index_visit(rows, visit, matter)
        assert search_index.newest_like(rows, "楼道路灯坏", "visit", 9) == (visit.record_id,)
        assert search_index.newest_like(rows, "灯", "visit", 9) == ()


def test_rows_of_one_millisecond_follow_each_other_and_time_is_order(store: Store) -> None:
    visits = [factories.visit(received_at=MORNING + timedelta(minutes=n // 2)) for n in range(4)]
    with store.write_local() as rows:
        for visit in visits:
            search_index.index_visit(rows, visit, factories.matter())
        hits = rows.execute(select(SearchHit.record_id, SearchHit.row).order_by(SearchHit.row)).all()
        assert [hit.record_id for hit in hits] == [visit.record_id for visit in visits]
        assert hits[0].row == search_index.first_row(MORNING)
        assert hits[1].row == hits[0].row + 1
        found = search_index.newest(rows, "王某", "visit", 3)
        assert list(found) == [visit.record_id for visit in visits[:0:-1]]


def test_an_entry_takes_the_place_of_the_one_before(store: Store) -> None:
    visit = factories.visit()
    with store.write_local() as rows:
        search_index.index_visit(rows, visit, factories.matter(subject="路灯不亮"))
        search_index.index_visit(rows, visit, factories.matter(subject="井盖", statement="松了"))
        assert search_index.newest(rows, "路灯", "visit", 9) == ()
        assert search_index.newest(rows, "井盖", "visit", 9) == (visit.record_id,)
        search_index.drop(rows, "visit", visit.record_id)
        assert search_index.newest(rows, "井盖", "visit", 9) == ()


def test_somebody_who_waits_is_found_by_their_coming(store: Store) -> None:
    visit = factories.visit(received_at=None, number="")
    with store.write_local() as rows:
        search_index.index_visit(rows, visit, factories.matter())
        assert search_index.newest(rows, "wmm", "visit", 9) == (visit.record_id,)


def test_many_at_once(store: Store) -> None:
    first = search_index.first_row(MORNING)
    terms = " ".join(search_index.person_terms(factories.person()))
    with store.write_local() as rows:
        search_index.put_new(rows, [(first + n, "person", f"p{n}", terms) for n in range(3)])
        assert search_index.newest(rows, "6621", "person", 2) == ("p2", "p1")
