"""What became of the agreement, follow-up visits (F-09) and 司法确认 (F-10)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desk import clock
from desk.errors import InputProblem
from desk.models.reply import Reply
from desk.services.mediation.forms import ConfirmationForm, FollowUpForm, PartyForm
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import CaseStage


def visit(room: CaseStage, case_id: str, **changes: object) -> FollowUpForm:
    """Return a follow-up that lacks nothing."""
    form = FollowUpForm(
        party_id=room.party_ids(case_id)[0],
        visited_at=clock.now(),
        mode="phone",
        performance="performed",
        satisfaction="satisfied",
    )
    return replace(form, **changes)


def whole(room: CaseStage) -> tuple[PartyForm, PartyForm]:
    """Return parties a court would take: both with their numbers."""
    first, second = room.parties()
    return first, replace(second, id_no="110105198001010019")


def asked(room: CaseStage, case_id: str, **changes: object) -> ConfirmationForm:
    """Return an application of both parties."""
    form = ConfirmationForm(ground="committee", joint=room.party_ids(case_id))
    return replace(form, **changes)


def test_summed_up_from_the_terms(room: CaseStage) -> None:
    """MED-14: the terms are the evidence, the state only sums up."""
    case_id = room.agreed()
    assert room.services.aftercare.conclude(case_id).value.state == "not_performed"
    first, second = room.term_ids(case_id)
    room.services.agreements.term_done(case_id, first)
    assert room.services.aftercare.conclude(case_id).value.state == "partly"
    room.services.agreements.term_done(case_id, second)
    card = room.services.aftercare.conclude(case_id).value
    assert (card.state, card.clocks) == ("performed", ())


def test_followed_up(room: CaseStage) -> None:
    case_id = room.agreed()
    for term_id in room.term_ids(case_id):
        room.services.agreements.term_done(case_id, term_id)
    room.services.aftercare.conclude(case_id)
    card = room.services.aftercare.follow_up(case_id, visit(room, case_id)).value
    assert (card.state, card.follow_ups[0].party_name) == ("followed_up", "钱某")
    assert (card.follow_ups[0].visitor, card.follow_ups[0].satisfaction_label) == ("王某某", "满意")
    assert [each.verb for each in card.verbs] == ["remediate", "archive"]


def test_what_was_performed_after_the_follow_up_is_summed_up(room: CaseStage) -> None:
    """A visit that found a part done leaves the rest to be summed up once it is done."""
    case_id = room.agreed()
    first, second = room.term_ids(case_id)
    room.services.agreements.term_done(case_id, first)
    room.services.aftercare.conclude(case_id)
    room.services.aftercare.follow_up(case_id, visit(room, case_id, performance="partly"))
    card = room.services.agreements.term_done(case_id, second).value
    assert [each.verb for each in card.verbs] == ["perform_all", "remediate", "archive"]
    assert room.services.aftercare.conclude(case_id).value.state == "performed"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"party_id": ""}, "party_id"),
        ({"visited_at": None}, "visited_at"),
        ({"mode": ""}, "mode"),
        ({"performance": ""}, "performance"),
        ({"relapse_risk": True}, "measures"),
        ({"matter_id": "nothing"}, "matter_id"),
    ],
)
def test_what_a_follow_up_must_say(room: CaseStage, changes: dict[str, object], field: str) -> None:
    """F-09."""
    case_id = room.agreed()
    with pytest.raises(InputProblem) as told:
        room.services.aftercare.follow_up(case_id, visit(room, case_id, **changes))
    assert told.value.field == field


def test_a_relapse_links_a_new_matter(room: CaseStage) -> None:
    case_id = room.agreed()
    visit_id = room.base.finished(outcome="triage")
    matter_id = room.visits.get(visit_id).matter_id
    form = visit(room, case_id, relapse_risk=True, measures="约双方再谈", matter_id=matter_id)
    card = room.services.aftercare.follow_up(case_id, form).value
    assert (card.state, card.follow_ups[0].matter_id) == ("agreed_written", matter_id)


def test_both_ask_the_court_together(room: CaseStage) -> None:
    """MED-16, SQ-02, SQ-03."""
    case_id = room.agreed(parties=whole(room))
    card = room.services.aftercare.apply(case_id, asked(room, case_id)).value
    assert (card.confirmation.state_label, card.confirmation.court) == ("已申请", "示例县人民法院")
    assert not card.confirmation.may_apply
    with pytest.raises(InputProblem):
        room.services.aftercare.apply(case_id, asked(room, case_id))
    done = room.services.aftercare.decide(case_id, "confirmed_valid", decision_no="（2026）示调确字第 5 号")
    assert done.value.confirmation.state == "confirmed_valid"
    assert "强制执行" in done.value.confirmation.next_ways
    with pytest.raises(InputProblem):
        room.services.aftercare.decide(case_id, "rejected")


def test_sq06_once_asked_the_court_has_thirty_days(room: CaseStage) -> None:
    """The countdown of SQ-01 gives way to that of the court; a case that was decided has neither."""
    case_id = room.agreed(parties=whole(room))
    card = room.services.aftercare.apply(case_id, asked(room, case_id)).value
    (court,) = [each for each in card.clocks if each.key == "court"]
    applied = card.confirmation.applied_on
    assert applied is not None
    assert (court.label, court.until) == ("法院审查", applied + timedelta(days=30))
    card = room.services.aftercare.decide(
        case_id, "confirmed_valid", decision_no="（2026）示调确字第 5 号"
    ).value
    assert "court" not in {each.key for each in card.clocks}


@pytest.mark.parametrize(
    ("state", "words"),
    [("confirmed_invalid", "起诉"), ("rejected", "起诉"), ("confirmed_valid", "强制执行")],
)
def test_med15_med16_after_the_court_s_word_the_next_way_is_told(
    room: CaseStage, state: str, words: str
) -> None:
    case_id = room.agreed(parties=whole(room))
    room.services.aftercare.apply(case_id, asked(room, case_id))
    card = room.services.aftercare.decide(case_id, state, reason="内容不明确").value
    assert words in card.confirmation.next_ways


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"joint": ()}, "joint"),
        ({"ground": ""}, "court"),
        ({"reasons": ("title",)}, "eligible"),
    ],
)
def test_what_keeps_them_from_asking(room: CaseStage, changes: dict[str, object], field: str) -> None:
    """SQ-02, SQ-04, MED-16."""
    case_id = room.agreed(parties=whole(room))
    form = asked(room, case_id, **changes)
    assert [gap.field for gap in room.services.aftercare.missing_to_apply(case_id, form)] == [field]
    with pytest.raises(InputProblem) as told:
        room.services.aftercare.apply(case_id, form)
    assert told.value.field == field


def test_a_party_without_an_id_cannot_ask(room: CaseStage) -> None:
    """SQ-03: optional at registration (PI-02), wanted by the court."""
    case_id = room.agreed()
    with pytest.raises(InputProblem) as told:
        room.services.aftercare.apply(case_id, asked(room, case_id))
    assert told.value.sentence == "缺冯某的身份证件号码。"


def test_sq03_an_oral_agreement_is_mediated_again_into_a_written_one(room: CaseStage) -> None:
    """Blocked, and the way out of the sentence is one that can be gone."""
    case_id = room.services.cases.settle(room.small(case=room.form(parties=whole(room)))).value.id
    with pytest.raises(InputProblem, match="再次调解") as told:
        room.services.aftercare.apply(case_id, asked(room, case_id))
    assert told.value.field == "agreement"
    room.services.endings.remediate(case_id, "双方要申请司法确认")
    room.services.agreements.save(case_id, room.agreement(reached_on=clock.today()))
    room.signed(case_id)
    room.services.agreements.agree(case_id)
    card = room.services.aftercare.apply(case_id, asked(room, case_id)).value
    assert card.confirmation.state == "confirm_applied"


def test_after_the_thirtieth_day_it_is_over(room: CaseStage, fake_clock: FakeClock) -> None:
    """SQ-01."""
    case_id = room.agreed(parties=whole(room))
    fake_clock.forward(days=31)
    with pytest.raises(InputProblem) as told:
        room.services.aftercare.apply(case_id, asked(room, case_id))
    assert told.value.field == "term"


def test_an_application_before_the_agreement_is_refused(room: CaseStage) -> None:
    """SQ-01: such a day is a slip; written down, it would show nowhere."""
    case_id = room.agreed(parties=whole(room))
    with pytest.raises(InputProblem) as told:
        room.services.aftercare.apply(case_id, asked(room, case_id, applied_on=date(2026, 11, 20)))
    assert told.value.field == "applied_on"


def test_sq01_after_a_withdrawal_the_thirty_days_run_on(room: CaseStage, fake_clock: FakeClock) -> None:
    """SQ-01: countdown 30 days from the effect, warned at 10 and 3 days left, until asked for again."""
    case_id = room.agreed(parties=whole(room))
    room.services.aftercare.apply(case_id, asked(room, case_id))
    fake_clock.forward(days=20)
    running = room.services.cases.get(case_id)
    assert (running.confirmation.warnings, running.confirmation.colour) == ((), "")
    assert "confirmation" not in [each.key for each in running.clocks]
    card = room.services.aftercare.decide(case_id, "withdrawn").value
    shown = card.confirmation
    assert (shown.may_apply, shown.left_text, shown.colour) == (True, "剩 10 天", "white")
    assert shown.warnings == (shown.until_text,)
    (clock_shown,) = [each for each in card.clocks if each.key == "confirmation"]
    assert (clock_shown.left_text, clock_shown.colour) == ("剩 10 天", "white")
    assert "司法确认" in [each.action for each in room.services.cases.due()]
    again = room.services.aftercare.apply(case_id, asked(room, case_id)).value
    assert (again.confirmation.warnings, again.confirmation.state) == ((), "confirm_applied")
    assert "司法确认" not in [each.action for each in room.services.cases.due()]


def test_a_wrong_confirmation_leads_to_a_new_mediation(room: CaseStage, fake_clock: FakeClock) -> None:
    """MED-16: confirmed invalid, so mediate again; the new agreement may be confirmed anew."""
    case_id = room.agreed(parties=whole(room))
    room.services.aftercare.apply(case_id, asked(room, case_id))
    room.services.aftercare.decide(case_id, "confirmed_invalid", reason="内容不明确")
    fake_clock.forward(days=1)
    card = room.services.endings.remediate(case_id, "法院确认无效，双方要求再调").value
    assert (card.state, card.agreement, len(card.former_agreements)) == ("mediating", None, 1)
    room.services.agreements.save(case_id, room.agreement(reached_on=clock.today()))
    room.signed(case_id)
    card = room.services.agreements.agree(case_id).value
    assert (card.state, card.confirmation.state) == ("agreed_written", "none")
    assert room.services.aftercare.apply(case_id, asked(room, case_id)).value.confirmation.state == (
        "confirm_applied"
    )


def test_the_visit_is_told_how_it_went_and_no_more(room: CaseStage) -> None:
    visit_id = room.base.finished(outcome="mediation", name="钱某", subject="楼上漏水")
    case_id = room.services.cases.page().rows[0].id
    form = room.form(parties=(*room.services.cases.form(case_id).parties, room.parties()[1]))
    room.services.cases.save(case_id, form)
    room.services.steps.accept(case_id)
    for party_id in room.party_ids(case_id):
        room.services.steps.answer(case_id, party_id, True)
        room.services.steps.tell(case_id, party_id, "oral")
    room.services.proceedings.save_sitting(case_id, room.sitting(case_id))
    room.services.agreements.save(case_id, room.agreement(form="oral"))
    room.services.agreements.agree(case_id)
    assert room.visits.get(visit_id).replied
    for term_id in room.term_ids(case_id):
        room.services.agreements.term_done(case_id, term_id)
    room.services.aftercare.conclude(case_id)
    with room.store.read() as rows:
        told = list(rows.scalars(select(Reply.text).order_by(Reply.replied_at, Reply.record_id)))
    assert told == [
        "矛盾调解：双方达成口头协议（〔2026〕示例人调字第27号），按约定履行。",
        "矛盾调解：协议已履行（〔2026〕示例人调字第27号）。",
    ]


def test_a_relapse_is_linked_by_the_number_of_its_visit(room: CaseStage) -> None:
    case_id = room.agreed()
    visit_id = room.base.finished(outcome="triage")
    seen = room.visits.get(visit_id)
    form = visit(room, case_id, relapse_risk=True, measures="约双方再谈", matter_id=seen.number.lower())
    card = room.services.aftercare.follow_up(case_id, form).value
    assert card.follow_ups[0].matter_id == seen.matter_id
