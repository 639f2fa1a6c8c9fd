"""What the check reads: third parties stand beside either side, namesakes of others are never read."""

from desk.models.store import Store
from desk.rules.conflict_check import Side
from desk.services import conflicts
from desk.services.conflict_records import Looked, found_here
from tests import case_factories, factories


def looked(store: Store, *keys: str, user_id: str = "z") -> list[str]:
    with store.read() as rows:
        return [record.record_id for record in found_here(rows, Looked(keys, user_id, "", "new"))]


def test_nothing_is_asked_for_a_quarrel_without_names(store: Store) -> None:
    assert looked(store) == []


def test_namesakes_of_other_advisers_are_not_even_read(store: Store) -> None:
    with store.write("u") as rows:
        for adviser in ("z", "y", "y"):
            row = factories.consultation(state="finished", adviser_id=adviser, name_told="王某某")
            rows.add(row)
            conflicts.file_consultation(rows, row, ())
            if adviser == "z":
                mine = row.record_id
    assert looked(store, "name:王某某") == [mine]


def test_a_third_party_stands_beside_either_side(store: Store) -> None:
    case = factories.mediation(state="mediating")
    with store.write("u") as rows:
        rows.add(case)
        for side, name in (("applicant", "钱某某"), ("respondent", "冯某某"), ("third", "孙某某")):
            party = case_factories.party(mediation_id=case.record_id, side=side, name=name, phone="")
            rows.add(party)
            conflicts.file_party(rows, party)
        rows.add(case_factories.case_mediator(mediation_id=case.record_id, mediator_id="z"))
    with store.read() as rows:
        (record,) = found_here(rows, Looked(("name:孙某某",), "z", "", "new"))
    assert record.served == (Side("钱某某"), Side("孙某某"))
    assert record.against == (Side("冯某某"), Side("孙某某"))


def test_the_record_that_asks_is_not_held_against_itself(store: Store) -> None:
    row = factories.consultation(record_id="new", state="answered", adviser_id="z", name_told="王某某")
    with store.write("u") as rows:
        rows.add(row)
        conflicts.file_consultation(rows, row, ())
    assert looked(store, "name:王某某") == []
