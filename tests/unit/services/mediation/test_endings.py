"""Refusal, termination, referral, archive, reopening, grade (MED-02, 08, 26, 29; §3.6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.attachment import Attachment
from desk.models.audit import Audit
from desk.models.committee import Mediator
from desk.models.mediation import Mediation
from desk.services.mediation.forms import ArchiveForm, EndForm, TermForm
from tests import case_factories
from tests.fakes import FakeClock
from tests.unit.services.mediation.case_stage import TODAY, CaseStage

FILED = ArchiveForm(keeping="long", checked_by="周某")


def scanned(room: CaseStage, case_id: str) -> None:
    """Lay a copy of each party's identity paper on the case."""
    with room.store.write_confirmed() as rows:
        for party_id in room.party_ids(case_id):
            file: Attachment = case_factories.attachment(
                noun="mediation", target_id=case_id, slot="identity", party_id=party_id
            )
            rows.add(file)


def performed(room: CaseStage, **changes: Any) -> str:
    """Bring a case to its performance; return its id."""
    case_id = room.agreed(**changes)
    for term_id in room.term_ids(case_id):
        room.services.agreements.term_done(case_id, term_id)
    room.services.aftercare.conclude(case_id)
    return case_id


def test_a_refusal_before_the_first_sitting(room: CaseStage) -> None:
    """MED-02."""
    case_id = room.accepted()
    with pytest.raises(InputProblem) as told:
        room.services.endings.refuse(case_id, EndForm())
    assert told.value.field == "consent"
    other = room.party_ids(case_id)[1]
    card = room.services.endings.refuse(case_id, EndForm(party_id=other)).value
    assert (card.state, card.end.refused_by, card.result_label) == ("refused", "冯某", "调解不成功")


def test_no_end_without_telling_the_other_ways(room: CaseStage) -> None:
    """MED-08: closing without that notice is invalid; MED-26: with its cause."""
    case_id = room.mediating()
    with pytest.raises(InputProblem) as told:
        room.services.endings.terminate(case_id, EndForm())
    assert told.value.sentence == (
        "请选择终止调解的原因。请先告知当事人可以通过仲裁、行政、司法等途径维护权利，并勾选“已告知”。"
    )
    form = EndForm(cause="no_agreement", remedies_told=True, reason="差距太大")
    card = room.services.endings.terminate(case_id, form).value
    assert (card.state, card.end.cause_label) == ("terminated", "无法达成调解协议")
    assert (card.end.remedies_told_on, card.result) == (TODAY, "failed")


def test_med08_the_mediator_chooses_the_ways_the_notice_names(room: CaseStage) -> None:
    """All of them where nobody chose, never none; they can be worded anew until the case is filed."""
    case_id, endings = room.mediating(), room.services.endings
    with pytest.raises(InputProblem, match="没有终止"):
        endings.word_remedies(case_id, ("court",), "")
    form = EndForm(cause="no_agreement", remedies_told=True)
    with pytest.raises(InputProblem) as told:
        endings.terminate(case_id, replace(form, remedies=()))
    assert told.value.field == "remedies"
    end = endings.terminate(case_id, form).value.end
    with room.store.read() as rows:
        stored = rows.scalar(select(Mediation.remedies).where(Mediation.record_id == case_id))
    assert stored == "administrative,arbitration,court"
    assert (end.remedies, end.remedies_note) == (("arbitration", "administrative", "court"), "")
    end = endings.word_remedies(case_id, ("court",), " 可以向示例县人民法院起诉。 ").value.end
    assert (end.remedies, end.remedies_note) == (("court",), "可以向示例县人民法院起诉。")
    with pytest.raises(InputProblem):
        endings.word_remedies(case_id, (), "")
    with pytest.raises(ValueError, match="unknown"):
        endings.word_remedies(case_id, ("fight",), "")
    scanned(room, case_id)
    endings.archive(case_id, FILED)
    with pytest.raises(InputProblem):
        endings.word_remedies(case_id, ("arbitration",), "")


def test_med19_whoever_wants_the_court_is_kept_by_no_mediation(room: CaseStage) -> None:
    """At any time before they agreed: one under way goes on to the court, or ends as a party wants."""
    form = EndForm(reason="当事人要求向人民法院起诉", referred_to="示例县人民法院")
    for begun in (room.registered, room.accepted, room.mediating):
        card = room.services.cases.get(begun())
        assert {"refuse", "refer_out"} & {each.verb for each in card.verbs}
    gone = room.services.endings.refer_out(room.mediating(), form).value
    assert (gone.state, gone.end.referred_to) == ("referred_out", "示例县人民法院")
    case_id = room.mediating()
    leaving = EndForm(party_id=room.party_ids(case_id)[0], remedies_told=True)
    assert room.services.endings.refuse(case_id, leaving).value.state == "refused"


