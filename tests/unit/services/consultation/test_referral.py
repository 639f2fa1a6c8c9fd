"""Handing a consultation to the committee: made once, searched and checked at once."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from desk.models.committee import Committee
from desk.models.local import ConflictKey
from desk.models.mediation import Claim, Mediation
from desk.models.party import Party
from desk.rules.mediation_eligibility import USUAL_COMPETENCE
from desk.services import search_index
from desk.services.consultation.forms import OpponentForm
from desk.services.mediation import sheet
from tests import case_factories
from tests.unit.services.consultation.advice_stage import OTHER, AdviceStage


def refer(advice: AdviceStage, **changes: object) -> str:
    desk = advice.desk.consultations
    made = desk.register(advice.form(**changes)).value
    form = replace(desk.form(made.id), disposition="mediation", referred_to="镇调委会")
    return desk.refer(made.id, form).value.id


def test_the_case_is_filed_and_found(advice: AdviceStage) -> None:
    refer(advice)
    with advice.store.read() as rows:
        case = rows.scalars(select(Mediation)).one()
        keys = rows.scalars(select(ConflictKey.key).where(ConflictKey.noun == "mediation")).all()
        assert search_index.newest(rows, "冯某", "case", 5) == (case.record_id,)
    assert {"phone:13900000172", "name:冯某某"} <= set(keys)


def test_the_numbers_tell_birth_and_sex_of_both_sides(advice: AdviceStage) -> None:
    """GB 11643; a sex somebody chose stays."""
    other = OpponentForm("冯某某", "natural_person", id_no="440524188001010014")
    refer(advice, id_no="11010519491231002X", sex="0", opponents=(other,))
    with advice.store.read() as rows:
        parties = rows.scalars(select(Party).order_by(Party.side)).all()
        told = [(party.side, party.sex, party.birth_date) for party in parties]
    assert told == [("applicant", "2", date(1949, 12, 31)), ("respondent", "1", date(1880, 1, 1))]


def test_it_is_made_once(advice: AdviceStage) -> None:
    consultation_id = refer(advice)
    desk = advice.desk.consultations
    desk.reopen(consultation_id, "补充材料")
    desk.refer(consultation_id, desk.form(consultation_id))
    with advice.store.read() as rows:
        assert len(rows.scalars(select(Mediation)).all()) == 1


def test_who_is_not_named_leaves_the_applicant_out(advice: AdviceStage) -> None:
    body = OpponentForm("某某物业有限公司", "legal_person", uscc="91330100MA2XXXXX1X")
    refer(advice, identity_refused=True, opponents=(body,), topics=("property_management",))
    with advice.store.read() as rows:
        case = rows.scalars(select(Mediation)).one()
    assert (case.title, case.dispute_type) == ("某某物业有限公司物业管理纠纷", "property_mgmt")


def test_med22_it_begins_like_a_case_from_a_visit_and_says_where_it_comes_from(advice: AdviceStage) -> None:
    """The one committee and the usual reason stand there; the head of the case names the consultation."""
    with advice.store.write_confirmed() as rows:
        rows.add(case_factories.committee(name="示例镇人民调解委员会"))
    consultation_id = refer(advice)
    number = advice.desk.consultations.get(consultation_id).number
    with advice.store.read() as rows:
        case = rows.scalars(select(Mediation)).one()
        assert (case.competence, case.consultation_id) == (USUAL_COMPETENCE, consultation_id)
        assert rows.get(Committee, case.committee_id) is not None
        whole = sheet.load(rows, case)
        origin = whole.consultation
        assert origin is not None
        assert origin.number == number
        assert case.summary == origin.question
        assert [(each.side, each.name) for each in whole.of(Party)] == [
            ("applicant", "钱某某"),
            ("respondent", "冯某某"),
        ]


def test_two_committees_are_not_chosen_between(advice: AdviceStage) -> None:
    with advice.store.write_confirmed() as rows:
        rows.add_all([case_factories.committee(), case_factories.committee(name="示例村人民调解委员会")])
    refer(advice)
    with advice.store.read() as rows:
        assert rows.scalars(select(Mediation)).one().committee_id == ""


def test_what_was_asked_for_at_the_visit_goes_along(advice: AdviceStage) -> None:
    """A visit sent to the lawyer and then to the committee: its request is the claim (F-01)."""
    clerk = advice.by("clerk").visits
    visit_id = clerk.finished(outcome="consultation", request="要求全部赔偿", name="钱某某", answer_text="")
    desk = advice.desk.consultations
    (row,) = desk.page().rows
    form = replace(
        desk.form(row.id), opponents=(OTHER,), topics=("tort",), disposition="mediation", referred_to="调委会"
    )
    desk.refer(row.id, form)
    with advice.store.read() as rows:
        case = rows.scalars(select(Mediation)).one()
        whole = sheet.load(rows, case)
        assert [each.text for each in whole.of(Claim)] == ["要求全部赔偿"]
        assert whole.visit is not None
        assert whole.visit.record_id == visit_id
