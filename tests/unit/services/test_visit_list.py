"""The visits list: keyset pages newest first, filters, counts (issue A §4, §7)."""

from datetime import date

import pytest

from desk.models.person import Person
from desk.models.visit import Visit
from desk.services import visit_list
from desk.services.visit_safety import Reader
from desk.services.visit_values import VisitFilter
from tests.fakes import FakeClock
from tests.models.plans import plan
from tests.unit.services.visit_stage import Stage


@pytest.fixture
def days(stage: Stage, fake_clock: FakeClock) -> list[str]:
    """Three visits on three days: answered and rated, proposed by the other deputy, still in reception."""
    first = stage.finished()
    stage.visits.rate(first, "satisfied")
    fake_clock.forward(days=1)
    second = stage.finished(
        outcome="proposed", level="town", receiver_ids=(stage.other_deputy_id,), headcount=3
    )
    fake_clock.forward(days=1)
    return [first, second, stage.visits.open(stage.form()).value.id]


def ids(stage: Stage, **narrow: object) -> list[str]:
    return [row.id for row in stage.visits.page(VisitFilter(**narrow)).rows]  # type: ignore[arg-type]  # test's words


def test_newest_first_and_page_by_page(stage: Stage, days: list[str]) -> None:
    first = stage.visits.page(limit=2)
    assert [row.id for row in first.rows] == days[:0:-1]
    rest = stage.visits.page(after=first.next_key, limit=2)
    assert [row.id for row in rest.rows] == days[:1]
    assert rest.next_key is None


def test_those_of_one_moment_come_once_each(stage: Stage) -> None:
    made = {stage.visits.open(stage.form()).value.id for _each in range(5)}
    seen: list[str] = []
    key = None
    while True:
        page = stage.visits.page(after=key, limit=2)
        seen += [row.id for row in page.rows]
        key = page.next_key
        if key is None:
            break
    assert len(seen) == 5
    assert set(seen) == made


def test_filters(stage: Stage, days: list[str]) -> None:
    first, second, third = days
    assert ids(stage, day_from=date(2026, 11, 24)) == [third, second]
    assert ids(stage, day_to=date(2026, 11, 24)) == [second, first]
    assert ids(stage, deputy_id=stage.other_deputy_id) == [second]
    assert ids(stage, outcome="proposed") == [second]
    assert ids(stage, rating="satisfied") == [first]
    stage.visits.rate(first, "unsatisfied")
    assert ids(stage, rating="satisfied") == []
    counts = stage.visits.counts(VisitFilter(day_from=date(2026, 11, 24)))
    assert (counts.batches, counts.people) == (2, 4)


def test_what_was_asked_once_is_asked_anew_with_other_values(stage: Stage, days: list[str]) -> None:
    first, second, third = days
    for n, day in enumerate((first, second, third)):
        on = date(2026, 11, 23 + n)
        assert ids(stage, day_from=on, day_to=on) == [day]
        assert stage.visits.counts(VisitFilter(day_from=on, day_to=on)).batches == 1
    assert ids(stage, outcome="answered") == [third, first]
    assert ids(stage, outcome="proposed", deputy_id=stage.other_deputy_id) == [second]
    assert ids(stage, outcome="answered", deputy_id=stage.other_deputy_id) == []


def test_a_filtered_list_goes_on_after_its_page(stage: Stage, days: list[str]) -> None:
    narrow = VisitFilter(day_to=date(2026, 11, 24))
    page = stage.visits.page(narrow, limit=1)
    assert [row.id for row in page.rows] == [days[1]]
    rest = stage.visits.page(narrow, after=page.next_key, limit=1)
    assert [row.id for row in rest.rows] == [days[0]]
    assert rest.next_key is None


def test_one_persons_visits_with_those_of_whoever_was_merged_into_them(stage: Stage, days: list[str]) -> None:
    first, second, _third = days
    people = []
    with stage.store.write("u1") as rows:
        for visit_id, name in ((first, "陈某"), (second, "陈某某")):
            person = Person(name=name)
            rows.add(person)
            rows.get_one(Visit, visit_id).person_id = person.record_id
            people.append(person)
    assert ids(stage, person_id=people[0].record_id) == [first]
    with stage.store.write("u1") as rows:
        rows.get_one(Person, people[1].record_id).merged_into = people[0].record_id
    assert ids(stage, person_id=people[0].record_id) == [second, first]


def test_a_line_says_what_the_list_shows(stage: Stage, days: list[str]) -> None:
    rows = stage.visits.page().rows
    assert [row.rating_label for row in rows] == ["", "未评", "满意"]
    assert [row.incomplete for row in rows] == [True, False, False]
    assert (rows[1].receiver_names, rows[1].outcome_label, rows[1].headcount) == ("赵某某", "拟交办", 3)


def test_who_waits_is_not_in_the_list(stage: Stage) -> None:
    stage.visits.wait(stage.form())
    assert stage.visits.page().rows == ()


def test_a_day_begins_at_local_midnight(stage: Stage) -> None:
    start, end = visit_list.day_bounds(date(2026, 11, 23))
    assert start.isoformat() == "2026-11-23T00:00:00+08:00"
    assert end.isoformat() == "2026-11-24T00:00:00+08:00"


@pytest.mark.parametrize("deputy_id", ["", "d1"])
def test_the_list_is_answered_from_its_index(stage: Stage, deputy_id: str) -> None:
    reader = Reader("u1", deputy_id, sees_safe=False, sees_names=True)
    query = visit_list.page_query(reader, ())
    words = plan(stage.store, query.limit(51))
    assert "ix_visit_list" in words
    assert "TEMP B-TREE FOR ORDER BY" not in words


def test_counting_needs_no_rows(stage: Stage) -> None:
    reader = Reader("u1", "", sees_safe=False, sees_names=True)
    words = plan(stage.store, visit_list.count_query(reader, ()))
    assert "COVERING INDEX ix_visit_list" in words
    assert Visit.__tablename__ == "visit"
