"""A case as the rules look at it."""

from desk.services.mediation import seen
from tests.unit.services.mediation.case_stage import CaseStage


def test_consent_is_told_from_the_days(room: CaseStage) -> None:
    """MED-02: who applied need not be asked; an initiative of the committee asks everybody."""
    applied = room.services.cases.get(room.registered())
    assert [party.consent for party in applied.parties] == ["applied", "unasked"]
    started = room.services.cases.get(room.registered(source="initiative", applied_on=None))
    assert [party.consent for party in started.parties] == ["unasked", "unasked"]


def test_a_set_is_stored_sorted_once_each() -> None:
    assert seen.stored(("b", "a", "b")) == "a,b"
    assert seen.codes("a,b") == ("a", "b")
    assert seen.codes("") == ()