def test_referred_to_the_organ_in_charge(room: CaseStage) -> None:
    case_id = room.accepted()
    with pytest.raises(InputProblem):
        room.services.endings.refer_out(case_id, EndForm(reason="涉嫌犯罪"))
    with pytest.raises(InputProblem):
        room.services.endings.refer_out(case_id, EndForm(referred_to="示例派出所"))
    form = EndForm(reason="涉嫌犯罪", referred_to="示例派出所")
    card = room.services.endings.refer_out(case_id, form).value
    assert (card.state, card.end.referred_to, card.result) == ("referred_out", "示例派出所", "referred")
    with room.store.read() as rows:
        # Its form asks for none: nobody chose.
        assert rows.scalar(select(Mediation.remedies).where(Mediation.record_id == case_id)) == ""
    filed = room.services.endings.archive(case_id, FILED).value
    assert (filed.state, filed.result) == ("archived", "referred")


def test_the_referring_organ_is_told_before_the_archive(room: CaseStage) -> None:
    """MED-29."""
    case_id = room.mediating(source="court", referral_letter="委托调解函第 3 号", referrer="示例县人民法院")
    room.services.steps.answer(case_id, room.party_ids(case_id)[0], True)
    room.services.endings.terminate(case_id, EndForm(cause="no_agreement", remedies_told=True))
    scanned(room, case_id)
    with pytest.raises(InputProblem) as told:
        room.services.endings.archive(case_id, FILED)
    assert told.value.field == "referred_back_on"
    card = room.services.endings.report_back(case_id).value
    assert card.referred_back_on == TODAY
    assert room.services.endings.archive(case_id, FILED).value.state == "archived"
    with pytest.raises(InputProblem):
        room.services.endings.report_back(room.accepted())


def test_an_archive_fails_and_lists_what_is_missing(room: CaseStage) -> None:
    """§3.6: one case, one dossier, complete; nothing is filed by a failed try."""
    case_id = performed(room)
    with pytest.raises(InputProblem) as told:
        room.services.endings.archive(case_id, FILED)
    assert told.value.sentence == "缺当事人身份证明（钱某）。缺当事人身份证明（冯某）。"
    with pytest.raises(InputProblem) as told:
        room.services.endings.archive(case_id, ArchiveForm())
    assert told.value.field == "keeping"
    assert room.services.cases.get(case_id).keeping == ""
    scanned(room, case_id)
    card = room.services.endings.archive(case_id, FILED).value
    assert (card.state, card.filed_by, card.archived_on) == ("archived", "王某某", TODAY)
    assert card.dossier.summary == "必须 8 / 8"


def test_a_report_not_made_keeps_the_dossier_open(room: CaseStage) -> None:
    """MED-07."""
    terms = (TermForm(text="当面道歉", ower="冯某", way="own_act"),)
    agreement = room.agreement(form="oral", mode="immediate", terms=terms)
    case = room.form(risk_flags=("criminal",))
    card = room.services.cases.settle(room.small(case=case, agreement=agreement, performed=True)).value
    with pytest.raises(InputProblem) as told:
        room.services.endings.archive(card.id, FILED)
    assert told.value.field == "reports"


def test_a_refused_case_is_filed_with_its_notice(room: CaseStage) -> None:
    case_id = room.accepted()
    other = room.party_ids(case_id)[1]
    room.services.endings.refuse(case_id, EndForm(party_id=other))
    with pytest.raises(InputProblem) as told:
        room.services.endings.archive(case_id, FILED)
    assert told.value.sentence == "缺终止调解通知书。"
    room.services.endings.tell_remedies(case_id)
    assert room.services.endings.archive(case_id, FILED).value.state == "archived"


def test_reopened_to_mend_and_filed_again(room: CaseStage) -> None:
    case_id = performed(room)
    scanned(room, case_id)
    room.services.endings.archive(case_id, FILED)
    with pytest.raises(InputProblem):
        room.services.cases.save(case_id, room.services.cases.form(case_id))
    with pytest.raises(InputProblem):
        room.services.endings.reopen(case_id, "")
    card = room.services.endings.reopen(case_id, "补一份收条").value
    assert (card.state, card.archived_on) == ("performed", None)
    assert room.services.endings.archive(case_id, FILED).value.state == "archived"


def test_mediated_again_the_term_goes_on_where_it_stood(room: CaseStage, fake_clock: FakeClock) -> None:
    """DL-07, MED-23: the months an agreement stood are no delay of the mediator's."""
    case_id = room.agreed()
    fake_clock.forward(days=90)
    card = room.services.endings.remediate(case_id, "对方不履行").value
    running = next(clock for clock in card.clocks if clock.key == "mediation")
    # All thirty days are left, and the last is moved past a rest day if it falls on one.
    assert (running.colour, running.until) == ("", date(2027, 3, 23))
    assert [(each.kind, each.days) for each in card.extensions] == [("pause", 90)]


