"""Cases as the statistics count them."""

from datetime import date

from desk import clock
from desk.services.mediation.facts import Period, case_facts, sweep_facts
from desk.services.mediation.forms import FollowUpForm
from tests.unit.services.mediation.case_stage import CaseStage

PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))


def test_a_party_that_went_back_on_its_word_is_counted_so(room: CaseStage) -> None:
    """CL-3: 反悔（起诉）."""
    case_id = room.agreed()
    visited = FollowUpForm(
        party_id=room.party_ids(case_id)[0],
        visited_at=clock.now(),
        mode="phone",
        performance="reneged",
        satisfaction="unsatisfied",
    )
    room.services.aftercare.follow_up(case_id, visited)
    with room.store.read() as rows:
        (fact,) = case_facts(rows, PERIOD)
        assert list(sweep_facts(rows, PERIOD)) == []
    assert (fact.performance, fact.form, fact.fen, fact.result) == ("reneged", "written", 260_000, "success")


def test_a_case_counts_in_the_month_it_was_accepted(room: CaseStage) -> None:
    room.accepted()
    with room.store.read() as rows:
        assert len(list(case_facts(rows, PERIOD))) == 1
        assert list(case_facts(rows, Period(date(2026, 10, 1), date(2026, 10, 31)))) == []
        assert list(case_facts(rows, Period(PERIOD.day_from, PERIOD.day_to, "other"))) == []
