"""Saving within a verb: who must be checked anew, whose licence is printed, what is cited."""

from dataclasses import replace

import pytest

from desk.errors import AccessProblem, InputProblem
from desk.services.consultation import consultation_desk as module
from desk.services.consultation.forms import CitationForm
from tests.unit.services.consultation.advice_stage import AdviceStage


def test_the_licence_follows_the_adviser_unless_it_was_typed(advice: AdviceStage) -> None:
    desk = advice.desk.consultations
    card = advice.checked()
    assert desk.form(card.id).licence_no == "1330120201000001"
    desk.save(card.id, replace(desk.form(card.id), adviser_id=advice.second_id))
    assert desk.form(card.id).licence_no == "1330120201000002"
    desk.save(card.id, replace(desk.form(card.id), licence_no="临时-7"))
    assert desk.form(card.id).licence_no == "临时-7"


def test_an_article_that_is_not_there_is_refused(advice: AdviceStage) -> None:
    with pytest.raises(InputProblem, match="没有第九千条"):
        advice.desk.consultations.register(
            advice.form(citations=(CitationForm("civil_code", article="9000"),))
        )


def test_what_the_check_depends_on(advice: AdviceStage) -> None:
    form = advice.form()
    assert module.concerned(form) == module.concerned(replace(form, question="别的"))
    assert module.concerned(form) != module.concerned(replace(form, id_no="11010519491231002X"))


def test_a_reader_of_nothing_opens_no_block(advice: AdviceStage) -> None:
    with pytest.raises(AccessProblem):
        advice.by("mediator").desk.consultations.register(advice.form())
