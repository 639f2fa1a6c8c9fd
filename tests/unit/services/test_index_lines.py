"""What is read of records that came says the same as their rows."""

from desk.models.matter import Matter
from desk.models.person import Person
from desk.models.store import Store
from desk.models.visit import Visit
from desk.services import index_lines, search_index
from tests import factories


def test_terms_of_a_line_are_those_of_its_row(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add(factories.visit(record_id="v1", address_told="城北街道桃园路"))
        rows.add(factories.matter(record_id="m1", visit_id="v1", deputy_view="请核实"))
        rows.add(factories.person(record_id="p1", alias="阿某"))
    with store.read() as rows:
        (visit,), (person,) = index_lines.visits(rows, ["v1", "v2"]), index_lines.people(rows, ["p1"])
        matter = index_lines.matters(rows, ["v1"])["v1"]
        whole = search_index.visit_terms(rows.get_one(Visit, "v1"), rows.get_one(Matter, "m1"), ["沈某"])
        assert search_index.visit_terms(visit, matter, ["沈某"]) == whole
        assert search_index.person_terms(person) == search_index.person_terms(rows.get_one(Person, "p1"))


def test_the_first_matter_counts_and_none_that_is_void(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add_all([factories.matter(record_id=each, visit_id="v1") for each in ("m1", "m2", "m3")])
    with store.write("u1") as rows:
        rows.get_one(Matter, "m1").tombstone("误录")
    with store.read() as rows:
        assert index_lines.matters(rows, ["v1", "v2"])["v1"].record_id == "m2"
        assert list(index_lines.matters(rows, ["v2"])) == []


def test_who_came_along_is_told_by_visit(store: Store) -> None:
    with store.write("u1") as rows:
        rows.add_all([factories.companion(visit_id="v1", name_told=name) for name in ("沈某", "韩某")])
    with store.read() as rows:
        assert index_lines.companions(rows, ["v1", "v2"]) == {"v1": ["沈某", "韩某"]}