def test_graded_after_the_archive_only(room: CaseStage) -> None:
    case_id = performed(room)
    head = room.as_user("head")
    with pytest.raises(InputProblem) as told:
        head.services.endings.grade(case_id, "excellent")
    assert told.value.field == "state"
    scanned(room, case_id)
    room.services.endings.archive(case_id, FILED)
    assert head.services.endings.grade(case_id, "excellent").value.grade_label == "优秀"


def test_a_head_who_mediated_grades_and_it_is_told(room: CaseStage) -> None:
    """以案定补: the only head of a station may mediate too; the card and the yearly list say so."""
    own, other = performed(room), performed(room)
    for case_id in (own, other):
        scanned(room, case_id)
        room.services.endings.archive(case_id, FILED)
    head = room.as_user("head", "mediator", user_id="head", name="王某某（站长）")
    with room.store.write_confirmed() as rows:
        mediator = rows.get(Mediator, room.mediator_id)
        assert mediator is not None
        mediator.user_id = "head"
    card = head.services.endings.grade(own, "excellent").value
    assert (card.graded_by, card.own_grade) == ("王某某", True), "as the case calls its mediator"
    card = room.as_user("head").services.endings.grade(other, "excellent").value
    assert (card.graded_by, card.own_grade) == ("孙某某", False)
    listed = {row.case_id: row for row in room.services.statistics.subsidies(2026).rows}
    assert (listed[own].grade_label, listed[own].own_grade) == ("优秀（自评）", True)
    assert (listed[other].grade_label, listed[other].own_grade) == ("优秀", False)
    assert listed[own].fen == listed[other].fen


def test_no_mediator_grades_what_they_are_paid_by(room: CaseStage) -> None:
    """以案定补: the yearly list pays by the grade."""
    case_id = performed(room)
    scanned(room, case_id)
    room.services.endings.archive(case_id, FILED)
    with pytest.raises(AccessProblem):
        room.services.endings.grade(case_id, "excellent")
    assert not room.services.cases.frame().may_grade
    assert room.as_user("head").services.cases.frame().may_grade


def test_what_was_prevented(room: CaseStage) -> None:
    """§3.8."""
    case_id = room.accepted()
    card = room.services.endings.prevent(case_id, ("petition", "criminal"), 12).value
    assert (card.prevented, card.prevented_people) == (("criminal", "petition"), 12)
    with pytest.raises(InputProblem):
        room.services.endings.prevent(case_id, (), 3)


def test_a_day_before_the_acceptance_or_to_come(room: CaseStage, fake_clock: FakeClock) -> None:
    case_id = room.mediating()
    fake_clock.forward(days=1)
    form = EndForm(cause="other", remedies_told=True)
    for day in (TODAY.replace(day=22), TODAY.replace(day=25)):
        with pytest.raises(InputProblem) as told:
            room.services.endings.terminate(case_id, EndForm(cause="other", remedies_told=True, on=day))
        assert told.value.field == "on"
    assert room.services.endings.terminate(case_id, form).value.state == "terminated"


def test_every_decision_is_in_the_audit_chain(room: CaseStage) -> None:
    case_id = performed(room)
    scanned(room, case_id)
    room.services.endings.archive(case_id, FILED)
    with room.store.read() as rows:
        query = select(Audit.action).where(Audit.target_id == case_id).order_by(Audit.n)
        assert list(rows.scalars(query)) == ["mediation_accept", "mediation_agree", "mediation_archive"]


def test_why_it_is_mediated_again_stands_with_the_agreement_that_did_not_hold(room: CaseStage) -> None:
    """The remark is printed on F-02, which was filled in long before."""
    case_id = room.agreed(remark="双方是亲戚")
    card = room.services.endings.remediate(case_id, "对方不履行").value
    assert card.remark == "双方是亲戚"
    assert [(each.replaced_why, each.replaced_on) for each in card.former_agreements] == [
        ("对方不履行", TODAY)
    ]
    assert ("再次调解", "对方不履行") in {(entry.label, entry.text) for entry in card.timeline}


def test_a_grade_is_proposed_by_the_papers(room: CaseStage) -> None:
    """以案定补: whoever inspects the dossier sees what its papers amount to."""
    case_id = performed(room)
    assert room.services.cases.get(case_id).grade_proposed == ""
    scanned(room, case_id)
    card = room.services.endings.archive(case_id, FILED).value
    assert card.grade_proposed == "合格", "the receipt of the payment is not there"
