"""Cases as the statistics count them."""

from dataclasses import replace
from datetime import date

from desk import clock
from desk.services.mediation.facts import Period, case_facts, sweep_facts
from desk.services.mediation.forms import ConfirmationForm, FollowUpForm
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage

PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))


def test_a_party_that_went_back_on_its_word_is_counted_so(room: CaseStage) -> None:
    """CL-3: 反悔（起诉）."""
    case_id = room.agreed()
    room.services.aftercare.follow_up(case_id, _reneged(room, case_id))
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


def test_what_became_of_an_agreement_before_says_nothing_of_the_next(room: CaseStage) -> None:
    """CL-3, MED-16: a court's word and a 反悔 stay with the agreement they were on, be it of one day."""
    first, second = room.parties()
    case_id = room.agreed(parties=(first, replace(second, id_no="110105198001010019")))
    form = ConfirmationForm(ground="committee", joint=room.party_ids(case_id))
    room.services.aftercare.apply(case_id, form)
    room.services.aftercare.decide(case_id, "confirmed_invalid", reason="内容不明确")
    room.services.aftercare.follow_up(case_id, _reneged(room, case_id))
    assert _told(room) == ("confirmed_invalid", "reneged")
    room.services.endings.remediate(case_id, "法院确认无效，双方要求再调")
    room.services.agreements.save(case_id, room.agreement(reached_on=clock.today()))
    room.signed(case_id)
    card = room.services.agreements.agree(case_id).value
    assert _told(room) == ("none", "not_performed")
    assert card.confirmation.state == "none"
    assert "follow_up" in {running.key for running in card.clocks}


def test_a_party_that_kept_its_word_after_all(room: CaseStage, fake_clock: FakeClock) -> None:
    """CL-3: the last visit counts."""
    case_id = room.agreed()
    room.services.aftercare.follow_up(case_id, _reneged(room, case_id))
    assert _told(room) == ("none", "reneged")
    fake_clock.forward(days=1)
    for term_id in room.term_ids(case_id):
        room.services.agreements.term_done(case_id, term_id)
    kept = replace(_reneged(room, case_id), performance="performed", satisfaction="basic")
    room.services.aftercare.follow_up(case_id, kept)
    assert _told(room) == ("none", "performed")


def _reneged(room: CaseStage, case_id: str) -> FollowUpForm:
    return FollowUpForm(
        party_id=room.party_ids(case_id)[0],
        visited_at=clock.now(),
        mode="phone",
        performance="reneged",
        satisfaction="unsatisfied",
    )


def _told(room: CaseStage) -> tuple[str, str]:
    with room.store.read() as rows:
        (fact,) = case_facts(rows, PERIOD)
        return fact.confirmation, fact.performance
