"""What falls due in the cases, most urgent first."""

from desk import clock
from desk.services.mediation import case_due
from desk.services.mediation.forms import FollowUpForm
from tests.fakes import FakeClock
from tests.models.plans import plan
from tests.unit.services.mediation.case_stage import CaseStage


def test_terms_run_out_and_follow_ups_come(room: CaseStage, fake_clock: FakeClock) -> None:
    """MED-14: each term has its reminder, and the committee looks after the performance."""
    card = room.services.cases.get(room.agreed())
    assert room.services.cases.due() == ()
    fake_clock.forward(days=5)
    first = room.services.cases.due()[0]
    assert (first.word, first.action, first.noun, first.record_id) == (
        "剩 2 天",
        "催促履行",
        "mediation",
        card.id,
    )
    assert first.text == "楼上漏水赔偿纠纷：第 1 条，截至 11 月 30 日（含当日）"
    fake_clock.forward(days=15)
    found = [(item.word, item.action) for item in room.services.cases.due()]
    assert found[:2] == [("逾期 13 天", "催促履行"), ("逾期 3 天", "催促履行")]
    assert ("剩 10 天", "司法确认") in found
    assert room.services.cases.badge() == len(found)


def test_what_is_still_owed_after_the_follow_up_is_urged(room: CaseStage, fake_clock: FakeClock) -> None:
    """MED-14: a visit ends the watch of the case, not the debt."""
    case_id = room.agreed()
    fake_clock.forward(days=30)
    room.services.aftercare.conclude(case_id)
    visited = FollowUpForm(
        party_id=room.party_ids(case_id)[0],
        visited_at=clock.now(),
        mode="phone",
        performance="not_performed",
        satisfaction="unsatisfied",
    )
    assert room.services.aftercare.follow_up(case_id, visited).value.state == "followed_up"
    assert [item.action for item in room.services.cases.due()][:2] == ["催促履行", "催促履行"]


def test_reports_stand_before_everything(room: CaseStage, fake_clock: FakeClock) -> None:
    room.services.cases.settle(room.small())
    room.registered(risk_flags=("criminal",))
    fake_clock.forward(days=9)
    assert [item.word for item in room.services.cases.due()][:2] == ["强制报告", "逾期 2 天"]


def test_words_never_reach_a_role_without_the_right(room: CaseStage, fake_clock: FakeClock) -> None:
    room.services.cases.settle(room.small())
    fake_clock.forward(days=9)
    for role in ("clerk", "deputy", "lawyer"):
        assert room.as_user(role).services.cases.due() == ()


def test_reports_are_found_without_walking_the_cases(room: CaseStage) -> None:
    words = plan(room.store, case_due.UNREPORTED)
    assert words.startswith("SCAN report")
    assert "SCAN mediation" not in words
