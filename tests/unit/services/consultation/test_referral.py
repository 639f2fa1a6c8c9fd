"""Handing a consultation to the committee: made once, searched and checked at once."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from desk.models.local import ConflictKey
from desk.models.mediation import Mediation
from desk.models.party import Party
from desk.services import search_index
from desk.services.consultation.forms import OpponentForm
from tests.unit.services.consultation.advice_stage import AdviceStage


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
