"""The person behind a visit: the chosen match, or somebody new; a namesake stays separate."""

import itertools
from datetime import date

import pytest
from sqlalchemy import select

from desk.models.person import Person
from desk.models.search import SearchHit
from desk.models.visit import Visit
from desk.services import visit_people
from desk.services.search import Search
from desk.wire.records import RECORDS
from tests import factories
from tests.unit.services.visit_stage import Stage


def persons(stage: Stage) -> list[Person]:
    with stage.store.read() as rows:
        return list(rows.scalars(select(Person)))


def test_a_new_person_has_what_was_told(stage: Stage) -> None:
    stage.finished(id_no="11010519491231002X", sex="2", address="示例社区 2 幢", grid="03")
    (person,) = persons(stage)
    assert (person.name, person.phone, person.id_no) == ("王某某", "13800006621", "11010519491231002X")
    assert (person.id_type, person.birth_date, person.sex) == ("id_card", date(1949, 12, 31), "2")


def test_a_doubtful_id_tells_no_birth_date(stage: Stage) -> None:
    stage.finished(id_no="110105194912310021")
    assert persons(stage)[0].birth_date is None


def test_a_known_person_learns_only_what_was_missing_and_the_newest_phone(stage: Stage) -> None:
    stage.finished(address="示例社区 2 幢")
    person_id = persons(stage)[0].record_id
    stage.finished(person_id=person_id, address="别处", grid="05", phone="13900001234")
    (person,) = persons(stage)
    assert (person.address, person.grid, person.phone) == ("示例社区 2 幢", "05", "13900001234")


def test_nobody_becomes_known_by_a_safe_visit(stage: Stage) -> None:
    stage.finished(safety="confidential")
    assert persons(stage) == []


def test_what_is_told_in_a_safe_visit_stays_in_it(stage: Stage) -> None:
    stage.finished()
    person_id = persons(stage)[0].record_id
    with stage.store.read() as rows:
        before = {field.name: getattr(persons(stage)[0], field.name) for field in RECORDS["person"].fields}
        hit = rows.scalars(select(SearchHit).where(SearchHit.record_id == person_id)).one().row
    told = {"address": "避难处 3 号", "grid": "05", "phone": "13900001234", "sex": "2"}
    visit_id = stage.finished(
        person_id=person_id, safety="domestic_violence", safe_contact="只打办公电话", **told
    )
    with stage.store.read() as rows:
        assert rows.get_one(Visit, visit_id).person_id == person_id
        assert rows.scalars(select(SearchHit).where(SearchHit.record_id == person_id)).one().row == hit
    (person,) = persons(stage)
    assert {name: getattr(person, name) for name in before} == before
    search = Search(stage.store, stage.as_user("u4", "冯某", "clerk").session)
    assert search.find("1234") == ()
    assert search.find("避难处") == ()


@pytest.mark.parametrize("length", [1, 3])
def test_merges_are_followed(stage: Stage, length: int) -> None:
    chain = [factories.person() for _each in range(length + 1)]
    for one, into in itertools.pairwise(chain):
        one.merged_into = into.record_id
    first, last = chain[0].record_id, chain[-1].record_id
    with stage.store.write_confirmed() as rows:
        rows.add_all(chain)
    with stage.store.read() as rows:
        found = visit_people.current(rows, first)
        assert found is not None
        assert found.record_id == last
        assert visit_people.current(rows, "") is None
    visit_id = stage.finished(person_id=first)
    with stage.store.read() as rows:
        assert rows.get_one(Visit, visit_id).person_id == last


def test_f50_the_age_band_follows_number_or_known_birth_else_the_clerk(stage: Stage) -> None:
    """domain.md 7.5: 年龄段; what is known is not asked, and against a number nothing chosen stands."""
    by_number = stage.finished(id_no="11010519491231002X", age_band="18_35")
    assert stage.visits.form(by_number).age_band == "60_up"
    known = stage.visits.get(by_number).person_id
    by_birth = stage.finished(id_no="", person_id=known)
    assert stage.visits.form(by_birth).age_band == "60_up"
    by_clerk = stage.finished(id_no="", person_id=known, age_band="36_59")
    assert stage.visits.form(by_clerk).age_band == "36_59"
    for chosen in ("", "36_59"):
        asked = stage.finished(name="赵某某", id_no="11010519491231002", age_band=chosen)
        assert stage.visits.form(asked).age_band == chosen
