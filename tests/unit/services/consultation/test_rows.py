"""A form onto rows and back: what is left out becomes void, the notice is kept with its time."""

from dataclasses import replace

from sqlalchemy import select

from desk.models.base import alive
from desk.models.consent import Consent
from desk.models.consultation import Citation, Opponent
from desk.services.consultation import rows as module
from desk.services.consultation.forms import CitationForm, OpponentForm
from tests.unit.services.consultation.advice_stage import FULL, AdviceStage

TWO = (OpponentForm("冯某某", phone="13900000173"), OpponentForm("某某物业", "legal_person", uscc="X1"))


def test_a_form_comes_back_as_it_was_typed(advice: AdviceStage) -> None:
    form = advice.form(opponents=TWO, sex="2", age=63, person_class=("elderly", "woman"), aid_class="other")
    made = advice.desk.consultations.register(form).value
    with advice.store.read() as rows:
        again = module.form_of(rows, module.found(rows, made.id), clear=True)
    cited = CitationForm("civil_code", "中华人民共和国民法典", "1165", again.citations[0].version_on)
    assert again == replace(form, citations=(cited,), licence_no="1330120201000001")
    assert again.citations[0].version_on is not None


def test_what_is_left_out_becomes_void(advice: AdviceStage) -> None:
    form = advice.form(opponents=TWO, citations=(*FULL.citations, CitationForm(title="某条例")))
    made = advice.desk.consultations.register(form).value
    fewer = replace(form, opponents=TWO[:1], citations=())
    advice.desk.consultations.save(made.id, fewer)
    with advice.store.read() as rows:
        assert [row.name for row in rows.scalars(alive(Opponent))] == ["冯某某"]
        assert not rows.scalars(alive(Citation)).all()
        assert len(rows.scalars(select(Citation)).all()) == 2


def test_pi03_the_notice_is_kept_once_with_its_version(advice: AdviceStage) -> None:
    made = advice.desk.consultations.register(advice.form()).value
    advice.desk.consultations.save(made.id, advice.form())
    with advice.store.read() as rows:
        told = rows.scalars(alive(Consent)).one()
        assert (told.consultation_id, told.visit_id, told.notice_version) == (made.id, "", "1")
        assert module.notice_told(rows, module.found(rows, made.id))
    advice.desk.consultations.save(made.id, advice.form(notice_told=False))
    with advice.store.read() as rows:
        assert not rows.scalars(alive(Consent)).all()


def test_numbers_of_both_sides_are_known_apart(advice: AdviceStage) -> None:
    made = advice.desk.consultations.register(advice.form(opponents=TWO)).value
    with advice.store.read() as rows:
        client, others = module.stored_of(rows, module.found(rows, made.id))
    assert (client.phones, others.phones) == (("13900000172",), ("13900000173", ""))
    assert module.split("") == ()


def linked(advice: AdviceStage) -> tuple[str, str]:
    """Give a consultation of somebody in the register; its id and theirs."""
    made = advice.desk.consultations.register(advice.form(person_id="p1")).value
    return made.id, person_of(advice, made.id)


def person_of(advice: AdviceStage, consultation_id: str) -> str:
    with advice.store.read() as rows:
        return module.found(rows, consultation_id).person_id


def test_who_asks_stays_linked_under_the_same_name(advice: AdviceStage) -> None:
    consultation_id, person_id = linked(advice)
    assert person_id == "p1"
    advice.desk.consultations.save(consultation_id, advice.form(question="另问一句"))
    assert person_of(advice, consultation_id) == "p1"


def test_another_name_is_not_the_person_linked_before(advice: AdviceStage) -> None:
    consultation_id, _person_id = linked(advice)
    desk = advice.desk.consultations
    desk.save(consultation_id, replace(desk.form(consultation_id), name="褚某某"))
    assert person_of(advice, consultation_id) == ""
    assert desk.form(consultation_id).person_id == ""


def test_nobody_is_linked_again_after_the_name_was_refused(advice: AdviceStage) -> None:
    consultation_id, _person_id = linked(advice)
    desk = advice.desk.consultations
    desk.save(consultation_id, replace(desk.form(consultation_id), identity_refused=True))
    shown = desk.form(consultation_id)
    desk.save(consultation_id, replace(shown, identity_refused=False, name="褚某某"))
    assert person_of(advice, consultation_id) == ""
