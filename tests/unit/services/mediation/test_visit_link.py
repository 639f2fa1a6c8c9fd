"""From a visit to a mediation and back: people and words go over, the outcome comes back (issue B)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from desk.errors import AccessProblem, InputProblem
from desk.models.matter import Matter
from desk.models.mediation import Mediation
from desk.models.reply import Reply
from desk.services.mediation.forms import TermForm
from tests import case_factories
from tests.unit.services.mediation.case_stage import CaseStage

WORDS = {
    "outcome": "mediation",
    "name": "钱某",
    "phone": "13900000172",
    "id_no": "11010519491231002X",
    "subject": "楼上漏水",
    "statement": "楼上水管破裂，天花板受损。",
    "request": "赔偿修复费用。",
}


def linked(room: CaseStage, visit_id: str) -> str:
    """Return the id of the mediation a visit made."""
    with room.store.read() as rows:
        query = select(Mediation.record_id).join(Matter, Matter.record_id == Mediation.matter_id)
        return rows.scalars(query.where(Matter.visit_id == visit_id)).one()


def replies(room: CaseStage) -> list[str]:
    """Return the words of all replies, oldest first."""
    with room.store.read() as rows:
        return list(rows.scalars(select(Reply.text).order_by(Reply.replied_at)))


def test_finishing_carries_people_and_words_over(room: CaseStage) -> None:
    visit_id = room.base.finished(**WORDS, companions=("李某",))
    card = room.services.cases.get(linked(room, visit_id))
    assert (card.title, card.summary, card.claims) == (
        "楼上漏水",
        "楼上水管破裂，天花板受损。",
        ("赔偿修复费用。",),
    )
    assert [(party.name, party.side, party.phone) for party in card.parties] == [
        ("钱某", "applicant", "139****0172"),
        ("李某", "applicant", ""),
    ]
    assert (card.visit_id, card.registrar, card.state) == (visit_id, "钱某某", "registered")
    assert card.timeline[0].text == "来访登记转入 LF2026-A0001"


def test_the_number_told_gives_birth_and_sex(room: CaseStage) -> None:
    visit_id = room.base.finished(**WORDS, sex="0")
    party = room.services.cases.get(linked(room, visit_id)).parties[0]
    assert (party.birth_date, party.sex_label) == (date(1949, 12, 31), "女")


def test_the_only_committee_takes_it_for_the_usual_reason(room: CaseStage) -> None:
    """MED-22: as in a case registered directly, what has one answer only is not asked."""
    form = room.services.cases.form(linked(room, room.base.finished(**WORDS)))
    assert (form.committee_id, form.competence) == (room.committee_id, "arose_here")


def test_of_two_committees_none_is_chosen(room: CaseStage) -> None:
    with room.store.write_confirmed() as rows:
        rows.add(case_factories.committee(name="另一个调委会"))
    form = room.services.cases.form(linked(room, room.base.finished(**WORDS)))
    assert (form.committee_id, form.competence) == ("", "arose_here")


def test_a_reason_somebody_chose_stays(room: CaseStage) -> None:
    visit_id = room.base.finished(**WORDS)
    case_id = linked(room, visit_id)
    form = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(form, competence="lives_here"))
    room.visits.reopen(visit_id, "更正电话")
    room.visits.finish(visit_id, room.base.form(**(WORDS | {"phone": "13900000999"})))
    assert room.services.cases.form(case_id).competence == "lives_here"


def test_the_mandatory_report_goes_with_it(room: CaseStage) -> None:
    """LZ-11."""
    visit_id = room.base.finished(**WORDS, report_kind="minor", report_recipient="派出所")
    risk = room.services.cases.get(linked(room, visit_id)).risks[0]
    assert (risk.flag, risk.recipient) == ("minor_harm", "police")
    assert risk.reported_at is not None


def test_a_safe_visit_keeps_its_words_from_the_registrar(room: CaseStage) -> None:
    """LZ-11: what is closed to the clerk as a visit does not open again as a case; how to call binds all."""
    told = {"outcome": "mediation", "name": "钱某", "subject": "被打", "safety": "domestic_violence"}
    report = {"report_kind": "domestic_violence", "report_recipient": "police"}
    visit_id = room.base.finished(**told, **report, safe_contact="只在工作日上午打电话。")
    clerk = room.as_user("clerk", user_id=room.base.session.user.id)
    with pytest.raises(AccessProblem):
        clerk.visits.get(visit_id)
    assert clerk.services.cases.page().rows == ()
    (line,) = room.services.cases.page().rows
    with pytest.raises(AccessProblem):
        clerk.services.cases.get(line.id)
    card = room.services.cases.get(line.id)
    assert card.doubts == ("来自保密来访，只能这样联系：只在工作日上午打电话。",)
    assert card.registrar == room.base.session.user.name


def test_an_anonymous_visitor_leaves_the_parties_open(room: CaseStage) -> None:
    visit_id = room.base.finished(**(WORDS | {"anonymous": True, "name": "", "id_no": "", "phone": ""}))
    assert room.services.cases.get(linked(room, visit_id)).parties == ()


def test_finished_again_fills_gaps_and_keeps_what_was_written(room: CaseStage) -> None:
    visit_id = room.base.finished(**WORDS)
    case_id = linked(room, visit_id)
    form = room.services.cases.form(case_id)
    room.services.cases.save(case_id, replace(form, title="漏水赔偿", summary=""))
    room.visits.reopen(visit_id, "更正电话")
    room.visits.finish(visit_id, room.base.form(**(WORDS | {"phone": "13900000999"})))
    card = room.services.cases.get(case_id)
    assert (card.title, card.summary) == ("漏水赔偿", "楼上水管破裂，天花板受损。")
    assert len(card.parties) == 1


def test_another_outcome_takes_an_untouched_case_back(room: CaseStage) -> None:
    visit_id = room.base.finished(**WORDS)
    case_id = linked(room, visit_id)
    room.visits.reopen(visit_id, "其实是问路")
    room.visits.finish(visit_id, room.base.form())
    with pytest.raises(InputProblem):
        room.services.cases.get(case_id)
    assert room.services.cases.page().rows == ()


def test_a_case_a_committee_took_cannot_be_taken_back_from_the_visit(room: CaseStage) -> None:
    """LZ-04: the dossier stays; the sentence names the case and where to go."""
    visit_id = room.base.finished(**WORDS)
    case_id = linked(room, visit_id)
    form = room.form(parties=(*room.services.cases.form(case_id).parties, room.parties()[1]))
    room.services.cases.settle(room.small(case=form), case_id)
    room.visits.reopen(visit_id, "改一下")
    with pytest.raises(InputProblem) as told:
        room.visits.finish(visit_id, room.base.form())
    assert "〔2026〕示例人调字第27号" in told.value.sentence
    head = room.base.as_user("head", "周某某", "head")
    with pytest.raises(InputProblem):
        head.visits.void(visit_id, "重复")
    assert room.services.cases.get(case_id).state == "agreed_oral"


def test_voiding_the_visit_voids_an_untouched_case(room: CaseStage) -> None:
    visit_id = room.base.finished(**WORDS)
    head = room.base.as_user("head", "周某某", "head")
    head.visits.void(visit_id, "重复登记")
    assert room.services.cases.page().rows == ()


def test_the_outcome_lights_the_reply_and_closes_the_matter(room: CaseStage) -> None:
    """The visit's six ones follow the outcome; no word of the mediation is told."""
    visit_id = room.base.finished(**WORDS)
    case_id = linked(room, visit_id)
    parties = (*room.services.cases.form(case_id).parties, room.parties()[1])
    terms = (TermForm(text="当面道歉", ower="冯某", way="own_act"),)
    agreement = replace(room.agreement(), form="oral", mode="immediate", terms=terms)
    small = room.small(case=room.form(parties=parties), agreement=agreement, performed=True)
    done = room.services.cases.settle(small, case_id)
    assert {"matter", "reply", "visit"} <= done.changed
    assert replies(room) == ["矛盾调解：双方达成口头协议并已履行（〔2026〕示例人调字第27号）。"]
    visit = room.visits.get(visit_id)
    assert visit.replied
    with room.store.read() as rows:
        matter = rows.get_one(Matter, visit.matter_id)
        assert (matter.state, matter.tell_by) == ("closed", None)
